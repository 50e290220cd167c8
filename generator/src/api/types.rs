//! Types: what a value may be, and the named ones.

use serde::Serialize;

use super::union::Union;
use super::{Docs, Enumeration, FieldDefault, Origin, Style};

/// The index of a [`TypeDef`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub(crate) struct TypeId(pub(crate) usize);

/// A type as it is used somewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Type {
    /// What the value is.
    pub(crate) kind: Kind,
    /// Whether `null` is a value too.
    pub(crate) nullable: bool,
    /// What else must hold.
    #[serde(skip_serializing_if = "Constraints::is_empty")]
    pub(crate) constraints: Constraints,
}

impl Kind {
    /// The types that this one holds: what a list, a map or a text of JSON is made of.
    pub(crate) fn inner(&self) -> Vec<&Type> {
        match self {
            Self::Array(inner)
            | Self::Fixed(inner, _)
            | Self::Map(inner)
            | Self::JsonString(inner) => vec![inner],
            Self::KeyedMap(keys, values) => vec![keys, values],
            Self::Tuple(items) => items.iter().collect(),
            _ => Vec::new(),
        }
    }

    /// The same, to be changed.
    pub(crate) fn inner_mut(&mut self) -> Vec<&mut Type> {
        match self {
            Self::Array(inner)
            | Self::Fixed(inner, _)
            | Self::Map(inner)
            | Self::JsonString(inner) => vec![inner],
            Self::KeyedMap(keys, values) => vec![keys, values],
            Self::Tuple(items) => items.iter_mut().collect(),
            _ => Vec::new(),
        }
    }
}

/// What a type is once its other names are looked through; nothing if they lead back to themselves, which
/// only `lower` meets, before such names are cut.
pub(crate) fn without_alias<'t>(types: &'t [TypeDef], ty: &'t Type) -> Option<&'t Type> {
    let mut ty = ty;
    for _ in 0..=types.len() {
        match &ty.kind {
            Kind::Named(id) => match types.get(id.0).map(|def| &def.definition)? {
                Definition::Alias(target) => ty = target,
                _ => return Some(ty),
            },
            _ => return Some(ty),
        }
    }
    None
}

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) enum Kind {
    /// Any JSON value.
    Any,
    /// Only `null`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer(NumberFormat),
    /// A number.
    Number(NumberFormat),
    /// A string.
    String(StringFormat),
    /// A string that holds another value as JSON text (E4).
    JsonString(Box<Type>),
    /// A sequence of values.
    Array(Box<Type>),
    /// A sequence of so many values of one type (F4).
    Fixed(Box<Type>, usize),
    /// A sequence of values that have a type each (F5).
    Tuple(Vec<Type>),
    /// An object with arbitrary keys and values of one type.
    Map(Box<Type>),
    /// An object with keys of one type, which is written as a string, and values of another (G9).
    KeyedMap(Box<Type>, Box<Type>),
    /// A part of a form that is passed on as it is: a file, mostly (Q7).
    File,
    /// A type that the user brings along: an index into the replacements of the configuration.
    Replaced(usize),
    /// A type with a name.
    Named(TypeId),
}

/// The formats of numbers, and the bounds, that choose a representation (C5 to C9, D1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) enum NumberFormat {
    /// No format, or none that is known.
    Plain,
    Int8,
    Int16,
    Int32,
    Int64,
    Int128,
    Uint8,
    Uint16,
    Uint32,
    Uint64,
    Uint128,
    Float,
    Double,
}

/// The formats of strings that choose a representation (C10 to C23).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) enum StringFormat {
    /// Text, whatever its format says about it.
    Plain,
    /// An RFC 3339 time stamp.
    DateTime,
    /// An RFC 3339 date.
    Date,
    /// A date and a time of day that no offset belongs to.
    LocalDateTime,
    /// A time of day that no offset belongs to.
    LocalTime,
    /// A UUID.
    Uuid,
    /// An absolute URI.
    Uri,
    /// A decimal number of any precision, as text.
    Decimal,
    /// An IPv4 address.
    Ipv4,
    /// An IPv6 address.
    Ipv6,
    /// An address of either kind.
    Ip,
    /// Bytes in base64 (RFC 4648, section 4).
    Base64,
    /// Bytes in the base64 that is safe in URLs (RFC 4648, section 5).
    Base64Url,
    /// A value that must never show.
    Secret,
}

