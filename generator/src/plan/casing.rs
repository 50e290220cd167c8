//! One attribute for the keys of a whole struct, where a casing of serde's makes most of them (G1).

use super::types::{FieldPlan, Presence};

/// A casing by serde's name for it, and how it spells the name of a field.
type Casing = (&'static str, fn(&str) -> String);

/// The casings of serde.
const CASINGS: &[Casing] = &[
    ("camelCase", camel),
    ("PascalCase", pascal),
    ("kebab-case", |name| name.replace('_', "-")),
    ("SCREAMING_SNAKE_CASE", |name| name.to_ascii_uppercase()),
    ("SCREAMING-KEBAB-CASE", |name| {
        name.to_ascii_uppercase().replace('_', "-")
    }),
];

/// The casing that leaves the fewest fields to be renamed one by one, if it saves an attribute. The
/// fields that it covers lose theirs, and those that it would misspell get one.
pub(super) fn rename_all(fields: &mut [FieldPlan]) -> Option<&'static str> {
    let keyed = fields.iter().filter(|field| has_key(field));
    let keyed: Vec<(&str, &str)> = keyed
        .map(|field| (field.name.plain(), field.key.as_str()))
        .collect();
    let (casing, spell) = best(&keyed)?;
    for field in fields.iter_mut().filter(|field| has_key(field)) {
        let is_missed = spell(field.name.plain()) != field.key;
        field.rename = is_missed.then(|| field.key.clone());
    }
    Some(casing)
}

/// The casing for the names of fields and their keys.
fn best(fields: &[(&str, &str)]) -> Option<Casing> {
    let renamed = fields.iter().filter(|(name, key)| name != key).count();
    let misses = |spell: fn(&str) -> String| {
        fields
            .iter()
            .filter(|(name, key)| spell(name) != *key)
            .count()
    };
    // The first of several that do as well is the one that is seen most.
    let counted = CASINGS
        .iter()
        .map(|(casing, spell)| (misses(*spell), *casing, *spell));
    let (missed, casing, spell) = counted.min_by_key(|(missed, ..)| *missed)?;
    (missed + 1 < renamed).then_some((casing, spell))
}

fn has_key(field: &FieldPlan) -> bool {
    field.presence != Presence::Rest
}

fn pascal(name: &str) -> String {
    let words = name.split('_').filter_map(|word| {
        let first = word.get(..1)?;
        Some(first.to_ascii_uppercase() + word.get(1..)?)
    });
    words.collect()
}

fn camel(name: &str) -> String {
    let pascal = pascal(name);
    match (pascal.get(..1), pascal.get(1..)) {
        (Some(first), Some(rest)) => first.to_ascii_lowercase() + rest,
        _ => pascal,
    }
}

#[cfg(test)]
mod tests {
    use super::{CASINGS, best};
    use crate::plan::names::{Name, Scope, Spelling};

    fn casing(keys: &[&str]) -> Option<&'static str> {
        let mut scope = Scope::default();
        let names: Vec<Name> = keys
            .iter()
            .map(|key| scope.name(key, Spelling::Snake, "field"))
            .collect();
        let fields: Vec<(&str, &str)> = names
            .iter()
            .map(Name::plain)
            .zip(keys.iter().copied())
            .collect();
        best(&fields).map(|(casing, _)| casing)
    }

    #[test]
    fn a_casing_is_used_where_it_saves_attributes() {
        assert_eq!(casing(&["fooBar", "bazQux"]), Some("camelCase"));
        assert_eq!(casing(&["fooBar", "baz"]), None);
        assert_eq!(casing(&["foo_bar", "baz"]), None);
        assert_eq!(casing(&["Foo", "FooBar", "type"]), None);
        assert_eq!(
            casing(&["Foo", "FooBar", "Baz", "type"]),
            Some("PascalCase")
        );
        assert_eq!(casing(&["a-b", "c-d"]), Some("kebab-case"));
        assert_eq!(casing(&["A_B", "C_D"]), Some("SCREAMING_SNAKE_CASE"));
        assert_eq!(casing(&["A-B", "C-D"]), Some("SCREAMING-KEBAB-CASE"));
        assert_eq!(casing(&["@odata.id", "@odata.type"]), None);
    }

    /// serde's rules are followed to the letter for what can be the name of a field.
    #[test]
    fn names_are_cased_as_serde_does() {
        let cased = |name: &str| {
            CASINGS
                .iter()
                .map(|(_, spell)| spell(name))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            cased("foo_2bar"),
            ["foo2bar", "Foo2bar", "foo-2bar", "FOO_2BAR", "FOO-2BAR"]
        );
        assert_eq!(cased("_2fa"), ["2fa", "2fa", "-2fa", "_2FA", "-2FA"]);
        assert_eq!(cased("self_"), ["self", "Self", "self-", "SELF_", "SELF-"]);
    }
}
