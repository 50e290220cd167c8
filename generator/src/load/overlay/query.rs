//! JSONPath (RFC 9535) as text and as a tree, without the functions of filters.

use super::parser::Parser;

/// A query: the way from a node to others.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Query {
    /// Where it starts.
    pub(super) start: Start,
    /// The steps of the way.
    pub(super) segments: Vec<Segment>,
}

/// Where a query starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    /// `$`, the document.
    Root,
    /// `@`, what a filter looks at.
    Current,
}

/// A step of a query.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Segment {
    /// Whether it starts from all that is below as well (`..`).
    pub(super) descends: bool,
    /// What is taken; the results of all of them count.
    pub(super) selectors: Vec<Selector>,
}

/// What a step takes of a node.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Selector {
    /// The value under a key.
    Name(String),
    /// Everything.
    All,
    /// An item; a negative number counts from the end.
    Index(i64),
    /// Items from a first one to one before the last, every so many.
    Slice(Option<i64>, Option<i64>, i64),
    /// The values of which something is true.
    Filter(Condition),
}

/// What must be true of a value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Condition {
    /// At least one holds.
    Any(Vec<Self>),
    /// All hold.
    All(Vec<Self>),
    /// The opposite.
    Not(Box<Self>),
    /// A query finds something.
    Exists(Query),
    /// A comparison.
    Compare(Operand, Comparison, Operand),
}

/// One side of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Operand {
    /// A value of its own.
    Literal(Literal),
    /// What a query finds, which can be one value at most.
    Query(Query),
}

/// A value in a query.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Literal {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
}

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Query {
    /// Reads the text of a query.
    ///
    /// # Errors
    ///
    /// What is wrong with it, as a sentence.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        Parser::new(text).whole().map_err(|wrong| {
            let before = text.get(..wrong.at).unwrap_or(text);
            let column = before.chars().count() + 1;
            format!("expected {} at character {column}", wrong.wanted)
        })
    }

    /// Whether it can find one node at most.
    pub(super) fn is_singular(&self) -> bool {
        self.segments.iter().all(|segment| {
            let single = matches!(
                segment.selectors.as_slice(),
                [Selector::Name(_) | Selector::Index(_)]
            );
            single && !segment.descends
        })
    }
}
