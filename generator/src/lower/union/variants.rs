//! The variants of a union: branches that a value can be told by, and those that only one type can
//! hold together (K3 to K5, K18).

use std::rc::Rc;

use crate::api::{Arrays, Dispatch, JsonType, Kind, NumberFormat, Objects, StringFormat};
use crate::spec::{SchemaId, Types};

use super::super::Lowering;
use super::super::merge::View;
use super::facts::Facts;
use super::objects::Candidate;
use super::{Branch, Choice, List, Part};

/// A variant before its type is defined.
pub(in super::super) struct Planned<'a> {
    pub(super) source: Source,
    /// What it may be called.
    pub(super) name: String,
    /// The schema that describes it.
    pub(super) docs: Option<SchemaId>,
    /// The tag that is written beside it (K15).
    pub(super) tag: Option<(String, String)>,
    pub(super) facts: Rc<Facts<'a>>,
}

/// What the type of a variant is made from.
#[derive(Debug, Clone)]
pub(super) enum Source {
    Branch(Branch),
    /// A type that holds the values of several branches.
    Kind(Kind),
    /// An array whose items follow any of these.
    Items(Vec<Branch>),
    /// An object that may follow several of these (K19).
    Merged(Vec<Branch>),
}

/// A branch and what it accepts.
type Known<'a> = (Branch, Rc<Facts<'a>>);

