//! `oarlock.toml`: read by hand from the parsed table, so that all mistakes are told at once and
//! each with its place.

use std::ops::Range;

use camino::{Utf8Component, Utf8Path};
use toml::de::{DeTable, DeValue};

use super::names::{default_package, out_mistake, package_mistake, version_mistake};
use super::reader::Reader;
use super::{Config, DateTimes, Decimals, Floats, Formats, Located, Mode, RefSiblings, Uris};
use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::source::FileId;

/// All crates that a repository generates.
#[derive(Debug, Clone)]
pub struct Project {
    /// The crates, in the order of the file.
    pub crates: Vec<Target>,
}

/// One document and the crate that it becomes.
#[derive(Debug, Clone)]
pub struct Target {
    /// The path of the document, relative to the folder of the configuration.
    pub document: Located,
    /// The paths of the overlays that are applied to it, relative to the same folder.
    pub overlays: Vec<Located>,
    /// The output folder, relative to the folder of the configuration and inside it.
    pub out: Located,
    /// How to generate it.
    pub config: Config,
}

const ROOT_KEYS: &[&str] = &["crate"];

const CRATE_KEYS: &[&str] = &[
    "document",
    "overlays",
    "out",
    "package",
    "version",
    "mode",
    "all_schemas",
    "strict",
    "keep_going",
    "accept",
    "include",
    "exclude",
    "exclude_internal",
    "secrets",
    "features",
    "extras",
    "pagination",
    "request_parts",
    "multipart_stream",
    "rename",
    "strip_prefix",
    "replace",
    "formats",
    "derives",
    "attributes",
    "dependencies",
    "enums",
    "tri_state",
    "strict_required_nullable",
    "accept_float_form",
    "empty_string_as_none",
    "non_exhaustive_structs",
    "capture_additional",
    "ref_siblings",
    "assume_security",
    "datetime",
    "uri",
    "decimal",
    "float",
];

impl Project {
    /// Reads the text of an `oarlock.toml`, which is `file` for the places in the result.
    ///
    /// # Errors
    ///
    /// Every mistake in it, in the order of the text.
    pub fn parse(file: FileId, text: &str) -> Result<Self, Vec<Diagnostic>> {
        let mut reader = Reader {
            file,
            findings: Vec::new(),
        };
        let (root, errors) = DeTable::parse_recoverable(text);
        for error in &errors {
            reader.report(error.span().unwrap_or(0..0), error.message());
        }
        // What was recovered after a mistake of syntax is a guess, and so would be our findings.
        let crates = if errors.is_empty() {
            reader.crates(root.get_ref(), text)
        } else {
            Vec::new()
        };
        if reader.findings.is_empty() {
            return Ok(Self { crates });
        }
        reader.findings.sort_by_key(|finding| finding.span);
        Err(reader.findings)
    }
}

impl Reader {
    fn crates(&mut self, root: &DeTable<'_>, text: &str) -> Vec<Target> {
        self.check_keys(root, ROOT_KEYS, "in `oarlock.toml`");
        let Some(value) = root.get("crate") else {
            let whole = 0..text.lines().next().map_or(0, str::len);
            self.add(
                whole,
                "there is no crate to generate",
                "add a table `[[crate]]`",
            );
            return Vec::new();
        };
        let mut targets = Vec::new();
        match value.get_ref() {
            DeValue::Array(values) => {
                for value in values.iter() {
                    match value.get_ref() {
                        DeValue::Table(table) => targets.extend(self.target(table, value.span())),
                        other => self.wrong_type(value.span(), "crate", "a table", other),
                    }
                }
                if values.is_empty() {
                    self.add(
                        value.span(),
                        "there is no crate to generate",
                        "add a table `[[crate]]`",
                    );
                }
            }
            DeValue::Table(_) => {
                let help = "write `[[crate]]` with double brackets";
                self.add(value.span(), "`crate` must be a list of tables", help);
            }
            other => self.wrong_type(value.span(), "crate", "a list of tables", other),
        }
        self.check_overlaps(&targets);
        targets
    }

