//! The parameters of a request in the making.

use serde::Serialize;

use super::super::form::{self, Styles};
use super::super::param::{self, ParamError, Style, Value};
use super::super::percent;
use super::Call;

impl Call<'_> {
    /// Fills in a path parameter.
    ///
    /// It stays within its segment, whatever its text is, unless the style says otherwise. An empty one, `.` and `..` are refused,
    /// because they would make the path that of another operation, even when encoded.
    pub fn path(&mut self, name: &str, style: Style, value: &(impl Serialize + ?Sized)) {
        let text = param::to_value(value).and_then(|value| param::path(name, style, &value));
        let text = match text {
            Ok(text) => text,
            Err(error) => return self.wrong(format!("the path parameter `{name}`: {error}")),
        };
        if matches!(text.as_str(), "." | "..") {
            self.wrong(format!("the path parameter `{name}` is `.` or `..`"));
        }
        // Servers refuse it, and some software ends the path there.
        if text.contains("%00") {
            self.wrong(format!("the path parameter `{name}` holds a NUL"));
        }
        let placeholders = [format!("{{{name}}}"), format!("{{+{name}}}")];
        let mut found = placeholders
            .iter()
            .filter_map(|it| Some((self.path.find(it)?, it.len())));
        match found.next() {
            Some((start, length)) => {
                let end = start + length;
                let Some(text) = percent::apart(text, &self.path[end..]) else {
                    return self.wrong(format!(
                        "the path parameter `{name}` cannot be told from the text that follows it"
                    ));
                };
                self.path.replace_range(start..end, &text);
            }
            None => self.wrong(format!("the path has no parameter `{name}`")),
        }
    }

    /// Adds a query parameter; one that is `None` adds nothing.
    pub fn query(&mut self, name: &str, style: Style, value: &(impl Serialize + ?Sized)) {
        let value = param::to_value(value);
        let done = value.and_then(|value| param::query(&mut self.query, name, style, &value));
        if let Err(error) = done {
            self.wrong(format!("the query parameter `{name}`: {error}"));
        }
    }

    /// Sends a value as the whole query, as a form; one that is `None` sends none.
    pub fn query_form(&mut self, styles: Styles, value: &(impl Serialize + ?Sized)) {
        self.whole("form", value, |_| form::write(styles, value));
    }

    /// Sends a value as the whole query, as JSON or a text; one that is `None` sends none.
    pub fn whole_query(&mut self, style: Style, value: &(impl Serialize + ?Sized)) {
        self.whole("query", value, |value| param::path("", style, value));
    }

    fn whole(
        &mut self,
        what: &str,
        value: &(impl Serialize + ?Sized),
        write: impl FnOnce(&Value) -> Result<String, ParamError>,
    ) {
        let text = param::to_value(value).and_then(|value| match value {
            Value::Null => Ok(String::new()),
            value => write(&value),
        });
        match text {
            Ok(text) if text.is_empty() => {}
            Ok(text) => {
                if !self.query.is_empty() {
                    self.query.push('&');
                }
                self.query.push_str(&text);
            }
            Err(error) => self.wrong(format!("the {what}: {error}")),
        }
    }

    /// Adds a header; one that is `None` adds nothing.
    pub fn header(&mut self, name: &str, style: Style, value: &(impl Serialize + ?Sized)) {
        if let Err(error) = param::set_header(&mut self.headers, name, style, value) {
            self.wrong(format!("the header `{name}`: {error}"));
        }
    }

    /// Adds a cookie; one that is `None` adds nothing.
    pub fn cookie(&mut self, name: &str, style: Style, value: &(impl Serialize + ?Sized)) {
        let value = param::to_value(value);
        let done = value.and_then(|value| param::cookie(&mut self.cookies, name, style, &value));
        if let Err(error) = done {
            self.wrong(format!("the cookie `{name}`: {error}"));
        }
    }
}
