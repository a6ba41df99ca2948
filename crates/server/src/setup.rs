//! Whether the installation waits to be set up, and who may do it: somebody on this machine, or whoever can read the
//! one-time code in the data directory (DESIGN 7). What setting up makes is in `actions::set_up`.

use std::io::Write;
use std::net::IpAddr;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Context;
use axum::http::{HeaderMap, Version, header};
use frontdesk_store::{Store, StoreError, Tx, installation};
use subtle::ConstantTimeEq;

/// The one-time code's file in the data directory.
pub(crate) const FILE: &str = "setup-code";
/// Letters of the code: none that looks like another.
const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";
/// Letters in a code: 80 bits, which nobody guesses.
const CODE_LETTERS: usize = 16;
/// Headers by which a proxy tells that it is there or whom it speaks for; besides them any that begins with `x-`, which
/// browsers send none of.
const PROXY_HEADERS: &[&str] = &["forwarded", "via", "cf-connecting-ip", "cf-ray", "true-client-ip", "fly-client-ip"];
/// The server itself gives each request this one.
const OWN_HEADER: &str = "x-request-id";

/// The installation's beginning.
#[derive(Debug)]
pub(crate) struct Setup {
    file: PathBuf,
    /// There is an account; this never ends.
    done: AtomicBool,
}

impl Setup {
    /// Nothing is read or written yet.
    pub(crate) fn new(directory: &Path) -> Setup {
        Setup { file: directory.join(FILE), done: AtomicBool::new(false) }
    }

    /// Makes the code if there is no account yet, and answers it; else removes what is left of one.
    pub(crate) async fn begin(&self, store: &Store) -> anyhow::Result<Option<String>> {
        if !self.is_needed(store).await? {
            self.finish();
            return Ok(None);
        }
        match self.code()? {
            Some(code) => Ok(Some(code)),
            None => self.make_code().map(Some),
        }
    }

    /// Whether nobody has set the installation up.
    pub(crate) async fn is_needed(&self, store: &Store) -> Result<bool, StoreError> {
        if self.done.load(Ordering::Relaxed) {
            return Ok(false);
        }
        if store.read(async |tx: &mut Tx<'_>| installation::has_account(tx).await).await? {
            self.finish();
            return Ok(false);
        }
        Ok(true)
    }

    /// There is an account: the code is worth nothing any more.
    pub(crate) fn finish(&self) {
        self.done.store(true, Ordering::Relaxed);
        match std::fs::remove_file(&self.file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                tracing::warn!(%error, "{} stays; it opens nothing any more", self.file.display());
            }
            _ => {}
        }
    }

    /// Whether this is the code, however it was typed.
    pub(crate) fn is_code(&self, typed: &str) -> anyhow::Result<bool> {
        let Some(code) = self.code()? else { return Ok(false) };
        Ok(bool::from(plain(typed).as_bytes().ct_eq(plain(&code).as_bytes())))
    }

    fn code(&self) -> anyhow::Result<Option<String>> {
        match std::fs::read_to_string(&self.file) {
            Ok(text) => Ok(Some(text.trim().to_owned()).filter(|it| plain(it).len() == CODE_LETTERS)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("{} cannot be read", self.file.display())),
        }
    }

    fn make_code(&self) -> anyhow::Result<String> {
        let mut bytes = [0_u8; CODE_LETTERS];
        getrandom::fill(&mut bytes).context("the system gives no random bytes")?;
        let letters = bytes.iter().filter_map(|it| LETTERS.get(usize::from(it % 32)).copied().map(char::from));
        let letters: Vec<char> = letters.collect();
        let code = letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join("-");
        let written = || -> std::io::Result<()> {
            let fresh = self.file.with_extension("new");
            let mut file = std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&fresh)?;
            writeln!(file, "{code}")?;
            file.sync_all()?;
            std::fs::rename(&fresh, &self.file)
        };
        written().with_context(|| format!("{} cannot be written", self.file.display()))?;
        Ok(code)
    }
}

/// A code without what people add or change when they copy it.
fn plain(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).map(|it| it.to_ascii_lowercase()).collect()
}

