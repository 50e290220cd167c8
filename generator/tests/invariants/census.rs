//! Invariant 6: nothing is dropped in silence. Every key of the grammar is put into a document, one at
//! a time; it must change the output, or a finding must name it.

use std::collections::BTreeMap;

use oarlock::source::Sources;
use oarlock::{Treatment, Use};
use serde_json::{Value, json};

use crate::keys::{Below, Grammar};
use crate::run::{Run, config, run};

/// Where an object of each kind stands in the document. Some keywords of schemas only mean something to
/// one type, so there is one place for each.
const PLACES: &[(&str, &str)] = &[
    ("Document", ""),
    ("Info", "/info"),
    ("Contact", "/info/contact"),
    ("License", "/info/license"),
    ("Server", "/servers/1"),
    ("ServerVariable", "/servers/0/variables/v"),
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
    if kind == "SecurityScheme" && key == "openIdConnectUrl" {
        return "/components/securitySchemes/oidc".to_owned();
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
        "items" | "prefixItems" | "additionalItems" | "contains" | "minContains"
        | "maxContains" | "minItems" | "maxItems" | "uniqueItems" => "/properties/l",
        "additionalProperties"
        | "propertyNames"
        | "patternProperties"
        | "unevaluatedProperties"
        | "minProperties"
        | "maxProperties" => "/properties/m",
        "properties" | "required" | "dependentRequired" | "dependentSchemas" | "dependencies"
        | "$defs" | "definitions" => "",
        "type" | "$ref" | "const" | "allOf" | "oneOf" | "anyOf" | "not" | "unevaluatedItems" => {
            "/properties/u"
        }
        _ => "/properties/s",
    };
    format!("/components/schemas/A{property}")
}

