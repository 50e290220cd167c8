//! What a [`Query`] finds in a tree.

use std::cmp::Ordering;
use std::collections::HashSet;

use super::query::{Comparison, Condition, Literal, Operand, Query, Selector, Start};
use crate::load::number;
use crate::load::{NodeId, Tree, Value};

/// How many nodes one query may look at. One that descends twice looks at each node as often as the tree
/// is deep.
const MAX_STEPS: usize = 20_000_000;

/// The way from the root to a node: at each step the how manieth entry or item it is.
pub(super) type Path = Vec<u32>;

/// A query looks at too much.
#[derive(Debug)]
pub(super) struct Exhausted;

/// Every place that a query finds, each once, in the order of the RFC.
pub(super) fn find(tree: &Tree<'_>, query: &Query) -> Result<Vec<Path>, Exhausted> {
    let mut search = Search {
        tree,
        links: Vec::new(),
        steps: 0,
    };
    let hits = search.run(tree.root(), query)?;
    let mut known = HashSet::new();
    let mut paths = Vec::new();
    for hit in hits {
        let path = search.path(hit);
        if known.insert(path.clone()) {
            paths.push(path);
        }
    }
    Ok(paths)
}

/// The node at a path.
pub(super) fn node_at(tree: &Tree<'_>, path: &[u32]) -> Option<NodeId> {
    let step = |node, at: &u32| child(tree, node, *at as usize);
    path.iter().try_fold(tree.root(), step)
}

/// The entry or item of a node by its position.
pub(super) fn child(tree: &Tree<'_>, node: NodeId, at: usize) -> Option<NodeId> {
    match tree.value(node) {
        Value::Sequence(items) => items.get(at).copied(),
        Value::Mapping(entries) => entries.get(at).map(|entry| entry.value),
        _ => None,
    }
}

/// How many entries or items a node has.
pub(super) fn len(tree: &Tree<'_>, node: NodeId) -> usize {
    tree.items(node).len() + tree.entries(node).len()
}

/// A node that was found, and the last link of the way to it.
#[derive(Clone, Copy)]
struct Hit {
    node: NodeId,
    link: Option<u32>,
}

/// A step of a way, behind the one before it. Ways share their beginnings.
struct Link {
    before: Option<u32>,
    at: u32,
}

struct Search<'t, 's> {
    tree: &'t Tree<'s>,
    links: Vec<Link>,
    steps: usize,
}

impl Search<'_, '_> {
    fn path(&self, hit: Hit) -> Path {
        let mut path = Vec::new();
        let mut next = hit.link;
        while let Some(link) = next.and_then(|link| self.links.get(link as usize)) {
            path.push(link.at);
            next = link.before;
        }
        path.reverse();
        path
    }

    fn run(&mut self, current: NodeId, query: &Query) -> Result<Vec<Hit>, Exhausted> {
        let node = match query.start {
            Start::Root => self.tree.root(),
            Start::Current => current,
        };
        let mut hits = vec![Hit { node, link: None }];
        for segment in &query.segments {
            let mut found = Vec::new();
            for hit in hits {
                match segment.descends {
                    true => self.descend(hit, &segment.selectors, &mut found)?,
                    false => self.select(hit, &segment.selectors, &mut found)?,
                }
            }
            hits = found;
        }
        Ok(hits)
    }

    /// The same for a node and all below it. The depth of a tree is bounded.
    fn descend(
        &mut self,
        hit: Hit,
        selectors: &[Selector],
        found: &mut Vec<Hit>,
    ) -> Result<(), Exhausted> {
        self.select(hit, selectors, found)?;
        for at in 0..len(self.tree, hit.node) {
            if let Some(below) = self.below(hit, at)? {
                self.descend(below, selectors, found)?;
            }
        }
        Ok(())
    }

    fn select(
        &mut self,
        hit: Hit,
        selectors: &[Selector],
        found: &mut Vec<Hit>,
    ) -> Result<(), Exhausted> {
        for selector in selectors {
            for at in self.positions(hit.node, selector)? {
                found.extend(self.below(hit, at)?);
            }
        }
        Ok(())
    }

