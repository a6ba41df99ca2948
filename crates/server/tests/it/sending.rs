//! Sending: acknowledged once is there once, in one order for everybody (BEHAVIOUR 7).

use futures_util::future::join_all;
use serde_json::json;

use crate::app::apps;
use crate::people::{column, list, number};

#[tokio::test]
async fn the_same_key_with_the_same_content_answers_the_first_copy() {
    for app in apps().await {
        let account = app.account("Halden").await;
        account.visitor().begin(&app, "hello").await;
        let path = account.owner.at(1, "/messages");
        let send = async |content: &str, private: bool| {
            app.post(&path).by(&account.owner).json(&json!({ "content": content, "private": private, "echo_id": "k" })).send().await
        };
        let first = send("hi", false).await.ok();
        assert_eq!(first["echo_id"], "k");
        assert_eq!(send("hi", false).await.ok(), first);
        send("hullo", false).await.invalid("echo_id");
        send("hi", true).await.invalid("echo_id");
        let contents = column(&account.owner.messages(&app, 1).await, "content");
        assert_eq!(contents, ["hello", "Olga Owner joined and owns the conversation", "hi"]);
    }
}

#[tokio::test]
async fn keys_belong_to_their_sender_and_conversation() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let agent = app.agent(&account, "Maya").await;
        for _ in 0..2 {
            account.visitor().begin(&app, "hello").await;
        }
        let mut ids = Vec::new();
        for (member, at) in [(&account.owner, 1), (&agent, 1), (&account.owner, 2)] {
            let sent = json!({ "content": format!("by {} in {at}", member.name), "echo_id": "same" });
            ids.push(number(&app.post(&member.at(at, "/messages")).by(member).json(&sent).ok().await["id"]));
        }
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 3);
    }
}

#[tokio::test]
async fn sixteen_identical_sends_at_once_are_one_message() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let visitor = account.visitor();
        let uuid = visitor.begin(&app, "hello").await;
        let path = visitor.path(&format!("/conversations/{uuid}/messages"));
        let (member_path, body) = (account.owner.at(1, "/messages"), json!({ "content": "once", "echo_id": "k" }));
        let from_visitor = join_all((0..16).map(|_| app.post(&path).from(&visitor).json(&body).ok())).await;
        let from_member = join_all((0..16).map(|_| app.post(&member_path).by(&account.owner).json(&body).ok())).await;
        assert!(from_visitor.iter().all(|it| it["message"] == from_visitor[0]["message"]), "{from_visitor:?}");
        assert!(from_member.iter().all(|it| *it == from_member[0]), "{from_member:?}");
        let messages = account.owner.messages(&app, 1).await;
        assert_eq!(messages.iter().filter(|it| it["content"] == "once").count(), 2);
    }
}

#[tokio::test]
async fn everybody_sees_one_order_without_gaps() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (agent, visitor) = (app.agent(&account, "Maya").await, account.visitor());
        let uuid = visitor.begin(&app, "0").await;
        let by_visitor = join_all((0..6).map(|n| visitor.write(&app, &uuid, ["v0", "v1", "v2", "v3", "v4", "v5"][n])));
        let by_agent = join_all((0..6).map(|n| agent.reply(&app, 1, ["a0", "a1", "a2", "a3", "a4", "a5"][n])));
        let by_owner = join_all((0..4).map(|n| account.owner.note(&app, 1, ["n0", "n1", "n2", "n3"][n])));
        futures_util::future::join3(by_visitor, by_agent, by_owner).await;

        let members_see = account.owner.messages(&app, 1).await;
        let positions: Vec<i64> = members_see.iter().map(|it| number(&it["position"])).collect();
        assert_eq!(positions, (1..=18).collect::<Vec<_>>(), "1 opening, 16 messages, 1 joining");

        let session = visitor.session(&app).await;
        let visitor_sees = list(&session["messages"]);
        let numbers: Vec<i64> = visitor_sees.iter().map(|it| number(&it["number"])).collect();
        assert_eq!(numbers, (1..=14).collect::<Vec<_>>());
        let public: Vec<_> = members_see.iter().filter(|it| it["private"] == false && it["message_type"] != 2).cloned().collect();
        let spoken: Vec<_> = visitor_sees.iter().filter(|it| it["from"] != "event").cloned().collect();
        assert_eq!(column(&public, "content"), column(&spoken, "content"));
    }
}

#[tokio::test]
async fn a_beginning_is_repeated_by_its_key_also_all_at_once() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let visitor = account.visitor();
        let opening = json!({ "key": "begin", "echo_id": "e", "content": "hello", "name": "Ann", "email": "Ann@Example.com" });
        let begin = || app.post(&visitor.path("/conversations")).from(&visitor).json(&opening).ok();
        let answers = join_all((0..16).map(|_| begin())).await;
        assert!(answers.iter().all(|it| it["message"] == answers[0]["message"]), "{answers:?}");
        assert!(answers.iter().all(|it| it["conversation"] == answers[0]["conversation"]), "{answers:?}");
        assert_eq!(begin().await["message"], answers[0]["message"]);

        let listed = account.owner.get(&app, "/conversations").await;
        assert_eq!(number(&listed["data"]["meta"]["all_count"]), 1);
        let contacts = account.owner.get(&app, "/contacts").await;
        assert_eq!((number(&contacts["meta"]["count"]), &contacts["payload"][0]["email"]), (1, &json!("ann@example.com")));

        // A second tab that began at the same moment writes on in the same conversation.
        let other = json!({ "key": "begin", "echo_id": "e2", "content": "from another tab" });
        let second = app.post(&visitor.path("/conversations")).from(&visitor).json(&other).ok().await;
        assert_eq!((&second["conversation"]["id"], &second["message"]["number"]), (&answers[0]["conversation"]["id"], &json!(2)));
        let changed = json!({ "key": "begin", "echo_id": "e", "content": "something else" });
        app.post(&visitor.path("/conversations")).from(&visitor).json(&changed).send().await.invalid("echo_id");
    }
}

