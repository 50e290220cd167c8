//! Invariant 6: nothing is dropped in silence. Every key of the grammar is put into a document, one at
//! a time; it must change the output, or a finding must name it.

use serde_json::{Value, json};

use crate::keys::{Below, Grammar};
use crate::run::{Run, run};

/// Where an object of each kind stands in the document. Some keywords of schemas only mean something to
/// one type, so there is one place for each.
const PLACES: &[(&str, &str)] = &[
    ("Document", ""),
    ("Info", "/info"),
    ("Contact", "/info/contact"),
    ("License", "/info/license"),
    ("Server", "/servers/0"),
    ("ServerVariable", "/servers/1/variables/v"),
    ("Tag", "/tags/0"),
    ("ExternalDocs", "/externalDocs"),
    ("Components", "/components"),
    ("PathItem", "/paths/~1a~1{p}"),
    ("Operation", "/paths/~1a~1{p}/post"),
    ("Parameter", "/paths/~1a~1{p}/post/parameters/0"),
    ("Header", "/paths/~1a~1{p}/post/responses/200/headers/X-H"),
    ("RequestBody", "/paths/~1a~1{p}/post/requestBody"),
    (
        "MediaType",
        "/paths/~1a~1{p}/post/requestBody/content/application~1json",
    ),
    (
        "Encoding",
        "/components/requestBodies/R/content/multipart~1form-data/encoding/b",
    ),
    ("Response", "/paths/~1a~1{p}/post/responses/200"),
    ("Example", "/components/examples/e"),
    ("Link", "/paths/~1b/get/responses/204/links/l"),
    ("SecurityScheme", "/components/securitySchemes/key"),
    ("OAuthFlows", "/components/securitySchemes/o/flows"),
    ("OAuthFlow", "/components/securitySchemes/o/flows/implicit"),
    ("Discriminator", "/components/schemas/B/discriminator"),
    ("Xml", "/components/schemas/A/xml"),
];

fn place(kind: &str, key: &str) -> String {
    if kind == "SecurityScheme" && key == "scheme" {
        return "/components/securitySchemes/h".to_owned();
    }
    if kind == "Parameter" && key == "required" {
        return "/paths/~1a~1{p}/post/parameters/1".to_owned();
    }
    if kind != "Schema" {
        let known = PLACES.iter().find(|(known, _)| *known == kind);
        return known
            .unwrap_or_else(|| panic!("there is no place for {kind}"))
            .1
            .to_owned();
    }
    let property = match key {
        "multipleOf" | "maximum" | "exclusiveMaximum" | "minimum" | "exclusiveMinimum" => {
            "/properties/n"
        }
        "items" | "prefixItems" | "additionalItems" | "unevaluatedItems" | "contains"
        | "minContains" | "maxContains" | "minItems" | "maxItems" | "uniqueItems" => {
            "/properties/l"
        }
        "additionalProperties"
        | "propertyNames"
        | "patternProperties"
        | "unevaluatedProperties"
        | "minProperties"
        | "maxProperties" => "/properties/m",
        "properties" | "required" | "dependentRequired" | "dependentSchemas" | "dependencies"
        | "$defs" | "definitions" => "",
        "type" | "$ref" | "const" | "allOf" | "oneOf" | "anyOf" => "/properties/u",
        _ => "/properties/s",
    };
    format!("/components/schemas/A{property}")
}

/// A value for a key that says something other than its absence does.
fn value(kind: &str, key: &str, below: &Below) -> Value {
    match below {
        Below::Data => data(kind, key),
        Below::One(kind) | Below::OneOrList(kind) => object(kind),
        Below::List(kind) => json!([object(kind)]),
        Below::Map(kind) => json!({ name(kind): object(kind) }),
        Below::MapOfMaps(kind) => json!({ "n": { "m": object(kind) } }),
    }
}

fn name(kind: &str) -> &'static str {
    match kind {
        "MediaType" => "application/json",
        "Response" => "404",
        "PathItem" => "/n",
        "Operation" => "COPY",
        _ => "n",
    }
}

fn object(kind: &str) -> Value {
    match kind {
        "Schema" => json!({ "type": "integer" }),
        "Operation" => json!({ "responses": { "200": { "description": "n" } } }),
        "PathItem" => json!({ "get": { "responses": { "200": { "description": "n" } } } }),
        "Parameter" => json!({ "name": "n", "in": "query", "schema": { "type": "integer" } }),
        "Server" => json!({ "url": "https://n.example" }),
        "Tag" => json!({ "name": "t", "description": "n" }),
        "Info" => json!({ "title": "N", "version": "2" }),
        "Response" => json!({ "description": "n" }),
        "SecurityScheme" => json!({ "type": "http", "scheme": "basic" }),
        "ExternalDocs" => json!({ "url": "https://n.example" }),
        "MediaType" => json!({ "schema": { "type": "integer" } }),
        "RequestBody" => {
            json!({ "content": { "application/json": { "schema": { "type": "integer" } } } })
        }
        _ => json!({ "description": "n" }),
    }
}

