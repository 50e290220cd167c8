//! `Cargo.toml` of a generated crate.

use std::collections::BTreeMap;

use crate::api::Api;
use crate::config::Config;
use crate::plan::{Check, DefaultValue, DefinitionPlan, Name, Plan, RustType, foreign};

/// A dependency: its line without the name, and the features of the crate that it belongs to. One
/// that belongs to none is always there.
struct Dependency {
    name: &'static str,
    version: &'static str,
    options: &'static str,
    features: &'static [&'static str],
}

const fn dependency(
    name: &'static str,
    version: &'static str,
    options: &'static str,
    features: &'static [&'static str],
) -> Dependency {
    Dependency {
        name,
        version,
        options,
        features,
    }
}

const NO_DEFAULT: &str = "default-features = false";

/// A number is read as the nearest there is, not as one beside it.
const FLOATS: &str = "features = [\"float_roundtrip\"]";

/// What waits, and what gives up waiting.
const TIMED: &str = "default-features = false, features = [\"rt\", \"time\"]";

/// What the runtime of clients and servers needs, in the words of its own manifest.
const WIRE: &[Dependency] = &[
    dependency("axum", "0.8", NO_DEFAULT, &["server"]),
    dependency("bytes", "1", "", &["client", "server"]),
    dependency("http-body", "1", "", &["client", "server"]),
    dependency("http-body-util", "0.1", "", &["client", "server"]),
    dependency(
        "reqwest",
        "0.13",
        "default-features = false, features = [\"http2\", \"rustls\"]",
        &["client"],
    ),
    dependency("serde_json", "1", FLOATS, &["client", "server"]),
    dependency("serde_path_to_error", "0.1", "", &["client", "server"]),
    dependency("sha2", "0.11", "", &["server"]),
    dependency("tokio", "1", TIMED, &["server"]),
    dependency(
        "tower",
        "0.5",
        "default-features = false, features = [\"util\"]",
        &["server"],
    ),
    dependency(
        "tower-http",
        "0.7",
        "default-features = false, features = [\"catch-panic\"]",
        &["server"],
    ),
];

/// What bodies that are streams need as well.
const STREAMS: Dependency = dependency("futures-core", "0.3", "", &["client", "server"]);

const HTTP: Dependency = dependency("http", "1", "", &[]);
const SERDE: Dependency = dependency("serde", "1", "features = [\"derive\"]", &[]);
const SECRECY: Dependency = dependency("secrecy", "0.10", "", &[]);
const SUBTLE: Dependency = dependency("subtle", "2.6", "", &[]);
const REGEX: Dependency = dependency(
    "regex",
    "1",
    "default-features = false, features = [\"std\", \"unicode-gencat\"]",
    &[],
);
const SERDE_JSON: Dependency = dependency("serde_json", "1", FLOATS, &[]);

/// What an extra of the client needs.
const HTTPDATE: Dependency = dependency("httpdate", "1", "", &["client"]);
const TOKIO: Dependency = dependency("tokio", "1", TIMED, &["client", "server"]);
const TRACING: Dependency = dependency(
    "tracing",
    "0.1",
    "default-features = false, features = [\"std\"]",
    &["client"],
);

/// The crates that formats are represented by types of.
const FORMATS: &[Dependency] = &[
    dependency(
        "chrono",
        "0.4",
        "default-features = false, features = [\"serde\", \"std\"]",
        &[],
    ),
    dependency(
        "jiff",
        "0.2",
        "default-features = false, features = [\"serde\", \"std\"]",
        &[],
    ),
    dependency(
        "rust_decimal",
        "1",
        "default-features = false, features = [\"serde\", \"std\"]",
        &[],
    ),
    dependency(
        "time",
        "0.3",
        "default-features = false, features = [\"formatting\", \"macros\", \"parsing\"]",
        &[],
    ),
    dependency("url", "2", "features = [\"serde\"]", &[]),
    dependency("uuid", "1", "features = [\"serde\"]", &[]),
];

/// The text of `Cargo.toml`.
pub(super) fn manifest(api: &Api, plan: &Plan, config: &Config) -> String {
    let has_operations = !api.operations.is_empty();
    let what = if has_operations {
        "types, client and server"
    } else {
        "types"
    };
    let title = if api.title.is_empty() {
        "An API"
    } else {
        &api.title
    };
    let description = quoted(&format!("{title} {}: {what}", api.version));
    let mut text = format!(
        "{}{}\n\n[package]\nname = {}\ndescription = {description}\nversion = {}\nedition = \"2024\"\nrust-version = \"1.85\"\npublish = false\n\n[lib]\ndoctest = false\n",
        crate::write::TOML_MARKER,
        crate::write::DO_NOT_EDIT,
        quoted(&config.package),
        quoted(&config.version),
    );
    if has_operations {
        text.push_str(&features(api, plan, config));
    }
    text.push_str("\n[dependencies]\n");
    for line in dependencies(api, plan, config, true) {
        text.push_str(&line);
        text.push('\n');
    }
    text
}

