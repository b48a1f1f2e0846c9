//! The lines of a file gathered into batches that hold whole orders.
//!
//! A first look over the file finds the orders whose lines do not all stand beside each other, and in how many places
//! they stand; in the second an order is complete when its last place is over. So the lines of an order may stand anywhere
//! in the file, only open orders are held in memory, and the order in which orders complete depends on the file alone.

use std::{
    collections::{BTreeMap, HashMap},
    hash::{DefaultHasher, Hash, Hasher},
};

use kernel::{Context, Day, Problem, Result};

use crate::{
    KeptLine, Mapping, Meaning, OrderLines, Read, Records, Rejection, Target, TypedRow, TypedRows,
    kept_line::kind, namesakes,
};

/// Lines in a batch, more only where one order has more.
pub const BATCH: usize = 2_000;

/// Sixteen bytes of hash in eight: within one order that is plenty.
pub(crate) fn folded(hash: u128) -> i64 {
    let bytes = ((hash >> 64) ^ hash).to_le_bytes();
    i64::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7]])
}

/// Some whole records (orders with all their lines), with the rows that could not be read on the way to them.
#[derive(Debug, Default)]
pub struct Batch {
    /// The lines, order by order, of a file of orders.
    pub lines: Vec<KeptLine>,
    /// The rows, record by record, of any other file.
    pub typed: Vec<TypedRow>,
    /// Rows that could not be read.
    pub rejections: Vec<Rejection>,
    /// How many rows the rules of the mapping leave out, by why.
    pub excluded: BTreeMap<String, i64>,
    /// Rows read up to here, in the whole file.
    pub rows: i64,
}

impl Batch {
    /// The last day on which a row names somebody; a day that has not come yet moves nobody's now.
    pub fn last_day(&self, cx: &Context) -> Option<Day> {
        let lines = self.lines.iter().filter(|line| line.has_party).map(|line| line.at);
        let rows = self.typed.iter().filter(|row| row.party.is_some());
        let rows = rows.filter_map(|row| row.at(Meaning::Date));
        lines.chain(rows).map(|at| at.day(&cx.zone)).filter(|day| *day <= cx.today()).max()
    }

    fn len(&self) -> usize {
        self.lines.len() + self.typed.len()
    }

    fn take(&mut self, record: Vec<Kept>) {
        let from = self.typed.len();
        for kept in record {
            match kept {
                Kept::Line(line) => self.lines.push(line),
                Kept::Row(row) => self.typed.push(row),
            }
        }
        namesakes::part(&mut self.typed[from..]);
    }
}

/// A row that waits until its record is complete.
enum Kept {
    Line(KeptLine),
    Row(TypedRow),
}

/// What stands in the next row.
enum Next {
    Rejected(Rejection),
    Excluded(u64, String),
    Kept(u64, Kept),
}

/// The rows of a file, of whatever target.
enum Reader {
    Lines(OrderLines),
    Rows(TypedRows, Target),
}

impl Reader {
    fn of(records: Records, mapping: &Mapping) -> Result<Reader> {
        Ok(match mapping.target {
            Target::OrdersRecord => Reader::Lines(OrderLines::of(records, mapping)?),
            target => Reader::Rows(TypedRows::of(records, mapping)?, target),
        })
    }

    fn records(&self) -> &Records {
        match self {
            Reader::Lines(lines) => lines.records(),
            Reader::Rows(rows, _) => rows.records(),
        }
    }

    /// The record of the next row, where it can be read; nothing at the end.
    fn next_key(&mut self) -> Result<Option<Option<u64>>> {
        Ok(match self {
            Reader::Lines(lines) => lines.read()?.map(|read| match read {
                Read::Line(line) => Some(key(&line.order_key)),
                Read::Rejected(_) => None,
            }),
            Reader::Rows(rows, target) => rows.read()?.map(|read| Some(read.ok()?.record(*target))),
        })
    }

    fn next(&mut self) -> Result<Option<Next>> {
        Ok(match self {
            Reader::Lines(lines) => lines.read()?.map(|read| match read {
                Read::Rejected(rejection) => Next::Rejected(rejection),
                Read::Line(line) => {
                    let key = key(&line.order_key);
                    let kept = kind(line.kind).map(|kind| Kept::Line(KeptLine::of(&line, kind)));
                    let why = line.left_out.unwrap_or_default();
                    kept.map_or(Next::Excluded(key, why), |kept| Next::Kept(key, kept))
                }
            }),
            Reader::Rows(rows, target) => rows.read()?.map(|read| match read {
                Err(rejection) => Next::Rejected(rejection),
                Ok(row) => match &row.excluded {
                    Some(why) => Next::Excluded(row.record(*target), why.to_string()),
                    None => Next::Kept(row.record(*target), Kept::Row(row)),
                },
            }),
        })
    }
}

