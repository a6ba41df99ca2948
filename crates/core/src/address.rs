//! Whose network address a request counts for: behind proxies that the operator trusts it is the one they forward, anywhere
//! else the one that connected. Counting is not here.

use core::net::{IpAddr, Ipv6Addr};

use ipnet::IpNet;

/// Reads a network such as `10.0.0.0/8`, or one address.
pub fn parse_network(text: &str) -> Result<IpNet, String> {
    let text = text.trim();
    text.parse().or_else(|_| text.parse::<IpAddr>().map(IpNet::from)).map_err(|_| format!("{text} is no network such as 10.0.0.0/8"))
}

/// The address that a request came from: `peer` connected, and every proxy appended what had connected to it to
/// `X-Forwarded-For`. Each entry counts only when a trusted proxy wrote it, so nobody can choose an address for themselves.
#[must_use]
pub fn client<'a>(peer: IpAddr, forwarded_for: impl DoubleEndedIterator<Item = &'a str>, trusted: &[IpNet]) -> IpAddr {
    let trusts = |address: IpAddr| trusted.iter().any(|it| it.contains(&address));
    let mut client = peer.to_canonical();
    for entry in forwarded_for.flat_map(|it| it.split(',')).rev() {
        if !trusts(client) {
            break;
        }
        // A proxy that writes what is no address has said nothing: the last known hop stands.
        let Some(address) = parse_entry(entry) else { break };
        client = address.to_canonical();
    }
    client
}

/// An address as proxies write it: bare, with a port, in brackets.
fn parse_entry(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let bare = text.strip_prefix('[').and_then(|it| it.split_once(']')).map_or(text, |it| it.0);
    bare.parse().ok().or_else(|| bare.parse::<core::net::SocketAddr>().ok().map(|it| it.ip()))
}

/// What one subscriber has: an IPv4 address, or the 64 bits of an IPv6 network.
#[must_use]
pub fn subscriber(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(it) => IpAddr::V6(Ipv6Addr::from_bits(it.to_bits() >> 64 << 64)),
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn seen(peer: &str, forwarded_for: &[&str], trusted: &[&str]) -> String {
        let trusted: Vec<IpNet> = trusted.iter().map(|it| parse_network(it).unwrap()).collect();
        client(address(peer), forwarded_for.iter().copied(), &trusted).to_string()
    }

    #[test]
    fn without_a_trusted_proxy_the_header_is_what_anybody_may_write() {
        assert_eq!(seen("198.51.100.7", &["10.0.0.1"], &[]), "198.51.100.7");
        assert_eq!(seen("198.51.100.7", &["10.0.0.1"], &["127.0.0.1"]), "198.51.100.7");
    }

    #[test]
    fn a_trusted_proxy_says_who_connected_to_it() {
        assert_eq!(seen("127.0.0.1", &["198.51.100.7"], &["127.0.0.1"]), "198.51.100.7");
        assert_eq!(seen("127.0.0.1", &[], &["127.0.0.1"]), "127.0.0.1");
    }

    #[test]
    fn what_stands_before_the_first_stranger_is_not_believed() {
        let trusted = ["127.0.0.0/8", "10.0.0.0/8"];
        assert_eq!(seen("127.0.0.1", &["1.1.1.1, 198.51.100.7, 10.0.0.9"], &trusted), "198.51.100.7");
        assert_eq!(seen("127.0.0.1", &["1.1.1.1", "198.51.100.7, 10.0.0.9"], &trusted), "198.51.100.7");
        assert_eq!(seen("127.0.0.1", &["198.51.100.7, unknown"], &trusted), "127.0.0.1");
    }

    #[test]
    fn ports_brackets_and_mapped_addresses_are_read() {
        let trusted = ["127.0.0.1"];
        assert_eq!(seen("::ffff:127.0.0.1", &["198.51.100.7:4711"], &trusted), "198.51.100.7");
        assert_eq!(seen("127.0.0.1", &["[2001:db8::1]:443"], &trusted), "2001:db8::1");
        assert_eq!(seen("127.0.0.1", &["2001:db8::1"], &trusted), "2001:db8::1");
    }

    #[test]
    fn a_network_is_named_by_prefix_or_by_its_only_address() {
        assert!(parse_network("10.0.0.0/8").unwrap().contains(&address("10.1.2.3")));
        assert!(parse_network("::1").unwrap().contains(&address("::1")));
        assert!(parse_network("10.0.0.0/33").is_err());
        assert!(parse_network("proxy").is_err());
    }

    #[test]
    fn all_addresses_of_one_ipv6_network_are_one_subscriber() {
        assert_eq!(subscriber(address("2001:db8:1:2::3")), subscriber(address("2001:db8:1:2:ffff::4")));
        assert_ne!(subscriber(address("2001:db8:1:2::3")), subscriber(address("2001:db8:1:3::3")));
        assert_eq!(subscriber(address("::ffff:127.0.0.1")), subscriber(address("127.0.0.1")));
    }
}
