//! Invariant 6 once more, for the keywords that narrow a value: wherever they stand, `validate` checks
//! them or a finding says that it does not. A line of documentation is not enough.

use std::collections::BTreeSet;

use crate::run::run;
use crate::skeleton::facts;

/// A keyword, and the type that it is for.
const KEYWORDS: &[(&str, &str)] = &[
    (r#""minLength":3"#, "string"),
    (r#""maxLength":3"#, "string"),
    (r#""pattern":"^n$""#, "string"),
    (r#""minimum":3"#, "integer"),
    (r#""maximum":3"#, "number"),
    (r#""exclusiveMinimum":3"#, "number"),
    (r#""exclusiveMaximum":3"#, "integer"),
    (r#""multipleOf":3"#, "integer"),
    (r#""minItems":3"#, "array"),
    (r#""maxItems":3"#, "array"),
    (r#""uniqueItems":true"#, "array"),
    (r#""minProperties":3"#, "object"),
    (r#""maxProperties":3"#, "object"),
];

/// A place of a schema: its name, and the schemas and the paths around it.
const PLACES: &[(&str, &str, &str)] = &[
    (
        "a required property",
        r#""A":{"type":"object","required":["a"],"properties":{"a":@}}"#,
        "",
    ),
    (
        "an optional property",
        r#""A":{"type":"object","properties":{"a":@}}"#,
        "",
    ),
    (
        "a nullable property",
        r#""A":{"type":"object","properties":{"a":{"anyOf":[@,{"type":"null"}]}}}"#,
        "",
    ),
    (
        "a property by reference",
        r##""A":{"type":"object","properties":{"a":{"$ref":"#/components/schemas/B"}}},"B":@"##,
        "",
    ),
    (
        "a property by allOf",
        r##""A":{"type":"object","properties":{"a":{"allOf":[{"$ref":"#/components/schemas/B"}]}}},"B":@"##,
        "",
    ),
    (
        "items",
        r#""A":{"type":"object","properties":{"a":{"type":"array","items":@}}}"#,
        "",
    ),
    (
        "items of items",
        r#""A":{"type":"object","properties":{"a":{"type":"array","items":{"type":"array","items":@}}}}"#,
        "",
    ),
    (
        "items by reference",
        r##""A":{"type":"object","properties":{"a":{"type":"array","items":{"$ref":"#/components/schemas/B"}}}},"B":@"##,
        "",
    ),
    (
        "values of a map",
        r#""A":{"type":"object","properties":{"a":{"type":"object","additionalProperties":@}}}"#,
        "",
    ),
    (
        "other properties",
        r#""A":{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":@}"#,
        "",
    ),
    (
        "a path parameter",
        "",
        r#""/a/{p}":{"get":{"parameters":[{"name":"p","in":"path","required":true,"schema":@}],"responses":{"204":{"description":"d"}}}}"#,
    ),
    (
        "a request body",
        "",
        r#""/a":{"post":{"requestBody":{"required":true,"content":{"application/json":{"schema":@}}},"responses":{"204":{"description":"d"}}}}"#,
    ),
    (
        "a request body by reference",
        r#""B":@"#,
        r##""/a":{"post":{"requestBody":{"required":true,"content":{"application/json":{"schema":{"$ref":"#/components/schemas/B"}}}},"responses":{"204":{"description":"d"}}}}"##,
    ),
];

/// The pairs of keyword and place that are neither checked nor named. They are known; the list may only
/// get shorter.
const FAULTS: &[(&str, &str)] = &[];

fn document(schemas: &str, paths: &str, schema: &str) -> String {
    let text = r#"{"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{P},"components":{"schemas":{S}}}"#;
    text.replace('P', paths)
        .replace('S', schemas)
        .replace('@', schema)
}

/// The code without documentation, and what there is to say.
fn outcome(document: &str) -> (Vec<String>, Vec<String>) {
    let run = run("document.json", document);
    let rust = run
        .own_files()
        .into_iter()
        .filter(|(path, _)| path.ends_with(".rs"));
    let code = rust
        .map(|(_, text)| facts(text).skeleton.join(" "))
        .collect();
    let findings = run
        .diagnostics()
        .iter()
        .map(|finding| finding.message.clone());
    (code, findings.collect())
}

#[test]
fn invariant_6_constraints_are_checked_or_named_at_every_place() {
    let mut silent = BTreeSet::new();
    for (place, schemas, paths) in PLACES {
        for (keyword, ty) in KEYWORDS {
            let name = keyword.split('"').nth(1).unwrap_or_default();
            // What is not a string fills no path, and says so.
            if *place == "a path parameter" && ["array", "object"].contains(ty) {
                continue;
            }
            let with = document(schemas, paths, &format!(r#"{{"type":"{ty}",{keyword}}}"#));
            let without = document(schemas, paths, &format!(r#"{{"type":"{ty}"}}"#));
            if outcome(&with) == outcome(&without) {
                silent.insert((name, *place));
            }
        }
        // An object with properties of its own is a struct rather than a map.
        for name in ["minProperties", "maxProperties"] {
            let properties = r#""properties":{"x":{"type":"string"}}"#;
            let with = document(
                schemas,
                paths,
                &format!(r#"{{"type":"object",{properties},"{name}":1}}"#),
            );
            let without = document(
                schemas,
                paths,
                &format!(r#"{{"type":"object",{properties}}}"#),
            );
            if *place != "a path parameter" && outcome(&with) == outcome(&without) {
                silent.insert((name, "a struct"));
            }
        }
    }
    let faults: BTreeSet<(&str, &str)> = FAULTS.iter().copied().collect();
    let new: Vec<_> = silent.difference(&faults).collect();
    assert!(
        new.is_empty(),
        "these constraints are neither checked nor named:\n{new:#?}"
    );
    let gone: Vec<_> = faults.difference(&silent).collect();
    assert!(
        gone.is_empty(),
        "these are all right now; take them off the list:\n{gone:#?}"
    );
}
