//! Every described route times everybody who may come: a route that is missing here, or here but not described, fails.

use std::collections::BTreeSet;
use std::sync::Mutex;

use frontdesk_store::params;
use serde_json::{Value, json};

use crate::app::{TestApp, apps};
use crate::call::{Answer, Call};
use crate::contract::Contract;
use crate::people::{Account, Member, PASSWORD, Visitor, fresh};
use crate::sql;

/// Whom a route lets in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Door {
    /// Anybody.
    Open,
    /// Nobody, once the installation is set up.
    SetUp,
    /// Whoever proves to be a user.
    User,
    /// Members of the account with access to it.
    Account,
    /// Administrators of the account.
    Administrator,
    /// Any browser with a secret of the right form.
    Browser,
    /// A browser that has written before.
    Visitor,
}

/// Every described route, with its door.
const ROUTES: &[(&str, Door)] = &[
    ("GET /health", Door::Open),
    ("GET /ready", Door::Open),
    ("GET /api", Door::Open),
    ("GET /api/setup", Door::Open),
    ("POST /api/setup", Door::SetUp),
    ("POST /api/v1/session", Door::Open),
    ("GET /api/v1/session", Door::User),
    ("DELETE /api/v1/session", Door::User),
    ("GET /api/v1/profile", Door::User),
    ("PUT /api/v1/profile", Door::User),
    ("PATCH /api/v1/profile", Door::User),
    ("DELETE /api/v1/profile/avatar", Door::User),
    ("GET /api/v1/accounts/{account_id}", Door::Account),
    ("GET /api/v1/accounts/{account_id}/agents", Door::Account),
    ("GET /api/v1/accounts/{account_id}/inboxes", Door::Account),
    ("POST /api/v1/accounts/{account_id}/inboxes", Door::Administrator),
    ("GET /api/v1/accounts/{account_id}/inboxes/{inbox_id}", Door::Account),
    ("PATCH /api/v1/accounts/{account_id}/inboxes/{inbox_id}", Door::Administrator),
    ("PUT /api/v1/accounts/{account_id}/inboxes/{inbox_id}", Door::Administrator),
    ("POST /api/v1/accounts/{account_id}/inboxes/{inbox_id}/reset_hmac_token", Door::Administrator),
    ("GET /api/v1/accounts/{account_id}/inbox_members/{inbox_id}", Door::Account),
    ("POST /api/v1/accounts/{account_id}/inbox_members", Door::Administrator),
    ("PATCH /api/v1/accounts/{account_id}/inbox_members", Door::Administrator),
    ("DELETE /api/v1/accounts/{account_id}/inbox_members", Door::Administrator),
    ("GET /api/v1/accounts/{account_id}/contacts", Door::Account),
    ("POST /api/v1/accounts/{account_id}/contacts", Door::Account),
    ("GET /api/v1/accounts/{account_id}/contacts/{contact_id}", Door::Account),
    ("GET /api/v1/accounts/{account_id}/contacts/search", Door::Account),
    ("POST /api/v1/accounts/{account_id}/contacts/filter", Door::Account),
    ("PATCH /api/v1/accounts/{account_id}/contacts/{contact_id}", Door::Account),
    ("PUT /api/v1/accounts/{account_id}/contacts/{contact_id}", Door::Account),
    ("GET /api/v1/accounts/{account_id}/contacts/{contact_id}/conversations", Door::Account),
    ("POST /api/v1/accounts/{account_id}/contacts/{contact_id}/contact_inboxes", Door::Account),
    ("GET /api/v1/accounts/{account_id}/contacts/{contact_id}/contactable_inboxes", Door::Account),
    ("POST /api/v1/accounts/{account_id}/actions/contact_merge", Door::Account),
    ("POST /api/v1/accounts/{account_id}/conversations/filter", Door::Account),
    ("GET /api/v1/accounts/{account_id}/contacts/{contact_id}/labels", Door::Account),
    ("POST /api/v1/accounts/{account_id}/contacts/{contact_id}/labels", Door::Account),
    ("GET /api/v1/accounts/{account_id}/labels", Door::Account),
    ("POST /api/v1/accounts/{account_id}/labels", Door::Account),
    ("GET /api/v1/accounts/{account_id}/labels/{label_id}", Door::Account),
    ("PATCH /api/v1/accounts/{account_id}/labels/{label_id}", Door::Account),
    ("DELETE /api/v1/accounts/{account_id}/labels/{label_id}", Door::Administrator),
    ("GET /api/v1/accounts/{account_id}/conversations", Door::Account),
    ("POST /api/v1/accounts/{account_id}/conversations", Door::Account),
    ("GET /api/v1/accounts/{account_id}/conversations/meta", Door::Account),
    ("GET /api/v1/accounts/{account_id}/conversations/{conversation_id}", Door::Account),
    ("PATCH /api/v1/accounts/{account_id}/conversations/{conversation_id}", Door::Account),
    ("POST /api/v1/accounts/{account_id}/conversations/{conversation_id}/assignments", Door::Account),
    ("GET /api/v1/accounts/{account_id}/conversations/{conversation_id}/labels", Door::Account),
    ("POST /api/v1/accounts/{account_id}/conversations/{conversation_id}/labels", Door::Account),
    ("POST /api/v1/accounts/{account_id}/conversations/{conversation_id}/toggle_priority", Door::Account),
    ("POST /api/v1/accounts/{account_id}/conversations/{conversation_id}/toggle_typing_status", Door::Account),
    ("POST /api/v1/accounts/{account_id}/conversations/{conversation_id}/custom_attributes", Door::Account),
    ("GET /api/v1/accounts/{account_id}/conversations/{conversation_id}/transcript", Door::Account),
    ("POST /api/v1/accounts/{account_id}/conversations/{conversation_id}/unread", Door::Account),
    ("POST /api/v1/accounts/{account_id}/conversations/{conversation_id}/join", Door::Account),
    ("POST /api/v1/accounts/{account_id}/conversations/{conversation_id}/toggle_status", Door::Account),
    ("POST /api/v1/accounts/{account_id}/conversations/{conversation_id}/update_last_seen", Door::Account),
    ("GET /api/v1/accounts/{account_id}/conversations/{conversation_id}/messages", Door::Account),
    ("POST /api/v1/accounts/{account_id}/conversations/{conversation_id}/messages", Door::Account),
    ("GET /api/v1/accounts/{account_id}/search", Door::Account),
    ("GET /api/v1/accounts/{account_id}/webhooks", Door::Administrator),
    ("POST /api/v1/accounts/{account_id}/webhooks", Door::Administrator),
    ("GET /api/v1/accounts/{account_id}/webhooks/{webhook_id}", Door::Administrator),
    ("PUT /api/v1/accounts/{account_id}/webhooks/{webhook_id}", Door::Administrator),
    ("PATCH /api/v1/accounts/{account_id}/webhooks/{webhook_id}", Door::Administrator),
    ("GET /api/v1/accounts/{account_id}/webhooks/{webhook_id}/deliveries", Door::Administrator),
    ("GET /api/v1/accounts/{account_id}/webhooks/{webhook_id}/deliveries/{delivery_id}", Door::Administrator),
    ("POST /api/v1/accounts/{account_id}/webhooks/{webhook_id}/deliveries/{delivery_id}/retry", Door::Administrator),
    ("POST /api/v1/accounts/{account_id}/webhooks/{webhook_id}/renew_secret", Door::Administrator),
    ("DELETE /api/v1/accounts/{account_id}/webhooks/{webhook_id}", Door::Administrator),
    ("POST /api/v1/accounts/{account_id}/upload", Door::Account),
    ("GET /api/v1/accounts/{account_id}/attachments/{attachment_id}/{file_name}", Door::Account),
    // The message of the visitor: not the agent's own.
    ("DELETE /api/v1/accounts/{account_id}/conversations/{conversation_id}/messages/{message_id}", Door::Administrator),
    ("GET /widget/v1/{website_token}/session", Door::Browser),
    ("POST /widget/v1/{website_token}/upload", Door::Browser),
    ("GET /widget/v1/{website_token}/attachments/{attachment_uuid}/{file_name}", Door::Visitor),
    ("POST /widget/v1/{website_token}/conversations", Door::Browser),
    ("POST /widget/v1/{website_token}/identify", Door::Browser),
    ("GET /widget/v1/{website_token}/conversations/{conversation_uuid}/messages", Door::Visitor),
    ("POST /widget/v1/{website_token}/conversations/{conversation_uuid}/messages", Door::Visitor),
    ("POST /widget/v1/{website_token}/conversations/{conversation_uuid}/seen", Door::Visitor),
    // Late, as the visitor and the conversation go with the contact.
    ("DELETE /api/v1/accounts/{account_id}/contacts/{contact_id}", Door::Administrator),
    // The last one, as it switches the inbox off.
    ("DELETE /api/v1/accounts/{account_id}/inboxes/{inbox_id}", Door::Administrator),
    // Last: who asks for a new token has lost the old one.
    ("POST /api/v1/profile/reset_access_token", Door::User),
];

