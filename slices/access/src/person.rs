//! A person of ours: somebody who works with Mainstay, with a role and the time they were with us.

use kernel::{Actor, Id, Problem, Result, Role};
use speech::say;

/// The id of a person.
pub type PersonId = Id<PersonKind>;

/// Marks ids of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PersonKind;

impl kernel::Kind for PersonKind {
    const PREFIX: &'static str = "per";
    const NOUN: &'static str = "a person";
}

/// The name of the first owner until somebody writes a better one.
pub const FIRST_OWNER: &str = "Owner";

/// Longest name and longest email address, in characters.
pub const LONGEST: usize = 200;

/// A person of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Their id.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// Their email address, in small letters.
    pub email: Option<String>,
    /// What they may do.
    pub role: Role,
    /// When they were added, in microseconds UTC.
    pub since: i64,
    /// When they left; nothing while they are with us.
    pub left: Option<i64>,
    /// When they last signed in; nothing for somebody who never did.
    pub signed_in: Option<i64>,
}

impl Person {
    /// They are with us.
    pub fn is_active(&self) -> bool {
        self.left.is_none()
    }

    /// They as the caller of something.
    pub fn actor(&self) -> Actor {
        Actor::User { id: self.id.0, role: self.role }
    }
}

/// Why something cannot be done with a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nobody else could manage people afterwards.
    LastOwner,
    /// They are no longer with us.
    Left,
    /// There is no such person.
    Unknown,
    /// Somebody with us has that email address.
    EmailTaken,
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        match refusal {
            Refusal::LastOwner => Problem::conflict(
                "access.last_owner",
                say!(
                    "this person is the last owner, and nobody could manage people afterwards; make somebody else an owner first"
                ),
            ),
            Refusal::Left => Problem::conflict(
                "access.left",
                say!("this person has left and cannot be changed any more; add them anew if they are back"),
            ),
            Refusal::Unknown => Problem::not_found(
                "access.no_person",
                say!("there is no such person; `mainstay people` lists them with their ids"),
            ),
            Refusal::EmailTaken => Problem::conflict(
                "access.email_taken",
                say!("somebody with us has this email address already; `mainstay people` shows who"),
            ),
        }
    }
}

/// Reads a name.
///
/// # Errors
/// `access.name` for a blank or endless one.
pub fn name(text: &str) -> Result<String> {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || LONGEST < name.chars().count() {
        return Err(Problem::invalid(
            "name",
            "access.name",
            match name.is_empty() {
                true => say!("a name has 1 to {LONGEST} characters; this one is blank"),
                false => say!("a name has 1 to {LONGEST} characters; this one is longer"),
            },
        ));
    }
    Ok(name)
}

/// Reads an email address; blank is none.
///
/// # Errors
/// `access.email` for something that cannot be one.
pub fn email(text: &str) -> Result<Option<String>> {
    let email = text.trim().to_lowercase();
    if email.is_empty() {
        return Ok(None);
    }
    let plausible = email.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty()
            && domain.contains('.')
            && !domain.contains('@')
            && !domain.starts_with('.')
            && !domain.ends_with('.')
    });
    if !plausible
        || LONGEST < email.chars().count()
        || email.contains(|c: char| c.is_whitespace() || c.is_control())
    {
        return Err(Problem::invalid(
            "email",
            "access.email",
            say!(
                "{text:?} is not an email address; write one such as maren@osterlund.example, or leave it out"
            ),
        ));
    }
    Ok(Some(email))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_tidied_and_a_blank_one_refused() {
        assert_eq!(name("  Maren \t Osterlund ").unwrap(), "Maren Osterlund");
        assert_eq!(name(" ").unwrap_err().code, "access.name");
        assert_eq!(name(&"x".repeat(LONGEST)).unwrap().len(), LONGEST);
        assert!(name(&"x".repeat(LONGEST + 1)).is_err());
    }

    #[test]
    fn an_email_is_read_in_small_letters_and_nonsense_is_refused() {
        assert_eq!(email(" Maren@Osterlund.example ").unwrap().as_deref(), Some("maren@osterlund.example"));
        assert_eq!(email("").unwrap(), None);
        for wrong in ["maren", "@x.example", "a@b", "a@b@c.example", "a b@c.example", "a@.example", "a@c."] {
            assert_eq!(email(wrong).unwrap_err().code, "access.email", "{wrong}");
        }
    }
}
