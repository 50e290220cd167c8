//! The source of the generator itself, as tokens, for the rules that it must keep.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A source file of the generator.
pub(crate) struct Source {
    /// Its path below `src`, with `/`.
    pub(crate) path: String,
    /// Its tokens in order, without documentation and without tests. A text keeps its quotes.
    pub(crate) tokens: Vec<String>,
}

/// Every source file of the generator but its tests.
pub(crate) fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    let mut sources = Vec::new();
    for file in files {
        let path = file.strip_prefix(&root).expect("it is below the root");
        let path = path.to_str().expect("its path is UTF-8").replace('\\', "/");
        if path.ends_with("tests.rs") || path.contains("/tests/") {
            continue;
        }
        let text = fs::read_to_string(&file).expect("a source file");
        let tokens: TokenStream = text.parse().expect("the file is made of tokens");
        let mut source = Source {
            path,
            tokens: Vec::new(),
        };
        flatten(tokens, &mut source.tokens);
        sources.push(source);
    }
    assert!(
        sources.len() > 60,
        "only {} source files are found",
        sources.len()
    );
    sources
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

fn flatten(tokens: TokenStream, out: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut index = 0;
    // The body of a module behind `#[cfg(test)]` is left out.
    let mut in_tests = false;
    while let Some(token) = tokens.get(index) {
        index += 1;
        match token {
            TokenTree::Punct(hash) if hash.as_char() == '#' => {
                let bang =
                    matches!(tokens.get(index), Some(TokenTree::Punct(it)) if it.as_char() == '!');
                let at = index + usize::from(bang);
                let Some(TokenTree::Group(attribute)) = tokens.get(at) else {
                    out.push("#".to_owned());
                    continue;
                };
                let text = attribute.stream().to_string().replace(' ', "");
                if attribute.delimiter() == Delimiter::Bracket {
                    index = at + 1;
                    in_tests |= text == "cfg(test)";
                    if !text.starts_with("doc=") {
                        out.push("#".to_owned());
                        flatten(attribute.stream(), out);
                    }
                } else {
                    out.push("#".to_owned());
                }
            }
            TokenTree::Group(group) => {
                if in_tests && group.delimiter() == Delimiter::Brace {
                    in_tests = false;
                    continue;
                }
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace | Delimiter::None => ("{", "}"),
                };
                out.push(open.to_owned());
                flatten(group.stream(), out);
                out.push(close.to_owned());
            }
            TokenTree::Punct(punct) => {
                in_tests &= punct.as_char() != ';';
                out.push(punct.as_char().to_string());
            }
            TokenTree::Ident(_) | TokenTree::Literal(_) => out.push(token.to_string()),
        }
    }
}

impl Source {
    /// Whether the file is in one of these folders, or is one of these files.
    pub(crate) fn is_in(&self, places: &[&str]) -> bool {
        places.iter().any(|place| {
            let folder = self.path.strip_prefix(place);
            folder.is_some_and(|rest| rest == ".rs" || rest.starts_with('/')) || self.path == *place
        })
    }

    /// Where the file names a module of `std`, as `std::fs` or in a list of imports.
    pub(crate) fn uses_of_std(&self) -> Vec<&str> {
        let mut names = Vec::new();
        for (index, window) in self.tokens.windows(4).enumerate() {
            let [root, first, second, next] = window else {
                continue;
            };
            if !["std", "core", "alloc"].contains(&root.as_str()) || first != ":" || second != ":" {
                continue;
            }
            if next == "{" {
                names.extend(self.list(index + 4));
            } else {
                names.push(next);
            }
        }
        names
    }

    /// The first names of the items of a list in braces, which starts at a token.
    fn list(&self, start: usize) -> Vec<&str> {
        let mut names = Vec::new();
        let mut depth = 0;
        let mut at_start = true;
        for token in self.tokens.get(start..).unwrap_or_default() {
            match token.as_str() {
                "{" => depth += 1,
                "}" if depth == 0 => break,
                "}" => depth -= 1,
                "," if depth == 0 => at_start = true,
                name if at_start => {
                    names.push(name);
                    at_start = false;
                }
                _ => {}
            }
        }
        names
    }

    /// The texts of the file that hold a word.
    pub(crate) fn texts_with(&self, word: &str) -> Vec<&str> {
        let is_text = |token: &&String| token.ends_with(['"', '#']) && token.contains('"');
        let texts = self.tokens.iter().filter(is_text);
        texts
            .map(String::as_str)
            .filter(|text| text.contains(word))
            .collect()
    }
}
