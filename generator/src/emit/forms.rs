//! Forms with files: how their fields become parts and are read from them (Q6, Q7).

use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::{FieldPlan, RustType, StructPlan, TypePlan};

use super::context::{Context, ident};
use super::structs::allow_deprecated;

/// ```text
/// impl Form for UploadForm {
///     fn write(self, form: &mut FormWriter) {
///         form.value("title", &self.title);
///         form.files("file", self.file);
///     }
///
///     fn read(form: &mut FormReader) -> Result<Self, JsonError> {
///         Ok(Self {
///             title: form.value("title")?,
///             file: form.files("file")?,
///         })
///     }
/// }
/// ```
pub(super) fn form(cx: &Context<'_>, ty: &TypePlan, plan: &StructPlan) -> TokenStream {
    let [form, reader, writer, error] = ["Form", "FormReader", "FormWriter", "JsonError"]
        .map(|name| cx.import("root::runtime::multipart", name));
    let (result, name) = (cx.prelude("result", "Result"), ident(&ty.name));
    let writes = plan.fields.iter().map(|field| {
        let (key, name) = (&field.key, ident(&field.name));
        match is_of_files(field) {
            true => quote!(form.files(#key, self.#name);),
            false => quote!(form.value(#key, &self.#name);),
        }
    });
    let reads = plan.fields.iter().map(|field| {
        let (key, name) = (&field.key, ident(&field.name));
        match is_of_files(field) {
            true => quote!(#name: form.files(#key)?),
            false => quote!(#name: form.value(#key)?),
        }
    });
    let deprecated = allow_deprecated(plan);
    quote! {
        impl #form for #name {
            #deprecated
            fn write(self, form: &mut #writer) {
                #(#writes)*
            }

            #deprecated
            fn read(form: &mut #reader) -> #result<Self, #error> {
                Ok(Self { #(#reads),* })
            }
        }
    }
}

fn is_of_files(field: &FieldPlan) -> bool {
    field.ty.parts().contains(&&RustType::File)
}
