//! Calls from code that is not asynchronous.

#![cfg(all(feature = "blocking", feature = "server"))]

mod common;

use common::{OPEN, Raw, Then, builder, response};
use oarlock_runtime::blocking::Blocking;

#[test]
fn calls_are_waited_for_over_a_socket() {
    let blocking = Blocking::new().expect("there is room");
    let elsewhere = tokio::runtime::Runtime::new().expect("there is room");
    let server = elsewhere.block_on(Raw::start(Then::Send(response("200 OK", "{}"))));
    let client = builder(&server.base_url).build().expect("a client");
    for _ in 0..3 {
        let reply = blocking.wait(client.call(&OPEN).send()).expect("an answer");
        assert_eq!(reply.status(), 200);
    }
    assert_eq!(server.requests().len(), 3);
}
