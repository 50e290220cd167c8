//! Patterns in, what the engine gets out.

use expect_test::{Expect, expect};

use super::translate;

fn check(patterns: &[&str], expected: Expect) {
    let mut out = String::new();
    for pattern in patterns {
        let shown = match translate(pattern) {
            Ok(translated) => translated,
            Err(refusal) => format!("refused, because {}", refusal.because()),
        };
        out += &format!("{pattern}  =>  {shown}\n");
    }
    expected.assert_eq(&out);
}

#[track_caller]
fn matches(pattern: &str, yes: &[&str], no: &[&str]) {
    let translated = translate(pattern).unwrap_or_else(|it| panic!("{pattern}: {it:?}"));
    let regex = regex::Regex::new(&translated).expect("it was compiled before");
    for (texts, expected) in [(yes, true), (no, false)] {
        for text in texts {
            assert_eq!(regex.is_match(text), expected, "{pattern} on {text:?}");
        }
    }
}

#[test]
fn escapes_are_those_of_ecma() {
    check(
        &[
            r"^\d+\.\w-\/$",
            r"[\d\-x]",
            r"\s",
            r"\cJ\x41\u00e9\u{1F980}\ud83e\udd80\0",
            r"\_\-\:",
            r"\p{Lu}\P{gc=N}[\p{L}0]",
            r"\bx",
            r"[\b]",
        ],
        expect![[r#"
            ^\d+\.\w-\/$  =>  ^[0-9]+\.[0-9A-Z_a-z]-/$
            [\d\-x]  =>  [0-9\-x]
            \s  =>  [\t-\r\p{Z}\u{FEFF}]
            \cJ\x41\u00e9\u{1F980}\ud83e\udd80\0  =>  \u{A}A\u{E9}\u{1F980}\u{1F980}\u{0}
            \_\-\:  =>  _-:
            \p{Lu}\P{gc=N}[\p{L}0]  =>  [\p{Lu}][\P{N}][\p{L}0]
            \bx  =>  (?-u:\b)x
            [\b]  =>  [\u{8}]
        "#]],
    );
}

#[test]
fn classes_and_repetition() {
    check(
        &[
            "[a-z&&[x]",
            "[^]",
            "[]",
            "[a-]",
            "[-a]",
            r"[\w-z]",
            "[a^+--.~]",
            "a{2}b{2,}c{2,3}?",
            "{,3}",
            "x{a}",
            "]}",
            "(?<year>[0-9]{4})(a|b)*?",
            ".",
            "a/b#c d'\"",
        ],
        expect![[r#"
            [a-z&&[x]  =>  [a-z&\&\[x]
            [^]  =>  [\x00-\u{10FFFF}]
            []  =>  [^\x00-\u{10FFFF}]
            [a-]  =>  [a\-]
            [-a]  =>  [\-a]
            [\w-z]  =>  [0-9A-Z_a-z\-z]
            [a^+--.~]  =>  [a\^+-\-.~]
            a{2}b{2,}c{2,3}?  =>  a{2}b{2,}c{2,3}?
            {,3}  =>  \{,3\}
            x{a}  =>  x\{a\}
            ]}  =>  \]\}
            (?<year>[0-9]{4})(a|b)*?  =>  (?:[0-9]{4})(?:a|b)*?
            .  =>  [^\n\r\u{2028}\u{2029}]
            a/b#c d'"  =>  a/b#c d'"
        "#]],
    );
}

#[test]
fn what_is_refused() {
    check(
        &[
            "^(?!x)",
            "a(?=b)",
            "(?<=a)b",
            "(?<!a)b",
            r"(a)\1",
            r"\k<a>",
            "(?i)a",
            "*a",
            "a++",
            "[b-a]",
            "(",
            ")",
            r"\",
            "[a",
            r"\p{Emoji}",
            r"\Ba",
            "/^[a-z]+$/i",
            r"\ud83e",
            "(a{1000}){1000}",
        ],
        expect![[r#"
            ^(?!x)  =>  refused, because it looks ahead or behind
            a(?=b)  =>  refused, because it looks ahead or behind
            (?<=a)b  =>  refused, because it looks ahead or behind
            (?<!a)b  =>  refused, because it looks ahead or behind
            (a)\1  =>  refused, because it refers back to a group
            \k<a>  =>  refused, because it refers back to a group
            (?i)a  =>  refused, because it is not a regular expression of ECMA-262
            *a  =>  refused, because it is not a regular expression of ECMA-262
            a++  =>  refused, because it is not a regular expression of ECMA-262
            [b-a]  =>  refused, because it is not a regular expression of ECMA-262
            (  =>  refused, because it is not a regular expression of ECMA-262
            )  =>  refused, because it is not a regular expression of ECMA-262
            \  =>  refused, because it is not a regular expression of ECMA-262
            [a  =>  refused, because it is not a regular expression of ECMA-262
            \p{Emoji}  =>  refused, because the engine does not know it, or it is too large
            \Ba  =>  refused, because the engine does not know it, or it is too large
            /^[a-z]+$/i  =>  refused, because the slashes around it would have to be in the text
            \ud83e  =>  refused, because the engine does not know it, or it is too large
            (a{1000}){1000}  =>  refused, because the engine does not know it, or it is too large
        "#]],
    );
}

#[test]
fn they_match_what_ecma_says() {
    matches(r"^\d+$", &["0", "19"], &["\u{9ea}", "1\n", ""]);
    matches(r"\s", &["\u{a0}", "\u{feff}", "a b"], &["\u{85}", "_"]);
    matches(r"^\w$", &["a", "_"], &["\u{e9}", "-"]);
    matches("^.$", &["a", "\u{1f980}"], &["\n", "\u{2028}", ""]);
    matches("[^]", &["\n"], &[""]);
    matches("[]", &[], &["", "a"]);
    matches("a|^b", &["xa", "b"], &["xb"]);
    matches(r"^\p{L}+$", &["\u{e9}a"], &["1"]);
    matches(r"\bfoo\b", &["a foo."], &["food"]);
}
