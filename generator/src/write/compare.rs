//! What differs between the files of a run and a folder that was read into memory.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use camino::{Utf8Path, Utf8PathBuf};
use similar::TextDiff;

use super::Files;

/// What lies in an output folder: paths relative to it, with `/` between parts.
pub type Folder = BTreeMap<Utf8PathBuf, Found>;

/// One thing in an output folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A file.
    File {
        /// Its bytes.
        bytes: Vec<u8>,
        /// Whether someone may run it, which nobody needs to.
        executable: bool,
    },
    /// A symbolic link, or something else that is neither a file nor a folder.
    Other,
}

/// How a path differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// It must be there and is not.
    Missing,
    /// It is there and must not be.
    Extra,
    /// It is there, with another content, or as something else than a plain file.
    Edited,
}

/// A path that differs, with both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change<'a> {
    /// The path, relative to the output folder.
    pub path: &'a Utf8Path,
    /// What should be there.
    pub wanted: Option<&'a str>,
    /// What is there.
    pub found: Option<&'a Found>,
}

impl Change<'_> {
    /// How the path differs.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match (self.wanted, self.found) {
            (Some(_), None) => Kind::Missing,
            (None, _) => Kind::Extra,
            (Some(_), Some(_)) => Kind::Edited,
        }
    }
}

/// Every path that differs, sorted.
#[must_use]
pub fn compare<'a>(files: &'a Files, folder: &'a Folder) -> Vec<Change<'a>> {
    let wanted: BTreeMap<&Utf8Path, &str> = files.iter().collect();
    let paths: BTreeSet<&Utf8Path> = wanted
        .keys()
        .copied()
        .chain(folder.keys().map(Utf8PathBuf::as_path))
        .collect();
    let change = |path| {
        let (wanted, found) = (wanted.get(path).copied(), folder.get(path));
        (!is_same(wanted, found)).then_some(Change {
            path,
            wanted,
            found,
        })
    };
    paths.into_iter().filter_map(change).collect()
}

fn is_same(wanted: Option<&str>, found: Option<&Found>) -> bool {
    match (wanted, found) {
        (
            Some(text),
            Some(Found::File {
                bytes,
                executable: false,
            }),
        ) => text.as_bytes() == bytes,
        _ => false,
    }
}

/// The changes as one unified diff, from what is there to what should be there. Paths are shown
/// below `folder`, so that the diff applies at the folder that `folder` is relative to.
#[must_use]
pub fn diff(changes: &[Change<'_>], folder: &Utf8Path) -> String {
    let mut out = String::new();
    for change in changes {
        put_change(&mut out, change, &folder.join(change.path));
    }
    out
}

/// One change. Lines before `---` are notes for people, which tools that read diffs skip.
fn put_change(out: &mut String, change: &Change<'_>, path: &Utf8Path) {
    let old = match change.found {
        Some(_) => format!("a/{path}"),
        None => "/dev/null".to_owned(),
    };
    let new = match change.wanted {
        Some(_) => format!("b/{path}"),
        None => "/dev/null".to_owned(),
    };
    let wanted = change.wanted.unwrap_or("");
    let bytes = match change.found {
        None => [].as_slice(),
        Some(Found::Other) => {
            put(
                out,
                format_args!("{path} is neither a file nor a folder; links are not followed"),
            );
            return;
        }
        Some(Found::File { bytes, executable }) => {
            if *executable && change.wanted.is_some() {
                put(
                    out,
                    format_args!("{path} is executable; a plain file is expected"),
                );
            }
            bytes
        }
    };
    let Ok(found) = std::str::from_utf8(bytes) else {
        put(out, format_args!("{path} is not UTF-8"));
        put(out, format_args!("Binary files {old} and {new} differ"));
        return;
    };
    // Where only the line breaks differ, a diff would repeat the whole file and show nothing.
    if found != wanted && found.replace("\r\n", "\n") == wanted {
        put(
            out,
            format_args!("{path} has CRLF line breaks; LF is expected"),
        );
        put(
            out,
            format_args!("Files {old} and {new} differ in their line breaks"),
        );
        return;
    }
    // An empty file has no lines to show.
    if found.is_empty() && wanted.is_empty() {
        match change.kind() {
            Kind::Missing => put(out, format_args!("{path} is missing; it is empty")),
            Kind::Extra => put(out, format_args!("{path} is extra; it is empty")),
            Kind::Edited => {}
        }
    }
    let diff = TextDiff::from_lines(found, wanted);
    let _ = write!(
        out,
        "{}",
        diff.unified_diff().context_radius(3).header(&old, &new)
    );
}

fn put(out: &mut String, line: std::fmt::Arguments<'_>) {
    let _ = writeln!(out, "{line}");
}

#[cfg(test)]
mod tests;
