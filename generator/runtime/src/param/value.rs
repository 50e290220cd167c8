//! Values on their way to a parameter.

use serde::Serialize;
use serde::ser::{
    SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

use super::ParamError;

/// A value as far as the styles of parameters tell values apart.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing, or `null`.
    Null,
    /// A number, `true` or `false`.
    Bare(String),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// Keys and values, in order.
    Object(Vec<(String, Value)>),
}

/// Makes a value out of anything that serde can write.
///
/// # Errors
///
/// It is not finite, or it holds something that JSON has not either.
pub fn to_value<T: Serialize + ?Sized>(value: &T) -> Result<Value, ParamError> {
    value.serialize(ToValue)
}

impl Value {
    /// The text of a scalar; the JSON text of anything else, as styles say nothing about values in values
    /// (PR14).
    pub fn text(&self) -> String {
        match self {
            Self::Bare(text) | Self::Text(text) => text.clone(),
            _ => self.json(),
        }
    }

    /// Whether this is a list or an object without anything in it.
    fn is_empty(&self) -> bool {
        match self {
            Self::List(items) => items.is_empty(),
            Self::Object(pairs) => pairs.is_empty(),
            _ => false,
        }
    }

    /// The value as JSON text. Everything beyond ASCII is escaped, so that a header can hold it.
    pub fn json(&self) -> String {
        match self {
            Self::Null => "null".to_owned(),
            Self::Bare(text) => text.clone(),
            Self::Text(text) => quoted(text),
            Self::List(items) => {
                let items: Vec<String> = items.iter().map(Self::json).collect();
                format!("[{}]", items.join(","))
            }
            Self::Object(pairs) => {
                let pairs = pairs
                    .iter()
                    .map(|(key, value)| format!("{}:{}", quoted(key), value.json()));
                format!("{{{}}}", pairs.collect::<Vec<_>>().join(","))
            }
        }
    }
}

fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for unit in text.encode_utf16() {
        match u8::try_from(unit) {
            Ok(b'"') => quoted.push_str("\\\""),
            Ok(b'\\') => quoted.push_str("\\\\"),
            Ok(byte @ b' '..=b'~') => quoted.push(char::from(byte)),
            _ => quoted.push_str(&format!("\\u{unit:04x}")),
        }
    }
    quoted.push('"');
    quoted
}

struct ToValue;

fn bare(value: impl ToString) -> Result<Value, ParamError> {
    Ok(Value::Bare(value.to_string()))
}

macro_rules! bare {
    ($($method:ident $ty:ident)*) => {
        $(fn $method(self, value: $ty) -> Result<Value, ParamError> {
            bare(value)
        })*
    };
}

impl Serializer for ToValue {
    type Ok = Value;
    type Error = ParamError;
    type SerializeSeq = Items;
    type SerializeTuple = Items;
    type SerializeTupleStruct = Items;
    type SerializeTupleVariant = Items;
    type SerializeMap = Pairs;
    type SerializeStruct = Pairs;
    type SerializeStructVariant = Pairs;

    bare! {
        serialize_bool bool
        serialize_i8 i8
        serialize_i16 i16
        serialize_i32 i32
        serialize_i64 i64
        serialize_i128 i128
        serialize_u8 u8
        serialize_u16 u16
        serialize_u32 u32
        serialize_u64 u64
        serialize_u128 u128
    }

    fn serialize_f32(self, value: f32) -> Result<Value, ParamError> {
        if value.is_finite() {
            bare(value)
        } else {
            Err(ParamError::new("it is not finite"))
        }
    }

    fn serialize_f64(self, value: f64) -> Result<Value, ParamError> {
        if value.is_finite() {
            bare(value)
        } else {
            Err(ParamError::new("it is not finite"))
        }
    }

    fn serialize_char(self, value: char) -> Result<Value, ParamError> {
        Ok(Value::Text(value.into()))
    }

