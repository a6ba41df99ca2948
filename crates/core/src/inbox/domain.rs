//! Where a widget may be shown: the list of domains that an owner allows, and whether a page is on one of them. The headers
//! and sockets that ask are the server's.

use std::fmt::Write;

use crate::text::Invalid;

/// Most domains of one inbox.
pub const DOMAINS_MAX: usize = 50;
/// Longest domain in characters (RFC 1035), its port not counted.
const HOST_CHARS_MAX: usize = 253;

/// One allowed domain: `shop.example`, `*.shop.example` (each name below it, not itself) or `localhost:3000`. Without a port
/// every port counts; http and https both do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Domain {
    host: String,
    /// The names below `host`, in place of itself.
    below: bool,
    port: Option<u16>,
}

impl Domain {
    /// Reads a domain as owners write it: an address of a page counts for the domain it is on.
    pub fn parse(text: &str) -> Result<Domain, Invalid> {
        let invalid = || Invalid::new("allowed_domains", format_args!("must be like shop.example or *.shop.example, not {text:?}"));
        let lower = text.trim().to_ascii_lowercase();
        let bare = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://")).unwrap_or(&lower);
        let authority = bare.split(['/', '?', '#']).next().unwrap_or_default();
        let (below, rest) = authority.strip_prefix("*.").map_or((false, authority), |rest| (true, rest));
        let (host, port) = match rest.rsplit_once(':') {
            Some((host, port)) => (host, Some(port.parse().map_err(|_| invalid())?)),
            None => (rest, None),
        };
        if !is_host(host) {
            return Err(invalid());
        }
        Ok(Domain { host: host.to_owned(), below, port })
    }

    fn holds(&self, host: &str, port: Option<u16>) -> bool {
        let named = if self.below {
            host.strip_suffix(&self.host).is_some_and(|rest| rest.len() > 1 && rest.ends_with('.'))
        } else {
            host == self.host
        };
        named && (self.port.is_none() || self.port == port)
    }
}

impl std::fmt::Display for Domain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.below { "*." } else { "" })?;
        f.write_str(&self.host)?;
        self.port.map_or(Ok(()), |port| write!(f, ":{port}"))
    }
}

/// Labels of letters, digits and hyphens: nothing that means something in a header.
fn is_host(text: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-')
    };
    text.len() <= HOST_CHARS_MAX && text.split('.').all(is_label)
}

/// The domains on which an inbox may be shown. Empty: on every page of the web.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Domains(Vec<Domain>);

impl Domains {
    /// Reads each domain; a repeated one counts once.
    pub fn parse<'a>(texts: impl IntoIterator<Item = &'a str>) -> Result<Domains, Invalid> {
        let mut found: Vec<Domain> = Vec::new();
        for text in texts.into_iter().filter(|it| !it.trim().is_empty()) {
            let domain = Domain::parse(text)?;
            if !found.contains(&domain) {
                found.push(domain);
            }
            if found.len() > DOMAINS_MAX {
                return Err(Invalid::new("allowed_domains", format_args!("are too many (maximum is {DOMAINS_MAX})")));
            }
        }
        Ok(Domains(found))
    }

    /// The text that [`stored`](Domains::stored) wrote; what cannot be read allows nothing further.
    #[must_use]
    pub fn from_stored(text: &str) -> Domains {
        Domains(text.split(' ').filter_map(|it| Domain::parse(it).ok()).collect())
    }

    /// One text, parted by spaces.
    #[must_use]
    pub fn stored(&self) -> String {
        self.texts().join(" ")
    }

    /// Each as it is shown.
    #[must_use]
    pub fn texts(&self) -> Vec<String> {
        self.0.iter().map(ToString::to_string).collect()
    }

    /// Whether a page of this Origin (`https://shop.example:8443`), or at this address, may show the widget. `null`, which sandboxed pages and
    /// files have, is on no domain.
    #[must_use]
    pub fn allow(&self, origin: &str) -> bool {
        if self.0.is_empty() {
            return true;
        }
        let Some((host, port)) = host_and_port(origin) else { return false };
        self.0.iter().any(|it| it.holds(&host, Some(port)))
    }

    /// The sources of `frame-ancestors`: the server's own pages (its preview) and the allowed ones.
    #[must_use]
    pub fn frame_ancestors(&self) -> String {
        if self.0.is_empty() {
            return "*".to_owned();
        }
        let mut sources = "'self'".to_owned();
        for it in &self.0 {
            let (star, port) = (if it.below { "*." } else { "" }, it.port.map_or("*".to_owned(), |port| port.to_string()));
            // Writing to a String cannot fail.
            write!(sources, " http://{star}{0}:{port} https://{star}{0}:{port}", it.host).ok();
        }
        sources
    }
}

