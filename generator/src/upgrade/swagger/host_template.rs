//! `x-ms-parameterized-host`: a host with variables, which 2.0 itself does not have (W8).

use std::borrow::Cow;

use crate::load::{NodeId, Tree, Value};

use super::{edit, followed};

/// A host with variables in it.
pub(super) struct HostTemplate {
    /// The host, with the names of the variables in braces.
    pub(super) host: String,
    /// Whether a scheme is put before it.
    pub(super) has_scheme: bool,
    /// The variables, as a server has them.
    pub(super) variables: NodeId,
}

/// Takes the template of a document, if it has one.
pub(super) fn take(tree: &mut Tree<'_>) -> Option<HostTemplate> {
    let root = tree.root();
    let object = tree.get(root, "x-ms-parameterized-host")?;
    let span = tree.span(object);
    let host = tree.get(object, "hostTemplate");
    let host = tree.string(host?)?.trim_end_matches('/').to_owned();
    let prefixed = tree.get(object, "useSchemePrefix");
    let has_scheme = prefixed.is_none_or(|node| *tree.value(node) != Value::Bool(false));
    let parameters = tree.get(object, "parameters");
    let parameters = parameters.map_or_else(Vec::new, |list| tree.items(list).to_vec());
    let mut variables = Vec::with_capacity(parameters.len());
    for parameter in parameters {
        let parameter = followed(tree, parameter).map_or(parameter, |(node, _)| node);
        let name = tree.get(parameter, "name").map(|node| tree.value(node));
        let Some(Value::String(name)) = name else {
            continue;
        };
        let name: Cow<'_, str> = name.clone();
        let kept = ["default", "enum", "description"].map(|key| (key, tree.get(parameter, key)));
        let kept: Vec<_> = kept
            .into_iter()
            .filter_map(|(key, node)| Some((key, node?)))
            .collect();
        variables.push((name, edit::mapping(tree, kept, span)));
    }
    edit::remove(tree, root, "x-ms-parameterized-host");
    Some(HostTemplate {
        host,
        has_scheme,
        variables: edit::mapping(tree, variables, span),
    })
}
