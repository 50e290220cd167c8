//! Reads documents, and the files that they refer to.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use super::failure::{Failure, reason};
use crate::load::{Answer, Limits, gather};
use crate::source::{Sources, Unread, decode};

/// Reads a text, as far as it is one.
pub(super) fn read(path: &Utf8Path, shown: &Utf8Path) -> Result<String, Failure> {
    if fs::metadata(path).is_ok_and(|metadata| metadata.is_dir()) {
        return Err(Failure::new(format!("`{shown}` is a folder, not a file")));
    }
    let bytes = bytes(path).map_err(|error| Failure::io("cannot read", shown, &error))?;
    if bytes.len() > Limits::default().max_bytes {
        return Err(Failure::new(format!("`{shown}` has {}", too_much())));
    }
    decode(shown.as_str(), bytes).map_err(Failure::new)
}

/// Adds the files that a document refers to, and those that these refer to (B8).
///
/// `path` is where the document is. Only regular files below its folder are read, with symbolic links
/// followed. What cannot be read is noted, and told where it is referred to.
#[must_use]
pub fn add_referred(sources: Sources, path: &Utf8Path) -> Sources {
    let parent = path.parent().filter(|parent| !parent.as_str().is_empty());
    let folder = parent.unwrap_or(Utf8Path::new("."));
    // Asked for only if there is something to read, and then once.
    let mut root: Option<Utf8PathBuf> = None;
    gather(sources, &Limits::default(), &mut |locations| {
        let canonical = || {
            folder
                .canonicalize_utf8()
                .unwrap_or_else(|_| folder.to_owned())
        };
        let root = root.get_or_insert_with(canonical);
        let answers = locations.par_iter().map(|location| answer(root, location));
        answers.collect()
    })
}

/// The file at a location below `root`, which is a path without links.
fn answer(root: &Utf8Path, location: &str) -> Result<Answer, Unread> {
    let real = match root.join(location).canonicalize_utf8() {
        Ok(real) => real,
        Err(error) if error.kind() == ErrorKind::NotFound => return Err(missing(root, location)),
        Err(error) => return Err(Unread::new(&reason(&error))),
    };
    let Ok(inside) = real.strip_prefix(root) else {
        return Err(Unread::new(
            "it is a symbolic link out of the document's folder",
        ));
    };
    let parts: Vec<&str> = inside.components().map(|part| part.as_str()).collect();
    let own = parts.join("/");
    if own != location && own.to_lowercase() == location.to_lowercase() {
        // Some file systems find it all the same, and the document would work on those only.
        return Err(misspelt(&own));
    }
    match fs::metadata(&real) {
        Ok(metadata) if metadata.is_file() => {}
        Ok(metadata) if metadata.is_dir() => return Err(Unread::new("it is a folder")),
        Ok(_) => return Err(Unread::new("it is not a regular file")),
        Err(error) => return Err(Unread::new(&reason(&error))),
    }
    let bytes = bytes(&real).map_err(|error| Unread::new(&reason(&error)))?;
    if bytes.len() > Limits::default().max_bytes {
        return Err(Unread::new(&format!("it has {}", too_much())));
    }
    let text = decode(location, bytes).map_err(|message| Unread::new(&message))?;
    Ok(Answer {
        location: own,
        text,
    })
}

/// There is no such file; perhaps there is one whose name differs in case, or nearly.
fn missing(root: &Utf8Path, location: &str) -> Unread {
    let folded = location.to_lowercase();
    let (parent, name) = location.rsplit_once('/').unwrap_or(("", location));
    let mut folder = root.to_owned();
    for part in parent.split('/').filter(|part| !part.is_empty()) {
        let names = names(&folder);
        let Some(own) = names
            .iter()
            .find(|own| own.to_lowercase() == part.to_lowercase())
        else {
            return Unread::new("there is no such file");
        };
        folder.push(own);
    }
    let names = names(&folder);
    let place = |name: &str| {
        let inside = folder.join(name);
        inside.strip_prefix(root).unwrap_or(&inside).to_string()
    };
    let own = names.iter().map(|own| place(own));
    if let Some(own) = own.into_iter().find(|own| own.to_lowercase() == folded) {
        return misspelt(&own);
    }
    let near = crate::near::nearest(name, names.iter().map(String::as_str));
    Unread {
        reason: "there is no such file".to_owned(),
        help: near.map(|near| format!("did you mean `{}`?", place(near))),
    }
}

fn misspelt(own: &str) -> Unread {
    Unread {
        reason: format!("its name is `{own}`"),
        help: Some("upper and lower case differ".to_owned()),
    }
}

/// The names in a folder, as far as they can be read.
fn names(folder: &Utf8Path) -> Vec<String> {
    let entries = folder.read_dir_utf8().into_iter().flatten();
    let names = entries.filter_map(|entry| Some(entry.ok()?.file_name().to_owned()));
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

/// The bytes of a file, and one more than are ever taken if there are more.
fn bytes(path: &Utf8Path) -> std::io::Result<Vec<u8>> {
    let limit = Limits::default().max_bytes as u64;
    let mut bytes = Vec::new();
    File::open(path)?.take(limit + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn too_much() -> String {
    format!("more than {} MiB", Limits::default().max_bytes >> 20)
}
