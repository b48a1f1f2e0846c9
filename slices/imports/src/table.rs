//! A table that a file holds: a sheet, a member of an archive, a list of objects, or the file itself.

use std::path::PathBuf;

use kernel::Result;
use serde::{Deserialize, Serialize};

use crate::{
    Dialect, Reading, Source,
    sniff::{self, sniff_as},
};

/// A table of text that was found in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// What it is called inside the file: the sheet, the member, the list, the table. Empty where the file is one table.
    pub name: String,
    /// Where its text lies: the file itself, or a text that was derived from it and is kept beside it. Its rows stand in
    /// the order of the file; blank ones of a sheet are kept, so that each can be found there by its number.
    pub file: PathBuf,
    /// What is known of how it is written.
    pub known: Known,
    /// What was left out or changed, for a person. What concerns the whole file stands with its first table.
    pub notes: Vec<String>,
}

/// What is known of how the text of a table is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Known {
    /// Nothing: a person or another program wrote it.
    #[default]
    Nothing,
    /// It was derived from the cells of a sheet, in which the header has to be looked for.
    Cells,
    /// It was derived from something that names its columns: they stand in its first record.
    Header,
    /// So it was, and each row is a person or a firm as an address card tells them.
    Cards,
}

impl Table {
    /// How its text, opened as `source`, is written: found out as far as it is neither known nor `said`. What is said
    /// counts only for a text that a person or another program wrote.
    ///
    /// # Errors
    /// `imports.binary` where it is no text, `imports.no_rows` where there is nothing but a header.
    pub fn dialect(&self, source: &Source, said: &Reading) -> Result<Dialect> {
        match self.known {
            Known::Nothing => sniff_as(source, said),
            Known::Cells => sniff::derived(source, false),
            Known::Header | Known::Cards => sniff::derived(source, true),
        }
    }
}

/// A name out of a file, fit to be shown: on one line, of bearable length, without what steers terminals.
pub(crate) fn shown(name: &str) -> String {
    const LONGEST: usize = 120;
    let plain: String = name.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    match plain.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &plain[..at]),
        None => plain,
    }
}
