//! How a parameter is written, in the words of the runtime.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{Style, StyleKind};

use super::context::Context;

/// `Style::FORM`
pub(super) fn style(cx: &Context<'_>, style: Style) -> TokenStream {
    let name = match (style.kind, style.explode) {
        (StyleKind::Simple, false) => quote!(SIMPLE),
        (StyleKind::Simple, true) => quote!(SIMPLE_EXPLODED),
        (StyleKind::Label, false) => quote!(LABEL),
        (StyleKind::Label, true) => quote!(LABEL_EXPLODED),
        (StyleKind::Matrix, false) => quote!(MATRIX),
        (StyleKind::Matrix, true) => quote!(MATRIX_EXPLODED),
        (StyleKind::Form, false) => quote!(FORM_JOINED),
        // What is exploded has nothing to be separated (PR22).
        (
            StyleKind::Form
            | StyleKind::SpaceDelimited
            | StyleKind::PipeDelimited
            | StyleKind::TabDelimited,
            true,
        ) => {
            quote!(FORM)
        }
        (StyleKind::SpaceDelimited, false) => quote!(SPACE_DELIMITED),
        (StyleKind::PipeDelimited, false) => quote!(PIPE_DELIMITED),
        (StyleKind::TabDelimited, false) => quote!(TAB_DELIMITED),
        (StyleKind::DeepObject, _) => quote!(DEEP_OBJECT),
        (StyleKind::Cookie, true) => quote!(COOKIE),
        (StyleKind::Cookie, false) => quote!(COOKIE_JOINED),
        (StyleKind::Lines, _) => quote!(LINES),
        (StyleKind::Json, _) => quote!(JSON),
    };
    let style_type = cx.import("root::runtime::param", "Style");
    let reserved = style.reserved.then(|| quote!(.reserved()));
    let slashes = style.slashes.then(|| quote!(.slashes()));
    let empty = style.empty_is_absent.then(|| quote!(.empty_is_absent()));
    quote!(#style_type::#name #reserved #slashes #empty)
}
