//! Lists of values: enums and constants, wherever they are written (group I).

mod branches;
mod literal;

use std::collections::HashSet;

use crate::api::{Enumeration, Kind, Literal};
use crate::diagnostic::{Code, Diagnostic};
use crate::load::Value;
use crate::source::Span;
use crate::spec::{Data, Schema, Types};

use self::literal::{
    Fitting, canonical, class, enumeration, is_null, json, literal, members, wide,
};
use super::Lowering;
use super::merge::View;

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
    /// Values of several types: a union, which has some of them for each (I18).
    Several(Types),
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
        let classes = values.iter().map(|(value, _)| class(&value.data));
        let classes = classes.fold(Types::default(), Types::union);
        let structured = !view.properties.is_empty() || !view.items.is_empty();
        if classes.each().len() > 1 && !structured && !listed.extensible {
            view.values = Some(Values::Several(classes));
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

    /// Leaves only values of some types in a view, for the branch of a union that holds these (I18).
    pub(super) fn narrow_values(&mut self, view: &mut View<'a>, types: Types) {
        view.types = Some(types);
        if let Some(listed) = &mut view.listed {
            let is_one = |value: &ListedValue<'a>| {
                let class = class(&value.data);
                class.union(types) == types || class.integer && types.number
            };
            listed.values.retain(is_one);
            view.values = None;
            view.constraints.values.clear();
            self.settle_values(view);
        }
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
            return Some(match whole {
                true => wide(values).unwrap_or_else(|| self.integer(view)),
                false => self.number(view),
            });
        }
        (view.properties.is_empty() && view.items.is_empty()).then_some(Kind::Any)
    }
}
