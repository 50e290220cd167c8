//! A server of Media types to choose from.
//!
//! Each operation is answered with 501 until it is written.

use conformance::cases::media_choices::operations::{
    AddPartBody, AddPartResponse, AddStatsResponse, GetStatsResponse, PatchStatsResponse,
    SetStatsBody, SetStatsResponse,
};
use conformance::cases::media_choices::server::{Api, Problem};
use conformance::cases::media_choices::types::{Patch, Stats};

/// The service, and who lets its callers in.
#[derive(Debug, Clone, Copy, Default)]
pub struct Service;

/// Serves all operations of the document.
pub fn router() -> axum::Router {
    conformance::cases::media_choices::server::router(Service)
}

#[allow(unused_variables)]
impl Api for Service {
    type Error = Problem;

    /// `GET /stats`
    async fn get_stats(
        &self,
        accept: &'static str,
    ) -> Result<GetStatsResponse, Self::Error> {
        Err(Problem::not_implemented())
    }

    /// `PUT /stats`
    async fn set_stats(
        &self,
        body: SetStatsBody,
    ) -> Result<SetStatsResponse, Self::Error> {
        Err(Problem::not_implemented())
    }

    /// `PATCH /stats`
    async fn patch_stats(
        &self,
        content_type: &'static str,
        body: Option<Patch>,
    ) -> Result<PatchStatsResponse, Self::Error> {
        Err(Problem::not_implemented())
    }

    /// `POST /stats`
    async fn add_stats(
        &self,
        accept: &'static str,
        body: Option<Stats>,
    ) -> Result<AddStatsResponse, Self::Error> {
        Err(Problem::not_implemented())
    }

    /// `POST /parts`
    async fn add_part(&self, body: AddPartBody) -> Result<AddPartResponse, Self::Error> {
        Err(Problem::not_implemented())
    }
}
