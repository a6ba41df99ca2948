//! Coming back: exactly what was missed, in order, once; or a reload where that cannot be promised (BEHAVIOUR 7.3).

use frontdesk_core::event::Event;
use frontdesk_core::id::{AccountId, UserId};
use frontdesk_store::{AccountTx, StoreError, events, params};
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::app::{TestApp, apps};
use crate::people::{Account, column};
use crate::socket::{Socket, hello, visitor_hello};
use crate::sql;

async fn resume(app: &TestApp, account: &Account, epoch: &str, cursor: i64) -> Socket {
    let mut socket = app.connect().await;
    socket.send(&hello(&account.owner, Some(epoch), &json!({ account.id.to_string(): cursor }))).await;
    let standing = socket.expect("resumed").await;
    assert_eq!(standing["cursor"], cursor);
    socket
}

/// Replies `n` times, several at once, but not so many that the server would be right to refuse.
async fn replies(app: &TestApp, account: &Account, n: usize) {
    let contents: Vec<String> = (0..n).map(|n| format!("reply {n}")).collect();
    for together in contents.chunks(25) {
        join_all(together.iter().map(|it| account.owner.reply(app, 1, it))).await;
    }
}

fn seqs(frames: &[Value]) -> Vec<i64> {
    frames.iter().map(|it| it["seq"].as_i64().expect("a number")).collect()
}

#[tokio::test]
async fn a_returning_member_gets_exactly_what_was_missed() {
    for app in apps().await {
        let account = app.account("Halden").await;
        account.visitor().begin(&app, "hello").await;
        let (epoch, start) = (app.epoch(&account).await, app.cursor(&account).await);
        // One is connected all the time, so that the window over the log fills; the others come back into it, before it,
        // and while more is being written.
        let mut live = app.follow(&account.owner).await;
        replies(&app, &account, 650).await;
        let end = app.cursor(&account).await;
        assert!(end - start > 512 + 100, "more than the window, and many pages");
        let count = |from: i64| usize::try_from(end - from).expect("it is ahead");
        let heard = live.events(count(start)).await;
        assert_eq!(seqs(&heard), (start + 1..=end).collect::<Vec<_>>());
        for from in [start, start + 1, end - 513, end - 512, end - 511, end - 100, end - 1] {
            let again = resume(&app, &account, &epoch, from).await.events(count(from)).await;
            let missed = &heard[count(start) - count(from)..];
            assert_eq!(seqs(&again), seqs(missed), "from {from}");
            let contents = |frames: &[Value]| column(frames, "event").iter().map(|it| it["message"]["content"].clone()).collect::<Vec<_>>();
            assert_eq!(contents(&again), contents(missed), "from {from}");
        }
        let mut nothing_missed = resume(&app, &account, &epoch, end).await;
        assert_eq!(nothing_missed.until_check().await, [] as [Value; 0]);
        account.owner.reply(&app, 1, "one more").await;
        assert_eq!(nothing_missed.expect("event").await["seq"], end + 1);
    }
}

