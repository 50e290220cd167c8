use expect_test::{Expect, expect};

use super::query::Query;
use super::search::{find, node_at};
use crate::diagnostic::Diagnostics;
use crate::load::{Limits, Tree, load};
use crate::source::Sources;

/// The values that a query finds in a document, a line each.
fn found(document: &str, query: &str) -> String {
    let sources = Sources::new("openapi.yaml", document);
    let mut diagnostics = Diagnostics::new(false);
    let tree = load(&mut diagnostics, &sources, &Limits::default()).expect("a tree");
    let query = match Query::parse(query) {
        Ok(query) => query,
        Err(wrong) => return wrong,
    };
    let paths = find(&tree, &query).expect("few steps");
    let nodes = paths.iter().filter_map(|path| node_at(&tree, path));
    let lines: Vec<String> = nodes
        .map(|node| tree.to_json_value(node).to_string())
        .collect();
    lines.join(" ")
}

/// What overlays make of a document, and what there is to say.
fn check(document: &str, overlays: &[&str], expected: Expect) {
    let mut sources = Sources::new("openapi.yaml", document);
    for overlay in overlays {
        sources.add_overlay("fix.overlay.yaml", *overlay);
    }
    let mut diagnostics = Diagnostics::new(false);
    let tree = load(&mut diagnostics, &sources, &Limits::default());
    let shown = tree.map_or_else(String::new, |tree: Tree<'_>| {
        tree.to_json_value(tree.root()).to_string()
    });
    expected.assert_eq(&format!("{shown}\n{}", diagnostics.render(&sources, false)));
}

/// An overlay of these actions, a line each.
fn actions(lines: &[&str]) -> String {
    let head = "overlay: 1.1.0\ninfo: {title: T, version: '1'}\nactions:\n";
    let lines: String = lines.iter().map(|line| format!("- {line}\n")).collect();
    format!("{head}{lines}")
}

const SHELF: &str = "\
{a: [0, 1, 2, 3, 4], b: {c: 1, 'd e': 2, x-f: 3}, 200: ok,
 books: [{id: 1, tag: new, of: {id: 1}}, {id: 2, price: 8.5}, {id: 3, tag: old, price: 12}]}";

#[test]
fn queries_find_what_the_rfc_says() {
    for (query, expected) in [
        ("$.b.c", "1"),
        ("$['b'][\"d e\"]", "2"),
        ("$.b.x-f", "3"),
        ("$.200", "\"ok\""),
        ("$ .b ['c']", "1"),
        ("$.b.*", "1 2 3"),
        ("$.b['x-f', 'c', 'c']", "3 1"),
        ("$.a[0]", "0"),
        ("$.a[-1]", "4"),
        ("$.a[5]", ""),
        ("$.a[-6]", ""),
        ("$.a[1:3]", "1 2"),
        ("$.a[:-3]", "0 1"),
        ("$.a[::2]", "0 2 4"),
        ("$.a[::-2]", "4 2 0"),
        ("$.a[3:0:-1]", "3 2 1"),
        ("$.a[0:5:0]", ""),
        ("$.b[0]", ""),
        ("$.a.c", ""),
        ("$..id", "1 1 2 3"),
        ("$..[?@.id == 1].id", "1 1"),
        ("$.books[?@.tag].id", "1 3"),
        ("$.books[?!@.tag].id", "2"),
        ("$.books[?@.price > 8.5].id", "3"),
        ("$.books[?@.price >= 8.5 && @.tag == 'old'].id", "3"),
        ("$.books[?@.tag == 'new' || @.price < 10].id", "1 2"),
        (
            "$.books[?(@.tag == 'new' || @.tag == 'old') && @.price].id",
            "3",
        ),
        ("$.books[?!(@.tag == 'new')].id", "2 3"),
        ("$.books[?@.of == $.books[0].of].id", "1"),
        ("$.books[?@.none == @.nothing].id", "1 2 3"),
        ("$.books[?@.tag < 1].id", ""),
        ("$.books[?@..id].id", "1 2 3"),
        ("$.a[?@ > 2]", "3 4"),
        ("$[?@[?@.tag == 'new']][0].id", "1"),
    ] {
        assert_eq!(found(SHELF, query), expected, "{query}");
    }
}

#[test]
fn what_is_no_query_is_told_where() {
    for (query, expected) in [
        ("a", "expected `$` at character 1"),
        ("$.", "expected a name or `*` at character 3"),
        ("$a", "expected `.`, `[` or the end at character 2"),
        ("$['a'", "expected `,` or `]` at character 6"),
        (
            "$['\u{e4}\\x']",
            "expected an escape such as `\\n` at character 6",
        ),
        (
            "$[?@.a == @.*]",
            "expected a query for a single value at character 11",
        ),
        ("$[?1]", "expected a comparison such as `==` at character 5"),
        (
            "$[?length(@) > 1]",
            "expected `@`, `$` or a literal (functions are not supported) at character 4",
        ),
        (
            "$[99999999999999999999]",
            "expected a whole number of at most 18 digits at character 3",
        ),
    ] {
        assert_eq!(found("{}", query), expected, "{query}");
    }
    let deep = format!("${}{}", "[?@".repeat(500), "]".repeat(500));
    assert!(found("{}", &deep).starts_with("expected fewer filters"));
}

