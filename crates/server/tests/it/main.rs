//! What the server promises, tried from outside: over REST, over sockets and through the binary, on both engines. One
//! binary, so that it links once. Rules by themselves are tested in core, SQL in the store.

#![allow(clippy::doc_markdown, reason = "SQLite and PostgreSQL are names, not code")]

mod app;
mod assigning;
mod backup;
mod binary;
mod bodies;
mod call;
mod contacts;
mod contract;
mod covers;
mod deleting;
mod deliveries;
mod directory;
mod doctor;
mod errors;
mod files;
mod fold;
mod forgetting;
mod fuzz;
mod headers;
mod hearing;
mod hello;
mod identifying;
mod inboxes;
mod jobs;
mod joining;
mod labels;
mod limits;
mod lists;
mod login;
mod marks;
mod merging;
mod nodes;
mod outage;
mod people;
mod profile;
mod program;
mod random;
mod reading;
mod receiver;
mod resuming;
mod routes;
mod searching;
mod sending;
mod setup;
mod shape;
mod shapes;
mod shown;
mod socket;
mod sql;
mod statuses;
mod upgrade;
mod webhooks;
mod writing;
