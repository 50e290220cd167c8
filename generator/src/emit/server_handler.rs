//! The files below `server`: a trait per tag, its routes, and the handlers between them.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::api::{self, Api};
use crate::plan::{Auth, OperationPlan, Plan};

use super::Module;
use super::context::{Context, allow_arguments, ident};
use super::docs::{doc, doc_text};
use super::operations::served;
use super::options;
use super::outcome;
use super::receiver;
use super::server_payload;
use super::style::style;
use super::validate;

/// The server side of one module.
pub(super) fn module(cx: &Context<'_>, api: &Api, plan: &Plan, index: usize) -> Module {
    let Some(module) = plan.modules.get(index) else {
        return Module::default();
    };
    let operations = served(api, plan, index);
    cx.import_always("axum::response", "IntoResponse");
    let mut items = vec![api_trait(cx, module, &operations)];
    if module.of_hooks {
        let hooks = operations.iter().map(|(_, it)| *it);
        items.push(receiver::mounts(cx, module, hooks));
    } else {
        cx.import_always("super", "Service");
        if plan.is_secured() {
            cx.import_always("super", "Authenticate");
        }
        cx.import_always("root::runtime::server", "Routes");
        items.push(routes(plan, module, &operations));
        if module.feature.is_some() {
            items.extend(serves(plan, module));
        }
    }
    for (_, it) in &operations {
        items.push(handler(cx, plan, module, it));
        items.push(respond(cx, it));
    }
    Module {
        docs: module.docs.clone(),
        groups: cx.uses(),
        items,
        ..Module::default()
    }
}

