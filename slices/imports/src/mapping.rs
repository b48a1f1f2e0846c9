//! A mapping: what the columns of a file mean, what the file does not tell, and the rules a person can change.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use kernel::{Currency, Problem, Result};
use serde::{Deserialize, Serialize};
use timeline::fact::{Channel, Offer};

use crate::{DateOrder, DecimalSign};

/// What the columns of a file mean and how its rows are read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// What the rows become.
    pub target: Target,
    /// What "now" is when the facts of this file are judged.
    #[serde(default)]
    pub now: Now,
    /// What the file does not tell.
    pub fixed: Fixed,
    /// Which column means what.
    pub columns: BTreeMap<Meaning, String>,
    /// How cells are written.
    #[serde(default)]
    pub formats: Formats,
    /// What is no plain sale.
    #[serde(default)]
    pub rules: Rules,
}

/// The operations a mapping can feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// Lines of orders.
    #[serde(rename = "orders.record")]
    OrdersRecord,
}

/// What "now" is for the judgement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Now {
    /// The last day in the file.
    #[default]
    #[serde(rename = "end of data")]
    EndOfData,
    /// The clock of the house.
    #[serde(rename = "clock")]
    Clock,
}

/// What the file does not tell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fixed {
    /// The service line the rows belong to.
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
}

/// How cells are written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Formats {
    /// The order of day, month and year.
    pub dates: DateOrder,
    /// The decimal sign of amounts and quantities.
    pub decimal: DecimalSign,
    /// Ids are written as floats of integers: `17850.0` is `17850`.
    pub float_ids: bool,
}

/// What is no plain sale.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Rules {
    /// Lines that take a purchase back.
    pub cancellation: Cancellation,
    /// Lines of bookkeeping.
    pub adjustment: Adjustment,
    /// Lines that are money but nothing that was bought.
    pub fees: Fees,
    /// Lines that only moved stock.
    pub movement: Movement,
    /// Lines to leave out.
    pub exclude: Exclude,
}

/// Lines that take a purchase back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Cancellation {
    /// Order numbers that begin so.
    pub prefixes: Vec<String>,
    /// A negative quantity or amount.
    pub negative: bool,
}

/// Lines of bookkeeping.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Adjustment {
    /// Order numbers that begin so.
    pub prefixes: Vec<String>,
    /// Descriptions that read so, in either case.
    pub descriptions: Vec<String>,
}

/// Lines that are money but nothing that was bought.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Fees {
    /// These article numbers, in this case.
    pub skus: Vec<String>,
    /// Article numbers that begin so.
    pub prefixes: Vec<String>,
}

/// Lines that only moved stock.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Movement {
    /// A price of zero or less.
    pub zero_price: bool,
    /// A quantity of zero or less that is no cancellation.
    pub negative_quantity: bool,
}

/// Lines to leave out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Exclude {
    /// These words in the column `status`, in either case: drafts, voided documents.
    pub statuses: Vec<String>,
    /// These party ids or names, in either case: test accounts.
    pub parties: Vec<String>,
    /// These article numbers, in either case: test articles.
    pub skus: Vec<String>,
}

/// What a column can mean for `orders.record`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Meaning {
    /// The number of the order or invoice.
    OrderNumber,
    /// When it happened.
    Date,
    /// The article number.
    Sku,
    /// What was bought, in words.
    Description,
    /// How many.
    Quantity,
    /// The price of one.
    UnitPrice,
    /// What the line comes to.
    LineAmount,
    /// What the whole order comes to, on its first line or on each.
    OrderTotal,
    /// The id of the party.
    PartyId,
    /// The name of the party.
    PartyName,
    /// The email address of the party.
    Email,
    /// The country of the party.
    Country,
    /// The currency of the amounts.
    Currency,
    /// The state of the document: paid, draft, voided.
    Status,
}

impl Mapping {
    /// Reads a mapping from TOML.
    ///
    /// # Errors
    /// `imports.mapping` for an unknown key, a wrong word or a missing part, naming it and what is allowed.
    pub fn from_toml(text: &str) -> Result<Mapping> {
        let mapping: Mapping = toml::from_str(text)
            .map_err(|error| Problem::invalid("mapping", "imports.mapping", error.message().to_owned()))?;
        mapping.checked()
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
            Problem::invalid(
                "fixed.zone",
                "imports.zone",
                format!("{:?} is no time zone; write a name such as Europe/London or UTC", self.fixed.zone),
            )
            .because(error)
        })
    }

    /// Itself, if it can be used.
    fn checked(self) -> Result<Mapping> {
        self.zone()?;
        Ok(self)
    }
}

/// The zone of a file that names none.
fn utc() -> String {
    "UTC".to_owned()
}

/// The numbering of party ids where the mapping names none.
fn party_space() -> String {
    "customers".to_owned()
}