/// The things that the paths name.
struct World {
    account: Account,
    agent: Member,
    suspended: Member,
    stranger: Member,
    visitor: Visitor,
    uuid: String,
    contact: Value,
    label: Value,
    webhook: Value,
    delivery: Value,
    /// The id and the uuid of a file in the conversation.
    file: (Value, Value),
    /// Contacts to be merged away.
    spare: Mutex<Vec<Value>>,
}

/// Somebody who comes to a door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    Nobody,
    WrongToken,
    WrongCookie,
    OwnVisitor,
    NewBrowser,
    Agent,
    Administrator,
    Stranger,
    Suspended,
}

const EVERYBODY: [Who; 9] = [
    Who::Nobody,
    Who::WrongToken,
    Who::WrongCookie,
    Who::OwnVisitor,
    Who::NewBrowser,
    Who::Agent,
    Who::Administrator,
    Who::Stranger,
    Who::Suspended,
];

impl World {
    async fn new(app: &TestApp) -> World {
        let account = app.account_of("Halden", "olga@halden.example", Some(PASSWORD)).await;
        let (agent, suspended) = (app.agent(&account, "Maya").await, app.agent(&account, "Sue").await);
        app.sql(&sql::SUSPEND, params![account.id, suspended.id]).await;
        let stranger = app.account("Lunde").await.owner;
        let visitor = account.visitor();
        let uuid = visitor.begin(app, "hello").await;
        let contact = account.owner.conversation(app, 1).await["meta"]["sender"]["id"].clone();
        let label = account.owner.post(app, "/labels", &json!({ "title": "vip" })).await["id"].clone();
        let hook = json!({ "url": "http://127.0.0.1:1/" });
        let webhook = account.owner.post(app, "/webhooks", &hook).await["payload"]["webhook"]["id"].clone();
        visitor.write(app, &uuid, "tell").await;
        app.run_jobs().await;
        let delivery = account.owner.get(app, &format!("/webhooks/{webhook}/deliveries")).await["payload"][0]["id"].clone();
        let sent = visitor.send_file(app, &uuid, ("a.txt", b"hello")).await;
        let messages = account.owner.messages(app, 1).await;
        let file = (messages[messages.len() - 1]["attachments"][0]["id"].clone(), sent["message"]["attachments"][0]["id"].clone());
        let mut spare = Vec::new();
        for _ in 0..2 * EVERYBODY.len() {
            let made = account.owner.post(app, "/contacts", &json!({ "name": "Spare" })).await;
            spare.push(made["payload"]["contact"]["id"].clone());
        }
        World { account, agent, suspended, stranger, visitor, uuid, contact, label, webhook, delivery, file, spare: Mutex::new(spare) }
    }

