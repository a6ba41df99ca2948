//! Whether a list costs the same in an inbox of 50,000 conversations as in one of 500: one client, one page at a time.

use std::time::{Duration, Instant};

use anyhow::Context;
use serde::Deserialize;
use tokio::task::JoinSet;

use crate::http::{Client, request};
use crate::load;
use crate::reads::{member_headers, member_request};
use crate::report::{Bar, Figure, Report};
use crate::server::{Installation, Server};
use crate::visitor::Visitor;

/// Conversations of the small inbox and of the large one.
const FEW: usize = 500;
const MANY: usize = 50_000;
/// Conversations that the owner has taken.
const TAKEN: usize = 100;
/// Connections that begin conversations at once.
const BEGINNING: usize = 32;
/// How long the page is asked for.
const ROUND: Duration = Duration::from_secs(3);
/// How many times as long the large inbox's page may take.
const TIMES_MAX: f64 = 1.5;

/// Fills the inbox to each size and asks for its page.
pub(crate) async fn measure(here: &Installation, report: &mut Report) -> anyhow::Result<()> {
    let server = here.serve().await?;
    let pages = [("all open", "assignee_type=all"), ("unassigned", "assignee_type=unassigned"), ("mine", "assignee_type=me")];
    let mut small = Vec::new();
    fill(here, &server, 0..FEW).await?;
    take(here, &server).await?;
    for (_, query) in pages {
        small.push(median_ms(here, &server, query).await?);
    }
    let begun = Instant::now();
    fill(here, &server, FEW..MANY).await?;
    let took = begun.elapsed().as_secs();
    for ((name, query), few) in pages.into_iter().zip(small) {
        let many = median_ms(here, &server, query).await?;
        let figure = Figure::new(format!("list \"{name}\" with 50,000 conversations beside 500"), many / few, "times");
        report.add(figure.bar(Bar::AtMost(TIMES_MAX)).note(format!("median {many:.2} ms beside {few:.2} ms; filled in {took} s")));
    }
    Ok(())
}

/// The owner takes some of the oldest, so that "mine" is a full page far below the newest.
async fn take(here: &Installation, server: &Server) -> anyhow::Result<()> {
    let mut client = Client::connect(server.address).await?;
    let profile = client.send(&request("GET", "/api/v1/profile", &member_headers(here), "")).await?.ok()?;
    let Person { id } = serde_json::from_slice(&profile).context("the profile is not understood")?;
    for number in 1..=TAKEN {
        let path = format!("/api/v1/accounts/{}/conversations/{number}/assignments", here.account.id);
        client.send(&request("POST", &path, &member_headers(here), &format!(r#"{{"assignee_id":{id}}}"#))).await?.ok()?;
    }
    Ok(())
}

#[derive(Deserialize)]
struct Person {
    id: i64,
}

async fn median_ms(here: &Installation, server: &Server, query: &str) -> anyhow::Result<f64> {
    let page = member_request(here, &format!("/conversations?status=open&{query}"));
    load::ask(server.address, &page, 1, ROUND / 4).await?;
    Ok(load::ask(server.address, &page, 1, ROUND).await?.times.percentile_ms(50))
}

/// Begins the numbered conversations, each by a visitor of its own.
pub(crate) async fn fill(here: &Installation, server: &Server, numbers: std::ops::Range<usize>) -> anyhow::Result<()> {
    let mut beginning = JoinSet::new();
    for first in 0..BEGINNING {
        let (address, website_token, numbers) = (server.address, here.account.website_token.clone(), numbers.clone());
        beginning.spawn(async move {
            let mut client = Client::connect(address).await?;
            for n in numbers.skip(first).step_by(BEGINNING) {
                client = Visitor::begin_on(client, &website_token, n).await?.into_client();
            }
            anyhow::Ok(())
        });
    }
    while let Some(ended) = beginning.join_next().await {
        ended??;
    }
    Ok(())
}
