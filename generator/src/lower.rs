//! The document to the IR: references are followed, `allOf` is merged, operations are put together.
//!
//! Nobody behind this phase sees a `$ref`.

mod alias;
mod arrays;
mod choices;
mod conditions;
mod convertible;
mod custom;
mod defaults;
mod filter;
mod form;
mod format;
mod format_text;
mod generic;
mod headers;
mod hint;
mod hoist;
mod hook;
mod links;
mod media;
mod merge;
mod multipart;
mod openness;
mod operation;
mod options;
mod parameter;
mod path;
mod path_item;
mod reference;
mod rename;
mod response;
mod rules;
mod secret;
mod security;
mod sequential;
mod server;
mod shape;
mod share;
mod structure;
mod style;
mod tag;
mod tighten;
mod twins;
mod union;
mod unroll;
mod values;
mod wrapper;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

use crate::api::{
    Address, Api, Constraints, Definition, Docs, Kind, Link, NameHint, Origin, Type, TypeDef,
    TypeId,
};
use crate::config::{Config, Formats};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::grammar;
use crate::load::{NodeId, Tree};
use crate::source::Span;
use crate::spec::{Document, ExternalDocs, Place, Reader, Requirement, Schema, SchemaId, Schemas};

use union::Branch;

/// Lowers the document.
pub(crate) fn lower<'a>(
    diagnostics: &mut Diagnostics,
    tree: &'a Tree<'a>,
    document: &Document<'a>,
    schemas: &mut Schemas<'a>,
    config: &Config,
) -> Api {
    let reader = Reader::new(diagnostics, tree, schemas).for_operations();
    let mut lowering = Lowering {
        reader,
        document,
        formats: config.formats,
        components: HashMap::new(),
        by_name: HashMap::new(),
        types: Vec::new(),
        inline: HashMap::new(),
        united: HashMap::new(),
        headers: HashMap::new(),
        merged: HashMap::new(),
        children: None,
        facts: HashMap::new(),
        union_depth: 0,
        component_names: document.schemas.iter().copied().collect(),
        nullable: HashMap::new(),
        targets: HashMap::new(),
        kinds: HashMap::new(),
        read: HashSet::new(),
        copies: generic::Copies::default(),
        meaning: HashMap::new(),
        ending: HashSet::new(),
        reported: HashSet::new(),
        repeated: BTreeMap::new(),
        forms: Vec::new(),
        file_spans: Vec::new(),
        binary_texts: Vec::new(),
        secrets: HashMap::new(),
        assumed: Vec::new(),
        servers: HashMap::new(),
        side_tags: tag::side_tags(document),
        renames: rename::Renames::default(),
        custom: custom::Places::default(),
        choices: choices::Choices::default(),
        undefined: Vec::new(),
        defining: false,
        depth: 0,
        rule_depth: 0,
        fields: 0,
        most_fields: tree.len().max(structure::MAX_FIELDS),
        stopped: false,
    };
    lowering.find_secrets(config);
    lowering.find_renames(config);
    lowering.find_custom(config);
    lowering.find_choices(config);
    lowering.find_security(config);
    let mut api = lowering.api();
    lowering.define_components();
    lowering.operations(&mut api, config);
    lowering.settle_forms(&mut api);
    lowering.report_repeated();
    lowering.unused_secrets(config);
    lowering.unused_renames(config);
    lowering.unused_custom(config);
    lowering.unused_choices(config);
    let mut types = lowering.types;
    unroll::unroll_cycles(&mut types);
    alias::wrap_cycles(&mut types);
    alias::cut_cycles(diagnostics, &mut types);
    convertible::mark(&mut types);
    defaults::settle(diagnostics, &mut types);
    api.types = types;
    share::share(&mut api);
    union::collapse(&mut api.types);
    // What became one type may make more parts fit.
    convertible::mark(&mut api.types);
    api
}

/// How deep schemas may stand inside each other without a name between them. Deeper ones are read
/// as any value: every level is a level of the type that is written, and compilers and printers
/// recurse over it. Public documents stay below 20.
const MAX_INLINE_DEPTH: usize = 24;

