//! The program: `webhook-service --help` tells what it can do.

mod cli;
mod commands;
mod listen;
mod serve;

use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;
use webhook_service::clock::{Clock, FileClock, SystemClock};

use crate::cli::{Cli, Command};

/// What ends the program with a line on the standard error.
type Failure = Box<dyn Error + Send + Sync>;

fn main() -> ExitCode {
    let cli = Cli::parse();
    tracing_subscriber::fmt()
        .with_max_level(cli.log)
        .with_ansi(false)
        .with_writer(std::io::stderr)
        .init();
    match run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // If even this cannot be written, the exit code says it.
            let _ = writeln!(std::io::stderr(), "error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> Result<(), Failure> {
    let clock = clock(cli.clock_file.as_deref())?;
    match cli.command {
        Command::Serve {
            database,
            listen,
            egress,
        } => serve::run(&database.db, clock, listen, egress.policy()),
        Command::Listen { listen, secrets } => listen::run(&secrets, clock, listen),
        command => commands::run(command, clock),
    }
}

fn clock(file: Option<&Path>) -> Result<Arc<dyn Clock>, Failure> {
    Ok(match file {
        Some(file) => {
            let clock = FileClock::new(file);
            Arc::new(clock.map_err(|error| format!("{}: {error}", file.display()))?)
        }
        None => Arc::new(SystemClock),
    })
}
