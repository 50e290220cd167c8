mod properties;

use expect_test::{Expect, expect};

use std::borrow::Cow;
use std::fmt::Write;

use super::{Limits, NodeId, Tree, Value, load};
use crate::diagnostic::Diagnostics;
use crate::source::{Sources, Span};

/// The tree of a text, or else the findings as users see them.
pub(super) fn check_at(path: &str, text: &str, limits: &Limits, expected: Expect) {
    let sources = Sources::new(path, text);
    let mut diagnostics = Diagnostics::new(false);
    let tree = load(&mut diagnostics, &sources, limits);
    let mut out = String::new();
    if let Some(tree) = tree {
        dump(&mut out, &sources, &tree, tree.root(), 0);
    }
    out += &diagnostics.render(&sources, false);
    expected.assert_eq(&out);
}

fn check(path: &str, text: &str, expected: Expect) {
    check_at(path, text, &Limits::default(), expected);
}

/// One line per node: what it is, where it is, and `copied` if its text is not borrowed.
fn dump(out: &mut String, sources: &Sources, tree: &Tree<'_>, id: NodeId, depth: usize) {
    let indent = "  ".repeat(depth);
    let place = |span: Span| {
        let end = sources.position(Span {
            start: span.end,
            ..span
        });
        let start = sources.position(span);
        format!(
            "{}:{}-{}:{}",
            start.line, start.column, end.line, end.column
        )
    };
    let copied = |text: &Cow<'_, str>| {
        if matches!(text, Cow::Owned(_)) {
            " copied"
        } else {
            ""
        }
    };
    let at = place(tree.span(id));
    let written = match tree.value(id) {
        Value::Sequence(items) => {
            let _ = writeln!(out, "sequence @{at}");
            for item in items {
                let _ = write!(out, "{indent}- ");
                dump(out, sources, tree, *item, depth + 1);
            }
            return;
        }
        Value::Mapping(entries) => {
            let _ = writeln!(out, "mapping @{at}");
            for entry in entries {
                let (key, span) = (&entry.key, place(entry.key_span));
                let _ = write!(out, "{indent}{key:?}{} @{span}: ", copied(key));
                dump(out, sources, tree, entry.value, depth + 1);
            }
            return;
        }
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(text) => format!("number {text}{}", copied(text)),
        Value::String(text) => format!("{text:?}{}", copied(text)),
    };
    let _ = writeln!(out, "{written} @{at}");
}

