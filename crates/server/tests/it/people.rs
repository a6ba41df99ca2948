//! Who takes part in the stories: accounts with their owner, members, visitors, and what each of them does all day.

use std::sync::atomic::{AtomicU64, Ordering};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use frontdesk::testing;
use frontdesk_core::id::{AccountId, InboxId};
use frontdesk_core::member::Role;
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::call::Answer;

/// The password of everybody who has one.
pub(crate) const PASSWORD: &str = "correct horse battery";

/// A member with the API token that they hold.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    pub(crate) account: i64,
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) token: String,
}

/// An account with its owner, who is an administrator, and its first inbox.
#[derive(Debug, Clone)]
pub(crate) struct Account {
    pub(crate) id: i64,
    pub(crate) owner: Member,
    pub(crate) inbox: i64,
    pub(crate) website_token: String,
}

/// A browser with the secret that it made.
#[derive(Debug, Clone)]
pub(crate) struct Visitor {
    pub(crate) website_token: String,
    pub(crate) token: String,
}

/// A log-in with its cookie.
#[derive(Debug, Clone)]
pub(crate) struct Login {
    pub(crate) cookie: String,
}

/// Another number each time: for keys that must not meet.
pub(crate) fn fresh() -> u64 {
    static COUNT: AtomicU64 = AtomicU64::new(1);
    COUNT.fetch_add(1, Ordering::Relaxed)
}

fn address(name: &str) -> String {
    format!("{}@{}.example", name.to_lowercase().replace(' ', "."), fresh())
}

impl TestApp {
    /// Makes an account.
    pub(crate) async fn account(&self, name: &str) -> Account {
        self.account_of(name, &address("owner"), None).await
    }

    /// Makes an account whose owner has this address.
    pub(crate) async fn account_of(&self, name: &str, email: &str, password: Option<&str>) -> Account {
        let made = testing::create_account(&self.store, name, ("Olga Owner", email), password, self.clock.now()).await;
        let made = made.expect("the account can be made");
        let owner = Member {
            account: made.account.0,
            id: made.user.0,
            name: "Olga Owner".into(),
            email: email.into(),
            token: made.api_access_token,
        };
        Account { id: made.account.0, owner, inbox: made.inbox.0, website_token: made.website_token }
    }

    async fn member(&self, account: i64, name: &str, role: Role) -> Member {
        let email = address(name);
        let added = testing::add_member(&self.store, AccountId(account), (name, &email), role, None, self.clock.now()).await;
        let (user, token) = added.expect("the member can be added");
        Member { account, id: user.0, name: name.into(), email, token }
    }

    /// Adds an agent.
    pub(crate) async fn agent(&self, account: &Account, name: &str) -> Member {
        self.member(account.id, name, Role::Agent).await
    }

    /// Adds an administrator.
    pub(crate) async fn administrator(&self, account: &Account, name: &str) -> Member {
        self.member(account.id, name, Role::Administrator).await
    }

    /// Makes a further inbox with all members in it.
    pub(crate) async fn inbox(&self, account: &Account, name: &str) -> (InboxId, String) {
        let added = testing::add_inbox(&self.store, AccountId(account.id), name, self.clock.now()).await;
        added.expect("the inbox can be added")
    }

    /// Tries to log in.
    pub(crate) async fn try_log_in(&self, email: &str, password: &str) -> Answer {
        self.post("/api/v1/session").json(&json!({ "email": email, "password": password })).send().await
    }

    /// Logs in.
    pub(crate) async fn log_in(&self, member: &Member) -> Login {
        let answer = self.try_log_in(&member.email, PASSWORD).await;
        answer.ok();
        let set = answer.header("set-cookie").expect("a log-in sets a cookie");
        Login { cookie: set.split(';').next().expect("a cookie begins with its value").to_owned() }
    }
}

impl Account {
    /// A browser on the account's website that has not written yet.
    pub(crate) fn visitor(&self) -> Visitor {
        Visitor::on(&self.website_token)
    }
}

impl Member {
    /// A path in the member's account.
    pub(crate) fn path(&self, rest: &str) -> String {
        format!("/api/v1/accounts/{}{rest}", self.account)
    }

    /// A path in a conversation.
    pub(crate) fn at(&self, number: i64, rest: &str) -> String {
        self.path(&format!("/conversations/{number}{rest}"))
    }

    /// Reads a path in the account.
    pub(crate) async fn get(&self, app: &TestApp, rest: &str) -> Value {
        app.get(&self.path(rest)).by(self).ok().await
    }

    /// Writes to a path in the account.
    pub(crate) async fn post(&self, app: &TestApp, rest: &str, body: &Value) -> Value {
        app.post(&self.path(rest)).by(self).json(body).ok().await
    }

