//! Defaults of properties: found where they are written, and read as values of the property's type once
//! all types are known (I1 to I5, H14).

use serde_json::{Map, Number, Value};

use crate::api::{
    Definition, Enumeration, FieldDefault, Kind, Literal, NumberFormat, StringFormat, Structure,
    Type, TypeDef,
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::spec::{Data, SchemaId};

use super::Lowering;
use super::format_text::is_value;

/// How deep a default may be. Deeper ones are no values that anybody reads.
const MAX_DEPTH: usize = 24;

impl<'a> Lowering<'_, 'a> {
    /// The default of a property that all of these schemas describe: the last one that is written, at
    /// the property itself or at what it refers to (J4, I5).
    pub(super) fn default_of(&mut self, ids: &[SchemaId]) -> Option<FieldDefault> {
        let found = ids.iter().rev().find_map(|id| self.written_default(*id))?;
        Some(FieldDefault {
            value: found.tree.to_json_value(found.node),
            span: found.span(),
        })
    }

    fn written_default(&mut self, id: SchemaId) -> Option<Data<'a>> {
        let schema = self.schema(id);
        if schema.default.is_some() {
            return schema.default;
        }
        let target = match &schema.reference {
            Some(reference) => self.resolve_schema(reference)?,
            None => self.significant(id),
        };
        let target = self.schema(target);
        match (target.default, &target.reference) {
            (None, Some(reference)) => {
                let target = self.resolve_schema(reference)?;
                self.schema(target).default
            }
            (default, _) => default,
        }
    }
}

/// Reads every default as a value of its type. One that is none is left out, and that is told.
pub(super) fn settle(diagnostics: &mut Diagnostics, types: &mut [TypeDef]) {
    let mut settled: Vec<(usize, usize, Option<FieldDefault>)> = Vec::new();
    for (index, def) in types.iter().enumerate() {
        let Definition::Struct(structure) = &def.definition else {
            continue;
        };
        for (place, field) in structure.fields.iter().enumerate() {
            let Some(default) = &field.default else {
                continue;
            };
            // `default: null` says what absence says already (H14).
            let value = if default.value.is_null() {
                None
            } else {
                let read = read(types, &field.ty, &default.value, 0);
                if let Err(why) = &read {
                    warn(diagnostics, default, *why);
                }
                read.ok()
            };
            let span = default.span;
            settled.push((
                index,
                place,
                value.map(|value| FieldDefault { value, span }),
            ));
        }
    }
    for (index, place, default) in settled {
        if let Some(Definition::Struct(structure)) =
            types.get_mut(index).map(|it| &mut it.definition)
            && let Some(field) = structure.fields.get_mut(place)
        {
            field.default = default;
        }
    }
}

/// Why a default is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Why {
    /// It is no value of the type.
    Wrong,
    /// There is no constant of the type.
    Unsupported,
}

fn warn(diagnostics: &mut Diagnostics, default: &FieldDefault, why: Why) {
    let (code, message) = match why {
        Why::Wrong => (
            Code::DefaultIgnored,
            "this default is not a value of its type",
        ),
        Why::Unsupported => (
            Code::Unsupported,
            "a default of this type is not supported yet",
        ),
    };
    diagnostics.push(
        Diagnostic::warning(code, default.span, message)
            .label("documented, and there is no method that gives it"),
    );
}

/// A value as one of a type; what is written as another type is converted if nothing is lost (I3).
fn read(types: &[TypeDef], ty: &Type, value: &Value, depth: usize) -> Result<Value, Why> {
    if value.is_null() && ty.nullable {
        return Ok(Value::Null);
    }
    if depth > MAX_DEPTH {
        return Err(Why::Unsupported);
    }
    let all = |values: &[Value], ty: &Type| -> Result<Vec<Value>, Why> {
        let values = values.iter().map(|value| read(types, ty, value, depth + 1));
        values.collect()
    };
    match (&ty.kind, value) {
        (Kind::Any, _) | (Kind::Null, Value::Null) => Ok(value.clone()),
        (Kind::Boolean, _) => flag(value).map(Value::Bool).ok_or(Why::Wrong),
        (Kind::Integer(format), _) => integer(*format, value).ok_or(Why::Wrong),
        (Kind::Number(_), _) => number(value).map(Value::Number).ok_or(Why::Wrong),
        (Kind::String(StringFormat::Plain), _) => text(value).ok_or(Why::Wrong),
        (Kind::String(format), Value::String(text)) => match is_value(*format, text) {
            Some(true) => Ok(value.clone()),
            Some(false) => Err(Why::Wrong),
            None => Err(Why::Unsupported),
        },
        (Kind::JsonString(_), Value::String(_)) => Err(Why::Unsupported),
        (Kind::Array(items), Value::Array(values)) => all(values, items).map(Value::Array),
        (Kind::Fixed(items, length), Value::Array(values)) if values.len() == *length => {
            all(values, items).map(Value::Array)
        }
        (Kind::Map(of), Value::Object(entries)) => {
            let entries = entries.iter().map(|(key, value)| {
                let value = read(types, of, value, depth + 1)?;
                Ok((key.clone(), value))
            });
            entries
                .collect::<Result<Map<_, _>, Why>>()
                .map(Value::Object)
        }
        (Kind::Named(id), _) => match types.get(id.0).map(|def| &def.definition) {
            Some(Definition::Alias(target)) => read(types, target, value, depth + 1),
            Some(Definition::Enum(listed)) => member(listed, value).ok_or(Why::Wrong),
            Some(Definition::Struct(structure)) => object(types, structure, value, depth),
            _ => Err(Why::Unsupported),
        },
        (Kind::Replaced(_) | Kind::Tuple(_) | Kind::KeyedMap(..), _) => Err(Why::Unsupported),
        _ => Err(Why::Wrong),
    }
}

