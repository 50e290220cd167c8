//! A walk over every object of a document, by the grammar.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use super::{Below, Kind};
use crate::load::{Astray, NodeId, Tree, Value};
use crate::source::FileId;

/// Every object of the document with its kind, parents before children, and behind them what only
/// references lead to: the parts of other files, each as the kind that its first referrer expects.
pub(crate) fn objects(tree: &Tree<'_>) -> Vec<(Kind, NodeId)> {
    let mut walk = Walk::default();
    walk.start(Kind::Document, tree.root());
    walk.run(tree);
    walk.found
}

/// Some objects and every object inside of them, without what references lead to.
pub(crate) fn below(
    tree: &Tree<'_>,
    objects: impl IntoIterator<Item = (Kind, NodeId)>,
) -> Vec<(Kind, NodeId)> {
    let mut walk = Walk::default();
    for (kind, node) in objects {
        walk.start(kind, node);
    }
    walk.descend(tree);
    walk.found
}

/// A walk that can go on when there are more files.
///
/// It keeps a list of work rather than a call stack, so that depth costs nothing; a node that several
/// aliases share is visited once.
#[derive(Default)]
pub(crate) struct Walk {
    found: Vec<(Kind, NodeId)>,
    seen: Seen,
    work: Vec<(Kind, NodeId)>,
    /// The references that are still to be followed.
    links: Vec<Referral>,
    /// The texts of the references that were met, by the file that they stand in.
    met: HashMap<(FileId, Below), HashSet<String>>,
    /// What has an anchor in the files that a reference looked for one in.
    anchors: HashMap<NodeId, HashMap<String, NodeId>>,
    /// References into files that are not there yet.
    waiting: Vec<(String, Referral)>,
}

/// The kinds that nodes were visited as: for most of them one.
#[derive(Default)]
struct Seen {
    first: HashMap<NodeId, Kind>,
    further: HashSet<(NodeId, Kind)>,
}

impl Seen {
    /// Whether a node was visited.
    fn holds(&self, node: NodeId) -> bool {
        self.first.contains_key(&node)
    }

    /// Notes a visit; false if it is not the first of its kind.
    fn insert(&mut self, kind: Kind, node: NodeId) -> bool {
        match self.first.entry(node) {
            Entry::Vacant(slot) => {
                slot.insert(kind);
                true
            }
            Entry::Occupied(first) => *first.get() != kind && self.further.insert((node, kind)),
        }
    }
}

/// A reference, and what is expected at its end.
struct Referral {
    below: Below,
    from: FileId,
    target: String,
}

impl Walk {
    /// Begins at an object.
    pub(crate) fn start(&mut self, kind: Kind, node: NodeId) {
        self.work.push((kind, node));
    }

    /// Visits everything that can be reached in the files of the tree.
    pub(crate) fn run(&mut self, tree: &Tree<'_>) {
        let waiting = std::mem::take(&mut self.waiting).into_iter();
        self.links.extend(waiting.map(|(_, referral)| referral));
        loop {
            self.descend(tree);
            // References are followed last: what the grammar says about a node goes before what a
            // referrer takes it for.
            let Some(referral) = self.links.pop() else {
                return;
            };
            self.follow(tree, referral);
        }
    }

    /// The locations of the files that are referred to and are not in the tree.
    pub(crate) fn missing(&self) -> impl Iterator<Item = &str> {
        self.waiting.iter().map(|(location, _)| location.as_str())
    }

    /// Visits everything that stands in what the walk has come to.
    fn descend(&mut self, tree: &Tree<'_>) {
        while let Some((kind, node)) = self.work.pop() {
            self.visit(tree, kind, node);
        }
    }

    fn visit(&mut self, tree: &Tree<'_>, kind: Kind, node: NodeId) {
        if !self.seen.insert(kind, node) {
            return;
        }
        self.found.push((kind, node));
        let start = self.work.len();
        for entry in tree.entries(node) {
            if let Some(below) = kind.below(&entry.key) {
                self.push_below(tree, below, entry.value);
            }
            if entry.key == "$ref" {
                self.meet(tree, Below::One(kind), entry.value);
            } else if kind == Kind::Discriminator && entry.key == "mapping" {
                self.meet_mapping(tree, entry.value);
            }
        }
        // The work list is a stack: reversed, the children come out in the order of the document.
        self.work[start..].reverse();
    }

