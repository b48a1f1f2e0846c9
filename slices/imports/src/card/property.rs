//! One property of an address card: its name, what it says of itself, and its text.

use encoding_rs::Encoding;

/// A property.
#[derive(Debug, Default)]
pub(super) struct Property {
    /// The group before its name: `item1`.
    pub group: String,
    /// Its name, in capitals.
    pub name: String,
    /// What its group is called.
    pub label: Option<String>,
    /// What it says of itself: names in small letters, empty for words that stand alone.
    parameters: Vec<(String, String)>,
    value: String,
}

impl Property {
    /// Reads a line; nothing where it is none.
    pub fn read(line: &[u8], charset: &'static Encoding) -> Option<Property> {
        let (mut quoted, mut end) = (false, None);
        for (at, byte) in line.iter().enumerate() {
            match byte {
                b'"' => quoted = !quoted,
                b':' if !quoted => {
                    end = Some(at);
                    break;
                }
                _ => (),
            }
        }
        let (head, value) = line.split_at(end.or_else(|| line.iter().position(|byte| *byte == b':'))?);
        let head = String::from_utf8_lossy(head);
        let mut parts = split(&head, ';').into_iter();
        let name = parts.next()?;
        let (group, name) = name.trim().rsplit_once('.').unwrap_or(("", name.trim()));
        let mut property =
            Property { group: group.to_owned(), name: name.to_ascii_uppercase(), ..Property::default() };
        for part in parts {
            let (name, value) = part.split_once('=').unwrap_or(("", &part));
            for value in split(value.trim().trim_matches('"'), ',') {
                property.parameters.push((name.trim().to_lowercase(), value.trim_matches('"').to_owned()));
            }
        }
        property.value = property.decoded(&value[1..], charset);
        Some(property)
    }

    fn decoded(&self, value: &[u8], charset: &'static Encoding) -> String {
        let encoding = self.parameter("encoding").unwrap_or_default().to_lowercase();
        let bare = |word: &str| {
            self.parameters.iter().any(|(name, value)| name.is_empty() && value.eq_ignore_ascii_case(word))
        };
        let bytes = if encoding == "quoted-printable" || bare("quoted-printable") {
            unquoted(value)
        } else if encoding == "b" || encoding == "base64" || bare("base64") {
            // Pictures, sounds and keys: nothing for a table.
            return String::new();
        } else {
            value.to_vec()
        };
        let own = self.parameter("charset").and_then(|name| Encoding::for_label(name.as_bytes()));
        match (own, String::from_utf8(bytes)) {
            (None, Ok(text)) => text,
            (Some(own), Ok(text)) if own == encoding_rs::UTF_8 => text,
            (own, bytes) => {
                let bytes = bytes.map_or_else(|error| error.into_bytes(), String::into_bytes);
                let fallback =
                    if charset == encoding_rs::UTF_8 { encoding_rs::WINDOWS_1252 } else { charset };
                let own = own.filter(|own| *own != encoding_rs::UTF_8).unwrap_or(fallback);
                own.decode_without_bom_handling(&bytes).0.into_owned()
            }
        }
    }

    fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// Whether it says that it is of this kind.
    fn is(&self, kind: &str) -> bool {
        let says = |(name, value): &(String, String)| {
            (name.is_empty() || name == "type") && value.eq_ignore_ascii_case(kind)
        };
        self.parameters.iter().any(says) || self.label.as_deref() == Some(kind)
    }

    /// Whether it comes before others of its name.
    pub fn preferred(&self) -> bool {
        self.is("pref") || self.parameter("pref") == Some("1")
    }

    /// Of which of these kinds it is; else what its group is called.
    pub fn kind(&self, kinds: &[&str]) -> Option<String> {
        let known = kinds.iter().find(|kind| self.is(kind)).map(|kind| (*kind).to_owned());
        known.or_else(|| self.label.clone())
    }

