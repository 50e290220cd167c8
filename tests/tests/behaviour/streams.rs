//! `cases/streams`: server-sent events, JSON lines and JSON text sequences.

use std::convert::Infallible;
use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use conformance::cases::streams::client::{
    Client, ClientBuilder, Error, InProcess, Recorder, ReqwestTransport, StreamError, Timeouts,
};
use conformance::cases::streams::operations::{
    AssistResponse, ChatOkBody, ChatResponse, ListenResponse, ReadLogResponse,
    ReadSequenceResponse, TicksResponse, WatchResponse, WriteLogResponse,
};
use conformance::cases::streams::runtime::items::{EventShape, JsonFraming};
use conformance::cases::streams::server::{
    Api, Body, EventStream, JsonStream, ServerEvent, router,
};
use conformance::cases::streams::types::{
    Answer, ListenParams, Notice, Problem, Question, Step, StepDone, StepTick, Tick,
};
use futures_core::Stream;
use proptest::prelude::*;

use crate::ready::{Ready, ready};

fn ticks(counts: std::ops::Range<i64>) -> Ready<Tick> {
    ready(counts.map(|count| Tick { count }))
}

async fn next<S: Stream + Unpin>(stream: &mut S) -> Option<S::Item> {
    poll_fn(|cx| Pin::new(&mut *stream).poll_next(cx)).await
}

async fn all<T>(mut stream: impl Stream<Item = Result<T, StreamError>> + Unpin) -> Vec<T> {
    let mut items = Vec::new();
    while let Some(item) = next(&mut stream).await {
        items.push(item.expect("a value"));
    }
    items
}

fn notice(event: Option<&str>, data: &str, id: Option<&str>) -> Notice {
    let text = |it: Option<&str>| it.map(str::to_owned);
    Notice {
        event: text(event),
        data: data.to_owned(),
        id: text(id),
        retry: None,
    }
}

struct Service;

impl Api for Service {
    type Error = Infallible;

    async fn watch(&self, last_event_id: Option<String>) -> Result<WatchResponse, Infallible> {
        let first = last_event_id.map_or(0, |id| id.parse::<i64>().expect("a number") + 1);
        if first > 9 {
            return Ok(WatchResponse::NotFound(Problem {
                message: "over".to_owned(),
            }));
        }
        let notices = (first..3).map(|it: i64| {
            notice(
                Some("tick"),
                &format!("{it}\nand more"),
                Some(&it.to_string()),
            )
        });
        Ok(WatchResponse::Ok(EventStream::new(ready(notices))))
    }

    async fn ticks(&self, _: Option<String>) -> Result<TicksResponse, Infallible> {
        let events = (0..3).map(|count| ServerEvent {
            id: Some(format!("t{count}")),
            retry: Some(Duration::from_millis(1500)),
            ..Tick { count }.into()
        });
        let events = EventStream::new(ready(events.collect::<Vec<_>>()));
        Ok(TicksResponse::Ok(events.ending_with("[DONE]")))
    }

    async fn listen(
        &self,
        _: ListenParams,
        _: Option<String>,
    ) -> Result<ListenResponse, Infallible> {
        let words = ["a", "", " b", "c\nd", "{}", "[DONE]"].map(str::to_owned);
        Ok(ListenResponse::Ok(EventStream::new(ready(words))))
    }

    async fn assist(&self, _: Option<String>) -> Result<AssistResponse, Infallible> {
        let tick = StepTick::new(Tick { count: 1 });
        let steps = [Step::Tick(tick), Step::Done(StepDone::new("[DONE]"))];
        Ok(AssistResponse::Ok(EventStream::new(ready(steps))))
    }

    async fn read_log(&self) -> Result<ReadLogResponse, Infallible> {
        Ok(ReadLogResponse::Ok(JsonStream::new(ticks(0..3))))
    }

    async fn write_log(&self, body: JsonStream<Tick>) -> Result<WriteLogResponse, Infallible> {
        let ticks = all(body).await;
        Ok(WriteLogResponse::Ok(ticks.iter().map(|it| it.count).sum()))
    }

    async fn read_sequence(&self) -> Result<ReadSequenceResponse, Infallible> {
        Ok(ReadSequenceResponse::Ok(JsonStream::new(ticks(0..3))))
    }

    async fn chat(
        &self,
        accept: &'static str,
        _: Option<String>,
        body: Question,
    ) -> Result<ChatResponse, Infallible> {
        if body.text.is_empty() {
            return Ok(ChatResponse::BadRequest(Problem {
                message: "no".to_owned(),
            }));
        }
        Ok(ChatResponse::Ok(if body.stream() {
            assert_eq!(accept, "text/event-stream");
            ChatOkBody::Events(EventStream::new(ticks(0..2)).ending_with("[DONE]"))
        } else {
            assert_eq!(accept, "application/json");
            ChatOkBody::Json(Answer { text: body.text })
        }))
    }
}

