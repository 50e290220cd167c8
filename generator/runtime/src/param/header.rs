//! Parameters in the headers of a request, and the declared headers of a response.

use http::{HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::style::Kind;
use super::{ParamError, Style, Text, Value, read, to_value, write};

/// Reads a header.
///
/// # Errors
///
/// It is not made of visible characters, it is no `T`, or it is missing though the type asks for it.
pub fn header<T: DeserializeOwned>(
    headers: &HeaderMap,
    name: &str,
    style: Style,
) -> Result<T, ParamError> {
    let lines = headers.get_all(name).iter().map(HeaderValue::to_str);
    let lines: Result<Vec<&str>, _> = lines.collect();
    let lines = lines.map_err(|_| ParamError::new("it is not made of visible characters"))?;
    read(name, style, &Text::Header(lines))
}

/// Writes a header in the place of what was there under its name; nothing if there is no value.
///
/// # Errors
///
/// No header can have this name or hold this value.
pub fn set_header(
    headers: &mut HeaderMap,
    name: &str,
    style: Style,
    value: &(impl Serialize + ?Sized),
) -> Result<(), ParamError> {
    let lines = match to_value(value)? {
        Value::List(items) if style.kind == Kind::Lines && !items.is_empty() => items,
        value => vec![value],
    };
    let name = HeaderName::try_from(name);
    let name = name.map_err(|_| ParamError::new("no header can have this name"))?;
    headers.remove(&name);
    for line in lines {
        if let Some(text) = write::header(style, &line)? {
            let text = HeaderValue::try_from(text);
            let text = text.map_err(|_| ParamError::new("a header cannot hold its characters"))?;
            headers.append(&name, text);
        }
    }
    Ok(())
}
