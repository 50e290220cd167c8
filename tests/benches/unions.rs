//! How long it takes to read one megabyte of unions, against what serde derives for the same data.
//!
//! Each group is one way in which a variant is found; `generated` is the case `unions`, `untagged` is
//! serde's `#[serde(untagged)]` with the same payloads, and `tagged` its `#[serde(tag = "type")]`. Run with
//! `cargo bench -p conformance`.

use std::hint::black_box;

use conformance::cases::unions::types as generated;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// What serde derives.
#[allow(dead_code, reason = "only reading is measured")]
mod derived {
    use serde::Deserialize;

    use super::generated::{
        EventCreated, EventDeleted, LooseA, LooseB, LooseC, Name, OwnerNobody, OwnerTeam, OwnerUser,
    };

    #[derive(Deserialize)]
    #[serde(untagged)]
    pub(crate) enum Label {
        String(String),
        Name(Name),
        Array(Vec<Name>),
    }

    #[derive(Deserialize)]
    #[serde(untagged)]
    pub(crate) enum Event {
        Created(EventCreated),
        Deleted(EventDeleted),
    }

    #[derive(Deserialize)]
    #[serde(tag = "type", rename_all = "lowercase")]
    pub(crate) enum Tagged {
        Created { name: String },
        Deleted { reason: Option<String> },
    }

    #[derive(Deserialize)]
    #[serde(untagged)]
    pub(crate) enum Owner {
        User(OwnerUser),
        Team(OwnerTeam),
        Nobody(OwnerNobody),
    }

    #[derive(Deserialize)]
    #[serde(untagged)]
    pub(crate) enum Loose {
        A(LooseA),
        B(LooseB),
        C(LooseC),
    }
}

const MEGABYTE: usize = 1 << 20;

/// An array of these texts, over and over, as long as a megabyte.
fn repeated(items: &[&str]) -> String {
    let mut text = String::from("[");
    for item in items.iter().cycle() {
        text.push_str(item);
        if text.len() > MEGABYTE {
            break;
        }
        text.push(',');
    }
    text.push(']');
    text
}

fn read<'de, T: Deserialize<'de>>(text: &'de str) -> Vec<T> {
    serde_json::from_str(text).expect("the text fits")
}

fn measure<T: DeserializeOwned>(criterion: &mut Criterion, group: &str, name: &str, text: &str) {
    let mut group = criterion.benchmark_group(group);
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.sample_size(30);
    group.bench_function(name, |bencher| bencher.iter(|| read::<T>(black_box(text))));
    group.finish();
}

fn benches(criterion: &mut Criterion) {
    let text = repeated(&[
        r#""a label that is nothing but a text""#,
        r#"{"first":"Ada","last":"Lovelace"}"#,
        r#"[{"first":"Grace"},{"first":"Alan","last":"Turing"}]"#,
    ]);
    measure::<generated::Label>(criterion, "json type", "generated", &text);
    measure::<derived::Label>(criterion, "json type", "untagged", &text);

    let text = repeated(&[
        r#"{"type":"created","name":"a name of some forty characters, or so"}"#,
        r#"{"type":"deleted","reason":"nobody has asked for it for a long time"}"#,
    ]);
    measure::<generated::Event>(criterion, "tag first", "generated", &text);
    measure::<derived::Tagged>(criterion, "tag first", "tagged", &text);
    measure::<derived::Event>(criterion, "tag first", "untagged", &text);

    let text = repeated(&[
        r#"{"name":"a name of some forty characters, or so","type":"created"}"#,
        r#"{"reason":"nobody has asked for it for a long time","type":"deleted"}"#,
    ]);
    measure::<generated::Event>(criterion, "tag last", "generated", &text);
    measure::<derived::Tagged>(criterion, "tag last", "tagged", &text);
    measure::<derived::Event>(criterion, "tag last", "untagged", &text);

    let text = repeated(&[
        r#"{"note":"who owns this is a person","userId":"user_01"}"#,
        r#"{"teamId":"team_01","note":"who owns this is a team"}"#,
        r#"{"note":"nobody owns this"}"#,
    ]);
    measure::<generated::Owner>(criterion, "keys", "generated", &text);
    measure::<derived::Owner>(criterion, "keys", "untagged", &text);

    let text = repeated(&[
        r#"{"a":"the first","shared":"what the first two have"}"#,
        r#"{"b":"the second","shared":"what the first two have"}"#,
        r#"{"c":3}"#,
    ]);
    measure::<generated::Loose>(criterion, "trial", "generated", &text);
    measure::<derived::Loose>(criterion, "trial", "untagged", &text);
}

criterion_group!(groups, benches);
criterion_main!(groups);
