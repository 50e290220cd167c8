//! `cases/routes`: every kind of path and method, from a client to a server.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use conformance::cases::routes::client::{Client, Error, InProcess};
use conformance::cases::routes::operations::{
    CancelBookResponse, CompareResponse, CopyBookResponse, DeleteBookResponse, DeleteFirstResponse,
    FirstOnShelfResponse, ListPagesResponse, MyBooksResponse, OddResponse, PatchBookResponse,
    PrintBookResponse, QueryBookResponse, ReadBookResponse, ReadFileResponse, ReadLinesResponse,
    ReadUserResponse, TokenAgainResponse, TokenByCodeResponse, TokenResponse, TraceBookResponse,
    WriteFileResponse,
};
use conformance::cases::routes::server::{Api, router};
use conformance::cases::routes::types::PrintBookFormat;
use conformance::raw::{exchange, serve_router};

/// Writes down what was called with which values.
#[derive(Clone, Default)]
struct Service {
    log: Arc<Mutex<Vec<String>>>,
}

impl Service {
    fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.log.lock().expect("the log"))
    }
}

macro_rules! service {
    ($($method:ident($($argument:ident: $ty:ty),*) $response:ident;)*) => {
        impl Api for Service {
            type Error = Infallible;
            $(
                async fn $method(&self, $($argument: $ty),*) -> Result<$response, Infallible> {
                    let values: [String; _] = [$($argument.to_string()),*];
                    let line = format!("{} {}", stringify!($method), values.join(" "));
                    self.log.lock().expect("the log").push(line.trim_end().to_owned());
                    Ok($response::NoContent)
                }
            )*
        }
    };
}

service! {
    my_books() MyBooksResponse;
    read_book(id: String) ReadBookResponse;
    delete_book(id: String) DeleteBookResponse;
    trace_book(id: String) TraceBookResponse;
    query_book(id: String) QueryBookResponse;
    copy_book(id: String) CopyBookResponse;
    patch_book(book: String) PatchBookResponse;
    first_on_shelf(shelf: String) FirstOnShelfResponse;
    delete_first(shelf: String) DeleteFirstResponse;
    list_pages(id: String) ListPagesResponse;
    cancel_book(id: String) CancelBookResponse;
    print_book(id: String, format: PrintBookFormat) PrintBookResponse;
    read_user(user: String) ReadUserResponse;
    compare(base: String, head: String, number: i64) CompareResponse;
    odd(id: String) OddResponse;
    read_file(path: String) ReadFileResponse;
    write_file(path: String) WriteFileResponse;
    read_lines(path: String) ReadLinesResponse;
    token() TokenResponse;
    token_by_code() TokenByCodeResponse;
    token_again() TokenAgainResponse;
}

/// A service, and a client for it of each kind.
async fn clients() -> (Service, [Client; 2]) {
    let service = Service::default();
    let in_process = Client::builder()
        .transport(InProcess::new(router(service.clone())))
        .build();
    let address = serve_router(router(service.clone())).await;
    let over_socket = Client::builder()
        .base_url(format!("http://{address}"))
        .build();
    let clients = [in_process, over_socket].map(|it| it.expect("a client"));
    (service, clients)
}

#[tokio::test]
async fn every_operation_is_reached_by_its_own_client() {
    let (service, clients) = clients().await;
    for client in clients {
        let mut expected = Vec::new();
        macro_rules! call {
            ($line:literal: $($call:tt)*) => {
                client.$($call)*.send().await.expect($line);
                expected.push($line);
            };
        }
        call!("my_books": my_books());
        call!("read_book a b": read_book("a b"));
        call!("delete_book a/b": delete_book("a/b"));
        call!("trace_book 1": trace_book("1"));
        call!("query_book 1": query_book("1"));
        call!("copy_book 1": copy_book("1"));
        call!("patch_book 1": patch_book("1"));
        call!("first_on_shelf top": first_on_shelf("top"));
        // There is nothing more literal that takes the method.
        call!("read_book first": first_on_shelf("books"));
        call!("delete_book mine": delete_book("mine"));
        call!("list_pages 1": list_pages("1"));
        call!("cancel_book 1": cancel_book("1"));
        // A colon is escaped, so it is a part of the value.
        call!("read_book 1:cancel": read_book("1:cancel"));
        call!("print_book moby pdf": print_book("moby", PrintBookFormat::Pdf));
        call!("print_book v1.0 pdf": print_book("v1.0", PrintBookFormat::Pdf));
        call!("read_user me": read_user("me"));
        call!("compare v1.0 v2..0 7": compare("v1.0", "v2..0", 7));
        call!("compare a... ...b -7": compare("a...", "...b", -7));
        call!("odd 1": odd("1"));
        call!("read_file src/lib.rs": read_file("src/lib.rs"));
        call!("read_file a ?#%2F//b/": read_file("a ?#%2F//b/"));
        call!("write_file /a:b": write_file("/a:b"));
        call!("read_lines src/lib.rs": read_lines("src/lib.rs"));
        call!("token": token());
        call!("token_by_code": token_by_code());
        call!("token_again": token_again());
        call!("token": refresh_token());
        assert_eq!(service.take(), expected);
    }
}