    fn path(&self, template: &str) -> String {
        template
            .replace("{account_id}", &self.account.id.to_string())
            .replace("{inbox_id}", &self.account.inbox.to_string())
            .replace("{contact_id}", &self.contact.to_string())
            .replace("{message_id}", "1")
            .replace("{label_id}", &self.label.to_string())
            .replace("{webhook_id}", &self.webhook.to_string())
            .replace("{delivery_id}", &self.delivery.to_string())
            .replace("{attachment_id}", &self.file.0.to_string())
            .replace("{attachment_uuid}", self.file.1.as_str().unwrap_or_default())
            .replace("{file_name}", "a.txt")
            .replace("{conversation_id}", "1")
            .replace("{website_token}", &self.account.website_token)
            .replace("{conversation_uuid}", &self.uuid)
    }

    /// A good body for a route that takes one.
    fn body(&self, route: &str) -> Option<Value> {
        let key = format!("k{}", fresh());
        let members = json!({ "inbox_id": self.account.inbox, "user_ids": [self.agent.id, self.suspended.id] });
        match route.split_once(' ')? {
            ("PUT" | "PATCH", path) if path.ends_with("{inbox_id}") => return Some(json!({ "welcome_title": "Hi" })),
            ("PATCH", path) if path.ends_with("inbox_members") => return Some(members),
            ("DELETE", path) if path.ends_with("inbox_members") => return Some(json!({ "inbox_id": self.account.inbox, "user_ids": [] })),
            ("PATCH", path) if path.contains("/labels/") => return Some(json!({ "color": "#123456" })),
            ("PUT" | "PATCH", path) if path.contains("/contacts/") => return Some(json!({ "phone_number": "+47 1234" })),
            ("PATCH", _) => return Some(json!({ "priority": "high" })),
            _ => {}
        }
        let last = route.strip_prefix("POST ")?.rsplit('/').next()?;
        Some(match last {
            "inboxes" => json!({ "name": "Second", "channel": { "type": "web_widget", "website_url": "https://shop.example" } }),
            "inbox_members" => members,
            "session" => json!({ "email": "olga@halden.example", "password": PASSWORD }),
            "setup" => json!({ "account_name": "H", "name": "O", "email": "o@halden.example", "password": PASSWORD }),
            "contacts" => json!({ "name": "Ann" }),
            "webhooks" => json!({ "url": format!("https://example.com/{key}") }),
            "conversations" if route.contains("/widget/") => json!({ "key": key, "echo_id": key, "content": "hello" }),
            "conversations" => json!({ "inbox_id": self.account.inbox, "contact_id": self.contact }),
            "messages" => json!({ "content": "hello", "echo_id": key }),
            "filter" => json!({ "payload": [{ "attribute_key": "created_at", "filter_operator": "is_present" }] }),
            "contact_inboxes" => json!({ "inbox_id": self.account.inbox }),
            "contact_merge" => {
                let mergee = self.spare.lock().expect("nobody panicked").pop();
                json!({ "base_contact_id": self.contact, "mergee_contact_id": mergee })
            }
            "labels" if route.ends_with("{account_id}/labels") => json!({ "title": key }),
            "labels" => json!({ "labels": ["vip", key] }),
            "assignments" => json!({ "assignee_id": self.agent.id }),
            "toggle_priority" => json!({ "priority": "high" }),
            "toggle_typing_status" => json!({ "typing_status": "on" }),
            "custom_attributes" => json!({ "custom_attributes": { "plan": "gold" } }),
            "toggle_status" => json!({ "status": "resolved" }),
            "update_last_seen" => json!({ "incoming_count": 1 }),
            "identify" => json!({ "identifier": key, "name": "Ann" }),
            "seen" => json!({ "number": 1 }),
            _ => return None,
        })
    }