fn in_process() -> Client {
    let builder = Client::builder().transport(InProcess::new(router(Service)));
    builder.build().expect("a client")
}

async fn over_a_socket() -> Client {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, router(Service)).await });
    let transport = ReqwestTransport::new(Timeouts::default()).expect("a transport");
    let builder = ClientBuilder::new(format!("http://{address}")).transport(transport);
    builder.build().expect("a client")
}

#[tokio::test]
async fn events_arrive_as_they_were_sent() {
    for client in [in_process(), over_a_socket().await] {
        let mut watched = client.watch().send().await.expect("a stream");
        for count in 0..3_i64 {
            let (data, id) = (format!("{count}\nand more"), count.to_string());
            let got = next(&mut watched)
                .await
                .expect("an event")
                .expect("a notice");
            assert_eq!(got, notice(Some("tick"), &data, Some(&id)));
            assert_eq!(watched.last_event_id(), Some(&*id));
        }
        assert!(next(&mut watched).await.is_none());
        let later = client
            .watch()
            .last_event_id("1")
            .send()
            .await
            .expect("a stream");
        assert_eq!(all(later).await.len(), 1);
        match client.watch().last_event_id("99").send().await {
            Err(Error::Api(error)) => assert_eq!(error.body.message, "over"),
            other => panic!("{other:?}"),
        }
        let odd = client.watch().last_event_id("1\n2").send().await;
        assert!(matches!(odd, Err(Error::InvalidRequest(_))));

        let mut ticks = client.ticks().send().await.expect("a stream");
        let first = next(&mut ticks).await.expect("an event").expect("a tick");
        assert_eq!((first.count, ticks.last_event_id()), (0, Some("t0")));
        assert_eq!(ticks.retry(), Some(Duration::from_millis(1500)));
        let rest: Vec<i64> = all(ticks).await.iter().map(|it| it.count).collect();
        assert_eq!(rest, [1, 2]);

        let words = all(client.listen().send().await.expect("a stream")).await;
        assert_eq!(words, ["a", "", " b", "c\nd", "{}", "[DONE]"]);

        let steps = all(client.assist().send().await.expect("a stream")).await;
        let [Step::Tick(tick), Step::Done(done)] = &steps[..] else {
            panic!("{steps:?}");
        };
        assert_eq!((tick.data.count, &*done.data), (1, "[DONE]"));
    }
}

#[tokio::test]
async fn values_follow_each_other() {
    for client in [in_process(), over_a_socket().await] {
        let log = all(client.read_log().send().await.expect("a stream")).await;
        assert_eq!(log, [0, 1, 2].map(|count| Tick { count }));
        let sequence = all(client.read_sequence().send().await.expect("a stream")).await;
        assert_eq!(sequence, log);
        let sent = JsonStream::new(ticks(0..100));
        assert_eq!(client.write_log(sent).send().await.expect("a sum"), 4950);
    }
}

