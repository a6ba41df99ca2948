//! The figures: collected with their baselines and bars, printed as one table, written as JSON. What a figure means is
//! said by whoever measured it.

use std::fs;
use std::path::Path;

use serde::Serialize;

use crate::process;

/// A limit that a figure is to keep.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Bar {
    /// At most this.
    AtMost(f64),
    /// At least this.
    AtLeast(f64),
}

impl Bar {
    fn is_reached_by(self, value: f64) -> bool {
        match self {
            Bar::AtMost(limit) => value <= limit,
            Bar::AtLeast(limit) => value >= limit,
        }
    }
}

/// One measured number.
#[derive(Debug, Serialize)]
pub(crate) struct Figure {
    name: String,
    value: f64,
    unit: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    bar: Option<Bar>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reached: Option<bool>,
    /// What else belongs to it: the baseline of the same run, the number of events.
    #[serde(skip_serializing_if = "String::is_empty")]
    note: String,
}

impl Figure {
    /// A number with its unit.
    pub(crate) fn new(name: impl Into<String>, value: f64, unit: &'static str) -> Figure {
        Figure { name: name.into(), value, unit, bar: None, reached: None, note: String::new() }
    }

    /// With the limit that it is to keep.
    pub(crate) fn bar(mut self, bar: Bar) -> Figure {
        self.bar = Some(bar);
        self.reached = Some(bar.is_reached_by(self.value));
        self
    }

    /// With what belongs to it.
    pub(crate) fn note(mut self, note: impl Into<String>) -> Figure {
        self.note = note.into();
        self
    }
}

/// All figures of a run.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    machine: String,
    server: String,
    data: String,
    figures: Vec<Figure>,
}

impl Report {
    /// An empty one about this machine.
    pub(crate) fn new(server: &Path, data: &Path) -> anyhow::Result<Report> {
        let shown = |path: &Path| path.display().to_string();
        anyhow::ensure!(server.is_file(), "{} is not there; build it: cargo build --release -p frontdesk", shown(server));
        Ok(Report { machine: process::machine(), server: shown(server), data: shown(data), figures: Vec::new() })
    }

    /// Adds a figure, and shows it at once to whoever waits.
    pub(crate) fn add(&mut self, figure: Figure) {
        eprintln!("{}", row(&figure));
        self.figures.push(figure);
    }

    /// Prints the table.
    pub(crate) fn print(&self) {
        println!("\n{}\n", self.machine);
        println!("{:<58} {:>10} {:<11} {:<12} {:<12} beside it", "figure", "value", "unit", "bar", "");
        for figure in &self.figures {
            println!("{}", row(figure));
        }
    }

    /// Writes the figures as JSON.
    pub(crate) fn write(&self, file: &Path) -> anyhow::Result<()> {
        Ok(fs::write(file, serde_json::to_vec_pretty(self)?)?)
    }
}

fn row(figure: &Figure) -> String {
    let bar = match figure.bar {
        None => String::new(),
        Some(Bar::AtMost(limit)) => format!("<= {limit}"),
        Some(Bar::AtLeast(limit)) => format!(">= {limit}"),
    };
    let verdict = match figure.reached {
        None => "",
        Some(true) => "reached",
        Some(false) => "NOT REACHED",
    };
    let line = format!("{:<58} {:>10} {:<11} {bar:<12} {verdict:<12} {}", figure.name, number(figure.value), figure.unit, figure.note);
    line.trim_end().to_owned()
}

/// Three digits that say something.
fn number(value: f64) -> String {
    match value {
        it if it >= 100.0 => format!("{it:.0}"),
        it if it >= 10.0 => format!("{it:.1}"),
        it => format!("{it:.2}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_includes_its_limit() {
        assert!(Bar::AtMost(10.0).is_reached_by(10.0) && !Bar::AtMost(10.0).is_reached_by(10.1));
        assert!(Bar::AtLeast(40.0).is_reached_by(40.0) && !Bar::AtLeast(40.0).is_reached_by(39.9));
    }

    #[test]
    fn a_row_says_what_was_missed() {
        let told = row(&Figure::new("delivery", 12.34, "ms").bar(Bar::AtMost(10.0)).note("100/s"));
        assert!(told.contains("12.3 ms") && told.contains("<= 10") && told.contains("NOT REACHED") && told.ends_with("100/s"), "{told}");
    }
}
