//! `cases/anchors` and `cases/dynamic_refs`: schemas by what they call themselves, and templates.

use conformance::cases::anchors::types::{Address, AddressCountry, Order};
use conformance::cases::dynamic_refs::types::{
    DatedTree, ListPlanetsResponseBody, NumberList, Planet, StringPage,
};
use serde_json::{Value, from_value, json};

use crate::check::same;

#[test]
fn a_schema_is_the_same_by_each_of_its_names() {
    let address = Address {
        country: Some(AddressCountry::At),
        ..Address::new("Linz")
    };
    let order = Order {
        address: Some(address.clone()),
        same_address: Some(address),
        self_: Some(Box::default()),
        ..Order::default()
    };
    let text = json!({
        "address": { "city": "Linz", "country": "at" },
        "sameAddress": { "city": "Linz", "country": "at" },
        "self": {},
    });
    assert_eq!(serde_json::to_value(&order).expect("it is JSON"), text);
}

#[test]
fn what_looks_like_an_identifier_in_data_is_a_property() {
    let order: Order = same(
        json!({ "odd": { "$id": "a", "$anchor": "b" }, "customer": { "name": "c" }, "shop": { "name": "d" } }),
    );
    let odd = order.odd.expect("it is there");
    assert_eq!(
        (odd.id.as_deref(), odd.anchor.as_deref()),
        (Some("a"), Some("b"))
    );
}

#[test]
fn templates_hold_what_is_filled_in() {
    let page: ListPlanetsResponseBody =
        same(json!({ "data": [{ "name": "Mars" }], "meta": { "total": 1 } }));
    assert_eq!(
        page.data,
        [Planet {
            name: "Mars".to_owned()
        }]
    );
    let page: StringPage = same(json!({ "data": ["a"], "meta": {} }));
    assert_eq!(page.data, ["a"]);
    let numbers: NumberList = vec![1.5];
    assert_eq!(json!(numbers), json!([1.5]));
    assert!(from_value::<StringPage>(json!({ "data": [1], "meta": {} })).is_err());
}

#[test]
fn the_outermost_schema_fills_in_all_levels() {
    let tree = json!({ "date": "2024-01-01", "children": [{ "date": "2024-01-02", "data": "x", "children": [] }] });
    let read: DatedTree = same(tree);
    let inner = read
        .children
        .and_then(|children| children.into_iter().next());
    assert_eq!(inner.and_then(|inner| inner.data).as_deref(), Some("x"));
    let undated: Value = json!({ "date": "2024-01-01", "children": [{ "data": "x" }] });
    assert!(
        from_value::<DatedTree>(undated).is_err(),
        "every level is dated"
    );
}
