//! The types of Rust that formats of strings are represented by (C10 to C21).

use crate::api::StringFormat;
use crate::config::DateTimes;

/// A type that a format is represented by: one of `std`, of another crate, or of the runtime.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Foreign {
    /// The module that it is imported from; `root` is the module that everything generated stands in.
    pub(crate) path: &'static str,
    /// Its name.
    pub(crate) name: &'static str,
    /// Its argument, from the same module.
    pub(crate) argument: Option<&'static str>,
    /// The crate that it needs.
    pub(crate) dependency: Option<&'static str>,
    /// How it is written outside of JSON.
    pub(crate) text: Text,
}

/// How a value is written outside of JSON: in a path, a query or a header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Text {
    /// As its `Display` does.
    Display,
    /// With `format()`, as ISO 8601 has a date and a time: its `Display` is meant for people.
    Iso8601,
    /// With `to_rfc3339()`.
    Rfc3339,
}

const fn of_crate(
    dependency: &'static str,
    path: &'static str,
    name: &'static str,
    text: Text,
) -> Foreign {
    Foreign {
        path,
        name,
        argument: None,
        dependency: Some(dependency),
        text,
    }
}

const fn own(path: &'static str, name: &'static str) -> Foreign {
    Foreign {
        path,
        name,
        argument: None,
        dependency: None,
        text: Text::Display,
    }
}

const fn chrono_date_time(offset: &'static str) -> Foreign {
    Foreign {
        path: "chrono",
        name: "DateTime",
        argument: Some(offset),
        dependency: Some("chrono"),
        // Chrono's own text of a time stamp is not that of RFC 3339.
        text: Text::Rfc3339,
    }
}

/// The type that a format is represented by.
pub(crate) const fn foreign(format: StringFormat, datetime: DateTimes) -> &'static Foreign {
    match format {
        StringFormat::Plain => &const { own("std::string", "String") },
        StringFormat::Secret => &const { own("root::runtime::secret", "Secret") },
        StringFormat::Base64 => &const { own("root::runtime::encoded", "Base64") },
        StringFormat::Base64Url => &const { own("root::runtime::encoded", "Base64Url") },
        StringFormat::Ipv4 => &const { own("std::net", "Ipv4Addr") },
        StringFormat::Ipv6 => &const { own("std::net", "Ipv6Addr") },
        StringFormat::Ip => &const { own("std::net", "IpAddr") },
        StringFormat::Uuid => &const { of_crate("uuid", "uuid", "Uuid", Text::Display) },
        StringFormat::Uri => &const { of_crate("url", "url", "Url", Text::Display) },
        StringFormat::Decimal => {
            &const { of_crate("rust_decimal", "rust_decimal", "Decimal", Text::Display) }
        }
        StringFormat::DateTime => date_time(datetime),
        StringFormat::Date => date(datetime),
        StringFormat::LocalDateTime => local_date_time(datetime),
        StringFormat::LocalTime => local_time(datetime),
    }
}

const fn date_time(datetime: DateTimes) -> &'static Foreign {
    match datetime {
        DateTimes::Chrono => &const { chrono_date_time("FixedOffset") },
        DateTimes::ChronoUtc => &const { chrono_date_time("Utc") },
        DateTimes::Jiff => &const { of_crate("jiff", "jiff", "Timestamp", Text::Display) },
        DateTimes::Time => {
            &const {
                of_crate(
                    "time",
                    "root::runtime::date_time",
                    "DateTime",
                    Text::Display,
                )
            }
        }
        DateTimes::String => foreign(StringFormat::Plain, datetime),
    }
}

const fn date(datetime: DateTimes) -> &'static Foreign {
    match datetime {
        DateTimes::Chrono | DateTimes::ChronoUtc => {
            &const { of_crate("chrono", "chrono", "NaiveDate", Text::Display) }
        }
        DateTimes::Jiff => &const { of_crate("jiff", "jiff::civil", "Date", Text::Display) },
        DateTimes::Time => {
            &const { of_crate("time", "root::runtime::date_time", "Date", Text::Display) }
        }
        DateTimes::String => foreign(StringFormat::Plain, datetime),
    }
}

const fn local_date_time(datetime: DateTimes) -> &'static Foreign {
    match datetime {
        DateTimes::Chrono | DateTimes::ChronoUtc => {
            &const { of_crate("chrono", "chrono", "NaiveDateTime", Text::Iso8601) }
        }
        DateTimes::Jiff => &const { of_crate("jiff", "jiff::civil", "DateTime", Text::Display) },
        DateTimes::Time | DateTimes::String => foreign(StringFormat::Plain, datetime),
    }
}

const fn local_time(datetime: DateTimes) -> &'static Foreign {
    match datetime {
        DateTimes::Chrono | DateTimes::ChronoUtc => {
            &const { of_crate("chrono", "chrono", "NaiveTime", Text::Display) }
        }
        DateTimes::Jiff => &const { of_crate("jiff", "jiff::civil", "Time", Text::Display) },
        DateTimes::Time | DateTimes::String => foreign(StringFormat::Plain, datetime),
    }
}

/// Whether a value is passed by copying it. The types of one format agree on that.
pub(super) const fn is_copy(format: StringFormat) -> bool {
    match format {
        StringFormat::DateTime
        | StringFormat::Date
        | StringFormat::LocalDateTime
        | StringFormat::LocalTime
        | StringFormat::Uuid
        | StringFormat::Decimal
        | StringFormat::Ipv4
        | StringFormat::Ipv6
        | StringFormat::Ip => true,
        StringFormat::Plain
        | StringFormat::Secret
        | StringFormat::Uri
        | StringFormat::Base64
        | StringFormat::Base64Url => false,
    }
}

/// How large a value is, roughly.
pub(super) const fn size(format: StringFormat) -> usize {
    match format {
        StringFormat::Ipv4 | StringFormat::Date => 4,
        StringFormat::DateTime
        | StringFormat::LocalDateTime
        | StringFormat::LocalTime
        | StringFormat::Uuid
        | StringFormat::Secret
        | StringFormat::Decimal
        | StringFormat::Ipv6
        | StringFormat::Ip => 16,
        StringFormat::Plain | StringFormat::Base64 | StringFormat::Base64Url => 24,
        StringFormat::Uri => 88,
    }
}
