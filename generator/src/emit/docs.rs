//! Documentation as attributes: one per line, so that it is printed as `///`.

use proc_macro2::TokenStream;
use quote::quote;

/// The attributes for lines of documentation.
pub(super) fn doc(lines: &[String]) -> TokenStream {
    let attributes = lines.iter().map(|line| {
        let line = if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        };
        quote!(#[doc = #line])
    });
    quote!(#(#attributes)*)
}

/// The attributes for fixed lines.
pub(super) fn doc_text(lines: &[&str]) -> TokenStream {
    let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
    doc(&lines)
}
