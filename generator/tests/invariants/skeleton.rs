//! What is left of Rust when everything that may come from a document is taken out of it.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, Punct, Spacing, TokenStream, TokenTree};

/// Every place in a file that text of the document can stand in.
#[derive(Default)]
pub(crate) struct Facts {
    /// The tokens with literals and identifiers erased, and without documentation. Braces and commas
    /// are left out, because the printer adds them where a line is long.
    pub(crate) skeleton: Vec<String>,
    pub(crate) identifiers: BTreeSet<String>,
    pub(crate) literals: Vec<String>,
    /// The literals of attributes that serde parses as code: all but `rename`.
    pub(crate) code_literals: Vec<String>,
    /// The names of the macros that are called, each with the tokens it is given.
    pub(crate) macros: Vec<(String, String)>,
    /// The lines of documentation.
    pub(crate) docs: Vec<String>,
}

/// Words that mean something to the compiler wherever they stand; all other words are names.
const KEYWORDS: &[&str] = &[
    "as", "async", "await", "break", "const", "continue", "crate", "dyn", "else", "enum", "extern",
    "false", "fn", "for", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "pub", "ref", "return", "self", "Self", "static", "struct", "super", "trait", "true",
    "type", "union", "unsafe", "use", "where", "while", "yield",
];

/// Reads a file.
pub(crate) fn facts(text: &str) -> Facts {
    let tokens: TokenStream = text.parse().expect("the file is made of tokens");
    let mut facts = Facts::default();
    walk(tokens, &mut facts);
    facts.skeleton = without_paths(&facts.skeleton);
    facts
}

/// A name that another crate has too is written with its path instead of being imported, so imports
/// are left out, and a path is as good as its last name.
fn without_paths(skeleton: &[String]) -> Vec<String> {
    let mut short: Vec<String> = Vec::with_capacity(skeleton.len());
    let mut tokens = skeleton.iter().peekable();
    while let Some(token) = tokens.next() {
        if token == "use" {
            tokens.by_ref().find(|token| *token == ";");
            if short.last().is_some_and(|last| last == "pub") {
                short.pop();
            }
        } else if token == "::" {
            if short
                .last()
                .is_some_and(|last| ["x", "crate", "super"].contains(&last.as_str()))
            {
                short.pop();
            }
        } else {
            short.push(token.clone());
        }
    }
    short.retain(|token| token != ",");
    short
}

fn walk(tokens: TokenStream, facts: &mut Facts) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut index = 0;
    while let Some(token) = tokens.get(index) {
        if let Some((attribute, length)) = attribute(&tokens[index..]) {
            read_attribute(attribute, facts);
            index += length;
            continue;
        }
        if let (TokenTree::Ident(name), Some(TokenTree::Punct(bang)), Some(TokenTree::Group(given))) =
            (token, tokens.get(index + 1), tokens.get(index + 2))
            && bang.as_char() == '!'
        {
            facts
                .macros
                .push((name.to_string(), given.stream().to_string()));
        }
        match token {
            TokenTree::Group(group) => {
                let braces = match group.delimiter() {
                    Delimiter::Parenthesis => "()",
                    Delimiter::Bracket => "[]",
                    Delimiter::Brace | Delimiter::None => "",
                };
                facts.skeleton.extend(braces.get(..1).map(str::to_owned));
                walk(group.stream(), facts);
                facts.skeleton.extend(braces.get(1..).map(str::to_owned));
            }
            TokenTree::Ident(name) => {
                let name = name.to_string();
                let kept = KEYWORDS.contains(&name.as_str());
                facts
                    .skeleton
                    .push(if kept { name.clone() } else { "x".to_owned() });
                facts.identifiers.insert(name);
            }
            TokenTree::Literal(literal) => {
                facts.skeleton.push("0".to_owned());
                facts.literals.push(literal.to_string());
            }
            TokenTree::Punct(punct) if is_path_separator(punct) => {
                facts.skeleton.push("::".to_owned());
                index += 1;
            }
            TokenTree::Punct(punct) => facts.skeleton.push(punct.as_char().to_string()),
        }
        index += 1;
    }
}

/// Whether this is the first half of `::`.
fn is_path_separator(punct: &Punct) -> bool {
    punct.as_char() == ':' && punct.spacing() == Spacing::Joint
}

/// The attribute at the start of the tokens, and how many tokens it takes.
fn attribute(tokens: &[TokenTree]) -> Option<(TokenStream, usize)> {
    let mut length = match tokens.first()? {
        TokenTree::Punct(hash) if hash.as_char() == '#' => 1,
        _ => return None,
    };
    if let Some(TokenTree::Punct(bang)) = tokens.get(length)
        && bang.as_char() == '!'
    {
        length += 1;
    }
    match tokens.get(length)? {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket => {
            Some((group.stream(), length + 1))
        }
        _ => None,
    }
}

/// Documentation leaves nothing behind. Whether a field needs a `rename` depends on its name, so
/// that part of serde's attribute leaves nothing behind either, nor does an attribute that has no
/// other part.
fn read_attribute(attribute: TokenStream, facts: &mut Facts) {
    let tokens: Vec<TokenTree> = attribute.clone().into_iter().collect();
    let name = tokens.first().map(ToString::to_string).unwrap_or_default();
    if name == "doc" {
        // The other form, `doc(inline)`, stands before imports and holds no text.
        if tokens.len() == 3 {
            let text = syn::parse2::<syn::LitStr>(tokens[2..].iter().cloned().collect());
            let text = text.expect("documentation is a text");
            facts.docs.push(text.value());
        }
        return;
    }
    let options = match tokens.get(1) {
        Some(TokenTree::Group(options)) if name == "serde" => options,
        _ => return walk(attribute, facts),
    };
    let options: Vec<TokenTree> = options.stream().into_iter().collect();
    let mut kept = Vec::new();
    for option in
        options.split(|token| matches!(token, TokenTree::Punct(it) if it.as_char() == ','))
    {
        let key = option.first().map(ToString::to_string).unwrap_or_default();
        let literals = option.iter().filter_map(|token| match token {
            TokenTree::Literal(literal) => Some(literal.to_string()),
            _ => None,
        });
        facts.literals.extend(literals.clone());
        if key != "rename" && key != "rename_all" {
            facts.code_literals.extend(literals);
            kept.push(key);
        }
    }
    if !kept.is_empty() {
        facts.skeleton.push(format!("#serde({})", kept.join(" ")));
    }
}
