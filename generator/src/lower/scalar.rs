//! Lists of values: enums and constants (I).

use crate::api::Kind;
use crate::diagnostic::{Code, Diagnostic};
use crate::load::Value;

use super::Lowering;
use super::merge::View;
use super::shape::{Defined, Shape};

impl<'a> Lowering<'_, 'a> {
    /// What a list of values comes to, if there is one.
    pub(super) fn values_shape(&mut self, view: &View<'a>) -> Option<Shape<'a>> {
        let values = view.enumeration.as_ref()?;
        if values.is_empty() {
            // `enum: [null]` beside nothing else.
            return Some(Shape::Use(Kind::Null));
        }
        let types = view.types.unwrap_or_default();
        let as_text = types.string && types.count() == 1;
        let mut texts: Vec<String> = Vec::with_capacity(values.len());
        for value in values {
            let text = match value.value() {
                Value::String(text) => text.to_string(),
                // `enum: [1.0, true]` under `type: string` are words that YAML took for more (I14).
                Value::Number(text) if as_text => text.to_string(),
                Value::Bool(it) if as_text => it.to_string(),
                Value::Bool(_) if values.iter().all(|it| matches!(it.value(), Value::Bool(_))) => {
                    let has = |wanted| values.iter().any(|it| *it.value() == Value::Bool(wanted));
                    if !(has(true) && has(false)) {
                        let what = "checking `enum` of a boolean";
                        self.unsupported(value.span(), what, "documented, and not checked");
                    }
                    return Some(Shape::Use(Kind::Boolean));
                }
                _ => return self.values_without_enum(view),
            };
            if texts.contains(&text) {
                self.report(
                    Diagnostic::warning(
                        Code::DuplicateKey,
                        value.span(),
                        format!("the value `{text}` is listed twice"),
                    )
                    .label("this one is ignored"),
                );
            } else {
                texts.push(text);
            }
        }
        Some(Shape::Define(Defined::Enum(texts)))
    }

    /// Lists of numbers and of mixed values are read as their type until they are generated.
    fn values_without_enum(&mut self, view: &View<'a>) -> Option<Shape<'a>> {
        let span = view.enumeration.as_ref()?.first()?.span();
        let types = view.types.unwrap_or_default();
        let fallback = if types.count() == 1 {
            "read as any value of its type"
        } else {
            "read as any value"
        };
        self.unsupported(span, "a list of values that are not all strings", fallback);
        match types.count() {
            1 if !types.object && !types.array => None,
            _ => Some(Shape::Use(Kind::Any)),
        }
    }
}