/// An object that can be decoded: everything that is required is there, and what is there fits. What is
/// not declared is left out, as decoding would.
fn object(
    types: &[TypeDef],
    structure: &Structure,
    value: &Value,
    depth: usize,
) -> Result<Value, Why> {
    let entries = value.as_object().ok_or(Why::Wrong)?;
    if structure.additional.is_some() || !structure.unions.is_empty() {
        return Err(Why::Unsupported);
    }
    let mut kept = Map::new();
    for field in &structure.fields {
        match entries.get(&field.name) {
            Some(value) => {
                let value = match (value.is_null(), field.required) {
                    (true, false) => Value::Null,
                    _ => read(types, &field.ty, value, depth + 1)?,
                };
                kept.insert(field.name.clone(), value);
            }
            None if field.required && !field.ty.nullable => return Err(Why::Wrong),
            None => {}
        }
    }
    Ok(Value::Object(kept))
}

fn flag(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(flag) => Some(*flag),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

/// A text; of what is not written as one, only what has no other spelling.
fn text(value: &Value) -> Option<Value> {
    match value {
        Value::String(_) => Some(value.clone()),
        Value::Bool(flag) => Some(flag.to_string().into()),
        Value::Number(number) if !number.is_f64() => Some(number.to_string().into()),
        _ => None,
    }
}

fn number(value: &Value) -> Option<Number> {
    match value {
        Value::Number(number) => Some(number.clone()),
        Value::String(text) => {
            let whole = text.parse::<i64>().ok().map(Number::from);
            whole.or_else(|| Number::from_f64(text.parse().ok()?))
        }
        _ => None,
    }
}

/// A whole number that a format holds; `1.0` is one.
fn integer(format: NumberFormat, value: &Value) -> Option<Value> {
    let number = number(value)?;
    let whole = match (number.as_i64(), number.as_u64(), number.as_f64()) {
        (Some(whole), _, _) => i128::from(whole),
        (_, Some(whole), _) => i128::from(whole),
        (_, _, Some(float)) if float.fract() == 0.0 => format!("{float:.0}").parse().ok()?,
        _ => return None,
    };
    let (min, max) = match format {
        NumberFormat::Int8 => (i8::MIN.into(), i8::MAX.into()),
        NumberFormat::Int16 => (i16::MIN.into(), i16::MAX.into()),
        NumberFormat::Int32 => (i32::MIN.into(), i32::MAX.into()),
        NumberFormat::Uint8 => (0, u8::MAX.into()),
        NumberFormat::Uint16 => (0, u16::MAX.into()),
        NumberFormat::Uint32 => (0, u32::MAX.into()),
        NumberFormat::Uint64 | NumberFormat::Uint128 => (0, u64::MAX.into()),
        _ => (i64::MIN.into(), i64::MAX.into()),
    };
    let fits = (min..=max).contains(&whole);
    let signed = i64::try_from(whole).map(Value::from);
    let value = signed.or_else(|_| u64::try_from(whole).map(Value::from));
    value.ok().filter(|_| fits)
}

/// A value that an enum lists.
fn member(listed: &Enumeration, value: &Value) -> Option<Value> {
    let same = |literal: &Literal| match literal {
        Literal::Text(text) => self::text(value)
            .filter(|value| value.as_str() == Some(text))
            .is_some(),
        Literal::Integer(whole) => integer(NumberFormat::Int64, value) == Some((*whole).into()),
        Literal::Boolean(it) => flag(value) == Some(*it),
        Literal::Number(digits) => number(value).and_then(|it| it.as_f64()) == digits.parse().ok(),
    };
    let found = listed.members.iter().find(|member| same(&member.value));
    Some(match &found?.value {
        Literal::Text(text) => text.as_str().into(),
        Literal::Integer(whole) => (*whole).into(),
        Literal::Boolean(it) => (*it).into(),
        Literal::Number(digits) => Number::from_f64(digits.parse().ok()?)?.into(),
    })
}
