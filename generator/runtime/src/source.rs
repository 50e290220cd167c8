//! The text of the other modules, for the generator to copy.

/// One file of the runtime.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct File {
    /// The path below the generated `runtime` folder.
    pub path: &'static str,
    /// Who needs the file.
    pub part: Part,
    /// What is in it, without the line that marks it as generated.
    pub text: &'static str,
}

/// Who needs a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Every crate.
    Core,
    /// A crate with bytes that JSON carries as text, or with operations.
    Base64,
    /// A crate with bytes that JSON carries as text.
    Encoded,
    /// A crate with values that are sent as JSON inside of a string.
    JsonString,
    /// A crate that reads JSON itself: one with operations, with JSON inside of a string, or with
    /// properties that are read in a way of their own.
    Strict,
    /// A crate with time stamps or dates of the crate `time`.
    DateTime,
    /// A crate with secrets or with operations.
    Secret,
    /// A crate with operations.
    Operation,
    /// A crate with an enum that keeps unknown values.
    OpenEnum,
    /// A crate with an enum of just its declared values, or with something that builds on it.
    ClosedEnum,
    /// A crate with an enum of whole numbers.
    IntegerEnum,
    /// A crate with a constant that is neither a text nor a whole number.
    Constant,
    /// A crate with a default that is no constant.
    DefaultValue,
    /// A crate with a property that can be absent, `null` or a value.
    DoubleOption,
    /// A crate with a property that may be an empty string for no value.
    EmptyString,
    /// A crate with a property that takes whole numbers in any form.
    FloatForm,
    /// A crate that checks texts against patterns.
    Pattern,
    /// A crate that holds or compares arbitrary JSON.
    JsonRules,
    /// A crate with a union.
    Union,
    /// Both the client and the server.
    Wire,
    /// The same, with bodies that are streams of bytes.
    Stream,
    /// The same, with bodies that are streams of values.
    Items,
    /// The same, with forms of several parts.
    Multipart,
    /// A client with such forms.
    MultipartClient,
    /// A server with such forms.
    MultipartServer,
    /// The server of a crate with forms that are read part by part.
    PartStream,
    /// The client.
    Client,
    /// A client that waits in code that is not asynchronous.
    Blocking,
    /// A client that sends requests again.
    Retry,
    /// A client that makes spans of its requests.
    Tracing,
    /// A client with operations that give pages.
    Paging,
    /// The server.
    Server,
    /// A server with a feature for each tag.
    Tags,
    /// The client and the server together.
    ClientServer,
}

macro_rules! files {
    ($($part:ident $path:literal,)*) => {
        &[$(File { path: $path, part: Part::$part, text: include_str!($path) },)*]
    };
}

/// All files, sorted by their paths.
pub const FILES: &[File] = files![
    Tags "absent.rs",
    Base64 "base64.rs",
    Blocking "blocking.rs",
    Wire "body.rs",
    Client "client.rs",
    Client "client/browser.rs",
    Client "client/builder.rs",
    Client "client/call.rs",
    Client "client/credential.rs",
    Client "client/error.rs",
    Client "client/native.rs",
    Client "client/parameters.rs",
    Client "client/recorder.rs",
    Client "client/reply.rs",
    Client "client/reqwest.rs",
    Client "client/response.rs",
    Client "client/token.rs",
    Client "client/transport.rs",
    ClosedEnum "closed_enum.rs",
    Constant "constant.rs",
    DateTime "date_time.rs",
    DefaultValue "default_value.rs",
    DoubleOption "double_option.rs",
    EmptyString "empty_string.rs",
    Encoded "encoded.rs",
    FloatForm "float_form.rs",
    Wire "form.rs",
    Wire "headers.rs",
    ClientServer "in_process.rs",
    IntegerEnum "integer_enum.rs",
    Items "items.rs",
    Items "items/events.rs",
    Items "items/events/decoder.rs",
    Items "items/json.rs",
    Wire "json.rs",
    JsonRules "json_rules.rs",
    JsonString "json_string.rs",
    Wire "media_type.rs",
    Multipart "multipart.rs",
    Multipart "multipart/header.rs",
    Multipart "multipart/read.rs",
    Multipart "multipart/scan.rs",
    Multipart "multipart/write.rs",
    MultipartClient "multipart_client.rs",
    MultipartServer "multipart_server.rs",
    OpenEnum "open_enum.rs",
    Operation "operation.rs",
    Paging "paging.rs",
    Paging "paging/link.rs",
    Wire "param.rs",
    Wire "param/fields.rs",
    Wire "param/header.rs",
    Wire "param/inner.rs",
    Wire "param/nodes.rs",
    Wire "param/read.rs",
    Wire "param/style.rs",
    Wire "param/value.rs",
    Wire "param/whole.rs",
    Wire "param/write.rs",
    PartStream "part_stream.rs",
    Pattern "pattern.rs",
    Wire "percent.rs",
    Retry "retry.rs",
    Secret "secret.rs",
    Server "server.rs",
    Server "server/base.rs",
    Server "server/body.rs",
    Server "server/credentials.rs",
    Server "server/incoming.rs",
    Server "server/parameters.rs",
    Server "server/problem.rs",
    Server "server/receiver.rs",
    Server "server/routes.rs",
    Server "server/settings.rs",
    Server "server/template.rs",
    Stream "stream.rs",
    Strict "strict.rs",
    Tracing "traced.rs",
    Union "union.rs",
    Union "union/array.rs",
    Union "union/buffered.rs",
    Union "union/object.rs",
    Union "union/tagged.rs",
    Union "union/trial.rs",
    Core "validate.rs",
    Core "validate/decimal.rs",
    Core "validate/keys.rs",
    Core "validate/number.rs",
    Core "validate/rules.rs",
    Core "validate/values.rs",
];
