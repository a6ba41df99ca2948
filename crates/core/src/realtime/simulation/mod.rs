//! One server, its database, ten clients and a bad network, played from a seed: what the rules of feed, resume and
//! messages promise must hold in every history. Not a test of the real server: its sockets and its SQL have their own.
//!
//! `SIM_SEED=n` plays one history, `SIM_SEEDS=n` that many; `SIM_STORIES=1` with `--nocapture` tells how each mistake of
//! `plant` was found. A history that breaks a promise is shrunk and told in words.

mod action;
mod cast;
mod check;
mod client;
mod delivery;
mod durable;
mod network;
mod plan;
mod plant;
mod requests;
mod rng;
mod server;
mod shrink;
mod state;
mod tests;
mod wire;
mod world;
