//! What the rows of a file say about its rules: prefixes of order numbers, fees, stock movements, dead documents.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    DecimalSign, Meaning, Record,
    mapping::{Adjustment, Cancellation, Exclude, Fees, Movement, Rules},
    number,
    values::present,
    vocabulary::{ADJUSTMENTS, DEAD_STATUSES, FEE_PREFIXES, is_fee},
};

/// The most different prefixes and statuses that are told apart.
const MOST: usize = 64;

/// What was seen in all rows.
#[derive(Debug)]
pub(crate) struct Evidence {
    columns: BTreeMap<Meaning, usize>,
    decimal: DecimalSign,
    prefixes: BTreeMap<String, Prefixed>,
    plain: Prefixed,
    fees: BTreeSet<String>,
    fee_prefixes: BTreeSet<&'static str>,
    statuses: BTreeSet<String>,
    free: u64,
    tests: BTreeSet<String>,
}

/// Rows whose order number begins the same.
#[derive(Debug, Default)]
struct Prefixed {
    rows: u64,
    negative: u64,
    adjusting: u64,
}

impl Evidence {
    pub fn new(columns: BTreeMap<Meaning, usize>, decimal: DecimalSign) -> Evidence {
        Evidence {
            columns,
            decimal,
            prefixes: BTreeMap::new(),
            plain: Prefixed::default(),
            fees: BTreeSet::new(),
            fee_prefixes: BTreeSet::new(),
            statuses: BTreeSet::new(),
            free: 0,
            tests: BTreeSet::new(),
        }
    }

    /// Looks at one more row.
    pub fn look(&mut self, record: &Record) {
        let cell = |meaning| self.columns.get(&meaning).and_then(|at| present(record.cell(*at)));
        let value = |meaning| cell(meaning).and_then(|text| number::parse(text, self.decimal).ok());
        let amounts = [Meaning::Quantity, Meaning::LineAmount, Meaning::OrderTotal, Meaning::UnitPrice];
        let negative = amounts.into_iter().filter_map(value).any(|amount| amount < 0);
        let adjusting = cell(Meaning::Description).is_some_and(|text| known(text, &ADJUSTMENTS));
        self.free += u64::from(value(Meaning::UnitPrice) == Some(0));
        let sku = cell(Meaning::Sku).filter(|sku| is_fee(sku)).map(str::to_owned);
        let status = cell(Meaning::Status).filter(|status| known(status, &DEAD_STATUSES)).map(str::to_owned);
        let test = [Meaning::PartyId, Meaning::PartyName].into_iter().filter_map(cell);
        let test = test.filter(|party| party.eq_ignore_ascii_case("test")).map(str::to_owned).next();
        let prefix: String = cell(Meaning::OrderNumber).map_or(String::new(), letters);
        self.keep(sku, status, test);
        let seen = match prefix.as_str() {
            "" => &mut self.plain,
            _ if self.prefixes.len() < MOST || self.prefixes.contains_key(&prefix) => {
                self.prefixes.entry(prefix).or_default()
            }
            _ => &mut self.plain,
        };
        seen.rows += 1;
        seen.negative += u64::from(negative);
        seen.adjusting += u64::from(adjusting);
    }

    fn keep(&mut self, sku: Option<String>, status: Option<String>, test: Option<String>) {
        if let Some(sku) = sku {
            match FEE_PREFIXES.iter().find(|prefix| sku.starts_with(*prefix)) {
                Some(prefix) => drop(self.fee_prefixes.insert(prefix)),
                None => drop(self.fees.insert(sku)),
            }
        }
        self.statuses.extend(status.filter(|_| self.statuses.len() < MOST));
        self.tests.extend(test);
    }

    /// The rules that what was seen suggests.
    pub fn rules(&self) -> Rules {
        let rows: u64 = self.prefixes.values().map(|seen| seen.rows).sum::<u64>() + self.plain.rows;
        let is_adjusting = |seen: &Prefixed| 2 * seen.adjusting > seen.rows;
        let is_cancelling = |seen: &Prefixed| {
            !is_adjusting(seen) && 10 * seen.negative > 8 * seen.rows && 2 * seen.rows < rows
        };
        let having = |fits: &dyn Fn(&Prefixed) -> bool| -> Vec<String> {
            self.prefixes.iter().filter(|(_, seen)| fits(seen)).map(|(prefix, _)| prefix.clone()).collect()
        };
        let cancelling = having(&is_cancelling);
        let adjusting = having(&is_adjusting);
        let unmarked = self.prefixes.values().chain([&self.plain]).filter(|seen| !is_cancelling(seen));
        let unmarked: u64 = unmarked.map(|seen| seen.negative - seen.adjusting.min(seen.negative)).sum();
        let marked = !cancelling.is_empty();
        Rules {
            cancellation: Cancellation {
                negative: !marked && unmarked > 0,
                prefixes: cancelling,
                all: false,
            },
            adjustment: Adjustment {
                descriptions: if adjusting.is_empty() { Vec::new() } else { vec![ADJUSTMENTS[0].to_owned()] },
                prefixes: adjusting,
            },
            fees: Fees {
                skus: self.fees.iter().cloned().collect(),
                prefixes: self.fee_prefixes.iter().map(|prefix| (*prefix).to_owned()).collect(),
            },
            movement: Movement { zero_price: self.free > 0, negative_quantity: marked && unmarked > 0 },
            exclude: Exclude {
                statuses: self.statuses.iter().cloned().collect(),
                parties: self.tests.iter().cloned().collect(),
                skus: Vec::new(),
                documents: Vec::new(),
            },
            only: None,
        }
    }
}

/// The letters an order number begins with, if digits follow them.
fn letters(number: &str) -> String {
    let end = number.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(number.len());
    let digits = number[end..].bytes().any(|byte| byte.is_ascii_digit());
    if digits && end <= 8 { number[..end].to_owned() } else { String::new() }
}

fn known(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| word.eq_ignore_ascii_case(text))
}
