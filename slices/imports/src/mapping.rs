//! A mapping: what the columns of a file mean, what the file does not tell, and the rules a person can change.

mod check;

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use kernel::{Currency, Day, Problem, Result};
use serde::{Deserialize, Serialize};
use speech::say;
use timeline::fact::{Channel, Offer};

pub(crate) use self::check::refused;
pub use crate::rules::{Adjustment, Cancellation, Exclude, Fees, Movement, Only, Rules};
pub use crate::target::Target;
use crate::{
    DateOrder, DecimalSign, Meaning, Reading, identity::column_key, join::Lookups, record::shortened,
    values::words,
};

/// What the columns of a file mean and how its rows are read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// What the rows become.
    #[serde(default)]
    pub target: Target,
    /// What "now" is when the facts of this file are judged.
    #[serde(default)]
    pub now: Now,
    /// How the file is written, where a person said so.
    #[serde(default, skip_serializing_if = "Reading::is_empty")]
    pub reading: Reading,
    /// What the file does not tell.
    #[serde(default)]
    pub fixed: Fixed,
    /// Which column means what.
    #[serde(default)]
    pub columns: BTreeMap<Meaning, String>,
    /// Further columns of one meaning: the second phone, the third address of a person.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub also: BTreeMap<Meaning, Vec<String>>,
    /// How cells are written.
    #[serde(default)]
    pub formats: Formats,
    /// What is no plain sale.
    #[serde(default)]
    pub rules: Rules,
    /// The tables in which values are looked up.
    #[serde(default, skip_serializing_if = "Lookups::is_empty")]
    pub lookups: Lookups,
}

words! {
    /// What "now" is when the facts of a file are judged.
    #[derive(Default)]
    Now {
        /// The last day in the file.
        #[default]
        EndOfData = "end of data",
        /// The clock of the house.
        Clock = "clock",
    }
}

/// What the file does not tell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fixed {
    /// The service line the rows belong to.
    #[serde(default)]
    pub line: String,
    /// The industry of that line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub industry: Option<String>,
    /// What kind of thing was bought.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<Offer>,
    /// How it was bought.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// The currency, where no column tells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// The time zone in which the file writes times without an offset.
    #[serde(default = "utc")]
    pub zone: String,
    /// The numbering to which the party ids belong; files that share one share their parties.
    #[serde(default = "party_space")]
    pub party_space: String,
    /// The numbering to which the record numbers belong, where it is not that of the target and its parties.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record_space: Option<String>,
    /// The day on which the file was written, such as 2024-12-31, where it tells how long something has run or that it
    /// has ended and not since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
    /// What conversations and meetings are about where no column tells: a topic of the policy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
}

impl Default for Fixed {
    fn default() -> Fixed {
        Fixed {
            line: String::new(),
            industry: None,
            offer: None,
            channel: None,
            currency: None,
            zone: utc(),
            party_space: party_space(),
            record_space: None,
            as_of: None,
            topic: None,
        }
    }
}

/// How cells are written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Formats {
    /// The order of day, month and year.
    pub dates: DateOrder,
    /// The order in columns of dates that differ from the others.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub dates_of: BTreeMap<Meaning, DateOrder>,
    /// The decimal sign of amounts and quantities.
    pub decimal: DecimalSign,
    /// The decimal sign of columns that differ from the others.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub decimal_of: BTreeMap<Meaning, DecimalSign>,
    /// Midnight stands for a whole day: the column tells days and no times.
    pub whole_days: bool,
    /// Amounts are written in the smallest unit of their currency: 1999 is 19.99 EUR, and 500 is 500 JPY.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub minor_units: bool,
    /// Columns whose ids are all written as floats of integers: `17850.0` is `17850`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub float_ids: Vec<Meaning>,
}

impl Formats {
    /// The order of day, month and year in the column with that meaning.
    pub fn dates(&self, meaning: Meaning) -> DateOrder {
        self.dates_of.get(&meaning).copied().unwrap_or(self.dates)
    }

    /// The decimal sign of the column with that meaning.
    pub fn decimal(&self, meaning: Meaning) -> DecimalSign {
        self.decimal_of.get(&meaning).copied().unwrap_or(self.decimal)
    }
}

impl Mapping {
    /// Reads a mapping from TOML.
    ///
    /// # Errors
    /// `imports.mapping` for an unknown key, a wrong word or a missing part, naming it and what is allowed, and
    /// whatever [`Mapping::check`] refuses.
    pub fn from_toml(text: &str) -> Result<Mapping> {
        let mapping = Mapping::draft(text)?;
        mapping.check()?;
        Ok(mapping)
    }