    fn meet(&mut self, tree: &Tree<'_>, below: Below, node: NodeId) {
        let Value::String(target) = tree.value(node) else {
            return;
        };
        let from = tree.span(node).file;
        let met = self.met.entry((from, below)).or_default();
        if !met.contains(target.as_ref()) {
            met.insert(target.to_string());
            self.links.push(Referral {
                below,
                from,
                target: target.to_string(),
            });
        }
    }

    /// The values of a mapping are references unless they are the names of components (K8).
    fn meet_mapping(&mut self, tree: &Tree<'_>, mapping: NodeId) {
        for entry in tree.entries(mapping) {
            let is_reference = |text: &str| text.contains(['/', '#', '.']);
            if tree.string(entry.value).is_some_and(is_reference) {
                self.meet(tree, Below::One(Kind::Schema), entry.value);
            }
        }
    }

    fn follow(&mut self, tree: &Tree<'_>, referral: Referral) {
        match tree.end(referral.from, &referral.target) {
            Ok(end) => {
                let is_pointer = end.fragment.is_empty() || end.fragment.starts_with('/');
                let node = match is_pointer {
                    true => tree.below(end.root, end.fragment),
                    false => self.anchored(tree, end.root, end.fragment),
                };
                let is_new = |node: &NodeId| !self.seen.holds(*node);
                if let Some(node) = node.filter(is_new) {
                    self.push_below(tree, referral.below, node);
                }
            }
            Err(Astray::NotRead(location)) => self.waiting.push((location, referral)),
            // What is never followed is told by the phase that needs it.
            Err(Astray::Refused(_)) => {}
        }
    }

    /// What has an anchor in a file. Which mappings are schemas is not known before the walk has come
    /// to them, so every mapping is asked.
    fn anchored(&mut self, tree: &Tree<'_>, root: NodeId, name: &str) -> Option<NodeId> {
        let anchors = self
            .anchors
            .entry(root)
            .or_insert_with(|| anchors(tree, root));
        anchors.get(name).copied()
    }

    fn push_below(&mut self, tree: &Tree<'_>, below: Below, node: NodeId) {
        match below {
            Below::Data => {}
            Below::One(kind) => self.work.push((kind, node)),
            Below::List(kind) => {
                let items = tree.items(node).iter();
                self.work.extend(items.map(|item| (kind, *item)));
            }
            Below::Map(kind) => {
                for entry in tree.entries(node) {
                    // A whole map by reference is no OpenAPI, and is published all the same.
                    if entry.key == "$ref" && tree.string(entry.value).is_some() {
                        self.meet(tree, below, entry.value);
                    } else {
                        self.work.push((kind, entry.value));
                    }
                }
            }
            Below::ExtensibleMap(kind) => {
                let entries = tree.entries(node).iter();
                let entries = entries.filter(|entry| !entry.key.starts_with("x-"));
                self.work.extend(entries.map(|entry| (kind, entry.value)));
            }
            Below::MapOfMaps(kind) => {
                for outer in tree.entries(node) {
                    self.push_below(tree, Below::ExtensibleMap(kind), outer.value);
                }
            }
            Below::OneOrList(kind) => {
                let is_one = tree.items(node).is_empty();
                let below = if is_one {
                    Below::One(kind)
                } else {
                    Below::List(kind)
                };
                self.push_below(tree, below, node);
            }
        }
    }
}

/// Every mapping in a file that has an anchor.
fn anchors(tree: &Tree<'_>, root: NodeId) -> HashMap<String, NodeId> {
    let mut found = HashMap::new();
    let (mut seen, mut work) = (HashSet::new(), vec![root]);
    while let Some(node) = work.pop() {
        if !seen.insert(node) {
            continue;
        }
        for key in ["$anchor", "$dynamicAnchor"] {
            if let Some(name) = tree.get(node, key).and_then(|name| tree.string(name)) {
                found.entry(name.to_owned()).or_insert(node);
            }
        }
        work.extend(tree.items(node));
        work.extend(tree.entries(node).iter().map(|entry| entry.value));
    }
    found
}
