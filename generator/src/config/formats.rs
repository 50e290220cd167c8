//! Which types of Rust the formats are represented by (group C).

/// The choices of representation that a user has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Formats {
    /// What dates and times become (C11 to C13).
    pub datetime: DateTimes,
    /// What absolute URIs become (C17).
    pub uri: Uris,
    /// What decimal numbers become that are sent as strings (C10).
    pub decimal: Decimals,
    /// What numbers with `format: float` become (C9).
    pub float: Floats,
}

/// What dates and times become.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DateTimes {
    /// `chrono`, with the offset that a time stamp was sent with.
    #[default]
    Chrono,
    /// `chrono`, with every time stamp in UTC.
    ChronoUtc,
    /// `jiff`, which knows no offset beside a time stamp.
    Jiff,
    /// `time`, with the offset that a time stamp was sent with.
    Time,
    /// The text as it was sent.
    String,
}

/// What absolute URIs become.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Uris {
    /// The text as it was sent.
    #[default]
    String,
    /// `url::Url`, which spells some addresses anew.
    Url,
}

/// What decimal numbers become that are sent as strings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Decimals {
    /// The text as it was sent.
    #[default]
    String,
    /// `rust_decimal::Decimal`, which holds 28 digits.
    RustDecimal,
}

/// What numbers with `format: float` become.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Floats {
    /// As the format says.
    #[default]
    F32,
    /// For documents that write `float` and mean any number.
    F64,
}

impl DateTimes {
    /// Each choice and how it is written.
    pub(super) const NAMES: &[(&str, Self)] = &[
        ("chrono", Self::Chrono),
        ("chrono-utc", Self::ChronoUtc),
        ("jiff", Self::Jiff),
        ("time", Self::Time),
        ("string", Self::String),
    ];
}

impl Uris {
    /// Each choice and how it is written.
    pub(super) const NAMES: &[(&str, Self)] = &[("string", Self::String), ("url", Self::Url)];
}

impl Decimals {
    /// Each choice and how it is written.
    pub(super) const NAMES: &[(&str, Self)] = &[
        ("string", Self::String),
        ("rust_decimal", Self::RustDecimal),
    ];
}

impl Floats {
    /// Each choice and how it is written.
    pub(super) const NAMES: &[(&str, Self)] = &[("f32", Self::F32), ("f64", Self::F64)];
}
