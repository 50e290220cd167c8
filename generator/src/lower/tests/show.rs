//! The IR in a few words.

use crate::api::{
    Api, Definition, Field, Kind, NameHint, Operation, Segment, Status, StringFormat, Type,
    TypeDef, TypeId,
};

pub(super) fn api(api: &Api) -> String {
    let types = api
        .types
        .iter()
        .map(|def| format!("{} = {}\n", name(api, &def.name), definition(api, def)));
    let operations = api.operations.iter().map(|it| operation(api, it));
    types.chain(operations).collect()
}

fn name(api: &Api, hint: &NameHint) -> String {
    match hint {
        NameHint::Component(name) => name.clone(),
        NameHint::Inside(owner, words) => format!("{}.{}", named(api, *owner), words.join(".")),
        NameHint::Beside(words) => words.join("."),
        NameHint::Operation(index, words) => {
            let id = api
                .operations
                .get(*index)
                .and_then(|it| it.id.as_deref())
                .unwrap_or("op");
            format!("{id}:{}", words.join("."))
        }
    }
}

fn named(api: &Api, id: TypeId) -> String {
    api.types
        .get(id.0)
        .map_or_else(|| "?".to_owned(), |def| name(api, &def.name))
}

fn definition(api: &Api, def: &TypeDef) -> String {
    match &def.definition {
        Definition::Alias(target) => ty(api, target),
        Definition::Wrapper(inner) => format!("wrapper {}", ty(api, inner)),
        Definition::Enum(it) => format!("enum {:?}", it.values),
        Definition::Struct(it) => {
            let mut parts: Vec<String> = it.fields.iter().map(|it| field(api, it)).collect();
            parts.extend(
                it.additional
                    .iter()
                    .map(|rest| format!("*: {}", ty(api, rest))),
            );
            let of = it.parts.iter().map(|part| {
                let mark = if part.convertible { "" } else { "!" };
                format!(" of {mark}{}", named(api, part.id))
            });
            format!("{{ {} }}{}", parts.join(", "), of.collect::<String>())
        }
    }
}

fn field(api: &Api, field: &Field) -> String {
    let mark = if field.required { "" } else { "?" };
    format!("{}{mark}: {}", field.name, ty(api, &field.ty))
}

fn ty(api: &Api, ty: &Type) -> String {
    let kind = match &ty.kind {
        Kind::Any => "any".to_owned(),
        Kind::Null => "null".to_owned(),
        Kind::Boolean => "boolean".to_owned(),
        Kind::Integer(format) => format!("integer:{format:?}"),
        Kind::Number(format) => format!("number:{format:?}"),
        Kind::String(StringFormat::Plain) => "string".to_owned(),
        Kind::String(format) => format!("string:{format:?}"),
        Kind::Array(items) => format!("[{}]", self::ty(api, items)),
        Kind::Map(values) => format!("map({})", self::ty(api, values)),
        Kind::JsonString(inner) => format!("json<{}>", self::ty(api, inner)),
        Kind::Named(id) => named(api, *id),
    };
    let nullable = if ty.nullable { "|null" } else { "" };
    let constraints = serde_json::to_value(&ty.constraints).unwrap_or_default();
    let set = constraints
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(_, value)| !value.is_null() && value.as_bool() != Some(false));
    let set: Vec<String> = set.map(|(name, value)| format!("{name}={value}")).collect();
    let set = if set.is_empty() {
        String::new()
    } else {
        format!("({})", set.join(" "))
    };
    format!("{kind}{nullable}{set}")
}

fn operation(api: &Api, operation: &Operation) -> String {
    let path: String = operation
        .segments
        .iter()
        .map(|segment| match segment {
            Segment::Literal(text) => format!("/{text}"),
            Segment::Parameter(index) => match operation.parameters.get(*index) {
                Some(it) => format!("/<{}: {}>", it.name, ty(api, &it.ty)),
                None => "/?".to_owned(),
            },
        })
        .collect();
    let body = operation.body.as_ref().map(|body| {
        let mark = if body.required { "" } else { "?" };
        format!(" body{mark} {}", ty(api, &body.ty))
    });
    let responses = operation.responses.iter().map(|response| {
        let status = match response.status {
            Status::Code(code) => code.to_string(),
            other => format!("{other:?}"),
        };
        let body = response
            .body
            .as_ref()
            .map(|(_, body)| format!(" {}", ty(api, body)));
        format!(" -> {status}{}", body.unwrap_or_default())
    });
    let security = operation.security.iter().map(|alternative| {
        let names: Vec<&str> = alternative
            .schemes
            .iter()
            .filter_map(|(index, _)| api.schemes.get(*index).map(|it| it.name.as_str()))
            .collect();
        format!(" if {}", names.join("+"))
    });
    format!(
        "{} {}{path}{}{}{}\n",
        operation.method,
        operation
            .id
            .as_deref()
            .map(|id| format!("{id} "))
            .unwrap_or_default(),
        body.unwrap_or_default(),
        responses.collect::<String>(),
        security.collect::<String>(),
    )
}
