//! Path templates (T4 to T12).

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::spec::PathItem;

use super::Lowering;

/// A piece of a path between two slashes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Literal(String),
    Parameter(String),
}

impl Lowering<'_, '_> {
    /// The pieces of a path. `None`, with a finding, for what is not generated yet.
    pub(super) fn pieces(&mut self, path: &str, span: Span) -> Option<Vec<Piece>> {
        let Some(rest) = path.strip_prefix('/') else {
            self.report(
                Diagnostic::warning(Code::PathParameter, span, "a path starts with a slash")
                    .label("read as if it did"),
            );
            return self.pieces(&format!("/{path}"), span);
        };
        if rest.contains(['?', '#']) {
            let what = "a path with a query or a fragment";
            self.unsupported(span, what, "its operations are left out");
            return None;
        }
        let mut pieces = Vec::new();
        for segment in rest.split('/') {
            let piece = self.piece(segment, span)?;
            if matches!(piece, Piece::Parameter(_)) && pieces.contains(&piece) {
                let what = "a path with the same parameter twice";
                self.unsupported(span, what, "the operations of this path are left out");
                return None;
            }
            pieces.push(piece);
        }
        Some(pieces)
    }

    fn piece(&mut self, segment: &str, span: Span) -> Option<Piece> {
        let inner = segment
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'));
        match inner {
            Some(name) if !name.is_empty() && !name.contains(['{', '}']) => {
                Some(Piece::Parameter(name.to_owned()))
            }
            None if !segment.contains(['{', '}']) => Some(Piece::Literal(encoded(segment))),
            _ => {
                let what = "a parameter that fills only a part of a path segment";
                self.unsupported(span, what, "the operations of this path are left out");
                None
            }
        }
    }

    /// Templates that match the same paths are one path: two of them with the same method cannot
    /// be told apart (T8). Gives the paths and methods that come
    /// second.
    pub(super) fn ambiguous_paths(&mut self, paths: &[PathItem<'_>]) -> HashSet<(Span, String)> {
        let mut ambiguous = HashSet::new();
        let mut known: Vec<(String, &str, Span, Vec<&str>)> = Vec::new();
        let mut index = HashMap::new();
        for item in paths {
            let shape = shape(item.path);
            let methods: Vec<&str> = item
                .operations
                .iter()
                .map(|it| it.method.as_str())
                .collect();
            match index.get(&shape) {
                None => {
                    index.insert(shape.clone(), known.len());
                    known.push((shape, item.path, item.path_span, methods));
                }
                Some(first) => {
                    let Some((_, path, span, taken)) = known.get_mut(*first) else {
                        continue;
                    };
                    let both = methods.iter().filter(|method| taken.contains(method));
                    let both: Vec<&str> = both.copied().collect();
                    ambiguous.extend(both.iter().map(|it| (item.path_span, (*it).to_owned())));
                    if let Some(method) = both.first() {
                        let finding = Diagnostic::error(
                            Code::AmbiguousPath,
                            item.path_span,
                            format!("`{}` and `{path}` match the same requests", item.path),
                        )
                        .label(format!("{method} is here"))
                        .related(*span, format!("and {method} is here"))
                        .or_else("the second operation is left out");
                        self.reader.push(finding);
                    }
                    taken.extend(methods);
                }
            }
        }
        ambiguous
    }
}

/// The template that pieces were made from.
pub(super) fn template(pieces: &[Piece]) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Literal(text) => format!("/{text}"),
        Piece::Parameter(name) => format!("/{{{name}}}"),
    };
    pieces.iter().map(piece).collect()
}

/// A literal segment as it stands in a URL: what a path cannot hold is percent-encoded, and escapes
/// stay as they are (T12).
fn encoded(segment: &str) -> String {
    let mut text = String::with_capacity(segment.len());
    let bytes = segment.as_bytes();
    for (index, byte) in bytes.iter().enumerate() {
        let is_hex = |at: usize| bytes.get(index + at).is_some_and(u8::is_ascii_hexdigit);
        let stays = byte.is_ascii_alphanumeric()
            || b"-._~!$&'()*+,;=:@".contains(byte)
            || *byte == b'%' && is_hex(1) && is_hex(2);
        if stays {
            text.push(char::from(*byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

/// A template without the names of its parameters.
fn shape(path: &str) -> String {
    let mut shape = String::from("/");
    let mut inside = false;
    for character in path.strip_prefix('/').unwrap_or(path).chars() {
        match character {
            '{' => {
                inside = true;
                shape.push_str("{}");
            }
            '}' => inside = false,
            _ if inside => {}
            _ => shape.push(character),
        }
    }
    shape
}
