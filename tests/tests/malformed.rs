//! Malformed requests, byte by byte, against the server of `cases/service`: each is answered with the
//! right status, nothing internal shows, and no handler is called.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use conformance::cases::service::operations::{
    ChangePetResponse, CreatePetResponse, DeletePetResponse, Operation, PlanVisitResponse,
    ReadPetResponse,
};
use conformance::cases::service::server::{
    AuthError, Authenticate, Credentials, KeepersApi, PetsApi, router,
};
use conformance::cases::service::types::{NewPet, Pet, PetPatch, Visit};
use conformance::raw::serve_router;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Counts the calls of its handlers.
#[derive(Clone, Default)]
struct Service {
    calls: Arc<AtomicUsize>,
}

impl Service {
    fn call(&self) {
        self.calls.fetch_add(1, Ordering::SeqCst);
    }
}

impl PetsApi for Service {
    type Principal = ();
    type Error = Infallible;

    async fn create_pet(&self, (): (), _: NewPet) -> Result<CreatePetResponse, Infallible> {
        self.call();
        Ok(CreatePetResponse::Created(Pet::new("a")))
    }

    async fn read_pet(&self, _: String) -> Result<ReadPetResponse, Infallible> {
        self.call();
        Ok(ReadPetResponse::Ok(Pet::new("a")))
    }

    async fn change_pet(
        &self,
        _: Option<()>,
        _: String,
        _: PetPatch,
    ) -> Result<ChangePetResponse, Infallible> {
        self.call();
        Ok(ChangePetResponse::Ok(Pet::new("a")))
    }

    async fn delete_pet(&self, (): (), _: String) -> Result<DeletePetResponse, Infallible> {
        self.call();
        Ok(DeletePetResponse::NoContent)
    }
}

impl KeepersApi for Service {
    type Principal = ();
    type Error = Infallible;

    async fn plan_visit(
        &self,
        (): (),
        _: i32,
        _: chrono::NaiveDate,
        _: Option<Visit>,
    ) -> Result<PlanVisitResponse, Infallible> {
        self.call();
        Ok(PlanVisitResponse::Accepted)
    }
}

impl Authenticate for Service {
    type Principal = ();

    async fn authenticate(
        &self,
        _: &'static Operation,
        credentials: Credentials<'_>,
    ) -> Result<(), AuthError> {
        let word = match &credentials {
            Credentials::Key { key } => key.expose().to_owned(),
            Credentials::Token { token } => token.expose().to_owned(),
            Credentials::KeyAndToken { key, token } => {
                format!("{}{}", key.expose(), token.expose())
            }
            Credentials::Login { login } => match login.decode() {
                Some((name, password)) => format!("{name}{}", password.expose()),
                None => return Err(AuthError::Unauthorized),
            },
        };
        match word.as_str() {
            "good" => Ok(()),
            "known" => Err(AuthError::Forbidden),
            _ => Err(AuthError::Unauthorized),
        }
    }
}

/// What must not be in an answer: what the server is made of, and what was sent.
const INTERNAL: &[&str] = &[
    "src/", ".rs", "panicked", "serde", "axum", "hyper", "at line", "column", "S3CR3T", "Error(",
];

