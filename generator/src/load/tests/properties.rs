use proptest::prelude::*;

use super::dump;
use crate::diagnostic::Diagnostics;
use crate::load::{Limits, load};
use crate::source::Sources;

fn json_of(text: &str) -> Result<serde_json::Value, String> {
    let sources = Sources::new("a", text);
    let mut diagnostics = Diagnostics::new(false);
    let tree = load(&mut diagnostics, &sources, &Limits::default());
    let found = diagnostics.render(&sources, false);
    if found.is_empty() {
        tree.map(|tree| tree.to_json_value(tree.root()))
            .ok_or(found)
    } else {
        Err(found)
    }
}

fn any_json(characters: &'static str) -> impl Strategy<Value = serde_json::Value> {
    let scalar = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(serde_json::Value::from),
        any::<i64>().prop_map(serde_json::Value::from),
        any::<u64>().prop_map(serde_json::Value::from),
        any::<f64>()
            .prop_filter("JSON has no infinity", |value| value.is_finite())
            .prop_map(serde_json::Value::from),
        characters.prop_map(serde_json::Value::from),
    ];
    scalar.prop_recursive(5, 40, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(serde_json::Value::from),
            prop::collection::hash_map(characters, inner, 0..8)
                .prop_map(|fields| serde_json::Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// Text made of what means something to the readers, which random characters hardly ever hit.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[ -~]{0,4}",
        "\\PC{0,3}",
        any::<char>().prop_map(String::from),
        proptest::sample::select(vec![
            "\n",
            "\r\n",
            "  ",
            "\t",
            ": ",
            "- ",
            "? ",
            "&a ",
            "*a",
            "<<: ",
            "{",
            "}",
            "[",
            "]",
            ",",
            "\"",
            "'",
            "|\n",
            ">-\n",
            "# ",
            "!!str ",
            "!x ",
            "%YAML 1.2\n",
            "---\n",
            "...\n",
            "a",
            "1",
            "\\u",
            "\\ud800",
            "\\n",
            "~",
            "null",
            "\u{FEFF}",
            "\u{9F}",
            "\0",
            "````yaml\n",
            "````\n",
            "openapi: 3",
            "=",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_a_result(text in any_text(), ending in "yaml|json|md") {
        let sources = Sources::new(format!("a.{ending}"), text);
        let mut diagnostics = Diagnostics::new(false);
        let tree = load(&mut diagnostics, &sources, &Limits::default());
        prop_assert!(tree.is_some() || diagnostics.has_errors());
        for color in [false, true] {
            let _ = diagnostics.render(&sources, color);
        }
        if let Some(tree) = tree {
            let _ = tree.to_json_value(tree.root());
            dump(&mut String::new(), &sources, &tree, tree.root(), 0);
        }
    }

    #[test]
    fn json_reads_as_what_was_printed(value in any_json("\\PC{0,6}|[ -~\n\t\\u{0}-\\u{1F}]{0,6}")) {
        prop_assert_eq!(json_of(&value.to_string()), Ok(value.clone()));
        let pretty = serde_json::to_string_pretty(&value).expect("it is a value");
        prop_assert_eq!(json_of(&pretty), Ok(value));
    }

    #[test]
    fn yaml_reads_json_as_what_was_printed(value in any_json("[ -~\né€😀]{0,6}")) {
        // A comment keeps the text from being read as JSON.
        let text = format!("# YAML\n{}", serde_json::to_string_pretty(&value).expect("it is a value"));
        prop_assert_eq!(json_of(&text), Ok(value));
    }
}
