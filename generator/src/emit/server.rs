//! `server.rs`: the router, and the shape of the server's own errors.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{Api, TypeId};
use crate::plan::{DefinitionPlan, Fill, Plan, Presence, Problem, RustType};

use super::Module;
use super::authentication;
use super::client::streams;
use super::context::{Context, ident};
use super::docs::doc_text;
use super::operations::modules;
use super::{features, server_handler};

/// ```text
/// pub fn router<A, K>(api: A, auth: K) -> Router where A: PetsApi<Principal = K::Principal>, K: Authenticate { .. }
/// pub fn router_with<A, K>(api: A, auth: K, settings: Settings) -> Router where .. { .. }
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
        items.extend(router(plan));
        if plan.servers.base_path.is_some() {
            items.push(at_base(cx));
        }
    }
    if plan.has_hooks() {
        items.push(receiver());
    }
    if plan.is_secured() {
        for name in ["Operation", "Requirement"] {
            cx.import_always("root::operations", name);
        }
        cx.import_always("root::runtime::server", "Incoming");
        items.extend(authentication::items(api, plan));
    } else if plan.has_operations() {
        items.push(quote! {
            struct Service<A> {
                api: A,
            }
        });
    }
    items.push(problem(cx, plan));
    let root = cx.root_path();
    let mut reexports = vec![quote!(Problem), quote!(Settings)];
    if plan.is_secured() || plan.has_hooks() {
        reexports.push(quote!(AuthError));
    }
    if plan.is_secured() {
        reexports.extend(authentication::credential_types(api, plan));
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
    let parts = plan.has_part_streams().then(|| {
        quote!(#[doc(inline)] pub use #root::runtime::part_stream::{Part, PartError, PartStream};)
    });
    groups.push(quote! {
        #body
        #streams
        #parts
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

/// The router, with the settings that servers have anyway, and with others.
fn router(plan: &Plan) -> [TokenStream; 2] {
    // A service whose tags are all left out implements none of their traits.
    let has_features = routed(plan).any(|module| module.feature.is_some());
    let always = has_features.then(|| quote!(Send + Sync + 'static));
    let bounds = always
        .into_iter()
        .chain(routed(plan).map(|module| bound(plan, module)));
    let bounds: Vec<TokenStream> = bounds.collect();
    let routes = routed(plan).map(|module| {
        let name = ident(&module.name);
        quote!(let routes = #name::routes(routes);)
    });
    let docs = doc_text(&[
        "Serves all operations of the document.",
        "",
        "A request is routed, authenticated, and decoded, in this order, before the handler gets it.",
    ]);
    let docs_with = doc_text(&["The same as [`router`], with limits and answers of the caller's."]);
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
    let plain = quote! {
        #docs
        pub fn router #generics(#arguments) -> Router
        where
            #bounds,
        {
            router_with(#fields, Settings::default())
        }
    };
    let with_settings = quote! {
        #docs_with
        pub fn router_with #generics(#arguments, settings: Settings) -> Router
        where
            #bounds,
        {
            let routes = Routes::new(Service { #fields }).settings(settings);
            #(#routes)*
            routes.into_router(Problem::into_response)
        }
    };
    [plain, with_settings]
}

/// ```text
/// pub fn at_base(router: Router) -> Router {
///     below(DEFAULT_BASE_PATH, router, Problem::into_response)
/// }
/// ```
fn at_base(cx: &Context<'_>) -> TokenStream {
    cx.import_always("root::operations", "DEFAULT_BASE_PATH");
    cx.import_always("root::runtime::server", "below");
    let docs = doc_text(&[
        "Serves a router below [`DEFAULT_BASE_PATH`], which is where clients of the document look for it.",
    ]);
    quote! {
        #docs
        pub fn at_base(router: Router) -> Router {
            below(DEFAULT_BASE_PATH, router, Problem::into_response)
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