/// A request in three parts, and the status of its answer.
type Row = (&'static str, &'static str, &'static [u8], u16);

const KEY: &str = "x-key: good\r\ncontent-type: application/json\r\n";

const PATHS: &[Row] = &[
    ("GET /pets/%zz", "", b"", 400),
    ("GET /pets/%", "", b"", 400),
    ("GET /pets/%4", "", b"", 400),
    ("GET /pets/a%", "", b"", 400),
    ("GET /pets/%4g", "", b"", 400),
    ("GET /pets/%+1", "", b"", 400),
    ("GET /pets/%00", "", b"", 400),
    ("GET /pets/S3CR3T%00", "", b"", 400),
    ("GET /pets/%ff", "", b"", 400),
    ("GET /pets/%c3%28", "", b"", 400),
    ("GET /pets/%c0%af", "", b"", 400),
    ("GET /pets/%ed%a0%80", "", b"", 400),
    ("GET /pets/%f5%80%80%80", "", b"", 400),
    ("GET /pets/%e2%82", "", b"", 400),
    ("GET /", "", b"", 404),
    ("GET /pets/", "", b"", 404),
    ("GET /pets//S3CR3T", "", b"", 404),
    ("GET //pets/a", "", b"", 404),
    ("GET /Pets/a", "", b"", 404),
    ("GET /%70ets/a", "", b"", 404),
    ("GET /pets/a/", "", b"", 404),
    ("GET /pets/a/b", "", b"", 404),
    ("GET /pets/../pets/a", "", b"", 404),
    ("GET /./pets/a", "", b"", 404),
    ("GET /pets%2Fa", "", b"", 404),
    ("GET /keepers/1/visits", "", b"", 404),
    ("OPTIONS *", "", b"", 404),
    ("PUT /pets/a", "", b"", 405),
    ("POST /pets/a", "", b"", 405),
    ("GET /pets", "", b"", 405),
    ("HEAD /pets", "", b"", 405),
    ("DELETE /pets", "", b"", 405),
    ("TRACE /pets/a", "", b"", 405),
    ("BREW /pets/a", "", b"", 405),
    ("post /pets", "", b"", 405),
    ("GET /keepers/1/visits/2024-01-01", "", b"", 405),
];

const CREDENTIALS: &[Row] = &[
    ("POST /pets", "", b"", 401),
    ("POST /pets", "content-type: text/plain\r\n", b"S3CR3T", 401),
    ("DELETE /pets/%zz", "", b"", 401),
    ("DELETE /pets/a", "x-key:\r\n", b"", 401),
    ("DELETE /pets/a", "x-key: S3CR3T\r\n", b"", 401),
    ("DELETE /pets/a", "x-key: good\r\nx-key: good\r\n", b"", 401),
    ("DELETE /pets/a", "x-key: good, good\r\n", b"", 401),
    ("DELETE /pets/a", "x-key: GOOD\r\n", b"", 401),
    ("DELETE /pets/a", "key: good\r\n", b"", 401),
    ("DELETE /pets/a?x-key=good", "", b"", 401),
    ("DELETE /pets/a", "cookie: x-key=good\r\n", b"", 401),
    ("DELETE /pets/a", "authorization: Bearer good\r\n", b"", 401),
    ("DELETE /pets/a", "x-key: known\r\n", b"", 403),
    ("POST /pets", "authorization: Bearer\r\n", b"", 401),
    ("POST /pets", "authorization: Bearer \r\n", b"", 401),
    ("POST /pets", "authorization: good\r\n", b"", 401),
    ("POST /pets", "authorization: Token good\r\n", b"", 401),
    ("POST /pets", "authorization: Basic Z29vZA==\r\n", b"", 401),
    (
        "POST /pets",
        "authorization: Bearer good, good\r\n",
        b"",
        401,
    ),
    (
        "POST /pets",
        "authorization: Bearer good\r\nauthorization: Bearer good\r\n",
        b"",
        401,
    ),
    ("POST /pets", "authorization: Bearer known\r\n", b"", 403),
    (
        "PATCH /pets/a",
        "authorization: Bearer S3CR3T\r\n",
        b"{}",
        401,
    ),
    ("PUT /keepers/1/visits/2024-01-01", "", b"", 401),
    (
        "PUT /keepers/1/visits/2024-01-01",
        "x-key: good\r\n",
        b"",
        401,
    ),
    (
        "PUT /keepers/1/visits/2024-01-01",
        "authorization: Bearer good\r\n",
        b"",
        401,
    ),
    (
        "PUT /keepers/x/visits/x",
        "authorization: Basic %%%\r\n",
        b"",
        401,
    ),
    (
        "PUT /keepers/1/visits/2024-01-01",
        "authorization: Basic Z29vZA\r\n",
        b"",
        401,
    ),
    (
        "PUT /keepers/1/visits/2024-01-01",
        "authorization: Basic Z29vZA==\r\n",
        b"",
        401,
    ),
    (
        "PUT /keepers/1/visits/2024-01-01",
        "authorization: Basic /////w==\r\n",
        b"",
        401,
    ),
];

const PARAMETERS: &[Row] = &[
    ("PUT /keepers/x/visits/2024-01-01", LOGIN, b"", 400),
    ("PUT /keepers/S3CR3T/visits/2024-01-01", LOGIN, b"", 400),
    ("PUT /keepers/1.5/visits/2024-01-01", LOGIN, b"", 400),
    ("PUT /keepers/1e3/visits/2024-01-01", LOGIN, b"", 400),
    ("PUT /keepers/0x1/visits/2024-01-01", LOGIN, b"", 400),
    ("PUT /keepers/%201/visits/2024-01-01", LOGIN, b"", 400),
    ("PUT /keepers/1,2/visits/2024-01-01", LOGIN, b"", 400),
    ("PUT /keepers/2147483648/visits/2024-01-01", LOGIN, b"", 400),
    (
        "PUT /keepers/-2147483649/visits/2024-01-01",
        LOGIN,
        b"",
        400,
    ),
    ("PUT /keepers/%D9%A1/visits/2024-01-01", LOGIN, b"", 400),
    ("PUT /keepers/1/visits/today", LOGIN, b"", 400),
    ("PUT /keepers/1/visits/2024-13-01", LOGIN, b"", 400),
    ("PUT /keepers/1/visits/2024-02-30", LOGIN, b"", 400),
    (
        "PUT /keepers/1/visits/2024-01-01T00:00:00Z",
        LOGIN,
        b"",
        400,
    ),
    ("PUT /keepers/1/visits/20240101", LOGIN, b"", 400),
];

/// `go` and `od`, so a known user.
const LOGIN: &str = "authorization: Basic Z286b2Q=\r\n";

const BODIES: &[Row] = &[
    (
        "POST /pets",
        "x-key: good\r\ncontent-type: text/plain\r\n",
        b"{}",
        415,
    ),
    (
        "POST /pets",
        "x-key: good\r\ncontent-type: application/xml\r\n",
        b"<a/>",
        415,
    ),
    (
        "POST /pets",
        "x-key: good\r\ncontent-type: application/jsonx\r\n",
        b"{}",
        415,
    ),
    (
        "POST /pets",
        "x-key: good\r\ncontent-type: application\r\n",
        b"{}",
        415,
    ),
    (
        "POST /pets",
        "x-key: good\r\ncontent-type: multipart/form-data; boundary=x\r\n",
        b"{}",
        415,
    ),
    (
        "POST /pets",
        "x-key: good\r\ncontent-type: application/x-www-form-urlencoded\r\n",
        b"name=a",
        415,
    ),
    ("POST /pets", KEY, b"", 400),
    ("POST /pets", KEY, b" ", 400),
    ("POST /pets", KEY, b"{", 400),
    ("POST /pets", KEY, b"{\"name\":", 400),
    ("POST /pets", KEY, b"{\"name\":\"S3CR3T", 400),
    (
        "POST /pets",
        KEY,
        b"{\"name\":\"S3CR3T\",\"kind\":\"cat\"",
        400,
    ),
    (
        "POST /pets",
        KEY,
        b"{\"name\":\"a\",\"kind\":\"cat\"}S3CR3T",
        400,
    ),
    (
        "POST /pets",
        KEY,
        b"{\"name\":\"a\",\"kind\":\"cat\"}{}",
        400,
    ),
    ("POST /pets", KEY, b"[]", 400),
    ("POST /pets", KEY, b"null", 400),
    ("POST /pets", KEY, b"\"S3CR3T\"", 400),
    ("POST /pets", KEY, b"1", 400),
    ("POST /pets", KEY, b"{}", 400),
    ("POST /pets", KEY, b"{\"kind\":\"cat\"}", 400),
    ("POST /pets", KEY, b"{\"name\":\"a\"}", 400),
    ("POST /pets", KEY, b"{\"name\":null,\"kind\":\"cat\"}", 400),
    ("POST /pets", KEY, b"{\"name\":5,\"kind\":\"cat\"}", 400),
    (
        "POST /pets",
        KEY,
        b"{\"name\":[\"S3CR3T\"],\"kind\":\"cat\"}",
        400,
    ),
    ("POST /pets", KEY, b"{\"name\":\"\",\"kind\":\"cat\"}", 400),
    (
        "POST /pets",
        KEY,
        b"{\"name\":\"S3CR3TS3CR3TS3CR3TS3CR3T\",\"kind\":\"cat\"}",
        400,
    ),
    ("POST /pets", KEY, b"{\"name\":\"a\",\"kind\":\"Cat\"}", 400),
    (
        "POST /pets",
        KEY,
        b"{\"name\":\"a\",\"kind\":\"S3CR3T\"}",
        400,
    ),
    ("POST /pets", KEY, b"{\"name\":\"a\",\"kind\":1}", 400),
    ("POST /pets", KEY, b"{\"name\":\"a\",\"kind\":{}}", 400),
    (
        "POST /pets",
        KEY,
        b"{\"name\":\"a\",\"kind\":\"cat\",\"nickname\":3}",
        400,
    ),
    (
        "POST /pets",
        KEY,
        b"{\"name\":\"a\",\"name\":\"b\",\"kind\":\"cat\"}",
        400,
    ),
    ("POST /pets", KEY, b"{'name':'a','kind':'cat'}", 400),
    ("POST /pets", KEY, b"{name:\"a\",kind:\"cat\"}", 400),
    (
        "POST /pets",
        KEY,
        b"{\"name\":\"a\",\"kind\":\"cat\",}",
        400,
    ),
    (
        "POST /pets",
        KEY,
        b"/* a */{\"name\":\"a\",\"kind\":\"cat\"}",
        400,
    ),
    (
        "POST /pets",
        KEY,
        b"{\"name\":\"a\",\"kind\":\"cat\",\"x\":NaN}",
        400,
    ),
    (
        "POST /pets",
        KEY,
        b"{\"name\":\"\xff\",\"kind\":\"cat\"}",
        400,
    ),
    (
        "POST /pets",
        KEY,
        b"{\"name\":\"\\ud800\",\"kind\":\"cat\"}",
        400,
    ),
    (
        "POST /pets",
        KEY,
        b"{\"name\":\"a\nb\",\"kind\":\"cat\"}",
        400,
    ),
    (
        "POST /pets",
        KEY,
        b"\xef\xbb\xbf{\"name\":\"a\",\"kind\":\"cat\"}",
        400,
    ),
    ("POST /pets", KEY, b"\xff\xfe{\0}\0", 400),
    (
        "POST /pets",
        "x-key: good\r\ncontent-encoding: gzip\r\n",
        b"\x1f\x8b\x08\x00",
        400,
    ),
    ("PATCH /pets/a", "", b"", 400),
    ("PATCH /pets/a", "", b"[]", 400),
    ("PATCH /pets/a", "", b"{\"name\":\"\"}", 400),
    ("PATCH /pets/a", "", b"{\"mood\":1}", 400),
    ("PATCH /pets/%zz", "", b"{}", 400),
    (
        "PUT /keepers/1/visits/2024-01-01",
        LOGIN,
        b"{\"at\":\"yesterday\"}",
        400,
    ),
    (
        "PUT /keepers/1/visits/2024-01-01",
        LOGIN,
        b"{\"at\":1}",
        400,
    ),
    (
        "PUT /keepers/1/visits/2024-01-01",
        LOGIN,
        b"{\"note\":1}",
        400,
    ),
    ("PUT /keepers/1/visits/2024-01-01", LOGIN, b"null", 400),
];

/// Sends bytes, ends the request there, and gives the answer.
async fn exchange(address: SocketAddr, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    // A server may answer, and close, before it has read all of it.
    let _ = stream.write_all(request).await;
    let _ = stream.shutdown().await;
    let mut response = Vec::new();
    let _ = stream.read_to_end(&mut response).await;
    String::from_utf8_lossy(&response).into_owned()
}

/// Checks the answer to one request, which no handler may see.
#[track_caller]
fn check(response: &str, name: &str, status: u16) {
    assert!(
        response.starts_with(&format!("HTTP/1.1 {status} ")),
        "{name}: {response:?} is not {status}"
    );
    for word in INTERNAL {
        assert!(
            !response.contains(word),
            "{name}: {response:?} shows {word:?}"
        );
    }
}

async fn check_table(rows: &[Row]) {
    let service = Service::default();
    let address = serve_router(router(service.clone(), service.clone())).await;
    for (line, headers, body, status) in rows {
        let length = body.len();
        let mut request = format!(
            "{line} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: {length}\r\n{headers}\r\n"
        )
        .into_bytes();
        request.extend_from_slice(body);
        let response = exchange(address, &request).await;
        let name = format!("{line} {headers:?} {:?}", String::from_utf8_lossy(body));
        check(&response, &name, *status);
        assert_eq!(service.calls.load(Ordering::SeqCst), 0, "{name} is handled");
    }
}

#[tokio::test]
async fn paths_and_methods() {
    check_table(PATHS).await;
}

#[tokio::test]
async fn credentials() {
    check_table(CREDENTIALS).await;
}

#[tokio::test]
async fn parameters() {
    check_table(PARAMETERS).await;
}

#[tokio::test]
async fn bodies() {
    check_table(BODIES).await;
}

/// Requests that are no HTTP, or too large, or that end too soon.
#[tokio::test]
async fn bytes() {
    let service = Service::default();
    let address = serve_router(router(service.clone(), service.clone())).await;
    let deep = "[".repeat(10_000);
    let long = "a".repeat(70_000);
    let post = "POST /pets HTTP/1.1\r\nhost: x\r\nconnection: close\r\nx-key: good\r\n";
    let chunked = format!("{post}transfer-encoding: chunked\r\n");
    let flood = format!("100000\r\n{}\r\n", " ".repeat(0x10_0000)).repeat(3);
    let requests = [
        (
            "a space in the path",
            "GET /pets/a b HTTP/1.1\r\nhost: x\r\n\r\n".to_owned(),
            400,
        ),
        (
            "a control in the path",
            "GET /pets/\u{1} HTTP/1.1\r\nhost: x\r\n\r\n".to_owned(),
            400,
        ),
        ("no path", "GET HTTP/1.1\r\nhost: x\r\n\r\n".to_owned(), 400),
        (
            "no method",
            " /pets/a HTTP/1.1\r\nhost: x\r\n\r\n".to_owned(),
            400,
        ),
        (
            "a strange method",
            "G@T /pets/a HTTP/1.1\r\nhost: x\r\n\r\n".to_owned(),
            400,
        ),
        (
            "no such version",
            "GET /pets/a HTTP/7.1\r\nhost: x\r\n\r\n".to_owned(),
            400,
        ),
        (
            "no version",
            "GET /pets/a\r\nhost: x\r\n\r\n".to_owned(),
            400,
        ),
        (
            "no colon",
            "GET /pets/a HTTP/1.1\r\nhost\r\n\r\n".to_owned(),
            400,
        ),
        (
            "a space before the colon",
            "GET /pets/a HTTP/1.1\r\nhost : x\r\n\r\n".to_owned(),
            400,
        ),
        (
            "a NUL in a header",
            "GET /pets/a HTTP/1.1\r\nhost: \0\r\n\r\n".to_owned(),
            400,
        ),
        (
            "a length that is none",
            format!("{post}content-length: two\r\n\r\n{{}}"),
            400,
        ),
        (
            "a length below zero",
            format!("{post}content-length: -2\r\n\r\n{{}}"),
            400,
        ),
        (
            "two lengths",
            format!("{post}content-length: 2\r\ncontent-length: 3\r\n\r\n{{}}"),
            400,
        ),
        (
            "an absurd length",
            format!("{post}content-length: 99999999999\r\n\r\n{{}}"),
            413,
        ),
        (
            "more than any length",
            format!("{post}content-length: {}\r\n\r\n", "9".repeat(40)),
            400,
        ),
        (
            "a body that breaks off",
            format!("{post}content-length: 90\r\n\r\n{{\"name\":"),
            400,
        ),
        (
            "an unknown coding",
            format!("{post}transfer-encoding: x\r\n\r\n{{}}"),
            400,
        ),
        (
            "a chunk without a length",
            format!("{chunked}\r\nxyz\r\n{{}}\r\n0\r\n\r\n"),
            400,
        ),
        (
            "chunks that break off",
            format!("{chunked}\r\n2\r\n{{}}\r\n"),
            400,
        ),
        (
            "a flood of chunks",
            format!("{chunked}\r\n{flood}0\r\n\r\n"),
            413,
        ),
        (
            "a deep body",
            format!("{post}content-length: 10000\r\n\r\n{deep}"),
            400,
        ),
        (
            "a long path",
            format!("GET /pets/{long} HTTP/1.1\r\nhost: x\r\n\r\n"),
            414,
        ),
        (
            "a long query",
            format!("GET /pets/a?{long} HTTP/1.1\r\nhost: x\r\n\r\n"),
            414,
        ),
        (
            "a huge header",
            format!("{post}x: {}\r\n\r\n", long.repeat(8)),
            431,
        ),
        (
            "many headers",
            format!("{post}{}\r\n", "x: y\r\n".repeat(200)),
            431,
        ),
    ];
    for (name, request, status) in requests {
        let response = exchange(address, request.as_bytes()).await;
        check(&response, name, status);
        assert_eq!(service.calls.load(Ordering::SeqCst), 0, "{name} is handled");
    }
}

/// The table would mean nothing if no request reached a handler.
#[tokio::test]
async fn what_is_not_malformed_is_handled() {
    let service = Service::default();
    let address = serve_router(router(service.clone(), service.clone())).await;
    let requests = [
        "GET /pets/a HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n".to_owned(),
        format!(
            "PUT /keepers/1/visits/2024-01-01 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{LOGIN}\r\n"
        ),
        format!(
            "POST /pets HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 27\r\n{KEY}\r\n{{\"name\":\"a\",\"kind\":\"cat\"}}  "
        ),
    ];
    for request in requests {
        let response = exchange(address, request.as_bytes()).await;
        assert!(response.starts_with("HTTP/1.1 2"), "{response}");
    }
    assert_eq!(service.calls.load(Ordering::SeqCst), 3);
}