/// What must hold for a value beyond its type. Numbers are kept as the document writes them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Constraints {
    pub(crate) min_length: Option<u64>,
    pub(crate) max_length: Option<u64>,
    pub(crate) minimum: Option<String>,
    pub(crate) maximum: Option<String>,
    pub(crate) exclusive_minimum: Option<String>,
    pub(crate) exclusive_maximum: Option<String>,
    /// A multiple of all of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) multiple_of: Vec<String>,
    /// All of them must match.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) patterns: Vec<String>,
    pub(crate) min_items: Option<u64>,
    pub(crate) max_items: Option<u64>,
    pub(crate) unique_items: bool,
    pub(crate) min_properties: Option<u64>,
    pub(crate) max_properties: Option<u64>,
    /// The only values that are right, as JSON, where no enum stands for them (I16 to I18).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) values: Vec<String>,
    /// What few values have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) rare: Option<Box<RareConstraints>>,
}

/// Constraints that few documents have.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct RareConstraints {
    /// Keys that must be there although they can be done without when decoding (G2).
    pub(crate) required: Vec<String>,
    /// A key, and the keys that must be there if it is (G12).
    pub(crate) dependent_required: Vec<(String, Vec<String>)>,
    /// Of each list of lists, one list of keys must be there as a whole (K8).
    pub(crate) alternatives: Vec<KeyLists>,
    /// Lists of keys that must not be there together (K26).
    pub(crate) forbidden: Vec<Vec<String>>,
    /// What each key of a map must keep (G10).
    pub(crate) keys: Vec<Constraints>,
    /// What stands under keys that match a pattern (G8).
    pub(crate) patterned: Vec<(String, Rule)>,
    /// What some of the items must keep (F8).
    pub(crate) contains: Vec<Contains>,
    /// What the value must not be, as JSON (K26).
    pub(crate) not_values: Vec<String>,
    /// The JSON types that a value must not have (K26).
    pub(crate) not_types: Vec<&'static str>,
}

/// Lists of keys of which one must be there as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct KeyLists {
    /// Whether only one of the lists may be there.
    pub(crate) exactly_one: bool,
    pub(crate) lists: Vec<Vec<String>>,
}

/// What some of the items of a list must keep.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Contains {
    /// What these items keep.
    pub(crate) rule: Rule,
    /// How many there are at least.
    pub(crate) min: u64,
    /// How many there are at most.
    pub(crate) max: Option<u64>,
}

/// What a value must keep whose type is said elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Rule {
    /// Its JSON type, if one is named.
    pub(crate) json_type: Option<&'static str>,
    /// The values that it may be, as JSON, if they are listed.
    pub(crate) values: Vec<String>,
    pub(crate) constraints: Constraints,
}

impl Constraints {
    /// The rare constraints, to add to them.
    pub(crate) fn rare_mut(&mut self) -> &mut RareConstraints {
        self.rare.get_or_insert_default()
    }

