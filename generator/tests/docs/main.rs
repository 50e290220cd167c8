//! Documentation from untrusted Markdown: plain text is kept, everything that rustdoc would run,
//! copy as HTML, or resolve is made inert. The judges are the parser, read with other eyes than the
//! code's, and rustdoc itself.

mod rustdoc;

// The module is private to the generator, and needs nothing of it.
#[path = "../../src/plan"]
mod plan {
    pub(crate) mod docs;
}

use std::time::{Duration, Instant};

use expect_test::{Expect, expect};
use plan::docs::doc_lines;
use proptest::prelude::*;
use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, Options, Parser, Tag};

fn check(markdown: &str, expected: Expect) {
    let text = doc_lines(markdown).join("\n");
    expected.assert_eq(&text);
    inspect(&text);
}

/// Fails if the text holds anything that it must not.
fn inspect(text: &str) {
    assert!(text.is_ascii(), "not ASCII: {text:?}");
    assert!(
        !text.contains(|ch: char| ch.is_control() && ch != '\n'),
        "control: {text:?}"
    );
    assert!(
        !text.lines().any(|line| line.ends_with(' ')),
        "trailing space: {text:?}"
    );
    assert!(
        !format!("\n{text}\n").contains("\n\n\n") || text.is_empty(),
        "blank lines: {text:?}"
    );
    assert!(
        !text.starts_with('\n') && !text.ends_with('\n'),
        "blank line at an end: {text:?}"
    );
    assert_eq!(doc_lines(text).join("\n"), text, "not stable");

    // Text that we write below must not be swallowed, which `marker` shows.
    let marker = "the end of the item's own text";
    let text = format!("{text}\n\n{marker}");
    let shown = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    for options in [shown, Options::empty()] {
        let named = |link: BrokenLink<'_>| {
            // Without extensions, the box of a task is a link, but nothing is linked by that parser.
            assert!(
                options.is_empty(),
                "{:?} could name an item: {text:?}",
                link.reference
            );
            None::<(CowStr<'_>, CowStr<'_>)>
        };
        let parser = Parser::new_with_broken_link_callback(&text, options, Some(named));
        assert_eq!(
            parser.reference_definitions().iter().count(),
            0,
            "definition: {text:?}"
        );
        let mut last_paragraph = String::new();
        for event in parser {
            match event {
                Event::Start(Tag::Paragraph) => last_paragraph.clear(),
                Event::Text(text) => last_paragraph.push_str(&text),
                other => inspect_event(&other, &text),
            }
        }
        assert!(
            last_paragraph.starts_with("the end of the item"),
            "left open: {text:?}"
        );
    }
}

fn inspect_event(event: &Event<'_>, text: &str) {
    match event {
        Event::Start(Tag::CodeBlock(kind)) => match kind {
            CodeBlockKind::Fenced(info) if info.as_ref() == "text" => {}
            other => panic!("code block {other:?}: {text:?}"),
        },
        Event::Html(html) | Event::InlineHtml(html) => panic!("HTML {html:?}: {text:?}"),
        Event::Start(Tag::Image { .. }) => panic!("image: {text:?}"),
        Event::Start(Tag::Link {
            dest_url,
            link_type,
            ..
        }) => {
            let lower = dest_url.to_ascii_lowercase();
            let web = ["http://", "https://", "mailto:"]
                .iter()
                .any(|s| lower.starts_with(s));
            let email = *link_type == pulldown_cmark::LinkType::Email;
            assert!(web || email, "link to {dest_url:?}: {text:?}");
        }
        Event::FootnoteReference(_) | Event::Start(Tag::FootnoteDefinition(_)) => {
            panic!("footnote: {text:?}");
        }
        _ => {}
    }
}

