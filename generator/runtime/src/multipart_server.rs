//! Forms of several parts that a server receives and sends.

use axum::body::Body;
use axum::response::Response;
use http::header::CONTENT_TYPE;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::json::JsonError;
use super::multipart::{Form, FormReader, FormWriter, PartTypes};
use super::param::ParamError;
use super::server::{self, Incoming, Problem};

impl Incoming {
    /// Reads the body as a value of which each field is a part.
    ///
    /// # Errors
    ///
    /// 413 if it is larger than [`Settings`](server::Settings) say, and 400 if it is missing or does not fit.
    pub async fn multipart<T: DeserializeOwned>(
        &self,
        types: PartTypes,
        body: Body,
    ) -> Result<T, Problem> {
        self.parts(types, body, FormReader::fields).await
    }

    /// Reads the body as a form with files.
    ///
    /// # Errors
    ///
    /// 413 if it is larger than [`Settings`](server::Settings) say, and 400 if it is missing or does not fit.
    pub async fn upload<F: Form>(&self, types: PartTypes, body: Body) -> Result<F, Problem> {
        self.parts(types, body, F::read).await
    }

    async fn parts<T>(
        &self,
        types: PartTypes,
        body: Body,
        read: impl FnOnce(&mut FormReader) -> Result<T, JsonError>,
    ) -> Result<T, Problem> {
        self.needs_body()?;
        let (most, most_of_part) = self.form_limits();
        let body = self.read_up_to(most, body).await?;
        let content_type = self.headers().get(CONTENT_TYPE);
        let content_type = content_type.and_then(|value| value.to_str().ok());
        let form = FormReader::new(types, content_type, &body);
        let mut form = form.map_err(|error| server::invalid(&error))?;
        if form.largest() > most_of_part as u64 {
            return Err(Problem::payload_too_large());
        }
        read(&mut form).map_err(|error| server::invalid(&error))
    }
}

/// A response with a value of which each field is a part.
///
/// # Errors
///
/// 500 if it cannot be written, or if there is no such status.
pub fn multipart(
    status: u16,
    media_type: &'static str,
    types: PartTypes,
    body: &impl Serialize,
) -> Result<Response, Problem> {
    answer(status, FormWriter::fields(media_type, types, body))
}

/// A response with a form with files.
///
/// # Errors
///
/// 500 if it cannot be written, or if there is no such status.
pub fn upload(
    status: u16,
    media_type: &'static str,
    types: PartTypes,
    form: impl Form,
) -> Result<Response, Problem> {
    answer(status, FormWriter::form(media_type, types, form))
}

fn answer(status: u16, form: Result<super::body::Body, ParamError>) -> Result<Response, Problem> {
    let form = form.map_err(|_| Problem::internal())?;
    server::bytes(status, &["multipart/*"], form)
}
