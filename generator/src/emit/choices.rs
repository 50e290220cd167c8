//! What a caller chooses beside parameters and bodies: media types, and where to go on with a stream.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::plan::{Name, OperationPlan};

use super::context::ident;
use super::docs::{doc, doc_text};

/// The entries of a new request: what holds if nothing is chosen.
pub(super) fn entries(plan: &OperationPlan) -> impl Iterator<Item = TokenStream> {
    let chosen = media_choices(plan);
    let chosen = chosen.map(|MediaChoice { name, default, .. }| quote!(#name: #default));
    let resumes = plan.resumes.iter().map(ident);
    chosen.chain(resumes.map(|name| quote!(#name: None)))
}

/// The fields of a request.
pub(super) fn fields(plan: &OperationPlan) -> impl Iterator<Item = TokenStream> {
    let chosen = media_choices(plan).map(|it| it.name);
    let chosen = chosen.map(|name| quote!(#name: &'static str));
    let resumes = plan.resumes.iter().map(ident);
    chosen.chain(resumes.map(|name| quote!(#name: Option<String>)))
}

/// The setters of a request.
pub(super) fn setters(plan: &OperationPlan) -> Vec<TokenStream> {
    // The methods that send say themselves whether a stream is wanted.
    let said = plan.streaming.as_ref().and(plan.wanted.as_ref());
    let said = said.map(|it| ident(&it.name));
    let chosen = media_choices(plan).filter(|it| Some(&it.name) != said.as_ref());
    let chosen = chosen.map(|it| it.setter());
    chosen
        .chain(plan.resumes.iter().map(resume_setter))
        .collect()
}

/// A media type that the caller chooses: the one to send, or the one to receive.
struct MediaChoice<'p> {
    name: Ident,
    /// What holds if nothing is chosen.
    default: &'p str,
    docs: &'p [String],
}

impl MediaChoice<'_> {
    /// ```text
    /// pub fn accept(mut self, media_type: &'static str) -> Self {
    ///     self.accept = media_type;
    ///     self
    /// }
    /// ```
    fn setter(&self) -> TokenStream {
        let (name, docs) = (&self.name, doc(self.docs));
        quote! {
            #docs
            pub fn #name(mut self, media_type: &'static str) -> Self {
                self.#name = media_type;
                self
            }
        }
    }
}

/// ```text
/// pub fn last_event_id(mut self, id: impl Into<String>) -> Self {
///     self.last_event_id = Some(id.into());
///     self
/// }
/// ```
fn resume_setter(name: &Name) -> TokenStream {
    let name = ident(name);
    let docs = doc_text(&["Asks for the events after the one with this id."]);
    quote! {
        #docs
        pub fn #name(mut self, id: impl Into<String>) -> Self {
            self.#name = Some(id.into());
            self
        }
    }
}

/// The media types that are chosen.
fn media_choices(plan: &OperationPlan) -> impl Iterator<Item = MediaChoice<'_>> {
    let wanted = plan
        .wanted
        .as_ref()
        .map(|it| (it, plan.accept.as_deref().unwrap_or_default()));
    let sent = plan.body.as_ref().and_then(|body| {
        let content = body.payload.contents.first()?;
        Some((body.content_type.as_ref()?, &*content.sent))
    });
    let chosen = wanted.into_iter().chain(sent);
    chosen.map(|(choice, default)| MediaChoice {
        name: ident(&choice.name),
        default,
        docs: &choice.docs,
    })
}
