//! Unread counts and read marks, per person (BEHAVIOUR 6.11).

use serde_json::json;

use crate::app::apps;

#[tokio::test]
async fn every_member_has_their_own_unread_count() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (maya, visitor) = (app.agent(&account, "Maya").await, account.visitor());
        let uuid = visitor.begin(&app, "1").await;
        visitor.write(&app, &uuid, "2").await;
        account.owner.note(&app, 1, "notes and replies count for nobody").await;
        let counts = async |member: &crate::people::Member| {
            let shown = member.conversation(&app, 1).await;
            json!([shown["incoming_count"], shown["read_count"], shown["unread_count"]])
        };
        assert_eq!(counts(&maya).await, json!([2, 0, 2]));
        let read = maya.post(&app, "/conversations/1/update_last_seen", &json!({})).await;
        assert_eq!((&read["unread_count"], &read["read_count"]), (&json!(0), &json!(2)));
        assert_eq!(counts(&account.owner).await, json!([2, 0, 2]), "what one read, another did not");
        visitor.write(&app, &uuid, "3").await;
        assert_eq!(counts(&maya).await, json!([3, 2, 1]));
    }
}

#[tokio::test]
async fn a_read_mark_never_goes_back_nor_beyond_the_end() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (owner, visitor) = (&account.owner, account.visitor());
        let uuid = visitor.begin(&app, "1").await;
        visitor.write(&app, &uuid, "2").await;
        visitor.write(&app, &uuid, "3").await;
        for (up_to, read_count) in [(json!(2), 2), (json!(1), 2), (json!(-5), 2), (json!("3"), 3), (json!(i64::MAX), 3), (json!(null), 3)] {
            let read = owner.post(&app, "/conversations/1/update_last_seen", &json!({ "incoming_count": up_to })).await;
            assert_eq!(read["read_count"], read_count, "up to {up_to}");
        }
        let answer = app.post(&owner.at(1, "/update_last_seen")).by(owner).json(&json!({ "incoming_count": "many" })).send().await;
        answer.invalid("incoming_count");
    }
}

#[tokio::test]
async fn a_visitor_reads_the_answers_up_to_a_number() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let visitor = account.visitor();
        let uuid = visitor.begin(&app, "hello").await;
        account.owner.note(&app, 1, "a note").await;
        account.owner.reply(&app, 1, "first answer").await;
        account.owner.reply(&app, 1, "second answer").await;
        let unread = async || visitor.session(&app).await["conversation"]["unread_count"].clone();
        assert_eq!(unread().await, 2);
        // hello is 1, the joining 2, the answers 3 and 4.
        for (number, left) in [(2, 2), (3, 1), (1, 1), (-7, 1), (i64::MAX, 0), (3, 0)] {
            visitor.seen(&app, &uuid, number).await;
            assert_eq!(unread().await, left, "after {number}");
            let shown = account.owner.conversation(&app, 1).await;
            assert_eq!((&shown["outgoing_count"], &shown["contact_read_count"]), (&json!(2), &json!(2 - left)), "as members see it");
        }
        let path = visitor.path(&format!("/conversations/{uuid}/seen"));
        for body in [json!({}), json!({ "number": "three" }), json!({ "number": 1.5 })] {
            app.post(&path).from(&visitor).json(&body).send().await.invalid("number");
        }
    }
}

#[tokio::test]
async fn when_each_side_last_read_is_told_in_seconds() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (maya, visitor) = (app.agent(&account, "Maya").await, account.visitor());
        let uuid = visitor.begin(&app, "hello").await;
        account.owner.reply(&app, 1, "an answer").await;
        let seen = async || {
            let shown = account.owner.conversation(&app, 1).await;
            json!([shown["agent_last_seen_at"], shown["assignee_last_seen_at"], shown["contact_last_seen_at"]])
        };
        assert_eq!(seen().await, json!([0, 0, 0]), "nobody has read yet");
        let now = app.clock.now().as_seconds();
        visitor.seen(&app, &uuid, 3).await;
        assert_eq!(seen().await, json!([0, 0, now]));
        maya.post(&app, "/conversations/1/update_last_seen", &json!({})).await;
        assert_eq!(seen().await, json!([now, 0, now]), "Maya does not own it");
        account.owner.post(&app, "/conversations/1/update_last_seen", &json!({})).await;
        assert_eq!(seen().await, json!([now, now, now]));
    }
}

#[tokio::test]
async fn a_page_of_messages_is_as_long_as_asked_for_up_to_its_bound() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (owner, visitor) = (&account.owner, account.visitor());
        let uuid = visitor.begin(&app, "0").await;
        for n in 1..130 {
            visitor.write(&app, &uuid, &n.to_string()).await;
        }
        let length = async |query: &str| {
            let page = owner.get(&app, &format!("/conversations/1/messages{query}")).await;
            page["payload"].as_array().map(Vec::len)
        };
        assert_eq!(length("").await, Some(20));
        assert_eq!(length("?limit=50").await, Some(50));
        assert_eq!(length("?limit=1000").await, Some(100));
        app.get(&owner.at(1, "/messages?limit=0")).by(owner).send().await.invalid("limit");
    }
}