    /// Whether nothing is constrained.
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A type with a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct TypeDef {
    /// What it may be called.
    pub(crate) name: NameHint,
    /// What it is to be called, if the user or the document says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) chosen: Option<String>,
    /// What the user adds to it: indices into the additions of the configuration.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) additions: Vec<usize>,
    /// Where it is declared.
    pub(crate) origin: Origin,
    /// What the document says about it.
    pub(crate) docs: Docs,
    /// What it is.
    pub(crate) definition: Definition,
}

/// What a name can be made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) enum NameHint {
    /// The name of a component.
    Component(String),
    /// A type that is declared where it is used: inside another type, under these words.
    Inside(TypeId, Vec<String>),
    /// A type that is declared inside the operation with this index, under these words.
    Operation(usize, Vec<String>),
    /// A type that is declared at a parameter of the operation with this index, under these words.
    Parameter(usize, Vec<String>),
    /// A type that is declared in the same words at several places: what all of them are called, and
    /// where the first one stands (I22).
    Shared(Vec<String>, Box<Self>),
    /// A type that is declared inside a component that is not a schema, such as a response: the name of
    /// the component and further words.
    Beside(Vec<String>),
}

/// What a named type is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) enum Definition {
    /// An object with declared properties.
    Struct(Structure),
    /// A value out of a list.
    Enum(Enumeration),
    /// A value of one of several types.
    Union(Union),
    /// Another name of a type.
    Alias(Type),
    /// A list or a map that contains itself: a type of its own around it (M3).
    Wrapper(Type),
}

/// An object with declared properties.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Structure {
    /// The properties, in order.
    pub(crate) fields: Vec<Field>,
    /// The unions whose properties stand beside the declared ones (J11), each with a name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) unions: Vec<(String, Type)>,
    /// What must hold for the object as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) constraints: Option<Box<Constraints>>,
    /// The type of the values of all other keys, if they are kept (G4).
    pub(crate) additional: Option<Type>,
    /// Whether the document forbids all other keys (G7).
    pub(crate) closed: bool,
    /// Whether the user expects further fields (G18).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) non_exhaustive: bool,
    /// What it stands for.
    #[serde(skip_serializing_if = "Role::is_value")]
    pub(crate) role: Role,
    /// How each field is written, if they are the headers of a response.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) headers: Vec<Style>,
    /// The named types that this one is composed of with `allOf`, and can be turned into.
    pub(crate) parts: Vec<Part>,
}

/// What an object stands for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(crate) enum Role {
    /// A value of JSON, or of another text.
    #[default]
    Value,
    /// The parameters of an operation, or the headers of a response, which nothing carries as one value.
    Parameters,
    /// A form with files, which no text carries.
    Form,
}

impl Role {
    /// Whether it is a value that texts carry.
    pub(crate) fn is_value(&self) -> bool {
        *self == Self::Value
    }
}

/// A named member of an `allOf`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Part {
    /// The member.
    pub(crate) id: TypeId,
    /// Whether every field of the member is here with the same type, and required if the member
    /// requires it, so that a value of the whole can be turned into a value of the part.
    pub(crate) convertible: bool,
}

/// A declared property.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Field {
    /// The key on the wire.
    pub(crate) name: String,
    /// What it is to be called, if the user or the document says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) chosen: Option<String>,
    /// What the user adds to it: indices into the additions of the configuration.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) additions: Vec<usize>,
    /// Its type.
    pub(crate) ty: Type,
    /// Whether the key must be there.
    pub(crate) required: bool,
    /// What it is where it is absent. It is never sent for that (I1).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) default: Option<FieldDefault>,
    /// What the document says about it.
    pub(crate) docs: Docs,
    /// Where it is declared.
    pub(crate) origin: Origin,
    /// Only sent by the server.
    pub(crate) read_only: bool,
    /// Only sent by the client.
    pub(crate) write_only: bool,
    /// What the user chose for how it is read.
    #[serde(skip_serializing_if = "Reading::is_default")]
    pub(crate) reading: Reading,
}

/// What the user can choose for how a property is read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Reading {
    /// Whether absence and `null` are two states, whoever sends it (H5).
    pub(crate) tri_state: bool,
    /// Whether it must be there if it is required and may be `null` (H2).
    pub(crate) strict_nullable: bool,
    /// Whether `1.0` is a whole number (D2).
    pub(crate) float_form: bool,
    /// Whether `""` is no value (E7).
    pub(crate) empty_string: bool,
}

impl Reading {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}
