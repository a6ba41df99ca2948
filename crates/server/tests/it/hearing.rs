//! Who hears what over a socket, and who must not (BEHAVIOUR 6.8, 6.11, 7.6).

use frontdesk_store::params;
use serde_json::{Value, json};
use tokio::net::{TcpSocket, TcpStream};

use crate::app::{TestApp, apps};
use crate::people::{Member, PASSWORD, Visitor, column};
use crate::shape::assert_shape;
use crate::shapes;
use crate::socket::{Socket, hello};
use crate::sql;

#[tokio::test]
async fn members_hear_each_event_in_its_shape() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (visitor, mut socket) = (account.visitor(), app.follow(&account.owner).await);
        let start = app.cursor(&account).await;
        let frame = |n: i64, kind: &str, rest: Value| {
            let mut event = json!({ "kind": format!("={kind}"), "at": app.clock.now().0 });
            event.as_object_mut().expect("an object").extend(rest.as_object().expect("an object").clone());
            json!({ "type": "=event", "account_id": account.id, "seq": start + n, "event": event })
        };
        visitor.begin(&app, "hello").await;
        assert_shape(&socket.frame().await, &frame(1, "contact_updated", json!({ "contact": shapes::sender() })));
        assert_shape(&socket.frame().await, &frame(2, "conversation_created", json!({ "conversation": shapes::conversation_live() })));
        let message = json!({ "conversation": shapes::conversation_live(), "message": shapes::message() });
        assert_shape(&socket.frame().await, &frame(3, "message_created", message.clone()));

        account.owner.post(&app, "/conversations/1/update_last_seen", &json!({})).await;
        assert_shape(&socket.frame().await, &frame(4, "conversation_read", json!({ "conversation_id": 1, "read_count": 1 })));
        assert_shape(&socket.frame().await, &frame(5, "conversation_updated", json!({ "conversation": shapes::conversation_live() })));
        account.owner.post(&app, "/conversations/1/join", &json!({})).await;
        assert_shape(&socket.frame().await, &frame(6, "message_created", message));
        assert_shape(&socket.frame().await, &frame(7, "conversation_updated", json!({ "conversation": shapes::conversation_live() })));
        app.agent(&account, "Maya").await;
        assert_shape(&socket.frame().await, &frame(8, "member_added", json!({ "agent": shapes::agent() })));
        assert_eq!(socket.until_check().await, [] as [Value; 0]);
    }
}

#[tokio::test]
async fn a_visitor_hears_each_event_in_its_shape_and_no_private_note() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let visitor = account.visitor();
        let uuid = visitor.begin(&app, "hello").await;
        let mut socket = app.follow_as(&visitor).await;
        account.owner.note(&app, 1, "a secret").await;
        account.owner.reply(&app, 1, "hi").await;
        account.owner.note(&app, 1, "another secret").await;
        account.owner.set_status(&app, 1, "snoozed").await;
        account.owner.set_status(&app, 1, "resolved").await;
        visitor.write(&app, &uuid, "thanks").await;
        let told = |frame: &Value| {
            let event = &frame["event"];
            json!([event["kind"], event["message"]["number"], event["message"]["from"], event["message"]["content"]])
        };
        let mut heard = Vec::new();
        loop {
            let frame = socket.expect("event").await;
            let agents = if frame["event"]["conversation"]["agents"] == json!([]) {
                json!([])
            } else {
                json!([{ "name": "=Olga Owner", "avatar_url": "=" }])
            };
            let event = json!({ "kind": "=message_created|=conversation_updated", "at": "int", "conversation": shapes::visitor_conversation(&agents), "message?": shapes::visitor_message() });
            assert_shape(&frame, &json!({ "type": "=event", "seq": "int", "event": event }));
            heard.push(told(&frame));
            if frame["event"]["message"]["content"] == "thanks" {
                break;
            }
        }
        let messages: Vec<_> = heard.iter().filter(|it| it[0] == "message_created").cloned().collect();
        let expected = [
            (2, "event", "Olga Owner joined"),
            (3, "agent", "hi"),
            (4, "event", "Olga Owner resolved the conversation"),
            (5, "event", "Visitor reopened the conversation"),
            (6, "me", "thanks"),
        ];
        assert_eq!(messages, expected.map(|(number, from, content)| json!(["message_created", number, from, content])));
    }
}

