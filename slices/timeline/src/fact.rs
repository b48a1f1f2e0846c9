//! The closed vocabulary of facts (policy.md §3): what can have happened between us and a party.
//!
//! A fact is dated, sourced and never edited. Slices write facts, the judgement reads them; neither knows the
//! other. Amounts are ten-thousandths of the major unit of [`Entry::currency`]; days are days of the business.

mod contact;
mod contract;
mod encoding;
mod place;
mod purchase;
mod voice;
mod words;

pub use self::{
    contact::{Assignment, Contact, Goal, Note, Rhythm},
    contract::{Contract, ContractEnd},
    place::{OtherLine, RecordKept, SpendRank, Stage},
    purchase::{Purchase, Refund, Work},
    voice::{Basis, Feedback, Interest, Preference, Usage, Wallet},
    words::{
        AssignmentRole, Channel, Custom, Dealing, EndReason, Form, Hand, Offer, Promised, RefundReason,
        Register, Side, WalletSource, Wish,
    },
};

use kernel::{Currency, Id, Moment};
use serde::{Deserialize, Serialize};

use crate::{AccountId, LineId};

/// The id of a fact; facts of one moment are read in the order of their ids.
pub type FactId = Id<FactKind>;

/// Marks ids of facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FactKind;

impl kernel::Kind for FactKind {
    const PREFIX: &'static str = "fact";
    const NOUN: &'static str = "a fact";
}

/// A fact as it stands in the timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its id.
    pub id: FactId,
    /// Whom it is about.
    pub account: AccountId,
    /// On which service line; 0 for the account as a whole.
    pub line: LineId,
    /// When it happened.
    pub occurred: Moment,
    /// When the house learnt it, in microseconds UTC.
    pub recorded_at: i64,
    /// The currency of its amounts, where it has any.
    pub currency: Option<Currency>,
    /// The row of the import it came from.
    pub source: Option<SourceRow>,
    /// What happened.
    pub fact: Fact,
}

/// Marks ids of imports. The noun lives in `imports`; the id lives here because facts carry it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ImportKind;

impl kernel::Kind for ImportKind {
    const PREFIX: &'static str = "imp";
    const NOUN: &'static str = "an import run";
}

/// A row of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourceRow {
    /// The import run.
    pub run: i64,
    /// The record in the file, the first after the header being 1.
    pub row: i64,
}

/// What happened. The variants and their fields are those of policy.md §3.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Fact {
    /// They ordered.
    Order(Purchase),
    /// We billed.
    Invoice(Purchase),
    /// They paid.
    Payment(Purchase),
    /// We gave money back, or cancelled.
    Refund(Refund),
    /// Time spent for them, billed or not.
    Work(Work),
    /// A contract was signed.
    Contract(Contract),
    /// A contract ended, on the day it ends.
    ContractEnd(ContractEnd),
    /// We talked or wrote.
    Conversation(Contact),
    /// We met.
    Meeting(Contact),
    /// A person of ours was assigned to them.
    Assignment(Assignment),
    /// They used what they have.
    Usage(Usage),
    /// They told us what they think.
    Feedback(Feedback),
    /// They recommended us.
    Referral,
    /// They learnt with us.
    Training,
    /// They told us a goal.
    Goal(Goal),
    /// They showed interest.
    Interest(Interest),
    /// A step of a sale.
    Stage(Stage),
    /// Why they chose us.
    Basis(Basis),
    /// How much of their need we meet.
    Wallet(Wallet),
    /// Their rank of net spend in the base, permille.
    SpendRank(SpendRank),
    /// A rhythm of contact was agreed.
    Rhythm(Rhythm),
    /// What they want of us.
    Preference(Preference),
    /// They deal with us on another line too.
    OtherLine(OtherLine),
    /// From now on, what is not in this register did not happen.
    RecordKept(RecordKept),
    /// Something worth knowing, in words; it counts for nothing.
    Note(Note),
}