/// The features: the two sides with what they need, and the tags, which need nothing.
fn features(api: &Api, plan: &Plan, config: &Config) -> String {
    let tags = plan
        .modules
        .iter()
        .filter_map(|module| module.feature.as_ref());
    let tags: Vec<&str> = tags.map(Name::plain).collect();
    let mut text = "\n[features]\ndefault = [\"client\", \"server\"".to_owned();
    text.extend(tags.iter().map(|tag| format!(", {}", quoted(tag))));
    text.push_str("]\n");
    for feature in ["client", "server"] {
        text.push_str(&format!("{feature} = [\n"));
        let needed = needed(api, plan, config).into_iter();
        // What the user brings along is always there.
        let own = &config.custom.dependencies;
        let needed = needed.filter(|it| own.iter().all(|(name, _)| name != it.name));
        for dependency in needed.filter(|it| it.features.contains(&feature)) {
            text.push_str(&format!("    \"dep:{}\",\n", dependency.name));
        }
        text.push_str("]\n");
    }
    text.extend(tags.iter().map(|tag| format!("{tag} = []\n")));
    text
}

/// The text of `rustfmt.toml`: `cargo fmt` over a workspace leaves the crate as it was written.
pub(super) fn rustfmt() -> String {
    format!(
        "{}{}\n\ndisable_all_formatting = true\n",
        crate::write::TOML_MARKER,
        crate::write::DO_NOT_EDIT
    )
}

/// The lines of the dependencies; those of a feature are optional in a crate that has features.
pub(super) fn dependencies(
    api: &Api,
    plan: &Plan,
    config: &Config,
    with_features: bool,
) -> Vec<String> {
    let needed = needed(api, plan, config).into_iter();
    let mut lines: BTreeMap<&str, String> = needed
        .map(|it| (it.name, line(it, with_features)))
        .collect();
    // What the user says about a crate that formats need is what holds.
    for (name, value) in &config.custom.dependencies {
        lines.insert(name, format!("{name} = {value}"));
    }
    lines.into_values().collect()
}

fn line(dependency: &Dependency, with_features: bool) -> String {
    let Dependency {
        name,
        version,
        options,
        features,
    } = dependency;
    let mut options: Vec<&str> = if options.is_empty() {
        Vec::new()
    } else {
        vec![options]
    };
    if with_features && !features.is_empty() {
        options.insert(0, "optional = true");
    }
    if options.is_empty() {
        return format!("{name} = \"{version}\"");
    }
    format!(
        "{name} = {{ version = \"{version}\", {} }}",
        options.join(", ")
    )
}

fn needed(api: &Api, plan: &Plan, config: &Config) -> Vec<&'static Dependency> {
    let mut needed: Vec<&'static Dependency> = vec![&SERDE];
    if !api.operations.is_empty() {
        needed.extend([&HTTP, &SECRECY, &SUBTLE]);
        needed.extend(WIRE);
        let extras = config.extras;
        needed.extend(extras.retry.then_some(&HTTPDATE));
        if extras.retry || extras.blocking {
            needed.retain(|dependency| dependency.name != TOKIO.name);
            needed.push(&TOKIO);
        }
        needed.extend(extras.tracing.then_some(&TRACING));
    } else if plan.uses(|ty| *ty == RustType::Secret) {
        needed.extend([&SECRECY, &SUBTLE]);
    }
    if plan.has_streams() || plan.has_pages() {
        needed.push(&STREAMS);
    }
    let of_format = |ty: &RustType| match ty {
        RustType::Format(format) => foreign(*format, config.formats.datetime).dependency,
        _ => None,
    };
    let is_used = |dependency: &&Dependency| plan.uses(|ty| of_format(ty) == Some(dependency.name));
    needed.extend(FORMATS.iter().filter(is_used));
    if plan.has_check(|check| matches!(check, Check::Pattern(_) | Check::Matching(..))) {
        needed.push(&REGEX);
    }
    let holds_json = |ty: &RustType| {
        matches!(
            ty,
            RustType::Value | RustType::JsonObject | RustType::JsonString(_)
        )
    };
    if plan.uses(holds_json) || compares_json(plan) || reads_defaults(plan) {
        // Types need it without any feature, so it is not optional then.
        needed.retain(|dependency| dependency.name != "serde_json");
        needed.push(&SERDE_JSON);
    }
    needed.sort_by_key(|dependency| dependency.name);
    needed
}

/// Whether anything is checked that only JSON itself can tell.
pub(super) fn compares_json(plan: &Plan) -> bool {
    plan.has_check(Check::is_json)
        || plan.has_check(Check::is_about_keys) && plan.uses(|ty| *ty == RustType::JsonObject)
}

