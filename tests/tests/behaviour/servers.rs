//! `cases/servers`: several servers, with variables, and some for single operations.

use conformance::cases::servers::client::{
    BuildError, Client, ClientBuilder, DEFAULT_BASE_URL, Recorder, Server, ServerRegion,
};

/// A client that sends nothing, and the record of what it would have sent.
fn client(builder: ClientBuilder) -> (Client, Recorder) {
    let mut recorder = Recorder::new();
    for _ in 0..4 {
        recorder = recorder.json(204, "");
    }
    let client = builder.transport(recorder.clone()).build();
    (client.expect("a client"), recorder)
}

/// The URLs that the four operations go to.
async fn targets(builder: ClientBuilder) -> Vec<String> {
    let (client, recorder) = client(builder);
    client.list_pets().send().await.expect("an answer");
    client.list_files().send().await.expect("an answer");
    client.upload().send().await.expect("an answer");
    client.read_status().send().await.expect("an answer");
    let requests = recorder.requests().into_iter();
    requests.map(|request| request.uri.to_string()).collect()
}

#[test]
fn the_default_is_the_first_with_the_defaults_of_its_variables() {
    assert_eq!(DEFAULT_BASE_URL, "https://eu.example.com:443/v2");
    assert_eq!(Server::default().url(), DEFAULT_BASE_URL);
    let (client, _) = client(Client::builder());
    assert_eq!(client.base_url(), DEFAULT_BASE_URL);
}

#[tokio::test]
async fn an_operation_goes_to_the_first_server_of_the_most_specific_list() {
    assert_eq!(
        targets(Client::builder()).await,
        [
            "https://eu.example.com:443/v2/pets",
            "https://files.example.com/eu/files",
            "https://upload.example.com/files",
            "https://eu.example.com:443/internal/status",
        ]
    );
}

#[tokio::test]
async fn a_base_url_of_the_users_holds_for_all_operations() {
    assert_eq!(
        targets(Client::builder().base_url(Server::Sandbox)).await,
        [
            "https://sandbox.example.com/v2/pets",
            "https://sandbox.example.com/v2/files",
            "https://sandbox.example.com/v2/files",
            "https://sandbox.example.com/v2/status",
        ]
    );
}

#[test]
fn variables_are_filled_in_as_they_are() {
    let server = Server::Production {
        region: ServerRegion::UsEast,
        port: "8443".to_owned(),
        version: "v2/beta".to_owned(),
    };
    assert_eq!(server.url(), "https://us-east.example.com:8443/v2/beta");
    assert_eq!("us-east".parse(), Ok(ServerRegion::UsEast));
    "mars".parse::<ServerRegion>().expect_err("no region");
    let tenant = |tenant: &str| Server::TenantExampleOrg {
        tenant: tenant.to_owned(),
    };
    assert_eq!(tenant("acme").url(), "https://acme.example.org");
    let anywhere = "http://localhost:3000/v1".to_owned();
    assert_eq!(
        Server::Anywhere { anywhere }.url(),
        "http://localhost:3000/v1"
    );
    let two = Server::Two {
        scheme: "http://".to_owned(),
        rest: "a.example/b".to_owned(),
    };
    assert_eq!(two.url(), "http://a.example/b");
    for other in ["evil.example/", "evil.example?", "evil.example#", "a@b"] {
        let error = Client::builder().base_url(tenant(other)).build();
        assert!(matches!(error, Err(BuildError::BaseUrl { .. })), "{other}");
    }
}

#[test]
fn a_path_is_at_the_same_origin() {
    let (client, _) = client(Client::builder().base_url(Server::V3));
    assert_eq!(client.base_url(), "https://eu.example.com:443/v3");
}
