//! The header `Link` (RFC 8288), as far as it names the next page.

use http::HeaderMap;
use http::header::LINK;

/// The target of the first link that is called `next`, as the server wrote it.
pub fn next_link(headers: &HeaderMap) -> Option<String> {
    let values = headers.get_all(LINK).iter();
    let mut values = values.filter_map(|value| value.to_str().ok());
    values.find_map(next_in)
}

fn next_in(value: &str) -> Option<String> {
    let mut rest = value;
    while let Some((_, after)) = rest.split_once('<') {
        let (target, after) = after.split_once('>')?;
        let end = end_at(',', after);
        let (mut parameters, others) = after.split_at(end);
        while !parameters.is_empty() {
            let (parameter, following) = parameters.split_at(end_at(';', parameters));
            if is_next(parameter) {
                return Some(target.to_owned());
            }
            parameters = following.strip_prefix(';').unwrap_or_default();
        }
        rest = others;
    }
    None
}

/// Where a part ends: at a sign that is not quoted.
fn end_at(sign: char, text: &str) -> usize {
    let mut is_quoted = false;
    let mut is_escaped = false;
    let end = text.find(|ch: char| {
        if is_escaped {
            is_escaped = false;
            return false;
        }
        match ch {
            '\\' => is_escaped = is_quoted,
            '"' => is_quoted = !is_quoted,
            _ => {}
        }
        ch == sign && !is_quoted
    });
    end.unwrap_or(text.len())
}

/// Whether a parameter of a link is a `rel` with the word `next`.
fn is_next(parameter: &str) -> bool {
    let Some((name, value)) = parameter.split_once('=') else {
        return false;
    };
    let mut words = value.trim().trim_matches('"').split_ascii_whitespace();
    name.trim().eq_ignore_ascii_case("rel") && words.any(|word| word.eq_ignore_ascii_case("next"))
}
