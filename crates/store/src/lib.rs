//! Frontdesk's SQL: one text and one door for SQLite and PostgreSQL. [`Store`] is the door; each noun's module holds its
//! statements and the functions that run them. Rules, clocks, randomness and HTTP are deliberately not here.

#![allow(clippy::doc_markdown, reason = "SQLite and PostgreSQL are names, not code")]

pub mod accounts;
pub mod attachments;
pub mod attributes;
mod check;
pub mod chores;
pub mod contact_ends;
pub mod contact_pages;
pub mod contacts;
pub mod conversation_counts;
pub mod conversation_lists;
pub mod conversation_pages;
pub mod conversations;
pub mod conversations_labelled;
pub mod deliveries;
mod engine;
mod error;
pub mod events;
pub mod inbox_members;
pub mod inboxes;
pub mod installation;
mod joined;
pub mod labels;
pub mod marks;
pub mod members;
pub mod messages;
mod migrate;
mod row;
pub mod search;
#[doc(hidden)]
pub mod statement;
#[cfg(feature = "testing")]
pub mod testing;
pub mod users;
mod value;
pub mod webhooks;

pub use check::{Checked, check};
pub use engine::{AccountTx, Location, Options, Store, Tx};
pub use error::StoreError;
pub use joined::Joined;
pub use migrate::Migration;
pub use row::{Cell, FromRow, FromValue, Row};
pub use statement::Statement;
pub use value::{Params, Value};

/// Every statement of every module, for the parity tests.
pub fn all_statements() -> Vec<&'static Statement> {
    [
        engine::account_tx::ALL,
        engine::store::ALL,
        accounts::ALL,
        attachments::ALL,
        chores::ALL,
        contact_ends::ALL,
        contact_pages::ALL,
        contacts::ALL,
        conversation_counts::ALL,
        conversation_lists::ALL,
        conversation_pages::ALL,
        conversations_labelled::ALL,
        conversations::ALL,
        deliveries::ALL,
        events::ALL,
        inbox_members::ALL,
        inboxes::ALL,
        installation::ALL,
        labels::ALL,
        marks::ALL,
        members::ALL,
        messages::ALL,
        search::ALL,
        search::ALL_TWICE,
        users::ALL,
        webhooks::ALL,
    ]
    .concat()
}