    /// Reads a mapping that may still lack something, as a proposal and a mapping of a few lines do.
    ///
    /// # Errors
    /// `imports.mapping` for an unknown key or a wrong word, naming it and what is allowed.
    pub fn draft(text: &str) -> Result<Mapping> {
        toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start.min(text.len()));
            let number = text.get(..at).map_or(1, |before| before.matches('\n').count() + 1);
            let line = text.lines().nth(number - 1).unwrap_or_default().trim();
            let key = line.split('=').next().unwrap_or_default().trim().to_owned();
            let message = say!("line {number} of the mapping, `{line}`: {}", error.message().trim());
            Problem::invalid(&key, "imports.mapping", message)
        })
    }

    /// The meaning of a column, by the name it has in the file; `names` are all of them.
    pub fn meaning_of(&self, column: &str, names: &[String]) -> Option<Meaning> {
        let is_it = |name: &str| position(names, name).is_some_and(|at| names[at] == column);
        self.columns.iter().find(|(_, name)| is_it(name)).map(|(meaning, _)| *meaning)
    }

    /// Refuses a mapping that names a column which the file has not.
    ///
    /// # Errors
    /// `imports.no_column`, naming it and those that are there.
    pub fn check_columns(&self, names: &[String]) -> Result<()> {
        // A further phone that nobody in this file has is none.
        match self.columns.iter().find(|(_, name)| position(names, name).is_none()) {
            Some((meaning, name)) => Err(missing(*meaning, name, names)),
            None => Ok(()),
        }
    }

    /// Whether a file with these columns has those that the mapping names and does not look up.
    pub(crate) fn fits(&self, names: &[String]) -> bool {
        let is_found = |column: &String| {
            self.lookups
                .keys()
                .any(|name| column.strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with('.')))
        };
        self.columns.values().all(|column| is_found(column) || position(names, column).is_some())
    }

    /// Writes it as TOML, which reads back as the same mapping.
    ///
    /// # Errors
    /// `imports.mapping_text` should TOML be unable to hold it, which no mapping should cause.
    pub fn to_toml(&self) -> Result<String> {
        toml::to_string(self).map_err(|error| {
            Problem::internal("imports.mapping_text", "writing the mapping as TOML failed").because(error)
        })
    }

    /// The time zone of times without an offset.
    ///
    /// # Errors
    /// `imports.zone` for a name that no time zone has.
    pub fn zone(&self) -> Result<TimeZone> {
        TimeZone::get(&self.fixed.zone).map_err(|error| {
            let name = &self.fixed.zone;
            let message = say!("{name:?} is no time zone; write a name such as Europe/London or UTC");
            Problem::invalid("fixed.zone", "imports.zone", message).because(error)
        })
    }

    /// The day on which the file was written, where the mapping says.
    ///
    /// # Errors
    /// `imports.mapping` for something that is no day.
    pub(crate) fn as_of(&self) -> Result<Option<Day>> {
        let Some(text) = &self.fixed.as_of else { return Ok(None) };
        Day::parse(text).map(Some).map_err(|_| {
            let message = say!("{text:?} is not a date; write it as 2025-03-04");
            Problem::invalid("fixed.as_of", "imports.mapping", message)
        })
    }

    /// Whose numbering the record numbers of the file belong to.
    pub(crate) fn record_space(&self) -> String {
        let own = self.fixed.record_space.clone();
        own.unwrap_or_else(|| format!("{} {}", self.target.as_str(), self.fixed.party_space))
    }
}

/// The place of a column by its name; case and blanks around it do not matter if nothing fits exactly.
pub(crate) fn position(names: &[String], name: &str) -> Option<usize> {
    let exact = names.iter().position(|known| known == name);
    exact.or_else(|| names.iter().position(|known| column_key(known) == column_key(name)))
}

/// The refusal of a column that the file has not.
pub(crate) fn missing(meaning: Meaning, name: &str, names: &[String]) -> Problem {
    let field = format!("columns.{}", meaning.as_str());
    let seen = shortened(&names.join(", "));
    let message = say!("the file has no column {name:?} for `{}`; it has {seen}", meaning.as_str());
    Problem::invalid(&field, "imports.no_column", message)
}

/// The zone of a file that names none.
fn utc() -> String {
    "UTC".to_owned()
}

/// The numbering of party ids where the mapping names none.
fn party_space() -> String {
    "customers".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHOP: &str = include_str!("../mappings/online_retail.toml");

    #[test]
    fn a_mapping_reads_back_as_it_was_written() {
        let mapping = Mapping::from_toml(SHOP).unwrap();
        assert_eq!(Mapping::from_toml(&mapping.to_toml().unwrap()).unwrap(), mapping);
    }

    #[test]
    fn a_wrong_word_is_refused_with_the_words_allowed() {
        for (wrong, said) in [
            (SHOP.replace("end of data", "tomorrow"), "`end of data`"),
            (SHOP.replace("offer = \"goods\"", "offer = \"gods\""), "professional_service"),
            (SHOP.replace("orders.record", "orders.forget"), "orders.record"),
            (SHOP.replace("sku =", "skew ="), "`sku`"),
            (SHOP.replace("[fixed]", "[fixed]\ncolour = 1"), "colour"),
            (SHOP.replace("date = \"InvoiceDate\"", ""), "`date`"),
            (SHOP.replace("Europe/London", "Europe/Londn"), "time zone"),
            (SHOP.replace("currency = \"GBP\"", ""), "currency"),
            (SHOP.replace("currency = \"GBP\"", "currency = \"quid\""), "ISO 4217"),
            (SHOP.replace("prefixes = [\"C\"]", "prefixes = [\"\"]"), "empty prefix"),
            (SHOP.replace("unit_price = \"UnitPrice\"", ""), "`line_amount`"),
        ] {
            let problem = Mapping::from_toml(&wrong).unwrap_err();
            assert!(problem.to_string().contains(said), "{said}: {problem}");
            assert!(problem.field.is_some());
        }
    }
}