#[tokio::test]
async fn a_private_note_never_reaches_the_visitor_over_rest() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let visitor = account.visitor();
        let uuid = visitor.begin(&app, "hello").await;
        account.owner.note(&app, 1, "a secret").await;
        account.owner.reply(&app, 1, "hi").await;
        account.owner.note(&app, 1, "another secret").await;
        let session = visitor.session(&app).await;
        let page = app.get(&visitor.path(&format!("/conversations/{uuid}/messages"))).from(&visitor).ok().await;
        let written = visitor.write(&app, &uuid, "thanks").await;
        for shown in [&session, &page, &written] {
            assert!(!shown.to_string().contains("secret"), "{shown}");
        }
        assert_eq!(page["messages"], session["messages"]);
        assert_eq!(column(&list(&page["messages"]), "number"), [1, 2, 3]);
        assert_eq!(written["message"]["number"], 4);
        assert_eq!(session["conversation"]["unread_count"], 1, "a note is no unread message");
    }
}

#[tokio::test]
async fn pages_of_messages_reach_everything_once() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let visitor = account.visitor();
        let uuid = visitor.begin(&app, "1").await;
        for n in 2..=120 {
            visitor.write(&app, &uuid, &n.to_string()).await;
        }
        let wanted: Vec<String> = (1..=120).map(|n| n.to_string()).collect();
        let owner = &account.owner;

        let mut back = owner.messages(&app, 1).await;
        while back[0]["position"] != 1 {
            let page = owner.get(&app, &format!("/conversations/1/messages?before={}", back[0]["id"])).await;
            let page = list(&page["payload"]);
            assert_eq!(page.len(), 20);
            back.splice(..0, page);
        }
        assert_eq!(column(&back, "content"), wanted);

        let forward = owner.get(&app, &format!("/conversations/1/messages?after={}", back[0]["id"])).await;
        assert_eq!(column(&list(&forward["payload"]), "content"), wanted[1..101]);

        // A client that keeps one place for all conversations: what is younger than a message of another one.
        account.visitor().begin(&app, "elsewhere").await;
        let elsewhere = owner.messages(&app, 2).await[0]["id"].clone();
        visitor.write(&app, &uuid, "121").await;
        let page = async |query: String| list(&owner.get(&app, &format!("/conversations/1/messages?{query}")).await["payload"]);
        assert_eq!(column(&page(format!("after={elsewhere}")).await, "content"), ["121"]);
        assert_eq!(column(&page(format!("before={elsewhere}&limit=2")).await, "content"), ["119", "120"]);
        assert_eq!(column(&page("after=0&limit=2".to_owned()).await, "content"), ["1", "2"]);
        assert_eq!(column(&page(format!("after={}&before={}", back[2]["id"], back[5]["id"])).await, "content"), ["4", "5"]);
        let wanted: Vec<String> = (1..=121).map(|n| n.to_string()).collect();

        let session = visitor.session(&app).await;
        let (mut seen, mut more) = (list(&session["messages"]), session["more"].clone());
        while more == true {
            let rest = format!("/conversations/{uuid}/messages?before={}", seen[0]["number"]);
            let page = app.get(&visitor.path(&rest)).from(&visitor).ok().await;
            seen.splice(..0, list(&page["messages"]));
            more = page["more"].clone();
        }
        assert_eq!(column(&seen, "content"), wanted);
    }
}

#[tokio::test]
async fn one_key_in_two_open_conversations_is_two_messages() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let visitor = account.visitor();
        let both = [visitor.begin(&app, "first").await, visitor.begin(&app, "second").await];
        for uuid in &both {
            let sent = json!({ "content": "ok", "echo_id": "m2" });
            let answer = app.post(&visitor.path(&format!("/conversations/{uuid}/messages"))).from(&visitor).json(&sent).ok().await;
            assert_eq!((&answer["conversation"]["id"], &answer["message"]["number"]), (&json!(uuid), &json!(2)));
        }
    }
}

#[tokio::test]
async fn who_gave_an_address_only_has_one_name_in_list_and_thread() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let visitor = account.visitor();
        let opening = json!({ "key": "k", "echo_id": "e", "content": "hello", "email": "ann.b@example.com" });
        app.post(&visitor.path("/conversations")).from(&visitor).json(&opening).ok().await;
        let shown = account.owner.conversation(&app, 1).await;
        let thread = account.owner.messages(&app, 1).await;
        assert_eq!((&shown["meta"]["sender"]["name"], &thread[0]["sender"]["name"]), (&json!("ann.b"), &json!("ann.b")));
    }
}
