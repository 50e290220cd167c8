//! Rust in tokens to text, an item at a time: a whole file at once costs thirty times the memory.

use proc_macro2::TokenStream;

use crate::emit::Module;

/// Formats a module, behind a line that marks it as ours. `None` if the tokens are not Rust, which is a
/// mistake of ours.
pub(super) fn module(marker: Option<&str>, module: &Module) -> Option<String> {
    let mut blocks: Vec<String> = marker.iter().map(|marker| format!("{marker}\n")).collect();
    if !module.docs.is_empty() {
        let line = |line: &String| {
            if line.is_empty() {
                "//!\n".to_owned()
            } else {
                format!("//! {line}\n")
            }
        };
        blocks.push(module.docs.iter().map(line).collect());
    }
    if !module.attributes.is_empty() {
        blocks.push(print(module.attributes.iter().cloned().collect())?);
    }
    for group in module.groups.iter().filter(|group| !group.is_empty()) {
        blocks.push(print(group.clone())?);
    }
    for item in &module.items {
        blocks.push(spaced(&print(item.clone())?));
    }
    Some(blocks.join("\n"))
}

fn print(tokens: TokenStream) -> Option<String> {
    if let Some(table) = super::table::layout(&tokens) {
        return Some(ascii(table));
    }
    let file: syn::File = syn::parse2(tokens).ok()?;
    Some(ascii(prettyplease::unparse(&file)))
}

/// Writes what is not ASCII as escapes. Identifiers and documentation are ASCII already, so only
/// literals are left to hold anything else.
fn ascii(text: String) -> String {
    if text.is_ascii() {
        return text;
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if character.is_ascii() {
            escaped.push(character);
        } else {
            escaped.push_str(&format!("\\u{{{:x}}}", u32::from(character)));
        }
    }
    escaped
}

/// Puts an empty line between the members of an `impl` or a `trait`, which the printer does not.
/// The printer writes every other line break as an escape, so a line that looks like the end of a
/// member is one.
fn spaced(item: &str) -> String {
    let opens = |line: &str| {
        ["impl ", "impl<", "pub trait "]
            .iter()
            .any(|start| line.starts_with(start))
    };
    if !item.lines().any(opens) {
        return item.to_owned();
    }
    let mut text = String::with_capacity(item.len() + 64);
    let mut after_member = false;
    for line in item.lines() {
        let indented = line
            .strip_prefix("    ")
            .filter(|rest| !rest.starts_with([' ', '}', ')']));
        if after_member && indented.is_some() {
            text.push('\n');
        }
        text.push_str(line);
        text.push('\n');
        after_member = line == "    }" || (line.starts_with("    ") && ends_member(line));
    }
    text
}

/// Whether a line ends a member without a body: a constant, a type, or the signature of a method.
fn ends_member(line: &str) -> bool {
    let text = line.trim_start();
    let indent = line.len() - text.len();
    text.ends_with(';') && indent == 4 && !text.starts_with("//")
}
