//! Invariant 4: same input, same bytes, whatever else runs and in whatever order. Other folders, the
//! JSON twin of a document and the order of threads are tried on the real document in `tests/`.

use std::thread;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use crate::hostile::{harmless, hostile};
use crate::run::run;

/// The files and the messages of a run, as one text.
fn everything(document: &str) -> String {
    let run = run("document.json", document);
    let files = run
        .files()
        .into_iter()
        .map(|(path, text)| format!("{path}\n{text}\n"));
    files.collect::<String>() + &run.rendered
}

#[test]
fn invariant_4_twenty_threads_give_the_same_bytes() {
    // A hostile document has collisions of names and thereby more to decide than a harmless one.
    let mut runner = TestRunner::deterministic();
    let hostile = hostile()
        .new_tree(&mut runner)
        .expect("texts")
        .current()
        .document();
    for document in [harmless(), hostile] {
        let expected = everything(&document);
        thread::scope(|scope| {
            let runs: Vec<_> = (0..20)
                .map(|_| scope.spawn(|| everything(&document)))
                .collect();
            for run in runs {
                assert!(run.join().expect("no panic") == expected, "two runs differ");
            }
        });
    }
}

#[test]
fn invariant_4_one_thread_gives_the_same_bytes_as_many() {
    let document = harmless();
    let expected = everything(&document);
    for threads in [1, 2, 7] {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("a pool");
        assert!(
            pool.install(|| everything(&document)) == expected,
            "{threads} threads differ"
        );
    }
}

/// The same document in another notation says the same: block style, flow style, other quotes, anchors,
/// comments, line ends and a byte order mark.
#[test]
fn invariant_4_notation_does_not_matter() {
    let flow = r#"{"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {}, "components": {"schemas":
        {"A": {"type": "object", "description": "one two", "properties": {"a": {"type": "string", "maxLength": 5}, "b": {"type": "string", "maxLength": 5}}}}}}"#;
    let block = "# A comment.\nopenapi: 3.1.0\ninfo:\n  title: T\n  version: '1'\npaths: {}\ncomponents:\n  schemas:\n    A:\n      type: object\n      description: >-\n        one\n        two\n      properties:\n        a: &a\n          type: string\n          maxLength: 5\n        b: *a\n";
    let files = |path: &str, text: &str| {
        let run = run(path, text);
        let files = run
            .files()
            .into_iter()
            .map(|(path, text)| (path.to_owned(), text.to_owned()));
        files.collect::<Vec<_>>()
    };
    let expected = files("a.json", flow);
    for text in [
        block.to_owned(),
        block.replace('\n', "\r\n"),
        format!("\u{feff}{block}"),
        flow.replace("\": ", "\" : "),
    ] {
        assert_eq!(files("a.yaml", &text), expected);
    }
}
