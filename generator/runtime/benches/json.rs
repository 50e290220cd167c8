//! How long it takes to read a megabyte of JSON, against `serde_json` alone: the difference is the price
//! of `strict`. Run with `cargo bench -p oarlock-runtime`.

#![allow(dead_code, reason = "only reading is measured")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use oarlock_runtime::json;
use serde::Deserialize;
use serde::de::DeserializeOwned;

#[derive(Deserialize)]
struct Order {
    id: u64,
    customer: Customer,
    lines: Vec<Line>,
    note: Option<String>,
    paid: bool,
}

#[derive(Deserialize)]
struct Customer {
    name: String,
    email: Option<String>,
}

#[derive(Deserialize)]
struct Line {
    sku: String,
    count: u32,
    price: f64,
}

const ORDER: &str = r#"{"id":81723,"customer":{"name":"Ada Lovelace","email":"ada@example.org"},
    "lines":[{"sku":"K-100","count":3,"price":12.5},{"sku":"K-101","count":1,"price":0.99,"gift":{"wrap":true}}],
    "note":null,"paid":true}"#;

/// An array of this text, over and over, as long as a megabyte.
fn repeated(item: &str) -> Vec<u8> {
    let count = (1 << 20) / item.len();
    format!("[{}]", vec![item; count].join(",")).into_bytes()
}

fn read<T: DeserializeOwned>(criterion: &mut Criterion, name: &str, item: &str) {
    let text = repeated(item);
    let mut group = criterion.benchmark_group(name);
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("json", |bencher| {
        bencher.iter(|| json::from_slice::<Vec<T>>(black_box(&text)).expect("it fits"));
    });
    group.bench_function("serde_json", |bencher| {
        bencher.iter(|| serde_json::from_slice::<Vec<T>>(black_box(&text)).expect("it fits"));
    });
    group.finish();
}

fn benches(criterion: &mut Criterion) {
    read::<Order>(criterion, "structs", ORDER);
    read::<serde_json::Value>(criterion, "values", ORDER);
}

criterion_group!(group, benches);
criterion_main!(group);
