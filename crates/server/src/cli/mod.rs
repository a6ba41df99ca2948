//! The command line: its words, and which command does what. Each command has a file of its own.

mod account;
mod backup;
mod base_url;
mod doctor;
mod member;
pub(crate) mod open;
mod open_files;
mod restore;
mod search;
mod serve;
mod user;

use clap::{Parser, Subcommand};

/// Live chat for your website, on your own machine.
#[derive(Debug, Parser)]
#[command(name = "frontdesk", version, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the server
    Serve(crate::config::ServeOptions),
    /// Accounts
    #[command(subcommand)]
    Account(account::Command),
    /// Members of an account
    #[command(subcommand)]
    Member(member::Command),
    /// People who can log in
    #[command(subcommand)]
    User(user::Command),
    /// Write a backup, also while the server runs
    Backup(backup::Backup),
    /// Restore a backup into the data directory
    Restore(restore::Restore),
    /// The index of words
    #[command(subcommand)]
    Search(search::Command),
    /// Look at the installation and say what is wrong
    Doctor(doctor::Doctor),
    /// Print the description of the REST API
    Openapi,
}

/// Runs the command; an error is for people, and ends with status 1.
pub async fn run(cli: Cli) -> anyhow::Result<()> {
    match cli.command {
        Command::Serve(options) => serve::run(options).await,
        Command::Account(command) => account::run(command).await,
        Command::Member(command) => member::run(command).await,
        Command::User(command) => user::run(command).await,
        Command::Backup(backup) => backup::run(backup).await,
        Command::Restore(restore) => restore::run(restore).await,
        Command::Search(command) => search::run(command).await,
        Command::Doctor(doctor) => doctor::run(doctor).await,
        Command::Openapi => print(&crate::http::openapi::text()?),
    }
}

/// Prints to standard output; that nobody reads it is no fault of ours.
fn print(text: &str) -> anyhow::Result<()> {
    use std::io::Write;
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        written => Ok(written?),
    }
}
