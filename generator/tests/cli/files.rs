//! Documents of several files: what is read, and what never is.

use oarlock::cli::{Exit, add_referred};
use oarlock::config::Config;
use oarlock::source::Sources;

use crate::fixture::Fixture;

/// A document whose schema `A` has a property for each reference.
fn document(references: &[&str]) -> String {
    let mut text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    A:\n      properties:\n".to_owned();
    for (number, reference) in references.iter().enumerate() {
        text += &format!("        p{number}: {{$ref: '{reference}'}}\n");
    }
    text
}

/// The messages of a run over `api.yaml` in the folder `root` of a fixture.
fn messages(fixture: &Fixture) -> Vec<String> {
    let path = fixture.root().join("root/api.yaml");
    let text = std::fs::read_to_string(&path).expect("the document is there");
    let sources = add_referred(Sources::new("root/api.yaml", text), &path);
    let found = match oarlock::generate(&sources, &Config::default()) {
        Ok(generated) => generated.warnings,
        Err(found) => found,
    };
    found.iter().map(|it| it.message.clone()).collect()
}

#[cfg(unix)]
#[test]
fn links_are_followed_only_inside_of_the_folder() {
    use std::os::unix::fs::symlink;
    let references = [
        "inside.yaml",
        "real.yaml",
        "out.yaml",
        "folder/secret.yaml",
        "loop.yaml",
        "openapi.yaml#/components/schemas/A",
    ];
    let fixture = Fixture::new(&[
        ("root/api.yaml", &document(&references)),
        (
            "root/real.yaml",
            "type: object\nproperties: {a: {type: string}}\n",
        ),
        (
            "secret.yaml",
            "type: object\ndescription: the secret of somebody else\n",
        ),
    ]);
    let root = fixture.root().join("root");
    for (target, link) in [
        ("real.yaml", "inside.yaml"),
        ("../secret.yaml", "out.yaml"),
        ("..", "folder"),
        ("loop.yaml", "loop.yaml"),
        ("api.yaml", "openapi.yaml"),
    ] {
        symlink(target, root.join(link)).expect("a link is made");
    }
    let messages = messages(&fixture);
    assert_eq!(messages.len(), 3, "{messages:#?}");
    let out = "it is a symbolic link out of the document's folder";
    assert_eq!(messages[0], format!("cannot read `out.yaml`: {out}"));
    assert_eq!(
        messages[1],
        format!("cannot read `folder/secret.yaml`: {out}")
    );
    assert!(
        messages[2].starts_with("cannot read `loop.yaml`: "),
        "{messages:#?}"
    );
}

/// A pipe would never end, and is never opened.
#[cfg(unix)]
#[test]
fn only_regular_files_are_read() {
    let references = ["pipe.yaml", "folder", "api.yaml/A", "latin1.yaml"];
    let fixture = Fixture::new(&[
        ("root/api.yaml", &document(&references)),
        ("root/folder/x", ""),
    ]);
    fixture.put("root/latin1.yaml", b"title: caf\xe9\n");
    let pipe = fixture.root().join("root/pipe.yaml");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.is_ok_and(|status| status.success()), "a pipe is made");
    assert_eq!(
        messages(&fixture),
        [
            "cannot read `pipe.yaml`: it is not a regular file",
            "cannot read `folder`: it is a folder",
            "cannot read `api.yaml/A`: a part of the path is a file, not a folder",
            "cannot read `latin1.yaml`: latin1.yaml:1:11: byte 0xE9 is not UTF-8; save the file as UTF-8",
        ]
    );
}

/// One type for every two of the 10,000 files, which also refer to each other in a ring.
#[test]
fn ten_thousand_files_are_one_crate() {
    const FILES: usize = 10_000;
    let references: Vec<String> = (0..FILES)
        .map(|number| format!("parts/{number}.yaml"))
        .collect();
    let references: Vec<&str> = references.iter().map(String::as_str).collect();
    let fixture = Fixture::new(&[("root/api.yaml", &document(&references))]);
    for number in 0..FILES {
        let next = (number + 1) % FILES;
        let text = format!("type: object\nproperties: {{next: {{$ref: '{next}.yaml'}}}}\n");
        fixture.put(&format!("root/parts/{number}.yaml"), text.as_bytes());
    }
    assert_eq!(messages(&fixture), Vec::<String>::new());
}

/// A row of files that each name the next one ends where rows are no longer followed.
#[test]
fn a_row_of_files_has_an_end() {
    let fixture = Fixture::new(&[("root/api.yaml", &document(&["0.yaml"]))]);
    for number in 0..200 {
        let text = format!("properties: {{next: {{$ref: '{}.yaml'}}}}\n", number + 1);
        fixture.put(&format!("root/{number}.yaml"), text.as_bytes());
    }
    let messages = messages(&fixture);
    assert_eq!(messages.len(), 1, "{messages:#?}");
    assert!(
        messages[0].ends_with("more than 128 in a row"),
        "{messages:#?}"
    );
}

#[test]
fn overlays_are_read_beside_the_configuration_or_by_hand() {
    let overlay = "overlay: 1.0.0\nactions: [{target: $.info, update: {title: New}}]\n";
    let config = "[[crate]]\ndocument = \"api.yaml\"\noverlays = [\"fix.yaml\"]\nout = \"out\"\n";
    let fixture = Fixture::new(&[
        ("api.yaml", "info: {title: Old}\n"),
        ("fix.yaml", overlay),
        ("oarlock.toml", config),
    ]);
    let expected = "{\n  \"info\": {\n    \"title\": \"New\"\n  }\n}";
    let ran = fixture.run(&["inspect", "--phase", "load"]);
    assert_eq!(ran.stdout.trim(), expected, "{}", ran.stderr);
    let by_hand = [
        "inspect",
        "api.yaml",
        "--phase",
        "load",
        "--overlay",
        "fix.yaml",
    ];
    assert_eq!(fixture.run(&by_hand).stdout.trim(), expected);
    fixture.put("oarlock.toml", config.replace("fix.yaml", "fxi.yaml"));
    let ran = fixture.run(&["generate"]);
    assert_eq!(ran.exit, Exit::Failed);
    assert!(ran.stderr.contains("oarlock.toml:3:13"), "{}", ran.stderr);
}
