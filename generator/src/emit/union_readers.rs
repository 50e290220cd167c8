//! How a value is told to be of one of the types of a union, and read as that.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use crate::api::{Arrays, JsonType, Objects, Score};
use crate::plan::{TypePlan, UnionPlan};

use super::context::{Context, ident};

/// ```text
/// impl Union for Pet {
///     const EXPECTED: &'static str = "a string or an object";
///
///     fn string<E: Error>(value: Buffered<'_>) -> Result<Self, E> {
///         value.read(Self::Name)
///     }
/// }
/// ```
pub(super) fn decode(cx: &Context<'_>, ty: &TypePlan, plan: &UnionPlan) -> TokenStream {
    let (name, expected) = (ident(&ty.name), &plan.expected);
    let union = cx.import("root::runtime::union", "Union");
    let dispatch = &plan.dispatch;
    let scalars = [
        (format_ident!("null"), dispatch.null),
        (format_ident!("boolean"), dispatch.boolean),
        (format_ident!("number"), dispatch.number),
        (format_ident!("string"), dispatch.string),
    ];
    let scalars = scalars.into_iter().filter_map(|(method, index)| {
        let variant = variant(plan, index?);
        let (error, buffered) = (
            cx.import("serde::de", "Error"),
            cx.import("root::runtime::union", "Buffered"),
        );
        let result = cx.prelude("result", "Result");
        Some(quote! {
            fn #method<E: #error>(value: #buffered<'_>) -> #result<Self, E> {
                value.read(Self::#variant)
            }
        })
    });
    let array = dispatch
        .array
        .as_ref()
        .map(|arrays| array(cx, plan, arrays));
    let object = dispatch
        .object
        .as_ref()
        .map(|objects| object(cx, plan, objects));
    quote! {
        impl #union for #name {
            const EXPECTED: &'static str = #expected;

            #(#scalars)*
            #array
            #object
        }
    }
}

fn variant(plan: &UnionPlan, index: usize) -> Ident {
    match plan.variants.get(index) {
        Some(variant) => ident(&variant.name),
        None => format_ident!("Unrecognized"),
    }
}

