//! What a span says of a request, and what it does not.

#![cfg(all(feature = "tracing", feature = "server"))]

mod common;

use std::fmt::{Debug, Write};
use std::sync::{Arc, Mutex};

use common::{KEY, ROTATE, builder};
use oarlock_runtime::client::{Recorder, TransportError, TransportErrorKind};
use oarlock_runtime::param::Style;
use oarlock_runtime::traced::Traced;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Writes down all that it is told.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

impl Visit for &Log {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let mut log = self.0.lock().expect("the log");
        writeln!(log, "{field} = {value:?}").expect("it is written");
    }
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut &*self);
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut &*self);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut &*self);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn a_span_names_the_operation_and_its_end_and_no_value() {
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(log.clone());
    let failure = TransportError::new(TransportErrorKind::Connect).with_source("SECRET");
    let recorder = Recorder::new().json(200, "{}").error(failure);
    let client = builder("https://example.com")
        .transport(recorder)
        .layer(Traced::new);
    let client = client.build().expect("a client");
    for _ in 0..2 {
        let mut call = client.call(&ROTATE);
        call.path("id", Style::SIMPLE, "SECRET");
        call.query("token", Style::FORM, "SECRET");
        let _ = call.send().await;
    }
    let log = log.0.lock().expect("the log").clone();
    let head = "otel.kind = \"client\"\noperation = \"rotate\"\nhttp.request.method = \"POST\"\n\
                url.template = \"/v1/hooks/{id}/rotate\"\n";
    let spans = format!("{head}http.response.status_code = 200\n{head}error.type = Connect\n");
    assert_eq!(log, spans);
    assert!(!log.contains(KEY) && !log.contains("SECRET"));
}
