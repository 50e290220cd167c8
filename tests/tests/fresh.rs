//! The committed crate is what the generator makes of the document, byte for byte.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;
use conformance::project::{self, DOCUMENT, GENERATED, REPAIR};

#[test]
fn committed_crate_is_fresh() {
    let generated = project::generate(DOCUMENT, project::read(DOCUMENT));
    let generated = generated.unwrap_or_else(|findings| panic!("{DOCUMENT}: {findings:#?}"));
    let fresh: BTreeMap<Utf8PathBuf, &str> = generated
        .files
        .iter()
        .map(|(path, text)| (path.to_owned(), text))
        .collect();
    let committed = project::files(&project::root().join(GENERATED));
    let mut stale = Vec::new();
    for (path, text) in &fresh {
        match committed.get(path) {
            None => stale.push(format!("{path} is missing")),
            Some(bytes) if bytes != text.as_bytes() => stale.push(format!("{path} is another")),
            Some(_) => {}
        }
    }
    for path in committed.keys().filter(|path| !fresh.contains_key(*path)) {
        stale.push(format!("{path} is not generated"));
    }
    assert!(
        stale.is_empty(),
        "{GENERATED} is out of date, `{REPAIR}` repairs it: {}",
        stale.join(", ")
    );
}

/// Neither the documents nor the generator may bring other characters into source text.
#[test]
fn committed_crate_is_ascii_and_marked() {
    for (path, bytes) in project::files(&project::root().join(GENERATED)) {
        assert!(bytes.is_ascii(), "{path}");
        assert!(oarlock::write::is_marked(&bytes), "{path}");
        assert!(!bytes.contains(&b'\r') && bytes.ends_with(b"\n"), "{path}");
    }
}
