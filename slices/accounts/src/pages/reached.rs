//! Ways of reaching somebody, as links: a press writes, dials or opens. What is no address is shown as it stands, and whichever
//! way the page is written, each reads the way it is written itself.

use std::fmt::Write;

use maud::Markup;
use speech::html;

use crate::{domain, email, phone};

/// An email address.
pub fn by_email(text: &str) -> Markup {
    linked(text, email::key(text).map(|key| format!("mailto:{}", encoded(&key))))
}

/// A telephone number, dialled as in its country where nothing stands before it.
pub fn by_phone(text: &str, country: &str) -> Markup {
    let key = phone::key(text, Some(country).filter(|country| !country.is_empty()));
    // RFC 3966 §3: an extension is a parameter of its own.
    linked(text, key.map(|key| format!("tel:{}", key.replacen('x', ";ext=", 1))))
}

/// A website. Where another name stands before its own, it is told but not opened: that is how people are led astray.
pub fn by_website(text: &str) -> Markup {
    let text = text.trim();
    let scheme = text.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    let is_web = scheme.as_deref().is_none_or(|scheme| scheme == "http" || scheme == "https");
    let is_plain = !text.chars().any(|c| c == '@' || c == '\\' || c.is_whitespace() || c.is_control());
    let address = (is_web && is_plain && domain::key(text).is_some())
        .then(|| if scheme.is_some() { text.to_owned() } else { format!("https://{text}") });
    linked(text, address)
}

fn linked(text: &str, address: Option<String>) -> Markup {
    html! {
        @match address {
            Some(address) => { a href=(address) rel="noreferrer" { bdi { (text) } } },
            None => { bdi { (text) } },
        }
    }
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
        assert_eq!(address(&by_phone("ask Ada", "GB")), None);
    }

    #[test]
    fn a_website_is_opened_where_it_is_one() {
        assert_eq!(address(&by_website("www.rook.example/shop")), Some("https://www.rook.example/shop"));
        assert_eq!(address(&by_website("HTTP://rook.example")), Some("HTTP://rook.example"));
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
