//! Lists of values: enums and constants, wherever they are written (group I).

use std::collections::HashSet;

use crate::api::{Constraints, Enumeration, Kind, Literal, Member, Others};
use crate::diagnostic::{Code, Diagnostic};
use crate::load::{Value, number};
use crate::source::Span;
use crate::spec::{Data, Schema, Types};

use super::Lowering;
use super::merge::View;
use super::union::Branch;

/// The values that a schema lists.
#[derive(Clone)]
pub(super) struct Listed<'a> {
    values: Vec<ListedValue<'a>>,
    /// Whether `const` lists the only one.
    constant: bool,
    /// Whether other values are as good (I19, I21).
    extensible: bool,
    /// What the document says the value is where nothing else is said.
    default: Option<Data<'a>>,
}

impl<'a> Listed<'a> {
    /// The values as the document writes them, `null` left out.
    pub(super) fn data(&self) -> impl Iterator<Item = Data<'a>> {
        self.values.iter().map(|value| value.data)
    }
}

/// One of them, with what is said about it.
#[derive(Clone, Copy)]
pub(super) struct ListedValue<'a> {
    data: Data<'a>,
    name: Option<&'a str>,
    description: Option<&'a str>,
}

/// What a list of values comes to.
pub(super) enum Values {
    /// An enum.
    Enum(Enumeration),
    /// A type without a name, whose values the constraints list.
    Use(Kind),
}

