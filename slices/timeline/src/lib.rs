//! What happened and when it was learnt: one append-only list of facts per relationship.

pub mod fact;
pub mod line;

pub use fact::{Entry, Fact, FactId, SourceRow};
pub use line::LineId;

/// The account a fact is about. The noun lives in `accounts`; the id lives here because facts carry it.
pub type AccountId = kernel::Id<AccountKind>;

/// Marks ids of accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AccountKind;

impl kernel::Kind for AccountKind {
    const PREFIX: &'static str = "acc";
    const NOUN: &'static str = "an account";
}
