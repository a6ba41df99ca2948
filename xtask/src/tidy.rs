//! What keeps the tree readable and no compiler checks: headers, who imports whom, nothing left open, no machine's paths.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};

/// Beyond this many lines a file is two.
const LINES_MAX: usize = 500;

/// A folder, words that must not appear in its files, and why. Files named at the end are where the two meet on purpose.
const FORBIDDEN: &[(&str, &[&str], &str, &[&str])] = &[
    (
        "crates/server/src/http/",
        &["crate::realtime", "crate::cli", "crate::jobs"],
        "http and realtime meet through the event log",
        &["http/mod.rs", "http/openapi.rs"],
    ),
    ("crates/server/src/jobs/", &["crate::http", "crate::realtime", "crate::cli"], "jobs meet the rest through the store and the log", &[]),
    ("crates/server/src/realtime/", &["crate::http", "crate::cli", "crate::jobs"], "realtime does not know HTTP's routes", &[]),
    (
        "crates/server/src/actions/",
        &["crate::http", "crate::realtime", "axum", "Clock", "getrandom"],
        "actions know neither requests nor clocks nor chance",
        &[],
    ),
    ("crates/server/src/views/", &["Tx<", "crate::http", "crate::realtime"], "views only shape what was read", &[]),
    ("crates/core/src/", &["std::time::", "std::fs", "std::net", "tokio", "HashMap"], "core is pure", &[]),
    ("crates/server/src/", &["\"SELECT ", "\"INSERT ", "\"UPDATE ", "\"DELETE "], "SQL stands in the store", &[]),
    ("web/realtime/", &["from 'svelte", "../dashboard", "../widget"], "the shared client has no framework", &[]),
    ("web/widget/", &["../dashboard", "../../dashboard"], "widget and dashboard do not know each other", &[]),
    ("web/dashboard/", &["/widget/"], "widget and dashboard do not know each other", &["words.ts"]),
];

/// Words that no file of the project holds; spelled in two parts, as this is a file of the project.
const NOWHERE: &[(&str, &str)] = &[
    (concat!("TO", "DO"), "finish it or write an issue"),
    (concat!("FIX", "ME"), "finish it or write an issue"),
    (concat!(".on", "ly("), "a test that silences the others"),
    (concat!("#[ig", "nore"), "a test that does not run"),
    (concat!("registry.npm", "js.org"), "no registry's host name in the tree"),
    (concat!("/ro", "ot/"), "a machine's own path"),
    (concat!("/ho", "me/"), "a machine's own path"),
];

/// Everything that is untidy, one line each.
pub(crate) fn findings(root: &Path) -> anyhow::Result<Vec<String>> {
    let mut findings = Vec::new();
    for path in files(root)? {
        let Ok(text) = std::fs::read_to_string(root.join(&path)) else { continue };
        let name = path.display().to_string();
        if is_source(&name) {
            check_source(&name, &text, &mut findings);
        }
        for (word, why) in NOWHERE {
            if let Some(line) = text.lines().position(|line| line.contains(word)) {
                findings.push(format!("{name}:{}: {word}: {why}", line + 1));
            }
        }
    }
    Ok(findings)
}

/// The files that git keeps, and those that it would.
fn files(root: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let listed = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root)
        .output()
        .context("git cannot be run")?;
    if !listed.status.success() {
        bail!("git cannot list the files: {}", String::from_utf8_lossy(&listed.stderr));
    }
    let names = String::from_utf8(listed.stdout).context("a file's name is no UTF-8")?;
    let generated = ["package-lock.json", "Cargo.lock", "openapi.json", "schema.ts"];
    let kept = names.split('\0').filter(|it| !it.is_empty() && !generated.iter().any(|end| it.ends_with(end)));
    Ok(kept.map(PathBuf::from).collect())
}

fn is_source(name: &str) -> bool {
    [".rs", ".ts", ".svelte", ".mjs", ".css", ".sql", ".sh"].iter().any(|end| name.ends_with(end))
}

fn check_source(name: &str, text: &str, findings: &mut Vec<String>) {
    let first = text.lines().find(|line| !line.starts_with("#!")).unwrap_or_default();
    let header = ["//!", "//", "/*", "<!--", "--", "#"].iter().any(|start| first.starts_with(start));
    if !header {
        findings.push(format!("{name}:1: begin with a sentence on what the file is, and what it is not"));
    }
    let lines = text.lines().count();
    if lines > LINES_MAX {
        findings.push(format!("{name}: {lines} lines; would it be easier to find as two?"));
    }
    for (folder, words, why, meet) in FORBIDDEN {
        if !name.starts_with(folder) || meet.iter().any(|end| name.ends_with(end)) {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            if let Some(word) = words.iter().find(|word| code.contains(**word)) {
                findings.push(format!("{name}:{}: {word}: {why}", number + 1));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forbidden_import_is_found() {
        let mut findings = Vec::new();
        check_source("crates/server/src/realtime/x.rs", "//! A file.\nuse crate::http::error;\n", &mut findings);
        assert_eq!(findings.len(), 1, "{findings:?}");
    }

    #[test]
    fn a_file_without_a_header_is_found() {
        let mut findings = Vec::new();
        check_source("crates/core/src/x.rs", "use serde::Serialize;\n", &mut findings);
        assert_eq!(findings.len(), 1, "{findings:?}");
    }
}
