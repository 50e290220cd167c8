//! What becomes of constraints beside a `$ref`: `ref_siblings`.

/// Whether constraints that stand beside the `$ref` of a schema count (B5, B6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RefSiblings {
    /// As the version of the document says: from 3.1 on.
    #[default]
    ByVersion,
    /// In every version, for documents that are older by name than by what they mean.
    Apply,
}

impl RefSiblings {
    /// Each choice and how it is written.
    pub(super) const NAMES: &[(&str, Self)] =
        &[("by-version", Self::ByVersion), ("apply", Self::Apply)];
}
