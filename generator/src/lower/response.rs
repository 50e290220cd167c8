//! Responses (group R).

use crate::api::{Codec, Content, Docs, Origin, Response, Status};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::spec;

use super::Lowering;
use super::operation::LeftOut;

impl<'a> Lowering<'_, 'a> {
    /// The declared outcomes of an operation.
    pub(super) fn responses(
        &mut self,
        operation: &spec::Operation<'a>,
        index: usize,
    ) -> Result<Vec<Response>, LeftOut> {
        let mut responses = Vec::new();
        let mut is_whole = true;
        for (key, span, response) in &operation.responses {
            let Some(status) = self.status(key, *span) else {
                continue;
            };
            let Some(response) = self.response(response) else {
                is_whole = false;
                continue;
            };
            match status {
                Status::Code(100 | 102..=199) => {
                    let what = "a response that only comes before another".to_owned();
                    self.unsupported_often(*span, what, "left out");
                    continue;
                }
                Status::Code(101) => {
                    let what = "switching to another protocol".to_owned();
                    self.unsupported_often(*span, what, "the connection is not handed over");
                }
                _ => {}
            }
            responses.push(self.lower_response(operation, &response, status, index, *span));
        }
        // A reference that leads nowhere is told already, and without it the operation is another.
        if !is_whole {
            return Err(LeftOut);
        }
        if !responses.iter().any(is_success) {
            responses.push(self.undeclared_success(operation));
        }
        Ok(responses)
    }

    /// The status that a key stands for (R17).
    fn status(&mut self, key: &str, span: Span) -> Option<Status> {
        let key = key.trim();
        if key == "default" {
            return Some(Status::Default);
        }
        if let Ok(code @ 100..=599) = key.parse::<u16>() {
            return Some(Status::Code(code));
        }
        let lower = key.to_ascii_lowercase();
        match lower
            .strip_suffix("xx")
            .and_then(|digit| digit.parse::<u16>().ok())
        {
            Some(digit @ 1..=5) => Some(Status::Range(digit)),
            _ => {
                self.report(
                    Diagnostic::warning(Code::UnknownKey, span, "this is not a status")
                        .label("this response is ignored")
                        .help("write a status such as 404, a range such as 4XX, or default"),
                );
                None
            }
        }
    }

    fn lower_response(
        &mut self,
        operation: &spec::Operation<'a>,
        response: &spec::Response<'a>,
        status: Status,
        index: usize,
        span: Span,
    ) -> Response {
        // A 204 has no body whatever is declared for it (R2).
        let has_no_body = matches!(status, Status::Code(100..=199 | 204 | 205 | 304))
            || operation.method == "HEAD";
        let contents = if has_no_body {
            Vec::new()
        } else {
            let word = body_word(operation, status);
            self.contents(&response.content, index, &word)
        };
        Response {
            status,
            docs: Docs {
                description: response.description.map(str::to_owned),
                ..Docs::default()
            },
            contents,
            headers: self.headers(response, status, index),
            links: self.links(response),
            origin: Origin {
                pointer: response.place.pointer.to_string(),
                span,
            },
        }
    }

    /// The success of an operation that declares none: any status of the kind, and whatever bytes come
    /// with it (R7).
    fn undeclared_success(&mut self, operation: &spec::Operation<'a>) -> Response {
        let span = operation.place.span;
        self.unsupported_often(
            span,
            "an operation without a success response".to_owned(),
            "any status 2XX is a success, with a body of bytes",
        );
        Response {
            status: Status::Range(2),
            docs: Docs {
                description: Some("A success that the document does not describe.".to_owned()),
                ..Docs::default()
            },
            contents: vec![Content {
                media_type: "*/*".to_owned(),
                codec: Codec::Bytes,
            }],
            headers: None,
            links: Vec::new(),
            origin: Origin {
                pointer: operation.place.pointer.to_string(),
                span,
            },
        }
    }
}

/// A default may be a success where no other is declared (R6).
fn is_success(response: &Response) -> bool {
    matches!(
        response.status,
        Status::Code(200..=399) | Status::Range(2 | 3) | Status::Default
    )
}

/// What an inline body is called after its operation (NM6).
fn body_word(operation: &spec::Operation<'_>, status: Status) -> String {
    let successes = operation
        .responses
        .iter()
        .filter(|(key, ..)| key.starts_with('2'))
        .count();
    match status {
        Status::Code(200..=299) if successes <= 1 => "response body".to_owned(),
        Status::Code(code) => format!("{code} body"),
        Status::Range(digit) => format!("{digit}xx body"),
        Status::Default => "default body".to_owned(),
    }
}
