//! Mistakes in documents, files, the configuration and the arguments.

use expect_test::expect;
use oarlock::cli::Exit;
use oarlock::diagnostic::Code;

use crate::fixture::{CONFIG, DOCUMENT, Fixture, generated};

#[test]
fn strict_makes_warnings_errors() {
    let fixture = Fixture::new(&[("api.yaml", "src/lib.rs: x\nwarning: odd\n")]);
    fixture.check(
        &["generate", "api.yaml", "--out", "out", "--strict"],
        expect![[r#"
        Failed
        --- stdout
        --- stderr
        error[unsupported]: odd
         --> api.yaml:2:1
          |
        2 | warning: odd
          | ^^^^^^^^^^^^

        out: 1 error; nothing was written (out)
        `oarlock explain unsupported` tells more
    "#]],
    );
    assert!(!fixture.root().join("out").exists());
}

#[test]
fn who_keeps_going_gets_the_rest() {
    let fixture = Fixture::new(&[("api.yaml", "Cargo.toml: x\nsrc/lib.rs: x\nmistake: odd\n")]);
    let ran = fixture.run(&["generate", "api.yaml", "--out", "out"]);
    assert_eq!(ran.exit, Exit::Failed);
    fixture.check(
        &["generate", "api.yaml", "--out", "out", "--keep-going"],
        expect![[r#"
            Fine
            --- stdout
            --- stderr
            warning[ref-missing]: odd
             --> api.yaml:3:1
              |
            3 | mistake: odd
              | ^^^^^^^^^^^^ left out

            out: 2 of 3 operations, 4 types, 1 warning; 2 files, 2 changed (out)
            `oarlock explain ref-missing` tells more
        "#]],
    );
    assert!(fixture.root().join("out/src/lib.rs").exists());
}

#[test]
fn many_findings_of_a_kind_are_cut() {
    let document = "warning: odd\n".repeat(60) + "src/lib.rs: x\n";
    let fixture = Fixture::new(&[("api.yaml", &document)]);
    let ran = fixture.run(&["generate", "api.yaml", "--out", "out"]);
    assert_eq!(ran.stderr.matches("warning[unsupported]").count(), 50);
    assert!(
        ran.stderr
            .contains("... and 10 more [unsupported] (--all shows them)\n"),
        "{}",
        ran.stderr
    );
    let ran = fixture.run(&["generate", "api.yaml", "--out", "out", "--all"]);
    assert_eq!(ran.stderr.matches("warning[unsupported]").count(), 60);
}

#[test]
fn what_cannot_be_read_is_told_plainly() {
    let fixture = Fixture::new(&[("folder/x", "")]);
    fixture.put("latin1.yaml", b"title: caf\xe9\n");
    fixture.check(
        &["generate"],
        expect![[r#"
        Failed
        --- stdout
        --- stderr
        error: there is no oarlock.toml in this folder or in one above it
         |
         = help: name a document: `oarlock generate openapi.yaml --out generated`
    "#]],
    );
    fixture.check(
        &["generate", "nope.yaml", "--out", "out"],
        expect![[r#"
        Failed
        --- stdout
        --- stderr
        error: cannot read `nope.yaml`: there is no such file
    "#]],
    );
    fixture.check(
        &["generate", "folder", "--out", "out"],
        expect![[r#"
        Failed
        --- stdout
        --- stderr
        error: `folder` is a folder, not a file
    "#]],
    );
    fixture.check(
        &["generate", "latin1.yaml", "--out", "out"],
        expect![[r#"
        Failed
        --- stdout
        --- stderr
        error: latin1.yaml:1:11: byte 0xE9 is not UTF-8; save the file as UTF-8
    "#]],
    );
    fixture.check(
        &["generate", "--config", "nope.toml"],
        expect![[r#"
        Failed
        --- stdout
        --- stderr
        error: cannot read `nope.toml`: there is no such file
    "#]],
    );
    fixture.put("empty.yaml", "");
    fixture.check(
        &["generate", "empty.yaml", "--out", "out"],
        expect![[r#"
        Failed
        --- stdout
        --- stderr
        error: the generator made no files, so the output was left alone
    "#]],
    );
    fixture.put("api.yaml", DOCUMENT);
    fixture.check(
        &["generate", "api.yaml", "--out", "folder/x"],
        expect![[r#"
        Failed
        --- stdout
        --- stderr
        error: cannot read `ROOT/folder/x/Cargo.toml`: a part of the path is a file, not a folder
    "#]],
    );
}

#[test]
fn mistakes_in_the_configuration_are_shown_with_their_place() {
    let fixture = Fixture::new(&[(
        "oarlock.toml",
        "[[crate]]\ndokument = 'api.yaml'\nout = '../up'\n",
    )]);
    fixture.check(
        &["generate"],
        expect![[r#"
        Failed
        --- stdout
        --- stderr
        error[config]: the crate has no `document`
         --> oarlock.toml:1:1
          |
        1 | [[crate]]
          | ^^^^^^^^^

        error[config]: unknown key `dokument` of a crate
         --> oarlock.toml:2:1
          |
        2 | dokument = 'api.yaml'
          | ^^^^^^^^
          |
          = help: did you mean `document`?

        error[config]: `out` must stay inside the folder of this file
         --> oarlock.toml:3:7
          |
        3 | out = '../up'
          |       ^^^^^^^

        `oarlock explain config` tells more
    "#]],
    );
}

#[cfg(unix)]
#[test]
fn a_link_in_the_configured_output_is_refused() {
    let fixture = Fixture::new(&[
        ("w/api.yaml", DOCUMENT),
        ("w/oarlock.toml", CONFIG),
        ("elsewhere/x", ""),
    ]);
    std::os::unix::fs::symlink("../elsewhere", fixture.root().join("w/generated")).expect("linked");
    let ran = fixture.run_in("w", &["generate"]);
    expect![[r#"
        Failed
        --- stdout
        --- stderr
        error[config]: `generated` is a symbolic link
         --> oarlock.toml:3:7
          |
        3 | out = "generated"
          |       ^^^^^^^^^^^
          |
          = help: name the folder that it leads to, or replace it by one

        `oarlock explain config` tells more
    "#]]
    .assert_eq(&ran.to_string(&fixture.root()));
    assert!(!fixture.root().join("elsewhere/src").exists());
}

#[test]
fn wrong_arguments_exit_with_2() {
    let fixture = generated();
    for arguments in [
        &["frobnicate"][..],
        &[],
        &["generate", "api.yaml"],
        &["generate", "--out", "x"],
        &["generate", "--color", "pink"],
        &["generate", "api.yaml", "--out", "x", "--package", "no way"],
        &["generate", "api.yaml", "--out", "1x"],
        &[
            "generate",
            "api.yaml",
            "--out",
            "x",
            "--config",
            "oarlock.toml",
        ],
        &["inspect"],
    ] {
        let ran = fixture.run(arguments);
        assert_eq!(ran.exit, Exit::Usage, "{arguments:?}");
        assert!(
            ran.stderr.contains("--help"),
            "{arguments:?}: {}",
            ran.stderr
        );
        assert_eq!(ran.stdout, "", "{arguments:?}");
    }
    let help = fixture.run(&["--help"]);
    assert_eq!((help.exit, help.stderr.as_str()), (Exit::Fine, ""));
    assert!(help.stdout.contains("Exit codes"));
}

#[test]
fn a_code_is_explained() {
    let fixture = Fixture::new(&[]);
    let page = fixture.run(&["explain", "ref-missing"]);
    assert_eq!(page.exit, Exit::Fine);
    assert_eq!(page.stdout, Code::RefMissing.page());
    let list = fixture.run(&["explain"]);
    assert_eq!(list.exit, Exit::Fine);
    assert_eq!(list.stdout.lines().count(), Code::ALL.len());
    fixture.check(
        &["explain", "ref-mising"],
        expect![[r#"
        Usage
        --- stdout
        --- stderr
        error: unknown code `ref-mising`
         |
         = help: did you mean `ref-missing`?
    "#]],
    );
}

#[test]
fn a_code_is_denied() {
    let fixture = Fixture::new(&[("api.yaml", "src/lib.rs: x\nwarning: odd\n")]);
    let run = |code| fixture.run(&["generate", "api.yaml", "--out", "out", "--deny", code]);
    assert_eq!(run("mixed-dialect").exit, Exit::Fine);
    let denied = run("unsupported");
    assert_eq!(denied.exit, Exit::Failed);
    assert!(denied.stderr.starts_with("error[unsupported]"));
    let unknown = run("unsuported");
    assert_eq!(unknown.exit, Exit::Usage);
    assert!(unknown.stderr.contains("did you mean `unsupported`?"));
}

#[test]
fn a_warning_that_is_accepted_is_counted_and_not_printed() {
    let config = CONFIG.to_owned() + "strict = true\naccept = ['unsupported']\n";
    let document = "src/lib.rs: x\nwarning: odd\nwarning: odder\n";
    let fixture = Fixture::new(&[("api.yaml", document), ("oarlock.toml", &config)]);
    fixture.check(
        &["generate"],
        expect![[r#"
        Fine
        --- stdout
        --- stderr
        generated: 2 of 3 operations, 4 types, 2 accepted warnings; 1 file, 1 changed (generated)
    "#]],
    );
    fixture.put(
        "oarlock.toml",
        config.replace("'unsupported'", "'unsuported', 'config:'"),
    );
    fixture.check(
        &["generate"],
        expect![[r#"
        Failed
        --- stdout
        --- stderr
        error[config]: unknown code `unsuported`
         --> oarlock.toml:5:11
          |
        5 | accept = ['unsuported', 'config:']
          |           ^^^^^^^^^^^^
          |
          = help: did you mean `unsupported`?

        error[config]: there is no part behind the code
         --> oarlock.toml:5:25
          |
        5 | accept = ['unsuported', 'config:']
          |                         ^^^^^^^^^
          |
          = help: write a code, or a code and a part such as `unsupported:#/paths/~1pets`

        `oarlock explain config` tells more
    "#]],
    );
}
