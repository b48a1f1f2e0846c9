//! An account: a party we deal with, as the pages and the API call it.

use kernel::{Problem, Result};
use timeline::AccountId;

/// A party we deal with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// Its name as written; where a file gave only an id, that id.
    pub name: String,
    /// Its country as written; empty where nobody said.
    pub country: String,
    /// Its email address; empty where nobody said.
    pub email: String,
}

/// A name that can be shown: not blank, not longer than a page is wide.
///
/// # Errors
/// `accounts.name` for a blank name or one of more than 200 letters.
pub fn name(text: &str) -> Result<String> {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return Err(Problem::invalid("name", "accounts.name", "an account needs a name; it is blank"));
    }
    if name.chars().any(char::is_control) {
        let text = "a name is letters that can be seen; remove the control characters from it";
        return Err(Problem::invalid("name", "accounts.name", text));
    }
    if 200 < name.chars().count() {
        return Err(Problem::invalid("name", "accounts.name", "a name has at most 200 letters; shorten it"));
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
