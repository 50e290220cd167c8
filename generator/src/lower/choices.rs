//! What the user chose for all schemas or for single ones.

use std::collections::{HashMap, HashSet};

use crate::api::Reading;
use crate::config::{self, Config, Located, Openness, TriState};
use crate::diagnostic::{Code, Diagnostic};
use crate::load::NodeId;
use crate::spec::SchemaId;

use super::Lowering;

/// All that can be chosen.
#[derive(Default)]
pub(super) struct Choices {
    pub(super) enums: Chosen<Openness>,
    pub(super) non_exhaustive: Chosen<bool>,
    pub(super) capture: Chosen<bool>,
    tri_state: Chosen<TriState>,
    strict_nullable: Chosen<bool>,
    float_form: Chosen<bool>,
    empty_string: Chosen<bool>,
    /// Whether there is an entry for a single property, so that each is asked who it is.
    has_single: bool,
}

/// One choice, by what its entries lead to.
#[derive(Default)]
pub(super) struct Chosen<T> {
    pub(super) all: T,
    single: HashMap<NodeId, T>,
    used: HashSet<NodeId>,
}

impl<T: Copy> Chosen<T> {
    /// What is chosen for a schema itself.
    pub(super) fn single(&mut self, node: NodeId) -> Option<T> {
        let chosen = self.single.get(&node).copied();
        if chosen.is_some() {
            self.used.insert(node);
        }
        chosen
    }

    /// What is chosen for a schema, if it is one, else for all.
    pub(super) fn of(&mut self, node: Option<NodeId>) -> T {
        node.and_then(|node| self.single(node)).unwrap_or(self.all)
    }

    /// What is chosen for the first of some schemas, else for all.
    fn first(&mut self, nodes: &[NodeId]) -> T {
        // Each of them is asked, as an entry for any of them has its use.
        let chosen: Vec<T> = nodes.iter().filter_map(|it| self.single(*it)).collect();
        chosen.first().copied().unwrap_or(self.all)
    }
}

impl Lowering<'_, '_> {
    /// Looks up the schemas that the entries name. One that is not there is an error, as the user relies
    /// on it.
    pub(super) fn find_choices(&mut self, config: &Config) {
        let properties = &config.properties;
        let has_single = !(properties.tri_state.single.is_empty()
            && properties.strict_required_nullable.single.is_empty()
            && properties.accept_float_form.single.is_empty()
            && properties.empty_string_as_none.single.is_empty());
        self.choices = Choices {
            has_single,
            enums: self.find_choice(&config.enums),
            non_exhaustive: self.find_choice(&config.non_exhaustive_structs),
            capture: self.find_choice(&config.capture_additional),
            tri_state: self.find_choice(&properties.tri_state),
            strict_nullable: self.find_choice(&properties.strict_required_nullable),
            float_form: self.find_choice(&properties.accept_float_form),
            empty_string: self.find_choice(&properties.empty_string_as_none),
        };
    }

    fn find_choice<T: Copy>(&mut self, choices: &config::Choices<T>) -> Chosen<T> {
        let mut single = HashMap::new();
        for (place, chosen) in &choices.single {
            if let Some(node) = self.custom_node(place) {
                single.insert(node, *chosen);
            }
        }
        Chosen {
            all: choices.all,
            single,
            used: HashSet::new(),
        }
    }

    /// Says which entries lead to something that has no such choice.
    pub(super) fn unused_choices(&mut self, config: &Config) {
        let choices = std::mem::take(&mut self.choices);
        let help = "name the schema that has the list of values";
        self.unused(&config.enums, &choices.enums, "the schema of an enum", help);
        let help = "name the schema that has the properties";
        let what = "the schema of a struct";
        let structs = [
            (&config.non_exhaustive_structs, &choices.non_exhaustive),
            (&config.capture_additional, &choices.capture),
        ];
        for (entries, chosen) in structs {
            self.unused(entries, chosen, what, help);
        }
        let properties = &config.properties;
        self.unused_property(&properties.tri_state, &choices.tri_state);
        let strict = &properties.strict_required_nullable;
        self.unused_property(strict, &choices.strict_nullable);
        self.unused_property(&properties.accept_float_form, &choices.float_form);
        self.unused_property(&properties.empty_string_as_none, &choices.empty_string);
    }

    fn unused_property<T>(&mut self, choices: &config::Choices<T>, chosen: &Chosen<T>) {
        let help = "name a property, the schema that it refers to, or the object that has it";
        self.unused(
            choices,
            chosen,
            "the schema of a property or of an object",
            help,
        );
    }

    fn unused<T>(
        &mut self,
        choices: &config::Choices<T>,
        chosen: &Chosen<T>,
        what: &str,
        help: &str,
    ) {
        let mut unused: Vec<&Located> = Vec::new();
        for (place, _) in &choices.single {
            let node = self.custom_node(place);
            if node.is_some_and(|node| !chosen.used.contains(&node)) {
                unused.push(place);
            }
        }
        for place in unused {
            let message = format!("`{}` is not {what}", place.text);
            self.report(Diagnostic::error(Code::ConfigUnused, place.span, message).help(help));
        }
    }

    /// How a property is read, by the schemas that are given for it and the object that has it.
    pub(super) fn reading(&mut self, property: &[SchemaId], owner: Option<SchemaId>) -> Reading {
        let nodes: Vec<NodeId> = if self.choices.has_single {
            let schemas = self.behind(property).into_iter().chain(owner);
            schemas.map(|id| self.schema(id).place.node).collect()
        } else {
            Vec::new()
        };
        let choices = &mut self.choices;
        Reading {
            tri_state: choices.tri_state.first(&nodes) == TriState::Always,
            strict_nullable: choices.strict_nullable.first(&nodes),
            float_form: choices.float_form.first(&nodes),
            empty_string: choices.empty_string.first(&nodes),
        }
    }
}
