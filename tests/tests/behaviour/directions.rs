//! `cases/directions`: what a value holds by the way it travels.

use conformance::cases::directions::types::{Account, Conflict, NewAccount, Search, Seen, Stamped};
use serde_json::{Value, json};

use crate::check::{becomes, refused, same};

/// What only the server sends is not there where only the client does (N2).
#[test]
fn a_request_has_no_read_only_field() {
    let NewAccount { name, password } = same(json!({ "name": "a", "password": "b" }));
    assert_eq!((name.as_str(), password.as_str()), ("a", "b"));
    // A client that sends back what it got is understood.
    becomes::<NewAccount>(
        json!({ "id": "1", "name": "a", "password": "b" }),
        json!({ "name": "a", "password": "b" }),
    );
    refused::<NewAccount>(json!({ "name": "a" }));
}

/// What only the client sends is not there where only the server does (N3).
#[test]
fn a_response_has_no_write_only_field() {
    let conflict = Conflict::new("1", None);
    let Conflict {
        id,
        reason,
        hint,
        data,
    } = conflict.clone();
    assert_eq!((id.as_str(), reason, hint, data), ("1", None, None, None));
    becomes::<Conflict>(
        json!({ "id": "1", "password": "p", "reason": null }),
        json!({ "id": "1", "reason": null }),
    );
    refused::<Conflict>(json!({ "reason": null }));
}

/// What one side must send is required of neither where both send the type; the rest is (N2, N3).
#[test]
fn a_shared_type_can_lack_what_one_side_sends() {
    let sent: Account = same(json!({ "name": "a", "password": "p", "both": "b" }));
    assert_eq!((sent.id, sent.password.as_deref()), (None, Some("p")));
    let received: Account = same(json!({ "id": "1", "name": "a", "seen": null, "both": "b" }));
    // A required `null` of the server is written as one.
    assert_eq!(
        (received.id.as_deref(), received.seen),
        (Some("1"), Some(None))
    );
    refused::<Account>(json!({ "name": "a" }));
}

/// The flag of a part, of what a property refers to, and of a member of an `allOf` counts (J16).
#[test]
fn the_flags_stay_with_inherited_properties() {
    let seen: Seen = becomes(
        json!({ "created": "now", "name": "a", "secret": "s" }),
        json!({ "created": "now", "name": "a" }),
    );
    let stamped: Stamped = seen.into();
    assert_eq!(
        stamped,
        Stamped {
            created: "now".to_owned()
        }
    );
}

/// In a request, three states are three (H4), and `null` is one of any values.
#[test]
fn null_survives_where_a_request_can_send_it() {
    for key in ["nickname", "data", "labels", "nothing"] {
        let with = |value: Value| {
            let mut account = json!({ "name": "a", "both": "b" });
            account[key] = value;
            same::<Account>(account)
        };
        let absent: Account = same(json!({ "name": "a", "both": "b" }));
        assert_ne!(with(Value::Null), absent, "{key}");
    }
    let account: Account = same(json!({ "name": "a", "both": "b", "data": null, "labels": [1] }));
    assert_eq!(account.data, Some(Value::Null));
    assert_eq!(account.labels, Some(json!([1])));
    // In a response absent and null are one (H5).
    becomes::<Conflict>(
        json!({ "id": "1", "reason": null, "hint": null, "data": null }),
        json!({ "id": "1", "reason": null }),
    );
}

/// A server refuses keys that the document forbids; a client is open for what comes next (G7).
#[test]
fn other_keys_are_refused_where_only_a_request_has_them() {
    same::<Search>(json!({ "text": "a", "limit": 1 }));
    let message = refused::<Search>(json!({ "text": "a", "limits": 1 }));
    assert!(message.contains("unknown field `limits`"), "{message}");
    becomes::<Conflict>(
        json!({ "id": "1", "reason": "r", "more": 1 }),
        json!({ "id": "1", "reason": "r" }),
    );
}
