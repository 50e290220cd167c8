//! `server.rs`: the router, authentication, and the shape of the server's own errors.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{Api, SchemeKind, TypeId};
use crate::plan::{Auth, Combination, DefinitionPlan, Fill, Plan, Presence, Problem, RustType};

use super::Module;
use super::client::streams;
use super::context::{Context, ident};
use super::docs::{doc, doc_text};
use super::operations::modules;
use super::{features, server_handler};

/// ```text
/// pub fn router<A, K>(api: A, auth: K) -> Router where A: PetsApi<Principal = K::Principal>, K: Authenticate { .. }
/// pub trait Authenticate { .. }
/// pub enum Credentials<'a> { .. }
/// ```
pub(super) fn index(cx: &Context<'_>, api: &Api, plan: &Plan) -> Module {
    for name in ["IntoResponse", "Response"] {
        cx.import_always("axum::response", name);
    }
    let mut items = Vec::new();
    if plan.has_operations() {
        cx.import_always("axum", "Router");
        cx.import_always("root::runtime::server", "Routes");
        items.push(router(plan));
    }
    if plan.has_hooks() {
        items.push(receiver());
    }
    if plan.is_secured() {
        for name in ["Operation", "Requirement"] {
            cx.import_always("root::operations", name);
        }
        cx.import_always("root::runtime::server", "Incoming");
        items.push(authenticate());
        items.extend(credentials(api, plan));
        items.push(quote! {
            struct Service<A, K> {
                api: A,
                auth: K,
            }
        });
        items.push(service(api, plan));
    } else if plan.has_operations() {
        items.push(quote! {
            struct Service<A> {
                api: A,
            }
        });
    }
    items.push(problem(cx, plan));
    let root = cx.root_path();
    let mut reexports = vec![quote!(Problem)];
    if plan.is_secured() || plan.has_hooks() {
        reexports.push(quote!(AuthError));
    }
    if plan.is_secured() {
        reexports.extend(credential_types(api, plan));
    }
    if plan.has_hooks() {
        reexports.extend([quote!(Receiver), quote!(Unverified), quote!(Verify)]);
    }
    reexports.sort_by_key(ToString::to_string);
    let (declarations, absent, traits) = tags(cx, plan);
    let mut groups = vec![declarations];
    groups.extend(cx.uses());
    groups.extend(absent);
    let body = plan
        .has_streams()
        .then(|| quote!(#[doc(inline)] pub use #root::runtime::body::{Body, BodyError};));
    let streams = streams(plan, &root);
    groups.push(quote! {
        #body
        #streams
        #[doc(inline)] pub use #root::runtime::server::{#(#reexports),*};
        #traits
    });
    Module {
        docs: vec![
            "The server: a trait per tag to implement, and the router that calls it.".to_owned(),
        ],
        groups,
        items,
        ..Module::default()
    }
}

/// The modules of the tags, what stands in the place of those that are left out, and their traits.
///
/// ```text
/// #[cfg(feature = "pets")]
/// mod pets;
///
/// #[cfg(not(feature = "pets"))]
/// use crate::runtime::absent as pets;
///
/// #[cfg(feature = "pets")]
/// pub use pets::PetsApi;
/// ```
fn tags(cx: &Context<'_>, plan: &Plan) -> (TokenStream, Option<TokenStream>, TokenStream) {
    let root = cx.root_path();
    let (declarations, _) = features::modules(modules(plan));
    let absent = routed(plan).filter_map(|module| {
        let (feature, name) = (module.feature.as_ref()?.plain(), ident(&module.name));
        Some(quote!(#[cfg(not(feature = #feature))] use #root::runtime::absent as #name;))
    });
    let absent: Vec<TokenStream> = absent.collect();
    let traits = modules(plan).map(|module| {
        let (feature, name) = (features::of_module(module), ident(&module.name));
        let of_tag = ident(&module.trait_name);
        quote!(#feature pub use #name::#of_tag;)
    });
    let traits = quote!(#(#traits)*);
    (
        declarations,
        (!absent.is_empty()).then(|| quote!(#(#absent)*)),
        traits,
    )
}

/// The modules whose operations the router serves. Webhooks are mounted one by one.
fn routed(plan: &Plan) -> impl Iterator<Item = &crate::plan::Module> {
    modules(plan).filter(|module| !module.of_hooks)
}

/// What a service must implement for the operations of a module.
fn bound(plan: &Plan, module: &crate::plan::Module) -> TokenStream {
    if module.feature.is_none() {
        return server_handler::bound(module);
    }
    let name = ident(&module.name);
    if plan.is_secured() {
        quote!(#name::Serves<K>)
    } else {
        quote!(#name::Serves<()>)
    }
}

fn router(plan: &Plan) -> TokenStream {
    // A service whose tags are all left out implements none of their traits.
    let has_features = routed(plan).any(|module| module.feature.is_some());
    let always = has_features.then(|| quote!(Send + Sync + 'static));
    let bounds = always
        .into_iter()
        .chain(routed(plan).map(|module| bound(plan, module)));
    let routes = routed(plan).map(|module| {
        let name = ident(&module.name);
        quote!(let routes = #name::routes(routes);)
    });
    let docs = doc_text(&[
        "Serves all operations of the document.",
        "",
        "A request is routed, authenticated, and decoded, in this order, before the handler gets it.",
    ]);
    let (generics, arguments, bounds, fields) = if plan.is_secured() {
        let bounds = quote!(A: #(#bounds)+*, K: Authenticate);
        (
            quote!(<A, K>),
            quote!(api: A, auth: K),
            bounds,
            quote!(api, auth),
        )
    } else {
        (
            quote!(<A>),
            quote!(api: A),
            quote!(A: #(#bounds)+*),
            quote!(api),
        )
    };
    quote! {
        #docs
        pub fn router #generics(#arguments) -> Router
        where
            #bounds,
        {
            let routes = Routes::new(Service { #fields });
            #(#routes)*
            routes.into_router(Problem::into_response)
        }
    }
}

/// ```text
/// pub fn receiver<A, V>(api: A, verify: V) -> Receiver<A, V> where .. {
///     Receiver::new(api, verify, Problem::into_response)
/// }
/// ```
fn receiver() -> TokenStream {
    let docs = doc_text(&[
        "Starts to receive webhooks and callbacks: mount each of them at a path of yours, and make a",
        "router of it.",
        "",
        "A request is routed, verified as a whole, and decoded, in this order, before the handler gets",
        "it.",
    ]);
    quote! {
        #docs
        pub fn receiver<A, V>(api: A, verify: V) -> Receiver<A, V>
        where
            A: Send + Sync + 'static,
            V: Verify,
        {
            Receiver::new(api, verify, Problem::into_response)
        }
    }
}

fn authenticate() -> TokenStream {
    let docs = doc_text(&["Finds out who calls."]);
    let docs_of_principal = doc_text(&["Who calls, as the handlers get to know it."]);
    let docs_of_method = doc_text(&[
        "Checks the credentials of a request, before anything else of it is looked at.",
        "",
        "It is called for each alternative that the operation lists and the request has all the",
        "credentials for, until one is let in.",
    ]);
    quote! {
        #docs
        pub trait Authenticate: Send + Sync + 'static {
            #docs_of_principal
            type Principal: Send;

            #docs_of_method
            fn authenticate(
                &self,
                operation: &'static Operation,
                credentials: Credentials<'_>,
            ) -> impl Future<Output = Result<Self::Principal, AuthError>> + Send;
        }
    }
}

/// The name of the runtime's type for what a scheme presents.
fn credential_type(kind: &SchemeKind) -> TokenStream {
    match kind {
        SchemeKind::ApiKeyHeader(_) | SchemeKind::ApiKeyQuery(_) | SchemeKind::ApiKeyCookie(_) => {
            quote!(ApiKey)
        }
        SchemeKind::Bearer => quote!(BearerToken),
        SchemeKind::Basic => quote!(BasicCredentials),
        SchemeKind::Http(_) => quote!(HttpCredentials),
        SchemeKind::MutualTls => quote!(Certificate),
    }
}

fn credential_types(api: &Api, plan: &Plan) -> Vec<TokenStream> {
    let used = plan
        .combinations
        .iter()
        .flat_map(|combination| &combination.schemes);
    let mut names: Vec<String> = used
        .filter_map(|index| api.schemes.get(*index))
        .map(|scheme| credential_type(&scheme.kind).to_string())
        .collect();
    names.sort();
    names.dedup();
    names
        .into_iter()
        .map(|name| {
            let name = quote::format_ident!("{name}");
            quote!(#name)
        })
        .collect()
}

/// ```text
/// pub enum Credentials<'a> { ApiKey { api_key: ApiKey<'a> } }
/// impl<'a> Credentials<'a> { fn read(alternative, incoming) -> Option<Self> { .. } }
/// ```
fn credentials(api: &Api, plan: &Plan) -> Vec<TokenStream> {
    let docs = doc_text(&[
        "The credentials that a request presents: one variant for each combination of security schemes",
        "that an operation lists.",
    ]);
    let variants = plan
        .combinations
        .iter()
        .map(|combination| variant(api, plan, combination));
    let arms = plan
        .combinations
        .iter()
        .map(|combination| read_arm(api, plan, combination));
    let challenge = challenge(api, plan);
    vec![
        quote! {
            #docs
            #[derive(Debug, Clone)]
            pub enum Credentials<'a> {
                #(#variants,)*
            }
        },
        quote! {
            impl<'a> Credentials<'a> {
                fn read(alternative: &'static [Requirement], incoming: &'a Incoming) -> Option<Self> {
                    match alternative {
                        #(#arms,)*
                        _ => None,
                    }
                }

                #challenge
            }
        },
    ]
}

fn variant(api: &Api, plan: &Plan, combination: &Combination) -> TokenStream {
    let (docs, name) = (doc(&combination.docs), ident(&combination.variant));
    let fields = combination.schemes.iter().filter_map(|index| {
        let (scheme, it) = (api.schemes.get(*index)?, plan.schemes.get(*index)?);
        let (docs, name, ty) = (
            doc(&it.docs),
            ident(&it.name),
            credential_type(&scheme.kind),
        );
        let ty = match scheme.kind {
            SchemeKind::MutualTls => quote!(&'a #ty),
            _ => quote!(#ty<'a>),
        };
        Some(quote!(#docs #name: #ty))
    });
    quote!(#docs #name { #(#fields,)* })
}

fn read_arm(api: &Api, plan: &Plan, combination: &Combination) -> TokenStream {
    let name = ident(&combination.variant);
    let schemes: Vec<_> = combination
        .schemes
        .iter()
        .filter_map(|index| Some((api.schemes.get(*index)?, plan.schemes.get(*index)?)))
        .collect();
    let patterns = schemes.iter().map(|(scheme, it)| {
        let (name, it) = (&scheme.name, ident(&it.name));
        match scheme.kind {
            SchemeKind::Bearer => quote!(Requirement { scheme: #name, scopes: #it }),
            _ => quote!(Requirement { scheme: #name, .. }),
        }
    });
    let fields = schemes.iter().map(|(scheme, it)| {
        let name = ident(&it.name);
        let read = match &scheme.kind {
            SchemeKind::ApiKeyHeader(name) => quote!(api_key_header(#name)),
            SchemeKind::ApiKeyQuery(name) => quote!(api_key_query(#name)),
            SchemeKind::ApiKeyCookie(name) => quote!(api_key_cookie(#name)),
            SchemeKind::Bearer => quote!(bearer_token(#name)),
            SchemeKind::Basic => quote!(basic_credentials()),
            SchemeKind::Http(scheme) => quote!(http_credentials(#scheme)),
            SchemeKind::MutualTls => quote!(certificate()),
        };
        quote!(#name: incoming.#read?)
    });
    quote!([#(#patterns),*] => Some(Self::#name { #(#fields,)* }))
}

/// The names of the schemes that a `WWW-Authenticate` can ask for, and what it says for each (V8).
fn challenges<'a>(api: &'a Api, plan: &Plan) -> Vec<(&'a str, String)> {
    let used = plan.combinations.iter().flat_map(|it| &it.schemes);
    let used: BTreeSet<usize> = used.copied().collect();
    let schemes = used.iter().filter_map(|index| api.schemes.get(*index));
    let challenges = schemes.filter_map(|scheme| {
        let challenge = match &scheme.kind {
            SchemeKind::Bearer => "Bearer".to_owned(),
            SchemeKind::Basic => "Basic realm=\"api\", charset=\"UTF-8\"".to_owned(),
            SchemeKind::Http(scheme) => scheme.clone(),
            _ => return None,
        };
        Some((scheme.name.as_str(), challenge))
    });
    challenges.collect()
}

/// ```text
/// fn challenge(scheme: &str) -> Option<&'static str> {
///     match scheme {
///         "token" => Some("Bearer"),
///         _ => None,
///     }
/// }
/// ```
fn challenge(api: &Api, plan: &Plan) -> Option<TokenStream> {
    let mut by_challenge: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (name, challenge) in challenges(api, plan) {
        by_challenge.entry(challenge).or_default().push(name);
    }
    let arms = by_challenge
        .iter()
        .map(|(challenge, names)| quote!(#(#names)|* => Some(#challenge),));
    let arms: Vec<TokenStream> = arms.collect();
    (!arms.is_empty()).then(|| {
        quote! {
            fn challenge(scheme: &str) -> Option<&'static str> {
                match scheme {
                    #(#arms)*
                    _ => None,
                }
            }
        }
    })
}

fn service(api: &Api, plan: &Plan) -> TokenStream {
    let optional = plan
        .operations
        .iter()
        .any(|operation| operation.auth == Auth::Optional);
    let optional = optional.then(|| {
        quote! {
            async fn authenticate_if_shown(
                &self,
                incoming: &Incoming,
            ) -> Result<Option<K::Principal>, Problem> {
                let mut alternatives = incoming.operation().security.iter();
                if alternatives.any(|it| Credentials::read(it, incoming).is_some()) {
                    return self.authenticate(incoming).await.map(Some);
                }
                Ok(None)
            }
        }
    });
    let denied = if challenges(api, plan).is_empty() {
        quote!(Err(error.into()))
    } else {
        quote!(Err(incoming.denied(error, Credentials::challenge)))
    };
    quote! {
        impl<A, K: Authenticate> Service<A, K> {
            async fn authenticate(&self, incoming: &Incoming) -> Result<K::Principal, Problem> {
                let operation = incoming.operation();
                let mut error = AuthError::Unauthorized;
                for alternative in operation.security {
                    if let Some(credentials) = Credentials::read(alternative, incoming) {
                        match self.auth.authenticate(operation, credentials).await {
                            Ok(principal) => return Ok(principal),
                            Err(denied) => error = error.max(denied),
                        }
                    }
                }
                #denied
            }

            #optional
        }
    }
}

/// ```text
/// impl IntoResponse for Problem {
///     fn into_response(self) -> Response {
///         let body = ErrorBody { error: self.detail().into(), code: Some(self.code().into()) };
///         self.respond("application/json", &body)
///     }
/// }
/// ```
fn problem(cx: &Context<'_>, plan: &Plan) -> TokenStream {
    let (docs, body) = match &plan.problem {
        Problem::Rfc9457 => (
            doc_text(&["Answers as RFC 9457 says."]),
            quote!(self.respond_as_problem()),
        ),
        Problem::Shape {
            id,
            media_type,
            fills,
        } => {
            let ty = cx.named(*id);
            let fields = cx.type_plan(*id).map(|plan| match &plan.definition {
                DefinitionPlan::Struct(it) => &it.fields[..],
                _ => &[],
            });
            let fields = fields
                .unwrap_or_default()
                .iter()
                .zip(fills)
                .map(|(field, fill)| {
                    let name = ident(&field.name);
                    let value = fill_value(*fill, field);
                    quote!(#name: #value)
                });
            (
                doc_text(&["Answers in the error shape of the document."]),
                quote! {
                    let body = #ty { #(#fields,)* };
                    self.respond(#media_type, &body)
                },
            )
        }
    };
    let is_deprecated = |id: &TypeId| {
        cx.type_plan(*id)
            .is_some_and(|plan| match &plan.definition {
                DefinitionPlan::Struct(it) => it.fields.iter().any(|field| field.deprecated),
                _ => false,
            })
    };
    // The error shape is filled whole; that a field of it is deprecated is for its readers to know.
    let allow = match &plan.problem {
        Problem::Shape { id, .. } if is_deprecated(id) => quote!(#[allow(deprecated)]),
        _ => quote!(),
    };
    quote! {
        #docs
        impl IntoResponse for Problem {
            #allow
            fn into_response(self) -> Response {
                #body
            }
        }
    }
}

fn fill_value(fill: Fill, field: &crate::plan::FieldPlan) -> TokenStream {
    let value = match fill {
        Fill::Text => quote!(self.detail().into()),
        Fill::Status => quote!(self.code().into()),
        Fill::StatusText => quote!(self.code().to_string()),
        Fill::Absent if field.presence == Presence::Rest => return quote!(Default::default()),
        Fill::Absent => return quote!(None),
    };
    let options = field
        .ty
        .parts()
        .into_iter()
        .take_while(|part| matches!(part, RustType::Option(_)))
        .count();
    (0..options).fold(value, |value, _| quote!(Some(#value)))
}
