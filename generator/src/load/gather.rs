//! Which files a document refers to (B8). Nothing is read here: the caller hands over the texts.

use std::collections::BTreeSet;

use super::{Limits, Tree};
use crate::grammar::{Kind, walk::Walk};
use crate::source::{Sources, Unread};

/// How many files a document may consist of. The largest public one has some 3,000.
const MAX_FILES: usize = 20_000;

/// How many files may lead to each other in a row. In public documents it is below 20.
const MAX_ROUNDS: usize = 128;

/// A file as the caller read it.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The location that the file has without symbolic links; that of the question if there are none.
    pub location: String,
    /// The whole text.
    pub text: String,
}

/// Reads the files at some locations, the answers in the same order.
pub type Read<'r> = &'r mut dyn FnMut(&[String]) -> Vec<Result<Answer, Unread>>;

/// Adds every file that the document refers to, and those that these refer to.
///
/// References are found by the grammar, so that data that looks like one is not followed. `read` is
/// asked for all files of a round at once, by their location below the folder of the root document;
/// a location never leads out of it. What cannot be read is noted, and told by
/// [`generate`](crate::generate) where it is referred to.
#[must_use]
pub fn gather(mut sources: Sources, limits: &Limits, read: Read<'_>) -> Sources {
    let root = sources.root_location().to_owned();
    let text = sources.text(sources.root());
    if !may_refer_to_files(text) {
        return sources;
    }
    let mut gathering = Gathering {
        limits,
        read,
        bytes: text.len(),
        known: BTreeSet::from([root.clone()]),
        unread: Vec::new(),
        aliases: Vec::new(),
    };
    let mut forest = Tree::without_nodes();
    let mut walk = Walk::default();
    if let Some(node) = super::add_quietly(&mut forest, &root, text, limits) {
        walk.start(Kind::Document, node);
    }
    let texts = gathering.round(forest, walk, 0);
    let (unread, aliases) = (gathering.unread, gathering.aliases);
    for (location, text) in texts {
        sources.add_referred(&location, text);
    }
    for (location, same_as) in aliases {
        sources.add_alias(&location, &same_as);
    }
    for (location, unread) in unread {
        sources.add_unread(&location, unread);
    }
    sources
}

/// Whether a text may hold a reference that does not begin with `#`. Most documents hold none, and
/// need not be read twice.
fn may_refer_to_files(text: &str) -> bool {
    let leads_out = |at: usize| {
        let behind = text.get(at + "$ref".len()..).unwrap_or("");
        let value = behind.trim_start_matches([' ', '\t', '\r', '\n', ':', '"', '\'']);
        !value.starts_with('#')
    };
    text.match_indices("$ref").any(|(at, _)| leads_out(at))
        || text.match_indices("mapping").any(|(at, key)| {
            let behind = text.get(at + key.len()..).unwrap_or("");
            maps_to_files(behind.trim_start_matches(['"', '\'', ' ']))
        })
        // An escape could hide the key.
        || text.contains("\\u0024")
        || text.contains("\\x24")
}

/// So many lines of a mapping are looked at.
const MAX_MAPPING: usize = 1_000;

/// Whether what follows a key `mapping` may name a file: the values of a discriminator's mapping are
/// references without the key.
fn maps_to_files(behind: &str) -> bool {
    let ends_name = |rest: &str| {
        rest.is_empty() || rest.starts_with(['"', '\'', '#', '\r', '\n', ' ', '}', ','])
    };
    let names_file = |line: &str| {
        let ends = [".json", ".yaml", ".yml"];
        let mut ends = ends.into_iter().flat_map(|end| line.match_indices(end));
        ends.any(|(at, end)| ends_name(&line[at + end.len()..]))
    };
    if !behind.starts_with(':') {
        return false;
    }
    for line in behind.split_inclusive(['\n', '}']).take(MAX_MAPPING) {
        if names_file(line) {
            return true;
        }
        if line.ends_with('}') {
            return false;
        }
    }
    false
}

struct Gathering<'r, 'l> {
    limits: &'l Limits,
    read: Read<'r>,
    bytes: usize,
    /// The locations that were asked for, and those that answers gave.
    known: BTreeSet<String>,
    unread: Vec<(String, Unread)>,
    /// Locations that are links, with the location of the file itself.
    aliases: Vec<(String, String)>,
}

impl Gathering<'_, '_> {
    /// Asks for the files that are missing, and goes on with them. What is read borrows from the
    /// texts, so the rounds are calls inside each other; [`MAX_ROUNDS`] bounds them.
    fn round(&mut self, forest: Tree<'_>, mut walk: Walk, depth: usize) -> Vec<(String, String)> {
        walk.run(&forest);
        let missing: BTreeSet<&str> = walk.missing().collect();
        let missing = missing.into_iter().filter(|it| !self.known.contains(*it));
        let wanted: Vec<String> = missing.map(str::to_owned).collect();
        if wanted.is_empty() {
            return Vec::new();
        }
        self.known.extend(wanted.iter().cloned());
        if depth >= MAX_ROUNDS || self.known.len() > MAX_FILES {
            let reason = format!(
                "the document has more than {MAX_FILES} files, or more than {MAX_ROUNDS} in a row"
            );
            self.unread
                .extend(wanted.into_iter().map(|it| (it, Unread::new(&reason))));
            return Vec::new();
        }
        let links = self.aliases.len();
        let texts = self.ask(&wanted);
        let deeper = {
            // From here on the forest borrows from the new texts as well.
            let mut forest: Tree<'_> = forest;
            for (location, text) in &texts {
                super::add_quietly(&mut forest, location, text, self.limits);
            }
            for (location, same_as) in &self.aliases[links..] {
                forest.files_mut().add_alias(location, same_as);
            }
            self.round(forest, walk, depth + 1)
        };
        texts.into_iter().chain(deeper).collect()
    }

    /// The texts of the files that are new, with their locations.
    fn ask(&mut self, wanted: &[String]) -> Vec<(String, String)> {
        let answers = (self.read)(wanted);
        let mut texts = Vec::new();
        for (asked, answer) in wanted.iter().zip(answers) {
            let answer = match answer {
                Ok(answer) => answer,
                Err(unread) => {
                    self.unread.push((asked.clone(), unread));
                    continue;
                }
            };
            self.bytes = self.bytes.saturating_add(answer.text.len());
            if self.bytes > self.limits.max_bytes {
                let limit = self.limits.max_bytes >> 20;
                let reason = format!("the files of the document have more than {limit} MiB");
                self.unread.push((asked.clone(), Unread::new(&reason)));
                continue;
            }
            let is_link = answer.location != *asked;
            if is_link {
                self.aliases.push((asked.clone(), answer.location.clone()));
            }
            if !is_link || self.known.insert(answer.location.clone()) {
                texts.push((answer.location, answer.text));
            }
        }
        texts
    }
}

#[cfg(test)]
mod tests;
