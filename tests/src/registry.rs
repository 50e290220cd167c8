//! The generated crate by the names of its document: one entry for each schema, operation and
//! security scheme.
//!
//! The compiler keeps the entries right, and [`check`](crate::check) finds the ones that are
//! missing or too many. Nothing here says what a schema looks like: that is asked of the crate.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use anchor_webhooks::client::{Client, ClientBuilder, Error, Response};
use anchor_webhooks::runtime::json;
use anchor_webhooks::types::{
    FlatErrorResponse, Validate, Violation, WebhookEventType, WebhookPublic, WebhookWithSecret,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::runtime::{Builder, Runtime};

use crate::fields::fields_of;

/// Reads a value and writes it again.
pub type Recode = Box<dyn Fn(&Value) -> Result<Value, String>>;

/// Reads a value and lists the constraints that it breaks.
pub type Check = Box<dyn Fn(&Value) -> Result<Vec<Violation>, String>>;

/// Something of the crate that stands for a schema.
pub struct Codec {
    /// Reads a value and writes it again.
    pub recode: Recode,
    /// Reads a value and lists the constraints that it breaks, if there is a way to ask.
    pub violations: Option<Check>,
}

impl Codec {
    /// The codec of a generated type without constraints, which is never violated.
    #[must_use]
    pub fn unconstrained<T: DeserializeOwned + Serialize + 'static>() -> Self {
        Self {
            recode: Box::new(|value| {
                serde_json::to_value(decode::<T>(value)?).map_err(|error| error.to_string())
            }),
            violations: Some(Box::new(|value| decode::<T>(value).map(|_| Vec::new()))),
        }
    }

    /// The codec of a generated type with constraints.
    #[must_use]
    pub fn constrained<T: DeserializeOwned + Serialize + Validate + 'static>() -> Self {
        Self {
            violations: Some(Box::new(|value| {
                let violations = decode::<T>(value)?.validate().err();
                Ok(violations.into_iter().flatten().collect())
            })),
            ..Self::unconstrained::<T>()
        }
    }
}

impl fmt::Debug for Codec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Codec").finish_non_exhaustive()
    }
}

/// Reads a value as it would come over the wire: as text.
///
/// # Errors
///
/// What the type has against the value, and where.
pub fn decode<T: DeserializeOwned>(value: &Value) -> Result<T, String> {
    json::from_slice(value.to_string().as_bytes()).map_err(|error| error.to_string())
}

/// A schema of the document.
#[derive(Debug)]
pub struct SchemaEntry {
    /// Its name.
    pub name: &'static str,
    /// The type.
    pub codec: Codec,
    /// The keys that the type reads, if it is a struct.
    pub fields: Option<&'static [&'static str]>,
    /// The values that the type declares, if it is an enum of texts.
    pub values: Option<Vec<String>>,
    /// The named parts that the type can be turned into.
    pub parts: Vec<Part>,
}

/// A schema that another one is put together from.
pub struct Part {
    /// The name of the part.
    pub name: &'static str,
    /// Reads the whole and writes the part.
    pub convert: Recode,
}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Part").field(&self.name).finish()
    }
}

/// The schemas that the crate has types for.
#[must_use]
pub fn schemas() -> Vec<SchemaEntry> {
    vec![
        SchemaEntry {
            parts: vec![part::<WebhookWithSecret, WebhookPublic>("WebhookPublic")],
            ..schema::<WebhookWithSecret>(
                "WebhookWithSecret",
                Codec::constrained::<WebhookWithSecret>(),
            )
        },
        schema::<FlatErrorResponse>(
            "FlatErrorResponse",
            Codec::unconstrained::<FlatErrorResponse>(),
        ),
        schema::<WebhookPublic>("WebhookPublic", Codec::constrained::<WebhookPublic>()),
        SchemaEntry {
            values: Some(
                WebhookEventType::ALL
                    .iter()
                    .map(ToString::to_string)
                    .collect(),
            ),
            ..schema::<WebhookEventType>(
                "WebhookEventType",
                Codec::constrained::<WebhookEventType>(),
            )
        },
    ]
}

fn schema<T: DeserializeOwned>(name: &'static str, codec: Codec) -> SchemaEntry {
    SchemaEntry {
        name,
        codec,
        fields: fields_of::<T>(),
        values: None,
        parts: Vec::new(),
    }
}

fn part<W, P>(name: &'static str) -> Part
where
    W: DeserializeOwned,
    P: From<W> + Serialize,
{
    let convert = |whole: &Value| {
        let part = P::from(decode::<W>(whole)?);
        serde_json::to_value(part).map_err(|error| error.to_string())
    };
    Part {
        name,
        convert: Box::new(convert),
    }
}

/// The arguments of a call, by the names of its parameters.
pub type Arguments = BTreeMap<String, String>;

/// An operation of the document.
#[derive(Debug)]
pub struct OperationEntry {
    /// Its id.
    pub id: &'static str,
    /// The parameters that the client's method takes.
    pub parameters: &'static [&'static str],
    /// Calls the client's method.
    pub call: fn(&Client, &Arguments) -> Called,
}

/// The operations that the client has methods for.
#[must_use]
pub fn operations() -> Vec<OperationEntry> {
    vec![OperationEntry {
        id: "rotateWebhookSecret",
        parameters: &["id"],
        call: |client, arguments| {
            let request = client.rotate_webhook_secret(&arguments["id"]);
            called(block_on(request.send_response()))
        },
    }]
}

/// How a call ended.
#[derive(Debug, PartialEq)]
pub enum Called {
    /// With a success that is declared: the body.
    Success(Value, http::HeaderMap),
    /// With a failure that is declared: the body.
    Failure(Value, http::HeaderMap),
    /// With a status that is not declared.
    Unexpected,
    /// With a body that does not fit.
    Undecodable(String),
    /// Without a response.
    Refused(String),
}

fn called<T: Serialize, E: Serialize>(result: Result<Response<T>, Error<E>>) -> Called {
    let value = |body: serde_json::Result<Value>| body.expect("bodies are JSON");
    match result {
        Ok(response) => Called::Success(
            value(serde_json::to_value(&response.body)),
            response.headers,
        ),
        Err(Error::Api(error)) => {
            Called::Failure(value(serde_json::to_value(&error.body)), error.headers)
        }
        Err(Error::Unexpected(_)) => Called::Unexpected,
        Err(Error::Decode(error)) => Called::Undecodable(error.error.to_string()),
        Err(error) => Called::Refused(error.to_string()),
    }
}

/// How a client is given the key for a security scheme.
#[must_use]
pub fn credential(scheme: &str) -> Option<fn(ClientBuilder, &str) -> ClientBuilder> {
    match scheme {
        "api_key_header" => Some(|builder, key| builder.api_key(key)),
        _ => None,
    }
}

/// Waits for what needs no sockets.
///
/// # Panics
///
/// There is no memory for a runtime.
pub fn block_on<F: Future>(future: F) -> F::Output {
    static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
        Builder::new_current_thread()
            .build()
            .expect("a runtime without sockets")
    });
    RUNTIME.block_on(future)
}
