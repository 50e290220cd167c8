//! Small inputs that ask for much memory, time or stack end with an error, not with the machine.
//!
//! Each runs in a process of its own that may take 1 GiB of memory and 10 seconds, on a thread with
//! a stack of 2 MiB, so that an abort is seen as what it is.
#![cfg(unix)]

use std::fmt::Write;
use std::process::Command;

use oarlock::diagnostic::{Diagnostics, Severity};
use oarlock::load::{Limits, load};
use oarlock::source::Sources;

/// Names the bomb to the child process.
const VARIABLE: &str = "OARLOCK_BOMB";

/// A name, the file it would be, how it is made, and the code of the error that it ends with.
type Bomb = (&'static str, &'static str, fn() -> String, &'static str);

const BOMBS: &[Bomb] = &[
    (
        "nested aliases, 9^9",
        "a.yaml",
        || nested_aliases(9, 9),
        "limit",
    ),
    (
        "doubling aliases, 2^26",
        "a.yaml",
        || nested_aliases(2, 26),
        "limit",
    ),
    (
        "one anchor of 20,000 nodes, 5,000 aliases",
        "a.yaml",
        flat_aliases,
        "limit",
    ),
    (
        "an alias of an alias of an alias",
        "a.yaml",
        || nested_aliases(1, 5_000),
        "limit",
    ),
    (
        "one anchor of 1 MB of text, 100,000 aliases",
        "a.yaml",
        long_text,
        "limit",
    ),
    (
        "one merged key of 60 kB, 100,000 times",
        "a.yaml",
        long_merged_key,
        "limit",
    ),
    ("merge keys of merge keys", "a.yaml", nested_merges, "limit"),
    (
        "a list in a mapping, 10,000 times",
        "a.json",
        || "{\"\":[".repeat(10_000),
        "limit",
    ),
    (
        "the same in YAML",
        "a.yaml",
        || format!("# YAML\n{}", "{\"\":[".repeat(10_000)),
        "limit",
    ),
    (
        "100,000 brackets",
        "a.json",
        || "[".repeat(100_000),
        "limit",
    ),
    (
        "100,000 brackets in YAML",
        "a.yaml",
        || format!("# YAML\n{}", "[".repeat(100_000)),
        "limit",
    ),
    (
        "100,000 brackets, closed",
        "a.json",
        || "[".repeat(100_000) + &"]".repeat(100_000),
        "limit",
    ),
    ("20,000 dashes", "a.yaml", || "- ".repeat(20_000), "limit"),
    (
        "20,000 question marks",
        "a.yaml",
        || "? ".repeat(20_000),
        "syntax",
    ),
    (
        "2,000 levels of indentation",
        "a.yaml",
        indentation,
        "limit",
    ),
    (
        "an endless list",
        "a.json",
        || format!("[{}", "0,".repeat(20_000_000)),
        "limit",
    ),
    (
        "an endless list of escapes",
        "a.json",
        || format!("[{}", "\"\\n\",".repeat(9_000_000)),
        "limit",
    ),
    (
        "an endless list of mappings",
        "a.json",
        || format!("[{}", "{\"\\n\":0},".repeat(5_000_000)),
        "limit",
    ),
    (
        "an endless mapping of one key",
        "a.json",
        || format!("{{{}\"\":0}}", "\"\":0,".repeat(2_000_000)),
        "duplicate-key",
    ),
    (
        "an endless mapping",
        "a.json",
        || mapping(4_100_000),
        "limit",
    ),
    (
        "a mapping of 2,000,000 keys",
        "a.json",
        || mapping(2_000_000) + "\"0\":0}",
        "duplicate-key",
    ),
    (
        "an endless list of wrong merges",
        "a.yaml",
        || "- <<: 1\n".repeat(50_000),
        "syntax",
    ),
    (
        "a page of a million blocks",
        "a.md",
        || "```yaml\n```\n".repeat(1_000_000),
        "limit",
    ),
    ("many tags", "a.yaml", many_tags, "syntax"),
    (
        "an alias of itself",
        "a.yaml",
        || "a: &a [*a]".to_owned(),
        "syntax",
    ),
    (
        "a merge of itself",
        "a.yaml",
        || "a: &a {<<: *a}".to_owned(),
        "syntax",
    ),
    (
        "a key without an end",
        "a.yaml",
        || format!("{{{}", "a".repeat(1_000_000)),
        "syntax",
    ),
];

/// `depth` lists that each have `width` aliases of the one before.
fn nested_aliases(width: usize, depth: usize) -> String {
    let mut text = "- &a0 [x]\n".to_owned();
    for level in 1..=depth {
        let aliases = vec![format!("*a{}", level - 1); width].join(", ");
        let _ = writeln!(text, "- &a{level} [{aliases}]");
    }
    text
}

fn flat_aliases() -> String {
    format!(
        "- &a [{}]\n{}",
        vec!["x"; 20_000].join(","),
        "- *a\n".repeat(5_000)
    )
}

fn long_text() -> String {
    format!(
        "- &a \"{}\\n\"\n{}",
        "x".repeat(1_000_000),
        "- *a\n".repeat(100_000)
    )
}

/// The key has an escape, so that it cannot be borrowed from the text.
fn long_merged_key() -> String {
    format!(
        "- &a {{\"\\x41{}\": 1}}\n{}",
        "x".repeat(60_000),
        "- <<: *a\n".repeat(100_000)
    )
}

fn nested_merges() -> String {
    let mut text = "- &a0 {x: 1}\n".to_owned();
    for level in 1..5_000 {
        let _ = writeln!(text, "- &a{level} {{<<: *a{}, k{level}: 1}}", level - 1);
    }
    text
}

fn indentation() -> String {
    let mut text = String::new();
    for level in 0..2_000 {
        let _ = writeln!(text, "{}a:", " ".repeat(level));
    }
    text
}

/// A mapping with so many different keys, not closed.
fn mapping(keys: usize) -> String {
    let mut text = "{".to_owned();
    for number in 0..keys {
        let _ = write!(text, "\"{number:x}\":0,");
    }
    text
}

/// Each is ignored with a warning, but not with a hundred thousand warnings.
fn many_tags() -> String {
    let mut text = String::new();
    for number in 0..100_000 {
        let _ = writeln!(text, "- !t{number} x");
    }
    text + "- ]"
}

#[test]
fn bombs_end_with_an_error() {
    let test = std::env::current_exe().expect("the test knows itself");
    let mut wrong = String::new();
    for (name, ..) in BOMBS {
        let child = Command::new("sh")
            .args(["-c", "ulimit -v 1048576; ulimit -t 10; exec \"$0\" --exact child --nocapture --test-threads 1"])
            .arg(&test)
            .env(VARIABLE, name)
            .output()
            .expect("a shell is there");
        if !child.status.success() {
            let (status, output) = (child.status, String::from_utf8_lossy(&child.stderr));
            let _ = writeln!(wrong, "{name}: {status}\n{output}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Not a test by itself: it defuses the bomb that the variable names.
#[test]
fn child() {
    let Ok(wanted) = std::env::var(VARIABLE) else {
        return;
    };
    let bomb = BOMBS
        .iter()
        .find(|(name, ..)| *name == wanted)
        .expect("the bomb exists");
    let thread = std::thread::Builder::new()
        .stack_size(2 << 20)
        .spawn(|| defuse(bomb))
        .expect("a thread is there");
    thread.join().expect("the bomb is defused");
}

fn defuse((_, path, make, code): &Bomb) {
    let sources = Sources::new(*path, make());
    let mut diagnostics = Diagnostics::new(false);
    // The tree is dropped here as well, which must not recurse either.
    let _ = load(&mut diagnostics, &sources, &Limits::default());
    let rendered = diagnostics.render(&sources, true);
    assert!(rendered.len() < 1 << 20, "the findings are short");
    let errors = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error);
    let codes: Vec<_> = errors.map(|diagnostic| diagnostic.code.as_str()).collect();
    assert!(codes.contains(code), "{codes:?}");
}
