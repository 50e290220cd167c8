//! A body, in each of the places where it is written or read.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::plan::{Check, Codec, Content, Payload, RustType};

use super::context::Context;
use super::validate;

/// The type of the argument that a client passes, and the value that the request keeps.
pub(super) fn argument(
    cx: &Context<'_>,
    payload: &Payload,
    name: &Ident,
) -> (TokenStream, TokenStream) {
    let ty = cx.ty(&payload.ty);
    if payload.is_owned() {
        (quote!(impl Into<#ty>), quote!(#name.into()))
    } else {
        (quote!(&'c #ty), quote!(#name))
    }
}

/// The entry of a struct with that value, in its short form where there is one.
pub(super) fn entry(payload: &Payload, name: &Ident, value: &TokenStream) -> TokenStream {
    if payload.is_owned() {
        quote!(#name: #value)
    } else {
        quote!(#name)
    }
}

/// The type of the field of a request.
pub(super) fn field(cx: &Context<'_>, payload: &Payload) -> TokenStream {
    let ty = cx.ty(&payload.ty);
    if payload.is_owned() {
        ty
    } else {
        quote!(&'c #ty)
    }
}

/// How the client sends a value: `call.json("application/json", self.body);`
pub(super) fn send(payload: &Payload, value: &TokenStream) -> TokenStream {
    payload
        .contents
        .iter()
        .map(|it| send_as(it, value))
        .collect()
}

fn send_as(content: &Content, value: &TokenStream) -> TokenStream {
    let sent = &content.sent;
    match content.codec {
        Codec::Json => quote!(call.json(#sent, #value);),
        Codec::Text => {
            let text = text(content, value);
            quote!(call.text(#sent, #text);)
        }
        Codec::Bytes => {
            let media_types = &content.media_types;
            quote!(call.bytes(&[#(#media_types),*], #value);)
        }
    }
}

/// A value as the text that is sent.
fn text(content: &Content, value: &TokenStream) -> TokenStream {
    if content.ty == RustType::String {
        value.clone()
    } else {
        quote!(#value.to_string())
    }
}

/// How the client reads it, as the body of an outcome: `reply.json(GetPetResponse::Ok).await`
pub(super) fn receive(payload: &Payload, outcome: &TokenStream) -> TokenStream {
    payload
        .contents
        .iter()
        .map(|content| match content.codec {
            Codec::Json => quote!(reply.json(#outcome).await),
            Codec::Text => quote!(reply.text(#outcome).await),
            Codec::Bytes => quote!(Ok(reply.bytes(#outcome))),
        })
        .collect()
}

/// How the server reads it: what is checked first, and the value.
pub(super) fn read(payload: &Payload) -> (TokenStream, TokenStream) {
    let media_types = payload.contents.iter().flat_map(|it| &it.media_types);
    let takes = quote!(incoming.takes(&[#(#media_types),*])?;);
    let read = payload.contents.iter().map(|content| match content.codec {
        Codec::Json => quote!(incoming.json(content).await?),
        Codec::Text => quote!(incoming.text(content).await?),
        Codec::Bytes => quote!(incoming.bytes(content)?),
    });
    (takes, read.collect())
}

/// How the server checks what it read.
pub(super) fn check(cx: &Context<'_>, payload: &Payload, name: &Ident) -> TokenStream {
    let checks = payload
        .contents
        .iter()
        .map(|content| match content.checks[..] {
            [] => quote!(),
            [Check::Inside] => quote!(incoming.validate(&#name)?;),
            _ => {
                let calls = validate::calls(cx, &content.checks, &quote!(&#name));
                quote!(incoming.check(|at| at #calls)?;)
            }
        });
    checks.collect()
}

/// How the server answers with it: `server::json(200, "application/json", &body)`
pub(super) fn answer(payload: &Payload, status: &TokenStream) -> TokenStream {
    let body = quote!(body);
    payload
        .contents
        .iter()
        .map(|content| {
            let sent = &content.sent;
            match content.codec {
                Codec::Json => quote!(server::json(#status, #sent, &body)),
                Codec::Text => {
                    let text = text(content, &body);
                    quote!(server::text(#status, #sent, #text))
                }
                Codec::Bytes => {
                    let media_types = &content.media_types;
                    quote!(server::bytes(#status, &[#(#media_types),*], body))
                }
            }
        })
        .collect()
}
