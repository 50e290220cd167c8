//! `cargo run -p conformance --bin openai` generates a crate of three operations of OpenAI's document, and runs a
//! program that calls them: a chat that is streamed, a file that is uploaded, and a transcription. The server is
//! written by hand and speaks as the documentation says. Says so and does nothing where the document is not there.

use std::error::Error;
use std::fs;
use std::process::{Command, ExitCode};

use conformance::project;
use oarlock::config::Project;
use oarlock::source::{FileId, Sources};

/// The document, from the root of the repository.
const DOCUMENT: &str = "../shared/corpus/flagship/openai.json";

/// Three operations, so that the crate compiles in a minute.
const CONFIG: &str = r#"[[crate]]
document = "openai.json"
out = "api"
include = ["id:createChatCompletion", "id:createFile", "id:createTranscription"]
"#;

const PROGRAM: &str = include_str!("../openai/program.rs");
const MANIFEST: &str = include_str!("../openai/manifest.toml");

fn main() -> ExitCode {
    let path = project::root().join(DOCUMENT);
    let Ok(text) = fs::read_to_string(&path) else {
        println!("skipped: there is no {path}");
        return ExitCode::SUCCESS;
    };
    match run(text) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Writes the program and runs it; whether it ends well.
fn run(text: String) -> Result<bool, Box<dyn Error>> {
    let folder = project::root().join("target/openai");
    let _ = fs::remove_dir_all(folder.join("api"));
    let sources = Sources::new("openai.json", text);
    let project = Project::parse(FileId(1), CONFIG).map_err(|_| "the configuration is wrong")?;
    let target = project.crates.into_iter().next();
    let config = target.ok_or("the configuration has no crate")?.config;
    let generated = oarlock::generate(&sources, &config);
    let generated = generated.map_err(|findings| findings.render(&sources, false))?;
    let files = generated.files.iter();
    let files = files.map(|(path, text)| (format!("api/{path}"), text));
    let own = [("Cargo.toml", MANIFEST), ("src/main.rs", PROGRAM)];
    let own = own.map(|(path, text)| (path.to_owned(), text));
    for (path, text) in files.chain(own) {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().ok_or("a file without a folder")?)?;
        fs::write(path, text)?;
    }
    let manifest = folder.join("Cargo.toml");
    let mut cargo = Command::new(env!("CARGO"));
    let status = cargo
        .args(["run", "--quiet", "--manifest-path"])
        .arg(manifest)
        .status()?;
    Ok(status.success())
}
