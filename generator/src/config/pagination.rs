//! Which operations give pages: `pagination`.

use toml::de::{DeTable, DeValue};

use super::Located;
use super::reader::Reader;

/// An operation that gives pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pagination {
    /// Its `operationId`.
    pub operation: Located,
    /// The property that holds the items; the whole body, if there is none.
    pub items: Option<Located>,
    /// How the page after one is asked for.
    pub turning: Turning,
}

/// How the page after one is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turning {
    /// With a value of the page, at this path of properties with dots between them.
    Cursor {
        /// The query parameter.
        parameter: Located,
        /// Where the value is in a page.
        next: Located,
    },
    /// With the number of the page, in this query parameter.
    Page(Located),
    /// With the number of the items before it, in this query parameter.
    Offset(Located),
    /// With the URL that the header `Link` calls `next`.
    Link,
}

const KEYS: &[&str] = &["items", "cursor", "next", "page", "offset", "link"];

impl Reader {
    /// The key `pagination` of a crate, in the order of the text.
    pub(super) fn pagination(&mut self, table: &DeTable<'_>) -> Vec<Pagination> {
        let mut all = Vec::new();
        for (operation, value) in self.entries(table, "pagination") {
            let DeValue::Table(entry) = value.get_ref() else {
                self.wrong_type(value.span(), "pagination", "a table", value.get_ref());
                continue;
            };
            self.check_keys(entry, KEYS, "of an operation that gives pages");
            let items = self.text(entry, "items");
            let turning = [
                self.cursor(entry),
                self.text(entry, "page").map(Turning::Page),
                self.text(entry, "offset").map(Turning::Offset),
                self.flag(entry, "link").then_some(Turning::Link),
            ];
            let mut turning = turning.into_iter().flatten();
            match (turning.next(), turning.next()) {
                (Some(turning), None) => all.push(Pagination {
                    operation,
                    items,
                    turning,
                }),
                _ => {
                    let help =
                        "write one of `cursor` with `next`, `page`, `offset`, and `link = true`";
                    self.add(value.span(), "a page is turned in one way", help);
                }
            }
        }
        all
    }

    fn cursor(&mut self, entry: &DeTable<'_>) -> Option<Turning> {
        let (parameter, next) = (self.text(entry, "cursor")?, self.text(entry, "next")?);
        Some(Turning::Cursor { parameter, next })
    }
}
