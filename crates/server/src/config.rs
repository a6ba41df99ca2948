//! Where settings come from: flags, FRONTDESK_* in the environment, frontdesk.toml, defaults, in this order. What they
//! mean to the server is decided by `serve`.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use frontdesk_core::address::parse_network;
use frontdesk_store::Location;
use ipnet::IpNet;
use serde::Deserialize;

use crate::limits::Limits;

/// Where the data is; every command but `openapi` takes these.
#[derive(Debug, Default, Clone, Args, Deserialize)]
pub(crate) struct DataOptions {
    /// Directory of the database and all other data [default: ./data]
    #[arg(long, value_name = "DIR", env = "FRONTDESK_DATA")]
    pub(crate) data: Option<PathBuf>,
    /// PostgreSQL instead of SQLite, as postgres://...
    #[arg(long, value_name = "URL", env = "FRONTDESK_DATABASE", hide_env_values = true)]
    pub(crate) database: Option<String>,
}

/// How the server is reached; `serve` takes these.
#[derive(Debug, Default, Clone, Args, Deserialize)]
pub(crate) struct ServeOptions {
    #[command(flatten)]
    #[serde(flatten)]
    pub(crate) at: DataOptions,
    /// Address to listen on; port 0 picks a free one [default: 127.0.0.1:3000]
    #[arg(long, value_name = "ADDR:PORT", env = "FRONTDESK_LISTEN")]
    pub(crate) listen: Option<SocketAddr>,
    /// Where browsers find this server, if not at the listening address
    #[arg(long, value_name = "URL", env = "FRONTDESK_BASE_URL")]
    pub(crate) base_url: Option<String>,
    /// A proxy whose X-Forwarded-For counts, as an address or a network; may be given several times
    #[arg(long, value_name = "CIDR", env = "FRONTDESK_TRUSTED_PROXY", value_delimiter = ',', value_parser = parse_network)]
    #[serde(default, deserialize_with = "networks")]
    pub(crate) trusted_proxy: Vec<IpNet>,
    /// Multiplies what one network address may ask for without a log-in: 10 for a large office behind one address, 0 for
    /// no limits [default: 1]
    #[arg(long, value_name = "TIMES", env = "FRONTDESK_ADDRESS_LIMITS")]
    pub(crate) address_limits: Option<u32>,
    /// Begin with a made-up shop, on loopback, in a data directory of its own
    #[arg(long, env = "FRONTDESK_DEMO")]
    #[serde(default)]
    pub(crate) demo: bool,
    /// Address of the made-up shop's website [default: 127.0.0.1:3001, or a free port when --listen has port 0]
    #[arg(long, value_name = "ADDR:PORT", env = "FRONTDESK_DEMO_LISTEN")]
    pub(crate) demo_listen: Option<SocketAddr>,
    /// Let webhooks go to private network addresses, such as a receiver on this machine
    #[arg(long, env = "FRONTDESK_ALLOW_PRIVATE_WEBHOOKS")]
    #[serde(default)]
    pub(crate) allow_private_webhooks: bool,
}

/// Default of `--data`.
const DATA: &str = "data";
/// Default of `--listen`.
const LISTEN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 3000);
/// The settings' file, in the working directory.
const FILE: &str = "frontdesk.toml";
/// The file's keys; any other is a mistake worth telling.
const KEYS: &[&str] =
    &["data", "database", "listen", "base_url", "trusted_proxy", "address_limits", "demo", "demo_listen", "allow_private_webhooks"];

/// Reads frontdesk.toml in `directory`, if there is one.
fn read_file(directory: &Path) -> anyhow::Result<ServeOptions> {
    let path = directory.join(FILE);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(ServeOptions::default()),
        Err(error) => return Err(error).context(format!("{FILE} cannot be read")),
    };
    parse_file(&text)
}

fn parse_file(text: &str) -> anyhow::Result<ServeOptions> {
    let table: toml::Table = text.parse().context(format!("{FILE} is no TOML"))?;
    if let Some(unknown) = table.keys().find(|it| !KEYS.contains(&it.as_str())) {
        bail!("{FILE} has an unknown setting \"{unknown}\"; known are: {}", KEYS.join(", "));
    }
    table.try_into().context(format!("{FILE} has a setting of the wrong kind"))
}

