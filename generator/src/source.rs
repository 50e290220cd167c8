//! The texts that a run works on, and places in them.

mod decode;
mod lines;

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

pub use decode::decode;
use lines::LineIndex;

/// Which file of [`Sources`] a place lies in. The root document is file 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize)]
pub struct FileId(pub u32);

/// A place: a range of bytes in one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// The first byte.
    pub start: u32,
    /// The byte behind the last one.
    pub end: u32,
}

/// One text as the caller read it, with the name to show in messages.
#[derive(Clone)]
pub struct SourceFile {
    /// The name that messages show, as the user wrote it.
    pub path: String,
    /// The whole text.
    pub text: String,
}

/// Every text of a run. The library reads no files: the caller hands the texts over.
#[derive(Debug, Clone)]
pub struct Sources {
    files: Vec<SourceFile>,
    /// One index per file, made when the first position of the file is asked for.
    lines: Vec<OnceLock<LineIndex>>,
    /// The files that the document refers to, by their location. One file may go by several.
    referred: BTreeMap<String, Referred>,
    overlays: Vec<FileId>,
}

#[derive(Debug, Clone)]
enum Referred {
    Read(FileId),
    Unread(Unread),
}

/// Why a file that a document refers to was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// The reason, as the end of a sentence about the file: `there is no such file`.
    pub reason: String,
    /// What to do about it, if there is something to say.
    pub help: Option<String>,
}

/// A position as people count: both numbers start at 1, and columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

impl Unread {
    /// A reason, with nothing to do about it.
    #[must_use]
    pub fn new(reason: &str) -> Self {
        Self {
            reason: reason.to_owned(),
            help: None,
        }
    }
}

impl Sources {
    /// Sources with `root` as the document to generate from.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        let mut sources = Self {
            files: Vec::new(),
            lines: Vec::new(),
            referred: BTreeMap::new(),
            overlays: Vec::new(),
        };
        sources.add(path, text);
        sources
    }

    /// Adds a file, for example the configuration, so that messages can point into it.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(SourceFile {
            path: path.into(),
            text: text.into(),
        });
        self.lines.push(OnceLock::new());
        id
    }

    /// Adds an overlay. Overlays are applied to the document in the order in which they are added.
    pub fn add_overlay(&mut self, path: impl Into<String>, text: impl Into<String>) -> FileId {
        let id = self.add(path, text);
        self.overlays.push(id);
        id
    }

    /// The overlays, in order.
    pub(crate) fn overlays(&self) -> impl Iterator<Item = FileId> {
        self.overlays.iter().copied()
    }

    /// Adds a file that the document refers to. Its location is its path below the folder of the
    /// root document, with `/` between its parts and without `.` and `..`.
    pub fn add_referred(&mut self, location: &str, text: impl Into<String>) -> FileId {
        let id = self.add(format!("{}{location}", self.folder()), text);
        self.referred
            .insert(location.to_owned(), Referred::Read(id));
        id
    }

    /// Says that two locations are the same file, as a symbolic link makes them.
    pub fn add_alias(&mut self, location: &str, same_as: &str) {
        if let Some(known) = self.referred.get(same_as).cloned() {
            self.referred.insert(location.to_owned(), known);
        } else if same_as == self.root_location() {
            let root = Referred::Read(self.root());
            self.referred.insert(location.to_owned(), root);
        }
    }

    /// Says why a file that the document refers to cannot be read.
    pub fn add_unread(&mut self, location: &str, unread: Unread) {
        self.referred
            .insert(location.to_owned(), Referred::Unread(unread));
    }

    /// The location of the root document: its name.
    #[must_use]
    pub fn root_location(&self) -> &str {
        self.location(self.root())
    }

    /// The path of a file below the folder of the root document.
    fn location(&self, id: FileId) -> &str {
        let path = self.get(id).map_or("", |file| &file.path);
        path.strip_prefix(self.folder()).unwrap_or(path)
    }

    /// Every file that the document consists of, the root document first, with its locations: its
    /// own, and those that are links to it.
    pub(crate) fn documents(&self) -> Vec<(FileId, Vec<String>)> {
        let mut documents: BTreeMap<FileId, Vec<String>> = BTreeMap::new();
        documents.insert(self.root(), vec![self.root_location().to_owned()]);
        for (location, referred) in &self.referred {
            let Referred::Read(id) = referred else {
                continue;
            };
            let own = || vec![self.location(*id).to_owned()];
            let locations = documents.entry(*id).or_insert_with(own);
            if !locations.contains(location) {
                locations.push(location.clone());
            }
        }
        documents.into_iter().collect()
    }

    /// The files that could not be read.
    pub(crate) fn unread(&self) -> impl Iterator<Item = (&str, &Unread)> {
        self.referred
            .iter()
            .filter_map(|(location, referred)| match referred {
                Referred::Unread(unread) => Some((location.as_str(), unread)),
                Referred::Read(_) => None,
            })
    }

    /// The path of the root document up to its name.
    fn folder(&self) -> &str {
        let path = self.get(self.root()).map_or("", |file| &file.path);
        let name = path.rfind(['/', '\\']).map_or(0, |at| at + 1);
        path.get(..name).unwrap_or("")
    }

    /// The root document's id.
    #[must_use]
    pub const fn root(&self) -> FileId {
        FileId(0)
    }

    /// The file behind an id, if there is one.
    #[must_use]
    pub fn get(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(id.0 as usize)
    }

    /// The text of a file, empty if there is none.
    #[must_use]
    pub fn text(&self, id: FileId) -> &str {
        self.get(id).map_or("", |file| &file.text)
    }

    /// The bytes that a span covers, empty if the span lies outside.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text(span.file)
            .get(span.start as usize..span.end as usize)
            .unwrap_or("")
    }

    /// Where a span starts, as line and column.
    ///
    /// The lines of a file are looked for once, so that thousands of positions in a long document
    /// cost next to nothing each, even if the document is a single line.
    #[must_use]
    pub fn position(&self, span: Span) -> Position {
        let text = self.text(span.file);
        self.index(span.file)
            .map_or(Position { line: 1, column: 1 }, |index| {
                index.position(text, span.start as usize)
            })
    }

    /// The bytes of the line that a span starts on, without the line break.
    #[must_use]
    pub fn line_range(&self, span: Span) -> Range<usize> {
        let text = self.text(span.file);
        self.index(span.file)
            .map_or(0..0, |index| index.line_range(text, span.start as usize))
    }

    fn index(&self, id: FileId) -> Option<&LineIndex> {
        let file = self.get(id)?;
        Some(
            self.lines
                .get(id.0 as usize)?
                .get_or_init(|| LineIndex::new(&file.text)),
        )
    }
}

impl fmt::Debug for SourceFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SourceFile({}, {} bytes)", self.path, self.text.len())
    }
}
