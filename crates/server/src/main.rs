//! The binary: reads the command line, starts the runtime and the log, and turns an error into a sentence and a status.

use std::process::ExitCode;

use clap::Parser;
use frontdesk::Cli;
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    // A usage error ends here with status 2.
    let cli = Cli::parse();
    let filter = EnvFilter::try_from_env("FRONTDESK_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&anyhow::Error::new(error).context("the system gives no threads")),
    };
    let outcome = runtime.block_on(frontdesk::run(cli));
    // What was interrupted is not waited for.
    runtime.shutdown_background();
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error),
    }
}

#[expect(clippy::print_stderr, reason = "the last words of a command are for people, not for the log")]
fn fail(error: &anyhow::Error) -> ExitCode {
    eprintln!("frontdesk: {error:#}");
    ExitCode::FAILURE
}
