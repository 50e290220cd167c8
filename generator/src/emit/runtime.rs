//! The runtime: which of its files a crate needs.

use oarlock_runtime::source::{FILES, Part};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::api::{Api, StringFormat};
use crate::config::{Config, DateTimes, Mode};
use crate::plan::{
    Check, DefinitionPlan, FieldPlan, Plan, Presence, Reader, Representation, RustType,
};

use super::{Module, manifest};

/// The files of the runtime that a crate needs, as indices.
pub(super) fn files(api: &Api, plan: &Plan, config: &Config) -> Vec<usize> {
    let needs = |part: Part| needs(part, api, plan, config);
    FILES
        .iter()
        .enumerate()
        .filter(|(_, file)| needs(file.part))
        .map(|(index, _)| index)
        .collect()
}

fn needs(part: Part, api: &Api, plan: &Plan, config: &Config) -> bool {
    let written = || plan.types.iter().filter(|ty| ty.module.is_some());
    let enums = |is: fn(Representation) -> bool| {
        written()
            .any(|ty| matches!(&ty.definition, DefinitionPlan::Enum(it) if is(it.representation)))
    };
    let has_field = |is: &dyn Fn(&FieldPlan) -> bool| {
        written().any(|ty| match &ty.definition {
            DefinitionPlan::Struct(it) => it.fields.iter().any(is),
            _ => false,
        })
    };
    let is_integer = |it| {
        matches!(
            it,
            Representation::OpenInteger { .. } | Representation::ClosedInteger
        )
    };
    let is_constant = |it| matches!(it, Representation::Boolean | Representation::Number);
    let has_operations = !api.operations.is_empty();
    match part {
        Part::Core => true,
        Part::OpenEnum => enums(|it| matches!(it, Representation::OpenText { .. })),
        Part::ClosedEnum => {
            let of_servers = plan.servers.choice.as_ref();
            of_servers.is_some_and(|it| !it.enums.is_empty())
                || enums(|it| !matches!(it, Representation::OpenText { .. }))
        }
        Part::IntegerEnum => enums(is_integer),
        Part::Constant => enums(is_constant),
        Part::Union => written().any(|ty| matches!(&ty.definition, DefinitionPlan::Union(_))),
        Part::DefaultValue => manifest::reads_defaults(plan),
        Part::DoubleOption => {
            has_field(&|field| field.presence == Presence::ThreeState && field.reader.is_none())
        }
        Part::EmptyString => has_field(&|field| field.reader == Some(Reader::EmptyString)),
        Part::FloatForm => has_field(&|field| field.reader == Some(Reader::FloatForm)),
        Part::Pattern => {
            plan.has_check(|check| matches!(check, Check::Pattern(_) | Check::Matching(..)))
        }
        Part::JsonRules => manifest::compares_json(plan),
        Part::Base64 => has_operations || plan.uses(is_encoded),
        Part::Encoded => plan.uses(is_encoded),
        Part::JsonString => plan.uses(is_json_string),
        Part::Strict => {
            let wanted = [Some(Reader::FloatForm), Some(Reader::Strict)];
            let is_read_so = |field: &FieldPlan| wanted.contains(&field.reader);
            has_operations || plan.uses(is_json_string) || has_field(&is_read_so)
        }
        Part::DateTime => {
            let is_date = |ty: &RustType| {
                let dates = [StringFormat::DateTime, StringFormat::Date];
                dates.iter().any(|date| *ty == RustType::Format(*date))
            };
            config.formats.datetime == DateTimes::Time && plan.uses(is_date)
        }
        Part::Secret => has_operations || written().any(uses_secret),
        Part::Stream => plan.has_streams(),
        Part::Items => plan.has_streams_of_values(),
        Part::Multipart | Part::MultipartClient | Part::MultipartServer => plan.has_multipart(),
        Part::PartStream => plan.has_part_streams(),
        Part::Tags => plan.modules.iter().any(|module| module.feature.is_some()),
        Part::Paging => plan.has_pages(),
        Part::Retry => has_operations && config.extras.retry,
        Part::Tracing => has_operations && config.extras.tracing,
        Part::Blocking => has_operations && config.extras.blocking,
        Part::Operation | Part::Wire | Part::Client | Part::Server | Part::ClientServer => {
            has_operations
        }
    }
}

