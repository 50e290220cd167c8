//! A variant of a response enum, in each of the places where it stands.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::api::Status;
use crate::plan::{Ending, Outcome};

use super::context::{Context, ident};
use super::docs::doc;
use super::payload;

/// Its declaration: `Ok(Pet)`, `NoContent`, or `ClientError { status: StatusCode, body: Problem }`.
pub(super) fn declaration(cx: &Context<'_>, outcome: &Outcome) -> TokenStream {
    let (docs, name) = (doc(&outcome.docs), ident(&outcome.variant));
    let body = outcome.body.as_ref().map(|body| cx.ty(&body.ty));
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
pub(super) fn receive(cx: &Context<'_>, response: &TokenStream, outcome: &Outcome) -> TokenStream {
    let name = ident(&outcome.variant);
    let status = match outcome.status {
        Status::Code(_) => quote!(),
        _ => quote!(let status = reply.status_code();),
    };
    let Some(body) = &outcome.body else {
        let value = whole(response, outcome);
        return quote!(#status Ok(reply.empty(#value)));
    };
    let variant = quote!(#response::#name);
    let is_plain = matches!(outcome.status, Status::Code(_));
    let read = payload::receive(cx, body, is_plain.then_some(&variant), |value| {
        with_body(&variant, outcome, value)
    });
    quote!(#status #read)
}

/// An outcome of this variant, with a value as its body.
fn with_body(variant: &TokenStream, outcome: &Outcome, value: &TokenStream) -> TokenStream {
    let is_short = value.to_string() == "body";
    match outcome.status {
        Status::Code(_) => quote!(#variant(#value)),
        _ if is_short => quote!(#variant { status, body }),
        _ => quote!(#variant { status, body: #value }),
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

/// What the server makes of it, as arms of a match.
pub(super) fn answers(cx: &Context<'_>, outcome: &Outcome) -> Vec<TokenStream> {
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
    let Some(body) = &outcome.body else {
        let pattern = whole(&quote!(Self), outcome);
        return vec![quote!(#pattern => server::empty(#status))];
    };
    let name = ident(&outcome.variant);
    let variant = quote!(Self::#name);
    payload::answers(cx, body, &status, |value| {
        with_body(&variant, outcome, value)
    })
}
