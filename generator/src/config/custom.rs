//! The user's own code in generated files: `replace`, `formats`, `derives`, `attributes`, and the
//! `dependencies` that it comes from.

use toml::de::{DeTable, DeValue};
use toml::{Table, Value as TomlValue};

use super::Located;
use super::code::UserCode;
use super::names::package_mistake;
use super::reader::{Reader, Value};

/// What the user brings along.
#[derive(Debug, Clone, Default)]
pub struct Custom {
    /// Types that stand in the place of generated ones.
    pub replacements: Vec<Replacement>,
    /// What is added to generated types and fields.
    pub additions: Vec<Addition>,
    /// Dependencies of the generated crate: a name, and what `Cargo.toml` has behind it.
    pub dependencies: Vec<(String, String)>,
}

/// A type that stands in the place of generated ones.
///
/// It must implement `Debug`, `Clone`, `PartialEq`, `Serialize` and `Deserialize`, as generated types do,
/// and where it stands in a path, `Display` and `FromStr`. It checks its values itself.
#[derive(Debug, Clone)]
pub struct Replacement {
    /// Which types it replaces.
    pub what: Replaced,
    /// Its path.
    pub path: UserCode,
    /// Whether it implements `Eq`.
    pub is_eq: bool,
    /// Whether it implements `Hash`.
    pub is_hash: bool,
}

/// Which types are replaced.
#[derive(Debug, Clone)]
pub enum Replaced {
    /// That of a schema: its JSON pointer, or the name of a component.
    Schema(Located),
    /// That of every scalar with a format.
    Format(Located),
}

/// What is added to a generated type or field.
#[derive(Debug, Clone)]
pub struct Addition {
    /// The JSON pointer of a schema or of a property, the name of a component, or `*` for every type.
    pub to: Located,
    /// Further macros to derive with.
    pub derives: Vec<UserCode>,
    /// Further attributes.
    pub attributes: Vec<UserCode>,
}

/// The dependencies of clients and servers. They are as the runtime needs them.
pub(crate) const FIXED: &[&str] = &[
    "axum",
    "bytes",
    "futures-core",
    "http",
    "http-body",
    "http-body-util",
    "reqwest",
    "secrecy",
    "serde",
    "serde_json",
    "serde_path_to_error",
    "sha2",
    "subtle",
    "tokio",
    "tower",
    "tower-http",
];

/// The traits that a type may have beyond those that every type must have.
const TRAITS: &[&str] = &["Eq", "Hash"];

const REPLACEMENT_KEYS: &[&str] = &["type", "implements"];

impl Reader {
    /// The keys of a crate that bring code of the user's along.
    pub(super) fn custom(&mut self, table: &DeTable<'_>) -> Custom {
        let mut replacements = self.replacements(table, "replace", Replaced::Schema);
        replacements.extend(self.replacements(table, "formats", Replaced::Format));
        let derives = self.additions(table, "derives", UserCode::derive);
        let mut additions: Vec<Addition> = derives
            .into_iter()
            .map(|(to, derives)| Addition {
                to,
                derives,
                attributes: Vec::new(),
            })
            .collect();
        let attributes = self.additions(table, "attributes", UserCode::attribute);
        additions.extend(attributes.into_iter().map(|(to, attributes)| Addition {
            to,
            derives: Vec::new(),
            attributes,
        }));
        Custom {
            replacements,
            additions,
            dependencies: self.dependencies(table),
        }
    }

