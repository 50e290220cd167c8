//! Schemas that only hold under a condition (L1, L2), and under keys that match a pattern (G8, G13).

use crate::api::{Constraints, Type};
use crate::spec::{Rare, Schema, SchemaId};

use super::hint::Hint;
use super::merge::View;
use super::{Lowering, any};

impl<'a> Lowering<'_, 'a> {
    /// Notes the schemas that only hold under a condition, and says what becomes of the condition.
    pub(super) fn merge_conditions(&mut self, view: &mut View<'a>, rare: &Rare<'a>) {
        let branches = [rare.then, rare.otherwise].into_iter().flatten();
        let dependent = rare.dependent_schemas.iter().map(|(_, id)| *id);
        // The last one is taken first.
        let mut schemas: Vec<SchemaId> = branches.chain(dependent).collect();
        schemas.reverse();
        view.conditional.splice(0..0, schemas);
        for keyword in ["if", "dependentSchemas"] {
            if let Some(span) = rare.span(keyword) {
                let fallback =
                    "the properties that it adds are optional; the condition is not checked";
                self.unsupported(span, &format!("the condition `{keyword}`"), fallback);
            }
        }
        // Without a condition they mean nothing, so nothing is lost but what the author meant.
        let stray = rare
            .condition
            .is_none()
            .then(|| rare.span("then").or(rare.span("else")));
        if let Some(span) = stray.flatten() {
            self.unsupported(
                span,
                "`then` or `else` without `if`",
                "its properties are optional",
            );
        }
    }

    /// Adds the properties of a schema that only holds under a condition, where they are not known.
    pub(super) fn add_conditional(&mut self, view: &mut View<'a>, schema: &Schema<'a>) {
        for (name, property) in &schema.properties {
            view.add_property(name, *property);
        }
        if let Some(rare) = &schema.rare {
            let branches = [rare.then, rare.otherwise].into_iter().flatten();
            view.conditional.extend(branches);
            let dependent = rare.dependent_schemas.iter().map(|(_, id)| *id);
            view.conditional.extend(dependent);
        }
    }

    /// Notes what stands under keys that match a pattern, and under those that nothing else names.
    pub(super) fn merge_patterns(&mut self, view: &mut View<'a>, rare: &Rare<'a>) {
        view.other_properties.extend(rare.unevaluated_properties);
        for (pattern, id) in &rare.pattern_properties {
            view.patterned.push((pattern, *id));
            let rule = self.rule(*id);
            let patterned = &mut view.constraints.rare_mut().patterned;
            patterned.extend(rule.map(|rule| ((*pattern).to_owned(), rule)));
        }
    }

    /// Settles which keys there are beside the declared ones.
    pub(super) fn settle_patterns(&mut self, view: &mut View<'a>) {
        if view.additional.is_empty() {
            view.additional = std::mem::take(&mut view.other_properties);
        }
        if view.patterned.is_empty() || !self.forbids_others(view) {
            return;
        }
        let patterns = view
            .patterned
            .iter()
            .map(|(pattern, _)| format!("(?:{pattern})"));
        let pattern = patterns.collect::<Vec<_>>().join("|");
        view.constraints.rare_mut().keys.push(Constraints {
            patterns: vec![pattern],
            ..Constraints::default()
        });
    }

    /// Whether no other keys are allowed.
    pub(super) fn forbids_others(&self, view: &View<'a>) -> bool {
        let mut additional = view.additional.iter();
        additional.any(|id| self.schema(*id).boolean == Some(false))
    }

    /// The type of the values under keys that match a pattern and under all others: what they have in
    /// common (G8).
    pub(super) fn patterned_values(
        &mut self,
        view: &View<'a>,
        others: Option<Type>,
        hint: &Hint,
    ) -> Option<Type> {
        let mut types: Vec<Type> = Vec::new();
        for (_, id) in view.patterned.clone() {
            types.push(self.type_of(&[id], &hint.child("value")));
        }
        let others_are_typed = others.as_ref().is_some_and(|it| it.kind != any().kind);
        match others {
            Some(others) => types.push(others),
            None if self.forbids_others(view) => {}
            None => types.push(any()),
        }
        let first = types.first()?.clone();
        let same = |ty: &Type| ty.kind == first.kind && ty.nullable == first.nullable;
        // The constraints of each are checked under its keys.
        if types.iter().all(same) {
            return Some(Type {
                constraints: Constraints::default(),
                ..first
            });
        }
        if others_are_typed {
            self.not_checked(view, None, "additionalProperties");
        }
        // Types with a structure of their own are not looked for in values that may be anything.
        if view.patterned.len()
            > view
                .constraints
                .rare
                .as_ref()
                .map_or(0, |it| it.patterned.len())
        {
            self.not_checked(view, None, "patternProperties");
        }
        Some(any())
    }
}
