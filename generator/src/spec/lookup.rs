//! Where references and pointers lead, for whoever follows them.

use super::model::{Place, Reference};
use super::pointer::Pointer;
use super::reader::Reader;
use crate::load::{Astray, End, NodeId};
use crate::source::{FileId, Unread};

impl<'a> Reader<'_, 'a> {
    /// Where a reference leads, whether there is something or not.
    pub(crate) fn end(&self, reference: &Reference<'a>) -> Result<End<'a>, Astray> {
        let resource = self.resource(reference.place.node);
        let target = reference.target;
        let (path, fragment) = target.split_once('#').unwrap_or((target, ""));
        // What calls itself so goes before a file of that name.
        let named = match path {
            "" => Some(resource),
            path => self.schemas.identifiers.named(resource, path),
        };
        match named {
            Some(root) => Ok(End {
                file: self.tree.span(root).file,
                root,
                fragment,
            }),
            None => self.tree.end(reference.target_span.file, target),
        }
    }

    /// The resource that a node is in: the schema with an `$id` around it, or its file (B10).
    pub(crate) fn resource(&self, node: NodeId) -> NodeId {
        let file = self.file_of(node);
        self.schemas.identifiers.resource(node, file)
    }

    /// The place of what stands at the end of a reference.
    pub(crate) fn place_at(&self, end: End<'a>) -> Option<Place<'a>> {
        let (node, pointer) = match self.tree.below(end.root, end.fragment) {
            Some(node) => (node, self.pointer_to(end.root).below(end.fragment)),
            None => self.elsewhere(end)?,
        };
        Some(Place {
            node,
            span: self.tree.span(node),
            pointer,
        })
    }

    /// What a fragment leads to if it is no pointer into its resource: an anchor, or a pointer into
    /// the file, which is what authors mean who put an `$id` into a document of many schemas.
    fn elsewhere(&self, end: End<'a>) -> Option<(NodeId, Pointer<'a>)> {
        let file = self.file_of(end.root);
        if end.fragment.starts_with('/') {
            let node = self.tree.below(file, end.fragment)?;
            return Some((node, self.pointer_to(file).below(end.fragment)));
        }
        let identifiers = &self.schemas.identifiers;
        let inner = identifiers.anchored(end.root, end.fragment);
        let found = inner.or_else(|| identifiers.anchored(file, end.fragment))?;
        Some((found.node, self.pointer_to(found.node)))
    }

    /// The pointer of a file, or of a schema that calls itself something.
    fn pointer_to(&self, node: NodeId) -> Pointer<'a> {
        let known = self.schemas.identifiers.pointer(node).cloned();
        known.unwrap_or_else(|| self.pointer_of_file(self.tree.span(node).file))
    }

    fn pointer_of_file(&self, file: FileId) -> Pointer<'a> {
        let location = self.tree.files().get(file).map(|(location, _)| location);
        match location.filter(|_| self.tree.span(self.tree.root()).file != file) {
            Some(location) => Pointer::of_file(location),
            None => Pointer::default(),
        }
    }

    /// The root of the file that a node is in.
    fn file_of(&self, node: NodeId) -> NodeId {
        let file = self.tree.files().get(self.tree.span(node).file);
        file.map_or(self.tree.root(), |(_, root)| root)
    }

    /// Whether a place is in a file that is an OpenAPI document by itself.
    pub(crate) fn is_document(&self, place: &Place<'a>) -> bool {
        let root = self.file_of(place.node);
        root == self.tree.root() || self.tree.get(root, "openapi").is_some()
    }

    /// Why the file at a location was not read, if that is known.
    pub(crate) fn unread(&self, location: &str) -> Option<&'a Unread> {
        self.tree.files().unread(location)
    }

    /// The node that a pointer into the root document leads to.
    pub(crate) fn node_at(&self, fragment: &str) -> Option<NodeId> {
        self.tree.at_pointer(fragment)
    }

    /// The keys of the mapping at a pointer below a node, to suggest one.
    pub(crate) fn names_under(&self, root: NodeId, fragment: &str) -> Vec<&'a str> {
        let node = self.tree.below(root, fragment);
        let entries = node.map_or(&[][..], |node| self.tree.entries(node));
        entries.iter().map(|entry| &*entry.key).collect()
    }

    /// The anchors of a resource, to suggest one.
    pub(crate) fn anchors(&self, resource: NodeId) -> Vec<&'a str> {
        let anchors = self.schemas.identifiers.anchors(resource);
        anchors.map(|(name, _)| name).collect()
    }

    /// The schemas with a `$dynamicAnchor` in the resource of a node.
    pub(crate) fn dynamic_anchors(&self, node: NodeId) -> Vec<(&'a str, Place<'a>)> {
        let anchors = self.schemas.identifiers.anchors(self.resource(node));
        let dynamic = anchors.filter(|(_, anchored)| anchored.is_dynamic);
        let place = |node| Place {
            node,
            span: self.tree.span(node),
            pointer: self.pointer_to(node),
        };
        dynamic
            .map(|(name, anchored)| (name, place(anchored.node)))
            .collect()
    }

    /// Whether a reference at `from` to `target` fills in what the target leaves open: it leads to
    /// another resource, and its own has a schema for one of the open parts (B11).
    pub(crate) fn fills_in(&self, from: NodeId, target: NodeId) -> bool {
        let identifiers = &self.schemas.identifiers;
        let (own, other) = (self.resource(from), self.resource(target));
        let anchors = identifiers.anchors(own);
        let dynamic = anchors.filter(|(_, anchored)| anchored.is_dynamic);
        own != other && identifiers.leaves_open(other, dynamic.map(|(name, _)| name))
    }

    /// Whether the resource of a node leaves a part of one of these names open.
    pub(crate) fn leaves_open<'n>(
        &self,
        node: NodeId,
        names: impl IntoIterator<Item = &'n str>,
    ) -> bool {
        let resource = self.resource(node);
        self.schemas.identifiers.leaves_open(resource, names)
    }

    /// The pointers of every property that was read, to suggest one.
    pub(crate) fn property_pointers(&self) -> Vec<String> {
        let schemas = self.schemas.iter();
        let properties = schemas.flat_map(|schema| schema.properties.iter());
        properties
            .map(|(_, id)| self.schemas.get(*id).place.pointer.to_string())
            .collect()
    }
}