#[test]
fn updates_merge_and_append() {
    check(
        "{a: {b: {c: 1, d: 2}, l: [1]}, t: x}",
        &[&actions(&[
            "{target: $.a, update: {b: {d: 3, e: 4}, l: [2], n: null}}",
            "{target: $.a.l, update: 3}",
            "{target: $.a.l, update: [4, 5]}",
            "{target: $.t, update: y}",
        ])],
        expect![[r#"
            {"a":{"b":{"c":1,"d":3,"e":4},"l":[1,2,3,4,5],"n":null},"t":"y"}
        "#]],
    );
}

#[test]
fn removed_items_do_not_move_the_others() {
    check(
        "{l: [1, 2, 3, 4], m: {a: {x: 1}, b: {x: 2}}}",
        &[
            &actions(&["{target: '$.l[?@ > 1 && @ < 4]', remove: true}"]),
            &actions(&["{target: '$..[?@.x == 1]', remove: true, update: {}}"]),
        ],
        expect![[r#"
            {"l":[1,4],"m":{"b":{"x":2}}}
        "#]],
    );
}

#[test]
fn a_copy_is_of_what_was_there() {
    check(
        "{a: {x: 1, in: {}}, b: {y: 2}}",
        &[&actions(&[
            "{target: $.b, copy: $.a}",
            "{target: $.a, update: {x: 9}}",
            "{target: $.a.in, copy: $}",
            "{target: $.b.in, update: {own: true}}",
        ])],
        expect![[r#"
            {"a":{"in":{"a":{"in":{},"x":9},"b":{"in":{},"x":1,"y":2}},"x":9},"b":{"in":{"own":true},"x":1,"y":2}}
        "#]],
    );
}

#[test]
fn an_alias_changes_at_one_place_only() {
    check(
        "{a: &x {in: {k: 1}}, b: *x}",
        &[&actions(&[
            "{target: $.b.in, update: {k: 2}}",
            "{target: '$[\"a\",\"b\"]', update: {n: {}}}",
            "{target: $.a.n, update: {own: 1}}",
        ])],
        expect![[r#"
            {"a":{"in":{"k":1},"n":{"own":1}},"b":{"in":{"k":2},"n":{}}}
        "#]],
    );
}

#[test]
fn mistakes_are_told_with_their_places() {
    check(
        "{a: {}, l: []}",
        &[
            "openapi: 3.1.0",
            "overlay: 2.0.0",
            "overlay: 1.0.0",
            &actions(&[
                "{target: $.none, update: {}}",
                "{target: $.a}",
                "{update: {}}",
                "{target: 'a b', update: {}}",
                "{target: $.a, update: 1}",
                "{target: $, remove: true}",
                "{target: $.a, copy: $.*}",
                "{target: $.a, updat: {}}",
            ]),
        ],
        expect![[r#"
            {"a":{},"l":[]}
            error[overlay]: this is not an overlay of version 1.0 or 1.1
             --> fix.overlay.yaml:1:1
              |
            1 | openapi: 3.1.0
              | ^^^^^^^^^^^^^^
              |
              = help: an overlay begins with `overlay: 1.1.0`

            error[overlay]: this is not an overlay of version 1.0 or 1.1
             --> fix.overlay.yaml:1:10
              |
            1 | overlay: 2.0.0
              |          ^^^^^
              |
              = help: an overlay begins with `overlay: 1.1.0`

            error[overlay]: an overlay must have a list of `actions`
             --> fix.overlay.yaml:1:1
              |
            1 | overlay: 1.0.0
              | ^^^^^^^^^^^^^^

            warning[overlay-unused]: `$.none` selects nothing in the document
             --> fix.overlay.yaml:4:12
              |
            4 | - {target: $.none, update: {}}
              |            ^^^^^^ this action changes nothing

            warning[overlay-unused]: `$.a` is selected, and nothing is done with it
             --> fix.overlay.yaml:5:12
              |
            5 | - {target: $.a}
              |            ^^^ this action changes nothing

            error[overlay]: this action has no `target`
             --> fix.overlay.yaml:6:3
              |
            6 | - {update: {}}
              |   ^^^^^^^^^^^^

            error[overlay]: `a b` is not a JSONPath: expected `$` at character 1
             --> fix.overlay.yaml:7:12
              |
            7 | - {target: 'a b', update: {}}
              |            ^^^^^

            error[overlay]: this cannot be merged into a mapping
             --> fix.overlay.yaml:8:25
              |
            8 | - {target: $.a, update: 1}
              |                         ^
              |
             ::: openapi.yaml:1:5
              |
            1 | {a: {}, l: []}
              |     -- this is what `target` selects

            error[overlay]: the document itself cannot be removed
             --> fix.overlay.yaml:9:12
              |
            9 | - {target: $, remove: true}
              |            ^

            error[overlay]: `copy` must select one value, and selects 2
              --> fix.overlay.yaml:10:23
               |
            10 | - {target: $.a, copy: $.*}
               |                       ^^^

            warning[unknown-key]: unknown key `updat` of an action
              --> fix.overlay.yaml:11:17
               |
            11 | - {target: $.a, updat: {}}
               |                 ^^^^^
               |
               = help: did you mean `update`?

            warning[overlay-unused]: `$.a` is selected, and nothing is done with it
              --> fix.overlay.yaml:11:12
               |
            11 | - {target: $.a, updat: {}}
               |            ^^^ this action changes nothing
        "#]],
    );
}

#[test]
fn copies_of_copies_are_bounded() {
    let lines = vec!["{target: '$.a', copy: '$'}"; 200];
    let sources = {
        let mut sources = Sources::new("openapi.yaml", "{a: {}}");
        sources.add_overlay("o.yaml", actions(&lines));
        sources
    };
    let mut diagnostics = Diagnostics::new(false);
    load(&mut diagnostics, &sources, &Limits::default());
    let text = diagnostics.render(&sources, false);
    assert!(text.contains("too large or too deep"), "{text}");
}
