//! The command `oarlock`.

use std::process::ExitCode;

fn main() -> ExitCode {
    oarlock::cli::main(std::env::args_os(), None, "oarlock generate")
}
