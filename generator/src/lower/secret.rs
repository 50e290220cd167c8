//! The values that the configuration calls secret.

use crate::config::{Config, Located};
use crate::diagnostic::{Code, Diagnostic};
use crate::load::NodeId;
use crate::near::nearest;

use super::Lowering;

/// An entry of `secrets` and whether a schema was found for it.
pub(super) struct Entry {
    used: bool,
}

impl Lowering<'_, '_> {
    /// Looks up the pointers of `secrets`. One that leads nowhere is an error: the user believes
    /// that a value is protected.
    pub(super) fn find_secrets(&mut self, config: &Config) {
        for entry in &config.secrets {
            match self.node_of(entry) {
                Some(node) => {
                    self.secrets.insert(node, Entry { used: false });
                }
                None => self.report_missing_secret(entry),
            }
        }
    }

    /// Says which entries of `secrets` lead to something that is not the schema of a value.
    pub(super) fn unused_secrets(&mut self, config: &Config) {
        for entry in &config.secrets {
            let node = self.node_of(entry);
            let unused = node
                .and_then(|node| self.secrets.get(&node))
                .is_some_and(|it| !it.used);
            if unused {
                let message = format!("`{}` is not the schema of a string", entry.text);
                self.report(
                    Diagnostic::error(Code::ConfigUnused, entry.span, message)
                        .help("only strings can be secret; name the property itself"),
                );
            }
        }
    }

    /// Whether the configuration calls a schema secret.
    pub(super) fn is_secret(&self, node: NodeId) -> bool {
        self.secrets.contains_key(&node)
    }

    /// Remembers that these schemas became secrets.
    pub(super) fn use_secrets(&mut self, nodes: &[NodeId]) {
        for node in nodes {
            if let Some(entry) = self.secrets.get_mut(node) {
                entry.used = true;
            }
        }
    }

    /// The value that an entry of the configuration leads to.
    pub(super) fn node_of(&self, entry: &Located) -> Option<NodeId> {
        let fragment = entry.text.strip_prefix('#').unwrap_or(&entry.text);
        self.reader.node_at(fragment)
    }

    fn report_missing_secret(&mut self, entry: &Located) {
        let message = format!("`{}` leads to nothing in the document", entry.text);
        let mut finding = Diagnostic::error(Code::ConfigUnused, entry.span, message);
        if let Some(near) = self.near_pointer(&entry.text) {
            finding = finding.help(format!("did you mean `{near}`?"));
        }
        self.report(finding);
    }

    /// The pointer of a property that is nearest to `text`.
    fn near_pointer(&self, text: &str) -> Option<String> {
        let pointers: Vec<String> = self.reader.property_pointers();
        nearest(text, pointers.iter().map(String::as_str)).map(str::to_owned)
    }
}
