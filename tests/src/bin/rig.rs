//! `cargo run -p conformance --bin rig -- build DOCUMENT...` writes and compiles the program of each
//! document, as [`conformance::rig`] describes, and prints where it is. With `reach` in the place of
//! `build`, each program calls every operation of its own server as well. The exit code is 1 if a program
//! does not compile, or if an operation is not reached or not answered as declared.

use std::process::{Command, ExitCode};

use camino::Utf8Path;
use conformance::rig;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (reaches, documents) = match arguments.split_first() {
        Some((verb, documents)) if verb == "build" && !documents.is_empty() => (false, documents),
        Some((verb, documents)) if verb == "reach" && !documents.is_empty() => (true, documents),
        _ => {
            eprintln!("Usage: rig build DOCUMENT... | rig reach DOCUMENT...");
            return ExitCode::from(2);
        }
    };
    let mut fine = true;
    for document in documents {
        let document = Utf8Path::new(document);
        match rig::build(document) {
            Ok(program) if reaches => {
                println!("{document}");
                let status = Command::new(program).arg("reach").status();
                fine &= status.is_ok_and(|status| status.success());
            }
            Ok(program) => println!("{program}"),
            Err(problem) => {
                eprintln!("{document}: {problem}");
                fine = false;
            }
        }
    }
    ExitCode::from(u8::from(!fine))
}
