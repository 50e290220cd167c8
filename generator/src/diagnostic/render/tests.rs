use expect_test::{Expect, expect};

use super::{Diagnostic, Diagnostics};
use crate::diagnostic::{Code, quoted};
use crate::source::{Sources, Span};

/// The span of the `nth` occurrence of a piece of the text.
fn find(sources: &Sources, piece: &str, nth: usize) -> Span {
    let text = sources.text(sources.root());
    let start = text
        .match_indices(piece)
        .nth(nth)
        .expect("the piece is in the text")
        .0;
    let narrow = |offset: usize| u32::try_from(offset).expect("the text is short");
    Span {
        file: sources.root(),
        start: narrow(start),
        end: narrow(start + piece.len()),
    }
}

fn check(text: &str, make: impl FnOnce(&Sources) -> Diagnostic, expected: Expect) {
    let sources = Sources::new("openapi.yaml", text);
    expected.assert_eq(&make(&sources).render(&sources, false));
}

#[test]
fn a_place_is_shown_with_its_line() {
    check(
        "openapi: 3.1.0\ninfo:\n  title: é — \tx\n",
        |sources| {
            Diagnostic::error(Code::WrongType, find(sources, "x", 0), "not a title")
                .label("expected more")
                .help("write more")
                .help("or less")
        },
        expect![[r#"
            error[wrong-type]: not a title
             --> openapi.yaml:3:15
              |
            3 |   title: é —     x
              |                  ^ expected more
              |
              = help: write more
              = help: or less
        "#]],
    );
}

#[test]
fn a_finding_without_a_place_is_a_line() {
    check(
        "",
        |_| Diagnostic::warning(Code::Config, None, "no place").help("none needed"),
        expect![[r#"
        warning[config]: no place
         |
         = help: none needed
    "#]],
    );
}

#[test]
fn places_close_together_share_an_excerpt() {
    check(
        "a: 1\nb: 2\nc: 3\na: 4\n",
        |sources| {
            Diagnostic::error(Code::DuplicateKey, find(sources, "a", 1), "twice")
                .label("again")
                .related(find(sources, "a", 0), "first written here")
        },
        expect![[r#"
            error[duplicate-key]: twice
             --> openapi.yaml:4:1
              |
            1 | a: 1
              | - first written here
            ...
            4 | a: 4
              | ^ again
        "#]],
    );
}

#[test]
fn places_far_apart_have_excerpts_of_their_own() {
    let text = format!("a: 1\n{}a: 4\n", "b: 2\n".repeat(20));
    check(
        &text,
        |sources| {
            Diagnostic::error(Code::DuplicateKey, find(sources, "a", 1), "twice")
                .label("again")
                .related(find(sources, "a", 0), "first written here")
                .help("remove one")
        },
        expect![[r#"
            error[duplicate-key]: twice
              --> openapi.yaml:22:1
               |
            22 | a: 4
               | ^ again
               |
              ::: openapi.yaml:1:1
               |
             1 | a: 1
               | - first written here
               |
               = help: remove one
        "#]],
    );
}

#[test]
fn a_minified_line_is_cut() {
    let text = format!(
        "{{{}\"here\":1,{}}}",
        "\"é\":[0,1,2],".repeat(100_000),
        "\"b\":{},".repeat(100_000)
    );
    check(
        &text,
        |sources| {
            Diagnostic::error(Code::WrongType, find(sources, "\"here\"", 0), "wrong")
                .label("this")
                .related(find(sources, "\"b\"", 90_000), "and that")
        },
        expect![[r#"
            error[wrong-type]: wrong
             --> openapi.yaml:1:1200002
              |
            1 | ...,"é":[0,1,2],"é":[0,1,2],"é":[0,1,2],"here":1,"b":{},"b":{},"b":{},"b":{},"b":{},"b":{},"b":{},"b":{},"b":{},"b":{},"...
              |                                         ^^^^^^ this
              |
             ::: openapi.yaml:1:1830011
              |
            1 | ...":{},"b":{},"b":{},"b":{},"b":{},"b":{},"b":{},"b":{},"b":{},"b":{},"b":{},"b":{},"b":{},"b":{},"b":{},"b":{},"b":{},"b"...
              |                                            --- and that
        "#]],
    );
}

#[test]
fn a_span_of_many_lines_shows_the_first() {
    check(
        "a:\r\n  b: 1\r\n  c: 2\r\n",
        |sources| {
            Diagnostic::warning(
                Code::UnknownKey,
                find(sources, "a:\r\n  b: 1\r\n", 0),
                "unknown",
            )
        },
        expect![[r#"
            warning[unknown-key]: unknown
             --> openapi.yaml:1:1
              |
            1 | a:
              | ^^
        "#]],
    );
}

#[test]
fn the_ends_of_a_text_can_be_shown() {
    check(
        "",
        |sources| Diagnostic::error(Code::Syntax, find(sources, "", 0), "empty"),
        expect![[r#"
        error[syntax]: empty
         --> openapi.yaml:1:1
          |
        1 |
          | ^
    "#]],
    );
    check(
        "a: [\n",
        |sources| Diagnostic::error(Code::Syntax, find(sources, "", 5), "unclosed").label("here"),
        expect![[r#"
            error[syntax]: unclosed
             --> openapi.yaml:2:1
              |
            2 |
              | ^ here
        "#]],
    );
}

#[test]
fn nothing_that_a_terminal_obeys_is_printed() {
    check(
        "a: \u{1b}[31mred\u{9b}31m \u{202e}x\n",
        |sources| {
            Diagnostic::error(Code::Syntax, find(sources, "x", 0), "\u{1b}[0m\n\u{9b}x")
                .label("\u{1b}[0m\nlabel")
                .help("\u{1b}[0mhelp")
        },
        expect![[r#"
            error[syntax]: ␛[0m �x
             --> openapi.yaml:1:18
              |
            1 | a: ␛[31mred�31m �x
              |                  ^ ␛[0m label
              |
              = help: ␛[0mhelp
        "#]],
    );
}

#[test]
fn color_is_for_terminals() {
    let sources = Sources::new("a.yaml", "a: 1\n");
    let diagnostic = Diagnostic::error(Code::Syntax, find(&sources, "a", 0), "wrong");
    assert!(diagnostic.render(&sources, true).contains("\u{1b}["));
    assert!(!diagnostic.render(&sources, false).contains('\u{1b}'));
}

#[test]
fn a_summary_counts() {
    let summary = |errors: usize, warnings: usize| {
        let mut diagnostics = Diagnostics::new(false);
        (0..errors).for_each(|_| diagnostics.push(Diagnostic::error(Code::Syntax, None, "e")));
        (0..warnings).for_each(|_| diagnostics.push(Diagnostic::warning(Code::Syntax, None, "w")));
        diagnostics.summary()
    };
    assert_eq!(summary(0, 0), "no errors");
    assert_eq!(summary(1, 0), "1 error");
    assert_eq!(summary(2, 1), "2 errors, 1 warning");
    assert_eq!(summary(0, 3), "3 warnings");
}

#[test]
fn a_long_quote_is_shortened() {
    assert_eq!(quoted("key"), "`key`");
    assert_eq!(quoted(&"é".repeat(63)), format!("`{}`", "é".repeat(63)));
    assert_eq!(
        quoted(&"é".repeat(64)),
        format!("`{}...{}`", "é".repeat(30), "é".repeat(30))
    );
}

#[test]
fn thousands_of_findings_in_a_long_line_are_fast() {
    let sources = Sources::new("api.json", "\"é\":[0,1,2],".repeat(400_000));
    let mut diagnostics = Diagnostics::new(false);
    for number in 0..2_000 {
        let start = number * 2_600;
        let span = Span {
            file: sources.root(),
            start,
            end: start + 4,
        };
        diagnostics.push(Diagnostic::error(Code::WrongType, span, "wrong").label("here"));
    }
    let start = std::time::Instant::now();
    assert!(!diagnostics.render(&sources, false).is_empty());
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
}
