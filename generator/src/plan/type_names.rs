//! The names of types: components first, so that none of them loses its name to an inline type (NM2
//! to NM7).

use std::collections::HashMap;

use crate::api::{Api, NameHint, TypeId};
use crate::config::Naming;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, quoted};

use super::names::{Name, Scope, Spelling, Wanted};
use super::operation_names;
use super::words::{pascal, words};

/// Names that the macros of the runtime refer to where a type is defined.
const RESERVED: &[&str] = &["Validate", "Checker", "UnknownValue", "CompiledPattern"];

/// The name of every type, by its index.
pub(super) fn type_names(diagnostics: &mut Diagnostics, api: &Api, naming: &Naming) -> Vec<Name> {
    let mut names = Names {
        api,
        scope: Scope::with(RESERVED, "type"),
        known: HashMap::new(),
    };
    names.chosen();
    let short = short_names(diagnostics, api, naming);
    names.components(&short);
    (0..api.types.len())
        .map(|index| names.inline(TypeId(index)))
        .collect()
}

struct Names<'a> {
    api: &'a Api,
    scope: Scope,
    known: HashMap<TypeId, Name>,
}

impl Names<'_> {
    /// What the user or the document asks for comes before everything else.
    fn chosen(&mut self) {
        for (index, def) in self.api.types.iter().enumerate() {
            if let Some(chosen) = &def.chosen {
                let name = self.scope.name(chosen, Spelling::Pascal, "Type");
                self.known.insert(TypeId(index), name);
            }
        }
    }

    /// Components are named before inline types, so that none of them loses its name to one (NM2).
    fn components(&mut self, short: &HashMap<TypeId, &str>) {
        let (mut ids, mut wanted) = (Vec::new(), Vec::new());
        for (index, def) in self.api.types.iter().enumerate() {
            let id = TypeId(index);
            if let NameHint::Component(name) = &def.name
                && !self.known.contains_key(&id)
            {
                ids.push(id);
                wanted.push(Wanted {
                    text: short.get(&id).copied().unwrap_or(name),
                    chosen: None,
                    fallback: "Type".to_owned(),
                });
            }
        }
        let names = self.scope.all(&wanted, Spelling::Pascal);
        self.known.extend(ids.into_iter().zip(names));
    }

    /// The name of a type that stands inside another one, or inside an operation (NM4 to NM7). Owners
    /// come before what stands inside them.
    fn inline(&mut self, id: TypeId) -> Name {
        if let Some(known) = self.known.get(&id) {
            return known.clone();
        }
        let hint = self.api.types.get(id.0).map(|def| &def.name);
        let all = hint.map(|hint| self.words(hint)).unwrap_or_default();
        let name = self.scope.words(&all, Spelling::Pascal, "Type");
        self.known.insert(id, name.clone());
        name
    }

    fn words(&self, hint: &NameHint) -> Vec<String> {
        let of_path = |path: &[String]| path.iter().flat_map(|word| words(word)).collect();
        let (mut all, path): (Vec<String>, _) = match hint {
            NameHint::Inside(owner, path) => {
                let owner = self.known.get(owner).map(|name| words(name.plain()));
                (owner.unwrap_or_default(), path)
            }
            NameHint::Operation(operation, path) | NameHint::Parameter(operation, path) => {
                (operation_words(self.api, *operation), path)
            }
            // What several places declare has their common name, unless something else has it (I22).
            NameHint::Shared(path, first) => {
                let all: Vec<String> = of_path(path);
                let name = pascal(&all);
                let is_free = self.scope.is_free(&all, Spelling::Pascal)
                    && !operation_names::FILE_NAMES.contains(&name.as_str());
                return if is_free { all } else { self.words(first) };
            }
            NameHint::Beside(path) => (Vec::new(), path),
            NameHint::Component(_) => return Vec::new(),
        };
        all.extend::<Vec<String>>(of_path(path));
        all
    }
}

/// The names of components without the prefix that the configuration takes off, the longest of those
/// that fit (NM1). Names that would be the same without it keep it.
fn short_names<'a>(
    diagnostics: &mut Diagnostics,
    api: &'a Api,
    naming: &Naming,
) -> HashMap<TypeId, &'a str> {
    let mut used = vec![false; naming.strip_prefix.len()];
    let mut short: HashMap<TypeId, &str> = HashMap::new();
    let mut spelled: HashMap<String, usize> = HashMap::new();
    for (index, def) in api.types.iter().enumerate() {
        let NameHint::Component(name) = &def.name else {
            continue;
        };
        let prefixes = naming.strip_prefix.iter().enumerate();
        let rest = prefixes.filter_map(|(at, prefix)| Some((at, name.strip_prefix(&prefix.text)?)));
        let shortest = rest.min_by_key(|(_, rest)| rest.len());
        if let Some((at, rest)) = shortest.filter(|(_, rest)| !words(rest).is_empty()) {
            used[at] = true;
            short.insert(TypeId(index), rest);
        }
        let text = short.get(&TypeId(index)).copied().unwrap_or(name);
        *spelled.entry(pascal(&words(text))).or_default() += 1;
    }
    for (prefix, _) in naming
        .strip_prefix
        .iter()
        .zip(used)
        .filter(|(_, used)| !used)
    {
        let message = format!(
            "no schema has a name that starts with {}",
            quoted(&prefix.text)
        );
        diagnostics.push(Diagnostic::error(Code::ConfigUnused, prefix.span, message));
    }
    short.retain(|_, rest| spelled.get(&pascal(&words(rest))) == Some(&1));
    short
}

fn operation_words(api: &Api, index: usize) -> Vec<String> {
    let operation = api.operations.get(index);
    operation.map(operation_names::words).unwrap_or_default()
}
