//! Address: a path and what stands behind its question mark, so that the address holds the state of a page.

use std::fmt::Write;

/// An address under construction.
#[derive(Clone, Debug)]
pub struct Address {
    text: String,
    asked: bool,
}

impl Address {
    /// The path alone.
    pub fn new(path: impl Into<String>) -> Address {
        Address { text: path.into(), asked: false }
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
}
