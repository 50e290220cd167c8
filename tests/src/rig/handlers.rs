//! The server of the program: each handler notes that it was reached and answers with the first success
//! that a value can be made for.

use std::error::Error;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;
use syn::{Fields, File, Item, TraitItem};

use super::parse::{imports, variants};
use super::values::{Place, Values};
use super::{Module, Operation, Source};

/// The file `handlers.rs`.
pub(super) fn write(source: &Source, values: &mut Values<'_>) -> Result<String, Box<dyn Error>> {
    let mut tokens = TokenStream::new();
    for (index, module) in source.modules().enumerate() {
        let server = source.file(&format!("src/server/{}.rs", module.name))?;
        let operations = source.file(&format!("src/operations/{}.rs", module.name))?;
        let name = format_ident!("m{index}");
        let imports = imports(&server);
        let implementation = implementation(&module, &server, &operations, values);
        tokens.extend(quote! {
            mod #name {
                #imports
                #implementation
            }
        });
    }
    tokens.extend(router(source)?);
    Ok(tokens.to_string())
}

/// The trait of a module for the stub; nothing if the server has none of its operations.
fn implementation(
    module: &Module<'_>,
    server: &File,
    operations: &File,
    values: &mut Values<'_>,
) -> Option<TokenStream> {
    let declared = server.items.iter().find_map(|item| match item {
        Item::Trait(item) if item.ident == module.trait_name => Some(item),
        _ => None,
    })?;
    let mut items = TokenStream::new();
    for item in &declared.items {
        items.extend(match item {
            TraitItem::Type(item) if item.ident == "Principal" => quote! { type Principal = (); },
            TraitItem::Type(item) if item.ident == "Error" => {
                quote! { type Error = crate::Undeclared; }
            }
            TraitItem::Fn(method) => {
                let signature = &method.sig;
                let Some(operation) = module.operation(&signature.ident) else {
                    continue;
                };
                let (id, answer) = (operation.id(), answer(operation, operations, values));
                quote! {
                    #[allow(unused_variables)]
                    #signature { crate::answer(self, #id, || #answer) }
                }
            }
            _ => continue,
        });
    }
    let name = &declared.ident;
    Some(quote! { impl api::server::#name for crate::Stub { #items } })
}

/// The first success that can be made, or else the first failure.
fn answer(operation: &Operation<'_>, file: &File, values: &mut Values<'_>) -> TokenStream {
    let outcomes = operation.planned["outcomes"].as_array();
    let mut outcomes: Vec<&Value> = outcomes.into_iter().flatten().collect();
    outcomes.sort_by_key(|outcome| outcome["ending"] == "Failure");
    let made = outcomes
        .into_iter()
        .find_map(|outcome| made(operation, outcome, file, values));
    made.map_or_else(
        || quote! { Err("no answer could be made".to_owned()) },
        |made| quote! { Ok(#made) },
    )
}

fn made(
    operation: &Operation<'_>,
    outcome: &Value,
    file: &File,
    values: &mut Values<'_>,
) -> Option<TokenStream> {
    let name = operation.planned["response"].as_str()?;
    let variant = outcome["variant"].as_str()?;
    let fields = &variants(file, name).find(|it| it.ident == variant)?.fields;
    let responses = operation.lowered["responses"].as_array()?;
    let response = responses
        .iter()
        .find(|it| it["status"] == outcome["status"])?;
    let (name, variant) = (format_ident!("{name}"), format_ident!("{variant}"));
    let path = quote! { api::operations::#name::#variant };
    let body = |values: &mut Values<'_>| payload(&outcome["body"], &response["contents"], values);
    match fields {
        Fields::Unit => Some(path),
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
            let body = body(values)?;
            Some(quote! { #path(#body) })
        }
        Fields::Unnamed(_) => None,
        Fields::Named(fields) => {
            let mut named = TokenStream::new();
            for field in &fields.named {
                let name = field.ident.as_ref()?;
                let value = match name.to_string().as_str() {
                    "status" => status(&outcome["status"]),
                    "body" => body(values)?,
                    "headers" => headers(&response["headers"], values)?,
                    _ => return None,
                };
                named.extend(quote! { #name: #value, });
            }
            Some(quote! { #path { #named } })
        }
    }
}

/// The headers that must be there.
fn headers(ty: &Value, values: &mut Values<'_>) -> Option<TokenStream> {
    let mut set = TokenStream::new();
    for (field, style) in values.required_headers(ty) {
        let name = field["name"].as_str()?;
        let text = values.of(&field["ty"], Place::Parameter)?;
        let style = match (style["kind"].as_str()?, style["explode"].as_bool()?) {
            ("Json", _) => quote! { JSON },
            ("Lines", _) => quote! { LINES },
            (_, true) => quote! { SIMPLE_EXPLODED },
            (_, false) => quote! { SIMPLE },
        };
        let style = quote! { api::runtime::param::Style::#style };
        set.extend(quote! { let headers = crate::with_header(headers, #name, #style, #text)?; });
    }
    Some(quote! {{
        let headers = http::HeaderMap::new();
        #set
        api::runtime::headers::Headers::read(&headers)
    }})
}

/// A status that an outcome stands for, where it stands for several.
fn status(declared: &Value) -> TokenStream {
    let class = declared["Range"].as_u64().unwrap_or(2);
    let status = u16::try_from(class * 100).unwrap_or(200);
    quote! { http::StatusCode::from_u16(#status).unwrap_or_default() }
}

/// A body in the first of the ways that it may be written in.
pub(super) fn payload(
    planned: &Value,
    contents: &Value,
    values: &mut Values<'_>,
) -> Option<TokenStream> {
    let content = planned["contents"].get(0)?;
    let codec = content["codec"].as_str()?;
    let body = match codec {
        "Bytes" => quote! { api::client::Body::from("bytes") },
        "Json" | "Text" => {
            let media_types = content["media_types"].as_array()?;
            let mut contents = contents.as_array()?.iter();
            let declared = contents.find(|it| media_types.contains(&it["media_type"]))?;
            let text = values.of(&declared["codec"][codec], Place::Body)?;
            quote! { crate::made(#text)? }
        }
        "Multipart" | "Upload" => {
            let media_types = content["media_types"].as_array()?;
            let mut contents = contents.as_array()?.iter();
            let declared = contents.find(|it| media_types.contains(&it["media_type"]))?;
            let ty = &declared["codec"]["Multipart"][0];
            match codec {
                "Multipart" => {
                    let text = values.of(ty, Place::Parts)?;
                    quote! { crate::made(#text)? }
                }
                _ => form(&values.form(ty)?),
            }
        }
        _ => return None,
    };
    let Some(choice) = planned["choice"]["name"].as_str() else {
        return Some(body);
    };
    let choice = format_ident!("{choice}");
    let variant = format_ident!("{}", content["variant"]["name"].as_str()?);
    Some(quote! { api::operations::#choice::#variant(#body) })
}

/// A form with files, read from its text. Its boundary is a `b`.
fn form(text: &str) -> TokenStream {
    let multipart = quote! { api::runtime::multipart };
    let reader = quote! {
        #multipart::FormReader::new(&[], Some("multipart/form-data; boundary=b"), &#text.into())
    };
    quote! {{
        let mut reader = #reader.map_err(|error| error.to_string())?;
        #multipart::Form::read(&mut reader).map_err(|error| error.to_string())?
    }}
}

/// The router, and who it lets in: whoever shows the secret for every scheme.
fn router(source: &Source) -> syn::Result<TokenStream> {
    if !source.is_secured() {
        return Ok(quote! {
            pub fn router(stub: crate::Stub) -> axum::Router {
                api::server::router(stub)
            }
        });
    }
    let server = source.file("src/server.rs")?;
    let arms = variants(&server, "Credentials").map(|variant| {
        let name = &variant.ident;
        let names: Vec<_> = variant.fields.iter().filter_map(|it| it.ident.as_ref()).collect();
        quote! {
            api::server::Credentials::#name { #(#names),* } => true #(&& crate::Shown::is_secret(&#names))*,
        }
    });
    Ok(quote! {
        pub fn router(stub: crate::Stub) -> axum::Router {
            api::server::router(stub, Secrets)
        }

        struct Secrets;

        impl api::server::Authenticate for Secrets {
            type Principal = ();

            async fn authenticate(
                &self,
                _: &'static api::operations::Operation,
                credentials: api::server::Credentials<'_>,
            ) -> Result<(), api::server::AuthError> {
                let fine = match credentials { #(#arms)* };
                if fine { Ok(()) } else { Err(api::server::AuthError::Unauthorized) }
            }
        }
    })
}
