//! Operations and request bodies (groups Q, T).

use std::collections::HashMap;

use crate::api::{Api, Body, Carrier, Docs, Field, Operation, Origin};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::spec;

use super::Lowering;
use super::filter::is_chosen;
use super::hook::Call;
use super::path::{Piece, template};

/// Something in an operation has no fallback, so the operation is left out; the finding is made.
pub(super) struct LeftOut;

impl<'a> Lowering<'_, 'a> {
    /// Lowers every operation that can be generated.
    pub(super) fn operations(&mut self, api: &mut Api, config: &Config) {
        let calls = self.calls(config);
        let paths = calls.iter().filter(|call| call.hook.is_none());
        let ambiguous = self.ambiguous_paths(paths.map(|call| &call.item));
        let schemes = self.schemes(api);
        let declared = calls.iter().map(|it| it.item.operations.len());
        api.declared_operations = declared.sum();
        let mut ids = self.operation_ids(&calls).into_iter();
        for call in &calls {
            let item = &call.item;
            let ids: Vec<Option<&str>> = ids.by_ref().take(item.operations.len()).collect();
            let pieces = match &call.hook {
                Some(_) => Some(Vec::new()),
                None => self.pieces(item.path, item.path_span),
            };
            let Some(pieces) = pieces else { continue };
            for (operation, id) in item.operations.iter().zip(ids) {
                let index = api.operations.len();
                let lowered = self.operation(call, operation, &pieces, index, id, &schemes);
                // What is left out is looked at all the same, for what there is to say about it.
                let place = (item.path_span, operation.method.clone());
                let is_second = ambiguous.left_out.contains(&place);
                let lowered = lowered.ok().filter(|_| !is_second && !operation.is_broken);
                if let Some((mut lowered, options)) = lowered {
                    lowered.options = self.options(&lowered, index, options);
                    lowered.client_only = ambiguous.client_only.contains(&place);
                    let name = lowered.name();
                    lowered.parts = is_chosen(&config.request_parts, item.path, operation);
                    lowered.part_stream =
                        self.is_part_stream(config, item.path, operation, lowered.body.as_ref());
                    lowered.server = self.operation_server(api, call, operation, &name);
                    api.operations.push(lowered);
                }
            }
        }
    }

    /// The ids of all operations, in order: a second one of the same id is named after its method
    /// and path (NM13).
    fn operation_ids(&mut self, calls: &[Call<'a>]) -> Vec<Option<&'a str>> {
        let mut first: HashMap<&str, Option<Span>> = HashMap::new();
        let mut ids = Vec::new();
        for operation in calls.iter().flat_map(|it| &it.item.operations) {
            let Some(id) = operation.id else {
                ids.push(None);
                continue;
            };
            if let Some(span) = first.get(id).copied() {
                let mut finding = Diagnostic::warning(
                    Code::DuplicateOperationId,
                    operation.id_span,
                    format!("another operation has the id `{id}` already"),
                )
                .label("this operation is named after its method and path")
                .help("an `operationId` must be unique in the document");
                if let Some(span) = span {
                    finding = finding.related(span, "the other one is here");
                }
                self.report(finding);
                ids.push(None);
            } else {
                first.insert(id, operation.id_span);
                ids.push(Some(id));
            }
        }
        ids
    }

    fn operation(
        &mut self,
        call: &Call<'a>,
        operation: &spec::Operation<'a>,
        pieces: &[Piece],
        index: usize,
        id: Option<&str>,
        schemes: &HashMap<&str, usize>,
    ) -> Result<(Operation, Vec<(Field, Carrier)>), LeftOut> {
        let item = &call.item;
        // A CONNECT is for a proxy, and has no path.
        let method = operation.method.as_str();
        if method == "CONNECT" || http::Method::from_bytes(method.as_bytes()).is_err() {
            return Err(self.leave_out(operation, operation.place.span, "this method"));
        }
        let (declared, mut is_whole) = self.declared_parameters(item, operation);
        let parameters = self.path_parameters(item, pieces, &declared, index);
        let options = self.other_parameters(&declared, index);
        let body = match &operation.request_body {
            Some(reference) => {
                let body = self.request_body(reference);
                is_whole &= body.is_some();
                body.and_then(|body| self.body(operation, &body, index))
            }
            None => None,
        };
        let responses = self.responses(operation, index);
        let security = self.security(operation, call.hook.is_some(), schemes)?;
        let responses = responses?;
        if !is_whole {
            return Err(LeftOut);
        }
        let chosen = self.chosen(operation.place.node, operation.hint.as_deref());
        let operation = Operation {
            id: id.map(str::to_owned),
            chosen,
            method: operation.method.clone(),
            path: template(pieces),
            hook: call.hook.clone(),
            client_only: false,
            parts: false,
            part_stream: false,
            tag: self.filing_tag(&operation.tags),
            server: None,
            docs: Docs {
                summary: operation.summary.map(str::to_owned),
                description: operation.description.map(str::to_owned),
                see: operation.external_docs.as_ref().map(super::link),
                deprecated: operation.deprecated,
                ..Docs::default()
            },
            origin: Origin {
                pointer: operation.place.pointer.to_string(),
                span: operation.id_span.unwrap_or(operation.place.span),
            },
            parameters,
            options: None,
            body,
            responses,
            security,
        };
        Ok((operation, options))
    }

    /// Says that an operation is left out, and why.
    pub(super) fn leave_out(
        &mut self,
        operation: &spec::Operation<'a>,
        span: Span,
        what: &str,
    ) -> LeftOut {
        let name = operation.id.map_or_else(
            || format!("this {} operation", operation.method),
            |id| format!("the operation `{id}`"),
        );
        self.report(
            Diagnostic::warning(
                Code::Unsupported,
                span,
                format!("{what} is not supported yet"),
            )
            .label(format!("{name} is left out")),
        );
        LeftOut
    }

    fn body(
        &mut self,
        operation: &spec::Operation<'a>,
        body: &spec::RequestBody<'a>,
        index: usize,
    ) -> Option<Body> {
        let contents = self.contents(&body.content, index, "body");
        (!contents.is_empty()).then(|| Body {
            name: operation.body_name.map(str::to_owned),
            contents,
            required: body.required,
            docs: Docs {
                description: body.description.map(str::to_owned),
                ..Docs::default()
            },
        })
    }
}
