//! Address: a path and what stands behind its question mark, so that the address holds the state of a page.

use std::fmt::Write;

/// An address under construction.
#[derive(Clone, Debug)]
pub struct Address {
    text: String,
    asked: bool,
}

impl Address {
    /// The path alone, or with what stands behind its question mark already.
    pub fn new(path: impl Into<String>) -> Address {
        let text = path.into();
        Address { asked: text.contains('?'), text }
    }

    /// The names and values behind the question mark of an address that was written here.
    pub fn asked(written: &str) -> Vec<(String, String)> {
        let pairs = written.split_once('?').map_or("", |(_, asked)| asked).split('&');
        let pairs = pairs.filter_map(|pair| pair.split_once('='));
        pairs.map(|(name, value)| (name.to_owned(), decoded(value))).collect()
    }

    /// With one more name and value; nothing is added for no value.
    #[must_use]
    pub fn with(mut self, name: &str, value: Option<&str>) -> Address {
        if let Some(value) = value {
            let mark = if self.asked { '&' } else { '?' };
            self.text.push(mark);
            self.text.push_str(name);
            self.text.push('=');
            encode(value, &mut self.text);
            self.asked = true;
        }
        self
    }

    /// As it stands in a link.
    pub fn write(self) -> String {
        self.text
    }
}

/// Letters and digits stay, a blank becomes a plus, all else its bytes in hexadecimal.
fn encode(value: &str, into: &mut String) {
    for byte in value.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                into.push(char::from(byte))
            }
            b' ' => into.push('+'),
            // Writing to a string does not fail.
            _ => drop(write!(into, "%{byte:02X}")),
        }
    }
}

/// What was encoded. Of what nobody encodes so, the mark stays.
fn decoded(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let [first, more @ ..] = rest {
        let code = more.get(..2).filter(|code| code.iter().all(u8::is_ascii_hexdigit));
        let code = code.and_then(|code| std::str::from_utf8(code).ok());
        match (first, code.and_then(|code| u8::from_str_radix(code, 16).ok())) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &more[2..];
                continue;
            }
            (b'+', _) => bytes.push(b' '),
            (byte, _) => bytes.push(*byte),
        }
        rest = more;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_holds_whatever_was_asked() {
        let address = Address::new("/relationships").with("class", None).with("name", Some("O'Ré & <b>"));
        assert_eq!(
            address.with("sort", Some("-net")).write(),
            "/relationships?name=O%27R%C3%A9+%26+%3Cb%3E&sort=-net"
        );
    }

    #[test]
    fn an_address_goes_on_from_another_and_holds_one() {
        let here = Address::new("/relationships/rel_1?of=book").with("text", Some("50 % é")).write();
        let there = Address::new("/switch").with("to", Some("client")).with("from", Some(&here)).write();
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(Address::asked(&there), [pair("to", "client"), pair("from", &here)]);
        assert_eq!(Address::asked(&here), [pair("of", "book"), pair("text", "50 % é")]);
        assert_eq!(Address::asked("/switch"), []);
        assert_eq!(Address::asked("/switch?a=%&b=%zz"), [pair("a", "%"), pair("b", "%zz")]);
    }
}
