//! Countries: the two letters of ISO 3166-1 for a country as files write it.

use celes::Country;

/// What people write that no list of names has.
const ALSO: &[(&str, &str)] = &[
    ("uk", "GB"),
    ("u.k.", "GB"),
    ("scotland", "GB"),
    ("wales", "GB"),
    ("northern ireland", "GB"),
    ("great britain", "GB"),
    ("eire", "IE"),
    ("rsa", "ZA"),
    ("u.s.", "US"),
    ("u.s.a.", "US"),
    ("united states", "US"),
    ("deutschland", "DE"),
    ("österreich", "AT"),
    ("schweiz", "CH"),
    ("suisse", "CH"),
    ("españa", "ES"),
    ("italia", "IT"),
    ("belgique", "BE"),
    ("belgië", "BE"),
    ("nederland", "NL"),
    ("danmark", "DK"),
    ("sverige", "SE"),
    ("norge", "NO"),
    ("suomi", "FI"),
    ("polska", "PL"),
    ("brasil", "BR"),
    ("méxico", "MX"),
];

/// The two letters of a country by its code of two or three letters or by its name, in English or as its people call
/// it; none for a text that names no country.
pub fn code(text: &str) -> Option<&'static str> {
    let text = text.trim();
    let lower = text.to_lowercase();
    if let Some((_, code)) = ALSO.iter().find(|(name, _)| *name == lower) {
        return Some(code);
    }
    let by_code = match text.len() {
        2 => Country::from_alpha2(text).ok(),
        3 => Country::from_alpha3(text).ok(),
        _ => None,
    };
    let letters: String = lower.chars().filter(char::is_ascii_alphanumeric).collect();
    let the = format!("the{letters}");
    let by_name = || Country::from_name(&letters).or_else(|_| Country::from_name(&the)).ok();
    let by_alias = || Country::from_alias(&letters).ok();
    let found = by_code.or_else(by_name).or_else(by_alias)?;
    Some(found.alpha2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_found_by_its_code_or_its_name() {
        let known = [
            ("GB", ["GB", "gbr", "United Kingdom", "UK"]),
            ("US", ["US", "USA", "United States of America", "u.s."]),
            ("DE", ["DE", "DEU", "Germany", "Deutschland"]),
            ("NL", ["NL", "NLD", "the Netherlands", "Nederland"]),
            ("BR", ["BR", "BRA", "Brazil", "Brasil"]),
            ("CH", ["CH", "CHE", "Switzerland", "Schweiz"]),
        ];
        for (code_of, names) in known {
            for name in names {
                assert_eq!(code(name), Some(code_of), "{name}");
            }
        }
        for text in ["", "Unspecified", "XX", "n/a", "European Community"] {
            assert_eq!(code(text), None, "{text}");
        }
    }
}
