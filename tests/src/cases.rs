//! The output for the documents in `cases/`, as a user has it who generates a module tree into a crate
//! of their own. `tests/cases.rs` keeps it up to date, and `tests/behaviour` puts it to work.

macro_rules! cases {
    ($($(#[doc = $doc:literal])+ $name:ident = $path:literal;)+) => {
        $(
            $(#[doc = $doc])+
            #[allow(
                missing_docs,
                clippy::duplicate_mod,
                clippy::module_inception,
                reason = "the documents describe little, a case may be called like a file, and each has a client
                    and a server of the same text"
            )]
            #[path = $path]
            pub mod $name;
        )+
    };
}

cases! {
    /// Composition with `allOf`.
    all_of = "../cases/all_of/expected/mod.rs";
    /// Lists of a fixed length, tuples, and what must be among items.
    arrays = "../cases/arrays/expected/mod.rs";
    /// Unions inside compositions.
    all_of_unions = "../cases/all_of_unions/expected/mod.rs";
    /// Schemas that call themselves something.
    anchors = "../cases/anchors/expected/mod.rs";
    /// Operations without tags, ids, servers and security.
    bare = "../cases/bare/expected/mod.rs";
    /// An API that is served below a path.
    base_path = "../cases/base_path/expected/mod.rs";
    /// Properties that only some objects have.
    conditionals = "../cases/conditionals/expected/mod.rs";
    /// What stands alone where it has company elsewhere, and two that share a name.
    corners = "../cases/corners/expected/mod.rs";
    /// What `validate` checks.
    constraints = "../cases/constraints/expected/mod.rs";
    /// What a value holds by the way it travels.
    directions = "../cases/directions/expected/mod.rs";
    /// JSON Schema as its old drafts spell it.
    drafts = "../cases/drafts/expected/mod.rs";
    /// Discriminators.
    discriminators = "../cases/discriminators/expected/mod.rs";
    /// Values that never change.
    constants = "../cases/constants/expected/mod.rs";
    /// Parameters of every style and place.
    parameters = "../cases/parameters/expected/mod.rs";
    /// What a property is where it is absent.
    defaults = "../cases/defaults/expected/mod.rs";
    /// Templates, and what fills them in.
    dynamic_refs = "../cases/dynamic_refs/expected/mod.rs";
    /// As little as a document may hold.
    empty = "../cases/empty/expected/mod.rs";
    /// Headers of responses.
    headers = "../cases/headers/expected/mod.rs";
    /// Parameters that are the whole query.
    query_strings = "../cases/query_strings/expected/mod.rs";
    /// Strings out of a list.
    enums = "../cases/enums/expected/mod.rs";
    /// Enums that the configuration opens or closes.
    enums_chosen = "../cases/enums_chosen/expected/mod.rs";
    /// Operations that the configuration chooses.
    filters = "../cases/filters/expected/mod.rs";
    /// What a client brings along.
    extras = "../cases/extras/expected/mod.rs";
    /// Formats.
    formats = "../cases/formats/expected/mod.rs";
    /// Dates and times of `jiff`, URIs of `url`, decimals of `rust_decimal`.
    formats_jiff = "../cases/formats_jiff/expected/mod.rs";
    /// Dates and times as text.
    formats_text = "../cases/formats_text/expected/mod.rs";
    /// Dates and times of `time`.
    formats_time = "../cases/formats_time/expected/mod.rs";
    /// Time stamps in UTC.
    formats_utc = "../cases/formats_utc/expected/mod.rs";
    /// What is left of a document with mistakes.
    keep_going = "../cases/keep_going/expected/mod.rs";
    /// Bodies that are not JSON.
    media = "../cases/media/expected/mod.rs";
    /// Forms that a server reads part by part.
    part_stream = "../cases/part_stream/expected/mod.rs";
    /// Forms of several parts.
    multipart = "../cases/multipart/expected/mod.rs";
    /// Forms.
    forms = "../cases/forms/expected/mod.rs";
    /// Streams of values.
    streams = "../cases/streams/expected/mod.rs";
    /// Bodies of several media types.
    media_choices = "../cases/media_choices/expected/mod.rs";
    /// Maps with keys of a type, and properties by pattern.
    keyed = "../cases/keyed/expected/mod.rs";
    /// How properties are read by choice of the user, and which structs may grow.
    knobs = "../cases/knobs/expected/mod.rs";
    /// Bases that others are composed of.
    inheritance = "../cases/inheritance/expected/mod.rs";
    /// A union that contains itself.
    json_value = "../cases/json_value/expected/mod.rs";
    /// Objects with other keys, and arrays.
    maps = "../cases/maps/expected/mod.rs";
    /// Enums of whole numbers.
    integer_enums = "../cases/integer_enums/expected/mod.rs";
    /// Names that are taken.
    names = "../cases/names/expected/mod.rs";
    /// Absent, null and value.
    nullable = "../cases/nullable/expected/mod.rs";
    /// Constraints on which keys an object has.
    objects = "../cases/objects/expected/mod.rs";
    /// Operations that give pages.
    pages = "../cases/pages/expected/mod.rs";
    /// Texts that must match a pattern.
    patterns = "../cases/patterns/expected/mod.rs";
    /// Types that contain themselves.
    recursion = "../cases/recursion/expected/mod.rs";
    /// A document of several files.
    references = "../cases/references/expected/mod.rs";
    /// Names that are chosen.
    renames = "../cases/renames/expected/mod.rs";
    /// Code of the user's in the place of generated code.
    replaced = "../cases/replaced/expected/mod.rs";
    /// Paths and methods of every kind.
    routes = "../cases/routes/expected/mod.rs";
    /// Security schemes of every kind.
    security = "../cases/security/expected/mod.rs";
    /// Several servers, with variables, and some for single operations.
    servers = "../cases/servers/expected/mod.rs";
    /// Bodies, tags and security.
    service = "../cases/service/expected/mod.rs";
    /// Swagger 2.0.
    swagger2 = "../cases/swagger2/expected/mod.rs";
    /// Tags that belong together, and links.
    tags = "../cases/tags/expected/mod.rs";
    /// Values of one of several types.
    unions = "../cases/unions/expected/mod.rs";
    /// Webhooks and callbacks, and who receives them.
    webhooks = "../cases/webhooks/expected/mod.rs";
}
