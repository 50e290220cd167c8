//! Whatever a server answers, the client gives a result, and nothing panics on the way.

mod common;

use std::panic;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anchor_webhooks::client::{Client, Error, Timeouts};
use anchor_webhooks::types::WebhookWithSecret;
use common::{KEY, hook};
use conformance::raw::{Raw, Then, response};
use conformance::strategy::{Schemas, mutation};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use tokio::runtime::Runtime;

fn any_response() -> BoxedStrategy<Vec<u8>> {
    let noise = vec(any::<u8>(), 0..400);
    let head = (
        "HTTP/1\\.[01] [0-9]{3} [ -~]{0,10}\r\n",
        "([!-~]{1,8}: ?[ -~]{0,12}\r\n){0,4}",
        vec(any::<u8>(), 0..100),
    )
        .prop_map(|(status, headers, body)| {
            [status.as_bytes(), headers.as_bytes(), b"\r\n", &body].concat()
        });
    let framing = (
        100..600_u16,
        proptest::sample::select(vec![
            "content-length: 5",
            "content-length: -1",
            "content-length: 99999999999999999999",
            "content-length: 5\r\ncontent-length: 6",
            "transfer-encoding: chunked",
            "transfer-encoding: chunked\r\ncontent-length: 5",
            "transfer-encoding: gzip",
            "content-encoding: gzip",
            "connection: upgrade\r\nupgrade: websocket",
            "trailer: x",
        ]),
        prop_oneof![
            Just("5\r\n{\"a\":\r\n0\r\n\r\n".to_owned()),
            Just("ffffffffffffffff\r\nx".to_owned()),
            Just("-1\r\nx\r\n".to_owned()),
            "[0-9a-f]{1,4}\r\n[ -~]{0,20}\r\n",
        ],
    );
    let framing = framing.prop_map(|(status, header, body)| {
        format!("HTTP/1.1 {status} X\r\n{header}\r\n\r\n{body}").into_bytes()
    });
    let changed = (any::<Index>(), any::<u8>()).prop_map(|(place, byte)| {
        let body = serde_json::to_string(&hook("wh_1")).expect("a hook is JSON");
        let mut bytes = response("200 OK", "content-type: application/json\r\n", &body);
        *place.get_mut(&mut bytes) = byte;
        bytes
    });
    let instances = Schemas::of_document().instances("WebhookWithSecret");
    let wrong_body =
        (100..600_u16, instances, mutation()).prop_map(|(status, instance, mutation)| {
            let body = mutation.apply(&instance.sent).to_string();
            response(&format!("{status} X"), "", &body)
        });
    prop_oneof![noise, head, framing, changed, wrong_body].boxed()
}

#[test]
fn any_bytes_as_a_response_give_a_result() {
    let panics = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&panics);
    let default = panic::take_hook();
    // A panic in a task of the transport would otherwise be seen by nobody.
    panic::set_hook(Box::new(move |info| {
        count.fetch_add(1, Ordering::SeqCst);
        default(info);
    }));
    let runtime = Runtime::new().expect("a runtime");
    let server = runtime.block_on(Raw::start(Then::Send(Vec::new())));
    let second = Duration::from_secs(1);
    let timeouts = Timeouts {
        connect: second,
        read: second,
        total: second,
    };
    let client = Client::builder()
        .base_url(server.url())
        .api_key(KEY)
        .timeouts(timeouts);
    let client = client.build().expect("the settings are right");
    let config = Config {
        cases: 1024,
        rng_seed: RngSeed::Fixed(1),
        failure_persistence: None,
        ..Config::default()
    };
    let result = TestRunner::new(config).run(&any_response(), |bytes| {
        server.then(Then::Send(bytes));
        let result = runtime.block_on(client.rotate_webhook_secret("wh_1").send());
        let shown = match &result {
            Ok(body) => format!("{body:?}"),
            Err(error) => format!("{error:?} {error}"),
        };
        prop_assert!(!shown.contains(KEY), "{shown}");
        prop_assert_eq!(panics.load(Ordering::SeqCst), 0);
        check(&result)
    });
    result.unwrap_or_else(|error| panic!("{error}"));
}

/// Nothing was wrong with the request, and the server never hangs.
fn check<E: std::fmt::Debug>(
    result: &Result<WebhookWithSecret, Error<E>>,
) -> Result<(), TestCaseError> {
    match result {
        Ok(_) | Err(Error::Api(_) | Error::Unexpected(_) | Error::Decode(_)) => Ok(()),
        Err(Error::Transport(error)) => {
            let kind = error.kind();
            let is_timeout = kind == anchor_webhooks::client::TransportErrorKind::Timeout;
            prop_assert!(!is_timeout, "{error:?}");
            Ok(())
        }
        Err(other) => Err(TestCaseError::fail(format!("{other:?}"))),
    }
}
