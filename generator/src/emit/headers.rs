//! `operations/headers.rs`: how the declared headers of responses are read and written.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::plan::{Plan, StructPlan};

use super::Module;
use super::context::{Context, ident};
use super::features;
use super::structs::allow_deprecated;
use super::style::style;

/// The file, with an `impl` for each set of headers.
pub(super) fn module(cx: &Context<'_>, plan: &Plan) -> Module {
    // An import of a type that is left out would lead nowhere.
    cx.import_always("root", "types");
    let sets = plan.header_sets().map(|(ty, it)| {
        let feature = features::of_any(plan, std::iter::once(ty));
        let item = declared(cx, &ident(&ty.name), it);
        quote!(#feature #item)
    });
    let items = sets.collect();
    Module {
        docs: vec!["How the headers of responses are read and written.".to_owned()],
        groups: cx.uses(),
        items,
        ..Module::default()
    }
}

/// ```text
/// impl DeclaredHeaders for types::ListPetsOkHeaders {
///     fn read(from: &HeaderMap) -> Result<Self, HeaderError> {
///         Ok(Self {
///             x_total: headers::get(from, "X-Total", Style::SIMPLE)?,
///         })
///     }
///
///     fn write(&self, to: &mut HeaderMap) -> Result<(), HeaderError> {
///         headers::set(to, "X-Total", Style::SIMPLE, &self.x_total)
///     }
/// }
/// ```
fn declared(cx: &Context<'_>, name: &Ident, plan: &StructPlan) -> TokenStream {
    let path = "root::runtime::headers";
    let (declared, error) = (
        cx.import(path, "DeclaredHeaders"),
        cx.import(path, "HeaderError"),
    );
    let (map, result) = (
        cx.import("http", "HeaderMap"),
        cx.prelude("result", "Result"),
    );
    cx.import_always(path, "self");
    let fields = || plan.fields.iter().zip(&plan.headers);
    let read = fields().map(|(field, it)| {
        let (name, key, style) = (ident(&field.name), &field.key, style(cx, *it));
        quote!(#name: headers::get(from, #key, #style)?)
    });
    let write = fields().map(|(field, it)| {
        let (name, key, style) = (ident(&field.name), &field.key, style(cx, *it));
        quote!(headers::set(to, #key, #style, &self.#name)?;)
    });
    let deprecated = allow_deprecated(plan);
    quote! {
        impl #declared for types::#name {
            #deprecated
            fn read(from: &#map) -> #result<Self, #error> {
                Ok(Self { #(#read),* })
            }

            #deprecated
            fn write(&self, to: &mut #map) -> #result<(), #error> {
                #(#write)*
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::config::{Config, Features};
    use crate::source::Sources;

    const DOCUMENT: &str = "\
openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /a: {get: {tags: [a], responses: {'204': {description: A, headers: {X-A: {schema: {type: integer}}}}, '404': {$ref: '#/components/responses/R'}}}}
  /b: {get: {tags: [b], responses: {'204': {description: B}, '404': {$ref: '#/components/responses/R'}}}}
components:
  responses:
    R: {description: R, headers: {X-R: {schema: {type: integer}}}}
";

    #[test]
    fn a_set_belongs_to_the_tags_that_use_it() {
        let config = Config {
            features: Features::Tags,
            ..Config::default()
        };
        let sources = Sources::new("openapi.yaml", DOCUMENT);
        let generated = crate::generate(&sources, &config).expect("it is generated");
        let mut files = generated.files.iter();
        let file = files.find(|(path, _)| path.as_str() == "src/operations/headers.rs");
        let (_, text) = file.expect("the file of the headers");
        let lines = text.lines();
        let lines = lines.filter(|line| line.starts_with("#[cfg") || line.starts_with("impl"));
        let lines: Vec<&str> = lines.collect();
        expect![[r##"
            #[cfg(feature = "a")]
            impl DeclaredHeaders for types::GetANoContentHeaders {
            #[cfg(any(feature = "a", feature = "b"))]
            impl DeclaredHeaders for types::RHeaders {"##]]
        .assert_eq(&lines.join("\n"));
    }
}
