//! Why a decision came out as it did: one of a closed list of reasons, each with a sentence.

use kernel::{Currency, Day};
use speech::say;

use crate::{DimensionName, Lean, phrase};

/// By what silence is measured (policy.md §6.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// A contract ended: so long is waited in this trade.
    Contract,
    /// The days on which they bought.
    Rhythm,
    /// They bought on one day only, or their own rhythm is beyond what the trade waits: so long is waited in this trade.
    Trade,
}

/// The reason of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Interest, and nothing bought, signed or worked.
    Interest,
    /// No commitment and no recent interest.
    NothingKnown,
    /// The last contract ended by will and nothing was bought since.
    Left {
        /// The day it ended.
        on: Day,
        /// The latest day since on which they asked again.
        asked: Option<Day>,
    },
    /// Longer silent than their own rhythm allows.
    Silent {
        /// Days of silence.
        days: i64,
        /// Days of silence that are waited for.
        limit: i64,
        /// Whose measure that is.
        by: Measure,
        /// The latest day since on which they asked again.
        asked: Option<Day>,
    },
    /// Amounts in two currencies, which are never added.
    Currencies(Currency, Currency),
    /// Too little of what could be known is known.
    ThinCoverage,
    /// A decisive dimension is unknown and would turn the answer.
    Undecided(DimensionName),
    /// It changed less than the minimum dwell ago.
    HeldByDwell,
    /// The sum of the evidence.
    Score,
    /// A client stays one until the strength of evidence falls to the lower threshold.
    HeldBetween,
}

impl Why {
    /// The reason as `reference.py` writes it.
    pub fn code(&self) -> String {
        match self {
            Why::Interest => "interest, no commitment".into(),
            Why::NothingKnown => "no commitment and no recent interest".into(),
            Why::Left { on, asked } => {
                format!("contract ended {on} by will, nothing bought since{}", asked_again(*asked))
            }
            Why::Silent { days, limit, asked, .. } => {
                format!("silent {days} days, limit {limit}{}", asked_again(*asked))
            }
            Why::Currencies(one, other) => {
                format!("amounts in {one} and {other}, never added across currencies")
            }
            Why::ThinCoverage => "coverage below the minimum".into(),
            Why::Undecided(name) => format!("{name} is unknown and would decide"),
            Why::HeldByDwell => "held: minimum dwell".into(),
            Why::Score => "score".into(),
            Why::HeldBetween => "held: between stop and become".into(),
        }
    }

    /// The reason for a person, as a whole sentence.
    pub fn sentence(&self, lean: Lean) -> String {
        match self {
            Why::Interest => {
                say!("They showed interest; nothing is bought, signed or worked on yet.").into_owned()
            }
            Why::NothingKnown => {
                say!("Nothing bought, nothing signed and no recent interest is on record.").into_owned()
            }
            Why::Left { on, asked } => {
                let again = again(*asked);
                let on = phrase::day(*on);
                say!("The contract ended by will on {on}, and nothing was bought since.{again}")
            }
            Why::Silent { days, limit, by, asked } => {
                let allowed = match by {
                    Measure::Contract => say!("{limit} are waited for after a contract in this trade"),
                    Measure::Rhythm => say!("their own rhythm allows {limit}"),
                    Measure::Trade => say!("this trade waits for {limit}"),
                };
                let again = again(*asked);
                say!(
                    "Silent for {n} day, where {allowed}.{again}"
                        | "Silent for {n} days, where {allowed}.{again}" % *days
                )
            }
            Why::Currencies(one, other) => {
                say!("Amounts are in {one} and {other}, and amounts are never added across currencies.")
            }
            Why::ThinCoverage => say!("Too little is known of what would tell.").into_owned(),
            Why::Undecided(name) => {
                say!("{} is not known, and it would decide.", name.said())
            }
            Why::HeldByDwell => {
                say!("It changed only days ago, and a change is given time before it is turned back.")
                    .into_owned()
            }
            Why::Score if lean == Lean::Client => {
                say!("Evidence of different kinds adds up to a client.").into_owned()
            }
            Why::Score => say!("The evidence adds up to a customer.").into_owned(),
            Why::HeldBetween => {
                say!("A client stays one until the evidence falls to the lower threshold, and it has not.")
                    .into_owned()
            }
        }
    }
}

fn asked_again(asked: Option<Day>) -> String {
    asked.map_or(String::new(), |day| format!("; asked again {day}"))
}

fn again(asked: Option<Day>) -> String {
    asked.map_or(String::new(), |day| say!(" They asked again on {}.", phrase::day(day)))
}