    fn serialize_str(self, value: &str) -> Result<Value, ParamError> {
        Ok(Value::Text(value.to_owned()))
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<Value, ParamError> {
        Err(ParamError::new("it cannot be written as text"))
    }

    fn serialize_none(self) -> Result<Value, ParamError> {
        Ok(Value::Null)
    }

    /// An optional list without items is as good as none; one that is required cannot be written (PR11).
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Value, ParamError> {
        let value = value.serialize(self)?;
        Ok(if value.is_empty() { Value::Null } else { value })
    }

    fn serialize_unit(self) -> Result<Value, ParamError> {
        Ok(Value::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Value, ParamError> {
        Ok(Value::Null)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Value, ParamError> {
        Ok(Value::Text(variant.to_owned()))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Value, ParamError> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Value, ParamError> {
        let value = value.serialize(self)?;
        Ok(Value::Object(vec![(variant.to_owned(), value)]))
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Items, ParamError> {
        Ok(Items(None, Vec::with_capacity(length.unwrap_or(0))))
    }

    fn serialize_tuple(self, length: usize) -> Result<Items, ParamError> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<Items, ParamError> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Items, ParamError> {
        Ok(Items(Some(variant), Vec::with_capacity(length)))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Pairs, ParamError> {
        Ok(Pairs::default())
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Pairs, ParamError> {
        Ok(Pairs::default())
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Pairs, ParamError> {
        Ok(Pairs {
            variant: Some(variant),
            ..Pairs::default()
        })
    }
}

/// What stands under the name of a variant, if there is one.
fn tagged(variant: Option<&'static str>, value: Value) -> Value {
    match variant {
        Some(variant) => Value::Object(vec![(variant.to_owned(), value)]),
        None => value,
    }
}

struct Items(Option<&'static str>, Vec<Value>);

impl Items {
    fn push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), ParamError> {
        self.1.push(value.serialize(ToValue)?);
        Ok(())
    }

    fn done(self) -> Result<Value, ParamError> {
        Ok(tagged(self.0, Value::List(self.1)))
    }
}

impl SerializeSeq for Items {
    type Ok = Value;
    type Error = ParamError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), ParamError> {
        self.push(value)
    }

    fn end(self) -> Result<Value, ParamError> {
        self.done()
    }
}

impl SerializeTuple for Items {
    type Ok = Value;
    type Error = ParamError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), ParamError> {
        self.push(value)
    }

    fn end(self) -> Result<Value, ParamError> {
        self.done()
    }
}

impl SerializeTupleStruct for Items {
    type Ok = Value;
    type Error = ParamError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), ParamError> {
        self.push(value)
    }

    fn end(self) -> Result<Value, ParamError> {
        self.done()
    }
}

impl SerializeTupleVariant for Items {
    type Ok = Value;
    type Error = ParamError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), ParamError> {
        self.push(value)
    }

    fn end(self) -> Result<Value, ParamError> {
        self.done()
    }
}

#[derive(Default)]
struct Pairs {
    variant: Option<&'static str>,
    key: String,
    pairs: Vec<(String, Value)>,
}

impl SerializeMap for Pairs {
    type Ok = Value;
    type Error = ParamError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), ParamError> {
        self.key = key.serialize(ToValue)?.text();
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), ParamError> {
        let value = value.serialize(ToValue)?;
        self.pairs.push((std::mem::take(&mut self.key), value));
        Ok(())
    }

    fn end(self) -> Result<Value, ParamError> {
        Ok(Value::Object(self.pairs))
    }
}

impl SerializeStruct for Pairs {
    type Ok = Value;
    type Error = ParamError;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), ParamError> {
        let value = value.serialize(ToValue)?;
        self.pairs.push((key.to_owned(), value));
        Ok(())
    }

    fn end(self) -> Result<Value, ParamError> {
        Ok(tagged(self.variant, Value::Object(self.pairs)))
    }
}

impl SerializeStructVariant for Pairs {
    type Ok = Value;
    type Error = ParamError;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), ParamError> {
        SerializeStruct::serialize_field(self, key, value)
    }

    fn end(self) -> Result<Value, ParamError> {
        SerializeStruct::end(self)
    }
}
