//! Enums: their variants, and what becomes of values that are not listed (group I).

use serde::Serialize;

use crate::api::{Api, Definition, Direction, Enumeration, Literal, Member, Others, TypeId};

use super::docs::doc_lines;
use super::names::{Name, Scope, Spelling};
use super::prose::{code, paragraph};

/// The decisions about an enum.
#[derive(Debug, Serialize)]
pub(crate) struct EnumPlan {
    pub(crate) variants: Vec<VariantPlan>,
    pub(crate) representation: Representation,
    /// The variant that `Default` gives, if there is one.
    pub(crate) default: Option<usize>,
}

/// A variant and its value.
#[derive(Debug, Serialize)]
pub(crate) struct VariantPlan {
    pub(crate) docs: Vec<String>,
    pub(crate) name: Name,
    pub(crate) value: Literal,
}

/// What an enum is written as, and what becomes of other values of that type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) enum Representation {
    /// A string; others are kept, and either break a constraint or are as good (I8, I21).
    OpenText { extensible: bool },
    /// A string; others are refused (I6, I9).
    ClosedText,
    /// A whole number; others are kept (I15).
    OpenInteger { extensible: bool },
    /// A whole number; others are refused.
    ClosedInteger,
    /// `true` or `false` (I7).
    Boolean,
    /// A number (I7).
    Number,
}

impl Representation {
    /// Whether values that are not listed are kept.
    pub(crate) const fn is_open(self) -> bool {
        matches!(self, Self::OpenText { .. } | Self::OpenInteger { .. })
    }
}

/// Plans an enum.
pub(super) fn plan(enumeration: &Enumeration, direction: Direction) -> EnumPlan {
    let representation = representation(enumeration, direction);
    let reserved: &[&str] = if representation.is_open() {
        &["Unrecognized"]
    } else {
        &[]
    };
    let mut scope = Scope::with(reserved, "value");
    let members = enumeration.members.iter().enumerate();
    let variants = members.map(|(index, member)| {
        let fallback = if member.value == Literal::Text(String::new()) {
            "Empty".to_owned()
        } else {
            format!("Value{}", index + 1)
        };
        VariantPlan {
            docs: variant_docs(member),
            name: scope.name(&spoken(member), Spelling::Pascal, &fallback),
            value: member.value.clone(),
        }
    });
    EnumPlan {
        variants: variants.collect(),
        representation,
        default: enumeration.default,
    }
}

/// Whether an enum keeps values that break the constraint of being listed.
pub(super) fn validates(api: &Api, id: TypeId, direction: Direction) -> bool {
    let Some(Definition::Enum(enumeration)) = api.types.get(id.0).map(|def| &def.definition) else {
        return false;
    };
    matches!(
        representation(enumeration, direction),
        Representation::OpenText { extensible: false }
            | Representation::OpenInteger { extensible: false }
    )
}

/// What an enum derives. One that can keep a text is not `Copy`.
pub(super) fn derives(plan: &EnumPlan) -> Vec<&'static str> {
    let mut derives = vec!["Debug", "Clone"];
    if !matches!(plan.representation, Representation::OpenText { .. }) {
        derives.push("Copy");
    }
    if plan.default.is_some() {
        derives.push("Default");
    }
    derives.extend(["PartialEq", "Eq", "Hash", "PartialOrd", "Ord"]);
    derives
}

/// Whether values of an enum are copied.
pub(super) fn is_copy(enumeration: &Enumeration, direction: Direction) -> bool {
    !matches!(
        representation(enumeration, direction),
        Representation::OpenText { .. }
    )
}

/// An enum that can arrive in a response, or whose way is not known, keeps unknown values.
fn representation(enumeration: &Enumeration, direction: Direction) -> Representation {
    let open = match enumeration.others {
        Others::ByDirection => direction.response || !direction.request,
        Others::Kept | Others::Allowed => true,
        Others::Refused => false,
    };
    let extensible = enumeration.others == Others::Allowed;
    match (enumeration.members.first().map(|it| &it.value), open) {
        (Some(Literal::Integer(_)), true) => Representation::OpenInteger { extensible },
        (Some(Literal::Integer(_)), false) => Representation::ClosedInteger,
        (Some(Literal::Boolean(_)), _) => Representation::Boolean,
        (Some(Literal::Number(_)), _) => Representation::Number,
        (_, true) => Representation::OpenText { extensible },
        (_, false) => Representation::ClosedText,
    }
}

/// The text that a variant is named after (I11, I15, I19).
fn spoken(member: &Member) -> String {
    if let Some(name) = &member.name {
        return name.clone();
    }
    match &member.value {
        Literal::Text(text) => text.clone(),
        Literal::Integer(value) if *value < 0 => format!("minus {}", value.unsigned_abs()),
        Literal::Integer(value) => format!("n{value}"),
        Literal::Boolean(value) => value.to_string(),
        Literal::Number(digits) => match digits.strip_prefix('-') {
            Some(digits) => format!("minus {digits}"),
            None => format!("n{digits}"),
        },
    }
}

/// The value of a variant and what is said about it. A value that cannot be seen is described.
fn variant_docs(member: &Member) -> Vec<String> {
    let value = match &member.value {
        Literal::Text(text) if text.is_empty() => "The empty text.".to_owned(),
        Literal::Text(text) => code(text),
        Literal::Integer(value) => code(&value.to_string()),
        Literal::Boolean(value) => code(&value.to_string()),
        Literal::Number(digits) => code(digits),
    };
    let mut lines = Vec::new();
    if let Some(description) = &member.description {
        paragraph(&mut lines, doc_lines(description));
    }
    paragraph(&mut lines, doc_lines(&value));
    lines
}
