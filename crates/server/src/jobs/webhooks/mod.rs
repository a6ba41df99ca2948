//! Webhooks: deliveries are made of the log (`making`), sent in order, one at a time for each webhook (`lanes`, `client`),
//! and forgotten when they are old. Nothing is sent that is not committed, and nothing that is committed is forgotten.

mod client;
mod forgetting;
mod lanes;
mod making;
mod payload;

pub(crate) use client::Client;
pub use client::WebhookLimits;
pub(crate) use lanes::Lanes;

pub(super) use forgetting::run as forget;
pub(super) use lanes::run as send;
pub(super) use making::run as make;