/// The host of an Origin or address with its port, the scheme's own where none is given; lower-cased.
fn host_and_port(origin: &str) -> Option<(String, u16)> {
    let lower = origin.to_ascii_lowercase();
    let (rest, default) = match lower.strip_prefix("https://") {
        Some(rest) => (rest, 443),
        None => (lower.strip_prefix("http://")?, 80),
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) => (host, port.parse().ok()?),
        None => (authority, default),
    };
    is_host(host).then(|| (host.to_owned(), port))
}

/// The host that a page's Origin or address names, for showing where a widget was seen; `None` for what names none.
#[must_use]
pub fn host_of(address: &str) -> Option<String> {
    let (host, port) = host_and_port(address)?;
    Some(if port == 443 || port == 80 { host } else { format!("{host}:{port}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn domains(texts: &[&str]) -> Domains {
        Domains::parse(texts.iter().copied()).unwrap()
    }

    #[test]
    fn domains_read_as_owners_write_them() {
        for (text, shown) in [
            ("shop.example", "shop.example"),
            (" Shop.Example ", "shop.example"),
            ("https://shop.example/a?b#c", "shop.example"),
            ("*.shop.example", "*.shop.example"),
            ("localhost:3000", "localhost:3000"),
            ("http://127.0.0.1:8080/", "127.0.0.1:8080"),
            ("xn--bcher-kva.example", "xn--bcher-kva.example"),
        ] {
            assert_eq!(Domain::parse(text).unwrap().to_string(), shown);
        }
    }

    #[test]
    fn nothing_that_could_change_a_header_is_a_domain() {
        for bad in [
            "",
            "*",
            "*.",
            "shop example",
            "shop.example;",
            "'self'",
            "a..b",
            "-a.example",
            "a.*.b",
            "bücher.example",
            "a:b",
            "a:99999",
            "ftp://a",
            "data:",
        ] {
            assert!(Domain::parse(bad).is_err(), "{bad:?} passed");
        }
    }

    #[test]
    fn a_page_is_on_an_allowed_domain_or_not() {
        let list = domains(&["shop.example", "*.lunde.example", "localhost:3000"]);
        for (origin, allowed) in [
            ("https://shop.example", true),
            ("http://shop.example:8080", true),
            ("https://SHOP.example", true),
            ("https://www.shop.example", false),
            ("https://shop.example.evil.example", false),
            ("https://evilshop.example", false),
            ("https://www.lunde.example", true),
            ("https://a.b.lunde.example", true),
            ("https://lunde.example", false),
            ("https://evillunde.example", false),
            ("https://.lunde.example", false),
            ("http://localhost:3000", true),
            ("https://shop.example/cart?of=evil.example", true),
            ("https://evil.example/shop.example", false),
            ("https://shop.example@evil.example", false),
            ("http://localhost", false),
            ("null", false),
            ("", false),
            ("file://shop.example", false),
        ] {
            assert_eq!(list.allow(origin), allowed, "{origin}");
        }
    }

    #[test]
    fn an_empty_list_allows_every_page() {
        assert!(Domains::default().allow("https://anything.example") && Domains::default().allow("null"));
        assert_eq!(Domains::default().frame_ancestors(), "*");
    }

    #[test]
    fn the_header_says_the_same_as_the_rule() {
        assert_eq!(
            domains(&["shop.example", "*.lunde.example:8443"]).frame_ancestors(),
            "'self' http://shop.example:* https://shop.example:* http://*.lunde.example:8443 https://*.lunde.example:8443"
        );
    }

    #[test]
    fn a_list_is_kept_as_one_text_and_has_an_end() {
        let list = domains(&["b.example", "a.example", "b.example", ""]);
        assert_eq!(list.texts(), ["b.example", "a.example"]);
        assert_eq!(Domains::from_stored(&list.stored()), list);
        let many: Vec<String> = (0..=DOMAINS_MAX).map(|n| format!("a{n}.example")).collect();
        assert!(Domains::parse(many.iter().map(String::as_str)).is_err());
    }

    #[test]
    fn a_host_is_told_without_the_usual_port() {
        assert_eq!(host_of("https://shop.example").as_deref(), Some("shop.example"));
        assert_eq!(host_of("https://shop.example:443/cart").as_deref(), Some("shop.example"));
        assert_eq!(host_of("HTTP://Localhost:3000/a").as_deref(), Some("localhost:3000"));
        assert_eq!(host_of("null"), None);
        assert_eq!(host_of("file:///a/b"), None);
    }
}
