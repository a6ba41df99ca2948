//! Deleting messages: the text is gone for everybody, the place stays.

use serde_json::{Value, json};

use crate::app::apps;
use crate::people::{column, list, number};

const DELETED: &str = "This message was deleted";

#[tokio::test]
async fn a_deleted_text_is_gone_for_everybody_at_once() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (maya, visitor) = (app.agent(&account, "Maya").await, account.visitor());
        let uuid = visitor.begin(&app, "hello").await;
        let body = json!({ "content": "the wrong price", "echo_id": "e1" });
        let sent = maya.post(&app, "/conversations/1/messages", &body).await;
        let (mut desk, mut chat) = (app.follow(&account.owner).await, app.follow_as(&visitor).await);
        let path = maya.at(1, &format!("/messages/{}", sent["id"]));
        app.call("DELETE", &path).by(&maya).send().await.ok_empty();
        let told = desk.event("message_updated").await;
        let message = &told["event"]["message"];
        assert_eq!((&message["id"], &message["content"]), (&sent["id"], &json!(DELETED)));
        assert_eq!(message["content_attributes"], json!({ "deleted": true }));
        let heard = chat.event("message_updated").await;
        let heard = &heard["event"]["message"];
        assert_eq!((&heard["content"], &heard["deleted"], &heard["from"]), (&json!(DELETED), &json!(true), &json!("agent")));
        let shown = maya.messages(&app, 1).await;
        assert_eq!(column(&shown, "content"), [json!("hello"), json!("Maya joined and owns the conversation"), json!(DELETED)]);
        assert_eq!(list(&visitor.session(&app).await["messages"])[2], *heard);
        assert_eq!(maya.conversation(&app, 1).await["last_non_activity_message"]["content"], DELETED);
        // Once is enough, and a retry of the outbox brings nothing back.
        let before = app.cursor(&account).await;
        app.call("DELETE", &path).by(&maya).send().await.ok_empty();
        let again = maya.post(&app, "/conversations/1/messages", &body).await;
        assert_eq!((&again["id"], &again["content"], app.cursor(&account).await), (&sent["id"], &json!(DELETED), before));
        visitor.write(&app, &uuid, "what did it say?").await;
        assert_eq!(maya.conversation(&app, 1).await["incoming_count"], 2);
    }
}

#[tokio::test]
async fn a_deleted_note_is_told_to_no_contact() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (owner, visitor) = (&account.owner, account.visitor());
        visitor.begin(&app, "hello").await;
        let note = owner.note(&app, 1, "a secret").await;
        let mut chat = app.follow_as(&visitor).await;
        app.call("DELETE", &owner.at(1, &format!("/messages/{}", note["id"]))).by(owner).send().await.ok_empty();
        owner.reply(&app, 1, "hi").await;
        assert_eq!(chat.event("message_created").await["event"]["message"]["from"], "event");
    }
}

#[tokio::test]
async fn an_agent_deletes_own_messages_only_and_nobody_what_was_told() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (owner, maya, visitor) = (&account.owner, app.agent(&account, "Maya").await, account.visitor());
        visitor.begin(&app, "my card number").await;
        owner.reply(&app, 1, "hi").await;
        let ids: Vec<i64> = maya.messages(&app, 1).await.iter().map(|it| number(&it["id"])).collect();
        let delete =
            async |id: i64, by: &crate::people::Member| app.call("DELETE", &owner.at(1, &format!("/messages/{id}"))).by(by).send().await;
        delete(ids[0], &maya).await.refused(403, "Access denied");
        delete(ids[2], &maya).await.refused(403, "Access denied");
        delete(ids[1], owner).await.refused(404, "Message not found");
        delete(ids[0], owner).await.ok_empty();
        let chat = visitor.session(&app).await;
        assert_eq!(list(&chat["messages"])[0]["content"], DELETED);
        account.visitor().begin(&app, "another conversation").await;
        let other = number(&owner.messages(&app, 2).await[0]["id"]);
        delete(other, owner).await.refused(404, "Message not found");
        assert_eq!(column(&owner.messages(&app, 1).await, "content")[2], Value::from("hi"));
    }
}
