//! `$ref`: where it leads (B1 to B17).

use std::collections::HashSet;

use crate::diagnostic::{Code, Diagnostic, Severity, quoted};
use crate::grammar::{self, Kind};
use crate::load::{Astray, End, NodeId, Refused};
use crate::near::nearest;
use crate::spec::{
    MediaType, Operation, Parameter, Place, Reader, RefOr, Reference, RequestBody, Response,
    SchemaId, Scheme, SchemeKind,
};

use super::Lowering;

/// How many steps of a cycle a message shows.
const MAX_SHOWN: usize = 8;

/// A reference as it is written, and the resource that it is written in.
type Step<'a> = (NodeId, &'a str);

/// The references that were followed, one to the next.
pub(super) struct Chain<'a> {
    /// What is expected at the end.
    kind: Kind,
    seen: HashSet<Step<'a>>,
    order: Vec<Step<'a>>,
}

impl Chain<'_> {
    /// A chain that should lead to an object of this kind.
    pub(super) fn to(kind: Kind) -> Self {
        Self {
            kind,
            seen: HashSet::new(),
            order: Vec::new(),
        }
    }
}

impl<'r, 'a> Lowering<'r, 'a> {
    /// The schema that a reference leads to, after any further references that are nothing else.
    pub(super) fn resolve_schema(&mut self, reference: &Reference<'a>) -> Option<SchemaId> {
        let target = self.referred(reference)?;
        Some(match reference.is_dynamic || reference.resolved.is_some() {
            true => target,
            false => self.filled_in(reference, target),
        })
    }

    /// The schema that a reference leads to, as it stands there.
    pub(super) fn referred(&mut self, reference: &Reference<'a>) -> Option<SchemaId> {
        if reference.resolved.is_some() {
            return reference.resolved;
        }
        let place = self.target(reference, Kind::Schema)?;
        let id = self.reader.schema(place);
        self.reader.finish_schemas();
        Some(id)
    }

