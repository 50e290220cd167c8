//! A body, in each of the places where it is written or read.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use crate::api::{EventShape, JsonFraming, Style};
use crate::plan::{Body, Check, Codec, Content, Payload, RustType, Traits};

use super::context::{Context, ident};
use super::docs::doc;
use super::style::style;
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

/// The enum of the kinds of a body, with a conversion from each type that only one of them has.
///
/// ```text
/// pub enum GetStatsOkBody {
///     /// `application/json`
///     Json(Stats),
///     /// `text/csv`
///     Text(String),
/// }
/// ```
pub(super) fn choice(cx: &Context<'_>, payload: &Payload) -> Vec<TokenStream> {
    let Some(choice) = &payload.choice else {
        return Vec::new();
    };
    let (name, docs) = (ident(&choice.name), doc(&choice.docs));
    let derives = derives(choice.traits);
    let allow = choice
        .uneven
        .then(|| quote!(#[allow(clippy::large_enum_variant)]));
    let mut variants = Vec::new();
    let mut conversions = Vec::new();
    for content in &payload.contents {
        let Some(variant) = &content.variant else {
            continue;
        };
        let (docs, variant_name, ty) =
            (doc(&variant.docs), ident(&variant.name), cx.ty(&content.ty));
        variants.push(quote!(#docs #variant_name(#ty)));
        if variant.is_unique {
            conversions.push(quote! {
                impl From<#ty> for #name {
                    fn from(body: #ty) -> Self {
                        Self::#variant_name(body)
                    }
                }
            });
        }
    }
    let mut items = vec![quote!(#docs #allow #derives pub enum #name { #(#variants,)* })];
    items.extend(conversions);
    items
}

/// What an enum of bodies derives.
pub(super) fn derives(traits: Traits) -> TokenStream {
    match traits {
        Traits::Stream => quote!(#[derive(Debug)]),
        Traits::Partial => quote!(#[derive(Debug, Clone, PartialEq)]),
        Traits::Full => quote!(#[derive(Debug, Clone, PartialEq, Eq)]),
    }
}

/// A value of one of the kinds, made of what stands in `value`, and the pattern that takes it apart.
fn wrap(payload: &Payload, content: &Content, value: &TokenStream) -> TokenStream {
    match (&payload.choice, &content.variant) {
        (Some(choice), Some(variant)) => {
            let (name, variant) = (ident(&choice.name), ident(&variant.name));
            quote!(#name::#variant(#value))
        }
        _ => value.clone(),
    }
}

/// How the client sends a value: `call.json("application/json", self.body);`
pub(super) fn send(cx: &Context<'_>, payload: &Payload, value: &TokenStream) -> TokenStream {
    match (&payload.contents[..], &payload.choice) {
        (contents, Some(_)) => {
            let body = quote!(body);
            let arms = contents.iter().map(|content| {
                let pattern = wrap(payload, content, &body);
                let borrowed = quote!(&body);
                let body = match content.codec {
                    Codec::Json | Codec::Form | Codec::Multipart => &borrowed,
                    _ => &body,
                };
                let send = send_as(cx, content, body);
                quote!(#pattern => #send,)
            });
            quote!(match #value { #(#arms)* })
        }
        // All are the same to the caller, so the first does.
        ([first, ..], None) => {
            let lends = payload.is_owned() && matches!(first.codec, Codec::Json | Codec::Form);
            let borrow = lends.then(|| quote!(&));
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

/// A stream of values as the bytes that carry them.
fn into_body(cx: &Context<'_>, codec: Codec, value: &TokenStream) -> TokenStream {
    match framing(cx, codec) {
        Some((_, framing)) => quote!(#value.into_body(#framing)),
        None => value.clone(),
    }
}

/// Bytes as the stream of values that they carry.
fn from_body(cx: &Context<'_>, codec: Codec, body: &TokenStream) -> TokenStream {
    match framing(cx, codec) {
        Some((stream, framing)) => {
            let stream = cx.import("root::runtime::items", stream);
            quote!(#stream::from_body(#framing, #body))
        }
        None => body.clone(),
    }
}

/// The name of the type of a stream of values, and how they stand in its bytes.
fn framing(cx: &Context<'_>, codec: Codec) -> Option<(&'static str, TokenStream)> {
    let path = "root::runtime::items";
    match codec {
        Codec::Events(shape) => {
            let name = cx.import(path, "EventShape");
            let shape = match shape {
                EventShape::Json => quote!(#name::Json),
                EventShape::Text => quote!(#name::Text),
                EventShape::Whole => quote!(#name::Whole),
                EventShape::WholeJson => quote!(#name::WholeJson),
            };
            Some(("EventStream", shape))
        }
        Codec::JsonItems(framing) => {
            let name = cx.import(path, "JsonFraming");
            let framing = match framing {
                JsonFraming::Lines => quote!(#name::Lines),
                JsonFraming::Sequence => quote!(#name::Sequence),
            };
            Some(("JsonStream", framing))
        }
        Codec::Json
        | Codec::Text
        | Codec::Form
        | Codec::Multipart
        | Codec::Upload
        | Codec::Bytes => None,
    }
}

/// `&[("expand", Style::DEEP_OBJECT)]`
pub(super) fn styles(cx: &Context<'_>, styles: &[(String, Style)]) -> TokenStream {
    let styles = styles.iter().map(|(name, it)| {
        let style = style(cx, *it);
        quote!((#name, #style))
    });
    quote!(&[#(#styles),*])
}

/// `&[("avatar", "image/png, image/jpeg")]`
fn part_types(content: &Content) -> TokenStream {
    let types = content.part_types.iter();
    let types = types.map(|(name, it)| quote!((#name, #it)));
    quote!(&[#(#types),*])
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

/// For each way to write a body, the places of its media types among all of them.
fn positions(payload: &Payload) -> Vec<Vec<Literal>> {
    let mut next = 0;
    let mut positions = Vec::new();
    for content in &payload.contents {
        let end = next + content.media_types.len();
        positions.push((next..end).map(Literal::usize_unsuffixed).collect());
        next = end;
    }
    positions
}

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