/// Whether any default is read from JSON.
pub(super) fn reads_defaults(plan: &Plan) -> bool {
    let written = plan.types.iter().filter(|ty| ty.module.is_some());
    let fields = written.filter_map(|ty| match &ty.definition {
        DefinitionPlan::Struct(plan) => Some(&plan.fields),
        _ => None,
    });
    fields.flatten().any(|field| {
        let default = field.default.as_ref();
        default.is_some_and(|it| matches!(it.value, DefaultValue::Json(_)))
    })
}

/// A text as a TOML string, in ASCII.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            ' '..='~' => quoted.push(character),
            _ => quoted.push_str(&format!("\\U{:08X}", u32::from(character))),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::{HTTP, SECRECY, SERDE, STREAMS, SUBTLE, WIRE};
    use crate::config::{FIXED, Project};
    use crate::source::Sources;

    #[test]
    fn the_configuration_knows_which_dependencies_are_fixed() {
        let mut names: Vec<&str> = WIRE.iter().map(|it| it.name).collect();
        names.extend([HTTP, SECRECY, SERDE, STREAMS, SUBTLE].map(|it| it.name));
        names.sort_unstable();
        assert_eq!(names, FIXED);
    }

    /// The lines of the dependencies of a document with these properties, whatever the user adds.
    fn lines(properties: &str, configuration: &str) -> String {
        let text = format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\ncomponents: {{schemas: {{A: {{properties: {properties}}}}}}}"
        );
        let toml = format!("[[crate]]\ndocument = 'a'\nout = 'b'\n{configuration}");
        let mut sources = Sources::new("openapi.yaml", text);
        let file = sources.add("oarlock.toml", toml.as_str());
        let project = Project::parse(file, &toml).expect("a configuration");
        let generated = crate::generate(&sources, &project.crates[0].config).expect("a crate");
        let manifest = generated
            .files
            .iter()
            .find(|(path, _)| *path == "Cargo.toml");
        let (_, lines) = manifest
            .and_then(|it| it.1.split_once("[dependencies]\n"))
            .expect("a list");
        lines.to_owned()
    }

    #[test]
    fn a_library_is_there_where_a_type_of_it_is() {
        let all = "{t: {type: string, format: date-time}, u: {type: string, format: uri}, d: {type: string, format: decimal}}";
        expect![[r#"
            jiff = { version = "0.2", default-features = false, features = ["serde", "std"] }
            rust_decimal = { version = "1", default-features = false, features = ["serde", "std"] }
            serde = { version = "1", features = ["derive"] }
            url = { version = "2", features = ["serde"] }
        "#]]
        .assert_eq(&lines(
            all,
            "datetime = 'jiff'\nuri = 'url'\ndecimal = 'rust_decimal'\n",
        ));
        expect![[r#"
            serde = { version = "1", features = ["derive"] }
            time = { version = "0.3", default-features = false, features = ["formatting", "macros", "parsing"] }
        "#]].assert_eq(&lines(all, "datetime = 'time'\n"));
        expect![[r#"
            serde = { version = "1", features = ["derive"] }
        "#]]
        .assert_eq(&lines(
            "{t: {type: string}}",
            "datetime = 'time'\nuri = 'url'\n",
        ));
    }

    #[test]
    fn dependencies_of_the_user_are_copied() {
        let dependencies = "[crate.dependencies]\nmine = '1'\nchrono = { version = '0.4.40', features = ['clock', 'serde'] }\n\
                            [crate.dependencies.other]\npath = '../other'\n";
        expect![[r#"
            chrono = { features = ["clock", "serde"], version = "0.4.40" }
            mine = "1"
            other = { path = "../other" }
            serde = { version = "1", features = ["derive"] }
        "#]]
        .assert_eq(&lines("{t: {type: string, format: date}}", dependencies));
    }

    /// The manifest from its features on, of a document with an operation.
    fn manifest(configuration: &str) -> String {
        let text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {/a: {get: {responses: {'204': {description: d}}}}}";
        let toml = format!("[[crate]]\ndocument = 'a'\nout = 'b'\n{configuration}");
        let mut sources = Sources::new("openapi.yaml", text);
        let file = sources.add("oarlock.toml", toml.as_str());
        let project = Project::parse(file, &toml).expect("a configuration");
        let generated = crate::generate(&sources, &project.crates[0].config).expect("a crate");
        let mut files = generated.files.iter();
        let manifest = files.find(|(path, _)| *path == "Cargo.toml");
        manifest.expect("a manifest").1.to_owned()
    }

    #[test]
    fn what_a_client_brings_along_has_its_dependencies() {
        let names = ["httpdate", "tokio", "tracing"];
        let mentions = |text: &str| names.map(|name| text.matches(name).count());
        // The server needs the clock, too.
        assert_eq!(mentions(&manifest("")), [0, 2, 0]);
        assert_eq!(mentions(&manifest("extras = ['retry']")), [2, 3, 0]);
        assert_eq!(mentions(&manifest("extras = ['blocking']")), [0, 3, 0]);
        let own = "extras = ['tracing']\n[crate.dependencies]\ntracing = '0.1.40'";
        assert_eq!(mentions(&manifest(own)), [0, 2, 1]);
    }
}
