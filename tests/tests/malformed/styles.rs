//! Parameters of every style and place, against the server of `cases/parameters`.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use conformance::cases::parameters::operations::{
    ReadHeadsResponse, ReadPathResponse, SearchResponse, SearchRestResponse,
};
use conformance::cases::parameters::server::{Api, router};
use conformance::cases::parameters::types::{ReadHeadsParams, Rgb, SearchParams, SearchRestParams};
use conformance::raw::serve_router;

use super::{Row, check_rows, exchange};

/// Counts the calls of its handlers.
#[derive(Clone, Default)]
struct Service(Arc<AtomicUsize>);

impl Service {
    fn calls(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }

    fn call(&self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

impl Api for Service {
    type Error = Infallible;

    async fn read_path(
        &self,
        _: String,
        _: Vec<i64>,
        _: Rgb,
        _: Vec<String>,
    ) -> Result<ReadPathResponse, Infallible> {
        self.call();
        Ok(ReadPathResponse::NoContent)
    }

    async fn search(&self, _: SearchParams) -> Result<SearchResponse, Infallible> {
        self.call();
        Ok(SearchResponse::NoContent)
    }

    async fn search_rest(&self, _: SearchRestParams) -> Result<SearchRestResponse, Infallible> {
        self.call();
        Ok(SearchRestResponse::NoContent)
    }

    async fn read_heads(&self, _: ReadHeadsParams) -> Result<ReadHeadsResponse, Infallible> {
        self.call();
        Ok(ReadHeadsResponse::NoContent)
    }
}

const SEARCHES: &[&str] = &[
    "",
    "?",
    "?q",
    "?q=",
    "?q=a&q=b",
    "?q=%zz",
    "?q=%",
    "?q=%4",
    "?q=%FF",
    "?q=%C3%28",
    "?q=%ED%A0%80",
    "?Q=a",
    "?q[]=",
    "?q=a&%zz=1",
    "?q=a&limit=ten",
    "?q=a&limit=",
    "?q=a&limit=1.5",
    "?q=a&limit=+1",
    "?q=a&limit=%2B1",
    "?q=a&limit=1e1",
    "?q=a&limit=0x10",
    "?q=a&limit=1,2",
    "?q=a&limit=101",
    "?q=a&limit=1&limit=2",
    "?q=a&limit=99999999999999999999",
    "?q=a&limit=null",
    "?q=a&limit=true",
    "?q=a&kind=fish",
    "?q=a&kind=Cat",
    "?q=a&kind=cat%20",
    "?q=a&kind=cat,dog",
    "?q=a&ids=1&ids=x",
    "?q=a&ids=1,2",
    "?q=a&ids=9223372036854775808",
    "?q=a&ids=%5B1%5D",
    "?q=a&spaced=1,2",
    "?q=a&spaced=1%20x",
    "?q=a&piped=1%7C",
    "?q=a&piped=1,2",
    "?q=a&filter%5Bsizes%5D%5B%5D=x",
    "?q=a&filter[inner][deep]=yes",
    "?q=a&filter[inner=1",
    "?q=a&filter[inner]deep]=true",
    "?q=a&filter[a][b][c][d][e][f][g][h][i][j]=1",
    "?q=a&R=1&G=2",
    "?q=a&R=1&G=2&B=256",
    "?q=a&R=1&G=2&B=-1",
    "?q=a&R=1&G=2&B=3&B=4",
    "?q=a&json=%7B",
    "?q=a&json=%5B1%5D",
    "?q=a&json=%7B%22name%22:1%7D",
    "?q=a&json=%7B%7D%7B%7D",
    "?q=a&since=yesterday",
    "?q=a&since=2026-11-24",
    "?q=a&since=2026-11-24T25:00:00Z",
    "?q=a&since=1764000000",
    "?q=a&score=NaN",
    "?q=a&score=inf",
    "?q=a&score=1e999",
    "?q=a&score=1,5",
    "?q=a&exact=1",
    "?q=a&exact=True",
    "?q=a&exact=yes",
];

const PATHS: &[&str] = &[
    "/x/1/.R=1.G=2.B=3/;other=1",
    "/x/1/R=1.G=2.B=3/;matrix=1",
    "/x/1/.R=1.G=2/;matrix=1",
    "/x/1/.R=1.G=2.B=3/matrix=1",
    "/x/1/.R=x.G=2.B=3/;matrix=1",
    "/x/one/.R=1.G=2.B=3/;matrix=1",
    "/x/1,/.R=1.G=2.B=3/;matrix=1",
    "/x/1.5/.R=1.G=2.B=3/;matrix=1",
    "/x/1%202/.R=1.G=2.B=3/;matrix=1",
    "/12345678901234567890123456789012345678901/1/.R=1.G=2.B=3/;matrix=1",
    "/%C3%28/1/.R=1.G=2.B=3/;matrix=1",
    "/%/1/.R=1.G=2.B=3/;matrix=1",
    "/x/1/.R=1.G=2.B=3/;matrix=%zz",
];

/// The header that `/heads` requires.
const ID: &str = "x-request-id: 00000000-0000-0000-0000-000000000000\r\n";

const HEADS: &[&str] = &[
    "x-color: R=1,G=2\r\n",
    "x-color: R,1,G,2,B,3\r\n",
    "x-color: R=1,G=2,B=S3CR3T\r\n",
    "x-filter: {\r\n",
    "x-filter: []\r\n",
    "x-filter: {\"name\":1}\r\n",
    "x-list: \u{e4}\r\n",
    "cookie: ids=1,x\r\n",
    "cookie: R=1; G=2\r\n",
    "cookie: R=1; G=2; B=300\r\n",
    "cookie: session=%zz\r\n",
];

async fn check_requests(rows: Vec<(String, String)>) {
    let service = Service::default();
    let address = serve_router(router(service.clone())).await;
    for (target, headers) in rows {
        let line = format!("GET {target}");
        let row: Row<'_> = (&line, &headers, b"", 400);
        check_rows(address, || service.calls(), &[row]).await;
    }
}

#[tokio::test]
async fn queries() {
    let rows = SEARCHES.iter();
    check_requests(
        rows.map(|query| (format!("/search{query}"), String::new()))
            .collect(),
    )
    .await;
}

#[tokio::test]
async fn segments() {
    check_requests(
        PATHS
            .iter()
            .map(|path| ((*path).to_owned(), String::new()))
            .collect(),
    )
    .await;
}

#[tokio::test]
async fn headers_and_cookies() {
    let of = |headers: String| ("/heads".to_owned(), headers);
    let mut rows: Vec<_> = HEADS.iter().map(|it| of(format!("{ID}{it}"))).collect();
    rows.push(of(String::new()));
    rows.push(of("x-request-id: S3CR3T\r\n".to_owned()));
    check_requests(rows).await;
}

/// The tables would mean nothing if no request reached a handler.
#[tokio::test]
async fn what_is_not_malformed_is_handled() {
    let service = Service::default();
    let address = serve_router(router(service.clone())).await;
    let requests = [
        ("/search?q=a&limit=1&R=1&G=2&B=3&score=1e3&exact=true", ""),
        ("/x/1,2/.R=1.G=2.B=3/;matrix=1", ""),
        ("/heads", ID),
    ];
    for (target, headers) in requests {
        let request =
            format!("GET {target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{headers}\r\n");
        let response = exchange(address, request.as_bytes()).await;
        assert!(
            response.starts_with("HTTP/1.1 204 "),
            "{target}: {response}"
        );
    }
    assert_eq!(service.calls(), 3);
}
