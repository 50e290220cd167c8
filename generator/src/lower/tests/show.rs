//! The IR in a few words.

use crate::api::{
    Api, Arrays, Codec, Content, Definition, Enumeration, Field, Kind, Literal, NameHint, Objects,
    Operation, Others, Piece, Server, Status, StringFormat, Type, TypeDef, TypeId, Union,
};

pub(super) fn api(api: &Api) -> String {
    let types = api
        .types
        .iter()
        .map(|def| format!("{} = {}\n", name(api, &def.name), definition(api, def)));
    let operations = api.operations.iter().map(|it| operation(api, it));
    let servers = api.servers.iter().enumerate();
    let servers = servers.map(|(index, it)| server(it, index < api.common_servers));
    servers.chain(types).chain(operations).collect()
}

/// The URL, with the values of its variables and a star behind the default.
fn server(server: &Server, is_common: bool) -> String {
    let variables = &server.address.variables;
    let pieces = server.address.pieces.iter().map(|piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Variable(index) => {
            let variable = &variables[*index];
            let default = variable.default.iter().map(|it| format!("{it}*"));
            let others = variable.values.iter();
            let others = others.filter(|it| Some(*it) != variable.default.as_ref());
            let values: Vec<String> = default.chain(others.cloned()).collect();
            format!("{{{}: {}}}", variable.name, values.join("|"))
        }
    });
    let name = server.name.iter().map(|name| format!(" called {name}"));
    let of = server.of.iter().map(|of| format!(" of {of}"));
    let kind = if is_common {
        "server"
    } else {
        "further server"
    };
    let texts: String = pieces.chain(name).chain(of).collect();
    format!("{kind} {texts}\n")
}

