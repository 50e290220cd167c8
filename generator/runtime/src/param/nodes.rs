//! Values on their way from a parameter: texts, lists and objects of any depth.

use std::collections::HashMap;

/// A value that has been taken apart and decoded, but has no type yet.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// `null` in JSON.
    Null,
    /// `true` or `false` in JSON.
    Boolean(bool),
    /// A number in JSON.
    Number(serde_json::Number),
    /// A text in JSON.
    Text(String),
    /// A text of a parameter, which stands for what its type says.
    Bare(String),
    /// A list.
    List(Vec<Node>),
    /// Keys and values, in order.
    Object(Vec<(String, Node)>),
}

impl From<serde_json::Value> for Node {
    fn from(value: serde_json::Value) -> Self {
        match value {
            serde_json::Value::Null => Self::Null,
            serde_json::Value::Bool(value) => Self::Boolean(value),
            serde_json::Value::Number(value) => Self::Number(value),
            serde_json::Value::String(text) => Self::Text(text),
            serde_json::Value::Array(items) => {
                Self::List(items.into_iter().map(Self::from).collect())
            }
            serde_json::Value::Object(pairs) => {
                let pairs = pairs.into_iter();
                Self::Object(pairs.map(|(key, value)| (key, value.into())).collect())
            }
        }
    }
}

/// So many brackets may stand in one key.
const MAX_DEPTH: usize = 8;

/// A tree that grows by one key with brackets after the other: `[a][b]=1`, `[ids][]=1`, `[0]=1` (PR15).
#[derive(Default)]
pub(super) struct Tree {
    texts: Vec<String>,
    children: Vec<(String, Tree)>,
    /// Where each child is.
    places: HashMap<String, usize>,
}

impl Tree {
    /// Adds a text below the brackets of a key, which is what comes after the name of the parameter.
    /// Nothing if the brackets are not right, or too many.
    pub(super) fn add(&mut self, brackets: &str, text: String) -> Option<()> {
        let mut tree = self;
        let mut rest = brackets;
        for _ in 0..=MAX_DEPTH {
            if rest.is_empty() {
                tree.texts.push(text);
                return Some(());
            }
            let (key, after) = rest.strip_prefix('[')?.split_once(']')?;
            tree = tree.child(key)?;
            rest = after;
        }
        None
    }

    fn child(&mut self, key: &str) -> Option<&mut Self> {
        let at = match self.places.get(key) {
            Some(at) => *at,
            None => {
                let at = self.children.len();
                self.places.insert(key.to_owned(), at);
                self.children.push((key.to_owned(), Self::default()));
                at
            }
        };
        self.children.get_mut(at).map(|(_, child)| child)
    }

    /// The tree as a value: numbers for keys, or none, make a list.
    pub(super) fn into_node(self) -> Node {
        let mut texts: Vec<Node> = self.texts.into_iter().map(Node::Bare).collect();
        if self.children.is_empty() {
            return match texts.len() {
                0 => Node::Null,
                1 => texts.remove(0),
                _ => Node::List(texts),
            };
        }
        let is_index = |key: &str| key.bytes().all(|byte| byte.is_ascii_digit());
        if self.children.iter().all(|(key, _)| is_index(key)) {
            for (key, child) in self.children {
                match child.into_node() {
                    // `[]` may come any number of times.
                    Node::List(items) if key.is_empty() => texts.extend(items),
                    node => texts.push(node),
                }
            }
            return Node::List(texts);
        }
        let children = self.children.into_iter();
        Node::Object(
            children
                .map(|(key, child)| (key, child.into_node()))
                .collect(),
        )
    }
}
