//! The program that the types of a document become: it reads values and answers what became of them.

use std::error::Error;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use camino::Utf8PathBuf;
use oarlock::Phase;
use oarlock_runtime::source::FILES;
use serde_json::Value;

use super::compare::Answer;
use super::document::Document;
use crate::project;

/// A schema that has a type in the program.
#[derive(Debug, Clone)]
pub(super) struct Component {
    /// What the program calls it.
    pub(super) index: usize,
    /// Where the document has it.
    pub(super) pointer: String,
    /// The name of its type.
    name: String,
    /// Whether that is another name of a type, which has nothing to check: its uses have (E1).
    is_alias: bool,
}

/// The program, running.
pub(super) struct Program {
    components: Vec<Component>,
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

/// The crate of the document is taken without its client and its server.
const MANIFEST: &str = r#"[package]
name = "oracle"
version = "0.0.0"
edition = "2024"
publish = false

[dependencies]
api = { path = "api", default-features = false }
serde = "1"
serde_json = "1"
serde_path_to_error = "0.1"

[profile.dev]
debug = false
incremental = false

[workspace]
members = ["api"]
"#;

/// Reads values, one a line, and answers each with a line.
const MAIN: &str = r#"use std::io::{BufRead, Write};

mod strict;

use api::types::Validate;
use serde_json::{Value, json};

/// Only some types have anything to check. A method of the reference is found second.
struct Probe<T>(T);

trait Checked {
    fn violations(&self) -> Option<Vec<String>>;
}

impl<T: Validate> Checked for Probe<T> {
    fn violations(&self) -> Option<Vec<String>> {
        let violations = self.0.validate().err().into_iter().flatten();
        Some(violations.map(|it| format!("{} {}", it.keyword, it.pointer)).collect())
    }
}

trait Unchecked {
    fn violations(&self) -> Option<Vec<String>>;
}

impl<T> Unchecked for &Probe<T> {
    fn violations(&self) -> Option<Vec<String>> {
        None
    }
}

macro_rules! probe {
    ($ty:ty, $text:expr) => {{
        let mut reader = serde_json::Deserializer::from_str($text);
        match serde_path_to_error::deserialize::<_, $ty>(strict::Strict::new(&mut reader)) {
            Err(error) => json!({ "refused": error.to_string() }),
            Ok(value) => {
                let probe = Probe(value);
                let violations = (&probe).violations();
                match serde_json::to_value(&probe.0) {
                    Ok(value) => json!({ "written": value, "violations": violations }),
                    Err(error) => json!({ "refused": format!("not written: {error}") }),
                }
            }
        }
    }};
}

fn answer(component: usize, text: &str) -> Value {
    match component {
ARMS
        _ => Value::Null,
    }
}

fn main() {
    let mut output = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let Ok(line) = line else { return };
        let Some((component, text)) = line.split_once(' ') else { return };
        let answer = answer(component.parse().unwrap_or(usize::MAX), text);
        if writeln!(output, "{answer}").and_then(|()| output.flush()).is_err() {
            return;
        }
    }
}
"#;

impl Program {
    /// Writes, compiles and starts the program of a document.
    pub(super) fn build(document: &Document, shown: &str) -> Result<Self, Box<dyn Error>> {
        let components = components(document)?;
        let folder = Utf8PathBuf::from(project::root())
            .join("target/oracle")
            .join(shown.replace(['/', '.'], "-"));
        let source = folder.join("src");
        let _ = std::fs::remove_dir_all(&folder);
        let generated = document.generated()?;
        for (path, text) in generated.files.iter() {
            write(&folder.join("api").join(path), text)?;
        }
        write(&folder.join("Cargo.toml"), MANIFEST)?;
        let mut arms = String::new();
        for component in &components {
            writeln!(
                arms,
                "        {} => probe!(api::types::{}, text),",
                component.index, component.name
            )?;
        }
        // Types alone bring no reader of JSON, so the program has the one that a client has.
        let strict = FILES.iter().find(|file| file.path == "strict.rs");
        write(
            &source.join("strict.rs"),
            strict.map_or("", |file| file.text),
        )?;
        write(&source.join("main.rs"), &MAIN.replace("ARMS\n", &arms))?;
        // One folder for all programs, so that what they depend on is compiled once.
        let target = Utf8PathBuf::from(project::root()).join("target/oracle/target");
        let built = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--color", "never", "--manifest-path"])
            .arg(folder.join("Cargo.toml"))
            .arg("--target-dir")
            .arg(&target)
            .output()?;
        if !built.status.success() {
            let errors = String::from_utf8_lossy(&built.stderr);
            let first: Vec<&str> = errors.lines().take(40).collect();
            return Err(format!("the types do not compile:\n{}", first.join("\n")).into());
        }
        // The next program would be written over this one.
        let own = folder.join("oracle");
        std::fs::copy(target.join("debug/oracle"), &own)?;
        let mut child = Command::new(&own)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err("the program has no pipes".into());
        };
        Ok(Self {
            components,
            child,
            input,
            output: BufReader::new(output),
        })
    }

    /// The schemas that have a type.
    pub(super) fn components(&self) -> Vec<Component> {
        self.components.clone()
    }

    /// What becomes of a value.
    pub(super) fn answer(
        &mut self,
        component: &Component,
        value: &Value,
    ) -> Result<Answer, Box<dyn Error>> {
        writeln!(self.input, "{} {value}", component.index)?;
        self.input.flush()?;
        let mut line = String::new();
        self.output.read_line(&mut line)?;
        let mut answer: Value = serde_json::from_str(&line)?;
        if let Some(message) = answer.get("refused").and_then(Value::as_str) {
            return Ok(Answer::Refused(message.to_owned()));
        }
        let violations = answer["violations"].as_array().cloned();
        Ok(Answer::Taken {
            written: answer["written"].take(),
            is_alias: component.is_alias,
            violations: violations.unwrap_or_default(),
        })
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The schemas of the document that have a type, in the order of the generator.
fn components(document: &Document) -> Result<Vec<Component>, Box<dyn Error>> {
    let lowered = document.phase(Phase::Lower)?;
    let planned = document.phase(Phase::Plan)?;
    let list = |value: &Value| value["types"].as_array().cloned().unwrap_or_default();
    let pairs = list(&lowered).into_iter().zip(list(&planned));
    let mut components = Vec::new();
    for (index, (def, plan)) in pairs.enumerate() {
        let pointer = def["origin"]["pointer"].as_str().unwrap_or_default();
        let name = plan["name"].as_str().unwrap_or_default();
        // What is only sent in parts is no value of JSON.
        let is_form = def["definition"]["Struct"]["role"] == "Form";
        let is_component = def["name"].get("Component").is_some() && !is_form;
        if is_component && !plan["module"].is_null() && document.resolve(pointer).is_some() {
            components.push(Component {
                index,
                pointer: pointer.to_owned(),
                name: name.to_owned(),
                is_alias: !def["definition"]["Alias"].is_null(),
            });
        }
    }
    Ok(components)
}

fn write(path: &camino::Utf8Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, text)
}
