//! Operations that give pages, as the configuration says.

use serde::Serialize;

use crate::api::{Api, Location};
use crate::config::{Located, Pagination, Turning};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, quoted};
use crate::near::nearest;

use super::names::Name;
use super::operations::{OperationPlan, OutcomeSet};
use super::rust_type::RustType;
use super::types::{DefinitionPlan, FieldPlan, TypePlan};

/// How the pages of an operation follow each other.
#[derive(Debug, Serialize)]
pub(crate) struct PagingPlan {
    pub(crate) page: RustType,
    /// The list in a page.
    pub(crate) list: RustType,
    /// The field that holds the list; the page is one itself, if there is none.
    pub(crate) items: Option<Name>,
    pub(crate) turn: Turn,
    /// Whether the document deprecates a field that this is about.
    pub(crate) deprecated: bool,
}

/// How the next page is asked for.
#[derive(Debug, Serialize)]
pub(crate) enum Turn {
    /// With this query parameter, by what a field of the page holds below these keys.
    Cursor(String, Name, Vec<String>),
    /// With a number in this query parameter, which this field of the parameters holds at first.
    Page(String, Name),
    /// The same with the number of items.
    Offset(String, Name),
    /// With a link.
    Link,
}

/// Why an operation cannot give pages: at a place of the configuration, with what to do.
struct Refusal<'c> {
    at: &'c Located,
    message: String,
    help: String,
}

/// Plans the pages of the operations that the configuration names.
pub(super) fn plan(
    diagnostics: &mut Diagnostics,
    api: &Api,
    types: &[TypePlan],
    pagination: &[Pagination],
    operations: &mut [OperationPlan],
) {
    for entry in pagination {
        let planned = of_operation(api, types, entry, operations);
        match planned {
            Ok((index, plan)) => {
                if let Some(operation) = operations.get_mut(index) {
                    operation.paging = Some(plan);
                }
            }
            Err(Refusal { at, message, help }) => {
                diagnostics.push(Diagnostic::error(Code::ConfigUnused, at.span, message).help(help))
            }
        }
    }
}

fn of_operation<'c>(
    api: &Api,
    types: &[TypePlan],
    entry: &'c Pagination,
    operations: &[OperationPlan],
) -> Result<(usize, PagingPlan), Refusal<'c>> {
    let ids = api.operations.iter().map(|it| it.id.as_deref());
    let index = ids
        .clone()
        .position(|id| id == Some(entry.operation.text.as_str()));
    let Some((index, operation)) = index.and_then(|it| Some((it, operations.get(it)?))) else {
        let near = nearest(&entry.operation.text, ids.flatten());
        return Err(Refusal {
            at: &entry.operation,
            message: format!("there is no operation {}", quoted(&entry.operation.text)),
            help: match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "name it by its `operationId`".to_owned(),
            },
        });
    };
    let page = match &operation.success {
        OutcomeSet::One(Some(page)) if operation.is_plain() => page,
        _ => {
            return Err(Refusal {
                at: &entry.operation,
                message: format!("{} gives no pages", quoted(&entry.operation.text)),
                help: "pages are the one body of the successes of an operation that takes none"
                    .to_owned(),
            });
        }
    };
    let fields = fields(types, page);
    let held = entry
        .items
        .as_ref()
        .map(|key| field(fields, key, &key.text));
    let held = held.transpose()?;
    let list = held.map_or(page, |field| &field.ty);
    if !is_list(types, list) {
        return Err(Refusal {
            at: entry.items.as_ref().unwrap_or(&entry.operation),
            message: "there is no list of items".to_owned(),
            help: "name the property of a page that holds them with `items`".to_owned(),
        });
    }
    let (turn, by) = turn(types, fields, entry, operation)?;
    let plan = PagingPlan {
        page: page.clone(),
        list: list.clone(),
        items: held.map(|field| field.name.clone()),
        turn,
        deprecated: held.into_iter().chain(by).any(|field| field.deprecated),
    };
    Ok((index, plan))
}

/// How the next page is asked for, and the field that says where it is.
fn turn<'t, 'c>(
    types: &'t [TypePlan],
    fields: &'t [FieldPlan],
    entry: &'c Pagination,
    operation: &OperationPlan,
) -> Result<(Turn, Option<&'t FieldPlan>), Refusal<'c>> {
    let in_query = |key: &'c Located| {
        let found = parameter(types, operation, &key.text);
        found.ok_or_else(|| Refusal {
            at: key,
            message: format!("there is no query parameter {}", quoted(&key.text)),
            help: "name a parameter of the operation".to_owned(),
        })
    };
    let (turn, by) = match &entry.turning {
        Turning::Cursor { parameter, next } => {
            in_query(parameter)?;
            let mut keys = next.text.split('.');
            let by = field(fields, next, keys.next().unwrap_or_default())?;
            let keys = keys.map(str::to_owned).collect();
            (
                Turn::Cursor(parameter.text.clone(), by.name.clone(), keys),
                by,
            )
        }
        Turning::Page(key) => {
            let by = in_query(key)?;
            (Turn::Page(key.text.clone(), by.name.clone()), by)
        }
        Turning::Offset(key) => {
            let by = in_query(key)?;
            (Turn::Offset(key.text.clone(), by.name.clone()), by)
        }
        Turning::Link => return Ok((Turn::Link, None)),
    };
    Ok((turn, Some(by)))
}

/// The field of the query parameter of this name.
fn parameter<'t>(
    types: &'t [TypePlan],
    operation: &OperationPlan,
    key: &str,
) -> Option<&'t FieldPlan> {
    let options = operation.options.as_ref()?;
    let fields = fields(types, &RustType::Named(options.id));
    let mut fields = fields.iter().zip(&options.parameters);
    let found = fields.find(|(field, parameter)| {
        field.key == key && parameter.carrier.location == Location::Query
    });
    found.map(|(field, _)| field)
}

/// The field of a page with a key, which is written at a place of the configuration.
fn field<'t, 'c>(
    fields: &'t [FieldPlan],
    at: &'c Located,
    key: &str,
) -> Result<&'t FieldPlan, Refusal<'c>> {
    let found = fields.iter().find(|field| field.key == key);
    found.ok_or_else(|| Refusal {
        at,
        message: format!("a page has no property {}", quoted(key)),
        help: "name a property of the response".to_owned(),
    })
}

/// The fields of a struct; none of any other type.
fn fields<'t>(types: &'t [TypePlan], ty: &RustType) -> &'t [FieldPlan] {
    match definition(types, ty) {
        Some(DefinitionPlan::Struct(plan)) => &plan.fields,
        _ => &[],
    }
}

/// Whether a type is a list, or may be one.
fn is_list(types: &[TypePlan], ty: &RustType) -> bool {
    match ty {
        RustType::Vec(_) => true,
        RustType::Option(inner) => is_list(types, inner),
        // What an alias stands for is no alias.
        RustType::Named(_) => match definition(types, ty) {
            Some(DefinitionPlan::Alias(target)) => matches!(target, RustType::Vec(_)),
            _ => false,
        },
        _ => false,
    }
}

/// The definition of a named type, behind an alias if that is one for another named type.
fn definition<'t>(types: &'t [TypePlan], ty: &RustType) -> Option<&'t DefinitionPlan> {
    let RustType::Named(id) = ty else { return None };
    let mut definition = &types.get(id.0)?.definition;
    for _ in 0..types.len() {
        match definition {
            DefinitionPlan::Alias(RustType::Named(id)) => {
                definition = &types.get(id.0)?.definition;
            }
            _ => break,
        }
    }
    Some(definition)
}