fn is_encoded(ty: &RustType) -> bool {
    matches!(
        ty,
        RustType::Format(StringFormat::Base64 | StringFormat::Base64Url)
    )
}

fn is_json_string(ty: &RustType) -> bool {
    matches!(ty, RustType::JsonString(_))
}

fn uses_secret(ty: &crate::plan::TypePlan) -> bool {
    match &ty.definition {
        DefinitionPlan::Struct(plan) => plan
            .fields
            .iter()
            .any(|field| field.ty.parts().contains(&&RustType::Secret)),
        DefinitionPlan::Alias(target) => target.parts().contains(&&RustType::Secret),
        DefinitionPlan::Wrapper(plan) => plan.ty.parts().contains(&&RustType::Secret),
        DefinitionPlan::Union(plan) => {
            let mut variants = plan.variants.iter();
            variants.any(|variant| variant.ty.parts().contains(&&RustType::Secret))
        }
        DefinitionPlan::Enum(_) => false,
    }
}

/// The attribute for what belongs to a feature of a generated crate. A module tree has no features
/// of its own.
pub(super) fn cfg(feature: &str, config: &Config) -> TokenStream {
    match config.mode {
        Mode::Crate => quote!(#[cfg(feature = #feature)]),
        Mode::Module => TokenStream::new(),
    }
}

/// The attribute for what belongs to the client and to the server.
pub(super) fn either_end(config: &Config) -> TokenStream {
    match config.mode {
        Mode::Crate => quote!(#[cfg(any(feature = "client", feature = "server"))]),
        Mode::Module => TokenStream::new(),
    }
}

/// `runtime.rs`: the modules of the runtime.
pub(super) fn index(api: &Api, plan: &Plan, config: &Config) -> Module {
    let chosen = files(api, plan, config)
        .into_iter()
        .filter_map(|index| FILES.get(index));
    let modules = chosen.filter(|file| !file.path.contains('/')).map(|file| {
        let name = format_ident!("{}", file.path.trim_end_matches(".rs"));
        let attribute = match (file.part, config.mode) {
            (_, Mode::Module) => TokenStream::new(),
            (
                Part::Client
                | Part::MultipartClient
                | Part::Paging
                | Part::Retry
                | Part::Tracing
                | Part::Blocking,
                _,
            ) => {
                quote!(#[cfg(feature = "client")])
            }
            (Part::Server | Part::MultipartServer | Part::PartStream | Part::Tags, _) => {
                quote!(#[cfg(feature = "server")])
            }
            (Part::Wire | Part::Stream | Part::Items | Part::Multipart, _) => either_end(config),
            (Part::ClientServer, _) => {
                quote!(#[cfg(all(feature = "client", feature = "server"))])
            }
            _ => TokenStream::new(),
        };
        quote!(#attribute pub mod #name;)
    });
    Module {
        docs: vec!["The part that is the same for every document.".to_owned()],
        groups: vec![quote!(#(#modules)*)],
        ..Module::default()
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use crate::source::Sources;

    /// The file that compares values as JSON, if a schema needs it.
    fn has_json_rules(schema: &str) -> bool {
        let text = format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n    A: {{type: object, properties: {{a: {schema}}}}}\n"
        );
        let sources = Sources::new("openapi.yaml", text);
        let generated = crate::generate(&sources, &Config::default()).expect("it is generated");
        let mut paths = generated.files.iter().map(|(path, _)| path);
        paths.any(|path| path.as_str().ends_with("runtime/json_rules.rs"))
    }

    #[test]
    fn what_compares_json_brings_its_file() {
        assert!(!has_json_rules("{type: string}"));
        assert!(has_json_rules(
            "{type: array, uniqueItems: true, items: {}}"
        ));
        assert!(has_json_rules("{enum: [{}, {a: 1}]}"));
        let any_of = "{type: object, additionalProperties: {type: object, enum: [{}]}}";
        assert!(has_json_rules(any_of));
        assert!(has_json_rules(
            "{type: object, additionalProperties: true, minProperties: 1}"
        ));
    }
}