/// ```text
/// fn array<'de, A: SeqAccess<'de>>(array: Array<'de, A>) -> Result<Self, A::Error> {
///     array.read(Self::Names)
/// }
/// ```
fn array(cx: &Context<'_>, plan: &UnionPlan, arrays: &Arrays) -> TokenStream {
    let (access, array) = (
        cx.import("serde::de", "SeqAccess"),
        cx.import("root::runtime::union", "Array"),
    );
    let result = cx.prelude("result", "Result");
    let (mutable, body) = match arrays {
        Arrays::Always(index) => {
            let variant = variant(plan, *index);
            (None, quote!(array.read(Self::#variant)))
        }
        Arrays::First { items, empty, rest } => {
            let json_type = cx.import("root::runtime::union", "JsonType");
            let arms = items.iter().map(|(class, index)| {
                let (class, variant) = (class_name(*class), variant(plan, *index));
                quote!(Some(#json_type::#class) => array.read(Self::#variant))
            });
            let empty = variant(plan, *empty);
            let rest = match rest {
                Some(index) => {
                    let variant = variant(plan, *index);
                    quote!(array.read(Self::#variant))
                }
                None => quote!(Err(array.unexpected(Self::EXPECTED))),
            };
            let body = quote! {
                match array.first()? {
                    #(#arms,)*
                    Some(_) => #rest,
                    None => array.read(Self::#empty),
                }
            };
            (Some(quote!(mut)), body)
        }
    };
    quote! {
        fn array<'de, A: #access<'de>>(#mutable array: #array<'de, A>) -> #result<Self, A::Error> {
            #body
        }
    }
}

fn class_name(class: JsonType) -> Ident {
    match class {
        JsonType::Boolean => format_ident!("Boolean"),
        JsonType::Number => format_ident!("Number"),
        JsonType::String => format_ident!("String"),
        JsonType::Array => format_ident!("Array"),
        JsonType::Object => format_ident!("Object"),
    }
}

/// ```text
/// fn object<'de, A: MapAccess<'de>>(mut object: Object<'de, A>) -> Result<Self, A::Error> {
///     match object.tag("petType")? {
///         "cat" => object.read(Self::Cat),
///         _ => object.read(Self::Unrecognized),
///     }
/// }
/// ```
fn object(cx: &Context<'_>, plan: &UnionPlan, objects: &Objects) -> TokenStream {
    let (access, object) = (
        cx.import("serde::de", "MapAccess"),
        cx.import("root::runtime::union", "Object"),
    );
    let result = cx.prelude("result", "Result");
    let asks = !matches!(objects, Objects::Always(_) | Objects::Scored(_));
    let mutable = asks.then(|| quote!(mut));
    let body = question(cx, plan, objects);
    quote! {
        fn object<'de, A: #access<'de>>(#mutable object: #object<'de, A>) -> #result<Self, A::Error> {
            #body
        }
    }
}

/// The expression that reads `object`.
fn question(cx: &Context<'_>, plan: &UnionPlan, objects: &Objects) -> TokenStream {
    match objects {
        Objects::Always(index) => read(plan, *index),
        Objects::Tag {
            property,
            values,
            unknown,
            absent,
        } => {
            let known: Vec<&String> = values.iter().flat_map(|(texts, _)| texts).collect();
            let unknown = match unknown {
                Some(then) => question(cx, plan, then),
                None if plan.open => quote!(object.read(Self::Unrecognized)),
                None => quote!(Err(object.unknown_tag(#property, &[#(#known),*]))),
            };
            let then = values.iter().map(|(_, then)| question(cx, plan, then));
            let texts = values.iter().map(|(texts, _)| texts);
            match absent {
                None => {
                    let arms = texts
                        .zip(then)
                        .map(|(texts, then)| quote!(#(#texts)|* => #then));
                    quote!(match object.tag(#property)? { #(#arms,)* _ => #unknown, })
                }
                Some(absent) => {
                    let absent = question(cx, plan, absent);
                    // Clippy asks for one arm where two do the same.
                    let rest = if absent.to_string() == unknown.to_string() {
                        quote!(_ => #unknown,)
                    } else {
                        quote!(Some(_) => #unknown, None => #absent,)
                    };
                    let arms = texts
                        .zip(then)
                        .map(|(texts, then)| quote!(Some(#(#texts)|*) => #then));
                    quote! {
                        match object.optional_tag(#property)? {
                            #(#arms,)*
                            #rest
                        }
                    }
                }
            }
        }
        Objects::Keys { keys, rest } => {
            let names: Vec<&String> = keys.iter().map(|(name, _)| name).collect();
            let rest = match rest {
                Some(then) => question(cx, plan, then),
                None => quote!(Err(object.lacks(&[#(#names),*]))),
            };
            let arms = keys.iter().map(|(name, then)| {
                let then = question(cx, plan, then);
                quote!(Some(#name) => #then)
            });
            quote!(match object.first_of(&[#(#names),*])? { #(#arms,)* _ => #rest, })
        }
        Objects::KeyType {
            property,
            types,
            rest,
        } => {
            let json_type = cx.import("root::runtime::union", "JsonType");
            let rest = match rest {
                Some(then) => question(cx, plan, then),
                None => quote!(Err(object.unexpected(Self::EXPECTED))),
            };
            let arms = types.iter().map(|(class, then)| {
                let (class, then) = (class_name(*class), question(cx, plan, then));
                quote!(Some(#json_type::#class) => #then)
            });
            quote!(match object.type_of(#property)? { #(#arms,)* _ => #rest, })
        }
        Objects::Scored(scores) => scored(cx, plan, scores),
    }
}

fn read(plan: &UnionPlan, index: usize) -> TokenStream {
    let name = variant(plan, index);
    let tag = plan
        .variants
        .get(index)
        .and_then(|variant| variant.tag.as_ref());
    match tag {
        Some((property, _)) => quote!(object.without(#property).read(Self::#name)),
        None => quote!(object.read(Self::#name)),
    }
}

/// ```text
/// object.best_of(
///     &[Branch::new("Cat", &["name"], &["age"]), Branch::new("Dog", &[], &["barks"])],
///     |index, object| match index {
///         0 => object.read(Self::Cat),
///         _ => object.read(Self::Dog),
///     },
/// )
/// ```
fn scored(cx: &Context<'_>, plan: &UnionPlan, scores: &[Score]) -> TokenStream {
    let branch = cx.import("root::runtime::union", "Branch");
    let branches = scores.iter().map(|score| {
        let name = variant(plan, score.variant).to_string();
        let (required, optional) = (&score.required, &score.optional);
        let closed = score.closed.then(|| quote!(.closed()));
        quote!(#branch::new(#name, &[#(#required),*], &[#(#optional),*])#closed)
    });
    let mut arms: Vec<(usize, Vec<Literal>)> = Vec::new();
    for (index, score) in scores.iter().enumerate() {
        let index = Literal::usize_unsuffixed(index);
        match arms
            .iter_mut()
            .find(|(variant, _)| *variant == score.variant)
        {
            Some((_, indices)) => indices.push(index),
            None => arms.push((score.variant, vec![index])),
        }
    }
    let last = arms.len().saturating_sub(1);
    let arms = arms.iter().enumerate().map(|(place, (index, indices))| {
        let name = variant(plan, *index);
        let pattern = if place == last {
            quote!(_)
        } else {
            quote!(#(#indices)|*)
        };
        quote!(#pattern => object.read(Self::#name))
    });
    quote! {
        object.best_of(&[#(#branches),*], |index, object| match index { #(#arms,)* })
    }
}
