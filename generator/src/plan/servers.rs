//! Where the API is served: the constants of the default, and an enum where there is a choice (A7 to
//! A12).

use std::collections::HashMap;

use serde::Serialize;

use crate::api::{
    Address, Api, Direction, Enumeration, Literal, Member, Operation, Others, Piece, Server,
    Variable,
};

use super::docs::doc_lines;
use super::enums::{self, EnumPlan};
use super::names::{Name, Scope, Spelling};
use super::prose::{code, paragraph};
use super::words::words;

/// Where the client sends requests, and where the server takes them.
#[derive(Debug, Serialize)]
pub(crate) struct ServersPlan {
    /// The base URL of the client and what it is, if the document names an absolute one (A7).
    pub(crate) base_url: Option<(String, Vec<String>)>,
    /// The path of the base URL, if there is one (A11).
    pub(crate) base_path: Option<String>,
    /// The enum of all servers, where there is more to choose than one URL (A9, A10).
    pub(crate) choice: Option<ServerChoice>,
}

/// The enum of all servers.
#[derive(Debug, Serialize)]
pub(crate) struct ServerChoice {
    pub(crate) name: Name,
    pub(crate) servers: Vec<ServerPlan>,
    /// The enums of the variables that have listed values.
    pub(crate) enums: Vec<VariableEnum>,
    /// Whether the first server is the default: it is one of the document, and so are all values.
    pub(crate) has_default: bool,
}

/// A variant of the enum of all servers.
#[derive(Debug, Serialize)]
pub(crate) struct ServerPlan {
    pub(crate) name: Name,
    pub(crate) docs: Vec<String>,
    pub(crate) fields: Vec<ServerField>,
    pub(crate) url: Vec<UrlPart>,
}

/// A variable of a server.
#[derive(Debug, Serialize)]
pub(crate) struct ServerField {
    pub(crate) name: Name,
    pub(crate) docs: Vec<String>,
    /// The enum of its values; any text, if there is none.
    pub(crate) of: Option<usize>,
    pub(crate) default: Option<String>,
}

/// The enum of the values of a variable.
#[derive(Debug, Serialize)]
pub(crate) struct VariableEnum {
    pub(crate) name: Name,
    pub(crate) docs: Vec<String>,
    pub(crate) plan: EnumPlan,
}

/// A part of a URL. Fields are indices into those of the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) enum UrlPart {
    Text(String),
    /// One of listed values.
    Value(usize),
    /// Any text.
    Any(usize),
    /// Any text, within the host: it must not end it, or another host would get the credentials.
    Host(usize),
}

/// Plans the servers. Their names keep clear of the types of the operations.
pub(super) fn plan<'n>(api: &Api, taken: impl IntoIterator<Item = &'n String>) -> ServersPlan {
    let default = api.servers.first().filter(|_| api.common_servers > 0);
    let url = default.and_then(|server| server.address.url());
    let absolute = url.as_ref().filter(|url| url.contains("://"));
    let docs = default.and_then(|server| server.description.as_deref());
    let has_variables = |server: &Server| !server.address.variables.is_empty();
    let has_choice = api.servers.len() > 1 || api.servers.iter().any(has_variables);
    ServersPlan {
        base_url: absolute.map(|url| (url.clone(), docs.map(doc_lines).unwrap_or_default())),
        base_path: url.as_deref().and_then(base_path),
        choice: has_choice.then(|| choice(api, url.is_some(), taken)),
    }
}

/// Where the requests of an operation go, if not to the default of the document (A12).
pub(super) fn of_operation(api: &Api, operation: &Operation) -> Option<String> {
    let server = api.servers.get(operation.server?)?;
    server.address.url()
}

/// The path of a URL, without a slash at its end.
fn base_path(url: &str) -> Option<String> {
    let url = url.split(['?', '#']).next().unwrap_or_default();
    let path = match url.split_once("://") {
        Some((_, rest)) => rest.find('/').and_then(|at| rest.get(at..))?,
        None => url,
    };
    let path = path.trim_end_matches('/');
    (!path.is_empty()).then(|| path.to_owned())
}

fn choice<'n>(
    api: &Api,
    has_default: bool,
    taken: impl IntoIterator<Item = &'n String>,
) -> ServerChoice {
    let mut types = Scope::default();
    taken.into_iter().for_each(|name| types.take(name));
    let name = types.name("server", Spelling::Pascal, "Server");
    let mut enums = Enums {
        known: HashMap::new(),
        all: Vec::new(),
        types,
    };
    let mut variants = Scope::default();
    let spoken = spoken(&api.servers);
    let servers = api.servers.iter().zip(&spoken).enumerate();
    let servers = servers.map(|(index, (server, words))| {
        let fallback = format!("Server{}", index + 1);
        server_plan(
            server,
            words,
            variants.words(words, Spelling::Pascal, &fallback),
            &mut enums,
        )
    });
    ServerChoice {
        name,
        servers: servers.collect(),
        enums: enums.all,
        has_default,
    }
}

fn server_plan<'a>(
    server: &'a Server,
    spoken: &[String],
    name: Name,
    enums: &mut Enums<'a>,
) -> ServerPlan {
    let mut scope = Scope::default();
    let variables = server.address.variables.iter();
    let fields: Vec<ServerField> = variables
        .map(|variable| ServerField {
            name: scope.name(&variable.name, Spelling::Snake, "value"),
            docs: field_docs(variable),
            of: enums.of(variable, spoken),
            default: variable.default.clone(),
        })
        .collect();
    let mut docs = Vec::new();
    if let Some(description) = &server.description {
        paragraph(&mut docs, doc_lines(description));
    }
    let of = server.of.as_ref();
    let of = of.map(|of| format!(", declared for {}", code(of)));
    let text = code(&template(&server.address));
    paragraph(
        &mut docs,
        doc_lines(&format!("{text}{}", of.unwrap_or_default())),
    );
    ServerPlan {
        name,
        docs,
        url: url_parts(&server.address, &fields),
        fields,
    }
}

