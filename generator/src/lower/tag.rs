//! Tags: which of them divide the API, and how they belong together (A13, A14).

use std::collections::{HashMap, HashSet};

use crate::api::Tag;
use crate::diagnostic::{Code, Diagnostic};
use crate::near::nearest;
use crate::spec;

use super::{Lowering, link};

impl Lowering<'_, '_> {
    /// Lowers the tags of the document.
    pub(super) fn tags(&mut self) -> Vec<Tag> {
        let document = self.document;
        let parents: HashMap<&str, &str> = document
            .tags
            .iter()
            .filter_map(|tag| Some((tag.name, tag.parent?)))
            .collect();
        let names: HashSet<&str> = document.tags.iter().map(|tag| tag.name).collect();
        let mut tags = Vec::with_capacity(document.tags.len());
        for tag in &document.tags {
            let parent = tag
                .parent
                .filter(|parent| self.is_sound(tag, parent, &names, &parents));
            tags.push(Tag {
                name: tag.name.to_owned(),
                summary: tag.summary.map(str::to_owned),
                description: tag.description.map(str::to_owned),
                parent: parent.map(str::to_owned),
                see: tag.external_docs.as_ref().map(link),
            });
        }
        tags
    }

    /// Whether a parent is declared, and leads to a tag that has none.
    fn is_sound(
        &mut self,
        tag: &spec::Tag<'_>,
        parent: &str,
        names: &HashSet<&str>,
        parents: &HashMap<&str, &str>,
    ) -> bool {
        let (name, span) = (tag.name, tag.parent_span);
        let finding = if !names.contains(parent) {
            let message = format!("no tag is called `{parent}`");
            let near = nearest(parent, self.document.tags.iter().map(|tag| tag.name));
            let finding = Diagnostic::warning(Code::TagParent, span, message);
            match near.filter(|near| *near != name) {
                Some(near) => finding.help(format!("did you mean `{near}`?")),
                None => finding.help("declare it among the `tags` of the document"),
            }
        } else if leads_back(name, parents) {
            let message = format!("the tag `{name}` is a parent of itself");
            Diagnostic::warning(Code::TagParent, span, message)
        } else {
            return true;
        };
        self.report(finding.label("this tag has no parent"));
        false
    }

    /// The tag that an operation is filed under: the first that is for navigation. Tags of another
    /// kind, such as badges, divide nothing.
    pub(super) fn filing_tag(&self, tags: &[&str]) -> Option<String> {
        let filing = tags.iter().find(|tag| !self.side_tags.contains(*tag));
        filing.map(|tag| (*tag).to_owned())
    }
}

/// The tags that are not for navigation.
pub(super) fn side_tags<'a>(document: &spec::Document<'a>) -> HashSet<&'a str> {
    let is_aside = |tag: &&spec::Tag<'a>| tag.kind.is_some_and(|kind| kind != "nav");
    document
        .tags
        .iter()
        .filter(is_aside)
        .map(|tag| tag.name)
        .collect()
}

/// Whether the parents of a tag come back to it.
fn leads_back(name: &str, parents: &HashMap<&str, &str>) -> bool {
    let mut seen = HashSet::new();
    let mut next = parents.get(name);
    while let Some(parent) = next.filter(|parent| seen.insert(**parent)) {
        if *parent == name {
            return true;
        }
        next = parents.get(parent);
    }
    false
}
