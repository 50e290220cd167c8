//! The names in a configuration: what is allowed for packages, versions and output folders.

use camino::{Utf8Component, Utf8Path};

/// What is wrong with the name of a package, if anything is.
#[must_use]
pub fn package_mistake(name: &str) -> Option<&'static str> {
    if name.is_empty() {
        Some("the name of a package must not be empty")
    } else if !name.starts_with(|ch: char| ch.is_ascii_alphabetic()) {
        Some("the name of a package must start with an ASCII letter")
    } else if !name
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    {
        Some("the name of a package must hold only ASCII letters, digits, `-` and `_`")
    } else if name.len() > 64 {
        Some("the name of a package must have at most 64 letters")
    } else {
        None
    }
}

/// The name of the package when none is given: that of the output folder.
#[must_use]
pub fn default_package(out: &Utf8Path) -> &str {
    out.file_name().unwrap_or("")
}

/// What is wrong with a version, if anything is.
pub(super) fn version_mistake(version: &str) -> Option<&'static str> {
    let (core, suffix) = match version.find(['-', '+']) {
        Some(at) => version.split_at(at),
        None => (version, ""),
    };
    let parts: Vec<&str> = core.split('.').collect();
    let is_number = |part: &&str| {
        // A leading zero is not a number in a version, and longer ones overflow.
        !part.is_empty()
            && part.len() < 19
            && part.bytes().all(|byte| byte.is_ascii_digit())
            && (*part == "0" || !part.starts_with('0'))
    };
    let is_word = |word: &str| {
        !word.is_empty()
            && word
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let (pre, build) = match suffix.split_once('+') {
        Some((pre, build)) => (pre, Some(build)),
        None => (suffix, None),
    };
    let pre_is_fine = pre.is_empty()
        || pre
            .strip_prefix('-')
            .is_some_and(|words| words.split('.').all(is_word));
    let build_is_fine = build.is_none_or(|words| words.split('.').all(is_word));
    let fine = parts.len() == 3 && parts.iter().all(is_number) && pre_is_fine && build_is_fine;
    (!fine).then_some("a version must have three numbers, such as `0.1.0`")
}

/// What is wrong with an output folder, if anything is.
///
/// The file may come with a repository that its reader does not trust, so it must not be able to
/// name a folder outside of its own, in the spelling of any system.
pub(super) fn out_mistake(out: &str) -> Option<&'static str> {
    let path = Utf8Path::new(out);
    let has_drive = out.as_bytes().get(1) == Some(&b':');
    if out.chars().any(char::is_control) {
        Some("`out` must not hold control characters")
    } else if out.contains('\\') {
        Some("`out` must be written with `/` between folders, on every system")
    } else if path.has_root() || has_drive || out.starts_with('~') {
        Some("`out` must be relative to the folder of this file")
    } else if path
        .components()
        .any(|part| part == Utf8Component::ParentDir)
    {
        Some("`out` must stay inside the folder of this file")
    } else if !path
        .components()
        .any(|part| matches!(part, Utf8Component::Normal(_)))
    {
        Some("`out` must be a folder of its own, because its files are replaced")
    } else {
        None
    }
}