    /// Under which heading a telephone number stands.
    pub fn phone(&self) -> &'static str {
        match (self.is("fax"), self.is("work"), self.is("home")) {
            (true, true, _) => "work fax",
            (true, _, true) => "home fax",
            (true, ..) => "fax",
            _ if self.is("cell") || self.is("mobile") || self.is("iphone") => "mobile phone",
            _ if self.is("pager") => "pager",
            (_, true, _) => "work phone",
            (_, _, true) => "home phone",
            _ if self.is("main") => "main phone",
            _ if self.label.is_some() => "other phone",
            _ => "phone",
        }
    }

    /// Its text, what is escaped in it undone.
    pub fn text(&self) -> String {
        unescaped(&self.value)
    }

    /// Its parts, which semicolons divide.
    pub fn parts(&self) -> Vec<String> {
        divided(&self.value, ';').iter().map(|part| unescaped(part)).collect()
    }

    /// Its words, which commas divide.
    pub fn words(&self) -> String {
        let words = divided(&self.value, ',');
        let words: Vec<String> = words.iter().map(|word| unescaped(word).trim().to_owned()).collect();
        words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join("; ")
    }

    /// Its day as `1980-03-22`, where it is one.
    pub fn day(&self) -> String {
        let text = self.text();
        let digits = text.get(..8).filter(|day| day.bytes().all(|byte| byte.is_ascii_digit()));
        match digits {
            Some(day) => format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..8]),
            None => text.split_once('T').map_or(text.clone(), |(day, _)| day.to_owned()),
        }
    }

    /// A name on a messenger, with the messenger before it.
    pub fn messenger(&self) -> String {
        let text = self.text();
        let service = self.name.strip_prefix("X-").unwrap_or_default().to_lowercase();
        let service = service.split('-').next().unwrap_or_default();
        match self.parameter("x-service-type") {
            Some(own) => format!("{}:{}", own.to_lowercase(), text.rsplit(':').next().unwrap_or(&text)),
            None if service.is_empty() || service == "ms" => text,
            None => format!("{service}:{text}"),
        }
    }
}

/// Splits at a mark outside quotes.
fn split(text: &str, mark: char) -> Vec<String> {
    let (mut parts, mut quoted) = (vec![String::new()], false);
    for letter in text.chars() {
        quoted ^= letter == '"';
        match parts.last_mut() {
            Some(part) if letter != mark || quoted => part.push(letter),
            _ => parts.push(String::new()),
        }
    }
    parts
}

/// Splits at a mark that no backslash stands before.
fn divided(text: &str, mark: char) -> Vec<String> {
    let (mut parts, mut escaped) = (vec![String::new()], false);
    for letter in text.chars() {
        match parts.last_mut() {
            Some(part) if letter != mark || escaped => part.push(letter),
            _ => parts.push(String::new()),
        }
        escaped = letter == '\\' && !escaped;
    }
    parts
}

fn unescaped(text: &str) -> String {
    let (mut plain, mut letters) = (String::with_capacity(text.len()), text.chars());
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            plain.push(letter);
            continue;
        }
        match letters.next() {
            Some('n' | 'N') => plain.push('\n'),
            Some(other @ (',' | ';' | ':' | '\\' | '"')) => plain.push(other),
            Some(other) => plain.extend(['\\', other]),
            None => plain.push('\\'),
        }
    }
    plain.replace("\r\n", "\n")
}

/// Undoes quoted-printable.
fn unquoted(value: &[u8]) -> Vec<u8> {
    let (mut bytes, mut at) = (Vec::with_capacity(value.len()), 0);
    while let Some(byte) = value.get(at) {
        let digits = value.get(at + 1..at + 3).filter(|_| *byte == b'=');
        let code = digits.and_then(|two| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok());
        bytes.push(code.unwrap_or(*byte));
        at += if code.is_some() { 3 } else { 1 };
    }
    bytes
}