fn field_docs(variable: &Variable) -> Vec<String> {
    let mut docs = Vec::new();
    if let Some(description) = &variable.description {
        paragraph(&mut docs, doc_lines(description));
    }
    let default = match &variable.default {
        Some(default) => format!("By default {}.", code(default)),
        None => format!("The value of {}.", code(&variable.name)),
    };
    paragraph(&mut docs, doc_lines(&default));
    docs
}

fn url_parts(address: &Address, fields: &[ServerField]) -> Vec<UrlPart> {
    let mut before = String::new();
    let parts = address.pieces.iter().map(|piece| match piece {
        Piece::Text(text) => {
            before.push_str(text);
            UrlPart::Text(text.clone())
        }
        Piece::Variable(index) => {
            let is_listed = fields.get(*index).is_some_and(|field| field.of.is_some());
            let authority = before.split_once("://").map(|(_, after)| after);
            match authority {
                _ if is_listed => UrlPart::Value(*index),
                Some(authority) if !authority.contains('/') => UrlPart::Host(*index),
                _ => UrlPart::Any(*index),
            }
        }
    });
    parts.collect()
}

/// The URL as the document writes it.
fn template(address: &Address) -> String {
    let texts = address.pieces.iter().map(|piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Variable(index) => {
            let name = address.variables.get(*index).map(|it| it.name.as_str());
            format!("{{{}}}", name.unwrap_or_default())
        }
    });
    let text: String = texts.collect();
    if text.is_empty() {
        "/".to_owned()
    } else {
        text
    }
}

/// The enums of variables: those with the same values share one.
struct Enums<'a> {
    known: HashMap<(&'a str, &'a [String], Option<&'a str>), usize>,
    all: Vec<VariableEnum>,
    types: Scope,
}

impl<'a> Enums<'a> {
    fn of(&mut self, variable: &'a Variable, server: &[String]) -> Option<usize> {
        if variable.values.is_empty() {
            return None;
        }
        let key = (
            variable.name.as_str(),
            &variable.values[..],
            variable.default.as_deref(),
        );
        if let Some(index) = self.known.get(&key) {
            return Some(*index);
        }
        let own = words(&variable.name);
        let prefix = ["server".to_owned()];
        let mut name = [&prefix[..], &own[..]].concat();
        if !self.types.is_free(&name, Spelling::Pascal) {
            name = [&prefix[..], server, &own[..]].concat();
        }
        let index = self.all.len();
        self.all.push(VariableEnum {
            name: self.types.words(&name, Spelling::Pascal, "ServerValue"),
            docs: doc_lines(&format!("The values of {} in a URL.", code(&variable.name))),
            plan: enums::plan(&enumeration(variable), Direction::default()),
        });
        self.known.insert(key, index);
        Some(index)
    }
}

fn enumeration(variable: &Variable) -> Enumeration {
    let values = variable.values.iter();
    let is_default = |value: &String| Some(value) == variable.default.as_ref();
    Enumeration {
        members: values
            .clone()
            .map(|value| Member {
                value: Literal::Text(value.clone()),
                name: None,
                description: None,
            })
            .collect(),
        others: Others::Refused,
        default: values.clone().position(is_default),
    }
}

/// How many words of a description are still a name.
const MAX_WORDS: usize = 5;

/// What the servers are named after: the first of these that tells one from the others (A9).
fn spoken(servers: &[Server]) -> Vec<Vec<String>> {
    let all: Vec<Vec<Vec<String>>> = servers.iter().map(candidates).collect();
    let mut counts: HashMap<(usize, &[String]), usize> = HashMap::new();
    for (rank, words) in all.iter().flat_map(|it| it.iter().enumerate()) {
        *counts.entry((rank, words)).or_default() += 1;
    }
    let is_one = |rank: usize, words: &[String]| counts.get(&(rank, words)) == Some(&1);
    let chosen = all.iter().map(|candidates| {
        let mut fitting = candidates.iter().enumerate();
        let chosen = fitting.find(|(rank, words)| !words.is_empty() && is_one(*rank, words));
        let chosen = chosen.map(|(_, words)| words).or(candidates.last());
        chosen.cloned().unwrap_or_default()
    });
    chosen.collect()
}

/// Its name, a short description, its host, then ever more of its URL.
fn candidates(server: &Server) -> Vec<Vec<String>> {
    let name = server.name.as_deref().map(words).unwrap_or_default();
    let described = server.description.as_deref();
    let described = described.map(short).unwrap_or_default();
    let url = template(&server.address);
    let (scheme, rest) = url.split_once("://").unwrap_or(("", &url));
    let host = rest.split('/').next().unwrap_or_default();
    let full = [words(rest), words(scheme)].concat();
    vec![name, described, words(host), words(rest), full]
}

/// The words of a description that is no more than a name, without what every server is.
fn short(description: &str) -> Vec<String> {
    let mut words = words(description);
    if words.len() > MAX_WORDS {
        return Vec::new();
    }
    words.retain(|word| !matches!(word.as_str(), "the" | "a" | "an" | "our" | "server"));
    words
}
