//! A variant of a response enum, in each of the places where it stands.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::api::Status;
use crate::plan::{Ending, Outcome};

use super::context::{Context, ident};
use super::docs::doc;

/// Its declaration: `Ok(Pet)`, `NoContent`, or `ClientError { status: StatusCode, body: Problem }`.
pub(super) fn declaration(cx: &Context<'_>, outcome: &Outcome) -> TokenStream {
    let (docs, name) = (doc(&outcome.docs), ident(&outcome.variant));
    let body = outcome.body.as_ref().map(|(ty, _)| cx.ty(ty));
    match (outcome.status, body) {
        (Status::Code(_), Some(ty)) => quote!(#docs #name(#ty)),
        (Status::Code(_), None) => quote!(#docs #name),
        (_, body) => {
            let status_docs = doc(&["The status.".to_owned()]);
            let body = body.map(|ty| {
                let docs = doc(&["The body.".to_owned()]);
                quote!(#docs body: #ty,)
            });
            cx.import_always("http", "StatusCode");
            quote!(#docs #name { #status_docs status: StatusCode, #body })
        }
    }
}

/// The pattern that takes all of it, and the expression that makes it of the same names.
pub(super) fn whole(of: &TokenStream, outcome: &Outcome) -> TokenStream {
    let name = ident(&outcome.variant);
    match (outcome.status, &outcome.body) {
        (Status::Code(_), Some(_)) => quote!(#of::#name(body)),
        (Status::Code(_), None) => quote!(#of::#name),
        (_, Some(_)) => quote!(#of::#name { status, body }),
        (_, None) => quote!(#of::#name { status }),
    }
}

/// The pattern that takes the body alone.
pub(super) fn body_only(of: &TokenStream, outcome: &Outcome) -> TokenStream {
    let name = ident(&outcome.variant);
    match (outcome.status, &outcome.body) {
        (Status::Code(_), _) => whole(of, outcome),
        (_, Some(_)) => quote!(#of::#name { body, .. }),
        (_, None) => quote!(#of::#name { .. }),
    }
}

/// Where an outcome may be both, the arm for the success stands before the one for the failure.
pub(super) fn either_arm(outcome: &Outcome, value: &TokenStream) -> Option<TokenStream> {
    if outcome.ending != Ending::Either {
        return None;
    }
    let pattern = whole(&quote!(Self), outcome);
    Some(quote!(#pattern if status.as_u16() < 400 => #value))
}

/// What the client makes of a response of its status.
pub(super) fn receive(response: &TokenStream, outcome: &Outcome) -> TokenStream {
    let name = ident(&outcome.variant);
    match (outcome.status, &outcome.body) {
        (Status::Code(_), Some(_)) => quote!(reply.json(#response::#name).await),
        (Status::Code(_), None) => quote!(Ok(reply.empty(#response::#name))),
        (_, Some(_)) => quote! {
            let status = reply.status_code();
            reply.json(|body| #response::#name { status, body }).await
        },
        (_, None) => quote! {
            let status = reply.status_code();
            Ok(reply.empty(#response::#name { status }))
        },
    }
}

/// The pattern of the statuses that it stands for.
pub(super) fn statuses(status: Status) -> TokenStream {
    match status {
        Status::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote!(#code)
        }
        Status::Range(digit) => {
            let digit = Literal::u16_unsuffixed(digit);
            quote!(_ if reply.is_class(#digit))
        }
        Status::Default => quote!(_),
    }
}

/// What the server makes of it.
pub(super) fn answer(outcome: &Outcome) -> TokenStream {
    let pattern = whole(&quote!(Self), outcome);
    let media_type = outcome.body.as_ref().map(|(_, media_type)| media_type);
    let status = match outcome.status {
        Status::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote!(#code)
        }
        Status::Range(digit) => {
            let digit = Literal::u16_unsuffixed(digit);
            quote!(server::of_class(#digit, status))
        }
        Status::Default => quote!(status.as_u16()),
    };
    match media_type {
        Some(media_type) => quote!(#pattern => server::json(#status, #media_type, &body)),
        None => quote!(#pattern => server::empty(#status)),
    }
}
