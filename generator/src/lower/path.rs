//! Path templates (T4 to T12).

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::spec::{Operation, PathItem};

use super::Lowering;

/// A piece of a path template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// A text as it stands in a URL, slashes included.
    Literal(String),
    /// A parameter by its name.
    Parameter(String),
}

/// Operations whose requests are also those of an earlier operation, as path and method.
#[derive(Debug, Default)]
pub(super) struct Ambiguous {
    /// Those that are left out.
    pub(super) left_out: HashSet<(Span, String)>,
    /// Those that only a client has: the fragments of their paths tell them apart, which are not sent.
    pub(super) client_only: HashSet<(Span, String)>,
}

/// The first operations of a shape.
struct Shape<'p> {
    path: &'p str,
    span: Span,
    methods: Vec<&'p str>,
}

impl Lowering<'_, '_> {
    /// The pieces of a path, without its fragment, which is never sent (T10). `None`, with a finding,
    /// if no request can be made of it.
    pub(super) fn pieces(&mut self, path: &str, span: Span) -> Option<Vec<Piece>> {
        if !path.starts_with('/') {
            self.report(
                Diagnostic::warning(Code::PathParameter, span, "a path starts with a slash")
                    .label("read as if it did"),
            );
            return self.pieces(&format!("/{path}"), span);
        }
        let Some(pieces) = split(path) else {
            let message = "the braces of this path hold no name of a parameter";
            self.report(
                Diagnostic::error(Code::PathParameter, span, message)
                    .help("a parameter is written as `{name}`")
                    .or_else("the operations of this path are left out"),
            );
            return None;
        };
        self.check_parameters(&pieces, span)?;
        Some(pieces)
    }

    /// A parameter can be there once, outside of the query, and something must tell where it ends.
    fn check_parameters(&mut self, pieces: &[Piece], span: Span) -> Option<()> {
        let mut known = HashSet::new();
        let mut in_query = false;
        let mut before = None;
        for piece in pieces {
            match piece {
                Piece::Literal(text) => {
                    in_query |= text.contains('?');
                    before = None;
                }
                Piece::Parameter(name) => {
                    let wrong = if in_query {
                        "a parameter in the query of a path"
                    } else if !known.insert(name) {
                        "a path with the same parameter twice"
                    } else {
                        self.report_touching(before.replace(name), name, span);
                        continue;
                    };
                    let fallback = "the operations of this path are left out";
                    self.unsupported(span, wrong, fallback);
                    return None;
                }
            }
        }
        Some(())
    }

    fn report_touching(&mut self, before: Option<&String>, name: &str, span: Span) {
        let Some(before) = before else { return };
        let message = format!("nothing tells where `{{{before}}}` ends and `{{{name}}}` begins");
        self.report(
            Diagnostic::warning(Code::PathParameter, span, message)
                .label(format!("a server gives `{before}` one character")),
        );
    }

    /// Templates that match the same requests are one path: two of them with the same method cannot
    /// be told apart (T8).
    pub(super) fn ambiguous_paths<'p, 'i: 'p>(
        &mut self,
        paths: impl Iterator<Item = &'p PathItem<'i>>,
    ) -> Ambiguous {
        let mut ambiguous = Ambiguous::default();
        let mut known: HashMap<String, Shape<'_>> = HashMap::new();
        for item in paths {
            let methods = || item.operations.iter().map(|it| it.method.as_str());
            let Some(first) = known.get_mut(&shape(item.path)) else {
                let shape_of = Shape {
                    path: item.path,
                    span: item.path_span,
                    methods: methods().collect(),
                };
                known.insert(shape(item.path), shape_of);
                continue;
            };
            let is_taken = |it: &&Operation<'_>| first.methods.contains(&it.method.as_str());
            let both: Vec<_> = item.operations.iter().filter(is_taken).collect();
            let differ = fragment(item.path) != fragment(first.path);
            let found = if differ {
                &mut ambiguous.client_only
            } else {
                &mut ambiguous.left_out
            };
            found.extend(both.iter().map(|it| (item.path_span, it.method.clone())));
            if let Some(operation) = both.first() {
                let finding = same_requests(item, &operation.method, first, differ);
                self.reader.push(finding);
            }
            first.methods.extend(methods());
        }
        ambiguous
    }
}

fn same_requests(item: &PathItem<'_>, method: &str, first: &Shape<'_>, differ: bool) -> Diagnostic {
    let (path, span) = (item.path, item.path_span);
    let message = format!("`{path}` and `{}` match the same requests", first.path);
    if differ {
        return Diagnostic::warning(Code::AmbiguousPath, span, message)
            .label("the client has this operation; the server takes its requests for the other")
            .related(first.span, "this is the other")
            .help("what follows `#` is not sent");
    }
    Diagnostic::error(Code::AmbiguousPath, span, message)
        .label(format!("{method} is here"))
        .related(first.span, format!("and {method} is here"))
        .or_else("the second operation is left out")
}

/// The template that pieces were made from.
pub(super) fn template(pieces: &[Piece]) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Literal(text) => text.clone(),
        Piece::Parameter(name) => format!("{{{name}}}"),
    };
    pieces.iter().map(piece).collect()
}

/// A path in pieces; nothing if its braces do not hold names.
fn split(path: &str) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        let (literal, after) = rest.split_at(rest.find(['{', '}', '#']).unwrap_or(rest.len()));
        if !literal.is_empty() {
            pieces.push(Piece::Literal(encoded(literal)));
        }
        let Some(after) = after.strip_prefix('{') else {
            // A closing brace without an opening one is a mistake, and a fragment is the end.
            return (!after.starts_with('}')).then_some(pieces);
        };
        let (name, after) = after.split_once('}')?;
        if name.is_empty() || name.contains(['{', '/', '?', '#']) {
            return None;
        }
        pieces.push(Piece::Parameter(name.to_owned()));
        rest = after;
    }
    Some(pieces)
}

/// A literal as it stands in a URL: what neither a path nor a query can hold is percent-encoded, and
/// escapes stay as they are (T12).
fn encoded(literal: &str) -> String {
    let mut text = String::with_capacity(literal.len());
    let bytes = literal.as_bytes();
    for (index, byte) in bytes.iter().enumerate() {
        let is_hex = |at: usize| bytes.get(index + at).is_some_and(u8::is_ascii_hexdigit);
        let stays = byte.is_ascii_alphanumeric()
            || b"-._~!$&'()*+,;=:@/?".contains(byte)
            || *byte == b'%' && is_hex(1) && is_hex(2);
        if stays {
            text.push(char::from(*byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

/// A template without the names of its parameters and without its fragment.
fn shape(path: &str) -> String {
    let path = if path.starts_with('/') {
        path.to_owned()
    } else {
        format!("/{path}")
    };
    let Some(pieces) = split(&path) else {
        return path;
    };
    let piece = |piece: Piece| match piece {
        Piece::Literal(text) => text,
        Piece::Parameter(_) => "{}".to_owned(),
    };
    pieces.into_iter().map(piece).collect()
}

fn fragment(path: &str) -> Option<&str> {
    path.split_once('#').map(|(_, fragment)| fragment)
}
