//! rustdoc as the judge: it is given a crate full of hostile documentation.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use crate::plan::docs::doc_lines;

/// Texts that got through somewhere, or could: each of the six ways to a doctest, HTML in every
/// position, links, and characters that break files.
const HOSTILE: &[&str] = &[
    "```\nstd::fs::write(\"pwned\", \"1\");\n```",
    "~~~\nstd::fs::write(\"pwned\", \"2\");\n~~~",
    "Text\n\n    std::fs::write(\"pwned\", \"3\");",
    "- item\n\n      std::fs::write(\"pwned\", \"4\");",
    "> ```\n> std::fs::write(\"pwned\", \"5\");\n> ```",
    "```{.rust}\nstd::fs::write(\"pwned\", \"6\");\n```",
    "    ```\n    std::fs::write(\"pwned\", \"7\");\n    ```",
    "[^a]: note\n\n    std::fs::write(\"pwned\", \"8\");\n\n[^a]",
    "<pre>\n\n```\nstd::fs::write(\"pwned\", \"9\");\n```\n</pre>",
    "```rust\nstd::fs::write(\"pwned\", \"10\");",
    "a\tb\n\n\tstd::fs::write(\"pwned\", \"11\");",
    "```compile_fail,E0000\nlet\n```\n\n```ignore\n```\n\n```should-panic\n```",
    "1.     std::fs::write(\"pwned\", \"12\");\n\n- > -     panic!()\n",
    "| a |\n|---|\n    panic!()\n",
    "one\rfn pwn(){}\r\ntwo\u{2028}three\u{85}four",
    "bidi \u{202e}\u{2066}\u{200f}\u{61c} `\u{202d}` &#x202E; &rlm;",
    "<script>alert(1)</script>",
    "text <img src=x onerror=alert(1)> <a href=\"javascript:alert(1)\">x</a> <svg/onload=alert(1)>",
    "<!-- <script>alert(1)</script> --> <![CDATA[<script>]]> <?php ?> <!DOCTYPE x>",
    "`</code><script>alert(1)</script>` ``` ` ```",
    "[x](javascript:alert(1)) [x](JaVaScRiPt:alert(1)) [x](&#106;avascript:alert(1)) <javascript:alert(1)>",
    "[x](data:text/html,<script>alert(1)</script>) [x](vbscript:x) [x](//evil.org) [x](../../etc)",
    "![x](javascript:alert(1)) ![x](http://t.org/p.png \"a\\\" onerror=\\\"alert(1)\")",
    "[x](https://a.org/\"onmouseover=\"alert(1)) [x](https://a.org \"\\\"onerror=alert(1)\")",
    "[std] [String] [`Vec<u8>`] [Nope::missing] [a][b] [c][] [fn@x] [macro@y!] [struct@Z]",
    "[std::fs]: https://evil.org\n[hijack]: https://evil.org\n[Note]: important",
    "https://a.org/b?c=d&e=f_g_h http://b.org. (https://c.org/d) *http://e.org* https://f.org/`g`",
    "mail [a](mailto:a@localhost) [b](mailto:struct@b.org) <c@d.org> https://user:pw@e.org/",
    "*unclosed **bold `code [link](https://a.org",
    "Vec<String> HashMap<K, V> a<b>c</d> <T as Trait>::Out List<Item<X>> <b>",
    "# Heading\n## <i>x</i>\nText\n===\n| <b> | [x] |\n|---|---|\n| <script> | `|` |",
    "#![feature(x)] #[doc = \"x\"] */ /* // /// //! \" \\\" \"# r#\"",
    "caf\u{e9} \u{4f60}\u{597d} \u{1f600} `\u{e9}` [\u{e9}](https://\u{e9}.org/\u{e9} \"\u{e9}\") <https://x.org/\u{e9}>",
    "- [ ] a\n- [x] b\n  lazy\nlazier\n\n1. x\n\n   y",
    "\u{2014}\n\u{2022} a\n\u{2022} b\n\u{2013} c",
    "\\[x] \\<b> \\`a` \\\\[y] \\\\<i>",
    "&lt;script&gt; &#60;script&#62; &amp;lt; &copy;",
    "![[[x]](y)[z]: <http://a.org>\n[z]: <http://b.org> 'title'",
];

