mod mistakes;

use expect_test::{Expect, expect};

use crate::load::Limits;
use crate::load::tests::check_at;

fn check(text: &str, expected: Expect) {
    check_at("api.yaml", text, &Limits::default(), expected);
}

#[test]
fn every_node_has_its_place() {
    check(
        "openapi: 3.1.0\ninfo:\n  title: é — x # no\n\n# no\npaths:\n  - a: 1\n    b:\n  -\n    - [x, {y: z}]\nlast: ''\n",
        expect![[r#"
            mapping @1:1-11:9
            "openapi" @1:1-1:8: "3.1.0" @1:10-1:15
            "info" @2:1-2:5: mapping @3:3-3:15
              "title" @3:3-3:8: "é — x" @3:10-3:15
            "paths" @6:1-6:6: sequence @7:3-10:18
              - mapping @7:5-8:6
                "a" @7:5-7:6: number 1 @7:8-7:9
                "b" @8:5-8:6: null @8:6-8:6
              - sequence @10:5-10:18
                - sequence @10:7-10:18
                  - "x" @10:8-10:9
                  - mapping @10:11-10:17
                    "y" @10:12-10:13: "z" @10:15-10:16
            "last" @11:1-11:5: "" @11:7-11:9
        "#]],
    );
}

#[test]
fn places_are_right_behind_crlf() {
    check(
        "a: 1\r\nb:\r\n  c: é x\r\n  d: |\r\n    e\r\n    f\r\n",
        expect![[r#"
        mapping @1:1-7:1
        "a" @1:1-1:2: number 1 @1:4-1:5
        "b" @2:1-2:2: mapping @3:3-7:1
          "c" @3:3-3:4: "é x" @3:6-3:9
          "d" @4:3-4:4: "e\nf\n" copied @5:5-7:1
    "#]],
    );
}

#[test]
fn plain_scalars_follow_the_core_schema() {
    check(
        "- null\n- ~\n-\n- true\n- False\n- yes\n- off\n- y\n- 1\n- 017\n- 0o17\n- 0x1F\n- 1_000\n- 1.10\n- 1e3\n- 123e4567\n\
         - .inf\n- .nan\n- 2020-01-01\n- 1:30\n- =\n- -\n- <\n- 12345678901234567890123\n",
        expect![[r#"
            sequence @1:1-24:26
            - null @1:3-1:7
            - null @2:3-2:4
            - null @2:4-2:4
            - true @4:3-4:7
            - false @5:3-5:8
            - "yes" @6:3-6:6
            - "off" @7:3-7:6
            - "y" @8:3-8:4
            - number 1 @9:3-9:4
            - number 017 @10:3-10:6
            - number 0o17 @11:3-11:7
            - number 0x1F @12:3-12:7
            - "1_000" @13:3-13:8
            - number 1.10 @14:3-14:7
            - number 1e3 @15:3-15:6
            - "123e4567" @16:3-16:11
            - ".inf" @17:3-17:7
            - ".nan" @18:3-18:7
            - "2020-01-01" @19:3-19:13
            - "1:30" @20:3-20:7
            - "=" @21:3-21:4
            - sequence @22:3-22:3
              - null @21:4-21:4
            - "<" @23:3-23:4
            - number 12345678901234567890123 @24:3-24:26
        "#]],
    );
}

#[test]
fn quoted_scalars_and_blocks_are_strings() {
    check(
        "- 'a'\n- '1'\n- \"true\"\n- 'it''s'\n- \"a\\n\\u00e9\\uD83D\\uDE00\"\n- |\n  a\n   b\n- >-\n  a\n  b\n- a\n  b\n- ''\n",
        expect![[r#"
            sequence @1:1-14:5
            - "a" @1:3-1:6
            - "1" @2:3-2:6
            - "true" @3:3-3:9
            - "it's" copied @4:3-4:10
            - "a\né😀" copied @5:3-5:26
            - "a\n b\n" copied @7:3-9:1
            - "a b" copied @10:3-12:1
            - "a b" copied @12:3-13:4
            - "" @14:3-14:5
        "#]],
    );
}

#[test]
fn tags_of_the_core_schema_are_obeyed() {
    check(
        "- !!str 5\n- !!int '5'\n- !!float 1\n- !!bool 'true'\n- !!null ''\n- !!str\n- ! 5\n- !!seq [1]\n- !!map {}\n",
        expect![[r#"
            sequence @1:1-9:11
            - "5" @1:9-1:10
            - number 5 @2:9-2:12
            - number 1 @3:11-3:12
            - true @4:10-4:16
            - null @5:10-5:12
            - "" @5:12-5:12
            - "5" @7:5-7:6
            - sequence @8:9-8:12
              - number 1 @8:10-8:11
            - mapping @9:9-9:11
        "#]],
    );
}

#[test]
fn other_tags_are_ignored_with_a_warning() {
    check(
        "a: !Ref b\nc: !Ref {d: !!int x}\n!k e: !!set\n  f:\n",
        expect![[r#"
        mapping @1:1-4:4
        "a" @1:1-1:2: "b" @1:9-1:10
        "c" @2:1-2:2: mapping @2:9-2:21
          "d" @2:10-2:11: "x" @2:19-2:20
        "e" @3:4-3:5: mapping @4:3-4:4
          "f" @4:3-4:4: null @4:4-4:4
        warning[yaml-tag]: the tag `!Ref` is ignored (2 times)
         --> api.yaml:1:4
          |
        1 | a: !Ref b
          |    ^^^^
          |
          = help: the node is read as if it had no tag

        warning[yaml-tag]: the tag `!!int` is ignored
         --> api.yaml:2:13
          |
        2 | c: !Ref {d: !!int x}
          |             ^^^^^
          |
          = help: the node is read as if it had no tag

        warning[yaml-tag]: the tag `!k` is ignored
         --> api.yaml:3:1
          |
        3 | !k e: !!set
          | ^^
          |
          = help: the node is read as if it had no tag

        warning[yaml-tag]: the tag `!!set` is ignored
         --> api.yaml:3:7
          |
        3 | !k e: !!set
          |       ^^^^^
          |
          = help: the node is read as if it had no tag
    "#]],
    );
}

#[test]
fn keys_are_read_as_they_are_written() {
    check(
        "200: a\n1.10: b\nno: c\nnull: d\n'1.1': e\n? f\n: g\n~: h\n: i\n0x1F: j\n",
        expect![[r#"
        mapping @1:1-10:8
        "200" @1:1-1:4: "a" @1:6-1:7
        "1.10" @2:1-2:5: "b" @2:7-2:8
        "no" @3:1-3:3: "c" @3:5-3:6
        "null" @4:1-4:5: "d" @4:7-4:8
        "1.1" @5:1-5:6: "e" @5:8-5:9
        "f" @6:3-6:4: "g" @7:3-7:4
        "~" @8:1-8:2: "h" @8:4-8:5
        "" @8:5-8:5: "i" @9:3-9:4
        "0x1F" @10:1-10:5: "j" @10:7-10:8
    "#]],
    );
    check(
        "&k a: 1\nb: {*k : 2}\n",
        expect![[r#"
        mapping @1:1-2:12
        "a" @1:4-1:5: number 1 @1:7-1:8
        "b" @2:1-2:2: mapping @2:4-2:12
          "a" @2:5-2:7: number 2 @2:10-2:11
    "#]],
    );
    check(
        "? [a]\n: 1\n",
        expect![[r#"
        error[syntax]: a key must be a scalar
         --> api.yaml:1:3
          |
        1 | ? [a]
          |   ^ this is a sequence or a mapping
    "#]],
    );
    check(
        "{a: 1}: 2\n",
        expect![[r#"
        error[syntax]: not JSON: expected a key in double quotes, found `a`
         --> api.yaml:1:2
          |
        1 | {a: 1}: 2
          |  ^ expected a key in double quotes
    "#]],
    );
}

#[test]
fn aliases_share_the_node_of_their_anchor() {
    check(
        "a: &x {b: 1}\nc: *x\nd: &y e\nf: [*y, *y]\n",
        expect![[r#"
        mapping @1:1-4:12
        "a" @1:1-1:2: mapping @1:7-1:13
          "b" @1:8-1:9: number 1 @1:11-1:12
        "c" @2:1-2:2: mapping @1:7-1:13
          "b" @1:8-1:9: number 1 @1:11-1:12
        "d" @3:1-3:2: "e" @3:7-3:8
        "f" @4:1-4:2: sequence @4:4-4:12
          - "e" @3:7-3:8
          - "e" @3:7-3:8
    "#]],
    );
}

#[test]
fn merge_keys_add_what_is_not_there() {
    check(
        "base: &a {x: 1, y: 2}\nmore: &b {y: 3, z: 4}\none:\n  x: 0\n  <<: *a\nboth:\n  <<: [*b, *a]\n\
         inline:\n  <<: {w: 1}\nliteral:\n  '<<': 1\n",
        expect![[r#"
            mapping @1:1-11:10
            "base" @1:1-1:5: mapping @1:10-1:22
              "x" @1:11-1:12: number 1 @1:14-1:15
              "y" @1:17-1:18: number 2 @1:20-1:21
            "more" @2:1-2:5: mapping @2:10-2:22
              "y" @2:11-2:12: number 3 @2:14-2:15
              "z" @2:17-2:18: number 4 @2:20-2:21
            "one" @3:1-3:4: mapping @4:3-5:9
              "x" @4:3-4:4: number 0 @4:6-4:7
              "y" @1:17-1:18: number 2 @1:20-1:21
            "both" @6:1-6:5: mapping @7:3-7:15
              "y" @2:11-2:12: number 3 @2:14-2:15
              "z" @2:17-2:18: number 4 @2:20-2:21
              "x" @1:11-1:12: number 1 @1:14-1:15
            "inline" @8:1-8:7: mapping @9:3-9:13
              "w" @9:8-9:9: number 1 @9:11-9:12
            "literal" @10:1-10:8: mapping @11:3-11:10
              "<<" @11:3-11:7: number 1 @11:9-11:10
        "#]],
    );
    check(
        "a:\n  <<: 1\n",
        expect![[r#"
        error[syntax]: a merge key `<<` takes a mapping or a list of mappings
         --> api.yaml:2:7
          |
        2 |   <<: 1
          |       ^
    "#]],
    );
}
