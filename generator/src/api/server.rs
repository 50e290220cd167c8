//! Where an API is served (A9 to A12).

use serde::Serialize;

/// A place where the API, or a part of it, is served.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Server {
    /// Its URL.
    pub(crate) address: Address,
    /// What it is called.
    pub(crate) name: Option<String>,
    /// What it is for. Markdown, as written.
    pub(crate) description: Option<String>,
    /// The first operation that it is declared for, if it is not one of the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) of: Option<String>,
}

/// A URL with variables.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(crate) struct Address {
    /// What it is put together from.
    pub(crate) pieces: Vec<Piece>,
    /// The variables, each once, in the order of the URL.
    pub(crate) variables: Vec<Variable>,
}

/// A part of a URL.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(crate) enum Piece {
    /// A text that stands there as it is.
    Text(String),
    /// The value of a variable, as it is: an index.
    Variable(usize),
}

/// A variable of a URL.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(crate) struct Variable {
    /// Its name.
    pub(crate) name: String,
    /// The values that it may have, each once; any, if there are none.
    pub(crate) values: Vec<String>,
    /// The value that it has unless another is chosen: one of the values.
    pub(crate) default: Option<String>,
    /// What it is for. Markdown, as written.
    pub(crate) description: Option<String>,
}

impl Address {
    /// The URL with the defaults of its variables; nothing if one of them has none.
    pub(crate) fn url(&self) -> Option<String> {
        let texts = self.pieces.iter().map(|piece| match piece {
            Piece::Text(text) => Some(text.as_str()),
            Piece::Variable(index) => self.variables.get(*index)?.default.as_deref(),
        });
        texts.collect()
    }
}
