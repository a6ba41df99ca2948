//! Every route that reads a body, with a good one to begin with. What bad ones are answered is in `errors`.

use serde_json::{Value, json};

use crate::app::TestApp;
use crate::call::Call;
use crate::people::{Account, PASSWORD, Visitor, fresh};

/// A route that reads a body, with a good one.
pub(crate) struct Writing {
    pub(crate) path: String,
    pub(crate) by_visitor: bool,
    pub(crate) body: Value,
    /// Fields that are text, and the word under which their errors go.
    pub(crate) texts: &'static [&'static str],
    /// Fields of another kind.
    pub(crate) others: &'static [&'static str],
}

/// Somebody of each kind, and something to write to.
pub(crate) struct World {
    pub(crate) account: Account,
    pub(crate) visitor: Visitor,
    pub(crate) uuid: String,
    pub(crate) contact: Value,
}

fn route(path: String, by_visitor: bool, body: Value, texts: &'static [&'static str], others: &'static [&'static str]) -> Writing {
    Writing { path, by_visitor, body, texts, others }
}

impl World {
    pub(crate) async fn new(app: &TestApp) -> World {
        let account = app.account_of("Halden", "olga@halden.example", Some(PASSWORD)).await;
        let visitor = account.visitor();
        let uuid = visitor.begin(app, "hello").await;
        let contact = account.owner.conversation(app, 1).await["meta"]["sender"]["id"].clone();
        World { account, visitor, uuid, contact }
    }

    /// All of them.
    pub(crate) fn writing(&self) -> Vec<Writing> {
        [self.of_the_account(), self.of_contacts(), self.of_a_conversation(), self.of_visitors()].into_iter().flatten().collect()
    }

    fn of_the_account(&self) -> Vec<Writing> {
        let owner = &self.account.owner;
        let key = format!("k{}", fresh());
        let beginning = json!({ "inbox_id": self.account.inbox, "contact_id": self.contact });
        vec![
            route(
                "/api/v1/session".into(),
                false,
                json!({ "email": "olga@halden.example", "password": PASSWORD }),
                &["email", "password"],
                &[],
            ),
            route(
                owner.path("/conversations"),
                false,
                beginning,
                &["status"],
                &["inbox_id", "contact_id", "message", "assignee_id", "additional_attributes", "custom_attributes"],
            ),
            route(
                owner.path("/conversations/filter"),
                false,
                json!({ "payload": [{ "attribute_key": "status", "filter_operator": "equal_to", "values": ["open"] }] }),
                &[],
                &["payload"],
            ),
            route(
                owner.path("/labels"),
                false,
                json!({ "title": format!("l{key}") }),
                &["title", "description", "color"],
                &["show_on_sidebar"],
            ),
            route(
                owner.path("/inboxes"),
                false,
                json!({ "name": "Second", "website_url": "https://shop.example" }),
                &[
                    "name",
                    "type",
                    "website_url",
                    "welcome_title",
                    "welcome_tagline",
                    "widget_color",
                    "widget_position",
                    "launcher_icon",
                    "launcher_text",
                    "ask_for",
                    "locale",
                    "greeting_message",
                ],
                &["show_team", "enabled", "greeting_enabled", "hmac_mandatory"],
            ),
            route(
                owner.path("/inbox_members"),
                false,
                json!({ "inbox_id": self.account.inbox, "user_ids": [owner.id] }),
                &[],
                &["inbox_id", "user_ids"],
            ),
            route(
                owner.path("/webhooks"),
                false,
                json!({ "url": format!("https://hooks.example/{key}") }),
                &["url", "name"],
                &["inbox_id", "subscriptions"],
            ),
        ]
    }

    fn of_contacts(&self) -> Vec<Writing> {
        let owner = &self.account.owner;
        vec![
            route(
                owner.path("/contacts"),
                false,
                json!({ "name": "Ann" }),
                &["name", "email", "phone_number", "identifier"],
                &["inbox_id"],
            ),
            route(
                owner.path("/contacts/filter"),
                false,
                json!({ "payload": [{ "attribute_key": "name", "filter_operator": "equal_to", "values": ["ann"] }] }),
                &[],
                &["payload"],
            ),
            route(
                owner.path(&format!("/contacts/{}/contact_inboxes", self.contact)),
                false,
                json!({ "inbox_id": self.account.inbox }),
                &["source_id"],
                &["inbox_id"],
            ),
            route(
                owner.path("/actions/contact_merge"),
                false,
                json!({ "base_contact_id": self.contact, "mergee_contact_id": 2 }),
                &[],
                &["base_contact_id", "mergee_contact_id"],
            ),
            route(owner.path(&format!("/contacts/{}/labels", self.contact)), false, json!({ "labels": ["vip"] }), &[], &[]),
        ]
    }

    fn of_a_conversation(&self) -> Vec<Writing> {
        let at = |rest: &str| self.account.owner.at(1, rest);
        let key = format!("k{}", fresh());
        let owner = &self.account.owner;
        vec![
            route(at("/labels"), false, json!({ "labels": ["vip"] }), &[], &[]),
            route(at("/assignments"), false, json!({ "assignee_id": owner.id }), &[], &["assignee_id"]),
            route(at("/toggle_priority"), false, json!({ "priority": "low" }), &["priority"], &[]),
            route(at("/toggle_typing_status"), false, json!({ "typing_status": "on" }), &["typing_status"], &["is_private"]),
            route(at("/custom_attributes"), false, json!({ "custom_attributes": {} }), &[], &["custom_attributes"]),
            route(at("/toggle_status"), false, json!({ "status": "open" }), &["status"], &["snoozed_until"]),
            route(at("/update_last_seen"), false, json!({}), &[], &["incoming_count"]),
            route(
                at("/messages"),
                false,
                json!({ "content": "hi", "echo_id": key }),
                &["content", "echo_id", "message_type"],
                &["private"],
            ),
        ]
    }

    fn of_visitors(&self) -> Vec<Writing> {
        let visitor = &self.visitor;
        let chat = |rest: &str| visitor.path(&format!("/conversations/{}{rest}", self.uuid));
        let key = format!("k{}", fresh());
        vec![
            route(
                visitor.path("/identify"),
                true,
                json!({ "name": "Ann" }),
                &["identifier", "name", "email", "phone_number"],
                &["custom_attributes"],
            ),
            route(
                visitor.path("/conversations"),
                true,
                json!({ "key": key, "echo_id": key, "content": "hi" }),
                &["key", "echo_id", "content", "name", "email"],
                &[],
            ),
            route(chat("/messages"), true, json!({ "content": "hi", "echo_id": key }), &["content", "echo_id"], &[]),
            route(chat("/seen"), true, json!({ "number": 1 }), &[], &["number"]),
        ]
    }

    /// Asks as whoever the route is for.
    pub(crate) fn ask<'a>(&self, app: &'a TestApp, method: &str, path: &str, by_visitor: bool) -> Call<'a> {
        let call = app.call(method, path);
        if by_visitor { call.from(&self.visitor) } else { call.by(&self.account.owner) }
    }
}
