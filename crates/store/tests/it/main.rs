//! What the store promises, tried on both engines. One binary, so that it links once.

#![allow(clippy::doc_markdown, reason = "SQLite and PostgreSQL are names, not code")]

mod accounts;
mod answers;
mod conflicts;
mod desk;
mod disk;
mod duplicates;
mod guard;
mod lanes;
mod leaving;
mod migrations;
mod pages;
mod parity;
mod places;
mod plans;
mod queue;
mod snapshots;
mod unsearched;
mod values;
