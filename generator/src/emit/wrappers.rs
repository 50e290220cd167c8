//! Lists and maps that contain themselves: an alias cannot (M3).

use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::{TypePlan, WrapperPlan};

use super::context::{Context, ident};
use super::docs::doc;
use super::structs::derives;
use super::validate;

/// The type and everything that is implemented for it.
pub(super) fn items(cx: &Context<'_>, ty: &TypePlan, plan: &WrapperPlan) -> Vec<TokenStream> {
    let mut items = vec![definition(cx, ty, plan)];
    items.extend(conversions(cx, ty, plan));
    if ty.validates {
        items.push(validate::of_wrapper(cx, ty, plan));
    }
    items
}

/// ```text
/// #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
/// #[serde(transparent)]
/// pub struct Tree(pub Vec<Tree>);
/// ```
fn definition(cx: &Context<'_>, ty: &TypePlan, plan: &WrapperPlan) -> TokenStream {
    let (docs, name, derives) = (doc(&ty.docs), ident(&ty.name), derives(cx, ty));
    let inner = cx.ty(&plan.ty);
    quote!(#docs #derives #[serde(transparent)] pub struct #name(pub #inner);)
}

/// ```text
/// impl From<Vec<Tree>> for Tree {
///     fn from(value: Vec<Tree>) -> Self {
///         Self(value)
///     }
/// }
///
/// impl Deref for Tree {
///     type Target = Vec<Tree>;
///     fn deref(&self) -> &Self::Target {
///         &self.0
///     }
/// }
/// ```
fn conversions(cx: &Context<'_>, ty: &TypePlan, plan: &WrapperPlan) -> [TokenStream; 2] {
    let (name, inner) = (ident(&ty.name), cx.ty(&plan.ty));
    let (from, deref) = (
        cx.prelude("convert", "From"),
        cx.import("std::ops", "Deref"),
    );
    [
        quote! {
            impl #from<#inner> for #name {
                fn from(value: #inner) -> Self {
                    Self(value)
                }
            }
        },
        quote! {
            impl #deref for #name {
                type Target = #inner;

                fn deref(&self) -> &Self::Target {
                    &self.0
                }
            }
        },
    ]
}
