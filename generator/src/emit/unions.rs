//! Unions: enums of types, how they are made, written and checked.

use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::{RustType, TypePlan, UnionPlan};

use super::context::{Context, ident};
use super::docs::{doc, doc_text};
use super::structs::derives;
use super::union_readers::decode;
use super::validate;

/// The enum and everything that is implemented for it.
pub(super) fn items(cx: &Context<'_>, ty: &TypePlan, plan: &UnionPlan) -> Vec<TokenStream> {
    let mut items = vec![definition(cx, ty, plan)];
    if plan.is_tagged() {
        items.push(serialize(cx, ty, plan));
    }
    items.extend(conversions(cx, ty, plan));
    items.push(decode(cx, ty, plan));
    if ty.validates {
        items.push(check(cx, ty, plan));
    }
    items
}

/// ```text
/// #[derive(Debug, Clone, PartialEq, Serialize)]
/// #[serde(untagged)]
/// #[non_exhaustive]
/// pub enum Pet {
///     Cat(Cat),
///     Dog(Box<Dog>),
///     Unrecognized(Value),
/// }
/// ```
fn definition(cx: &Context<'_>, ty: &TypePlan, plan: &UnionPlan) -> TokenStream {
    let (docs, name, derives) = (doc(&ty.docs), ident(&ty.name), derives(cx, ty));
    let untagged = (!plan.is_tagged()).then(|| quote!(#[serde(untagged)]));
    let variants = plan.variants.iter().map(|variant| {
        let (docs, name, ty) = (doc(&variant.docs), ident(&variant.name), cx.ty(&variant.ty));
        quote!(#docs #name(#ty))
    });
    let non_exhaustive = plan.open.then(|| quote!(#[non_exhaustive]));
    let unrecognized = plan.open.then(|| {
        let docs =
            doc_text(&["An object of a type that the document does not declare, as it came."]);
        let value = cx.ty(&RustType::Value);
        quote!(#docs Unrecognized(#value),)
    });
    quote! {
        #docs
        #derives
        #untagged
        #non_exhaustive
        pub enum #name {
            #(#variants,)*
            #unrecognized
        }
    }
}

/// ```text
/// union!(Label { Name(Name) });
///
/// impl From<Vec<Name>> for Label {
///     fn from(value: Vec<Name>) -> Self {
///         Self::Names(value)
///     }
/// }
/// ```
fn conversions(cx: &Context<'_>, ty: &TypePlan, plan: &UnionPlan) -> Vec<TokenStream> {
    let shared = cx.import("root::runtime::union", "union");
    // The macro refers to it by name.
    cx.import_always("root::runtime::union", "Union");
    let name = ident(&ty.name);
    let (mut short, mut long) = (Vec::new(), Vec::new());
    for variant in plan.variants.iter().filter(|variant| variant.from) {
        let inner = match &variant.ty {
            RustType::Boxed(inner) => inner,
            ty => ty,
        };
        let (variant, payload) = (ident(&variant.name), cx.ty(inner));
        // Inside a macro, types with parameters are not printed as one would write them.
        if inner.parts().len() == 1 && *inner != RustType::JsonObject {
            short.push(quote!(#variant(#payload)));
            continue;
        }
        let from = cx.prelude("convert", "From");
        long.push(quote! {
            impl #from<#payload> for #name {
                fn from(value: #payload) -> Self {
                    Self::#variant(value)
                }
            }
        });
    }
    let short = (!short.is_empty()).then(|| quote!({ #(#short),* }));
    let mut items = vec![quote!(#shared!(#name #short);)];
    items.extend(long);
    items
}

/// ```text
/// impl Serialize for Pet {
///     fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
///         match self {
///             Self::Cat(value) => Tagged::new("petType", "cat", value).serialize(serializer),
///             Self::Unrecognized(value) => value.serialize(serializer),
///         }
///     }
/// }
/// ```
fn serialize(cx: &Context<'_>, ty: &TypePlan, plan: &UnionPlan) -> TokenStream {
    let name = ident(&ty.name);
    let (serialize, serializer) = (
        cx.import("serde", "Serialize"),
        cx.import("serde", "Serializer"),
    );
    let result = cx.prelude("result", "Result");
    let arms = plan.variants.iter().map(|variant| {
        let name = ident(&variant.name);
        match &variant.tag {
            Some((property, tag)) => {
                let tagged = cx.import("root::runtime::union", "Tagged");
                quote!(Self::#name(value) => #tagged::new(#property, #tag, value).serialize(serializer))
            }
            None => quote!(Self::#name(value) => value.serialize(serializer)),
        }
    });
    let unrecognized = plan
        .open
        .then(|| quote!(Self::Unrecognized(value) => value.serialize(serializer),));
    quote! {
        impl #serialize for #name {
            fn serialize<S: #serializer>(&self, serializer: S) -> #result<S::Ok, S::Error> {
                match self {
                    #(#arms,)*
                    #unrecognized
                }
            }
        }
    }
}

/// ```text
/// impl Validate for Pet {
///     fn check(&self, mut at: Checker<'_>) {
///         match self {
///             Self::Cat(value) => at.check(value),
///             Self::Unrecognized(_) => at.violation("oneOf", "is none of the declared types"),
///             _ => &mut at,
///         };
///     }
/// }
/// ```
fn check(cx: &Context<'_>, ty: &TypePlan, plan: &UnionPlan) -> TokenStream {
    let name = ident(&ty.name);
    let trait_name = cx.import("root::runtime::validate", "Validate");
    let checker = cx.import("root::runtime::validate", "Checker");
    let arms = plan
        .variants
        .iter()
        .filter(|variant| !variant.checks.is_empty())
        .map(|variant| {
            let name = ident(&variant.name);
            let calls = validate::calls(cx, &variant.checks, &quote!(value));
            quote!(Self::#name(value) => at #calls)
        });
    let unrecognized = plan.open.then(
        || quote!(Self::Unrecognized(_) => at.violation("oneOf", "is none of the declared types"),),
    );
    let rest = plan
        .variants
        .iter()
        .any(|variant| variant.checks.is_empty())
        .then(|| quote!(_ => &mut at,));
    quote! {
        impl #trait_name for #name {
            fn check(&self, mut at: #checker<'_>) {
                match self {
                    #(#arms,)*
                    #unrecognized
                    #rest
                };
            }
        }
    }
}

impl UnionPlan {
    /// Whether the union writes a tag for a variant (K15).
    fn is_tagged(&self) -> bool {
        self.variants.iter().any(|variant| variant.tag.is_some())
    }
}
