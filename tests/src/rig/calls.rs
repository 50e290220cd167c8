//! The client of the program: a call for each operation, with made values for what it asks for.

use std::error::Error;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;

use super::handlers::payload;
use super::parse::{Argument, arguments, imports, methods};
use super::values::{Place, Values};
use super::{Operation, Source};

/// The file `calls.rs`.
pub(super) fn write(source: &Source, values: &mut Values<'_>) -> Result<String, Box<dyn Error>> {
    let mut tokens = TokenStream::new();
    let mut names = Vec::new();
    for (index, module) in source.modules().enumerate() {
        let client = source.file(&format!("src/client/{}.rs", module.name))?;
        let name = format_ident!("m{index}");
        let imports = imports(&client);
        let (mut calls, mut listed) = (TokenStream::new(), TokenStream::new());
        for method in methods(&client, "Client") {
            let Some(operation) = module.operation(&method.sig.ident) else {
                continue;
            };
            let (id, name) = (operation.id(), &method.sig.ident);
            let is_served = operation.planned["served"] == true;
            let call = call(source, operation, &method.sig, values);
            listed.extend(quote! {
                crate::Call { id: #id, is_served: #is_served, call: |client| Box::pin(#name(client)) },
            });
            calls.extend(quote! {
                async fn #name(client: &api::client::Client) -> crate::Ended { #call }
            });
        }
        tokens.extend(quote! {
            mod #name {
                #imports
                #calls
                pub static CALLS: &[crate::Call] = &[#listed];
            }
        });
        names.push(name);
    }
    let builder = builder(source)?;
    Ok(quote! {
        #tokens
        pub static CALLS: &[&[crate::Call]] = &[#(#names::CALLS),*];
        #builder
    }
    .to_string())
}

/// The body of a function that calls a method.
fn call(
    source: &Source,
    operation: &Operation<'_>,
    signature: &syn::Signature,
    values: &mut Values<'_>,
) -> TokenStream {
    let (mut made, mut passed) = (TokenStream::new(), TokenStream::new());
    for argument in arguments(signature) {
        let Argument {
            name,
            ty,
            by_reference,
        } = &argument;
        let Some(value) = value(source, operation, &name.to_string(), values) else {
            let problem = format!("no value could be made for `{name}`");
            return quote! { Err(#problem.to_owned()) };
        };
        made.extend(quote! { let #name: #ty = #value; });
        passed.extend(if *by_reference {
            quote! { &#name, }
        } else {
            quote! { #name, }
        });
    }
    let method = &signature.ident;
    quote! {
        #made
        crate::ended(client.#method(#passed).send_outcome().await)
    }
}

/// The value of an argument.
fn value(
    source: &Source,
    operation: &Operation<'_>,
    name: &str,
    values: &mut Values<'_>,
) -> Option<TokenStream> {
    let Operation { lowered, planned } = operation;
    let made = |text: String| quote! { crate::made(#text)? };
    let mut paths = planned["arguments"].as_array().into_iter().flatten();
    if let Some(argument) = paths.find(|it| it["name"] == name) {
        let mut declared = lowered["parameters"].as_array()?.iter();
        let declared = declared.find(|it| it["name"] == argument["key"])?;
        return values.of(&declared["ty"], Place::Path).map(made);
    }
    let options = &planned["options"];
    let parameters = options["parameters"].as_array().into_iter().flatten();
    let mut passed = parameters.map(|it| &it["passed"]["Argument"][0]);
    if let Some(index) = passed.position(|it| it == name) {
        let id = usize::try_from(options["id"].as_u64()?).ok()?;
        let fields = &source.lowered["types"][id]["definition"]["Struct"]["fields"];
        let ty: &Value = &fields[index]["ty"];
        return values.of(ty, Place::Parameter).map(made);
    }
    let body = &planned["body"];
    if body["name"] == name {
        return payload(&body["payload"], &lowered["body"]["contents"], values);
    }
    None
}

/// What makes a client of an address and a transport: with the secret for every scheme.
fn builder(source: &Source) -> syn::Result<TokenStream> {
    let client = source.file("src/client.rs")?;
    let mut setters = TokenStream::new();
    for method in methods(&client, "ClientBuilder") {
        let name = &method.sig.ident;
        let secrets = arguments(&method.sig)
            .into_iter()
            .map(|_| quote! { crate::SECRET });
        setters.extend(quote! { .#name(#(#secrets),*) });
    }
    Ok(quote! {
        pub fn builder(base_url: &str) -> api::client::ClientBuilder {
            api::client::ClientBuilder::sender().base_url(base_url) #setters
        }
    })
}
