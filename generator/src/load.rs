//! Text to tree: YAML and JSON into one spanned tree, within limits.

mod build;
mod files;
mod gather;
mod json;
mod limits;
mod link;
pub mod number;
mod overlay;
mod page;
mod tree;
mod yaml;

pub(crate) use files::{Astray, End};
pub use gather::{Answer, Read, gather};
pub use limits::Limits;
pub(crate) use link::{Refused, percent_decoded};
pub(crate) use tree::FormerPlace;
pub use tree::{Entry, Node, NodeId, Tree, Value};

use build::{Input, Refusal};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Sources};

/// Reads the root document of `sources`, and every file that it refers to as far as `sources` has it.
///
/// The text of the root document may be JSON, YAML, or a Markdown page with one fenced block that is
/// an OpenAPI document; the other files are JSON or YAML. Overlays are applied. `None` means that there is no tree; the
/// findings say why.
pub fn load<'s>(
    diagnostics: &mut Diagnostics,
    sources: &'s Sources,
    limits: &Limits,
) -> Option<Tree<'s>> {
    let mut files = sources.documents().into_iter();
    let (root, locations) = files.next()?;
    let mut tree = load_file(diagnostics, sources, root, limits)?;
    let node = tree.root();
    tree.files_mut().add(root, &locations, node);
    for (file, locations) in files {
        let limits = limits.without(&tree);
        let input = Input::whole(sources.text(file), file);
        let path = sources.get(file).map_or("", |file| &file.path);
        let mut found = Diagnostics::new(false);
        match read(&mut found, path, bare(input, &limits), &limits) {
            Some(part) => {
                let node = tree.absorb(part);
                tree.files_mut().add(file, &locations, node);
                diagnostics.append(found);
            }
            None => {
                tree.files_mut().note_unreadable(&locations);
                diagnostics.append_with(found, "the file is taken for missing");
            }
        }
    }
    tree.files_mut().note_unread(sources);
    let overlays = overlays(diagnostics, &mut tree, sources, limits);
    overlay::apply(diagnostics, &mut tree, &overlays, limits);
    Some(tree)
}

/// The roots of the overlays of `sources`, as far as they can be read, in the tree.
fn overlays<'s>(
    diagnostics: &mut Diagnostics,
    tree: &mut Tree<'s>,
    sources: &'s Sources,
    limits: &Limits,
) -> Vec<NodeId> {
    let mut roots = Vec::new();
    for file in sources.overlays() {
        let limits = limits.without(tree);
        let input = Input::whole(sources.text(file), file);
        let path = sources.get(file).map_or("", |file| &file.path);
        if let Some(part) = read(diagnostics, path, bare(input, &limits), &limits) {
            roots.push(tree.absorb(part));
        }
    }
    roots
}

/// Reads any file of `sources`, as [`load`] reads the root document.
pub fn load_file<'s>(
    diagnostics: &mut Diagnostics,
    sources: &'s Sources,
    file: FileId,
    limits: &Limits,
) -> Option<Tree<'s>> {
    let path = sources.get(file).map_or("", |file| &file.path);
    let input = document(path, Input::whole(sources.text(file), file), limits);
    read(diagnostics, path, input, limits)
}

/// Adds a file to a tree, and gives its root. What is wrong with it is told when it is loaded.
fn add_quietly<'s>(
    tree: &mut Tree<'s>,
    location: &str,
    text: &'s str,
    limits: &Limits,
) -> Option<NodeId> {
    let file = tree.files().next_id();
    let limits = limits.without(tree);
    let input = Input::whole(text, file);
    let input = match tree.is_empty() {
        true => document(location, input, &limits),
        false => bare(input, &limits),
    };
    let part = read(&mut Diagnostics::new(false), location, input, &limits)?;
    let root = tree.absorb(part);
    tree.files_mut().add(file, &[location.to_owned()], root);
    Some(root)
}

fn read<'s>(
    diagnostics: &mut Diagnostics,
    path: &str,
    input: Result<Input<'s>, Refusal>,
    limits: &Limits,
) -> Option<Tree<'s>> {
    let tree = input.and_then(|input| parse(diagnostics, path, input, limits));
    tree.unwrap_or_else(|refusal| {
        diagnostics.push(*refusal);
        None
    })
}

/// The part of the root file that is the document: not the byte order mark, and not the page around
/// it.
fn document<'s>(path: &str, file: Input<'s>, limits: &Limits) -> Result<Input<'s>, Refusal> {
    let input = bare(file, limits)?;
    if page::is_page(path) {
        page::document(input)
    } else {
        Ok(input)
    }
}

/// The text of a file without the byte order mark.
fn bare<'s>(file: Input<'s>, limits: &Limits) -> Result<Input<'s>, Refusal> {
    let max_bytes = limits.max_bytes.min(u32::MAX as usize);
    if file.text.len() > max_bytes {
        let message = format!(
            "the file has {} bytes, which is more than {max_bytes}",
            file.text.len()
        );
        return Err(Box::new(Diagnostic::error(
            Code::Limit,
            file.span(0, 0),
            message,
        )));
    }
    Ok(match file.text.strip_prefix('\u{FEFF}') {
        Some(text) => Input {
            text,
            base: file.text.len() - text.len(),
            ..file
        },
        None => file,
    })
}

fn parse<'s>(
    diagnostics: &mut Diagnostics,
    path: &str,
    input: Input<'s>,
    limits: &Limits,
) -> Result<Option<Tree<'s>>, Refusal> {
    if !input
        .text
        .trim_start_matches([' ', '\t', '\r', '\n'])
        .starts_with(['{', '['])
    {
        return yaml::parse(diagnostics, input, limits);
    }
    // What is wrong is told by one of the two readers only, so each collects for itself first.
    let mut from_json = Diagnostics::new(false);
    let not_json = match json::parse(&mut from_json, input, limits) {
        Err(refusal) if refusal.code == Code::Syntax => refusal,
        read => {
            diagnostics.append(from_json);
            return read;
        }
    };
    // Trailing commas, comments and single quotes are all right in YAML, of which JSON is a part.
    let mut from_yaml = Diagnostics::new(false);
    match yaml::parse(&mut from_yaml, input, limits) {
        Err(refusal) if refusal.code == Code::Syntax => Err(not_json),
        read => {
            if path.to_ascii_lowercase().ends_with(".json") {
                diagnostics.push(as_warning(*not_json));
            }
            diagnostics.append(from_yaml);
            read
        }
    }
}

fn as_warning(mut not_json: Diagnostic) -> Diagnostic {
    not_json.severity = crate::diagnostic::Severity::Warning;
    not_json.help("the file is read as YAML")
}

#[cfg(test)]
mod tests;
