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

#[test]
fn tags_have_features_in_a_crate_only() {
    check(
        "[[crate]]\ndocument = \"a\"\nout = \"b\"\nfeatures = \"tag\"\n\n[[crate]]\ndocument = \"a\"\nout = \"c\"\nmode = \"module\"\nfeatures = \"tags\"\n",
        expect![[r#"
            error[config]: unknown features `tag`
             --> oarlock.toml:4:12
              |
            4 | features = "tag"
              |            ^^^^^
              |
              = help: write one of "sides", "tags"

            error[config]: a module has no cargo features of its own
              --> oarlock.toml:10:12
               |
            10 | features = "tags"
               |            ^^^^^^
               |
               = help: leave out `features`, or generate a crate
        "#]],
    );
}

#[test]
fn names_are_given_to_pointers() {
    check(
        "[[crate]]\ndocument = \"a\"\nout = \"b\"\nstrip_prefix = 1\nrename = { \"Pet\" = \"Animal\", \"#/paths/~1a/get\" = 2 }\n",
        expect![[r##"
            error[config]: `strip_prefix` must be a string, but is of type integer
             --> oarlock.toml:4:16
              |
            4 | strip_prefix = 1
              |                ^

            error[config]: this is not a JSON pointer
             --> oarlock.toml:5:12
              |
            5 | rename = { "Pet" = "Animal", "#/paths/~1a/get" = 2 }
              |            ^^^^^
              |
              = help: write `#/components/schemas/Name` or the like

            error[config]: `rename` must be a string, but is of type integer
             --> oarlock.toml:5:50
              |
            5 | rename = { "Pet" = "Animal", "#/paths/~1a/get" = 2 }
              |                                                  ^
        "##]],
    );
}

#[test]
fn choices_of_representation_are_a_few_words() {
    check(
        "[[crate]]\ndocument = 'a'\nout = 'b'\ndatetime = 'chrno'\nuri = 'url'\nfloat = 64\n",
        expect![[r#"
            error[config]: unknown datetime `chrno`
             --> oarlock.toml:4:12
              |
            4 | datetime = 'chrno'
              |            ^^^^^^^
              |
              = help: write one of "chrono", "chrono-utc", "jiff", "time", "string"

            error[config]: `float` must be a string, but is of type integer
             --> oarlock.toml:6:9
              |
            6 | float = 64
              |         ^^
        "#]],
    );
}

#[test]
fn choices_are_for_all_or_for_single_schemas() {
    check(
        "[[crate]]\ndocument = 'a'\nout = 'b'\ntri_state = 'alwys'\nstrict_required_nullable = 'yes'\n\
         accept_float_form = { A = 1, '*' = true }\nempty_string_as_none = ['A']\n\
         non_exhaustive_struct = true\nenums = { A = 'opn', '#/b' = false }\n",
        expect![[r#"
            error[config]: unknown tri_state `alwys`
             --> oarlock.toml:4:13
              |
            4 | tri_state = 'alwys'
              |             ^^^^^^^
              |
              = help: write one of "by-direction", "always"

            error[config]: `strict_required_nullable` must be `true` or `false`, but is of type string
             --> oarlock.toml:5:28
              |
            5 | strict_required_nullable = 'yes'
              |                            ^^^^^

            error[config]: `A` must be `true` or `false`, but is of type integer
             --> oarlock.toml:6:27
              |
            6 | accept_float_form = { A = 1, '*' = true }
              |                           ^

            error[config]: `empty_string_as_none` must be `true` or `false`, but is of type array
             --> oarlock.toml:7:24
              |
            7 | empty_string_as_none = ['A']
              |                        ^^^^^

            error[config]: unknown key `non_exhaustive_struct` of a crate
             --> oarlock.toml:8:1
              |
            8 | non_exhaustive_struct = true
              | ^^^^^^^^^^^^^^^^^^^^^
              |
              = help: did you mean `non_exhaustive_structs`?

            error[config]: unknown A `opn`
             --> oarlock.toml:9:15
              |
            9 | enums = { A = 'opn', '#/b' = false }
              |               ^^^^^
              |
              = help: write one of "by-direction", "open", "closed"

            error[config]: `#/b` must be a string, but is of type boolean
             --> oarlock.toml:9:30
              |
            9 | enums = { A = 'opn', '#/b' = false }
              |                              ^^^^^
        "#]],
    );
}

#[test]
fn code_of_the_user_is_code() {
    check(
        "[[crate]]\ndocument = 'a'\nout = 'b'\nreplace = { A = 'my::', B = { typ = 'my::B' }, C = 1 }\n\
         formats = { money = { type = 'my::Money', implements = ['Eq', 'Copy'] } }\n\
         derives = { '*' = 'my::Describe', A = ['my::Describe<u8>'] }\nattributes = { A = ['a] #[b'] }\n",
        expect![[r#"
            error[config]: this is not what stands here in Rust
             --> oarlock.toml:4:17
              |
            4 | replace = { A = 'my::', B = { typ = 'my::B' }, C = 1 }
              |                 ^^^^^^
              |
              = help: write the path of a type, such as `my_crate::Money`

            error[config]: the replacement has no `type`
             --> oarlock.toml:4:29
              |
            4 | replace = { A = 'my::', B = { typ = 'my::B' }, C = 1 }
              |                             ^^^^^^^^^^^^^^^^^

            error[config]: unknown key `typ` of a replacement
             --> oarlock.toml:4:31
              |
            4 | replace = { A = 'my::', B = { typ = 'my::B' }, C = 1 }
              |                               ^^^
              |
              = help: did you mean `type`?

            error[config]: `replace` must be a string, but is of type integer
             --> oarlock.toml:4:52
              |
            4 | replace = { A = 'my::', B = { typ = 'my::B' }, C = 1 }
              |                                                    ^

            error[config]: this trait makes no difference
             --> oarlock.toml:5:63
              |
            5 | formats = { money = { type = 'my::Money', implements = ['Eq', 'Copy'] } }
              |                                                               ^^^^^^
              |
              = help: the traits are Eq, Hash

            error[config]: `derives` must be a list of strings, but is of type string
             --> oarlock.toml:6:19
              |
            6 | derives = { '*' = 'my::Describe', A = ['my::Describe<u8>'] }
              |                   ^^^^^^^^^^^^^^

            error[config]: this is not what stands here in Rust
             --> oarlock.toml:6:40
              |
            6 | derives = { '*' = 'my::Describe', A = ['my::Describe<u8>'] }
              |                                        ^^^^^^^^^^^^^^^^^^
              |
              = help: write the path of a derive macro, such as `my_crate::Describe`

            error[config]: this is not what stands here in Rust
             --> oarlock.toml:7:21
              |
            7 | attributes = { A = ['a] #[b'] }
              |                     ^^^^^^^^
              |
              = help: write what stands between `#[` and `]`, such as `my_crate(skip)`
        "#]],
    );
}

#[test]
fn dependencies_are_those_of_cargo() {
    check(
        "[[crate]]\ndocument = 'a'\nout = 'b'\n[crate.dependencies]\nserde = '1'\n'my crate' = '1'\nmy = 1\n\
         other = { version = \"\\u00e9\" }\n",
        expect![[r#"
            error[config]: this dependency cannot be changed
             --> oarlock.toml:5:1
              |
            5 | serde = '1'
              | ^^^^^
              |
              = help: a generated crate has it already, in the version that it needs

            error[config]: the name of a package must hold only ASCII letters, digits, `-` and `_`
             --> oarlock.toml:6:1
              |
            6 | 'my crate' = '1'
              | ^^^^^^^^^^

            error[config]: a dependency is a version or a table, as `Cargo.toml` has it
             --> oarlock.toml:7:6
              |
            7 | my = 1
              |      ^

            error[config]: a dependency is a version or a table, as `Cargo.toml` has it
             --> oarlock.toml:8:9
              |
            8 | other = { version = "\u00e9" }
              |         ^^^^^^^^^^^^^^^^^^^^^^
        "#]],
    );
}

#[test]
fn a_filter_says_what_it_chooses_by() {
    check(
        "[[crate]]\ndocument = 'a'\nout = 'b'\ninclude = ['tga:pets', 'pets', 'id:']\nexclude = 'tag:pets'\n",
        expect![[r#"
            error[config]: `tga:pets` does not say what it chooses by
             --> oarlock.toml:4:12
              |
            4 | include = ['tga:pets', 'pets', 'id:']
              |            ^^^^^^^^^^
              |
              = help: did you mean `tag:pets`?

            error[config]: `pets` does not say what it chooses by
             --> oarlock.toml:4:24
              |
            4 | include = ['tga:pets', 'pets', 'id:']
              |                        ^^^^^^
              |
              = help: write `tag:`, `id:` or `path:` before it

            error[config]: there is nothing behind `id:`
             --> oarlock.toml:4:32
              |
            4 | include = ['tga:pets', 'pets', 'id:']
              |                                ^^^^^
              |
              = help: `*` stands for any text, and `**` for any part of a path

            error[config]: `exclude` must be a list of strings, but is of type string
             --> oarlock.toml:5:11
              |
            5 | exclude = 'tag:pets'
              |           ^^^^^^^^^^
        "#]],
    );
}

#[test]
fn an_extra_is_one_of_three() {
    check(
        "[[crate]]\ndocument = 'a'\nout = 'b'\nextras = ['retry', 'retries', 'tracing', 'blocking']\n",
        expect![[r#"
            error[config]: there is no extra `retries`
             --> oarlock.toml:4:20
              |
            4 | extras = ['retry', 'retries', 'tracing', 'blocking']
              |                    ^^^^^^^^^
              |
              = help: the extras are "retry", "tracing" and "blocking"
        "#]],
    );
}

#[test]
fn a_page_is_turned_in_one_way() {
    check(
        "[[crate]]\ndocument = 'a'\nout = 'b'\n[crate.pagination]\na = {}\nb = { page = 'p', link = true }\nc = { cursor = 'c' }\nd = { itms = 'i', offset = 'o' }\ne = 'page'\n",
        expect![[r#"
            error[config]: a page is turned in one way
             --> oarlock.toml:5:5
              |
            5 | a = {}
              |     ^^
              |
              = help: write one of `cursor` with `next`, `page`, `offset`, and `link = true`

            error[config]: a page is turned in one way
             --> oarlock.toml:6:5
              |
            6 | b = { page = 'p', link = true }
              |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = help: write one of `cursor` with `next`, `page`, `offset`, and `link = true`

            error[config]: a page is turned in one way
             --> oarlock.toml:7:5
              |
            7 | c = { cursor = 'c' }
              |     ^^^^^^^^^^^^^^^^
              |
              = help: write one of `cursor` with `next`, `page`, `offset`, and `link = true`

            error[config]: unknown key `itms` of an operation that gives pages
             --> oarlock.toml:8:7
              |
            8 | d = { itms = 'i', offset = 'o' }
              |       ^^^^
              |
              = help: did you mean `items`?

            error[config]: `pagination` must be a table, but is of type string
             --> oarlock.toml:9:5
              |
            9 | e = 'page'
              |     ^^^^^^
        "#]],
    );
}
