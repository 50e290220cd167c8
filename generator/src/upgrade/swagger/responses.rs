//! Responses: a `schema` becomes the content of every media type that is produced (X7).

use std::borrow::Cow;

use crate::load::{Entry, FormerPlace, NodeId, Tree, Value};
use crate::source::Span;

use super::media::{self, MediaTypes};
use super::{edit, files, followed};

/// Rewrites the responses of an operation. One that is shared by reference stays shared, unless the
/// operation produces other media types than the rest of the document.
pub(super) fn of_operation<'s>(
    tree: &mut Tree<'s>,
    operation: NodeId,
    own: &MediaTypes<'s>,
    document: &MediaTypes<'s>,
) {
    let Some(responses) = tree.get(operation, "responses") else {
        return;
    };
    for entry in tree.entries(responses).to_vec() {
        if entry.key.starts_with("x-") {
            continue;
        }
        match followed(tree, entry.value) {
            None => {
                rewrite(tree, entry.value, &own.produces);
                // Without a schema there is no body, and an example of none.
                edit::remove(tree, entry.value, "examples");
            }
            Some((shared, pointer)) if own.produces != document.produces => {
                let copy = copied(tree, shared, &pointer, &own.produces);
                if let Some(copy) = copy {
                    edit::set(tree, responses, entry.key, entry.key_span, copy);
                }
            }
            Some(_) => {}
        }
    }
}

/// Rewrites a response in its place; gives the place of a `schema` that it had.
pub(in super::super) fn rewrite<'s>(
    tree: &mut Tree<'s>,
    response: NodeId,
    produces: &[Cow<'s, str>],
) -> Option<Span> {
    tree.entry(response, "schema")?;
    if tree.get(response, "content").is_some() {
        return None;
    }
    let schema = edit::take(tree, response, "schema")?;
    let examples = edit::take(tree, response, "examples");
    let place = FormerPlace {
        up: 2,
        down: vec![Cow::Borrowed("schema")],
    };
    tree.remember_place(schema.value, place);
    let content = content(tree, schema.value, examples.as_ref(), produces);
    edit::set(tree, response, "content", schema.key_span, content);
    Some(schema.key_span)
}

/// A copy of a shared response with other media types. The schema is not copied, so its type stays
/// one type.
fn copied<'s>(
    tree: &mut Tree<'s>,
    shared: NodeId,
    pointer: &str,
    produces: &[Cow<'s, str>],
) -> Option<NodeId> {
    let schema = tree.get(shared, "schema")?;
    let examples = tree.entry(shared, "examples").cloned();
    let mut down: Vec<Cow<'s, str>> = super::tokens(pointer);
    down.push(Cow::Borrowed("schema"));
    let up = usize::MAX;
    tree.remember_place(schema, FormerPlace { up, down });
    let content = content(tree, schema, examples.as_ref(), produces);
    let span = tree.span(shared);
    let kept = tree.entries(shared).iter();
    let kept: Vec<Entry<'s>> = kept
        .filter(|entry| !matches!(entry.key.as_ref(), "schema" | "examples"))
        .cloned()
        .collect();
    let copy = tree.push(Value::Mapping(kept), span);
    edit::set(tree, copy, "content", span, content);
    Some(copy)
}

fn content<'s>(
    tree: &mut Tree<'s>,
    schema: NodeId,
    examples: Option<&Entry<'s>>,
    produces: &[Cow<'s, str>],
) -> NodeId {
    let span = tree.span(schema);
    let (types, schema) = if files::is_file(tree, schema) {
        let entries = files::entries(tree, span);
        (file_types(produces), edit::mapping(tree, entries, span))
    } else {
        (media::or_json(produces), schema)
    };
    let mut content = Vec::new();
    for media_type in types {
        let example = examples.and_then(|entry| tree.get(entry.value, &media_type));
        let entries = [("schema", Some(schema)), ("example", example)];
        let entries = entries
            .into_iter()
            .filter_map(|(key, value)| Some((key, value?)));
        content.push((media_type, edit::mapping(tree, entries, span)));
    }
    edit::mapping(tree, content, span)
}

/// A file is never JSON, whatever the document says that its operations produce.
fn file_types<'s>(produces: &[Cow<'s, str>]) -> Vec<Cow<'s, str>> {
    let others = produces.iter().filter(|it| !media::is_json(it));
    let types: Vec<Cow<'s, str>> = others.cloned().collect();
    if types.is_empty() {
        vec![Cow::Borrowed("*/*")]
    } else {
        types
    }
}
