//! The servers in `client.rs`: the enum of them, the enums of their variables, and their URLs.

use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::{Name, ServerChoice, ServerField, ServerPlan, UrlPart, VariableEnum};

use super::context::{Context, ident};
use super::docs::{doc, doc_text};
use super::enums;

/// The enum of all servers and everything that belongs to it.
pub(super) fn items(cx: &Context<'_>, choice: &ServerChoice) -> Vec<TokenStream> {
    let mut items = vec![definition(choice)];
    items.extend(choice.has_default.then(|| default_impl(choice)).flatten());
    items.push(url_of(cx, choice));
    items.push(into_string(choice));
    for it in &choice.enums {
        items.extend(variable_enum(cx, it));
    }
    items
}

/// ```text
/// #[non_exhaustive]
/// pub enum Server {
///     /// `https://{region}.example.com`
///     Production { region: ServerRegion },
///     Sandbox,
/// }
/// ```
fn definition(choice: &ServerChoice) -> TokenStream {
    let name = ident(&choice.name);
    let docs = doc_text(&["A place where the API is served, for [`ClientBuilder::base_url`]."]);
    let variants = choice.servers.iter().map(|server| {
        let (docs, name) = (doc(&server.docs), ident(&server.name));
        let fields = server.fields.iter().map(|field| {
            let (docs, name, ty) = (doc(&field.docs), ident(&field.name), ty(choice, field));
            quote!(#docs #name: #ty)
        });
        let fields = (!server.fields.is_empty()).then(|| quote!({ #(#fields),* }));
        quote!(#docs #name #fields)
    });
    quote! {
        #docs
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum #name { #(#variants,)* }
    }
}

fn enum_name<'c>(choice: &'c ServerChoice, field: &ServerField) -> Option<&'c Name> {
    let of = choice.enums.get(field.of?)?;
    Some(&of.name)
}

fn ty(choice: &ServerChoice, field: &ServerField) -> TokenStream {
    match enum_name(choice, field).map(ident) {
        Some(name) => quote!(#name),
        None => quote!(String),
    }
}

/// ```text
/// impl Default for Server {
///     fn default() -> Self { Self::Production { region: ServerRegion::default() } }
/// }
/// ```
fn default_impl(choice: &ServerChoice) -> Option<TokenStream> {
    let first = choice.servers.first()?;
    let (name, variant) = (ident(&choice.name), ident(&first.name));
    let fields = first.fields.iter().map(|field| {
        let name = ident(&field.name);
        match (enum_name(choice, field).map(ident), &field.default) {
            (Some(of), _) => quote!(#name: #of::default()),
            (None, Some(default)) => quote!(#name: #default.to_owned()),
            (None, None) => quote!(#name: String::new()),
        }
    });
    let fields = (!first.fields.is_empty()).then(|| quote!({ #(#fields),* }));
    let docs = doc_text(&["The first server of the document, with the defaults of its variables."]);
    Some(quote! {
        #docs
        impl Default for #name {
            fn default() -> Self {
                Self::#variant #fields
            }
        }
    })
}

/// ```text
/// pub fn url(&self) -> String {
///     match self {
///         Self::Production { region } => ["https://", region.as_str(), ".example.com"].concat(),
///         Self::Sandbox => "https://sandbox.example.com".to_owned(),
///     }
/// }
/// ```
fn url_of(cx: &Context<'_>, choice: &ServerChoice) -> TokenStream {
    let name = ident(&choice.name);
    let arms = choice.servers.iter().map(|server| arm(cx, server));
    let docs = doc_text(&["Its base URL."]);
    quote! {
        impl #name {
            #docs
            pub fn url(&self) -> String {
                match self { #(#arms,)* }
            }
        }
    }
}

fn arm(cx: &Context<'_>, server: &ServerPlan) -> TokenStream {
    let variant = ident(&server.name);
    match (&server.fields[..], &server.url[..]) {
        ([], []) => quote!(Self::#variant => String::new()),
        ([], [UrlPart::Text(url)]) => quote!(Self::#variant => #url.to_owned()),
        (fields, parts) => {
            let names = fields.iter().map(|field| ident(&field.name));
            let pattern = quote!(Self::#variant { #(#names),* });
            if let [UrlPart::Any(index)] = parts
                && let Some(field) = fields.get(*index)
            {
                let name = ident(&field.name);
                return quote!(#pattern => #name.clone());
            }
            let parts = parts.iter().map(|part| url_part(cx, fields, part));
            quote!(#pattern => [#(#parts),*].concat())
        }
    }
}

fn url_part(cx: &Context<'_>, fields: &[ServerField], part: &UrlPart) -> TokenStream {
    let name = |index: &usize| fields.get(*index).map(|field| ident(&field.name));
    match part {
        UrlPart::Text(text) => quote!(#text),
        UrlPart::Value(index) => {
            let name = name(index);
            quote!(#name.as_str())
        }
        UrlPart::Any(index) => {
            let name = name(index);
            quote!(#name.as_str())
        }
        UrlPart::Host(index) => {
            let name = name(index);
            cx.import_always("root::runtime", "percent");
            quote!(&percent::encode_host(#name))
        }
    }
}

/// ```text
/// impl From<Server> for String {
///     fn from(server: Server) -> Self { server.url() }
/// }
/// ```
fn into_string(choice: &ServerChoice) -> TokenStream {
    let name = ident(&choice.name);
    quote! {
        impl From<#name> for String {
            fn from(server: #name) -> Self {
                server.url()
            }
        }
    }
}

fn variable_enum(cx: &Context<'_>, of: &VariableEnum) -> [TokenStream; 2] {
    let derives = quote! {
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
    };
    enums::parts(cx, &doc(&of.docs), &of.name, &derives, &of.plan)
}
