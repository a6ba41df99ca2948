//! The next release on a database that knows only the first migration: what was said is there, counted, found, and everything
//! that came since works on it.

use frontdesk_store::testing::places;
use frontdesk_store::{Migration, Options, StoreError, Tx, params, statements};
use serde_json::json;

use crate::app::TestApp;
use crate::people::{Account, Member, column, list, number};

/// The schema as it was.
const FIRST: &[Migration] = &[Migration { number: 1, text: include_str!("../../../store/migrations/0001_init.sql") }];

statements! {
    ACCOUNT = "INSERT INTO accounts (name, event_seq, conversation_count, created_at) VALUES ('Halden', 3, 2, 1700000000000)";
    USER = "INSERT INTO users (email, name, created_at) VALUES ('olav@halden.example', 'Olav', 1700000000000)";
    MEMBER = "INSERT INTO members (account_id, user_id, role, availability, auto_offline, access, answers_chats, created_at) VALUES (1, 1, 'administrator', 'available', TRUE, TRUE, TRUE, 1700000000000)";
    INBOX = "INSERT INTO inboxes (account_id, name, website_token, website_url, greeting, color, created_at) VALUES (1, 'Shop', 'oldtoken', '', 'Hi', '#1f93ff', 1700000000000)";
    BELONGS = "INSERT INTO inbox_members (inbox_id, user_id) VALUES (1, 1)";
    CONTACT = "INSERT INTO contacts (account_id, name, email, email_claimed, event_number, created_at, last_activity_at) VALUES (1, $1, $2, FALSE, 0, 1700000000000, 1700000000000)";
    CHANNEL = "INSERT INTO contact_inboxes (contact_id, inbox_id, source_id, created_at) VALUES ($1, 1, $2, 1700000000000)";
    OPEN = "INSERT INTO conversations (uuid, account_id, number, inbox_id, contact_id, contact_inbox_id, status, message_count, contact_message_count, incoming_count, last_message_id, last_activity_at, created_at, updated_at) VALUES ('00000000-0000-4000-8000-000000000001', 1, 1, 1, 1, 1, 'open', 2, 2, 2, 2, 1700000000000, 1700000000000, 1700000000000)";
    RESOLVED = "INSERT INTO conversations (uuid, account_id, number, inbox_id, contact_id, contact_inbox_id, status, owner_id, message_count, contact_message_count, incoming_count, last_message_id, last_activity_at, resolved_at, created_at, updated_at) VALUES ('00000000-0000-4000-8000-000000000002', 1, 2, 1, 2, 2, 'resolved', 1, 1, 1, 1, 3, 1700000000000, 1700000000000, 1700000000000, 1700000000000)";
    TAKES_PART = "INSERT INTO participants (conversation_id, contact_id, state, joined_at) VALUES ($1, $1, 'joined', 1700000000000)";
    SAID = "INSERT INTO messages (account_id, conversation_id, position, contact_position, kind, private, sender_kind, sender_id, sender_name, body, created_at) VALUES (1, $1, $2, $2, 'incoming', FALSE, 'contact', $1, 'Ann', $3, 1700000000000)";
    HAPPENED = "INSERT INTO events (account_id, seq, kind, payload, at) VALUES (1, $1, 'message_created', $2, 1700000000000)";
}

async fn old_days(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    for statement in [&ACCOUNT, &USER, &MEMBER, &INBOX, &BELONGS] {
        tx.run(statement, params![]).await?;
    }
    for (contact, name) in [(1, "Ann Björk"), (2, "BÖRJE ÅS")] {
        tx.run(&CONTACT, params![name, format!("c{contact}@shop.example")]).await?;
        tx.run(&CHANNEL, params![contact, format!("source {contact}")]).await?;
    }
    tx.run(&OPEN, params![]).await?;
    tx.run(&RESOLVED, params![]).await?;
    for (seq, conversation, position, body) in
        [(1, 1, 1, "where is my parcel?"), (2, 1, 2, "it has a broken lamp"), (3, 2, 1, "thanks for the parcel")]
    {
        tx.run(&SAID, params![conversation, position, body]).await?;
        let event = json!({ "kind": "message_created", "inbox": 1, "conversation": conversation, "message": seq, "for_contacts": true });
        tx.run(&HAPPENED, params![seq, event.to_string()]).await?;
    }
    for conversation in [1, 2] {
        tx.run(&TAKES_PART, params![conversation]).await?;
    }
    Ok(())
}

