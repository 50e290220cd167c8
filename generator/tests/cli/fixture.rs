//! Temporary folders to run the command in, and the generator that stands in for the real one.

use std::collections::BTreeMap;
use std::fs;
use std::time::SystemTime;

use camino::{Utf8Path, Utf8PathBuf};
use expect_test::Expect;
use oarlock::cli::{Exit, Host, run};
use oarlock::config::Config;
use oarlock::diagnostic::{Code, Diagnostic, Diagnostics};
use oarlock::source::{Sources, Span};
use oarlock::write::{Files, RUST_MARKER, TOML_MARKER};
use oarlock::{Counts, Generated};
use tempfile::TempDir;

/// Reads lines such as `src/lib.rs: text`, `warning: text`, `error: text`, and `mistake: text` for an
/// error that can be gone on after.
pub(crate) fn generate(sources: &Sources, config: &Config) -> Result<Generated, Diagnostics> {
    let mut files = Files::default();
    let mut warnings = Diagnostics::by(config.policy());
    let mut offset = 0;
    for line in sources.text(sources.root()).lines() {
        let start = u32::try_from(offset).expect("a small document");
        let end = start + u32::try_from(line.len()).expect("a short line");
        let span = Span {
            file: sources.root(),
            start,
            end,
        };
        offset += line.len() + 1;
        match line.split_once(": ") {
            Some(("warning", text)) => {
                warnings.push(Diagnostic::warning(Code::Unsupported, span, text));
            }
            Some(("mistake", text)) => {
                let mistake = Diagnostic::error(Code::RefMissing, span, text);
                warnings.push(mistake.or_else("left out"));
            }
            Some(("error", text)) => warnings.push(Diagnostic::error(Code::WrongType, span, text)),
            Some((path, text)) => {
                let marker = if path.ends_with(".toml") {
                    TOML_MARKER
                } else {
                    RUST_MARKER
                };
                files.insert(path, format!("{marker}\n{text}\n"));
            }
            None => {}
        }
    }
    for secret in &config.secrets {
        warnings.push(Diagnostic::warning(
            Code::ConfigUnused,
            secret.span,
            "matches nothing",
        ));
    }
    if warnings.has_errors() {
        Err(warnings)
    } else {
        Ok(Generated {
            files,
            warnings,
            counts: Counts {
                operations: 2,
                declared_operations: 3,
                types: 4,
                fields: 5,
            },
        })
    }
}

pub(crate) const DOCUMENT: &str = "Cargo.toml: [package]\nsrc/lib.rs: mod a;\nsrc/a.rs: one\n";
pub(crate) const CONFIG: &str = "[[crate]]\ndocument = \"api.yaml\"\nout = \"generated\"\n";

pub(crate) struct Fixture {
    temp: TempDir,
}

pub(crate) struct Ran {
    pub(crate) exit: Exit,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Fixture {
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let fixture = Self {
            temp: tempfile::tempdir().expect("a temporary folder"),
        };
        files
            .iter()
            .for_each(|(path, text)| fixture.put(path, text));
        fixture
    }

    pub(crate) fn root(&self) -> Utf8PathBuf {
        // The system's temporary folder may be a link.
        let root = Utf8Path::from_path(self.temp.path()).expect("its path is UTF-8");
        root.canonicalize_utf8().expect("it is there")
    }

    pub(crate) fn put(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders are made");
        fs::write(path, text).expect("a file is written");
    }

    pub(crate) fn run_in(&self, folder: &str, arguments: &[&str]) -> Ran {
        let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
        let folder = if folder.is_empty() {
            self.root()
        } else {
            self.root().join(folder)
        };
        let mut host = Host {
            folder,
            stdout: &mut stdout,
            stderr: &mut stderr,
            color: false,
            command: "oarlock generate".to_owned(),
            generate,
        };
        let arguments = ["oarlock"].iter().chain(arguments).map(Into::into);
        let exit = run(arguments, &mut host);
        let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8");
        Ran {
            exit,
            stdout: text(stdout),
            stderr: text(stderr),
        }
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.run_in("", arguments)
    }

    pub(crate) fn check(&self, arguments: &[&str], expected: Expect) {
        expected.assert_eq(&self.run(arguments).to_string(&self.root()));
    }

    /// Every file and folder, with its time of change and its bytes.
    pub(crate) fn state(&self) -> BTreeMap<Utf8PathBuf, (SystemTime, Vec<u8>)> {
        let mut state = BTreeMap::new();
        let mut open = vec![self.root()];
        while let Some(path) = open.pop() {
            let metadata = fs::symlink_metadata(&path).expect("metadata");
            if metadata.is_dir() {
                let entries = path.read_dir_utf8().expect("a folder");
                open.extend(entries.map(|entry| entry.expect("an entry").path().to_owned()));
            }
            let bytes = if metadata.is_file() {
                fs::read(&path).expect("a file")
            } else {
                Vec::new()
            };
            state.insert(path, (metadata.modified().expect("a time"), bytes));
        }
        state
    }
}

impl Ran {
    pub(crate) fn to_string(&self, root: &Utf8Path) -> String {
        let text = format!(
            "{:?}\n--- stdout\n{}--- stderr\n{}",
            self.exit, self.stdout, self.stderr
        );
        text.replace(root.as_str(), "ROOT")
    }
}

pub(crate) fn generated() -> Fixture {
    let fixture = Fixture::new(&[("api.yaml", DOCUMENT), ("oarlock.toml", CONFIG)]);
    assert_eq!(fixture.run(&["generate"]).exit, Exit::Fine);
    fixture
}
