//! What a schema of the document asks for, as `openapiv3` reads it, with references followed and
//! `allOf` put together.

mod sample;

use openapiv3::{
    AdditionalProperties, ArrayType, IntegerFormat, IntegerType, ObjectType, OpenAPI, ReferenceOr,
    Schema, SchemaKind, StringType, Type, VariantOrUnknownOrEmpty,
};

/// Deeper schemas are taken for recursive ones, which this document does not have.
const DEEPEST: usize = 16;

/// What a schema asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// Whether null is a value.
    pub nullable: bool,
    /// What the other values are.
    pub kind: Kind,
}

/// The values of a schema.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// An object.
    Object {
        /// The declared properties, in the order of the document.
        properties: Vec<Property>,
        /// The required names without a declaration.
        undeclared: Vec<String>,
        /// Whether other keys may be there.
        open: bool,
        /// The named schemas that this one is put together from.
        parts: Vec<String>,
    },
    /// An array.
    Array {
        /// What every item is.
        items: Box<Shape>,
        /// The least number of items.
        min: Option<usize>,
        /// The greatest number of items.
        max: Option<usize>,
    },
    /// A text.
    Text {
        /// The format, empty if there is none.
        format: String,
        /// The only values, if there are any.
        values: Vec<String>,
        /// The least number of characters.
        min: Option<usize>,
        /// The greatest number of characters.
        max: Option<usize>,
    },
    /// An integer.
    Integer {
        /// The number of bits that it must fit into.
        bits: u32,
    },
    /// A number.
    Number,
    /// True or false.
    Boolean,
}

/// A property of an object.
#[derive(Debug, Clone, PartialEq)]
pub struct Property {
    /// The key.
    pub name: String,
    /// Whether it must be there.
    pub required: bool,
    /// What its value is.
    pub shape: Shape,
}

impl Shape {
    /// Reads a schema.
    ///
    /// # Errors
    ///
    /// What it uses that is not compared with the crate. To leave it out would be to say that it
    /// is fine.
    pub fn read(document: &OpenAPI, schema: &ReferenceOr<Schema>) -> Result<Self, String> {
        read(document, schema, 0)
    }
}

/// The schema of a reference, or the one that is there, and its name if it has one.
fn follow<'d>(
    document: &'d OpenAPI,
    schema: &'d ReferenceOr<Schema>,
) -> Result<(Option<&'d str>, &'d Schema), String> {
    let reference = match schema {
        ReferenceOr::Item(schema) => return Ok((None, schema)),
        ReferenceOr::Reference { reference } => reference,
    };
    let name = reference.strip_prefix("#/components/schemas/");
    let schemas = document.components.as_ref().map(|parts| &parts.schemas);
    match name.and_then(|name| schemas?.get(name).map(|schema| (name, schema))) {
        Some((name, ReferenceOr::Item(schema))) => Ok((Some(name), schema)),
        Some(_) => Err(format!(
            "a reference to a reference ({reference}) is not compared"
        )),
        None => Err(format!("{reference} is not there")),
    }
}

fn read(document: &OpenAPI, schema: &ReferenceOr<Schema>, depth: usize) -> Result<Shape, String> {
    if depth > DEEPEST {
        return Err("a schema that contains itself is not compared".to_owned());
    }
    let (_, schema) = follow(document, schema)?;
    let kind = match &schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) => read_object(document, object, depth)?,
        SchemaKind::Type(Type::Array(array)) => read_array(document, array, depth)?,
        SchemaKind::Type(Type::String(text)) => read_text(text)?,
        SchemaKind::Type(Type::Integer(integer)) => read_integer(integer)?,
        SchemaKind::Type(Type::Number(number)) if number == &Default::default() => Kind::Number,
        SchemaKind::Type(Type::Boolean(boolean)) if boolean.enumeration.is_empty() => Kind::Boolean,
        SchemaKind::AllOf { all_of } => read_all_of(document, all_of, depth)?,
        other => return Err(format!("this kind of schema is not compared: {other:?}")),
    };
    Ok(Shape {
        nullable: schema.schema_data.nullable,
        kind,
    })
}