/// The next release on the old database, with somebody who may see everything.
async fn upgraded() -> Vec<(TestApp, Account)> {
    let mut apps = Vec::new();
    for place in places().await {
        let old = place.open(Options { migrations: FIRST, ..Options::default() }, |_, _| {}).await;
        old.write(async |tx: &mut Tx<'_>| old_days(tx).await).await.expect("the first release could write this");
        let app = TestApp::on(old.close().await).await;
        let nobody = Member { account: 1, id: 1, name: "Olav".to_owned(), email: "olav@halden.example".to_owned(), token: String::new() };
        let mut account = Account { id: 1, owner: nobody, inbox: 1, website_token: "oldtoken".to_owned() };
        account.owner = app.administrator(&account, "Maya").await;
        apps.push((app, account));
    }
    apps
}

#[tokio::test]
async fn what_was_said_before_is_counted_listed_and_found() {
    for (app, account) in upgraded().await {
        let owner = &account.owner;
        let listed = owner.get(&app, "/conversations?status=open").await["data"].clone();
        assert_eq!(column(&list(&listed["payload"]), "id"), [1]);
        assert_eq!(listed["meta"]["all_count"], 1);
        assert_eq!(owner.get(&app, "/conversations/meta?status=resolved").await["meta"]["assigned_count"], 1);
        assert_eq!(column(&owner.messages(&app, 1).await, "content"), ["where is my parcel?", "it has a broken lamp"]);
        let contacts = owner.get(&app, "/contacts/search?q=bj").await["payload"].clone();
        assert_eq!(column(&list(&contacts), "name"), ["Ann Björk"]);
        app.run_jobs().await;
        for typed in ["b%C3%B6rje", "B%C3%96RJE", "%C3%A5s"] {
            let contacts = owner.get(&app, &format!("/contacts/search?q={typed}")).await["payload"].clone();
            assert_eq!(column(&list(&contacts), "name"), ["BÖRJE ÅS"], "{typed}");
        }
        let found = owner.get(&app, "/search?q=parcel").await["payload"].clone();
        assert_eq!(column(&list(&found["messages"]), "content"), ["thanks for the parcel", "where is my parcel?"]);
        let found = owner.get(&app, "/search?q=bjork").await["payload"].clone();
        assert_eq!(
            (column(&list(&found["contacts"]), "id"), column(&list(&found["conversations"]), "id")),
            (vec![json!(1)], vec![json!(1)])
        );
    }
}

#[tokio::test]
async fn everything_that_came_since_works_on_it() {
    for (app, account) in upgraded().await {
        let owner = &account.owner;
        app.run_jobs().await;
        let id = number(&owner.messages(&app, 1).await[1]["id"]);
        app.call("DELETE", &owner.at(1, &format!("/messages/{id}"))).by(owner).send().await.ok_empty();
        owner.post(&app, "/labels", &json!({ "title": "vip" })).await;
        let labels = owner.post(&app, "/conversations/1/labels", &json!({ "labels": ["vip"] })).await;
        assert_eq!(labels["payload"], json!(["vip"]));
        owner.reply(&app, 1, "a new lamp is on its way").await;
        owner.set_status(&app, 2, "open").await;
        assert_eq!(owner.get(&app, "/conversations/meta?status=open").await["meta"]["all_count"], 2);
        account.visitor().begin(&app, "is the lamp in stock?").await;
        let merge = json!({ "base_contact_id": 1, "mergee_contact_id": 2 });
        owner.post(&app, "/actions/contact_merge", &merge).await;
        app.run_jobs().await;
        let found = owner.get(&app, "/search?q=lamp").await["payload"].clone();
        assert_eq!(column(&list(&found["messages"]), "content"), ["is the lamp in stock?", "a new lamp is on its way"]);
        let message = &owner.get(&app, "/search?q=thanks").await["payload"]["messages"][0];
        assert_eq!(message["contact_name"], "Ann Björk");
        assert_eq!(owner.conversation(&app, 1).await["outgoing_count"], 1);
    }
}
