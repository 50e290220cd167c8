//! Unions whose branches list values: annotated enums, and enums that take any other text (I20, I21, K4).

use std::collections::HashSet;

use crate::api::{Constraints, Enumeration, Literal, Member, Others};
use crate::spec::Schema;

use super::super::Lowering;
use super::super::merge::View;
use super::super::union::Branch;
use super::Values;

impl Lowering<'_, '_> {
    /// What the values come to that the branches of a union list, if each of them lists values or is
    /// any text, and all of those make one enum (I20, I21, K4). `null` is left to the caller.
    pub(in super::super) fn values_of_branches(
        &mut self,
        branches: &[Branch],
    ) -> Option<Enumeration> {
        let mut found = Gathered::default();
        self.gather(branches, &mut found, 0)?;
        let is_text = |member: &Member| matches!(member.value, Literal::Text(_));
        let is_whole = |member: &Member| matches!(member.value, Literal::Integer(_));
        let (texts, wholes) = (
            found.members.iter().all(is_text),
            found.members.iter().all(is_whole) && !found.allows_others,
        );
        (!found.members.is_empty() && (texts || wholes)).then_some(Enumeration {
            members: found.members,
            others: if found.allows_others {
                Others::Allowed
            } else {
                Others::ByDirection
            },
            default: None,
        })
    }

    /// Adds the values of branches; `None` if one of them is something else.
    fn gather(&mut self, branches: &[Branch], found: &mut Gathered, depth: usize) -> Option<()> {
        for branch in branches {
            if !found.visited.insert(branch.clone()) {
                continue;
            }
            let view = self.branch_view(branch);
            if let Some(Values::Enum(listed)) = &view.values {
                found.allows_others |= listed.others == Others::Allowed;
                let last = branch.ids.last().copied();
                found.add(&listed.members, last.map(|id| self.schema(id)).as_deref());
            } else if view.values.is_none() && is_any_text(&view) {
                found.allows_others = true;
            } else if says_only_union(&view) && depth < MAX_NESTING {
                let [list] = &self.lists(&view)[..] else {
                    return None;
                };
                self.gather(&list.branches, found, depth + 1)?;
            } else {
                return None;
            }
        }
        Some(())
    }
}

/// How many unions of values stand inside each other.
const MAX_NESTING: usize = 8;

/// The values of several branches.
#[derive(Default)]
struct Gathered {
    members: Vec<Member>,
    seen: HashSet<Literal>,
    allows_others: bool,
    /// The branches that were looked at, so that many ways to one are walked once.
    visited: HashSet<Branch>,
}

impl Gathered {
    /// Adds those that are new. A branch that lists one value names and describes it (I20).
    fn add(&mut self, members: &[Member], branch: Option<&Schema<'_>>) {
        let only = branch.filter(|_| members.len() == 1);
        let own = |text: fn(&Schema<'_>) -> Option<String>| only.and_then(text);
        for member in members {
            if self.seen.insert(member.value.clone()) {
                self.members.push(Member {
                    value: member.value.clone(),
                    name: member
                        .name
                        .clone()
                        .or_else(|| own(|it| it.title.map(str::to_owned))),
                    description: member
                        .description
                        .clone()
                        .or_else(|| own(|it| it.description.map(str::to_owned))),
                });
            }
        }
    }
}

/// Whether a view allows every text and nothing else, without a representation of its own.
fn is_any_text(view: &View<'_>) -> bool {
    let is_text = view
        .types
        .is_some_and(|types| types.string && types.count() == 1);
    is_text
        && view.format.is_none()
        && view.secrets.is_empty()
        && view.unions.is_empty()
        && view.constraints == Constraints::default()
}

/// Whether a view has nothing beside a union.
fn says_only_union(view: &View<'_>) -> bool {
    view.values.is_none()
        && view.properties.is_empty()
        && view.required.is_empty()
        && view.additional.is_empty()
        && view.items.is_empty()
        && view.constraints == Constraints::default()
}
