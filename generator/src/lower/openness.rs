//! Which enums keep values that are not listed, by the choice of the user (I9).

use crate::api::{Enumeration, Others};
use crate::config::Openness;
use crate::load::NodeId;

use super::Lowering;

impl Lowering<'_, '_> {
    /// The enum of a schema with what the user chose for it. What is said about all enums leaves alone
    /// those that the document itself opens or closes.
    pub(super) fn with_openness(
        &mut self,
        node: Option<NodeId>,
        listed: Enumeration,
    ) -> Enumeration {
        let chosen = match node.and_then(|node| self.choices.enums.single(node)) {
            Some(chosen) => chosen,
            None if listed.others == Others::ByDirection => self.choices.enums.all,
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
