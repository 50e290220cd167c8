//! How objects are told apart: by a tag, by their keys, or by trial (K6, K7, K20).

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use crate::api::{JsonType, Objects, Score};

use super::super::Lowering;
use super::facts::ObjectFacts;
use super::variants::{Planned, class};
use super::{Branch, List};

/// How many questions are asked one after another before types are tried.
const MAX_QUESTIONS: usize = 6;

/// Properties that say what an object is, where there are several to choose from.
const TAGS: &[&str] = &["type", "kind", "object", "event"];

/// A variant that accepts objects.
#[derive(Clone)]
pub(super) struct Candidate<'a> {
    pub(super) variant: usize,
    /// What they look like; nothing if they can be anything.
    pub(super) objects: Vec<Rc<ObjectFacts<'a>>>,
}

impl Candidate<'_> {
    /// Whether every object of it declares a property.
    pub(super) fn declares(&self, name: &str) -> bool {
        !self.objects.is_empty() && self.objects.iter().all(|object| object.declares(name))
    }

    /// Whether no object of it declares a property.
    pub(super) fn lacks(&self, name: &str) -> bool {
        !self.objects.is_empty() && !self.objects.iter().any(|object| object.declares(name))
    }

    /// Whether every object of it requires a property.
    pub(super) fn requires(&self, name: &str) -> bool {
        !self.objects.is_empty() && self.objects.iter().all(|it| it.required.contains(name))
    }
}

/// The values of a tag, and the candidates that each may mean.
pub(super) type Values = Vec<(Vec<String>, Vec<usize>)>;

/// Values of a tag while they are gathered, in order.
#[derive(Default)]
pub(super) struct Gathered {
    order: Vec<String>,
    owners: HashMap<String, Vec<usize>>,
}

impl Gathered {
    /// Adds a candidate that has a value.
    pub(super) fn add(&mut self, text: String, index: usize) {
        match self.owners.get_mut(&text) {
            Some(known) if known.contains(&index) => {}
            Some(known) => known.push(index),
            None => {
                self.order.push(text.clone());
                self.owners.insert(text, vec![index]);
            }
        }
    }

    /// The values so far.
    pub(super) fn texts(&self) -> HashSet<String> {
        self.order.iter().cloned().collect()
    }

    /// The values that mean the same together.
    pub(super) fn values(mut self) -> Values {
        let mut values: Values = Vec::new();
        let mut places: HashMap<Vec<usize>, usize> = HashMap::new();
        for text in self.order {
            let them = self.owners.remove(&text).unwrap_or_default();
            match places.get(&them).and_then(|place| values.get_mut(*place)) {
                Some((texts, _)) => texts.push(text),
                None => {
                    places.insert(them.clone(), values.len());
                    values.push((vec![text], them));
                }
            }
        }
        values
    }
}

