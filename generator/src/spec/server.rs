//! Where an API is served: servers and their variables (A9, A10).

use super::model::{Server, ServerVariable};
use super::reader::{Object, Reader};
use crate::grammar::Kind;

impl<'a> Reader<'_, 'a> {
    /// The servers of the document, a path item or an operation.
    pub(super) fn servers(&mut self, object: &Object<'a>) -> Vec<Server<'a>> {
        let mut servers = Vec::new();
        for place in self.list(object, "servers") {
            let Some(object) = self.object(place, Kind::Server) else {
                continue;
            };
            let Some(url) = self.required_text(&object, "url", Kind::Server) else {
                continue;
            };
            let name = self.text(&object, "name");
            servers.push(Server {
                url: url.trim(),
                name: name.or_else(|| self.text(&object, "x-ogen-server-name")),
                description: self.text(&object, "description"),
                variables: self.server_variables(&object),
                place: object.place,
            });
        }
        servers
    }

    fn server_variables(&mut self, server: &Object<'a>) -> Vec<ServerVariable<'a>> {
        let mut variables = Vec::new();
        for (entry, place) in self.map(server, "variables") {
            let Some(object) = self.object(place, Kind::ServerVariable) else {
                continue;
            };
            let values = self.texts(&object, "enum").into_iter();
            variables.push(ServerVariable {
                name: &entry.key,
                values: values.map(|(text, _)| text).collect(),
                default: self.text(&object, "default"),
                description: self.text(&object, "description"),
                place: object.place,
            });
        }
        variables
    }
}
