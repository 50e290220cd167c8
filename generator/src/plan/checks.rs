//! What `validate` checks (groups D to G): a tree of checks for each place of a value.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use crate::api::{Api, Constraints, Definition, Kind, StringFormat, Type, TypeId, mentions, named};

use super::bound::{self, Bound, Fit, Limit, NoStep};
use super::check::Check;
use super::graph;
use super::pattern::{Refusal, translate};
use super::rare_checks::rest;
use super::rust_type::RustType;

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

/// How many values are looked at for the checks on one value. A tuple of tuples of other names has more
/// items than the document has lines.
const MOST_VALUES: usize = 512;

/// What the checks on a value depend on.
pub(super) struct Checks<'p> {
    api: &'p Api,
    /// For each type, whether a value of it has anything to check.
    validates: Vec<bool>,
    /// For each type, whether equal values are written alike, so that comparing them compares the JSON.
    plain: Vec<bool>,
    /// How many values may still be looked at for the value at hand, and whether any were left out.
    left: Cell<usize>,
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
            left: Cell::new(0),
            patterns: RefCell::default(),
        };
        let own = api.types.iter().enumerate().map(|(index, def)| {
            let mut mentions = mentions(&def.definition).into_iter();
            let has_rules = match &def.definition {
                Definition::Struct(it) => {
                    let rest = it.additional.as_ref().map(|values| rest(it, values));
                    !checks.of_object(it, |_| true).is_empty()
                        || rest.is_some_and(|rest| !checks.of(&rest).is_empty())
                }
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
        self.left.set(MOST_VALUES);
        self.at_depth(ty, 0)
    }

    /// Whether a value holds more values than are looked at, so that some checks are left out.
    pub(super) fn is_cut(&self, ty: &Type) -> bool {
        self.of(ty);
        self.left.get() == 0
    }

    fn at_depth(&self, ty: &Type, depth: usize) -> Vec<Check> {
        let mut checks = Vec::new();
        let left = if depth < MAX_DEPTH {
            self.left.get().saturating_sub(1)
        } else {
            0
        };
        self.left.set(left);
        if left == 0 {
            return checks;
        }
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
        match &ty.kind {
            Kind::Array(items) | Kind::Fixed(items, _) => {
                checks.extend(nested(self.at_depth(items, depth + 1), Check::Items));
            }
            Kind::Tuple(items) => {
                let places = items.iter().map(|it| self.at_depth(it, depth + 1));
                let places = places.enumerate().filter(|(_, checks)| !checks.is_empty());
                let places: Vec<_> = places.collect();
                checks.extend((!places.is_empty()).then_some(Check::Places(places)));
            }
            Kind::KeyedMap(keys, values) => {
                let keys = self.at_depth(keys, depth + 1);
                checks.extend((!keys.is_empty()).then_some(Check::Keys(keys)));
                checks.extend(nested(self.at_depth(values, depth + 1), Check::Values));
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
        // What stands in the place of a type is the user's, and so are its checks.
        if matches!(ty.kind, Kind::Replaced(_)) {
            for (_, treatment) in &mut treated {
                *treatment = Treatment::Documented;
            }
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
        let is_list = matches!(kind, Kind::Array(_));
        // These have the length that their type says.
        let is_fixed = matches!(kind, Kind::Fixed(..) | Kind::Tuple(_));
        let is_map = matches!(kind, Kind::Map(_) | Kind::KeyedMap(..));
        let treat = |fits: bool, count: u64, check: Check| match (fits, count) {
            (false, _) => Treatment::Idle,
            (true, 0) => Treatment::Implied,
            (true, _) => Treatment::Checked(check),
        };
        if let Some(min) = constraints.min_items {
            let min = if is_fixed { 0 } else { min };
            into.push((
                "minItems",
                treat(is_list || is_fixed, min, Check::MinItems(min)),
            ));
        }
        if let Some(max) = constraints.max_items {
            let count = u64::from(!is_fixed);
            into.push((
                "maxItems",
                treat(is_list || is_fixed, count, Check::MaxItems(max)),
            ));
        }
        if constraints.unique_items {
            let treatment = match kind {
                Kind::Array(items) | Kind::Fixed(items, _) if self.is_plain(items) => {
                    Treatment::Checked(Check::UniqueItems)
                }
                Kind::Array(_) | Kind::Fixed(..) => Treatment::Checked(Check::UniqueValues),
                Kind::Tuple(_) => Treatment::Documented,
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