#[tokio::test]
async fn an_agent_hears_nothing_of_other_inboxes() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let maya = app.agent(&account, "Maya").await;
        let (_, shop_token) = app.inbox(&account, "Shop").await;
        app.sql(&sql::LEAVE_INBOX, params![account.inbox, maya.id]).await;
        let (mut all, mut some) = (app.follow(&account.owner).await, app.follow(&maya).await);
        let (elsewhere, here) = (account.visitor(), Visitor::on(&shop_token));
        let uuid = elsewhere.begin(&app, "a secret of the first inbox").await;
        account.owner.reply(&app, 1, "a secret, too").await;
        let mut typing = app.follow_as(&elsewhere).await;
        typing.send(&json!({ "type": "typing", "conversation_id": uuid, "on": true })).await;
        typing.until_check().await;
        account.owner.set_status(&app, 1, "resolved").await;
        here.begin(&app, "in the shop").await;

        let mut heard = Vec::new();
        while heard.last().is_none_or(|it: &Value| it["event"]["message"]["content"] != "in the shop") {
            heard.push(some.frame().await);
        }
        // Contacts belong to the account, as in the list of contacts; what they wrote does not.
        heard.retain(|it| it["event"]["kind"] != "contact_updated");
        assert_eq!(heard.len(), 2, "{heard:?}");
        assert!(heard.iter().all(|it| it["event"]["conversation"]["id"] == 2), "{heard:?}");
        while all.frame().await["event"]["message"]["content"] != "in the shop" {}

        maya.conversation(&app, 2).await;
        app.get(&maya.at(1, "")).by(&maya).send().await.refused(404, "Conversation not found");
        app.get(&maya.path(&format!("/inboxes/{}", account.inbox))).by(&maya).send().await.refused(404, "Inbox not found");
        let listed = maya.get(&app, "/conversations?status=all").await;
        assert_eq!(
            (&listed["data"]["meta"]["all_count"], column(listed["data"]["payload"].as_array().expect("a list"), "id")),
            (&json!(1), vec![json!(2)])
        );
        assert_eq!(maya.get(&app, "/inboxes").await["payload"].as_array().map(Vec::len), Some(1));
    }
}

#[tokio::test]
async fn a_member_of_two_accounts_hears_both_on_one_socket() {
    for app in apps().await {
        let halden = app.account_of("Halden", "olga@halden.example", Some(PASSWORD)).await;
        let lunde = app.account_of("Lunde", "olga@halden.example", None).await;
        app.account("Strangers").await;
        let epoch = app.epoch(&halden).await;
        let cursors = json!({ halden.id.to_string(): app.cursor(&halden).await, lunde.id.to_string(): app.cursor(&lunde).await });
        lunde.visitor().begin(&app, "missed").await;
        let login = app.log_in(&halden.owner).await;
        let mut socket = app.connect_logged_in(&login).await;
        socket.send(&json!({ "type": "hello", "v": 1, "epoch": epoch, "cursors": cursors })).await;
        for account in [&halden, &lunde] {
            assert_eq!(socket.expect("resumed").await["account_id"], account.id);
        }
        let missed = socket.events(3).await;
        assert!(missed.iter().all(|it| it["account_id"] == lunde.id), "{missed:?}");
        assert_eq!(missed[2]["event"]["message"]["content"], "missed");
        for (account, content) in [(&halden, "one"), (&lunde, "two"), (&halden, "three")] {
            account.visitor().begin(&app, content).await;
            let heard = socket.events(3).await;
            assert_eq!((&heard[2]["account_id"], &heard[2]["event"]["message"]["content"]), (&json!(account.id), &json!(content)));
        }
    }
}

