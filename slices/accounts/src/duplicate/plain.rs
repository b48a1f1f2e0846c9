//! Names and addresses as they are compared: without accents, marks, legal forms and the order of words.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Words that say what kind of firm it is, not which; a name keeps its first word whatever it is.
const LEGAL_FORMS: [&str; 44] = [
    "ab",
    "ag",
    "as",
    "asa",
    "aps",
    "bv",
    "co",
    "company",
    "corp",
    "corporation",
    "doo",
    "gmbh",
    "gmbhco",
    "inc",
    "incorporated",
    "kft",
    "kg",
    "kgaa",
    "limited",
    "llc",
    "llp",
    "lp",
    "ltd",
    "ltda",
    "nv",
    "oy",
    "oyj",
    "plc",
    "pte",
    "pty",
    "pvt",
    "sa",
    "sarl",
    "sas",
    "se",
    "sl",
    "snc",
    "spa",
    "sro",
    "srl",
    "spzoo",
    "ug",
    "and",
    "the",
];

/// Where anybody may have a mailbox, so that sharing it tells nothing.
const PUBLIC: [&str; 20] = [
    "aol.com",
    "btinternet.com",
    "free.fr",
    "gmail.com",
    "gmx.de",
    "gmx.net",
    "googlemail.com",
    "hotmail.com",
    "hotmail.co.uk",
    "icloud.com",
    "live.com",
    "mail.ru",
    "me.com",
    "msn.com",
    "orange.fr",
    "outlook.com",
    "proton.me",
    "web.de",
    "yahoo.com",
    "yahoo.co.uk",
];

/// A name as it is compared: small letters without accents, words without marks in the order of the alphabet, without
/// legal forms.
pub fn spelled(name: &str) -> String {
    let bare: String = name.nfkd().filter(|c| !is_combining_mark(*c)).collect::<String>().to_lowercase();
    let words = bare.split(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '\'' | '’')));
    let words = words.map(|word| word.chars().filter(|c| c.is_alphanumeric()).collect::<String>());
    let words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
    let mut kept: Vec<String> = words
        .iter()
        .enumerate()
        .filter(|(n, word)| !LEGAL_FORMS.contains(&word.as_str()) || (*n == 0 && words.len() == 1))
        .map(|(_, word)| word.clone())
        .collect();
    if kept.is_empty() {
        kept = words;
    }
    kept.sort_unstable();
    kept.join(" ")
}

/// An email address as it is compared: small letters; nothing for what is none.
pub fn mailbox(email: &str) -> String {
    let bare = email.trim().to_lowercase();
    let is_address =
        bare.split_once('@').is_some_and(|(name, house)| !name.is_empty() && house.contains('.'));
    if is_address { bare } else { String::new() }
}

/// Anybody may have a mailbox there.
pub(super) fn is_public(house: &str) -> bool {
    PUBLIC.contains(&house)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_what_says_nothing() {
        assert_eq!(spelled("Müller & Söhne GmbH"), spelled("MULLER SOHNE"));
        assert_eq!(spelled("Vos, Ida"), spelled("ida vos"));
        assert_eq!(spelled("A.B. Lund S.A."), "lund");
        assert_eq!(spelled("Ltd"), "ltd");
        assert_eq!(mailbox(" Ida@Rook.Example "), "ida@rook.example");
        assert_eq!(mailbox("nobody"), "");
    }
}
