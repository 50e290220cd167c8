//! Schemas that lead back to themselves, in every position of an operation.

use oarlock::config::Config;
use oarlock::source::Sources;

use crate::families::in_time;

/// Pairs of schemas that come to no end, or only by way of one of several branches.
const CYCLES: &[(&str, &str, &str)] = &[
    (
        "references",
        r##"{"$ref":"#/components/schemas/B"}"##,
        r##"{"$ref":"#/components/schemas/A"}"##,
    ),
    (
        "allOf",
        r##"{"allOf":[{"$ref":"#/components/schemas/B"}]}"##,
        r##"{"allOf":[{"$ref":"#/components/schemas/A"}]}"##,
    ),
    (
        "unions",
        r##"{"oneOf":[{"$ref":"#/components/schemas/B"},{"type":"object","required":["a"],"properties":{"a":{"type":"string"}}}]}"##,
        r##"{"oneOf":[{"$ref":"#/components/schemas/A"},{"type":"object","required":["b"],"properties":{"b":{"type":"string"}}}]}"##,
    ),
    (
        "only branches",
        r##"{"oneOf":[{"$ref":"#/components/schemas/B"}]}"##,
        r##"{"anyOf":[{"$ref":"#/components/schemas/A"}]}"##,
    ),
    (
        "maps",
        r##"{"type":"object","additionalProperties":{"$ref":"#/components/schemas/B"}}"##,
        r##"{"$ref":"#/components/schemas/A"}"##,
    ),
    (
        "lists",
        r##"{"type":"array","items":{"$ref":"#/components/schemas/B"}}"##,
        r##"{"$ref":"#/components/schemas/A"}"##,
    ),
    (
        "objects",
        r##"{"type":"object","properties":{"b":{"$ref":"#/components/schemas/B"}}}"##,
        r##"{"type":"object","properties":{"a":{"$ref":"#/components/schemas/A"}}}"##,
    ),
];

/// A document that has the first schema wherever an operation can have one.
fn document(a: &str, b: &str) -> String {
    let schema = r##"{"$ref":"#/components/schemas/A"}"##;
    let styles = [
        ("path", "label"),
        ("query", "form"),
        ("query", "deepObject"),
        ("query", "pipeDelimited"),
        ("header", "simple"),
        ("cookie", "form"),
    ];
    let parameters = styles.iter().enumerate().map(|(index, (place, style))| {
        format!(
            r#"{{"name":"p{index}","in":"{place}","required":true,"style":"{style}","schema":{schema}}}"#
        )
    });
    let parameters: Vec<String> = parameters.collect();
    let media_types = [
        "application/json",
        "application/x-www-form-urlencoded",
        "application/jsonl",
        "application/octet-stream",
        "multipart/form-data",
        "text/event-stream",
        "text/plain",
        "*/*",
    ];
    // One operation for each, as what stands beside JSON may be left out.
    let operations = media_types.iter().enumerate().map(|(index, media_type)| {
        let content = format!(
            r#"{{"{media_type}":{{"schema":{schema},"itemSchema":{schema},"encoding":{{"a":{{"style":"form"}}}}}}}}"#
        );
        format!(
            r#""/o{index}/{{p0}}":{{"post":{{"parameters":[{}],"requestBody":{{"content":{content}}},"responses":{{"200":{{"description":"","content":{content},"headers":{{"X":{{"schema":{schema}}}}}}}}}}}}}"#,
            parameters.join(",")
        )
    });
    let operations: Vec<String> = operations.collect();
    format!(
        r#"{{"openapi":"3.2.0","info":{{"title":"t","version":"1"}},"paths":{{{}}},"webhooks":{{"w":{{"post":{{"requestBody":{{"content":{{"application/json":{{"schema":{schema}}}}}}},"responses":{{"204":{{"description":""}}}}}}}}}},"components":{{"schemas":{{"A":{a},"B":{b}}}}}}}"#,
        operations.join(",")
    )
}

#[test]
fn invariant_5_cycles_end_in_every_position() {
    for (name, a, b) in CYCLES {
        let text = document(a, b);
        let ended = in_time(move || {
            let config = Config {
                keep_going: true,
                ..Config::default()
            };
            let sources = Sources::new("openapi.json", text);
            let generated = oarlock::generate(&sources, &config);
            let generated = generated.map_err(|findings| findings.render(&sources, false));
            generated.map(|generated| generated.files.iter().count())
        });
        let files = ended.unwrap_or_else(|| panic!("{name}: it takes too long, or panics"));
        let files = files.unwrap_or_else(|findings| panic!("{name} is refused:\n{findings}"));
        assert!(files > 30, "{name}: {files} files");
    }
}
