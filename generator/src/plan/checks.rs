//! What `validate` checks (groups D to G): a tree of checks for each place of a value.

use std::cell::RefCell;
use std::collections::HashMap;

use serde::Serialize;

use crate::api::{
    Api, Constraints, Definition, KeyLists, Kind, StringFormat, Type, TypeId, mentions, named,
};

use super::bound::{self, Bound, Fit, Limit, NoStep};
use super::graph;
use super::pattern::{Refusal, translate};
use super::rust_type::RustType;

/// One check on a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) enum Check {
    MinLength(u64),
    MaxLength(u64),
    Minimum(Bound),
    Maximum(Bound),
    ExclusiveMinimum(Bound),
    ExclusiveMaximum(Bound),
    MultipleOf(Bound),
    MinItems(u64),
    MaxItems(u64),
    /// A pattern in the syntax of the `regex` crate.
    Pattern(String),
    /// No two items are equal; the items can be compared as they are.
    UniqueItems,
    /// No two items are equal as JSON.
    UniqueValues,
    /// Some of the items pass the checks.
    Contains {
        min: u64,
        max: Option<u64>,
        checks: Vec<Check>,
    },
    MinProperties(u64),
    MaxProperties(u64),
    /// The number is one of these (I16).
    OneNumberOf(Vec<Bound>),
    /// The flag is this one (I17).
    Only(bool),
    /// The value equals one of these JSON texts (I7, I18).
    OneOf(Vec<String>),
    /// On each item of a list.
    Items(Vec<Check>),
    /// On each value of a map.
    Values(Vec<Check>),
    /// On each key of a map.
    Keys(Vec<Check>),
    /// On each value of a map under a key that matches the pattern.
    Matching(String, Vec<Check>),
    /// The keys are there.
    Required(Vec<String>),
    /// The keys are there if the first one is.
    DependentRequired(String, Vec<String>),
    /// One of the lists of keys is there as a whole.
    OneOfKeys(KeyLists),
    /// Not all of the keys are there.
    Forbidden(Vec<String>),
    /// The value is one of these, in JSON, or `null`.
    Among(Vec<String>),
    /// The value is none of these, in JSON.
    NoneOf(Vec<String>),
    /// The value has this JSON type.
    IsType(&'static str),
    /// The value has none of these JSON types.
    IsNotType(Vec<&'static str>),
    /// The value has checks of its own.
    Inside,
}

impl Check {
    /// Whether it looks at values as JSON.
    pub(crate) fn is_json(&self) -> bool {
        matches!(
            self,
            Self::UniqueValues
                | Self::OneOf(_)
                | Self::Among(_)
                | Self::NoneOf(_)
                | Self::IsType(_)
                | Self::IsNotType(_)
        )
    }

    /// Whether it looks at the keys of an object.
    pub(crate) fn is_about_keys(&self) -> bool {
        let lists = matches!(self, Self::Keys(_) | Self::Matching(..) | Self::Values(_));
        let counts = matches!(self, Self::MinProperties(_) | Self::MaxProperties(_));
        lists || counts || !self.keys().is_empty()
    }

    /// The keys that it asks an object for.
    pub(super) fn keys(&self) -> Vec<&str> {
        match self {
            Self::Required(keys) | Self::Forbidden(keys) => {
                keys.iter().map(String::as_str).collect()
            }
            Self::DependentRequired(key, others) => {
                others.iter().chain([key]).map(String::as_str).collect()
            }
            Self::OneOfKeys(lists) => lists.lists.iter().flatten().map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }

    /// The checks on what the value holds.
    pub(crate) fn inner(&self) -> &[Self] {
        match self {
            Self::Items(checks)
            | Self::Values(checks)
            | Self::Keys(checks)
            | Self::Matching(_, checks)
            | Self::Contains { checks, .. } => checks,
            _ => &[],
        }
    }
}

/// What becomes of a keyword.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Treatment {
    /// `validate` checks it.
    Checked(Check),
    /// The type keeps it, whatever the value.
    Implied,
    /// It stands in the documentation and nowhere else.
    Documented,
    /// It means nothing for a value of this type.
    Idle,
    /// A pattern that the engine does not know; it is documented and not checked.
    Refused(Refusal),
    /// No value can keep it, or it is not what the keyword takes; it is documented and not checked.
    Impossible,
}

/// How deep checks may stand inside each other. Names that stand for lists of other names can be
/// deeper than anything that is written in one place, and each level is one of the output.
const MAX_DEPTH: usize = 24;

/// What the checks on a value depend on.
pub(super) struct Checks<'p> {
    api: &'p Api,
    /// For each type, whether a value of it has anything to check.
    validates: Vec<bool>,
    /// For each type, whether equal values are written alike, so that comparing them compares the JSON.
    plain: Vec<bool>,
    /// The patterns that were translated.
    patterns: RefCell<HashMap<String, Result<String, Refusal>>>,
}