/// A value for a key that says something other than its absence does.
fn value(kind: &str, key: &str, below: &Below) -> Value {
    match below {
        Below::Data => data(kind, key),
        // Keys are texts, so a type says nothing about them.
        Below::One(_) if key == "propertyNames" => json!({ "maxLength": 3 }),
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
        ("PathItem", "$ref") => json!("#/paths/~1b"),
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
        ("Link", "parameters") => json!({ "n": "n" }),
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

/// The findings and the files of a run.
type Outcome = (Vec<String>, Vec<String>);

/// The findings and the files of a run, without places, which move when a key is added.
fn outcome(document: &Value) -> Outcome {
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

/// What the output shows of a key: whether a finding says that it is not supported, whether code is
/// different with it, or only documentation.
fn shown(with: &Outcome, without: &Outcome) -> Treatment {
    // A comment may move an item to lines of its own, so only its letters count.
    let code = |files: &[String]| -> String {
        let lines = files.iter().flat_map(|file| file.lines());
        let lines = lines.filter(|line| !line.trim_start().starts_with("//"));
        let letters = lines.flat_map(str::chars);
        letters
            .filter(|ch| !ch.is_whitespace() && *ch != ',')
            .collect()
    };
    let mut findings = with.0.iter().filter(|it| !without.0.contains(it));
    if findings.any(|finding| finding.starts_with("unsupported: ")) {
        Treatment::Unsupported
    } else if code(&with.1) != code(&without.1) {
        Treatment::Enforced
    } else if with.1 != without.1 {
        Treatment::Carried
    } else {
        Treatment::Ignored
    }
}

fn uses(document: &Value) -> Vec<Use> {
    let sources = Sources::new("document.json", document.to_string());
    oarlock::coverage(&sources, &config()).unwrap_or_default()
}

/// How often coverage finds a key in a document, by what it says is done with it.
fn told(document: &Value, kind: &str, key: &str) -> BTreeMap<Treatment, usize> {
    let object = match kind {
        "Document" => "OpenAPI",
        "ExternalDocs" => "External Documentation",
        "Xml" => "XML",
        _ => kind,
    };
    let mut told = BTreeMap::new();
    for it in uses(document) {
        if it.name == key && (it.object == object || it.object.replace(' ', "") == object) {
            *told.entry(it.treatment).or_default() += it.places.len();
        }
    }
    told
}

/// What coverage calls unsupported.
fn unsupported(document: &Value) -> Vec<Use> {
    let mut uses = uses(document);
    uses.retain(|it| it.treatment == Treatment::Unsupported);
    uses
}

/// Definitions, which mean something only where they are referred to.
const DEFINITIONS: &[(&str, &[&str])] = &[
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
    (
        "Schema",
        &["$id", "$anchor", "$dynamicAnchor", "$defs", "definitions"],
    ),
];

/// Keys that say nothing at the place where the census puts them: `explode` says nothing about a value that
/// is one text, and other shapes are named.
const NOT_HERE: &[(&str, &[&str])] = &[("Parameter", &["explode"])];

/// Parts of something that a finding names as a whole: a union, a body that is not JSON.
const PARTS: &[(&str, &[&str])] = &[("Discriminator", &["*"]), ("Encoding", &["*"])];

/// Keys of old dialects, which are counted as what they are in the newest one.
const REWRITTEN: &[(&str, &[&str])] = &[
    ("Document", &["x-ms-paths"]),
    ("Schema", &["nullable", "discriminator"]),
];

/// Keys that are dropped although they say something. Each is a fault of this generator that is known;
/// the list may only get shorter.
const FAULTS: &[(&str, &[&str])] = &[];

fn listed(list: &[(&str, &[&str])], kind: &str, key: &str) -> bool {
    list.iter()
        .any(|(known, keys)| *known == kind && (keys.contains(&key) || keys == &["*"]))
}

/// The document with a key, or without it.
fn document(base: &Value, kind: &str, key: &str, below: &Below, value: Option<Value>) -> Value {
    let mut document = base.clone();
    let at = place(kind, key);
    let object = document.pointer_mut(&at).and_then(Value::as_object_mut);
    let object = object.unwrap_or_else(|| panic!("there is nothing at {at}"));
    match (value, object.get_mut(key)) {
        (Some(Value::Object(more)), Some(Value::Object(known))) => known.extend(more),
        (Some(value), _) => drop(object.insert(key.to_owned(), value)),
        // A map that holds what others refer to stays as it is.
        (None, Some(Value::Object(_))) if matches!(below, Below::Map(_)) => {}
        (None, _) => drop(object.remove(key)),
    }
    document
}

#[test]
fn invariant_6_no_key_is_dropped_in_silence() {
    let base: Value =
        serde_json::from_str(include_str!("census.json")).expect("the document is JSON");
    let grammar = Grammar::read();
    let mut faults = Vec::new();
    for kind in grammar.kinds() {
        for (key, below) in grammar.keys(kind) {
            let document = |value| document(&base, kind, key, below, value);
            let (with, without) = (document(Some(value(kind, key, below))), document(None));
            if let Some(fault) = fault(kind, key, &with, &without) {
                faults.push(format!("{kind}.{key} {fault}"));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

/// What is wrong with how a key is treated, if anything is: one that says nothing and is on no list is
/// dropped, and `oarlock coverage` must call a key what the output shows of it.
fn fault(kind: &str, key: &str, with: &Value, without: &Value) -> Option<String> {
    let (after, before) = (outcome(with), outcome(without));
    let shown = shown(&after, &before);
    let told = told(with, kind, key);
    if after == before {
        let lists = [PARTS, DEFINITIONS, NOT_HERE];
        let is_listed = lists.iter().any(|list| listed(list, kind, key));
        let is_fine = is_listed || listed(FAULTS, kind, key) || told.contains_key(&shown);
        return (!is_fine).then(|| "is dropped without a word".to_owned());
    }
    if listed(FAULTS, kind, key) {
        return Some("is no longer dropped; take it off the list".to_owned());
    }
    let is_fine = match shown {
        // Another finding than that of an unsupported construct tells what is wrong with it.
        Treatment::Ignored => true,
        // It may be one of the values that is not supported, or the construct that is made with it.
        Treatment::Unsupported => unsupported(with) != unsupported(without),
        _ => told.contains_key(&shown) || listed(REWRITTEN, kind, key),
    };
    (!is_fine).then(|| format!("is {}, but coverage says {told:?}", shown.as_str()))
}
