use std::collections::BTreeSet;

use super::*;
use crate::corpus::row::{Refusal, Size};

fn made(outcome: Outcome, places: &[&str]) -> Made {
    let places = places.iter().filter_map(|place| Finding::parse(place));
    Made {
        outcome,
        places: places.collect(),
        ..Made::default()
    }
}

#[test]
fn a_document_is_found_or_accepted_or_unexplained() {
    let table = "path\texpected\treason\na\twrong-value:3\tit is wrong\nb\taccepted\tit is right\n";
    let negatives = Negatives::parse(table).expect("a table");
    let generated = || Outcome::Generated(Size::default());
    let rejected = || Outcome::Rejected(Refusal::default());
    let judge =
        |path, outcome, places: &[&str]| negatives.judge(path, &made(outcome, places)).text();
    let found = ["wrong-value:2", "wrong-value:3"];
    assert_eq!(
        judge("a", generated(), &found),
        "found as expected: wrong-value:3"
    );
    assert_eq!(
        judge("a", rejected(), &found),
        "found as expected: wrong-value:3"
    );
    let missed = "NOT AS EXPECTED: no wrong-value:3, although it is wrong";
    assert_eq!(judge("a", generated(), &found[..1]), missed);
    assert_eq!(
        judge("b", generated(), &[]),
        "accepted, because it is right"
    );
    let refused = "NOT AS EXPECTED: not generated, although it is right";
    assert_eq!(judge("b", rejected(), &[]), refused);
    assert_eq!(judge("c", generated(), &[]), "NOT LISTED in negatives.tsv");
    assert!(Negatives::parse("path\na\tno-such-code:1\tx\n").is_err());
}

#[test]
fn the_table_can_be_read_and_names_no_document_twice() {
    let negatives = Negatives::read().expect("the table of the repository");
    let paths: BTreeSet<&str> = negatives.rows.keys().copied().collect();
    assert_eq!(paths.len(), TABLE.lines().count() - 1);
    let empty = negatives.rows.values().filter(|row| row.reason.is_empty());
    assert_eq!(empty.count(), 0, "every row has a reason");
}
