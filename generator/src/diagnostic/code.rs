//! The codes of all findings. A code is stable: users silence, deny and search for it.

use std::fmt;
use std::str::FromStr;

use super::quoted;
use crate::near::nearest;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $code:literal;)+) => {
        /// What kind of finding a diagnostic is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Code {
            /// Every code, in the order of the phases.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The code as users write it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)+
                }
            }

            /// What the code means, in a sentence or two.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!($($doc, "\n"),+),)+
                }
            }

            /// The page about the code, in Markdown: what it means, an example with what is
            /// printed about it, and what to do. A code without a page does not compile.
            #[must_use]
            pub const fn page(self) -> &'static str {
                match self {
                    $(Self::$variant => include_str!(concat!("pages/", $code, ".md")),)+
                }
            }
        }
    };
}

codes! {
    /// The text is not YAML or not JSON.
    Syntax = "syntax";
    /// The input is larger, deeper or expands to more than the limits allow.
    Limit = "limit";
    /// A mapping has the same key twice.
    DuplicateKey = "duplicate-key";
    /// A tag of YAML that means nothing here; the node is read without it.
    YamlTag = "yaml-tag";
    /// A Markdown page has no block that is an OpenAPI document, or several.
    PageBlock = "page-block";
    /// An overlay cannot be read, or an action of it cannot be done.
    Overlay = "overlay";
    /// An action of an overlay changes nothing.
    OverlayUnused = "overlay-unused";
    /// The document does not say which version of OpenAPI it is written in, or says it wrongly.
    Version = "version";
    /// A value has another type than the specification gives it.
    WrongType = "wrong-type";
    /// A key that the specification requires is missing.
    MissingKey = "missing-key";
    /// A key that the specification does not know.
    UnknownKey = "unknown-key";
    /// Two parts of one object that exclude each other; the message says which one is read.
    ExclusiveParts = "exclusive-parts";
    /// A key or a header that means nothing at its place; it is ignored.
    MisplacedKey = "misplaced-key";
    /// A value that the specification does not allow at its place; the message says how it is read.
    WrongValue = "wrong-value";
    /// A spelling of another version of OpenAPI; it is read as it is meant.
    MixedDialect = "mixed-dialect";
    /// A `$schema` or a `jsonSchemaDialect` that is not known; it is read as JSON Schema 2020-12.
    UnknownDialect = "unknown-dialect";
    /// A `$ref` leads nowhere.
    RefMissing = "ref-missing";
    /// A `$ref` leads to itself.
    RefCycle = "ref-cycle";
    /// A `$ref` leads to an object of another kind.
    RefKind = "ref-kind";
    /// A `$ref` leads to a file that cannot be read, or to one that is never read: above the folder
    /// of the document, or on the network.
    RefExternal = "ref-external";
    /// A `$ref` stands where the specification has no word for it; it is followed.
    RefPosition = "ref-position";
    /// A constraint beside a `$ref`, which does not count in documents before OpenAPI 3.1.
    RefSibling = "ref-sibling";
    /// Two operations have the same `operationId`.
    DuplicateOperationId = "duplicate-operation-id";
    /// A path template and its path parameters do not fit together.
    PathParameter = "path-parameter";
    /// Two path templates match the same paths.
    AmbiguousPath = "ambiguous-path";
    /// The parent of a tag is not declared, or leads back to the tag; the tag is read without it.
    TagParent = "tag-parent";
    /// A security requirement names a scheme that is not declared.
    UnknownSecurityScheme = "unknown-security-scheme";
    /// A construct that this version of Oarlock does not support; the message names the fallback.
    Unsupported = "unsupported";
    /// A format stands on a type that it does not belong to; it is ignored.
    FormatMismatch = "format-mismatch";
    /// A string of raw bytes, which JSON cannot carry; it is read as text.
    BinaryInJson = "binary-in-json";
    /// Members of an `allOf` contradict each other; the last one wins.
    AllOfConflict = "all-of-conflict";
    /// The values of an `enum` or `const` do not fit the type that is stated beside them.
    EnumValue = "enum-value";
    /// An extension that names or describes the values of an `enum` does not fit them.
    EnumNames = "enum-names";
    /// A discriminator and the schemas that it chooses from do not fit together.
    Discriminator = "discriminator";
    /// A `default` cannot be read as a value of the type that it is for.
    DefaultIgnored = "default-ignored";
    /// A `required` list names a property that is not declared.
    RequiredUnknown = "required-unknown";
    /// A schema contains itself without a way to end.
    InfiniteType = "infinite-type";
    /// A property is read-only and write-only at once; it is taken for neither.
    OneWay = "one-way";
    /// Schemas that no operation reaches are left out.
    UnreachedSchema = "unreached-schema";
    /// There are security schemes, and nothing asks for one.
    UnusedSecurity = "unused-security";
    /// An extension names code; it is ignored, because a document never names code.
    CodeInExtension = "code-in-extension";
    /// An entry of the configuration matches nothing in the document.
    ConfigUnused = "config-unused";
    /// The configuration cannot be read.
    Config = "config";
    /// A mistake of Oarlock itself.
    Internal = "internal";
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Code {
    type Err = UnknownCode;

    fn from_str(text: &str) -> Result<Self, UnknownCode> {
        let codes = Self::ALL.iter().copied();
        let found = codes.clone().find(|code| code.as_str() == text);
        found.ok_or_else(|| UnknownCode {
            text: text.to_owned(),
            near: nearest(text, codes.map(Self::as_str)),
        })
    }
}

/// A text that is not a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownCode {
    text: String,
    near: Option<&'static str>,
}

impl UnknownCode {
    /// What to write in its place.
    #[must_use]
    pub fn help(&self) -> String {
        match self.near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`oarlock explain` lists all codes".to_owned(),
        }
    }
}

impl fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown code {}", quoted(&self.text))
    }
}

impl std::error::Error for UnknownCode {}
