//! What becomes of every keyword of a document: `oarlock coverage`.
//!
//! The document is generated, and what the phases said they do not support is put to the keywords that
//! they said it of. Everything else is as [`table`] says, which a test holds to what the generator does.

mod table;

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::api::Api;
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Stopped};
use crate::grammar::{Kind, backported, walk};
use crate::load::{NodeId, Tree};
use crate::source::{Sources, Span};

/// What the generator does with a keyword.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Treatment {
    /// It shapes the types, what is checked, or what goes over the wire.
    Enforced,
    /// It stands in the documentation.
    Carried,
    /// It says nothing about types or the wire, and is left to other tools.
    Ignored,
    /// It is not supported; the fallback says what is done in its place.
    Unsupported,
}

impl Treatment {
    /// Every treatment, in the order of a report.
    pub const ALL: &'static [Self] = &[
        Self::Enforced,
        Self::Carried,
        Self::Ignored,
        Self::Unsupported,
    ];

    /// The treatment in a word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Enforced => "enforced",
            Self::Carried => "carried",
            Self::Ignored => "ignored",
            Self::Unsupported => "unsupported",
        }
    }
}

/// A keyword, or a construct that no single keyword makes, and where the document uses it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// What is done with it.
    pub treatment: Treatment,
    /// The kind of object that it stands in, such as `Schema`; empty for a construct.
    pub object: &'static str,
    /// The keyword in the words of the newest version of OpenAPI, or the construct in words.
    pub name: String,
    /// What is done in its place, if it is not supported; each way once.
    pub fallbacks: Vec<String>,
    /// Where it is used, in the order of the document.
    pub places: Vec<Span>,
}

/// What becomes of every keyword that a document uses, sorted by treatment, object and name.
///
/// # Errors
///
/// The findings, if the document cannot be generated. Warnings are not accepted here, and none is an
/// error.
pub fn coverage(sources: &Sources, config: &Config) -> Result<Vec<Use>, Diagnostics> {
    let config = Config {
        strict: false,
        deny: Vec::new(),
        accept: Vec::new(),
        ..config.clone()
    };
    let mut diagnostics = Diagnostics::by(config.policy());
    let nobody = &crate::observe::Nobody;
    let read = crate::read(&mut diagnostics, sources, &config, nobody).and_then(|tree| {
        let (api, _) = crate::decide(&mut diagnostics, &tree, &config, nobody)?;
        Ok((tree, api))
    });
    match read {
        Ok((tree, api)) => Ok(uses(&tree, &api, &diagnostics)),
        Err(Stopped) => Err(diagnostics),
    }
}

/// Every object that stands in an operation that is not generated, the operation with it.
fn left_out(tree: &Tree<'_>, api: &Api, objects: &[(Kind, NodeId)]) -> HashSet<(Kind, NodeId)> {
    let generated: HashSet<Span> = api.operations.iter().map(|it| it.origin.span).collect();
    let is_generated = |node| {
        let id = tree.get(node, "operationId").map(|id| tree.span(id));
        let spans = [id, Some(tree.span(node))];
        spans.iter().flatten().any(|span| generated.contains(span))
    };
    let operations = objects.iter().copied();
    let operations = operations.filter(|(kind, _)| *kind == Kind::Operation);
    walk::below(tree, operations.filter(|(_, node)| !is_generated(*node)))
        .into_iter()
        .collect()
}

/// The keywords of the tree, and how to find them by place.
#[derive(Default)]
struct Keywords {
    list: Vec<Keyword>,
    /// The keywords whose key or whose value stands at a place.
    by_span: HashMap<Span, usize>,
    /// The objects that stand at a place, as their first keyword and how many there are.
    objects: HashMap<Span, (usize, usize)>,
}

struct Keyword {
    kind: Kind,
    name: String,
    span: Span,
    fallback: Option<String>,
}

