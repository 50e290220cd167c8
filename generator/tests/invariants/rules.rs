//! Invariants 1 and 2: where the generator may touch the world, and which phase knows what. Rules
//! that the compiler cannot hold are read off the source itself.

use crate::sources::{Source, sources};

/// The only files that may read, write and print.
const COMMAND: &[&str] = &["cli", "main"];

/// What reaches out of the process, or tells more than the inputs do: modules of `std`, other names,
/// and macros.
const WORLD: &[&str] = &["fs", "net", "process", "env", "io", "os", "time"];
const WORLD_NAMES: &[&str] = &[
    "reqwest",
    "tokio",
    "hyper",
    "ureq",
    "SystemTime",
    "Instant",
    "available_parallelism",
];
const WORLD_MACROS: &[&str] = &[
    "print",
    "println",
    "eprint",
    "eprintln",
    "dbg",
    "env",
    "option_env",
    "include",
    "include_str",
    "include_bytes",
];

/// The one file that holds a text of this repository: the pages about the codes of findings.
const PAGES: (&str, &str) = ("diagnostic/code.rs", "include_str");

/// Fails with everything that is wrong at once.
fn report(mistakes: Vec<String>) {
    assert!(mistakes.is_empty(), "\n{}", mistakes.join("\n"));
}

fn has(source: &Source, name: &str) -> bool {
    source.tokens.iter().any(|token| token == name)
}

#[test]
fn invariant_1_io_stays_in_the_command() {
    let mut mistakes = Vec::new();
    for source in sources().iter().filter(|source| !source.is_in(COMMAND)) {
        let path = &source.path;
        let std = source.uses_of_std();
        mistakes.extend(
            std.into_iter()
                .filter(|name| WORLD.contains(name))
                .map(|name| format!("{path}: std::{name}")),
        );
        mistakes.extend(
            WORLD_NAMES
                .iter()
                .filter(|name| has(source, name))
                .map(|name| format!("{path}: {name}")),
        );
        let calls = source
            .tokens
            .windows(2)
            .filter(|pair| pair[1] == "!" && WORLD_MACROS.contains(&pair[0].as_str()))
            .filter(|pair| (path.as_str(), pair[0].as_str()) != PAGES);
        mistakes.extend(calls.map(|pair| format!("{path}: {}!", pair[0])));
    }
    report(mistakes);
}

/// The rule above would be worth nothing if it found nothing where there is something.
#[test]
fn the_command_breaks_the_rule_that_the_library_keeps() {
    let sources = sources();
    let command: Vec<&Source> = sources
        .iter()
        .filter(|source| source.is_in(COMMAND))
        .collect();
    assert!(
        command
            .iter()
            .any(|source| source.uses_of_std().contains(&"fs"))
    );
    assert!(
        command
            .iter()
            .any(|source| source.uses_of_std().contains(&"io"))
    );
}

/// A word of the document, and the places that may know it.
const KNOWLEDGE: &[(&str, &[&str])] = &[
    // `spec` keeps a reference as it is written, `lower` follows it; nobody behind sees one. Before
    // them, `upgrade` looks whether a parameter of 2.0 is a request body.
    ("$ref", &["grammar", "load", "upgrade", "spec", "lower"]),
    // Dialects.
    ("swagger", &["grammar", "load", "upgrade"]),
    ("3.0", &["upgrade"]),
    ("3.1", &["upgrade"]),
    ("3.2", &["upgrade"]),
    ("x-nullable", &["upgrade"]),
    // `spec` reads what `upgrade` leaves where there is no word for it.
    ("\"nullable\"", &["grammar", "upgrade", "spec"]),
];

#[test]
fn invariant_2_each_phase_knows_its_own() {
    let mut mistakes = Vec::new();
    for source in sources() {
        for (word, places) in KNOWLEDGE {
            if !source.is_in(places) {
                let texts = source.texts_with(word);
                mistakes.extend(
                    texts
                        .into_iter()
                        .map(|text| format!("{}: {text}", source.path)),
                );
            }
        }
    }
    report(mistakes);
}

/// Which modules a phase may not even name: what lies before it, so that nothing is looked up behind
/// the back of a border, and what lies behind it.
const BORDERS: &[(&str, &[&str])] = &[
    (
        "load",
        &["upgrade", "spec", "lower", "api", "plan", "emit", "write"],
    ),
    (
        "upgrade",
        &["spec", "lower", "api", "plan", "emit", "write"],
    ),
    (
        "spec",
        &["upgrade", "lower", "api", "plan", "emit", "write"],
    ),
    ("lower", &["upgrade", "plan", "emit", "write"]),
    (
        "api",
        &["load", "upgrade", "spec", "lower", "plan", "emit", "write"],
    ),
    (
        "plan",
        &["load", "upgrade", "spec", "lower", "emit", "write"],
    ),
    ("emit", &["load", "upgrade", "spec", "lower", "diagnostic"]),
];

