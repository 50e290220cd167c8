//! The names that the configuration and the document ask for (NM, W4).

use std::collections::{HashMap, HashSet};

use crate::config::{Config, Located};
use crate::diagnostic::{Code, Diagnostic};
use crate::load::NodeId;
use crate::near::nearest;

use super::Lowering;

/// The entries of `rename`, by what they lead to.
#[derive(Default)]
pub(super) struct Renames {
    by_node: HashMap<NodeId, String>,
    used: HashSet<NodeId>,
    /// The schemas of properties: a name for one is that of the field, and not of the type in it.
    properties: HashSet<NodeId>,
}

impl Lowering<'_, '_> {
    /// Looks up the pointers of `rename`. One that leads nowhere is an error: code is written against
    /// the name.
    pub(super) fn find_renames(&mut self, config: &Config) {
        for (pointer, name) in &config.naming.rename {
            match self.node_of(pointer) {
                Some(node) => {
                    self.renames.by_node.insert(node, name.text.clone());
                }
                None => self.report_missing_rename(pointer),
            }
        }
    }

    /// Says which entries of `rename` lead to something that has no name in the output.
    pub(super) fn unused_renames(&mut self, config: &Config) {
        for (pointer, _) in &config.naming.rename {
            let is_unused = |node: NodeId| !self.renames.used.contains(&node);
            if self.node_of(pointer).is_some_and(is_unused) {
                let message = format!(
                    "nothing that is generated is named after `{}`",
                    pointer.text
                );
                self.report(
                    Diagnostic::error(Code::ConfigUnused, pointer.span, message)
                        .help("name a schema, a property, a parameter or an operation"),
                );
            }
        }
    }

    /// What is to be called differently: by the configuration, else by the document.
    pub(super) fn chosen(&mut self, node: NodeId, hint: Option<&str>) -> Option<String> {
        match self.renames.by_node.get(&node) {
            Some(name) => {
                self.renames.used.insert(node);
                Some(name.clone())
            }
            None => hint.map(str::to_owned),
        }
    }

    /// What the field of a property is to be called. A type in it is named after the field.
    pub(super) fn chosen_field(&mut self, node: NodeId, hint: Option<&str>) -> Option<String> {
        self.renames.properties.insert(node);
        self.chosen(node, hint)
    }

    /// What a type is to be called.
    pub(super) fn chosen_type(&mut self, node: NodeId, hint: Option<&str>) -> Option<String> {
        if self.is_property(node) {
            return None;
        }
        self.chosen(node, hint)
    }

    /// Whether a schema was met as that of a property.
    pub(super) fn is_property(&self, node: NodeId) -> bool {
        self.renames.properties.contains(&node)
    }

    fn report_missing_rename(&mut self, pointer: &Located) {
        let message = format!("`{}` leads to nothing in the document", pointer.text);
        let mut finding = Diagnostic::error(Code::ConfigUnused, pointer.span, message);
        let document = self.document;
        let components = document.schemas.iter().map(|(_, id)| *id);
        let components = components.map(|id| self.schema(id).place.pointer.to_string());
        let items = document.paths.iter().chain(&document.webhooks);
        let operations = items.flat_map(|item| &item.operations);
        let operations = operations.map(|operation| operation.place.pointer.to_string());
        let mut known: Vec<String> = components.chain(operations).collect();
        known.extend(self.reader.property_pointers());
        if let Some(near) = nearest(&pointer.text, known.iter().map(String::as_str)) {
            finding = finding.help(format!("did you mean `{near}`?"));
        }
        self.report(finding);
    }
}
