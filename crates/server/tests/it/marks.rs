//! How far messages came (BEHAVIOUR 7.6): sent, delivered to a device of the other side, seen there; what each side is told
//! of it, and what it costs. That events tell what a fetch shows is in `fold`.

use std::time::Instant;

use frontdesk_core::event::Event;
use frontdesk_store::params;
use futures_util::future::join;
use serde_json::{Value, json};

use crate::app::{TestApp, apps};
use crate::people::{Account, Member, Visitor, column, number};
use crate::socket::Socket;
use crate::sql;

/// A member's device has everything up to a place; the server holds it to what it was told.
async fn has(socket: &mut Socket, account: &Account, place: i64) {
    socket.send(&json!({ "type": "received", "account": account.id, "place": place })).await;
    // Frames are taken one after another: once this is answered, the server knows.
    socket.until_check().await;
}

/// A visitor's device has everything that it was told.
async fn chat_has_all(socket: &mut Socket) {
    socket.send(&json!({ "type": "received", "place": i64::MAX })).await;
    socket.until_check().await;
}

/// How far the contacts' messages came, as the visitor is told: all, delivered, seen.
fn own_marks(conversation: &Value) -> [i64; 3] {
    ["incoming_count", "delivered_count", "seen_count"].map(|it| number(&conversation[it]))
}

async fn fetched_marks(app: &TestApp, visitor: &Visitor) -> [i64; 3] {
    own_marks(&visitor.session(app).await["conversation"])
}

/// How far the members' messages came, as the team is told: all, delivered, seen.
fn contact_marks(conversation: &Value) -> [i64; 3] {
    ["outgoing_count", "contact_delivered_count", "contact_read_count"].map(|it| number(&conversation[it]))
}

async fn read(app: &TestApp, member: &Member, at: i64) {
    member.post(app, &format!("/conversations/{at}/update_last_seen"), &json!({})).await;
}

async fn statuses(app: &TestApp, member: &Member) -> Vec<Value> {
    column(&member.messages(app, 1).await, "status")
}

/// Events that only tell how far messages came.
async fn mark_events(app: &TestApp, account: &Account) -> usize {
    let log = app.log(account).await;
    log.iter().filter(|it| matches!(it.event, Event::ConversationUpdated { marks_only: true, .. })).count()
}

#[tokio::test]
async fn what_a_visitor_wrote_is_delivered_to_a_device_and_then_seen() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (owner, visitor) = (&account.owner, account.visitor());
        visitor.begin(&app, "hello").await;
        assert_eq!(fetched_marks(&app, &visitor).await, [1, 0, 0], "nobody was there");
        assert_eq!(statuses(&app, owner).await, ["sent"]);
        let (mut desk, mut chat) = (app.follow(owner).await, app.follow_as(&visitor).await);
        has(&mut desk, &account, i64::MAX).await;
        let told = chat.event("conversation_updated").await;
        assert_eq!(own_marks(&told["event"]["conversation"]), [1, 1, 0]);
        assert_eq!(desk.event("conversation_updated").await["event"]["conversation"]["delivered_count"], 1);
        assert_eq!((statuses(&app, owner).await, fetched_marks(&app, &visitor).await), (vec![json!("delivered")], [1, 1, 0]));
        read(&app, owner, 1).await;
        let told = chat.event("conversation_updated").await;
        assert_eq!(own_marks(&told["event"]["conversation"]), [1, 1, 1]);
        assert_eq!(statuses(&app, owner).await, ["read"]);
        // To come back to it later does not take back what the visitor was told.
        owner.post(&app, "/conversations/1/unread", &json!({})).await;
        assert_eq!(fetched_marks(&app, &visitor).await, [1, 1, 1]);
    }
}

