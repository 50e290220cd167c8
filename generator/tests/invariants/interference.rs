//! Invariant 3: text of the document enters the output only as a literal, a doc line, or an
//! identifier, and never says what the code does.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use proptest::prelude::*;

use crate::hostile::{document, harmless, hostile};
use crate::run::{number_from, run};
use crate::skeleton::{Facts, facts};

/// Keywords that no generated file may hold: they reach out of the language. A property of such a name
/// is written `r#unsafe`.
const FORBIDDEN: &[&str] = &["unsafe", "extern"];

/// The macros that generated files call. All are of the runtime, and take names or a table of values.
const MACROS: &[&str] = &[
    "open_enum",
    "closed_enum",
    "integer_enum",
    "constant",
    "pattern",
    "union",
];

/// Whether a macro is given names and perhaps, in braces, rows of a name with a literal or a type: then
/// no text can be more than a literal.
fn is_table(given: &str) -> bool {
    let tokens: TokenStream = given.parse().expect("tokens");
    let mut rows = Vec::new();
    let names = tokens.into_iter().all(|token| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace && rows.is_empty() => {
            rows = group.stream().into_iter().collect();
            true
        }
        TokenTree::Ident(_) => true,
        TokenTree::Punct(sign) => ['-', '>'].contains(&sign.as_char()),
        _ => false,
    });
    let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(it) if it.as_char() == ',');
    let is_row = |row: &[TokenTree]| match row {
        [
            TokenTree::Ident(_),
            TokenTree::Punct(equals),
            rest @ ..,
            last,
        ] => {
            let signs: String = rest.iter().map(ToString::to_string).collect();
            let value = last.to_string();
            let is_value =
                matches!(last, TokenTree::Literal(_)) || value == "true" || value == "false";
            equals.as_char() == '=' && is_value && (signs.is_empty() || signs == "-")
        }
        // A variant with a type.
        [TokenTree::Ident(_), TokenTree::Group(of)] => {
            let signs = [':', ',', '<', '>'];
            of.delimiter() == Delimiter::Parenthesis
                && of.stream().into_iter().all(|token| match token {
                    TokenTree::Ident(_) => true,
                    TokenTree::Punct(sign) => signs.contains(&sign.as_char()),
                    _ => false,
                })
        }
        _ => false,
    };
    names
        && rows
            .split(is_comma)
            .filter(|row| !row.is_empty())
            .all(is_row)
}

/// Everything that must hold for the files of any document, however hostile.
pub(crate) fn inspect(files: &[(&str, &str)]) -> Vec<Facts> {
    let rust = files.iter().filter(|(path, _)| path.ends_with(".rs"));
    let mut all = Vec::new();
    for (path, text) in rust {
        assert!(text.is_ascii(), "{path} is not ASCII:\n{}", odd_lines(text));
        assert!(!text.contains('\r'), "{path} has a carriage return");
        if let Err(error) = syn::parse_file(text) {
            panic!("{path} is not Rust: {error}\n{text}");
        }
        let facts = facts(text);
        for name in &facts.identifiers {
            let plain = name.strip_prefix("r#").unwrap_or(name);
            let starts_well = plain.starts_with(|ch: char| ch.is_ascii_alphabetic() || ch == '_');
            let fine = plain
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
            assert!(starts_well && fine, "{path} has the identifier {name:?}");
            assert!(!FORBIDDEN.contains(&name.as_str()), "{path} has `{name}`");
        }
        for (name, given) in &facts.macros {
            assert!(MACROS.contains(&name.as_str()), "{path} calls `{name}!`");
            let fine = is_table(given) || name == "pattern" && is_literal(given);
            assert!(fine, "{path} calls `{name}!({given})`");
        }
        all.push(facts);
    }
    all
}

/// Whether a macro is given one literal and nothing else.
fn is_literal(given: &str) -> bool {
    let tokens: TokenStream = given.parse().expect("tokens");
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    matches!(tokens[..], [TokenTree::Literal(_)])
}

fn odd_lines(text: &str) -> String {
    let odd = text.lines().filter(|line| !line.is_ascii());
    odd.take(5).map(|line| format!("  {line:?}\n")).collect()
}

/// The manifest tells the title and the version of the document in its description, and nothing else.
fn inspect_manifest(path: &str, text: &str) {
    let mut manifest: toml::Table = text.parse().expect("the manifest is TOML");
    if let Some(package) = manifest
        .get_mut("package")
        .and_then(toml::Value::as_table_mut)
    {
        package.remove("description");
    }
    let rest = manifest.to_string().to_lowercase();
    assert!(!rest.contains("zqxcanary"), "{path}: {rest}");
}

/// The names of the output files must be ones that every file system takes, below the folder.
fn inspect_paths(files: &[(&str, &str)]) {
    for (path, _) in files {
        let fine = path.split('/').all(|part| {
            let stem = part
                .strip_suffix(".rs")
                .or_else(|| part.strip_suffix(".toml"))
                .unwrap_or(part);
            !stem.is_empty()
                && stem.len() < 200
                && stem
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        });
        assert!(fine, "{path:?} is not a plain path");
    }
    let mut folded: Vec<String> = files.iter().map(|(path, _)| path.to_lowercase()).collect();
    folded.sort();
    folded.dedup();
    assert_eq!(folded.len(), files.len(), "two paths differ only in case");
}

