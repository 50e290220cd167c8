//! The ways to send a request whose success is a whole or a stream.

use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::{Half, OperationPlan, RustType, Streaming};

use super::context::{Context, ident};
use super::docs::doc_text;

/// ```text
/// pub async fn send_response(mut self) -> Result<Response<Answer>, Error<Problem>> {
///     self.accept = "application/json";
///     let response = self.send_outcome().await.map_err(Error::widen)?;
///     response.split(ChatResponse::into_result)?.pick(|body| match body {
///         ChatOkBody::Json(body) => Some(body),
///         _ => None,
///     })
/// }
/// ```
pub(super) fn whole(plan: &OperationPlan, streaming: &Streaming) -> TokenStream {
    let picked = picked(plan, streaming, &streaming.whole, &quote!(self));
    match plan.wanted.as_ref().map(|it| ident(&it.name)) {
        Some(accept) => {
            let media_types = &streaming.whole.accept;
            quote!(self.#accept = #media_types; #picked)
        }
        None => picked,
    }
}

/// The method that asks for the stream. A field of the body that asks for it as well is set.
pub(super) fn stream(
    cx: &Context<'_>,
    plan: &OperationPlan,
    streaming: &Streaming,
    failure: &TokenStream,
) -> TokenStream {
    let result = cx.prelude("result", "Result");
    let (ty, media_types) = (cx.ty(&streaming.stream.ty), &streaming.stream.accept);
    let docs = doc_text(&[
        "Sends the request and returns the success as a stream, as soon as it begins.",
        "",
        "# Errors",
        "",
        "Any other outcome; see [`Error`].",
    ]);
    let request = ident(&plan.request);
    let accept = plan.wanted.as_ref().map(|it| ident(&it.name));
    let picked = picked(plan, streaming, &streaming.stream, &quote!(request));
    let request = match &streaming.flag {
        Some(flag) => {
            let (body, field) = (ident(&flag.body), ident(&flag.field));
            let value = wrapped(&flag.ty);
            quote! {
                let mut body = self.#body.clone();
                body.#field = #value;
                let request = #request { #body: &body, #accept: #media_types, ..self };
            }
        }
        None => quote!(let request = Self { #accept: #media_types, ..self };),
    };
    quote! {
        #docs
        pub async fn stream(self) -> #result<#ty, Error<#failure>> {
            #request
            #picked.map(Response::into_body)
        }
    }
}

/// What is sent, and the half of the success that is wanted.
fn picked(
    plan: &OperationPlan,
    streaming: &Streaming,
    half: &Half,
    request: &TokenStream,
) -> TokenStream {
    let (response, choice) = (ident(&plan.response), ident(&streaming.choice));
    let variant = ident(&half.variant);
    quote! {
        let response = #request.send_outcome().await.map_err(Error::widen)?;
        response.split(#response::into_result)?.pick(|body| match body {
            #choice::#variant(body) => Some(body),
            _ => None,
        })
    }
}

/// `true` in as many options as the type has.
fn wrapped(ty: &RustType) -> TokenStream {
    match ty {
        RustType::Option(inner) => {
            let inner = wrapped(inner);
            quote!(Some(#inner))
        }
        _ => quote!(true),
    }
}
