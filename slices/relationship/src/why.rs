//! Why a decision came out as it did: one of a closed list of reasons, each with a sentence.

use kernel::{Currency, Day};

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
            Why::Interest => "They showed interest; nothing is bought, signed or worked on yet.".into(),
            Why::NothingKnown => "Nothing bought, nothing signed and no recent interest is on record.".into(),
            Why::Left { on, asked } => {
                let again = again(*asked);
                format!(
                    "The contract ended by will on {}, and nothing was bought since.{again}",
                    phrase::day(*on)
                )
            }
            Why::Silent { days, limit, by, asked } => {
                let days = phrase::count(*days, "day", "days");
                let allowed = match by {
                    Measure::Contract => format!("{limit} are waited for after a contract in this trade"),
                    Measure::Rhythm => format!("their own rhythm allows {limit}"),
                    Measure::Trade => format!("this trade waits for {limit}"),
                };
                format!("Silent for {days}, where {allowed}.{}", again(*asked))
            }
            Why::Currencies(one, other) => {
                format!("Amounts are in {one} and {other}, and amounts are never added across currencies.")
            }
            Why::ThinCoverage => "Too little is known of what would tell.".into(),
            Why::Undecided(name) => {
                format!("{} is not known, and it would decide.", name.word())
            }
            Why::HeldByDwell => {
                "It changed only days ago, and a change is given time before it is turned back.".into()
            }
            Why::Score if lean == Lean::Client => "Evidence of different kinds adds up to a client.".into(),
            Why::Score => "The evidence adds up to a customer.".into(),
            Why::HeldBetween => {
                "A client stays one until the evidence falls to the lower threshold, and it has not.".into()
            }
        }
    }
}

fn asked_again(asked: Option<Day>) -> String {
    asked.map_or(String::new(), |day| format!("; asked again {day}"))
}

fn again(asked: Option<Day>) -> String {
    asked.map_or(String::new(), |day| format!(" They asked again on {}.", phrase::day(day)))
}
