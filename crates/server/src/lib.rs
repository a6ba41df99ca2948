//! The Frontdesk server: HTTP, sockets, configuration and command line over the store. Rules are in `frontdesk-core`, SQL
//! in `frontdesk-store`. `http` and `realtime` do not know each other: they meet through the event log.

mod actions;
mod app;
mod auth;
mod backup;
mod cli;
mod clock;
mod config;
mod control;
mod data;
mod demo;
mod files;
mod gate;
mod http;
mod jobs;
mod key;
mod limits;
mod listen;
mod metrics;
mod reads;
mod realtime;
mod secret;
mod setup;
mod sightings;
mod signing;
mod snippet;
#[doc(hidden)]
pub mod testing;
mod views;

pub use app::{App, Installation};
pub use cli::{Cli, run};
pub use clock::Clock;
pub use http::router;
pub use jobs::webhooks::WebhookLimits;
pub use key::SecretKey;
pub use limits::Limits;
pub use listen::serve;
pub use realtime::hub::Hub;