/// ```text
/// pub trait PetsApi: Send + Sync + 'static {
///     type Principal: Send;
///     type Error: IntoResponse;
///     fn get_pet(&self, id: String) -> impl Future<Output = Result<GetPetResponse, Self::Error>> + Send;
/// }
/// ```
fn api_trait(
    cx: &Context<'_>,
    module: &crate::plan::Module,
    operations: &[(&api::Operation, &OperationPlan)],
) -> TokenStream {
    let (docs, name) = (doc(&module.trait_docs), ident(&module.trait_name));
    let principal = module.secured.then(|| {
        let docs = doc_text(&["Who calls, as [`Authenticate`] found out."]);
        quote!(#docs type Principal: Send;)
    });
    let docs_of_error = doc_text(&["For outcomes that the document does not declare."]);
    let result = cx.prelude("result", "Result");
    let methods = operations.iter().map(|(_, it)| {
        let (docs, name, response) = (doc(&it.docs), ident(&it.method), ident(&it.response));
        cx.import_always("root::operations", it.response.as_str());
        for choice in it.payloads().filter_map(|it| it.choice.as_ref()) {
            cx.import_always("root::operations", choice.name.as_str());
        }
        let arguments = arguments(cx, it);
        let allow = allow_arguments(1 + arguments.len());
        let ending = match module.of_hooks {
            true => quote!({ async { Err(Problem::not_implemented().into()) } }),
            false => quote!(;),
        };
        quote! {
            #docs
            #allow
            fn #name(&self, #(#arguments),*)
                -> impl Future<Output = #result<#response, Self::Error>> + Send #ending
        }
    });
    // Who receives webhooks implements the few that matter, so the others have a body, which uses
    // nothing.
    let (unused, from_problem) = match module.of_hooks {
        true => (
            Some(quote!(#[allow(unused_variables)])),
            Some(quote!(+ From<Problem>)),
        ),
        false => (None, None),
    };
    quote! {
        #docs
        #unused
        pub trait #name: Send + Sync + 'static {
            #principal

            #docs_of_error
            type Error: IntoResponse #from_problem;

            #(#methods)*
        }
    }
}

/// The arguments of the method of an operation, behind `&self`.
pub(super) fn arguments(cx: &Context<'_>, plan: &OperationPlan) -> Vec<TokenStream> {
    let mut arguments = Vec::new();
    let option = cx.prelude("option", "Option");
    match plan.auth {
        Auth::None => {}
        Auth::Optional => arguments.push(quote!(principal: #option<Self::Principal>)),
        Auth::Required => arguments.push(quote!(principal: Self::Principal)),
    }
    for argument in &plan.arguments {
        let (name, ty) = (ident(&argument.name), cx.ty(&argument.ty));
        arguments.push(quote!(#name: #ty));
    }
    if let Some(options) = &plan.options {
        let (name, ty) = (ident(&options.name), cx.named(options.id));
        arguments.push(quote!(#name: #ty));
    }
    for name in told(plan) {
        arguments.push(quote!(#name: &'static str));
    }
    for name in plan.resumes.iter().map(ident) {
        let string = cx.prelude("string", "String");
        arguments.push(quote!(#name: #option<#string>));
    }
    if let Some(body) = &plan.body {
        let name = ident(&body.name);
        let ty = match body.is_part_stream {
            true => {
                let stream = cx.import("root::runtime::part_stream", "PartStream");
                quote!(#stream)
            }
            false => cx.ty(&body.payload.ty),
        };
        arguments.push(if body.required {
            quote!(#name: #ty)
        } else {
            quote!(#name: #option<#ty>)
        });
    }
    for name in plan.parts.iter().map(ident) {
        let parts = cx.import("axum::http::request", "Parts");
        arguments.push(quote!(#name: #parts));
    }
    arguments
}

/// What the handler gets to know of the media types: the one that is wanted, and the one that came.
fn told(plan: &OperationPlan) -> impl Iterator<Item = Ident> {
    let wanted = plan.wanted.iter().map(|it| ident(&it.name));
    let sent = plan.body.iter().filter_map(|it| it.content_type.as_ref());
    wanted.chain(sent.map(|it| ident(&it.name)))
}

/// The trait of a module, with the principal that is authenticated.
pub(super) fn bound(module: &crate::plan::Module) -> TokenStream {
    let name = ident(&module.trait_name);
    if module.secured {
        quote!(#name<Principal = K::Principal>)
    } else {
        quote!(#name)
    }
}

/// What the router asks of a service for this module. It has a name of its own because something stands
/// in its place where the feature of the tag is off.
///
/// ```text
/// pub trait Serves<K: Authenticate>: PetsApi<Principal = K::Principal> {}
/// impl<A: PetsApi<Principal = K::Principal>, K: Authenticate> Serves<K> for A {}
/// ```
fn serves(plan: &Plan, module: &crate::plan::Module) -> [TokenStream; 2] {
    let bound = bound(module);
    let docs = doc_text(&["What the router asks of a service for these operations."]);
    let key = plan.is_secured().then(|| quote!(: Authenticate));
    [
        quote!(#docs pub trait Serves<K #key>: #bound {}),
        quote!(impl<A: #bound, K #key> Serves<K> for A {}),
    ]
}

/// The generics and bounds that everything in here has.
fn generics(plan: &Plan, module: &crate::plan::Module) -> (TokenStream, TokenStream, TokenStream) {
    let bound = bound(module);
    if module.of_hooks {
        (quote!(<A>), quote!(A), quote!(A: #bound))
    } else if plan.is_secured() {
        (
            quote!(<A, K>),
            quote!(Service<A, K>),
            quote!(A: #bound, K: Authenticate),
        )
    } else {
        (quote!(<A>), quote!(Service<A>), quote!(A: #bound))
    }
}

/// ```text
/// pub(super) fn routes<A, K>(routes: Routes<Service<A, K>>) -> Routes<Service<A, K>> where .. {
///     routes.on(&GET_PET, get_pet)
/// }
/// ```
fn routes(
    plan: &Plan,
    module: &crate::plan::Module,
    operations: &[(&api::Operation, &OperationPlan)],
) -> TokenStream {
    let (generics, service, bounds) = generics(plan, module);
    let routes = operations.iter().map(|(_, it)| {
        let (constant, handler) = (ident(&it.constant), ident(&it.method));
        quote!(.on(&#constant, #handler))
    });
    quote! {
        pub(super) fn routes #generics(routes: Routes<#service>) -> Routes<#service>
        where
            #bounds,
        {
            routes #(#routes)*
        }
    }
}

/// ```text
/// async fn get_pet<A, K>(service: Arc<Service<A, K>>, request: Request) -> Result<Response, Problem> {
///     let incoming = Incoming::new(&GET_PET, request);
///     let principal = service.authenticate(&incoming).await?;
///     let id = incoming.path("id")?;
///     let outcome = service.api.get_pet(principal, id).await;
///     Ok(outcome.into_response())
/// }
/// ```
fn handler(
    cx: &Context<'_>,
    plan: &Plan,
    module: &crate::plan::Module,
    it: &OperationPlan,
) -> TokenStream {
    let (generics, service, bounds) = generics(plan, module);
    let (name, constant) = (ident(&it.method), ident(&it.constant));
    let result = cx.prelude("result", "Result");
    let principal = match it.auth {
        Auth::None => None,
        Auth::Optional => {
            Some(quote!(let principal = service.authenticate_if_shown(&incoming).await?;))
        }
        Auth::Required => Some(quote!(let principal = service.authenticate(&incoming).await?;)),
    };
    let paths = it.arguments.iter().map(|argument| {
        let (name, key) = (ident(&argument.name), &argument.key);
        let style = style(cx, argument.style);
        quote!(let #name = incoming.path(#key, #style)?;)
    });
    let body = it.body.as_ref().map(|body| server_payload::read(cx, body));
    let accept = it.wanted.as_ref().map(|wanted| {
        let (name, media_types) = (ident(&wanted.name), &wanted.media_types);
        quote!(let #name = incoming.accepts(&[#(#media_types),*])?;)
    });
    let reads_request = it.auth != Auth::None
        || !it.arguments.is_empty()
        || it.options.is_some()
        || it.body.is_some()
        || it.wanted.is_some()
        || it.resumes.is_some()
        || it.parts.is_some();
    let options = it
        .options
        .as_ref()
        .map(|options| options::read(cx, options));
    let check = check_parameters(cx, it);
    let deprecated = options::allow_deprecated(cx, it.options.as_ref());
    if reads_request {
        cx.import_always("root::runtime::server", "Incoming");
    }
    cx.import_always("std::sync", "Arc");
    cx.import_always("axum::extract", "Request");
    cx.import_always("axum::response", "Response");
    cx.import_always("root::runtime::server", "Problem");
    cx.import_always("root::operations", it.constant.as_str());
    let request = if reads_request {
        quote!(request)
    } else {
        quote!(_)
    };
    let incoming = match it.body {
        None if !reads_request => quote!(),
        Some(_) => quote!(let (incoming, content) = Incoming::with_body(&#constant, request);),
        None => quote!(let incoming = Incoming::new(&#constant, request);),
    };
    let values = values(it);
    let call = match module.of_hooks {
        true => quote!(A::#name(&service, #(#values),*)),
        false => quote!(service.api.#name(#(#values),*)),
    };
    quote! {
        #deprecated
        async fn #name #generics(
            service: Arc<#service>,
            #request: Request,
        ) -> #result<Response, Problem>
        where
            #bounds,
        {
            #incoming
            #principal
            #(#paths)*
            #options
            #check
            #accept
            #body
            let outcome = #call.await;
            Ok(outcome.into_response())
        }
    }
}

/// What a handler is called with, in the order of its arguments.
fn values(it: &OperationPlan) -> Vec<TokenStream> {
    let mut values = Vec::new();
    if it.auth != Auth::None {
        values.push(quote!(principal));
    }
    let passed = it.arguments.iter().map(|argument| &argument.name);
    let passed = passed.chain(it.options.iter().map(|options| &options.name));
    values.extend(passed.map(ident).map(|name| quote!(#name)));
    values.extend(told(it).map(|name| quote!(#name)));
    values.extend(it.resumes.iter().map(|_| quote!(incoming.last_event_id())));
    values.extend(it.body.iter().map(|body| {
        let name = ident(&body.name);
        quote!(#name)
    }));
    // What was read before is gone by then.
    values.extend(it.parts.iter().map(|_| quote!(incoming.into_parts())));
    values
}

/// ```text
/// incoming.check_parameters(|at| {
///     at.key("id").max_length(&id, 36);
///     at.check(&params);
/// })?;
/// ```
fn check_parameters(cx: &Context<'_>, it: &OperationPlan) -> Option<TokenStream> {
    let arguments = it.arguments.iter();
    let mut checks: Vec<TokenStream> = arguments
        .filter(|argument| !argument.checks.is_empty())
        .map(|argument| {
            let (key, name) = (&argument.key, ident(&argument.name));
            let calls = validate::calls(cx, &argument.checks, &quote!(&#name));
            quote!(at.key(#key) #calls;)
        })
        .collect();
    let options = it.options.iter().filter(|options| options.validates);
    checks.extend(options.map(|options| {
        let name = ident(&options.name);
        quote!(at.check(&#name);)
    }));
    (!checks.is_empty()).then(|| quote!(incoming.check_parameters(|at| { #(#checks)* })?;))
}

/// ```text
/// impl IntoResponse for GetPetResponse {
///     fn into_response(self) -> Response { .. }
/// }
/// ```
fn respond(cx: &Context<'_>, it: &OperationPlan) -> TokenStream {
    let name = ident(&it.response);
    cx.import_always("root::runtime", "server");
    let arms = it.outcomes.iter().flat_map(|it| outcome::answers(cx, it));
    quote! {
        impl IntoResponse for #name {
            fn into_response(self) -> Response {
                let response = match self {
                    #(#arms,)*
                };
                response.into_response()
            }
        }
    }
}