#[test]
fn plain_text_is_kept() {
    for text in [
        "Webhook id.",
        "Human-readable error message.",
        "HMAC-SHA256 signing secret. Use this to verify the\n`Anchor-Signature` header on each delivery.",
        "When `false`, no events fan out to this webhook.",
        "by GET/list endpoints. session-manager (publisher),\nwebhook-dispatcher (consumer)",
        "a * b, 50% off, #1, $5, user_id, `a & b`, it's \"here\"; (x) {y} - 3 > 2\n\n* one\n* two",
        "# Title\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- [ ] open\n- [x] done\n\n~~old~~ **new**",
        "See <https://example.com/a_b> or [the page](https://example.com \"Title\").",
        "A range [0, 1) and x < y && y > z",
    ] {
        let lines = doc_lines(text).join("\n");
        assert_eq!(lines, text);
        inspect(&lines);
    }
}

#[test]
fn typography_is_written_in_ascii() {
    check(
        "Store it \u{2014} 3\u{2013}5 \u{201c}times\u{201d}\u{2026} it\u{2019}s\u{a0}a \u{2192} b, x \u{2264} y",
        expect![[r#"Store it --- 3-5 "times"... it's a -> b, x <= y"#]],
    );
    check(
        "caf\u{e9} `caf\u{e9}` \\\u{e9} \u{1f600}",
        expect![[r#"caf&#xE9; `caf\u{e9}` \\&#xE9; &#x1F600;"#]],
    );
    check(
        "```\n\u{e9}\n```",
        expect![[r#"
        ```text
        \u{e9}
        ```"#]],
    );
}

#[test]
fn lines_are_tidied() {
    check(
        "\r\n\u{2028}a  \r\nb\rc\u{2029}\td\n\n\n\ne\n \n",
        expect![[r#"
        a
        b
        c
            d

        e"#]],
    );
    check(
        "    every line\n      is indented",
        expect![[r#"
        every line
          is indented"#]],
    );
    check(
        "x\u{202e}y\u{200b}z\u{7}\u{0}\u{feff} &#x202e;&rlm;! &#13; &nbsp;",
        expect!["xyz !  &nbsp;"],
    );
    check(" \n\t\n", expect![""]);
}

#[test]
fn code_blocks_are_text() {
    check(
        "a\n\n    one\n\n      two\n\nb",
        expect![[r#"
        a

        ```text
        one

          two
        ```

        b"#]],
    );
    check(
        "- item\n\n      code\n\n- 1.     at once\n         more\n",
        expect![[r#"
        - item

          ```text
          code
          ```

        - 1. ```text
             at once
             more
             ```"#]],
    );
    check(
        "> ~~~ rust,should_panic\n> a\n\n```{.rust}\nb",
        expect![[r#"
        > ~~~text
        > a

        ```text
        b
        ```"#]],
    );
    check(
        ">     quoted `` ``` ``\n>     more",
        expect![[r#"
        > ````text
        > quoted `` ``` ``
        > more
        > ````"#]],
    );
}

#[test]
fn html_is_escaped() {
    check(
        "<script>alert(1)</script>\n<img src=x onerror=alert(1)>",
        expect![[r#"
        &lt;script>alert(1)&lt;/script>
        &lt;img src=x onerror=alert(1)>"#]],
    );
    check(
        "A Vec<String>, <!-- hidden --> <br/>",
        expect!["A Vec&lt;String>, &lt;!-- hidden --> &lt;br/>"],
    );
    check(
        "<pre>\n\n    code\n\n```rust\n</pre>",
        expect![[r#"
        &lt;pre>

        ```text
        code
        ```

        ```text
        &lt;/pre>
        ```"#]],
    );
}

#[test]
fn links_lead_to_the_web_or_nowhere() {
    check(
        "[Foo], [`Foo`], [a][b], [c][], [d](rel), [e](javascript:alert(1)), [[f]], a[0][1]",
        expect![[
            r#"\[Foo], \[`Foo`], \[a]\[b], \[c]\[], \[d](rel), \[e](javascript:alert(1)), \[\[f]], a\[0]\[1]"#
        ]],
    );
    check(
        "<javascript:alert(1)> [x](javascript&colon;alert) [y](data:text/html,x) <a@b.cd>",
        expect![[
            r#"&lt;javascript:alert(1)> \[x](javascript&colon;alert) \[y](data:text/html,x) <a@b.cd>"#
        ]],
    );
    check(
        "[a](https://x.org/\u{e9} \"t\") ![b](http://x.org/i.png) ![c](i.png) [![d](http://i.org)](http://t.org)",
        expect![
            "[a](https://x.org/%C3%A9) [b](http://x.org/i.png) !\\[c](i.png) \\[[d](http://i.org)](<http://t.org>)"
        ],
    );
    check(
        "[x]: http://x.org\n[Note]: important\n\n[x], [y][x], [x][] and [^1]\n\n[^1]: foot",
        expect![[r#"
        \[Note]: important

        [x](http://x.org), [y](http://x.org), [x](http://x.org) and \[^1]

        \[^1]: foot"#]],
    );
    check(
        "See https://a.org/x_(y)_z?a=1&b={c}. (http://b.org/), **https://c.org**, https://\u{e9}.org https://...",
        expect![
            "See <https://a.org/x_(y)_z?a=1&b={c}>. (<http://b.org/>), **<https://c.org>**, https://&#xE9;.org https://..."
        ],
    );
}

#[test]
fn what_cannot_be_patched_is_shown_verbatim() {
    let deep = format!("{} ```x \u{e9}", ">".repeat(100));
    let lines = doc_lines(&deep);
    assert_eq!(lines.first().map(String::as_str), Some("````text"));
    assert_eq!(lines.last().map(String::as_str), Some("````"));
    inspect(&lines.join("\n"));
}

#[test]
fn long_texts_take_linear_time() {
    let start = Instant::now();
    for piece in [
        "[",
        "![",
        "[x]",
        "[[x](",
        "<",
        "<a ",
        "`",
        "``a`",
        "*a_",
        "> ",
        "- ",
        "http://",
        "http://)",
        "\\",
        "&#x202e;",
        "    a\n\n",
        "```\n",
        "[a]: http://a.org\n",
        "[^a]: b\n\n",
        "<!--",
        "|",
        "|-|\n",
        "\u{e9}",
        "~~~\n\n",
        "x\n\n",
    ] {
        let text = piece.repeat(60_000 / piece.len());
        inspect(&doc_lines(&text).join("\n"));
    }
    assert!(
        start.elapsed() < Duration::from_secs(60),
        "{:?}",
        start.elapsed()
    );
}

/// Pieces that Markdown gives a meaning, so that random texts hold constructs and not only letters.
fn markdown() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec![
            "```", "~~~", "````", "`", "``", "    ", "\t", "  ", " ", "\n", "\n", "\n\n", "\r\n", "\r", "> ", ">", "- ",
            "* ", "1. ", "1)", "# ", "===", "---", "[", "]", "](", ")", "!", "[^a]", "[^a]: ", "[a]: ", "[a]", "(x)",
            "http://a.org", "https://b.org/c_d", "http://", "javascript:x", "mailto:a@b.c", "<", ">", "</", "<a", "<!--",
            "-->", "<script>", "<?", "]]>", "<b>", "<http://c.org>", "&lt;", "&amp;", "&#x202e;", "&#", ";", "\\", "|",
            "|-|-|", "*", "**", "_", "~~", "[ ] ", "[x] ", "rust", "{.rust}", "text", "\"", "'", "\u{202e}", "\u{2028}",
            "\u{e9}", "\u{2014}", "\u{2192}", "\u{1f600}", "\u{a0}", "\u{85}",
        ]).prop_map(str::to_owned),
        1 => "[a-z]{1,4}",
        1 => any::<String>(),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_becomes_harmless(text in markdown()) {
        inspect(&doc_lines(&text).join("\n"));
    }
}
