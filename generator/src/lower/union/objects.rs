//! How objects are told apart: by a tag, by their keys, or by trial (K6, K7, K20).

use std::collections::{BTreeMap, HashMap, HashSet};
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

    /// Whether every object of it requires a property.
    pub(super) fn requires(&self, name: &str) -> bool {
        !self.objects.is_empty() && self.objects.iter().all(|it| it.required.contains(name))
    }
}

/// The values of a tag, and the variants that each may mean.
type Values = Vec<(Vec<String>, Vec<usize>)>;

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
        let pick = |indices: &[usize]| -> Vec<Candidate<'a>> {
            indices
                .iter()
                .filter_map(|index| candidates.get(*index).cloned())
                .collect()
        };
        let tagged: HashSet<usize> = values.iter().flat_map(|(_, them)| them).copied().collect();
        let places = 0..candidates.len();
        let open: Vec<usize> = places.clone().filter(|it| !tagged.contains(it)).collect();
        let optional = places.filter(|it| candidates.get(*it).is_some_and(|it| !it.requires(name)));
        let optional: Vec<usize> = optional.collect();
        let values = values
            .into_iter()
            .filter_map(|(texts, them)| Some((texts, self.question(&pick(&them), &asked)?)));
        let values = values.collect();
        let absent = match self.question(&pick(&optional), &asked) {
            // Objects that all have the tag mostly bring it.
            Some(Objects::Scored(_)) if open.is_empty() => None,
            absent => absent.map(Box::new),
        };
        Some(Objects::Tag {
            property: name.to_owned(),
            values,
            unknown: self.question(&pick(&open), &asked).map(Box::new),
            absent,
        })
    }

    /// The values of a property, with the candidates that list them.
    fn tag_values(&mut self, candidates: &[Candidate<'a>], name: &str) -> Values {
        let mut owners: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut order: Vec<String> = Vec::new();
        for (index, candidate) in candidates.iter().enumerate() {
            for text in self.values_of(candidate, name).into_iter().flatten() {
                let known = owners.entry(text.clone()).or_insert_with(|| {
                    order.push(text);
                    Vec::new()
                });
                if !known.contains(&index) {
                    known.push(index);
                }
            }
        }
        let mut values: Values = Vec::new();
        for text in order {
            let them = owners.remove(&text).unwrap_or_default();
            match values.iter_mut().find(|(_, known)| *known == them) {
                Some((texts, _)) => texts.push(text),
                None => values.push((vec![text], them)),
            }
        }
        values
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
