//! `cases/all_of`: flat structs, their parts, and the way between them.

use conformance::cases::all_of::types::{
    Alias, Base, Holder, NamedNode, Node, Stamp, Twice, Validate, Whole,
};
use serde_json::json;

use crate::check::{refused, same};

#[test]
fn a_whole_is_flat_and_asks_for_what_any_part_asks_for() {
    let whole: Whole = same(json!({ "id": "1", "createdAt": "now", "size": 3, "base": "b" }));
    assert_eq!((whole.id.as_str(), whole.size), ("1", 3));
    refused::<Whole>(json!({ "id": "1", "size": 3 }));
    refused::<Whole>(json!({ "createdAt": "now", "size": 3 }));
}

#[test]
fn a_whole_can_be_taken_for_each_part() {
    let whole: Whole = same(json!({ "id": "1", "createdAt": "now", "size": 3 }));
    let base = Base::from(whole.clone());
    let stamp = Stamp::from(whole);
    assert_eq!((base.id.as_str(), stamp.created_at.as_str()), ("1", "now"));
}

/// A field of the whole is called like one of its parts.
#[test]
fn a_whole_comes_apart_and_together_again_without_loss() {
    let whole: Whole = same(
        json!({ "id": "1", "createdAt": "now", "updatedAt": "later", "size": 3, "base": "b" }),
    );
    let (base, stamp, size, own) = whole.clone().into_parts();
    assert_eq!(own.as_deref(), Some("b"));
    assert_eq!(Whole::from_parts(base, stamp, size, own), whole);
}

#[test]
fn a_part_that_contains_itself_keeps_its_box() {
    let named: NamedNode = same(
        json!({ "value": "a", "next": { "value": "b", "next": { "value": "c" } }, "name": "n" }),
    );
    let node = Node::from(named.clone());
    assert_eq!(
        node.next.as_ref().map(|next| next.value.as_str()),
        Some("b")
    );
    let (node, name) = named.clone().into_parts();
    assert_eq!(NamedNode::from_parts(node, name), named);
}

#[test]
fn a_part_that_is_named_twice_is_one_part() {
    let twice: Twice = same(json!({ "id": "1", "note": null }));
    assert_eq!(Base::from(twice).id, "1");
    let alias: Alias = Base {
        id: "2".to_owned(),
        note: None,
    };
    assert_eq!(alias.id, "2");
}

/// Members of an `allOf` tighten each other, also behind a name.
#[test]
fn the_tightest_member_counts() {
    let short = |text: &str| Holder {
        short: Some(text.to_owned()),
        ..Holder::default()
    };
    assert!(short("ab").validate().is_ok());
    assert!(short("abcde").validate().is_ok());
    assert!(short("a").validate().is_err());
    assert!(short("abcdef").validate().is_err());
}
