//! Enums of strings.

use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::{EnumPlan, TypePlan};

use super::context::{Context, ident};
use super::docs::{doc, doc_text};
use super::structs::derives;

/// The enum and everything that is implemented for it.
pub(super) fn items(cx: &Context<'_>, ty: &TypePlan, plan: &EnumPlan) -> Vec<TokenStream> {
    let name = ident(&ty.name);
    let name_of_macro = if plan.open {
        "open_enum"
    } else {
        "closed_enum"
    };
    let shared = cx.import(&format!("root::runtime::{name_of_macro}"), name_of_macro);
    // The macro refers to these by name.
    cx.import_always("root::runtime::validate", "Validate");
    if plan.open {
        cx.import_always("root::runtime::validate", "Checker");
    } else {
        cx.import_always("root::runtime::closed_enum", "UnknownValue");
    }
    vec![
        definition(cx, ty, plan),
        methods(cx, ty, plan),
        quote!(#shared!(#name);),
    ]
}

/// ```text
/// #[non_exhaustive]
/// pub enum Status {
///     Available,
///     Unrecognized(String),
/// }
/// ```
fn definition(cx: &Context<'_>, ty: &TypePlan, plan: &EnumPlan) -> TokenStream {
    let (docs, name, derives) = (doc(&ty.docs), ident(&ty.name), derives(cx, ty));
    let variants = plan.variants.iter().map(|variant| {
        let (docs, name) = (doc(&variant.docs), ident(&variant.name));
        quote!(#docs #name)
    });
    let (non_exhaustive, unrecognized) = if plan.open {
        let docs = doc_text(&["A value that the document does not declare, as it came."]);
        let string = cx.prelude("string", "String");
        (
            quote!(#[non_exhaustive]),
            quote!(#docs Unrecognized(#string),),
        )
    } else {
        (TokenStream::new(), TokenStream::new())
    };
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
/// impl Status {
///     pub const ALL: &'static [Self] = &[Self::Available];
///     pub fn as_str(&self) -> &str {
///         match self {
///             Self::Available => "available",
///             Self::Unrecognized(value) => value,
///         }
///     }
/// }
/// ```
fn methods(_cx: &Context<'_>, ty: &TypePlan, plan: &EnumPlan) -> TokenStream {
    let name = ident(&ty.name);
    let names: Vec<_> = plan
        .variants
        .iter()
        .map(|variant| ident(&variant.name))
        .collect();
    let values = plan.variants.iter().map(|variant| &variant.value);
    let arms = names
        .iter()
        .zip(values)
        .map(|(name, value)| quote!(Self::#name => #value));
    let docs_of_all = doc_text(&["The declared values."]);
    let docs_of_text = doc_text(&["The value on the wire."]);
    let (signature, rest) = if plan.open {
        (
            quote!(pub fn as_str(&self) -> &str),
            quote!(Self::Unrecognized(value) => value,),
        )
    } else {
        (
            quote!(pub const fn as_str(&self) -> &'static str),
            TokenStream::new(),
        )
    };
    quote! {
        impl #name {
            #docs_of_all
            pub const ALL: &'static [Self] = &[#(Self::#names),*];

            #docs_of_text
            #signature {
                match self {
                    #(#arms,)*
                    #rest
                }
            }
        }
    }
}
