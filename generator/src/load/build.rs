//! Builds a [`Tree`] from what a parser meets, one piece at a time and within [`Limits`].

mod keys;

use std::borrow::Cow;

use super::limits::Limits;
use super::tree::{Entry, NodeId, Tree, Value};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Span};

/// Why reading stops. Boxed, because it is rare and large.
pub(super) type Refusal = Box<Diagnostic>;

/// Bytes of text that count as much as a node of the expanded document.
const BYTES_PER_UNIT: usize = 64;

/// A text, or a part of one, with the place that it has in its file.
#[derive(Clone, Copy)]
pub(super) struct Input<'s> {
    /// What is read.
    pub(super) text: &'s str,
    /// The file that it belongs to.
    pub(super) file: FileId,
    /// Where in the file it begins.
    pub(super) base: usize,
}

impl<'s> Input<'s> {
    /// The whole text of a file.
    pub(super) const fn whole(text: &'s str, file: FileId) -> Self {
        Self {
            text,
            file,
            base: 0,
        }
    }

    /// The part of the text that a span of it covers.
    pub(super) fn slice(&self, span: Span) -> &'s str {
        let range = (span.start as usize).wrapping_sub(self.base)
            ..(span.end as usize).wrapping_sub(self.base);
        self.text.get(range).unwrap_or("")
    }

    /// The span of a range of the text. Offsets fit, because no text of 4 GiB is read.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let narrow = |offset: usize| u32::try_from(self.base + offset).unwrap_or(u32::MAX);
        Span {
            file: self.file,
            start: narrow(start),
            end: narrow(end.max(start)),
        }
    }
}

/// A character for use in a message.
pub(super) fn shown(character: char) -> String {
    if character.is_control() {
        format!("U+{:04X}", u32::from(character))
    } else {
        format!("`{character}`")
    }
}

/// A node that is complete, as an alias needs to know it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Built {
    pub(super) node: NodeId,
    /// Its size in units of [`Limits::max_expanded`].
    units: usize,
    /// How deep collections nest in it; 0 for a scalar.
    height: usize,
}

/// What an open collection waits for.
enum Expects<'s> {
    Item,
    Key,
    Value(Cow<'s, str>, Span),
    /// The value of a merge key.
    Merge,
}

struct Frame<'s> {
    node: NodeId,
    expects: Expects<'s>,
    /// Where its children begin in the stack of items or entries.
    first_child: usize,
    /// The units before it.
    units: usize,
    height: usize,
    /// The values of its merge keys, in order.
    merges: Vec<NodeId>,
}

/// A tree under construction. Children wait on two shared stacks until their parent is complete, so
/// that each collection is allocated once and with its exact size.
pub(super) struct Builder<'s, 'd> {
    pub(super) diagnostics: &'d mut Diagnostics,
    pub(super) tree: Tree<'s>,
    limits: &'d Limits,
    frames: Vec<Frame<'s>>,
    items: Vec<NodeId>,
    entries: Vec<Entry<'s>>,
    units: usize,
    duplicates: usize,
}

impl<'s, 'd> Builder<'s, 'd> {
    pub(super) fn new(diagnostics: &'d mut Diagnostics, limits: &'d Limits) -> Self {
        Self {
            diagnostics,
            tree: Tree::without_nodes(),
            limits,
            frames: Vec::new(),
            items: Vec::new(),
            entries: Vec::new(),
            units: 0,
            duplicates: 0,
        }
    }

    /// Whether the next scalar is the key of a mapping.
    pub(super) fn expects_key(&self) -> bool {
        self.frames
            .last()
            .is_some_and(|frame| matches!(frame.expects, Expects::Key))
    }

    /// Adds a scalar as an item, a value or the root.
    pub(super) fn scalar(&mut self, value: Value<'s>, span: Span) -> Result<Built, Refusal> {
        let built = self.detached(value, span)?;
        self.attach(built.node, 0);
        Ok(built)
    }

    /// Adds a scalar that belongs to no collection: an anchored key, for its aliases.
    pub(super) fn detached(&mut self, value: Value<'s>, span: Span) -> Result<Built, Refusal> {
        let bytes = match &value {
            Value::Number(text) | Value::String(text) => text.len(),
            _ => 0,
        };
        let units = 1 + bytes / BYTES_PER_UNIT;
        let node = self.node(value, span, units)?;
        Ok(Built {
            node,
            units,
            height: 0,
        })
    }

    /// Begins a sequence; `span` is its opening.
    pub(super) fn open_sequence(&mut self, span: Span) -> Result<(), Refusal> {
        self.open(Expects::Item, self.items.len(), span)
    }