impl<'a> Lowering<'_, 'a> {
    /// How the objects of a union are told apart.
    pub(super) fn objects(
        &mut self,
        candidates: Vec<Candidate<'a>>,
        variants: &mut [Planned<'a>],
        list: &List,
    ) -> Option<Objects> {
        if let Some(found) = self.discriminated(&candidates, variants, list) {
            return Some(found);
        }
        self.question(&candidates, &[])
    }

    /// The question that tells most of these apart, and those that follow from its answers.
    pub(super) fn question(
        &mut self,
        candidates: &[Candidate<'a>],
        asked: &[&'a str],
    ) -> Option<Objects> {
        match candidates {
            [] => return None,
            [only] => return Some(Objects::Always(only.variant)),
            _ => {}
        }
        if asked.len() < MAX_QUESTIONS {
            if let Some(found) = self.by_tag(candidates, asked) {
                return Some(found);
            }
            if let Some(found) = self.by_keys(candidates, asked) {
                return Some(found);
            }
            if let Some(found) = self.by_key_type(candidates) {
                return Some(found);
            }
        }
        Some(Objects::Scored(scores(candidates)))
    }

    fn by_tag(&mut self, candidates: &[Candidate<'a>], asked: &[&'a str]) -> Option<Objects> {
        let mut best: Option<(Worth, &'a str, Values)> = None;
        for name in tag_names(candidates) {
            if asked.contains(&name) {
                continue;
            }
            let values = self.tag_values(candidates, name);
            let Some(worth) = worth(candidates, name, &values) else {
                continue;
            };
            let is_better = best.as_ref().is_none_or(|(known, ..)| worth > *known);
            if is_better {
                best = Some((worth, name, values));
            }
        }
        let (_, name, values) = best?;
        let mut asked = asked.to_vec();
        asked.push(name);
        let tagged: HashSet<usize> = values.iter().flat_map(|(_, them)| them).copied().collect();
        let all = || candidates.iter().enumerate();
        let open = all().filter(|(index, _)| !tagged.contains(index));
        let open: Vec<Candidate<'a>> = open.map(|(_, it)| it.clone()).collect();
        let optional = candidates.iter().filter(|it| !it.requires(name));
        let optional: Vec<Candidate<'a>> = optional.cloned().collect();
        let absent = match self.question(&optional, &asked) {
            // Objects that all have the tag mostly bring it.
            Some(Objects::Scored(_)) if open.is_empty() => None,
            absent => absent.map(Box::new),
        };
        Some(Objects::Tag {
            property: name.to_owned(),
            values: self.answers(candidates, name, values, &asked),
            unknown: self.question(&open, &asked).map(Box::new),
            absent,
        })
    }

    /// What the values of a tag mean: one of the candidates that have it, told by what else is there.
    pub(super) fn answers(
        &mut self,
        candidates: &[Candidate<'a>],
        name: &'a str,
        values: Values,
        asked: &[&'a str],
    ) -> Vec<(Vec<String>, Objects)> {
        let mut answers = Vec::with_capacity(values.len());
        for (texts, them) in values {
            let mut fitting = Vec::with_capacity(them.len());
            for candidate in them.iter().filter_map(|index| candidates.get(*index)) {
                fitting.push(match them.len() {
                    1 => candidate.clone(),
                    _ => self.with_value(candidate, name, &texts),
                });
            }
            answers.extend(self.question(&fitting, asked).map(|then| (texts, then)));
        }
        answers
    }

    /// A candidate without its objects that list other values for a property.
    fn with_value(
        &mut self,
        candidate: &Candidate<'a>,
        name: &str,
        texts: &[String],
    ) -> Candidate<'a> {
        let mut objects = Vec::with_capacity(candidate.objects.len());
        for object in &candidate.objects {
            let only = Candidate {
                variant: candidate.variant,
                objects: vec![Rc::clone(object)],
            };
            let listed = self.values_of(&only, name);
            if listed.is_none_or(|listed| listed.iter().any(|text| texts.contains(text))) {
                objects.push(Rc::clone(object));
            }
        }
        Candidate {
            variant: candidate.variant,
            objects,
        }
    }

    /// The values of a property, with the candidates that list them.
    fn tag_values(&mut self, candidates: &[Candidate<'a>], name: &str) -> Values {
        let mut gathered = Gathered::default();
        for (index, candidate) in candidates.iter().enumerate() {
            for text in self.values_of(candidate, name).into_iter().flatten() {
                gathered.add(text, index);
            }
        }
        gathered.values()
    }

    /// The values that a candidate lists for a property; nothing if one of its objects lists none.
    pub(super) fn values_of(
        &mut self,
        candidate: &Candidate<'a>,
        name: &str,
    ) -> Option<Vec<String>> {
        let mut all = Vec::new();
        for object in &candidate.objects {
            let (_, ids) = object.properties.iter().find(|(known, _)| *known == name)?;
            all.extend(self.listed_values(ids)?);
        }
        (!all.is_empty()).then_some(all)
    }

    fn by_keys(&mut self, candidates: &[Candidate<'a>], asked: &[&'a str]) -> Option<Objects> {
        let mut owners: HashMap<&'a str, usize> = HashMap::new();
        for candidate in candidates {
            let names: HashSet<&'a str> = candidate
                .objects
                .iter()
                .flat_map(|object| object.properties.iter().map(|(name, _)| *name))
                .collect();
            for name in names {
                *owners.entry(name).or_default() += 1;
            }
        }
        let (mut keys, mut rest) = (Vec::new(), Vec::new());
        for candidate in candidates {
            let own = own_keys(candidate, &owners);
            if own.is_empty() {
                rest.push(candidate.clone());
            }
            keys.extend(
                own.into_iter()
                    .map(|key| (key.to_owned(), Objects::Always(candidate.variant))),
            );
        }
        if keys.is_empty() {
            return None;
        }
        // What is not told by a key may be told by something else.
        let rest = self.question(&rest, asked).map(Box::new);
        Some(Objects::Keys { keys, rest })
    }

    fn by_key_type(&mut self, candidates: &[Candidate<'a>]) -> Option<Objects> {
        let first = candidates.first()?.objects.first()?;
        for (name, _) in &first.properties {
            if !candidates.iter().all(|candidate| candidate.requires(name)) {
                continue;
            }
            let mut types: Vec<(JsonType, Objects)> = Vec::new();
            for candidate in candidates {
                let class = self.type_of_property(candidate, name);
                let Some(class) = class.filter(|it| types.iter().all(|(known, _)| known != it))
                else {
                    break;
                };
                types.push((class, Objects::Always(candidate.variant)));
            }
            if types.len() == candidates.len() {
                return Some(Objects::KeyType {
                    property: (*name).to_owned(),
                    types,
                    rest: None,
                });
            }
        }
        None
    }

    fn type_of_property(&mut self, candidate: &Candidate<'a>, name: &str) -> Option<JsonType> {
        let [object] = &candidate.objects[..] else {
            return None;
        };
        let (_, ids) = object.properties.iter().find(|(known, _)| *known == name)?;
        let facts = self.facts_of(&Branch::all(ids.clone()));
        class(&facts)
    }
}

/// How well a property tells candidates apart: how many of them have their values to themselves, and
/// whether all that list values require it.
type Worth = (usize, bool);

/// The worth of a property as a tag, if it can be one. A property that may be absent, is not called like
/// a tag, and does not tell all of them apart is rather an option of something.
fn worth(candidates: &[Candidate<'_>], name: &str, values: &Values) -> Option<Worth> {
    let of = |shared: fn(usize) -> bool| -> HashSet<usize> {
        let them = values.iter().filter(|(_, them)| shared(them.len()));
        them.flat_map(|(_, them)| them).copied().collect()
    };
    let (alone, shared) = (of(|count| count == 1), of(|count| count > 1));
    let distinct = alone.difference(&shared).count();
    let mut tagged = alone.union(&shared);
    let required = tagged.all(|index| candidates.get(*index).is_some_and(|it| it.requires(name)));
    let is_likely = required || TAGS.contains(&name) || distinct == candidates.len();
    let is_tag = values.len() > 1 && distinct > 0 && is_likely;
    is_tag.then_some((distinct, required))
}

/// The keys by which every object of a candidate is known for certain.
fn own_keys<'a>(candidate: &Candidate<'a>, owners: &HashMap<&'a str, usize>) -> Vec<&'a str> {
    let mut keys = Vec::new();
    for object in &candidate.objects {
        let own = object.properties.iter().map(|(name, _)| *name);
        let own = own.filter(|name| owners.get(name) == Some(&1) && object.required.contains(name));
        match own.into_iter().next() {
            Some(key) if !keys.contains(&key) => keys.push(key),
            Some(_) => {}
            None => return Vec::new(),
        }
    }
    keys
}

/// The properties that may be a tag: at least two candidates declare them; well-known names first.
fn tag_names<'a>(candidates: &[Candidate<'a>]) -> Vec<&'a str> {
    let mut counts: HashMap<&'a str, usize> = HashMap::new();
    let mut names: Vec<&'a str> = Vec::new();
    for candidate in candidates {
        let Some(object) = candidate.objects.first() else {
            continue;
        };
        for (name, _) in &object.properties {
            if candidate.declares(name) {
                let count = counts.entry(name).or_default();
                *count += 1;
                if *count == 2 {
                    names.push(name);
                }
            }
        }
    }
    let place = |name: &&str| {
        TAGS.iter()
            .position(|tag| tag == name)
            .unwrap_or(TAGS.len())
    };
    names.sort_by_key(place);
    names
}

fn scores(candidates: &[Candidate<'_>]) -> Vec<Score> {
    let mut scores = Vec::new();
    for candidate in candidates {
        if candidate.objects.is_empty() {
            scores.push(Score {
                variant: candidate.variant,
                required: Vec::new(),
                optional: Vec::new(),
                closed: false,
            });
        }
        for object in &candidate.objects {
            let names = object.properties.iter().map(|(name, _)| *name);
            let (required, optional): (Vec<&str>, Vec<&str>) =
                names.partition(|name| object.required.contains(name));
            let texts = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
            scores.push(Score {
                variant: candidate.variant,
                required: texts(required),
                optional: texts(optional),
                closed: object.closed,
            });
        }
    }
    scores
}
