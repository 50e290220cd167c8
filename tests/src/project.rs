//! The files of this repository, and the generator on them.

use std::collections::BTreeMap;
use std::fs;

use camino::{Utf8Path, Utf8PathBuf};
use oarlock::Generated;
use oarlock::cli::{Exit, Host};
use oarlock::config::{Config, Project};
use oarlock::diagnostic::Diagnostics;
use oarlock::source::{FileId, Sources};
use tempfile::TempDir;

/// The name of the document.
pub const DOCUMENT: &str = "openapi.yaml";

/// The name of the configuration.
pub const CONFIG: &str = "oarlock.toml";

/// The folder of the generated crate.
pub const GENERATED: &str = "generated";

/// What repairs a generated crate that is out of date.
pub const REPAIR: &str = "cargo xtask codegen";

/// The workspace.
///
/// # Panics
///
/// This package is the workspace's root.
#[must_use]
pub fn root() -> &'static Utf8Path {
    let member = Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
    member.parent().expect("this package is a member")
}

/// A file of the workspace.
///
/// # Panics
///
/// It cannot be read.
#[must_use]
pub fn read(path: impl AsRef<Utf8Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What `oarlock.toml` says about the only crate of this repository.
///
/// # Panics
///
/// It is wrong, or about another number of crates.
#[must_use]
pub fn config() -> Config {
    let project = Project::parse(FileId(1), &read(CONFIG)).expect("the configuration is right");
    let [target] = project.crates.as_slice() else {
        panic!("{CONFIG} has {} crates", project.crates.len());
    };
    target.config.clone()
}

/// A text as the document, and the configuration beside it.
#[must_use]
pub fn sources(path: &str, text: impl Into<String>) -> Sources {
    let mut sources = Sources::new(path, text);
    sources.add(CONFIG, read(CONFIG));
    sources
}

/// Generates the crate of this repository from another text.
///
/// # Errors
///
/// What the generator has against the text.
pub fn generate(path: &str, text: impl Into<String>) -> Result<Generated, Diagnostics> {
    oarlock::generate(&sources(path, text), &config())
}

/// Every file below a folder with its bytes, by its path in there.
///
/// # Panics
///
/// Something in there cannot be read.
#[must_use]
pub fn files(folder: &Utf8Path) -> BTreeMap<Utf8PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            let entries = path.read_dir_utf8().expect("a folder");
            open.extend(entries.map(|entry| entry.expect("an entry").into_path()));
        } else {
            let bytes = fs::read(&path).expect("a file");
            let name = path.strip_prefix(folder).expect("it is below");
            files.insert(name.to_owned(), bytes);
        }
    }
    files
}

/// A copy of what the command reads and writes in this repository.
#[derive(Debug)]
pub struct Copy {
    folder: TempDir,
}

/// What a run of the command did.
#[derive(Debug)]
pub struct Ran {
    /// How it ended.
    pub exit: Exit,
    /// What it printed as a result.
    pub stdout: String,
    /// What it said.
    pub stderr: String,
}

impl Copy {
    /// Copies the document, the configuration and the generated crate.
    ///
    /// # Panics
    ///
    /// The disk is full, or the like.
    #[must_use]
    pub fn new() -> Self {
        let copy = Self {
            folder: tempfile::tempdir().expect("a temporary folder"),
        };
        copy.put(DOCUMENT, read(DOCUMENT));
        copy.put(CONFIG, read(CONFIG));
        for (path, bytes) in files(&root().join(GENERATED)) {
            copy.put(Utf8Path::new(GENERATED).join(path), bytes);
        }
        copy
    }

    /// Where the copy is.
    ///
    /// # Panics
    ///
    /// The path is not UTF-8.
    #[must_use]
    pub fn root(&self) -> Utf8PathBuf {
        let path = Utf8Path::from_path(self.folder.path()).expect("its path is UTF-8");
        // The system's folder for temporary files may be a link.
        path.canonicalize_utf8().expect("it is there")
    }

    /// Writes a file, and the folders that it is in.
    ///
    /// # Panics
    ///
    /// The disk is full, or the like.
    pub fn put(&self, path: impl AsRef<Utf8Path>, text: impl AsRef<[u8]>) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders are made");
        fs::write(path, text).expect("a file is written");
    }

    /// Runs `oarlock` with these arguments in the copy.
    ///
    /// # Panics
    ///
    /// It prints something that is not UTF-8.
    #[must_use]
    pub fn run(&self, arguments: &[&str]) -> Ran {
        let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
        let mut host = Host {
            folder: self.root(),
            stdout: &mut stdout,
            stderr: &mut stderr,
            color: false,
            command: REPAIR.to_owned(),
            generate: oarlock::generate,
        };
        let arguments = ["oarlock"].iter().chain(arguments).map(Into::into);
        let exit = oarlock::cli::run(arguments, &mut host);
        let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8");
        Ran {
            exit,
            stdout: text(stdout),
            stderr: text(stderr),
        }
    }
}

impl Default for Copy {
    fn default() -> Self {
        Self::new()
    }
}
