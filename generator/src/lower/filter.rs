//! Which operations the user wants (T18, T19).

use std::collections::BTreeSet;

use crate::api::{Body, Codec};
use crate::config::{By, Config, Selector};
use crate::diagnostic::{Code, Diagnostic};
use crate::near::nearest;
use crate::spec::Operation;

use super::Lowering;
use super::hook::Call;

impl<'a> Lowering<'_, 'a> {
    /// Takes away the operations that the configuration leaves out, and the path items that are then
    /// empty. An entry that chooses nothing is an error, as the user relies on it.
    pub(super) fn filter(&mut self, calls: &mut Vec<Call<'a>>, config: &Config) {
        let filter = &config.filter;
        let chosen = config.request_parts.iter().chain(&config.multipart_stream);
        if filter.is_empty() && chosen.clone().next().is_none() {
            return;
        }
        let entries = filter.include.iter().chain(&filter.exclude).chain(chosen);
        let idle: Vec<&Selector> = entries.filter(|it| !chooses(it, calls)).collect();
        for selector in &idle {
            self.report_idle(selector, calls);
        }
        let had_operations = calls.iter().any(|it| !it.item.operations.is_empty());
        for item in calls.iter_mut().map(|call| &mut call.item) {
            let path = item.path;
            item.operations.retain(|operation| {
                let included =
                    filter.include.is_empty() || is_chosen(&filter.include, path, operation);
                let excluded = is_chosen(&filter.exclude, path, operation)
                    || filter.exclude_internal && operation.is_internal;
                included && !excluded
            });
        }
        calls.retain(|it| !it.item.operations.is_empty());
        if had_operations && calls.is_empty() && idle.is_empty() {
            let last = filter.exclude.last().or(filter.include.last());
            let span = last.and_then(|selector| selector.written.span);
            let message = "the filters leave no operation";
            self.report(Diagnostic::error(Code::ConfigUnused, span, message));
        }
    }

    /// Whether a server is to read the form of an operation part by part (Q6). To name one by its id that has
    /// no such form is a mistake.
    pub(super) fn is_part_stream(
        &mut self,
        config: &Config,
        path: &str,
        operation: &Operation<'_>,
        body: Option<&Body>,
    ) -> bool {
        if !is_chosen(&config.multipart_stream, path, operation) {
            return false;
        }
        let contents = body.map_or(&[][..], |body| &body.contents);
        let is_form = contents.len() == 1
            && matches!(contents.first(), Some(it) if matches!(it.codec, Codec::Multipart(..)));
        let named = config.multipart_stream.iter();
        let named =
            named.filter(|it| it.by == By::Id && operation.id.is_some_and(|id| it.matches(id)));
        for selector in named.filter(|_| !is_form) {
            let message = format!("`{}` has no form to read part by part", selector.pattern);
            let help = "it has to be the only kind of body, and of several parts";
            let finding = Diagnostic::error(Code::ConfigUnused, selector.written.span, message);
            self.report(finding.help(help));
        }
        is_form
    }

    fn report_idle(&mut self, selector: &Selector, calls: &[Call<'a>]) {
        let by = selector.by.as_str();
        let what = match selector.by {
            By::Tag => "tag",
            By::Id => "operationId",
            By::Path => "path",
        };
        let message = format!("no operation has the {what} `{}`", selector.pattern);
        let mut finding = Diagnostic::error(Code::ConfigUnused, selector.written.span, message);
        let known: BTreeSet<&str> = operations(calls)
            .flat_map(|(path, operation)| texts(selector.by, path, operation))
            .collect();
        if let Some(near) = nearest(&selector.pattern, known) {
            finding = finding.help(format!("did you mean `{by}:{near}`?"));
        }
        self.report(finding);
    }
}

/// Whether one of the selectors chooses an operation.
pub(super) fn is_chosen(selectors: &[Selector], path: &str, operation: &Operation<'_>) -> bool {
    selectors
        .iter()
        .any(|it| texts(it.by, path, operation).any(|text| it.matches(text)))
}

fn chooses(selector: &Selector, calls: &[Call<'_>]) -> bool {
    operations(calls)
        .flat_map(|(path, operation)| texts(selector.by, path, operation))
        .any(|text| selector.matches(text))
}

fn operations<'i, 'a>(calls: &'i [Call<'a>]) -> impl Iterator<Item = (&'a str, &'i Operation<'a>)> {
    calls
        .iter()
        .flat_map(|call| call.item.operations.iter().map(|it| (call.item.path, it)))
}

/// What a selector looks at.
fn texts<'a>(by: By, path: &'a str, operation: &Operation<'a>) -> impl Iterator<Item = &'a str> {
    let tags = match by {
        By::Tag => operation.tags.clone(),
        By::Id | By::Path => Vec::new(),
    };
    let single = match by {
        By::Tag => None,
        By::Id => operation.id,
        By::Path => Some(path),
    };
    tags.into_iter().chain(single)
}
