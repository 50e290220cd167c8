//! Writing values as parameters: the table of styles (PR).

use super::super::percent;
use super::style::Kind;
use super::{ParamError, Style, Value};

/// Writes a path parameter, encoded, with what the style puts before it.
///
/// # Errors
///
/// There is no value, or nothing in it: a path cannot say so.
pub fn path(name: &str, style: Style, value: &Value) -> Result<String, ParamError> {
    let name = percent::encode(name);
    let within_segment = |text: &str| match (style.kind, style.explode) {
        // A slash or a question mark would end the segment, reserved or not.
        _ if style.reserved => percent::encode_reserved(text)
            .replace('/', "%2F")
            .replace('?', "%3F"),
        // A dot within an item would end the item.
        (Kind::Label, true) => percent::encode(text).replace('.', "%2E"),
        _ => percent::encode(text),
    };
    let encode = |text: &str| match style.slashes {
        true => text
            .split('/')
            .map(within_segment)
            .collect::<Vec<_>>()
            .join("/"),
        false => within_segment(text),
    };
    let parts = match Parts::of(value, style.explode, encode) {
        Parts::None => return Err(ParamError::new("it is missing")),
        Parts::Scalar(value) if style.kind == Kind::Label => {
            return Ok(format!(".{}", percent::encode(&value.text())));
        }
        Parts::Scalar(value) if style.kind == Kind::Json => percent::encode(&value.json()),
        Parts::Scalar(value) => encode(&value.text()),
        Parts::Many(items) if items.is_empty() => return Err(ParamError::new("it is empty")),
        Parts::Many(items) => match (style.kind, style.explode) {
            (Kind::Label, true) => items.join("."),
            (Kind::Matrix, true) => {
                let items = items.iter().map(|item| match value {
                    Value::List(_) => matrix(&name, item),
                    _ => format!(";{item}"),
                });
                return Ok(items.collect());
            }
            (Kind::Json, _) => percent::encode(&value.json()),
            _ => items.join(","),
        },
    };
    match style.kind {
        Kind::Label => Ok(format!(".{parts}")),
        Kind::Matrix => Ok(matrix(&name, &parts)),
        _ if parts.is_empty() => Err(ParamError::new("it is empty")),
        _ => Ok(parts),
    }
}

fn matrix(name: &str, value: &str) -> String {
    if value.is_empty() {
        format!(";{name}")
    } else {
        format!(";{name}={value}")
    }
}

/// Adds a query parameter, encoded, to what is there. A value that is `null` adds nothing.
///
/// # Errors
///
/// A list that is required has no items: a query cannot say so.
pub fn query(
    query: &mut String,
    name: &str,
    style: Style,
    value: &Value,
) -> Result<(), ParamError> {
    let encode = |text: &str| match (style.reserved, style.explode) {
        (false, _) => percent::encode(text),
        (true, true) => percent::encode_reserved(text),
        // A comma within an item would end the item.
        (true, false) => percent::encode_reserved(text).replace(',', "%2C"),
    };
    let mut push = |key: &str, value: &str| {
        if !query.is_empty() {
            query.push('&');
        }
        query.push_str(key);
        query.push('=');
        query.push_str(value);
    };
    let key = percent::encode(name);
    if style.kind == Kind::Json {
        if *value != Value::Null {
            push(&key, &encode(&value.json()));
        }
        return Ok(());
    }
    let separator = match style.kind {
        Kind::DeepObject => return deep(&key, value, &encode, &mut push),
        Kind::Space if !style.explode => "%20",
        Kind::Pipe if !style.explode => "%7C",
        Kind::Tab if !style.explode => "%09",
        _ => ",",
    };
    // These separators are encoded, so an item that holds one cannot be told from two items.
    match style.kind {
        Kind::Space if !style.explode => separable(value, false, ' ')?,
        Kind::Pipe if !style.explode => separable(value, false, '|')?,
        Kind::Tab if !style.explode => separable(value, false, '\t')?,
        _ => {}
    }
    match Parts::of(value, style.explode, encode) {
        Parts::None => {}
        Parts::Scalar(value) => push(&key, &encode(&value.text())),
        Parts::Many(items) if items.is_empty() => return Err(ParamError::new("it is empty")),
        Parts::Many(items) if !style.explode => push(&key, &items.join(separator)),
        Parts::Many(items) => match value {
            Value::Object(pairs) => {
                for (key, value) in pairs.iter().filter(|(_, value)| *value != Value::Null) {
                    push(&percent::encode(key), &encode(&value.text()));
                }
            }
            _ => items.iter().for_each(|item| push(&key, item)),
        },
    }
    Ok(())
}

/// `a[b][c]=1`, and `a[]=1` for the items of a list (PR15). Items that are more than a text are numbered,
/// because their keys would run together.
fn deep(
    key: &str,
    value: &Value,
    encode: &impl Fn(&str) -> String,
    push: &mut impl FnMut(&str, &str),
) -> Result<(), ParamError> {
    match value {
        Value::Null => {}
        Value::Bare(text) | Value::Text(text) => push(key, &encode(text)),
        Value::List(items) if items.is_empty() => return Err(ParamError::new("it is empty")),
        Value::List(items) => {
            for (index, item) in items.iter().enumerate() {
                match item {
                    Value::List(_) | Value::Object(_) => {
                        deep(&format!("{key}%5B{index}%5D"), item, encode, push)?;
                    }
                    _ => deep(&format!("{key}%5B%5D"), item, encode, push)?,
                }
            }
        }
        Value::Object(pairs) => {
            for (inner, value) in pairs {
                let inner = percent::encode(inner);
                deep(&format!("{key}%5B{inner}%5D"), value, encode, push)?;
            }
        }
    }
    Ok(())
}

