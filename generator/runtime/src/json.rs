//! Reading JSON and texts with errors that say where, and do not repeat what stands there.

use std::fmt;
use std::str::FromStr;

use serde::de::DeserializeOwned;

use super::strict::Strict;

/// JSON, or another text, that is broken or does not fit a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonError {
    path: String,
    problem: String,
    line: usize,
    column: usize,
}

impl JsonError {
    /// What is wrong with a text that is not JSON.
    pub(super) fn of_text(problem: impl Into<String>) -> Self {
        Self {
            path: ".".to_owned(),
            problem: problem.into(),
            line: 0,
            column: 0,
        }
    }

    /// What is wrong at a place in a value.
    pub fn at(path: impl Into<String>, problem: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            ..Self::of_text(problem)
        }
    }

    /// The place in the value, like `subscribed_events[0]`; the whole value is `.`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is wrong.
    pub fn problem(&self) -> &str {
        &self.problem
    }

    /// Where the text was left, from line 1 and column 1; both 0 at no place in particular.
    pub fn position(&self) -> (usize, usize) {
        (self.line, self.column)
    }
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            path,
            problem,
            line,
            column,
        } = self;
        write!(f, "{problem} at `{path}`, line {line} column {column}")
    }
}

impl std::error::Error for JsonError {}

/// Reads a value from JSON text, all of it. A struct is read from an object only.
///
/// # Errors
///
/// The text is not JSON, or does not fit the type.
pub fn from_slice<T: DeserializeOwned>(text: &[u8]) -> Result<T, JsonError> {
    // Keeping track of the path costs time, so it is done only once something is known to be wrong.
    read(text).map_err(|error| locate::<T>(text, &error))
}

fn read<T: DeserializeOwned>(text: &[u8]) -> Result<T, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_slice(text);
    let value = T::deserialize(Strict::new(&mut deserializer))?;
    deserializer.end()?;
    Ok(value)
}

/// Reads a value from a text in UTF-8 that is the value itself, such as `5` or `blue`.
///
/// # Errors
///
/// The text is not UTF-8, or stands for no value of the type.
pub fn from_text<T: FromStr>(text: &[u8]) -> Result<T, JsonError> {
    let problem = match std::str::from_utf8(text).map(str::parse) {
        Ok(Ok(value)) => return Ok(value),
        Ok(Err(_)) => "the text is no value of the type",
        Err(_) => "the text is not UTF-8",
    };
    Err(JsonError::of_text(problem))
}

fn locate<T: DeserializeOwned>(text: &[u8], error: &serde_json::Error) -> JsonError {
    let mut deserializer = serde_json::Deserializer::from_slice(text);
    let path = match serde_path_to_error::deserialize::<_, T>(Strict::new(&mut deserializer)) {
        Ok(_) => ".".to_owned(),
        Err(error) => error.path().to_string(),
    };
    let problem = without_value(error);
    JsonError {
        path,
        problem,
        line: error.line(),
        column: error.column(),
    }
}

/// What Serde says quotes the value: ``invalid type: string "...", expected a boolean``.
fn without_value(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let message = match message.rfind(" at line ") {
        Some(end) => &message[..end],
        None => &message,
    };
    match message.rfind(", expected ") {
        Some(start) => message[start + 2..].to_owned(),
        None => message.to_owned(),
    }
}
