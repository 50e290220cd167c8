//! What schemas and documents call themselves: `$id`, `$anchor`, `$dynamicAnchor` and `$self` (A3,
//! B10, B11).

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::pointer::Pointer;
use super::uri::join;
use crate::grammar::Kind;
use crate::load::{NodeId, Tree, Value};

/// The keywords by which a schema calls itself or another one something.
const KEYWORDS: &[&str] = &["$id", "$anchor", "$dynamicAnchor", "$dynamicRef"];

/// Who is called what. A resource is a schema with an `$id`, or a whole file.
#[derive(Debug, Default)]
pub(crate) struct Identifiers<'a> {
    /// Resources by their URI.
    by_uri: HashMap<String, NodeId>,
    /// The URI of each resource, which is the base of the references in it.
    uris: HashMap<NodeId, String>,
    /// The resources that nodes are in, where that is not the whole file.
    resources: HashMap<NodeId, NodeId>,
    /// The schemas of each resource by their anchors.
    anchors: HashMap<NodeId, BTreeMap<&'a str, Anchored>>,
    /// The names of the dynamic references in each resource.
    open: HashMap<NodeId, BTreeSet<&'a str>>,
    /// Where the schemas stand that have an identifier.
    pointers: HashMap<NodeId, Pointer<'a>>,
}

/// A schema with an anchor.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Anchored {
    pub(crate) node: NodeId,
    /// Whether another resource may put a schema of its own in its place.
    pub(crate) is_dynamic: bool,
}

impl<'a> Identifiers<'a> {
    /// Finds the identifiers of a tree whose objects are these. What looks like one in data is none.
    pub(super) fn find(tree: &'a Tree<'a>, objects: &[(Kind, NodeId)]) -> Self {
        let schemas = objects.iter().filter(|(kind, node)| {
            *kind == Kind::Schema && KEYWORDS.iter().any(|key| text(tree, *node, key).is_some())
        });
        let schemas: HashSet<NodeId> = schemas.map(|(_, node)| *node).collect();
        let mut identifiers = Self::default();
        for (_, location, root) in tree.files().iter() {
            let uri =
                text(tree, root, "$self").map_or(location.to_owned(), |it| join(location, it));
            // The location of a file is a base. Files are looked up by it elsewhere.
            if uri != location {
                identifiers.by_uri.insert(uri.clone(), root);
            }
            identifiers.uris.insert(root, uri);
        }
        if !schemas.is_empty() {
            let root = tree.span(tree.root()).file;
            for (file, location, node) in tree.files().iter() {
                let pointer = match file == root {
                    true => Pointer::default(),
                    false => Pointer::of_file(location),
                };
                identifiers.search(tree, &schemas, node, pointer);
            }
        }
        identifiers
    }

    /// Looks through a whole file. Each node is looked at once, and depth costs no stack.
    fn search(
        &mut self,
        tree: &'a Tree<'a>,
        schemas: &HashSet<NodeId>,
        root: NodeId,
        pointer: Pointer<'a>,
    ) {
        let mut seen = HashSet::new();
        let mut work = vec![(root, pointer, root)];
        while let Some((node, pointer, mut resource)) = work.pop() {
            if !seen.insert(node) {
                continue;
            }
            if schemas.contains(&node) {
                resource = self.enter(tree, node, resource);
                self.pointers.insert(node, pointer.clone());
            }
            if resource != root {
                self.resources.insert(node, resource);
            }
            let children: Vec<(Cow<'a, str>, NodeId)> = match tree.value(node) {
                Value::Mapping(entries) => {
                    let entries = entries.iter();
                    entries
                        .map(|it| (Cow::Borrowed(&*it.key), it.value))
                        .collect()
                }
                Value::Sequence(items) => {
                    let items = items.iter().enumerate();
                    items
                        .map(|(index, it)| (Cow::Owned(index.to_string()), *it))
                        .collect()
                }
                _ => continue,
            };
            let children = children.into_iter().rev();
            work.extend(children.map(|(token, node)| (node, pointer.child(token), resource)));
        }
    }

    /// Notes what a schema calls itself; gives the resource that its inside belongs to.
    fn enter(&mut self, tree: &'a Tree<'a>, node: NodeId, outer: NodeId) -> NodeId {
        let mut resource = outer;
        match text(tree, node, "$id") {
            // The drafts up to 7 wrote an anchor as an `$id`.
            Some(id) if id.starts_with('#') => self.anchor(outer, &id[1..], node, false),
            Some(id) => {
                let base = self.uris.get(&outer).map_or("", String::as_str);
                let uri = join(base, id);
                // The first one of a name keeps it, as a reader from the top would have it.
                self.by_uri.entry(uri.clone()).or_insert(node);
                self.uris.insert(node, uri);
                resource = node;
            }
            None => {}
        }
        if let Some(name) = text(tree, node, "$anchor") {
            self.anchor(resource, name, node, false);
        }
        if let Some(name) = text(tree, node, "$dynamicAnchor") {
            self.anchor(resource, name, node, true);
        }
        if let Some(target) = text(tree, node, "$dynamicRef") {
            let (_, name) = target.split_once('#').unwrap_or_default();
            self.open.entry(resource).or_default().insert(name);
        }
        resource
    }

    fn anchor(&mut self, resource: NodeId, name: &'a str, node: NodeId, is_dynamic: bool) {
        let anchors = self.anchors.entry(resource).or_default();
        anchors.entry(name).or_insert(Anchored { node, is_dynamic });
    }

    /// The resource that a node is in; `file` is the root of its file.
    pub(crate) fn resource(&self, node: NodeId, file: NodeId) -> NodeId {
        self.resources.get(&node).copied().unwrap_or(file)
    }

    /// The resource that a reference in another one names by its URI.
    pub(super) fn named(&self, resource: NodeId, path: &str) -> Option<NodeId> {
        let base = self.uris.get(&resource)?;
        self.by_uri.get(&join(base, path)).copied()
    }

    /// The schema of a resource with an anchor.
    pub(crate) fn anchored(&self, resource: NodeId, name: &str) -> Option<Anchored> {
        self.anchors.get(&resource)?.get(name).copied()
    }

    /// Whether a resource leaves a part of one of these names open.
    pub(super) fn leaves_open<'n>(
        &self,
        resource: NodeId,
        names: impl IntoIterator<Item = &'n str>,
    ) -> bool {
        let open = self.open.get(&resource);
        open.is_some_and(|open| names.into_iter().any(|name| open.contains(name)))
    }

    /// The anchors of a resource.
    pub(crate) fn anchors(&self, resource: NodeId) -> impl Iterator<Item = (&'a str, Anchored)> {
        let anchors = self.anchors.get(&resource).into_iter().flatten();
        anchors.map(|(name, anchored)| (*name, *anchored))
    }

    /// Where a schema with an identifier stands.
    pub(super) fn pointer(&self, node: NodeId) -> Option<&Pointer<'a>> {
        self.pointers.get(&node)
    }
}

fn text<'a>(tree: &'a Tree<'a>, node: NodeId, key: &str) -> Option<&'a str> {
    tree.string(tree.get(node, key)?)
}
