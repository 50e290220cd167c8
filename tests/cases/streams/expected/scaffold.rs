//! A server of Streams.
//!
//! Each operation is answered with 501 until it is written.

use conformance::cases::streams::operations::{
    AssistResponse, ChatResponse, ListenResponse, ReadLogResponse, ReadSequenceResponse,
    TicksResponse, WatchResponse, WriteLogResponse,
};
use conformance::cases::streams::runtime::items::JsonStream;
use conformance::cases::streams::server::{Api, Problem};
use conformance::cases::streams::types::{ListenParams, Question, Tick};

/// The service, and who lets its callers in.
#[derive(Debug, Clone, Copy, Default)]
pub struct Service;

/// Serves all operations of the document.
pub fn router() -> axum::Router {
    conformance::cases::streams::server::router(Service)
}

#[allow(unused_variables)]
impl Api for Service {
    type Error = Problem;

    /// `GET /events`
    async fn watch(
        &self,
        last_event_id: Option<String>,
    ) -> Result<WatchResponse, Self::Error> {
        Err(Problem::not_implemented())
    }

    /// `GET /ticks`
    async fn ticks(
        &self,
        last_event_id: Option<String>,
    ) -> Result<TicksResponse, Self::Error> {
        Err(Problem::not_implemented())
    }

    /// `GET /lines`
    async fn listen(
        &self,
        params: ListenParams,
        last_event_id: Option<String>,
    ) -> Result<ListenResponse, Self::Error> {
        Err(Problem::not_implemented())
    }

    /// `GET /assistants`
    async fn assist(
        &self,
        last_event_id: Option<String>,
    ) -> Result<AssistResponse, Self::Error> {
        Err(Problem::not_implemented())
    }

    /// `GET /log`
    async fn read_log(&self) -> Result<ReadLogResponse, Self::Error> {
        Err(Problem::not_implemented())
    }

    /// `POST /log`
    async fn write_log(
        &self,
        body: JsonStream<Tick>,
    ) -> Result<WriteLogResponse, Self::Error> {
        Err(Problem::not_implemented())
    }

    /// `GET /sequence`
    async fn read_sequence(&self) -> Result<ReadSequenceResponse, Self::Error> {
        Err(Problem::not_implemented())
    }

    /// `POST /chat`
    async fn chat(
        &self,
        accept: &'static str,
        last_event_id: Option<String>,
        body: Question,
    ) -> Result<ChatResponse, Self::Error> {
        Err(Problem::not_implemented())
    }
}
