//! Secrets do not show.

#![cfg(all(feature = "client", feature = "server"))]

mod common;

use common::{KEY, ROTATE, builder};
use oarlock_runtime::client::{Body, Credential, Error, Recorder};
use oarlock_runtime::json;
use oarlock_runtime::param::Style;
use oarlock_runtime::secret::Secret;

#[test]
fn secret_is_text_that_does_not_show() {
    let secret = Secret::from(KEY);
    assert_eq!(format!("{secret:?}"), "Secret([redacted])");
    assert_eq!(secret.expose(), KEY);
    assert_eq!(secret, secret.clone());
    assert_eq!(secret, Secret::from(KEY.to_owned()));
    assert_eq!(Ok(&secret), KEY.parse().as_ref());
    assert_ne!(secret, "".into());
    assert_ne!(secret, KEY.to_lowercase().into());
    let text = serde_json::to_string(&secret).expect("text");
    assert_eq!(text, format!("{KEY:?}"));
    assert_eq!(
        json::from_slice::<Secret>(text.as_bytes()).expect("a secret"),
        secret
    );
    let error = json::from_slice::<Vec<Secret>>(br#"["a", 123456]"#).expect_err("no text");
    assert_eq!(
        (error.path(), error.problem()),
        ("[1]", "expected a string")
    );
}

#[tokio::test]
async fn nothing_public_shows_a_secret() {
    let reply = r#"{"secret":"K-SECRET-0123456789"}"#;
    let recorder = Recorder::new()
        .json(200, reply)
        .json(418, reply)
        .json(200, reply);
    let credentials = [
        Credential::ApiKeyHeader {
            name: "x-api-key",
            key: KEY.into(),
        },
        Credential::ApiKeyQuery {
            name: "key",
            key: KEY.into(),
        },
        Credential::ApiKeyCookie {
            name: "key",
            key: KEY.into(),
        },
        Credential::Bearer(KEY.into()),
        Credential::Basic {
            username: "me".into(),
            password: KEY.into(),
        },
    ];
    let mut shown = format!("{credentials:?}");
    for credential in credentials {
        let builder = builder("https://example.com").transport(recorder.clone());
        let builder = builder.credential("key", credential);
        shown += &format!("{builder:?}");
        let client = builder.build().expect("a client");
        let mut call = client.call(&ROTATE);
        call.path("id", Style::SIMPLE, &KEY);
        shown += &format!("{client:?} {call:?}");
        match call.send().await {
            Ok(reply) => {
                shown += &format!("{reply:?}");
                let error = match reply.status() {
                    200 => reply
                        .json(|text: String| text)
                        .await
                        .expect_err("no string"),
                    _ => reply.unexpected().await,
                };
                shown += &format!("{error:?} {error}");
            }
            Err(error @ Error::Transport(_)) => shown += &format!("{error:?} {error}"),
            Err(error) => panic!("{error}"),
        }
    }
    shown += &format!(
        "{recorder:?} {:?} {:?}",
        recorder.requests(),
        Body::from(KEY)
    );
    assert_eq!(recorder.requests().len(), 5);
    for hidden in [KEY, "SECRET", "Sy1TRUNSRVQ"] {
        assert!(!shown.contains(hidden), "{shown}");
    }
}
