//! Variants that turned out to hold the same type are one variant.

use crate::api::{Arrays, Definition, Dispatch, Objects, TypeDef, Union};

/// Makes one variant of those that hold the same; a union of one variant is another name of its type.
pub(in super::super) fn collapse(types: &mut [TypeDef]) {
    for def in types {
        let Definition::Union(union) = &mut def.definition else {
            continue;
        };
        merge(union);
        if let [only] = &union.variants[..]
            && only.tag.is_none()
        {
            def.definition = Definition::Alias(only.ty.clone());
        }
    }
}

fn merge(union: &mut Union) {
    let mut kept = Vec::with_capacity(union.variants.len());
    let mut new = Vec::with_capacity(union.variants.len());
    for variant in std::mem::take(&mut union.variants) {
        let same = |known: &crate::api::Variant| known.ty == variant.ty && known.tag == variant.tag;
        match kept.iter().position(same) {
            Some(known) => new.push(known),
            None => {
                new.push(kept.len());
                kept.push(variant);
            }
        }
    }
    union.variants = kept;
    let renumber = |index: &mut usize| *index = new.get(*index).copied().unwrap_or(*index);
    let Dispatch {
        null,
        boolean,
        number,
        string,
        array,
        object,
    } = &mut union.dispatch;
    [null, boolean, number, string]
        .into_iter()
        .flatten()
        .for_each(renumber);
    match array {
        Some(Arrays::Always(index)) => renumber(index),
        Some(Arrays::First { items, empty, rest }) => {
            items.iter_mut().for_each(|(_, index)| renumber(index));
            renumber(empty);
            rest.iter_mut().for_each(renumber);
        }
        None => {}
    }
    if let Some(objects) = object {
        renumber_objects(objects, &renumber);
    }
}

fn renumber_objects(objects: &mut Objects, renumber: &impl Fn(&mut usize)) {
    let others = |rest: &mut Option<Box<Objects>>| {
        if let Some(rest) = rest {
            renumber_objects(rest, renumber);
        }
    };
    match objects {
        Objects::Always(index) => renumber(index),
        Objects::Tag {
            values,
            unknown,
            absent,
            ..
        } => {
            let then = values.iter_mut().map(|(_, then)| then);
            then.for_each(|then| renumber_objects(then, renumber));
            others(unknown);
            others(absent);
        }
        Objects::Keys { keys, rest } => {
            let then = keys.iter_mut().map(|(_, then)| then);
            then.for_each(|then| renumber_objects(then, renumber));
            others(rest);
        }
        Objects::KeyType { types, rest, .. } => {
            let then = types.iter_mut().map(|(_, then)| then);
            then.for_each(|then| renumber_objects(then, renumber));
            others(rest);
        }
        Objects::Scored(scores) => {
            scores
                .iter_mut()
                .for_each(|score| renumber(&mut score.variant));
            let mut known = Vec::with_capacity(scores.len());
            for score in std::mem::take(scores) {
                if !known.contains(&score) {
                    known.push(score);
                }
            }
            *scores = known;
            let first = scores.first().map(|score| score.variant);
            if let Some(variant) = first
                && scores.iter().all(|score| score.variant == variant)
            {
                *objects = Objects::Always(variant);
            }
        }
    }
}