    fn positions(&mut self, node: NodeId, selector: &Selector) -> Result<Vec<usize>, Exhausted> {
        let all = len(self.tree, node);
        let items = self.tree.items(node).len();
        Ok(match selector {
            Selector::Name(name) => {
                let entries = self.tree.entries(node);
                self.step(entries.len())?;
                let found = entries.iter().position(|entry| entry.key == *name);
                found.into_iter().collect()
            }
            Selector::All => (0..all).collect(),
            Selector::Index(index) => position(*index, items).into_iter().collect(),
            Selector::Slice(start, end, step) => slice(*start, *end, *step, items),
            Selector::Filter(condition) => {
                let mut holds = Vec::new();
                for at in 0..all {
                    if let Some(child) = child(self.tree, node, at)
                        && self.holds(child, condition)?
                    {
                        holds.push(at);
                    }
                }
                holds
            }
        })
    }

    fn below(&mut self, hit: Hit, at: usize) -> Result<Option<Hit>, Exhausted> {
        self.step(1)?;
        let Some(node) = child(self.tree, hit.node, at) else {
            return Ok(None);
        };
        let link = u32::try_from(self.links.len()).map_err(|_| Exhausted)?;
        self.links.push(Link {
            before: hit.link,
            at: u32::try_from(at).map_err(|_| Exhausted)?,
        });
        let link = Some(link);
        Ok(Some(Hit { node, link }))
    }

    const fn step(&mut self, count: usize) -> Result<(), Exhausted> {
        self.steps += count;
        match self.steps > MAX_STEPS {
            true => Err(Exhausted),
            false => Ok(()),
        }
    }

    fn holds(&mut self, current: NodeId, condition: &Condition) -> Result<bool, Exhausted> {
        self.step(1)?;
        Ok(match condition {
            Condition::Any(parts) => {
                for part in parts {
                    if self.holds(current, part)? {
                        return Ok(true);
                    }
                }
                false
            }
            Condition::All(parts) => {
                for part in parts {
                    if !self.holds(current, part)? {
                        return Ok(false);
                    }
                }
                true
            }
            Condition::Not(inner) => !self.holds(current, inner)?,
            Condition::Exists(query) => !self.nodes(current, query)?.is_empty(),
            Condition::Compare(left, comparison, right) => {
                let left = self.operand(current, left)?;
                let right = self.operand(current, right)?;
                self.compares(&left, *comparison, &right)?
            }
        })
    }

    /// What a query in a filter finds. Nobody asks for the ways there.
    fn nodes(&mut self, current: NodeId, query: &Query) -> Result<Vec<NodeId>, Exhausted> {
        let links = self.links.len();
        let hits = self.run(current, query)?;
        self.links.truncate(links);
        Ok(hits.into_iter().map(|hit| hit.node).collect())
    }

