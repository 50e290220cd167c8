//! What the types of the generated crate do not let anybody do.

use std::fmt::{Display, LowerHex};
use std::marker::PhantomData;

use anchor_webhooks::client::{
    Body, Client, ClientBuilder, Credential, Error, InProcess, Response,
};
use anchor_webhooks::operations::{Operation, RotateWebhookSecretResponse};
use anchor_webhooks::server::ApiKey;
use anchor_webhooks::types::{
    FlatErrorResponse, Secret, WebhookEventType, WebhookPublic, WebhookWithSecret,
};

/// Whether a type implements a trait. An inherent constant is preferred to the one of a trait, and
/// is there only if its bound holds; the other one is then not used.
macro_rules! implements {
    ($type:ty: $($bound:tt)+) => {{
        #[allow(dead_code, reason = "it is used if the bound does not hold")]
        trait Otherwise {
            const HOLDS: bool = false;
        }
        struct Probe<T: ?Sized>(PhantomData<T>);
        impl<T: ?Sized> Otherwise for Probe<T> {}
        #[allow(dead_code, reason = "it is used if the bound holds")]
        impl<T: ?Sized + $($bound)+> Probe<T> {
            const HOLDS: bool = true;
        }
        let _ = Probe::<$type>(PhantomData);
        <Probe<$type>>::HOLDS
    }};
}

#[test]
fn the_macro_tells_both() {
    assert!(implements!(str: Display));
    assert!(implements!(u8: Display + LowerHex));
    assert!(!implements!(str: Display + LowerHex));
    assert!(!implements!(Vec<u8>: Display));
}

#[test]
fn secrets_cannot_slip_into_a_text() {
    assert!(!implements!(Secret: Display));
    assert!(!implements!(ApiKey<'static>: Display));
    assert!(!implements!(Credential: Display));
    assert!(!implements!(Secret: ToString));
    assert!(!implements!(Secret: AsRef<str>));
    assert!(!implements!(Secret: std::ops::Deref<Target = str>));
    assert!(!implements!(Secret: std::borrow::Borrow<str>));
    assert!(!implements!(Secret: Into<String>));
    assert!(!implements!(Secret: std::hash::Hash));
    assert!(!implements!(Secret: PartialOrd));
    assert!(!implements!(Secret: Copy));
    assert!(!implements!(Secret: Default));
    assert!(!implements!(String: From<Secret>));
    // Whoever holds the whole has the secret in it, and the whole has no text either.
    assert!(!implements!(WebhookWithSecret: Display));
    assert!(!implements!(WebhookWithSecret: std::hash::Hash));
    // A part does not come with a secret that nobody has.
    assert!(!implements!(WebhookWithSecret: From<WebhookPublic>));
    assert!(implements!(WebhookPublic: From<WebhookWithSecret>));
}

#[test]
fn everything_can_go_to_another_thread() {
    assert!(implements!(Client: Send + Sync + Clone + Unpin + 'static));
    assert!(implements!(ClientBuilder: Send + Sync));
    assert!(implements!(InProcess: Send + Sync + Clone));
    assert!(implements!(Body: Send));
    assert!(implements!(Secret: Send + Sync));
    assert!(implements!(Operation: Send + Sync));
    assert!(implements!(Response<WebhookWithSecret>: Send + Sync));
    assert!(implements!(Error<FlatErrorResponse>: Send + Sync + std::error::Error + 'static));
    assert!(implements!(RotateWebhookSecretResponse: Send + Sync + Clone + PartialEq));
}

/// Futures of calls can be spawned, with and without the client inside.
#[test]
fn calls_can_be_spawned() {
    fn is_send<T: Send>(_: &T) {}
    let client = Client::builder().build().expect("a client");
    is_send(&client.rotate_webhook_secret("wh_1"));
    is_send(&client.rotate_webhook_secret("wh_1").send());
    let owned = async move { client.rotate_webhook_secret("wh_1").send_response().await };
    is_send(&owned);
    fn is_static<T: Send + 'static>(_: T) {}
    is_static(owned);
}

#[test]
fn an_enum_is_a_text_and_back() {
    assert!(implements!(WebhookEventType: Display + std::str::FromStr + Ord + std::hash::Hash));
    for value in WebhookEventType::ALL {
        let text = value.to_string();
        assert_eq!(text, value.as_str());
        assert_eq!(text.parse::<WebhookEventType>().as_ref(), Ok(value));
        assert!(!matches!(value, WebhookEventType::Unrecognized(_)));
    }
    let unknown: WebhookEventType = "task.unheard-of".into();
    assert_eq!(
        unknown,
        WebhookEventType::Unrecognized("task.unheard-of".to_owned())
    );
    assert_eq!(unknown.to_string(), "task.unheard-of");
}
