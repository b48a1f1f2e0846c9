//! Telephone numbers: the notations of one number have the same key.

use phonenumber::{country, metadata::DATABASE};

/// Digits of the shortest number worth comparing.
const SHORTEST: usize = 4;

/// What a number is found by: `+`, the code of the country and the number, as ITU-T E.164 has it. `region` is the two
/// letters of the country whose notation a number without `+` follows. Where nobody knows the country, the digits
/// alone; an extension follows after `x`. None for a text that is no number.
pub fn key(text: &str, region: Option<&str>) -> Option<String> {
    let text = text.trim();
    let text = text.strip_prefix("tel:").unwrap_or(text);
    let (number, extension) = split(text);
    let digits = digits(number);
    if digits.len() < SHORTEST {
        return None;
    }
    let key = match number.trim_start_matches([' ', '(']).starts_with(['+', '＋']) {
        true => format!("+{digits}"),
        false => national(&digits, region).unwrap_or(digits),
    };
    Some(if extension.is_empty() { key } else { format!("{key}x{extension}") })
}

/// What is left of the digits of a number as it is dialled from abroad without the code of its country; nothing where they
/// begin with no such code.
pub fn at_home(digits: &str) -> Option<&str> {
    let codes = (1..=3).filter_map(|length| digits.split_at_checked(length));
    let known = |code: &str| code.parse::<u16>().is_ok_and(|code| DATABASE.by_code(&code).is_some());
    codes.into_iter().find(|(code, _)| !code.starts_with('0') && known(code)).map(|(_, rest)| rest)
}

/// The number, and the digits of its extension.
fn split(text: &str) -> (&str, String) {
    let lower = text.to_ascii_lowercase();
    let marks = [";ext=", "ext", "x", "#"];
    let found = marks.iter().filter_map(|mark| lower.find(mark).map(|at| (at, at + mark.len()))).min();
    match found {
        Some((at, end)) if lower.is_char_boundary(at) && text.is_char_boundary(end) => {
            (&text[..at], digits(&text[end..]))
        }
        _ => (text, String::new()),
    }
}

/// The digits of a number; a zero in brackets after the code of the country is dialled only within it.
fn digits(text: &str) -> String {
    let outside = match text.contains('+') {
        true => text.replace("(0)", ""),
        false => text.to_owned(),
    };
    outside.chars().filter_map(|c| c.to_digit(10)).filter_map(|digit| char::from_digit(digit, 10)).collect()
}

/// A number as it is dialled within its country.
fn national(digits: &str, region: Option<&str>) -> Option<String> {
    let id: country::Id = region?.parse().ok()?;
    let metadata = DATABASE.by_id(region?)?;
    let code = metadata.country_code();
    let fits = |number: &str| metadata.descriptors().general().is_match(number);
    // Dialled abroad as the country does it: 011 where the code is 1, 00 nearly everywhere else.
    let abroad = digits.strip_prefix(if code == 1 { "011" } else { "00" });
    if let Some(number) = abroad.filter(|number| !fits(digits) && SHORTEST < number.len()) {
        return Some(format!("+{number}"));
    }
    let short = metadata.national_prefix().and_then(|prefix| digits.strip_prefix(prefix));
    if let Some(number) = short.filter(|number| fits(number)) {
        return Some(format!("+{code}{number}"));
    }
    let parsed = phonenumber::parse(Some(id), digits).ok();
    let written =
        |number: &phonenumber::PhoneNumber| number.format().mode(phonenumber::Mode::E164).to_string();
    match parsed.as_ref().filter(|number| number.is_valid()) {
        Some(number) => Some(written(number)),
        None if fits(digits) => Some(format!("+{code}{digits}")),
        // A number that nobody has there keeps its digits: what looks like a prefix is none.
        None => {
            let whole = code.to_string().len() + digits.trim_start_matches('0').len() + 1;
            let kept = parsed.as_ref().map(written).filter(|text| text.len() == whole);
            Some(kept.unwrap_or_else(|| format!("+{code}{digits}")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_notations_of_one_number_have_the_same_key() {
        for text in [
            "+44 20 7946 0018",
            "tel:+44-20-7946-0018",
            "020 7946 0018",
            "+44 (0)20 7946-0018",
            "0044 20 79460018",
        ] {
            assert_eq!(key(text, Some("GB")).as_deref(), Some("+442079460018"), "{text}");
        }
        assert_eq!(key("(415) 555-0132", Some("US")).as_deref(), Some("+14155550132"));
        assert_eq!(key("1-415-555-0132 ext. 7", Some("US")).as_deref(), Some("+14155550132x7"));
        assert_eq!(key("(111) 555-4444", Some("US")).as_deref(), Some("+11115554444"), "all its digits");
        assert_eq!(key("011 44 20 7946 0018", Some("US")).as_deref(), Some("+442079460018"));
    }

    #[test]
    fn without_a_country_the_digits_are_the_key_and_a_text_without_a_number_has_none() {
        assert_eq!(key("020 7946 0018", None).as_deref(), Some("02079460018"));
        assert_eq!(key("020 7946 0018", Some("XX")).as_deref(), Some("02079460018"));
        for text in ["", "n/a", "-", "ext 12", "ß#"] {
            assert_eq!(key(text, Some("GB")), None, "{text}");
        }
    }
}
