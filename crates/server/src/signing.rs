//! What makes a webhook's delivery trustworthy: its secret, its signature and its own name. All are derived from the
//! installation's key, so there is nothing to steal in the database.

use std::fmt::Write;

use frontdesk_core::id::DeliveryId;
use frontdesk_store::webhooks::Webhook;
use uuid::Builder;

use crate::key::{self, SecretKey};

/// The secret that receivers check signatures with.
pub(crate) fn webhook_secret(key: &SecretKey, webhook: &Webhook) -> String {
    key.derive("webhook", webhook.id.0, webhook.secret_version)
}

/// The name of a delivery, the same at every try: receivers know a repeat by it.
pub(crate) fn delivery_name(key: &SecretKey, id: DeliveryId) -> String {
    let derived = key.derive("delivery", id.0, 1);
    let digest = key::sign(derived.as_bytes(), b"");
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    Builder::from_random_bytes(bytes).into_uuid().to_string()
}

/// The signature of a body sent at `timestamp`, in unix seconds: `sha256=` and the HMAC of "timestamp.body" in hexadecimal.
pub(crate) fn signature(secret: &str, timestamp: i64, body: &str) -> String {
    let digest = key::sign(secret.as_bytes(), format!("{timestamp}.{body}").as_bytes());
    digest.iter().fold("sha256=".to_owned(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _infallible = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_what_other_programs_compute() {
        // printf '1700000000.{"a":1}' | openssl dgst -sha256 -hmac secret
        let expected = "sha256=49f24e537407743fa4a0242bb63b94b9a47ee99cbbe071ccd8a22550ae411686";
        assert_eq!(signature("secret", 1_700_000_000, "{\"a\":1}"), expected);
    }

    #[test]
    fn each_delivery_has_one_name() {
        let key = SecretKey::parse(&"A".repeat(43)).unwrap();
        assert_eq!(delivery_name(&key, DeliveryId(1)), delivery_name(&key, DeliveryId(1)));
        assert_ne!(delivery_name(&key, DeliveryId(1)), delivery_name(&key, DeliveryId(2)));
        assert_eq!(delivery_name(&key, DeliveryId(1)).len(), 36);
    }
}
