//! What single keys may say.

use expect_test::expect;

use super::check;

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
