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
    let asked_for = plan.keys.iter().filter_map(|index| plan.fields.get(*index));
    let deprecated = fields().chain(asked_for).any(|field| field.deprecated);
    let allow = deprecated.then(|| quote!(#[allow(deprecated)]));
    let mut statements: Vec<TokenStream> = fields().map(|field| of_field(cx, field)).collect();
    if !plan.checks.is_empty() {
        let keys = keys(cx, plan);
        let calls = calls(cx, &plan.checks, &quote!(&keys));
        statements.push(quote!(let keys = #keys;));
        statements.push(quote!(at #calls;));
    }
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
        Presence::Beside | Presence::Rest => quote!(at),
        _ => quote!(at.key(#key)),
    };
    let calls = calls(cx, &field.checks, &quote!(&self.#name));
    quote!(#at #calls;)
}

/// `Keys::new([("name", true), ("tag", self.tag.is_some())]).and(&self.additional_properties)`
fn keys(cx: &Context<'_>, plan: &StructPlan) -> TokenStream {
    let asked_for = plan.keys.iter().filter_map(|index| plan.fields.get(*index));
    let declared = asked_for.map(|field| {
        let (key, name) = (&field.key, ident(&field.name));
        match field.presence {
            Presence::Required | Presence::Beside | Presence::Rest => quote!((#key, true)),
            Presence::Optional | Presence::ThreeState => quote!((#key, self.#name.is_some())),
        }
    });
    let keys = cx.import("root::runtime::validate", "Keys");
    let rest = plan
        .fields
        .iter()
        .find(|field| field.presence == Presence::Rest);
    let rest = rest.map(|field| {
        let name = ident(&field.name);
        quote!(.and(&self.#name))
    });
    quote!(#keys::new([#(#declared),*]) #rest)
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
        Check::Pattern(text) => {
            let pattern = pattern(cx, text);
            quote!(pattern(#value, #pattern))
        }
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
        Check::Contains { min, max, checks } => contains(cx, value, (*min, *max), checks),
        Check::Required(keys) => quote!(required(#value, &[#(#keys),*])),
        Check::DependentRequired(key, others) => {
            quote!(dependent_required(#value, #key, &[#(#others),*]))
        }
        Check::OneOfKeys(lists) => {
            let method = if lists.exactly_one {
                quote!(one_of_keys)
            } else {
                quote!(any_of_keys)
            };
            let lists = lists.lists.iter().map(|keys| quote!(&[#(#keys),*]));
            quote!(#method(#value, &[#(#lists),*]))
        }
        Check::Forbidden(keys) => quote!(not_all_keys(#value, &[#(#keys),*])),
        Check::Among(values) => quote!(among(#value, &[#(#values),*])),
        Check::NoneOf(values) => quote!(none_of(#value, &[#(#values),*])),
        Check::IsType(name) => quote!(is_type(#value, #name)),
        Check::IsNotType(names) => quote!(is_not_type(#value, &[#(#names),*])),
        Check::Keys(checks) => each(cx, quote!(keys), value, quote!(key), checks),
        Check::Matching(text, checks) => {
            let calls = calls(cx, checks, &quote!(value));
            let pattern = pattern(cx, text);
            quote!(matching(#value, #pattern, |at, value| at #calls))
        }
        Check::Items(checks) => each(cx, quote!(items), value, quote!(item), checks),
        Check::Places(places) => tuple(cx, value, places),
        Check::Values(checks) => each(cx, quote!(values), value, quote!(value), checks),
    }
}

/// `pattern!("^[A-Z]+$")`
fn pattern(cx: &Context<'_>, text: &str) -> TokenStream {
    let pattern = cx.import("root::runtime::pattern", "pattern");
    // The macro refers to it by name.
    cx.import_always("root::runtime::pattern", "CompiledPattern");
    quote!(#pattern!(#text))
}

/// `contains(&self.tags, 1.., |at, item| at.min_length(item, 3))`
fn contains(
    cx: &Context<'_>,
    value: &TokenStream,
    (min, max): (u64, Option<u64>),
    checks: &[Check],
) -> TokenStream {
    let calls = calls(cx, checks, &quote!(item));
    let min = Literal::u64_unsuffixed(min);
    let range = match max.map(Literal::u64_unsuffixed) {
        Some(max) => quote!(#min..=#max),
        None => quote!(#min..),
    };
    let item = if checks.is_empty() {
        quote!(_)
    } else {
        quote!(item)
    };
    quote!(contains(#value, #range, |at, #item| at #calls))
}

/// ```text
/// tuple(&self.point, |at, items| {
///     at.index(0).minimum(&items.0, 1);
///     at
/// })
/// ```
fn tuple(cx: &Context<'_>, value: &TokenStream, places: &[(usize, Vec<Check>)]) -> TokenStream {
    let statements = places.iter().map(|(place, checks)| {
        let index = Literal::usize_unsuffixed(*place);
        let calls = calls(cx, checks, &quote!(&items.#index));
        quote!(at.index(#index) #calls;)
    });
    quote!(tuple(#value, |at, items| { #(#statements)* at }))
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
pub(super) fn number(bound: &Bound) -> TokenStream {
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
