//! Unions: the names of variants, what they hold, and whether unknown ones are kept (group K).

use std::collections::BTreeSet;

use serde::Serialize;

use crate::api::{Api, Definition, Dispatch, Kind, NameHint, Objects, Type, TypeId, Union};

use super::check::Check;
use super::checks::Checks;
use super::docs::doc_lines;
use super::graph;
use super::names::{Name, Scope, Spelling};
use super::prose::paragraph;
use super::rust_type::RustType;
use super::words::words;

/// The decisions about a union.
#[derive(Debug, Serialize)]
pub(crate) struct UnionPlan {
    pub(crate) variants: Vec<UnionVariantPlan>,
    /// Whether objects with a tag that is not declared are kept (K13).
    pub(crate) open: bool,
    /// What a value has to be, to be read after "expected".
    pub(crate) expected: String,
    /// How the variant of a value is found.
    pub(crate) dispatch: Dispatch,
}

/// The decisions about a variant of a union.
#[derive(Debug, Serialize)]
pub(crate) struct UnionVariantPlan {
    pub(crate) name: Name,
    pub(crate) docs: Vec<String>,
    /// What it holds, boxed where it has to be.
    pub(crate) ty: RustType,
    /// Whether it can be made from what it holds, because no other variant holds the same.
    pub(crate) from: bool,
    /// The property and the value that are written with it (K15).
    pub(crate) tag: Option<(String, String)>,
    /// The checks on what it holds.
    pub(crate) checks: Vec<Check>,
}

/// What planning a union looks at.
pub(super) struct Surroundings<'p> {
    pub(super) api: &'p Api,
    pub(super) names: &'p [Name],
    pub(super) groups: &'p [usize],
    pub(super) checks: &'p Checks<'p>,
}

/// Plans a union.
pub(super) fn plan(around: &Surroundings<'_>, id: TypeId, union: &Union, open: bool) -> UnionPlan {
    let names = variant_names(around, id, union, open);
    let payloads: Vec<Kind> = union
        .variants
        .iter()
        .map(|it| around.payload(&it.ty))
        .collect();
    let variants = union.variants.iter().zip(names).enumerate();
    let variants = variants.map(|(index, (variant, name))| {
        let payload = payloads.get(index);
        let same = payloads.iter().filter(|it| Some(*it) == payload).count();
        let mut ty = RustType::of(&variant.ty);
        if let Kind::Named(target) = variant.ty.kind
            && graph::is_boxed(around.api, around.groups, id, target)
        {
            ty = ty.boxed();
        }
        let is_itself = variant.ty.kind == Kind::Named(id);
        UnionVariantPlan {
            name,
            docs: variant_docs(&variant.docs),
            ty,
            from: same == 1 && !is_itself && !matches!(payload, Some(Kind::Any | Kind::Null)),
            tag: variant.tag.clone(),
            checks: around.checks.of(&variant.ty),
        }
    });
    UnionPlan {
        variants: variants.collect(),
        open,
        expected: expected(union),
        dispatch: union.dispatch.clone(),
    }
}

impl Surroundings<'_> {
    /// What a type is behind its aliases.
    fn payload(&self, ty: &Type) -> Kind {
        let mut kind = &ty.kind;
        // Aliases cannot lead back to themselves; the bound is for what a mistake would cost.
        for _ in 0..=self.api.types.len() {
            match kind {
                Kind::Named(id) => match self.api.types.get(id.0).map(|def| &def.definition) {
                    Some(Definition::Alias(target)) => kind = &target.kind,
                    _ => break,
                },
                _ => break,
            }
        }
        kind.clone()
    }
}

/// Whether an object may have a tag that the union does not know.
pub(super) fn has_unknown(union: &Union) -> bool {
    let mut work: Vec<&Objects> = union.dispatch.object.iter().collect();
    while let Some(objects) = work.pop() {
        match objects {
            Objects::Always(_) | Objects::Scored(_) => {}
            Objects::Tag { unknown: None, .. } => return true,
            Objects::Tag {
                values,
                unknown,
                absent,
                ..
            } => {
                work.extend(values.iter().map(|(_, then)| then));
                work.extend(unknown.as_deref());
                work.extend(absent.as_deref());
            }
            Objects::Keys { keys, rest } => {
                work.extend(keys.iter().map(|(_, then)| then));
                work.extend(rest.as_deref());
            }
            Objects::KeyType { types, rest, .. } => {
                work.extend(types.iter().map(|(_, then)| then));
                work.extend(rest.as_deref());
            }
        }
    }
    false
}

