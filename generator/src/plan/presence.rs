//! Whether a field is there, and how its absence and `null` are told apart: by what the schema says, and by
//! the way that values of the type travel (groups H and N).

use crate::api::{Api, Direction, Field, Kind, Type, without_alias};

use super::types::Presence;

/// How a field of a type with this direction is written; `None` if the type does without it, because
/// only the other side sends it (N2, N3).
///
/// Where both sides send the type, what only one of them must send is required of neither.
pub(super) fn presence(api: &Api, field: &Field, direction: Direction) -> Option<Presence> {
    let Direction { request, response } = direction;
    let one_sided = field.read_only && request || field.write_only && response;
    let is_hidden = one_sided && !(request && response);
    let required = field.required && !one_sided;
    Some(match (required, is_nullable(api, &field.ty)) {
        _ if is_hidden => return None,
        (true, _) => Presence::Required,
        // Where absence stands for a value, it is not the same as `null`.
        (false, true) if request || field.default.is_some() || field.reading.tri_state => {
            Presence::ThreeState
        }
        (false, _) => Presence::Optional,
    })
}

/// Whether `null` is a value.
fn is_nullable(api: &Api, ty: &Type) -> bool {
    ty.nullable || holds_null(api, ty)
}

/// Whether the Rust type holds `null` without an `Option` around it: that of any value does, and so does
/// that of `null` alone.
pub(super) fn holds_null(api: &Api, ty: &Type) -> bool {
    let kind = without_alias(&api.types, ty).map(|ty| &ty.kind);
    matches!(kind, Some(Kind::Any | Kind::Null))
}
