//! Tags that the type of the value does not declare.

use serde::{Serialize, Serializer};

/// An object with a tag before its own properties.
#[derive(Debug, Serialize)]
pub struct Tagged<'a, T> {
    #[serde(flatten)]
    tag: Tag,
    #[serde(flatten)]
    value: &'a T,
}

impl<'a, T: Serialize> Tagged<'a, T> {
    /// The value with a tag.
    pub fn new(name: &'static str, tag: &'static str, value: &'a T) -> Self {
        Self {
            tag: Tag { name, tag },
            value,
        }
    }
}

#[derive(Debug)]
struct Tag {
    name: &'static str,
    tag: &'static str,
}

impl Serialize for Tag {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map([(self.name, self.tag)])
    }
}
