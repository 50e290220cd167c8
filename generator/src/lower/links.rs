//! Links: what can be called with what came back (U3).

use crate::api::{Continuation, Target};
use crate::grammar::Kind;
use crate::spec;

use super::Lowering;

impl<'a> Lowering<'_, 'a> {
    /// The links of a response. One whose reference leads nowhere is told and left out.
    pub(super) fn links(&mut self, response: &spec::Response<'a>) -> Vec<Continuation> {
        let mut links = Vec::new();
        for (name, link) in &response.links {
            let link = self.follow(link, Kind::Link, |reader, place| reader.link_or_ref(place));
            if let Some(link) = link {
                links.push(self.continuation(name, &link));
            }
        }
        links
    }

    fn continuation(&mut self, name: &str, link: &spec::Link<'a>) -> Continuation {
        let target = match (&link.reference, link.id) {
            (_, Some(id)) => Some(Target::Id(id.to_owned())),
            (Some(reference), None) => {
                let end = self.reader.end(reference).ok();
                let place = end.and_then(|end| self.reader.place_at(end));
                Some(match place {
                    Some(place) => Target::Pointer(place.pointer.to_string()),
                    None => Target::Pointer(reference.target.to_owned()),
                })
            }
            (None, None) => None,
        };
        let parameters = link.parameters.iter();
        let parameters = parameters.map(|(name, value)| ((*name).to_owned(), value.clone()));
        Continuation {
            name: name.to_owned(),
            target,
            arguments: parameters.collect(),
            body: link.body.clone(),
            server: link.server.map(str::to_owned),
            description: link.description.map(str::to_owned),
        }
    }
}
