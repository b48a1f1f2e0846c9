//! What a file is, by its first bytes and not by its name.

use crate::encoding::{Decoder, Encoding};

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Text, as far as the first bytes say.
    Text,
    /// A zip archive, or a workbook of today, which is one as well.
    Zip,
    /// A workbook of the years before 2007, or one of today that is locked with a password.
    Compound,
    /// JSON: a document, or one on each line.
    Json,
    /// vCards.
    Cards,
    /// A file of the database that lives in one file.
    Database,
    /// A web page, in which tables may stand.
    Page,
    /// None that a table can be read from: what it is, and what to do.
    Other(&'static str, &'static str),
}

const SAVE: &str = "save the sheet as CSV and bring that in";
const UNPACK: &str = "unpack it and bring in what is inside";
const EXPORT: &str = "export the data as CSV and bring that in";

/// How the files begin that are told by their first bytes.
const MAGIC: &[(&[u8], Kind)] = &[
    (b"PK\x03\x04", Kind::Zip),
    (b"PK\x05\x06", Kind::Other("an empty zip archive", "export the data again")),
    (
        b"PK\x07\x08",
        Kind::Other("a part of a zip archive in several parts", "join the parts and bring that in"),
    ),
    (b"BZh", Kind::Other("packed with bzip2 several times", UNPACK)),
    (b"\x1f\x8b", Kind::Other("packed with gzip several times", UNPACK)),
    (b"\xfd7zXZ\0", Kind::Other("packed with xz", UNPACK)),
    (b"\x28\xb5\x2f\xfd", Kind::Other("packed with zstd", UNPACK)),
    (b"7z\xbc\xaf\x27\x1c", Kind::Other("a 7z archive", UNPACK)),
    (b"Rar!", Kind::Other("a rar archive", UNPACK)),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind::Compound),
    (b"\x09\x08\x10\x00", Kind::Other("a workbook of the year 1995 or before", SAVE)),
    (b"\x09\x08\x08\x00", Kind::Other("a workbook of the year 1995 or before", SAVE)),
    (b"\x89PNG", Kind::Other("a picture (PNG)", EXPORT)),
    (b"\xff\xd8\xff", Kind::Other("a picture (JPEG)", EXPORT)),
    (b"GIF8", Kind::Other("a picture (GIF)", EXPORT)),
    (b"%PDF-", Kind::Other("a PDF document", EXPORT)),
    (b"SQLite format 3\0", Kind::Database),
    (b"PAR1", Kind::Other("a Parquet file", EXPORT)),
    (b"PGDMP", Kind::Other("a dump of a database in its own packing", EXPORT)),
    (b"{\\rtf", Kind::Other("a formatted document (RTF)", EXPORT)),
];

impl Kind {
    /// What a file is that begins so, unpacked.
    pub fn of(head: &[u8]) -> Kind {
        let known = MAGIC.iter().find(|(magic, _)| head.starts_with(magic));
        known.map_or_else(|| written(head), |(_, kind)| *kind)
    }

    /// What it is and what to do, for one that is no text itself.
    pub fn refusal(self) -> Option<(&'static str, &'static str)> {
        match self {
            Kind::Text => None,
            Kind::Zip => Some(("a zip archive or a workbook", "unpack it, or save the sheet as CSV")),
            Kind::Compound => Some(("an old workbook", SAVE)),
            Kind::Json => Some(("JSON", EXPORT)),
            Kind::Cards => Some(("address cards", EXPORT)),
            Kind::Database => Some(("a database in one file", EXPORT)),
            Kind::Page => {
                Some(("a web page", "download the file itself: a sign-in page may have come instead"))
            }
            Kind::Other(what, remedy) => Some((what, remedy)),
        }
    }
}