#[tokio::test]
async fn a_member_who_was_the_only_one_gets_it_from_the_log() {
    for app in apps().await {
        let account = app.account("Halden").await;
        account.visitor().begin(&app, "hello").await;
        let (epoch, start) = (app.epoch(&account).await, app.cursor(&account).await);
        // Nobody follows, so nothing is kept in memory.
        replies(&app, &account, 250).await;
        let end = app.cursor(&account).await;
        let mut socket = resume(&app, &account, &epoch, start).await;
        replies(&app, &account, 50).await;
        let heard = socket.events(usize::try_from(end - start).expect("ahead") + 50).await;
        assert_eq!(seqs(&heard), (start + 1..=end + 50).collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn what_is_written_while_a_member_connects_is_told_once() {
    for app in apps().await {
        let account = app.account("Halden").await;
        account.visitor().begin(&app, "hello").await;
        account.owner.reply(&app, 1, "joins").await;
        let epoch = app.epoch(&account).await;
        for _ in 0..10 {
            let start = app.cursor(&account).await;
            let connect = async {
                let mut socket = resume(&app, &account, &epoch, start).await;
                socket.events(20).await
            };
            let (heard, ()) = futures_util::future::join(connect, replies(&app, &account, 20)).await;
            assert_eq!(seqs(&heard), (start + 1..=start + 20).collect::<Vec<_>>());
        }
    }
}

#[tokio::test]
async fn a_place_that_cannot_be_resumed_is_a_reload() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let visitor = account.visitor();
        visitor.begin(&app, "hello").await;
        let (epoch, end) = (app.epoch(&account).await, app.cursor(&account).await);
        let reload = json!({ "type": "reload", "account_id": account.id, "epoch": epoch, "cursor": end });
        let id = account.id.to_string();
        for (known_epoch, cursors) in [
            (None, json!({ &id: end })),
            (Some("another history"), json!({ &id: end })),
            (Some(epoch.as_str()), json!({})),
            (Some(&epoch), json!({ "999": end })),
            (Some(&epoch), json!({ &id: end + 1 })),
            (Some(&epoch), json!({ &id: i64::MAX })),
            (Some(&epoch), json!({ &id: -1 })),
            (Some(&epoch), json!({ &id: i64::MIN })),
        ] {
            let mut socket = app.connect().await;
            socket.send(&hello(&account.owner, known_epoch, &cursors)).await;
            assert_eq!(socket.frame().await, reload, "{known_epoch:?} {cursors}");
            assert_eq!(socket.until_check().await, [] as [Value; 0]);
        }
        let seen = visitor.session(&app).await["cursor"].as_i64().expect("a number");
        for (known_epoch, cursor) in [
            (None, Some(seen)),
            (Some("other"), Some(seen)),
            (Some(epoch.as_str()), None),
            (Some(&epoch), Some(seen + 1)),
            (Some(&epoch), Some(-1)),
        ] {
            let mut socket = app.connect().await;
            socket.send(&visitor_hello(&visitor, known_epoch, cursor)).await;
            assert_eq!(socket.frame().await, json!({ "type": "reload", "epoch": epoch, "cursor": seen }));
        }
    }
}

#[tokio::test]
async fn too_far_behind_or_before_the_logs_beginning_is_a_reload() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let (epoch, start) = (app.epoch(&account).await, app.cursor(&account).await);
        let user = UserId(account.owner.id);
        let now = app.clock.now();
        let fill = async move |tx: &mut AccountTx<'_, '_>| {
            for _ in 0..5_001 {
                events::append(tx, &Event::MemberAdded { user }, None, now).await?;
            }
            Ok::<_, StoreError>(())
        };
        app.store.write_in(AccountId(account.id), fill).await.expect("the log grows");
        let end = start + 5_001;
        assert_eq!(app.cursor(&account).await, end);
        let reload = json!({ "type": "reload", "account_id": account.id, "epoch": epoch, "cursor": end });
        let ask = async |cursor: i64| {
            let mut socket = app.connect().await;
            socket.send(&hello(&account.owner, Some(&epoch), &json!({ account.id.to_string(): cursor }))).await;
            (socket.frame().await, socket)
        };
        assert_eq!(ask(start).await.0, reload);
        let (standing, mut socket) = ask(start + 1).await;
        assert_eq!(standing["type"], "resumed");
        assert_eq!(seqs(&socket.events(5_000).await), (start + 2..=end).collect::<Vec<_>>());
        app.sql(&sql::TRIM, params![account.id, end - 10]).await;
        assert_eq!(ask(end - 11).await.0, reload);
        assert_eq!(ask(end - 10).await.0["type"], "resumed");
    }
}

#[tokio::test]
async fn a_returning_visitor_gets_exactly_what_contacts_may_see() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let visitor = account.visitor();
        let uuid = visitor.begin(&app, "hello").await;
        let epoch = app.epoch(&account).await;
        let start = visitor.session(&app).await["cursor"].as_i64().expect("a number");
        let mut live = app.follow_as(&visitor).await;
        for n in 0..120 {
            account.owner.note(&app, 1, "a secret").await;
            account.owner.reply(&app, 1, &n.to_string()).await;
        }
        account.owner.set_status(&app, 1, "snoozed").await;
        account.owner.set_status(&app, 1, "resolved").await;
        visitor.write(&app, &uuid, "thanks").await;
        let end = visitor.session(&app).await["cursor"].as_i64().expect("a number");
        let heard = live.events(usize::try_from(end - start).expect("ahead")).await;
        assert_eq!(seqs(&heard), (start + 1..=end).collect::<Vec<_>>(), "no gap tells of what contacts may not see");
        assert!(!json!(heard).to_string().contains("secret"));
        let numbers: Vec<_> = column(&heard, "event").iter().filter_map(|it| it["message"]["number"].as_i64()).collect();
        assert_eq!(numbers, (2..=i64::try_from(numbers.len()).expect("few") + 1).collect::<Vec<_>>());
        for from in [start, start + 7, end - 1] {
            let mut back = app.connect().await;
            back.send(&visitor_hello(&visitor, Some(&epoch), Some(from))).await;
            assert_eq!(back.expect("resumed").await["cursor"], from);
            let again = back.events(usize::try_from(end - from).expect("ahead")).await;
            assert_eq!(seqs(&again), (from + 1..=end).collect::<Vec<_>>());
            assert_eq!(back.until_check().await, [] as [Value; 0]);
        }
    }
}
