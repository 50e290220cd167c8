//! Bodies as forms: `application/x-www-form-urlencoded`.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::json::JsonError;
use super::param::{self, ParamError, Style, Text, Value};
use super::percent;

/// How some of the fields are written. What is not listed is a text, a list of texts under one key, or
/// JSON (Q5).
pub type Styles = &'static [(&'static str, Style)];

/// Writes a value as a form.
///
/// # Errors
///
/// It has no fields, or one of them cannot be written.
pub fn write(styles: Styles, value: &(impl Serialize + ?Sized)) -> Result<String, ParamError> {
    let Value::Object(fields) = param::to_value(value)? else {
        return Err(ParamError::new("it has no fields"));
    };
    let mut form = String::new();
    for (name, value) in &fields {
        let default = match value {
            Value::Object(_) => Style::JSON,
            // A form cannot say that a list is empty.
            Value::List(items) if items.is_empty() => continue,
            _ => Style::FORM,
        };
        let style = styles.iter().find(|(known, _)| known == name);
        let style = style.map_or(default, |(_, style)| *style);
        param::query(&mut form, name, style, value)?;
    }
    // A space is a plus sign here; one that was written out is encoded already.
    Ok(form.replace("%20", "+"))
}

/// Reads a value from a form. The types of the fields say what their texts stand for.
///
/// # Errors
///
/// The form is not encoded as it should be, or does not fit the type.
pub fn read<T: DeserializeOwned>(styles: Styles, form: &[u8]) -> Result<T, JsonError> {
    let form = std::str::from_utf8(form).map_err(|_| JsonError::of_text("it is not UTF-8"))?;
    let broken = || JsonError::of_text(ParamError::broken().to_string());
    let mut fields = Vec::new();
    for pair in form.split('&').filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        let key = percent::decode_form(key).ok_or_else(broken)?;
        let (name, brackets) = key.split_at(key.find('[').unwrap_or(key.len()));
        let is_joined = styles.contains(&(name, Style::FORM_JOINED));
        let place = format!("[{name}]{brackets}");
        let mut rest = Some(value);
        while let Some(value) = rest {
            let (item, others) = match value.split_once(',').filter(|_| is_joined) {
                Some((item, others)) => (item, Some(others)),
                None => (value, None),
            };
            let text = percent::decode_form(item).ok_or_else(broken)?;
            let text = match styles.contains(&(name, Style::JSON)) {
                // Only a text looks different in JSON.
                true => serde_json::from_str(&text).unwrap_or(text),
                false => text,
            };
            fields.push((place.clone(), text));
            rest = others;
        }
    }
    let text = match fields.is_empty() {
        // Without any fields it is an object all the same.
        true => Text::Pairs(vec![(String::new(), String::new())]),
        false => Text::Brackets(fields),
    };
    param::read("", Style::DEEP_OBJECT, &text)
        .map_err(|error| JsonError::of_text(error.to_string()))
}
