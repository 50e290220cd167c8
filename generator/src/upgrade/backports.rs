//! Keywords of a newer version in an older document, behind a prefix (W7, W13, W14, W17).

use crate::grammar::{Kind, backported};
use crate::load::{Entry, NodeId, Tree, Value};

use super::edit;
use super::version::Version;

/// Gives the back-ported keys of an object their own names.
pub(super) fn rewrite(tree: &mut Tree<'_>, kind: Kind, object: NodeId, version: Version) {
    let mut renames = Vec::new();
    for entry in tree.entries(object) {
        let Some(keyword) = backported(&entry.key).filter(|key| kind.below(key).is_some()) else {
            continue;
        };
        // Later versions have unions of their own: there, `x-oneOf` is somebody else's extension.
        let is_union = matches!(keyword, "oneOf" | "anyOf");
        if !is_union || version == Version::V20 {
            renames.push((entry.key.to_string(), keyword.to_owned()));
        }
    }
    for (from, to) in renames {
        edit::rename(tree, object, &from, to);
    }
}

/// Adds the paths of `x-ms-paths`, which tell apart what a query tells apart, to the paths.
pub(super) fn paths(tree: &mut Tree<'_>) {
    let root = tree.root();
    let Some(more) = edit::take(tree, root, "x-ms-paths") else {
        return;
    };
    let Some(paths) = tree.get(root, "paths") else {
        edit::set(tree, root, "paths", more.key_span, more.value);
        return;
    };
    let known = tree.entries(paths);
    let new: Vec<Entry<'_>> = tree
        .entries(more.value)
        .iter()
        .filter(|entry| !known.iter().any(|it| it.key == entry.key))
        .cloned()
        .collect();
    if let Value::Mapping(entries) = &mut tree.node_mut(paths).value {
        entries.extend(new);
    }
}
