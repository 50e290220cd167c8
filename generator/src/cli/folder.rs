//! Reads the part of an output folder that the generator owns.

use std::fs;
use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::failure::Failure;
use crate::config::Mode;
use crate::write::compare::{Folder, Found};

/// Everything that the generator owns in `out`: in a crate `src/` and the two
/// files beside it, in a module the whole folder. A folder that does not exist is empty.
pub(super) fn read(out: &Utf8Path, mode: Mode) -> Result<Folder, Failure> {
    let mut folder = Folder::new();
    let mut open = match mode {
        Mode::Crate => ["src", "rustfmt.toml", "Cargo.toml"]
            .map(Utf8PathBuf::from)
            .to_vec(),
        Mode::Module => vec![Utf8PathBuf::new()],
    };
    while let Some(path) = open.pop() {
        let place = if path.as_str().is_empty() {
            out.to_owned()
        } else {
            out.join(&path)
        };
        let failed = |error: &io::Error| Failure::io("cannot read", &place, error);
        // Links are not followed: they could lead out of the folder, and swapping a folder for a
        // link would not do what it looks like.
        let metadata = match fs::symlink_metadata(&place) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(failed(&error)),
        };
        if metadata.is_dir() {
            for entry in place.read_dir_utf8().map_err(|error| failed(&error))? {
                let entry = entry.map_err(|error| failed(&error))?;
                open.push(path.join(entry.file_name()));
            }
        } else if metadata.is_file() {
            let bytes = fs::read(&place).map_err(|error| failed(&error))?;
            folder.insert(
                path,
                Found::File {
                    bytes,
                    executable: is_executable(&metadata),
                },
            );
        } else {
            folder.insert(path, Found::Other);
        }
    }
    Ok(folder)
}

#[cfg(unix)]
fn is_executable(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    metadata.permissions().mode() & 0o111 != 0
}

/// Only Unix has a mode to change.
#[cfg(not(unix))]
fn is_executable(_: &fs::Metadata) -> bool {
    false
}
