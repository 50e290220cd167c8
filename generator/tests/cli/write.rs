//! `oarlock generate`.

use std::fs;

use expect_test::expect;
use oarlock::cli::Exit;
use oarlock::write::RUST_MARKER;

use crate::fixture::{CONFIG, DOCUMENT, Fixture, generated};

#[test]
fn generate_writes_and_then_touches_nothing() {
    let fixture = Fixture::new(&[
        ("api.yaml", DOCUMENT),
        ("oarlock.toml", CONFIG),
        ("generated/src/old.rs", RUST_MARKER),
    ]);
    fixture.check(
        &["generate"],
        expect![[r#"
        Fine
        --- stdout
        --- stderr
        generated: 2 of 3 operations, 4 types; 3 files, 3 changed, 1 removed (generated)
    "#]],
    );
    let state = fixture.state();
    fixture.check(
        &["generate"],
        expect![[r#"
        Fine
        --- stdout
        --- stderr
        generated is up to date: 2 of 3 operations, 4 types (generated)
    "#]],
    );
    fixture.check(
        &["generate", "--check"],
        expect![[r#"
        Fine
        --- stdout
        --- stderr
        generated is up to date: 2 of 3 operations, 4 types (generated)
    "#]],
    );
    assert_eq!(fixture.state(), state);
}

#[test]
fn files_of_others_are_safe() {
    let fixture = Fixture::new(&[
        ("api.yaml", DOCUMENT),
        ("oarlock.toml", CONFIG),
        ("generated/src/a.rs", "fn mine() {}\n"),
        ("generated/src/notes.txt", "mine\n"),
    ]);
    let state = fixture.state();
    fixture.check(
        &["generate"],
        expect![[r#"
        Failed
        --- stdout
        --- stderr
        error: not written by Oarlock, so not replaced: `ROOT/generated/src/a.rs`
         |
         = help: delete or move what is in the way, or choose another output folder
    "#]],
    );
    assert_eq!(fixture.state(), state);
    fs::remove_file(fixture.root().join("generated/src/a.rs")).expect("it is there");
    fixture.check(
        &["generate"],
        expect![[r#"
        Fine
        --- stdout
        --- stderr
        warning: `generated/src/notes.txt` is not written by Oarlock, and is left alone
         |
         = help: move or delete it; `--check` fails as long as it is there
        generated: 2 of 3 operations, 4 types; 3 files, 3 changed (generated)
    "#]],
    );
    fixture.check(
        &["generate", "--check"],
        expect![[r#"
        OutOfDate
        --- stdout
        --- a/generated/src/notes.txt
        +++ /dev/null
        @@ -1 +0,0 @@
        -mine
        --- stderr
        warning: `generated/src/notes.txt` is not written by Oarlock, and is left alone
         |
         = help: move or delete it; `--check` fails as long as it is there
        generated is out of date: 1 extra; move or delete what is not written by Oarlock (generated)
    "#]],
    );
}

#[test]
fn stale_files_are_removed() {
    let fixture = generated();
    fixture.put(
        "api.yaml",
        "Cargo.toml: [package]\nsrc/lib.rs: mod b;\nsrc/b.rs: two\n",
    );
    fixture.check(
        &["generate"],
        expect![[r#"
        Fine
        --- stdout
        --- stderr
        generated: 2 of 3 operations, 4 types; 3 files, 2 changed, 1 removed (generated)
    "#]],
    );
    assert!(!fixture.root().join("generated/src/a.rs").exists());
}

#[test]
fn each_crate_of_the_configuration_is_generated() {
    let fixture = Fixture::new(&[
        ("one.yaml", "src/lib.rs: one\nwarning: odd\n"),
        ("two.yaml", "error: broken\nwarning: odd\n"),
        ("three.yaml", "mod.rs: three\n"),
        (
            "oarlock.toml",
            "[[crate]]\ndocument = 'one.yaml'\nout = 'one'\nsecrets = ['#/x']\n\n\
             [[crate]]\ndocument = 'two.yaml'\nout = 'two'\n\n\
             [[crate]]\ndocument = 'four.yaml'\nout = 'four'\n\n\
             [[crate]]\ndocument = 'three.yaml'\nout = 'sub/three'\nmode = 'module'\n",
        ),
        ("below/keep", ""),
    ]);
    fixture.check(
        &["generate"],
        expect![[r#"
        Failed
        --- stdout
        --- stderr
        warning[unsupported]: odd
         --> one.yaml:2:1
          |
        2 | warning: odd
          | ^^^^^^^^^^^^

        warning[config-unused]: matches nothing
         --> oarlock.toml:4:12
          |
        4 | secrets = ['#/x']
          |            ^^^^^

        one: 2 of 3 operations, 4 types, 2 warnings; 1 file, 1 changed (one)
        error[wrong-type]: broken
         --> two.yaml:1:1
          |
        1 | error: broken
          | ^^^^^^^^^^^^^

        warning[unsupported]: odd
         --> two.yaml:2:1
          |
        2 | warning: odd
          | ^^^^^^^^^^^^

        two: 1 error, 1 warning; nothing was written (two)
        error[config]: cannot read `four.yaml`: there is no such file
          --> oarlock.toml:11:12
           |
        11 | document = 'four.yaml'
           |            ^^^^^^^^^^^

        sub/three: 2 of 3 operations, 4 types; 1 file, 1 changed (three)
        `oarlock explain CODE` tells more about wrong-type, unsupported, config-unused, config
    "#]],
    );
    assert!(fixture.root().join("one/src/lib.rs").exists());
    assert!(fixture.root().join("sub/three/mod.rs").exists());
    assert!(!fixture.root().join("two").exists());
    // A crate that is out of date does not hide that another one failed.
    fixture.put("sub/three/mod.rs", RUST_MARKER);
    let ran = fixture.run_in("below", &["generate", "--check"]);
    assert_eq!(ran.exit, Exit::Failed);
    assert_eq!(ran.exit.code(), 1);
    assert!(
        ran.stderr.contains("sub/three is out of date"),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("one is up to date"), "{}", ran.stderr);
}

#[test]
fn one_document_can_be_given_by_hand() {
    let fixture = Fixture::new(&[("docs/api.md", DOCUMENT)]);
    fixture.check(
        &["generate", "docs/api.md", "--out", "out/my-api"],
        expect![[r#"
        Fine
        --- stdout
        --- stderr
        out/my-api: 2 of 3 operations, 4 types; 3 files, 3 changed (my-api)
    "#]],
    );
    fixture.put("out/my-api/src/a.rs", RUST_MARKER);
    fixture.check(&["generate", "docs/api.md", "--out", "out/my-api", "--check"], expect![[r#"
        OutOfDate
        --- stdout
        --- a/out/my-api/src/a.rs
        +++ b/out/my-api/src/a.rs
        @@ -1 +1,2 @@
        -// @generated by Oarlock.
        \ No newline at end of file
        +// @generated by Oarlock.
        +one
        --- stderr
        out/my-api is out of date: 1 edited; `oarlock generate docs/api.md --out out/my-api` repairs it (my-api)
    "#]]);
    fixture.put("docs/mod.yaml", "mod.rs: x\n");
    fixture.check(
        &[
            "generate",
            "docs/mod.yaml",
            "--out",
            "out/src/api",
            "--module",
        ],
        expect![[r#"
        Fine
        --- stdout
        --- stderr
        out/src/api: 2 of 3 operations, 4 types; 1 file, 1 changed (api)
    "#]],
    );
    assert!(fixture.root().join("out/src/api/mod.rs").exists());
}

#[test]
fn operations_can_be_chosen_by_hand() {
    let fixture = Fixture::new(&[("api.yaml", DOCUMENT)]);
    let chosen = [
        "--include",
        "tag:pets",
        "--exclude",
        "path:/a/**",
        "--exclude-internal",
    ];
    let mut arguments = vec!["generate", "api.yaml", "--out", "out", "--check"];
    arguments.extend(chosen);
    let ran = fixture.run(&arguments);
    let repair = "`oarlock generate api.yaml --out out --include 'tag:pets' --exclude 'path:/a/**' --exclude-internal`";
    assert!(ran.stderr.contains(repair), "{}", ran.stderr);
    let ran = fixture.run(&["generate", "api.yaml", "--out", "out", "--include", "pets"]);
    assert_eq!(ran.exit, Exit::Usage);
    let mistake =
        "`pets` does not say what it chooses by; write `tag:`, `id:` or `path:` before it";
    assert!(ran.stderr.contains(mistake), "{}", ran.stderr);
}
