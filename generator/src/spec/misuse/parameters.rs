//! Keys and values that do not belong to a parameter in its place.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::grammar::Kind;
use crate::load::{NodeId, Tree, Value};

use super::{present, text, wrong_value};

/// The places of parameters, each with its styles, the default first (PR23).
const STYLES: &[(&str, &[&str])] = &[
    ("path", &["simple", "label", "matrix"]),
    (
        "query",
        &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
    ),
    ("header", &["simple"]),
    ("cookie", &["form", "cookie"]),
];

/// Keys that mean nothing in some places of parameters, and how a value is written there.
const MISPLACED: &[(&str, &[&str], &str)] = &[
    (
        "querystring",
        &["schema", "allowEmptyValue"],
        "ignored: `content` says how the query is written",
    ),
    (
        "header",
        &["allowReserved", "allowEmptyValue"],
        "ignored: a header is written as it is",
    ),
    (
        "path",
        &["allowEmptyValue"],
        "ignored: a path has no empty values",
    ),
    (
        "cookie",
        &["allowEmptyValue"],
        "ignored: a cookie has a value",
    ),
];

/// Reports what does not belong to a parameter.
pub(super) fn check(diagnostics: &mut Diagnostics, tree: &Tree<'_>, node: NodeId) {
    let Some(place) = text(tree, node, "in") else {
        return;
    };
    let shown = format!("a parameter `in: {place}`");
    check_keys(diagnostics, tree, node, (place, &shown));
    check_style(diagnostics, tree, node, (place, &shown));
    check_content(diagnostics, tree, Kind::Parameter, node);
    if place == "path" {
        check_path(diagnostics, tree, node);
    }
}

/// Reports what does not belong to the header of a response.
pub(super) fn check_header(diagnostics: &mut Diagnostics, tree: &Tree<'_>, node: NodeId) {
    let place = ("header", "a header");
    check_keys(diagnostics, tree, node, place);
    check_style(diagnostics, tree, node, place);
    check_content(diagnostics, tree, Kind::Header, node);
}

fn check_keys(
    diagnostics: &mut Diagnostics,
    tree: &Tree<'_>,
    node: NodeId,
    (place, shown): (&str, &str),
) {
    let rows = MISPLACED.iter().filter(|(known, ..)| *known == place);
    for (_, keys, label) in rows {
        for entry in keys.iter().filter_map(|key| present(tree, node, key)) {
            // Tools write down what holds anyway.
            if *tree.value(entry.value) == Value::Bool(false) && entry.key == "allowEmptyValue" {
                continue;
            }
            let message = format!("`{}` means nothing for {shown}", entry.key);
            diagnostics.push(
                Diagnostic::warning(Code::MisplacedKey, entry.key_span, message).label(*label),
            );
        }
    }
    let written_raw = place == "cookie" && text(tree, node, "style") == Some("cookie");
    if let Some(entry) = present(tree, node, "allowReserved").filter(|_| written_raw) {
        let message = "`allowReserved` means nothing for `style: cookie`";
        diagnostics.push(
            Diagnostic::warning(Code::MisplacedKey, entry.key_span, message)
                .label("ignored: such a cookie is written as it is"),
        );
    }
}

fn check_style(
    diagnostics: &mut Diagnostics,
    tree: &Tree<'_>,
    node: NodeId,
    (place, shown): (&str, &str),
) {
    let Some(entry) = present(tree, node, "style") else {
        return;
    };
    let row = STYLES.iter().find(|(known, _)| *known == place);
    let style = tree.string(entry.value).unwrap_or_default();
    let Some((_, styles)) = row.filter(|(_, styles)| !styles.contains(&style)) else {
        return;
    };
    // A word that is no style at all is told by who reads it, and what `upgrade` wrote for a
    // `collectionFormat` stands at one place with its key.
    let is_style = STYLES.iter().any(|(_, styles)| styles.contains(&style));
    if is_style && tree.span(entry.value) != entry.key_span {
        let message = format!("`style: {style}` is not a way to write {shown}");
        let span = tree.span(entry.value);
        diagnostics.push(
            wrong_value(span, message, "the default style of the place is used")
                .help(format!("write {}", styles.join(" or "))),
        );
    }
}

/// A path parameter is always there (PR8), and its name stands between braces.
fn check_path(diagnostics: &mut Diagnostics, tree: &Tree<'_>, node: NodeId) {
    let required = present(tree, node, "required");
    let is_required = |value: &Value<'_>| match value {
        Value::Bool(value) => *value,
        // Another type is told by who reads it.
        _ => true,
    };
    if !required.is_some_and(|entry| is_required(tree.value(entry.value))) {
        let span = required.map_or(tree.span(node), |entry| tree.span(entry.value));
        let message = "a path parameter must say `required: true`";
        diagnostics.push(wrong_value(span, message, "required all the same"));
    }
    if let Some(name) = tree.get(node, "name")
        && tree
            .string(name)
            .is_some_and(|name| name.contains(['{', '}']))
    {
        let message = "the name of a path parameter has no braces";
        let label = "no path can have such a parameter";
        diagnostics.push(wrong_value(tree.span(name), message, label));
    }
}

/// A parameter or a header is written in one way.
fn check_content(diagnostics: &mut Diagnostics, tree: &Tree<'_>, kind: Kind, node: NodeId) {
    let Some(entry) = present(tree, node, "content") else {
        return;
    };
    let Value::Mapping(content) = tree.value(entry.value) else {
        return;
    };
    let label = match content.len() {
        0 => "read as a string",
        1 => return,
        _ => "the first one is read",
    };
    let (kind, count) = (kind.name(), content.len());
    let message = format!("`content` of the {kind} object must have one entry, not {count}");
    diagnostics.push(wrong_value(entry.key_span, message, label));
}