/// Whether a request was made on this machine and speaks for nobody else: no code is asked then.
///
/// No browser speaks HTTP/1.0, but nginx does to what is behind it, with that one's address as the host and not a word of
/// itself, unless it is told otherwise. Any other proxy that says nothing of itself looks like somebody here, so an installation with a public base URL asks for the code always.
/// A website that made its name point to this machine names itself as the host, and is asked too.
pub(crate) fn is_local((peer, version): (IpAddr, Version), headers: &HeaderMap, base_url: &str) -> bool {
    let host = headers.get(header::HOST).and_then(|it| it.to_str().ok()).unwrap_or_default();
    let is_told_on = headers.keys().any(|it| is_of_a_proxy(it.as_str()));
    version >= Version::HTTP_11 && peer.to_canonical().is_loopback() && !is_told_on && names_this_machine(host) && is_loopback_url(base_url)
}

fn is_of_a_proxy(name: &str) -> bool {
    PROXY_HEADERS.contains(&name) || (name.starts_with("x-") && name != OWN_HEADER)
}

/// Whether an http or https address is one of this machine's loopback.
pub(crate) fn is_loopback_url(url: &str) -> bool {
    url.split_once("://").is_some_and(|(_, rest)| names_this_machine(rest))
}

/// A host as in a URL or a Host header, with or without its port.
fn names_this_machine(host: &str) -> bool {
    if let Some(v6) = host.strip_prefix('[') {
        return v6.split(']').next().and_then(|it| it.parse::<IpAddr>().ok()).is_some_and(|it| it.is_loopback());
    }
    let name = host.split(':').next().unwrap_or_default();
    name.eq_ignore_ascii_case("localhost") || name.parse::<IpAddr>().is_ok_and(|it| it.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: &str = "http://127.0.0.1:3000";

    fn local(peer: &str, headers: &[(&str, &str)], base_url: &str) -> bool {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(header::HeaderName::from_bytes(name.as_bytes()).unwrap(), value.parse().unwrap());
        }
        is_local((peer.parse().unwrap(), Version::HTTP_11), &map, base_url)
    }

    #[test]
    fn somebody_on_this_machine_needs_no_code() {
        for (peer, host) in
            [("127.0.0.1", "127.0.0.1:3000"), ("127.0.0.1", "localhost:3000"), ("::1", "[::1]:3000"), ("::ffff:127.0.0.1", "LOCALHOST")]
        {
            assert!(local(peer, &[("host", host)], HERE), "{peer} {host}");
        }
    }

    #[test]
    fn whoever_comes_from_elsewhere_or_through_something_needs_it() {
        assert!(!local("192.168.0.7", &[("host", "127.0.0.1:3000")], HERE));
        for header in PROXY_HEADERS.iter().chain(&["x-forwarded-for", "x-forwarded-host", "x-real-ip", "x-amzn-trace-id"]) {
            assert!(!local("127.0.0.1", &[("host", "127.0.0.1:3000"), (*header, "x")], HERE), "{header}");
        }
        assert!(local("127.0.0.1", &[("host", "127.0.0.1:3000"), (OWN_HEADER, "x")], HERE));
        // nginx as it comes.
        let host = HeaderMap::from_iter([(header::HOST, "127.0.0.1:3000".parse().unwrap())]);
        let asks = |version| is_local(("127.0.0.1".parse().unwrap(), version), &host, HERE);
        assert!(!asks(Version::HTTP_10) && !asks(Version::HTTP_09) && asks(Version::HTTP_11) && asks(Version::HTTP_2));
        // A proxy that keeps silent, and a name that somebody pointed here.
        assert!(!local("127.0.0.1", &[("host", "127.0.0.1:3000")], "https://chat.example.com"));
        assert!(!local("127.0.0.1", &[("host", "evil.example:3000")], HERE));
        assert!(!local("127.0.0.1", &[("host", "127.0.0.1.evil.example")], HERE));
        assert!(!local("127.0.0.1", &[], HERE));
    }

    #[test]
    fn a_code_is_read_however_it_was_typed() {
        let directory = std::env::temp_dir().join(format!("frontdesk_setup_{}", std::process::id()));
        std::fs::create_dir_all(&directory).unwrap();
        let setup = Setup::new(&directory);
        assert!(!setup.is_code("").unwrap(), "there is none");
        let code = setup.make_code().unwrap();
        assert_eq!((code.len(), setup.code().unwrap()), (19, Some(code.clone())));
        assert!(setup.is_code(&format!(" {} ", code.replace('-', " ").to_uppercase())).unwrap());
        assert!(!setup.is_code(&code[1..]).unwrap() && !setup.is_code("").unwrap());
        setup.finish();
        assert!(!setup.is_code(&code).unwrap(), "it opens once");
        std::fs::remove_dir_all(&directory).unwrap();
    }
}
