//! Who calls: the trait that finds it out, the credentials that it gets, and the answer to who is not let in.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{Api, SchemeKind};
use crate::plan::{Auth, Combination, Plan};

use super::context::ident;
use super::docs::{doc, doc_text};

/// ```text
/// pub trait Authenticate { .. }
/// pub enum Credentials<'a> { .. }
/// struct Service<A, K> { api: A, auth: K }
/// ```
pub(super) fn items(api: &Api, plan: &Plan) -> Vec<TokenStream> {
    let mut items = vec![authenticate()];
    items.extend(credentials(api, plan));
    items.push(quote! {
        struct Service<A, K> {
            api: A,
            auth: K,
        }
    });
    items.push(service(plan));
    items
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

/// The runtime's types for what the schemes present, each once.
pub(super) fn credential_types(api: &Api, plan: &Plan) -> Vec<TokenStream> {
    let used = plan
        .combinations
        .iter()
        .flat_map(|combination| &combination.schemes);
    used.filter_map(|index| api.schemes.get(*index))
        .map(|scheme| credential_type(&scheme.kind))
        .map(|name| (name.to_string(), name))
        .collect::<BTreeMap<_, _>>()
        .into_values()
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

/// ```text
/// fn challenge(scheme: &str) -> Option<&'static str> {
///     match scheme {
///         "token" => Some("Bearer"),
///         _ => None,
///     }
/// }
/// ```
fn challenge(api: &Api, plan: &Plan) -> Option<TokenStream> {
    let mut by_challenge: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (scheme, it) in api.schemes.iter().zip(&plan.schemes) {
        if let Some(challenge) = &it.challenge {
            by_challenge
                .entry(challenge)
                .or_default()
                .push(&scheme.name);
        }
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

fn service(plan: &Plan) -> TokenStream {
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
    let denied = if plan.schemes.iter().all(|it| it.challenge.is_none()) {
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
