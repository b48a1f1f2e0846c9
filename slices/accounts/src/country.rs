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
    ("united kingdom", "GB"),
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

/// The spellings of a country that files and people use, the one that was asked for first: its codes, its names. A text
/// that names no country is its only spelling.
pub fn spellings(text: &str) -> Vec<String> {
    let text = text.trim();
    let mut all = vec![text.to_owned()];
    if let Some(country) = code(text).and_then(|code| Country::from_alpha2(code).ok()) {
        let names = ALSO.iter().filter(|(_, code)| *code == country.alpha2);
        let names = names.map(|(name, _)| titled(name));
        all.extend([country.alpha2, country.alpha3, country.long_name].map(str::to_owned));
        all.extend(names);
    }
    let mut seen = std::collections::BTreeSet::new();
    all.retain(|spelling| seen.insert(spelling.clone()));
    all
}

/// Each word with a capital; abbreviations in capitals.
fn titled(name: &str) -> String {
    if name.len() == 2 || name.contains('.') || name == "rsa" {
        return name.to_uppercase();
    }
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters
            .next()
            .map(|first| first.to_uppercase().chain(letters).collect::<String>())
            .unwrap_or_default()
    };
    name.split(' ').map(capital).collect::<Vec<_>>().join(" ")
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
        assert_eq!(spellings("Britannia"), ["Britannia"]);
        for spelling in ["BE", "BEL", "Belgium", "Belgique"] {
            assert!(spellings("be").iter().any(|known| known == spelling), "{spelling}");
        }
        for text in ["", "Unspecified", "XX", "n/a", "European Community"] {
            assert_eq!(code(text), None, "{text}");
        }
    }
}
