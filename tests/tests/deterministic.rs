//! The same document gives the same bytes, however it is named, spelled or computed.

use conformance::project::{self, CONFIG, Copy, DOCUMENT, GENERATED};
use oarlock::cli::Exit;
use oarlock::config::Config;
use oarlock::source::Sources;
use oarlock::write::Files;
use rayon::ThreadPoolBuilder;

fn files(path: &str, text: &str) -> Files {
    let generated = project::generate(path, text);
    generated
        .unwrap_or_else(|findings| panic!("{path}: {findings:#?}"))
        .files
}

/// Names the first file that differs, instead of printing two crates.
fn assert_same(what: &str, expected: &Files, found: &Files) {
    let (expected, found): (Vec<_>, Vec<_>) = (expected.iter().collect(), found.iter().collect());
    assert_eq!(expected.len(), found.len(), "{what}: the number of files");
    for (expected, found) in expected.iter().zip(&found) {
        assert_eq!(expected.0, found.0, "{what}");
        assert!(expected.1 == found.1, "{what}: {} differs", expected.0);
    }
}

#[test]
fn the_same_text_gives_the_same_bytes_again() {
    let text = project::read(DOCUMENT);
    let first = files(DOCUMENT, &text);
    for run in 0..5 {
        assert_same(&format!("run {run}"), &first, &files(DOCUMENT, &text));
    }
}

#[test]
fn the_name_of_the_document_does_not_matter() {
    let text = project::read(DOCUMENT);
    let first = files(DOCUMENT, &text);
    for name in [
        "a.yml",
        "/somewhere/else/openapi.yaml",
        "../x y/\u{e9}.yaml",
        "C:\\api.yaml",
        "",
        "no-ending",
    ] {
        assert_same(name, &first, &files(name, &text));
    }
}

/// The command in other folders, and from folders below.
#[test]
fn the_folder_does_not_matter() {
    let committed = project::files(&project::root().join(GENERATED));
    for _ in 0..2 {
        let copy = Copy::new();
        std::fs::remove_dir_all(copy.root().join(GENERATED)).expect("it was there");
        let ran = copy.run(&["generate"]);
        assert_eq!(ran.exit, Exit::Fine, "{}", ran.stderr);
        assert!(project::files(&copy.root().join(GENERATED)) == committed);
    }
}

#[test]
fn white_space_and_comments_do_not_matter() {
    let text = project::read(DOCUMENT);
    let first = files(DOCUMENT, &text);
    let spelled = [
        ("CRLF", text.replace('\n', "\r\n")),
        ("a byte order mark", format!("\u{feff}{text}")),
        (
            "comments",
            text.replace("\npaths:\n", "\n# Where it all is.\n\npaths: # here\n"),
        ),
        ("an end of document", format!("---\n{text}...\n")),
        ("quotes", text.replace("type: string", "\"type\": 'string'")),
        (
            "flow style",
            text.replace(
                "      tags:\n        - Webhooks\n",
                "      tags: [Webhooks]\n",
            ),
        ),
    ];
    for (what, spelled) in spelled {
        assert_ne!(spelled, text, "{what}");
        assert_same(what, &first, &files(DOCUMENT, &spelled));
    }
}

/// The JSON twin is made by another YAML reader, which keeps the keys in their order.
#[test]
fn json_twin_gives_the_same_bytes() {
    let text = project::read(DOCUMENT);
    let first = files(DOCUMENT, &text);
    let value: serde_yaml::Value = serde_yaml::from_str(&text).expect("YAML");
    let compact = serde_json::to_string(&value).expect("JSON");
    let pretty = serde_json::to_string_pretty(&value).expect("JSON");
    // A twin in another order would be another document: the order of properties is the crate's.
    let order = [
        "\"openapi\"",
        "\"info\"",
        "\"servers\"",
        "\"paths\"",
        "\"components\"",
    ];
    let places = order.map(|key| compact.find(key).expect("a key"));
    assert!(places.is_sorted(), "{places:?}");
    for (name, twin) in [
        ("openapi.json", &compact),
        ("openapi.json", &pretty),
        (DOCUMENT, &compact),
    ] {
        assert_same(name, &first, &files(name, twin));
    }
}

