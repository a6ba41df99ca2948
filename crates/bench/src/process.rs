//! What Linux tells about processes and the machine: memory, open files, name and cores. Reads only, but for the limit of
//! open files of this process, which the server inherits.

use std::fs;

use anyhow::{Context, ensure};
use rustix::process::{Resource, getrlimit, setrlimit};

/// Sockets of the largest load, and room for everything else.
const OPEN_FILES_MIN: u64 = 10_000 + 500;

/// Raises the limit of open files as far as the system lets us; too low a limit is an error with the way out.
pub(crate) fn raise_open_files() -> anyhow::Result<()> {
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    let allowed = limit.maximum.unwrap_or(u64::MAX);
    ensure!(allowed >= OPEN_FILES_MIN, "only {allowed} open files are allowed; raise the limit: ulimit -Hn {OPEN_FILES_MIN}");
    setrlimit(Resource::Nofile, limit).context("the limit of open files cannot be raised")
}

/// A process's proportional share of memory in bytes (PSS): its own pages, and its part of those that it shares.
pub(crate) fn pss_bytes(pid: u32) -> anyhow::Result<u64> {
    let path = format!("/proc/{pid}/smaps_rollup");
    let text = fs::read_to_string(&path).with_context(|| format!("{path} cannot be read"))?;
    pss_of(&text).with_context(|| format!("{path} does not tell Pss"))
}

fn pss_of(rollup: &str) -> Option<u64> {
    let line = rollup.lines().find_map(|it| it.strip_prefix("Pss:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1_024)
}

/// How long the processors worked for a process so far, in seconds.
pub(crate) fn cpu_seconds(pid: u32) -> anyhow::Result<f64> {
    let path = format!("/proc/{pid}/stat");
    let stat = fs::read_to_string(&path).with_context(|| format!("{path} cannot be read"))?;
    ticks_of(&stat).with_context(|| format!("{path} does not tell times"))
}

/// User and system time are the 14th and 15th field, in hundredths of a second; the second field may hold blanks.
fn ticks_of(stat: &str) -> Option<f64> {
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let (user, system): (u32, u32) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    Some(f64::from(user + system) / 100.0)
}

/// The machine in one line, as far as Linux tells.
pub(crate) fn machine() -> String {
    let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    let cpu =
        read("/proc/cpuinfo").lines().find_map(|it| Some(it.strip_prefix("model name")?.trim_start_matches([' ', '\t', ':']).to_owned()));
    let memory = read("/proc/meminfo").lines().find_map(|it| it.strip_prefix("MemTotal:")?.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    format!(
        "{cores} cores {}, {} MiB, Linux {}, load before {}",
        cpu.unwrap_or_else(|| "unknown".to_owned()),
        memory.unwrap_or(0) / 1_024,
        read("/proc/sys/kernel/osrelease").trim(),
        read("/proc/loadavg").split_whitespace().take(2).collect::<Vec<_>>().join(" "),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_read_in_bytes() {
        assert_eq!(pss_of("00400000-7fff ---p 0 00:00 0 [rollup]\nRss:   9 kB\nPss:      2048 kB\nPss_Dirty: 1 kB\n"), Some(2_097_152));
        assert_eq!(pss_of("Rss: 9 kB"), None);
        assert!(pss_bytes(std::process::id()).unwrap() > 100_000);
    }

    #[test]
    fn processor_time_is_found_behind_any_name() {
        assert_eq!(ticks_of("7 (a b) c) S 1 1 1 0 -1 4194304 100 0 0 0 250 50 0 0 20 0 3 0 100"), Some(3.0));
        assert_eq!(ticks_of("7"), None);
    }
}
