//! Ways of reaching somebody, as links: a press writes, dials or opens. What is no address is shown as it stands, and whichever
//! way the page is written, each reads the way it is written itself.

use std::fmt::Write;

use maud::Markup;
use ui::reached;

use crate::{country, domain, email, phone};

/// An email address.
pub fn by_email(text: &str) -> Markup {
    let address = email::key(text).map(|key| format!("mailto:{}", encoded(&key)));
    reached(text, address.as_deref())
}

/// A telephone number, dialled as in its country where nothing stands before it. What holds more than one number, or words, is
/// told and not dialled.
pub fn by_phone(text: &str, country: &str) -> Markup {
    let key = phone::key(text, country::code(country));
    let number =
        key.as_deref().map(|key| key.split_once('x').map_or((key, ""), |(number, more)| (number, more)));
    // ITU-T E.164 §6: a number has at most fifteen digits. RFC 3966 §3: an extension is a parameter of its own.
    let address =
        number.filter(|(number, more)| is_one_number(text, !more.is_empty()) && number.len() <= 1 + 15);
    let address = address.map(|(number, more)| {
        if more.is_empty() { format!("tel:{number}") } else { format!("tel:{number};ext={more}") }
    });
    reached(text, address.as_deref())
}

/// Whether a text is digits and the marks between them, up to its extension where it has one.
fn is_one_number(text: &str, has_extension: bool) -> bool {
    let text = text.trim();
    let text = text.strip_prefix("tel:").unwrap_or(text);
    let end = text.find(|c: char| c.is_alphabetic() || c == '#' || c == ';').filter(|_| has_extension);
    let number = end.map_or(text, |end| &text[..end]);
    let is_mark = |c: char| c.is_ascii_digit() || c.is_whitespace() || "+()-./\u{2011}\u{2013}".contains(c);
    let pluses = number.trim_start_matches(['(', ' ']).chars().skip(1).filter(|c| *c == '+').count();
    number.chars().all(is_mark) && pluses == 0 && !number.contains(" / ")
}

/// A website. Where another name stands before its own, it is told but not opened: that is how people are led astray.
pub fn by_website(text: &str) -> Markup {
    let text = text.trim();
    let is_word = |scheme: &str| !scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_alphabetic());
    let (scheme, rest) = match text.split_once("://") {
        Some((scheme, rest)) if is_word(scheme) => (Some(scheme.to_ascii_lowercase()), rest),
        _ => (None, text),
    };
    let is_web = scheme.as_deref().is_none_or(|scheme| scheme == "http" || scheme == "https");
    let is_plain = !text.chars().any(|c| c == '\\' || c.is_whitespace() || c.is_control());
    let place = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let address = (is_web && is_plain && !place.contains('@') && domain::key(place).is_some())
        .then(|| if scheme.is_some() { text.to_owned() } else { format!("https://{text}") });
    reached(text, address.as_deref())
}

/// As it stands behind `mailto:` (RFC 6068 §2): nothing in it begins another recipient, subject or text.
fn encoded(address: &str) -> String {
    let mut written = String::with_capacity(address.len());
    for byte in address.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'@' => {
                written.push(char::from(byte));
            }
            // Writing to a string does not fail.
            _ => drop(write!(written, "%{byte:02X}")),
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(markup: &Markup) -> Option<&str> {
        let (_, rest) = markup.0.split_once("href=\"")?;
        rest.split_once('"').map(|(address, _)| address)
    }

    #[test]
    fn an_email_address_begins_a_letter_and_nothing_else() {
        assert_eq!(address(&by_email("Ada <ada@Rook.example>")), Some("mailto:ada@rook.example"));
        let sly = by_email("ada?cc=all&body=x%0Ay@rook.example");
        assert_eq!(address(&sly), Some("mailto:ada%3Fcc%3Dall%26body%3Dx%250ay@rook.example"));
        assert_eq!(address(&by_email("ada at rook")), None);
    }

    #[test]
    fn a_telephone_number_is_dialled_as_in_its_country() {
        assert_eq!(address(&by_phone("020 7946 0018", "GB")), Some("tel:+442079460018"));
        assert_eq!(address(&by_phone("+44 20 7946 0018 ext. 12", "")), Some("tel:+442079460018;ext=12"));
        assert_eq!(address(&by_phone("020 7946 0018", "United Kingdom")), Some("tel:+442079460018"));
        assert_eq!(address(&by_phone("(020) 7946-0018", "Narnia")), Some("tel:02079460018"));
        for text in [
            "ask Ada",
            "ask after 2025-01-01",
            "+44 20 7946 0018 / +44 20 7946 0019",
            "0018 / 0019",
            "020 7946 0018 (Ada)",
        ] {
            assert_eq!(address(&by_phone(text, "GB")), None, "{text}");
        }
    }

    #[test]
    fn a_website_is_opened_where_it_is_one() {
        assert_eq!(address(&by_website("www.rook.example/shop")), Some("https://www.rook.example/shop"));
        for text in [
            "HTTP://rook.example",
            "https://rook.example/@ada",
            "https://rook.example/?u=https://falk.example",
        ] {
            assert_eq!(address(&by_website(text)), Some(text));
        }
        assert_eq!(
            address(&by_website("rook.example/?u=https://x")),
            Some("https://rook.example/?u=https://x")
        );
        for text in [
            "javascript://rook.example/%0aalert(1)",
            "https://rook.example@fraud.example",
            "none",
            "a b.example",
        ] {
            assert_eq!(address(&by_website(text)), None, "{text}");
        }
    }

    #[test]
    fn each_reads_its_own_way_whichever_way_the_page_is_written() {
        assert!(by_phone("ask Ada", "").0.contains("<bdi>ask Ada</bdi>"));
    }
}
