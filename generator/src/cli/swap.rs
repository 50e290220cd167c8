//! Replaces a folder as a whole.
//!
//! A run that dies must leave the old output whole. Replacing file by file cannot promise that: a
//! run that dies halfway leaves a mixture of two versions, which may even compile. So the whole new
//! folder is built beside the old one, and two renames swap them. Files that stay are hard links,
//! which keeps their time of change. There is one moment, between the renames, in which there is
//! no folder at all; then every build fails loudly, the old folder lies whole in `.oarlock/old`,
//! and the next run brings it back. `Cargo.toml`, which lies beside the folder, is renamed before.
//!
//! Everything temporary is in `.oarlock`, beside the folder and so on the same file system. The
//! folder is only there while a run writes, and whoever holds `.oarlock/lock` may write.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};

use camino::{Utf8Path, Utf8PathBuf};

use super::apply::{Content, Plan};
use super::failure::Failure;
use crate::config::Mode;
use crate::write::{RUST_MARKER, is_marked};

/// Called at every point at which a run could die; a test lets it.
pub(super) type At<'a> = &'a mut dyn FnMut() -> Result<(), Failure>;

/// Where things are, all absolute.
#[derive(Debug)]
pub(super) struct Place {
    /// The folder that is swapped: `src` of a crate, or the folder of a module.
    folder: Utf8PathBuf,
    /// The same, as the paths of the generated files name it.
    prefix: &'static Utf8Path,
    /// The output folder.
    out: Utf8PathBuf,
    work: Utf8PathBuf,
    new: Utf8PathBuf,
    old: Utf8PathBuf,
}

impl Place {
    pub(super) fn new(out: &Utf8Path, mode: Mode) -> Result<Self, Failure> {
        let (folder, prefix) = match mode {
            Mode::Crate => (out.join("src"), "src"),
            Mode::Module => (out.to_owned(), ""),
        };
        let (Some(parent), Some(name)) = (folder.parent(), folder.file_name()) else {
            return Err(Failure::new(format!(
                "`{out}` has no name, so it cannot be replaced"
            )));
        };
        let work = parent.join(".oarlock");
        let (new, old) = (work.join("new").join(name), work.join("old").join(name));
        Ok(Self {
            prefix: Utf8Path::new(prefix),
            out: out.to_owned(),
            work,
            new,
            old,
            folder,
        })
    }

    /// Whether a run has died here, or is at work.
    pub(super) fn is_unfinished(&self) -> bool {
        exists(&self.work)
    }

    /// Where a generated file is built, before it is in place.
    fn staged(&self, path: &Utf8Path) -> Utf8PathBuf {
        match path.strip_prefix(self.prefix) {
            Ok(inside) => self.new.join(inside),
            Err(_) => self.work.join("new").join(path),
        }
    }
}

/// The right to write at a place.
pub(super) struct Swap<'p> {
    place: &'p Place,
    _lock: File,
}