#[test]
fn the_first_character_tells_json() {
    check(
        "a",
        "{\"a\": [1]}",
        expect![[r#"
        mapping @1:1-1:11
        "a" @1:2-1:5: sequence @1:7-1:10
          - number 1 @1:8-1:9
    "#]],
    );
    check(
        "a",
        "\n\u{20}[]",
        expect![[r#"
        sequence @2:2-2:4
    "#]],
    );
    check(
        "a",
        "a: [1]",
        expect![[r#"
        mapping @1:1-1:7
        "a" @1:1-1:2: sequence @1:4-1:7
          - number 1 @1:5-1:6
    "#]],
    );
}

#[test]
fn a_byte_order_mark_is_not_content() {
    check(
        "a.yaml",
        "\u{FEFF}a: é\nb: 1\n",
        expect![[r#"
        mapping @1:1-2:5
        "a" @1:1-1:2: "é" @1:4-1:5
        "b" @2:1-2:2: number 1 @2:4-2:5
    "#]],
    );
    check(
        "a.json",
        "\u{FEFF}{\"a\": 1,}",
        expect![[r#"
            mapping @1:1-1:10
            "a" @1:2-1:5: number 1 @1:7-1:8
            warning[syntax]: not JSON: expected a key behind the comma, found `}`
             --> a.json:1:9
              |
            1 | {"a": 1,}
              |         ^ expected a key behind the comma
              |
              = help: the file is read as YAML
        "#]],
    );
}

#[test]
fn json_with_liberties_is_read_as_yaml() {
    check(
        "a.yaml",
        "{\"a\": [1,2,], # why\n 'b': 2}",
        expect![[r#"
        mapping @1:1-2:9
        "a" @1:2-1:5: sequence @1:7-1:13
          - number 1 @1:8-1:9
          - number 2 @1:10-1:11
        "b" @2:2-2:5: number 2 @2:7-2:8
    "#]],
    );
}

#[test]
fn what_is_neither_gets_the_message_for_json() {
    check(
        "a.json",
        "{\n  \"a\": 1\n  \"b\": 2\n}",
        expect![[r#"
        error[syntax]: not JSON: expected `,` or `}`, found `"`
         --> a.json:3:3
          |
        3 |   "b": 2
          |   ^ expected `,` or `}`
    "#]],
    );
}

#[test]
fn duplicate_keys_are_told_with_both_places() {
    check(
        "a.json",
        "{\"a\": 1, \"b\": {\"c\": 1, \"c\": 2}, \"\\u0061\": 2, \"a\": 3}",
        expect![[r#"
        mapping @1:1-1:53
        "a" @1:2-1:5: number 1 @1:7-1:8
        "b" @1:10-1:13: mapping @1:15-1:31
          "c" @1:16-1:19: number 1 @1:21-1:22
        error[duplicate-key]: the key `c` is written twice in this mapping
         --> a.json:1:24
          |
        1 | {"a": 1, "b": {"c": 1, "c": 2}, "\u0061": 2, "a": 3}
          |                ---     ^^^ written again here
          |                |
          |                first written here

        error[duplicate-key]: the key `a` is written twice in this mapping
         --> a.json:1:33
          |
        1 | {"a": 1, "b": {"c": 1, "c": 2}, "\u0061": 2, "a": 3}
          |  --- first written here         ^^^^^^^^ written again here

        error[duplicate-key]: the key `a` is written twice in this mapping
         --> a.json:1:46
          |
        1 | {"a": 1, "b": {"c": 1, "c": 2}, "\u0061": 2, "a": 3}
          |  --- first written here                      ^^^ written again here
    "#]],
    );
    check(
        "a.yaml",
        "a: 1\nb:\n  c: 1\n  'c': 2\n\"a\": 2\n",
        expect![[r#"
        mapping @1:1-5:7
        "a" @1:1-1:2: number 1 @1:4-1:5
        "b" @2:1-2:2: mapping @3:3-4:9
          "c" @3:3-3:4: number 1 @3:6-3:7
        error[duplicate-key]: the key `c` is written twice in this mapping
         --> a.yaml:4:3
          |
        3 |   c: 1
          |   - first written here
        4 |   'c': 2
          |   ^^^ written again here

        error[duplicate-key]: the key `a` is written twice in this mapping
         --> a.yaml:5:1
          |
        1 | a: 1
          | - first written here
        ...
        5 | "a": 2
          | ^^^ written again here
    "#]],
    );
}

#[test]
fn many_duplicate_keys_stop_reading() {
    let text = format!("{{\"a\":1{}}}", ",\"a\":1".repeat(100_000));
    let sources = Sources::new("a.json", text);
    let mut diagnostics = Diagnostics::new(false);
    assert!(load(&mut diagnostics, &sources, &Limits::default()).is_none());
    assert_eq!(diagnostics.iter().count(), 100);
}

#[test]
fn many_different_keys_take_little_time() {
    let keys = (0..100_000)
        .map(|key| format!("\"key{key}\": {key}\n"))
        .collect::<Vec<_>>();
    for text in [format!("{{{}}}", keys.join(",")), keys.concat()] {
        let sources = Sources::new("a", text);
        let mut diagnostics = Diagnostics::new(false);
        let tree = load(&mut diagnostics, &sources, &Limits::default()).expect("the keys differ");
        assert_eq!(tree.entries(tree.root()).len(), 100_000);
    }
}

#[test]
fn limits_hold_for_both_syntaxes() {
    let limits = Limits {
        max_bytes: 1_000,
        max_depth: 3,
        max_nodes: 8,
        max_expanded: 12,
    };
    let check = |text: &str, expected| check_at("a", text, &limits, expected);
    check(
        "[[[]]]",
        expect![[r#"
        sequence @1:1-1:7
        - sequence @1:2-1:6
          - sequence @1:3-1:5
    "#]],
    );
    check(
        "[[[[]]]]",
        expect![[r#"
        error[limit]: the document nests deeper than 3 levels
         --> a:1:4
          |
        1 | [[[[]]]]
          |    ^ reading stopped here
          |
          = help: the limits keep a document from taking all memory
    "#]],
    );
    check(
        "- - - - a\n",
        expect![[r#"
        error[limit]: the document nests deeper than 3 levels
         --> a:1:7
          |
        1 | - - - - a
          |       ^ reading stopped here
          |
          = help: the limits keep a document from taking all memory
    "#]],
    );
    check(
        "- [[[a]]]\n",
        expect![[r#"
        error[limit]: the document nests deeper than 3 levels
         --> a:1:5
          |
        1 | - [[[a]]]
          |     ^ reading stopped here
          |
          = help: the limits keep a document from taking all memory
    "#]],
    );
    check(
        "[1,2,3,4,5,6,7,8]",
        expect![[r#"
        error[limit]: the document has more than 8 nodes
         --> a:1:16
          |
        1 | [1,2,3,4,5,6,7,8]
          |                ^ reading stopped here
          |
          = help: the limits keep a document from taking all memory
    "#]],
    );
    check(
        "- &a [1, 2, 3]\n- *a\n- *a\n",
        expect![[r#"
        error[limit]: the document expands to more than 12 nodes
         --> a:3:3
          |
        3 | - *a
          |   ^^ reading stopped here
          |
          = help: the limits keep a document from taking all memory
    "#]],
    );
    check(
        "- &a [[1]]\n- [*a]\n",
        expect![[r#"
        error[limit]: the document nests deeper than 3 levels
         --> a:2:4
          |
        2 | - [*a]
          |    ^^ reading stopped here
          |
          = help: the limits keep a document from taking all memory
    "#]],
    );
    check(
        &format!("- {}\n", "x".repeat(800)),
        expect![[r#"
        error[limit]: the document expands to more than 12 nodes
         --> a:1:3
          |
        1 | - xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...
          |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ reading stopped here
          |
          = help: the limits keep a document from taking all memory
    "#]],
    );
    check(
        &" ".repeat(1_001),
        expect![[r#"
        error[limit]: the file has 1001 bytes, which is more than 1000
         --> a:1:1
          |
        1 |                                                                                 ...
          | ^
    "#]],
    );
}

#[test]
fn pointers_lead_to_nodes() {
    let text = "paths:\n  /a/{b}: {get: [zero, one]}\n  a~b: tilde\n  a%b: percent\n  '': empty\n";
    let sources = Sources::new("a.yaml", text);
    let tree =
        load(&mut Diagnostics::new(false), &sources, &Limits::default()).expect("it is YAML");
    let at = |pointer: &str| {
        tree.at_pointer(pointer)
            .and_then(|node| tree.string(node).map(str::to_owned))
    };
    assert_eq!(tree.at_pointer(""), Some(tree.root()));
    assert_eq!(at("/paths/~1a~1{b}/get/1").as_deref(), Some("one"));
    assert_eq!(at("/paths/~1a~1%7Bb%7D/get/0").as_deref(), Some("zero"));
    assert_eq!(at("/paths/%2Fa%2f{b}/get/0").as_deref(), Some("zero"));
    assert_eq!(at("/paths/a~0b").as_deref(), Some("tilde"));
    assert_eq!(at("/paths/a%25b").as_deref(), Some("percent"));
    assert_eq!(at("/paths/a%b").as_deref(), Some("percent"));
    assert_eq!(at("/paths/").as_deref(), Some("empty"));
    for missing in [
        "paths",
        "/",
        "/paths/~1a~1{b}/get/01",
        "/paths/~1a~1{b}/get/2",
        "/paths/a~0b/0",
        "/%FF",
    ] {
        assert_eq!(tree.at_pointer(missing), None, "{missing}");
    }
}

#[test]
fn numbers_become_json_numbers_where_they_fit() {
    let text =
        "[1, -1, 18446744073709551615, 18446744073709551616, 1.50, 0x1F, 017, +3, .5, 1e3, 1e999]";
    let sources = Sources::new("a.yaml", format!("a: {text}"));
    let tree =
        load(&mut Diagnostics::new(false), &sources, &Limits::default()).expect("it is YAML");
    expect![[
        r#"{"a":[1,-1,18446744073709551615,1.8446744073709552e+19,1.5,31,17,3,0.5,1000.0,"1e999"]}"#
    ]]
    .assert_eq(&tree.to_json_value(tree.root()).to_string());
}
