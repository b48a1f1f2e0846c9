//! The lines of a file gathered into batches that hold whole orders.
//!
//! A first look over the file counts the lines of each order; in the second an order is complete when its last line
//! has come. So the lines of an order may stand anywhere in the file, only open orders are held in memory, and the
//! order in which orders complete depends on the file alone.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
};

use accounts::Party;
use kernel::{Context, Currency, Day, Moment, Problem, Result};
use orders::{LineInput, LineKind};

use crate::{Dialect, Mapping, OrderLine, OrderLines, Read, Records, Rejection, Source, order_line};

/// Lines in a batch, more only where one order has more.
pub const BATCH: usize = 2_000;

/// A line of an order that no longer needs its file.
#[derive(Clone, Debug)]
pub struct KeptLine {
    row: i64,
    identity: i64,
    kind: LineKind,
    fee: bool,
    at: Moment,
    quantity: i64,
    unit_price: Option<i64>,
    amount: i64,
    currency: Currency,
    /// All texts one after the other; `ends` says where each stops.
    text: String,
    ends: [u32; TEXTS],
    has_party: bool,
}

/// order key, number, sku, description, party space, party id, name, country, email
const TEXTS: usize = 9;

impl KeptLine {
    fn of(line: &OrderLine<'_>, kind: LineKind) -> KeptLine {
        let party = line.party.as_ref();
        let said = |value: Option<&'_ str>| value.unwrap_or_default().to_owned();
        let texts: [&str; TEXTS] = [
            &line.order_key,
            &line.number,
            &line.sku,
            &line.description,
            party.map_or("", |party| party.space),
            party.map_or("", |party| &party.id),
            &said(party.and_then(|party| party.name)),
            &said(party.and_then(|party| party.country)),
            &said(party.and_then(|party| party.email)),
        ];
        let mut text = String::with_capacity(texts.iter().map(|text| text.len()).sum());
        let mut ends = [0; TEXTS];
        for (part, end) in texts.iter().zip(&mut ends) {
            text.push_str(part);
            *end = u32::try_from(text.len()).unwrap_or(u32::MAX);
        }
        KeptLine {
            row: line.row,
            identity: folded(line.identity.0),
            kind,
            fee: line.fee,
            at: line.at,
            quantity: line.quantity,
            unit_price: line.unit_price,
            amount: line.amount,
            currency: line.currency,
            text,
            ends,
            has_party: party.is_some(),
        }
    }

    fn part(&self, n: usize) -> &str {
        let start = if n == 0 { 0 } else { self.ends[n - 1] as usize };
        &self.text[start..self.ends[n] as usize]
    }

    /// As the input of the operation `orders.record`.
    pub fn input(&self) -> LineInput<'_> {
        let said = |n: usize| Some(self.part(n)).filter(|text| !text.is_empty());
        let party =
            Party { space: self.part(4), key: self.part(5), name: said(6), country: said(7), email: said(8) };
        LineInput {
            row: self.row,
            identity: self.identity,
            order_key: self.part(0),
            number: self.part(1),
            kind: self.kind,
            fee: self.fee,
            party: self.has_party.then_some(party),
            at: self.at,
            sku: self.part(2),
            description: self.part(3),
            quantity: self.quantity,
            unit_price: self.unit_price,
            amount: self.amount,
            currency: self.currency,
        }
    }
}

/// Sixteen bytes of hash in eight: within one order that is plenty.
pub(crate) fn folded(hash: u128) -> i64 {
    let bytes = ((hash >> 64) ^ hash).to_le_bytes();
    i64::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7]])
}

/// Some whole orders, with the rows that could not be read on the way to them.
#[derive(Debug, Default)]
pub struct Batch {
    /// The lines, order by order.
    pub lines: Vec<KeptLine>,
    /// Rows that could not be read.
    pub rejections: Vec<Rejection>,
    /// Rows that a rule of the mapping leaves out.
    pub excluded: i64,
    /// Rows read up to here, in the whole file.
    pub rows: i64,
}

impl Batch {
    /// The last day on which a line names somebody; a day that has not come yet moves nobody's now.
    pub fn last_day(&self, cx: &Context) -> Option<Day> {
        let named = self.lines.iter().filter(|line| line.has_party);
        named.map(|line| line.at.day(&cx.zone)).filter(|day| *day <= cx.today()).max()
    }
}

