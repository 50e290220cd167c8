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
}

const fn of_crate(dependency: &'static str, path: &'static str, name: &'static str) -> Foreign {
    Foreign {
        path,
        name,
        argument: None,
        dependency: Some(dependency),
    }
}

const fn own(path: &'static str, name: &'static str) -> Foreign {
    Foreign {
        path,
        name,
        argument: None,
        dependency: None,
    }
}

const fn chrono_date_time(offset: &'static str) -> Foreign {
    Foreign {
        path: "chrono",
        name: "DateTime",
        argument: Some(offset),
        dependency: Some("chrono"),
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
        StringFormat::Uuid => &const { of_crate("uuid", "uuid", "Uuid") },
        StringFormat::Uri => &const { of_crate("url", "url", "Url") },
        StringFormat::Decimal => &const { of_crate("rust_decimal", "rust_decimal", "Decimal") },
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
        DateTimes::Jiff => &const { of_crate("jiff", "jiff", "Timestamp") },
        DateTimes::Time => &const { of_crate("time", "root::runtime::date_time", "DateTime") },
        DateTimes::String => foreign(StringFormat::Plain, datetime),
    }
}

const fn date(datetime: DateTimes) -> &'static Foreign {
    match datetime {
        DateTimes::Chrono | DateTimes::ChronoUtc => {
            &const { of_crate("chrono", "chrono", "NaiveDate") }
        }
        DateTimes::Jiff => &const { of_crate("jiff", "jiff::civil", "Date") },
        DateTimes::Time => &const { of_crate("time", "root::runtime::date_time", "Date") },
        DateTimes::String => foreign(StringFormat::Plain, datetime),
    }
}

const fn local_date_time(datetime: DateTimes) -> &'static Foreign {
    match datetime {
        DateTimes::Chrono | DateTimes::ChronoUtc => {
            &const { of_crate("chrono", "chrono", "NaiveDateTime") }
        }
        DateTimes::Jiff => &const { of_crate("jiff", "jiff::civil", "DateTime") },
        DateTimes::Time | DateTimes::String => foreign(StringFormat::Plain, datetime),
    }
}

const fn local_time(datetime: DateTimes) -> &'static Foreign {
    match datetime {
        DateTimes::Chrono | DateTimes::ChronoUtc => {
            &const { of_crate("chrono", "chrono", "NaiveTime") }
        }
        DateTimes::Jiff => &const { of_crate("jiff", "jiff::civil", "Time") },
        DateTimes::Time | DateTimes::String => foreign(StringFormat::Plain, datetime),
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
