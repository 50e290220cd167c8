//! What the program needs to know of the generated Rust.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{
    File, FnArg, GenericArgument, Ident, Item, PathArguments, Type, TypeParamBound, UseTree,
};

/// The imports of a generated file as another crate writes them. What a file takes from its parent is
/// the parent's own affair.
pub(super) fn imports(file: &File) -> TokenStream {
    let mut imports = TokenStream::new();
    for item in &file.items {
        let Item::Use(item) = item else { continue };
        let UseTree::Path(path) = &item.tree else {
            continue;
        };
        let (first, rest) = (&path.ident, &path.tree);
        if first == "crate" && is_private(rest) {
            continue;
        }
        imports.extend(match first.to_string().as_str() {
            "super" | "self" => continue,
            "crate" => quote! { #[allow(unused_imports)] use api::#rest; },
            _ => quote! { #[allow(unused_imports)] use #first::#rest; },
        });
    }
    imports
}

/// Whether it is in `runtime::pattern`, whose macro no signature names and no other crate can.
fn is_private(tree: &UseTree) -> bool {
    match tree {
        UseTree::Path(path) => path.ident == "pattern" || is_private(&path.tree),
        _ => false,
    }
}

/// The variants of an enum of a file.
pub(super) fn variants<'f>(file: &'f File, name: &str) -> impl Iterator<Item = &'f syn::Variant> {
    let enums = file.items.iter().filter_map(|item| match item {
        Item::Enum(item) => Some(item),
        _ => None,
    });
    let found = enums.filter(|item| item.ident == name);
    // The name is needed only to find it.
    found
        .collect::<Vec<_>>()
        .into_iter()
        .flat_map(|it| &it.variants)
}

/// The public methods of a type in a file.
pub(super) fn methods<'f>(file: &'f File, name: &str) -> Vec<&'f syn::ImplItemFn> {
    let impls = file.items.iter().filter_map(|item| match item {
        Item::Impl(item) if item.trait_.is_none() => Some(item),
        _ => None,
    });
    let own = impls.filter(|item| match &*item.self_ty {
        Type::Path(path) => path.path.segments.last().is_some_and(|it| it.ident == name),
        _ => false,
    });
    let items = own.flat_map(|item| &item.items);
    let methods = items.filter_map(|item| match item {
        syn::ImplItem::Fn(method) => Some(method),
        _ => None,
    });
    methods
        .filter(|method| matches!(method.vis, syn::Visibility::Public(_)))
        .collect()
}

/// An argument of a method.
pub(super) struct Argument {
    pub(super) name: Ident,
    /// The type of the value that is passed, or a reference to one.
    pub(super) ty: TokenStream,
    pub(super) by_reference: bool,
}

/// The arguments of a method behind `self`.
pub(super) fn arguments(signature: &syn::Signature) -> Vec<Argument> {
    let typed = signature.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(typed) => Some(typed),
        FnArg::Receiver(_) => None,
    });
    let named = typed.filter_map(|typed| match &*typed.pat {
        syn::Pat::Ident(pat) => Some((pat.ident.clone(), &*typed.ty)),
        _ => None,
    });
    named
        .map(|(name, ty)| match ty {
            Type::Reference(reference) if !is_text(&reference.elem) => Argument {
                name,
                ty: reference.elem.to_token_stream(),
                by_reference: true,
            },
            ty => Argument {
                name,
                ty: converted(ty).unwrap_or(ty).to_token_stream(),
                by_reference: false,
            },
        })
        .collect()
}

/// `&'static str` stays what it is.
fn is_text(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.is_ident("str"))
}

/// The `T` of `impl Into<T>`.
fn converted(ty: &Type) -> Option<&Type> {
    let Type::ImplTrait(ty) = ty else { return None };
    let TypeParamBound::Trait(bound) = ty.bounds.first()? else {
        return None;
    };
    let PathArguments::AngleBracketed(arguments) = &bound.path.segments.last()?.arguments else {
        return None;
    };
    match arguments.args.first()? {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    }
}