/// The order of properties in the document is that of the fields, so the test above is not passed
/// by sorting everything.
#[test]
fn the_order_of_properties_matters() {
    let text = project::read(DOCUMENT);
    let value: serde_json::Value = serde_yaml::from_str(&text).expect("YAML");
    let sorted = serde_json::to_string(&sorted(value)).expect("JSON");
    let (first, found) = (files(DOCUMENT, &text), files("openapi.json", &sorted));
    let types = "src/types/webhooks.rs";
    assert_ne!(
        first.get(types).expect("a file"),
        found.get(types).expect("a file")
    );
}

fn sorted(value: serde_json::Value) -> serde_json::Value {
    match value {
        serde_json::Value::Object(object) => {
            let mut entries: Vec<_> = object.into_iter().collect();
            entries.sort_by(|(one, _), (other, _)| one.cmp(other));
            entries
                .into_iter()
                .map(|(key, value)| (key, sorted(value)))
                .collect()
        }
        serde_json::Value::Array(items) => items.into_iter().map(sorted).collect(),
        other => other,
    }
}

/// A document with enough tags, and so files, to keep many threads busy at once.
fn large() -> String {
    let mut paths = String::new();
    let mut schemas = String::new();
    for number in 0..60 {
        // Some schemas belong to one tag, and some are shared.
        let shared = number / 7;
        let n = number.to_string();
        paths += &OPERATION
            .replace("NUMBER", &n)
            .replace("SHARED", &shared.to_string());
        schemas += &THING.replace("NUMBER", &n);
        if number % 7 == 0 {
            schemas += &ERROR.replace("SHARED", &shared.to_string());
        }
    }
    let head = "openapi: 3.1.0\ninfo: {title: Large, version: 1.0.0}\n";
    format!("{head}paths:{paths}components:\n  schemas:{schemas}")
}

const OPERATION: &str = "
  /things-NUMBER/{id}:
    get:
      operationId: getThingNUMBER
      tags: [Tag NUMBER]
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
      responses:
        '200':
          description: Fine.
          content: {application/json: {schema: {$ref: '#/components/schemas/ThingNUMBER'}}}
        '404':
          description: Gone.
          content: {application/json: {schema: {$ref: '#/components/schemas/ErrorSHARED'}}}
";

const THING: &str = "
    ThingNUMBER:
      type: object
      properties:
        name: {type: string}
        next: {$ref: '#/components/schemas/ThingNUMBER'}
        kind: {type: string, enum: [aNUMBER, bNUMBER]}
";

const ERROR: &str = "
    ErrorSHARED:
      type: object
      required: [error]
      properties:
        error: {type: string}
";

#[test]
fn the_number_of_threads_does_not_matter() {
    let sources = Sources::new("large.yaml", large());
    let make = |threads| {
        let pool = ThreadPoolBuilder::new().num_threads(threads).build();
        let pool = pool.expect("a pool of threads");
        let generated = pool.install(|| oarlock::generate(&sources, &Config::default()));
        generated
            .unwrap_or_else(|findings| panic!("{findings:#?}"))
            .files
    };
    let one = make(1);
    assert!(one.len() > 100, "{} files are not many", one.len());
    for threads in [2, 3, 16] {
        for _ in 0..3 {
            assert_same(&format!("{threads} threads"), &one, &make(threads));
        }
    }
}

/// The configuration is an input too, so the test would not notice one that is not heeded.
#[test]
fn the_configuration_matters() {
    let text = project::read(DOCUMENT);
    let first = files(DOCUMENT, &text);
    let config = Config {
        secrets: Vec::new(),
        ..project::config()
    };
    let sources = Sources::new(DOCUMENT, text.as_str());
    let other = oarlock::generate(&sources, &config)
        .expect("the document is right")
        .files;
    assert_ne!(first, other);
    assert!(project::read(CONFIG).contains("secrets"));
}