/// The batches of a file.
pub struct Batches {
    lines: OrderLines,
    /// Lines still to come of each order, by the hash of its key.
    missing: HashMap<u64, u32>,
    open: HashMap<u64, Vec<KeptLine>>,
    damage: Option<Problem>,
    /// The order of the last row that can be read: where the file breaks off, it may lack its rest.
    last: Option<u64>,
    ended: bool,
    rows: i64,
    total: i64,
}

impl Batches {
    /// Counts the file and opens it anew. `open` gives the file from its beginning each time.
    ///
    /// # Errors
    /// Whatever keeps the file from being read by that mapping at all.
    pub fn open(open: &dyn Fn() -> Result<Source>, dialect: &Dialect, mapping: &Mapping) -> Result<Batches> {
        let mut missing: HashMap<u64, u32> = HashMap::new();
        let (mut total, mut last) = (0, None);
        let mut first = OrderLines::open(open()?, dialect, mapping)?;
        let damage = loop {
            match first.read() {
                Err(problem) => break Some(problem),
                Ok(None) => break cut(first.records()),
                Ok(Some(read)) => {
                    total += 1;
                    if let Read::Line(line) = read {
                        let key = key(&line.order_key);
                        *missing.entry(key).or_default() += 1;
                        last = Some(key);
                    }
                }
            }
        };
        let lines = OrderLines::open(open()?, dialect, mapping)?;
        Ok(Batches { lines, missing, open: HashMap::new(), damage, last, ended: false, rows: 0, total })
    }

    /// Rows in the file, up to where it breaks off if it does.
    pub fn total(&self) -> i64 {
        self.total
    }

    /// Whether no row of the file can be read.
    pub fn is_blank(&self) -> bool {
        self.missing.is_empty()
    }

    /// Where the file breaks off, when it does.
    pub fn damage(&self) -> Option<&Problem> {
        self.damage.as_ref()
    }

    /// The next batch; nothing at the end. Of a file that breaks off, the order in which it does is rejected: half an
    /// order is none.
    pub fn next_batch(&mut self) -> Option<Batch> {
        if self.ended {
            return None;
        }
        let mut batch = Batch::default();
        while batch.lines.len() < BATCH {
            let Ok(Some(read)) = self.lines.read() else {
                self.ended = true;
                break;
            };
            self.rows += 1;
            let line = match read {
                Read::Rejected(rejection) => {
                    batch.rejections.push(rejection);
                    continue;
                }
                Read::Line(line) => line,
            };
            let key = key(&line.order_key);
            let missing = self.missing.entry(key).or_insert(1);
            *missing = missing.saturating_sub(1);
            let complete = *missing == 0;
            match kind(line.kind) {
                None => batch.excluded += 1,
                Some(kind) => self.open.entry(key).or_default().push(KeptLine::of(&line, kind)),
            }
            if complete {
                let order = self.open.remove(&key).unwrap_or_default();
                match self.damage.is_some() && self.last == Some(key) {
                    true => batch.rejections.extend(order.iter().map(cut_off)),
                    false => batch.lines.extend(order),
                }
            }
        }
        batch.rows = self.rows;
        Some(batch)
    }
}

/// What is wrong with a file whose end stands within its last record.
fn cut(records: &Records) -> Option<Problem> {
    let text = || {
        let name = records.source().name();
        format!("{name} breaks off within row {}; get a complete copy and bring it in again", records.row())
    };
    records.is_cut().then(|| Problem::invalid("file", "imports.damaged", text()))
}

fn cut_off(line: &KeptLine) -> Rejection {
    Rejection {
        row: line.row,
        column: None,
        value: line.part(1).to_owned(),
        reason: "the file breaks off within this order; get a whole copy and import it again".to_owned(),
    }
}

fn key(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// The kind of line in the words of `orders`; none for one that a rule leaves out.
fn kind(kind: order_line::LineKind) -> Option<LineKind> {
    match kind {
        order_line::LineKind::Sale => Some(LineKind::Sale),
        order_line::LineKind::Cancellation => Some(LineKind::Cancellation),
        order_line::LineKind::Adjustment => Some(LineKind::Adjustment),
        order_line::LineKind::Movement => Some(LineKind::Movement),
        order_line::LineKind::Excluded => None,
    }
}
