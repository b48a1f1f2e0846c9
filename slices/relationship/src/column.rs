//! Columns of the book: which there are, and which are shown where nobody chooses.

use kernel::{Problem, Result};
use speech::say;

use crate::word::words;

words! {
    /// A column.
    ColumnName {
        /// The name of the account; always shown, and first.
        Name = "name",
        /// The service line.
        Line = "line",
        /// The class that counts.
        Class = "class",
        /// Strength of evidence.
        Strength = "strength",
        /// What they brought less what went back.
        Net = "net",
        /// The last day.
        Last = "last",
        /// Service fit.
        Fit = "fit",
        /// Confidence.
        Confidence = "confidence",
        /// Since when it is what it is.
        Since = "since",
        /// Purchases that were kept.
        Purchases = "purchases",
        /// How much of what could be known is.
        Coverage = "coverage",
        /// What they want.
        Preference = "preference",
        /// The country of the account.
        Country = "country",
        /// Who set the class by hand, until when.
        Override = "override",
        /// The currency of what they brought.
        Currency = "currency",
    }
}

/// Those that are shown where nobody chooses.
pub const USUAL: [ColumnName; 8] = [
    ColumnName::Name,
    ColumnName::Line,
    ColumnName::Class,
    ColumnName::Strength,
    ColumnName::Net,
    ColumnName::Last,
    ColumnName::Fit,
    ColumnName::Confidence,
];

impl ColumnName {
    /// What it is called on pages.
    pub fn label(self) -> &'static str {
        match self {
            ColumnName::Name => "Party",
            ColumnName::Line => "Service line",
            ColumnName::Class => "Class",
            ColumnName::Strength => "Strength of evidence",
            ColumnName::Net => "Net",
            ColumnName::Last => "Last",
            ColumnName::Fit => "Service fit",
            ColumnName::Confidence => "Confidence",
            ColumnName::Since => "Since",
            ColumnName::Purchases => "Purchases",
            ColumnName::Coverage => "Coverage",
            ColumnName::Preference => "They want",
            ColumnName::Country => "Country",
            ColumnName::Override => "Set by hand",
            ColumnName::Currency => "Currency",
        }
    }
}

/// The columns that a text asks for, with commas between, each once, the name first; the usual ones for a blank text.
///
/// # Errors
/// `book.word` for a word that is no column.
pub fn chosen(text: Option<&str>) -> Result<Vec<ColumnName>> {
    let asked: Vec<&str> =
        text.unwrap_or_default().split(',').map(str::trim).filter(|word| !word.is_empty()).collect();
    if asked.is_empty() {
        return Ok(USUAL.to_vec());
    }
    let mut columns = vec![ColumnName::Name];
    for word in asked {
        let column = ColumnName::parse(word).ok_or_else(|| {
            let known: Vec<_> = ColumnName::ALL.iter().map(|column| column.as_str()).collect();
            let text = say!("{word:?} is no column; known are {}", known.join(", "));
            Problem::invalid("columns", "book.word", text)
        })?;
        if !columns.contains(&column) {
            columns.push(column);
        }
    }
    Ok(columns)
}

/// Columns as the text that asks for them; nothing for the usual ones.
pub fn text(columns: &[ColumnName]) -> Option<String> {
    let words: Vec<_> = columns.iter().map(|column| column.as_str()).collect();
    (columns != USUAL).then(|| words.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_chosen_in_any_order_and_the_name_is_always_first() {
        let read = |asked: &str| text(&chosen(Some(asked)).unwrap());
        assert_eq!(read("net, class,net"), Some("name,net,class".into()));
        assert_eq!(read("class,name"), Some("name,class".into()));
        assert_eq!(read(" , "), None);
        assert_eq!(read("line,class,strength,net,last,fit,confidence"), None, "these are the usual ones");
        assert_eq!(chosen(None).unwrap(), USUAL);
        let refused = chosen(Some("class,colour")).unwrap_err();
        assert!(
            refused.message.contains("\"colour\" is no column; known are name, line, class"),
            "{refused}"
        );
    }
}