impl<'p> Swap<'p> {
    /// Takes the right to write. A run that holds it already is an error, not a reason to wait: two
    /// runs in one folder are a mistake.
    pub(super) fn start(place: &'p Place) -> Result<Self, Failure> {
        let lock = place.work.join("lock");
        fs::create_dir_all(&place.work)
            .map_err(|error| Failure::io("cannot make", &place.work, &error))?;
        // The folder may have come with a repository. Links in it must not lead us anywhere.
        for folder in [
            &place.work,
            &place.work.join("new"),
            &place.work.join("old"),
        ] {
            refuse(folder, |metadata| !metadata.is_dir())?;
        }
        refuse(&lock, |metadata| !metadata.is_file())?;
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&lock);
        let file = file.map_err(|error| Failure::io("cannot write", &lock, &error))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { place, _lock: file }),
            Err(TryLockError::WouldBlock) => {
                let message = format!("another run of Oarlock writes to `{}`", place.out);
                Err(Failure::new(message).help("wait until it is done"))
            }
            Err(TryLockError::Error(error)) => Err(Failure::io("cannot lock", &lock, &error)),
        }
    }

    /// Brings the planned state about.
    pub(super) fn replace(&self, plan: &Plan<'_>, at: At<'_>) -> Result<(), Failure> {
        let place = self.place;
        self.recover(at)?;
        let swaps = plan.concerns(place.prefix);
        let mut renames = Vec::new();
        if swaps {
            make_folder(&place.new)?;
        }
        for (path, content) in &plan.after {
            let inside = path.starts_with(place.prefix);
            let (current, staged) = (place.out.join(path), place.staged(path));
            match content {
                Content::New(text) => write(&staged, text)?,
                Content::Kept if inside && swaps => carry(&current, &staged)?,
                Content::Kept => continue,
            }
            at()?;
            if !inside {
                renames.push((staged, current));
            }
        }
        sync_folders(&place.work)?;
        for (staged, current) in renames {
            rename(&staged, &current)?;
            at()?;
        }
        if swaps {
            self.swap(at)
        } else {
            sync(&place.out)
        }
    }

    fn swap(&self, at: At<'_>) -> Result<(), Failure> {
        let place = self.place;
        if let Some(parent) = place.old.parent() {
            make_folder(parent)?;
        }
        at()?;
        let had_old = exists(&place.folder);
        if had_old {
            rename(&place.folder, &place.old)?;
        }
        at()?;
        let swapped = rename(&place.new, &place.folder);
        if swapped.is_err() && had_old {
            // Nothing can be done if this fails as well; the next run will try again.
            let _ = rename(&place.old, &place.folder);
        }
        swapped?;
        at()?;
        place.folder.parent().map_or(Ok(()), sync)
    }

    /// Removes everything temporary, after ending what a run that died has left.
    pub(super) fn finish(self, at: At<'_>) -> Result<(), Failure> {
        self.recover(at)?;
        let work = &self.place.work;
        let new = work.join("new");
        if exists(&new) {
            fs::remove_dir_all(&new).map_err(|error| Failure::io("cannot delete", &new, &error))?;
        }
        at()?;
        let _ = fs::remove_dir(work.join("old"));
        drop(self._lock);
        let _ = fs::remove_file(work.join("lock"));
        // Not empty if another module beside this one has been left unfinished.
        let _ = fs::remove_dir(work);
        Ok(())
    }

    /// Ends a swap that was interrupted: back if the folder is missing, forward if it is there.
    fn recover(&self, at: At<'_>) -> Result<(), Failure> {
        let place = self.place;
        if !exists(&place.old) {
            return Ok(());
        }
        refuse(&place.old, |metadata| !metadata.is_dir())?;
        if exists(&place.folder) {
            refuse(&place.folder, |metadata| !metadata.is_dir())?;
            retire(&place.old, &place.folder, at)
        } else {
            rename(&place.old, &place.folder)
        }
    }
}

/// Deletes a folder that was swapped out. Only files of ours are deleted; what else is in it, even
/// if it came while we worked, is moved to where it was.
fn retire(old: &Utf8Path, folder: &Utf8Path, at: At<'_>) -> Result<(), Failure> {
    let mut open = vec![Utf8PathBuf::new()];
    let mut folders = Vec::new();
    while let Some(path) = open.pop() {
        let place = join(old, &path);
        let failed = |error: &io::Error| Failure::io("cannot read", &place, error);
        for entry in place.read_dir_utf8().map_err(|error| failed(&error))? {
            let entry = entry.map_err(|error| failed(&error))?;
            let path = path.join(entry.file_name());
            if entry.file_type().map_err(|error| failed(&error))?.is_dir() {
                open.push(path);
                continue;
            }
            at()?;
            if !is_ours(entry.path()) {
                give_back(entry.path(), folder, &path)?;
            }
            // Two links to one file are left as they are by a rename.
            if exists(entry.path()) {
                fs::remove_file(entry.path())
                    .map_err(|error| Failure::io("cannot delete", entry.path(), &error))?;
            }
        }
        folders.push(place);
    }
    for folder in folders.iter().rev() {
        at()?;
        fs::remove_dir(folder).map_err(|error| Failure::io("cannot delete", folder, &error))?;
    }
    Ok(())
}

