//! Keywords that say something about a value without changing its type: keys that need each other, items
//! that must be among others, what a value must not be (F8, G10, G12, K26).

use crate::api::{Constraints, Contains, KeyLists};
use crate::source::Span;
use crate::spec::{Data, Rare, Schema, SchemaId, Types};

use super::Lowering;
use super::merge::{Alternatives, View};

/// Keywords that nothing is generated from yet.
const UNSUPPORTED: &[&str] = &[
    "prefixItems",
    "unevaluatedItems",
    "patternProperties",
    "unevaluatedProperties",
    "dependentSchemas",
    "if",
    "then",
    "else",
];

impl<'a> Lowering<'_, 'a> {
    /// Adds what the rare keywords of a schema say about the value to its view.
    pub(super) fn merge_rules(&mut self, view: &mut View<'a>, rare: &Rare<'a>) {
        for (key, others) in &rare.dependent_required {
            let others = others.iter().map(|name| (*name).to_owned()).collect();
            let dependent = &mut view.constraints.rare_mut().dependent_required;
            dependent.push(((*key).to_owned(), others));
        }
        if let Some(names) = rare.property_names {
            self.merge_names(view, names, rare.span("propertyNames"));
        }
        if let Some(items) = rare.contains {
            self.merge_contains(view, items, rare);
        }
        if let Some(not) = rare.not {
            self.merge_not(view, not, rare.span("not"));
        }
        for (keyword, span) in &rare.spans {
            if UNSUPPORTED.contains(keyword) {
                let what = format!("the keyword `{keyword}`");
                self.unsupported(*span, &what, "the schema is read without it");
            }
        }
    }

    /// A list of nothing but names that are required is no choice between types: it says which keys
    /// must be there together (K8).
    pub(super) fn settle_key_lists(&mut self, view: &mut View<'a>) {
        let (rules, unions) = std::mem::take(&mut view.unions)
            .into_iter()
            .partition(|list| list.branches.iter().all(|id| self.is_rule(view, *id)));
        view.unions = unions;
        let rules: Vec<Alternatives> = rules;
        for list in rules {
            let names = |id: &SchemaId| -> Vec<String> {
                let schema = self.schema(*id);
                schema
                    .required
                    .iter()
                    .map(|(name, _)| (*name).to_owned())
                    .collect()
            };
            let lists = list.branches.iter().map(names).collect();
            view.constraints.rare_mut().alternatives.push(KeyLists {
                exactly_one: !list.is_any_of,
                lists,
            });
        }
    }

    fn merge_names(&mut self, view: &mut View<'a>, names: SchemaId, span: Option<Span>) {
        match self.plain_constraints(names) {
            Some((constraints, ..)) => view.constraints.rare_mut().keys.push(constraints),
            None => self.not_checked(view, span, "propertyNames"),
        }
    }

    fn merge_contains(&mut self, view: &mut View<'a>, items: SchemaId, rare: &Rare<'a>) {
        let min = rare.min_contains.unwrap_or(1);
        if min == 0 && rare.max_contains.is_none() {
            return;
        }
        match self.plain_constraints(items) {
            Some((constraints, types, values)) => {
                view.constraints.rare_mut().contains.push(Contains {
                    json_type: types.names().next(),
                    values,
                    constraints,
                    min,
                    max: rare.max_contains,
                })
            }
            None => self.not_checked(view, rare.span("contains"), "contains"),
        }
    }

    /// What a value must not be: one of some values, of some types, or an object with some keys.
    fn merge_not(&mut self, view: &mut View<'a>, not: SchemaId, span: Option<Span>) {
        let schema = self.schema(not);
        let rest = Schema {
            types: Types::default(),
            enumeration: None,
            constant: None,
            required: Vec::new(),
            ..(*schema).clone()
        };
        let values = schema.constant.map(|value| vec![value]);
        let values = values.or_else(|| schema.enumeration.clone());
        let said = [
            values.is_some(),
            schema.types != Types::default(),
            !schema.required.is_empty(),
        ];
        let object_with_keys = schema.types.only_object() && said[2] && !said[0];
        let says_one_thing = said.iter().filter(|it| **it).count() == 1 || object_with_keys;
        if !says_nothing(&rest) || !says_one_thing {
            return self.not_checked(view, span, "not");
        }
        let rare = view.constraints.rare_mut();
        if let Some(values) = values {
            rare.not_values.extend(values.iter().map(json));
        } else if said[2] {
            let names = schema.required.iter().map(|(name, _)| (*name).to_owned());
            rare.forbidden.push(names.collect());
        } else {
            rare.not_types.extend(schema.types.names());
        }
    }

    /// What a schema says, if it is nothing but constraints on a value of one type or of any.
    /// Listed values come apart, as JSON.
    fn plain_constraints(&mut self, id: SchemaId) -> Option<(Constraints, Types, Vec<String>)> {
        let view = self.view(&[id]);
        let is_plain = view.properties.is_empty()
            && view.required.is_empty()
            && view.additional.is_empty()
            && view.items.is_empty()
            && view.unions.is_empty()
            && view.types.unwrap_or_default().count() <= 1;
        if !is_plain {
            return None;
        }
        let listed = view.listed.iter().flat_map(|listed| listed.data());
        let values = listed.map(|data| json(&data)).collect();
        let constraints = Constraints {
            values: Vec::new(),
            ..view.constraints
        };
        Some((constraints, view.types.unwrap_or_default(), values))
    }

    fn not_checked(&mut self, view: &View<'a>, span: Option<Span>, keyword: &str) {
        let span = span.unwrap_or(view.span);
        self.unsupported(span, &format!("checking this `{keyword}`"), "not checked");
    }
}

/// A value of the document as JSON.
fn json(data: &Data<'_>) -> String {
    data.tree.to_json_value(data.node).to_string()
}

/// Whether a schema has no keyword that narrows a value.
fn says_nothing(schema: &Schema<'_>) -> bool {
    schema.reference.is_none()
        && schema.boolean.is_none()
        && schema.all_of.is_empty()
        && schema.one_of.is_empty()
        && schema.any_of.is_empty()
        && super::wrapper::says_nothing_itself(schema)
}

impl Types {
    fn only_object(self) -> bool {
        self.object && !self.null && self.count() == 1
    }

    /// The names of the types.
    fn names(self) -> impl Iterator<Item = &'static str> {
        let all = [
            (self.null, "null"),
            (self.boolean, "boolean"),
            (self.integer, "integer"),
            (self.number, "number"),
            (self.string, "string"),
            (self.array, "array"),
            (self.object, "object"),
        ];
        all.into_iter().filter_map(|(is, name)| is.then_some(name))
    }
}