/// The batches of a file.
pub struct Batches {
    rows_of: Reader,
    /// Places still to come of each record whose rows stand in several, by the hash of its key.
    scattered: HashMap<u64, u32>,
    open: HashMap<u64, Vec<Kept>>,
    /// The record whose place in the file is being read.
    current: Option<u64>,
    /// A row that was read already, the first of the next record.
    pending: Option<Next>,
    damage: Option<Problem>,
    /// The record of the last row that can be read: where the file breaks off, it may lack its rest.
    last: Option<u64>,
    /// Nothing more can be read.
    drained: bool,
    ended: bool,
    rows: i64,
    total: i64,
}

impl Batches {
    /// Counts the file and opens it anew. `open` gives its records from the beginning each time.
    ///
    /// # Errors
    /// Whatever keeps the file from being read by that mapping at all.
    pub fn open(open: &dyn Fn() -> Result<Records>, mapping: &Mapping) -> Result<Batches> {
        let mut places: Vec<u64> = Vec::new();
        let mut total = 0;
        let mut first = Reader::of(open()?, mapping)?;
        let damage = loop {
            match first.next_key() {
                Err(problem) => break Some(problem),
                Ok(None) => break cut(first.records()),
                Ok(Some(key)) => {
                    total += 1;
                    places.extend(key.filter(|key| places.last() != Some(key)));
                }
            }
        };
        Ok(Batches {
            rows_of: Reader::of(open()?, mapping)?,
            last: places.last().copied(),
            scattered: scattered(places),
            open: HashMap::new(),
            current: None,
            pending: None,
            damage,
            drained: false,
            ended: false,
            rows: 0,
            total,
        })
    }

    /// Rows in the file, up to where it breaks off if it does.
    pub fn total(&self) -> i64 {
        self.total
    }

    /// Whether no row of the file can be read.
    pub fn is_blank(&self) -> bool {
        self.last.is_none()
    }

    /// Where the file breaks off, when it does.
    pub fn damage(&self) -> Option<&Problem> {
        self.damage.as_ref()
    }

    /// The next batch; nothing at the end. Of a file that breaks off, the record in which it does is rejected: half an
    /// order is none.
    pub fn next_batch(&mut self) -> Option<Batch> {
        if self.ended {
            return None;
        }
        let mut batch = Batch::default();
        while batch.len() < BATCH {
            let next = self.next_row();
            let key = match &next {
                Some(Next::Rejected(_)) => self.current,
                Some(Next::Excluded(key, _) | Next::Kept(key, _)) => Some(*key),
                None => None,
            };
            if let Some(over) = self.current.filter(|current| Some(*current) != key) {
                (self.current, self.pending) = (None, next);
                self.close(over, &mut batch);
                continue;
            }
            let Some(next) = next else {
                self.ended = true;
                break;
            };
            self.rows += 1;
            self.current = key;
            match next {
                Next::Rejected(rejection) => batch.rejections.push(rejection),
                Next::Excluded(_, why) => *batch.excluded.entry(why).or_default() += 1,
                Next::Kept(key, kept) => self.open.entry(key).or_default().push(kept),
            }
        }
        batch.rows = self.rows;
        Some(batch)
    }

    fn next_row(&mut self) -> Option<Next> {
        if self.pending.is_none() && !self.drained {
            let next = self.rows_of.next().ok().flatten();
            self.drained = next.is_none();
            return next;
        }
        self.pending.take()
    }

    /// One place of a record is over; after the last one it is complete.
    fn close(&mut self, key: u64, batch: &mut Batch) {
        if let Some(places) = self.scattered.get_mut(&key) {
            *places -= 1;
            if 0 < *places {
                return;
            }
            self.scattered.remove(&key);
        }
        let record = self.open.remove(&key).unwrap_or_default();
        match self.damage.is_some() && self.last == Some(key) {
            true => batch.rejections.extend(record.iter().map(cut_off)),
            false => batch.take(record),
        }
    }
}

/// The records whose rows stand in several places, and in how many.
fn scattered(mut places: Vec<u64>) -> HashMap<u64, u32> {
    places.sort_unstable();
    let groups = places.chunk_by(|one, other| one == other).filter(|group| 1 < group.len());
    groups.map(|group| (group[0], u32::try_from(group.len()).unwrap_or(u32::MAX))).collect()
}

/// What is wrong with a file whose end stands within its last record.
fn cut(records: &Records) -> Option<Problem> {
    let text = || {
        let name = records.source().name();
        format!("{name} breaks off within row {}; get a complete copy and bring it in again", records.row())
    };
    records.is_cut().then(|| Problem::invalid("file", "imports.damaged", text()))
}

fn cut_off(kept: &Kept) -> Rejection {
    let (row, value, what) = match kept {
        Kept::Line(line) => (line.row, line.part(1).to_owned(), "order"),
        Kept::Row(row) => (row.row, row.key().to_owned(), "record"),
    };
    let reason = format!("the file breaks off within this {what}; get a whole copy and import it again");
    Rejection { row, column: None, value, reason }
}

pub(crate) fn key(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
