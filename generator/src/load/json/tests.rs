use expect_test::{Expect, expect};

use crate::load::Limits;
use crate::load::tests::check_at;

/// The tree of a text that is JSON, or why it is neither JSON nor YAML.
fn check(text: &str, expected: Expect) {
    check_at("api.yaml", text, &Limits::default(), expected);
}

/// Why a text is not JSON, even if it is YAML.
fn check_json(text: &str, expected: Expect) {
    check_at("api.json", text, &Limits::default(), expected);
}

#[test]
fn every_value_keeps_its_text_and_place() {
    check(
        "{\n \"a\": [1, -1.50e+3, \"é\", true, false, null],\r\n \"b\": {}, \"c\": []\n}\n",
        expect![[r#"
        mapping @1:1-4:2
        "a" @2:2-2:5: sequence @2:7-2:44
          - number 1 @2:8-2:9
          - number -1.50e+3 @2:11-2:19
          - "é" @2:21-2:24
          - true @2:26-2:30
          - false @2:32-2:37
          - null @2:39-2:43
        "b" @3:2-3:5: mapping @3:7-3:9
        "c" @3:11-3:14: sequence @3:16-3:18
    "#]],
    );
}

#[test]
fn escapes_become_characters() {
    check(
        r#"["\"\\\/\b\f\n\r\t", "\u00e9x\uD83D\ude00", "\u0000"]"#,
        expect![[r#"
        sequence @1:1-1:54
        - "\"\\/\u{8}\u{c}\n\r\t" copied @1:2-1:20
        - "éx😀" copied @1:22-1:43
        - "\0" copied @1:45-1:53
    "#]],
    );
}

#[test]
fn half_a_surrogate_pair_is_an_error() {
    check_json(
        r#"["\ud83d"]"#,
        expect![[r#"
        error[syntax]: not JSON: half of a surrogate pair is not a character
         --> api.json:1:3
          |
        1 | ["\ud83d"]
          |   ^^^^^^
    "#]],
    );
    check_json(
        r#"["a\ude00b"]"#,
        expect![[r#"
        error[syntax]: not JSON: half of a surrogate pair is not a character
         --> api.json:1:4
          |
        1 | ["a\ude00b"]
          |    ^^^^^^
    "#]],
    );
    check_json(
        r#"["\ud83d\u0041"]"#,
        expect![[r#"
        error[syntax]: not JSON: half of a surrogate pair is not a character
         --> api.json:1:3
          |
        1 | ["\ud83d\u0041"]
          |   ^^^^^^^^^^^^
    "#]],
    );
}

#[test]
fn wrong_strings_are_located() {
    check_json(
        "[\"a\nb\"]",
        expect![[r#"
        sequence @1:1-2:4
        - "a b" copied @1:2-2:3
        warning[syntax]: not JSON: the control character U+000A must be escaped in a string
         --> api.json:1:4
          |
        1 | ["a
          |    ^
          |
          = help: the file is read as YAML
    "#]],
    );
    check_json(
        "[\"abc",
        expect![[r#"
        error[syntax]: not JSON: a string has no closing quote
         --> api.json:1:2
          |
        1 | ["abc
          |  ^ it begins here
    "#]],
    );
    check_json(
        r#"["\x"]"#,
        expect![[r#"
        error[syntax]: not JSON: a backslash must stand before one of `"\/bfnrtu`
         --> api.json:1:3
          |
        1 | ["\x"]
          |   ^^
    "#]],
    );
    check_json(
        r#"["\u12"]"#,
        expect![[r#"
        error[syntax]: not JSON: `\u` must stand before four hexadecimal digits
         --> api.json:1:3
          |
        1 | ["\u12"]
          |   ^^^^
    "#]],
    );
    check_json(
        "[\"\\é\"]",
        expect![[r#"
        error[syntax]: not JSON: a backslash must stand before one of `"\/bfnrtu`
         --> api.json:1:3
          |
        1 | ["\é"]
          |   ^
    "#]],
    );
    check_json(
        "[\"\\",
        expect![[r#"
        error[syntax]: not JSON: a backslash must stand before one of `"\/bfnrtu`
         --> api.json:1:3
          |
        1 | ["\
          |   ^
    "#]],
    );
}

#[test]
fn wrong_numbers_are_located() {
    check_json(
        "[01]",
        expect![[r#"
        sequence @1:1-1:5
        - number 01 @1:2-1:4
        warning[syntax]: not JSON: a number must not begin with 0 in JSON
         --> api.json:1:2
          |
        1 | [01]
          |  ^^
          |
          = help: the file is read as YAML
    "#]],
    );
    check_json(
        "[-]",
        expect![[r#"
        error[syntax]: not JSON: expected a digit, found `]`
         --> api.json:1:3
          |
        1 | [-]
          |   ^ expected a digit
    "#]],
    );
    check_json(
        "[1.]",
        expect![[r#"
        sequence @1:1-1:5
        - number 1. @1:2-1:4
        warning[syntax]: not JSON: expected a digit behind the decimal point, found `]`
         --> api.json:1:4
          |
        1 | [1.]
          |    ^ expected a digit behind the decimal point
          |
          = help: the file is read as YAML
    "#]],
    );
    check_json(
        "[1e]",
        expect![[r#"
        sequence @1:1-1:5
        - "1e" @1:2-1:4
        warning[syntax]: not JSON: expected a digit of the exponent, found `]`
         --> api.json:1:4
          |
        1 | [1e]
          |    ^ expected a digit of the exponent
          |
          = help: the file is read as YAML
    "#]],
    );
    check_json(
        "[.5]",
        expect![[r#"
        sequence @1:1-1:5
        - number .5 @1:2-1:4
        warning[syntax]: not JSON: expected a value, found `.`
         --> api.json:1:2
          |
        1 | [.5]
          |  ^ expected a value
          |
          = help: the file is read as YAML
    "#]],
    );
}

#[test]
fn wrong_structures_are_located() {
    check_json(
        "{\"a\" 1}",
        expect![[r#"
        error[syntax]: not JSON: expected `:` behind the key, found `1`
         --> api.json:1:6
          |
        1 | {"a" 1}
          |      ^ expected `:` behind the key
    "#]],
    );
    check_json(
        "[1 2]",
        expect![[r#"
        sequence @1:1-1:6
        - "1 2" @1:2-1:5
        warning[syntax]: not JSON: expected `,` or `]`, found `2`
         --> api.json:1:4
          |
        1 | [1 2]
          |    ^ expected `,` or `]`
          |
          = help: the file is read as YAML
    "#]],
    );
    check_json(
        "[1, 2",
        expect![[r#"
        error[syntax]: not JSON: expected `,` or `]`, found the end of the document
         --> api.json:1:6
          |
        1 | [1, 2
          | -    ^
          | |
          | this `[` is not closed
    "#]],
    );
    check_json(
        "{\"a\": {\"b\": [1]}",
        expect![[r#"
        error[syntax]: not JSON: expected `,` or `}`, found the end of the document
         --> api.json:1:17
          |
        1 | {"a": {"b": [1]}
          | -               ^
          | |
          | this `{` is not closed
    "#]],
    );
    check_json(
        "{\"a\": 1}}",
        expect![[r#"
        error[syntax]: not JSON: expected the end of the document, found `}`
         --> api.json:1:9
          |
        1 | {"a": 1}}
          |         ^ expected the end of the document
    "#]],
    );
    check_json(
        "{1: 2}",
        expect![[r#"
        mapping @1:1-1:7
        "1" @1:2-1:3: number 2 @1:5-1:6
        warning[syntax]: not JSON: expected a key in double quotes, found `1`
         --> api.json:1:2
          |
        1 | {1: 2}
          |  ^ expected a key in double quotes
          |
          = help: the file is read as YAML
    "#]],
    );
    check_json(
        "{\"a\": tru}",
        expect![[r#"
        mapping @1:1-1:11
        "a" @1:2-1:5: "tru" @1:7-1:10
        warning[syntax]: not JSON: expected a value, found `t`
         --> api.json:1:7
          |
        1 | {"a": tru}
          |       ^ expected a value
          |
          = help: the file is read as YAML
    "#]],
    );
    check_json(
        "{\"a\":,}",
        expect![[r#"
        mapping @1:1-1:8
        "a" @1:2-1:5: null @1:5-1:5
        warning[syntax]: not JSON: expected a value, found `,`
         --> api.json:1:6
          |
        1 | {"a":,}
          |      ^ expected a value
          |
          = help: the file is read as YAML
    "#]],
    );
    check_json(
        "[1,]",
        expect![[r#"
        sequence @1:1-1:5
        - number 1 @1:2-1:3
        warning[syntax]: not JSON: expected an item behind the comma, found `]`
         --> api.json:1:4
          |
        1 | [1,]
          |    ^ expected an item behind the comma
          |
          = help: the file is read as YAML
    "#]],
    );
    check_json(
        "[,]",
        expect![[r#"
        error[syntax]: not JSON: expected a value, found `,`
         --> api.json:1:2
          |
        1 | [,]
          |  ^ expected a value
    "#]],
    );
    check_json(
        "[1}",
        expect![[r#"
        error[syntax]: not JSON: expected `,` or `]`, found `}`
         --> api.json:1:3
          |
        1 | [1}
          |   ^ expected `,` or `]`
    "#]],
    );
}
