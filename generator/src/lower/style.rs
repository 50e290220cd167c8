//! How a parameter is written (PR-table).

use crate::api::{Style, StyleKind};
use crate::spec::{self, Location};

use super::Lowering;
use super::media::is_json;

impl<'a> Lowering<'_, 'a> {
    /// The style of a parameter: what it says if that fits its place, else the default of the place (PR23).
    /// One that does not fit is a finding of `spec` already.
    pub(super) fn style(&self, parameter: &spec::Parameter<'a>) -> Style {
        let default = match parameter.location {
            Location::Path | Location::Header => StyleKind::Simple,
            Location::Query | Location::Cookie | Location::QueryString => StyleKind::Form,
        };
        let form = match (&parameter.content.first(), parameter.style) {
            (Some(media), _) if is_json(media.key) => StyleKind::Json,
            (Some(_), _) | (None, None) => default,
            (None, Some(style)) => {
                let form = form(style);
                if fits(form, parameter.location) {
                    form
                } else {
                    default
                }
            }
        };
        let explodes = matches!(
            form,
            StyleKind::Form | StyleKind::Cookie | StyleKind::DeepObject
        );
        Style {
            kind: form,
            explode: parameter.explode.unwrap_or(explodes),
            reserved: parameter.allow_reserved,
            empty_is_absent: parameter.allow_empty && parameter.location == Location::Query,
            slashes: false,
        }
    }
}

fn form(style: spec::Style) -> StyleKind {
    match style {
        spec::Style::Simple => StyleKind::Simple,
        spec::Style::Label => StyleKind::Label,
        spec::Style::Matrix => StyleKind::Matrix,
        spec::Style::Form => StyleKind::Form,
        spec::Style::SpaceDelimited => StyleKind::SpaceDelimited,
        spec::Style::PipeDelimited => StyleKind::PipeDelimited,
        spec::Style::TabDelimited => StyleKind::TabDelimited,
        spec::Style::DeepObject => StyleKind::DeepObject,
        spec::Style::Cookie => StyleKind::Cookie,
    }
}

fn fits(kind: StyleKind, location: Location) -> bool {
    match location {
        Location::Path => matches!(
            kind,
            StyleKind::Simple | StyleKind::Label | StyleKind::Matrix
        ),
        Location::Header => kind == StyleKind::Simple,
        Location::Cookie => matches!(kind, StyleKind::Form | StyleKind::Cookie),
        Location::Query | Location::QueryString => matches!(
            kind,
            StyleKind::Form
                | StyleKind::SpaceDelimited
                | StyleKind::PipeDelimited
                | StyleKind::TabDelimited
                | StyleKind::DeepObject
        ),
    }
}
