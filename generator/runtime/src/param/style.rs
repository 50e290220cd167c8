//! The styles of parameters (OpenAPI, "Style Values").

/// How a value is written as a parameter: `style`, `explode` and `allowReserved` of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    pub(super) kind: Kind,
    pub(super) explode: bool,
    pub(super) reserved: bool,
    pub(super) empty_is_absent: bool,
    pub(super) slashes: bool,
}

/// The styles by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Simple,
    Label,
    Matrix,
    Form,
    Space,
    Pipe,
    Tab,
    DeepObject,
    Cookie,
    Json,
    Lines,
}

impl Style {
    /// `blue,black`, in a path or a header.
    pub const SIMPLE: Self = Self::new(Kind::Simple, false);
    /// As [`Self::SIMPLE`], but an object is `R=100,G=200`.
    pub const SIMPLE_EXPLODED: Self = Self::new(Kind::Simple, true);
    /// `.blue,black`, in a path.
    pub const LABEL: Self = Self::new(Kind::Label, false);
    /// `.blue.black`, in a path.
    pub const LABEL_EXPLODED: Self = Self::new(Kind::Label, true);
    /// `;color=blue,black`, in a path.
    pub const MATRIX: Self = Self::new(Kind::Matrix, false);
    /// `;color=blue;color=black`, in a path.
    pub const MATRIX_EXPLODED: Self = Self::new(Kind::Matrix, true);
    /// `color=blue&color=black`, in a query; with `; ` between them in a cookie.
    pub const FORM: Self = Self::new(Kind::Form, true);
    /// `color=blue,black`, in a query or a cookie.
    pub const FORM_JOINED: Self = Self::new(Kind::Form, false);
    /// `color=blue%20black`, in a query.
    pub const SPACE_DELIMITED: Self = Self::new(Kind::Space, false);
    /// `color=blue%7Cblack`, in a query.
    pub const PIPE_DELIMITED: Self = Self::new(Kind::Pipe, false);
    /// `color=blue%09black`, in a query, as OpenAPI 2.0 has it.
    pub const TAB_DELIMITED: Self = Self::new(Kind::Tab, false);
    /// `color%5BR%5D=100`, in a query.
    pub const DEEP_OBJECT: Self = Self::new(Kind::DeepObject, true);
    /// As [`Self::FORM`] in a cookie, but nothing is encoded.
    pub const COOKIE: Self = Self::new(Kind::Cookie, true);
    /// As [`Self::FORM_JOINED`] in a cookie, but nothing is encoded.
    pub const COOKIE_JOINED: Self = Self::new(Kind::Cookie, false);
    /// A line for each item, in a header.
    pub const LINES: Self = Self::new(Kind::Lines, false);
    /// JSON, anywhere.
    pub const JSON: Self = Self::new(Kind::Json, false);

    const fn new(kind: Kind, explode: bool) -> Self {
        Self {
            kind,
            explode,
            reserved: false,
            empty_is_absent: false,
            slashes: false,
        }
    }

    /// Leaves the characters alone that have a meaning in URLs, except for those that would end the value.
    pub const fn reserved(mut self) -> Self {
        self.reserved = true;
        self
    }

    /// Leaves slashes alone, so that a value at the end of a path has as many segments as it likes.
    pub const fn slashes(mut self) -> Self {
        self.slashes = true;
        self
    }

    /// Takes an empty text for an absent value when reading.
    pub const fn empty_is_absent(mut self) -> Self {
        self.empty_is_absent = true;
        self
    }
}