/// The names of the variants: that of the type, without what all have in common with the union (K24).
fn variant_names(around: &Surroundings<'_>, id: TypeId, union: &Union, open: bool) -> Vec<Name> {
    let own = around.names.get(id.0).map(|name| words(name.plain()));
    let own = own.unwrap_or_default();
    let full: Vec<(Vec<String>, bool)> = union
        .variants
        .iter()
        .map(|variant| match around.component(&variant.ty) {
            Some(name) => (words(name.plain()), true),
            None => (words(&variant.name), false),
        })
        .collect();
    let components = || {
        full.iter()
            .filter(|(_, is)| *is)
            .map(|(words, _)| &words[..])
    };
    let before = components()
        .map(|words| common(words.iter(), own.iter()))
        .min();
    let after = components()
        .map(|words| common(words.iter().rev(), own.iter().rev()))
        .min();
    let short = |before: usize, after: usize| {
        let cut = full.iter().map(|(words, is_component)| {
            let end = words.len().saturating_sub(after);
            match words.get(before..end) {
                Some(rest) if *is_component => rest.to_vec(),
                _ if *is_component => Vec::new(),
                _ => words.clone(),
            }
        });
        let cut: Vec<Vec<String>> = cut.collect();
        let distinct: BTreeSet<&Vec<String>> = cut.iter().collect();
        let starts = |words: &Vec<String>| {
            let first = words.first().and_then(|word| word.chars().next());
            first.is_some_and(|letter| letter.is_ascii_alphabetic())
        };
        (distinct.len() == cut.len() && cut.iter().all(starts)).then_some(cut)
    };
    let (before, after) = (before.unwrap_or(0), after.unwrap_or(0));
    let chosen = short(before, after)
        .or_else(|| short(before, 0))
        .or_else(|| short(0, after))
        .unwrap_or_else(|| full.into_iter().map(|(words, _)| words).collect());
    let mut scope = Scope::with(if open { &["Unrecognized"] } else { &[] }, "variant");
    let names = chosen.iter().enumerate().map(|(index, words)| {
        scope.words(words, Spelling::Pascal, &format!("Variant{}", index + 1))
    });
    names.collect()
}

impl Surroundings<'_> {
    /// The name of a component.
    fn component(&self, ty: &Type) -> Option<&Name> {
        let Kind::Named(id) = ty.kind else {
            return None;
        };
        let def = self.api.types.get(id.0)?;
        matches!(def.name, NameHint::Component(_)).then(|| self.names.get(id.0))?
    }
}

fn common<'w>(
    words: impl Iterator<Item = &'w String>,
    own: impl Iterator<Item = &'w String>,
) -> usize {
    words.zip(own).take_while(|(a, b)| a == b).count()
}

fn variant_docs(docs: &crate::api::Docs) -> Vec<String> {
    let mut lines = Vec::new();
    for text in [&docs.summary, &docs.description].into_iter().flatten() {
        paragraph(&mut lines, doc_lines(text));
    }
    lines
}

/// What a value has to be, such as "a string or an object".
fn expected(union: &Union) -> String {
    let dispatch = &union.dispatch;
    let is_integer = dispatch
        .number
        .and_then(|index| union.variants.get(index))
        .is_some_and(|variant| matches!(variant.ty.kind, Kind::Integer(_)));
    let rows = [
        (dispatch.null.is_some(), "null"),
        (dispatch.boolean.is_some(), "a boolean"),
        (dispatch.number.is_some() && is_integer, "an integer"),
        (dispatch.number.is_some() && !is_integer, "a number"),
        (dispatch.string.is_some(), "a string"),
        (dispatch.array.is_some(), "an array"),
        (dispatch.object.is_some(), "an object"),
    ];
    let words: Vec<&str> = rows
        .iter()
        .filter(|(is, _)| *is)
        .map(|(_, word)| *word)
        .collect();
    match &words[..] {
        [] => "nothing".to_owned(),
        _ if words.len() == 6 => "any value".to_owned(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}
