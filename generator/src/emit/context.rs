//! What a file refers to: types, and the imports that make their names short.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use crate::api::TypeId;
use crate::config::{Config, Mode, UserCode};
use crate::plan::{Foreign, Name, Plan, RustType, TypePlan, foreign};

use super::runtime::either_end;

/// The surroundings of the tokens of one file.
pub(super) struct Context<'p> {
    pub(super) plan: &'p Plan,
    pub(super) config: &'p Config,
    /// How many modules stand between the file and the root.
    depth: usize,
    /// The module whose types the file defines.
    own: Option<usize>,
    /// The path of the root in a file that is not below it.
    outside: Option<&'p UserCode>,
    imports: RefCell<BTreeMap<Group, BTreeMap<String, BTreeSet<String>>>>,
}

/// The groups of imports, with an empty line between two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Std,
    External,
    Own,
}

/// An identifier of the plan as a token.
pub(super) fn ident(name: &Name) -> Ident {
    raw_ident(name.as_str())
}

/// An identifier of ours, or one that `plan::names` made, as a token.
fn raw_ident(text: &str) -> Ident {
    match text.strip_prefix("r#") {
        Some(keyword) => Ident::new_raw(keyword, Span::call_site()),
        None => Ident::new(text, Span::call_site()),
    }
}

