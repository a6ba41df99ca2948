//! Two servers over one PostgreSQL database, as behind a load balancer: what one process would put in order by itself,
//! the database must. SQLite serves one process, so there is nothing to race.

use frontdesk_core::event::Event;
use futures_util::future::{join, join_all};
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::people::{column, number};

#[tokio::test]
async fn of_two_who_join_on_two_servers_one_owns() {
    let Some((here, there)) = TestApp::two_nodes().await else { return };
    let account = here.account("Halden").await;
    let (maya, noor) = (here.agent(&account, "Maya").await, here.agent(&account, "Noor").await);
    for at in 1..=15 {
        account.visitor().begin(&here, "hello").await;
        join(maya.reply(&here, at, "mine"), noor.reply(&there, at, "mine")).await;
        let contents = column(&maya.messages(&here, at).await, "content");
        let owns = |name: &str| contents.contains(&Value::String(format!("{name} joined and owns the conversation")));
        assert!(owns("Maya") != owns("Noor"), "{contents:?}");
        let owner = number(&noor.conversation(&there, at).await["meta"]["assignee"]["id"]);
        assert_eq!(owner, if owns("Maya") { maya.id } else { noor.id });
    }
}

#[tokio::test]
async fn a_send_repeated_on_another_server_is_the_first_copy() {
    let Some((here, there)) = TestApp::two_nodes().await else { return };
    let account = here.account("Halden").await;
    let visitor = account.visitor();
    let nodes = [&here, &there];
    for n in 0..10 {
        let opening = json!({ "key": format!("k{n}"), "echo_id": format!("e{n}"), "content": "hello" });
        let path = visitor.path("/conversations");
        let begun = join_all((0..6).map(|i| nodes[i % 2].post(&path).from(&visitor).json(&opening).ok())).await;
        assert!(begun.iter().all(|it| it["message"] == begun[0]["message"]), "{begun:?}");
        let sent = json!({ "content": "once", "echo_id": format!("s{n}") });
        let path = account.owner.at(n + 1, "/messages");
        let copies = join_all((0..6).map(|i| nodes[i % 2].post(&path).by(&account.owner).json(&sent).ok())).await;
        assert!(copies.iter().all(|it| *it == copies[0]), "{copies:?}");
    }
    let listed = account.owner.get(&there, "/conversations").await;
    assert_eq!(listed["data"]["meta"]["all_count"], 10);
    let contacts = account.owner.get(&there, "/contacts").await;
    assert_eq!(contacts["meta"]["count"], 1, "one browser is one contact");
}

#[tokio::test]
async fn the_log_has_no_gaps_whoever_writes_it() {
    let Some((here, there)) = TestApp::two_nodes().await else { return };
    let account = here.account("Halden").await;
    account.visitor().begin(&here, "hello").await;
    account.owner.reply(&here, 1, "joins").await;
    let nodes = [&here, &there];
    let contents: Vec<String> = (0..60).map(|n| n.to_string()).collect();
    for together in contents.chunks(12) {
        join_all(together.iter().enumerate().map(|(i, it)| account.owner.reply(nodes[i % 2], 1, it))).await;
    }
    let log = here.log(&account).await;
    assert_eq!(log.iter().map(|it| it.place).collect::<Vec<_>>(), (1..=here.cursor(&account).await).collect::<Vec<_>>());
    let messages = log.iter().filter(|it| matches!(it.event, Event::MessageCreated { .. })).count();
    assert_eq!(messages, 63, "hello, the joining, the reply, and sixty");
    let mut positions = Vec::new();
    let mut page = account.owner.messages(&there, 1).await;
    while !page.is_empty() {
        positions.splice(..0, page.iter().map(|it| number(&it["position"])));
        let before = page[0]["id"].clone();
        page = account.owner.get(&there, &format!("/conversations/1/messages?before={before}")).await["payload"]
            .as_array()
            .expect("a list")
            .clone();
    }
    assert_eq!(positions, (1..=63).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_socket_hears_what_another_server_committed() {
    let Some((here, there)) = TestApp::two_nodes().await else { return };
    let account = here.account("Halden").await;
    let mut socket = there.follow(&account.owner).await;
    account.visitor().begin(&here, "is anybody there?").await;
    let told = socket.events(3).await;
    assert_eq!(told[2]["event"]["message"]["content"], "is anybody there?");
}
