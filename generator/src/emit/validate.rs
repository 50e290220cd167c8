//! `impl Validate`, and the checks on what has no name.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::plan::{Bound, Check, FieldPlan, Presence, StructPlan, TypePlan, WrapperPlan};

use super::context::{Context, ident};

/// ```text
/// impl Validate for Pet {
///     fn check(&self, mut at: Checker<'_>) {
///         at.key("name").max_length(&self.name, 20);
///     }
/// }
/// ```
pub(super) fn of_struct(cx: &Context<'_>, ty: &TypePlan, plan: &StructPlan) -> TokenStream {
    let fields = || plan.fields.iter().filter(|field| !field.checks.is_empty());
    let deprecated = fields().any(|field| field.deprecated);
    let allow = deprecated.then(|| quote!(#[allow(deprecated)]));
    let statements = fields().map(|field| of_field(cx, field)).collect();
    implementation(cx, ty, allow, statements)
}

/// ```text
/// impl Validate for Tree {
///     fn check(&self, mut at: Checker<'_>) {
///         at.max_items(&self.0, 3).check(&self.0);
///     }
/// }
/// ```
pub(super) fn of_wrapper(cx: &Context<'_>, ty: &TypePlan, plan: &WrapperPlan) -> TokenStream {
    let calls = calls(cx, &plan.checks, &quote!(&self.0));
    implementation(cx, ty, None, vec![quote!(at #calls;)])
}

fn implementation(
    cx: &Context<'_>,
    ty: &TypePlan,
    allow: Option<TokenStream>,
    statements: Vec<TokenStream>,
) -> TokenStream {
    let name = ident(&ty.name);
    let validate = cx.import("root::runtime::validate", "Validate");
    if statements.is_empty() {
        return quote!(impl #validate for #name {});
    }
    let checker = cx.import("root::runtime::validate", "Checker");
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
/// at.key("tags").max_items(&self.tags, 3).items(&self.tags, |at, item| at.max_length(item, 20));
/// ```
fn of_field(cx: &Context<'_>, field: &FieldPlan) -> TokenStream {
    let (name, key) = (ident(&field.name), &field.key);
    let at = match field.presence {
        // What is not declared stands beside what is.
        Presence::Rest => quote!(at),
        _ => quote!(at.key(#key)),
    };
    let calls = calls(cx, &field.checks, &quote!(&self.#name));
    quote!(#at #calls;)
}

/// The checks on a value as calls on a checker; the value is a reference.
pub(super) fn calls(cx: &Context<'_>, checks: &[Check], value: &TokenStream) -> TokenStream {
    let calls = checks.iter().map(|check| call(cx, check, value));
    quote!(#(.#calls)*)
}

fn call(cx: &Context<'_>, check: &Check, value: &TokenStream) -> TokenStream {
    match check {
        Check::Inside => quote!(check(#value)),
        Check::MinLength(n) => limit(quote!(min_length), value, *n),
        Check::MaxLength(n) => limit(quote!(max_length), value, *n),
        Check::MinItems(n) => limit(quote!(min_items), value, *n),
        Check::MaxItems(n) => limit(quote!(max_items), value, *n),
        Check::Pattern(text) => pattern(cx, value, text),
        Check::UniqueItems => quote!(unique_items(#value)),
        Check::UniqueValues => quote!(unique_values(#value)),
        Check::MinProperties(n) => limit(quote!(min_properties), value, *n),
        Check::MaxProperties(n) => limit(quote!(max_properties), value, *n),
        Check::Minimum(bound) => compare(quote!(minimum), value, bound),
        Check::Maximum(bound) => compare(quote!(maximum), value, bound),
        Check::ExclusiveMinimum(bound) => compare(quote!(exclusive_minimum), value, bound),
        Check::ExclusiveMaximum(bound) => compare(quote!(exclusive_maximum), value, bound),
        Check::MultipleOf(bound) => compare(quote!(multiple_of), value, bound),
        Check::OneNumberOf(bounds) => {
            let numbers = bounds.iter().map(number);
            quote!(one_number_of(#value, &[#(#numbers),*]))
        }
        Check::Only(flag) => quote!(only(#value, #flag)),
        Check::OneOf(texts) => quote!(one_json_of(#value, &[#(#texts),*])),
        Check::Items(checks) => each(cx, quote!(items), value, quote!(item), checks),
        Check::Values(checks) => each(cx, quote!(values), value, quote!(value), checks),
    }
}

/// `pattern(&self.sku, pattern!("^[A-Z]+$"))`
fn pattern(cx: &Context<'_>, value: &TokenStream, text: &str) -> TokenStream {
    let pattern = cx.import("root::runtime::pattern", "pattern");
    // The macro refers to it by name.
    cx.import_always("root::runtime::pattern", "CompiledPattern");
    quote!(pattern(#value, #pattern!(#text)))
}

fn limit(method: TokenStream, value: &TokenStream, n: u64) -> TokenStream {
    let n = Literal::u64_unsuffixed(n);
    quote!(#method(#value, #n))
}

fn compare(method: TokenStream, value: &TokenStream, bound: &Bound) -> TokenStream {
    let literal = number(bound);
    quote!(#method(#value, #literal))
}

/// `items(&self.tags, |at, item| at.max_length(item, 20))`
fn each(
    cx: &Context<'_>,
    method: TokenStream,
    value: &TokenStream,
    variable: TokenStream,
    checks: &[Check],
) -> TokenStream {
    let calls = calls(cx, checks, &variable);
    quote!(#method(#value, |at, #variable| at #calls))
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
