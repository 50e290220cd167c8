//! How much of an input is read.

use super::tree::Tree;

/// The bounds of [`load`](super::load). They exist so that no input takes more memory or time than
/// a machine has; every document known to the authors is far below the defaults.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// How many bytes a text may have. Places are kept in 32 bits, so more than 4 GiB is never
    /// read, whatever this says.
    pub max_bytes: usize,
    /// How deep sequences and mappings may nest, with aliases followed. Later phases may recurse
    /// once per level, so this bounds their stack as well.
    pub max_depth: usize,
    /// How many nodes a document may have, each counted once. A node takes some 100 bytes.
    pub max_nodes: usize,
    /// How large a document may be with every alias replaced by what it stands for, because later
    /// phases walk it that way. Each node counts one, and one more for every 64 bytes of its text,
    /// so that repeating a long text is as bounded as repeating many short ones.
    pub max_expanded: usize,
}

impl Limits {
    /// What is left for the next file, when a tree is there already.
    pub(super) fn without(&self, tree: &Tree<'_>) -> Self {
        Self {
            max_nodes: self.max_nodes.saturating_sub(tree.len()),
            max_expanded: self.max_expanded.saturating_sub(tree.expanded()),
            ..self.clone()
        }
    }
}

impl Default for Limits {
    /// 128 MiB, 128 levels, 4 million nodes, 8 million expanded: twice the largest public document
    /// (Microsoft Graph beta, 56 MB as YAML), and below 1 GiB of memory in the worst case.
    fn default() -> Self {
        Self {
            max_bytes: 128 << 20,
            max_depth: 128,
            max_nodes: 4_000_000,
            max_expanded: 8_000_000,
        }
    }
}
