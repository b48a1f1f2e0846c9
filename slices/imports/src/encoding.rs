//! The encoding of a text: guessed from its first bytes, and undone while it streams.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use serde::{Deserialize, Serialize};

/// How the letters of a file are written as bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Encoding {
    /// UTF-8.
    #[default]
    Utf8,
    /// UTF-32, least significant byte first, which the web does not know.
    Utf32Le,
    /// UTF-32, most significant byte first.
    Utf32Be,
    /// Any other that the web knows: UTF-16LE, windows-1252, Big5.
    Named(&'static encoding_rs::Encoding),
}

impl Encoding {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf32Le => "UTF-32LE",
            Encoding::Utf32Be => "UTF-32BE",
            Encoding::Named(encoding) => encoding.name(),
        }
    }

    /// The encoding of that name, by any of the names the web knows it.
    pub fn parse(name: &str) -> Option<Encoding> {
        match name.trim().to_ascii_lowercase().as_str() {
            "utf-32le" | "utf-32" => Some(Encoding::Utf32Le),
            "utf-32be" => Some(Encoding::Utf32Be),
            label => match encoding_rs::Encoding::for_label(label.as_bytes())? {
                found if found == encoding_rs::UTF_8 => Some(Encoding::Utf8),
                // These stand for bytes that have no letters.
                none if none == encoding_rs::REPLACEMENT || none == encoding_rs::X_USER_DEFINED => None,
                found => Some(Encoding::Named(found)),
            },
        }
    }

    /// Guesses the encoding of a text that begins so, and how many bytes of a byte order mark stand before it.
    ///
    /// The mark is not believed where the bytes after it contradict it.
    pub fn guess(head: &[u8]) -> (Encoding, u8) {
        let (marked, skip) = mark(head);
        let body = &head[usize::from(skip)..];
        if let Some(wide) = wide(body) {
            return (wide, skip);
        }
        match marked {
            Some(Encoding::Named(_) | Encoding::Utf32Le | Encoding::Utf32Be) if body.contains(&0) => {
                (marked.unwrap_or_default(), skip)
            }
            _ => (narrow(body), skip),
        }
    }

    /// Whether a text that begins so tells its encoding beyond doubt: by its mark, by its zero bytes, or by letters that
    /// are UTF-8 by no accident.
    pub(crate) fn is_certain(head: &[u8]) -> bool {
        let (marked, skip) = mark(head);
        let body = &head[usize::from(skip)..];
        marked.is_some() || wide(body).is_some() || (!body.is_ascii() && narrow(body) == Encoding::Utf8)
    }
}

impl TryFrom<String> for Encoding {
    type Error = String;

    fn try_from(name: String) -> Result<Encoding, String> {
        Encoding::parse(&name).ok_or_else(|| {
            speech::say!("{name:?} is no encoding; write a name such as UTF-8, UTF-16LE or windows-1252")
        })
    }
}

impl From<Encoding> for String {
    fn from(encoding: Encoding) -> String {
        encoding.name().to_owned()
    }
}

/// The byte order mark and what it claims.
fn mark(head: &[u8]) -> (Option<Encoding>, u8) {
    match head {
        [0xef, 0xbb, 0xbf, ..] => (Some(Encoding::Utf8), 3),
        [0xff, 0xfe, 0, 0, ..] => (Some(Encoding::Utf32Le), 4),
        [0, 0, 0xfe, 0xff, ..] => (Some(Encoding::Utf32Be), 4),
        [0xff, 0xfe, ..] => (Some(Encoding::Named(encoding_rs::UTF_16LE)), 2),
        [0xfe, 0xff, ..] => (Some(Encoding::Named(encoding_rs::UTF_16BE)), 2),
        _ => (None, 0),
    }
}

/// UTF-16 and UTF-32 show where their zero bytes stand.
fn wide(body: &[u8]) -> Option<Encoding> {
    let body = &body[..body.len().min(4096) / 4 * 4];
    if body.len() < 8 {
        return None;
    }
    let quarter = body.len() / 4;
    let mut zeros = [0usize; 4];
    for four in body.chunks_exact(4) {
        for (at, byte) in four.iter().enumerate() {
            zeros[at] += usize::from(*byte == 0);
        }
    }
    let often = zeros.map(|count| 2 * count > quarter);
    let seldom = zeros.map(|count| 10 * count <= quarter);
    match (often, seldom) {
        ([false, _, true, true], _) => Some(Encoding::Utf32Le),
        ([true, true, _, false], _) => Some(Encoding::Utf32Be),
        ([_, true, _, true], [true, _, true, _]) => Some(Encoding::Named(encoding_rs::UTF_16LE)),
        ([true, _, true, _], [_, true, _, true]) => Some(Encoding::Named(encoding_rs::UTF_16BE)),
        _ => None,
    }
}

/// With fewer letters beyond ASCII no detector can tell; then it is the encoding of the West.
const TOO_FEW: usize = 6;