    fn replacements(
        &mut self,
        table: &DeTable<'_>,
        key: &str,
        what: fn(Located) -> Replaced,
    ) -> Vec<Replacement> {
        let mut replacements = Vec::new();
        for (name, value) in self.entries(table, key) {
            let (path, implements) = match value.get_ref() {
                DeValue::Table(inner) => {
                    self.check_keys(inner, REPLACEMENT_KEYS, "of a replacement");
                    if !inner.contains_key("type") {
                        self.report(value.span(), "the replacement has no `type`");
                    }
                    (self.text(inner, "type"), self.texts(inner, "implements"))
                }
                _ => (self.located(key, value), Vec::new()),
            };
            for name in implements.iter().filter(|it| !TRAITS.contains(&&*it.text)) {
                let help = format!("the traits are {}", TRAITS.join(", "));
                self.add_at(name.span, "this trait makes no difference", &help);
            }
            let has = |name: &str| implements.iter().any(|it| it.text == name);
            let path = path.and_then(|path| self.code(&path, UserCode::type_path));
            replacements.extend(path.map(|path| Replacement {
                what: what(name),
                path,
                is_eq: has("Eq"),
                is_hash: has("Hash"),
            }));
        }
        replacements
    }

    fn additions(
        &mut self,
        table: &DeTable<'_>,
        key: &str,
        read: fn(&str) -> Result<UserCode, String>,
    ) -> Vec<(Located, Vec<UserCode>)> {
        let mut additions = Vec::new();
        for (to, value) in self.entries(table, key) {
            let texts = self.texts_of(key, value);
            let code = texts.iter().filter_map(|text| self.code(text, read));
            additions.push((to, code.collect()));
        }
        additions
    }

    /// Dependencies as `Cargo.toml` has them, on one line each.
    fn dependencies(&mut self, table: &DeTable<'_>) -> Vec<(String, String)> {
        let mut dependencies = Vec::new();
        for (name, value) in self.entries(table, "dependencies") {
            if let Some(mistake) = package_mistake(&name.text) {
                self.report_at(name.span, mistake);
            }
            if FIXED.contains(&&*name.text) {
                let help = "a generated crate has it already, in the version that it needs";
                self.add_at(name.span, "this dependency cannot be changed", help);
            }
            let is_dependency = matches!(value.get_ref(), DeValue::String(_) | DeValue::Table(_));
            let text = owned(value.get_ref()).map(|value| value.to_string());
            match text.filter(|text| is_dependency && text.is_ascii()) {
                Some(text) => dependencies.push((name.text, text)),
                None => self.report(
                    value.span(),
                    "a dependency is a version or a table, as `Cargo.toml` has it",
                ),
            }
        }
        dependencies
    }

    /// The entries of a table under a key, in the order of the text.
    pub(super) fn entries<'t>(
        &mut self,
        table: &'t DeTable<'t>,
        key: &str,
    ) -> Vec<(Located, &'t Value<'t>)> {
        let Some(value) = table.get(key) else {
            return Vec::new();
        };
        let DeValue::Table(entries) = value.get_ref() else {
            self.wrong_type(value.span(), key, "a table", value.get_ref());
            return Vec::new();
        };
        let mut entries: Vec<(Located, &Value<'_>)> = entries
            .iter()
            .map(|(key, value)| {
                let name = Located {
                    text: key.get_ref().clone().into_owned(),
                    span: Some(self.span(key.span())),
                };
                (name, value)
            })
            .collect();
        entries.sort_by_key(|(name, _)| name.span);
        entries
    }

    fn code(
        &mut self,
        text: &Located,
        read: fn(&str) -> Result<UserCode, String>,
    ) -> Option<UserCode> {
        match read(&text.text) {
            Ok(code) => Some(code),
            Err(help) => {
                self.add_at(text.span, "this is not what stands here in Rust", &help);
                None
            }
        }
    }
}

/// A value without its places; none if it holds what no dependency has.
fn owned(value: &DeValue<'_>) -> Option<TomlValue> {
    Some(match value {
        DeValue::String(text) => TomlValue::String(text.clone().into_owned()),
        DeValue::Boolean(it) => TomlValue::Boolean(*it),
        DeValue::Array(values) => {
            let values: Option<Vec<_>> = values.iter().map(|it| owned(it.get_ref())).collect();
            TomlValue::Array(values?)
        }
        DeValue::Table(entries) => {
            let entries: Option<Table> = entries
                .iter()
                .map(|(key, value)| Some((key.get_ref().to_string(), owned(value.get_ref())?)))
                .collect();
            TomlValue::Table(entries?)
        }
        _ => return None,
    })
}