    fn operand<'o>(
        &mut self,
        current: NodeId,
        operand: &'o Operand,
    ) -> Result<Side<'o>, Exhausted> {
        Ok(match operand {
            Operand::Literal(literal) => Side::Literal(literal),
            Operand::Query(query) => match self.nodes(current, query)?.first() {
                Some(node) => Side::Node(*node),
                None => Side::Nothing,
            },
        })
    }

    fn compares(
        &mut self,
        left: &Side<'_>,
        comparison: Comparison,
        right: &Side<'_>,
    ) -> Result<bool, Exhausted> {
        let is_equal = self.is_equal(left, right)?;
        let order = self.order(left, right);
        Ok(match comparison {
            Comparison::Equal => is_equal,
            Comparison::NotEqual => !is_equal,
            Comparison::Less => order == Some(Ordering::Less),
            Comparison::LessOrEqual => is_equal || order == Some(Ordering::Less),
            Comparison::Greater => order == Some(Ordering::Greater),
            Comparison::GreaterOrEqual => is_equal || order == Some(Ordering::Greater),
        })
    }

    /// Only numbers and texts have an order.
    fn order(&self, left: &Side<'_>, right: &Side<'_>) -> Option<Ordering> {
        match (self.scalar(left)?, self.scalar(right)?) {
            (Scalar::Number(left), Scalar::Number(right)) => left.partial_cmp(&right),
            (Scalar::Text(left), Scalar::Text(right)) => Some(left.cmp(right)),
            _ => None,
        }
    }

    fn is_equal(&mut self, left: &Side<'_>, right: &Side<'_>) -> Result<bool, Exhausted> {
        match (left, right) {
            (Side::Nothing, Side::Nothing) => Ok(true),
            (Side::Node(left), Side::Node(right)) => self.is_same(*left, *right),
            _ => Ok(self
                .scalar(left)
                .is_some_and(|value| self.scalar(right) == Some(value))),
        }
    }

    fn is_same(&mut self, left: NodeId, right: NodeId) -> Result<bool, Exhausted> {
        self.step(1)?;
        let tree = self.tree;
        match (tree.value(left), tree.value(right)) {
            (Value::Sequence(left), Value::Sequence(right)) => {
                for (left, right) in left.iter().zip(right) {
                    if !self.is_same(*left, *right)? {
                        return Ok(false);
                    }
                }
                Ok(left.len() == right.len())
            }
            (Value::Mapping(left), Value::Mapping(entries)) => {
                for entry in left {
                    self.step(entries.len())?;
                    let other = tree.get(right, &entry.key);
                    let Some(other) = other else { return Ok(false) };
                    if !self.is_same(entry.value, other)? {
                        return Ok(false);
                    }
                }
                Ok(left.len() == entries.len())
            }
            _ => {
                let (left, right) = (Side::Node(left), Side::Node(right));
                let left = self.scalar(&left);
                Ok(left.is_some() && left == self.scalar(&right))
            }
        }
    }

    fn scalar<'v>(&'v self, side: &'v Side<'_>) -> Option<Scalar<'v>> {
        match side {
            Side::Nothing => None,
            Side::Literal(literal) => Some(match literal {
                Literal::Null => Scalar::Null,
                Literal::Bool(value) => Scalar::Bool(*value),
                Literal::Number(value) => Scalar::Number(*value),
                Literal::Text(text) => Scalar::Text(text),
            }),
            Side::Node(node) => match self.tree.value(*node) {
                Value::Null => Some(Scalar::Null),
                Value::Bool(value) => Some(Scalar::Bool(*value)),
                Value::Number(lexeme) => number::float(lexeme).map(Scalar::Number),
                Value::String(text) => Some(Scalar::Text(text)),
                Value::Sequence(_) | Value::Mapping(_) => None,
            },
        }
    }
}

/// One side of a comparison, as it was found.
enum Side<'q> {
    Nothing,
    Literal(&'q Literal),
    Node(NodeId),
}

/// A value without parts.
#[derive(PartialEq)]
enum Scalar<'v> {
    Null,
    Bool(bool),
    Number(f64),
    Text(&'v str),
}

/// An index that may count from the end.
fn position(index: i64, len: usize) -> Option<usize> {
    let len = i64::try_from(len).unwrap_or(i64::MAX);
    let at = if index < 0 {
        index.checked_add(len)?
    } else {
        index
    };
    usize::try_from(at).ok().filter(|_| at < len)
}

/// The positions of a slice, as the RFC counts them.
fn slice(start: Option<i64>, end: Option<i64>, step: i64, len: usize) -> Vec<usize> {
    let len = i64::try_from(len).unwrap_or(i64::MAX);
    let normal = |at: i64| if at < 0 { at.saturating_add(len) } else { at };
    let mut positions = Vec::new();
    if step > 0 {
        let mut at = normal(start.unwrap_or(0)).clamp(0, len);
        let end = normal(end.unwrap_or(len)).clamp(0, len);
        while at < end {
            positions.extend(usize::try_from(at));
            at = at.saturating_add(step);
        }
    } else if step < 0 {
        let mut at = start.map_or(len - 1, normal).clamp(-1, len - 1);
        let end = end.map_or(-1, |end| normal(end).clamp(-1, len - 1));
        while at > end {
            positions.extend(usize::try_from(at));
            at = at.saturating_add(step);
        }
    }
    positions
}
