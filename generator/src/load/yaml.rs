//! YAML to tree: the events of `granit-parser`, one after the other, without recursion.

mod control;
mod syntax;
mod tags;

use std::borrow::Cow;
use std::collections::HashMap;

use granit_parser::{Event, Parser, ScalarStyle, StructureStyle, options};

use super::build::{Builder, Built, Input, Refusal};
use super::limits::Limits;
use super::tree::{Tree, Value};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;
use tags::{CoreTag, PlacedTag, Tags};

type Place = granit_parser::Span;

/// How far the parser looks for the `:` of a key that is not marked with `?`.
const KEY_LOOKAHEAD: usize = 64 << 10;

/// Reads a text as YAML 1.2 with the core schema.
pub(super) fn parse<'s>(
    diagnostics: &mut Diagnostics,
    input: Input<'s>,
    limits: &Limits,
) -> Result<Option<Tree<'s>>, Refusal> {
    let readable = control::replaced(diagnostics, input);
    let options = options! {
        emit_comments: false,
        emit_unresolved_aliases: false,
        simple_key_max_lookahead: KEY_LOOKAHEAD,
        // One more than the tree takes, so that it is the tree which says where it is too deep.
        flow_nesting_limit: limits.max_depth.saturating_add(1),
        block_nesting_limit: limits.max_depth.saturating_add(1),
    };
    let builder = Builder::new(diagnostics, limits);
    let mut reader = Reader {
        input,
        builder,
        tags: Tags::default(),
        anchors: HashMap::new(),
        open: Vec::new(),
        end: 0,
        documents: 0,
    };
    for event in Parser::new_from_str_with_options(&readable, options) {
        let (event, place) = event.map_err(|error| syntax::refusal(input, &error, limits))?;
        reader.event(event, place)?;
    }
    reader.tags.report(reader.builder.diagnostics);
    if reader.documents == 0 {
        let message = "the document is empty";
        return Err(Box::new(Diagnostic::error(
            Code::Syntax,
            input.span(0, 0),
            message,
        )));
    }
    Ok(reader.builder.finish())
}

struct Reader<'s, 'd> {
    input: Input<'s>,
    builder: Builder<'s, 'd>,
    tags: Tags,
    /// What each anchor stands for, once its node is complete.
    anchors: HashMap<usize, Built>,
    /// The anchors (0 for none) and the styles of the collections that are open.
    open: Vec<(usize, StructureStyle)>,
    /// Where the last node ended. A block collection ends there: the parser notices its end only at
    /// the next token, which may be many lines below.
    end: u32,
    documents: usize,
}