#[tokio::test]
async fn what_a_member_wrote_is_delivered_to_the_visitors_device_and_then_seen() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (owner, visitor) = (&account.owner, account.visitor());
        let uuid = visitor.begin(&app, "hello").await;
        owner.reply(&app, 1, "an answer").await;
        owner.note(&app, 1, "a note").await;
        let (mut desk, mut chat) = (app.follow(owner).await, app.follow_as(&visitor).await);
        assert_eq!(contact_marks(&owner.conversation(&app, 1).await), [1, 0, 0]);
        chat_has_all(&mut chat).await;
        let told = desk.event("conversation_updated").await;
        assert_eq!(contact_marks(&told["event"]["conversation"]), [1, 1, 0]);
        // hello, the joining, the answer, the note.
        assert_eq!(statuses(&app, owner).await, ["sent", "sent", "delivered", "sent"]);
        visitor.seen(&app, &uuid, i64::MAX).await;
        let told = desk.event("conversation_updated").await;
        assert_eq!(contact_marks(&told["event"]["conversation"]), [1, 1, 1]);
        assert_eq!(statuses(&app, owner).await, ["sent", "sent", "read", "sent"]);
        // The visitor heard of their reading, and not of the delivery, which is nothing to them.
        chat.event("conversation_updated").await;
        assert_eq!(chat.until_check().await, [] as [Value; 0]);
        // Seen without a device that says what it has: delivered all the same.
        owner.reply(&app, 1, "another").await;
        visitor.seen(&app, &uuid, i64::MAX).await;
        assert_eq!(contact_marks(&owner.conversation(&app, 1).await), [2, 2, 2]);
    }
}

#[tokio::test]
async fn the_senders_own_devices_deliver_nothing_of_theirs() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (owner, visitor) = (&account.owner, account.visitor());
        visitor.begin(&app, "hello").await;
        owner.reply(&app, 1, "an answer").await;
        // The visitor's other tab has both messages: the answer came, and the greeting did not.
        let mut tab = app.follow_as(&visitor).await;
        let mut desk = app.follow(owner).await;
        chat_has_all(&mut tab).await;
        let told = desk.event("conversation_updated").await["event"]["conversation"].clone();
        assert_eq!((contact_marks(&told), &told["delivered_count"]), ([1, 1, 0], &json!(0)));
        // And the other way round.
        owner.reply(&app, 1, "another").await;
        desk.event("message_created").await;
        has(&mut desk, &account, i64::MAX).await;
        let told = desk.event("conversation_updated").await["event"]["conversation"].clone();
        assert_eq!((contact_marks(&told), &told["delivered_count"]), ([2, 1, 0], &json!(1)));
    }
}

#[tokio::test]
async fn who_may_not_see_a_conversation_delivers_nothing_of_it() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (maya, sue) = (app.agent(&account, "Maya").await, app.agent(&account, "Sue").await);
        let (_, shop) = app.inbox(&account, "Shop").await;
        let (visitor, shopper) = (account.visitor(), Visitor::on(&shop));
        visitor.begin(&app, "hello").await;
        let (mut narrowed, mut suspended) = (app.follow(&maya).await, app.follow(&sue).await);
        app.sql(&sql::LEAVE_INBOX, params![account.inbox, maya.id]).await;
        app.sql(&sql::SUSPEND, params![account.id, sue.id]).await;
        has(&mut suspended, &account, i64::MAX).await;
        // What Maya may see tells that what she and Sue have was looked at.
        shopper.begin(&app, "hello").await;
        let mut chat = app.follow_as(&shopper).await;
        narrowed.events(3).await;
        has(&mut narrowed, &account, i64::MAX).await;
        assert_eq!(own_marks(&chat.event("conversation_updated").await["event"]["conversation"]), [1, 1, 0]);
        assert_eq!(fetched_marks(&app, &visitor).await, [1, 0, 0]);
        assert_eq!(mark_events(&app, &account).await, 1);
    }
}

#[tokio::test]
async fn nobody_delivers_more_than_they_were_told() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (owner, visitor) = (&account.owner, account.visitor());
        let uuid = visitor.begin(&app, "hello").await;
        let (mut desk, mut chat) = (app.follow(owner).await, app.follow_as(&visitor).await);
        for nonsense in [0, -5] {
            has(&mut desk, &account, nonsense).await;
        }
        has(&mut desk, &app.account("Lunde").await, i64::MAX).await;
        has(&mut desk, &account, i64::MAX).await;
        assert_eq!(own_marks(&chat.event("conversation_updated").await["event"]["conversation"]), [1, 1, 0]);
        // The bold claim of before does not count for what comes later.
        visitor.write(&app, &uuid, "again").await;
        owner.reply(&app, 1, "an answer").await;
        while chat.expect("event").await["event"]["message"]["content"] != "an answer" {}
        chat_has_all(&mut chat).await;
        while contact_marks(&owner.conversation(&app, 1).await)[1] == 0 {
            desk.expect("event").await;
        }
        assert_eq!(fetched_marks(&app, &visitor).await, [2, 1, 0]);
        // A visitor has no account to speak of.
        chat.send(&json!({ "type": "received", "account": account.id, "place": 1 })).await;
        assert_eq!(chat.end().await, Some(4500));
    }
}