    fn dress<'a>(&self, call: Call<'a>, who: Who) -> Call<'a> {
        match who {
            Who::Nobody => call,
            Who::WrongToken => call.header("api_access_token", "wrong").header("authorization", "Bearer wrong"),
            Who::WrongCookie => call.header("cookie", "frontdesk_session=wrong").header("origin", "http://desk.test"),
            Who::OwnVisitor => call.from(&self.visitor),
            Who::NewBrowser => call.from(&self.account.visitor()),
            Who::Agent => call.by(&self.agent),
            Who::Administrator => call.by(&self.account.owner),
            Who::Stranger => call.by(&self.stranger),
            Who::Suspended => call.by(&self.suspended),
        }
    }

    async fn ask(&self, app: &TestApp, route: &str, who: Who) -> Answer {
        let (method, template) = route.split_once(' ').expect("a route is a method and a path");
        let call = self.dress(app.call(method, &self.path(template)), who);
        if route.ends_with("/upload") {
            return call.upload("attachment", ("a.txt", b"hello")).send().await;
        }
        match self.body(route) {
            Some(body) => call.json(&body).send().await,
            None => call.send().await,
        }
    }
}

const SIGN_IN: Result<(), (u16, &str)> = Err((401, "You need to sign in or sign up before continuing."));
const WRONG_TOKEN: Result<(), (u16, &str)> = Err((401, "Invalid Access Token"));
const DENIED: Result<(), (u16, &str)> = Err((403, "Access denied"));
const NOT_FOUND: Result<(), (u16, &str)> = Err((404, "Resource could not be found"));

