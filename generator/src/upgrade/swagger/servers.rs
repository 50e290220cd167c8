//! `host`, `basePath` and `schemes` become servers (X1).

use std::borrow::Cow;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::load::{NodeId, Tree, Value};
use crate::source::Span;

use super::{edit, host_template};

/// The address of the document, for operations that restrict it.
pub(super) struct Address<'s> {
    /// Host and base path, if there is one of them.
    host: Option<String>,
    /// The schemes that have a client, the safest first. An empty one is written nowhere.
    schemes: Vec<Cow<'s, str>>,
    /// The variables of the host.
    variables: Option<NodeId>,
    span: Span,
}

/// Makes the servers of the document; gives its address.
pub(super) fn document<'s>(diagnostics: &mut Diagnostics, tree: &mut Tree<'s>) -> Address<'s> {
    let root = tree.root();
    let base = take_text(tree, root, "basePath");
    let host = take_text(tree, root, "host");
    let schemes = take_schemes(Some(diagnostics), tree, root);
    let span = host.as_ref().or(base.as_ref()).map(|(_, span)| *span);
    let span = span.unwrap_or_else(|| tree.span(root));
    let base = base.map(|(text, _)| text).unwrap_or_default();
    let base = base.trim_end_matches('/');
    let mut address = Address {
        host: None,
        schemes,
        variables: None,
        span,
    };
    if let Some((host, span)) = host {
        let (scheme, host) = split_scheme(diagnostics, &host, span);
        if let Some(scheme) = scheme {
            address.schemes = vec![Cow::Owned(scheme)];
        }
        address.host = Some(format!("{}{base}", host.trim_end_matches('/')));
    } else if let Some(template) = host_template::take(tree) {
        if !template.has_scheme {
            address.schemes = vec![Cow::Borrowed("")];
        }
        address.host = Some(format!("{}{base}", template.host));
        address.variables = Some(template.variables);
    } else if !base.is_empty() {
        // Without a host the document is served where it is found (A11).
        address.schemes = vec![Cow::Borrowed("")];
        address.host = Some(base.to_owned());
    }
    if address.schemes.is_empty() {
        // The specification says "the one that the document is fetched with", which nobody knows.
        address.schemes.push(Cow::Borrowed("https"));
    }
    let urls: Vec<String> = address.urls(&address.schemes).collect();
    add(tree, root, urls, &address);
    address
}

/// Makes the servers of an operation that does not work with the first scheme of the document.
pub(super) fn operation(tree: &mut Tree<'_>, operation: NodeId, address: &Address<'_>) {
    let schemes = take_schemes(None, tree, operation);
    let first = address.schemes.first();
    let works = |first: &Cow<'_, str>| first.is_empty() || schemes.contains(first);
    if schemes.is_empty() || first.is_none_or(works) {
        return;
    }
    let urls: Vec<String> = address.urls(&schemes).collect();
    add(tree, operation, urls, address);
}

impl Address<'_> {
    fn urls(&self, schemes: &[Cow<'_, str>]) -> impl Iterator<Item = String> {
        let host = self.host.iter();
        host.flat_map(move |host| {
            schemes.iter().map(move |scheme| match scheme.as_ref() {
                "" => host.clone(),
                scheme => format!("{scheme}://{host}"),
            })
        })
    }
}

/// A host that is written with a scheme, as in `https://api.example.com`.
fn split_scheme<'h>(
    diagnostics: &mut Diagnostics,
    host: &'h str,
    span: Span,
) -> (Option<String>, &'h str) {
    match host.split_once("://") {
        Some((scheme, host)) => {
            diagnostics.push(
                Diagnostic::warning(Code::WrongType, span, "`host` is written with a scheme")
                    .label("this scheme is used")
                    .help("write the host alone, and the scheme under `schemes`"),
            );
            (Some(scheme.to_ascii_lowercase()), host)
        }
        None => (None, host),
    }
}

/// Takes the schemes of an object. The other two of the specification, `ws` and `wss`, are no HTTP.
fn take_schemes<'s>(
    diagnostics: Option<&mut Diagnostics>,
    tree: &mut Tree<'s>,
    object: NodeId,
) -> Vec<Cow<'s, str>> {
    let Some(entry) = tree.entry(object, "schemes") else {
        return Vec::new();
    };
    let (key_span, list) = (entry.key_span, entry.value);
    let texts = tree
        .items(list)
        .iter()
        .filter_map(|item| match tree.value(*item) {
            Value::String(text) => Some(text.clone()),
            _ => None,
        });
    let (mut schemes, others): (Vec<_>, Vec<_>) =
        texts.partition(|text| matches!(text.as_ref(), "http" | "https"));
    edit::remove(tree, object, "schemes");
    if let (Some(diagnostics), Some(other)) = (diagnostics, others.first()) {
        let message = format!("the scheme `{other}` is not supported");
        diagnostics.push(
            Diagnostic::warning(Code::Unsupported, key_span, message)
                .label("left out; clients speak HTTP"),
        );
    }
    // The safest is the first, and the first is the default.
    schemes.sort_by(|a, b| b.cmp(a));
    schemes.dedup();
    schemes
}

fn take_text(tree: &mut Tree<'_>, object: NodeId, key: &str) -> Option<(String, Span)> {
    let entry = tree.entry(object, key)?;
    let (value, span) = (entry.value, tree.span(entry.value));
    let text = tree.string(value)?.trim().to_owned();
    edit::remove(tree, object, key);
    Some((text, span)).filter(|(text, _)| !text.is_empty())
}

fn add(
    tree: &mut Tree<'_>,
    object: NodeId,
    urls: impl IntoIterator<Item = String>,
    address: &Address<'_>,
) {
    if tree.get(object, "servers").is_some() {
        return;
    }
    let span = address.span;
    let mut servers = Vec::new();
    for url in urls {
        let url = ("url", edit::text(tree, url, span));
        let variables = address.variables.map(|node| ("variables", node));
        let entries = [Some(url), variables].into_iter().flatten();
        servers.push(edit::mapping(tree, entries, span));
    }
    if servers.is_empty() {
        return;
    }
    let servers = tree.push(Value::Sequence(servers), span);
    edit::set(tree, object, "servers", span, servers);
}
