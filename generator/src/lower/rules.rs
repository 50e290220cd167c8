//! Keywords that say something about a value without changing its type: keys that need each other, items
//! that must be among others, what a value must not be (F8, G10, G12, K26).

use crate::api::{Constraints, Contains, KeyLists, Kind, Rule};
use crate::source::Span;
use crate::spec::{Data, Rare, Schema, SchemaId, Types};

use super::Lowering;
use super::merge::{Alternatives, View};
use super::values::Values;

/// How deep schemas of keys and of contained items are looked into.
const MAX_RULE_DEPTH: usize = 3;

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
        self.merge_places(view, rare);
        self.merge_patterns(view, rare);
        self.merge_conditions(view, rare);
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
        // An enum of keys is a type of its own.
        view.key_schema = view.constraints.rare_mut().keys.is_empty().then_some(names);
        match self.rule(names) {
            Some(rule) => view.constraints.rare_mut().keys.push(rule.constraints),
            None => self.not_checked(view, span, "propertyNames"),
        }
    }

    fn merge_contains(&mut self, view: &mut View<'a>, items: SchemaId, rare: &Rare<'a>) {
        let min = rare.min_contains.unwrap_or(1);
        if min == 0 && rare.max_contains.is_none() {
            return;
        }
        match self.rule(items) {
            Some(rule) => view.constraints.rare_mut().contains.push(Contains {
                rule,
                min,
                max: rare.max_contains,
            }),
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
    pub(super) fn rule(&mut self, id: SchemaId) -> Option<Rule> {
        // A rule may lead back to itself, and rules that deep are not worth reading.
        if self.rule_depth >= MAX_RULE_DEPTH {
            return None;
        }
        self.rule_depth += 1;
        let view = self.view(&[id]);
        self.rule_depth -= 1;
        let is_plain = view.properties.is_empty()
            && view.required.is_empty()
            && view.additional.is_empty()
            && view.items.is_empty()
            && view.unions.is_empty()
            && view.types.unwrap_or_default().count() <= 1;
        if !is_plain {
            return None;
        }
        let is_null = matches!(view.values, Some(Values::Use(Kind::Null)));
        if view.nullable && !is_null {
            return None;
        }
        let types = Types {
            null: is_null,
            ..view.types.unwrap_or_default()
        };
        let listed = view.listed.iter().flat_map(|listed| listed.data());
        let values = listed.map(|data| json(&data)).collect();
        Some(Rule {
            json_type: types.names().next(),
            values,
            constraints: Constraints {
                values: Vec::new(),
                ..view.constraints
            },
        })
    }

    /// Warns of a keyword that means something and is not checked.
    pub(super) fn not_checked(&mut self, view: &View<'a>, span: Option<Span>, keyword: &str) {
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
