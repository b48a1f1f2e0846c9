//! Names and addresses as they are compared: without accents, marks, legal forms and the order of words.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::phone;

/// Digits of the shortest telephone number that tells anything.
const SHORTEST: usize = 6;
/// Digits of a number that are the same however it is dialled.
const NATIONAL: usize = 9;

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

/// A telephone number as it is compared: its last nine digits, which are the same with and without the code of the
/// country; nothing for what is too short to be one. An extension tells nothing.
pub(super) fn line(phone: &str) -> String {
    let number = phone::key(phone, None).unwrap_or_default();
    let digits = number.trim_start_matches('+').split('x').next().unwrap_or_default();
    if digits.len() < SHORTEST {
        return String::new();
    }
    digits.chars().skip(digits.len().saturating_sub(NATIONAL)).collect()
}

/// Where a party is, as it is compared: street, postcode and town in one line of small letters without marks; nothing
/// where no street is known, because many are in one town.
pub(super) fn place([street, postcode, city]: [&str; 3]) -> String {
    if street.trim().is_empty() {
        return String::new();
    }
    [bare(street), bare(postcode).replace(' ', ""), bare(city)].join(" ").trim().to_owned()
}

/// Small letters and digits without accents, in words.
fn bare(text: &str) -> String {
    let plain = text.nfkd().filter(|c| !is_combining_mark(*c)).collect::<String>().to_lowercase();
    plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Anybody may have a mailbox there.
pub fn is_public(house: &str) -> bool {
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
