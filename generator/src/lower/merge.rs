//! `allOf` and `$ref` siblings: several schemas that must all hold become one view (group J).

use std::collections::{HashMap, HashSet};

use crate::api::{Constraints, Role};
use crate::diagnostic::{Code, Diagnostic};
use crate::load::NodeId;
use crate::source::Span;
use crate::spec::{Schema, SchemaId, Types};

use super::union::Branch;
use super::values::{Listed, Values};
use super::{Lowering, tighten};

/// A `oneOf` or `anyOf` list.
#[derive(Clone)]
pub(super) struct Alternatives {
    /// The schema that has the list.
    pub(super) owner: SchemaId,
    pub(super) branches: Vec<SchemaId>,
    /// Whether a value may follow several of the branches.
    pub(super) is_any_of: bool,
}

/// What several schemas say together.
#[derive(Default)]
pub(super) struct View<'a> {
    /// The types that every member allows; `None` if no member names any. `null` is left out.
    pub(super) types: Option<Types>,
    /// Whether `null` is a value (H12).
    pub(super) nullable: bool,
    /// What an object stands for.
    pub(super) role: Role,
    pub(super) format: Option<&'a str>,
    pub(super) content_encoding: Option<&'a str>,
    pub(super) content_media_type: Option<&'a str>,
    pub(super) content_schema: Vec<SchemaId>,
    /// The values that members list, and what they come to once every member is known.
    pub(super) listed: Option<Listed<'a>>,
    pub(super) values: Option<Values>,
    /// The properties in order, each with the schemas that members give for it.
    pub(super) properties: Vec<(&'a str, Vec<SchemaId>)>,
    pub(super) required: Vec<(&'a str, Span)>,
    /// The same names, to look one up among many.
    pub(super) required_names: HashSet<&'a str>,
    property_places: HashMap<&'a str, usize>,
    pub(super) additional: Vec<SchemaId>,
    pub(super) items: Vec<SchemaId>,
    /// The schemas of the items at the start of a list, by place.
    pub(super) places: Vec<Vec<SchemaId>>,
    /// What `unevaluatedItems` and `unevaluatedProperties` say of the others.
    pub(super) other_items: Vec<SchemaId>,
    pub(super) other_properties: Vec<SchemaId>,
    /// What stands under keys that match a pattern (G8).
    pub(super) patterned: Vec<(&'a str, SchemaId)>,
    /// The schema of the keys, if there is one only (G9).
    pub(super) key_schema: Option<SchemaId>,
    /// Schemas that only hold under a condition, which add properties (L1, L2).
    pub(super) conditional: Vec<SchemaId>,
    is_conditional: bool,
    /// The `oneOf` and `anyOf` lists.
    pub(super) unions: Vec<Alternatives>,
    /// The properties for which a value may follow any of several schemas (K19).
    pub(super) alternatives: HashMap<&'a str, Vec<Branch>>,
    pub(super) constraints: Constraints,
    /// The members of the outermost `allOf` that are references to components.
    pub(super) parts: Vec<SchemaId>,
    /// The members that are secrets, by the configuration or by their format.
    pub(super) secrets: Vec<NodeId>,
    /// Whether an extension says that the value must not be seen (W15).
    pub(super) sensitive: bool,
    /// What the innermost message should point at.
    pub(super) span: Span,
    pub(super) states_null: Vec<bool>,
    site_nullable: bool,
    seen: HashSet<SchemaId>,
    /// The schema that is looked at, if it is one.
    root: Option<SchemaId>,
}

impl<'a> View<'a> {
    /// The schema that is looked at, if it is one.
    pub(super) fn only(&self) -> Option<SchemaId> {
        self.root
    }

    /// Adds a property, unless there is one of that name.
    pub(super) fn add_property(&mut self, name: &'a str, property: SchemaId) {
        if !self.property_places.contains_key(name) {
            self.property_places.insert(name, self.properties.len());
            self.properties.push((name, vec![property]));
        }
    }

    /// Whether a property of this name is declared.
    pub(super) fn has_property(&self, name: &str) -> bool {
        self.property_places.contains_key(name)
    }

    /// Adds the properties of a view that a value may follow in place of this one (K19). What only
    /// one of the two requires is not required.
    pub(super) fn add_alternative(&mut self, other: &Self) {
        for (name, ids) in &other.properties {
            let branch = Branch::all(ids.clone());
            match self.alternatives.get_mut(name) {
                Some(known) if known.contains(&branch) => {}
                Some(known) => known.push(branch),
                None => {
                    self.property_places.insert(name, self.properties.len());
                    self.properties.push((name, ids.clone()));
                    self.alternatives.insert(name, vec![branch]);
                }
            }
        }
        self.required
            .retain(|(name, _)| other.required_names.contains(name));
        self.required_names
            .retain(|name| other.required_names.contains(name));
    }
}

impl<'a> Lowering<'_, 'a> {
    /// What the schemas of a list say together.
    pub(super) fn view(&mut self, ids: &[SchemaId]) -> View<'a> {
        let span = ids
            .first()
            .map_or_else(Span::default, |id| self.schema(*id).place.span);
        let mut view = View {
            span,
            root: if let [id] = ids { Some(*id) } else { None },
            ..View::default()
        };
        // A work list in place of recursion: a chain of references may be as long as the document.
        // Members are taken in order, parents before the schema's own keywords.
        let mut work: Vec<Step> = ids.iter().rev().map(|id| Step::Enter(*id, 0)).collect();
        loop {
            match work.pop() {
                Some(Step::Enter(id, depth)) => self.enter(&mut view, &mut work, id, depth),
                Some(Step::Own(id, depth)) => self.own_keywords(&mut view, id, depth),
                // What holds under a condition comes last, so that it only adds to the rest.
                None => match view.conditional.pop() {
                    Some(id) => {
                        view.is_conditional = true;
                        work.push(Step::Enter(id, 2));
                    }
                    None => break,
                },
            }
        }
        let stated_null = !view.states_null.is_empty() && view.states_null.iter().all(|null| *null);
        view.nullable = view.site_nullable || stated_null;
        self.settle_values(&mut view);
        self.settle_places(&mut view);
        self.settle_patterns(&mut view);
        self.settle_key_lists(&mut view);
        // A map has no fields, so each of its required keys is asked for when it is checked.
        if view.properties.is_empty() && !view.required.is_empty() {
            let names = view.required.iter().map(|(name, _)| (*name).to_owned());
            view.constraints.rare_mut().required = names.collect();
        }
        view
    }

    fn enter(&mut self, view: &mut View<'a>, work: &mut Vec<Step>, id: SchemaId, depth: usize) {
        if !view.seen.insert(id) {
            if depth > 0 && view.root == Some(id) && !view.is_conditional {
                self.contains_itself(id);
            }
            return;
        }
        let schema = self.schema(id);
        work.push(Step::Own(id, depth));
        for member in schema.all_of.iter().rev() {
            work.push(Step::Enter(*member, depth + 1));
        }
        if let Some(reference) = &schema.reference
            && let Some(target) = self.resolve_schema(reference)
        {
            // The members of the outermost `allOf` are the parts that a value can be taken for.
            if depth <= 1 && self.hoisted(target).is_some() {
                view.parts.push(target);
            }
            work.push(Step::Enter(target, depth.max(1) + 1));
        }
    }

    /// A type that is a part of itself by `allOf` alone is a mistake (B16).
    fn contains_itself(&mut self, id: SchemaId) {
        let schema = self.schema(id);
        let message = format!("`{}` is a part of itself by `allOf`", schema.place.pointer);
        self.report(
            Diagnostic::error(Code::RefCycle, schema.place.span, message)
                .help("take the `$ref` that leads back out of one of the `allOf` on the way")
                .or_else("read without it"),
        );
    }

    fn own_keywords(&mut self, view: &mut View<'a>, id: SchemaId, depth: usize) {
        let schema = self.schema(id);
        if view.is_conditional {
            return self.add_conditional(view, &schema);
        }
        let is_secret = schema.sensitive || schema.format == Some("password");
        if is_secret || self.is_secret(schema.place.node) {
            view.secrets.push(schema.place.node);
        }
        view.site_nullable |= schema.nullable && depth == 0;
        view.sensitive |= schema.sensitive;
        self.merge_types(view, &schema);
        view.format = schema.format.or(view.format);
        view.content_encoding = schema.content_encoding.or(view.content_encoding);
        view.content_media_type = schema.content_media_type.or(view.content_media_type);
        view.content_schema.extend(schema.content_schema);
        self.merge_values(view, &schema);
        let more = match &schema.more_properties {
            Some(reference) => self.properties(reference),
            None => Vec::new(),
        };
        for (name, property) in schema.properties.iter().chain(&more) {
            let known = view.property_places.get(name).copied();
            match known.and_then(|place| view.properties.get_mut(place)) {
                Some((_, ids)) => ids.push(*property),
                None => view.add_property(name, *property),
            }
        }
        for (name, span) in &schema.required {
            if view.required_names.insert(name) {
                view.required.push((*name, *span));
            }
        }
        view.additional.extend(schema.additional_properties);
        view.items.extend(schema.items);
        for (branches, is_any_of) in [(&schema.one_of, false), (&schema.any_of, true)] {
            // A base that lists its children gives them its properties, not the list (J10).
            if !branches.is_empty() && (depth == 0 || !self.leads_into(view, branches)) {
                view.unions.push(Alternatives {
                    owner: id,
                    branches: branches.clone(),
                    is_any_of,
                });
            }
        }
        tighten::merge(&mut view.constraints, &schema);
        if let Some(rare) = &schema.rare {
            self.merge_rules(view, rare);
        }
        for (keyword, span) in &schema.unsupported {
            let what = format!("the keyword `{keyword}`");
            self.unsupported(*span, &what, "the schema is read without it");
        }
    }

    /// Whether one of these schemas is a part of what is looked at.
    fn leads_into(&mut self, view: &View<'a>, branches: &[SchemaId]) -> bool {
        branches.iter().any(|branch| {
            let schema = self.schema(*branch);
            let target = schema.reference.as_ref();
            let target = target.and_then(|reference| self.resolve_schema(reference));
            view.seen.contains(&target.unwrap_or(*branch))
        })
    }

    fn merge_types(&mut self, view: &mut View<'a>, schema: &Schema<'a>) {
        if schema.types == Types::default() {
            return;
        }
        view.states_null.push(schema.types.null);
        let own = Types {
            null: false,
            ..schema.types
        };
        let Some(known) = view.types else {
            view.types = Some(own);
            return;
        };
        let both = known.intersection(own);
        if both == Types::default() && own != Types::default() && known != Types::default() {
            self.report(
                Diagnostic::warning(
                    Code::AllOfConflict,
                    schema.place.span,
                    "no value has the types of every member of this `allOf`",
                )
                .label("the type that is written here is used"),
            );
            view.types = Some(own);
        } else {
            view.types = Some(both);
        }
    }
}

enum Step {
    Enter(SchemaId, usize),
    Own(SchemaId, usize),
}

impl Types {
    /// The types that both allow; an integer is a number.
    fn intersection(self, other: Self) -> Self {
        let integer = (self.integer && (other.integer || other.number))
            || (other.integer && (self.integer || self.number));
        Self {
            null: self.null && other.null,
            boolean: self.boolean && other.boolean,
            integer,
            number: self.number && other.number,
            string: self.string && other.string,
            array: self.array && other.array,
            object: self.object && other.object,
        }
    }

    /// The types that either allows.
    pub(super) fn union(self, other: Self) -> Self {
        Self {
            null: self.null || other.null,
            boolean: self.boolean || other.boolean,
            integer: self.integer || other.integer,
            number: self.number || other.number,
            string: self.string || other.string,
            array: self.array || other.array,
            object: self.object || other.object,
        }
    }

    /// How many types there are beside `null`.
    pub(super) fn count(self) -> usize {
        [
            self.boolean,
            self.integer,
            self.number,
            self.string,
            self.array,
            self.object,
        ]
        .into_iter()
        .filter(|is| *is)
        .count()
    }
}
