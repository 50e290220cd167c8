//! The files below `client`: the request of each operation, and the ways to send it.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{Api, Status};
use crate::plan::{Body, Ending, OperationPlan, OutcomeSet, Plan, RustType};

use super::Module;
use super::choices;
use super::client_payload;
use super::context::{Context, allow_arguments, ident};
use super::docs::{doc, doc_text};
use super::operations::{operations_of, set_type};
use super::options;
use super::outcome;
use super::paging;
use super::streaming;
use super::style::style;

/// The requests of one module.
pub(super) fn module(cx: &Context<'_>, api: &Api, plan: &Plan, index: usize) -> Module {
    let Some(module) = plan.modules.get(index) else {
        return Module::default();
    };
    let operations = operations_of(api, plan, index);
    cx.import_always("super", "Client");
    let methods: Vec<_> = operations.iter().map(|(_, it)| method(cx, it)).collect();
    let mut items = vec![quote!(impl Client { #(#methods)* })];
    for (_, it) in operations {
        items.push(request(cx, it));
        items.push(terminals(cx, it));
        items.extend(it.paging.iter().map(|pages| paging::item(cx, it, pages)));
    }
    Module {
        docs: module.docs.clone(),
        groups: cx.uses(),
        items,
        ..Module::default()
    }
}

/// ```text
/// pub fn get_pet(&self, id: impl Into<String>) -> GetPet<'_> {
///     GetPet { client: self, id: id.into(), params: GetPetParams::default() }
/// }
/// ```
fn method(cx: &Context<'_>, plan: &OperationPlan) -> TokenStream {
    let (docs, name, request) = (doc(&plan.docs), ident(&plan.method), ident(&plan.request));
    let deprecated = plan.deprecated.then(|| quote!(#[deprecated]));
    let mut arguments: Vec<TokenStream> = Vec::new();
    let mut values = vec![quote!(client: self)];
    if let Some(url) = &plan.url {
        let name = ident(url);
        let (ty, value) = passed(cx, &RustType::String, &quote!(#name));
        arguments.push(quote!(#name: #ty));
        values.push(quote!(#name: #value));
    }
    for argument in &plan.arguments {
        let name = ident(&argument.name);
        let (ty, value) = passed(cx, &argument.ty, &quote!(#name));
        arguments.push(quote!(#name: #ty));
        values.push(match value {
            Some(value) => quote!(#name: #value),
            None => quote!(#name),
        });
    }
    if let Some(options) = &plan.options {
        arguments.extend(options::arguments(cx, options));
        let (name, value) = (ident(&options.name), options::value(cx, options));
        values.push(quote!(#name: #value));
    }
    let mut borrows = false;
    if let Some(body) = &plan.body {
        let name = ident(&body.name);
        if body.required {
            borrows = !body.payload.is_owned();
            let (ty, value) = client_payload::argument(cx, &body.payload, &name);
            arguments.push(quote!(#name: #ty));
            values.push(client_payload::entry(&body.payload, &name, &value));
        } else {
            values.push(quote!(#name: None));
        }
    }
    values.extend(choices::entries(plan));
    let allow = allow_arguments(1 + arguments.len());
    let passes_deprecated = plan.options.as_ref();
    let passes_deprecated = passes_deprecated.and_then(|it| options::allow_in_value(cx, it));
    // A body that is borrowed is so as long as the client is.
    let (generics, this, lifetime) = if borrows {
        (quote!(<'c>), quote!(&'c self), quote!('c))
    } else {
        (quote!(), quote!(&self), quote!('_))
    };
    quote! {
        #docs
        #deprecated
        #allow
        #passes_deprecated
        pub fn #name #generics(#this, #(#arguments),*) -> #request<#lifetime> {
            #request { #(#values),* }
        }
    }
}

/// The type that a caller passes for a value, and what is made of it if it is not taken as it is.
pub(super) fn passed(
    cx: &Context<'_>,
    ty: &RustType,
    name: &TokenStream,
) -> (TokenStream, Option<TokenStream>) {
    let inner = cx.ty(ty);
    if matches!(ty, RustType::String | RustType::Secret) {
        let into = cx.prelude("convert", "Into");
        (quote!(impl #into<#inner>), Some(quote!(#name.into())))
    } else {
        (inner, None)
    }
}

/// ```text
/// #[derive(Debug)]
/// #[must_use = "a request does nothing until it is sent"]
/// pub struct GetPet<'c> { client: &'c Client, id: String }
/// ```
fn request(cx: &Context<'_>, plan: &OperationPlan) -> TokenStream {
    let (docs, name) = (doc(&plan.request_docs), ident(&plan.request));
    let url = plan.url.as_ref().map(|url| {
        let (name, ty) = (ident(url), cx.ty(&RustType::String));
        quote!(#name: #ty)
    });
    let arguments = plan.arguments.iter().map(|argument| {
        let (name, ty) = (ident(&argument.name), cx.ty(&argument.ty));
        quote!(#name: #ty)
    });
    let options = plan.options.as_ref().map(|options| {
        let (name, ty) = (ident(&options.name), cx.named(options.id));
        quote!(#name: #ty)
    });
    let body = plan.body.as_ref().map(|body| {
        let (name, ty) = (ident(&body.name), client_payload::field(cx, &body.payload));
        if body.required {
            quote!(#name: #ty)
        } else {
            quote!(#name: Option<#ty>)
        }
    });
    let fields = url
        .into_iter()
        .chain(arguments)
        .chain(options)
        .chain(body)
        .chain(choices::fields(plan));
    // Pages are asked for with copies of the request.
    let clone = plan.paging.is_some().then(|| quote!(, Clone));
    quote! {
        #docs
        #[derive(Debug #clone)]
        #[must_use = "a request does nothing until it is sent"]
        pub struct #name<'c> {
            client: &'c Client,
            #(#fields,)*
        }
    }
}

/// The setters of what is optional, and the three ways to send.
fn terminals(cx: &Context<'_>, plan: &OperationPlan) -> TokenStream {
    let (request, response) = (ident(&plan.request), ident(&plan.response));
    for name in ["Error", "Response"] {
        cx.import_always("super", name);
    }
    import_outcomes(cx, plan);
    let failure = set_type(cx, &plan.failure);
    let success = match &plan.streaming {
        Some(streaming) => cx.ty(&streaming.whole.ty),
        None => set_type(cx, &plan.success),
    };
    let result = cx.prelude("result", "Result");
    let (send_docs, response_docs, outcome_docs) = terminal_docs();
    let setter = plan
        .body
        .as_ref()
        .filter(|body| !body.required)
        .map(|body| setter(cx, body));
    let lends = plan
        .body
        .as_ref()
        .is_some_and(|body| !body.required && !body.payload.is_owned());
    let (generics, lifetime) = if lends {
        (quote!(<'c>), quote!('c))
    } else {
        (quote!(), quote!('_))
    };
    let options = plan.options.iter();
    let setters: Vec<TokenStream> = options
        .flat_map(|options| options::setters(cx, options))
        .collect();
    let deprecated = options::allow_deprecated(cx, plan.options.as_ref());
    let outcome = send_outcome(cx, plan);
    let choices = choices::setters(plan);
    let (this, respond) = match &plan.streaming {
        Some(it) => (quote!(mut self), streaming::whole(plan, it)),
        None => (
            quote!(self),
            quote! {
                let response = self.send_outcome().await.map_err(Error::widen)?;
                response.split(#response::into_result)
            },
        ),
    };
    let stream = plan.streaming.as_ref();
    let stream = stream.map(|it| streaming::stream(cx, plan, it, &failure));
    quote! {
        impl #generics #request<#lifetime> {
            #(#setters)*
            #setter

            #(#choices)*

            #send_docs
            pub async fn send(self) -> #result<#success, Error<#failure>> {
                self.send_response().await.map(Response::into_body)
            }

            #response_docs
            pub async fn send_response(#this) -> #result<Response<#success>, Error<#failure>> {
                #respond
            }

            #stream

            #outcome_docs
            #deprecated
            pub async fn send_outcome(self) -> #result<Response<#response>, Error> {
                #outcome
            }
        }
    }
}

/// Imports the enums that the outcomes of an operation, and its bodies, are made of.
fn import_outcomes(cx: &Context<'_>, plan: &OperationPlan) {
    cx.import_always("root::operations", plan.response.as_str());
    for set in [&plan.success, &plan.failure] {
        if let OutcomeSet::Enum(name) = set {
            cx.import_always("root::operations", name.as_str());
        }
    }
    for choice in plan.payloads().filter_map(|it| it.choice.as_ref()) {
        cx.import_always("root::operations", choice.name.as_str());
    }
}

fn setter(cx: &Context<'_>, body: &Body) -> TokenStream {
    let name = ident(&body.name);
    let (ty, value) = client_payload::argument(cx, &body.payload, &name);
    let docs = doc_text(&["Sends a body along."]);
    quote! {
        #docs
        pub fn #name(mut self, #name: #ty) -> Self {
            self.#name = Some(#value);
            self
        }
    }
}

fn terminal_docs() -> (TokenStream, TokenStream, TokenStream) {
    let docs = |first: &str, error: &str| doc_text(&[first, "", "# Errors", "", error]);
    let other = "Any other outcome; see [`Error`].";
    (
        docs(
            "Sends the request and returns the body of the success.",
            other,
        ),
        docs(
            "Sends the request and returns the success with its status and headers.",
            other,
        ),
        docs(
            "Sends the request and returns any outcome that the document declares.",
            "There is no such outcome; see [`Error`].",
        ),
    )
}

/// ```text
/// let mut call = self.client.call(&GET_PET);
/// call.path("id", Style::SIMPLE, &self.id);
/// call.query("limit", Style::FORM, &self.params.limit);
/// let reply = call.send().await?;
/// match reply.status() {
///     200 => reply.json(GetPetResponse::Ok).await,
///     204 => Ok(reply.empty(GetPetResponse::NoContent)),
///     _ => Err(reply.unexpected().await),
/// }
/// ```
fn send_outcome(cx: &Context<'_>, plan: &OperationPlan) -> TokenStream {
    let (constant, response) = (ident(&plan.constant), ident(&plan.response));
    cx.import_always("root::operations", plan.constant.as_str());
    let paths = plan.arguments.iter().map(|argument| {
        let (key, name) = (&argument.key, ident(&argument.name));
        let style = style(cx, argument.style);
        quote!(call.path(#key, #style, &self.#name);)
    });
    let options = plan.options.iter();
    let options = options.flat_map(|options| options::sent(cx, options));
    let body = plan.body.as_ref().map(|body| {
        let name = ident(&body.name);
        let content_type = body.content_type.as_ref().map(|choice| {
            let (name, media_types) = (ident(&choice.name), &choice.media_types);
            quote!(call.content_type(&[#(#media_types),*], self.#name);)
        });
        if body.required {
            let send = client_payload::send(cx, &body.payload, &quote!(self.#name));
            quote!(#send #content_type)
        } else {
            let send = client_payload::send(cx, &body.payload, &quote!(body));
            quote!(if let Some(body) = self.#name { #send #content_type })
        }
    });
    let accept = plan.accept.as_ref().map(|accept| match &plan.wanted {
        Some(wanted) => {
            let name = ident(&wanted.name);
            quote!(call.accept(self.#name);)
        }
        None => quote!(call.accept(#accept);),
    });
    let resumes = plan.resumes.as_ref().map(|name| {
        let name = ident(name);
        quote!(call.last_event_id(self.#name.as_deref());)
    });
    let unhurried = plan.is_streamed.then(|| quote!(call.unhurried();));
    let receive = receive(cx, plan, &quote!(#response));
    let server = plan.server.as_ref();
    let server = server.map(|url| quote!(call.served_at(#url);));
    let changes = !plan.arguments.is_empty()
        || plan.server.is_some()
        || plan.options.is_some()
        || plan.body.is_some()
        || plan.accept.is_some()
        || plan.resumes.is_some()
        || plan.is_streamed;
    let mutable = changes.then(|| quote!(mut));
    let call = match plan.url.as_ref().map(ident) {
        Some(url) => quote!(self.client.call_to(&#constant, &self.#url)),
        None => quote!(self.client.call(&#constant)),
    };
    quote! {
        let #mutable call = #call;
        #server
        #(#paths)*
        #(#options)*
        #body
        #accept
        #resumes
        #unhurried
        let reply = call.send().await?;
        #receive
    }
}

/// The dispatch on the status: one status beats a range, a range beats the default.
fn receive(cx: &Context<'_>, plan: &OperationPlan, response: &TokenStream) -> TokenStream {
    let unexpected = quote!(Err(reply.unexpected().await));
    let last = plan.outcomes.last().map(|last| (last.status, last.ending));
    if let ([only], Some((Status::Default, Ending::Either))) = (&plan.outcomes[..], last) {
        return outcome::receive(cx, response, only);
    }
    let mut arms: Vec<TokenStream> = plan
        .outcomes
        .iter()
        .map(|it| {
            let (statuses, value) = (
                outcome::statuses(it.status),
                outcome::receive(cx, response, it),
            );
            match outcome::receives_in_steps(it) {
                false => quote!(#statuses => #value,),
                true => quote!(#statuses => { #value }),
            }
        })
        .collect();
    match last {
        // The default is any status where nothing else is a success (R6).
        Some((Status::Default, Ending::Either)) => {}
        // Else a success that is not declared is not the default (R16), which takes the rest.
        Some((Status::Default, _)) => {
            arms.insert(
                arms.len() - 1,
                quote!(_ if reply.is_class(2) => #unexpected,),
            );
        }
        _ => arms.push(quote!(_ => #unexpected,)),
    }
    quote! {
        match reply.status() {
            #(#arms)*
        }
    }
}
