//! Calls a server that speaks as the documentation of OpenAI says, through the generated client: a chat that is
//! streamed as server-sent events, a file that is uploaded, and a transcription of another.

use std::error::Error;

use api::client::{Client, FilePart};
use api::types::{CreateFileRequest, CreateTranscriptionRequest};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use futures_core::Stream;
use serde_json::{Value, json};

type BoxError = Box<dyn Error + Send + Sync>;

/// Only who shows the key is let in.
fn is_known(headers: &HeaderMap) -> bool {
    headers
        .get(AUTHORIZATION)
        .is_some_and(|it| it == "Bearer sk-test")
}

/// `POST /chat/completions` with `stream: true`: a chunk for each word, and `[DONE]`.
async fn chat(headers: HeaderMap, body: String) -> Response {
    let body: Value = serde_json::from_str(&body).unwrap_or_default();
    if !is_known(&headers) || body["stream"] != true {
        return (axum::http::StatusCode::BAD_REQUEST, "no stream").into_response();
    }
    let words = ["Hello", " from", " a", " stream"].map(|word| json!({ "content": word }));
    let mut text = String::new();
    for (index, delta) in words.into_iter().enumerate() {
        let reason = if index == 3 {
            json!("stop")
        } else {
            Value::Null
        };
        let chunk = json!({
            "id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": body["model"],
            "choices": [{ "index": 0, "delta": delta, "finish_reason": reason }],
        });
        text += &format!("data: {chunk}\n\n");
    }
    text += "data: [DONE]\n\n";
    ([(CONTENT_TYPE, "text/event-stream")], text).into_response()
}

/// The parts of a form, as a reader that is not the generator's takes them apart.
async fn parts(request: Request) -> Option<Vec<(String, String, String, Vec<u8>)>> {
    use axum::extract::{FromRequest, Multipart};
    if !is_known(request.headers()) {
        return None;
    }
    let mut form = Multipart::from_request(request, &()).await.ok()?;
    let mut parts = Vec::new();
    while let Some(field) = form.next_field().await.ok()? {
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let (name, file) = (text(field.name()), text(field.file_name()));
        let media_type = text(field.content_type());
        parts.push((name, file, media_type, field.bytes().await.ok()?.to_vec()));
    }
    Some(parts)
}

fn refused() -> Response {
    axum::http::StatusCode::BAD_REQUEST.into_response()
}

/// `POST /files`.
async fn files(request: Request) -> Response {
    let Some(parts) = parts(request).await else {
        return refused();
    };
    let [(file, filename, _, bytes), (purpose, _, _, batch)] = &parts[..] else {
        return refused();
    };
    if file != "file" || purpose != "purpose" || batch != b"batch" {
        return refused();
    }
    axum::Json(json!({
        "id": "file-1", "object": "file", "bytes": bytes.len(), "created_at": 1, "filename": filename,
        "purpose": "batch", "status": "processed",
    }))
    .into_response()
}

/// `POST /audio/transcriptions`.
async fn transcriptions(request: Request) -> Response {
    let Some(parts) = parts(request).await else {
        return refused();
    };
    let shown: Vec<String> = parts
        .iter()
        .map(|(name, file, media_type, bytes)| {
            format!("{name} {file} {media_type} {}", bytes.len())
        })
        .collect();
    axum::Json(json!({ "text": shown.join(", "), "usage": { "type": "duration", "seconds": 1 } }))
        .into_response()
}

async fn serve() -> Result<String, BoxError> {
    let router = Router::new()
        .route("/v1/chat/completions", post(chat))
        .route("/v1/files", post(files))
        .route("/v1/audio/transcriptions", post(transcriptions))
        .layer(DefaultBodyLimit::disable());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(format!("http://{address}/v1"))
}

#[tokio::main]
async fn main() -> Result<(), BoxError> {
    let builder = Client::builder()
        .base_url(serve().await?)
        .api_key_auth("sk-test");
    let client = builder.build()?;
    let request =
        json!({ "model": "gpt-4o", "messages": [{ "role": "user", "content": "Hello?" }] });
    let request = serde_json::from_value(request)?;
    let mut stream = std::pin::pin!(client.create_chat_completion(&request).stream().await?);
    let mut said = String::new();
    while let Some(chunk) = std::future::poll_fn(|cx| stream.as_mut().poll_next(cx)).await {
        let chunk = chunk?;
        for choice in chunk.choices {
            said += choice.delta.content.as_deref().unwrap_or_default();
        }
    }
    assert_eq!(said, "Hello from a stream");
    println!("chat: {said}");

    let file = FilePart::new(vec![b'x'; 1 << 20]).with_filename("batch.jsonl");
    let purpose = serde_json::from_value(json!("batch"))?;
    let file = client
        .create_file(CreateFileRequest::new(file, purpose))
        .send()
        .await?;
    assert_eq!((&*file.filename, file.bytes), ("batch.jsonl", 1 << 20));
    println!(
        "file: {} of {} bytes is {}",
        file.filename, file.bytes, file.id
    );

    let audio = FilePart::new("RIFF")
        .with_filename("a.wav")
        .with_content_type("audio/wav");
    let model = serde_json::from_value(json!("whisper-1"))?;
    let mut request = CreateTranscriptionRequest::new(audio, model);
    request.keywords = Some(vec!["one".to_owned(), "two".to_owned()]);
    let text = client.create_transcription(request).send_outcome().await?;
    println!("transcription: {:?}", text.body);
    Ok(())
}
