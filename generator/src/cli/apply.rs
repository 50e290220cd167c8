//! Brings an output folder to the state that a run asks for, or leaves it alone.

use camino::{Utf8Path, Utf8PathBuf};

use super::failure::Failure;
use super::folder;
use super::swap::{At, Place, Swap};
use crate::config::Mode;
use crate::write::compare::{Change, Folder, Found, Kind, compare};
use crate::write::{Files, is_marked};

/// What was done to the folder.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Written {
    /// How many files were added or replaced.
    pub(super) changed: usize,
    /// How many files were deleted.
    pub(super) removed: usize,
    /// Files that lie among ours and are not ours, which are left alone.
    pub(super) kept: Vec<Utf8PathBuf>,
}

/// Writes `files` to the folder `out`. If they are there already, nothing is touched, so that no
/// build tool sees a change.
pub(super) fn apply(out: &Utf8Path, mode: Mode, files: &Files) -> Result<Written, Failure> {
    let place = Place::new(out, mode)?;
    if place.is_unfinished() {
        Swap::start(&place)?.finish(&mut go_on)?;
    }
    let found = folder::read(out, mode)?;
    let plan = Plan::new(out, files, &found)?;
    if plan.is_empty() {
        return Ok(plan.written());
    }
    // Only now is it known that something has to be written. Another run may have been at it until
    // we hold the lock, so the folder is read again.
    let swap = Swap::start(&place)?;
    let result = replace(out, mode, files, &swap, &mut go_on);
    let finished = swap.finish(&mut go_on);
    let written = result?;
    finished?;
    Ok(written)
}

fn replace(
    out: &Utf8Path,
    mode: Mode,
    files: &Files,
    swap: &Swap<'_>,
    at: At<'_>,
) -> Result<Written, Failure> {
    let found = folder::read(out, mode)?;
    let plan = Plan::new(out, files, &found)?;
    swap.replace(&plan, at)?;
    Ok(plan.written())
}

fn go_on() -> Result<(), Failure> {
    Ok(())
}

/// What a run has to do.
pub(super) struct Plan<'a> {
    /// Everything that will be in the folder, sorted by path.
    pub(super) after: Vec<(&'a Utf8Path, Content<'a>)>,
    changes: Vec<Change<'a>>,
}

/// Where a file of the new state comes from.
pub(super) enum Content<'a> {
    /// It stays as it is.
    Kept,
    /// It is written.
    New(&'a str),
}

impl<'a> Plan<'a> {
    /// Compares, and refuses what could destroy somebody's work.
    pub(super) fn new(
        out: &Utf8Path,
        files: &'a Files,
        found: &'a Folder,
    ) -> Result<Self, Failure> {
        let changes = compare(files, found);
        refuse_links(out, found)?;
        refuse_foreign(out, &changes)?;
        let wanted = files.iter().map(|(path, text)| {
            let stays = changes
                .binary_search_by(|change| change.path.cmp(path))
                .is_err();
            (
                path,
                if stays {
                    Content::Kept
                } else {
                    Content::New(text)
                },
            )
        });
        let foreign = changes.iter().filter(|change| is_foreign(change));
        let mut after: Vec<_> = wanted
            .chain(foreign.map(|change| (change.path, Content::Kept)))
            .collect();
        after.sort_by_key(|(path, _)| *path);
        Ok(Self { after, changes })
    }

    /// Whether there is nothing to do.
    pub(super) fn is_empty(&self) -> bool {
        self.changes.iter().all(is_foreign)
    }

    /// Whether anything below `folder` has to be written or deleted.
    pub(super) fn concerns(&self, folder: &Utf8Path) -> bool {
        self.changes
            .iter()
            .any(|change| change.path.starts_with(folder) && !is_foreign(change))
    }

    fn written(&self) -> Written {
        let (foreign, ours): (Vec<_>, Vec<_>) =
            self.changes.iter().partition(|change| is_foreign(change));
        let removed = ours
            .iter()
            .filter(|change| change.kind() == Kind::Extra)
            .count();
        Written {
            changed: ours.len() - removed,
            removed,
            kept: foreign
                .iter()
                .map(|change| change.path.to_owned())
                .collect(),
        }
    }
}

/// Whether a change is about a file that we did not write and do not have to write.
pub(super) fn is_foreign(change: &Change<'_>) -> bool {
    match change.found {
        Some(Found::File { bytes, .. }) => change.wanted.is_none() && !is_marked(bytes),
        Some(Found::Other) => true,
        None => false,
    }
}

fn refuse_links(out: &Utf8Path, found: &Folder) -> Result<(), Failure> {
    let link = found.iter().find(|(_, found)| **found == Found::Other);
    match link {
        None => Ok(()),
        Some((path, _)) => {
            let message = format!("`{}` is neither a file nor a folder", place(out, path));
            Err(Failure::new(message)
                .help("links are not followed; delete it or replace it by a folder"))
        }
    }
}

/// A file that does not say that we wrote it is somebody's work.
fn refuse_foreign(out: &Utf8Path, changes: &[Change<'_>]) -> Result<(), Failure> {
    let foreign: Vec<String> = changes
        .iter()
        .filter(|change| change.wanted.is_some())
        .filter(
            |change| matches!(change.found, Some(Found::File { bytes, .. }) if !is_marked(bytes)),
        )
        .map(|change| format!("`{}`", place(out, change.path)))
        .collect();
    if foreign.is_empty() {
        return Ok(());
    }
    let message = format!(
        "not written by Oarlock, so not replaced: {}",
        foreign.join(", ")
    );
    Err(Failure::new(message)
        .help("delete or move what is in the way, or choose another output folder"))
}

fn place(out: &Utf8Path, path: &Utf8Path) -> Utf8PathBuf {
    if path.as_str().is_empty() {
        out.to_owned()
    } else {
        out.join(path)
    }
}

#[cfg(test)]
mod tests;
