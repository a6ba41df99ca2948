//! Where browsers find the server: what `--base-url` may be, what it is without one, and what an operator should hear
//! about it. What it means for cookies is in `auth`.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use anyhow::bail;

use crate::setup::is_loopback_url;

/// The origin that links, snippets and cookies are made for: as told, or where the server listens.
pub(super) fn resolve(told: Option<&str>, listening: SocketAddr) -> anyhow::Result<String> {
    match told {
        Some(told) => origin(told),
        None => Ok(format!("http://{}", on_this_machine(listening))),
    }
}

/// An address that a browser on this machine can open: "every address" is none.
pub(super) fn on_this_machine(listening: SocketAddr) -> SocketAddr {
    let ip = match listening.ip() {
        IpAddr::V4(it) if it.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(it) if it.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        other => other,
    };
    SocketAddr::new(ip, listening.port())
}

/// Brings an address into the form in which browsers send it as Origin.
pub(super) fn origin(told: &str) -> anyhow::Result<String> {
    let lower = told.trim().trim_end_matches('/').to_ascii_lowercase();
    let parts = lower.split_once("://").filter(|(scheme, _)| matches!(*scheme, "https" | "http"));
    let Some((scheme, authority)) = parts else { bail!("--base-url must be like https://chat.example.com") };
    if authority.contains('@') {
        bail!("--base-url must not hold a name or password");
    }
    if authority.contains(['/', '?', '#']) {
        bail!("--base-url must be like https://chat.example.com, without a path");
    }
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    };
    let is_name = !host.is_empty() && host.bytes().all(|it| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'.' | b'_'));
    let is_v6 = host.strip_prefix('[').and_then(|it| it.strip_suffix(']')).is_some_and(|it| it.parse::<Ipv6Addr>().is_ok());
    if !is_name && !is_v6 {
        bail!("--base-url must be like https://chat.example.com");
    }
    match port {
        None => Ok(format!("{scheme}://{host}")),
        Some(port) if port.parse::<u16>().is_ok_and(|it| it > 0) => match (scheme, port) {
            ("https", "443") | ("http", "80") => Ok(format!("{scheme}://{host}")),
            _ => Ok(format!("{scheme}://{host}:{port}")),
        },
        Some(_) => bail!("--base-url has a port that is none"),
    }
}

/// What an operator should know about where the server is reached; `None` when all is well.
pub(super) fn advice(told: Option<&str>, base_url: &str, listening: SocketAddr) -> Option<String> {
    match told {
        None if !listening.ip().is_loopback() => Some(format!(
            "this server can be reached from other machines, and --base-url is not set: the snippet for websites and all links lead to {base_url}. \
             Set --base-url to the address that browsers use, like https://chat.example.com"
        )),
        Some(_) if base_url.starts_with("http://") && !is_loopback_url(base_url) => Some(format!(
            "{base_url} is not encrypted: passwords and chats can be read on the way, and websites on https cannot show the widget. \
             Put a proxy with TLS in front and set --base-url to its https address"
        )),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCAL: &str = "127.0.0.1:3000";

    fn with(told: Option<&str>, listening: &str) -> anyhow::Result<String> {
        resolve(told, listening.parse().unwrap())
    }

    #[test]
    fn a_base_url_is_an_origin_as_browsers_write_it() {
        for (told, is) in [
            ("https://chat.example.com/", "https://chat.example.com"),
            ("HTTPS://Chat.Example.com:443", "https://chat.example.com"),
            ("http://localhost:8080", "http://localhost:8080"),
            ("https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443"),
            ("https://[2001:db8::1]", "https://[2001:db8::1]"),
        ] {
            assert_eq!(with(Some(told), LOCAL).unwrap(), is);
        }
    }

    #[test]
    fn what_is_no_origin_is_refused() {
        for bad in [
            "chat.example.com",
            "https://",
            "https://a.example/chat",
            "https://a.example?x",
            "javascript:alert(1)",
            "ftp://a.example",
            "https://a\"b",
            "https://me:secret@a.example",
            "https://a.example:0",
            "https://a.example:x",
            "https://[nonsense]",
        ] {
            let told = with(Some(bad), LOCAL).expect_err(bad).to_string();
            assert!(told.contains("--base-url") && !told.contains("secret"), "{told}");
        }
    }

    #[test]
    fn without_one_it_is_where_this_machine_finds_it() {
        assert_eq!(with(None, "0.0.0.0:3000").unwrap(), "http://127.0.0.1:3000");
        assert_eq!(with(None, "[::]:3000").unwrap(), "http://[::1]:3000");
        assert_eq!(with(None, "192.0.2.1:3000").unwrap(), "http://192.0.2.1:3000");
    }

    #[test]
    fn an_operator_hears_of_links_that_lead_nowhere_and_of_open_passwords() {
        let told = |told: Option<&str>, listening: &str| advice(told, &with(told, listening).unwrap(), listening.parse().unwrap());
        assert!(told(None, "0.0.0.0:3000").unwrap().contains("--base-url is not set"));
        assert!(told(Some("http://chat.example.com"), LOCAL).unwrap().contains("not encrypted"));
        for (given, listening) in [(None, LOCAL), (Some("https://chat.example.com"), "0.0.0.0:80"), (Some("http://localhost:3000"), LOCAL)]
        {
            assert_eq!(told(given, listening), None);
        }
    }
}