impl<'a> Lowering<'_, 'a> {
    /// The variants of a list, and how to tell them apart.
    pub(super) fn choice(&mut self, view: &View<'a>, list: List) -> Choice<'a> {
        let mut list = list;
        self.add_mapped(&mut list);
        let known = self.known(view, &list.branches);
        let mut variants = self.planned(&known);
        let mut dispatch = self.dispatch(&mut variants, &list);
        if list.is_any_of && matches!(dispatch.object, Some(Objects::Scored(_))) {
            variants = merged(variants);
            dispatch = self.dispatch(&mut variants, &list);
        }
        name(&mut variants, &dispatch);
        self.name_arrays(&mut variants);
        for planned in &mut variants {
            // A branch with the properties around it is called like the branch.
            if let Source::Branch(Branch {
                ids,
                part: Part::Beside(_),
            }) = &planned.source
                && let Some(id) = ids.last()
                && let Some(target) = self.names_of(*id).last()
                && let Some(name) = self.component_name(*target)
            {
                planned.name = name.to_owned();
            }
            if let Some(title) = planned.docs.and_then(|id| self.schema(id).title) {
                planned.name = title.to_owned();
            }
        }
        Choice { variants, dispatch }
    }

    /// The branches with what they accept. One without a type has that of the schema around it, and
    /// one that lists types stands for each of them.
    fn known(&mut self, view: &View<'a>, branches: &[Branch]) -> Vec<Known<'a>> {
        let mut known = Vec::with_capacity(branches.len());
        for branch in branches {
            let mut branch = branch.clone();
            let mut facts = self.facts_of(&branch);
            let around = view.types.filter(|types| types.count() > 0);
            if let (true, Some(types)) = (facts.any, around) {
                branch.part = Part::Of(types);
                facts = self.facts_of(&branch);
            }
            let each = facts.types.each();
            if facts.any || each.len() < 2 || !self.lists_types(&branch) {
                known.push((branch, facts));
                continue;
            }
            for only in each {
                let branch = Branch {
                    ids: branch.ids.clone(),
                    part: Part::Of(only),
                };
                let facts = self.facts_of(&branch);
                known.push((branch, facts));
            }
        }
        known
    }

    /// Whether a branch without a name accepts several types by listing them.
    fn lists_types(&mut self, branch: &Branch) -> bool {
        match (branch.part, &branch.ids[..]) {
            (Part::Of(_), _) => true,
            (_, [id]) => {
                let is_named = self.named(*id).is_some();
                !is_named && self.schema(*id).types.each().len() > 1
            }
            _ => false,
        }
    }

    fn planned(&mut self, known: &[Known<'a>]) -> Vec<Planned<'a>> {
        let classes: Vec<Option<JsonType>> = known.iter().map(|(_, facts)| class(facts)).collect();
        let arrays: Vec<&Branch> = of_class(known, &classes, JsonType::Array);
        let arrays: Vec<Branch> = arrays.into_iter().cloned().collect();
        let apart = self.can_tell_apart(&arrays);
        let mut variants: Vec<Planned<'a>> = Vec::new();
        let mut done: Vec<JsonType> = Vec::new();
        let mut catch_all = None;
        for ((branch, facts), class) in known.iter().zip(&classes) {
            let mut planned = Planned {
                source: Source::Branch(branch.clone()),
                name: String::new(),
                docs: branch.ids.last().copied(),
                tag: None,
                facts: Rc::clone(facts),
            };
            if facts.any {
                planned.source = Source::Kind(Kind::Any);
                catch_all = catch_all.or(Some(planned));
                continue;
            }
            if facts.types == Types::default() {
                continue;
            }
            let Some(class) = *class else {
                variants.push(planned);
                continue;
            };
            let same = of_class(known, &classes, class);
            let merged = match class {
                _ if same.len() < 2 => None,
                JsonType::Object => None,
                JsonType::Array if apart => None,
                JsonType::Array => Some(Source::Items(self.items_of(&arrays))),
                _ => Some(Source::Kind(widest(known, &classes, class))),
            };
            if let Some(source) = merged {
                if done.contains(&class) {
                    continue;
                }
                done.push(class);
                planned.source = source;
                planned.docs = None;
                planned.facts = Rc::new(Facts {
                    types: types_of(known, &classes, class),
                    ..Facts::default()
                });
            }
            variants.push(planned);
        }
        variants.extend(catch_all);
        variants
    }

    /// Whether the first item tells arrays apart (K5).
    fn can_tell_apart(&mut self, arrays: &[Branch]) -> bool {
        let items = self.items_of(arrays);
        let mut seen = Vec::new();
        for item in &items {
            let facts = self.facts_of(item);
            match class(&facts) {
                Some(class) if !facts.any && !seen.contains(&class) => seen.push(class),
                _ => return false,
            }
        }
        items.len() == arrays.len()
    }

    /// The items of arrays, each kind once; those that say nothing of theirs are left out.
    fn items_of(&mut self, arrays: &[Branch]) -> Vec<Branch> {
        let mut found = Vec::with_capacity(arrays.len());
        for array in arrays {
            let items = self.branch_view(array).items;
            if !items.is_empty() {
                found.push(Branch::all(items));
            }
        }
        found
    }

    fn dispatch(&mut self, variants: &mut [Planned<'a>], list: &List) -> Dispatch {
        let mut dispatch = Dispatch::default();
        let first = |wanted: fn(Types) -> bool| {
            let alone = |planned: &&Planned<'a>| class(&planned.facts).is_some();
            let index =
                |planned: &Planned<'a>| variants.iter().position(|it| std::ptr::eq(it, planned));
            let takes = variants.iter().filter(|it| wanted(it.facts.types));
            let best = takes.clone().find(alone).or_else(|| takes.clone().next());
            let any = variants.iter().find(|it| it.facts.any);
            best.or(any).and_then(index)
        };
        dispatch.null = variants.iter().position(|it| it.facts.any);
        dispatch.boolean = first(|types| types.boolean);
        dispatch.number = first(|types| types.number || types.integer);
        dispatch.string = first(|types| types.string);
        dispatch.array = first(|types| types.array).map(Arrays::Always);
        let arrays: Vec<(usize, Branch)> = array_branches(variants);
        if arrays.len() > 1 {
            dispatch.array = self.by_first_item(&arrays, dispatch.null);
        }
        let candidates = variants.iter().enumerate().filter_map(|(index, planned)| {
            let objects = planned.facts.objects.clone();
            let takes = planned.facts.any || planned.facts.types.object;
            takes.then_some(Candidate {
                variant: index,
                objects,
            })
        });
        let candidates: Vec<Candidate<'a>> = candidates.collect();
        dispatch.object = self.objects(candidates, variants, list);
        dispatch
    }

    fn by_first_item(&mut self, arrays: &[(usize, Branch)], rest: Option<usize>) -> Option<Arrays> {
        let mut items = Vec::with_capacity(arrays.len());
        for (variant, array) in arrays {
            let item = self.items_of(std::slice::from_ref(array)).pop()?;
            let facts = self.facts_of(&item);
            items.push((class(&facts)?, *variant));
        }
        Some(Arrays::First {
            empty: arrays.first()?.0,
            items,
            rest,
        })
    }
}

/// Puts the objects of variants that cannot be told apart into one (K19). One that is more than an object
/// with properties stays what it is, and so do the others.
fn merged(variants: Vec<Planned<'_>>) -> Vec<Planned<'_>> {
    let is_object = |planned: &Planned<'_>| class(&planned.facts) == Some(JsonType::Object);
    let mut branches = Vec::new();
    for planned in variants
        .iter()
        .filter(|planned| is_object(planned) || planned.facts.any)
    {
        match (&planned.source, &planned.facts.objects[..]) {
            (Source::Branch(branch), [object]) if !object.properties.is_empty() => {
                branches.push(branch.clone());
            }
            _ => return variants,
        }
    }
    let mut branches = Some(branches);
    let mut kept = Vec::with_capacity(variants.len());
    for mut planned in variants {
        if is_object(&planned) {
            let Some(branches) = branches.take() else {
                continue;
            };
            planned.source = Source::Merged(branches);
            planned.docs = None;
        }
        kept.push(planned);
    }
    kept
}

fn array_branches(variants: &[Planned<'_>]) -> Vec<(usize, Branch)> {
    let arrays = variants.iter().enumerate();
    let arrays = arrays.filter(|(_, planned)| class(&planned.facts) == Some(JsonType::Array));
    arrays
        .filter_map(|(index, planned)| match &planned.source {
            Source::Branch(branch) => Some((index, branch.clone())),
            _ => None,
        })
        .collect()
}

/// The one JSON type of the values of a branch.
pub(super) fn class(facts: &Facts<'_>) -> Option<JsonType> {
    let types = facts.types;
    let classes = [
        (types.boolean, JsonType::Boolean),
        (types.integer || types.number, JsonType::Number),
        (types.string, JsonType::String),
        (types.array, JsonType::Array),
        (types.object, JsonType::Object),
    ];
    let mut classes = classes.into_iter().filter(|(is, _)| *is);
    match (classes.next(), classes.next()) {
        (Some((_, only)), None) if !facts.any => Some(only),
        _ => None,
    }
}

fn of_class<'k>(
    known: &'k [Known<'_>],
    classes: &[Option<JsonType>],
    class: JsonType,
) -> Vec<&'k Branch> {
    let pairs = known.iter().zip(classes);
    pairs
        .filter(|(_, it)| **it == Some(class))
        .map(|((branch, _), _)| branch)
        .collect()
}

/// The types of all branches of a class.
fn types_of(known: &[Known<'_>], classes: &[Option<JsonType>], class: JsonType) -> Types {
    let pairs = known.iter().zip(classes);
    let same = pairs.filter(|(_, it)| **it == Some(class));
    same.fold(Types::default(), |all, ((_, facts), _)| {
        all.union(facts.types)
    })
}

/// The type that holds the values of all branches of a class (K4).
fn widest(known: &[Known<'_>], classes: &[Option<JsonType>], class: JsonType) -> Kind {
    match class {
        JsonType::Boolean => Kind::Boolean,
        JsonType::Number if types_of(known, classes, class).number => {
            Kind::Number(NumberFormat::Double)
        }
        JsonType::Number => Kind::Integer(NumberFormat::Plain),
        _ => Kind::String(StringFormat::Plain),
    }
}

/// The one value of a tag, or the one key, that an object of a variant is known by.
fn known_by(objects: &Objects, index: usize) -> Option<String> {
    let is_variant = |then: &Objects| *then == Objects::Always(index);
    match objects {
        Objects::Tag {
            property, values, ..
        } => {
            let mut own = values.iter().filter(|(_, then)| is_variant(then));
            let (Some((texts, _)), None) = (own.next(), own.next()) else {
                return None;
            };
            match &texts[..] {
                // A number says nothing without what it counts.
                [text] if text.starts_with(|first: char| first.is_ascii_digit()) => {
                    Some(format!("{property} {text}"))
                }
                [text] => Some(text.clone()),
                _ => None,
            }
        }
        Objects::Keys { keys, .. } => {
            let mut own = keys.iter().filter(|(_, then)| is_variant(then));
            match (own.next(), own.next()) {
                (Some((key, _)), None) => Some(key.clone()),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Whether a variant is any object, whatever its keys.
fn is_free(planned: &Planned<'_>) -> bool {
    let mut objects = planned.facts.objects.iter();
    objects.all(|object| object.properties.is_empty() && !object.closed)
}

/// Names the variants whose types have no names: by what tells them apart, else by their JSON type
/// (K24).
fn name(variants: &mut [Planned<'_>], dispatch: &Dispatch) {
    let is_object = |planned: &&Planned<'_>| class(&planned.facts) == Some(JsonType::Object);
    let objects = variants.iter().filter(is_object).count();
    let is_array = |planned: &&Planned<'_>| class(&planned.facts) == Some(JsonType::Array);
    let arrays = variants.iter().filter(is_array).count();
    for (index, planned) in variants.iter_mut().enumerate() {
        let object = dispatch.object.as_ref();
        let known_by = object.and_then(|objects| known_by(objects, index));
        let by_type = match class(&planned.facts) {
            Some(JsonType::Boolean) => Some("Boolean"),
            Some(JsonType::Number) if planned.facts.types.number => Some("Number"),
            Some(JsonType::Number) => Some("Integer"),
            Some(JsonType::String) => Some("String"),
            Some(JsonType::Array) if arrays == 1 => Some("Array"),
            Some(JsonType::Object) if objects == 1 => Some("Object"),
            Some(JsonType::Object) if is_free(planned) => Some("Map"),
            _ if planned.facts.any => Some("Other"),
            _ => None,
        };
        planned.name = known_by
            .or_else(|| by_type.map(str::to_owned))
            .unwrap_or_else(|| format!("Variant{}", index + 1));
    }
}

impl<'a> Lowering<'_, 'a> {
    /// Arrays that are told apart by their first item are named after it.
    fn name_arrays(&mut self, variants: &mut [Planned<'a>]) {
        let arrays = array_branches(variants);
        if arrays.len() < 2 {
            return;
        }
        for (index, branch) in arrays {
            let mut name = "array".to_owned();
            let mut at = branch;
            // What nests deeper than this has no name that helps.
            for _ in 0..3 {
                let Some(item) = self.items_of(&[at]).pop() else {
                    break;
                };
                let facts = self.facts_of(&item);
                let Some(class) = class(&facts) else { break };
                let is_integer = class == JsonType::Number && !facts.types.number;
                let word = if is_integer {
                    "Integer".to_owned()
                } else {
                    format!("{class:?}")
                };
                name = format!("{word} {name}");
                if class != JsonType::Array {
                    break;
                }
                at = item;
            }
            if let Some(planned) = variants.get_mut(index) {
                planned.name = name;
            }
        }
    }
}
