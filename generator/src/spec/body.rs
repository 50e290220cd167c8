//! Request bodies and responses.

use super::model::{Encoding, MediaType, Parameter, Place, RefOr, RequestBody, Response};
use super::reader::{Object, Reader};
use crate::diagnostic::{Code, Diagnostic};
use crate::grammar::Kind;
use crate::source::Span;

impl<'a> Reader<'_, 'a> {
    /// The request body at a place, or the reference that stands there.
    pub(crate) fn request_body_or_ref(
        &mut self,
        place: Place<'a>,
    ) -> Option<RefOr<'a, RequestBody<'a>>> {
        let object = self.object(place, Kind::RequestBody)?;
        if let Some(reference) = self.reference(&object) {
            return Some(RefOr::Ref(reference));
        }
        Some(RefOr::Item(RequestBody {
            description: self.text(&object, "description"),
            required: self.flag(&object, "required").unwrap_or(false),
            content: self.content(&object),
            place: object.place,
        }))
    }

    /// The responses of an operation, by status.
    pub(super) fn responses(
        &mut self,
        object: &Object<'a>,
    ) -> Vec<(&'a str, Span, RefOr<'a, Response<'a>>)> {
        let mut responses = Vec::new();
        for (entry, place) in self.map(object, "responses") {
            if entry.key.starts_with("x-") {
                continue;
            }
            if let Some(response) = self.response_or_ref(place) {
                responses.push((entry.key.as_ref(), entry.key_span, response));
            }
        }
        responses
    }

    /// The response at a place, or the reference that stands there.
    pub(crate) fn response_or_ref(&mut self, place: Place<'a>) -> Option<RefOr<'a, Response<'a>>> {
        let object = self.object(place, Kind::Response)?;
        if let Some(reference) = self.reference(&object) {
            return Some(RefOr::Ref(reference));
        }
        Some(RefOr::Item(Response {
            description: self.text(&object, "description"),
            content: self.content(&object),
            links: self.links(&object),
            headers: self.headers(&object),
            place: object.place,
        }))
    }

    /// The headers of a response, by name.
    fn headers(&mut self, response: &Object<'a>) -> Vec<(&'a str, Span, RefOr<'a, Parameter<'a>>)> {
        let mut headers = Vec::new();
        for (entry, place) in self.map(response, "headers") {
            if entry.key == "$ref" {
                let message = "OpenAPI has no `$ref` in place of all headers";
                self.diagnostics.push(
                    Diagnostic::warning(Code::RefPosition, entry.key_span, message)
                        .label("these headers are left out")
                        .help("write the names of the headers, each with a `$ref`"),
                );
            } else if let Some(header) = self.header_or_ref(&entry.key, place) {
                headers.push((&*entry.key, entry.key_span, header));
            }
        }
        headers
    }

    /// The media types of a body, or of a parameter.
    pub(super) fn content(&mut self, object: &Object<'a>) -> Vec<MediaType<'a>> {
        let mut content = Vec::new();
        for (entry, place) in self.map(object, "content") {
            content.extend(self.media_type(&entry.key, place));
        }
        content
    }

    /// The media type at a place, under the key that names it.
    pub(crate) fn media_type(&mut self, key: &'a str, place: Place<'a>) -> Option<MediaType<'a>> {
        let object = self.object(place, Kind::MediaType)?;
        let schema = object.child("schema").map(|place| self.schema(place));
        Some(MediaType {
            key,
            schema,
            encoding: self.encoding(&object),
            item_schema: object.child("itemSchema").map(|place| self.schema(place)),
            reference: self.reference(&object),
            place: object.place,
        })
    }

    fn encoding(&mut self, object: &Object<'a>) -> Vec<(&'a str, Encoding<'a>)> {
        let mut encoding = Vec::new();
        for (entry, place) in self.map(object, "encoding") {
            let Some(object) = self.object(place, Kind::Encoding) else {
                continue;
            };
            let read = Encoding {
                content_type: self.text(&object, "contentType"),
                style: self.style(&object),
                explode: self.flag(&object, "explode"),
                allow_reserved: self.flag(&object, "allowReserved").unwrap_or(false),
                has_headers: object.has("headers"),
                place: object.place,
            };
            encoding.push((&*entry.key, read));
        }
        encoding
    }
}
