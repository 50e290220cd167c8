//! A server of Bare.
//!
//! Each operation is answered with 501 until it is written.

use std::net::IpAddr;

use chrono::{DateTime, FixedOffset, NaiveDateTime};

use conformance::cases::bare::types;
use conformance::cases::bare::operations::{
    DeleteThingsByIdResponse, FormatsResponse, GetResponse, GetResponse2,
    GetThingsByIdResponse, OddResponse, SetApiResponse,
};
use conformance::cases::bare::runtime::encoded::Base64;
use conformance::cases::bare::runtime::secret::Secret;
use conformance::cases::bare::server::{Api, Problem};

/// The service, and who lets its callers in.
#[derive(Debug, Clone, Copy, Default)]
pub struct Service;

/// Serves all operations of the document.
pub fn router() -> axum::Router {
    conformance::cases::bare::server::router(Service)
}

#[allow(unused_variables)]
impl Api for Service {
    type Error = Problem;

    /// `GET /`
    async fn get(&self) -> Result<GetResponse, Self::Error> {
        Err(Problem::not_implemented())
    }

    /// `GET /things/{id}`
    async fn get_things_by_id(
        &self,
        id: i64,
    ) -> Result<GetThingsByIdResponse, Self::Error> {
        Err(Problem::not_implemented())
    }

    /// `DELETE /things/{id}`
    async fn delete_things_by_id(
        &self,
        id: i64,
    ) -> Result<DeleteThingsByIdResponse, Self::Error> {
        Err(Problem::not_implemented())
    }

    /// `GET /:literal/*/{id}`
    async fn odd(&self, id: String) -> Result<OddResponse, Self::Error> {
        Err(Problem::not_implemented())
    }

    /// `GET /formats/{stamp}/{local}/{address}/{bytes}/{secret}`
    async fn formats(
        &self,
        stamp: DateTime<FixedOffset>,
        local: NaiveDateTime,
        address: IpAddr,
        bytes: Base64,
        secret: Secret,
    ) -> Result<FormatsResponse, Self::Error> {
        Err(Problem::not_implemented())
    }

    /// `PUT /api`
    async fn set_api(&self, body: types::Api) -> Result<SetApiResponse, Self::Error> {
        Err(Problem::not_implemented())
    }

    /// `POST /get`
    async fn get_2(
        &self,
        body: Option<Vec<String>>,
    ) -> Result<GetResponse2, Self::Error> {
        Err(Problem::not_implemented())
    }
}
