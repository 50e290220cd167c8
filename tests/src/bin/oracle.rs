//! `cargo run -p conformance --bin oracle -- FOLDER [DOCUMENT...]`: judges the types of documents by
//! values of their schemas, as [`conformance::oracle`] describes, and first those of compositions that are
//! made at random. Without documents, those of the list
//! that are there are taken. The exit code is 1 if a value is neither read and written back equal nor
//! explained by a row of the mapping.

use std::process::ExitCode;

use camino::Utf8PathBuf;
use conformance::oracle::{Options, Report, judge, judge_compositions};

/// Documents of the corpus, of all versions and many authors.
const DOCUMENTS: &[&str] = &[
    "flagship/adyen-checkout-v71.json",
    "flagship/box.json",
    "flagship/discord.json",
    "flagship/docker-engine-2.0.yaml",
    "flagship/figma.yaml",
    "flagship/kubernetes-v3-core-v1.json",
    "flagship/meilisearch/open-api.json",
    "flagship/mistral.yaml",
    "flagship/museum-3.1.yaml",
    "flagship/openai.json",
    "flagship/ory-client.yaml",
    "flagship/paypal-orders-v2.json",
    "flagship/qdrant.json",
    "flagship/scalar-galaxy-3.1.yaml",
    "flagship/sendgrid-3.1.json",
    "flagship/slack-web-2.0.json",
    "flagship/stripe-2022-11-15.json",
    "flagship/svix-3.1.json",
    "flagship/swagger-petstore-3.0.yaml",
    "flagship/telegram-bot-api.json",
    "flagship/twilio-api-v2010.json",
    "peers/ogen/examples/tinkoff.json",
    "peers/ogen/positive/sample.json",
    "peers/openapi-generator/3_0/jetbrains/MgmtApi.json",
];

const OPTIONS: Options = Options {
    instances: 200,
    seed: 1,
};

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(folder) = arguments.next().map(Utf8PathBuf::from) else {
        eprintln!("Usage: oracle FOLDER [DOCUMENT...]");
        return ExitCode::from(2);
    };
    let mut documents: Vec<String> = arguments.collect();
    if documents.is_empty() {
        documents.extend(DOCUMENTS.iter().map(|path| (*path).to_owned()));
    }
    let mut report = Report::default();
    match judge_compositions(OPTIONS) {
        Ok(row) => report.add(row),
        Err(reason) => report.fail("compositions", reason.to_string()),
    }
    for shown in documents {
        let path = folder.join(&shown);
        if !path.is_file() {
            eprintln!("skipped: there is no {path}");
            continue;
        }
        eprintln!("judging {shown}");
        match judge(&path, &shown, OPTIONS) {
            Ok(row) => {
                eprint!("{}", row.findings());
                report.add(row);
            }
            Err(reason) => report.fail(&shown, reason.to_string()),
        }
    }
    print!("{report}");
    ExitCode::from(u8::from(report.unexplained() > 0))
}
