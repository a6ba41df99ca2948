//! The two pages that a dashboard asks for all day, beside the least that the same framework can answer: a conversation's
//! newest messages, and a list of conversations with its counts.

use std::time::Duration;

use anyhow::Context;

use crate::bare::Bare;
use crate::http::{Client, request};
use crate::load;
use crate::report::{Bar, Figure, Report};
use crate::server::{Installation, Server};
use crate::stats::median;
use crate::visitor::Visitor;

/// Messages in the conversation that is read: a full page.
const MESSAGES: usize = 60;
/// Conversations in the list: more than a page.
const CONVERSATIONS: usize = 100;
/// Clients that ask at once.
const CLIENTS: usize = 32;
/// How long one of them asks without pause.
const ROUND: Duration = Duration::from_secs(2);
/// Each takes its turn this often: the machine may be busy otherwise for a while.
const TURNS: usize = 5;
/// The part of hello that each page is to reach.
const PART_PERCENT_MIN: f64 = 25.0;

/// Measures both pages, turn by turn with hello.
pub(crate) async fn measure(here: &Installation, report: &mut Report) -> anyhow::Result<()> {
    let server = here.serve().await?;
    seed(here, &server).await?;
    let bare = Bare::start().await?;
    let hello = request("GET", "/", "", "");
    let pages = [
        ("conversation page of 50 messages", "/conversations/1/messages?limit=50"),
        ("inbox list with counts", "/conversations?assignee_type=all&status=open"),
    ];
    for (name, path) in pages {
        let page = member_request(here, path);
        let bytes = Client::connect(server.address).await?.send(&page).await?.ok()?.len();
        load::ask(server.address, &page, CLIENTS, ROUND / 4).await?;
        let (mut rates, mut ratios) = (Vec::new(), Vec::new());
        for _ in 0..TURNS {
            let least = load::ask(bare.address, &hello, CLIENTS, ROUND).await.context("hello")?.rate();
            let ours = load::ask(server.address, &page, CLIENTS, ROUND).await.context(name)?.rate();
            rates.push(ours);
            ratios.push(100.0 * ours / least);
        }
        let note = format!("{bytes} bytes each, {CLIENTS} clients, median of {TURNS}");
        report.add(Figure::new(name, median(rates), "requests/s").note(note));
        let turns: Vec<_> = ratios.iter().map(|it| format!("{it:.0}")).collect();
        let ratio = Figure::new(format!("{name}, beside hello-world axum"), median(ratios), "%");
        report.add(ratio.bar(Bar::AtLeast(PART_PERCENT_MIN)).note(format!("turns: {}", turns.join(" "))));
    }
    Ok(())
}

/// A request of the account's owner.
pub(crate) fn member_request(here: &Installation, path: &str) -> String {
    let account = here.account.id;
    request("GET", &format!("/api/v1/accounts/{account}{path}"), &member_headers(here), "")
}

/// The headers that say that the owner asks.
pub(crate) fn member_headers(here: &Installation) -> String {
    format!("api_access_token: {}\r\n", here.account.api_access_token)
}

async fn seed(here: &Installation, server: &Server) -> anyhow::Result<()> {
    let mut first = Visitor::begin(server.address, &here.account.website_token, 0).await?;
    for n in 1..MESSAGES {
        first.send(&format!("m{n}")).await?;
    }
    let mut client = first.into_client();
    for n in 1..CONVERSATIONS {
        client = Visitor::begin_on(client, &here.account.website_token, n).await?.into_client();
    }
    Ok(())
}