/// The attribute for a function with this many arguments, the receiver counted. A required argument
/// of the document is one of the function, and how many there are is not ours to judge.
pub(super) fn allow_arguments(count: usize) -> Option<TokenStream> {
    const CLIPPY_LIMIT: usize = 7;
    (count > CLIPPY_LIMIT).then(|| quote!(#[allow(clippy::too_many_arguments)]))
}

impl<'p> Context<'p> {
    pub(super) fn new(
        plan: &'p Plan,
        config: &'p Config,
        depth: usize,
        own: Option<usize>,
    ) -> Self {
        Self {
            plan,
            config,
            depth,
            own,
            outside: None,
            imports: RefCell::default(),
        }
    }

    /// The surroundings of a file of the user's, which finds the root at a path.
    pub(super) fn outside(plan: &'p Plan, config: &'p Config, path: &'p UserCode) -> Self {
        Self {
            outside: Some(path),
            ..Self::new(plan, config, 0, None)
        }
    }

    /// Imports a name from a path such as `std::sync`, `chrono`, `super` or `root::runtime`, and
    /// gives the tokens to use it by: the name, or the whole path if the document has a type of that
    /// name (NM3).
    pub(super) fn import(&self, path: &str, name: &str) -> TokenStream {
        if self.plan.taken.contains(name) {
            let path = self.path(path);
            let name = raw_ident(name);
            return quote!(#path::#name);
        }
        self.import_always(path, name);
        let name = raw_ident(name);
        quote!(#name)
    }

    /// Imports a name that is known to be free.
    pub(super) fn import_always(&self, path: &str, name: &str) {
        let group = match path.split("::").next() {
            Some("std") => Group::Std,
            Some("root" | "super") => Group::Own,
            _ => Group::External,
        };
        let mut imports = self.imports.borrow_mut();
        let names = imports
            .entry(group)
            .or_default()
            .entry(path.to_owned())
            .or_default();
        names.insert(name.to_owned());
    }

    /// A name of the prelude; with its path if the document has a type of that name.
    pub(super) fn prelude(&self, module: &str, name: &str) -> TokenStream {
        let ident = raw_ident(name);
        if self.plan.taken.contains(name) {
            let module = raw_ident(module);
            return quote!(::std::#module::#ident);
        }
        quote!(#ident)
    }

    /// The same as text, as serde's attributes take it.
    pub(super) fn prelude_path(&self, module: &str, name: &str) -> String {
        if self.plan.taken.contains(name) {
            return format!("::std::{module}::{name}");
        }
        name.to_owned()
    }

    /// The `use` declarations that were asked for, a group at a time.
    pub(super) fn uses(&self) -> Vec<TokenStream> {
        let imports = self.imports.borrow();
        let mut groups = Vec::new();
        for paths in imports.values() {
            let mut uses: Vec<(&String, &BTreeSet<String>)> = paths.iter().collect();
            // `super` comes before `crate`, as rustfmt sorts them.
            uses.sort_by_key(|(path, _)| (!path.starts_with("super"), path.as_str()));
            let uses = uses.into_iter().map(|(path, names)| {
                // Types are there without an end of the wire, and files are not.
                let is_wire = self.own.is_some() && path == "root::runtime::multipart";
                let wire = is_wire.then(|| either_end(self.config));
                let path = self.path(path);
                // A module comes before what is in it.
                let (module, names): (Vec<&str>, Vec<&str>) = names
                    .iter()
                    .map(String::as_str)
                    .partition(|name| *name == "self");
                let names: Vec<Ident> = module.into_iter().chain(names).map(raw_ident).collect();
                match &names[..] {
                    [name] => quote!(#wire use #path::#name;),
                    _ => quote!(#wire use #path::{#(#names),*};),
                }
            });
            groups.push(quote!(#(#uses)*));
        }
        groups
    }

    /// Re-exports a name, unless the document has a type of that name, which comes first.
    pub(super) fn reexport(&self, path: &str, name: &str) {
        if !self.plan.taken.contains(name) {
            self.import_always(path, name);
        }
    }

    /// The re-exports that were asked for.
    pub(super) fn reexports(&self) -> Vec<TokenStream> {
        let imports = self.imports.borrow();
        let paths = imports.values().flatten().map(|(path, names)| {
            let path = self.path(path);
            let names: Vec<Ident> = names.iter().map(|name| raw_ident(name)).collect();
            match &names[..] {
                [name] => quote!(#[doc(inline)] pub use #path::#name;),
                _ => quote!(#[doc(inline)] pub use #path::{#(#names),*};),
            }
        });
        let paths: Vec<TokenStream> = paths.collect();
        if paths.is_empty() {
            Vec::new()
        } else {
            vec![quote!(#(#paths)*)]
        }
    }

    /// The root module from here.
    pub(super) fn root_path(&self) -> TokenStream {
        self.root()
    }

    /// The path of a module of the runtime, as serde's attributes take it: a text.
    pub(super) fn runtime_path(&self, module: &str) -> String {
        let root = match self.config.mode {
            Mode::Crate => "crate".to_owned(),
            Mode::Module => vec!["super"; self.depth].join("::"),
        };
        format!("{root}::runtime::{module}")
    }

    /// The tokens of a path; `root` is the module that everything generated stands in.
    fn path(&self, path: &str) -> TokenStream {
        let mut parts = path.split("::").peekable();
        let mut tokens = TokenStream::new();
        if parts.peek() == Some(&"root") {
            parts.next();
            tokens = self.root();
        }
        for part in parts {
            let part = raw_ident(part);
            tokens = if tokens.is_empty() {
                quote!(#part)
            } else {
                quote!(#tokens::#part)
            };
        }
        tokens
    }

    /// The path of the root module from here.
    fn root(&self) -> TokenStream {
        if let Some(path) = self.outside {
            return path.tokens();
        }
        match self.config.mode {
            Mode::Crate => quote!(crate),
            Mode::Module => {
                let supers = std::iter::repeat_n(quote!(super), self.depth);
                quote!(#(#supers)::*)
            }
        }
    }

    /// A Rust type.
    pub(super) fn ty(&self, ty: &RustType) -> TokenStream {
        match ty {
            RustType::Unit => quote!(()),
            RustType::Bool => quote!(bool),
            RustType::Number(name) => {
                let name = raw_ident(name);
                quote!(#name)
            }
            RustType::String => self.prelude("string", "String"),
            RustType::Value => self.import("serde_json", "Value"),
            RustType::JsonObject => {
                let map = self.import("serde_json", "Map");
                let (string, value) = (self.ty(&RustType::String), self.ty(&RustType::Value));
                quote!(#map<#string, #value>)
            }
            RustType::Format(format) => {
                self.foreign(foreign(*format, self.config.formats.datetime))
            }
            RustType::Replaced(index) => {
                let replacements = &self.config.custom.replacements;
                replacements
                    .get(*index)
                    .map(|it| it.path.tokens())
                    .unwrap_or_default()
            }
            RustType::JsonString(inner) => {
                let json = self.import("root::runtime::json_string", "JsonString");
                let inner = self.ty(inner);
                quote!(#json<#inner>)
            }
            RustType::Body => self.import("root::runtime::body", "Body"),
            RustType::File => self.import("root::runtime::multipart", "FilePart"),
            RustType::Form(inner) => self.ty(inner),
            RustType::EventStream(inner) | RustType::JsonStream(inner) => {
                let name = match ty {
                    RustType::EventStream(_) => "EventStream",
                    _ => "JsonStream",
                };
                let stream = self.import("root::runtime::items", name);
                let inner = self.ty(inner);
                quote!(#stream<#inner>)
            }
            // The files of operations define it, and the others import what they use of those.
            RustType::Choice(name, _) => {
                let name = ident(name);
                quote!(#name)
            }
            RustType::Secret => self.import("root::runtime::secret", "Secret"),
            RustType::Fixed(inner, length) => {
                let (inner, length) = (self.ty(inner), Literal::usize_unsuffixed(*length));
                quote!([#inner; #length])
            }
            RustType::Tuple(items) => {
                let items = items.iter().map(|it| self.ty(it));
                quote!((#(#items),*))
            }
            RustType::Vec(inner) => {
                let (vec, inner) = (self.prelude("vec", "Vec"), self.ty(inner));
                quote!(#vec<#inner>)
            }
            RustType::Map(values) => self.map(&RustType::String, values),
            RustType::KeyedMap(keys, values) => self.map(keys, values),
            RustType::Option(inner) => {
                let (option, inner) = (self.prelude("option", "Option"), self.ty(inner));
                quote!(#option<#inner>)
            }
            RustType::Boxed(inner) => {
                let (boxed, inner) = (self.prelude("boxed", "Box"), self.ty(inner));
                quote!(#boxed<#inner>)
            }
            RustType::Named(id) => self.named(*id),
        }
    }

    fn foreign(&self, ty: &Foreign) -> TokenStream {
        let name = self.import(ty.path, ty.name);
        match ty.argument {
            Some(argument) => {
                let argument = self.import(ty.path, argument);
                quote!(#name<#argument>)
            }
            None => name,
        }
    }

    fn map(&self, keys: &RustType, values: &RustType) -> TokenStream {
        let map = self.import("std::collections", "BTreeMap");
        let (keys, values) = (self.ty(keys), self.ty(values));
        quote!(#map<#keys, #values>)
    }

    /// A type of the document.
    pub(super) fn named(&self, id: TypeId) -> TokenStream {
        let Some(plan) = self.plan.types.get(id.0) else {
            return quote!(());
        };
        let name = ident(&plan.name);
        match self.own {
            Some(own) if plan.module == Some(own) => {}
            Some(_) => self.import_always("super", plan.name.as_str()),
            None if plan.qualified => {
                self.import_always("root", "types");
                return quote!(types::#name);
            }
            None => self.import_always("root::types", plan.name.as_str()),
        }
        quote!(#name)
    }

    /// The plan of a type.
    pub(super) fn type_plan(&self, id: TypeId) -> Option<&'p TypePlan> {
        self.plan.types.get(id.0)
    }
}