    fn target(&mut self, table: &DeTable<'_>, place: Range<usize>) -> Option<Target> {
        self.check_keys(table, CRATE_KEYS, "of a crate");
        let document = self.required(table, "document", &place);
        let overlays = self.texts(table, "overlays");
        let out = self.required(table, "out", &place);
        if let Some(document) = &document
            && document.text.is_empty()
        {
            self.report_at(document.span, "`document` must not be empty");
        }
        if let Some(out) = &out
            && let Some(mistake) = out_mistake(&out.text)
        {
            self.report_at(out.span, mistake);
        }
        let defaults = Config::default();
        let package = self.package(table, out.as_ref());
        let version = self.text(table, "version");
        if let Some(version) = &version
            && let Some(mistake) = version_mistake(&version.text)
        {
            self.report_at(version.span, mistake);
        }
        let mode = self.choice(table, "mode", Mode::NAMES);
        let config = Config {
            package,
            version: version.map_or(defaults.version, |version| version.text),
            mode,
            features: self.features(table, mode),
            extras: self.extras(table),
            request_parts: self.selectors(table, "request_parts"),
            multipart_stream: self.selectors(table, "multipart_stream"),
            pagination: self.pagination(table),
            all_schemas: self.flag(table, "all_schemas"),
            filter: self.filter(table),
            strict: self.flag(table, "strict"),
            keep_going: self.flag(table, "keep_going"),
            accept: self.accept(table),
            secrets: self.texts(table, "secrets"),
            naming: self.naming(table),
            formats: self.formats(table),
            custom: self.custom(table),
            enums: self.enums(table),
            properties: self.properties(table),
            non_exhaustive_structs: self.switches(table, "non_exhaustive_structs"),
            capture_additional: self.switches(table, "capture_additional"),
            ref_siblings: self.choice(table, "ref_siblings", RefSiblings::NAMES),
            assume_security: self.text(table, "assume_security"),
            deny: Vec::new(),
        };
        Some(Target {
            document: document?,
            overlays,
            out: out?,
            config,
        })
    }

    /// The name of the package, by default that of the output folder.
    fn package(&mut self, table: &DeTable<'_>, out: Option<&Located>) -> String {
        if let Some(package) = self.text(table, "package") {
            if let Some(mistake) = package_mistake(&package.text) {
                self.report_at(package.span, mistake);
            }
            return package.text;
        }
        let Some(out) = out else { return String::new() };
        let name = default_package(Utf8Path::new(&out.text));
        if out_mistake(&out.text).is_none() && package_mistake(name).is_some() {
            let message = format!("the folder's name {} cannot be the package's", quoted(name));
            let finding = Diagnostic::error(Code::Config, out.span, message);
            self.findings
                .push(finding.help("name the package with `package = \"...\"`"));
        }
        name.to_owned()
    }

    fn formats(&mut self, table: &DeTable<'_>) -> Formats {
        Formats {
            datetime: self.choice(table, "datetime", DateTimes::NAMES),
            uri: self.choice(table, "uri", Uris::NAMES),
            decimal: self.choice(table, "decimal", Decimals::NAMES),
            float: self.choice(table, "float", Floats::NAMES),
        }
    }

    /// Two crates must not write into each other's folders: the second would delete the first.
    fn check_overlaps(&mut self, targets: &[Target]) {
        let parts = |target: &Target| -> Vec<String> {
            let path = Utf8Path::new(&target.out.text);
            let normal = path
                .components()
                .filter(|part| matches!(part, Utf8Component::Normal(_)));
            // Many file systems do not tell apart the cases of letters.
            normal.map(|part| part.as_str().to_lowercase()).collect()
        };
        let folders: Vec<Vec<String>> = targets.iter().map(parts).collect();
        for (second, folder) in folders.iter().enumerate() {
            let clash = folders[..second]
                .iter()
                .position(|first| first.starts_with(folder) || folder.starts_with(first));
            if let Some(first) = clash {
                let message = "two crates have the same output folder, or one inside the other";
                let finding = Diagnostic::error(Code::Config, targets[second].out.span, message);
                self.findings.push(match targets[first].out.span {
                    Some(span) => finding.related(span, "the other one"),
                    None => finding,
                });
            }
        }
    }
}

#[cfg(test)]
mod tests;