/// What a text is that may be written in other ways than as a table.
fn written(head: &[u8]) -> Kind {
    if head.iter().take(64).any(|byte| *byte == 0) {
        return wide(head);
    }
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let begins = |word: &[u8]| head.len() >= word.len() && head[..word.len()].eq_ignore_ascii_case(word);
    if is_json(head) {
        return Kind::Json;
    }
    if begins(b"BEGIN:VCARD") {
        return Kind::Cards;
    }
    if begins(b"BEGIN:VCALENDAR") {
        return Kind::Other("a calendar", "meetings are not read from calendars yet; export them as CSV");
    }
    if is_dump(head) {
        let remedy = "such a file is a program for a database, not a table; load it there and export each table as CSV";
        return Kind::Other("a SQL dump", remedy);
    }
    let holds = |word: &[u8]| {
        head[..head.len().min(64 * 1024)].windows(word.len()).any(|part| part.eq_ignore_ascii_case(word))
    };
    let page = begins(b"<!doctype html") || begins(b"<html") || begins(b"<table");
    if page || (begins(b"<") && (holds(b"<table") || holds(b"<html"))) {
        return Kind::Page;
    }
    if begins(b"<?xml") || begins(b"<!doctype") {
        return Kind::Other("XML", EXPORT);
    }
    Kind::Text
}

/// The same for a text whose letters are wider than a byte.
fn wide(head: &[u8]) -> Kind {
    let head = &head[..head.len().min(4096)];
    let (encoding, mark) = Encoding::guess(head);
    let mut text = Vec::new();
    Decoder::new(encoding).push(&head[usize::from(mark).min(head.len())..], true, &mut text);
    if text.iter().take(64).any(|byte| *byte == 0) {
        return Kind::Text;
    }
    written(&text)
}

/// Whether the text is JSON: an object, or a list of objects or lists.
fn is_json(head: &[u8]) -> bool {
    let second =
        |open: u8| head.strip_prefix(&[open]).and_then(|rest| rest.trim_ascii_start().first().copied());
    matches!(head.trim_ascii_end(), b"{}" | b"[]")
        || matches!(second(b'{'), Some(b'"'))
        || matches!(second(b'['), Some(b'{' | b'['))
}

/// Whether the text is what a database writes to be run again elsewhere: comments, then statements.
fn is_dump(head: &[u8]) -> bool {
    const COMMENTS: [&str; 4] = ["--", "/*", "#", "\\"];
    const STATEMENTS: [&str; 9] = [
        "create table",
        "create database",
        "insert into",
        "drop table",
        "begin transaction",
        "pragma ",
        "set ",
        "use [",
        "copy ",
    ];
    let text = String::from_utf8_lossy(&head[..head.len().min(16 * 1024)]);
    let comments = text.lines().take_while(|line| is_any(line, &COMMENTS) || line.trim().is_empty()).count();
    let Some(first) = text.lines().nth(comments).map(|line| line.trim_start().to_ascii_lowercase()) else {
        return false;
    };
    let statement = STATEMENTS.iter().any(|word| first.starts_with(word));
    statement && text.lines().skip(comments).any(|line| line.trim_end().ends_with([';', '(']))
}

fn is_any(line: &str, beginnings: &[&str]) -> bool {
    beginnings.iter().any(|beginning| line.trim_start().starts_with(beginning))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_bytes_say() {
        for (head, kind) in [
            (b"a,b\n1,2\n".as_slice(), Kind::Text),
            (b"[a],b\n1,2\n", Kind::Text),
            (b"PK\x03\x04", Kind::Zip),
            (b"\xef\xbb\xbf {\"orders\": []}", Kind::Json),
            (b"[\n  {\"id\": 1}]", Kind::Json),
            (b"begin:vcard\r\n", Kind::Cards),
            (b"SQLite format 3\0", Kind::Database),
        ] {
            assert_eq!(Kind::of(head), kind, "{}", head.escape_ascii());
        }
    }

    #[test]
    fn a_dump_is_told_from_a_table_about_statements() {
        for dump in ["-- Dump\n\nCREATE TABLE a (\n  id int\n);\n", "insert into a values (1);\n"] {
            assert!(matches!(Kind::of(dump.as_bytes()), Kind::Other("a SQL dump", _)), "{dump}");
        }
        assert_eq!(Kind::of(b"set name,price\nblue,3\n"), Kind::Text);
        assert_eq!(Kind::of(b"# made by hand\na,b\n1,2\n"), Kind::Text);
    }
}