#[tokio::test]
async fn strangers_hear_nothing_of_an_account() {
    for app in apps().await {
        let (halden, lunde) = (app.account("Halden").await, app.account("Lunde").await);
        let suspended = app.agent(&halden, "Sue").await;
        app.sql(&sql::SUSPEND, params![halden.id, suspended.id]).await;
        let mut outside = app.connect().await;
        outside.send(&hello(&suspended, None, &json!({ halden.id.to_string(): 0 }))).await;
        let mut stranger = app.follow(&lunde.owner).await;
        let other_visitor = halden.visitor();
        let own_uuid = other_visitor.begin(&app, "mine").await;
        let mut other_chat = app.follow_as(&other_visitor).await;
        let visitor = halden.visitor();
        let uuid = visitor.begin(&app, "a secret").await;
        halden.owner.reply(&app, 2, "an answer").await;
        // Typing in somebody else's conversation reaches nobody.
        other_chat.send(&json!({ "type": "typing", "conversation_id": uuid, "on": true })).await;
        stranger.send(&json!({ "type": "typing", "account_id": halden.id, "conversation_id": 2, "on": true })).await;
        assert_eq!(outside.until_check().await, [] as [Value; 0]);
        assert_eq!(stranger.until_check().await, [] as [Value; 0]);
        // What would have been told by mistake would have come before what is told rightly.
        other_visitor.write(&app, &own_uuid, "own").await;
        assert_eq!(other_chat.frame().await["event"]["message"]["content"], "own");
        lunde.visitor().begin(&app, "own").await;
        let heard = stranger.events(3).await;
        assert!(heard.iter().all(|it| it["account_id"] == lunde.id), "{heard:?}");
    }
}

#[tokio::test]
async fn read_marks_reach_the_own_devices_only() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (maya, visitor) = (app.agent(&account, "Maya").await, account.visitor());
        visitor.begin(&app, "hello").await;
        let (mut laptop, mut phone, mut colleague) = (app.follow(&maya).await, app.follow(&maya).await, app.follow(&account.owner).await);
        maya.post(&app, "/conversations/1/update_last_seen", &json!({})).await;
        maya.note(&app, 1, "read it").await;
        for device in [&mut laptop, &mut phone] {
            let read = device.event("conversation_read").await;
            assert_eq!((&read["event"]["conversation_id"], &read["event"]["read_count"]), (&json!(1), &json!(1)));
            // That a member saw it is told to everybody.
            assert_eq!(device.event("conversation_updated").await["event"]["conversation"]["seen_count"], 1);
            device.event("message_created").await;
        }
        colleague.event("conversation_updated").await;
        colleague.event("message_created").await;
        // Reading what is read already is no news.
        maya.post(&app, "/conversations/1/update_last_seen", &json!({ "incoming_count": 1 })).await;
        maya.note(&app, 1, "again").await;
        assert_eq!(laptop.event("message_created").await["event"]["message"]["content"], "again");
    }
}

async fn type_in(socket: &mut Socket, member: &Member, private: bool, on: bool) {
    socket.send(&json!({ "type": "typing", "account_id": member.account, "conversation_id": 1, "on": on, "private": private })).await;
    socket.until_check().await;
}

#[tokio::test]
async fn typing_reaches_the_other_side_and_colleagues() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (maya, visitor) = (app.agent(&account, "Maya").await, account.visitor());
        let uuid = visitor.begin(&app, "hello").await;
        let (mut agent, mut colleague, mut chat) =
            (app.follow(&maya).await, app.follow(&account.owner).await, app.follow_as(&visitor).await);

        chat.send(&json!({ "type": "typing", "conversation_id": uuid, "on": true })).await;
        let who = json!({ "type": "contact", "id": 1, "name": "Visitor 1" });
        let heard = json!({ "type": "typing", "account_id": account.id, "conversation_id": 1, "who": who, "on": true });
        assert_eq!((agent.frame().await, colleague.frame().await), (heard.clone(), heard));

        for on in [true, false] {
            type_in(&mut agent, &maya, false, on).await;
            let who = json!({ "type": "user", "id": maya.id, "name": "Maya" });
            assert_eq!(
                colleague.frame().await,
                json!({ "type": "typing", "account_id": account.id, "conversation_id": 1, "who": who, "on": on })
            );
            let who = json!({ "type": "agent", "name": "Maya" });
            assert_eq!(chat.frame().await, json!({ "type": "typing", "conversation_id": uuid, "who": who, "on": on }), "no id of a member");
        }
        assert_eq!(agent.until_check().await, [] as [Value; 0], "nobody hears of themselves");
    }
}

