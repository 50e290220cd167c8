use expect_test::expect;

use super::check;

#[test]
fn an_alias_without_an_anchor_is_an_error() {
    check(
        "a: *x\nb: &x 1\n",
        expect![[r#"
        error[syntax]: not YAML: no node above has the anchor that this alias names
         --> api.yaml:1:4
          |
        1 | a: *x
          |    ^
    "#]],
    );
    check(
        "a: &x\n  b: *x\n",
        expect![[r#"
        error[syntax]: an alias stands for a node that it is a part of
         --> api.yaml:2:6
          |
        2 |   b: *x
          |      ^^ this would never end
    "#]],
    );
}

#[test]
fn a_second_document_is_an_error() {
    check(
        "---\na: 1\n---\nb: 2\n",
        expect![[r#"
        error[syntax]: the file holds a second YAML document
         --> api.yaml:3:1
          |
        3 | ---
          | ^^^
          |
          = help: put each document into a file of its own
    "#]],
    );
    check(
        "%YAML 1.2\n---\na: 1\n...\n",
        expect![[r#"
        mapping @3:1-3:5
        "a" @3:1-3:2: number 1 @3:4-3:5
    "#]],
    );
}

#[test]
fn an_empty_document_is_an_error() {
    check(
        "",
        expect![[r#"
        error[syntax]: the document is empty
         --> api.yaml:1:1
          |
        1 |
          | ^
    "#]],
    );
    check(
        "# nothing\n",
        expect![[r#"
        error[syntax]: the document is empty
         --> api.yaml:1:1
          |
        1 | # nothing
          | ^
    "#]],
    );
}

#[test]
fn control_characters_are_replaced_with_a_warning() {
    check(
        "a: x\u{9f}y\nb: \"\u{80}\u{FFFE}\"\nc: \u{85}é\n",
        expect![[r#"
        mapping @1:1-3:6
        "a" @1:1-1:2: "x\u{a0}y" copied @1:4-1:7
        "b" @2:1-2:2: "\u{a0}�" copied @2:4-2:8
        "c" @3:1-3:2: "\u{85}é" @3:4-3:6
        warning[syntax]: U+009F and 2 more: control characters are not allowed in YAML
         --> api.yaml:1:5
          |
        1 | a: x�y
          |     ^
          |
          = help: each is read as a space
    "#]],
    );
    check(
        "a: x\u{1}y\n",
        expect![[r#"
        error[syntax]: not YAML: the control character U+0001 is not allowed
         --> api.yaml:1:4
          |
        1 | a: x␁y
          |    ^
    "#]],
    );
}

#[test]
fn mistakes_are_located() {
    check(
        "a: b: c\n",
        expect![[r#"
        error[syntax]: not YAML: `: ` is not allowed here
         --> api.yaml:1:5
          |
        1 | a: b: c
          |     ^
          |
          = help: text with `: `, ` #`, or one of `@ % & * ! | > { [ ` at its start must stand in quotes
    "#]],
    );
    check(
        "a:\n  b: 1\n c: 2\n",
        expect![[r#"
        error[syntax]: not YAML: a key is expected here, at the indentation of the others
         --> api.yaml:3:2
          |
        3 |  c: 2
          |  ^
          |
          = help: look at the line above as well
    "#]],
    );
    check(
        "a: 'x\nb: 1\n",
        expect![[r#"
        error[syntax]: not YAML: a quoted string has no closing quote
         --> api.yaml:1:4
          |
        1 | a: 'x
          |    ^
    "#]],
    );
    check(
        "a: [1, 2\nb: 1\n",
        expect![[r#"
        error[syntax]: not YAML: `: ` is not allowed here
         --> api.yaml:2:2
          |
        2 | b: 1
          |  ^
          |
          = help: is a bracket above not closed?
    "#]],
    );
    check(
        "a:\n\tb: 1\n",
        expect![[r#"
        error[syntax]: not YAML: a tab is not allowed as indentation
         --> api.yaml:2:2
          |
        2 |     b: 1
          |     ^
          |
          = help: indent with spaces
    "#]],
    );
    check(
        "a: @x\n",
        expect![[r#"
        error[syntax]: not YAML: a value cannot begin with `@`
         --> api.yaml:1:4
          |
        1 | a: @x
          |    ^
          |
          = help: text with `: `, ` #`, or one of `@ % & * ! | > { [ ` at its start must stand in quotes
    "#]],
    );
    check(
        "a: 'x' y\n",
        expect![[r#"
        error[syntax]: not YAML: something stands behind the closing quote of a string
         --> api.yaml:1:8
          |
        1 | a: 'x' y
          |        ^
          |
          = help: text with `: `, ` #`, or one of `@ % & * ! | > { [ ` at its start must stand in quotes
    "#]],
    );
    check(
        "a: \"\\d\"\n",
        expect![[r#"
        error[syntax]: not YAML: this escape is unknown in a string in double quotes
         --> api.yaml:1:4
          |
        1 | a: "\d"
          |    ^
          |
          = help: write `\\` for a backslash, or use single quotes
    "#]],
    );
    check(
        "a\nb: 1\n",
        expect![[r#"
        error[syntax]: not YAML: `: ` is not allowed here
         --> api.yaml:2:2
          |
        2 | b: 1
          |  ^
          |
          = help: text with `: `, ` #`, or one of `@ % & * ! | > { [ ` at its start must stand in quotes
    "#]],
    );
    check(
        "a: 1\nb\n",
        expect![[r#"
        error[syntax]: not YAML: `:` is missing behind a key
         --> api.yaml:2:1
          |
        2 | b
          | ^
          |
          = help: look at the line above as well
    "#]],
    );
    check(
        "a: !x!y z\n",
        expect![[r#"
        error[syntax]: not YAML: the handle of this tag is not declared
         --> api.yaml:1:4
          |
        1 | a: !x!y z
          |    ^
    "#]],
    );
    check(
        "- a\nb: 1\n",
        expect![[r#"
        error[syntax]: not YAML: `- ` is expected here
         --> api.yaml:2:1
          |
        2 | b: 1
          | ^
    "#]],
    );
}
