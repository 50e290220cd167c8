//! The files that a tree was read from, and where references between them lead (B8).

use std::collections::{BTreeMap, HashMap};

use super::link::{Link, Refused};
use super::tree::{NodeId, Tree};
use crate::source::{FileId, Sources, Unread};

/// Which files a [`Tree`] holds, by their location below the folder of the root document.
#[derive(Debug, Clone, Default)]
pub(crate) struct Files {
    held: BTreeMap<FileId, (String, NodeId)>,
    by_location: HashMap<String, FileId>,
    unread: HashMap<String, Unread>,
}

/// The end of a reference, as far as its file and what stands behind the `#`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct End<'t> {
    /// The file.
    pub(crate) file: FileId,
    /// The root of the file.
    pub(crate) root: NodeId,
    /// What stands behind the `#`.
    pub(crate) fragment: &'t str,
}

/// Why a reference has no end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Astray {
    /// It is never followed.
    Refused(Refused),
    /// Nobody handed over a file of this location.
    NotRead(String),
}

impl Files {
    /// Adds a file whose root is in the tree. It may go by several locations.
    pub(super) fn add(&mut self, file: FileId, locations: &[String], root: NodeId) {
        if let Some(location) = locations.first() {
            self.held.insert(file, (location.clone(), root));
        }
        for location in locations {
            self.by_location.insert(location.clone(), file);
        }
    }

    /// Says that a location is another one's file.
    pub(super) fn add_alias(&mut self, location: &str, same_as: &str) {
        if let Some(file) = self.by_location.get(same_as).copied() {
            self.by_location.insert(location.to_owned(), file);
        }
    }

    /// Takes over what is known about files that could not be read.
    pub(super) fn note_unread(&mut self, sources: &Sources) {
        for (location, unread) in sources.unread() {
            self.unread.insert(location.to_owned(), unread.clone());
        }
    }

    /// Says that a file is there, and is neither YAML nor JSON.
    pub(super) fn note_unreadable(&mut self, locations: &[String]) {
        for location in locations {
            let unread = Unread::new("it is neither YAML nor JSON");
            self.unread.insert(location.clone(), unread);
        }
    }

    /// Why the file at a location was not read, if that was told.
    pub(crate) fn unread(&self, location: &str) -> Option<&Unread> {
        self.unread.get(location)
    }

    /// Where a file is, and the root of what it holds.
    pub(crate) fn get(&self, file: FileId) -> Option<(&str, NodeId)> {
        let (location, root) = self.held.get(&file)?;
        Some((location, *root))
    }

    /// Every file with its location and its root, in the order in which they were handed over.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (FileId, &str, NodeId)> {
        let held = self.held.iter();
        held.map(|(file, (location, root))| (*file, location.as_str(), *root))
    }

    /// A number for the next file, where nobody else gives numbers.
    pub(super) fn next_id(&self) -> FileId {
        FileId(u32::try_from(self.held.len()).unwrap_or(u32::MAX))
    }
}

impl Tree<'_> {
    /// Where a reference leads that is written in `from`. Whether there is something at the
    /// fragment is not looked at.
    pub(crate) fn end<'t>(&self, from: FileId, target: &'t str) -> Result<End<'t>, Astray> {
        let files = self.files();
        let (here, own_root) = files.get(from).unwrap_or(("", self.root()));
        let link = Link::parse(here, target).map_err(Astray::Refused)?;
        let (file, root) = match link.location {
            None => (from, own_root),
            Some(location) => {
                let file = files.by_location.get(&location).copied();
                let found = file.and_then(|file| Some((file, files.get(file)?.1)));
                found.ok_or(Astray::NotRead(location))?
            }
        };
        Ok(End {
            file,
            root,
            fragment: link.fragment,
        })
    }
}
