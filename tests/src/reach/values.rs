//! Values of the types of the IR, for paths: never empty, and otherwise as awkward as they may be.

use serde_json::{Value, json};

/// How many types are followed for one value. A path parameter is hardly ever deep.
const DEEPEST: usize = 16;

/// A text that has to be encoded to stay within its segment.
const AWKWARD: &str = "a/b ?%é";

/// A value of a type: of an enum, the member whose turn it is.
pub(super) fn of(api: &Value, ty: &Value, turn: usize) -> Value {
    of_kind(api, &ty["kind"], turn, DEEPEST)
}

fn of_kind(api: &Value, kind: &Value, turn: usize, depth: usize) -> Value {
    let text = json!(AWKWARD);
    let Some(depth) = depth.checked_sub(1) else {
        return text;
    };
    if kind == "Boolean" {
        return json!(true);
    }
    let Some((name, inner)) = kind.as_object().and_then(|kind| kind.iter().next()) else {
        return text;
    };
    let of = |ty: &Value| of_kind(api, &ty["kind"], turn, depth);
    match name.as_str() {
        "Integer" => json!(7),
        "Number" => json!(1.5),
        "String" => of_format(inner.as_str().unwrap_or_default()),
        "Array" => json!([of(inner), of(inner)]),
        "Fixed" => json!([of(&inner[0])]),
        "Tuple" => inner.as_array().into_iter().flatten().map(of).collect(),
        "Map" => json!({ "key": of(inner) }),
        "KeyedMap" => json!({ "key": of(&inner[1]) }),
        "Named" => of_definition(api, inner, turn, depth),
        _ => text,
    }
}

fn of_definition(api: &Value, id: &Value, turn: usize, depth: usize) -> Value {
    let index = id.as_u64().and_then(|id| usize::try_from(id).ok());
    let definition = index.map(|index| &api["types"][index]["definition"]);
    let entry = definition.and_then(Value::as_object);
    let Some((name, inner)) = entry.and_then(|entry| entry.iter().next()) else {
        return json!(AWKWARD);
    };
    match name.as_str() {
        "Enum" => of_members(&inner["members"], turn),
        "Union" => of_kind(api, &inner["variants"][0]["ty"]["kind"], turn, depth),
        "Struct" => {
            let fields = inner["fields"].as_array().into_iter().flatten();
            let entry = |field: &Value| {
                let name = field["name"].as_str().unwrap_or_default().to_owned();
                (name, of_kind(api, &field["ty"]["kind"], turn, depth))
            };
            let entries: serde_json::Map<String, Value> = fields.map(entry).collect();
            if entries.is_empty() {
                json!({ "key": AWKWARD })
            } else {
                entries.into()
            }
        }
        _ => of_kind(api, &inner["kind"], turn, depth),
    }
}

/// The member whose turn it is, of those that are not empty.
fn of_members(members: &Value, turn: usize) -> Value {
    let members = members.as_array().into_iter().flatten();
    let values = members.filter_map(|member| member["value"].as_object()?.values().next());
    let values: Vec<&Value> = values.filter(|value| **value != "").collect();
    let index = turn.checked_rem(values.len());
    index.map_or_else(|| json!(AWKWARD), |index| values[index].clone())
}

fn of_format(format: &str) -> Value {
    json!(match format {
        "DateTime" => "2026-01-31T12:30:00+02:00",
        "Date" => "2026-01-31",
        "Uuid" => "67e55044-10b1-426f-9247-bb680e5fe0c8",
        _ => AWKWARD,
    })
}