/// UTF-8, or what the detector makes of the letters beyond ASCII.
fn narrow(body: &[u8]) -> Encoding {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in body.utf8_chunks() {
        good += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    let cut = body.len() >= 4 && std::str::from_utf8(body).is_err_and(|error| error.error_len().is_none());
    if bad == 0 || (bad == 1 && cut) || good > 10 * bad {
        return Encoding::Utf8;
    }
    if body.iter().filter(|byte| !byte.is_ascii()).count() < TOO_FEW {
        return Encoding::Named(encoding_rs::WINDOWS_1252);
    }
    let lines = body.iter().rposition(|byte| *byte == b'\n').map_or(body, |end| &body[..=end]);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(lines, true);
    match detector.guess(None, Utf8Detection::Deny) {
        guess if guess == encoding_rs::UTF_8 => Encoding::Utf8,
        guess => Encoding::Named(guess),
    }
}

/// Undoes an encoding piece by piece.
pub(crate) enum Decoder {
    /// UTF-8 passes through; what is no UTF-8 in it is mended record by record.
    Through,
    /// UTF-32; `most` significant byte first or last, with the bytes of a letter that is not complete yet.
    Wide { most: bool, kept: Vec<u8> },
    /// Everything else.
    Known(Box<encoding_rs::Decoder>),
}

impl Decoder {
    pub fn new(encoding: Encoding) -> Decoder {
        match encoding {
            Encoding::Utf8 => Decoder::Through,
            Encoding::Utf32Le => Decoder::Wide { most: false, kept: Vec::new() },
            Encoding::Utf32Be => Decoder::Wide { most: true, kept: Vec::new() },
            Encoding::Named(known) => Decoder::Known(Box::new(known.new_decoder_without_bom_handling())),
        }
    }

    /// Appends the letters of `bytes` to `text` as UTF-8.
    pub fn push(&mut self, bytes: &[u8], last: bool, text: &mut Vec<u8>) {
        match self {
            Decoder::Through => text.extend_from_slice(bytes),
            Decoder::Wide { most, kept } => {
                kept.extend_from_slice(bytes);
                let whole = kept.len() / 4 * 4;
                for four in kept[..whole].chunks_exact(4) {
                    let four = [four[0], four[1], four[2], four[3]];
                    let code = if *most { u32::from_be_bytes(four) } else { u32::from_le_bytes(four) };
                    push_char(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), text);
                }
                kept.drain(..whole);
            }
            Decoder::Known(decoder) => decode(decoder, bytes, last, text),
        }
    }
}

/// Runs the decoder until it has taken all of `bytes`.
fn decode(decoder: &mut encoding_rs::Decoder, mut bytes: &[u8], last: bool, text: &mut Vec<u8>) {
    loop {
        let start = text.len();
        text.resize(start + (bytes.len() * 3).max(64), 0);
        let (result, read, written, _) = decoder.decode_to_utf8(bytes, &mut text[start..], last);
        text.truncate(start + written);
        bytes = &bytes[read..];
        if result == encoding_rs::CoderResult::InputEmpty {
            return;
        }
    }
}

fn push_char(letter: char, text: &mut Vec<u8>) {
    text.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_believed_only_where_the_bytes_agree() {
        assert_eq!(Encoding::guess(b"\xef\xbb\xbfa,b\n1,2\n"), (Encoding::Utf8, 3));
        let utf16 = Encoding::Named(encoding_rs::UTF_16LE);
        assert_eq!(Encoding::guess(b"\xff\xfea\0,\0b\0\n\x001\0,\0"), (utf16, 2));
        assert_eq!(Encoding::guess(b"a\0,\0b\0\n\x001\0,\x002\0"), (utf16, 0));
        assert_eq!(Encoding::guess(b"\xff\xfeid,name\n1,Ada\n"), (Encoding::Utf8, 2));
        assert_eq!(Encoding::guess(b"\xff\xfea\0\0\0,\0\0\0b\0\0\0"), (Encoding::Utf32Le, 2));
    }

    #[test]
    fn western_letters_and_one_bad_byte_are_told_apart() {
        let (latin, _) = Encoding::guess(b"id,name\n1,Caf\xe9 M\xfcller\n");
        assert_eq!(latin.name(), "windows-1252");
        let (mended, _) = Encoding::guess("é, ü, ß, ö, ä, é, ü, ß, ö, ä, é".as_bytes());
        assert_eq!(mended, Encoding::Utf8);
    }

    #[test]
    fn pieces_of_any_size_give_the_same_text() {
        let bytes: Vec<u8> = "Größe,€,😄".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for size in 1..7 {
            let mut decoder = Decoder::new(Encoding::parse("utf-16le").unwrap());
            let mut text = Vec::new();
            bytes.chunks(size).for_each(|piece| decoder.push(piece, false, &mut text));
            decoder.push(b"", true, &mut text);
            assert_eq!(String::from_utf8(text).unwrap(), "Größe,€,😄");
        }
    }
}