#[test]
fn invariant_2_a_phase_sees_only_the_border_before_it() {
    let mut mistakes = Vec::new();
    for source in sources() {
        for (phase, hidden) in BORDERS {
            if !source.is_in(&[phase]) {
                continue;
            }
            for window in source.tokens.windows(4) {
                let [root, first, second, name] = window else {
                    continue;
                };
                if root == "crate"
                    && first == ":"
                    && second == ":"
                    && hidden.contains(&name.as_str())
                {
                    mistakes.push(format!("{}: crate::{name}", source.path));
                }
            }
        }
    }
    report(mistakes);
}

#[test]
fn invariant_2_the_ir_knows_no_rust() {
    let mut mistakes = Vec::new();
    let rust = [
        "syn",
        "quote",
        "proc_macro2",
        "prettyplease",
        "heck",
        "Ident",
        "TokenStream",
    ];
    for source in sources() {
        // `plan` decides on names and types, but makes no tokens either.
        let hidden: &[&str] = if source.is_in(&["api", "lower", "spec", "load", "upgrade"]) {
            &rust
        } else if source.is_in(&["plan"]) {
            &["syn", "quote", "proc_macro2", "prettyplease", "TokenStream"]
        } else {
            continue;
        };
        // `quote` is a word of its own in other places, so it counts as a path or as a macro only.
        for pair in source.tokens.windows(2) {
            if hidden.contains(&pair[0].as_str()) && [":", "!"].contains(&pair[1].as_str()) {
                mistakes.push(format!("{}: {}", source.path, pair[0]));
            }
        }
    }
    report(mistakes);
}

/// What makes code out of text. Where it is allowed, the text is ours or was made by `plan::names`.
const MAKERS: &[(&str, &[&str])] = &[
    ("parse_str", &[]),
    ("parse_quote", &[]),
    ("parse_quote_spanned", &[]),
    // The printer reads back the tokens that it is given.
    ("parse2", &["write/format.rs"]),
    ("parse_file", &[]),
    ("new_raw", &["emit/context.rs"]),
    ("from_str", &[]),
    ("Verbatim", &[]),
];

#[test]
fn invariant_2_only_names_makes_identifiers() {
    let mut mistakes = Vec::new();
    for source in sources() {
        let (path, tokens) = (&source.path, &source.tokens);
        let makes_tokens = source.is_in(&["emit", "write", "plan", "lower", "api"]);
        if makes_tokens {
            let makers = MAKERS
                .iter()
                .filter(|(name, places)| has(&source, name) && !places.contains(&path.as_str()));
            mistakes.extend(makers.map(|(name, _)| format!("{path}: {name}")));
        }
        let is_ident_new = |window: &&[String]| window[0] == "Ident" && window[3] == "new";
        if path != "emit/context.rs" && tokens.windows(4).any(|window| is_ident_new(&window)) {
            mistakes.push(format!("{path}: Ident::new"));
        }
        mistakes.extend(odd_formats(&source));
    }
    report(mistakes);
}

/// What `format_ident!` may be given beside a text without a place for anything: the names of methods
/// and headers that `lower` lets through from a fixed list, of derives, and of our own files.
const FORMATS: &[(&str, &str)] = &[
    ("emit/client.rs", "\"{argument}\""),
    ("emit/operations.rs", "\"{}\" , operation . method"),
    (
        "emit/runtime.rs",
        "\"{}\" , file . path . trim_end_matches ( \".rs\" )",
    ),
    ("emit/server.rs", "\"{name}\""),
    (
        "emit/server_handler.rs",
        "\"{}\" , operation . method . to_ascii_lowercase ( )",
    ),
    ("emit/structs.rs", "\"{name}\""),
    ("emit/validate.rs", "\"{name}\""),
];

fn odd_formats(source: &Source) -> Vec<String> {
    let mut odd = Vec::new();
    let tokens = &source.tokens;
    for (index, pair) in tokens.windows(2).enumerate() {
        if pair[0] != "format_ident" || pair[1] != "!" {
            continue;
        }
        let mut depth = 0;
        let given = tokens[index + 2..].iter().take_while(|token| {
            depth += i32::from(*token == "(") - i32::from(*token == ")");
            depth > 0
        });
        let given: Vec<&str> = given.skip(1).map(String::as_str).collect();
        let given = given.join(" ");
        let fixed = !given.contains('{') && !given.contains(',');
        if !fixed && !FORMATS.contains(&(source.path.as_str(), given.as_str())) {
            odd.push(format!("{}: format_ident!({given})", source.path));
        }
    }
    odd
}
