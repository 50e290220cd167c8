//! How long it takes to read a document, to generate its crate, and to check it.
//!
//! `openapi.yaml` is always measured. Larger documents are taken from the corpus beside the
//! repository and left out, with a word, where there is none. Run with `cargo bench -p oarlock`.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::{Path, PathBuf};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use oarlock::config::Config;
use oarlock::diagnostic::Diagnostics;
use oarlock::load::{Limits, load};
use oarlock::source::Sources;
use oarlock::write::compare::{Found, compare};

const LARGE: &[&str] = &[
    "museum-3.1.yaml",
    "kubernetes-v3-core-v1.json",
    "stripe-2022-11-15.json",
    "openai.yaml",
    "github-api-3.0.json",
];

fn documents() -> Vec<(String, PathBuf)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let corpus = root.join("../shared/corpus/flagship");
    let mut documents = vec![("openapi.yaml".to_owned(), root.join("openapi.yaml"))];
    for name in LARGE {
        let path = corpus.join(name);
        if path.exists() {
            documents.push(((*name).to_owned(), path));
        } else {
            eprintln!("{name} is left out: there is no corpus beside the repository");
        }
    }
    documents
}

fn benches(criterion: &mut Criterion) {
    for (name, path) in documents() {
        let Ok(text) = std::fs::read_to_string(&path) else {
            continue;
        };
        let bytes = text.len() as u64;
        let sources = Sources::new(name.as_str(), text);
        let config = Config::default();
        let mut group = criterion.benchmark_group(&name);
        group.sample_size(10).throughput(Throughput::Bytes(bytes));
        group.bench_function("load", |bencher| {
            bencher.iter(|| {
                let mut diagnostics = Diagnostics::new(false);
                black_box(load(&mut diagnostics, &sources, &Limits::default()));
                diagnostics.is_empty()
            });
        });
        group.bench_function("generate", |bencher| {
            bencher.iter(|| black_box(oarlock::generate(&sources, &config)).is_ok());
        });
        if let Ok(generated) = oarlock::generate(&sources, &config) {
            let folder: BTreeMap<_, _> = generated
                .files
                .iter()
                .map(|(path, text)| {
                    let bytes = text.as_bytes().to_vec();
                    (
                        path.to_owned(),
                        Found::File {
                            bytes,
                            executable: false,
                        },
                    )
                })
                .collect();
            group.bench_function("compare", |bencher| {
                bencher.iter(|| compare(&generated.files, &folder).len());
            });
        }
        group.finish();
    }
}

criterion_group!(generate, benches);
criterion_main!(generate);
