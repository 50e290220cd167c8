//! How a client passes, sends and receives a body.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::plan::{Codec, Content, Payload};

use super::context::Context;
use super::payload::{from_body, into_body, part_types, positions, styles, text, wrap};

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
pub(super) fn send(cx: &Context<'_>, payload: &Payload, value: &TokenStream) -> TokenStream {
    match (&payload.contents[..], &payload.choice) {
        (contents, Some(_)) => {
            let body = quote!(body);
            let arms = contents.iter().map(|content| {
                let pattern = wrap(payload, content, &body);
                let borrow = content.codec.borrows().then(|| quote!(&));
                let send = send_as(cx, content, &quote!(#borrow #body));
                quote!(#pattern => #send,)
            });
            quote!(match #value { #(#arms)* })
        }
        // All are the same to the caller, so the first does.
        ([first, ..], None) => {
            let borrow = payload.is_owned() && first.codec.borrows();
            let borrow = borrow.then(|| quote!(&));
            let send = send_as(cx, first, &quote!(#borrow #value));
            quote!(#send;)
        }
        ([], None) => quote!(),
    }
}

fn send_as(cx: &Context<'_>, content: &Content, value: &TokenStream) -> TokenStream {
    let sent = &content.sent;
    match content.codec {
        Codec::Json => quote!(call.json(#sent, #value)),
        Codec::Text => {
            let text = text(content, value);
            quote!(call.text(#sent, #text))
        }
        Codec::Form => {
            let styles = styles(cx, &content.styles);
            quote!(call.form(#sent, #styles, #value))
        }
        Codec::Multipart => {
            let types = part_types(content);
            quote!(call.multipart(#sent, #types, #value))
        }
        Codec::Upload => {
            let types = part_types(content);
            quote!(call.upload(#sent, #types, #value))
        }
        codec => {
            let (media_types, value) = (&content.media_types, into_body(cx, codec, value));
            quote!(call.bytes(&[#(#media_types),*], #value))
        }
    }
}

/// How the client reads it, as the body of an outcome: `reply.json(GetPetResponse::Ok).await`
///
/// `outcome` makes the outcome of a body. Where it is just a variant, that is its own function.
pub(super) fn receive(
    cx: &Context<'_>,
    payload: &Payload,
    variant: Option<&TokenStream>,
    outcome: impl Fn(&TokenStream) -> TokenStream,
) -> TokenStream {
    let reads = payload.contents.iter().map(|content| {
        let is_plain = payload.choice.is_none() && !content.codec.is_stream();
        let function = match variant.filter(|_| is_plain) {
            Some(variant) => variant.clone(),
            None => {
                let value = from_body(cx, content.codec, &quote!(body));
                let value = outcome(&wrap(payload, content, &value));
                quote!(|body| #value)
            }
        };
        match content.codec {
            Codec::Json => quote!(reply.json(#function).await),
            Codec::Text => quote!(reply.text(#function).await),
            Codec::Form => {
                let styles = styles(cx, &content.styles);
                quote!(reply.form(#styles, #function).await)
            }
            Codec::Multipart => {
                let types = part_types(content);
                quote!(reply.multipart(#types, #function).await)
            }
            Codec::Upload => {
                let types = part_types(content);
                quote!(reply.upload(#types, #function).await)
            }
            _ => quote!(Ok(reply.bytes(#function))),
        }
    });
    let reads: Vec<TokenStream> = reads.collect();
    if let [read] = &reads[..] {
        return read.clone();
    }
    let media_types = payload.media_types();
    let arms = positions(payload).into_iter().zip(reads);
    let arms = arms.map(|(positions, read)| quote!(Some(#(#positions)|*) => #read,));
    quote! {
        match reply.media_type(&[#(#media_types),*]) {
            #(#arms)*
            _ => Err(reply.unexpected().await),
        }
    }
}
