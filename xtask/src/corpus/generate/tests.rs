use oarlock::config::package_mistake;

use super::*;

#[test]
fn packages_have_names_that_cargo_takes_and_that_differ() {
    let long = "very/".repeat(40) + "long-path.yaml";
    let names = [
        "a.yaml",
        "a/b.json",
        "a-b.json",
        "3.1/\u{e9}\u{e9}.yml",
        "-",
        &long,
    ];
    let packages: Vec<String> = names.iter().map(|name| package(name)).collect();
    for (index, package) in packages.iter().enumerate() {
        assert_eq!(package_mistake(package), None, "{package}");
        assert!(!packages[..index].contains(package), "{package}");
    }
    assert_eq!(package("a.yaml"), packages[0]);
}

#[test]
fn a_process_that_dies_is_a_panic() {
    let mut command = Command::new("cargo");
    command.arg("no-such-command-of-cargo");
    let Outcome::Panicked(message) = made(&mut command).outcome else {
        panic!("it is no panic");
    };
    assert!(message.contains("no-such-command-of-cargo"), "{message}");
}
