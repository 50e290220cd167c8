//! Arrays: lists, lists of a fixed length, and tuples (group F).

use crate::api::{Definition, Kind, NameHint, Type};
use crate::spec::Rare;

use super::hint::Hint;
use super::merge::View;
use super::union::Branch;
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
        if length == Some(view.places.len()) {
            return self.places_kind(view, hint);
        }
        self.open_places(view, hint)
    }

    /// A list that has exactly one item of each place: all of one type, or a tuple (F5).
    fn places_kind(&mut self, view: &View<'a>, hint: &Hint) -> Kind {
        let mut items: Vec<Type> = Vec::with_capacity(view.places.len());
        for (index, ids) in view.places.iter().enumerate() {
            let hint = hint.child(&format!("item {}", index + 1));
            items.push(self.type_of(ids, &hint));
        }
        match items.split_first() {
            Some((first, others)) if others.iter().all(|it| it == first) => {
                Kind::Fixed(Box::new(first.clone()), items.len())
            }
            _ => Kind::Tuple(items),
        }
    }

    /// A list whose first items have types of their own, and that may be shorter or longer: a list of what
    /// any of its items may be (F7).
    fn open_places(&mut self, view: &View<'a>, hint: &Hint) -> Kind {
        let mut branches: Vec<Branch> = view.places.iter().cloned().map(Branch::all).collect();
        let no_others = view.constraints.max_items == u64::try_from(branches.len()).ok();
        if !no_others && view.items.is_empty() {
            let what = "a list whose first items have types, and the others none";
            self.unsupported(view.span, what, "read as a list of any values");
            return Kind::Array(Box::new(any()));
        }
        if !no_others {
            branches.push(Branch::all(view.items.clone()));
        }
        let items = self.type_of_any(&branches, &hint.child("item"));
        if self.is_own_union(&items) {
            let what = "a type for each of the first items of a list of any length";
            self.unsupported(view.span, what, "each item is read as any of these types");
        }
        Kind::Array(Box::new(items))
    }

    /// Whether a type is a union that no component is.
    fn is_own_union(&self, ty: &Type) -> bool {
        let Kind::Named(id) = ty.kind else {
            return false;
        };
        self.types.get(id.0).is_some_and(|def| {
            matches!(def.definition, Definition::Union(_))
                && !matches!(def.name, NameHint::Component(_))
        })
    }
}

/// How long every list is, if they are all of one length that is not too long (F4).
fn fixed_length(view: &View<'_>) -> Option<usize> {
    let (min, max) = (view.constraints.min_items?, view.constraints.max_items?);
    let length = usize::try_from(max).ok()?;
    (min == max && (1..=MAX_PLACES).contains(&length)).then_some(length)
}