impl<'s> Reader<'s, '_> {
    fn event(&mut self, event: Event<'_>, place: Place) -> Result<(), Refusal> {
        match event {
            Event::DocumentStart(..) => self.document(place),
            Event::Scalar(text, style, anchor, tag) => {
                let tag = tag.map(|tag| (tag, self.tag_span(place)));
                self.scalar(text, style, anchor, tag, place)
            }
            Event::SequenceStart(style, anchor, tag) => {
                self.tags.check(
                    tag.map(|tag| (tag, self.tag_span(place))),
                    CoreTag::Sequence,
                );
                self.refuse_as_key(place)?;
                self.open.push((anchor, style));
                self.builder.open_sequence(self.span(place))
            }
            Event::MappingStart(style, anchor, tag) => {
                self.tags
                    .check(tag.map(|tag| (tag, self.tag_span(place))), CoreTag::Mapping);
                self.refuse_as_key(place)?;
                self.open.push((anchor, style));
                self.builder.open_mapping(self.span(place))
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(place),
            Event::Alias(anchor) => self.alias(anchor, place),
            _ => Ok(()),
        }
    }

    fn document(&mut self, place: Place) -> Result<(), Refusal> {
        self.documents += 1;
        if self.documents == 1 {
            return Ok(());
        }
        let message = "the file holds a second YAML document";
        let diagnostic = Diagnostic::error(Code::Syntax, self.span(place), message);
        Err(Box::new(
            diagnostic.help("put each document into a file of its own"),
        ))
    }

    fn scalar(
        &mut self,
        text: Cow<'_, str>,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<PlacedTag<'_>>,
        place: Place,
    ) -> Result<(), Refusal> {
        let mut span = self.span(place);
        let is_missing = style == ScalarStyle::Plain && span.start == span.end;
        let text = if is_missing {
            // What is not written stands behind what was written last.
            let end = self.end.min(span.start);
            span = Span {
                start: end,
                end,
                ..span
            };
            Cow::Borrowed("")
        } else {
            self.end = span.end;
            self.verbatim(text, place)
        };
        if !self.builder.expects_key() {
            let value = self.tags.value(text, style, tag);
            let built = self.builder.scalar(value, span)?;
            self.anchor(anchor, built);
            return Ok(());
        }
        self.tags.check_key(tag);
        if style == ScalarStyle::Plain && text == "<<" {
            self.builder.merge_key();
            return Ok(());
        }
        if anchor != 0 {
            let built = self.builder.detached(Value::String(text.clone()), span)?;
            self.anchor(anchor, built);
        }
        self.builder.key(text, span)
    }

    /// Remembers what an anchor stands for; 0 is no anchor.
    fn anchor(&mut self, anchor: usize, built: Built) {
        if anchor != 0 {
            self.anchors.insert(anchor, built);
        }
    }

    fn close(&mut self, place: Place) -> Result<(), Refusal> {
        let (anchor, style) = self.open.pop().unwrap_or((0, StructureStyle::Block));
        if style == StructureStyle::Flow {
            self.end = self.span(place).end;
        }
        let built = self.builder.close(self.end)?;
        if let Some(built) = built {
            self.anchor(anchor, built);
        }
        Ok(())
    }

    fn alias(&mut self, anchor: usize, place: Place) -> Result<(), Refusal> {
        let span = self.span(place);
        self.end = span.end;
        let Some(target) = self.anchors.get(&anchor).copied() else {
            let message = "an alias stands for a node that it is a part of";
            return Err(Box::new(
                Diagnostic::error(Code::Syntax, span, message).label("this would never end"),
            ));
        };
        if !self.builder.expects_key() {
            return self.builder.alias(target, span);
        }
        let node = self.builder.tree.node(target.node);
        let key = match &node.value {
            Value::String(text) | Value::Number(text) => text.clone(),
            Value::Bool(_) | Value::Null => Cow::Borrowed(self.input.slice(node.span)),
            Value::Sequence(_) | Value::Mapping(_) => return Err(complex_key(span)),
        };
        self.builder.key(key, span)
    }

    fn refuse_as_key(&self, place: Place) -> Result<(), Refusal> {
        if self.builder.expects_key() {
            Err(complex_key(self.span(place)))
        } else {
            Ok(())
        }
    }

    /// The text of a scalar, borrowed if it stands in the source as it is, with or without quotes.
    fn verbatim(&self, text: Cow<'_, str>, place: Place) -> Cow<'s, str> {
        let start = place.byte_range().unwrap_or_default().start;
        for quote in [0, 1] {
            let written = self
                .input
                .text
                .get(start + quote..)
                .and_then(|rest| rest.get(..text.len()));
            if let Some(written) = written.filter(|written| *written == text) {
                return Cow::Borrowed(written);
            }
        }
        Cow::Owned(text.into_owned())
    }

    fn span(&self, place: Place) -> Span {
        let range = place.byte_range().unwrap_or_default();
        self.input.span(range.start, range.end)
    }

    fn tag_span(&self, place: Place) -> Span {
        self.span(place.tag_span().unwrap_or(place))
    }
}

fn complex_key(span: Span) -> Refusal {
    let diagnostic = Diagnostic::error(Code::Syntax, span, "a key must be a scalar");
    Box::new(diagnostic.label("this is a sequence or a mapping"))
}

#[cfg(test)]
mod tests;
