//! The installation's secret key, from which every secret that must be shown again is derived: nothing to steal in the
//! database. Random secrets that are only compared are in `secret`.

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, bail};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Bytes of the key.
const KEY_BYTES: usize = 32;
/// The key's file in the data directory.
pub(crate) const FILE: &str = "secret-key";
/// The environment's name for it; several nodes must share one.
pub(crate) const VARIABLE: &str = "FRONTDESK_SECRET_KEY";

/// 256 secret bits that belong to this installation.
#[derive(Clone)]
pub struct SecretKey(Arc<[u8; KEY_BYTES]>);

// Not derived: the key must not reach a log.
impl std::fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretKey(..)")
    }
}

impl SecretKey {
    /// The key as it stands in a file or a variable: 43 characters of base64url.
    pub fn parse(text: &str) -> anyhow::Result<SecretKey> {
        let bytes = URL_SAFE_NO_PAD.decode(text.trim()).ok().and_then(|it| <[u8; KEY_BYTES]>::try_from(it).ok());
        let Some(bytes) = bytes else { bail!("the secret key is not {KEY_BYTES} bytes in base64url: restore it from a backup") };
        Ok(SecretKey(Arc::new(bytes)))
    }

    /// The key of the environment, or of the data directory, where it is made when there is none.
    pub(crate) fn load(directory: &Path, from_environment: Option<&str>) -> anyhow::Result<SecretKey> {
        if let Some(text) = from_environment {
            return SecretKey::parse(text).context(VARIABLE);
        }
        let path = directory.join(FILE);
        match std::fs::read_to_string(&path) {
            Ok(text) => SecretKey::parse(&text).with_context(|| path.display().to_string()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => make(&path),
            Err(error) => Err(error).with_context(|| format!("{} cannot be read", path.display())),
        }
    }

    /// The secret that belongs to one thing: the same for the same purpose, id and version, and told by nothing else.
    pub(crate) fn derive(&self, purpose: &'static str, id: i64, version: i64) -> String {
        URL_SAFE_NO_PAD.encode(sign(&*self.0, format!("{purpose}:{id}:{version}").as_bytes()))
    }
}

/// HMAC-SHA256. To check a signature, sign again and compare in constant time.
pub(crate) fn sign(key: &[u8], message: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(message);
    mac.finalize().into_bytes().into()
}

/// Writes a new key so that a crash leaves a whole one or none.
fn make(path: &Path) -> anyhow::Result<SecretKey> {
    let text = crate::secret::new_token()?;
    let written = || -> std::io::Result<()> {
        let fresh = path.with_extension("new");
        let mut file = std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&fresh)?;
        writeln!(file, "{text}")?;
        file.sync_all()?;
        std::fs::rename(&fresh, path)
    };
    written().with_context(|| format!("{} cannot be written", path.display()))?;
    SecretKey::parse(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8) -> SecretKey {
        SecretKey(Arc::new([byte; KEY_BYTES]))
    }

    #[test]
    fn a_derived_secret_is_the_same_again_and_differs_by_each_of_its_parts() {
        let secret = key(1).derive("webhook", 7, 1);
        assert_eq!(secret, key(1).derive("webhook", 7, 1));
        assert_eq!(secret.len(), 43);
        for other in [
            key(2).derive("webhook", 7, 1),
            key(1).derive("identity", 7, 1),
            key(1).derive("webhook", 8, 1),
            key(1).derive("webhook", 7, 2),
        ] {
            assert_ne!(secret, other);
        }
    }

    #[test]
    fn a_key_made_once_is_found_again_and_is_for_its_owner_only() {
        use std::os::unix::fs::PermissionsExt;
        let directory = std::env::temp_dir().join(format!("frontdesk_key_{}", std::process::id()));
        std::fs::create_dir_all(&directory).unwrap();
        let made = SecretKey::load(&directory, None).unwrap();
        assert_eq!(SecretKey::load(&directory, None).unwrap().derive("a", 1, 1), made.derive("a", 1, 1));
        assert_eq!(std::fs::metadata(directory.join(FILE)).unwrap().permissions().mode() & 0o777, 0o600);
        std::fs::write(directory.join(FILE), "half a k").unwrap();
        assert!(SecretKey::load(&directory, None).unwrap_err().to_string().contains(FILE));
        std::fs::remove_dir_all(&directory).unwrap();
    }

    #[test]
    fn a_key_never_shows_in_a_log() {
        assert_eq!(format!("{:?}", key(1)), "SecretKey(..)");
    }
}
