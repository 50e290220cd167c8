//! What is wrong with a text that is not YAML.

use granit_parser::{ErrorKind, ScanError};

use crate::diagnostic::{Code, Diagnostic};
use crate::load::build::{Input, Refusal, shown};
use crate::load::limits::Limits;

/// The refusal for an error of the parser, at its place.
pub(super) fn refusal(input: Input<'_>, error: &ScanError, limits: &Limits) -> Refusal {
    let at = error
        .marker()
        .byte_offset()
        .unwrap_or(0)
        .min(input.text.len());
    let character = input.text.get(at..).and_then(|rest| rest.chars().next());
    // The place of a missing thing is often the line break before it, which has no width.
    let width = character
        .filter(|c| !c.is_control())
        .map_or(0, char::len_utf8);
    let span = input.span(at, at + width);
    if *error.kind() == ErrorKind::RecursionLimitExceeded {
        let message = format!("the document nests deeper than {} levels", limits.max_depth);
        return Box::new(
            Diagnostic::error(Code::Limit, span, message).label("reading stopped here"),
        );
    }
    let mut diagnostic = Diagnostic::error(
        Code::Syntax,
        span,
        format!("not YAML: {}", message(error.kind())),
    );
    if let Some(help) = help(error.kind()) {
        diagnostic = diagnostic.help(help);
    }
    Box::new(diagnostic)
}

fn message(kind: &ErrorKind) -> String {
    let message = match kind {
        ErrorKind::UnexpectedEofFlowSequence => "a list that began with `[` has no `]`",
        ErrorKind::UnexpectedEofFlowMapping => "a mapping that began with `{` has no `}`",
        ErrorKind::UnclosedFlowCollection { open } => return format!("`{open}` is not closed"),
        ErrorKind::MismatchedFlowCollectionEnd { open, close } => {
            return format!("`{open}` is closed with `{close}`");
        }
        ErrorKind::MisplacedFlowCollectionEnd => "a bracket closes nothing",
        ErrorKind::UnexpectedCharacter { character } if character.is_control() => {
            return format!("the control character {} is not allowed", shown(*character));
        }
        ErrorKind::UnexpectedCharacter { character } => {
            return format!("a value cannot begin with {}", shown(*character));
        }
        ErrorKind::UnknownAnchor => "no node above has the anchor that this alias names",
        ErrorKind::ExpectedNodeContent => "a value is missing here",
        ErrorKind::ExpectedBlockMappingKey => {
            "a key is expected here, at the indentation of the others"
        }
        ErrorKind::ExpectedFlowMappingSeparator => "`,` or `}` is expected here",
        ErrorKind::ExpectedFlowSequenceSeparator => "`,` or `]` is expected here",
        ErrorKind::ExpectedBlockSequenceEntry => "`- ` is expected here",
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => "`:` is missing behind a key",
        ErrorKind::InvalidIndentation => "the indentation fits no line above",
        ErrorKind::MappingValueNotAllowed | ErrorKind::InvalidColonPlacement => {
            "`: ` is not allowed here"
        }
        ErrorKind::MappingKeyNotAllowed => "a key is not allowed here",
        ErrorKind::BlockSequenceEntryNotAllowed => "`- ` is not allowed here",
        ErrorKind::BlockEntryInFlowCollection => "`- ` is not allowed between brackets",
        ErrorKind::UnclosedQuotedScalar => "a quoted string has no closing quote",
        ErrorKind::UnknownQuotedScalarEscape => {
            "this escape is unknown in a string in double quotes"
        }
        ErrorKind::InvalidTrailingSingleQuotedScalar
        | ErrorKind::InvalidTrailingDoubleQuotedScalar => {
            "something stands behind the closing quote of a string"
        }
        ErrorKind::InvalidQuotedScalarIndent => "the lines of a quoted string must be indented",
        ErrorKind::InvalidBlockScalarIndent => {
            "a line of a text block is indented less than its first"
        }
        ErrorKind::MissingLowSurrogate
        | ErrorKind::UnpairedLowSurrogate
        | ErrorKind::InvalidLowSurrogate => "half of a surrogate pair is not a character",
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabInPlainScalar
        | ErrorKind::TabAtBlockScalarStart => "a tab is not allowed as indentation",
        ErrorKind::CommentNotSeparated => "a space is missing before `#`",
        ErrorKind::UndeclaredTagHandle => "the handle of this tag is not declared",
        other => return words(&format!("{other:?}")),
    };
    message.to_owned()
}

fn help(kind: &ErrorKind) -> Option<&'static str> {
    Some(match kind {
        ErrorKind::UnexpectedCharacter { character } if character.is_control() => return None,
        ErrorKind::InvalidColonPlacement => "is a bracket above not closed?",
        ErrorKind::UnexpectedCharacter { .. }
        | ErrorKind::MappingValueNotAllowed
        | ErrorKind::InvalidTrailingSingleQuotedScalar
        | ErrorKind::InvalidTrailingDoubleQuotedScalar => {
            "text with `: `, ` #`, or one of `@ % & * ! | > { [ ` at its start must stand in quotes"
        }
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabInPlainScalar
        | ErrorKind::TabAtBlockScalarStart => "indent with spaces",
        ErrorKind::UnknownQuotedScalarEscape => {
            "write `\\\\` for a backslash, or use single quotes"
        }
        ErrorKind::SimpleKeyExpected
        | ErrorKind::InvalidSimpleKey
        | ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::InvalidIndentation => "look at the line above as well",
        _ => return None,
    })
}

/// The name of a rare error as words: `InvalidTagEscape` as `invalid tag escape`.
fn words(name: &str) -> String {
    let name = name.split([' ', '(', '{']).next().unwrap_or(name);
    let mut words = String::new();
    for character in name.chars() {
        if character.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(character.to_lowercase());
    }
    words
}
