//! Background jobs: what is due happens once, at its time, also when the clock jumps, on two servers, and after a stop.

use frontdesk_core::time::Millis;
use futures_util::future::join;
use serde_json::{Value, json};

use crate::app::{START, TestApp, apps};
use crate::people::{Account, Member, column};
use crate::socket::{hello, visitor_hello};

async fn snooze(app: &TestApp, member: &Member, number: i64, until: Millis) {
    let body = json!({ "status": "snoozed", "snoozed_until": until.as_seconds() });
    member.post(app, &format!("/conversations/{number}/toggle_status"), &body).await;
}

async fn woken(app: &TestApp, account: &Account, number: i64) -> usize {
    let contents = column(&account.owner.messages(app, number).await, "content");
    contents.iter().filter(|it| **it == "The snooze ended: the conversation is open again").count()
}

#[tokio::test]
async fn a_snoozed_conversation_wakes_at_its_time_and_once() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let visitor = account.visitor();
        visitor.begin(&app, "hello").await;
        let hour = START.plus(Millis::HOUR);
        snooze(&app, &account.owner, 1, hour).await;
        let mut socket = app.follow(&account.owner).await;
        app.clock.set(hour.plus(-1));
        app.run_jobs().await;
        assert_eq!(account.owner.conversation(&app, 1).await["status"], "snoozed");
        app.clock.set(hour);
        app.run_jobs().await;
        let open = account.owner.conversation(&app, 1).await;
        assert_eq!((&open["status"], &open["snoozed_until"]), (&json!("open"), &Value::Null));
        let told = socket.events(2).await;
        assert_eq!(told[0]["event"]["message"]["message_type"], 2);
        assert_eq!(told[1]["event"]["conversation"]["status"], "open");
        // Back before its time, and far ahead.
        for now in [START, hour, hour.plus(100 * Millis::DAY)] {
            app.clock.set(now);
            app.run_jobs().await;
        }
        assert_eq!(woken(&app, &account, 1).await, 1);
        assert_eq!(visitor.session(&app).await["messages"].as_array().map(Vec::len), Some(1), "waking is the team's own business");
    }
}

#[tokio::test]
async fn who_opened_it_before_its_time_is_not_told_that_it_woke() {
    for app in apps().await {
        let account = app.account("Halden").await;
        account.visitor().begin(&app, "hello").await;
        snooze(&app, &account.owner, 1, START.plus(Millis::HOUR)).await;
        account.owner.set_status(&app, 1, "resolved").await;
        app.pass(2 * Millis::HOUR);
        app.run_jobs().await;
        assert_eq!(account.owner.conversation(&app, 1).await["status"], "resolved");
        assert_eq!(woken(&app, &account, 1).await, 0);
    }
}

#[tokio::test]
async fn of_two_servers_one_wakes_it() {
    let Some((here, there)) = TestApp::two_nodes().await else { return };
    let account = here.account("Halden").await;
    for number in 1..=10 {
        account.visitor().begin(&here, "hello").await;
        snooze(&here, &account.owner, number, START.plus(Millis::HOUR)).await;
    }
    here.pass(Millis::HOUR);
    there.pass(Millis::HOUR);
    join(here.run_jobs(), there.run_jobs()).await;
    for number in 1..=10 {
        assert_eq!(woken(&here, &account, number).await, 1);
    }
}

#[tokio::test]
async fn a_running_server_wakes_it_by_itself_and_stops_when_told() {
    for app in apps().await {
        let account = app.account("Halden").await;
        account.visitor().begin(&app, "hello").await;
        account.visitor().begin(&app, "another").await;
        let mut socket = app.follow(&account.owner).await;
        let story = async {
            snooze(&app, &account.owner, 1, START.plus(Millis::HOUR)).await;
            socket.events(2).await;
            app.pass(Millis::HOUR);
            // Any commit makes the job look.
            account.owner.note(&app, 2, "look").await;
            socket.events(1).await;
            let told = socket.events(2).await;
            assert_eq!(told[1]["event"]["conversation"]["status"], "open");
        };
        app.with_jobs(story).await;
    }
}

#[tokio::test]
async fn the_log_is_trimmed_after_a_month_and_who_is_within_reach_resumes_exactly() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let visitor = account.visitor();
        let uuid = visitor.begin(&app, "hello").await;
        for n in 0..600 {
            account.owner.note(&app, 1, &n.to_string()).await;
        }
        account.owner.reply(&app, 1, "old").await;
        let (epoch, old_end) = (app.epoch(&account).await, app.cursor(&account).await);
        let old_number = visitor.session(&app).await["cursor"].as_i64().expect("a number");
        app.run_jobs().await;
        assert_eq!(app.log(&account).await.first().map(|it| it.place), Some(1), "nothing is old yet");
        app.pass(31 * Millis::DAY);
        visitor.write(&app, &uuid, "new").await;
        account.owner.note(&app, 1, "a secret").await;
        account.owner.reply(&app, 1, "newer").await;
        app.run_jobs().await;
        assert_eq!(app.log(&account).await.first().map(|it| it.place), Some(old_end + 1));
        let end = app.cursor(&account).await;
        let id = account.id.to_string();
        for (cursor, standing) in [(old_end - 1, "reload"), (old_end, "resumed"), (old_end + 1, "resumed"), (end, "resumed")] {
            let mut socket = app.connect().await;
            socket.send(&hello(&account.owner, Some(&epoch), &json!({ &id: cursor }))).await;
            assert_eq!(socket.frame().await["type"], standing, "from {cursor}");
        }
        let number = visitor.session(&app).await["cursor"].as_i64().expect("a number");
        assert_eq!(number, old_number + 2);
        for (cursor, standing) in [(old_number - 1, "reload"), (old_number, "resumed"), (number, "resumed")] {
            let mut socket = app.connect().await;
            socket.send(&visitor_hello(&visitor, Some(&epoch), Some(cursor))).await;
            assert_eq!(socket.frame().await["type"], standing, "from {cursor}");
            if standing == "resumed" {
                socket.events(usize::try_from(number - cursor).expect("ahead")).await;
            }
            assert_eq!(socket.until_check().await, [] as [Value; 0]);
        }
        // All of it gone: the cursor at the end still resumes, any other reloads.
        app.pass(31 * Millis::DAY);
        app.run_jobs().await;
        assert!(app.log(&account).await.is_empty());
        for (cursor, standing) in [(number - 1, "reload"), (number, "resumed")] {
            let mut socket = app.connect().await;
            socket.send(&visitor_hello(&visitor, Some(&epoch), Some(cursor))).await;
            assert_eq!(socket.frame().await["type"], standing, "from {cursor}");
        }
    }
}

#[tokio::test]
async fn a_session_that_ended_is_cleared_away_and_a_living_one_stays() {
    for app in apps().await {
        let account = app.account_of("Halden", "olga@halden.example", Some(crate::people::PASSWORD)).await;
        let first = app.log_in(&account.owner).await;
        let count = async || app.count(&crate::sql::SESSIONS).await;
        app.run_jobs().await;
        assert_eq!(count().await, 1);
        app.get("/api/v1/session").logged_in(&first).ok().await;
        app.pass(31 * Millis::DAY - Millis::HOUR * 12);
        app.log_in(&account.owner).await;
        assert_eq!(count().await, 2, "one that is over is kept for a day, whoever logs in meanwhile");
        app.pass(400 * Millis::DAY);
        app.run_jobs().await;
        assert_eq!(count().await, 0);
    }
}
