//! Forms of several parts that a client sends and receives.

use http::header::CONTENT_TYPE;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::body::Body;
use super::client::{Call, Error, Reply, Response};
use super::json::JsonError;
use super::multipart::{Form, FormReader, FormWriter, PartTypes};
use super::param::ParamError;

impl Call<'_> {
    /// Sends a value of which each field is a part.
    pub fn multipart(&mut self, media_type: &'static str, types: PartTypes, body: &impl Serialize) {
        self.parts(FormWriter::fields(media_type, types, body));
    }

    /// Sends a form with files, which are read while they are sent.
    pub fn upload(&mut self, media_type: &'static str, types: PartTypes, form: impl Form) {
        self.parts(FormWriter::form(media_type, types, form));
    }

    fn parts(&mut self, form: Result<Body, ParamError>) {
        match form {
            Ok(body) => self.bytes(&["multipart/*"], body),
            Err(error) => self.wrong(format!("the form: {error}")),
        }
    }
}

impl Reply {
    /// Reads the body as a value of which each field is a part, as the body of this outcome.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] if it does not fit, [`Error::Transport`] if it cannot be read.
    pub async fn multipart<T, V>(
        self,
        types: PartTypes,
        outcome: impl FnOnce(T) -> V,
    ) -> Result<Response<V>, Error>
    where
        T: DeserializeOwned,
    {
        self.parts(types, FormReader::fields, outcome).await
    }

    /// Reads the body as a form with files, as the body of this outcome.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] if it does not fit, [`Error::Transport`] if it cannot be read.
    pub async fn upload<F: Form, V>(
        self,
        types: PartTypes,
        outcome: impl FnOnce(F) -> V,
    ) -> Result<Response<V>, Error> {
        self.parts(types, F::read, outcome).await
    }

    async fn parts<T, V>(
        self,
        types: PartTypes,
        read: impl FnOnce(&mut FormReader) -> Result<T, JsonError>,
        outcome: impl FnOnce(T) -> V,
    ) -> Result<Response<V>, Error> {
        let content_type = self.headers.get(CONTENT_TYPE).cloned();
        let content_type = content_type.as_ref().and_then(|it| it.to_str().ok());
        let read = |body: &_| read(&mut FormReader::new(types, content_type, body)?);
        self.decode(read, outcome).await
    }
}
