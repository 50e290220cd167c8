//! Giving types other numbers.

use super::{Definition, NameHint, Operation, Type, TypeId};

impl Type {
    /// Changes the number of every type that is mentioned.
    pub(crate) fn renumber(&mut self, new: &impl Fn(TypeId) -> TypeId) {
        let mut work = vec![self];
        while let Some(ty) = work.pop() {
            if let super::Kind::Named(id) = &mut ty.kind {
                *id = new(*id);
            }
            work.extend(ty.kind.inner_mut());
        }
    }
}

impl Operation {
    /// Changes the number of every type that is sent or received.
    pub(crate) fn renumber(&mut self, new: &impl Fn(TypeId) -> TypeId) {
        self.sent_mut().for_each(|ty| ty.renumber(new));
        self.received_mut().for_each(|ty| ty.renumber(new));
    }
}

impl Definition {
    /// Changes the number of every type that is mentioned.
    pub(crate) fn renumber(&mut self, new: &impl Fn(TypeId) -> TypeId) {
        match self {
            Self::Struct(structure) => {
                let fields = structure.fields.iter_mut().map(|field| &mut field.ty);
                let unions = structure.unions.iter_mut().map(|(_, ty)| ty);
                for ty in fields.chain(unions).chain(&mut structure.additional) {
                    ty.renumber(new);
                }
                for part in &mut structure.parts {
                    part.id = new(part.id);
                }
            }
            Self::Union(union) => {
                let types = union.variants.iter_mut().map(|variant| &mut variant.ty);
                types.for_each(|ty| ty.renumber(new));
            }
            Self::Alias(ty) | Self::Wrapper(ty) => ty.renumber(new),
            Self::Enum(_) => {}
        }
    }
}

impl NameHint {
    /// Changes the number of the type that this one stands in.
    pub(crate) fn renumber(&mut self, new: &impl Fn(TypeId) -> TypeId) {
        match self {
            Self::Inside(owner, _) => *owner = new(*owner),
            Self::Shared(_, first) => first.renumber(new),
            Self::Component(_) | Self::Operation(..) | Self::Parameter(..) | Self::Beside(_) => {}
        }
    }
}
