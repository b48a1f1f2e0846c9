//! The dialect of a file: how its bytes are letters, its letters cells, and where its table begins.

use serde::{Deserialize, Serialize};
use speech::{say, word};

use crate::{DateOrder, Encoding};

/// How a file is written. Guessed by [`crate::sniff`], shown, and changed by whoever knows better.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Dialect {
    /// How letters are written as bytes.
    pub encoding: Encoding,
    /// The bytes of a byte order mark before the text.
    pub byte_order_mark: u8,
    /// What stands between two cells; one character or several.
    pub delimiter: String,
    /// What stands around a cell that holds a delimiter or a line end; written as an empty text where nothing does.
    #[serde(with = "quote")]
    pub quote: Option<char>,
    /// What stands before a quote inside quotes, where it is not the quote itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub escape: Option<char>,
    /// What ends a record, where it is not the end of a line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record_end: Option<String>,
    /// What begins a line that is a comment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<char>,
    /// A blank follows each delimiter and is no part of the cell.
    pub padded: bool,
    /// Each record is one quoted cell that holds the real record.
    pub double_encoded: bool,
    /// Records before the header: titles, notes.
    pub titles: usize,
    /// The first record names the columns.
    pub header: bool,
    /// How many cells a record has.
    pub columns: usize,
}

impl Default for Dialect {
    fn default() -> Dialect {
        Dialect {
            encoding: Encoding::Utf8,
            byte_order_mark: 0,
            delimiter: ",".to_owned(),
            quote: Some('"'),
            escape: None,
            record_end: None,
            comment: None,
            padded: false,
            double_encoded: false,
            titles: 0,
            header: true,
            columns: 1,
        }
    }
}

impl Dialect {
    /// How the file was read, for a person; with the dates where a column of dates is known.
    pub fn sentence(&self, dates: Option<DateOrder>) -> String {
        let mut parts = vec![self.letters(), self.cells()];
        if let Some(end) = &self.record_end {
            parts.push(say!("records ending in {end}"));
        }
        if self.double_encoded {
            parts.push(say!("each line undone from the quotes around it").into_owned());
        }
        if let Some(comment) = self.comment {
            parts.push(say!("lines after {comment} left out as comments"));
        }
        if self.titles > 0 {
            parts.push(match self.titles {
                1 => say!("the line above the header left out").into_owned(),
                titles => say!("the {titles} lines above the header left out"),
            });
        }
        if !self.header {
            parts.push(say!("no header: columns are numbered").into_owned());
        }
        if let Some(dates) = dates {
            parts.push(match dates {
                DateOrder::Unsaid => say!("dates in an order that nobody has said").into_owned(),
                order => say!("dates as {}", word!(order.as_str())),
            });
        }
        say!("Read as {}.", parts.join(", "))
    }

    fn letters(&self) -> String {
        let name = self.encoding.name();
        let name = if name == "windows-1252" { "Windows-1252 (Latin-1)" } else { name };
        match self.byte_order_mark {
            0 => name.to_owned(),
            _ => say!("{name} with a byte order mark"),
        }
    }

    fn cells(&self) -> String {
        match self.delimiter.as_str() {
            "," => say!("commas").into_owned(),
            ";" => say!("semicolons").into_owned(),
            "\t" => say!("tabs").into_owned(),
            "|" => say!("pipes").into_owned(),
            ONE_COLUMN => say!("one column").into_owned(),
            other => say!("{other} between cells"),
        }
    }
}

/// A quote as a text, empty where there is none: absent would mean the usual one.
mod quote {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(quote: &Option<char>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&quote.map(String::from).unwrap_or_default())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<char>, D::Error> {
        let text = String::deserialize(deserializer)?;
        let mut letters = text.chars();
        match (letters.next(), letters.next()) {
            (quote, None) => Ok(quote),
            _ => Err(D::Error::custom(format!(
                "{text:?} is no quote; write one character, or nothing for none"
            ))),
        }
    }
}

/// The delimiter of a file that has none.
pub(crate) const ONE_COLUMN: &str = "\u{1f}";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_says_what_a_person_would() {
        let dialect = Dialect { byte_order_mark: 3, delimiter: ";".to_owned(), ..Dialect::default() };
        assert_eq!(
            dialect.sentence(Some(DateOrder::DayFirst)),
            "Read as UTF-8 with a byte order mark, semicolons, dates as day.month.year."
        );
        let dialect = Dialect { header: false, titles: 2, ..Dialect::default() };
        assert_eq!(
            dialect.sentence(None),
            "Read as UTF-8, commas, the 2 lines above the header left out, no header: columns are numbered."
        );
    }
}
