//! Tags, and links to external documentation.

use super::model::{ExternalDocs, Tag};
use super::reader::{Object, Reader};
use crate::grammar::Kind;
use crate::load::Value;

impl<'a> Reader<'_, 'a> {
    /// The tags of the document.
    pub(super) fn tags(&mut self, root: &Object<'a>) -> Vec<Tag<'a>> {
        let mut tags = Vec::new();
        for place in self.list(root, "tags") {
            let Some(object) = self.object(place, Kind::Tag) else {
                continue;
            };
            let Some(name) = self.required_text(&object, "name", Kind::Tag) else {
                continue;
            };
            let parent = object.child("parent");
            tags.push(Tag {
                name,
                summary: self.text(&object, "summary"),
                description: self.text(&object, "description"),
                kind: self.text(&object, "kind"),
                parent: self.text(&object, "parent"),
                parent_span: parent.map(|place| place.span),
                external_docs: self.external_docs(&object),
            });
        }
        tags
    }

    /// The page that an object refers to. Nothing but documentation depends on it, so a wrong type
    /// costs the link and not the document.
    pub(super) fn external_docs(&mut self, object: &Object<'a>) -> Option<ExternalDocs<'a>> {
        let place = object.child("externalDocs")?;
        if !matches!(self.tree.value(place.node), Value::Mapping(_)) {
            self.wrong_type(place.node, "`externalDocs`", "a mapping", false);
            return None;
        }
        let docs = self.object(place, Kind::ExternalDocs)?;
        Some(ExternalDocs {
            description: self.text(&docs, "description"),
            url: self.text(&docs, "url")?,
        })
    }
}
