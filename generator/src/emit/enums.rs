//! Enums and constants.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, quote};

use crate::api;
use crate::plan::{EnumPlan, Name, Representation, TypePlan};

use super::context::{Context, ident};
use super::docs::{doc, doc_text};
use super::structs::derives;

/// The enum and everything that is implemented for it.
pub(super) fn items(cx: &Context<'_>, ty: &TypePlan, plan: &EnumPlan) -> Vec<TokenStream> {
    parts(cx, &doc(&ty.docs), &ty.name, &derives(cx, ty), plan).into()
}

/// The same for an enum that is no type of the document's schemas.
pub(super) fn parts(
    cx: &Context<'_>,
    docs: &TokenStream,
    name: &Name,
    derives: &TokenStream,
    plan: &EnumPlan,
) -> [TokenStream; 2] {
    let name = ident(name);
    [
        definition(cx, docs, &name, derives, plan),
        table(cx, &name, plan),
    ]
}

/// ```text
/// #[non_exhaustive]
/// pub enum Status {
///     Available,
///     Unrecognized(String),
/// }
/// ```
fn definition(
    cx: &Context<'_>,
    docs: &TokenStream,
    name: &Ident,
    derives: &TokenStream,
    plan: &EnumPlan,
) -> TokenStream {
    let variants = plan.variants.iter().enumerate().map(|(index, variant)| {
        let (docs, name) = (doc(&variant.docs), ident(&variant.name));
        let default = (plan.default == Some(index)).then(|| quote!(#[default]));
        quote!(#docs #default #name)
    });
    let kept = match plan.representation {
        Representation::OpenText { .. } => Some(cx.prelude("string", "String")),
        Representation::OpenInteger { .. } => Some(quote!(i64)),
        _ => None,
    };
    let non_exhaustive = kept.is_some().then(|| quote!(#[non_exhaustive]));
    let unrecognized = kept.map(|ty| {
        let docs = doc_text(&["A value that the document does not declare, as it came."]);
        quote!(#docs Unrecognized(#ty),)
    });
    quote! {
        #docs
        #derives
        #non_exhaustive
        pub enum #name {
            #(#variants,)*
            #unrecognized
        }
    }
}

/// ```text
/// open_enum!(Status { Available = "available" });
/// ```
fn table(cx: &Context<'_>, name: &Ident, plan: &EnumPlan) -> TokenStream {
    let rows = plan.variants.iter().map(|variant| {
        let (name, value) = (ident(&variant.name), literal(&variant.value));
        quote!(#name = #value)
    });
    let rows = quote!({ #(#rows),* });
    let extensible = |yes: bool| yes.then(|| quote!(extensible));
    let (module, table) = match plan.representation {
        Representation::OpenText { extensible: yes } => {
            let kind = extensible(yes);
            ("open_enum", quote!(open_enum!(#kind #name #rows);))
        }
        Representation::ClosedText => ("closed_enum", quote!(closed_enum!(#name #rows);)),
        Representation::OpenInteger { extensible: yes } => {
            let kind = extensible(yes).unwrap_or_else(|| quote!(open));
            ("integer_enum", quote!(integer_enum!(#kind #name #rows);))
        }
        Representation::ClosedInteger => {
            ("integer_enum", quote!(integer_enum!(closed #name #rows);))
        }
        Representation::Boolean => ("constant", quote!(constant!(#name #rows as_bool -> bool);)),
        Representation::Number => ("constant", quote!(constant!(#name #rows as_f64 -> f64);)),
    };
    // What the macro expands to refers to its module by name.
    let path = format!("root::runtime::{module}");
    cx.import_always(&path, "self");
    cx.import_always(&path, module);
    table
}

/// A value as a Rust literal.
fn literal(value: &api::Literal) -> TokenStream {
    match value {
        api::Literal::Text(text) => quote!(#text),
        api::Literal::Boolean(value) => quote!(#value),
        api::Literal::Integer(value) => Literal::i64_unsuffixed(*value).into_token_stream(),
        api::Literal::Number(digits) => {
            let value = digits.parse().ok().filter(|value: &f64| value.is_finite());
            Literal::f64_unsuffixed(value.unwrap_or_default()).into_token_stream()
        }
    }
}
