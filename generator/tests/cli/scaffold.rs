//! `oarlock scaffold`, with the real generator.

use std::fs;

use expect_test::expect;
use oarlock::cli::Exit;

use crate::fixture::Fixture;

const DOCUMENT: &str = "\
openapi: 3.1.0
info: {title: Pets, version: '1'}
paths:
  /pets/{id}:
    get:
      operationId: getPet
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'204': {description: It is there.}}
";

const CONFIG: &str = "[[crate]]\ndocument = 'api.yaml'\nout = 'generated'\npackage = 'pets-api'\n";

#[test]
fn a_server_is_printed() {
    let fixture = Fixture::new(&[("api.yaml", DOCUMENT), ("oarlock.toml", CONFIG)]);
    fixture.check(
        &["scaffold"],
        expect![[r#"
        Fine
        --- stdout
        //! A server of Pets.
        //!
        //! Each operation is answered with 501 until it is written.

        use pets_api::operations::GetPetResponse;
        use pets_api::server::{Api, Problem};

        /// The service, and who lets its callers in.
        #[derive(Debug, Clone, Copy, Default)]
        pub struct Service;

        /// Serves all operations of the document.
        pub fn router() -> axum::Router {
            pets_api::server::router(Service)
        }

        #[allow(unused_variables)]
        impl Api for Service {
            type Error = Problem;

            /// `GET /pets/{id}`
            async fn get_pet(&self, id: String) -> Result<GetPetResponse, Self::Error> {
                Err(Problem::not_implemented())
            }
        }
        --- stderr
    "#]],
    );
    let elsewhere = fixture.run(&["scaffold", "api.yaml", "--api", "crate::pets"]);
    assert!(elsewhere.stdout.contains("use crate::pets::server::"));
    // A module is found by the name of its folder.
    fixture.put("oarlock.toml", CONFIG.to_owned() + "mode = 'module'\n");
    let module = fixture.run(&["scaffold"]);
    assert!(module.stdout.contains("use crate::generated::server::"));
}

/// What was written once belongs to the user.
#[test]
fn a_file_that_is_there_is_left_alone() {
    let fixture = Fixture::new(&[("api.yaml", DOCUMENT), ("oarlock.toml", CONFIG)]);
    let printed = fixture.run(&["scaffold"]).stdout;
    fixture.check(
        &["scaffold", "--output", "service.rs"],
        expect![[r#"
        Fine
        --- stdout
        --- stderr
        service.rs is yours: Oarlock does not write it again
    "#]],
    );
    let written = fs::read_to_string(fixture.root().join("service.rs")).expect("a file");
    assert_eq!(written, printed);
    fixture.put("service.rs", "mine");
    fixture.check(
        &["scaffold", "--output", "service.rs"],
        expect![[r#"
        Failed
        --- stdout
        --- stderr
        error: `service.rs` is there already
         |
         = help: name another file; what is yours is not written over
    "#]],
    );
    let left = fs::read_to_string(fixture.root().join("service.rs")).expect("a file");
    assert_eq!(left, "mine");
}

#[test]
fn what_cannot_be_implemented_is_told() {
    let document = "openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\npaths: {}\n";
    let config = CONFIG.replace("pets-api", "type");
    let fixture = Fixture::new(&[("api.yaml", document), ("oarlock.toml", &config)]);
    fixture.check(
        &["scaffold"],
        expect![[r#"
        Failed
        --- stdout
        --- stderr
        error: `type` is no path of Rust
         |
         = help: say where the generated code is, such as `--api crate::api`
    "#]],
    );
    fixture.check(
        &["scaffold", "--api", "api"],
        expect![[r#"
        Failed
        --- stdout
        --- stderr
        error: the document has no operations, so there is nothing to implement
    "#]],
    );
    let wrong = fixture.run(&["scaffold", "--api", "1"]);
    assert_eq!(wrong.exit, Exit::Usage);
    fixture.put("api.yaml", DOCUMENT.replace("3.1.0", "1.0"));
    assert_eq!(
        fixture.run(&["scaffold", "--api", "api"]).exit,
        Exit::Failed
    );
}
