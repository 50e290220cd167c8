//! What operations are called, and the names that they must not take.

use crate::api::{Hook, Operation};

use super::names::{Scope, Spelling};
use super::words as split;

/// Methods that the client has already, and the function that the files of the server have.
pub(super) const CLIENT_METHODS: &[&str] = &[
    "builder",
    "new",
    "call",
    "base_url",
    "clone",
    "credential",
    "routes",
    "sender",
    "call_to",
    "with",
];

/// Constants that stand beside those of the operations.
pub(super) const CONSTANTS: &[&str] = &["ALL", "WEBHOOKS", "DEFAULT_BASE_PATH"];

/// Methods that the receiver of webhooks has already.
const RECEIVER_METHODS: &[&str] = &["new", "on", "into_router", "settings"];

/// Names that the generated functions use for themselves, and the methods of a request, beside which
/// the setter of an optional body stands.
pub(super) const LOCALS: &[&str] = &[
    "self",
    "client",
    "call",
    "reply",
    "response",
    "principal",
    "service",
    "request",
    "incoming",
    "content",
    "outcome",
    "send",
    "send_response",
    "send_outcome",
    "stream",
];

/// Names that stand in the files of operations from elsewhere.
pub(super) const FILE_NAMES: &[&str] = &[
    "Client",
    "ClientBuilder",
    "Error",
    "Response",
    "Operation",
    "Requirement",
    "Result",
    "Ok",
    "Err",
    "Some",
    "None",
    "Option",
    "String",
    "Vec",
    "Box",
    "Arc",
    "Routes",
    "Request",
    "IntoResponse",
    "Authenticate",
    "Credentials",
    "Credential",
    "Service",
    "Incoming",
    "Problem",
    "NoError",
    "Call",
    "Reply",
    "Body",
    "BodyError",
    "ServerEvent",
    "EventShape",
    "EventStream",
    "JsonFraming",
    "JsonStream",
    "Headers",
    "HeaderError",
    "HeaderMap",
    "DeclaredHeaders",
    "StreamError",
    "Into",
    "From",
    "Send",
    "Sync",
    "Sized",
    "Future",
    "Default",
    "Debug",
    "Clone",
    "Copy",
    "PartialEq",
    "Eq",
    "ToString",
    "Secret",
    "InProcess",
    "AuthError",
    "Receiver",
    "Unverified",
    "Verify",
    "Webhooks",
    "ApiKey",
    "BearerToken",
    "BasicCredentials",
    "HttpCredentials",
    "Certificate",
    "Token",
    "TokenError",
    "TokenProvider",
    "TokenRequest",
    "ApiError",
    "BuildError",
    "BoxError",
    "BoxFuture",
    "DecodeError",
    "InvalidRequest",
    "MissingCredentials",
    "RawResponse",
    "Recorded",
    "Recorder",
    "ReqwestTransport",
    "Timeouts",
    "Transport",
    "TransportError",
    "TransportErrorKind",
    "TimeLimit",
    "Iterator",
    "Fn",
    "FnMut",
    "FnOnce",
    "Drop",
    "AsRef",
    "ToOwned",
    "Extend",
    "Ord",
    "PartialOrd",
];

/// The words that an operation is named after: what it is to be called, its id, or its method and path
/// (NM11, NM12).
pub(super) fn words(operation: &Operation) -> Vec<String> {
    let id = operation.chosen.as_deref().or(operation.id.as_deref());
    let id = id.map(split::words).unwrap_or_default();
    if !id.is_empty() {
        return id;
    }
    if let Some(hook) = &operation.hook {
        return hook_words(hook, &operation.method);
    }
    let mut all = vec![operation.method.to_ascii_lowercase()];
    for segment in operation.path.split('/') {
        match segment.strip_prefix('{') {
            Some(name) => {
                all.push("by".to_owned());
                all.extend(split::words(name));
            }
            None => all.extend(split::words(segment)),
        }
    }
    all
}

/// The words of a webhook or a callback without an id. It is nearly always a POST, which so says
/// nothing.
fn hook_words(hook: &Hook, method: &str) -> Vec<String> {
    let mut all = match hook {
        Hook::Webhook { name } => split::words(name),
        Hook::Callback { name, of, .. } => [split::words(of), split::words(name)].concat(),
    };
    if method != "POST" {
        all.insert(0, method.to_ascii_lowercase());
    }
    all
}

/// The words of an operation beside those that were named before it: a webhook that has the name of
/// something else says what it is (U1).
pub(super) fn distinct_words(operation: &Operation, methods: &Scope) -> Vec<String> {
    let words = words(operation);
    let is_taken = !methods.is_free(&words, Spelling::Snake)
        || RECEIVER_METHODS.contains(&words.join("_").as_str());
    let prefix = match &operation.hook {
        Some(Hook::Webhook { .. }) if is_taken => "webhook",
        Some(Hook::Callback { .. }) if is_taken => "callback",
        _ => return words,
    };
    [vec![prefix.to_owned()], words].concat()
}