impl DataOptions {
    /// Fills what neither flags nor environment say from the file.
    pub(crate) fn with_file(self) -> anyhow::Result<DataOptions> {
        Ok(self.or(read_file(Path::new("."))?.at))
    }

    fn or(self, file: DataOptions) -> DataOptions {
        DataOptions { data: self.data.or(file.data), database: self.database.or(file.database) }
    }

    /// The data directory.
    pub(crate) fn directory(&self) -> PathBuf {
        self.data.clone().unwrap_or_else(|| PathBuf::from(DATA))
    }

    /// The database.
    pub(crate) fn location(&self) -> Location {
        match &self.database {
            Some(url) => Location::Postgres(url.clone()),
            None => Location::Sqlite(self.directory().join(crate::data::DATABASE)),
        }
    }
}

impl ServeOptions {
    /// Fills what neither flags nor environment say from the file.
    pub(crate) fn with_file(self) -> anyhow::Result<ServeOptions> {
        let file = read_file(Path::new("."))?;
        Ok(self.or(file))
    }

    fn or(self, file: ServeOptions) -> ServeOptions {
        ServeOptions {
            at: self.at.or(file.at),
            listen: self.listen.or(file.listen),
            base_url: self.base_url.or(file.base_url),
            trusted_proxy: if self.trusted_proxy.is_empty() { file.trusted_proxy } else { self.trusted_proxy },
            address_limits: self.address_limits.or(file.address_limits),
            demo: self.demo || file.demo,
            demo_listen: self.demo_listen.or(file.demo_listen),
            allow_private_webhooks: self.allow_private_webhooks || file.allow_private_webhooks,
        }
    }

    /// The address to listen on.
    pub(crate) fn listen(&self) -> SocketAddr {
        self.listen.unwrap_or(LISTEN)
    }

    /// How much strangers may ask for.
    pub(crate) fn limits(&self) -> Limits {
        Limits::new(self.trusted_proxy.clone(), self.address_limits.unwrap_or(1))
    }

    /// The address of the demo's website.
    pub(crate) fn demo_listen(&self) -> SocketAddr {
        let beside = if self.listen().port() == 0 { 0 } else { 3001 };
        self.demo_listen.unwrap_or_else(|| SocketAddr::new(LISTEN.ip(), beside))
    }
}

fn networks<'de, D: serde::Deserializer<'de>>(file: D) -> Result<Vec<IpNet>, D::Error> {
    let texts = Vec::<String>::deserialize(file)?;
    texts.iter().map(|it| parse_network(it).map_err(serde::de::Error::custom)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_on_the_command_line_wins_over_the_file() {
        let file = parse_file("listen = \"127.0.0.1:4000\"\ndata = \"elsewhere\"").unwrap();
        let flags = ServeOptions { listen: Some("127.0.0.1:5000".parse().unwrap()), ..ServeOptions::default() };
        let merged = flags.or(file);
        assert_eq!(merged.listen().port(), 5000);
        assert_eq!(merged.at.directory(), Path::new("elsewhere"));
    }

    #[test]
    fn a_misspelt_setting_is_told_with_the_known_ones() {
        let told = parse_file("lisen = \"127.0.0.1:4000\"").unwrap_err().to_string();
        assert!(told.contains("lisen") && told.contains("listen"), "{told}");
        assert!(parse_file("listen = 3").is_err());
        assert!(parse_file("listen").is_err());
    }

    #[test]
    fn proxies_are_networks_or_addresses_in_a_list() {
        let file = parse_file("trusted_proxy = [\"10.0.0.0/8\", \"::1\"]").unwrap();
        assert_eq!(file.trusted_proxy.len(), 2);
        assert!(parse_file("trusted_proxy = [\"proxy\"]").is_err());
    }

    #[test]
    fn a_free_port_for_the_server_is_a_free_port_for_the_demo() {
        let listen = |it: &str| ServeOptions { listen: Some(it.parse().unwrap()), ..ServeOptions::default() }.demo_listen().port();
        assert_eq!(listen("127.0.0.1:0"), 0);
        assert_eq!(listen("127.0.0.1:3000"), 3001);
    }
}
