//! Whether the total of an order stands on each of its lines or on one, and whether its lines add up to it.

use std::collections::HashMap;

use kernel::Result;

use crate::{
    Mapping, Meaning, Record, Records, Row, Target,
    grouped::grouped,
    mapping::position,
    number,
    survey::hash_of,
    values::{id, present},
};

/// Most orders that are looked at; of more an even choice by their numbers.
const MOST: usize = 1 << 16;

/// The lines of one order.
#[derive(Debug, Default)]
struct Order {
    lines: u32,
    /// Lines on which a total stands.
    totalled: u32,
    total: Option<i64>,
    /// Its totals differ.
    torn: bool,
    /// What its lines add up to; nothing where one of them tells no amount.
    sum: Option<i64>,
}

/// What is to be said about the totals of orders in a file of their lines; nothing where it has none.
///
/// # Errors
/// Whatever keeps the file from being read before it breaks off.
pub(crate) fn check(mut records: Records, mapping: &Mapping) -> Result<Option<String>> {
    let names = records.names().to_vec();
    let place = |meaning| mapping.columns.get(&meaning).and_then(|name| position(&names, name));
    let (Some(number), Some(total)) = (place(Meaning::OrderNumber), place(Meaning::OrderTotal)) else {
        return Ok(None);
    };
    if mapping.target != Target::OrdersRecord {
        return Ok(None);
    }
    let amount = |record: &Record, meaning| {
        let text = place(meaning).and_then(|at| present(record.cell(at)))?;
        number::parse(text, mapping.formats.decimal(meaning)).ok()
    };
    let line = |record: &Record| {
        amount(record, Meaning::LineAmount).or_else(|| {
            number::product(amount(record, Meaning::Quantity)?, amount(record, Meaning::UnitPrice)?)
        })
    };
    let mut orders: HashMap<u64, Order> = HashMap::new();
    let mut halved = 0;
    while let Ok(Some(row)) = records.read() {
        let Row::Record(record) = row else { continue };
        let Some(hash) = id(record.cell(number), true).map(hash_of) else { continue };
        if hash.leading_zeros() < halved {
            continue;
        }
        let told = present(record.cell(total)).and_then(|_| amount(record, Meaning::OrderTotal));
        orders.entry(hash).or_default().add(told, line(record));
        if 2 * MOST < orders.len() {
            halved += 1;
            orders.retain(|hash, _| halved <= hash.leading_zeros());
        }
    }
    Ok(said(orders.values(), halved))
}

impl Order {
    fn add(&mut self, total: Option<i64>, line: Option<i64>) {
        let sum = if self.lines == 0 { Some(0) } else { self.sum };
        self.sum = sum.zip(line).map(|(sum, line)| sum.saturating_add(line));
        self.lines += 1;
        if let Some(total) = total {
            self.totalled += 1;
            self.torn |= self.total.is_some_and(|known| known != total);
            self.total = Some(total);
        }
    }
}

fn said<'o>(orders: impl Iterator<Item = &'o Order>, halved: u32) -> Option<String> {
    let (mut several, mut each, mut once, mut summed, mut equal) = (0, 0, 0, 0, 0);
    for order in orders.filter(|order| order.total.is_some()) {
        if 1 < order.lines {
            several += 1;
            each += i64::from(order.totalled == order.lines && !order.torn);
            once += i64::from(order.totalled == 1);
        }
        if let (Some(sum), false) = (order.sum, order.torn) {
            summed += 1;
            equal += i64::from(Some(sum) == order.total);
        }
    }
    let about = if halved == 0 { "" } else { "about " };
    let count = |n: i64| grouped(n << halved);
    let stands = match (2 * each > several, 2 * once > several) {
        _ if several == 0 => None,
        (true, _) => Some(format!(
            "on each line of {about}{} of {} orders with several lines",
            count(each),
            count(several)
        )),
        (_, true) => Some(format!(
            "on one line of {about}{} of {} orders with several lines",
            count(once),
            count(several)
        )),
        _ => Some(format!("differently on the lines of {about}{} orders", count(several))),
    }?;
    let sums = match summed {
        0 => String::new(),
        _ => format!("; the lines add up to it in {} of {}", count(equal), count(summed)),
    };
    Some(format!("The total of an order stands {stands}, and is counted once for each order{sums}"))
}
