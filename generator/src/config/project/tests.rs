mod keys;

use expect_test::{Expect, expect};

use super::{Project, Target};
use crate::config::Located;
use crate::diagnostic::Diagnostics;
use crate::source::Sources;

fn check(text: &str, expected: Expect) {
    let mut sources = Sources::new("openapi.yaml", "");
    let file = sources.add("oarlock.toml", text);
    expected.assert_eq(&match Project::parse(file, text) {
        Ok(project) => project
            .crates
            .iter()
            .map(|target| show(&sources, target))
            .collect(),
        Err(findings) => {
            let mut diagnostics = Diagnostics::default();
            findings
                .into_iter()
                .for_each(|finding| diagnostics.push(finding));
            diagnostics.render(&sources, false)
        }
    });
}

/// One target in a line; every located text is shown as the source has it.
fn show(sources: &Sources, target: &Target) -> String {
    let source = |located: &Located| located.span.map_or("", |span| sources.slice(span));
    let Target {
        document,
        out,
        config,
        ..
    } = target;
    let secrets: Vec<&str> = config.secrets.iter().map(source).collect();
    let flags = (config.mode, config.all_schemas, config.strict);
    let (document, out) = (source(document), source(out));
    format!(
        "{document} -> {out}: {} {} {flags:?} {secrets:?}\n",
        config.package, config.version
    )
}

#[test]
fn a_crate_needs_a_document_and_a_folder() {
    check(
        "[[crate]]\ndocument = \"a.yaml\"\nout = \"crates/a-b\"\n",
        expect![[r#"
        "a.yaml" -> "crates/a-b": a-b 0.1.0 (Crate, false, false) []
    "#]],
    );
    check(
        "[[crate]]\ndocument = '../a.md'\nout = 'x'\npackage = 'p'\nversion = '1.0.0-rc.1'\nmode = 'module'\n\
         all_schemas = true\nstrict = true\nsecrets = ['#/a', '#/b']\n",
        expect![[r#"
            '../a.md' -> 'x': p 1.0.0-rc.1 (Module, true, true) ["'#/a'", "'#/b'"]
        "#]],
    );
}

#[test]
fn all_mistakes_are_told_at_once() {
    check(
        "crates = 1\n[[crate]]\ndokument = \"a.yaml\"\nout = \"../b\"\nmode = \"modul\"\nstrict = 1\n\
         version = \"1.0\"\nsecrets = [1]\n\n[[crate]]\ndocument = \"\"\nout = 'é'\npackage = '1x'\n",
        expect![[r#"
            error[config]: unknown key `crates` in `oarlock.toml`
             --> oarlock.toml:1:1
              |
            1 | crates = 1
              | ^^^^^^
              |
              = help: did you mean `crate`?

            error[config]: the crate has no `document`
             --> oarlock.toml:2:1
              |
            2 | [[crate]]
              | ^^^^^^^^^

            error[config]: unknown key `dokument` of a crate
             --> oarlock.toml:3:1
              |
            3 | dokument = "a.yaml"
              | ^^^^^^^^
              |
              = help: did you mean `document`?

            error[config]: `out` must stay inside the folder of this file
             --> oarlock.toml:4:7
              |
            4 | out = "../b"
              |       ^^^^^^

            error[config]: unknown mode `modul`
             --> oarlock.toml:5:8
              |
            5 | mode = "modul"
              |        ^^^^^^^
              |
              = help: write one of "crate", "module"

            error[config]: `strict` must be `true` or `false`, but is of type integer
             --> oarlock.toml:6:10
              |
            6 | strict = 1
              |          ^

            error[config]: a version must have three numbers, such as `0.1.0`
             --> oarlock.toml:7:11
              |
            7 | version = "1.0"
              |           ^^^^^

            error[config]: `secrets` must be a string, but is of type integer
             --> oarlock.toml:8:12
              |
            8 | secrets = [1]
              |            ^

            error[config]: `document` must not be empty
              --> oarlock.toml:11:12
               |
            11 | document = ""
               |            ^^

            error[config]: the name of a package must start with an ASCII letter
              --> oarlock.toml:13:11
               |
            13 | package = '1x'
               |           ^^^^
        "#]],
    );
}

#[test]
fn syntax_is_shown_with_its_place() {
    check(
        "[[crate]\ndocument = \"a\n",
        expect![[r#"
        error[config]: unclosed array table, expected `]`
         --> oarlock.toml:1:9
          |
        1 | [[crate]
          |         ^
    "#]],
    );
    check(
        "",
        expect![[r#"
        error[config]: there is no crate to generate
         --> oarlock.toml:1:1
          |
        1 |
          | ^
          |
          = help: add a table `[[crate]]`
    "#]],
    );
    check(
        "[crate]\n",
        expect![[r#"
        error[config]: `crate` must be a list of tables
         --> oarlock.toml:1:1
          |
        1 | [crate]
          | ^^^^^^^
          |
          = help: write `[[crate]]` with double brackets
    "#]],
    );
    check(
        "crate = 3\n",
        expect![[r#"
        error[config]: `crate` must be a list of tables, but is of type integer
         --> oarlock.toml:1:9
          |
        1 | crate = 3
          |         ^
    "#]],
    );
}

#[test]
fn the_output_stays_inside() {
    for out in [
        "",
        ".",
        "./",
        "..",
        "a/../..",
        "/elsewhere/x",
        "C:\\x",
        "c:/x",
        "a\\..\\b",
        "~/x",
        "a/../b",
        "\\\\server\\x",
    ] {
        let text = format!("[[crate]]\ndocument = \"a\"\npackage = \"p\"\nout = {out:?}\n");
        assert!(
            Project::parse(crate::source::FileId(0), &text).is_err(),
            "{out:?}"
        );
    }
}

#[test]
fn folders_do_not_overlap() {
    let two = |first: &str, second: &str| {
        format!(
            "[[crate]]\ndocument = 'a'\nout = '{first}'\n[[crate]]\ndocument = 'b'\nout = '{second}'\n"
        )
    };
    check(
        &two("a/b", "./A"),
        expect![[r#"
        error[config]: two crates have the same output folder, or one inside the other
         --> oarlock.toml:6:7
          |
        3 | out = 'a/b'
          |       ----- the other one
        ...
        6 | out = './A'
          |       ^^^^^
    "#]],
    );
    assert!(Project::parse(crate::source::FileId(0), &two("a", "ab")).is_ok());
}
