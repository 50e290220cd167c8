//! How a server reads a body and answers with one.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::plan::{Body, Check, Codec, Content, Payload};

use super::context::{Context, ident};
use super::payload::{from_body, into_body, part_types, positions, styles, text, wrap};
use super::validate;

/// How the server reads a body, into a value of its name.
///
/// ```text
/// incoming.takes(&["application/json"])?;
/// let body = incoming.json(content).await?;
/// incoming.validate(&body)?;
/// ```
pub(super) fn read(cx: &Context<'_>, body: &Body) -> TokenStream {
    let (name, payload) = (ident(&body.name), &body.payload);
    let media_types: Vec<&str> = payload.media_types().collect();
    let takes = quote!(incoming.takes(&[#(#media_types),*])?);
    let content_type = body.content_type.as_ref().map(|content_type| {
        let content_type = ident(&content_type.name);
        quote!(let #content_type = incoming.content_type(&[#(#media_types),*])?;)
    });
    let (first, value, check) = match &payload.contents[..] {
        [content] if body.is_part_stream => {
            let (first, types) = (quote!(#takes;), part_types(content));
            let value = quote!(incoming.part_stream(#types, content)?);
            (Some(first), value, quote!())
        }
        [content] => {
            let first = content_type.is_none().then(|| quote!(#takes;));
            (first, read_as(cx, content), check(cx, content, &name))
        }
        contents => {
            let value = read_one_of(cx, payload, contents, &takes);
            (None, value, quote!())
        }
    };
    if body.required {
        return quote! {
            #content_type
            #first
            let #name = #value;
            #check
        };
    }
    quote! {
        #content_type
        let #name = if incoming.has_body() {
            #first
            Some(#value)
        } else {
            None
        };
        #check
    }
}

/// ```text
/// match incoming.takes(&["application/json", "text/plain"])? {
///     0 => SetStatsBody::Json(incoming.json(content).await?),
///     _ => SetStatsBody::Text(incoming.text(content).await?),
/// }
/// ```
fn read_one_of(
    cx: &Context<'_>,
    payload: &Payload,
    contents: &[Content],
    takes: &TokenStream,
) -> TokenStream {
    let body = format_ident!("body");
    let arms = contents.iter().zip(positions(payload)).enumerate();
    let arms = arms.map(|(index, (content, positions))| {
        let read = read_as(cx, content);
        let value = if content.checks.is_empty() {
            wrap(payload, content, &read)
        } else {
            let check = check(cx, content, &body);
            let value = wrap(payload, content, &quote!(body));
            quote!({ let body = #read; #check #value })
        };
        if index + 1 == contents.len() {
            quote!(_ => #value,)
        } else {
            quote!(#(#positions)|* => #value,)
        }
    });
    quote!(match #takes { #(#arms)* })
}

fn read_as(cx: &Context<'_>, content: &Content) -> TokenStream {
    match content.codec {
        Codec::Json => quote!(incoming.json(content).await?),
        Codec::Text => quote!(incoming.text(content).await?),
        Codec::Form => {
            let styles = styles(cx, &content.styles);
            quote!(incoming.form(#styles, content).await?)
        }
        Codec::Multipart => {
            let types = part_types(content);
            quote!(incoming.multipart(#types, content).await?)
        }
        Codec::Upload => {
            let types = part_types(content);
            quote!(incoming.upload(#types, content).await?)
        }
        codec => from_body(cx, codec, &quote!(incoming.bytes(content)?)),
    }
}

fn check(cx: &Context<'_>, content: &Content, name: &Ident) -> TokenStream {
    match content.checks[..] {
        [] => quote!(),
        [Check::Inside] => quote!(incoming.validate(&#name)?;),
        _ => {
            let calls = validate::calls(cx, &content.checks, &quote!(&#name));
            quote!(incoming.check(|at| at #calls)?;)
        }
    }
}

/// How the server answers with it: the pattern of each kind of body, and what is made of it, such as
/// `server::json(200, "application/json", &body)`.
pub(super) fn answers(
    cx: &Context<'_>,
    payload: &Payload,
    status: &TokenStream,
) -> Vec<(TokenStream, TokenStream)> {
    let contents = match payload.choice {
        Some(_) => &payload.contents[..],
        None => payload.contents.get(..1).unwrap_or_default(),
    };
    let body = quote!(body);
    let arms = contents.iter().map(|content| {
        let pattern = wrap(payload, content, &body);
        let sent = &content.sent;
        let answer = match content.codec {
            Codec::Json => quote!(server::json(#status, #sent, &body)),
            Codec::Text => {
                let text = text(content, &body);
                quote!(server::text(#status, #sent, #text))
            }
            Codec::Form => {
                let styles = styles(cx, &content.styles);
                quote!(server::form(#status, #sent, #styles, &body))
            }
            Codec::Multipart => {
                let types = part_types(content);
                cx.import_always("root::runtime", "multipart_server");
                quote!(multipart_server::multipart(#status, #sent, #types, &body))
            }
            Codec::Upload => {
                let types = part_types(content);
                cx.import_always("root::runtime", "multipart_server");
                quote!(multipart_server::upload(#status, #sent, #types, body))
            }
            codec => {
                let (media_types, body) = (&content.media_types, into_body(cx, codec, &body));
                quote!(server::bytes(#status, &[#(#media_types),*], #body))
            }
        };
        (pattern, answer)
    });
    arms.collect()
}