fn read_object(document: &OpenAPI, object: &ObjectType, depth: usize) -> Result<Kind, String> {
    if object.min_properties.is_some() || object.max_properties.is_some() {
        return Err("a number of properties is not compared".to_owned());
    }
    let open = match &object.additional_properties {
        None | Some(AdditionalProperties::Any(true)) => true,
        Some(AdditionalProperties::Any(false)) => false,
        Some(AdditionalProperties::Schema(_)) => {
            return Err("a schema for additional properties is not compared".to_owned());
        }
    };
    let mut properties = Vec::new();
    for (name, schema) in &object.properties {
        let shape = read(document, &schema.clone().unbox(), depth + 1)
            .map_err(|problem| format!("property `{name}`: {problem}"))?;
        properties.push(Property {
            name: name.clone(),
            required: object.required.contains(name),
            shape,
        });
    }
    let is_undeclared = |name: &&String| !object.properties.contains_key(*name);
    Ok(Kind::Object {
        properties,
        undeclared: object
            .required
            .iter()
            .filter(is_undeclared)
            .cloned()
            .collect(),
        open,
        parts: Vec::new(),
    })
}

/// Members may require what another one declares, so names are compared at the end.
fn read_all_of(
    document: &OpenAPI,
    members: &[ReferenceOr<Schema>],
    depth: usize,
) -> Result<Kind, String> {
    let (mut all, mut required, mut named) = (Vec::<Property>::new(), Vec::new(), Vec::new());
    for member in members {
        let (name, _) = follow(document, member)?;
        named.extend(name.map(str::to_owned));
        let Kind::Object {
            properties,
            undeclared,
            open: true,
            ..
        } = read(document, member, depth + 1)?.kind
        else {
            return Err("a member of `allOf` that is no open object is not compared".to_owned());
        };
        required.extend(undeclared);
        for property in properties {
            if all.iter().any(|other| other.name == property.name) {
                let name = &property.name;
                return Err(format!(
                    "`{name}` in two members of `allOf` is not compared"
                ));
            }
            all.push(property);
        }
    }
    for property in &mut all {
        property.required |= required.contains(&property.name);
    }
    required.retain(|name| all.iter().all(|property| property.name != *name));
    Ok(Kind::Object {
        properties: all,
        undeclared: required,
        open: true,
        parts: named,
    })
}

fn read_array(document: &OpenAPI, array: &ArrayType, depth: usize) -> Result<Kind, String> {
    let Some(items) = &array.items else {
        return Err("an array of anything is not compared".to_owned());
    };
    if array.unique_items {
        return Err("`uniqueItems` is not compared".to_owned());
    }
    let items = read(document, &items.clone().unbox(), depth + 1)
        .map_err(|problem| format!("items: {problem}"))?;
    Ok(Kind::Array {
        items: Box::new(items),
        min: array.min_items,
        max: array.max_items,
    })
}

fn read_text(text: &StringType) -> Result<Kind, String> {
    if text.pattern.is_some() {
        return Err("`pattern` is not compared".to_owned());
    }
    let format = match &text.format {
        VariantOrUnknownOrEmpty::Empty => String::new(),
        VariantOrUnknownOrEmpty::Unknown(format) => format.clone(),
        VariantOrUnknownOrEmpty::Item(format) => {
            let name = serde_json::to_value(format).map_err(|error| error.to_string())?;
            name.as_str().unwrap_or_default().to_owned()
        }
    };
    Ok(Kind::Text {
        format,
        values: text.enumeration.iter().flatten().cloned().collect(),
        min: text.min_length,
        max: text.max_length,
    })
}

fn read_integer(integer: &IntegerType) -> Result<Kind, String> {
    let plain = IntegerType {
        format: integer.format.clone(),
        ..IntegerType::default()
    };
    if *integer != plain {
        return Err("a constraint of an integer is not compared".to_owned());
    }
    match &integer.format {
        VariantOrUnknownOrEmpty::Item(IntegerFormat::Int32) => Ok(Kind::Integer { bits: 32 }),
        VariantOrUnknownOrEmpty::Unknown(format) => {
            Err(format!("the format `{format}` is not compared"))
        }
        _ => Ok(Kind::Integer { bits: 64 }),
    }
}
