use expect_test::{Expect, expect};

use super::super::Diagnostics;
use super::*;
use crate::source::{FileId, Sources};

const FINDINGS: &[(Code, u32)] = &[
    (Code::Unsupported, 12),
    (Code::Unsupported, 40),
    (Code::MixedDialect, 12),
    (Code::UnreachedSchema, 99),
];

fn span(file: u32, start: u32, end: u32) -> Span {
    let file = FileId(file);
    Span { file, start, end }
}

/// `#/a` is at the bytes 10 to 20; everything else leads to nothing.
fn place(part: &str) -> Option<Span> {
    (part == "#/a").then(|| span(0, 10, 20))
}

fn accept(text: &str) -> Accept {
    let (code, part) = match text.split_once(':') {
        Some((code, part)) => (code, Some(part.to_owned())),
        None => (text, None),
    };
    Accept {
        code: code.parse().expect("a code"),
        part,
        span: None,
    }
}

fn check(strict: bool, deny: &[Code], accepted: &[&str], expected: Expect) {
    let mut diagnostics = Diagnostics::by(Policy {
        strict,
        deny: deny.to_vec(),
        accept: accepted.iter().map(|text| accept(text)).collect(),
        keep_going: false,
    });
    for (index, (code, start)) in FINDINGS.iter().enumerate() {
        // Half of the findings are made before the document is read.
        if index == 2 {
            diagnostics.find_accepted(place);
        }
        diagnostics.push(Diagnostic::warning(*code, span(0, *start, start + 3), "m"));
    }
    diagnostics.report_unused();
    let mut text = format!("{} accepted\n", diagnostics.accepted());
    for finding in diagnostics.iter() {
        let start = finding.span.map_or(0, |span| span.start);
        let (severity, code, message) = (finding.severity, finding.code, &finding.message);
        text += &format!("{severity:?} {code} at {start}: {message}\n");
    }
    expected.assert_eq(&text);
}

#[test]
fn without_a_policy_warnings_are_warnings() {
    check(
        false,
        &[],
        &[],
        expect![[r#"
        0 accepted
        Warning unsupported at 12: m
        Warning unsupported at 40: m
        Warning mixed-dialect at 12: m
        Warning unreached-schema at 99: m
    "#]],
    );
}

#[test]
fn strict_makes_errors_of_what_is_not_accepted() {
    check(
        true,
        &[],
        &["unsupported:#/a", "unreached-schema"],
        expect![[r#"
            2 accepted
            Error unsupported at 40: m
            Error mixed-dialect at 12: m
        "#]],
    );
}

#[test]
fn what_is_denied_is_an_error_even_if_it_is_accepted() {
    check(
        false,
        &[Code::Unsupported],
        &["unsupported"],
        expect![[r#"
            0 accepted
            Error unsupported at 12: m
            Error unsupported at 40: m
            Warning mixed-dialect at 12: m
            Warning unreached-schema at 99: m
        "#]],
    );
}

#[test]
fn an_entry_that_accepts_nothing_is_told() {
    check(
        false,
        &[],
        &[
            "unsupported:#/b",
            "mixed-dialect:#/a",
            "unreached-schema:#/a",
            "ref-missing",
        ],
        expect![[r#"
            1 accepted
            Warning unsupported at 12: m
            Warning unsupported at 40: m
            Warning unreached-schema at 99: m
            Warning config-unused at 0: `#/b` leads to nothing
            Warning config-unused at 0: there is no warning `unreached-schema` at `#/a`
            Warning config-unused at 0: there is no warning `ref-missing`
        "#]],
    );
}

#[test]
fn a_part_is_in_one_file_and_covers_what_begins_and_ends_in_it() {
    let part = span(0, 10, 20);
    for (is_in, other) in [
        (true, span(0, 10, 20)),
        (true, span(0, 12, 12)),
        (false, span(1, 12, 13)),
        (false, span(0, 9, 12)),
        (false, span(0, 18, 21)),
    ] {
        assert_eq!(is_within(other, part), is_in, "{other:?}");
    }
}

#[test]
fn a_part_is_found_with_its_key() {
    let text = "a/b: {x: &x 1, 'y z': *x}\nl: [1, 2]\n";
    let mut sources = Sources::new("a.yaml", text);
    sources.add_referred("b/c.yaml", "k:\n  n: 3\n");
    let limits = crate::load::Limits::default();
    let tree = crate::load::load(&mut Diagnostics::new(false), &sources, &limits).expect("YAML");
    let at = |part| tree.place_of(part).map(|span| sources.slice(span));
    assert_eq!(at("#/a~1b"), Some("a/b: {x: &x 1, 'y z': *x}"));
    assert_eq!(at("#/a~1b/x"), Some("x: &x 1"));
    // An alias stands where its anchor does.
    assert_eq!(at("#/a~1b/y%20z"), Some("1"));
    assert_eq!(at("#/l/1"), Some("2"));
    assert_eq!(at("b/c.yaml#/k"), Some("k:\n  n: 3"));
    assert_eq!(at("b/c.yaml"), Some("k:\n  n: 3"));
    assert_eq!(at("#/nothing"), None);
    assert_eq!(at("nothing.yaml"), None);
}

/// Two errors, one with something that can be done in place of it.
fn keep_going(strict: bool, expected: Expect) {
    let mut diagnostics = Diagnostics::by(Policy {
        strict,
        keep_going: true,
        ..Policy::default()
    });
    diagnostics.push(Diagnostic::error(Code::RefMissing, None, "m").or_else("left out"));
    diagnostics.push(Diagnostic::error(Code::Syntax, None, "m"));
    let findings = diagnostics
        .iter()
        .map(|it| format!("{:?} {} {:?}\n", it.severity, it.code, it.label));
    expected.assert_eq(&findings.collect::<String>());
}

#[test]
fn who_keeps_going_goes_on_only_where_there_is_a_way() {
    keep_going(
        false,
        expect![[r#"
            Warning ref-missing Some("left out")
            Error syntax None
        "#]],
    );
    keep_going(
        true,
        expect![[r#"
            Error ref-missing Some("left out")
            Error syntax None
        "#]],
    );
}
