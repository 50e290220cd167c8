//! `impl Validate`: the checks on the fields of a struct.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use crate::plan::{Bound, Check, RustType, StructPlan, TypePlan, WrapperPlan};

use super::context::{Context, ident};

/// ```text
/// impl Validate for Pet {
///     fn check(&self, mut at: Checker<'_>) {
///         at.key("name").max_length(self.name.as_str(), 20);
///     }
/// }
/// ```
pub(super) fn of_struct(cx: &Context<'_>, ty: &TypePlan, plan: &StructPlan) -> TokenStream {
    let name = ident(&ty.name);
    let validate = cx.import("root::runtime::validate", "Validate");
    let checker = cx.import("root::runtime::validate", "Checker");
    let fields = plan.fields.iter().filter(|field| !field.checks.is_empty());
    let deprecated = plan
        .fields
        .iter()
        .any(|field| field.deprecated && !field.checks.is_empty());
    let allow = deprecated.then(|| quote!(#[allow(deprecated)]));
    let statements = fields.map(|field| {
        let key = &field.key;
        let checks = field.checks.iter().map(|check| {
            let name = ident(&field.name);
            call(check, &quote!(self.#name), &field.ty)
        });
        quote!(at.key(#key)#(.#checks)*;)
    });
    quote! {
        impl #validate for #name {
            #allow
            fn check(&self, mut at: #checker<'_>) {
                #(#statements)*
            }
        }
    }
}

/// ```text
/// impl Validate for Tree {
///     fn check(&self, mut at: Checker<'_>) {
///         at.max_items(self.0.len(), 3).check(&self.0);
///     }
/// }
/// ```
pub(super) fn of_wrapper(cx: &Context<'_>, ty: &TypePlan, plan: &WrapperPlan) -> TokenStream {
    let name = ident(&ty.name);
    let validate = cx.import("root::runtime::validate", "Validate");
    let checker = cx.import("root::runtime::validate", "Checker");
    let checks = plan
        .checks
        .iter()
        .map(|check| call(check, &quote!(self.0), &plan.ty));
    quote! {
        impl #validate for #name {
            fn check(&self, mut at: #checker<'_>) {
                at #(.#checks)*;
            }
        }
    }
}

fn call(check: &Check, this: &TokenStream, ty: &RustType) -> TokenStream {
    let method = |name: &str| format_ident!("{name}");
    match check {
        Check::Inside => quote!(check(&#this)),
        Check::MinLength(n) => limit(method("min_length"), &text(this, ty), *n),
        Check::MaxLength(n) => limit(method("max_length"), &text(this, ty), *n),
        Check::MinItems(n) => limit(method("min_items"), &len(this, ty), *n),
        Check::MaxItems(n) => limit(method("max_items"), &len(this, ty), *n),
        Check::MinProperties(n) => limit(method("min_properties"), &len(this, ty), *n),
        Check::MaxProperties(n) => limit(method("max_properties"), &len(this, ty), *n),
        Check::Minimum(bound) => compare(method("minimum"), this, ty, bound),
        Check::Maximum(bound) => compare(method("maximum"), this, ty, bound),
        Check::ExclusiveMinimum(bound) => compare(method("exclusive_minimum"), this, ty, bound),
        Check::ExclusiveMaximum(bound) => compare(method("exclusive_maximum"), this, ty, bound),
        Check::MultipleOf(bound) => compare(method("multiple_of"), this, ty, bound),
    }
}

fn limit(method: proc_macro2::Ident, value: &TokenStream, n: u64) -> TokenStream {
    let n = Literal::u64_unsuffixed(n);
    quote!(#method(#value, #n))
}

fn compare(
    method: proc_macro2::Ident,
    this: &TokenStream,
    ty: &RustType,
    bound: &Bound,
) -> TokenStream {
    let value = match depth(ty) {
        0 | 1 => this.clone(),
        _ => quote!(#this.flatten()),
    };
    let literal = number(bound);
    quote!(#method(#value, #literal))
}

/// A bound as a literal; its type is that of the field.
fn number(bound: &Bound) -> TokenStream {
    let literal = if bound.ty.starts_with('f') {
        Literal::f64_unsuffixed(bound.digits.parse().unwrap_or(0.0))
    } else {
        Literal::u128_unsuffixed(bound.digits.parse().unwrap_or(0))
    };
    if bound.negative {
        quote!(-#literal)
    } else {
        quote!(#literal)
    }
}

/// How many `Option`s a type has around it.
fn depth(ty: &RustType) -> usize {
    ty.parts()
        .into_iter()
        .take_while(|part| matches!(part, RustType::Option(_)))
        .count()
}

/// The text of a field, as `&str` or `Option<&str>`.
fn text(this: &TokenStream, ty: &RustType) -> TokenStream {
    match depth(ty) {
        0 => quote!(#this.as_str()),
        1 => quote!(#this.as_deref()),
        _ => quote!(#this.as_ref().and_then(|value| value.as_deref())),
    }
}

/// The length of a field, as `usize` or `Option<usize>`.
fn len(this: &TokenStream, ty: &RustType) -> TokenStream {
    match depth(ty) {
        0 => quote!(#this.len()),
        1 => quote!(#this.as_ref().map(|value| value.len())),
        _ => quote!(#this.as_ref().and_then(|value| value.as_ref()).map(|value| value.len())),
    }
}
