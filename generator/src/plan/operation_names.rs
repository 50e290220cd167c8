//! What operations are called, and the names that they must not take.

use crate::api::Operation;

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
];

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
