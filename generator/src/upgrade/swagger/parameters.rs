//! Parameters and headers: the type that they are written with becomes a schema (X6, X8).

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::grammar::Kind;
use crate::load::{Entry, FormerPlace, NodeId, Tree, Value};
use crate::near::nearest;
use crate::source::Span;

use super::edit;

/// Extensions that say something about a value, and so belong to its schema.
const VALUE_EXTENSIONS: &[&str] = &[
    "x-nullable",
    "x-enum",
    "x-ms-enum",
    "x-extensible-enum",
    "x-sensitive",
];

/// Rewrites a parameter or a header; gives the place of a type that it was written with.
pub(in super::super) fn rewrite(
    diagnostics: &mut Diagnostics,
    tree: &mut Tree<'_>,
    kind: Kind,
    object: NodeId,
) -> Option<Span> {
    let has = |key| tree.get(object, key).is_some();
    if has("$ref") || has("schema") || has("content") {
        return None;
    }
    let moved = schema_entries(tree, kind, object);
    let key_span = moved.first()?.key_span;
    let location = tree.get(object, "in").and_then(|node| tree.string(node));
    let may_repeat = matches!(location, Some("query" | "formData"));
    let (format, finding) = CollectionFormat::of(tree, object, may_repeat);
    finding.into_iter().for_each(|it| diagnostics.push(it));
    edit::remove(tree, object, "collectionFormat");
    if is_array(tree, object) {
        let style = if may_repeat {
            Some(format.in_query())
        } else {
            format.elsewhere()
        };
        if let Some(style) = style {
            add_style(tree, object, key_span, style);
        }
    }
    report_nested(diagnostics, tree, object);
    for entry in &moved {
        edit::remember(tree, object, entry);
        edit::remove(tree, object, &entry.key);
    }
    let span = tree.span(object);
    let schema = tree.push(Value::Mapping(moved), span);
    edit::set(tree, object, "schema", key_span, schema);
    let here = FormerPlace {
        up: 0,
        down: Vec::new(),
    };
    tree.remember_place(schema, here);
    Some(key_span)
}

/// The entries of a parameter or a header that are those of a schema.
pub(super) fn schema_entries<'s>(tree: &Tree<'s>, kind: Kind, object: NodeId) -> Vec<Entry<'s>> {
    let is_of_schema = |key: &str| {
        let extension = VALUE_EXTENSIONS.iter().any(|known| key.starts_with(known));
        extension || (Kind::Schema.below(key).is_some() && kind.below(key).is_none())
    };
    let entries = tree.entries(object).iter();
    entries
        .filter(|entry| is_of_schema(&entry.key))
        .cloned()
        .collect()
}

/// Whether a parameter is a list.
pub(super) fn is_array(tree: &Tree<'_>, object: NodeId) -> bool {
    let kind = tree.get(object, "type").and_then(|node| tree.string(node));
    kind == Some("array")
}

/// How a list is written in a text (X6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CollectionFormat {
    Csv,
    Ssv,
    Tsv,
    Pipes,
    Multi,
}

impl CollectionFormat {
    /// The style of a query parameter or a field of a form, and whether it is exploded.
    pub(super) const fn in_query(self) -> (&'static str, bool) {
        match self {
            Self::Csv => ("form", false),
            Self::Ssv => ("spaceDelimited", false),
            Self::Tsv => ("tabDelimited", false),
            Self::Pipes => ("pipeDelimited", false),
            Self::Multi => ("form", true),
        }
    }

    /// The style of a path parameter or a header, if it is not the one that these have anyway.
    const fn elsewhere(self) -> Option<(&'static str, bool)> {
        match self {
            Self::Csv | Self::Multi => None,
            _ => Some(self.in_query()),
        }
    }

    /// The `collectionFormat` of a parameter, commas without one; and a finding if it is not one that
    /// the parameter can have.
    pub(super) fn of(
        tree: &Tree<'_>,
        object: NodeId,
        may_repeat: bool,
    ) -> (Self, Option<Diagnostic>) {
        let Some(node) = tree.get(object, "collectionFormat") else {
            return (Self::Csv, None);
        };
        let known = [
            ("csv", Self::Csv),
            ("ssv", Self::Ssv),
            ("tsv", Self::Tsv),
            ("pipes", Self::Pipes),
            ("multi", Self::Multi),
        ];
        let known = &known[..if may_repeat { 5 } else { 4 }];
        let text = tree.string(node).unwrap_or_default();
        if let Some((_, format)) = known.iter().find(|(name, _)| *name == text) {
            return (*format, None);
        }
        let near = nearest(text, known.iter().map(|(name, _)| *name));
        let (name, format) = known
            .iter()
            .find(|(name, _)| near == Some(*name))
            .copied()
            .unwrap_or(("csv", Self::Csv));
        let finding = Diagnostic::warning(
            Code::WrongType,
            tree.span(node),
            "this is not a `collectionFormat` that a list can have here",
        )
        .label(format!("read as `{name}`"))
        .help("write csv, ssv, tsv or pipes, or multi in a query or a form");
        (format, Some(finding))
    }
}

/// Lists inside of lists have a format of their own in 2.0, which OpenAPI 3 has no word for.
pub(super) fn report_nested(diagnostics: &mut Diagnostics, tree: &mut Tree<'_>, object: NodeId) {
    let Some(items) = tree.get(object, "items") else {
        return;
    };
    let entry = tree.entry(items, "collectionFormat");
    let Some(span) = entry.map(|entry| entry.key_span) else {
        return;
    };
    edit::remove(tree, items, "collectionFormat");
    if is_array(tree, items) {
        let message = "the `collectionFormat` of a list in a list is not supported";
        diagnostics.push(
            Diagnostic::warning(Code::Unsupported, span, message)
                .label("the inner lists are written as JSON"),
        );
    }
}

fn add_style(
    tree: &mut Tree<'_>,
    object: NodeId,
    span: Span,
    (style, explode): (&'static str, bool),
) {
    let style = edit::text(tree, style, span);
    let explode = tree.push(Value::Bool(explode), span);
    edit::set(tree, object, "style", span, style);
    edit::set(tree, object, "explode", span, explode);
}
