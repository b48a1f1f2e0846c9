//! What kind of party an account is, and how parties hang together.

use kernel::{Day, Problem, Result};
use speech::say;

/// What kind of party an account is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartyKind {
    /// A human being.
    Person,
    /// A firm, an authority, an association.
    Organization,
    /// People who live and pay together: a group, never a merge of them.
    Household,
    /// A part of our own house that is served like anybody else.
    Department,
}

impl PartyKind {
    /// All of them.
    pub const ALL: [PartyKind; 4] =
        [PartyKind::Person, PartyKind::Organization, PartyKind::Household, PartyKind::Department];

    /// The kind of that word.
    pub fn parse(word: &str) -> Option<PartyKind> {
        PartyKind::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// The word.
    pub fn as_str(self) -> &'static str {
        match self {
            PartyKind::Person => "person",
            PartyKind::Organization => "organization",
            PartyKind::Household => "household",
            PartyKind::Department => "department",
        }
    }
}

/// How one account hangs on another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkKind {
    /// A person of that household.
    MemberOf,
    /// A department of that organization, or of our house.
    DepartmentOf,
    /// A customer of that client of ours: the second tier.
    CustomerOf,
}

impl LinkKind {
    /// All of them.
    pub const ALL: [LinkKind; 3] = [LinkKind::MemberOf, LinkKind::DepartmentOf, LinkKind::CustomerOf];

    /// The kind of that word.
    pub fn parse(word: &str) -> Option<LinkKind> {
        LinkKind::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// The word: what the account is of the other.
    pub fn as_str(self) -> &'static str {
        match self {
            LinkKind::MemberOf => "member_of",
            LinkKind::DepartmentOf => "department_of",
            LinkKind::CustomerOf => "customer_of",
        }
    }

    /// What the other is of the account.
    pub fn reverse(self) -> &'static str {
        match self {
            LinkKind::MemberOf => "has_member",
            LinkKind::DepartmentOf => "has_department",
            LinkKind::CustomerOf => "has_customer",
        }
    }
}

/// The kind of party of that word; none for a blank one.
///
/// # Errors
/// `accounts.kind`.
pub fn kind(word: &str) -> Result<Option<PartyKind>> {
    let word = word.trim();
    if word.is_empty() {
        return Ok(None);
    }
    PartyKind::parse(word).map(Some).ok_or_else(|| {
        let known = PartyKind::ALL.map(PartyKind::as_str).join(", ");
        let text = say!("{word:?} is no kind of party; known are {known}, or leave it blank");
        Problem::invalid("kind", "accounts.kind", text)
    })
}

/// Since when, as a day; blank where nobody says.
///
/// # Errors
/// `accounts.since`.
pub fn since(text: &str) -> Result<String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(String::new());
    }
    let day = Day::parse(text).map_err(|_| {
        let text = say!("{text:?} is not a date; write since when as 2025-03-04, or leave it blank");
        Problem::invalid("since", "accounts.since", text)
    })?;
    Ok(day.to_string())
}
