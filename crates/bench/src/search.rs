//! Full-text search over a million messages, written through the server as visitors write them, with words as unevenly
//! frequent as in real text.

use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::http::Client;
use crate::reads::member_request;
use crate::report::{Bar, Figure, Report};
use crate::server::{Installation, Server};
use crate::stats::Times;
use crate::visitor::Visitor;

/// Messages in the database.
const MESSAGES: usize = 1_000_000;
/// Visitors who write them.
const VISITORS: usize = 64;
/// Words in a message.
const WORDS: usize = 14;
/// Different words; the n-th is about n times as rare as the first.
const VOCABULARY: u64 = 20_000;
/// Questions asked, one after another.
const QUESTIONS: usize = 400;
/// How long the index may take to hold the last message.
const CAUGHT_UP_MAX: Duration = Duration::from_mins(5);
/// How long the slowest but one percent may take.
const P99_MS_MAX: f64 = 100.0;

/// Fills the database, waits for the index, asks.
pub(crate) async fn measure(here: &Installation, report: &mut Report) -> anyhow::Result<()> {
    let server = here.serve().await?;
    let begun = Instant::now();
    fill(here, &server).await?;
    let wrote = begun.elapsed();
    caught_up(here, &server).await?;
    let lag = begun.elapsed().saturating_sub(wrote);
    let mut client = Client::connect(server.address).await?;
    let mut random = Random(7);
    let (mut times, mut found) = (Vec::with_capacity(QUESTIONS), 0);
    for n in 0..QUESTIONS {
        let path = format!("/search?q={}", question(n, &mut random));
        let asked = Instant::now();
        let answer = client.send(&member_request(here, &path)).await?.ok()?;
        times.push(asked.elapsed());
        found += usize::from(String::from_utf8_lossy(&answer).contains("\"excerpt\""));
    }
    ensure!(found * 2 > QUESTIONS, "only {found} of {QUESTIONS} questions found a message");
    let times = Times::new(times);
    let note = format!("{QUESTIONS} questions, {found} with hits; filled in {} s, indexed {} s later", wrote.as_secs(), lag.as_secs());
    report.add(Figure::new("search over 1,000,000 messages, p50", times.percentile_ms(50), "ms").note(note));
    report.add(Figure::new("search over 1,000,000 messages, p99", times.percentile_ms(99), "ms").bar(Bar::AtMost(P99_MS_MAX)));
    Ok(())
}

async fn fill(here: &Installation, server: &Server) -> anyhow::Result<()> {
    let mut writing = JoinSet::new();
    for n in 0..VISITORS {
        let (address, website_token) = (server.address, here.account.website_token.clone());
        writing.spawn(async move {
            let mut visitor = Visitor::begin(address, &website_token, n).await?;
            let mut random = Random(n as u64 + 1);
            for m in 0..MESSAGES / VISITORS {
                visitor.write(&format!("m{m}"), &text(&mut random)).await?;
            }
            anyhow::Ok(())
        });
    }
    while let Some(ended) = writing.join_next().await {
        ended??;
    }
    Ok(())
}

/// Waits until a message that was written last is found.
async fn caught_up(here: &Installation, server: &Server) -> anyhow::Result<()> {
    let mut last = Visitor::begin(server.address, &here.account.website_token, VISITORS).await?;
    last.write("last", "the very last message holds xylophonist").await?;
    let mut client = Client::connect(server.address).await?;
    let begun = Instant::now();
    loop {
        let answer = client.send(&member_request(here, "/search?q=xylophonist")).await?.ok().context("search")?;
        if String::from_utf8_lossy(&answer).contains("\"excerpt\"") {
            return Ok(());
        }
        ensure!(begun.elapsed() < CAUGHT_UP_MAX, "the index does not catch up");
        sleep(Duration::from_millis(200)).await;
    }
}

/// A common word, a rare one, two together, the beginning of one.
fn question(n: usize, random: &mut Random) -> String {
    match n % 4 {
        0 => word(random.below(20)),
        1 => word(random.below(VOCABULARY)),
        2 => format!("{}+{}", word(random.below(50)), word(random.below(500))),
        _ => word(random.below(2_000)).chars().take(3).collect(),
    }
}

fn text(random: &mut Random) -> String {
    let words: Vec<_> = (0..WORDS).map(|_| word(random.uneven())).collect();
    words.join(" ")
}

/// The n-th word: pronounceable, so that prefixes are shared as in a language.
fn word(n: u64) -> String {
    const SYLLABLES: [&str; 16] = ["ba", "ko", "ri", "ten", "lu", "mar", "so", "vi", "den", "pa", "ju", "fel", "ga", "ni", "hor", "ze"];
    let mut rest = n + 16;
    let mut word = String::new();
    while rest > 0 {
        word.push_str(SYLLABLES[usize::try_from(rest % 16).unwrap_or(0)]);
        rest /= 16;
    }
    word
}

/// A small generator: the same seed writes the same messages.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        // splitmix64
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    /// Small numbers often, large ones seldom: each power of two as likely as the next.
    fn uneven(&mut self) -> u64 {
        let ceiling = 1_u64 << (1 + self.below(14));
        self.below(ceiling).min(VOCABULARY - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_differ_and_common_ones_come_often() {
        assert_ne!(word(1), word(2));
        let mut random = Random(1);
        let small = (0..10_000).filter(|_| random.uneven() < 64).count();
        assert!((3_000..8_000).contains(&small), "{small}");
    }
}
