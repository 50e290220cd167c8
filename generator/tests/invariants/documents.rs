//! Invariant 5: any document gives a result or findings. The documents are made of the keys of the
//! grammar at the places where they belong, with values of the right and of the wrong type, references
//! that lead anywhere, and names that are hard to spell.

use std::fmt;
use std::sync::mpsc;
use std::time::Duration;

use proptest::prelude::*;

use crate::interference::inspect;
use crate::keys::Grammar;
use crate::maker::Maker;
use crate::run::{number_from, run};

/// The choices of a document, shown as the document that they make.
#[derive(Clone)]
struct Choices(Vec<u8>);

impl Choices {
    fn document(&self) -> String {
        let grammar = Grammar::read();
        Maker::document(&grammar, &self.0)
    }
}

impl fmt::Debug for Choices {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.document())
    }
}

/// Generates on a stack of 2 MiB within half a minute, which is a hundred times what it takes.
fn generate_in_time(document: String) -> Result<bool, String> {
    let (sender, receiver) = mpsc::channel();
    let work = move || {
        let run = run("document.json", &document);
        let bytes = document.len();
        if run.result.is_ok() {
            inspect(&run.own_files());
            let output = run.own_bytes();
            assert!(
                output < 60_000 + 200 * bytes,
                "{bytes} bytes in, {output} bytes out"
            );
        }
        let _ = sender.send(run.result.is_ok());
    };
    let thread = std::thread::Builder::new().stack_size(2 << 20);
    thread.spawn(work).expect("a thread");
    receiver
        .recv_timeout(Duration::from_secs(30))
        .map_err(|error| format!("the generator panics or takes too long: {error}"))
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: number_from("OARLOCK_CASES", 512),
        failure_persistence: None,
        max_shrink_iters: 4_000,
        ..ProptestConfig::default()
    })]

    #[test]
    fn invariant_5_any_document_gives_a_result_or_findings(choices in prop::collection::vec(any::<u8>(), 0..900).prop_map(Choices)) {
        let ended = generate_in_time(choices.document());
        prop_assert!(ended.is_ok(), "{}", ended.unwrap_err());
    }
}

/// Enough of the documents must get through to the end, or the test above would only try `spec`.
#[test]
fn many_of_the_documents_are_generated() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let strategy = prop::collection::vec(any::<u8>(), 300..900).prop_map(Choices);
    let mut generated = 0;
    for _ in 0..200 {
        let choices = strategy.new_tree(&mut runner).expect("choices").current();
        generated += usize::from(generate_in_time(choices.document()) == Ok(true));
    }
    assert!(
        generated > 20,
        "only {generated} of 200 documents are generated"
    );
}
