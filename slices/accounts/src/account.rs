//! An account: a party we deal with, as the pages and the API call it.

use kernel::{Problem, Result, Version};
use speech::say;
use timeline::{
    AccountId,
    said::{Sheet, blank},
};

use crate::party_kind::PartyKind;

/// A party we deal with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// Its name as written; where a file gave only an id, that id.
    pub name: String,
    /// What kind of party it is, where somebody said.
    pub kind: Option<PartyKind>,
    /// It buys for its own use; says nothing about class.
    pub consumer: bool,
    /// Its country as written; empty where nobody said.
    pub country: String,
    /// Its email address; empty where nobody said.
    pub email: String,
    /// Its telephone number as written; empty where nobody said.
    pub phone: String,
    /// Its website or domain; empty where nobody said.
    pub website: String,
    /// Street and number; empty where nobody said.
    pub street: String,
    /// The postal code, as text; empty where nobody said.
    pub postcode: String,
    /// The town; empty where nobody said.
    pub city: String,
    /// Province, state or county; empty where nobody said.
    pub region: String,
    /// What it is by the rules of the trade (such as "client of a law firm since 2024"), which is not its class; empty
    /// where nobody said.
    pub regulatory: String,
    /// What all of this was when it was read.
    pub version: Version,
}

/// The fields of an account in its table, in their order.
pub const FIELDS: [&str; 12] = [
    "name",
    "country",
    "email",
    "kind",
    "consumer",
    "phone",
    "website",
    "street",
    "postcode",
    "city",
    "region",
    "regulatory",
];

/// The mark of a field that is either said or not.
pub const YES: &str = "1";

impl Account {
    /// The account of these fields.
    pub fn of(id: AccountId, sheet: &Sheet) -> Account {
        let text = |field: &str| blank(sheet, field).to_owned();
        Account {
            id,
            name: text("name"),
            kind: PartyKind::parse(blank(sheet, "kind")),
            consumer: blank(sheet, "consumer") == YES,
            country: text("country"),
            email: text("email"),
            phone: text("phone"),
            website: text("website"),
            street: text("street"),
            postcode: text("postcode"),
            city: text("city"),
            region: text("region"),
            regulatory: text("regulatory"),
            version: version(sheet),
        }
    }
}

/// The version of an account with these fields.
pub fn version(sheet: &Sheet) -> Version {
    Version::of(FIELDS.map(|field| blank(sheet, field)))
}

/// Text in one line, with single blanks and without characters that nobody sees.
pub fn tidied(text: &str) -> String {
    let seen: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A name that can be shown: not blank, not longer than a page is wide.
///
/// # Errors
/// `accounts.name` for a blank name or one of more than 200 letters.
pub fn name(text: &str) -> Result<String> {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return Err(Problem::invalid("name", "accounts.name", say!("an account needs a name; it is blank")));
    }
    if name.chars().any(char::is_control) {
        let text = say!("a name is letters that can be seen; remove the control characters from it");
        return Err(Problem::invalid("name", "accounts.name", text));
    }
    if 200 < name.chars().count() {
        return Err(Problem::invalid(
            "name",
            "accounts.name",
            say!("a name has at most 200 letters; shorten it"),
        ));
    }
    Ok(name)
}

/// What names are sorted and searched by: small letters, single blanks.
pub fn name_key(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_tidied_and_a_blank_one_is_refused() {
        assert_eq!(name("  Rook &  Daughters ").unwrap(), "Rook & Daughters");
        assert_eq!(name(" \t").unwrap_err().code, "accounts.name");
        assert_eq!(name("Rook\u{0}Co").unwrap_err().code, "accounts.name");
        assert_eq!(name("Rook\u{1b}[31m").unwrap_err().code, "accounts.name");
        assert_eq!(name_key("Rook &  DAUGHTERS"), "rook & daughters");
    }
}
