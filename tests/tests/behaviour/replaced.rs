//! `cases/replaced`: types of the user's in the place of generated ones, and what is added to these.

use conformance::cases::replaced::types::{Home, Money, Tagged, Wallet};
use conformance::custom::{self, Country, Labels};
use serde_json::json;

use crate::check::{becomes, refused, same};

#[test]
fn the_types_of_the_user_do_the_work() {
    let wallet: Wallet = same(json!({
        "total": "12 EUR", "history": ["1 EUR"], "labels": { "any": "key" }, "maybe": { "a": 1 }, "country": "De",
        "countries": ["Fr"], "limit": "3 EUR",
    }));
    let _: &custom::Money = &wallet.total;
    let _: &Money = &wallet.total;
    let _: &Labels = &wallet.labels;
    assert_eq!(wallet.total.currency, "EUR");
    assert_eq!(wallet.country, Some(Country::De));
    let home: Home = Country::Fr;
    assert_eq!(wallet.countries, Some(vec![home]));
    refused::<Wallet>(json!({ "total": "twelve", "labels": {} }));
    refused::<Wallet>(json!({ "total": "1 EUR", "labels": {}, "country": "Xx" }));
}

#[test]
fn what_is_composed_of_a_replaced_type_keeps_its_properties() {
    let tagged: Tagged = same(json!({ "amount": "1", "currency": { "code": "EUR" }, "tag": "x" }));
    let currency = tagged.currency.expect("it is there");
    assert_eq!(currency.code.as_deref(), Some("EUR"));
}

#[test]
fn derives_and_attributes_are_added() {
    let first: Tagged = becomes(json!({ "label": "a" }), json!({ "tag": "a" }));
    refused::<Tagged>(json!({ "other": 1 }));
    let second: Tagged = same(json!({ "tag": "b" }));
    assert_eq!(first.cmp(&second), std::cmp::Ordering::Less);
    let wallet: Wallet = same(json!({ "total": "1 EUR", "labels": {} }));
    assert!(wallet.partial_cmp(&wallet).is_some());
}