/// Moves a file that is not ours to its place in the new folder, without following a link there.
fn give_back(from: &Utf8Path, folder: &Utf8Path, path: &Utf8Path) -> Result<(), Failure> {
    let mut parent = folder.to_owned();
    for part in path.parent().into_iter().flat_map(Utf8Path::components) {
        parent.push(part);
        refuse(&parent, |metadata| !metadata.is_dir())?;
    }
    make_folder(&parent)?;
    rename(from, &folder.join(path))
}

fn is_ours(path: &Utf8Path) -> bool {
    let mut start = Vec::with_capacity(RUST_MARKER.len());
    let is_file = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file());
    let read = |file: File| file.take(RUST_MARKER.len() as u64).read_to_end(&mut start);
    is_file && File::open(path).and_then(read).is_ok() && is_marked(&start)
}

/// Fails if there is something at the path that is not what it should be.
fn refuse(path: &Utf8Path, is_wrong: impl Fn(&fs::Metadata) -> bool) -> Result<(), Failure> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if is_wrong(&metadata) => {
            Err(Failure::new(format!("`{path}` is in the way")).help("delete it"))
        }
        _ => Ok(()),
    }
}

/// Whether there is anything at the path, even a link to nowhere.
fn exists(path: &Utf8Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Joins without a trailing separator.
fn join(folder: &Utf8Path, path: &Utf8Path) -> Utf8PathBuf {
    if path.as_str().is_empty() {
        folder.to_owned()
    } else {
        folder.join(path)
    }
}

fn make_folder(path: &Utf8Path) -> Result<(), Failure> {
    fs::create_dir_all(path).map_err(|error| Failure::io("cannot make", path, &error))
}

fn rename(from: &Utf8Path, to: &Utf8Path) -> Result<(), Failure> {
    fs::rename(from, to).map_err(|error| Failure::io("cannot replace", to, &error))
}

/// Writes a new file and waits until it is on the disk, so that a rename never makes an empty file
/// visible after a crash of the machine.
fn write(path: &Utf8Path, text: &str) -> Result<(), Failure> {
    path.parent().map_or(Ok(()), make_folder)?;
    let write = || {
        let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()
    };
    write().map_err(|error| Failure::io("cannot write", path, &error))
}

/// Takes a file over as it is, with its time of change.
fn carry(from: &Utf8Path, to: &Utf8Path) -> Result<(), Failure> {
    to.parent().map_or(Ok(()), make_folder)?;
    if fs::hard_link(from, to).is_ok() {
        return Ok(());
    }
    let copy = || {
        fs::copy(from, to)?;
        let file = OpenOptions::new().write(true).open(to)?;
        file.set_modified(fs::metadata(from)?.modified()?)?;
        file.sync_all()
    };
    copy().map_err(|error| Failure::io("cannot copy", from, &error))
}

/// Puts the entries of every folder below a path on the disk.
fn sync_folders(path: &Utf8Path) -> Result<(), Failure> {
    let mut open = vec![path.to_owned()];
    while let Some(path) = open.pop() {
        let failed = |error: &io::Error| Failure::io("cannot read", &path, error);
        for entry in path.read_dir_utf8().map_err(|error| failed(&error))? {
            let entry = entry.map_err(|error| failed(&error))?;
            if entry.file_type().map_err(|error| failed(&error))?.is_dir() {
                open.push(entry.path().to_owned());
            }
        }
        sync(&path)?;
    }
    Ok(())
}

/// Puts the entries of a folder on the disk. Only Unix opens folders.
fn sync(folder: &Utf8Path) -> Result<(), Failure> {
    if cfg!(unix) {
        let sync = || File::open(folder)?.sync_all();
        sync().map_err(|error| Failure::io("cannot write", folder, &error))
    } else {
        Ok(())
    }
}
