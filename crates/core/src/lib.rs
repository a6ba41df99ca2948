//! The rules of Frontdesk as pure functions and machines: who may do what, what a message is, what an event tells whom.
//! Deliberately not here: I/O, clocks, randomness, async. Whoever calls brings `now` and the ids.

pub mod address;
pub mod attachment;
pub mod attributes;
pub mod brand;
pub mod browser;
pub mod contact;
pub mod conversation;
pub mod event;
pub mod filter;
pub mod id;
pub mod identity;
pub mod inbox;
pub mod jobs;
pub mod label;
pub mod member;
pub mod permission;
pub mod profile;
pub mod realtime;
pub mod search;
pub mod text;
pub mod time;
pub mod webhook;
pub mod website;
pub mod word;

pub use text::Invalid;
