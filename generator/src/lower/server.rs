//! Where the API, and single operations, are served (A9 to A12).

use crate::api::{Address, Api, Piece, Server, Variable};
use crate::diagnostic::{Code, Diagnostic};
use crate::spec;

use super::Lowering;
use super::hook::Call;

impl<'a> Lowering<'_, 'a> {
    /// Adds the servers of the document.
    pub(super) fn document_servers(&mut self, api: &mut Api) {
        for server in &self.document.servers {
            self.server(api, server, None);
        }
        api.common_servers = api.servers.len();
    }

    /// The server of an operation, if that is not the default of the document. The most specific list
    /// counts alone, and the first server in it (A12).
    pub(super) fn operation_server(
        &mut self,
        api: &mut Api,
        call: &Call<'a>,
        operation: &spec::Operation<'a>,
        name: &str,
    ) -> Option<usize> {
        let lists = [&operation.servers, &call.item.servers];
        let list = lists.into_iter().find(|list| !list.is_empty())?;
        if call.hook.is_some() {
            let fallback = "left out; the request goes to the URL that it is given";
            let span = list.first().map(|server| server.place.span)?;
            self.unsupported(span, "a server of a webhook or a callback", fallback);
            return None;
        }
        let mut servers = Vec::with_capacity(list.len());
        for server in list {
            servers.extend(self.server(api, server, Some(name)));
        }
        let first = servers.into_iter().next()?;
        let is_default = first == 0 && api.common_servers > 0;
        let address = &api.servers.get(first)?.address;
        (!is_default && address.url().is_some()).then_some(first)
    }

    /// The index of a server, which is added if it is new.
    fn server(
        &mut self,
        api: &mut Api,
        server: &spec::Server<'a>,
        of: Option<&str>,
    ) -> Option<usize> {
        let address = self.address(server);
        if address.url().is_some_and(|url| !is_usable(&url)) {
            let what = "a server that is neither at http nor at a path that begins with a slash";
            self.unsupported(server.place.span, what, "left out");
            return None;
        }
        let next = api.servers.len();
        let index = *self.servers.entry(address.clone()).or_insert(next);
        if index == next {
            api.servers.push(Server {
                address,
                name: server.name.map(str::to_owned),
                description: server.description.map(str::to_owned),
                of: of.map(str::to_owned),
            });
        }
        Some(index)
    }

    fn address(&mut self, server: &spec::Server<'a>) -> Address {
        let mut address = Address {
            pieces: Vec::new(),
            variables: Vec::new(),
        };
        let mut rest = server.url;
        while let Some((before, name, after)) = next_variable(rest) {
            address.push_text(before);
            rest = after;
            let known = address.variables.iter().position(|it| it.name == name);
            let index = known.unwrap_or(address.variables.len());
            if known.is_none() {
                let variable = self.variable(server, name);
                address.variables.push(variable);
            }
            address.pieces.push(Piece::Variable(index));
        }
        // What is appended to it brings a slash of its own.
        address.push_text(rest.strip_suffix('/').unwrap_or(rest));
        for variable in &server.variables {
            if address.variables.iter().all(|it| it.name != variable.name) {
                let message = format!("the URL of this server has no `{{{}}}`", variable.name);
                self.report(
                    Diagnostic::warning(Code::MisplacedKey, variable.place.span, message)
                        .label("this variable is ignored"),
                );
            }
        }
        address
    }

    fn variable(&mut self, server: &spec::Server<'a>, name: &str) -> Variable {
        let Some(declared) = server.variables.iter().find(|it| it.name == name) else {
            let message = format!("the variable `{name}` of this server is not described");
            self.report(
                Diagnostic::warning(Code::MissingKey, server.place.span, message)
                    .label("it has any value, and no default"),
            );
            return Variable {
                name: name.to_owned(),
                values: Vec::new(),
                default: None,
                description: None,
            };
        };
        let mut values: Vec<String> = Vec::new();
        for value in &declared.values {
            if values.iter().all(|known| known != value) {
                values.push((*value).to_owned());
            }
        }
        if declared.default.is_none() {
            let message = format!("the variable `{name}` of this server has no `default`");
            let fallback = match values.first() {
                Some(_) => "the first value of its `enum` is taken",
                None => "the client asks for a value",
            };
            self.report(
                Diagnostic::warning(Code::MissingKey, declared.place.span, message).label(fallback),
            );
        }
        // One that is not among the values has its finding.
        let default = declared.default.map(str::to_owned);
        let default = default.filter(|it| values.is_empty() || values.contains(it));
        Variable {
            name: name.to_owned(),
            default: default.or_else(|| values.first().cloned()),
            values,
            description: declared.description.map(str::to_owned),
        }
    }
}

impl Address {
    fn push_text(&mut self, text: &str) {
        if !text.is_empty() {
            self.pieces.push(Piece::Text(text.to_owned()));
        }
    }
}

/// The text before the next variable of a URL, its name, and what follows.
fn next_variable(url: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = url.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    (!name.is_empty()).then_some((before, name, after))
}

/// Whether a request can go there, be it below an origin that the user names. Where the document was
/// found, which other relative URLs start from, is not known.
fn is_usable(url: &str) -> bool {
    let starts = |scheme: &str| {
        let start = url.get(..scheme.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    let is_path = url.is_empty() || url.starts_with('/') && !url.starts_with("//");
    is_path || starts("https://") || starts("http://")
}
