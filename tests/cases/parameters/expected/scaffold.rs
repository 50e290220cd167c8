//! A server of Parameters.
//!
//! Each operation is answered with 501 until it is written.

use conformance::cases::parameters::operations::{
    ReadHeadsResponse, ReadPathResponse, SearchResponse, SearchRestResponse,
};
use conformance::cases::parameters::server::{Api, Problem};
use conformance::cases::parameters::types::{
    ReadHeadsParams, Rgb, SearchParams, SearchRestParams,
};

/// The service, and who lets its callers in.
#[derive(Debug, Clone, Copy, Default)]
pub struct Service;

/// Serves all operations of the document.
pub fn router() -> axum::Router {
    conformance::cases::parameters::server::router(Service)
}

#[allow(unused_variables)]
impl Api for Service {
    type Error = Problem;

    /// `GET /{simple}/{list}/{label}/{matrix}`
    async fn read_path(
        &self,
        simple: String,
        list: Vec<i64>,
        label: Rgb,
        matrix: Vec<String>,
    ) -> Result<ReadPathResponse, Self::Error> {
        Err(Problem::not_implemented())
    }

    /// `GET /search`
    async fn search(&self, params: SearchParams) -> Result<SearchResponse, Self::Error> {
        Err(Problem::not_implemented())
    }

    /// `GET /rest`
    async fn search_rest(
        &self,
        params: SearchRestParams,
    ) -> Result<SearchRestResponse, Self::Error> {
        Err(Problem::not_implemented())
    }

    /// `GET /heads`
    async fn read_heads(
        &self,
        params: ReadHeadsParams,
    ) -> Result<ReadHeadsResponse, Self::Error> {
        Err(Problem::not_implemented())
    }
}