impl Fact {
    /// The word of its kind, as in policy.md §3.
    pub fn kind(&self) -> &'static str {
        match self {
            Fact::Order(_) => "order",
            Fact::Invoice(_) => "invoice",
            Fact::Payment(_) => "payment",
            Fact::Refund(_) => "refund",
            Fact::Work(_) => "work",
            Fact::Contract(_) => "contract",
            Fact::ContractEnd(_) => "contract_end",
            Fact::Conversation(_) => "conversation",
            Fact::Meeting(_) => "meeting",
            Fact::Assignment(_) => "assignment",
            Fact::Usage(_) => "usage",
            Fact::Feedback(_) => "feedback",
            Fact::Referral => "referral",
            Fact::Training => "training",
            Fact::Goal(_) => "goal",
            Fact::Interest(_) => "interest",
            Fact::Stage(_) => "stage",
            Fact::Basis(_) => "basis",
            Fact::Wallet(_) => "wallet",
            Fact::SpendRank(_) => "spend_rank",
            Fact::Rhythm(_) => "rhythm",
            Fact::Preference(_) => "preference",
            Fact::OtherLine(_) => "other_line",
            Fact::RecordKept(_) => "record_kept",
            Fact::Note(_) => "note",
        }
    }

    /// Its amount, in ten-thousandths of the major unit, where its kind has one.
    pub fn amount(&self) -> Option<i64> {
        match self {
            Fact::Order(purchase) | Fact::Invoice(purchase) | Fact::Payment(purchase) => {
                Some(purchase.amount)
            }
            Fact::Refund(refund) => Some(refund.amount),
            _ => None,
        }
    }

    /// The fact it refers to: what a payment settles, what a refund gives back, which contract ended.
    pub fn about(&self) -> Option<FactId> {
        match self {
            Fact::Order(purchase) | Fact::Invoice(purchase) | Fact::Payment(purchase) => purchase.of,
            Fact::Refund(refund) => refund.of,
            Fact::ContractEnd(end) => Some(end.contract),
            _ => None,
        }
    }

    /// Itself, referring to another fact, where its kind can.
    #[must_use]
    pub fn with_about(mut self, about: Option<FactId>) -> Fact {
        match &mut self {
            Fact::Order(purchase) | Fact::Invoice(purchase) | Fact::Payment(purchase) => purchase.of = about,
            Fact::Refund(refund) => refund.of = about,
            Fact::ContractEnd(end) => end.contract = about.unwrap_or(FactId::new(0)),
            _ => (),
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use kernel::Day;

    use super::*;

    #[test]
    fn a_fact_survives_its_encoding() {
        let order = Fact::Order(Purchase {
            amount: 49_990_000,
            offer: Some(Offer::Goods),
            channel: Some(Channel::Online),
            period_end: Some(Day::parse("2025-03-09").unwrap()),
            of: Some(FactId::new(7)),
            ..Purchase::default()
        });
        let text = serde_json::to_string(&order).unwrap();
        assert_eq!(serde_json::from_str::<Fact>(&text).unwrap(), order);
        assert!(text.starts_with(r#"{"kind":"order","amount":49990000,"offer":"goods""#), "{text}");
    }

    #[test]
    fn a_preference_that_files_tell_is_written_as_it_always_was() {
        let told = Fact::Preference(Preference::wanting(Wish::Transactions));
        let text = serde_json::to_string(&told).unwrap();
        assert_eq!(text, r#"{"kind":"preference","wants":"transactions"}"#);
        let own =
            Fact::Preference(Preference { hand: Hand::Theirs, ..Preference::saying(Dealing::RenewalsOnly) });
        let text = serde_json::to_string(&own).unwrap();
        assert_eq!(serde_json::from_str::<Fact>(&text).unwrap(), own);
        assert!(text.contains(r#""wants":"transactions","says":"renewals_only","hand":"theirs""#), "{text}");
    }

    #[test]
    fn what_they_want_is_read_however_it_is_written() {
        for (text, dealing) in [
            ("No relationship", Dealing::NoRelationship),
            ("renewals-only", Dealing::RenewalsOnly),
            (" transactions", Dealing::JustTransactions),
            ("relationship", Dealing::OpenToAdvice),
        ] {
            assert_eq!(Dealing::read(text), Some(dealing), "{text}");
        }
        assert_eq!(Dealing::read("everything"), None);
        assert!(Dealing::ALL.is_sorted(), "from least contact to most");
    }
}
