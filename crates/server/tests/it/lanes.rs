//! Whose deliveries are sent when there are more than places: no account holds up another one, nobody waits for ever, and what
//! another node sends is left to it. What is told is in `deliveries`.

use frontdesk_core::time::Millis;
use frontdesk_store::{params, statements};
use serde_json::json;

use crate::app::{START, TestApp, apps};
use crate::deliveries::Hook;
use crate::people::Account;
use crate::receiver::Reply;

statements! {
    /// Another node sends: it has the claim until then.
    CLAIMED = "UPDATE webhooks SET claim = claim + 1, claimed_until = $1";
}

/// Messages that every receiver is to be told of.
const MESSAGES: usize = 10;
/// Requests to one receiver that never answers, in the time in which everybody else must have had a turn.
const TURNS: usize = 5;

/// An account with webhooks whose receivers never answer, and messages that they are to be told of.
async fn silent(app: &TestApp, name: &str, webhooks: usize) -> (Account, Vec<Hook>) {
    let account = app.account(name).await;
    let mut hooks = Vec::new();
    for _ in 0..webhooks {
        let hook = Hook::of(app, &account, &json!(["message_created"])).await;
        hook.receiver.replies((0..MESSAGES).map(|_| Reply::Silence));
        hooks.push(hook);
    }
    let visitor = account.visitor();
    let uuid = visitor.begin(app, "0").await;
    for n in 1..MESSAGES {
        visitor.write(app, &uuid, &n.to_string()).await;
    }
    (account, hooks)
}

fn most(hooks: &[Hook]) -> usize {
    hooks.iter().map(|it| it.receiver.requests().len()).max().unwrap_or(0)
}

#[tokio::test]
async fn an_account_with_many_silent_receivers_holds_up_no_other() {
    for app in apps().await {
        let (_, hooks) = silent(&app, "Busy", 40).await;
        let account = app.account("Halden").await;
        let quick = Hook::of(&app, &account, &json!(["message_created"])).await;
        let story = async {
            for hook in &hooks[..8] {
                hook.receiver.wait_for(1).await;
            }
            account.visitor().begin(&app, "hello").await;
            quick.receiver.wait_for(1).await;
            most(&hooks)
        };
        let most = app.with_jobs(story).await;
        assert!(most <= TURNS, "one of the others was told {most} times before");
    }
}

#[tokio::test]
async fn lanes_take_turns_when_there_are_more_than_places() {
    for app in apps().await {
        let mut hooks = Vec::new();
        for name in ["A", "B", "C", "D", "E"] {
            hooks.extend(silent(&app, name, 8).await.1);
        }
        let story = async {
            for hook in &hooks {
                hook.receiver.wait_for(1).await;
            }
            most(&hooks)
        };
        let most = app.with_jobs(story).await;
        assert!(most <= TURNS, "one was told {most} times before all were told once");
    }
}

#[tokio::test]
async fn what_another_node_sends_is_left_to_it_until_its_claim_runs_out() {
    for app in apps().await {
        let account = app.account("Halden").await;
        let hook = Hook::of(&app, &account, &json!(["message_created"])).await;
        account.visitor().begin(&app, "hello").await;
        app.sql(&CLAIMED, params![START.plus(10 * Millis::SECOND)]).await;
        app.run_jobs().await;
        assert!(hook.told().is_empty());
        app.pass(10 * Millis::SECOND);
        app.run_jobs().await;
        assert_eq!(hook.told().len(), 1);
    }
}
