//! A variant of a response enum, in each of the places where it stands.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::api::Status;
use crate::plan::{Ending, Outcome};

use super::client_payload;
use super::context::{Context, ident};
use super::docs::doc;
use super::server_payload;

/// Whether it is a variant of its name and its body, as it has neither a status nor headers beside it.
fn is_plain(outcome: &Outcome) -> bool {
    matches!(outcome.status, Status::Code(_)) && outcome.headers.is_none()
}

/// Its declaration: `Ok(Pet)`, `NoContent`, or with named fields where there is more to say than the body:
///
/// ```text
/// ClientError {
///     status: StatusCode,
///     headers: Headers<ClientErrorHeaders>,
///     body: Problem,
/// }
/// ```
pub(super) fn declaration(cx: &Context<'_>, outcome: &Outcome) -> TokenStream {
    let (docs, name) = (doc(&outcome.docs), ident(&outcome.variant));
    let body = outcome.body.as_ref().map(|body| cx.ty(&body.ty));
    if is_plain(outcome) {
        return match body {
            Some(ty) => quote!(#docs #name(#ty)),
            None => quote!(#docs #name),
        };
    }
    let field = |docs: &str, field: TokenStream| {
        let docs = doc(&[docs.to_owned()]);
        quote!(#docs #field,)
    };
    let status = (!matches!(outcome.status, Status::Code(_))).then(|| {
        cx.import_always("http", "StatusCode");
        field("The status.", quote!(status: StatusCode))
    });
    let headers = outcome.headers.as_ref().map(|ty| {
        cx.import_always("root::runtime::headers", "Headers");
        let ty = cx.ty(ty);
        field("The headers.", quote!(headers: Headers<#ty>))
    });
    let body = body.map(|ty| field("The body.", quote!(body: #ty)));
    quote!(#docs #name { #status #headers #body })
}

/// What stands beside the body: `status, headers,`
fn beside(outcome: &Outcome) -> TokenStream {
    let status = (!matches!(outcome.status, Status::Code(_))).then(|| quote!(status,));
    let headers = outcome.headers.as_ref().map(|_| quote!(headers,));
    quote!(#status #headers)
}

/// The pattern that takes all of it, and the expression that makes it of the same names.
pub(super) fn whole(of: &TokenStream, outcome: &Outcome) -> TokenStream {
    let name = ident(&outcome.variant);
    let beside = beside(outcome);
    match &outcome.body {
        Some(_) => with_body(&quote!(#of::#name), outcome, &quote!(body)),
        None if is_plain(outcome) => quote!(#of::#name),
        None => quote!(#of::#name { #beside }),
    }
}

/// The pattern that takes the body alone.
pub(super) fn body_only(of: &TokenStream, outcome: &Outcome) -> TokenStream {
    let name = ident(&outcome.variant);
    match &outcome.body {
        _ if is_plain(outcome) => whole(of, outcome),
        Some(_) => quote!(#of::#name { body, .. }),
        None => quote!(#of::#name { .. }),
    }
}

/// The pattern that takes the body and the status.
pub(super) fn body_and_status(of: &TokenStream, outcome: &Outcome) -> TokenStream {
    let name = ident(&outcome.variant);
    match (&outcome.headers, &outcome.body) {
        (None, _) => whole(of, outcome),
        (Some(_), Some(_)) => quote!(#of::#name { status, body, .. }),
        (Some(_), None) => quote!(#of::#name { status, .. }),
    }
}

/// Where an outcome may be both, the arm for the success stands before the one for the failure.
pub(super) fn either_arm(
    outcome: &Outcome,
    pattern: fn(&TokenStream, &Outcome) -> TokenStream,
    value: &TokenStream,
) -> Option<TokenStream> {
    if outcome.ending != Ending::Either {
        return None;
    }
    let pattern = pattern(&quote!(Self), outcome);
    Some(quote!(#pattern if status.as_u16() < 400 => #value))
}

/// What the client makes of a response of its status.
pub(super) fn receive(cx: &Context<'_>, response: &TokenStream, outcome: &Outcome) -> TokenStream {
    let name = ident(&outcome.variant);
    let status = (!matches!(outcome.status, Status::Code(_)))
        .then(|| quote!(let status = reply.status_code();));
    let headers = (outcome.headers.as_ref()).map(|_| quote!(let headers = reply.headers();));
    let variant = quote!(#response::#name);
    let read = match &outcome.body {
        Some(body) => {
            client_payload::receive(cx, body, is_plain(outcome).then_some(&variant), |value| {
                with_body(&variant, outcome, value)
            })
        }
        None => {
            let value = whole(response, outcome);
            quote!(Ok(reply.empty(#value)))
        }
    };
    quote!(#status #headers #read)
}

/// Whether the client needs a block for that.
pub(super) fn receives_in_steps(outcome: &Outcome) -> bool {
    !is_plain(outcome)
}

/// An outcome of this variant, with a value as its body.
fn with_body(variant: &TokenStream, outcome: &Outcome, value: &TokenStream) -> TokenStream {
    let beside = beside(outcome);
    let is_short = value.to_string() == "body";
    match is_plain(outcome) {
        true => quote!(#variant(#value)),
        false if is_short => quote!(#variant { #beside body }),
        false => quote!(#variant { #beside body: #value }),
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
    let arm = |pattern: TokenStream, answer: TokenStream| match &outcome.headers {
        Some(_) => quote!(#pattern => server::with_headers(&headers, #answer)),
        None => quote!(#pattern => #answer),
    };
    let name = ident(&outcome.variant);
    let variant = quote!(Self::#name);
    let Some(body) = &outcome.body else {
        let pattern = whole(&quote!(Self), outcome);
        return vec![arm(pattern, quote!(server::empty(#status)))];
    };
    let answers = server_payload::answers(cx, body, &status).into_iter();
    answers
        .map(|(value, answer)| arm(with_body(&variant, outcome, &value), answer))
        .collect()
}
