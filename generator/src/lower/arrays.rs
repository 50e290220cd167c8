//! Arrays: lists, lists of a fixed length, and tuples (group F).

use crate::api::{Kind, Type};
use crate::spec::{Rare, SchemaId};

use super::hint::Hint;
use super::merge::View;
use super::{Lowering, any};

/// How many items a list of a fixed length or a tuple has at most. Longer ones are lists: nobody reads
/// a tuple of a dozen items.
const MAX_PLACES: usize = 8;

impl<'a> Lowering<'_, 'a> {
    /// Adds what a schema says of the items at the start of a list, and of those behind them.
    pub(super) fn merge_places(&mut self, view: &mut View<'a>, rare: &Rare<'a>) {
        for (index, id) in rare.prefix_items.iter().enumerate() {
            match view.places.get_mut(index) {
                Some(ids) => ids.push(*id),
                None => view.places.push(vec![*id]),
            }
        }
        view.other_items.extend(rare.unevaluated_items);
    }

    /// Settles how long a list is: what says that there are no other items is a limit (F5, F9).
    pub(super) fn settle_places(&mut self, view: &mut View<'a>) {
        if view.items.is_empty() {
            view.items = std::mem::take(&mut view.other_items);
        }
        let no_others = view
            .items
            .iter()
            .any(|id| self.schema(*id).boolean == Some(false));
        if no_others {
            let places = u64::try_from(view.places.len()).unwrap_or(u64::MAX);
            let max = &mut view.constraints.max_items;
            *max = Some(max.map_or(places, |max| max.min(places)));
        }
    }

    /// What an array comes to.
    pub(super) fn array_kind(&mut self, view: &View<'a>, hint: &Hint) -> Kind {
        let length = fixed_length(view);
        if view.places.is_empty() {
            let items = match view.items[..] {
                [] => any(),
                _ => self.type_of(&view.items.clone(), &hint.child("item")),
            };
            return match length {
                Some(length) => Kind::Fixed(Box::new(items), length),
                None => Kind::Array(Box::new(items)),
            };
        }
        let mut items: Vec<Type> = Vec::with_capacity(view.places.len());
        for (index, ids) in view.places.clone().iter().enumerate() {
            let hint = hint.child(&format!("item {}", index + 1));
            items.push(self.type_of(ids, &hint));
        }
        if length == Some(items.len()) {
            return match items.split_first() {
                Some((first, others)) if others.iter().all(|it| it == first) => {
                    Kind::Fixed(Box::new(first.clone()), items.len())
                }
                _ => Kind::Tuple(items),
            };
        }
        self.open_places(view, items, hint)
    }

    /// A list whose first items have types of their own, and that may be shorter or longer: a list of what
    /// they have in common (F7).
    fn open_places(&mut self, view: &View<'a>, mut items: Vec<Type>, hint: &Hint) -> Kind {
        let others: Vec<SchemaId> = view.items.clone();
        let no_others = view.constraints.max_items == u64::try_from(items.len()).ok();
        if !no_others {
            items.push(match others[..] {
                [] => any(),
                _ => self.type_of(&others, &hint.child("item")),
            });
        }
        let same = items
            .split_first()
            .and_then(|(first, others)| others.iter().all(|it| it == first).then(|| first.clone()));
        if same.is_none() {
            let what = "a list with items of several types that is not always of one length";
            self.unsupported(view.span, what, "read as a list of any values");
        }
        Kind::Array(Box::new(same.unwrap_or_else(any)))
    }
}

/// How long every list is, if they are all of one length that is not too long (F4).
fn fixed_length(view: &View<'_>) -> Option<usize> {
    let (min, max) = (view.constraints.min_items?, view.constraints.max_items?);
    let length = usize::try_from(max).ok()?;
    (min == max && (1..=MAX_PLACES).contains(&length)).then_some(length)
}