#[tokio::test]
async fn values_that_no_server_could_tell_apart_are_not_sent() {
    let (service, [client, _]) = clients().await;
    for empty in ["", "."] {
        let error = client.read_book(empty).send().await.expect_err("no value");
        assert!(matches!(error, Error::InvalidRequest(_)), "{error}");
    }
    for outside in ["../books/mine", "a/./b", "a/.."] {
        let error = client.read_file(outside).send().await;
        let error = error.expect_err("another path");
        assert!(matches!(error, Error::InvalidRequest(_)), "{error}");
    }
    assert!(service.take().is_empty());
}

/// The head of the answer to a request without a body.
async fn ask(address: std::net::SocketAddr, method: &str, target: &str) -> String {
    let request = format!("{method} {target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    let response = exchange(address, &request).await;
    let (head, body) = response.split_once("\r\n\r\n").expect("a head");
    assert!(method != "HEAD" || body.is_empty(), "{body}");
    head.to_ascii_lowercase()
}

#[tokio::test]
async fn what_no_operation_takes_is_answered_with_what_there_is() {
    let service = Service::default();
    let address = serve_router(router(service.clone())).await;
    let not_allowed = [
        (
            "PUT",
            "/books/1",
            "copy, delete, get, patch, query, trace, head",
        ),
        // Methods are told apart by their case.
        (
            "copy",
            "/books/1",
            "copy, delete, get, patch, query, trace, head",
        ),
        (
            "PUT",
            "/books/mine",
            "copy, delete, get, patch, query, trace, head",
        ),
        ("POST", "/books/1/", "get, head"),
        (
            "POST",
            "/books/1.pdf",
            "copy, delete, get, patch, query, trace, head",
        ),
        ("GET", "/token", "post"),
        ("HEAD", "/token?grant=other", "post"),
    ];
    for (method, target, allow) in not_allowed {
        let head = ask(address, method, target).await;
        assert!(
            head.starts_with("http/1.1 405 "),
            "{method} {target}: {head}"
        );
        assert!(
            head.contains(&format!("\r\nallow: {allow}\r\n")),
            "{method} {target}: {head}"
        );
        let options = ask(address, "OPTIONS", target).await;
        assert!(options.starts_with("http/1.1 204 "), "{target}: {options}");
        assert!(
            options.contains(&format!("\r\nallow: {allow}\r\n")),
            "{target}: {options}"
        );
    }
    for target in [
        "/",
        "/books",
        "/books/",
        "//books/1",
        "/Books/1",
        "/books/1/2",
        "/@",
        "/x@y",
        "/files",
        "/files/",
    ] {
        let head = ask(address, "GET", target).await;
        assert!(head.starts_with("http/1.1 404 "), "{target}: {head}");
    }
    assert!(service.take().is_empty());
}

#[tokio::test]
async fn head_is_get_without_a_body_and_escapes_are_as_good_in_either_case() {
    let service = Service::default();
    let address = serve_router(router(service.clone())).await;
    for (method, target) in [
        ("HEAD", "/books/mine"),
        ("GET", "/gr%c3%b6%C3%9fe/1%20b"),
        ("GET", "/books/a.b.epub"),
    ] {
        let head = ask(address, method, target).await;
        let status = if target.contains("a.b") { 400 } else { 204 };
        assert!(
            head.starts_with(&format!("http/1.1 {status} ")),
            "{target}: {head}"
        );
    }
    assert_eq!(service.take(), ["my_books", "odd 1"]);
}
