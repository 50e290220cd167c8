//! What the two ends have in common about bodies: the enums of their kinds, and how each kind is written.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::api::{EventShape, JsonFraming, Style};
use crate::plan::{Codec, Content, Payload, RustType, Traits};

use super::context::{Context, ident};
use super::docs::doc;
use super::style::style;

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
pub(super) fn wrap(payload: &Payload, content: &Content, value: &TokenStream) -> TokenStream {
    match (&payload.choice, &content.variant) {
        (Some(choice), Some(variant)) => {
            let (name, variant) = (ident(&choice.name), ident(&variant.name));
            quote!(#name::#variant(#value))
        }
        _ => value.clone(),
    }
}

/// A stream of values as the bytes that carry them.
pub(super) fn into_body(cx: &Context<'_>, codec: Codec, value: &TokenStream) -> TokenStream {
    match framing(cx, codec) {
        Some((_, framing)) => quote!(#value.into_body(#framing)),
        None => value.clone(),
    }
}

/// Bytes as the stream of values that they carry.
pub(super) fn from_body(cx: &Context<'_>, codec: Codec, body: &TokenStream) -> TokenStream {
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
pub(super) fn part_types(content: &Content) -> TokenStream {
    let types = content.part_types.iter();
    let types = types.map(|(name, it)| quote!((#name, #it)));
    quote!(&[#(#types),*])
}

/// A value as the text that is sent.
pub(super) fn text(content: &Content, value: &TokenStream) -> TokenStream {
    if content.ty == RustType::String {
        value.clone()
    } else {
        quote!(#value.to_string())
    }
}

/// For each way to write a body, the places of its media types among all of them.
pub(super) fn positions(payload: &Payload) -> Vec<Vec<Literal>> {
    let mut next = 0;
    let mut positions = Vec::new();
    for content in &payload.contents {
        let end = next + content.media_types.len();
        positions.push((next..end).map(Literal::usize_unsuffixed).collect());
        next = end;
    }
    positions
}
