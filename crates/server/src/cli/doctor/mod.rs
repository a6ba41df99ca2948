//! `frontdesk doctor`: looks at an installation, running or not, and says in words what is wrong and what to do. It
//! changes nothing. What each look finds is in the files beside it.

mod database;
mod directory;
mod machine;
mod reach;

use clap::Args;
use serde::Serialize;

use crate::config::{DataOptions, ServeOptions};

/// A look at an installation.
#[derive(Debug, Args)]
pub(super) struct Doctor {
    /// Where browsers find the server, if not as in the environment or frontdesk.toml
    #[arg(long, value_name = "URL", env = "FRONTDESK_BASE_URL")]
    base_url: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: DataOptions,
}

/// How bad something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum State {
    /// As it should be.
    Ok,
    /// Worth knowing.
    Note,
    /// It works, and something may go wrong.
    Warning,
    /// It does not work.
    Broken,
}

/// What one look found.
#[derive(Debug, Serialize)]
struct Finding {
    /// What was looked at.
    name: &'static str,
    state: State,
    text: String,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    advice: Option<String>,
}

impl Finding {
    fn new(name: &'static str, state: State, text: impl Into<String>) -> Finding {
        Finding { name, state, text: text.into(), advice: None }
    }

    fn advise(mut self, advice: impl Into<String>) -> Finding {
        self.advice = Some(advice.into());
        self
    }
}

/// What looks are about.
struct Patient {
    at: DataOptions,
    base_url: Option<String>,
    /// Who serves from the data directory, in words.
    server: Option<String>,
}

pub(super) async fn run(doctor: Doctor) -> anyhow::Result<()> {
    let options = ServeOptions { at: doctor.at, base_url: doctor.base_url, ..ServeOptions::default() }.with_file()?;
    let server = crate::control::who(&options.at.directory()).await;
    let patient = Patient { base_url: options.base_url, at: options.at, server };
    let mut findings = vec![directory::directory(&patient), directory::server(&patient), directory::key(&patient)];
    let (database, newest) = database::database(&patient).await;
    findings.extend([database, machine::clock(newest), machine::disk(&patient), machine::open_files()]);
    findings.push(reach::base_url(&patient).await);
    findings.push(Finding::new("mail", State::Note, "this release sends no mail; `frontdesk user password` is the way back in"));
    let broken = findings.iter().filter(|it| it.state == State::Broken).count();
    if doctor.json {
        super::print(&format!("{}\n", serde_json::json!({ "ok": broken == 0, "checks": findings })))?;
    } else {
        super::print(&findings.iter().map(shown).collect::<String>())?;
    }
    match broken {
        0 => Ok(()),
        1 => anyhow::bail!("one thing is broken"),
        n => anyhow::bail!("{n} things are broken"),
    }
}

fn shown(it: &Finding) -> String {
    let state = match it.state {
        State::Ok => "ok     ",
        State::Note => "note   ",
        State::Warning => "warning",
        State::Broken => "BROKEN ",
    };
    let advice = it.advice.as_ref().map(|advice| format!("{:23}{advice}\n", "")).unwrap_or_default();
    format!("{state}  {:12}  {}\n{advice}", it.name, it.text)
}
