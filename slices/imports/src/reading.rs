//! Reading: what a person says of how a file is written, where they know better than the guess.

use kernel::{Problem, Result};
use serde::{Deserialize, Serialize};

use crate::{Encoding, Source, delimiter::Delimiter, given::Given};

/// What is said of how a file is written; the rest is found out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Reading {
    /// How letters are written as bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<Encoding>,
    /// What stands between two cells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<Delimiter>,
}

impl Reading {
    /// What was typed; an empty word says nothing.
    ///
    /// # Errors
    /// `imports.encoding`, `imports.delimiter` for what is none, naming what is allowed.
    pub fn said(encoding: Option<&str>, delimiter: Option<&str>) -> Result<Reading> {
        let encoding = encoding.map(str::trim).filter(|word| !word.is_empty()).map(|word| {
            Encoding::try_from(word.to_owned())
                .map_err(|why| Problem::invalid("encoding", "imports.encoding", why))
        });
        let delimiter = delimiter.filter(|word| !word.is_empty()).map(|word| {
            Delimiter::try_from(word.to_owned())
                .map_err(|why| Problem::invalid("delimiter", "imports.delimiter", why))
        });
        Ok(Reading { encoding: encoding.transpose()?, delimiter: delimiter.transpose()? })
    }

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == Reading::default()
    }

    /// Says it in a mapping of which only some lines need be there, or in none; what that says of it no longer counts.
    /// Nothing where there is nothing to say.
    ///
    /// # Errors
    /// `imports.mapping` for a mapping that is no TOML.
    pub fn within(&self, mapping: Option<&str>) -> Result<Option<String>> {
        if self.is_empty() {
            return Ok(mapping.map(str::to_owned));
        }
        let mut table = match mapping {
            Some(text) => Given::read(text)?.table,
            None => toml::Table::new(),
        };
        table.insert("reading".to_owned(), toml::Value::try_from(self).map_err(unwritten)?);
        toml::to_string(&table).map(Some).map_err(unwritten)
    }

    /// What of it can be meant for another file: an encoding says nothing of one that tells its own beyond doubt.
    pub(crate) fn for_another(&self, file: &Source) -> Reading {
        let is_certain = Encoding::is_certain(file.head());
        Reading { encoding: self.encoding.filter(|_| !is_certain), delimiter: self.delimiter.clone() }
    }
}

fn unwritten(cause: impl std::error::Error + Send + Sync + 'static) -> Problem {
    Problem::internal("imports.mapping_text", "what is said of the file cannot be written down")
        .because(cause)
}

/// The encodings that a page offers, and where they are met. Any other name that the web knows is taken as well.
pub(crate) const OFFERED: [(&str, &str); 32] = [
    ("UTF-8", "UTF-8"),
    ("UTF-16LE", "UTF-16, least significant byte first (Windows)"),
    ("UTF-16BE", "UTF-16, most significant byte first"),
    ("windows-1252", "Windows-1252, ISO-8859-1: Western Europe"),
    ("ISO-8859-15", "ISO-8859-15: Western Europe with the euro"),
    ("macintosh", "Mac Roman: Western Europe, old Macs"),
    ("windows-1250", "Windows-1250: Central Europe"),
    ("ISO-8859-2", "ISO-8859-2: Central Europe"),
    ("ISO-8859-3", "ISO-8859-3: Southern Europe, Maltese"),
    ("ISO-8859-16", "ISO-8859-16: Romanian"),
    ("windows-1257", "Windows-1257: Baltic"),
    ("ISO-8859-4", "ISO-8859-4: Baltic"),
    ("ISO-8859-13", "ISO-8859-13: Baltic"),
    ("ISO-8859-10", "ISO-8859-10: Nordic"),
    ("ISO-8859-14", "ISO-8859-14: Celtic"),
    ("windows-1251", "Windows-1251: Cyrillic"),
    ("ISO-8859-5", "ISO-8859-5: Cyrillic"),
    ("KOI8-R", "KOI8-R: Russian"),
    ("KOI8-U", "KOI8-U: Ukrainian"),
    ("IBM866", "IBM866: Cyrillic, DOS"),
    ("windows-1253", "Windows-1253, ISO-8859-7: Greek"),
    ("windows-1254", "Windows-1254, ISO-8859-9: Turkish"),
    ("windows-1255", "Windows-1255, ISO-8859-8: Hebrew"),
    ("windows-1256", "Windows-1256, ISO-8859-6: Arabic"),
    ("windows-1258", "Windows-1258: Vietnamese"),
    ("windows-874", "Windows-874, ISO-8859-11: Thai"),
    ("GBK", "GBK: Chinese, simplified"),
    ("gb18030", "GB18030: Chinese, simplified"),
    ("Big5", "Big5: Chinese, traditional"),
    ("Shift_JIS", "Shift-JIS: Japanese"),
    ("EUC-JP", "EUC-JP: Japanese"),
    ("EUC-KR", "EUC-KR: Korean"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_that_is_offered_is_one_and_called_so() {
        for (name, _) in OFFERED {
            assert_eq!(Encoding::parse(name).map(Encoding::name), Some(name));
        }
        for none in ["iso-2022-kr", "hz-gb-2312", "x-user-defined", "latin", "1252x"] {
            let problem = Reading::said(Some(none), None).unwrap_err();
            assert_eq!((problem.code, problem.field.as_deref()), ("imports.encoding", Some("encoding")));
        }
    }

    #[test]
    fn a_delimiter_is_a_word_or_a_few_characters() {
        let said = |word: &str| Reading::said(None, Some(word)).map(|reading| reading.delimiter.unwrap());
        assert_eq!(said("tab").unwrap().as_str(), "\t");
        assert_eq!(said("\\t").unwrap(), said("\t").unwrap());
        assert_eq!(said("¦").unwrap().as_str(), "¦");
        for none in ["\"", "\n", "colon", "a\rb"] {
            assert_eq!(said(none).unwrap_err().code, "imports.delimiter", "{none:?}");
        }
    }

    #[test]
    fn what_is_said_stands_in_the_mapping_and_reads_back() {
        let reading = Reading::said(Some("latin1"), Some("tab")).unwrap();
        let text = reading.within(Some("[fixed]\ncurrency = \"EUR\"")).unwrap().unwrap();
        let given = Given::read(&text).unwrap();
        assert_eq!(given.mapping.reading, reading);
        assert!(given.says("fixed.currency") && text.contains("windows-1252"), "{text}");
        assert_eq!(Reading::default().within(None).unwrap(), None);
    }
}
