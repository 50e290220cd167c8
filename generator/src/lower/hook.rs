//! Requests that go the other way: webhooks and callbacks (U1, U2).

use crate::api::Hook;
use crate::config::Config;
use crate::grammar::Kind;
use crate::spec::{PathItem, Place, Reader};

use super::Lowering;

/// A path item, and what it is for if it does not stand under a path.
pub(super) struct Call<'a> {
    pub(super) item: PathItem<'a>,
    pub(super) hook: Option<Hook>,
}

impl<'a> Lowering<'_, 'a> {
    /// The path items that the user wants: those of paths, then the webhooks, then the callbacks of
    /// both.
    pub(super) fn calls(&mut self, config: &Config) -> Vec<Call<'a>> {
        let document = self.document;
        let paths = self.path_items(&document.paths);
        let webhooks = self.path_items(&document.webhooks);
        let mut calls: Vec<Call<'a>> = Vec::new();
        calls.extend(paths.into_iter().map(|item| Call { item, hook: None }));
        calls.extend(webhooks.into_iter().map(|item| Call {
            hook: Some(Hook::Webhook {
                name: item.path.to_owned(),
            }),
            item,
        }));
        self.filter(&mut calls, config);
        let callers: Vec<(String, Vec<(&'a str, Place<'a>)>)> = calls
            .iter()
            .flat_map(|call| call.item.operations.iter().map(|it| (call.item.path, it)))
            .filter(|(_, operation)| !operation.callbacks.is_empty())
            .map(|(path, operation)| {
                let of = operation
                    .id
                    .map_or_else(|| format!("{} {path}", operation.method), str::to_owned);
                (of, operation.callbacks.clone())
            })
            .collect();
        for (of, callbacks) in callers {
            for (name, place) in callbacks {
                calls.extend(self.callback(&of, name, place));
            }
        }
        calls
    }

    /// The path items of a callback, one for each expression.
    fn callback(&mut self, of: &str, name: &str, place: Place<'a>) -> Vec<Call<'a>> {
        let (found, _) = self.read_at(place, Reader::callback_or_ref);
        let items = found.and_then(|it| self.follow(&it, Kind::PathItem, Reader::callback_or_ref));
        let items = self.path_items(&items.unwrap_or_default());
        for (_, place) in items.iter().flat_map(inner_callbacks) {
            self.unsupported(place.span, "a callback of a callback", "left out");
        }
        let call = |item: PathItem<'a>| Call {
            hook: Some(Hook::Callback {
                name: name.to_owned(),
                of: of.to_owned(),
                url: item.path.to_owned(),
            }),
            item,
        };
        items.into_iter().map(call).collect()
    }
}

fn inner_callbacks<'i, 'a>(
    item: &'i PathItem<'a>,
) -> impl Iterator<Item = &'i (&'a str, Place<'a>)> {
    item.operations.iter().flat_map(|it| &it.callbacks)
}