#[tokio::test]
async fn an_invisible_member_sees_unseen_until_they_reply() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (maya, visitor) = (app.agent(&account, "Maya").await, account.visitor());
        let uuid = visitor.begin(&app, "hello").await;
        app.sql(&sql::HIDE, params![account.id, maya.id]).await;
        let before = app.cursor(&account).await;
        read(&app, &maya, 1).await;
        assert_eq!(app.cursor(&account).await, before + 1, "her own devices hear of it, and nobody else");
        assert_eq!(fetched_marks(&app, &visitor).await, [1, 0, 0]);
        maya.note(&app, 1, "a note gives nobody away").await;
        assert_eq!(fetched_marks(&app, &visitor).await, [1, 0, 0]);
        let mut chat = app.follow_as(&visitor).await;
        visitor.write(&app, &uuid, "anybody?").await;
        chat.event("message_created").await;
        maya.reply(&app, 1, "yes").await;
        // She saw the first one only; that is told with her reply and by no event of its own.
        assert_eq!(fetched_marks(&app, &visitor).await, [2, 1, 1]);
        assert_eq!(mark_events(&app, &account).await, 0);
        read(&app, &maya, 1).await;
        assert_eq!(fetched_marks(&app, &visitor).await, [2, 2, 2]);
    }
}

#[tokio::test]
async fn a_flood_is_few_marks_and_without_devices_there_are_none() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (owner, visitor) = (&account.owner, account.visitor());
        let uuid = visitor.begin(&app, "0").await;
        for n in 1..10 {
            visitor.write(&app, &uuid, &n.to_string()).await;
        }
        assert_eq!(mark_events(&app, &account).await, 0, "nobody is connected");
        let (mut desk, began) = (app.follow(owner).await, Instant::now());
        for n in 10..40 {
            visitor.write(&app, &uuid, &n.to_string()).await;
            // A client may send fifty frames in a second.
            if n % 2 == 0 {
                has(&mut desk, &account, i64::MAX).await;
            }
        }
        let mut delivered = 0;
        while delivered < 40 {
            has(&mut desk, &account, i64::MAX).await;
            delivered = fetched_marks(&app, &visitor).await[1];
            if delivered < 40 {
                desk.expect("event").await;
            }
        }
        let at_most = usize::try_from(began.elapsed().as_millis() / 500).expect("a short while") + 1;
        let marked = mark_events(&app, &account).await;
        assert!((1..=at_most).contains(&marked), "{marked} events in {:?}", began.elapsed());
    }
}

#[tokio::test]
async fn two_servers_mark_once() {
    let Some((here, there)) = TestApp::two_nodes().await else { return };
    let account = here.account("Halden").await;
    let (owner, visitor) = (&account.owner, account.visitor());
    visitor.begin(&here, "hello").await;
    let mut chat = here.follow_as(&visitor).await;
    let (mut desk_here, mut desk_there) = (here.follow(owner).await, there.follow(owner).await);
    join(has(&mut desk_here, &account, i64::MAX), has(&mut desk_there, &account, i64::MAX)).await;
    assert_eq!(own_marks(&chat.event("conversation_updated").await["event"]["conversation"]), [1, 1, 0]);
    // The other server looks, too, and finds nothing to do: what it marks next comes after that.
    owner.reply(&here, 1, "an answer").await;
    let mut chat_there = there.follow_as(&visitor).await;
    chat_has_all(&mut chat_there).await;
    while contact_marks(&owner.conversation(&here, 1).await)[1] == 0 {
        desk_there.expect("event").await;
    }
    assert_eq!(mark_events(&here, &account).await, 2, "one for each side");
}
