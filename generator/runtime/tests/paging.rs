//! How the header `Link` is read.

#![cfg(feature = "client")]

use http::{HeaderMap, HeaderValue};
use oarlock_runtime::paging::next_link;

/// What the header calls the next page.
fn found(values: &[&'static str]) -> Option<String> {
    let values = values.iter().map(|value| HeaderValue::from_static(value));
    next_link(
        &values
            .map(|value| (http::header::LINK, value))
            .collect::<HeaderMap>(),
    )
}

#[test]
fn the_next_page_is_found_among_links() {
    for (value, next) in [
        ("</a?p=2>; rel=\"next\"", "/a?p=2"),
        ("<a>; rel=last, <b,c>;title=\"x, <y>\";REL=NEXT", "b,c"),
        ("<a>; title=\"\\\"; rel=next\", <b>; rel=\"up next\"", "b"),
    ] {
        assert_eq!(found(&[value]).as_deref(), Some(next), "{value}");
    }
    let several = ["<a>; rel=prev", "<b>; rel=next", "<c>; rel=next"];
    assert_eq!(found(&several).as_deref(), Some("b"));
}

#[test]
fn what_is_called_otherwise_is_not_the_next_page() {
    for value in [
        "",
        "<",
        "<a",
        "<a>",
        "<a>; rel",
        "<a>; rel=nextish",
        "rel=next",
        "<a>; rev=next",
        "<a>; title=\"rel=next; rel=next\"",
    ] {
        assert_eq!(found(&[value]), None, "{value}");
    }
}
