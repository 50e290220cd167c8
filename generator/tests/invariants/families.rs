//! Invariant 5: work and output grow with the document and no faster. Each family is a shape that has
//! brought a generator down, in growing sizes, on a thread with a stack of 2 MiB.

use std::fmt::Write;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use crate::run::{Run, run};
use crate::shapes::{
    all_of_chain, all_of_cycle, array_chain, complete_graph, diamonds, equal_names, growing_chain,
    inner_chain, long_name, long_text, many_operations, many_parameters, many_properties,
    many_required, many_uses, object_cycle, one_of_all_of, one_of_diamonds, redoc, reference_chain,
    reference_cycle, response_chain, schemas, wide_enum,
};

/// A shape: its name, how a document of size `n` is made, and the sizes.
type Family = (&'static str, fn(usize) -> String, &'static [usize]);

const FAMILIES: &[Family] = &[
    ("a chain of references", reference_chain, &[64, 512, 4096]),
    ("a cycle of references", reference_cycle, &[64, 512, 4096]),
    (
        "a chain of references to inner places",
        inner_chain,
        &[64, 512, 4096],
    ),
    (
        "a chain of allOf without properties",
        all_of_chain,
        &[64, 512, 4096],
    ),
    ("a cycle of allOf", all_of_cycle, &[64, 512, 4096]),
    ("diamonds of allOf, 2^n paths", diamonds, &[64, 256, 1024]),
    (
        "diamonds of oneOf, 2^n paths",
        one_of_diamonds,
        &[64, 256, 1024],
    ),
    (
        "oneOf of allOf with a common base (redoc 1124)",
        redoc,
        &[64, 256, 1024],
    ),
    (
        "oneOf of n, each an allOf of n",
        one_of_all_of,
        &[8, 16, 32],
    ),
    (
        "objects that contain each other",
        object_cycle,
        &[64, 512, 4096],
    ),
    (
        "every object contains every other",
        complete_graph,
        &[8, 16, 32],
    ),
    ("arrays of arrays by name", array_chain, &[64, 512, 4096]),
    (
        "one object with many properties",
        many_properties,
        &[256, 2048, 16384],
    ),
    ("one enum with many values", wide_enum, &[256, 2048, 5000]),
    (
        "one enum with many equal names",
        equal_names,
        &[256, 2048, 5000],
    ),
    ("many names in required", many_required, &[256, 2048, 16384]),
    ("many operations", many_operations, &[64, 256, 1024]),
    ("many operations with one type", many_uses, &[64, 256, 1024]),
    (
        "many parameters of one path",
        many_parameters,
        &[16, 128, 1024],
    ),
    (
        "many responses by reference in a chain",
        response_chain,
        &[8, 32, 90],
    ),
    ("a long text", long_text, &[1_000, 10_000, 100_000]),
    ("a long name", long_name, &[1_000, 10_000, 100_000]),
];

/// How many bytes of output a byte of input may cost at most. A property costs about 150 bytes, an
/// operation 7,000.
const BYTES_PER_BYTE: usize = 60;

/// How much the output of a family may grow beyond what its input does.
const SLACK: f64 = 1.3;

/// How long one document may take in the dev profile on a slow machine. It is not what is measured
/// here; it keeps a family that does not end from holding up everything.
const LIMIT: Duration = Duration::from_secs(180);

