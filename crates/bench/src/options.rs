//! The command line of the benchmark. Few options: the loads themselves are fixed, so that two runs can be compared.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

/// The parts that can be run alone.
const PARTS: &[&str] = &["durable", "delivery", "hostile", "reads", "fan-out", "lists", "search", "idle", "start"];

const USAGE: &str = "usage: frontdesk-bench [--server PATH] [--data DIR] [--json FILE] [--only PART]
  --server  the frontdesk to measure [default: the one beside this program]
  --data    where the temporary databases go: their disk is what is measured [default: beside this program's directory]
  --json    where the figures go [default: bench.json beside this program's directory]
  --only    durable, delivery, hostile, reads, fan-out, lists, search, idle or start; may be given again";

/// What to measure and where.
#[derive(Debug)]
pub(crate) struct Options {
    /// The server's binary.
    pub(crate) server: PathBuf,
    /// The directory in which a temporary one is made.
    pub(crate) data: PathBuf,
    /// The file of figures.
    pub(crate) json: PathBuf,
    /// The parts asked for; empty for all.
    only: Vec<String>,
}

impl Options {
    /// Reads the arguments after the program's name.
    pub(crate) fn read(mut arguments: impl Iterator<Item = String>) -> anyhow::Result<Options> {
        let program = std::env::current_exe().context("this program does not know where it is")?;
        let beside = program.parent().unwrap_or(Path::new("."));
        let above = beside.parent().unwrap_or(beside);
        let mut options =
            Options { server: beside.join("frontdesk"), data: above.to_owned(), json: above.join("bench.json"), only: Vec::new() };
        while let Some(flag) = arguments.next() {
            let mut value = || arguments.next().with_context(|| format!("{flag} needs a value\n{USAGE}"));
            match flag.as_str() {
                "--server" => options.server = value()?.into(),
                "--data" => options.data = value()?.into(),
                "--json" => options.json = value()?.into(),
                "--only" => options.only.push(value()?),
                _ => bail!("{flag} is unknown\n{USAGE}"),
            }
        }
        if let Some(unknown) = options.only.iter().find(|it| !PARTS.contains(&it.as_str())) {
            bail!("{unknown} is no part of the benchmark\n{USAGE}");
        }
        // The server runs in another directory.
        options.server = std::path::absolute(&options.server).context("--server is no path")?;
        Ok(options)
    }

    /// Whether a part is to be run.
    pub(crate) fn asks_for(&self, part: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|it| it == part)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> anyhow::Result<Options> {
        Options::read(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn all_parts_are_run_unless_some_are_named() {
        let all = read("").unwrap();
        assert!(PARTS.iter().all(|it| all.asks_for(it)));
        let one = read("--only idle --server there").unwrap();
        assert!(one.asks_for("idle") && !one.asks_for("start") && one.server.ends_with("there") && one.server.is_absolute());
    }

    #[test]
    fn a_mistake_is_told() {
        for line in ["--serve x", "--server", "--only everything"] {
            assert!(read(line).is_err(), "{line}");
        }
    }
}