struct Lowering<'r, 'a> {
    reader: Reader<'r, 'a>,
    document: &'r Document<'a>,
    /// Which types the user wants for formats.
    formats: Formats,
    /// The types of `components.schemas` and of all else that references lead to, by schema.
    components: HashMap<SchemaId, TypeId>,
    /// The same types, by name.
    by_name: HashMap<&'a str, TypeId>,
    types: Vec<TypeDef>,
    /// The types of the schemas that stand where they are used, by the schemas they are merged from.
    inline: HashMap<Branch, Type>,
    /// The types of what follows any of several branches, and of what follows several of them.
    united: HashMap<Vec<Branch>, Type>,
    merged: HashMap<Vec<Branch>, Type>,
    /// The structs of the headers of responses, by the places of these.
    headers: HashMap<NodeId, Option<Type>>,
    /// The components that are composed of a component, once somebody has asked.
    children: Option<HashMap<SchemaId, Vec<SchemaId>>>,
    /// What is known about the branches of unions.
    facts: union::KnownFacts<'a>,
    /// How many unions stand around the one that is looked at.
    union_depth: usize,
    /// The components by name.
    component_names: HashMap<&'a str, SchemaId>,
    /// Whether `null` is a value of a schema.
    nullable: HashMap<SchemaId, bool>,
    /// Where references lead, by their text and its resource: looking it up anew costs a walk through all
    /// components.
    targets: HashMap<(NodeId, &'a str), Place<'a>>,
    /// What the first reference to a place took it for, and where that reference is.
    kinds: HashMap<NodeId, (grammar::Kind, Span)>,
    /// What was read at the ends of references, and so complained about.
    read: HashSet<NodeId>,
    /// The copies of templates.
    copies: generic::Copies<'a>,
    /// What says what a schema says, so that a long chain of wrappers is walked once.
    meaning: HashMap<SchemaId, SchemaId>,
    /// Schemas whose chain of references was followed to its end, or told to have none.
    ending: HashSet<SchemaId>,
    /// What was complained about, so that a mistake in a shared place is told once.
    reported: HashSet<(Code, Span, String)>,
    /// What is not supported and told once for the whole document, with its fallback and its places.
    repeated: BTreeMap<(String, &'static str), Vec<Span>>,
    /// The forms that components were made into, besides what they are as JSON.
    forms: Vec<twins::Twin>,
    /// Where the files of the form that is looked at are described.
    file_spans: Vec<Span>,
    /// Where raw bytes are described that are texts in JSON.
    binary_texts: Vec<Span>,
    /// The nodes that the configuration calls secret, and which of its entries were used.
    secrets: HashMap<NodeId, secret::Entry>,
    /// What every operation asks for that says nothing, by choice of the user.
    assumed: Vec<Requirement<'a>>,
    renames: rename::Renames,
    /// Where the user brings code along.
    custom: custom::Places,
    /// What the user chose for schemas.
    choices: choices::Choices,
    /// Types that are reserved and not yet defined, and whether somebody is at it.
    undefined: Vec<(SchemaId, TypeId)>,
    defining: bool,
    depth: usize,
    /// How many rules about what a value holds stand inside each other (F8, G8, G10).
    rule_depth: usize,
    /// How many fields the structs have so far, and whether they became too many.
    fields: usize,
    /// How many they may be.
    most_fields: usize,
    stopped: bool,
    /// The servers of the API, by their addresses.
    servers: HashMap<Address, usize>,
    /// The tags that no operation is filed under.
    side_tags: HashSet<&'a str>,
}

impl<'a> Lowering<'_, 'a> {
    fn api(&mut self) -> Api {
        let document = self.document;
        let mut api = Api {
            title: document.info.title.to_owned(),
            version: document.info.version.to_owned(),
            docs: Docs {
                summary: document.info.summary.map(str::to_owned),
                description: document.info.description.map(str::to_owned),
                see: document.external_docs.as_ref().map(link),
                ..Docs::default()
            },
            tags: self.tags(),
            ..Api::default()
        };
        self.document_servers(&mut api);
        api
    }

    fn schema(&self, id: SchemaId) -> Rc<Schema<'a>> {
        self.reader.get(id)
    }

