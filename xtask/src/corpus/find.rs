//! Which files below a folder are documents.

use camino::{Utf8Path, Utf8PathBuf};

use super::row::Role;

/// A document to try.
#[derive(Debug)]
pub(crate) struct Document {
    /// The path to read it from.
    pub(crate) path: Utf8PathBuf,
    /// The path below the folder.
    pub(crate) name: String,
    /// What its suite says of it.
    pub(crate) role: Role,
    /// The path in the manifest; empty without one.
    pub(crate) listed: String,
}

/// The name of the table of documents.
const MANIFEST: &str = "MANIFEST.tsv";

/// Every document below a folder, sorted by path: those of the nearest manifest, or else every file
/// that says that it is one.
///
/// # Errors
///
/// A sentence, if a folder or the manifest cannot be read.
pub(crate) fn documents(dir: &Utf8Path) -> Result<Vec<Document>, String> {
    let dir = dir
        .canonicalize_utf8()
        .map_err(|error| format!("cannot read {dir}: {error}"))?;
    let manifest = dir
        .ancestors()
        .map(|folder| folder.join(MANIFEST))
        .find(|path| path.is_file());
    let mut documents = match manifest {
        Some(manifest) => listed(&manifest, &dir)?,
        None => {
            let mut paths = Vec::new();
            find(&dir, &mut paths).map_err(|error| format!("cannot read {dir}: {error}"))?;
            let document = |path: Utf8PathBuf| Document {
                name: below(&dir, &path),
                role: Role::Document,
                listed: String::new(),
                path,
            };
            paths.into_iter().map(document).collect()
        }
    };
    documents.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(documents)
}

fn below(dir: &Utf8Path, path: &Utf8Path) -> String {
    let name = path.strip_prefix(dir).unwrap_or(path);
    // The folder may be the document itself.
    if name.as_str().is_empty() {
        path.file_name().unwrap_or_default().to_owned()
    } else {
        name.as_str().to_owned()
    }
}

/// The documents of a manifest that stand below `dir`. Fragments, which other documents refer to, are
/// not documents.
fn listed(manifest: &Utf8Path, dir: &Utf8Path) -> Result<Vec<Document>, String> {
    let text = std::fs::read_to_string(manifest)
        .map_err(|error| format!("cannot read {manifest}: {error}"))?;
    let folder = manifest.parent().unwrap_or(dir);
    let mut lines = text.lines();
    let head: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let column = |name: &str| {
        let found = head.iter().position(|cell| *cell == name);
        found.ok_or_else(|| format!("{manifest} has no column `{name}`"))
    };
    let (path_column, role_column) = (column("path")?, column("role")?);
    let mut documents = Vec::new();
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        let role = match cells.get(role_column) {
            Some(&"root") => Role::Document,
            Some(&"root/negative") => Role::Negative,
            _ => continue,
        };
        let listed = cells.get(path_column).copied().unwrap_or_default();
        let path = folder.join(listed);
        if path.starts_with(dir) {
            documents.push(Document {
                name: below(dir, &path),
                listed: listed.to_owned(),
                path,
                role,
            });
        }
    }
    Ok(documents)
}

fn find(path: &Utf8Path, documents: &mut Vec<Utf8PathBuf>) -> std::io::Result<()> {
    if path.is_dir() {
        for entry in path.read_dir_utf8()? {
            find(entry?.path(), documents)?;
        }
    } else if matches!(path.extension(), Some("yaml" | "yml" | "json")) && is_document(path) {
        documents.push(path.to_owned());
    }
    Ok(())
}

fn is_document(path: &Utf8Path) -> bool {
    let text = std::fs::read(path).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let says = |line: &str| {
        let line = line.trim_start_matches(['{', ' ', '\u{feff}', '\t']);
        [
            "openapi",
            "\"openapi\"",
            "'openapi'",
            "swagger",
            "\"swagger\"",
            "'swagger'",
        ]
        .iter()
        .any(|key| {
            line.strip_prefix(key)
                .is_some_and(|rest| rest.trim_start().starts_with(':'))
        })
    };
    // Minified documents are one line, whose keys may come in any order.
    text.lines().any(says) || text.contains("\"openapi\":\"3") || text.contains("\"swagger\":\"2")
}

#[cfg(test)]
mod tests;
