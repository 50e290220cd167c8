//! Structs: fields, constructor, conversions to the parts of an `allOf`, checks.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::Role;
use crate::config::UserCode;
use crate::plan::{
    Adapt, FieldPlan, PartField, PartPlan, Presence, RustType, StructPlan, TypePlan,
};

use super::context::{Context, allow_arguments, ident};
use super::defaults;
use super::docs::{doc, doc_text};
use super::{forms, runtime, validate};

/// The struct and everything that is implemented for it.
pub(super) fn items(cx: &Context<'_>, ty: &TypePlan, plan: &StructPlan) -> Vec<TokenStream> {
    let mut items = vec![definition(cx, ty, plan)];
    items.extend(methods(cx, ty, plan));
    if plan.constructs_default {
        items.push(default_impl(cx, ty));
    }
    items.extend(plan.parts.iter().map(|part| conversion(cx, ty, plan, part)));
    if ty.validates {
        items.push(validate::of_struct(cx, ty, plan));
    }
    if plan.role == Role::Form {
        items.push(forms::form(cx, ty, plan));
        // An end of the wire brings along what a file is made of.
        let wire = runtime::either_end(cx.config);
        for item in &mut items {
            *item = quote!(#wire #item);
        }
    }
    items
}

/// ```text
/// #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
/// #[serde(rename_all = "camelCase")]
/// pub struct Pet {
///     pub pet_name: String,
///     #[serde(rename = "@tag", skip_serializing_if = "Option::is_none")]
///     pub tag: Option<String>,
/// }
/// ```
fn definition(cx: &Context<'_>, ty: &TypePlan, plan: &StructPlan) -> TokenStream {
    let (docs, name) = (doc(&ty.docs), ident(&ty.name));
    let derives = derives(cx, ty);
    let mut options = Vec::new();
    options.extend(plan.casing.map(|casing| quote!(rename_all = #casing)));
    let denies = plan.deny_unknown && plan.role.is_value();
    options.extend(denies.then(|| quote!(deny_unknown_fields)));
    let serde = (!options.is_empty()).then(|| quote!(#[serde(#(#options),*)]));
    let serde = match plan.non_exhaustive {
        true => quote!(#serde #[non_exhaustive]),
        false => quote!(#serde),
    };
    if plan.fields.is_empty() {
        return quote!(#docs #derives #serde pub struct #name {});
    }
    let fields = plan.fields.iter().map(|field| {
        let docs = doc(&field.docs);
        let serde = plan.role.is_value().then(|| serde_attribute(cx, field));
        let deprecated = field.deprecated.then(|| quote!(#[deprecated]));
        let attributes = attributes(&field.attributes);
        let (name, ty) = (ident(&field.name), cx.ty(&field.ty));
        quote!(#docs #deprecated #serde #attributes pub #name: #ty)
    });
    quote! {
        #docs
        #derives
        #serde
        pub struct #name {
            #(#fields,)*
        }
    }
}

/// The derives of a type. The macros of serde are imported by the name of their traits.
pub(super) fn derives(cx: &Context<'_>, ty: &TypePlan) -> TokenStream {
    let derives = ty.derives.iter().map(|name| match *name {
        "Serialize" | "Deserialize" => cx.import("serde", name),
        // Macros have a namespace of their own, so a type called `Debug` is not in the way.
        _ => {
            let name = quote::format_ident!("{name}");
            quote!(#name)
        }
    });
    let added = ty.added.derives.iter().map(UserCode::tokens);
    let derives = derives.chain(added);
    let attributes = attributes(&ty.added.attributes);
    quote!(#[derive(#(#derives),*)] #attributes)
}

/// Attributes of the user's.
fn attributes(attributes: &[UserCode]) -> TokenStream {
    let attributes = attributes.iter().map(UserCode::tokens);
    quote!(#(#[#attributes])*)
}

fn serde_attribute(cx: &Context<'_>, field: &FieldPlan) -> TokenStream {
    let mut options = Vec::new();
    if let Some(rename) = &field.rename {
        options.push(quote!(rename = #rename));
    }
    // With a reader of its own, serde asks for the key of an `Option` as well.
    let has_reader = field.reader.is_some() || field.presence == Presence::ThreeState;
    options.extend((has_reader && field.may_lack).then(|| quote!(default)));
    match field.presence {
        Presence::Required => {}
        Presence::Optional | Presence::ThreeState => {
            let is_none = format!("{}::is_none", cx.prelude_path("option", "Option"));
            options.push(quote!(skip_serializing_if = #is_none));
        }
        Presence::Beside | Presence::Rest => options.push(quote!(flatten)),
    }
    options.extend(reader(cx, field));
    if options.is_empty() {
        return TokenStream::new();
    }
    quote!(#[serde(#(#options),*)])
}

/// ```text
/// deserialize_with = "super::runtime::float_form::deserialize"
/// ```
fn reader(cx: &Context<'_>, field: &FieldPlan) -> Option<TokenStream> {
    let is_three_state = field.presence == Presence::ThreeState;
    let Some(reader) = field.reader else {
        let with = cx.runtime_path("double_option");
        return is_three_state.then(|| quote!(with = #with));
    };
    let function = match field.presence {
        Presence::ThreeState => "present",
        _ => "deserialize",
    };
    let path = match reader.module() {
        Some(module) => format!("{}::{function}", cx.runtime_path(module)),
        None => "::serde::Deserialize::deserialize".to_owned(),
    };
    Some(quote!(deserialize_with = #path))
}

fn methods(cx: &Context<'_>, ty: &TypePlan, plan: &StructPlan) -> Option<TokenStream> {
    let mut methods = Vec::new();
    if plan.constructor {
        methods.push(constructor(cx, plan));
    }
    if let Some(own) = &plan.own_fields {
        if plan.reversible {
            methods.push(from_parts(cx, plan, own));
        }
        methods.push(into_parts(cx, plan, own));
    }
    methods.extend(defaults::accessors(cx, plan));
    if methods.is_empty() {
        return None;
    }
    let name = ident(&ty.name);
    Some(quote!(impl #name { #(#methods)* }))
}

/// ```text
/// pub fn new(name: impl Into<String>, age: i64) -> Self {
///     Self { name: name.into(), age, tag: None }
/// }
/// ```
fn constructor(cx: &Context<'_>, plan: &StructPlan) -> TokenStream {
    let mut arguments = Vec::new();
    let values = plan.fields.iter().map(|field| {
        let name = ident(&field.name);
        if let (Presence::Required, Some(default)) = (field.presence, &field.default) {
            let value = defaults::filled_in(cx, field, default);
            return quote!(#name: #value);
        }
        match (field.presence, &field.ty) {
            (Presence::Required, RustType::String | RustType::Secret) => {
                let (into, ty) = (cx.prelude("convert", "Into"), cx.ty(&field.ty));
                arguments.push(quote!(#name: impl #into<#ty>));
                quote!(#name: #name.into())
            }
            (Presence::Required | Presence::Beside, ty) => {
                let ty = cx.ty(ty);
                arguments.push(quote!(#name: #ty));
                quote!(#name)
            }
            (Presence::Rest, _) => {
                let default = cx.prelude("default", "Default");
                quote!(#name: #default::default())
            }
            _ => quote!(#name: None),
        }
    });
    let values: Vec<TokenStream> = values.collect();
    let docs = doc_text(&["With everything that is required; the rest is absent."]);
    let allow = allow_arguments(arguments.len());
    let deprecated = allow_deprecated(plan);
    quote! {
        #docs
        #allow
        #deprecated
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#values),* }
        }
    }
}

/// ```text
/// impl Default for Pet {
///     fn default() -> Self {
///         Self::new()
///     }
/// }
/// ```
fn default_impl(cx: &Context<'_>, ty: &TypePlan) -> TokenStream {
    let (name, default) = (ident(&ty.name), cx.prelude("default", "Default"));
    quote! {
        impl #default for #name {
            fn default() -> Self {
                Self::new()
            }
        }
    }
}

/// Code of ours may fill in a deprecated field without a warning.
pub(super) fn allow_deprecated(plan: &StructPlan) -> Option<TokenStream> {
    plan.fields
        .iter()
        .any(|field| field.deprecated)
        .then(|| quote!(#[allow(deprecated)]))
}

/// ```text
/// pub fn from_parts(base: Base, secret: Secret) -> Self {
///     Self { id: base.id, secret }
/// }
/// ```
fn from_parts(cx: &Context<'_>, plan: &StructPlan, own: &[usize]) -> TokenStream {
    let parts = plan.parts.iter().map(|part| {
        let (variable, ty) = (ident(&part.variable), cx.named(part.id));
        quote!(#variable: #ty)
    });
    let own_arguments = own
        .iter()
        .filter_map(|index| plan.fields.get(*index))
        .map(|field| {
            let (name, ty) = (ident(&field.name), cx.ty(&field.ty));
            quote!(#name: #ty)
        });
    let fields = plan.fields.iter().enumerate().map(|(index, field)| {
        let name = ident(&field.name);
        match part_field(plan, index) {
            Some((part, field)) => {
                let (variable, inner) = (ident(&part.variable), ident(&field.name));
                let adapt = match field.adapt {
                    Adapt::Same => quote!(),
                    Adapt::Wrap => quote!(.flatten()),
                    Adapt::Flatten => quote!(.map(Some)),
                    Adapt::UnboxSome => {
                        let new = cx.prelude("boxed", "Box");
                        quote!(.map(#new::new))
                    }
                    Adapt::Unbox => {
                        let new = cx.prelude("boxed", "Box");
                        return quote!(#name: #new::new(#variable.#inner));
                    }
                    // There are no such fields in a whole that is put together from its parts.
                    Adapt::Some | Adapt::Absent => quote!(),
                };
                quote!(#name: #variable.#inner #adapt)
            }
            None => quote!(#name),
        }
    });
    let docs = doc_text(&["Puts the parts, and what belongs to none of them, together."]);
    let deprecated = allow_deprecated(plan);
    let arguments = parts.chain(own_arguments);
    quote! {
        #docs
        #deprecated
        pub fn from_parts(#(#arguments),*) -> Self {
            Self { #(#fields),* }
        }
    }
}

/// ```text
/// pub fn into_parts(self) -> (Base, Secret) {
///     let base = Base { id: self.id };
///     (base, self.secret)
/// }
/// ```
fn into_parts(cx: &Context<'_>, plan: &StructPlan, own: &[usize]) -> TokenStream {
    let own: Vec<&FieldPlan> = own
        .iter()
        .filter_map(|index| plan.fields.get(*index))
        .collect();
    let types = plan.parts.iter().map(|part| cx.named(part.id));
    let types: Vec<TokenStream> = types
        .chain(own.iter().map(|field| cx.ty(&field.ty)))
        .collect();
    let lets = plan.parts.iter().map(|part| {
        let variable = ident(&part.variable);
        let value = part_value(cx, plan, part, &quote!(self));
        quote!(let #variable = #value;)
    });
    let variables = plan.parts.iter().map(|part| {
        let variable = ident(&part.variable);
        quote!(#variable)
    });
    let values = variables.chain(own.iter().map(|field| {
        let name = ident(&field.name);
        quote!(self.#name)
    }));
    let docs = doc_text(&["Takes the parts, and what belongs to none of them, apart."]);
    let deprecated = allow_deprecated(plan);
    quote! {
        #docs
        #deprecated
        pub fn into_parts(self) -> (#(#types),*) {
            #(#lets)*
            (#(#values),*)
        }
    }
}

/// ```text
/// impl From<Whole> for Base {
///     fn from(whole: Whole) -> Self {
///         Self { id: whole.id }
///     }
/// }
/// ```
fn conversion(cx: &Context<'_>, ty: &TypePlan, plan: &StructPlan, part: &PartPlan) -> TokenStream {
    let (whole, target) = (ident(&ty.name), cx.named(part.id));
    let from = cx.prelude("convert", "From");
    let fields = part_fields(plan, part, &quote!(whole));
    let deprecated = allow_deprecated(plan);
    quote! {
        impl #from<#whole> for #target {
            #deprecated
            fn from(whole: #whole) -> Self {
                Self { #(#fields),* }
            }
        }
    }
}

fn part_value(
    cx: &Context<'_>,
    plan: &StructPlan,
    part: &PartPlan,
    from: &TokenStream,
) -> TokenStream {
    let ty = cx.named(part.id);
    let fields = part_fields(plan, part, from);
    quote!(#ty { #(#fields),* })
}

fn part_fields(plan: &StructPlan, part: &PartPlan, from: &TokenStream) -> Vec<TokenStream> {
    let fields = part.fields.iter().map(|field| {
        let inner = ident(&field.name);
        let Some(whole) = field.index.and_then(|index| plan.fields.get(index)) else {
            return quote!(#inner: None);
        };
        let outer = ident(&whole.name);
        let value = quote!(#from.#outer);
        let value = match field.adapt {
            Adapt::Same | Adapt::Absent => value,
            Adapt::Wrap => quote!(#value.map(Some)),
            Adapt::Flatten => quote!(#value.flatten()),
            Adapt::UnboxSome => quote!(#value.map(|it| *it)),
            Adapt::Unbox => quote!(*#value),
            Adapt::Some => quote!(Some(#value)),
        };
        quote!(#inner: #value)
    });
    fields.collect()
}

/// The part that a field of the whole belongs to, and what it is in there.
fn part_field(plan: &StructPlan, index: usize) -> Option<(&PartPlan, &PartField)> {
    plan.parts.iter().find_map(|part| {
        let field = part
            .fields
            .iter()
            .find(|field| field.index == Some(index))?;
        Some((part, field))
    })
}
