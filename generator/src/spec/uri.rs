//! URI references (RFC 3986), as far as identifiers of schemas need them.

/// The URI that `reference` means where `base` is the base, without a fragment. Both may be the
/// locations of files: these are relative to each other in the same way.
pub(super) fn join(base: &str, reference: &str) -> String {
    let reference = reference.split('#').next().unwrap_or_default();
    if has_scheme(reference) {
        return reference.to_owned();
    }
    let origin = origin(base);
    let (origin, path) = base.split_at(origin);
    if reference.is_empty() {
        return base.to_owned();
    }
    if reference.starts_with("//") {
        let scheme = origin.split("//").next().unwrap_or_default();
        return format!("{scheme}{reference}");
    }
    if reference.starts_with('/') {
        return format!("{origin}{}", without_dots(reference));
    }
    let folder = path.rfind('/').map_or("", |end| &path[..=end]);
    // An authority and a path are kept apart by a slash.
    let folder = if folder.is_empty() && !origin.is_empty() {
        "/"
    } else {
        folder
    };
    format!("{origin}{}", without_dots(&format!("{folder}{reference}")))
}

/// How long the scheme and the authority are.
fn origin(uri: &str) -> usize {
    if !has_scheme(uri) {
        return 0;
    }
    match uri.find("://") {
        Some(at) => uri[at + 3..]
            .find('/')
            .map_or(uri.len(), |path| at + 3 + path),
        None => uri.find(':').map_or(0, |at| at + 1),
    }
}

fn has_scheme(text: &str) -> bool {
    text.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|ch: char| ch.is_ascii_alphabetic())
            && scheme
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    })
}

fn without_dots(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let (rooted, path) = match path.strip_prefix('/') {
        Some(rest) => ("/", rest),
        None => ("", path),
    };
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    format!("{rooted}{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn references_are_joined_to_their_base() {
        for (base, reference, joined) in [
            ("https://a.example/b/c", "d", "https://a.example/b/d"),
            ("https://a.example/b/c", "../d#e", "https://a.example/d"),
            ("https://a.example/b/c", "/d", "https://a.example/d"),
            ("https://a.example", "d", "https://a.example/d"),
            (
                "https://a.example/b",
                "//c.example/d",
                "https://c.example/d",
            ),
            ("https://a.example/b", "urn:x:y", "urn:x:y"),
            ("https://a.example/b", "", "https://a.example/b"),
            ("schemas/pet.yaml", "owner", "schemas/owner"),
            ("openapi.yaml", "./owner.yaml", "owner.yaml"),
            ("urn:a:b", "c", "urn:/c"),
        ] {
            assert_eq!(join(base, reference), joined, "{base} {reference}");
        }
    }
}
