//! Checks that few documents need: what keys need each other, what some items must be, what a value must
//! not be (F8, G2, G8, G10, G12, K8, K26).

use crate::api::{
    Constraints, Contains, Kind, RareConstraints, Rule, StringFormat, Structure, Type,
};

use super::check::Check;
use super::checks::{Checks, Treated, Treatment};

impl Checks<'_> {
    /// What becomes of the rare keywords on a value.
    pub(super) fn treat_rare(&self, kind: &Kind, rare: &RareConstraints, into: &mut Treated) {
        if !rare.not_values.is_empty() {
            // What is absent looks like `null` when it is compared.
            let treatment = if rare.not_values.iter().any(|text| text == "null") {
                Treatment::Documented
            } else {
                Treatment::Checked(Check::NoneOf(rare.not_values.clone()))
            };
            into.push(("not", treatment));
        }
        if !rare.not_types.is_empty() {
            into.push(("not", not_types(kind, &rare.not_types)));
        }
        for contains in &rare.contains {
            into.push(("contains", self.contains(kind, contains)));
        }
        match kind {
            Kind::Map(values) => {
                into.extend(
                    rare.keys
                        .iter()
                        .map(|keys| ("propertyNames", self.keys(keys))),
                );
                let patterned = rare.patterned.iter();
                into.extend(patterned.map(|patterned| self.patterned(values, patterned)));
                into.extend(key_checks(rare, |_| true));
            }
            // The keys are of the type that their constraints make.
            Kind::KeyedMap(..) => {
                into.extend(
                    rare.keys
                        .iter()
                        .map(|_| ("propertyNames", Treatment::Implied)),
                );
                let others = key_checks(rare, |_| true).into_iter();
                into.extend(others.map(|(keyword, _)| (keyword, Treatment::Documented)));
            }
            _ => {}
        }
    }

    /// The checks on an object as a whole; `has` tells which of its keys have a field.
    pub(super) fn of_object(&self, object: &Structure, has: impl Fn(&str) -> bool) -> Treated {
        let mut treated = Vec::new();
        let Some(constraints) = &object.constraints else {
            return treated;
        };
        if let Some(min) = constraints.min_properties.filter(|min| *min > 0) {
            treated.push((
                "minProperties",
                Treatment::Checked(Check::MinProperties(min)),
            ));
        }
        if let Some(max) = constraints.max_properties {
            treated.push((
                "maxProperties",
                Treatment::Checked(Check::MaxProperties(max)),
            ));
        }
        if let Some(rare) = &constraints.rare {
            treated.extend(key_checks(rare, has));
        }
        treated
    }

    fn contains(&self, kind: &Kind, contains: &Contains) -> Treatment {
        let items = match kind {
            Kind::Array(items) | Kind::Fixed(items, _) => items,
            Kind::Tuple(_) => return Treatment::Documented,
            _ => return Treatment::Idle,
        };
        let Some(checks) = self.rule(items, &contains.rule) else {
            return Treatment::Documented;
        };
        Treatment::Checked(Check::Contains {
            min: contains.min,
            max: contains.max,
            checks,
        })
    }

    /// A rule as checks on a value of a type, if it can be checked as a whole. A value that may be
    /// `null` cannot: what is absent keeps every rule.
    fn rule(&self, ty: &Type, rule: &Rule) -> Option<Vec<Check>> {
        let own = json_type(&ty.kind);
        let mut checks = match rule.json_type {
            Some(name) if ty.kind == Kind::Any => vec![Check::IsType(name)],
            Some(name) if name != own && (name, own) != ("number", "integer") => return None,
            _ => Vec::new(),
        };
        match ty.kind {
            _ if rule.values.is_empty() => {}
            Kind::Any => checks.push(Check::OneOf(rule.values.clone())),
            _ => checks.push(Check::Among(rule.values.clone())),
        }
        checks.extend(self.predicate(ty.kind.clone(), &rule.constraints)?);
        (!ty.nullable || ty.kind == Kind::Any).then_some(checks)
    }

    /// What stands under keys that match a pattern, in a map of values of one type (G8).
    fn patterned(
        &self,
        values: &Type,
        (pattern, rule): &(String, Rule),
    ) -> (&'static str, Treatment) {
        let checks = self.rule(values, rule);
        let treatment = match (self.pattern(pattern), checks) {
            (Err(refusal), _) => Treatment::Refused(refusal),
            (_, None) => Treatment::Documented,
            (_, Some(checks)) if checks.is_empty() => Treatment::Implied,
            (Ok(pattern), Some(checks)) => Treatment::Checked(Check::Matching(pattern, checks)),
        };
        ("patternProperties", treatment)
    }

    fn keys(&self, constraints: &Constraints) -> Treatment {
        match self.predicate(Kind::String(StringFormat::Plain), constraints) {
            Some(checks) if checks.is_empty() => Treatment::Implied,
            Some(checks) => Treatment::Checked(Check::Keys(checks)),
            None => Treatment::Documented,
        }
    }

    /// The constraints as checks on a value of a kind, if all of them can be checked.
    fn predicate(&self, kind: Kind, constraints: &Constraints) -> Option<Vec<Check>> {
        let ty = Type {
            kind,
            nullable: false,
            constraints: constraints.clone(),
        };
        let mut checks = Vec::new();
        for (_, treatment) in self.treat(&ty) {
            match treatment {
                Treatment::Checked(check) => checks.push(check),
                Treatment::Implied => {}
                _ => return None,
            }
        }
        Some(checks)
    }
}

