//! Where the text of a reference points: into its own file, or into another one (B8, B9).

use std::borrow::Cow;

/// What a reference says, before anybody looks whether it is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Link<'t> {
    /// The location of the other file; `None` if the reference stays in its own.
    pub(crate) location: Option<String>,
    /// What stands behind the `#`.
    pub(crate) fragment: &'t str,
}

/// Why a reference is never followed, whatever lies at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refused {
    /// It has a scheme or names a host, so it leads to the network or past it (`file:`).
    Remote,
    /// It begins at the root of a disk.
    Absolute,
    /// It leads above the folder of the root document.
    Above,
    /// It has a character that means something else to some file system.
    Odd,
}

impl<'t> Link<'t> {
    /// Reads a reference that is written in the file at the location `from`.
    ///
    /// A location is the path of a file below the folder of the root document, with `/` between its
    /// parts and without `.` and `..`, so that a file has one location however it is written.
    pub(crate) fn parse(from: &str, target: &'t str) -> Result<Self, Refused> {
        let (path, fragment) = target.split_once('#').unwrap_or((target, ""));
        let location = match path {
            "" => None,
            path => Some(location(from, path)?),
        };
        Ok(Self { location, fragment })
    }
}

/// The location of `path` as seen from the file at `from`.
fn location(from: &str, path: &str) -> Result<String, Refused> {
    if has_scheme(path) || path.starts_with("//") {
        return Err(Refused::Remote);
    }
    // What is encoded is checked as well, and nothing is decoded twice.
    let path = percent_decoded(path);
    if path.starts_with('/') {
        return Err(Refused::Absolute);
    }
    if path
        .chars()
        .any(|ch| ch.is_control() || r#"\:?*"<>|"#.contains(ch))
    {
        return Err(Refused::Odd);
    }
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop().ok_or(Refused::Above)?),
            part => parts.push(part),
        }
    }
    if parts.is_empty() {
        return Err(Refused::Odd);
    }
    Ok(parts.join("/"))
}

/// Whether a reference begins with the scheme of a URI. A single letter is the name of a disk.
fn has_scheme(path: &str) -> bool {
    let Some((scheme, _)) = path.split_once(':') else {
        return false;
    };
    scheme.len() > 1
        && scheme.starts_with(|ch: char| ch.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

/// The text with `%41` read as `A`; as it is if it does not decode to text.
pub(crate) fn percent_decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        if let (b'%', [high, low, behind @ ..]) = (*first, after)
            && let (Some(high), Some(low)) = (hex(*high), hex(*low))
        {
            bytes.push(high << 4 | low);
            rest = behind;
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}

fn hex(digit: u8) -> Option<u8> {
    let value = char::from(digit).to_digit(16)?;
    u8::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use super::{Link, Refused};

    fn location(from: &str, target: &str) -> Result<String, Refused> {
        Link::parse(from, target).map(|link| link.location.unwrap_or_default())
    }

    #[test]
    fn a_file_has_one_location_however_it_is_written() {
        for target in [
            "pet.yaml",
            "./pet.yaml#/Pet",
            "a/../pet.yaml",
            ".//./pet.yaml",
            "%70et.yaml",
            "../schemas/pet.yaml",
        ] {
            let found = location("schemas/owner.yaml", target);
            assert_eq!(found.as_deref(), Ok("schemas/pet.yaml"), "{target}");
        }
        assert_eq!(location("openapi.yaml", "#/a").as_deref(), Ok(""));
    }

    #[test]
    fn nothing_leads_out() {
        for (target, refused) in [
            ("../pet.yaml", Refused::Above),
            ("a/../../pet.yaml", Refused::Above),
            ("%2e%2e/pet.yaml", Refused::Above),
            ("..%2fpet.yaml", Refused::Above),
            ("/etc/passwd", Refused::Absolute),
            ("%2Fetc/passwd", Refused::Absolute),
            ("//host/pet.yaml", Refused::Remote),
            ("https://host/pet.yaml", Refused::Remote),
            ("file:///etc/passwd", Refused::Remote),
            ("FILE:pet.yaml", Refused::Remote),
            ("C:/pet.yaml", Refused::Odd),
            ("..\\pet.yaml", Refused::Odd),
            ("..%5Cpet.yaml", Refused::Odd),
            ("\\\\host\\pet.yaml", Refused::Odd),
            ("pet.yaml%00.txt", Refused::Odd),
            ("pet.yaml:stream", Refused::Remote),
            ("a/pet.yaml:stream", Refused::Odd),
            ("./", Refused::Odd),
            ("pet.yaml?raw=1", Refused::Odd),
        ] {
            assert_eq!(location("openapi.yaml", target), Err(refused), "{target}");
        }
        // What was decoded once stays as it is.
        assert_eq!(
            location("openapi.yaml", "%252e%252e/pet.yaml").as_deref(),
            Ok("%2e%2e/pet.yaml")
        );
    }
}
