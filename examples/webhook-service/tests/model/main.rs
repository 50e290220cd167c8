//! A model of what was promised, against the store and what the dispatcher sends, over any sequence
//! of what can happen to them.

#[path = "../common/mod.rs"]
mod common;
mod world;

use proptest::prelude::*;

use crate::world::{Model, WEBHOOKS};

const DAY: i64 = 24 * 60 * 60 * 1000;

/// What can happen.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    Rotate(usize),
    /// Milliseconds go by.
    Advance(i64),
    /// Time goes by until so many milliseconds after the next expiry of a secret.
    AdvanceToExpiry(i64),
    Publish,
    Test(usize),
    /// All that is due is sent, and the receivers answer with this status, or not at all.
    Deliver(Option<u16>),
    /// All that is due is sent, and the process ends before any outcome is recorded.
    Crash,
    Restart,
    /// A webhook is disabled while all that is due is on its way, and no receiver answers.
    DisableUnderWay(usize),
    SetEnabled(usize, bool),
}

fn step() -> impl Strategy<Value = Step> {
    let webhook = 0..WEBHOOKS;
    let statuses = prop_oneof![
        Just(Some(200)),
        Just(Some(503)),
        Just(Some(404)),
        Just(None)
    ];
    prop_oneof![
        6 => webhook.clone().prop_map(Step::Rotate),
        2 => (0..10_000_i64).prop_map(Step::Advance),
        2 => (0..3 * 60 * 60 * 1000_i64).prop_map(Step::Advance),
        1 => (DAY - 1..=DAY + 1).prop_map(Step::Advance),
        3 => (-1..=1_i64).prop_map(Step::AdvanceToExpiry),
        3 => Just(Step::Publish),
        2 => webhook.clone().prop_map(Step::Test),
        6 => statuses.prop_map(Step::Deliver),
        1 => Just(Step::Crash),
        1 => Just(Step::Restart),
        1 => Just(Step::Deliver(Some(410))),
        1 => webhook.clone().prop_map(Step::DisableUnderWay),
        1 => (webhook, any::<bool>()).prop_map(|(webhook, on)| Step::SetEnabled(webhook, on)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn every_secret_verifies_in_its_life_and_never_after(
        steps in prop::collection::vec(step(), 1..80)
    ) {
        let mut model = Model::new();
        for step in &steps {
            model.take(step);
        }
        model.finish();
    }
}