impl<'a> Lowering<'_, 'a> {
    /// Adds the values of a member of an `allOf` to what the members before it list: both must hold
    /// (J7).
    pub(super) fn merge_values(&mut self, view: &mut View<'a>, schema: &Schema<'a>) {
        let Some(own) = self.own_values(schema) else {
            return;
        };
        // A list that names `null` allows it; one that does not leaves it to `type` (H9, H10).
        let count = own.values.len();
        let not_null = own.values.into_iter().filter(|it| !is_null(&it.data));
        let own = Listed {
            values: not_null.collect(),
            ..own
        };
        if own.values.len() < count {
            view.states_null.push(true);
        }
        let Some(known) = view.listed.take() else {
            view.listed = Some(own);
            return;
        };
        let texts: HashSet<String> = known.values.iter().map(|it| canonical(&it.data)).collect();
        let both: Vec<ListedValue<'a>> = own
            .values
            .iter()
            .filter(|it| texts.contains(&canonical(&it.data)))
            .copied()
            .collect();
        if both.is_empty() && !own.values.is_empty() && !known.extensible {
            let message = "no value is listed by every member of this `allOf`";
            self.report(
                Diagnostic::warning(Code::AllOfConflict, schema.place.span, message)
                    .label("the values that are listed here are used"),
            );
        }
        // One list that may be longer says nothing against the values of another.
        let values = match (known.extensible, own.extensible) {
            (true, false) => own.values,
            (false, true) => known.values,
            _ if both.is_empty() => own.values,
            _ => both,
        };
        view.listed = Some(Listed {
            values,
            constant: known.constant || own.constant,
            extensible: known.extensible && own.extensible,
            default: own.default.or(known.default),
        });
    }

    /// The values that a schema lists itself.
    fn own_values(&mut self, schema: &Schema<'a>) -> Option<Listed<'a>> {
        let plain = |data| ListedValue {
            data,
            name: None,
            description: None,
        };
        let (values, constant) = match (&schema.enumeration, schema.constant) {
            (_, Some(constant)) => (vec![plain(constant)], true),
            (Some(values), None) if values.is_empty() => {
                let message = "this `enum` lists no value";
                self.report(
                    Diagnostic::warning(Code::EnumValue, schema.place.span, message)
                        .label("read as if it were not there"),
                );
                return None;
            }
            (Some(values), None) => {
                let notes = schema.value_notes.iter().map(Some);
                let notes = notes.chain(std::iter::repeat(None));
                let noted = values.iter().zip(notes).map(|(data, note)| ListedValue {
                    data: *data,
                    name: note.and_then(|note| note.name),
                    description: note.and_then(|note| note.description),
                });
                (noted.collect(), false)
            }
            (None, None) => return None,
        };
        Some(Listed {
            values,
            constant,
            extensible: schema.extensible,
            default: schema.default,
        })
    }

    /// Decides what the listed values come to, once every member of an `allOf` is known.
    pub(super) fn settle_values(&mut self, view: &mut View<'a>) {
        let Some(listed) = view.listed.clone() else {
            return;
        };
        if listed.values.is_empty() {
            // `enum: [null]` beside nothing else.
            view.values = Some(Values::Use(Kind::Null));
            return;
        }
        let types = view.types.unwrap_or_default();
        let values = self.fitting(&listed.values, types);
        let Some((first, _)) = values.first() else {
            return;
        };
        if let Some(members) = members(&values, types, listed.constant) {
            view.values = Some(Values::Enum(enumeration(members, &listed, types)));
            return;
        }
        let Some(kind) = self.kind_of_values(view, &values) else {
            let what = "checking a list of values beside `properties` or `items`";
            self.unsupported(first.data.span(), what, "documented, and not checked");
            return;
        };
        if !listed.extensible {
            let texts = values.iter().map(|(value, literal)| match literal {
                Some(literal) => json(literal),
                None => canonical(&value.data),
            });
            view.constraints.values = texts.collect();
        }
        view.values = Some(Values::Use(kind));
    }

    /// The values that are of a stated type, or can be read as if they were, each once.
    fn fitting(&mut self, listed: &[ListedValue<'a>], types: Types) -> Vec<Fitting<'a>> {
        let mut seen = HashSet::new();
        let mut kept = Vec::with_capacity(listed.len());
        let mut odd: Option<Span> = None;
        for value in listed {
            let literal = literal(&value.data, types);
            let is_composite = match value.data.value() {
                Value::Sequence(_) => types.array || types == Types::default(),
                Value::Mapping(_) => types.object || types == Types::default(),
                _ => false,
            };
            if literal.is_none() && !is_composite {
                odd = odd.or(Some(value.data.span()));
                continue;
            }
            let text = literal
                .as_ref()
                .map_or_else(|| canonical(&value.data), json);
            if seen.contains(&text) {
                let shown = value.data.text().unwrap_or(&text);
                let message = format!("the value `{shown}` is listed twice");
                self.report(
                    Diagnostic::warning(Code::DuplicateKey, value.data.span(), message)
                        .label("this one is ignored"),
                );
                continue;
            }
            seen.insert(text);
            kept.push((*value, literal));
        }
        if let Some(span) = odd {
            let message = "a listed value is not of the type that is stated beside it";
            self.report(
                Diagnostic::warning(Code::EnumValue, span, message)
                    .label("values of other types are ignored"),
            );
        }
        kept
    }

    /// The type of values that are not the members of an enum (I16 to I18); `None` if it has a
    /// structure of its own.
    fn kind_of_values(&mut self, view: &View<'a>, values: &[Fitting<'a>]) -> Option<Kind> {
        let all = |is: fn(&Literal) -> bool| {
            values
                .iter()
                .all(|(_, literal)| literal.as_ref().is_some_and(is))
        };
        if all(|it| matches!(it, Literal::Boolean(_))) {
            return Some(Kind::Boolean);
        }
        if all(|it| matches!(it, Literal::Integer(_) | Literal::Number(_))) {
            let whole = view
                .types
                .is_some_and(|types| types.integer && !types.number);
            return Some(if whole {
                self.integer(view)
            } else {
                self.number(view)
            });
        }
        let structured = !view.properties.is_empty() || !view.items.is_empty();
        (!structured).then_some(Kind::Any)
    }

    /// What the values come to that the branches of a union list, if each of them lists values or is
    /// any text, and all of those make one enum (I20, I21, K4). `null` is left to the caller.
    pub(super) fn values_of_branches(&mut self, branches: &[Branch]) -> Option<Enumeration> {
        let mut found = Gathered::default();
        self.gather(branches, &mut found, 0)?;
        let is_text = |member: &Member| matches!(member.value, Literal::Text(_));
        let is_whole = |member: &Member| matches!(member.value, Literal::Integer(_));
        let (texts, wholes) = (
            found.members.iter().all(is_text),
            found.members.iter().all(is_whole) && !found.allows_others,
        );
        (!found.members.is_empty() && (texts || wholes)).then_some(Enumeration {
            members: found.members,
            others: if found.allows_others {
                Others::Allowed
            } else {
                Others::ByDirection
            },
            default: None,
        })
    }

    /// Adds the values of branches; `None` if one of them is something else.
    fn gather(&mut self, branches: &[Branch], found: &mut Gathered, depth: usize) -> Option<()> {
        for branch in branches {
            let view = self.branch_view(branch);
            if let Some(Values::Enum(listed)) = &view.values {
                found.allows_others |= listed.others == Others::Allowed;
                let last = branch.ids.last().copied();
                found.add(&listed.members, last.map(|id| self.schema(id)).as_deref());
            } else if view.values.is_none() && is_any_text(&view) {
                found.allows_others = true;
            } else if says_only_union(&view) && depth < MAX_NESTING {
                let [list] = &self.lists(&view)[..] else {
                    return None;
                };
                self.gather(&list.branches, found, depth + 1)?;
            } else {
                return None;
            }
        }
        Some(())
    }
}

/// How many unions of values stand inside each other.
const MAX_NESTING: usize = 8;

/// The values of several branches.
#[derive(Default)]
struct Gathered {
    members: Vec<Member>,
    seen: HashSet<Literal>,
    allows_others: bool,
}

impl Gathered {
    /// Adds those that are new. A branch that lists one value names and describes it (I20).
    fn add(&mut self, members: &[Member], branch: Option<&Schema<'_>>) {
        let only = branch.filter(|_| members.len() == 1);
        let own = |text: fn(&Schema<'_>) -> Option<String>| only.and_then(text);
        for member in members {
            if self.seen.insert(member.value.clone()) {
                self.members.push(Member {
                    value: member.value.clone(),
                    name: member
                        .name
                        .clone()
                        .or_else(|| own(|it| it.title.map(str::to_owned))),
                    description: member
                        .description
                        .clone()
                        .or_else(|| own(|it| it.description.map(str::to_owned))),
                });
            }
        }
    }
}

/// A value with what it is under the type that is stated; an array or an object is no literal.
type Fitting<'a> = (ListedValue<'a>, Option<Literal>);

/// The members of the enum that values are; `None` if they are none. `number` has no enum, for it
/// could not keep a value that is not listed; a constant needs not to.
fn members(values: &[Fitting<'_>], types: Types, constant: bool) -> Option<Vec<Member>> {
    let (_, first) = values.first()?;
    let is_alike = |literal: &Literal| match (first, literal) {
        (Some(Literal::Text(_)), Literal::Text(_)) => true,
        (Some(Literal::Integer(_)), Literal::Integer(_)) => constant || !types.number,
        _ => constant && !types.integer,
    };
    let members = values.iter().map(|(value, literal)| {
        let literal = literal.clone().filter(|it| is_alike(it))?;
        Some(Member {
            value: literal,
            name: value.name.map(str::to_owned),
            description: value.description.map(str::to_owned),
        })
    });
    members.collect()
}

fn enumeration(members: Vec<Member>, listed: &Listed<'_>, types: Types) -> Enumeration {
    let others = match (listed.constant, listed.extensible) {
        (true, _) => Others::Refused,
        (_, true) => Others::Allowed,
        _ => Others::ByDirection,
    };
    let value = listed.default.and_then(|data| literal(&data, types));
    let default = value.and_then(|value| members.iter().position(|it| it.value == value));
    Enumeration {
        default: if listed.constant { Some(0) } else { default },
        members,
        others,
    }
}

/// What a scalar is under the types that are stated; `None` if it is of none of them.
fn literal(data: &Data<'_>, types: Types) -> Option<Literal> {
    let free = types == Types::default();
    let numeric = types.integer || types.number;
    match data.value() {
        // A list under `type: string` may hold words that YAML took for more (I14).
        Value::Number(text) if types.string && types.count() == 1 => {
            Some(Literal::Text(text.to_string()))
        }
        Value::Bool(flag) if types.string && types.count() == 1 => {
            Some(Literal::Text(flag.to_string()))
        }
        Value::String(text) if free || types.string => Some(Literal::Text(text.to_string())),
        Value::String(text) if numeric && types.count() == 1 => digits(text),
        Value::String(text) if types.boolean && types.count() == 1 => {
            text.parse().ok().map(Literal::Boolean)
        }
        Value::Number(text) if free || numeric => digits(text),
        Value::Bool(flag) if free || types.boolean => Some(Literal::Boolean(*flag)),
        _ => None,
    }
}

/// A number; `1.0` is the whole number 1 (D5).
fn digits(text: &str) -> Option<Literal> {
    if let Some(whole) = number::integer(text) {
        let literal = i64::try_from(whole).map(Literal::Integer);
        return Some(literal.unwrap_or_else(|_| Literal::Number(whole.to_string())));
    }
    let value = number::float(text)?;
    let whole = format!("{value:.0}").parse::<i64>().ok();
    Some(match whole.filter(|_| value.fract() == 0.0) {
        Some(whole) => Literal::Integer(whole),
        None => Literal::Number(format!("{value:?}")),
    })
}

/// A value as JSON, the same for values that are equal by the rules of JSON Schema.
fn json(literal: &Literal) -> String {
    match literal {
        Literal::Text(text) => serde_json::Value::from(text.as_str()).to_string(),
        Literal::Integer(value) => value.to_string(),
        Literal::Boolean(value) => value.to_string(),
        Literal::Number(digits) => digits.clone(),
    }
}

/// The same for any value of the document.
fn canonical(data: &Data<'_>) -> String {
    match literal(data, Types::default()) {
        Some(literal) => json(&literal),
        None => format!("{data:?}"),
    }
}

fn is_null(data: &Data<'_>) -> bool {
    *data.value() == Value::Null
}

/// Whether a view allows every text and nothing else, without a representation of its own.
fn is_any_text(view: &View<'_>) -> bool {
    let is_text = view
        .types
        .is_some_and(|types| types.string && types.count() == 1);
    is_text
        && view.format.is_none()
        && view.secrets.is_empty()
        && view.unions.is_empty()
        && view.constraints == Constraints::default()
}

/// Whether a view has nothing beside a union.
fn says_only_union(view: &View<'_>) -> bool {
    view.values.is_none()
        && view.properties.is_empty()
        && view.required.is_empty()
        && view.additional.is_empty()
        && view.items.is_empty()
        && view.constraints == Constraints::default()
}
