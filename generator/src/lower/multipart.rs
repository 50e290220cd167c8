//! Bodies of several parts (Q6 to Q9).

use crate::api::{
    Codec, Constraints, Definition, Kind, NameHint, Role, StringFormat, Structure, Type,
    without_alias,
};
use crate::spec::{self, SchemaId};

use super::hint::Hint;
use super::media::{essence, is_json};
use super::merge::View;
use super::twins::Twin;
use super::union::{Branch, Part};
use super::wrapper::is_plain_reference;
use super::{Lowering, plain};

/// How deep unions and lists are looked into for a file.
const MAX_DEPTH: usize = 8;

impl<'a> Lowering<'_, 'a> {
    /// A part for each field that the schema describes; parts as they are if it describes something else
    /// (Q6, Q9).
    pub(super) fn multipart(&mut self, media: &spec::MediaType<'a>, hint: &Hint) -> Codec {
        let form = match media.schema {
            Some(schema) if self.holds_files(schema) => self.form_with_files(schema, hint),
            Some(schema) if self.has_properties(schema) => Some(self.type_of(&[schema], hint)),
            _ => None,
        };
        if let Some(form) = form.filter(|form| self.has_fields(form)) {
            let types = self.part_types(media, &form);
            let form = Type {
                nullable: false,
                ..form
            };
            return Codec::Multipart(form, types);
        }
        if media
            .schema
            .is_some_and(|schema| !self.says_nothing(schema))
        {
            let what = format!("the schema of `{}`", media.key);
            self.unsupported_often(media.place.span, what, "the body is a list of parts");
        }
        for (_, encoding) in &media.encoding {
            let fallback = "left out; the parts are as they are";
            self.unsupported(encoding.place.span, "`encoding` of such a body", fallback);
        }
        let part = plain(Kind::File);
        let part = match essence(media.key).as_str() {
            "multipart/form-data" => plain(Kind::Tuple(vec![
                plain(Kind::String(StringFormat::Plain)),
                part,
            ])),
            _ => part,
        };
        Codec::Multipart(plain(Kind::Array(Box::new(part))), Vec::new())
    }

    /// Whether a body in parts says something else than JSON does, or the same of something with fields.
    pub(super) fn is_form_beside(
        &mut self,
        media: &spec::MediaType<'a>,
        json: &spec::MediaType<'a>,
    ) -> bool {
        let (Some(schema), Some(json)) = (media.schema, json.schema) else {
            return media.schema.is_some();
        };
        self.has_properties(schema) || self.final_schema(schema) != self.final_schema(json)
    }

    /// Whether a schema describes fields.
    pub(super) fn has_properties(&mut self, schema: SchemaId) -> bool {
        let view = self.view(&[schema]);
        !view.properties.is_empty() || !view.unions.is_empty() || !view.additional.is_empty()
    }

    /// Whether a schema is an object about which nothing else is said.
    fn says_nothing(&mut self, schema: SchemaId) -> bool {
        let view = self.view(&[schema]);
        let is_object = view.types.is_none_or(|types| types.object);
        is_object && view.items.is_empty() && view.unions.is_empty() && view.values.is_none()
    }

    fn holds_files(&mut self, schema: SchemaId) -> bool {
        let view = self.view(&[schema]);
        let mut properties = view.properties.iter();
        let holds = properties.any(|(_, ids)| self.file(ids).is_some());
        self.file_spans.clear();
        holds
    }

    /// The form that a schema is where it is sent in parts. A component has another name for that, unless
    /// it turns out to be nothing else.
    fn form_with_files(&mut self, schema: SchemaId, hint: &Hint) -> Option<Type> {
        let schema = self.final_schema(schema);
        let component = self.named(schema);
        let name = component.and_then(|id| match &self.types.get(id.0)?.name {
            NameHint::Component(name) => Some(name.clone()),
            _ => None,
        });
        let hint = match name {
            Some(name) => Hint::of_component(&name).child("form"),
            None => self.home(schema).unwrap_or_else(|| hint.clone()),
        };
        let branch = Branch {
            ids: vec![schema],
            part: Part::Form,
        };
        let ty = self.branch_type(&branch, &hint);
        let files = std::mem::take(&mut self.file_spans);
        let Kind::Named(form) = ty.kind else {
            return None;
        };
        let is_known = |twin: &Twin| twin.form == form;
        if let Some(component) = component.filter(|_| !self.forms.iter().any(is_known)) {
            self.forms.push(Twin {
                component,
                form,
                files,
            });
        }
        Some(ty)
    }

    /// The schema that a chain of references leads to.
    fn final_schema(&mut self, id: SchemaId) -> SchemaId {
        let mut id = id;
        for _ in 0..MAX_DEPTH {
            id = self.significant(id);
            let schema = self.schema(id);
            let reference = schema.reference.as_ref();
            let reference = reference.filter(|_| is_plain_reference(&schema));
            match reference.and_then(|it| self.resolve_schema(it)) {
                Some(target) => id = target,
                None => break,
            }
        }
        id
    }

    /// The files that a field holds, if it holds any: raw bytes, a list of them, or a choice that has them
    /// (Q7).
    pub(super) fn file(&mut self, ids: &[SchemaId]) -> Option<Type> {
        let view = self.view(ids);
        let kind = self.file_kind(&view, 0)?;
        let nullable = view.nullable;
        let mut rules = view.constraints;
        let mut constraints = Constraints::default();
        if let Kind::Array(_) = kind {
            constraints.min_items = rules.min_items.take();
            constraints.max_items = rules.max_items.take();
        }
        if !rules.is_empty() {
            self.unsupported(view.span, "what must hold for a file", "not checked");
        }
        Some(Type {
            kind,
            nullable,
            constraints,
        })
    }

    fn file_kind(&mut self, view: &View<'a>, depth: usize) -> Option<Kind> {
        if depth > MAX_DEPTH || view.values.is_some() {
            return None;
        }
        if !view.unions.is_empty() {
            let branches = view.unions.iter().flat_map(|union| &union.branches);
            let mut found = None;
            for branch in branches {
                let branch = self.view(&[*branch]);
                let kind = self.file_kind(&branch, depth + 1);
                // A list of files holds one, and a file holds a text.
                found = match (found, kind) {
                    (Some(Kind::Array(items)), _) | (_, Some(Kind::Array(items))) => {
                        Some(Kind::Array(items))
                    }
                    (one, other) => one.or(other),
                };
            }
            return found;
        }
        let is_array = view.types.is_none_or(|types| types.array) && !view.items.is_empty();
        if is_array {
            let items = self.view(&view.items.clone());
            let item = self.file_kind(&items, depth + 1)?;
            return (item == Kind::File).then(|| Kind::Array(Box::new(plain(Kind::File))));
        }
        let is_file = is_raw(view) || depth == 0 && self.may_be_anything(view);
        is_file.then(|| {
            self.file_spans.push(view.span);
            Kind::File
        })
    }

    /// Whether a schema says nothing at all, and so stands for raw bytes; what may be `null` is JSON.
    fn may_be_anything(&self, view: &View<'a>) -> bool {
        let says_nothing = view.types.is_none()
            && view.format.is_none()
            && view.properties.is_empty()
            && view.additional.is_empty()
            && view.content_encoding.is_none()
            && view.constraints.is_empty();
        says_nothing && !view.nullable
    }

    /// What a form with files has beyond its fields. No part stands for `null`, so what may be `null` may
    /// be absent.
    pub(super) fn as_form(&mut self, view: &View<'a>, mut structure: Structure) -> Structure {
        for field in &mut structure.fields {
            field.required &= !field.ty.nullable;
            field.ty.nullable = false;
            let is_file = field.ty.kind == Kind::File;
            // The type says as much.
            let facts = &mut field.docs.facts;
            facts.retain(|(label, _)| !(is_file && *label == "Format"));
        }
        if !structure.unions.is_empty() || structure.additional.is_some() {
            let what = "a form with files that has other fields than the declared";
            self.unsupported(view.span, what, "these are left out");
        }
        Structure {
            fields: structure.fields,
            role: Role::Form,
            ..Structure::default()
        }
    }

    /// The media types that the document names for some of the fields (Q8).
    fn part_types(&mut self, media: &spec::MediaType<'a>, form: &Type) -> Vec<(String, String)> {
        let mut types = Vec::new();
        for (name, encoding) in &media.encoding {
            let span = encoding.place.span;
            if encoding.has_headers {
                let fallback = "not checked; a file has all headers of its part";
                self.unsupported(span, "`headers` of a field", fallback);
            }
            if encoding.style.is_some() || encoding.explode.is_some() || encoding.allow_reserved {
                let fallback = "a field of several values is repeated";
                self.unsupported(span, "the style of a field in parts", fallback);
            }
            let Some(content_type) = encoding.content_type else {
                continue;
            };
            let is_sendable = content_type
                .bytes()
                .all(|byte| (b' '..=b'~').contains(&byte));
            let listed = || content_type.split(',').map(str::trim);
            if is_sendable && (self.is_text_field(form, name) || listed().all(is_json)) {
                types.push(((*name).to_owned(), content_type.to_owned()));
            } else {
                self.unsupported(span, "this `contentType` of a field", "the field is JSON");
            }
        }
        types
    }

    /// Whether a field is a file or a text, which can be of any media type.
    fn is_text_field(&self, form: &Type, name: &str) -> bool {
        let form = without_alias(&self.types, form).map(|ty| &ty.kind);
        let Some(Kind::Named(id)) = form else {
            return false;
        };
        let Some(Definition::Struct(structure)) = self.types.get(id.0).map(|it| &it.definition)
        else {
            return false;
        };
        let field = structure.fields.iter().find(|field| field.name == name);
        field.is_some_and(|field| {
            let ty = match &field.ty.kind {
                Kind::Array(items) => items,
                _ => &field.ty,
            };
            ty.kind == Kind::File || self.as_text(ty).is_some()
        })
    }
}

/// Whether a schema stands for raw bytes.
fn is_raw(view: &View<'_>) -> bool {
    let is_string = view.types.is_none_or(|types| types.string);
    let has_media_type = view
        .content_media_type
        .is_some_and(|it| !it.starts_with("text/"));
    let is_content = has_media_type
        && view.content_encoding.is_none()
        && view.content_schema.is_empty()
        && !view.content_media_type.is_some_and(is_json);
    is_string && (view.format == Some("binary") || is_content)
}