/// The skeletons of all files. Names decide which file comes first, so the order is taken out.
fn skeletons(document: &str) -> Vec<String> {
    let run = run("document.json", document);
    let files = run.own_files();
    inspect_paths(&files);
    let facts = inspect(&files);
    let mut skeletons: Vec<String> = facts.iter().map(|it| it.skeleton.join(" ")).collect();
    skeletons.sort();
    skeletons
}

fn compare(expected: &[String], found: &[String]) {
    assert_eq!(expected.len(), found.len(), "another number of files");
    for (expected, found) in expected.iter().zip(found) {
        if expected == found {
            continue;
        }
        let (left, right): (Vec<&str>, Vec<&str>) =
            (expected.split(' ').collect(), found.split(' ').collect());
        let at = left.iter().zip(&right).take_while(|(a, b)| a == b).count();
        let window = |tokens: &[&str]| {
            let from = at.saturating_sub(20).min(tokens.len());
            tokens[from..(at + 20).min(tokens.len())].join(" ")
        };
        panic!(
            "the text of the document changes the code:\n{}\n{}",
            window(&left),
            window(&right)
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: number_from("OARLOCK_CASES", 256),
        failure_persistence: None,
        max_shrink_iters: 20_000,
        ..ProptestConfig::default()
    })]

    /// T1 of the threat model: with hostile texts in every place, the code is the same.
    #[test]
    fn invariant_3_document_text_never_changes_the_code(texts in hostile()) {
        thread_local! {
            static EXPECTED: Vec<String> = skeletons(&harmless());
        }
        let found = skeletons(&texts.document());
        EXPECTED.with(|expected| compare(expected, &found));
    }
}

/// The harmless document reaches every kind of file, or the test above would prove nothing.
#[test]
fn the_base_document_uses_what_is_generated() {
    let run = run("document.json", &harmless());
    let paths: Vec<&str> = run.own_files().iter().map(|(path, _)| *path).collect();
    assert_eq!(paths.len(), 25, "{paths:#?}");
    let text: String = run.own_files().iter().map(|(_, text)| *text).collect();
    for part in [
        "closed_enum!",
        "open_enum!",
        "union!",
        "Option<Option<",
        "Box<",
        "BTreeMap<",
        "Secret",
        "Uuid",
        "NaiveDate",
        "DateTime<",
        "impl From<",
        "fn into_parts",
        "impl Validate",
        "#[deprecated]",
        "Credentials",
        "authenticate_if_shown",
        "#[serde(rename",
        "validate(&body)",
        "DEFAULT_BASE_URL",
        "impl DeclaredHeaders",
    ] {
        assert!(text.contains(part), "nothing is generated with `{part}`");
    }
}

/// T2 of the threat model: a word that stands in every text of the document is found only where text
/// may be, and in particular not in a comment, in a path that serde parses, or in a macro.
#[test]
fn invariant_3_a_canary_is_found_only_in_literals_docs_and_identifiers() {
    let mut count = 0;
    let document = document(|_| {
        count += 1;
        format!("Zqxcanary{count}end")
    });
    let run = run("document.json", &document);
    let mut found = 0;
    for (path, text) in run.own_files() {
        let lower = text.to_lowercase();
        let expected = lower.matches("zqxcanary").count();
        found += expected;
        if !path.ends_with(".rs") {
            inspect_manifest(path, text);
            continue;
        }
        let facts = &inspect(&[(path, text)])[0];
        let in_code = |text: &String| text.to_lowercase().contains("zqxcanary");
        assert!(
            !facts.code_literals.iter().any(in_code),
            "{path}: in a serde path"
        );
        // What tokens, documentation and literals hold together is all there is: nothing stands in
        // a comment, which no token is made of.
        let tokens: TokenStream = text.parse().expect("tokens");
        let in_tokens = tokens
            .to_string()
            .to_lowercase()
            .matches("zqxcanary")
            .count();
        assert_eq!(
            in_tokens, expected,
            "{path}: some text is outside of all tokens"
        );
    }
    assert!(found > 300, "the canary is found only {found} times");
}

#[test]
fn a_table_is_nothing_but_names_and_literals() {
    for table in [
        r#"Status { Open = "open", Closed = "} fn evil() {" }"#,
        "open Level { Low = -1, High = 2, }",
        "Off { False = false } as_bool -> bool",
        "Pet { Cat(Box<Cat>), Number(f64) }",
    ] {
        assert!(is_table(table), "{table}");
    }
    for code in [
        "Status { Open = evil() }",
        "Status { Open = concat!() }",
        "Status { Open(evil()) }",
        r#"Status { Open = "open" } (evil)"#,
        r#""evil""#,
    ] {
        assert!(!is_table(code), "{code}");
    }
}
