//! Path templates against the raw paths of requests: a path is split before it is decoded.

use std::borrow::Cow;
use std::cmp::Reverse;

/// The path of a template, and the query that some documents write into it.
pub(super) fn parts(template: &'static str) -> (&'static str, Option<&'static str>) {
    match template.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (template, None),
    }
}

/// A segment as literals are compared: the digits of an escape may be in either case.
pub(super) fn canonical(segment: &str) -> Cow<'_, str> {
    if !segment.contains('%') {
        return Cow::Borrowed(segment);
    }
    let mut pieces = segment.split('%');
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        text.push('%');
        text.extend(piece.chars().take(2).map(|it| it.to_ascii_uppercase()));
        text.extend(piece.chars().skip(2));
    }
    Cow::Owned(text)
}

/// Where a segment with parameters stands among others: the more of it is fixed, the sooner it is tried.
pub(super) fn rank(segment: &str) -> (Reverse<usize>, String) {
    let shape = shape(segment);
    let literal = shape.len() - "{}".len() * segment.matches('{').count();
    (Reverse(literal), shape)
}

/// A segment without the names of its parameters.
pub(super) fn shape(segment: &str) -> String {
    let (mut shape, mut rest) = (String::new(), segment);
    while let Some((literal, after)) = rest.split_once('{') {
        shape.push_str(literal);
        shape.push_str("{}");
        rest = after.split_once('}').map_or("", |(_, rest)| rest);
    }
    shape.push_str(rest);
    shape
}

/// The name of the parameter, if the last segment of a template stands for all that is left of a path.
pub(super) fn rest(segment: &str) -> Option<&str> {
    segment.strip_prefix("{+")?.strip_suffix('}')
}

/// Whether a segment of a template and one of a path fit together.
pub(super) fn fits(template: &str, segment: &str) -> bool {
    walk(template, segment, |_, _| {})
}

/// The raw text of a parameter in a path that fits the template.
pub(super) fn value<'p>(template: &'static str, path: &'p str, name: &str) -> Option<&'p str> {
    let (template, _) = parts(template);
    if let Some((before, last)) = template.rsplit_once('/')
        && let Some(rest) = rest(last)
        && (rest == name || name.strip_prefix('+') == Some(rest))
    {
        let segments = before.split('/').count();
        return path.splitn(segments + 1, '/').nth(segments);
    }
    let mut found = None;
    for (template, segment) in template.split('/').zip(path.split('/')) {
        if template.contains('{') {
            walk(template, segment, |it, value| {
                if it == name {
                    found = Some(value);
                }
            });
        }
    }
    found
}

/// Goes over the parameters of a segment with their values. A value is never empty, and it ends where
/// the text that follows it comes first; false if there is no such text.
fn walk<'p>(template: &str, segment: &'p str, mut visit: impl FnMut(&str, &'p str)) -> bool {
    let (literal, mut template) = template.split_once('{').unwrap_or((template, ""));
    let Some(mut rest) = segment.strip_prefix(literal) else {
        return false;
    };
    while let Some((name, after)) = template.split_once('}') {
        let (value, left) = match after.split_once('{') {
            Some((literal, next)) => {
                template = next;
                let Some(parts) = split_at_first(rest, literal) else {
                    return false;
                };
                parts
            }
            None => {
                template = "";
                let Some(value) = rest.strip_suffix(after).filter(|it| !it.is_empty()) else {
                    return false;
                };
                (value, "")
            }
        };
        visit(name, value);
        rest = left;
    }
    rest.is_empty()
}

/// What stands before the first place of a literal, and what stands behind it. There is at least one
/// character before it.
fn split_at_first<'p>(text: &'p str, literal: &str) -> Option<(&'p str, &'p str)> {
    let places = text.char_indices().map(|(at, _)| at).skip(1);
    let mut splits = places.filter_map(|at| {
        let rest = text.get(at..)?.strip_prefix(literal)?;
        Some((text.get(..at)?, rest))
    });
    splits.next()
}