fn uses(tree: &Tree<'_>, api: &Api, findings: &Diagnostics) -> Vec<Use> {
    let mut keywords = Keywords::default();
    let objects = walk::objects(tree);
    let left_out = left_out(tree, api, &objects);
    for (kind, node) in objects {
        let is_left_out = left_out.contains(&(kind, node));
        let fallback = is_left_out.then_some("the operation is left out");
        keywords.read(tree, kind, node, fallback);
    }
    let mut uses = Uses::default();
    for finding in findings.iter() {
        let (Code::Unsupported, Some(span)) = (finding.code, finding.span) else {
            continue;
        };
        let fallback = finding.label.as_deref().unwrap_or("left out");
        for span in std::iter::once(span).chain(finding.elsewhere.iter().copied()) {
            match keywords.of_finding(finding, span) {
                Some(keyword) => keyword.fallback = Some(fallback.to_owned()),
                None => {
                    let name = finding.message.split(" is not supported yet").next();
                    let name = name.unwrap_or_default();
                    uses.add(Treatment::Unsupported, "", name, span, Some(fallback));
                }
            }
        }
    }
    for it in &keywords.list {
        let treatment = match &it.fallback {
            Some(_) => Treatment::Unsupported,
            None => table::treatment(it.kind, &it.name),
        };
        let fallback = it.fallback.as_deref();
        uses.add(treatment, it.kind.name(), &it.name, it.span, fallback);
    }
    uses.sorted()
}

/// The places and the fallbacks of a keyword.
#[derive(Default)]
struct Found {
    places: Vec<Span>,
    fallbacks: Vec<String>,
}

/// What was found so far, by treatment, object and name.
#[derive(Default)]
struct Uses {
    map: BTreeMap<(Treatment, &'static str, String), Found>,
}

impl Uses {
    fn add(
        &mut self,
        treatment: Treatment,
        object: &'static str,
        name: &str,
        span: Span,
        fallback: Option<&str>,
    ) {
        let key = (treatment, object, name.to_owned());
        let found = self.map.entry(key).or_default();
        found.places.push(span);
        found.fallbacks.extend(fallback.map(str::to_owned));
    }

    fn sorted(self) -> Vec<Use> {
        let uses = self.map.into_iter();
        uses.map(|((treatment, object, name), mut found)| {
            found.places.sort_unstable();
            found.fallbacks.sort_unstable();
            found.fallbacks.dedup();
            Use {
                treatment,
                object,
                name,
                fallbacks: found.fallbacks,
                places: found.places,
            }
        })
        .collect()
    }
}

impl Keywords {
    /// Adds the keywords of an object; what is done in place of them all, if they are not supported there.
    fn read(&mut self, tree: &Tree<'_>, kind: Kind, node: NodeId, fallback: Option<&str>) {
        let first = self.list.len();
        for entry in tree.entries(node) {
            // A key that no version knows is a finding of its own, and an extension is not ours to judge.
            if kind.below(&entry.key).is_none() {
                continue;
            }
            let index = self.list.len();
            self.by_span.insert(entry.key_span, index);
            self.by_span.insert(tree.span(entry.value), index);
            self.list.push(Keyword {
                kind,
                name: backported(&entry.key).unwrap_or(&entry.key).to_owned(),
                span: entry.key_span,
                fallback: fallback.map(str::to_owned),
            });
        }
        let count = self.list.len() - first;
        self.objects.insert(tree.span(node), (first, count));
    }

    /// The keyword that a finding is about: one of the object at its place that the message names between
    /// backticks, or the one whose key or value is its place.
    fn of_finding(&mut self, finding: &Diagnostic, span: Span) -> Option<&mut Keyword> {
        let named = self.objects.get(&span).and_then(|(first, count)| {
            let words: Vec<&str> = finding.message.split('`').skip(1).step_by(2).collect();
            let keywords = self.list.iter().enumerate().skip(*first).take(*count);
            let mut named = keywords.filter(|(_, keyword)| words.contains(&keyword.name.as_str()));
            named.next().map(|(index, _)| index)
        });
        let index = named.or_else(|| self.by_span.get(&span).copied())?;
        self.list.get_mut(index)
    }
}