#[tokio::test]
async fn an_answer_is_a_whole_or_a_stream() {
    for client in [in_process(), over_a_socket().await] {
        let question = Question {
            text: "Why?".to_owned(),
            stream: None,
        };
        let answer = client.chat(&question).send().await.expect("an answer");
        assert_eq!(answer.text, "Why?");
        let stream = client.chat(&question).stream().await.expect("a stream");
        assert_eq!(all(stream).await, [0, 1].map(|count| Tick { count }));
        let nothing = Question {
            text: String::new(),
            stream: None,
        };
        for failure in [
            client.chat(&nothing).send().await.err(),
            client.chat(&nothing).stream().await.err(),
        ] {
            match failure {
                Some(Error::Api(error)) => assert_eq!(error.body.message, "no"),
                other => panic!("{other:?}"),
            }
        }
    }
    // A server that does not stream although it was asked to.
    let recorder = Recorder::new().json(200, r#"{"text":"Because."}"#);
    let client = Client::builder()
        .transport(recorder.clone())
        .build()
        .expect("a client");
    let question = Question {
        text: "Why?".to_owned(),
        stream: None,
    };
    let error = client
        .chat(&question)
        .stream()
        .await
        .expect_err("it is no stream");
    assert!(matches!(error, Error::Unexpected(_)), "{error:?}");
    let sent = &recorder.requests()[0];
    assert_eq!(sent.body, r#"{"text":"Why?","stream":true}"#);
    assert_eq!(
        sent.headers["accept"],
        "text/event-stream, application/json;q=0.9"
    );
}

fn in_pieces(text: &[u8], cuts: &[usize]) -> Body {
    let mut pieces = Vec::new();
    let mut rest = text;
    for cut in cuts {
        let (piece, others) = rest.split_at((*cut).min(rest.len()));
        pieces.push(Ok::<_, Infallible>(Bytes::copy_from_slice(piece)));
        rest = others;
    }
    pieces.push(Ok(Bytes::copy_from_slice(rest)));
    Body::from_stream(ready(pieces))
}

/// What a stream of events comes to: each value or error, and the last id.
async fn events(shape: EventShape, body: Body) -> (Vec<String>, Option<String>) {
    let mut stream = EventStream::<serde_json::Value>::from_body(shape, body);
    let mut seen = Vec::new();
    while let Some(item) = next(&mut stream).await {
        seen.push(item.map_or_else(|error| error.to_string(), |it| it.to_string()));
    }
    let id = stream.last_event_id().map(str::to_owned);
    (seen, id)
}

const ODD: &str = "\u{feff}: a comment\r\nevent: x\ndata: a\r\ndata:  b\rdata\n\nid: 1\nretry: 5\nretry: 5x\n\r\n\
    event: none\n\nid: 2\0\nunknown: 3\ndata:c\n\ndata: \u{e9}\u{1F600}\nid\n\ndata: not ended\n";

#[tokio::test]
async fn the_grammar_of_events() {
    let (seen, id) = events(EventShape::Whole, Body::from(ODD)).await;
    let expected = [
        r#"{"data":"a\n b\n","event":"x"}"#,
        r#"{"data":"c","id":"1"}"#,
        "{\"data\":\"\u{e9}\u{1F600}\"}",
    ];
    assert_eq!(seen, expected);
    assert_eq!(id, None, "an empty id takes the last one back");
    for text in [
        "data: 1\n\nid: 7\n\n",
        "id: 7\n\n",
        "data: 1\nid: 3\n\nid: 7\n\n",
    ] {
        let (_, id) = events(EventShape::Json, Body::from(text)).await;
        assert_eq!(
            id.as_deref(),
            Some("7"),
            "an id holds without data: {text:?}"
        );
    }
    let done = "data: 1\n\ndata: x\n\ndata: [DONE]\n\ndata: 2\n\n";
    let (seen, _) = events(EventShape::Json, Body::from(done)).await;
    assert_eq!(
        seen,
        ["1", "a value of the stream does not fit the document"]
    );
}

#[tokio::test]
async fn the_grammar_of_json_records() {
    let read = async |framing, text: &'static str| {
        let mut stream = JsonStream::<Tick>::from_body(framing, Body::from(text));
        let mut seen = Vec::new();
        while let Some(item) = next(&mut stream).await {
            seen.push(item.map_or_else(|_| -1, |it| it.count));
        }
        seen
    };
    let array = read(JsonFraming::Lines, "[5]\n{\"count\":6}\n").await;
    assert_eq!(array, [-1, 6], "an object is no array");
    let lines = "{\"count\":1}\r\n\n  \n{\"count\":2}{\"count\":3}\n{\"x\n{\"count\":4}";
    assert_eq!(read(JsonFraming::Lines, lines).await, [1, 2, 3, -1, 4]);
    let sequence = "\u{1e}{\"count\":1}\n\u{1e}{\"count\"\u{1e}\u{1e}{\n \"count\": 2\n}\n";
    assert_eq!(read(JsonFraming::Sequence, sequence).await, [1, -1, 2]);
}

#[tokio::test]
async fn a_value_without_an_end_is_given_up() {
    let piece = Bytes::from(vec![b'x'; 1 << 20]);
    let pieces = (0..32).map(move |_| Ok::<_, Infallible>(piece.clone()));
    let pieces: Vec<_> = pieces.collect();
    let mut events = EventStream::<String>::from_body(
        EventShape::Text,
        Body::from_stream(ready(pieces.clone())),
    );
    assert!(matches!(
        next(&mut events).await,
        Some(Err(StreamError::TooLarge))
    ));
    assert!(next(&mut events).await.is_none());
    let body = Body::from_stream(ready(pieces));
    let mut lines = JsonStream::<Tick>::from_body(JsonFraming::Lines, body);
    assert!(matches!(
        next(&mut lines).await,
        Some(Err(StreamError::TooLarge))
    ));
}

fn now<F: Future>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.expect("a runtime").block_on(future)
}

proptest! {
    #[test]
    fn events_are_the_same_wherever_their_bytes_are_cut(
        text in "(data|id|event|:|retry|\u{e9}|[a1: \r\n\u{feff}]){0,40}",
        cuts in proptest::collection::vec(0_usize..6, 0..40),
    ) {
        for text in [text.as_str(), ODD] {
            let whole = now(events(EventShape::Whole, Body::from(text.to_owned())));
            let cut = now(events(EventShape::Whole, in_pieces(text.as_bytes(), &cuts)));
            prop_assert_eq!(&whole, &cut);
        }
    }

    #[test]
    fn texts_survive_as_events(words in proptest::collection::vec("\\PC{0,8}(\n\\PC{0,8}){0,2}", 0..6)) {
        let sent = EventStream::new(ready(words.clone())).into_body(EventShape::Text);
        let got = now(all(EventStream::<String>::from_body(EventShape::Text, sent)));
        prop_assert_eq!(got, words);
    }
}
