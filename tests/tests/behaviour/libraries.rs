//! `cases/formats_*`: the same dates and times in each library that can be chosen, and what else can be
//! chosen beside them.

use conformance::cases::{formats_jiff, formats_text, formats_time, formats_utc};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::check::{becomes, refused, same};

fn times() -> Value {
    json!({
        "stamp": "2024-02-29T23:59:59.123Z", "day": "2024-02-29", "localDateTime": "2024-02-29T23:59:59",
        "localTime": "23:59:59", "maybe": "0000-01-01T00:00:00Z", "list": ["2024-01-01T00:00:00Z"],
        "byName": { "first": "9999-12-31" },
    })
}

/// What holds whatever the library: values come back, odd spellings are read, other texts are not.
fn check<T: DeserializeOwned + Serialize + std::fmt::Debug>() {
    same::<T>(times());
    becomes::<T>(
        json!({ "stamp": "2024-02-29t10:00:00.000z" }),
        json!({ "stamp": "2024-02-29T10:00:00Z" }),
    );
    for wrong in ["2024-02-30T00:00:00Z", "2024-02-29T10:00:00", "", "now"] {
        refused::<T>(json!({ "stamp": wrong }));
    }
    refused::<T>(json!({ "stamp": "2024-02-29T10:00:00Z", "day": "2023-02-29" }));
}

#[test]
fn times_of_jiff() {
    check::<formats_jiff::types::Times>();
    becomes::<formats_jiff::types::Times>(
        json!({ "stamp": "2024-02-29T10:00:00+02:00" }),
        json!({ "stamp": "2024-02-29T08:00:00Z" }),
    );
    // It has no place for what may be the next year somewhere.
    refused::<formats_jiff::types::Times>(json!({ "stamp": "9999-12-31T23:59:59Z" }));
}

#[test]
fn times_of_time() {
    check::<formats_time::types::Times>();
    same::<formats_time::types::Times>(json!({ "stamp": "9999-12-31T23:59:59-12:00" }));
}

#[test]
fn times_in_utc() {
    check::<formats_utc::types::Times>();
    becomes::<formats_utc::types::Times>(
        json!({ "stamp": "2024-02-29T10:00:00+02:00" }),
        json!({ "stamp": "2024-02-29T08:00:00Z" }),
    );
}

#[test]
fn times_as_text() {
    same::<formats_text::types::Times>(times());
    same::<formats_text::types::Times>(json!({ "stamp": "0000-00-00 00:00" }));
}

#[test]
fn other_types_by_choice() {
    use formats_jiff::types::Others;
    same::<Others>(json!({ "reference": "../a", "decimal": "1.10", "float": 0.1 }));
    // This library spells an address in its own way, which is why it is a choice.
    becomes::<Others>(
        json!({ "uri": "https://H" }),
        json!({ "uri": "https://h/" }),
    );
    let more_than_32_bits = json!({ "float": 0.123_456_789_012 });
    same::<Others>(more_than_32_bits);
    for (key, wrong) in [("uri", "../a"), ("decimal", "ten")] {
        refused::<Others>(json!({ key: wrong }));
    }
}
