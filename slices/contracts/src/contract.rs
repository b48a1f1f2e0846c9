//! A contract: what was said of it in versions, and what that comes to.

use kernel::{Day, Id};
use timeline::{AccountId, LineId, fact::EndReason};

use crate::{
    agreement::Agreement,
    period::months_between,
    words::{Kind, Renewal, TermType},
};

/// The id of a contract.
pub type ContractId = Id<ContractKind>;

/// Marks ids of contracts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ContractKind;

impl kernel::Kind for ContractKind {
    const PREFIX: &'static str = "con";
    const NOUN: &'static str = "a contract";
}

/// Before every day.
pub const ALWAYS: Day = Day(i32::MIN);
/// After every day.
pub const NEVER: Day = Day(i32::MAX);

/// A contract or subscription.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contract {
    /// Its id; 0 before it is written.
    pub id: ContractId,
    /// Whose it is; below zero for an account that would be new.
    pub account: AccountId,
    /// The service line.
    pub line: LineId,
    /// Its number or key there.
    pub key: String,
    /// What kind of agreement it is.
    pub kind: Kind,
    /// The contract whose term it goes on from; 0 for none.
    pub previous: ContractId,
    /// The facts it told: contract, end, what was paid; 0 for none.
    pub facts: [i64; 3],
    /// Up to this day its billing cycles are told.
    pub counted: Day,
    /// What was said of it, in the order in which it was recorded.
    pub versions: Vec<Version>,
    /// The import that brought it first; 0 by hand.
    pub run: i64,
}

/// What was said at one time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// From which day on it holds; absent for what holds from the beginning.
    pub effective: Option<Day>,
    /// Why it was changed; empty for the first and for those of files.
    pub reason: String,
    /// What was said.
    pub said: Agreement,
    /// Who wrote it down.
    pub by: i64,
    /// When, in microseconds UTC.
    pub at: i64,
    /// The import that said it; 0 by hand.
    pub run: i64,
    /// The record in its file.
    pub row: i64,
}

impl Contract {
    /// The versions in the order in which they take effect.
    fn ordered(&self) -> Vec<&Version> {
        let mut versions: Vec<_> = self.versions.iter().collect();
        versions.sort_by_key(|version| version.effective.unwrap_or(ALWAYS));
        versions
    }

    /// All that is agreed, what takes effect later included.
    pub fn terms(&self) -> Agreement {
        self.terms_on(NEVER)
    }

    /// What is agreed for a day.
    pub fn terms_on(&self, day: Day) -> Agreement {
        let mut terms = Agreement::default();
        let said = self.ordered().into_iter().filter(|version| version.effective.unwrap_or(ALWAYS) <= day);
        said.for_each(|version| terms.over(&version.said));
        terms
    }

    /// The days on which other terms take effect, in their order.
    pub fn turns(&self) -> Vec<Day> {
        let mut turns: Vec<Day> = self.versions.iter().filter_map(|version| version.effective).collect();
        turns.sort_unstable();
        turns.dedup();
        turns
    }
}

/// What an agreement says of its term, with what follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// Fixed or open-ended.
    pub kind: TermType,
    /// The first day.
    pub start: Day,
    /// The first day after the term; [`NEVER`] where none is stated.
    pub until: Day,
    /// The first day on which it no longer holds, whatever ended it; [`NEVER`] while nothing does.
    pub ended: Day,
    /// Why it ended, where somebody said.
    pub reason: Option<EndReason>,
    /// The months they have committed to; 0 for open-ended, and for a term that is not counted in months.
    pub months: i32,
}

impl Term {
    /// The term of an agreement.
    pub fn of(terms: &Agreement) -> Term {
        let start = terms.start.or(terms.signed).map_or(ALWAYS, |on| on.0);
        let until = terms.last_day.map_or(NEVER, |on| on.0.plus(1));
        let stated = terms.last_day.is_some() || terms.length.is_some();
        let kind = terms.term.unwrap_or(if stated { TermType::Fixed } else { TermType::OpenEnded });
        let by_itself = match (kind, terms.renewal) {
            (TermType::OpenEnded, _) | (_, Some(Renewal::Auto)) => NEVER,
            (TermType::Fixed, _) => until,
        };
        let told = terms.ended.map_or(NEVER, crate::Ended::day);
        Term {
            kind,
            start,
            until,
            ended: told.min(by_itself),
            reason: terms.ended.filter(|_| told <= by_itself).and_then(|ended| ended.reason),
            months: match kind {
                TermType::OpenEnded => 0,
                TermType::Fixed => terms
                    .length
                    .and_then(|length| length.months())
                    .unwrap_or_else(|| if until == NEVER { 0 } else { months_between(start, until) }),
            },
        }
    }

    /// Whether it holds on a day.
    pub fn holds(&self, day: Day) -> bool {
        self.start <= day && day < self.ended
    }
}