impl<'p> Checks<'p> {
    /// Finds out which types have anything to check; those that are told to have are open enums.
    pub(super) fn new(api: &'p Api, is_open: impl Fn(TypeId) -> bool) -> Self {
        let mut checks = Self {
            api,
            validates: vec![false; api.types.len()],
            plain: graph::all_parts(api, &is_open, |ty| is_plain(&ty.kind)),
            patterns: RefCell::default(),
        };
        let own = api.types.iter().enumerate().map(|(index, def)| {
            let mut mentions = mentions(&def.definition).into_iter();
            let has_rules = match &def.definition {
                Definition::Struct(it) => !checks.of_object(&it.constraints, |_| true).is_empty(),
                _ => false,
            };
            is_open(TypeId(index)) || has_rules || mentions.any(|ty| !checks.of(ty).is_empty())
        });
        checks.validates = graph::spread(api, own.collect());
        checks
    }

    /// Whether a value of a named type has anything to check.
    pub(super) fn validates(&self, id: TypeId) -> bool {
        self.validates.get(id.0).copied().unwrap_or(false)
    }

    /// The checks on a value that is not `null`.
    pub(super) fn of(&self, ty: &Type) -> Vec<Check> {
        self.at_depth(ty, 0)
    }

    fn at_depth(&self, ty: &Type, depth: usize) -> Vec<Check> {
        let mut checks = Vec::new();
        let mut ty = ty;
        // Aliases cannot lead back to themselves.
        loop {
            checks.extend(self.own(ty, depth));
            match self.stands_for(ty) {
                Some(target) => ty = target,
                None => break,
            }
        }
        if let Kind::Named(id) = ty.kind {
            checks.extend(self.validates(id).then_some(Check::Inside));
        }
        checks
    }

    /// The checks on a value, those of the type that it is an alias of left out.
    fn own(&self, ty: &Type, depth: usize) -> Vec<Check> {
        let treated = self.treat(ty).into_iter();
        let mut checks: Vec<Check> = treated
            .filter_map(|(_, treatment)| match treatment {
                Treatment::Checked(check) => Some(check),
                _ => None,
            })
            .collect();
        if depth >= MAX_DEPTH {
            return checks;
        }
        match &ty.kind {
            Kind::Array(items) => {
                checks.extend(nested(self.at_depth(items, depth + 1), Check::Items));
            }
            Kind::Map(values) => {
                checks.extend(nested(self.at_depth(values, depth + 1), Check::Values));
            }
            Kind::JsonString(content) => {
                let checks_itself = self.at_depth(content, depth + 1).contains(&Check::Inside);
                checks.extend(checks_itself.then_some(Check::Inside));
            }
            _ => {}
        }
        checks
    }

