//! `client.rs`: how a client is set up, with the credentials that the document asks for.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{Api, SchemeKind};
use crate::plan::{Plan, SchemePlan, ServersPlan};

use super::Module;
use super::context::{Context, ident};
use super::docs::{doc, doc_text};
use super::features;
use super::operations::modules;
use super::runtime::cfg;
use super::servers;

/// ```text
/// pub const DEFAULT_BASE_URL: &str = "https://api.example.com";
/// impl Client { pub fn builder() -> ClientBuilder { .. } }
/// impl ClientBuilder { pub fn api_key(self, key: impl Into<Secret>) -> Self { .. } }
/// ```
pub(super) fn index(cx: &Context<'_>, api: &Api, plan: &Plan) -> Module {
    let (declarations, reexports) = features::modules(modules(plan));
    let mut items = Vec::new();
    let servers = &plan.servers;
    if let Some((url, docs)) = &servers.base_url {
        let docs = doc(docs);
        items.push(quote!(#docs pub const DEFAULT_BASE_URL: &str = #url;));
    }
    if plan.has_operations() {
        items.push(builder(servers));
    }
    if let Some(choice) = &servers.choice {
        items.extend(servers::items(cx, choice));
    }
    if plan.has_hooks() {
        items.push(sender());
    }
    let schemes = api.schemes.iter().zip(&plan.schemes);
    let methods: Vec<_> = schemes
        .map(|(scheme, it)| credential(cx, &scheme.name, &scheme.kind, it))
        .collect();
    if !methods.is_empty() {
        items.push(quote!(impl ClientBuilder { #(#methods)* }));
    }
    let server = cfg("server", cx.config);
    let runtime = cx.root_path();
    let streams = streams(plan, &runtime);
    let mut groups = vec![declarations];
    groups.extend(cx.uses());
    let base_path = (servers.base_url.is_none() && servers.base_path.is_some())
        .then(|| quote!(pub use #runtime::operations::DEFAULT_BASE_PATH;));
    groups.push(quote! {
        #base_path
        #[doc(inline)] pub use #runtime::runtime::client::*;
        #server #[doc(inline)] pub use #runtime::runtime::in_process::InProcess;
        #streams
        #reexports
    });
    Module {
        docs: vec!["The client: one method per operation.".to_owned()],
        groups,
        items,
        ..Module::default()
    }
}

/// What callers and handlers need of streams of values, and of files.
pub(super) fn streams(plan: &Plan, runtime: &TokenStream) -> TokenStream {
    let streams = plan.has_streams_of_values().then(|| {
        quote! {
            #[doc(inline)]
            pub use #runtime::runtime::items::{EventStream, JsonStream, ServerEvent, StreamError};
        }
    });
    let files = plan.has_files().then(|| {
        quote! {
            #[doc(inline)]
            pub use #runtime::runtime::multipart::FilePart;
        }
    });
    quote!(#streams #files)
}

/// ```text
/// pub fn builder() -> ClientBuilder { ClientBuilder::new(DEFAULT_BASE_URL) }
/// pub fn builder(origin: impl Into<String>) -> ClientBuilder { ClientBuilder::below(origin, DEFAULT_BASE_PATH) }
/// pub fn builder(base_url: impl Into<String>) -> ClientBuilder { ClientBuilder::new(base_url) }
/// ```
fn builder(servers: &ServersPlan) -> TokenStream {
    let (docs, argument, made) = match (&servers.base_url, &servers.base_path) {
        (Some(_), _) => (
            "Starts to set up a client for [`DEFAULT_BASE_URL`].",
            None,
            quote!(new(DEFAULT_BASE_URL)),
        ),
        (None, Some(_)) => (
            "Starts to set up a client for [`DEFAULT_BASE_PATH`] at an origin, such as `https://example.com`.",
            Some(quote!(origin: impl Into<String>)),
            quote!(below(origin, DEFAULT_BASE_PATH)),
        ),
        (None, None) => (
            "Starts to set up a client for a base URL; the document names none.",
            Some(quote!(base_url: impl Into<String>)),
            quote!(new(base_url)),
        ),
    };
    let docs = doc_text(&[docs]);
    quote! {
        impl Client {
            #docs
            pub fn builder(#argument) -> ClientBuilder {
                ClientBuilder::#made
            }
        }
    }
}

fn sender() -> TokenStream {
    let docs = doc_text(&[
        "Starts to set up a client that only sends webhooks, to the URLs that it is given.",
        "",
        "Whoever gives a URL makes this host send a request: see that it leads to where it should.",
    ]);
    quote! {
        impl Client {
            #docs
            pub fn sender() -> ClientBuilder {
                ClientBuilder::sender()
            }
        }
    }
}

fn credential(cx: &Context<'_>, scheme: &str, kind: &SchemeKind, plan: &SchemePlan) -> TokenStream {
    let (docs, name) = (doc(&plan.builder_docs), ident(&plan.name));
    let deprecated = plan.deprecated.then(|| quote!(#[deprecated]));
    let docs = quote!(#docs #deprecated);
    if !matches!(kind, SchemeKind::Bearer | SchemeKind::MutualTls) {
        cx.import_always("root::runtime::secret", "Secret");
    }
    let (argument, value) = match kind {
        SchemeKind::ApiKeyHeader(name) => (
            "key",
            quote!(Credential::ApiKeyHeader { name: #name, key: key.into() }),
        ),
        SchemeKind::ApiKeyQuery(name) => (
            "key",
            quote!(Credential::ApiKeyQuery { name: #name, key: key.into() }),
        ),
        SchemeKind::ApiKeyCookie(name) => (
            "key",
            quote!(Credential::ApiKeyCookie { name: #name, key: key.into() }),
        ),
        SchemeKind::Http(word) => (
            "credentials",
            quote!(Credential::Http { scheme: #word, credentials: credentials.into() }),
        ),
        SchemeKind::Bearer => {
            return quote! {
                #docs
                pub fn #name(self, token: impl Into<Token>) -> Self {
                    self.credential(#scheme, Credential::Bearer(token.into()))
                }
            };
        }
        SchemeKind::MutualTls => {
            return quote! {
                #docs
                pub fn #name(self) -> Self {
                    self.credential(#scheme, Credential::Certificate)
                }
            };
        }
        SchemeKind::Basic => {
            let value = quote!(Credential::Basic {
                username: username.into(),
                password: password.into()
            });
            return quote! {
                #docs
                pub fn #name(
                    self,
                    username: impl Into<String>,
                    password: impl Into<Secret>,
                ) -> Self {
                    self.credential(#scheme, #value)
                }
            };
        }
    };
    let argument = quote::format_ident!("{argument}");
    quote! {
        #docs
        pub fn #name(self, #argument: impl Into<Secret>) -> Self {
            self.credential(#scheme, #value)
        }
    }
}
