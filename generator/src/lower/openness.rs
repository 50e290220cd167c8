//! Which enums keep values that are not listed, by the choice of the user (I9).

use std::collections::{HashMap, HashSet};

use crate::api::{Enumeration, Others};
use crate::config::{Config, Openness};
use crate::diagnostic::{Code, Diagnostic};
use crate::load::NodeId;

use super::Lowering;

/// What the configuration says about enums.
#[derive(Default)]
pub(super) struct Choices {
    all: Openness,
    single: HashMap<NodeId, Openness>,
    used: HashSet<NodeId>,
}

impl Lowering<'_, '_> {
    /// Looks up the schemas that `enums` names. One that is not there is an error, as the user relies on
    /// it.
    pub(super) fn find_openness(&mut self, config: &Config) {
        self.openness.all = config.enums.all;
        for (place, chosen) in &config.enums.single {
            if let Some(node) = self.custom_node(place) {
                self.openness.single.insert(node, *chosen);
            }
        }
    }

    /// Says which entries of `enums` lead to something that is no enum.
    pub(super) fn unused_openness(&mut self, config: &Config) {
        for (place, _) in &config.enums.single {
            let node = self.custom_node(place);
            if node.is_some_and(|node| !self.openness.used.contains(&node)) {
                let message = format!("`{}` is not the schema of an enum", place.text);
                self.report(
                    Diagnostic::error(Code::ConfigUnused, place.span, message)
                        .help("name the schema that has the list of values"),
                );
            }
        }
    }

    /// The enum of a schema with what the user chose for it. What is said about all enums leaves alone
    /// those that the document itself opens or closes.
    pub(super) fn with_openness(
        &mut self,
        node: Option<NodeId>,
        listed: Enumeration,
    ) -> Enumeration {
        let single = node.and_then(|node| self.openness.single.get_key_value(&node));
        let chosen = match single {
            Some((node, chosen)) => {
                self.openness.used.insert(*node);
                *chosen
            }
            None if listed.others == Others::ByDirection => self.openness.all,
            None => Openness::ByDirection,
        };
        let constant = listed.constant().is_some();
        match chosen {
            Openness::ByDirection => listed,
            Openness::Open => Enumeration {
                others: Others::Kept,
                default: listed.default.filter(|_| !constant),
                ..listed
            },
            Openness::Closed => Enumeration {
                others: Others::Refused,
                ..listed
            },
        }
    }
}