    /// Adds a finding, once per code and place.
    fn report(&mut self, diagnostic: Diagnostic) {
        if let Some(span) = diagnostic.span
            && !self
                .reported
                .insert((diagnostic.code, span, diagnostic.message.clone()))
        {
            return;
        }
        self.reader.push(diagnostic);
    }

    /// Warns of something that is not generated from yet, and says what is done in its place.
    fn unsupported(&mut self, span: Span, what: &str, fallback: &str) {
        self.report(
            Diagnostic::warning(
                Code::Unsupported,
                span,
                format!("{what} is not supported yet"),
            )
            .label(fallback),
        );
    }

    /// The same for what documents have at hundreds of places: it is told once for the whole document.
    fn unsupported_often(&mut self, span: Span, what: String, fallback: &'static str) {
        if self
            .reported
            .insert((Code::Unsupported, span, what.clone()))
        {
            let places = self.repeated.entry((what, fallback)).or_default();
            places.push(span);
        }
    }

    fn report_repeated(&mut self) {
        for ((what, fallback), places) in std::mem::take(&mut self.repeated) {
            let Some((first, others)) = places.split_first() else {
                continue;
            };
            let message = format!("{what} is not supported yet");
            self.report(
                Diagnostic::warning(Code::Unsupported, *first, message)
                    .elsewhere(others)
                    .label(fallback),
            );
        }
    }

    /// Reserves the place of a type, so that it can refer to itself while it is defined.
    fn reserve(&mut self, name: NameHint, schema: &Schema<'a>) -> TypeId {
        let id = TypeId(self.types.len());
        let chosen = self.chosen_type(schema.place.node, schema.hint);
        let additions = self.type_additions(schema.place.node);
        self.types.push(TypeDef {
            name,
            chosen,
            additions,
            origin: origin(schema),
            docs: self.docs(schema),
            definition: Definition::Alias(any()),
        });
        id
    }

    /// The same for a type that no schema of its own describes.
    fn reserve_at(&mut self, name: NameHint, origin: Origin) -> TypeId {
        let id = TypeId(self.types.len());
        self.types.push(TypeDef {
            name,
            chosen: None,
            additions: Vec::new(),
            origin,
            docs: Docs::default(),
            definition: Definition::Alias(any()),
        });
        id
    }

    fn docs(&self, schema: &Schema<'_>) -> Docs {
        Docs {
            summary: schema.title.map(str::to_owned),
            description: schema.description.map(str::to_owned),
            example: schema.example.map(|example| format!("{example:?}")),
            facts: self.facts(schema),
            see: schema.external_docs.as_deref().map(link),
            deprecated: schema.deprecated,
        }
    }

    /// What a schema says that changes no type, and so stands in the documentation.
    fn facts(&self, schema: &Schema<'_>) -> Vec<(&'static str, String)> {
        let mut facts = Vec::new();
        let mut add = |label, text: Option<&str>| {
            facts.extend(text.map(|text| (label, text.to_owned())));
        };
        let is_shown = |format: &&str| {
            !format::is_mapped(schema, format, self.formats) && !self.is_replaced_format(format)
        };
        add("Format", schema.format.filter(is_shown));
        let is_shown = |encoding: &&str| !format::is_mapped_encoding(encoding);
        add("Encoding", schema.content_encoding.filter(is_shown));
        add("Content", schema.content_media_type);
        if let Some(default) = schema.default {
            facts.push(("Default", format!("{default:?}")));
        }
        facts
    }
}

/// The type of any JSON value.
fn any() -> Type {
    plain(Kind::Any)
}

/// A type that is not nullable and has no constraints.
fn plain(kind: Kind) -> Type {
    Type {
        kind,
        nullable: false,
        constraints: Constraints::default(),
    }
}

/// What a page outside of the document is called, and where it is.
fn link(docs: &ExternalDocs<'_>) -> Link {
    Link {
        description: docs.description.map(str::to_owned),
        url: docs.url.to_owned(),
    }
}

fn origin(schema: &Schema<'_>) -> Origin {
    Origin {
        pointer: schema.place.pointer.to_string(),
        span: schema.place.span,
    }
}

#[cfg(test)]
mod tests;
