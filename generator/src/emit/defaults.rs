//! Defaults: constants, and methods that give the value of a field or its default.

use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::{
    Accessor, DefaultPlan, DefaultValue, DefinitionPlan, FieldPlan, Gives, RustType, StructPlan,
};

use super::context::{Context, ident};
use super::docs::doc_text;
use super::validate::number;

/// ```text
/// pub const DEFAULT_RETRIES: i64 = 3;
/// pub fn retries(&self) -> i64 {
///     self.retries.unwrap_or(Self::DEFAULT_RETRIES)
/// }
/// ```
pub(super) fn accessors(cx: &Context<'_>, plan: &StructPlan) -> Vec<TokenStream> {
    let with_default = plan.fields.iter().filter_map(|field| {
        let default = field.default.as_ref()?;
        Some((field, default, default.accessor.as_ref()?))
    });
    let mut members = Vec::new();
    for (field, default, accessor) in with_default {
        members.extend(constant(cx, field, default, accessor));
        members.push(method(cx, field, default, accessor));
    }
    members
}

fn constant(
    cx: &Context<'_>,
    field: &FieldPlan,
    default: &DefaultPlan,
    accessor: &Accessor,
) -> Option<TokenStream> {
    let name = ident(accessor.constant.as_ref()?);
    let (ty, value) = match (&accessor.gives, &default.value) {
        (Gives::Text, DefaultValue::Text(text)) => (quote!(&'static str), quote!(#text)),
        (Gives::Copy(ty) | Gives::Reference(ty), value) => (cx.ty(ty), scalar(cx, value)),
        _ => return None,
    };
    let docs = doc_text(&[&format!("The default of `{}`.", field.name.plain())]);
    Some(quote!(#docs pub const #name: #ty = #value;))
}

fn method(
    cx: &Context<'_>,
    field: &FieldPlan,
    default: &DefaultPlan,
    accessor: &Accessor,
) -> TokenStream {
    let (field_name, name) = (ident(&field.name), ident(&accessor.name));
    let this = quote!(self.#field_name);
    let constant = accessor.constant.as_ref().map(ident);
    let option = cx.prelude("option", "Option");
    // What a field without the outer `Option` is read with.
    let (ty, read) = match &accessor.gives {
        Gives::Copy(ty) => (cx.ty(ty), quote!()),
        Gives::Text => (quote!(&str), quote!(as_deref)),
        Gives::List(item) => {
            let item = cx.ty(item);
            (quote!(&[#item]), quote!(as_deref))
        }
        Gives::Reference(ty) => {
            let ty = cx.ty(ty);
            let read = if is_boxed(&field.ty) {
                quote!(as_deref)
            } else {
                quote!(as_ref)
            };
            (quote!(&#ty), read)
        }
    };
    let is_empty = matches!(default.value, DefaultValue::EmptyList);
    let fallback = match (&constant, &accessor.gives) {
        (Some(constant), Gives::Reference(_)) => quote!(&Self::#constant),
        (Some(constant), _) => quote!(Self::#constant),
        (None, _) if is_empty => quote!(&[][..]),
        (None, Gives::List(_)) if accessor.nullable => quote!(DEFAULT.as_slice()),
        (None, _) if accessor.nullable => quote!(&*DEFAULT),
        (None, _) => quote!(&DEFAULT),
    };
    let is_copy = matches!(accessor.gives, Gives::Copy(_));
    let (ty, value) = match (accessor.nullable, is_copy) {
        (true, true) => (
            quote!(#option<#ty>),
            quote!(#this.unwrap_or(Some(#fallback))),
        ),
        (true, false) => (
            quote!(#option<#ty>),
            quote!(#this.as_ref().map_or(Some(#fallback), #option::#read)),
        ),
        (false, true) => (ty, quote!(#this.unwrap_or(#fallback))),
        (false, false) if is_empty => (ty, quote!(#this.#read().unwrap_or_default())),
        (false, false) => (ty, quote!(#this.#read().unwrap_or(#fallback))),
    };
    let docs = doc_text(&[&format!(
        "`{}`, or its default where it is absent.",
        field.name.plain()
    )]);
    let allow = field.deprecated.then(|| quote!(#[allow(deprecated)]));
    let lazy = lazy(cx, default, accessor);
    quote! {
        #docs
        #allow
        pub fn #name(&self) -> #ty {
            #lazy
            #value
        }
    }
}

/// ```text
/// static DEFAULT: LazyLock<Vec<String>> = LazyLock::new(|| default_value("[\"a\"]"));
/// ```
fn lazy(cx: &Context<'_>, default: &DefaultPlan, accessor: &Accessor) -> Option<TokenStream> {
    let DefaultValue::Json(json) = &default.value else {
        return None;
    };
    let ty = match &accessor.gives {
        Gives::List(item) => {
            let (vec, item) = (cx.prelude("vec", "Vec"), cx.ty(item));
            quote!(#vec<#item>)
        }
        Gives::Copy(ty) | Gives::Reference(ty) => cx.ty(ty),
        Gives::Text => cx.ty(&RustType::String),
    };
    let (lazy, read) = (cx.import("std::sync", "LazyLock"), read_json(cx, json));
    Some(quote!(static DEFAULT: #lazy<#ty> = #lazy::new(|| #read);))
}

fn read_json(cx: &Context<'_>, json: &str) -> TokenStream {
    cx.import_always("root::runtime::default_value", "default_value");
    quote!(default_value(#json))
}

/// What the constructor fills in for a field that is always there.
pub(super) fn filled_in(cx: &Context<'_>, field: &FieldPlan, default: &DefaultPlan) -> TokenStream {
    let value = match &default.value {
        DefaultValue::Text(text) => quote!(#text.to_owned()),
        DefaultValue::EmptyList => {
            let vec = cx.prelude("vec", "Vec");
            quote!(#vec::new())
        }
        DefaultValue::Json(json) => return read_json(cx, json),
        value => scalar(cx, value),
    };
    match &field.ty {
        RustType::Option(_) => quote!(Some(#value)),
        _ => value,
    }
}

/// A value that needs no allocation.
fn scalar(cx: &Context<'_>, value: &DefaultValue) -> TokenStream {
    match value {
        DefaultValue::Boolean(flag) => quote!(#flag),
        DefaultValue::Number(bound) => number(bound),
        DefaultValue::Text(text) => quote!(#text),
        DefaultValue::Variant(id, index) => {
            let ty = cx.named(*id);
            let variant = cx.type_plan(*id).and_then(|plan| match &plan.definition {
                DefinitionPlan::Enum(plan) => plan.variants.get(*index),
                _ => None,
            });
            let variant = variant.map(|variant| ident(&variant.name));
            quote!(#ty::#variant)
        }
        DefaultValue::EmptyList | DefaultValue::Json(_) => TokenStream::new(),
    }
}

/// Whether there is a box inside of a field's `Option`s.
fn is_boxed(ty: &RustType) -> bool {
    ty.parts()
        .into_iter()
        .any(|part| matches!(part, RustType::Boxed(_)))
}
