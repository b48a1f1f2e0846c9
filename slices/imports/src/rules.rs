//! The rules of a mapping: what is no plain sale, and what kind of line a record is by them.

use kernel::{Problem, Result};
use serde::{Deserialize, Serialize};
use speech::say;

use crate::{LineKind, PartyKey};

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
    /// Rows to take, where the file holds those of others as well.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only: Option<Only>,
}

/// Rows to take: all others are left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Only {
    /// The column that tells them apart, by its name in the file.
    pub column: String,
    /// What stands in it, in either case.
    pub values: Vec<String>,
}

/// Lines that take a purchase back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Cancellation {
    /// Order numbers that begin so.
    pub prefixes: Vec<String>,
    /// A negative quantity or amount.
    pub negative: bool,
    /// Every row: a file of returns.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub all: bool,
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
    /// These words in the column `document_type`, in either case: bills of suppliers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<String>,
}

/// The rules of a mapping.
pub(crate) struct Ruling {
    rules: Rules,
    fees: Vec<String>,
}

/// What the rules look at.
pub(crate) struct Facts<'r> {
    pub number: &'r str,
    pub sku: &'r str,
    pub description: &'r str,
    pub status: Option<&'r str>,
    pub party: Option<&'r PartyKey<'r>>,
    pub quantity: i64,
    /// The price of one, or what the line comes to where the file has no price.
    pub price: i64,
}

impl Ruling {
    pub fn new(rules: &Rules) -> Ruling {
        let mut fees = rules.fees.skus.clone();
        fees.sort_unstable();
        Ruling { rules: rules.clone(), fees }
    }

    /// What kind of line it is; the first rule that fits decides.
    pub fn kind(&self, facts: &Facts<'_>) -> LineKind {
        let Rules { cancellation, adjustment, movement, .. } = &self.rules;
        if self.why_excluded(facts).is_some() {
            LineKind::Excluded
        } else if begins(facts.number, &adjustment.prefixes)
            || listed(facts.description, &adjustment.descriptions)
        {
            LineKind::Adjustment
        } else if cancellation.all
            || begins(facts.number, &cancellation.prefixes)
            || (cancellation.negative && (facts.quantity < 0 || facts.price < 0))
        {
            LineKind::Cancellation
        } else if (movement.zero_price && facts.price <= 0)
            || (movement.negative_quantity && facts.quantity <= 0)
        {
            LineKind::Movement
        } else {
            LineKind::Sale
        }
    }

    /// Whether an article number is that of a fee.
    pub fn is_fee(&self, sku: &str) -> bool {
        self.fees.binary_search_by(|fee| fee.as_str().cmp(sku)).is_ok()
            || begins(sku, &self.rules.fees.prefixes)
    }

    /// Which rule takes a line out, if one does.
    pub fn why_excluded(&self, facts: &Facts<'_>) -> Option<String> {
        let party = facts.party.map(|party| [Some(&*party.id), party.name]).unwrap_or_default();
        self.rules.exclude.why(facts.status, None, Some(facts.sku), party)
    }
}

impl Exclude {
    /// Which of these lists a row stands in, by its status, its kind of document, its article, its party; with the word.
    pub(crate) fn why(
        &self,
        status: Option<&str>,
        document: Option<&str>,
        sku: Option<&str>,
        party: [Option<&str>; 2],
    ) -> Option<String> {
        let [id, name] = party;
        let all = [
            (status, &self.statuses, "status"),
            (document, &self.documents, "kind of document"),
            (sku, &self.skus, "article"),
            (id, &self.parties, "party"),
            (name, &self.parties, "party"),
        ];
        let found =
            all.into_iter().find_map(|(text, list, what)| Some((text.filter(|it| listed(it, list))?, what)));
        found.map(|(text, what)| format!("{what} {text}"))
    }
}

impl Rules {
    /// Refuses a prefix that fits everything.
    pub(crate) fn check(&self) -> Result<()> {
        let lists = [
            ("rules.cancellation.prefixes", &self.cancellation.prefixes),
            ("rules.adjustment.prefixes", &self.adjustment.prefixes),
            ("rules.fees.prefixes", &self.fees.prefixes),
        ];
        match lists.iter().find(|(_, list)| list.iter().any(String::is_empty)) {
            Some((field, _)) => Err(Problem::invalid(
                field,
                "imports.mapping",
                say!("`{field}` holds an empty prefix, which every row would fit; take it out"),
            )),
            None => Ok(()),
        }
    }
}

fn begins(text: &str, prefixes: &[String]) -> bool {
    prefixes.iter().any(|prefix| text.starts_with(prefix.as_str()))
}

fn listed(text: &str, list: &[String]) -> bool {
    list.iter().any(|word| word.eq_ignore_ascii_case(text))
}