/// Writes a line of a header; nothing if there is no value.
///
/// # Errors
///
/// The text has characters that a header cannot hold, or that would be read as something else.
pub(super) fn header(style: Style, value: &Value) -> Result<Option<String>, ParamError> {
    if style.kind == Kind::Json {
        return Ok((*value != Value::Null).then(|| value.json()));
    }
    let text = match Parts::of(value, style.explode, str::to_owned) {
        Parts::None => return Ok(None),
        Parts::Scalar(value) => value.text(),
        Parts::Many(items) if items.is_empty() => return Err(ParamError::new("it is empty")),
        Parts::Many(items) => {
            separable(value, style.explode, ',')?;
            trimmed(value)?;
            items.join(",")
        }
    };
    if text.bytes().any(|byte| !matches!(byte, b' '..=b'~')) {
        return Err(ParamError::new("a header cannot hold its characters"));
    }
    if text.trim() != text {
        return Err(ParamError::new(
            "a header does not keep the spaces around it",
        ));
    }
    Ok(Some(text))
}

/// Adds a cookie to those that are there. A value that is `null` adds nothing.
///
/// # Errors
///
/// The text has characters that a cookie cannot hold, or that would be read as something else.
pub fn cookie(
    cookies: &mut String,
    name: &str,
    style: Style,
    value: &Value,
) -> Result<(), ParamError> {
    let is_raw = style.kind == Kind::Cookie;
    let encode = |text: &str| {
        if is_raw {
            text.to_owned()
        } else {
            percent::encode(text)
        }
    };
    if is_raw && !style.explode && matches!(value, Value::List(_) | Value::Object(_)) {
        separable(value, false, ',')?;
    }
    let key = encode(name);
    let mut pairs: Vec<String> = Vec::new();
    match Parts::of(value, style.explode, encode) {
        Parts::None => return Ok(()),
        _ if style.kind == Kind::Json => {
            pairs.push(format!("{key}={}", percent::encode(&value.json())));
        }
        Parts::Scalar(value) => pairs.push(format!("{key}={}", encode(&value.text()))),
        Parts::Many(items) if items.is_empty() => return Err(ParamError::new("it is empty")),
        Parts::Many(items) if !style.explode => pairs.push(format!("{key}={}", items.join(","))),
        Parts::Many(items) => pairs.extend(items.into_iter().map(|item| match value {
            Value::List(_) => format!("{key}={item}"),
            _ => item,
        })),
    }
    let is_plain = |pair: &String| {
        let held = |byte: u8| matches!(byte, b' '..=b'~') && byte != b';';
        pair.bytes().all(held) && pair.trim() == pair
    };
    if !pairs.iter().all(is_plain) {
        return Err(ParamError::new("a cookie cannot hold its characters"));
    }
    for pair in pairs {
        if !cookies.is_empty() {
            cookies.push_str("; ");
        }
        cookies.push_str(&pair);
    }
    Ok(())
}

/// Refuses items that would be read as several.
fn separable(value: &Value, explode: bool, separator: char) -> Result<(), ParamError> {
    let is_whole = |text: &str| !text.contains(separator);
    let is_key = |key: &str| is_whole(key) && !(explode && key.contains('='));
    if parts(value).all(|(key, value)| key.is_none_or(is_key) && is_whole(&value.text())) {
        Ok(())
    } else {
        Err(ParamError::new("an item holds what separates items"))
    }
}

/// Refuses items with spaces around them, which nobody keeps who reads a header.
fn trimmed(value: &Value) -> Result<(), ParamError> {
    let is_trimmed = |text: &str| text.trim() == text;
    if parts(value).all(|(key, value)| key.is_none_or(is_trimmed) && is_trimmed(&value.text())) {
        Ok(())
    } else {
        Err(ParamError::new(
            "a header does not keep the spaces around an item",
        ))
    }
}

/// The items of a list, or the values of an object with their keys.
fn parts(value: &Value) -> impl Iterator<Item = (Option<&str>, &Value)> {
    let (items, pairs) = match value {
        Value::List(items) => (&items[..], &[][..]),
        Value::Object(pairs) => (&[][..], &pairs[..]),
        _ => (&[][..], &[][..]),
    };
    let items = items.iter().map(|item| (None, item));
    items.chain(pairs.iter().map(|(key, value)| (Some(key.as_str()), value)))
}

/// A value taken apart: the items of a list, or the keys and values of an object, encoded.
enum Parts<'v> {
    None,
    Scalar(&'v Value),
    Many(Vec<String>),
}

impl<'v> Parts<'v> {
    fn of(value: &'v Value, explode: bool, encode: impl Fn(&str) -> String) -> Self {
        match value {
            Value::Null => Self::None,
            Value::Bare(_) | Value::Text(_) => Self::Scalar(value),
            Value::List(items) => {
                // Nothing stands for `null` (PR12).
                let items = items.iter().filter(|item| **item != Value::Null);
                Self::Many(items.map(|item| encode(&item.text())).collect())
            }
            Value::Object(pairs) => {
                let pairs = pairs.iter().filter(|(_, value)| *value != Value::Null);
                Self::Many(
                    pairs
                        .flat_map(|(key, value)| {
                            let (key, value) = (encode(key), encode(&value.text()));
                            if explode {
                                vec![format!("{key}={value}")]
                            } else {
                                vec![key, value]
                            }
                        })
                        .collect(),
                )
            }
        }
    }
}