    /// The parameter itself.
    pub(super) fn parameter(
        &mut self,
        parameter: &RefOr<'a, Parameter<'a>>,
    ) -> Option<Parameter<'a>> {
        self.follow(parameter, Kind::Parameter, Reader::parameter_or_ref)
    }

    /// The request body itself.
    pub(super) fn request_body(
        &mut self,
        body: &RefOr<'a, RequestBody<'a>>,
    ) -> Option<RequestBody<'a>> {
        let mut found = self.follow(body, Kind::RequestBody, Reader::request_body_or_ref)?;
        found.content = self.content(found.content)?;
        Some(found)
    }

    /// The response itself; a description beside the reference replaces its own (B7).
    pub(super) fn response(&mut self, response: &RefOr<'a, Response<'a>>) -> Option<Response<'a>> {
        let mut found = self.follow(response, Kind::Response, Reader::response_or_ref)?;
        if let RefOr::Ref(reference) = response {
            found.description = reference.description.or(found.description);
        }
        found.content = self.content(found.content)?;
        Some(found)
    }

    /// The properties that a reference in their place leads to.
    pub(super) fn properties(&mut self, reference: &Reference<'a>) -> Vec<(&'a str, SchemaId)> {
        let message = "JSON Schema has no `$ref` in place of all properties";
        self.report(
            Diagnostic::warning(Code::RefPosition, reference.target_span, message)
                .label("followed"),
        );
        let Some(place) = self.target(reference, Kind::Schema) else {
            return Vec::new();
        };
        let properties = self.reader.properties(place);
        self.reader.finish_schemas();
        properties
    }

    /// The security scheme itself, under the name that requirements use.
    pub(super) fn scheme(&mut self, scheme: &Scheme<'a>) -> Option<Scheme<'a>> {
        let name = scheme.name;
        let scheme = by_kind(scheme.clone());
        self.follow(&scheme, Kind::SecurityScheme, |reader, place| {
            reader.scheme(name, place).map(by_kind)
        })
    }

    /// The operation itself, where a `$ref` stands in its place.
    pub(super) fn operation_at(&mut self, operation: Operation<'a>) -> Option<Operation<'a>> {
        let method = operation.method.clone();
        self.follow(
            &by_reference(operation),
            Kind::Operation,
            |reader, place| reader.operation(method.clone(), place).map(by_reference),
        )
    }

    /// The media types themselves (3.2).
    fn content(&mut self, content: Vec<MediaType<'a>>) -> Option<Vec<MediaType<'a>>> {
        let as_ref = |media: MediaType<'a>| match media.reference.clone() {
            Some(reference) => RefOr::Ref(reference),
            None => RefOr::Item(media),
        };
        let resolved = content.into_iter().map(|media| {
            let key = media.key;
            self.follow(&as_ref(media), Kind::MediaType, |reader, place| {
                reader.media_type(key, place).map(as_ref)
            })
        });
        resolved.collect()
    }

    /// Follows references until there is something that is none.
    pub(super) fn follow<T: Clone>(
        &mut self,
        start: &RefOr<'a, T>,
        kind: Kind,
        read: impl Fn(&mut Reader<'r, 'a>, Place<'a>) -> Option<RefOr<'a, T>>,
    ) -> Option<T> {
        let mut next = match start {
            RefOr::Item(item) => return Some(item.clone()),
            RefOr::Ref(reference) => reference.clone(),
        };
        let mut chain = Chain::to(kind);
        while self.is_new(&next, &mut chain) {
            let place = self.target(&next, kind)?;
            let (found, is_mistaken) = self.read_at(place, &read);
            match found.filter(|_| !is_mistaken)? {
                RefOr::Item(item) => return Some(item),
                RefOr::Ref(reference) => next = reference,
            }
        }
        None
    }

    /// Reads what stands at a place, and tells whether there is a mistake in it. What there is to say
    /// about it is said once, however many references lead there.
    pub(super) fn read_at<T>(
        &mut self,
        place: Place<'a>,
        read: impl Fn(&mut Reader<'r, 'a>, Place<'a>) -> Option<T>,
    ) -> (Option<T>, bool) {
        let (mark, node) = (self.reader.mark(), place.node);
        let found = read(&mut self.reader, place);
        let is_mistaken = self.reader.is_mistaken_since(mark);
        if !self.read.insert(node) {
            self.reader.take_back(mark);
        }
        self.reader.finish_schemas();
        (found, is_mistaken)
    }

    /// Whether a chain of references goes on; false, with a finding, where it bites its tail.
    pub(super) fn is_new(&mut self, reference: &Reference<'a>, chain: &mut Chain<'a>) -> bool {
        let step = (self.reader.resource(reference.place.node), reference.target);
        if chain.seen.insert(step) {
            chain.order.push(step);
            return true;
        }
        let start = chain.order.iter().position(|it| *it == step);
        let cycle = chain.order.get(start.unwrap_or(0)..).unwrap_or_default();
        let steps = cycle.iter().take(MAX_SHOWN).map(|(_, target)| *target);
        let mut path: Vec<&str> = steps.collect();
        if path.len() < cycle.len() {
            path.push("...");
        }
        path.push(reference.target);
        let message = format!("`{}` leads back to itself", reference.target);
        self.report(
            Diagnostic::error(Code::RefCycle, reference.target_span, message)
                .help(format!("the way is {}", path.join(" -> ")))
                .help("a chain of references must end at something that is not a reference")
                .or_else(fallback(chain.kind)),
        );
        false
    }

    /// The place that a reference leads to, if it is there and of the right kind.
    pub(super) fn target(&mut self, reference: &Reference<'a>, kind: Kind) -> Option<Place<'a>> {
        let key = (self.reader.resource(reference.place.node), reference.target);
        let place = match self.targets.get(&key) {
            Some(known) => known.clone(),
            None => {
                let found = self.find(reference, kind)?;
                self.targets.insert(key, found.clone());
                found
            }
        };
        self.is_kind(reference, &place, kind).then_some(place)
    }

    /// Looks up a reference, and tells why if there is nothing at its end.
    fn find(&mut self, reference: &Reference<'a>, kind: Kind) -> Option<Place<'a>> {
        let end = match self.reader.end(reference) {
            Ok(end) => end,
            Err(astray) => {
                self.report_astray(reference, kind, astray);
                return None;
            }
        };
        let found = self.reader.place_at(end);
        if found.is_none() {
            self.report_missing(reference, kind, end);
        }
        found
    }

    /// Whether what a reference leads to is what its place asks for (B15).
    ///
    /// Where the pointer does not tell, the first reference to a place decides what it is.
    fn is_kind(&mut self, reference: &Reference<'a>, place: &Place<'a>, kind: Kind) -> bool {
        let told = match self.reader.is_document(place) {
            true => grammar::kind_at(&place.pointer.tokens()).or_else(|| {
                let component = place.pointer.component()?;
                let is_whole = component.rest.is_empty();
                is_whole.then(|| grammar::kind_in(component.section))?
            }),
            false => None,
        };
        let first = self.kinds.entry(place.node);
        let (known, first) = *first.or_insert((kind, reference.target_span));
        let found = told.unwrap_or(known);
        if found == kind {
            return true;
        }
        let message = format!(
            "{} is a {} object, but a {} object is needed",
            quoted(reference.target),
            found.name(),
            kind.name()
        );
        let finding = Diagnostic::error(Code::RefKind, reference.target_span, message);
        let finding = finding.or_else(fallback(kind));
        self.report(match told {
            Some(_) => finding.related(place.span, "this is what it leads to"),
            None => finding.related(first, "this reference takes it for one"),
        });
        false
    }

    /// Tells why a reference has no end.
    fn report_astray(&mut self, reference: &Reference<'a>, kind: Kind, astray: Astray) {
        let target = reference.target;
        let root = self.reader.root().node;
        let section = grammar::section(kind);
        let names = self
            .reader
            .names_under(root, &format!("/components/{section}"));
        let external =
            |message: String| Diagnostic::error(Code::RefExternal, reference.target_span, message);
        let shown = quoted(target);
        let finding = match astray {
            _ if names.contains(&target) => {
                let message = format!("{shown} is not a reference");
                Diagnostic::error(Code::RefMissing, reference.target_span, message)
                    .help(format!("write `#/components/{section}/{target}`"))
            }
            Astray::Refused(Refused::Remote) => {
                external(format!("{shown} is not a file below the document's folder"))
                    .label("the network is never asked")
                    .help(format!(
                        "save a copy as `{}`, and refer to that",
                        vendored(target)
                    ))
            }
            Astray::Refused(Refused::Absolute | Refused::Above) => {
                external(format!("{shown} leads out of the document's folder"))
                    .label("only files below the document are read")
                    .help("copy the file to a folder below, or move the document up")
            }
            Astray::Refused(Refused::Odd) => external(format!("{shown} is not the path of a file"))
                .help("write a relative path, with `/` between folders on every system"),
            Astray::NotRead(location) => {
                let unread = self.reader.unread(&location);
                let reason = unread.map_or("it was not handed over", |unread| &unread.reason);
                let finding = external(format!("cannot read {}: {reason}", quoted(&location)));
                match unread.and_then(|unread| unread.help.as_deref()) {
                    Some(help) => finding.help(help),
                    None => finding,
                }
            }
        };
        self.report_lost(reference, kind, finding);
    }

    /// A dynamic reference without an end leaves a part open, and is no mistake of the rest.
    fn report_lost(&mut self, reference: &Reference<'a>, kind: Kind, mut finding: Diagnostic) {
        if reference.is_dynamic {
            finding.severity = Severity::Warning;
            finding = finding.label(fallback(kind));
        }
        self.report(finding.or_else(fallback(kind)));
    }

    /// Tells that there is nothing at the end of a reference, and what is near (B17).
    fn report_missing(&mut self, reference: &Reference<'a>, kind: Kind, end: End<'a>) {
        let message = format!("{} leads to nothing", quoted(reference.target));
        let mut finding = Diagnostic::error(Code::RefMissing, reference.target_span, message);
        let (parent, last) = end.fragment.rsplit_once('/').unwrap_or_default();
        let file = reference.target.split('#').next().unwrap_or_default();
        if !end.fragment.starts_with('/') && !end.fragment.is_empty() {
            let anchors = self.reader.anchors(end.root);
            let near = nearest(end.fragment, anchors.iter().copied());
            finding = match near {
                Some(near) => finding.help(format!("did you mean `{file}#{near}`?")),
                None => finding.help("no schema there has an `$anchor` of this name"),
            };
            self.report_lost(reference, kind, finding);
            return;
        }
        let components = format!("/components/{}", grammar::section(kind));
        for parent in [parent, &components] {
            let names = self.reader.names_under(end.root, parent);
            if let Some(near) = nearest(last, names.iter().copied()) {
                let near = near.replace('~', "~0").replace('/', "~1");
                finding = finding.help(format!("did you mean `{file}#{parent}/{near}`?"));
                break;
            }
        }
        self.report_lost(reference, kind, finding);
    }
}

/// What becomes of what refers to nothing, if the user goes on.
fn fallback(kind: Kind) -> &'static str {
    match kind {
        Kind::Schema => "read as any value",
        Kind::Header => "the header is left out",
        Kind::Link => "the link is left out",
        Kind::PathItem => "the operations behind it are left out",
        Kind::SecurityScheme => "operations that need it are left out",
        _ => "the operation is left out",
    }
}

fn by_kind(scheme: Scheme<'_>) -> RefOr<'_, Scheme<'_>> {
    match &scheme.kind {
        SchemeKind::Ref(reference) => RefOr::Ref(reference.clone()),
        _ => RefOr::Item(scheme),
    }
}

fn by_reference(operation: Operation<'_>) -> RefOr<'_, Operation<'_>> {
    match &operation.reference {
        Some(reference) => RefOr::Ref(reference.clone()),
        None => RefOr::Item(operation),
    }
}

/// Where a copy of a remote file could be kept.
fn vendored(target: &str) -> String {
    let path = target.split(['#', '?']).next().unwrap_or_default();
    let name = path.rsplit(['/', ':', '\\']).find(|part| !part.is_empty());
    format!("vendor/{}", name.unwrap_or("schema.json"))
}