/// The map of the keys that a struct does not declare, with what is said about these (G4, G8).
pub(super) fn rest(structure: &Structure, values: &Type) -> Type {
    let mut constraints = Constraints::default();
    let of_object = structure.constraints.as_ref();
    if let Some(rare) = of_object.and_then(|it| it.rare.as_ref())
        && !(rare.keys.is_empty() && rare.patterned.is_empty())
    {
        let of_rest = constraints.rare_mut();
        of_rest.keys.clone_from(&rare.keys);
        of_rest.patterned.clone_from(&rare.patterned);
    }
    Type {
        kind: Kind::Map(Box::new(values.clone())),
        nullable: false,
        constraints,
    }
}

/// The checks on which keys are there. Keys without a field cannot be asked for: only the other side
/// sends them.
fn key_checks(rare: &RareConstraints, has: impl Fn(&str) -> bool) -> Treated {
    let visible =
        |keys: &[String]| -> Vec<String> { keys.iter().filter(|key| has(key)).cloned().collect() };
    let mut treated = Vec::new();
    let mut add = |keyword, check| treated.push((keyword, Treatment::Checked(check)));
    let required = visible(&rare.required);
    if !required.is_empty() {
        add("required", Check::Required(required));
    }
    for (key, others) in &rare.dependent_required {
        let others = visible(others);
        if has(key) && !others.is_empty() {
            add(
                "dependentRequired",
                Check::DependentRequired(key.clone(), others),
            );
        }
    }
    for lists in &rare.alternatives {
        if lists.lists.iter().flatten().all(|key| has(key)) {
            let keyword = if lists.exactly_one { "oneOf" } else { "anyOf" };
            add(keyword, Check::OneOfKeys(lists.clone()));
        }
    }
    for keys in &rare.forbidden {
        if keys.iter().all(|key| has(key)) {
            add("not", Check::Forbidden(keys.clone()));
        }
    }
    treated
}

fn not_types(kind: &Kind, types: &[&'static str]) -> Treatment {
    let own = json_type(kind);
    match kind {
        Kind::Any => Treatment::Checked(Check::IsNotType(types.to_vec())),
        Kind::Named(_) => Treatment::Documented,
        _ if types.contains(&own) || own == "integer" && types.contains(&"number") => {
            Treatment::Impossible
        }
        _ if own == "number" && types.contains(&"integer") => Treatment::Documented,
        _ => Treatment::Implied,
    }
}

/// The JSON type of the values of a kind; nothing where there are several.
fn json_type(kind: &Kind) -> &'static str {
    match kind {
        Kind::Null => "null",
        Kind::Boolean => "boolean",
        Kind::Integer(_) => "integer",
        Kind::Number(_) => "number",
        Kind::String(_) | Kind::JsonString(_) => "string",
        Kind::Array(_) | Kind::Fixed(..) | Kind::Tuple(_) => "array",
        Kind::Map(_) | Kind::KeyedMap(..) => "object",
        Kind::Any | Kind::File | Kind::Named(_) | Kind::Replaced(_) => "",
    }
}