    /// Replies to everybody.
    pub(crate) async fn reply(&self, app: &TestApp, number: i64, content: &str) -> Value {
        self.post(app, &format!("/conversations/{number}/messages"), &json!({ "content": content })).await
    }

    /// Writes a private note.
    pub(crate) async fn note(&self, app: &TestApp, number: i64, content: &str) -> Value {
        let note = json!({ "content": content, "private": true });
        self.post(app, &format!("/conversations/{number}/messages"), &note).await
    }

    /// Uploads a file and tells its blob.
    pub(crate) async fn upload(&self, app: &TestApp, file: (&str, &[u8])) -> Value {
        app.post(&self.path("/upload")).by(self).upload("attachment", file).ok().await["blob_id"].clone()
    }

    /// Writes to everybody, or to members only, with a file and no words.
    pub(crate) async fn send_file(&self, app: &TestApp, number: i64, private: bool, file: (&str, &[u8])) -> Value {
        let message = json!({ "attachments": [self.upload(app, file).await], "private": private });
        self.post(app, &format!("/conversations/{number}/messages"), &message).await
    }

    /// Gives the conversation a status.
    pub(crate) async fn set_status(&self, app: &TestApp, number: i64, status: &str) -> Value {
        self.post(app, &format!("/conversations/{number}/toggle_status"), &json!({ "status": status })).await
    }

    /// Reads one conversation.
    pub(crate) async fn conversation(&self, app: &TestApp, number: i64) -> Value {
        self.get(app, &format!("/conversations/{number}")).await
    }

    /// Reads the newest page of messages.
    pub(crate) async fn messages(&self, app: &TestApp, number: i64) -> Vec<Value> {
        list(&self.get(app, &format!("/conversations/{number}/messages")).await["payload"])
    }
}

impl Visitor {
    /// A browser that has not written yet, on the website of an inbox.
    pub(crate) fn on(website_token: &str) -> Visitor {
        let mut secret = [7; 32];
        secret[..8].copy_from_slice(&fresh().to_be_bytes());
        Visitor { website_token: website_token.to_owned(), token: URL_SAFE_NO_PAD.encode(secret) }
    }

    /// A path on the visitors' side.
    pub(crate) fn path(&self, rest: &str) -> String {
        format!("/widget/v1/{}{rest}", self.website_token)
    }

    /// Begins a conversation and tells its uuid.
    pub(crate) async fn begin(&self, app: &TestApp, content: &str) -> String {
        let begun = self.try_begin(app, content).await.ok();
        begun["conversation"]["id"].as_str().expect("a uuid").to_owned()
    }

    async fn try_begin(&self, app: &TestApp, content: &str) -> Answer {
        let opening = json!({ "key": format!("k{}", fresh()), "echo_id": format!("e{}", fresh()), "content": content });
        app.post(&self.path("/conversations")).from(self).json(&opening).send().await
    }

    /// Writes on.
    pub(crate) async fn write(&self, app: &TestApp, uuid: &str, content: &str) -> Value {
        let sent = json!({ "content": content, "echo_id": format!("e{}", fresh()) });
        app.post(&self.path(&format!("/conversations/{uuid}/messages"))).from(self).json(&sent).ok().await
    }

    /// Uploads a file and tells its blob.
    pub(crate) async fn upload(&self, app: &TestApp, file: (&str, &[u8])) -> Value {
        app.post(&self.path("/upload")).from(self).upload("attachment", file).ok().await["blob_id"].clone()
    }

    /// Writes on with a file and no words.
    pub(crate) async fn send_file(&self, app: &TestApp, uuid: &str, file: (&str, &[u8])) -> Value {
        let sent = json!({ "attachments": [self.upload(app, file).await], "echo_id": format!("e{}", fresh()) });
        app.post(&self.path(&format!("/conversations/{uuid}/messages"))).from(self).json(&sent).ok().await
    }

    /// Has read up to a number.
    pub(crate) async fn seen(&self, app: &TestApp, uuid: &str, number: i64) {
        let path = self.path(&format!("/conversations/{uuid}/seen"));
        app.post(&path).from(self).json(&json!({ "number": number })).send().await.ok_empty();
    }

    /// Opens the chat.
    pub(crate) async fn session(&self, app: &TestApp) -> Value {
        app.get(&self.path("/session")).from(self).ok().await
    }
}

/// A JSON array's items.
pub(crate) fn list(value: &Value) -> Vec<Value> {
    value.as_array().unwrap_or_else(|| panic!("no array: {value}")).clone()
}

/// A JSON number.
pub(crate) fn number(value: &Value) -> i64 {
    value.as_i64().unwrap_or_else(|| panic!("no whole number: {value}"))
}

/// One field of each item.
pub(crate) fn column(items: &[Value], field: &str) -> Vec<Value> {
    items.iter().map(|it| it[field].clone()).collect()
}
