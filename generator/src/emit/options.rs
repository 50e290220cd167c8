//! The parameters outside of the path: arguments, setters, how they are sent and how they are read.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{Carrier, Location, StyleKind};
use crate::plan::{DefinitionPlan, FieldPlan, Found, Made, OptionsPlan, ParameterPlan, Passed};

use super::context::{Context, ident};
use super::docs::doc_text;
use super::payload;
use super::requests::passed;
use super::style::style;

/// The fields of the struct, each with what is decided about its parameter.
fn fields<'p>(
    cx: &Context<'p>,
    options: &'p OptionsPlan,
) -> Vec<(&'p FieldPlan, &'p ParameterPlan)> {
    let fields = cx.type_plan(options.id).map(|plan| match &plan.definition {
        DefinitionPlan::Struct(plan) => &plan.fields[..],
        _ => &[],
    });
    fields
        .unwrap_or_default()
        .iter()
        .zip(&options.parameters)
        .collect()
}

/// The arguments of the client's method for what is required.
pub(super) fn arguments(cx: &Context<'_>, options: &OptionsPlan) -> Vec<TokenStream> {
    let arguments = options.parameters.iter().filter_map(|it| {
        let Some(Passed::Argument(name, ty)) = &it.passed else {
            return None;
        };
        let name = ident(name);
        let (ty, _) = passed(cx, ty, &quote!(#name));
        Some(quote!(#name: #ty))
    });
    arguments.collect()
}

/// The struct, made of these arguments.
///
/// ```text
/// ListPetsParams::default()
/// ListPetsParams::new(kind)
/// ```
pub(super) fn value(cx: &Context<'_>, options: &OptionsPlan) -> TokenStream {
    let ty = cx.named(options.id);
    let arguments = fields(cx, options).into_iter().filter_map(|(field, it)| {
        let Some(Passed::Argument(name, ty)) = &it.passed else {
            return None;
        };
        let name = ident(name);
        Some((ident(&field.name), passed(cx, ty, &quote!(#name)).1, name))
    });
    match options.made {
        Made::Default => quote!(#ty::default()),
        Made::New => {
            let arguments = arguments.map(|(_, _, name)| name);
            quote!(#ty::new(#(#arguments),*))
        }
        Made::Fields => {
            let fields = arguments.map(|(field, value, name)| {
                let value = value.or_else(|| (name != field).then(|| quote!(#name)));
                match value {
                    Some(value) => quote!(#field: #value),
                    None => quote!(#field),
                }
            });
            quote!(#ty { #(#fields),* })
        }
    }
}

/// ```text
/// /// See [`ListPetsParams::limit`].
/// pub fn limit(mut self, limit: i64) -> Self {
///     self.params.limit = Some(limit);
///     self
/// }
/// ```
pub(super) fn setters(cx: &Context<'_>, options: &OptionsPlan) -> Vec<TokenStream> {
    let params = ident(&options.name);
    let ty = cx.named(options.id);
    let docs = doc_text(&["Passes all parameters outside of the path at once."]);
    let all = quote! {
        #docs
        pub fn params(mut self, params: #ty) -> Self {
            self.#params = params;
            self
        }
    };
    let setters = fields(cx, options).into_iter().filter_map(|(field, it)| {
        let Some(Passed::Setter(name, of)) = &it.passed else {
            return None;
        };
        let docs = doc_text(&[&format!("See [`{ty}::{}`].", field.name.plain())]);
        let deprecated = field
            .deprecated
            .then(|| quote!(#[deprecated] #[allow(deprecated)]));
        let (name, field) = (ident(name), ident(&field.name));
        let (ty, value) = passed(cx, of, &quote!(#name));
        let value = value.unwrap_or_else(|| quote!(#name));
        Some(quote! {
            #docs
            #deprecated
            pub fn #name(mut self, #name: #ty) -> Self {
                self.#params.#field = Some(#value);
                self
            }
        })
    });
    setters.chain([all]).collect()
}

/// A struct that is written out may have deprecated fields; they are arguments, which cannot be.
pub(super) fn allow_in_value(cx: &Context<'_>, options: &OptionsPlan) -> Option<TokenStream> {
    match options.made {
        Made::Fields => allow_deprecated(cx, Some(options)),
        Made::Default | Made::New => None,
    }
}

/// Code of ours passes deprecated parameters on without a warning.
pub(super) fn allow_deprecated(
    cx: &Context<'_>,
    options: Option<&OptionsPlan>,
) -> Option<TokenStream> {
    let fields = options
        .map(|options| fields(cx, options))
        .unwrap_or_default();
    let deprecated = fields.iter().any(|(field, _)| field.deprecated);
    deprecated.then(|| quote!(#[allow(deprecated)]))
}

/// `call.query("limit", Style::FORM, &self.params.limit);`
pub(super) fn sent(cx: &Context<'_>, options: &OptionsPlan) -> Vec<TokenStream> {
    let params = ident(&options.name);
    let sent = fields(cx, options).into_iter().map(|(field, it)| {
        let (key, name) = (&field.key, ident(&field.name));
        let (method, place) = method(cx, key, &it.carrier);
        quote!(call.#method(#place, &self.#params.#name);)
    });
    sent.collect()
}

/// ```text
/// let params = ListPetsParams {
///     limit: incoming.query("limit", Style::FORM)?,
/// };
/// ```
pub(super) fn read(cx: &Context<'_>, options: &OptionsPlan) -> TokenStream {
    let (params, ty) = (ident(&options.name), cx.named(options.id));
    let fields = fields(cx, options).into_iter().map(|(field, it)| {
        let (key, name) = (&field.key, ident(&field.name));
        let is_cookie = it.carrier.location == Location::Cookie;
        match &it.found {
            Found::Name => {
                let (method, place) = method(cx, key, &it.carrier);
                quote!(#name: incoming.#method(#place)?)
            }
            Found::Keys(keys) if is_cookie => {
                quote!(#name: incoming.cookie_keys(#key, &[#(#keys),*])?)
            }
            Found::Keys(keys) => quote!(#name: incoming.query_keys(#key, &[#(#keys),*])?),
            Found::Rest(others) if is_cookie => {
                quote!(#name: incoming.cookie_rest(#key, &[#(#others),*])?)
            }
            Found::Rest(others) => {
                quote!(#name: incoming.query_rest(#key, &[#(#others),*])?)
            }
        }
    });
    quote!(let #params = #ty { #(#fields,)* };)
}

/// The method of the client, and of the server where a parameter is found by its name or is the whole query;
/// and what both are told of how it is written.
fn method(cx: &Context<'_>, key: &str, carrier: &Carrier) -> (TokenStream, TokenStream) {
    let method = match carrier.location {
        Location::Query => quote!(query),
        Location::Header => quote!(header),
        Location::Cookie => quote!(cookie),
        Location::QueryString if carrier.style.kind == StyleKind::Form => {
            return (quote!(query_form), payload::styles(cx, &carrier.fields));
        }
        Location::QueryString => return (quote!(whole_query), style(cx, carrier.style)),
    };
    let style = style(cx, carrier.style);
    (method, quote!(#key, #style))
}
