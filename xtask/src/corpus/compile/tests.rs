use expect_test::expect;

use super::*;

const FOLDER: &str = "/w/target/corpus";

fn message(package: &str, level: &str, code: &str, text: &str, spans: &str) -> String {
    format!(
        r#"{{"reason":"compiler-message","target":{{"src_path":"{FOLDER}/{package}/src/lib.rs"}},"message":{{"level":"{level}","message":"{text}","code":{code},"spans":[{spans}]}}}}"#
    )
}

fn artifact(path: &str) -> String {
    format!(r#"{{"reason":"compiler-artifact","target":{{"src_path":"{path}"}}}}"#)
}

fn span(file: &str, is_primary: bool) -> String {
    format!(r#"{{"file_name":"{file}","line_start":3,"column_start":7,"is_primary":{is_primary}}}"#)
}

#[test]
fn each_package_has_its_own_verdict() {
    let places = [span("b/src/other.rs", false), span("b/src/types.rs", true)].join(",");
    let lines = [
        artifact("/registry/serde/src/lib.rs"),
        artifact(&format!("{FOLDER}/a/src/lib.rs")),
        message("b", "warning", r#"{"code":"unused"}"#, "unused import", ""),
        message(
            "b",
            "error",
            r#"{"code":"E1"}"#,
            "wrong\\nin detail",
            &places,
        ),
        message("b", "error", r#"{"code":"E2"}"#, "wrong again", &places),
        message(
            "b",
            "error",
            "null",
            "aborting due to 2 previous errors",
            "",
        ),
        message("c", "warning", r#"{"code":"unused"}"#, "unused import", ""),
        message("c", "failure-note", "null", "some errors have details", ""),
        artifact(&format!("{FOLDER}/c/src/lib.rs")),
        r#"{"reason":"build-finished","success":false}"#.to_owned(),
        "not JSON".to_owned(),
    ];
    let mut checked = Checked {
        last_words: "error: it died".to_owned(),
        ..Checked::default()
    };
    let finished: Vec<String> = lines
        .iter()
        .filter_map(|line| checked.read(line, Utf8Path::new(FOLDER)))
        .collect();
    assert_eq!(finished, ["a", "c"]);
    let verdicts = ["a", "b", "c", "d"].map(|package| checked.of(package));
    expect![[r#"
        [
            Fine,
            Failed(
                Complaints {
                    count: 2,
                    first: "[E1] wrong",
                    place: Some(
                        "src/types.rs:3:7",
                    ),
                },
            ),
            Warned(
                Complaints {
                    count: 1,
                    first: "[unused] unused import",
                    place: None,
                },
            ),
            Failed(
                Complaints {
                    count: 1,
                    first: "cargo did not check it: error: it died",
                    place: None,
                },
            ),
        ]
    "#]]
    .assert_debug_eq(&verdicts);
}