    /// What becomes of each keyword on a value.
    pub(super) fn treat(&self, ty: &Type) -> Vec<(&'static str, Treatment)> {
        let constraints = &ty.constraints;
        let mut treated = Vec::new();
        self.treat_text(&ty.kind, constraints, &mut treated);
        treat_number(&ty.kind, constraints, &mut treated);
        self.treat_sizes(&ty.kind, constraints, &mut treated);
        treat_values(&ty.kind, &constraints.values, &mut treated);
        if let Some(rare) = &constraints.rare {
            self.treat_rare(&ty.kind, rare, &mut treated);
        }
        treated
    }

    fn treat_text(&self, kind: &Kind, constraints: &Constraints, into: &mut Treated) {
        // Dates and identifiers are no texts any more when they are checked.
        let is_text = matches!(
            kind,
            Kind::String(StringFormat::Plain | StringFormat::Secret)
        );
        let is_string = matches!(kind, Kind::String(_));
        let treat = |check: Check| match (is_text, is_string) {
            (true, _) => Treatment::Checked(check),
            (false, true) => Treatment::Documented,
            (false, false) => Treatment::Idle,
        };
        if let Some(min) = constraints.min_length {
            let treatment = if min == 0 {
                Treatment::Implied
            } else {
                treat(Check::MinLength(min))
            };
            into.push(("minLength", treatment));
        }
        if let Some(max) = constraints.max_length {
            into.push(("maxLength", treat(Check::MaxLength(max))));
        }
        for pattern in &constraints.patterns {
            let treatment = match self.pattern(pattern) {
                Ok(pattern) => treat(Check::Pattern(pattern)),
                Err(refusal) if is_string => Treatment::Refused(refusal),
                Err(_) => Treatment::Idle,
            };
            into.push(("pattern", treatment));
        }
    }

    /// The pattern for the engine. Each is compiled once, to see whether it can be.
    pub(super) fn pattern(&self, pattern: &str) -> Result<String, Refusal> {
        let mut patterns = self.patterns.borrow_mut();
        if let Some(known) = patterns.get(pattern) {
            return known.clone();
        }
        let translated = translate(pattern);
        patterns.insert(pattern.to_owned(), translated.clone());
        translated
    }

    fn treat_sizes(&self, kind: &Kind, constraints: &Constraints, into: &mut Treated) {
        let (is_list, is_map) = (matches!(kind, Kind::Array(_)), matches!(kind, Kind::Map(_)));
        let treat = |fits: bool, count: u64, check: Check| match (fits, count) {
            (false, _) => Treatment::Idle,
            (true, 0) => Treatment::Implied,
            (true, _) => Treatment::Checked(check),
        };
        if let Some(min) = constraints.min_items {
            into.push(("minItems", treat(is_list, min, Check::MinItems(min))));
        }
        if let Some(max) = constraints.max_items {
            into.push(("maxItems", treat(is_list, 1, Check::MaxItems(max))));
        }
        if constraints.unique_items {
            let treatment = match kind {
                Kind::Array(items) if self.is_plain(items) => {
                    Treatment::Checked(Check::UniqueItems)
                }
                Kind::Array(_) => Treatment::Checked(Check::UniqueValues),
                _ => Treatment::Idle,
            };
            into.push(("uniqueItems", treatment));
        }
        if let Some(min) = constraints.min_properties {
            let check = Check::MinProperties(min);
            into.push(("minProperties", treat(is_map, min, check)));
        }
        if let Some(max) = constraints.max_properties {
            let check = Check::MaxProperties(max);
            into.push(("maxProperties", treat(is_map, 1, check)));
        }
    }

    /// Whether equal values are written alike.
    fn is_plain(&self, ty: &Type) -> bool {
        let named = named(ty);
        is_plain(&ty.kind)
            && named
                .into_iter()
                .all(|id| self.plain.get(id.0).copied().unwrap_or(false))
            && ty
                .kind
                .inner()
                .into_iter()
                .all(|inner| self.is_plain(inner))
    }

