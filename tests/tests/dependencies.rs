//! What the workspace depends on: `Cargo.lock` against what must not be in it, against the oldest
//! versions without known faults, and against what the generator may reach.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Packages that must not be there, and why.
const BANNED: &[(&str, &str)] = &[
    ("libyml", "unsound and archived"),
    ("native-tls", "TLS is rustls everywhere"),
    ("openssl", "TLS is rustls everywhere"),
    ("openssl-sys", "TLS is rustls everywhere"),
    (
        "serde_yaml",
        "deprecated; `yaml_serde` is its maintained fork",
    ),
    ("serde_yml", "unsound and archived"),
    ("yaml-rust", "unmaintained"),
];

type Version = (u64, u64, u64);

/// The first version without the faults that are in the RustSec database (August 2026), for each
/// line that was mended. A line that is not named must be newer than all that are.
const FLOORS: &[(&str, &[Version])] = &[
    ("aws-lc-sys", &[(0, 39, 0)]),
    ("axum-core", &[(0, 3, 0)]),
    ("bytes", &[(1, 11, 1)]),
    ("h2", &[(0, 4, 16)]),
    ("hyper", &[(0, 14, 12)]),
    ("idna", &[(1, 0, 3)]),
    ("quinn-proto", &[(0, 11, 15)]),
    ("rand", &[(0, 8, 6), (0, 9, 3), (0, 10, 1)]),
    ("ring", &[(0, 17, 12)]),
    ("rustls-webpki", &[(0, 103, 13)]),
    ("time", &[(0, 3, 47)]),
    ("tokio", &[(1, 44, 2)]),
    ("tracing-subscriber", &[(0, 3, 20)]),
];

/// Packages that open sockets, or are there for those that do.
const NETWORK: &[&str] = &[
    "axum",
    "curl",
    "h2",
    "hyper",
    "hyper-util",
    "mio",
    "native-tls",
    "quinn",
    "reqwest",
    "rustls",
    "socket2",
    "tokio",
    "ureq",
];

/// A package of `Cargo.lock`.
#[derive(Debug)]
struct Package<'t> {
    name: &'t str,
    version: &'t str,
    /// Where it comes from; nothing for a member of the workspace.
    source: Option<&'t str>,
    /// Its dependencies of every kind and target: names, with versions where there are several.
    dependencies: Vec<&'t str>,
}

fn packages(lock: &str) -> Vec<Package<'_>> {
    let entries = lock.split("[[package]]").skip(1);
    entries
        .map(|entry| {
            let text = |key: &str| {
                let line = entry.lines().find_map(|line| line.strip_prefix(key));
                line.map(|value| value.trim_matches('"'))
            };
            let quoted = entry
                .lines()
                .filter_map(|line| line.strip_prefix(" \"")?.strip_suffix("\","));
            Package {
                name: text("name = ").expect("a package has a name"),
                version: text("version = ").expect("a package has a version"),
                source: text("source = "),
                dependencies: quoted.collect(),
            }
        })
        .collect()
}

/// What is wrong with the packages of a lock file.
fn problems(lock: &str) -> Vec<String> {
    let mut problems = Vec::new();
    for package in packages(lock) {
        let Package { name, version, .. } = package;
        if let Some((_, why)) = BANNED.iter().find(|(banned, _)| *banned == name) {
            problems.push(format!("{name} {version}: {why}"));
        }
        let registry = |source: &str| source.starts_with("registry+");
        if !package.source.is_none_or(registry) {
            problems.push(format!("{name} {version} does not come from a registry"));
        }
        let floors = FLOORS.iter().find(|(floored, _)| *floored == name);
        if let Some((_, floors)) = floors
            && !reaches(parse(version), floors)
        {
            problems.push(format!("{name} {version} has known faults"));
        }
    }
    problems
}

fn parse(version: &str) -> Version {
    let core = version.split(['-', '+']).next().unwrap_or(version);
    let mut numbers = core.split('.').map(|number| number.parse().unwrap_or(0));
    let mut next = || numbers.next().unwrap_or(0);
    (next(), next(), next())
}

fn reaches(version: Version, floors: &[Version]) -> bool {
    let line = |it: Version| (it.0, it.1);
    let newest = floors.iter().max();
    floors
        .iter()
        .any(|floor| line(*floor) == line(version) && version >= *floor)
        || newest.is_some_and(|newest| version >= *newest)
}