#[test]
fn invariant_5_work_grows_with_the_document() {
    let mut mistakes = Vec::new();
    let mut table = String::new();
    for (name, make, sizes) in FAMILIES {
        let mut before: Option<(usize, usize)> = None;
        for size in *sizes {
            println!("{name}, n = {size}");
            let text = make(*size);
            let bytes = text.len();
            let Some((output, took)) = on_a_small_stack(text) else {
                mistakes.push(format!(
                    "{name}: n = {size} takes more than {LIMIT:?}, or panics"
                ));
                break;
            };
            let _ = writeln!(
                table,
                "{name}: n = {size}, {bytes} bytes in, {output} bytes out, {took:.1?}"
            );
            if output > 20_000 + BYTES_PER_BYTE * bytes {
                mistakes.push(format!("{name}: {bytes} bytes in, {output} bytes out"));
            }
            if let Some((bytes_before, output_before)) = before {
                let (grown, by) = (ratio(output, output_before), ratio(bytes, bytes_before));
                if output > 20_000 && grown > by * SLACK {
                    mistakes.push(format!(
                        "{name}: input grows by {by:.1}, output by {grown:.1}"
                    ));
                }
            }
            before = Some((bytes, output.max(2_000)));
        }
    }
    println!("{table}");
    assert!(mistakes.is_empty(), "{table}\n{}", mistakes.join("\n"));
}

#[expect(
    clippy::cast_precision_loss,
    reason = "sizes of documents are far below 2^52"
)]
fn ratio(after: usize, before: usize) -> f64 {
    after as f64 / before as f64
}

/// The bytes of output, or of messages where the document is refused, and the time. `None` if it takes
/// too long, in which case its thread is left behind, or if it panics.
fn on_a_small_stack(text: String) -> Option<(usize, Duration)> {
    in_time(move || {
        let start = Instant::now();
        let run: Run = run("family.json", &text);
        let output = if run.result.is_ok() {
            run.own_bytes()
        } else {
            run.rendered.len()
        };
        (output, start.elapsed())
    })
}

/// What comes of some work on a small stack. `None` if it takes too long, or panics.
pub(crate) fn in_time<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (sender, receiver) = mpsc::channel();
    let thread = std::thread::Builder::new().stack_size(2 << 20);
    let work = move || {
        let _ = sender.send(work());
    };
    thread.spawn(work).expect("a thread");
    receiver.recv_timeout(LIMIT).ok()
}

/// Schemas inside each other without names. The depth is limited by `load`, and below that by
/// `lower`, so the deepest document that is read is tried.
#[test]
fn invariant_5_depth_costs_no_stack() {
    let nestings = [
        (r#"{"type":"object","properties":{"a":"#, "}}"),
        (r#"{"type":"array","items":"#, "}"),
        (r#"{"type":"object","additionalProperties":"#, "}"),
        (r#"{"allOf":["#, "]}"),
        (r#"{"oneOf":["#, "]}"),
        (r#"{"anyOf":[{"type":"null"},"#, "]}"),
        (r#"{"not":"#, "}"),
        (
            r#"{"type":"object","required":["a"],"allOf":[{"properties":{"a":"#,
            "}}]}",
        ),
    ];
    for (open, close) in nestings {
        for depth in [10, 40, 60, 64, 65, 70, 100, 120, 200] {
            println!("{open}, {depth} deep");
            let inner = format!(
                "{}{{\"type\":\"string\"}}{}",
                open.repeat(depth),
                close.repeat(depth)
            );
            let ended = on_a_small_stack(schemas(1, |_| inner.clone()));
            let (output, _) = ended.unwrap_or_else(|| panic!("{open} {depth}"));
            assert!(output < 200_000, "{open} {depth}: {output} bytes");
        }
    }
}

#[test]
fn invariant_5_a_chain_of_growing_structs_is_quadratic_and_no_more() {
    for n in [16, 64, 128] {
        let (output, took) = on_a_small_stack(growing_chain(n)).expect("it ends in time");
        println!("n = {n}, {output} bytes out, {took:.1?}");
        assert!(output <= 400 * n * n + 20_000, "n = {n}: {output} bytes");
    }
}

/// Half a megabyte of document asks for eight million fields, which is refused.
#[test]
fn invariant_5_a_chain_of_growing_structs_is_refused() {
    let ended = on_a_small_stack(growing_chain(4096));
    let (output, _) = ended.expect("it ends in time");
    assert!(output < 10_000, "{output} bytes");
}