/// What somebody meets at a door.
fn expected(door: Door, who: Who) -> Result<(), (u16, &'static str)> {
    let is_member = matches!(who, Who::Agent | Who::Administrator | Who::Stranger | Who::Suspended);
    match (door, who) {
        (Door::Open, _) => Ok(()),
        (Door::SetUp, _) => Err((409, "This installation is set up already")),
        (_, Who::Nobody | Who::WrongCookie) => SIGN_IN,
        // A member's token is no visitor's secret, and is sent in another header.
        (Door::Browser | Door::Visitor, _) if is_member => SIGN_IN,
        (Door::Browser, Who::OwnVisitor | Who::NewBrowser) | (Door::Visitor, Who::OwnVisitor) => Ok(()),
        (Door::Browser | Door::Visitor, _) | (_, Who::WrongToken | Who::OwnVisitor | Who::NewBrowser) => WRONG_TOKEN,
        (Door::Account | Door::Administrator, Who::Stranger | Who::Suspended) => NOT_FOUND,
        (Door::Administrator, Who::Agent) => DENIED,
        (Door::User | Door::Account | Door::Administrator, _) => Ok(()),
    }
}

#[tokio::test]
async fn every_described_route_lets_in_exactly_whom_it_should() {
    for app in apps().await {
        let contract = Contract::of(&app).await;
        let listed: BTreeSet<String> = ROUTES.iter().map(|it| it.0.to_owned()).collect();
        assert_eq!(listed, contract.routes(), "this table and openapi.json list the same routes");
        let world = World::new(&app).await;
        for (route, door) in ROUTES {
            for who in EVERYBODY {
                let answer = world.ask(&app, route, who).await;
                let told = || format!("{route} by {who:?}: {}", answer.told());
                match expected(*door, who) {
                    Ok(()) => assert_eq!(answer.status, 200, "{}", told()),
                    Err((status, sentence)) => {
                        assert_eq!((answer.status, &answer.json()["error"]), (status, &json!(sentence)), "{}", told());
                    }
                }
                if let Err(broken) = contract.check(route, answer.status, &answer.bytes) {
                    panic!("{broken}: {}", told());
                }
            }
        }
    }
}

#[tokio::test]
async fn nobody_outside_an_account_changes_anything_in_it() {
    for app in apps().await {
        let world = World::new(&app).await;
        let before = app.get("/api/v1/session").by(&world.account.owner).ok().await;
        for (route, _) in ROUTES.iter().filter(|it| !it.0.starts_with("GET") && it.1 != Door::User && !it.0.ends_with(" /api/v1/session")) {
            for who in [Who::Nobody, Who::WrongToken, Who::WrongCookie, Who::Stranger, Who::Suspended] {
                assert!(world.ask(&app, route, who).await.status >= 400, "{route} by {who:?}");
            }
        }
        assert_eq!(app.get("/api/v1/session").by(&world.account.owner).ok().await, before, "the log did not move");
    }
}

#[tokio::test]
async fn a_cookie_writes_only_from_a_page_of_ours() {
    for app in apps().await {
        let world = World::new(&app).await;
        let login = app.log_in(&world.account.owner).await;
        // Neither logging in nor setting up asks for a cookie.
        let is_write = |route: &str| !route.starts_with("GET") && !matches!(route, "POST /api/v1/session" | "POST /api/setup");
        for (route, _) in ROUTES.iter().filter(|it| is_write(it.0) && !it.0.contains("/widget/")) {
            let (method, template) = route.split_once(' ').expect("a route is a method and a path");
            for origin in [
                None,
                Some("http://evil.example"),
                Some("https://desk.test"),
                Some("null"),
                Some("http://desk.test.evil.example"),
                Some(""),
            ] {
                let mut call = app.call(method, &world.path(template)).header("cookie", &login.cookie);
                if let Some(origin) = origin {
                    call = call.header("origin", origin);
                }
                call.json(&world.body(route).unwrap_or(json!({}))).send().await.refused(403, "Access denied");
            }
        }
        for origin in ["http://evil.example", "http://desk.test"] {
            app.get("/api/v1/session").header("cookie", &login.cookie).header("origin", origin).ok().await;
        }
        let path = world.account.owner.at(1, "/join");
        app.post(&path).header("cookie", &login.cookie).header("origin", "http://desk.test").ok().await;
    }
}
