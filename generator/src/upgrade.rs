//! Old dialects to the newest one, on the tree. Nobody behind this phase asks for the version.
//!
//! What comes out is OpenAPI 3.2 with one spelling more: `nullable: true` stays where a schema has
//! no `type` that could take a `"null"`, because `$ref` and `allOf` with `nullable` are common and
//! 3.2 has no word for them (mapping H8).
//!
//! Documents mix dialects, so every spelling is read in every version; where it is not one of the
//! declared version, that is told once for the whole document.

mod backports;
mod bounds;
mod dependencies;
mod dialect;
mod discriminator;
mod edit;
mod foreign;
mod kubernetes;
mod nullable;
mod required;
mod reserved;
mod siblings;
mod swagger;
mod tuples;
mod version;

use crate::config::{Config, RefSiblings};
use crate::diagnostic::Diagnostics;
use crate::grammar::{Kind, walk};
use crate::load::Tree;
use foreign::Foreign;
use version::Version;

/// Rewrites the tree to the newest dialect.
pub(crate) fn upgrade<'s>(
    diagnostics: &mut Diagnostics,
    mut tree: Tree<'s>,
    config: &Config,
) -> Tree<'s> {
    let Some(version) = version::read(diagnostics, &tree) else {
        return tree;
    };
    objects(diagnostics, &mut tree, version);
    if version < Version::V31 && config.ref_siblings == RefSiblings::ByVersion {
        siblings(diagnostics, &mut tree);
    }
    schemas(diagnostics, &mut tree, version);
    tree
}

/// Rewrites everything but schemas.
fn objects(diagnostics: &mut Diagnostics, tree: &mut Tree<'_>, version: Version) {
    let mut sections = Foreign::new(
        "a section such as `definitions` at the root is Swagger 2.0",
        Version::V30,
        "a section of `components`",
    );
    let mut types = Foreign::new(
        "a parameter or header with a `type` of its own is Swagger 2.0",
        Version::V30,
        "a `schema`",
    );
    let mut responses = Foreign::new(
        "a response with a `schema` of its own is Swagger 2.0",
        Version::V30,
        "`content`",
    );
    let mut security = Foreign::new(
        "a security scheme with `type: basic` or `flow` is Swagger 2.0",
        Version::V30,
        "`type: http` or `flows`",
    );
    let mut reserved = Foreign::new(
        "`allowReserved` on a path or cookie parameter is OpenAPI 3.2",
        Version::V32,
        "the same key",
    );
    backports::paths(tree);
    sections.extend(swagger::sections(tree));
    if version == Version::V20 {
        swagger::document(diagnostics, tree);
    }
    for (kind, node) in walk::objects(tree) {
        if kind != Kind::Schema {
            backports::rewrite(tree, kind, node, version);
        }
        if kind == Kind::Parameter && version < Version::V32 {
            reserved.extend(reserved::find(tree, node));
        }
        match kind {
            Kind::Parameter | Kind::Header => {
                types.extend(swagger::parameters::rewrite(diagnostics, tree, kind, node));
            }
            Kind::Response => responses.extend(swagger::responses::rewrite(tree, node, &[])),
            Kind::SecurityScheme => security.extend(swagger::security::rewrite(tree, node)),
            _ => {}
        }
    }
    if version > Version::V20 {
        for foreign in [sections, types, responses, security, reserved] {
            foreign.report(diagnostics, version);
        }
    }
}

/// Leaves each `$ref` of a schema with what counts beside it.
fn siblings(diagnostics: &mut Diagnostics, tree: &mut Tree<'_>) {
    for (kind, node) in walk::objects(tree) {
        if kind == Kind::Schema {
            siblings::rewrite(diagnostics, tree, node);
        }
    }
}

/// Rewrites every schema.
fn schemas(diagnostics: &mut Diagnostics, tree: &mut Tree<'_>, version: Version) {
    let mut spellings = Spellings::new();
    let mut flags = Vec::new();
    let drafts = dialect::read(diagnostics, tree);
    for (kind, schema) in walk::objects(tree) {
        if kind != Kind::Schema {
            continue;
        }
        backports::rewrite(tree, kind, schema, version);
        kubernetes::rewrite(tree, schema);
        let is_draft = drafts.contains(schema);
        spellings.nullable.extend(nullable::rewrite(tree, schema));
        let bounds = bounds::rewrite(tree, schema);
        let tuple = tuples::rewrite(tree, schema);
        let dependencies = dependencies::rewrite(tree, schema);
        if !is_draft {
            spellings.bounds.extend(bounds);
            spellings.tuples.extend(tuple);
            spellings.dependencies.extend(dependencies);
        }
        let discriminator = discriminator::rewrite(tree, schema);
        spellings.discriminators.extend(discriminator);
        flags.extend(required::rewrite(tree, schema));
    }
    spellings.required.extend(flags.iter().map(|it| it.place));
    required::finish(tree, &flags);
    discriminator::add_vendor_values(tree);
    spellings.report(diagnostics, version);
}

/// The spellings of schemas that not every version has.
struct Spellings {
    nullable: Foreign,
    bounds: Foreign,
    tuples: Foreign,
    dependencies: Foreign,
    discriminators: Foreign,
    required: Foreign,
}

impl Spellings {
    fn new() -> Self {
        Self {
            nullable: Foreign::new(
                "`nullable` is OpenAPI 3.0",
                Version::V31,
                "a `\"null\"` in `type`",
            ),
            bounds: Foreign::new(
                "a boolean `exclusiveMinimum` or `exclusiveMaximum` is OpenAPI 3.0",
                Version::V31,
                "a number under the same keyword",
            ),
            tuples: Foreign::new(
                "a list under `items`, or `additionalItems`, is an old draft of JSON Schema",
                Version::V31,
                "`prefixItems` and `items`",
            ),
            dependencies: Foreign::new(
                "`dependencies` is an old draft of JSON Schema",
                Version::V31,
                "`dependentRequired` and `dependentSchemas`",
            ),
            discriminators: Foreign::new(
                "a `discriminator` that is a text is Swagger 2.0",
                Version::V30,
                "an object with a `propertyName`",
            ),
            required: Foreign::new(
                "`required` on a property is an old draft of JSON Schema",
                Version::V20,
                "a list of names in the object that has the properties",
            ),
        }
    }

    /// Says what the declared version does not have.
    fn report(&self, diagnostics: &mut Diagnostics, version: Version) {
        if version >= Version::V31 {
            self.nullable.report(diagnostics, version);
            self.bounds.report(diagnostics, version);
        }
        if version > Version::V20 {
            self.discriminators.report(diagnostics, version);
        }
        // No version of OpenAPI ever had these.
        self.tuples.report(diagnostics, version);
        self.dependencies.report(diagnostics, version);
        self.required.report(diagnostics, version);
    }
}

#[cfg(test)]
mod tests;