#[tokio::test]
async fn typing_a_private_note_or_while_invisible_reaches_no_contact() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (maya, ivy, visitor) = (app.agent(&account, "Maya").await, app.agent(&account, "Ivy").await, account.visitor());
        visitor.begin(&app, "hello").await;
        account.owner.reply(&app, 1, "joins").await;
        app.sql(&sql::HIDE, params![account.id, ivy.id]).await;
        let (mut agent, mut invisible, mut colleague, mut chat) =
            (app.follow(&maya).await, app.follow(&ivy).await, app.follow(&account.owner).await, app.follow_as(&visitor).await);
        type_in(&mut agent, &maya, true, true).await;
        assert_eq!(colleague.expect("typing").await["who"]["name"], "Maya");
        type_in(&mut invisible, &ivy, false, true).await;
        assert_eq!(colleague.expect("typing").await["who"]["name"], "Ivy");
        // A first message brings whatever waited with it, a second one comes after that.
        for content in ["one", "two"] {
            account.owner.reply(&app, 1, content).await;
            assert_eq!(chat.event("message_created").await["event"]["message"]["content"], content);
        }
    }
}

/// A connection with small buffers, whose client does not read.
async fn slow(app: &TestApp, member: &Member) -> Socket {
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.set_recv_buffer_size(4_096).expect("the buffer can be small");
    let address = app.address().await;
    let stream: TcpStream = socket.connect(address).await.expect("the server listens");
    let mut slow = Socket::over(stream, address, &[]).await;
    slow.send(&hello(member, None, &json!({}))).await;
    slow.expect("reload").await;
    slow
}

#[tokio::test]
async fn who_does_not_read_slows_nobody_down_and_misses_nothing() {
    for app in apps().await {
        let account = app.account("Halden").await;
        account.visitor().begin(&app, "hello").await;
        account.owner.reply(&app, 1, "joins").await;
        let start = app.cursor(&account).await;
        let (mut lazy, mut quick) = (slow(&app, &account.owner).await, app.follow(&account.owner).await);
        // Some ten megabytes: far more than all buffers between the two ends.
        let long = "x".repeat(40_000);
        for n in 1..=80 {
            account.owner.reply(&app, 1, &long).await;
            assert_eq!(quick.expect("event").await["seq"], start + n);
        }
        let late = lazy.events(80).await;
        let seqs: Vec<i64> = late.iter().filter_map(|it| it["seq"].as_i64()).collect();
        assert_eq!(seqs, (start + 1..=start + 80).collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn who_sees_nothing_for_long_is_told_how_far_the_log_went() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let maya = app.agent(&account, "Maya").await;
        app.sql(&sql::LEAVE_INBOX, params![account.inbox, maya.id]).await;
        account.visitor().begin(&app, "hello").await;
        let mut socket = app.follow(&maya).await;
        let start = app.cursor(&account).await;
        for n in 0..230 {
            account.owner.note(&app, 1, &n.to_string()).await;
        }
        let told = socket.expect("cursor").await;
        assert_eq!(told["account_id"], account.id);
        let seq = told["seq"].as_i64().expect("a number");
        assert!((start + 201..=start + 230).contains(&seq), "{told} after {start}");
        let mut back = app.connect().await;
        back.send(&hello(&maya, Some(&app.epoch(&account).await), &json!({ account.id.to_string(): seq }))).await;
        back.expect("resumed").await;
    }
}

#[tokio::test]
async fn putting_aside_tells_contacts_nothing_not_even_by_a_number() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let visitor = account.visitor();
        visitor.begin(&app, "hello").await;
        let mut socket = app.follow_as(&visitor).await;
        for status in ["snoozed", "pending", "open"] {
            account.owner.set_status(&app, 1, status).await;
        }
        account.owner.set_status(&app, 1, "resolved").await;
        let told = socket.expect("event").await;
        assert_eq!(told["seq"], 2, "hello is 1, and nothing lies between");
        assert_eq!(told["event"]["message"]["content"], "Olga Owner resolved the conversation");
    }
}
