//! The output for the documents of `cases/` at work: what decodes, what is written, what is refused, and
//! clients and servers that talk to each other.

mod agreement;
mod anchors;
mod arrays;
mod bare;
mod check;
mod composition;
mod compositions;
mod conditionals;
mod constants;
mod defaults;
mod directions;
mod enums;
mod filters;
mod integer_enums;
mod keyed;
mod keys;
mod libraries;
mod media;
mod media_choices;
mod names;
mod objects;
mod parameters;
mod patterns;
mod presence;
mod recursion;
mod references;
mod replaced;
mod routes;
mod routing;
mod scalars;
mod service;
mod streams;
mod swagger2;
mod unions;
mod validation;