fn data(kind: &str, key: &str) -> Value {
    match (kind, key) {
        ("PathItem", "$ref") => json!("#/components/pathItems/n"),
        ("Schema", "$ref") => json!("#/components/schemas/F"),
        ("Schema", "type") => json!("integer"),
        ("Schema", "format") => json!("date-time"),
        ("Schema", "enum") => json!(["x"]),
        ("Schema", "required") => json!(["n"]),
        ("Schema", "dependentRequired") => json!({ "s": ["n"] }),
        ("Schema", "dependencies") => json!({ "s": ["n"] }),
        ("Schema", "pattern") => json!("^n$"),
        ("Schema", "examples") => json!(["n"]),
        (
            "Schema",
            "multipleOf" | "maximum" | "exclusiveMaximum" | "minimum" | "exclusiveMinimum"
            | "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties"
            | "maxProperties" | "minContains" | "maxContains",
        ) => json!(3),
        ("Schema", "nullable" | "deprecated" | "readOnly" | "writeOnly" | "uniqueItems") => {
            json!(true)
        }
        (
            _,
            "deprecated" | "required" | "allowEmptyValue" | "allowReserved" | "explode"
            | "attribute" | "wrapped",
        ) => json!(true),
        (_, "security") => json!([{ "h": [] }]),
        (_, "tags") => json!(["n"]),
        (_, "style") => json!("label"),
        (_, "in") => json!("cookie"),
        ("SecurityScheme", "type") => json!("openIdConnect"),
        ("Document", "openapi") => json!("3.0.0"),
        (_, "mapping") => json!({ "n": "#/components/schemas/A" }),
        (_, "scopes") => json!({ "n": "n" }),
        (_, "enum") => json!(["n"]),
        _ => json!("n"),
    }
}

/// The findings and the files of a run, without places, which move when a key is added.
fn outcome(document: &Value) -> (Vec<String>, Vec<String>) {
    let run: Run = run("document.json", &document.to_string());
    let findings = run
        .diagnostics()
        .iter()
        .map(|it| format!("{}: {} {:?}", it.code, it.message, it.label));
    let findings = findings.collect();
    let files = match &run.result {
        Ok(generated) => generated
            .files
            .iter()
            .map(|(path, text)| format!("{path}\n{text}"))
            .collect(),
        Err(_) => Vec::new(),
    };
    (findings, files)
}

/// Keys that say nothing about types or about the wire: words for people, hints for other tools, and
/// definitions that only mean something where they are referred to.
const WORDS: &[(&str, &[&str])] = &[
    ("Document", &["$self"]),
    ("Info", &["termsOfService"]),
    ("Contact", &["*"]),
    ("License", &["*"]),
    ("Server", &["name"]),
    (
        "Components",
        &[
            "responses",
            "parameters",
            "examples",
            "requestBodies",
            "headers",
            "links",
            "callbacks",
            "pathItems",
            "mediaTypes",
        ],
    ),
    ("PathItem", &["summary", "description"]),
    // `explode` says nothing about a value that is one text, and other shapes are named.
    ("Parameter", &["example", "examples", "explode"]),
    ("MediaType", &["example", "examples"]),
    ("Example", &["*"]),
    ("Response", &["summary"]),
    (
        "SecurityScheme",
        &["bearerFormat", "openIdConnectUrl", "oauth2MetadataUrl"],
    ),
    ("OAuthFlow", &["*"]),
    (
        "Schema",
        &[
            "$vocabulary",
            "$comment",
            "$anchor",
            "$dynamicAnchor",
            "$defs",
            "definitions",
        ],
    ),
    // Only a codec for XML would ask.
    ("Xml", &["*"]),
];

/// Parts of something that a finding names as a whole: a server with variables, a typed header, a union,
/// a body that is not JSON.
const PARTS: &[(&str, &[&str])] = &[
    ("ServerVariable", &["*"]),
    ("Header", &["*"]),
    ("Discriminator", &["*"]),
    ("Encoding", &["*"]),
    ("Link", &["*"]),
];

/// Keys that are dropped although they say something. Each is a fault of this generator that is known;
/// the list may only get shorter.
const FAULTS: &[(&str, &[&str])] = &[];

fn listed(list: &[(&str, &[&str])], kind: &str, key: &str) -> bool {
    list.iter()
        .any(|(known, keys)| *known == kind && (keys.contains(&key) || keys == &["*"]))
}

#[test]
fn invariant_6_no_key_is_dropped_in_silence() {
    let base: Value =
        serde_json::from_str(include_str!("census.json")).expect("the document is JSON");
    let grammar = Grammar::read();
    let (mut silent, mut stale) = (Vec::new(), Vec::new());
    for kind in grammar.kinds() {
        for (key, below) in grammar.keys(kind) {
            let at = place(kind, key);
            let with = |value: Option<Value>| {
                let mut document = base.clone();
                let object = document.pointer_mut(&at).and_then(Value::as_object_mut);
                let object = object.unwrap_or_else(|| panic!("there is nothing at {at}"));
                match (value, object.get_mut(key)) {
                    (Some(Value::Object(more)), Some(Value::Object(known))) => known.extend(more),
                    (Some(value), _) => drop(object.insert(key.clone(), value)),
                    // A map that holds what others refer to stays as it is.
                    (None, Some(Value::Object(_))) if matches!(below, Below::Map(_)) => {}
                    (None, _) => drop(object.remove(key)),
                };
                outcome(&document)
            };
            let is_silent = with(Some(value(kind, key, below))) == with(None);
            let is_listed = [WORDS, PARTS, FAULTS]
                .iter()
                .any(|list| listed(list, kind, key));
            if is_silent && !is_listed {
                silent.push(format!("{kind}.{key}"));
            } else if !is_silent && listed(FAULTS, kind, key) {
                stale.push(format!("{kind}.{key}"));
            }
        }
    }
    assert!(
        silent.is_empty(),
        "these keys are dropped without a word: {silent:#?}"
    );
    assert!(
        stale.is_empty(),
        "these keys are no longer dropped; take them off the list: {stale:#?}"
    );
}
