//! Lists of values: enums and constants (group I).

use serde::Serialize;

use crate::source::Span;

/// A type whose values are listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Enumeration {
    /// The values, in order, each once, and all of one kind of [`Literal`]. There is at least one.
    pub(crate) members: Vec<Member>,
    /// What becomes of a value that is not listed.
    pub(crate) others: Others,
    /// The member that a value is where nothing else is said: the only one of a constant (I6), or
    /// the default of a component (I26).
    pub(crate) default: Option<usize>,
}

impl Enumeration {
    /// The value, if there can never be another one: that of a `const` (I6, I7).
    pub(crate) fn constant(&self) -> Option<&Literal> {
        match (&self.members[..], self.others, self.default) {
            ([only], Others::Refused, Some(0)) => Some(&only.value),
            _ => None,
        }
    }

    /// The same where it stands without a name. A default there is that of the place (I1), and none
    /// of the type.
    pub(crate) fn unnamed(self) -> Self {
        Self {
            default: self.default.filter(|_| self.constant().is_some()),
            ..self
        }
    }
}

/// A listed value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Member {
    /// The value on the wire.
    pub(crate) value: Literal,
    /// What the document calls it (I19, I20).
    pub(crate) name: Option<String>,
    /// What the document says about it. Markdown, as written.
    pub(crate) description: Option<String>,
}

/// A value that a member of an enum can have.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(crate) enum Literal {
    Text(String),
    Integer(i64),
    Boolean(bool),
    /// A number that is no [`Self::Integer`], in digits.
    Number(String),
}

/// What a property is where it is absent (I1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct FieldDefault {
    /// A value of the property's type, which is not `null`.
    pub(crate) value: serde_json::Value,
    /// Where it is written.
    #[serde(skip)]
    pub(crate) span: Span,
}

/// What becomes of a value that an enum does not list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) enum Others {
    /// It is kept where a response can bring it, and refused where only requests do (I8, I9).
    ByDirection,
    /// It is kept, and breaks a constraint.
    Kept,
    /// It is as good as those that are listed (I21).
    Allowed,
    /// It is refused.
    Refused,
}