    /// Begins a mapping; `span` is its opening.
    pub(super) fn open_mapping(&mut self, span: Span) -> Result<(), Refusal> {
        self.open(Expects::Key, self.entries.len(), span)
    }

    fn open(
        &mut self,
        expects: Expects<'s>,
        first_child: usize,
        span: Span,
    ) -> Result<(), Refusal> {
        if self.frames.len() >= self.limits.max_depth {
            return Err(self.too_deep(span));
        }
        let units = self.units;
        let node = self.node(Value::Null, span, 1)?;
        self.frames.push(Frame {
            node,
            expects,
            first_child,
            units,
            height: 0,
            merges: Vec::new(),
        });
        Ok(())
    }

    /// Sets the key that the next value belongs to.
    pub(super) fn key(&mut self, key: Cow<'s, str>, span: Span) -> Result<(), Refusal> {
        self.count(key.len() / BYTES_PER_UNIT, span)?;
        self.expect(Expects::Value(key, span));
        Ok(())
    }

    /// Makes the next value one that is merged into the mapping.
    pub(super) fn merge_key(&mut self) {
        self.expect(Expects::Merge);
    }

    fn expect(&mut self, expects: Expects<'s>) {
        if let Some(frame) = self.frames.last_mut() {
            frame.expects = expects;
        }
    }

    /// Adds what an alias stands for; `span` is the alias.
    pub(super) fn alias(&mut self, target: Built, span: Span) -> Result<(), Refusal> {
        if self.frames.len() + target.height > self.limits.max_depth {
            return Err(self.too_deep(span));
        }
        self.count(target.units, span)?;
        self.attach(target.node, target.height);
        Ok(())
    }

    /// Ends the innermost collection, which reaches to the byte `end` of the file.
    pub(super) fn close(&mut self, end: u32) -> Result<Option<Built>, Refusal> {
        let Some(frame) = self.frames.pop() else {
            return Ok(None);
        };
        let value = if matches!(frame.expects, Expects::Item) {
            Value::Sequence(self.items.drain(frame.first_child..).collect())
        } else {
            self.refuse_duplicates(frame.first_child)?;
            let mut entries: Vec<_> = self.entries.drain(frame.first_child..).collect();
            self.merge(&mut entries, &frame.merges)?;
            Value::Mapping(entries)
        };
        let node = self.tree.node_mut(frame.node);
        node.value = value;
        node.span.end = end.max(node.span.start);
        let height = frame.height + 1;
        self.attach(frame.node, height);
        Ok(Some(Built {
            node: frame.node,
            units: self.units - frame.units,
            height,
        }))
    }

    /// The tree, if a root was built.
    pub(super) fn finish(mut self) -> Option<Tree<'s>> {
        let root = self.items.pop()?;
        self.tree.complete(root, self.units);
        Some(self.tree)
    }

    /// Gives a complete node to the collection that waits for it. The root waits among the items.
    fn attach(&mut self, node: NodeId, height: usize) {
        let Some(frame) = self.frames.last_mut() else {
            self.items.push(node);
            return;
        };
        frame.height = frame.height.max(height);
        match &mut frame.expects {
            Expects::Item => self.items.push(node),
            Expects::Merge => {
                frame.merges.push(node);
                frame.expects = Expects::Key;
            }
            expects => {
                if let Expects::Value(key, key_span) = std::mem::replace(expects, Expects::Key) {
                    self.entries.push(Entry {
                        key,
                        key_span,
                        value: node,
                    });
                }
            }
        }
    }

    fn node(&mut self, value: Value<'s>, span: Span, units: usize) -> Result<NodeId, Refusal> {
        if self.tree.len() >= self.limits.max_nodes {
            let message = format!("the document has more than {} nodes", self.limits.max_nodes);
            return Err(self.over_limit(span, message));
        }
        self.count(units, span)?;
        Ok(self.tree.push(value, span))
    }

    fn count(&mut self, units: usize, span: Span) -> Result<(), Refusal> {
        self.units = self.units.saturating_add(units);
        if self.units > self.limits.max_expanded {
            let limit = self.limits.max_expanded;
            let message = format!("the document expands to more than {limit} nodes");
            return Err(self.over_limit(span, message));
        }
        Ok(())
    }

    /// The refusal of a document that nests too deep.
    pub(super) fn too_deep(&self, span: Span) -> Refusal {
        let message = format!(
            "the document nests deeper than {} levels",
            self.limits.max_depth
        );
        self.over_limit(span, message)
    }

    fn over_limit(&self, span: Span, message: String) -> Refusal {
        let diagnostic =
            Diagnostic::error(Code::Limit, span, message).label("reading stopped here");
        Box::new(diagnostic.help("the limits keep a document from taking all memory"))
    }
}