    /// What a type is another name of.
    pub(super) fn stands_for(&self, ty: &Type) -> Option<&'p Type> {
        match ty.kind {
            Kind::Named(id) => match self.definition(id) {
                Some(Definition::Alias(target)) => Some(target),
                _ => None,
            },
            _ => None,
        }
    }

    fn definition(&self, id: TypeId) -> Option<&'p Definition> {
        self.api.types.get(id.0).map(|def| &def.definition)
    }
}

/// Keywords with what becomes of them.
pub(super) type Treated = Vec<(&'static str, Treatment)>;

/// The checks on what a list or a map holds. If it only has checks of its own, so has the whole.
fn nested(checks: Vec<Check>, on_each: fn(Vec<Check>) -> Check) -> Option<Check> {
    match checks[..] {
        [] => None,
        [Check::Inside] => Some(Check::Inside),
        _ => Some(on_each(checks)),
    }
}

/// Whether equal values of a kind are written alike. Two time stamps are equal if they name the same
/// moment, and two numbers with a fraction cannot be looked up.
fn is_plain(kind: &Kind) -> bool {
    match kind {
        Kind::String(format) => *format == StringFormat::Plain,
        Kind::Any | Kind::Number(_) | Kind::Replaced(_) => false,
        _ => true,
    }
}

/// Lists of values that are no enum. They are of the type, for `lower` left out those that are not.
fn treat_values(kind: &Kind, values: &[String], into: &mut Treated) {
    if values.is_empty() {
        return;
    }
    let treatment = match (kind, RustType::of_kind(kind)) {
        (Kind::Boolean, _) => match values {
            [only] => Treatment::Checked(Check::Only(only == "true")),
            _ => Treatment::Implied,
        },
        (Kind::Any, _) => Treatment::Checked(Check::OneOf(values.to_vec())),
        (_, RustType::Number(ty)) => {
            let values: Vec<Bound> = values
                .iter()
                .filter_map(|it| bound::value(it, ty))
                .collect();
            match values.is_empty() {
                true => Treatment::Impossible,
                false => Treatment::Checked(Check::OneNumberOf(values)),
            }
        }
        _ => Treatment::Documented,
    };
    into.push(("enum", treatment));
}

fn treat_number(kind: &Kind, constraints: &Constraints, into: &mut Treated) {
    let ty = match RustType::of_kind(kind) {
        RustType::Number(ty) => Some(ty),
        _ => None,
    };
    let limits = [
        ("minimum", Limit::Minimum, &constraints.minimum),
        ("maximum", Limit::Maximum, &constraints.maximum),
        (
            "exclusiveMinimum",
            Limit::ExclusiveMinimum,
            &constraints.exclusive_minimum,
        ),
        (
            "exclusiveMaximum",
            Limit::ExclusiveMaximum,
            &constraints.exclusive_maximum,
        ),
    ];
    for (keyword, limit, text) in limits {
        let Some(text) = text else { continue };
        let treatment = match ty.map(|ty| bound::limit(limit, text, ty)) {
            None => Treatment::Idle,
            Some(Fit::Always) => Treatment::Implied,
            Some(Fit::Never) => Treatment::Impossible,
            Some(Fit::Check(limit, bound)) => Treatment::Checked(match limit {
                Limit::Minimum => Check::Minimum(bound),
                Limit::Maximum => Check::Maximum(bound),
                Limit::ExclusiveMinimum => Check::ExclusiveMinimum(bound),
                Limit::ExclusiveMaximum => Check::ExclusiveMaximum(bound),
            }),
        };
        into.push((keyword, treatment));
    }
    for text in &constraints.multiple_of {
        let treatment = match ty.map(|ty| bound::step(text, ty)) {
            None => Treatment::Idle,
            Some(Ok(None)) => Treatment::Implied,
            Some(Ok(Some(step))) => Treatment::Checked(Check::MultipleOf(step)),
            Some(Err(NoStep::NotPositive)) => Treatment::Impossible,
            Some(Err(NoStep::TooLong)) => Treatment::Documented,
        };
        into.push(("multipleOf", treatment));
    }
}
