//! The figures of a book of contracts: what runs and recurs, what ended and was lost, and what sources say of leaving.

mod adding;

pub use self::adding::{Adding, Counted};

use kernel::Currency;
use schemars::JsonSchema;
use serde::Serialize;
use speech::{say, word};

/// The figures of a book of contracts on a day.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Figures {
    /// The day.
    pub day: String,
    /// Contracts and subscriptions begun by then; a term that went on as another one counts once.
    pub contracts: i64,
    /// Of which run on that day.
    pub running: i64,
    /// Of which ended by then.
    pub ended: i64,
    /// The ended ones in percent of all.
    pub ended_share: String,
    /// Accounts with at least one contract.
    pub accounts: i64,
    /// Accounts of which at least one runs.
    pub running_accounts: i64,
    /// By term.
    pub terms: Vec<Part>,
    /// By service line.
    pub lines: Vec<Part>,
    /// Money, one entry per currency; currencies are never added.
    pub money: Vec<MoneyFigures>,
    /// How long they have lasted.
    pub tenure: Tenure,
    /// Trials, and who paid after one.
    pub trials: Trials,
    /// What tells of leaving, and where it disagrees.
    pub leaving: LeavingFigures,
    /// Use that is told of, and where no contract holds under which it could be.
    pub usage: UsageFigures,
}

/// A part of the contracts.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Part {
    /// Which: "open ended", "fixed, 12 months"; or the name of the service line.
    pub name: String,
    /// How many.
    pub contracts: i64,
    /// Of which run.
    pub running: i64,
    /// Of which ended.
    pub ended: i64,
    /// The ended ones in percent of them.
    pub ended_share: String,
}

/// Figures in one currency, in major units.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct MoneyFigures {
    /// The currency.
    pub currency: Currency,
    /// What recurs in a month on that day; trials and pauses count nothing.
    pub recurring: String,
    /// What recurred in a month when they ended, of those that ended by then.
    pub lost: String,
    /// That in percent of both.
    pub lost_share: String,
    /// What was billed up to now, where a source says.
    pub billed: String,
    /// Of so many contracts.
    pub billed_contracts: i64,
    /// The ten accounts with the most that recurs.
    pub top_accounts: Vec<TopAccount>,
}

/// An account among the first.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct TopAccount {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What recurs in a month.
    pub recurring: String,
}

/// How long contracts have lasted, in whole months.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Tenure {
    /// The median of those that run.
    pub running_median: String,
    /// The median of those that ended.
    pub ended_median: String,
    /// The months that were asked for.
    pub months: i64,
    /// Contracts with a fixed term that lasted longer than that, ended ones included.
    pub fixed_longer: i64,
    /// Open-ended contracts that lasted longer than that, ended ones included.
    pub open_ended_longer: i64,
}

/// Trials, and who paid after one.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Trials {
    /// Accounts that ever had a trial.
    pub accounts: i64,
    /// Of which something paid began on or after the day of the first trial.
    pub paid_after: i64,
}

/// What tells of leaving. The three kinds of evidence are counted apart, and where they disagree is shown: none of them
/// is taken for the others.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct LeavingFigures {
    /// Accounts that a source marks as having left.
    pub flagged: i64,
    /// Accounts of which a source tells that they left on a day.
    pub told: i64,
    /// Accounts of which a contract ended without another taking its place.
    pub ended: i64,
    /// Accounts of which all three hold.
    pub all_three: i64,
    /// Accounts that are marked as having left and have a contract that runs.
    pub flagged_and_running: i64,
    /// Of those that a contract of ended, accounts that still have one that runs.
    pub ended_and_running: i64,
    /// Why they left, in the words of the sources, the most frequent first.
    pub reasons: Vec<Reason>,
    /// What was given back on leaving.
    pub refunds: Vec<RefundFigure>,
}

/// Use of what accounts with a contract have, by what their contracts on the same line say. Which contract a use was under
/// is not told here; the quality of an import knows where its file names one.
#[derive(Clone, Copy, Debug, Default, Serialize, JsonSchema)]
pub struct UsageFigures {
    /// Uses told of, up to that day.
    pub told: i64,
    /// Of which before the first of their contracts began.
    pub before: i64,
    /// Of how many accounts.
    pub before_accounts: i64,
    /// Of which later, on days on which none of their contracts held.
    pub without: i64,
    /// Of how many accounts.
    pub without_accounts: i64,
}

/// A reason and how often it was told.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Reason {
    /// In the words of the sources.
    pub reason: String,
    /// How often.
    pub count: i64,
}

/// What was given back in one currency.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RefundFigure {
    /// The currency.
    pub currency: Currency,
    /// How often.
    pub count: i64,
    /// In major units.
    pub amount: String,
}

/// `open ended`, `fixed, 12 months`.
fn term_name(kind: &str, months: i64) -> String {
    let kind = word!(kind.replace('_', " "));
    match months {
        0 => kind,
        months => say!("{kind}, {n} months" | "{kind}, {n} months" % months),
    }
}