/// The names under `[dependencies]` of a manifest, each with the rest of its line.
fn dependencies(manifest: &str) -> Vec<(&str, &str)> {
    let lines = manifest.lines().map(str::trim);
    let section = lines.skip_while(|line| *line != "[dependencies]").skip(1);
    section
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| line.split_once(['.', ' ']))
        .collect()
}

/// Everything that these packages need, themselves included.
fn closure<'t>(lock: &'t [Package<'t>], roots: &[&'t str]) -> BTreeSet<&'t str> {
    let mut work = roots.to_vec();
    let mut names = BTreeSet::new();
    let mut seen = BTreeSet::new();
    while let Some(wanted) = work.pop() {
        if !seen.insert(wanted) {
            continue;
        }
        let mut parts = wanted.split(' ');
        let (name, version) = (parts.next(), parts.next());
        let found = lock.iter().find(|package| {
            Some(package.name) == name && version.is_none_or(|it| it == package.version)
        });
        let package = found.unwrap_or_else(|| panic!("{wanted} is not in Cargo.lock"));
        names.insert(package.name);
        work.extend(&package.dependencies);
    }
    names
}

fn read(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    fs::read_to_string(root.join(path)).expect(path)
}

#[test]
fn the_lock_file_has_nothing_banned_or_faulty() {
    let lock = read("Cargo.lock");
    let names: BTreeSet<&str> = packages(&lock).iter().map(|it| it.name).collect();
    for name in ["oarlock", "anchor-webhooks", "tokio", "reqwest"] {
        assert!(names.contains(name), "{name} was not found");
    }
    assert_eq!(problems(&lock), [""; 0]);
}

#[test]
fn what_is_banned_or_faulty_is_found() {
    let lock = r#"
[[package]]
name = "serde_yaml"
version = "0.9.34+deprecated"
source = "registry+https://example.com/index"

[[package]]
name = "rand"
version = "0.9.2"
source = "registry+https://example.com/index"

[[package]]
name = "rand"
version = "0.9.4"
source = "registry+https://example.com/index"

[[package]]
name = "rand"
version = "0.8.5"
source = "registry+https://example.com/index"

[[package]]
name = "mine"
version = "1.0.0"
source = "git+https://example.com/mine#0123abc"
"#;
    assert_eq!(
        problems(lock),
        [
            "serde_yaml 0.9.34+deprecated: deprecated; `yaml_serde` is its maintained fork",
            "rand 0.9.2 has known faults",
            "rand 0.8.5 has known faults",
            "mine 1.0.0 does not come from a registry",
        ]
    );
}

#[test]
fn the_generator_reaches_no_network() {
    let workspace = read("Cargo.toml");
    let generator = read("generator/Cargo.toml");
    let runtime = read("generator/runtime/Cargo.toml");
    let lock = read("Cargo.lock");
    let lock = packages(&lock);

    // The runtime is a dependency for its text. What its features need is none of the generator's.
    let declared = workspace
        .lines()
        .find(|line| line.starts_with("oarlock-runtime = "));
    assert_eq!(
        declared,
        Some("oarlock-runtime = { path = \"generator/runtime\", default-features = false }")
    );
    let of_generator = dependencies(&generator);
    assert!(of_generator.contains(&("oarlock-runtime", "workspace = true")));
    let of_runtime = dependencies(&runtime);
    assert!(of_runtime.iter().any(|(name, _)| *name == "reqwest"));

    let of_generator = of_generator.iter().map(|(name, _)| *name);
    let of_runtime = of_runtime
        .iter()
        .filter(|(_, line)| !line.contains("optional = true"))
        .map(|(name, _)| *name);
    let roots: Vec<&str> = of_generator
        .filter(|name| *name != "oarlock-runtime")
        .chain(of_runtime)
        .collect();
    let reached = closure(&lock, &roots);
    assert!(reached.contains("granit-parser") && reached.contains("secrecy"));
    let network: Vec<&&str> = NETWORK
        .iter()
        .filter(|name| reached.contains(**name))
        .collect();
    assert_eq!(network, [&""; 0]);

    // The walk does find what it looks for.
    assert!(closure(&lock, &["anchor-webhooks"]).contains("tokio"));
}

#[test]
fn the_generated_crate_depends_on_no_member_of_the_workspace() {
    let lock = read("Cargo.lock");
    let lock = packages(&lock);
    let reached = closure(&lock, &["anchor-webhooks"]);
    let members: Vec<&str> = lock
        .iter()
        .filter(|package| package.source.is_none() && reached.contains(package.name))
        .map(|package| package.name)
        .collect();
    assert_eq!(members, ["anchor-webhooks"]);
}