/// The other half of the oracle: a crate with every hostile text, given to rustdoc.
fn hostile_crate(texts: &[&str]) -> String {
    let mut source =
        String::from("#![doc = \" Hostile documentation.\"]\n#![forbid(unsafe_code)]\n");
    for (number, text) in texts.iter().enumerate() {
        for line in doc_lines(text) {
            let _ = writeln!(source, "#[doc = {:?}]", format!(" {line}"));
        }
        let _ = writeln!(
            source,
            "#[doc = \"\"]\n#[doc = \" Our own text with a link to [`Item0`].\"]"
        );
        let _ = writeln!(source, "pub struct Item{number};");
    }
    source
}

#[test]
fn rustdoc_runs_and_shows_nothing_hostile() {
    if Command::new("rustdoc").arg("--version").output().is_err() {
        eprintln!("SKIPPED: there is no rustdoc here, so it did not judge the documentation");
        return;
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("hostile.rs");
    let source = hostile_crate(HOSTILE);
    assert!(source.is_ascii());
    std::fs::write(&file, source).expect("the crate is written");

    let run = rustdoc(folder.path(), &["--test", "hostile.rs"]);
    assert!(run.contains("running 0 tests"), "{run}");
    assert!(!folder.path().join("pwned").exists());

    rustdoc(
        folder.path(),
        &["-D", "warnings", "-o", "html", "hostile.rs"],
    );
    let quiet = hostile_page(&folder.path().join("html/hostile/struct.Item0.html"));
    for (number, text) in HOSTILE.iter().enumerate() {
        let page = hostile_page(
            &folder
                .path()
                .join(format!("html/hostile/struct.Item{number}.html")),
        );
        // rustdoc's own scripts are the same on every page.
        assert_eq!(page.scripts, quiet.scripts, "{text:?}");
        assert_eq!(
            page.suspicious,
            Vec::<String>::new(),
            "{:?}",
            HOSTILE[number]
        );
    }
}

fn rustdoc(folder: &Path, arguments: &[&str]) -> String {
    let run = Command::new("rustdoc")
        .current_dir(folder)
        .args(["--edition", "2024", "--crate-name", "hostile"])
        .args(arguments)
        .output()
        .expect("rustdoc runs");
    let output =
        String::from_utf8_lossy(&run.stdout).into_owned() + &String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{output}");
    output
}

struct Page {
    scripts: usize,
    suspicious: Vec<String>,
}

/// Reads the tags of a page: text may say `onerror`, only a tag can mean it.
fn hostile_page(path: &Path) -> Page {
    let html = std::fs::read_to_string(path).expect("rustdoc wrote the page");
    let mut page = Page {
        scripts: 0,
        suspicious: Vec::new(),
    };
    for piece in html.split('<').skip(1) {
        let tag = piece
            .split('>')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        page.scripts += usize::from(tag.starts_with("script"));
        // What stands in quotes is a value, in which `on...=` has no meaning.
        let unquoted: String = tag.split('"').step_by(2).collect();
        let handler = unquoted
            .split_whitespace()
            .any(|word| word.starts_with("on") && word.contains('='));
        let link = ["javascript:", "data:text", "vbscript:", "//evil"]
            .iter()
            .any(|start| {
                tag.contains(&format!("=\"{start}")) || tag.contains(&format!("={start}"))
            });
        let foreign = tag.starts_with("img") && tag.contains("http") || tag.starts_with("iframe");
        if handler || link || foreign {
            page.suspicious.push(tag);
        }
    }
    page
}
