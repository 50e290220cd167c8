//! What an answer means, and when to try again.

use std::fmt::Display;
use std::time::Duration;

use http::StatusCode;

use crate::clock::Timestamp;
use crate::egress::{Answer, SendError};
use crate::store::Outcome;

/// The longest wait before the second attempt. Each wait after that may be four times as long, which
/// makes less than an hour for all attempts.
const FIRST_WAIT: Duration = Duration::from_secs(10);

/// The longest wait that a receiver gets to ask for with `Retry-After`. Five of them are well within
/// the 24 hours for which receivers remember event ids.
const LONGEST_WAIT: Duration = Duration::from_secs(60 * 60);

/// How an attempt ended, and what to remember of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// What is to be done.
    pub outcome: Outcome,
    /// The status that the receiver answered.
    pub response_status: Option<u16>,
    /// Why it is not a success.
    pub error: Option<String>,
}

impl Verdict {
    /// An attempt that got no answer, for this reason.
    pub(super) fn without_answer(outcome: Outcome, reason: &dyn Display) -> Self {
        Self {
            outcome,
            response_status: None,
            error: Some(reason.to_string()),
        }
    }
}

/// Decides what an answer, or none, at this time means for a delivery after this many attempts.
pub fn judge(now: Timestamp, attempt: u32, answer: Result<Answer, SendError>) -> Verdict {
    let retry = |after| Outcome::Retry {
        at: retry_at(now, attempt, after),
    };
    let answer = match answer {
        Ok(answer) => answer,
        Err(error @ SendError::Refused(_)) => {
            return Verdict::without_answer(Outcome::Failed, &error);
        }
        Err(error) => return Verdict::without_answer(retry(None), &error),
    };
    let status = answer.status;
    let outcome = match status {
        _ if status.is_success() => Outcome::Succeeded,
        StatusCode::GONE => Outcome::Gone,
        StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_EARLY | StatusCode::TOO_MANY_REQUESTS => {
            retry(answer.retry_after)
        }
        _ if status.is_server_error() => retry(answer.retry_after),
        _ => Outcome::Failed,
    };
    let error = match outcome {
        Outcome::Succeeded => None,
        _ => Some(format!("the receiver answered {status}")),
    };
    Verdict {
        outcome,
        response_status: Some(status.as_u16()),
        error,
    }
}

/// When to try again after this many attempts, which the receiver may put off for a while.
pub(super) fn retry_at(now: Timestamp, attempt: u32, after: Option<Duration>) -> Timestamp {
    let wait = backoff(attempt, fastrand::f64());
    now.plus(wait.max(after.unwrap_or_default().min(LONGEST_WAIT)))
}

/// The wait after this many attempts, for a number from 0 to 1 by chance: from half of the longest
/// to all of it, so that deliveries that failed together do not come again together.
fn backoff(attempt: u32, chance: f64) -> Duration {
    let longest = FIRST_WAIT.saturating_mul(4_u32.saturating_pow(attempt.saturating_sub(1)));
    longest.mul_f64(0.5 + chance / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::egress::{Policy, check_url};
    use crate::store::MAX_ATTEMPTS;

    const NOW: Timestamp = Timestamp::from_unix_millis(1_000_000);

    fn outcome(status: u16, retry_after: Option<u64>) -> Outcome {
        let answer = Answer {
            status: StatusCode::from_u16(status).expect("it is a status"),
            retry_after: retry_after.map(Duration::from_secs),
        };
        judge(NOW, 1, Ok(answer)).outcome
    }

    /// The seconds until the next attempt.
    fn wait(outcome: Outcome) -> f64 {
        match outcome {
            Outcome::Retry { at } => (at.unix_millis() - NOW.unix_millis()) as f64 / 1000.0,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn only_what_may_pass_is_tried_again() {
        for status in [200, 201, 204, 299] {
            assert_eq!(outcome(status, None), Outcome::Succeeded, "{status}");
        }
        for status in [100, 301, 302, 307, 304, 400, 401, 403, 404, 409, 422] {
            assert_eq!(outcome(status, Some(1)), Outcome::Failed, "{status}");
        }
        assert_eq!(outcome(410, None), Outcome::Gone);
        for status in [408, 425, 429, 500, 502, 503, 504, 599] {
            let wait = wait(outcome(status, None));
            assert!((5.0..=10.0).contains(&wait), "{status}: {wait}");
        }
        let verdict = judge(NOW, 1, Err(SendError::Timeout));
        assert!(wait(verdict.outcome) >= 5.0);
        let error = verdict.error.as_deref();
        assert_eq!(error, Some("there was no answer in time"));
        let refused = check_url("https://127.0.0.1/", &Policy::default());
        let refused = refused.expect_err("it is this machine");
        let verdict = judge(NOW, 1, Err(refused.into()));
        assert_eq!(verdict.outcome, Outcome::Failed);
    }

    #[test]
    fn a_receiver_may_put_off_but_not_for_ever() {
        assert_eq!(wait(outcome(503, Some(120))), 120.0);
        assert_eq!(wait(outcome(503, Some(1_000_000))), 3600.0);
        assert!(wait(outcome(503, Some(0))) >= 5.0);
    }

    #[test]
    fn waits_grow_and_fit_into_the_memory_of_receivers() {
        let longest = |attempt| backoff(attempt, 1.0).as_secs();
        let waits: Vec<_> = (1..MAX_ATTEMPTS).map(longest).collect();
        assert_eq!(waits, [10, 40, 160, 640, 2560]);
        assert_eq!(backoff(3, 0.0).as_secs(), 80);
        let all = LONGEST_WAIT * (MAX_ATTEMPTS - 1);
        assert!(all < Duration::from_secs(24 * 60 * 60) / 2);
    }
}
