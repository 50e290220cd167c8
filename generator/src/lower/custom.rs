//! Where the user brings code along: types in the place of generated ones, and what is added to these.

use std::collections::{HashMap, HashSet};

use crate::api::{Kind, Type};
use crate::config::{Config, Located, Replaced};
use crate::diagnostic::{Code, Diagnostic};
use crate::load::NodeId;
use crate::near::nearest;
use crate::spec::SchemaId;

use super::{Lowering, plain};

/// The entries of the configuration by what they lead to, as indices into its lists.
#[derive(Default)]
pub(super) struct Places {
    schemas: HashMap<NodeId, usize>,
    formats: HashMap<String, usize>,
    derives: HashMap<NodeId, Vec<usize>>,
    attributes: HashMap<NodeId, Vec<usize>>,
    used_replacements: HashSet<usize>,
    used_additions: HashSet<usize>,
}

impl Lowering<'_, '_> {
    /// Looks up what the entries lead to. One that leads nowhere is an error: code is written against
    /// what it asks for.
    pub(super) fn find_custom(&mut self, config: &Config) {
        for (index, replacement) in config.custom.replacements.iter().enumerate() {
            match &replacement.what {
                Replaced::Format(format) => {
                    self.custom.formats.insert(format.text.clone(), index);
                }
                Replaced::Schema(place) => {
                    match self.custom_node(place) {
                        Some(node) => drop(self.custom.schemas.insert(node, index)),
                        // It is told once.
                        None => drop(self.custom.used_replacements.insert(index)),
                    }
                }
            }
        }
        for (index, addition) in config.custom.additions.iter().enumerate() {
            if addition.to.text == "*" {
                continue;
            }
            let Some(node) = self.custom_node(&addition.to) else {
                self.custom.used_additions.insert(index);
                continue;
            };
            let (derives, attributes) = (&mut self.custom.derives, &mut self.custom.attributes);
            if !addition.derives.is_empty() {
                derives.entry(node).or_default().push(index);
            }
            if !addition.attributes.is_empty() {
                attributes.entry(node).or_default().push(index);
            }
        }
    }

    /// Says which entries lead to something that is no type in the output.
    pub(super) fn unused_custom(&mut self, config: &Config) {
        for (index, replacement) in config.custom.replacements.iter().enumerate() {
            if self.custom.used_replacements.contains(&index) {
                continue;
            }
            match &replacement.what {
                Replaced::Format(format) => {
                    let message = format!("no scalar has the format `{}`", format.text);
                    self.report(
                        Diagnostic::warning(Code::ConfigUnused, format.span, message)
                            .label("nothing is replaced"),
                    );
                }
                Replaced::Schema(place) => self.report_no_type(place),
            }
        }
        for (index, addition) in config.custom.additions.iter().enumerate() {
            let is_used = self.custom.used_additions.contains(&index);
            if addition.to.text != "*" && !is_used {
                self.report_no_type(&addition.to);
            }
        }
    }

    /// The user's type in the place of a component.
    pub(super) fn replaced(&mut self, id: SchemaId) -> Option<Kind> {
        let node = self.schema(id).place.node;
        let index = self.custom.schemas.get(&node).copied()?;
        self.custom.used_replacements.insert(index);
        Some(Kind::Replaced(index))
    }

    /// The user's type in the place of a schema that stands where it is used. A component has its name.
    pub(super) fn replaced_in_place(&mut self, ids: &[SchemaId]) -> Option<Type> {
        if self.custom.schemas.is_empty() {
            return None;
        }
        let in_place = ids.iter().filter(|id| !self.components.contains_key(id));
        let in_place: Vec<SchemaId> = in_place.copied().collect();
        let kind = in_place
            .into_iter()
            .rev()
            .find_map(|id| self.replaced(id))?;
        Some(Type {
            nullable: ids.iter().any(|id| self.is_nullable(*id)),
            ..plain(kind)
        })
    }

    /// The user's type for a format.
    pub(super) fn replaced_format(&mut self, format: Option<&str>) -> Option<Kind> {
        let index = self.custom.formats.get(format?).copied()?;
        self.custom.used_replacements.insert(index);
        Some(Kind::Replaced(index))
    }

    /// Whether the user has a type for a format.
    pub(super) fn is_replaced_format(&self, format: &str) -> bool {
        self.custom.formats.contains_key(format)
    }

    /// What is added to the type that a schema becomes. Attributes at a property are those of the field.
    pub(super) fn type_additions(&mut self, node: NodeId) -> Vec<usize> {
        let mut found = self.custom.derives.get(&node).cloned().unwrap_or_default();
        if !self.is_property(node) {
            found.extend(self.custom.attributes.get(&node).into_iter().flatten());
        }
        self.custom.used_additions.extend(&found);
        found
    }

    /// What is added to the field that a property becomes.
    pub(super) fn field_additions(&mut self, ids: &[SchemaId]) -> Vec<usize> {
        let nodes = ids.iter().map(|id| self.schema(*id).place.node);
        let found = nodes.filter_map(|node| self.custom.attributes.get(&node));
        let found: Vec<usize> = found.flatten().copied().collect();
        self.custom.used_additions.extend(&found);
        found
    }

    /// The schema that an entry names by a pointer or by the name of a component.
    pub(super) fn custom_node(&mut self, place: &Located) -> Option<NodeId> {
        let document = self.document;
        let mut components = document.schemas.iter();
        let node = if place.text.starts_with('#') {
            self.node_of(place)
        } else {
            let found = components.find(|(name, _)| *name == place.text);
            found.map(|(_, id)| self.schema(*id).place.node)
        };
        if node.is_none() {
            self.report_missing_place(place);
        }
        node
    }

    fn report_missing_place(&mut self, place: &Located) {
        let document = self.document;
        let (message, near) = if place.text.starts_with('#') {
            let components = document.schemas.iter().map(|(_, id)| *id);
            let pointers = components.map(|id| self.schema(id).place.pointer.to_string());
            let mut known: Vec<String> = pointers.collect();
            known.extend(self.reader.property_pointers());
            let near = nearest(&place.text, known.iter().map(String::as_str));
            let message = format!("`{}` leads to nothing in the document", place.text);
            (message, near.map(str::to_owned))
        } else {
            let names = document.schemas.iter().map(|(name, _)| *name);
            let near = nearest(&place.text, names);
            let message = format!("the document has no schema `{}`", place.text);
            (message, near.map(str::to_owned))
        };
        let mut finding = Diagnostic::error(Code::ConfigUnused, place.span, message);
        if let Some(near) = near {
            finding = finding.help(format!("did you mean `{near}`?"));
        }
        self.report(finding);
    }

    fn report_no_type(&mut self, place: &Located) {
        let message = format!("nothing is generated for `{}`", place.text);
        self.report(
            Diagnostic::error(Code::ConfigUnused, place.span, message)
                .help("name a schema, or a property for what belongs to its field"),
        );
    }
}