fn name(api: &Api, hint: &NameHint) -> String {
    match hint {
        NameHint::Component(name) => name.clone(),
        NameHint::Inside(owner, words) => format!("{}.{}", named(api, *owner), words.join(".")),
        NameHint::Beside(words) => words.join("."),
        NameHint::Shared(words, _) => words.join("."),
        NameHint::Operation(index, words) | NameHint::Parameter(index, words) => {
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
        Definition::Enum(it) => enumeration(it),
        Definition::Union(it) => union(api, it),
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

/// The variants with their types, and how a value is told to be one of them.
fn union(api: &Api, union: &Union) -> String {
    let name = |index: usize| match union.variants.get(index) {
        Some(variant) => variant.name.clone(),
        None => "?".to_owned(),
    };
    let variants = union.variants.iter().map(|variant| {
        let tag = variant.tag.as_ref();
        let tag = tag.map(|(property, value)| format!(" with {property}={value}"));
        let ty = ty(api, &variant.ty);
        format!("{}: {ty}{}", variant.name, tag.unwrap_or_default())
    });
    let dispatch = &union.dispatch;
    let scalars = [
        ("null", dispatch.null),
        ("boolean", dispatch.boolean),
        ("number", dispatch.number),
        ("string", dispatch.string),
    ];
    let mut rules: Vec<String> = scalars
        .into_iter()
        .filter_map(|(class, index)| Some(format!("{class} {}", name(index?))))
        .collect();
    rules.extend(dispatch.array.as_ref().map(|it| match it {
        Arrays::Always(index) => format!("array {}", name(*index)),
        Arrays::First { items, empty, .. } => {
            let items = items.iter();
            let items = items.map(|(class, index)| format!("{class:?} {}", name(*index)));
            let items: Vec<String> = items.collect();
            format!(
                "array by first [{}] else {}",
                items.join(", "),
                name(*empty)
            )
        }
    }));
    rules.extend(
        dispatch
            .object
            .as_ref()
            .map(|it| format!("object {}", objects(&name, it))),
    );
    let variants: Vec<String> = variants.collect();
    format!(
        "union {{ {} }} by {}",
        variants.join(", "),
        rules.join("; ")
    )
}

fn objects(name: &dyn Fn(usize) -> String, it: &Objects) -> String {
    let rest = |rest: &Option<Box<Objects>>, word: &str| {
        let rest = rest
            .as_ref()
            .map(|it| format!(" {word} {}", objects(name, it)));
        rest.unwrap_or_default()
    };
    match it {
        Objects::Always(index) => name(*index),
        Objects::Tag {
            property,
            values,
            unknown,
            absent,
        } => {
            let values = values.iter();
            let values =
                values.map(|(texts, then)| format!("{} {}", texts.join("|"), objects(name, then)));
            let values: Vec<String> = values.collect();
            format!(
                "tag {property} [{}]{}{}",
                values.join(", "),
                rest(unknown, "else"),
                rest(absent, "absent")
            )
        }
        Objects::Keys { keys, rest: other } => {
            let keys = keys
                .iter()
                .map(|(key, then)| format!("{key} {}", objects(name, then)));
            let keys: Vec<String> = keys.collect();
            format!("keys [{}]{}", keys.join(", "), rest(other, "else"))
        }
        Objects::KeyType {
            property,
            types,
            rest: other,
        } => {
            let types = types.iter();
            let types = types.map(|(class, then)| format!("{class:?} {}", objects(name, then)));
            let types: Vec<String> = types.collect();
            format!(
                "type of {property} [{}]{}",
                types.join(", "),
                rest(other, "else")
            )
        }
        Objects::Scored(scores) => {
            let scores = scores.iter().map(|score| name(score.variant));
            let scores: Vec<String> = scores.collect();
            format!("trial [{}]", scores.join(", "))
        }
    }
}

fn enumeration(it: &Enumeration) -> String {
    let members = it.members.iter().enumerate().map(|(index, member)| {
        let value = match &member.value {
            Literal::Text(text) => format!("{text:?}"),
            Literal::Integer(value) => value.to_string(),
            Literal::Boolean(value) => value.to_string(),
            Literal::Number(digits) => digits.clone(),
        };
        let name = member.name.as_deref().map(|name| format!(" as {name}"));
        let mark = if it.default == Some(index) { "!" } else { "" };
        format!("{value}{mark}{}", name.unwrap_or_default())
    });
    let members: Vec<String> = members.collect();
    let others = match it.others {
        Others::ByDirection => String::new(),
        others => format!(" {others:?}"),
    };
    format!("enum [{}]{others}", members.join(", "))
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
        Kind::Fixed(items, length) => format!("[{}; {length}]", self::ty(api, items)),
        Kind::Tuple(items) => {
            let items: Vec<String> = items.iter().map(|it| self::ty(api, it)).collect();
            format!("({})", items.join(", "))
        }
        Kind::KeyedMap(keys, values) => {
            format!("map({}, {})", self::ty(api, keys), self::ty(api, values))
        }
        Kind::JsonString(inner) => format!("json<{}>", self::ty(api, inner)),
        Kind::Replaced(index) => format!("replaced:{index}"),
        Kind::File => "file".to_owned(),
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
    let mut path = operation.path.clone();
    for it in &operation.parameters {
        let shown = format!("<{}: {}>", it.name, ty(api, &it.ty));
        path = path.replace(&format!("{{{}}}", it.name), &shown);
    }
    let body = operation.body.as_ref().map(|body| {
        let mark = if body.required { "" } else { "?" };
        format!(" body{mark}{}", contents(api, &body.contents))
    });
    let responses = operation.responses.iter().map(|response| {
        let status = match response.status {
            Status::Code(code) => code.to_string(),
            other => format!("{other:?}"),
        };
        format!(" -> {status}{}", contents(api, &response.contents))
    });
    let security = operation.security.iter().map(|alternative| {
        let names: Vec<&str> = alternative
            .schemes
            .iter()
            .filter_map(|(index, _)| api.schemes.get(*index).map(|it| it.name.as_str()))
            .collect();
        format!(" if {}", names.join("+"))
    });
    let server = operation.server.map(|index| format!(" at server {index}"));
    format!(
        "{} {}{path}{}{}{}{}{}\n",
        operation.method,
        operation
            .id
            .as_deref()
            .map(|id| format!("{id} "))
            .unwrap_or_default(),
        body.unwrap_or_default(),
        responses.collect::<String>(),
        security.collect::<String>(),
        server.unwrap_or_default(),
        if operation.client_only {
            " of the client only"
        } else {
            ""
        },
    )
}

/// The ways to write a body; one of JSON is its type alone.
fn contents(api: &Api, contents: &[Content]) -> String {
    let contents = contents.iter().map(|it| match &it.codec {
        Codec::Json(body) if it.media_type == "application/json" => format!(" {}", ty(api, body)),
        Codec::Json(body) => format!(" {}={}", it.media_type, ty(api, body)),
        Codec::Text(body) => format!(" {}=text {}", it.media_type, ty(api, body)),
        Codec::Form(body, styles) => {
            let styles: Vec<&str> = styles.iter().map(|(name, _)| name.as_str()).collect();
            format!(" form {}({})", ty(api, body), styles.join(" "))
        }
        Codec::Multipart(body, types) => {
            let types = types.iter().map(|(name, types)| format!("{name}={types}"));
            let types: Vec<String> = types.collect();
            let media_type = &it.media_type;
            format!(" {media_type}={}({})", ty(api, body), types.join(" "))
        }
        Codec::Bytes => format!(" {}=bytes", it.media_type),
        Codec::Events(item, shape) => {
            format!(" {}=events {shape:?} {}", it.media_type, ty(api, item))
        }
        Codec::JsonItems(item, framing) => {
            format!(" {}={framing:?} {}", it.media_type, ty(api, item))
        }
    });
    contents.collect()
}
