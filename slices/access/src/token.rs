//! An API token: lets a program act in a person's name, with no more than that person's role.

use kernel::{Actor, Id, Problem, Result, Role};
use speech::{say, word};

use crate::{
    PersonId,
    secret::{self, Hash},
    session::MINUTE,
};

/// The id of a token; not the token itself.
pub type TokenId = Id<TokenKind>;

/// Marks ids of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TokenKind;

impl kernel::Kind for TokenKind {
    const PREFIX: &'static str = "tok";
    const NOUN: &'static str = "a token";
}

/// Every token begins so, which lets scanners of files and logs find leaked ones.
pub const PREFIX: &str = "mst_";
/// How many days a token lasts when nobody says.
pub const DAYS: i64 = 90;
/// How many days a token may last at most.
pub const MOST_DAYS: i64 = 365;

const DAY: i64 = 24 * 60 * MINUTE;
const CHECK_LETTERS: usize = 6;

/// A token as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its id.
    pub id: TokenId,
    /// What it is for, in the words of whoever made it.
    pub name: String,
    /// In whose name it acts.
    pub person: PersonId,
    /// The most it may do.
    pub role: Role,
    /// When it was made, in microseconds UTC.
    pub created: i64,
    /// When it runs out.
    pub expires: i64,
    /// When it was last used, to the minute.
    pub used: Option<i64>,
    /// When it was revoked.
    pub revoked: Option<i64>,
}

/// Whoever sent a token that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bearer {
    /// Which token.
    pub token: TokenId,
    /// In whose name it acts and how much it may do.
    pub actor: Actor,
    /// It is time to call `touch_token`.
    pub touch_due: bool,
}

/// Makes a token of chance: the letters at its end let a mistyped one be told without a look into the database.
pub fn mint(chance: &str) -> String {
    format!("{PREFIX}{chance}{}", check(chance))
}

/// Whether a text may be a token at all.
pub fn is_well_formed(text: &str) -> bool {
    text.strip_prefix(PREFIX)
        .and_then(|body| body.split_at_checked(body.len().saturating_sub(CHECK_LETTERS)))
        .is_some_and(|(chance, mark)| mark == check(chance))
}

fn check(chance: &str) -> String {
    let mut letters = secret::letters(&secret::digest("check", chance));
    letters.truncate(CHECK_LETTERS);
    letters
}

/// What is stored of a token.
pub fn hash(token: &str) -> Hash {
    secret::digest("token", token)
}

/// Whether it still holds.
pub fn holds(expires: i64, revoked: Option<i64>, now: i64) -> bool {
    revoked.is_none() && now < expires
}

/// When a token made now for so many days runs out.
///
/// # Errors
/// `access.token_days`.
pub fn expiry(now: i64, days: Option<i64>) -> Result<i64> {
    match days.unwrap_or(DAYS) {
        days if (1..=MOST_DAYS).contains(&days) => Ok(now.saturating_add(days * DAY)),
        days => Err(Problem::invalid(
            "days",
            "access.token_days",
            say!("a token lasts 1 to {MOST_DAYS} days, not {days}; leave it out for {DAYS}"),
        )),
    }
}

/// The role of a new token: what was asked for, never more than its person's.
///
/// # Errors
/// `access.token_role`.
pub fn role(asked: Option<Role>, person: Role) -> Result<Role> {
    match asked.unwrap_or(person) {
        role if role <= person => Ok(role),
        role => Err(Problem::forbidden(
            "access.token_role",
            say!(
                "a token cannot be {} while its person is {}; ask for that role or a lesser one",
                word!(role.as_str()),
                word!(person.as_str())
            ),
        )),
    }
}

/// There is no such token, or none that the caller may see.
pub fn unknown() -> Problem {
    Problem::not_found(
        "access.no_token",
        say!("you have no such token; `mainstay tokens` lists yours with their ids"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_tells_its_own_typing_errors() {
        let token = mint(&secret::fresh().unwrap());
        assert!(is_well_formed(&token));
        assert!(!is_well_formed(&token.to_uppercase()));
        assert!(!is_well_formed(&token[..token.len() - 1]));
        assert!(!is_well_formed("mst_"));
        assert!(!is_well_formed(""));
        assert!(!is_well_formed("mst_äöüäöü"));
    }

    #[test]
    fn a_token_is_never_more_than_its_person() {
        assert_eq!(role(None, Role::Member).unwrap(), Role::Member);
        assert_eq!(role(Some(Role::Reader), Role::Member).unwrap(), Role::Reader);
        assert_eq!(role(Some(Role::Owner), Role::Member).unwrap_err().code, "access.token_role");
    }

    #[test]
    fn a_token_lasts_ninety_days_unless_told_and_a_year_at_most() {
        assert_eq!(expiry(0, None).unwrap(), 90 * DAY);
        assert_eq!(expiry(0, Some(MOST_DAYS)).unwrap(), MOST_DAYS * DAY);
        for days in [0, -1, MOST_DAYS + 1] {
            assert_eq!(expiry(0, Some(days)).unwrap_err().code, "access.token_days");
        }
        assert!(holds(10, None, 9) && !holds(10, None, 10) && !holds(10, Some(3), 4));
    }
}
