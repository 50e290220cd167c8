//! Requests whose pages follow each other.

use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::{OperationPlan, PagingPlan, Turn};

use super::context::{Context, ident};
use super::operations::set_type;

/// ```text
/// impl paging::Paged for ListPets<'_> {
///     type Page = PetPage;
///     const PAGING: paging::Paging = paging::Paging::Cursor("cursor");
///     fn list(page: &mut PetPage) -> &mut Vec<Pet> { &mut page.items }
///     fn cursor(page: &PetPage) -> Option<String> { paging::position(&page.next, &[]) }
/// }
/// ```
pub(super) fn item(cx: &Context<'_>, plan: &OperationPlan, paging: &PagingPlan) -> TokenStream {
    cx.import_always("root::runtime", "paging");
    let request = ident(&plan.request);
    let (page, list) = (cx.ty(&paging.page), cx.ty(&paging.list));
    let failure = set_type(cx, &plan.failure);
    let (option, string) = (
        cx.prelude("option", "Option"),
        cx.prelude("string", "String"),
    );
    let result = cx.prelude("result", "Result");
    let items = match paging.items.as_ref().map(ident) {
        Some(items) => quote!(&mut page.#items),
        None => quote!(page),
    };
    let start = |field| {
        let params = plan.options.as_ref().map(|options| ident(&options.name));
        let field = ident(field);
        quote! {
            fn start(&self) -> #option<#string> {
                paging::position(&self.#params.#field, &[])
            }
        }
    };
    let (turning, more) = match &paging.turn {
        Turn::Cursor(name, field, keys) => {
            let field = ident(field);
            let more = quote! {
                fn cursor(page: &Self::Page) -> #option<#string> {
                    paging::position(&page.#field, &[#(#keys),*])
                }
            };
            (quote!(Cursor(#name)), Some(more))
        }
        Turn::Page(name, field) => (quote!(Page(#name)), Some(start(field))),
        Turn::Offset(name, field) => (quote!(Offset(#name)), Some(start(field))),
        Turn::Link => (quote!(Link), None),
    };
    let deprecated = paging.deprecated.then(|| quote!(#[allow(deprecated)]));
    quote! {
        #deprecated
        impl paging::Paged for #request<'_> {
            type Page = #page;
            type Items = #list;
            type Failure = #failure;

            const PAGING: paging::Paging = paging::Paging::#turning;

            async fn fetch(&self, client: &Client) -> #result<Response<#page>, Error<#failure>> {
                let mut request = self.clone();
                request.client = client;
                request.send_response().await
            }

            fn client(&self) -> &Client {
                self.client
            }

            fn list(page: &mut Self::Page) -> &mut Self::Items {
                #items
            }

            #more
        }
    }
}
