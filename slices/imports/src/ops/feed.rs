//! Feed: what a batch of rows becomes, by the verb of the slice whose subject it is; planned only, or written as well.

mod agreements;
mod products;
use accounts::{Resolution, Seen, resolve, sourcing};
use kernel::{Context, Result};
use orders::{Foreseen, LineInput, Tally, Terms};
use store::Tx;
use timeline::LineId;

use crate::{
    Mapping, OwnedParty, Rejection, Target, TypedRow,
    batch::Batch,
    record::shortened,
    run::Outcome,
    told::{Spaces, facts},
};

/// What a walk knows of what it went through, in one file after the other.
#[derive(Default)]
pub(super) struct Met {
    /// Who was met.
    pub(super) seen: Seen,
    /// It is a dry run of several files, which remembers what the earlier ones would write.
    pub(super) foresees: bool,
    /// The orders that they would write.
    pub(super) orders: Foreseen,
    /// The service lines that they would make, each by a number below zero.
    pub(super) lines: Vec<String>,
}

impl Met {
    /// Learns what a batch found out.
    pub(super) fn learn(&mut self, came: &mut Came) {
        came.learned.teach(&mut self.seen);
        self.orders.add(std::mem::take(&mut came.foreseen));
    }

    /// The number of a service line that is not there yet.
    pub(super) fn line(&mut self, name: &str) -> LineId {
        let known = self.lines.iter().position(|line| line == name);
        let place = known.unwrap_or_else(|| {
            self.lines.push(name.to_owned());
            self.lines.len() - 1
        });
        LineId::new(-1 - i64::try_from(place).unwrap_or(i64::MAX - 1))
    }
}

/// Where the rows of an import go.
pub(super) struct Feed<'w> {
    /// Who brought the file: through whose eyes it is read.
    pub(super) bringer: &'w Context,
    pub(super) mapping: &'w Mapping,
    /// The service line; 0 for the account as a whole, below zero for one that would be new.
    pub(super) line: LineId,
    pub(super) run: i64,
}

/// What came of a batch.
#[derive(Default)]
pub(super) struct Came {
    /// What later batches of the walk have to know.
    pub(super) learned: Learned,
    /// Orders that it would write, for the files after it.
    pub(super) foreseen: Foreseen,
    /// What lines of orders come to.
    pub(super) tally: Tally,
    /// What other rows come to.
    pub(super) counted: Counted,
    /// Rows for accounts that whoever brought the file may not see.
    pub(super) walled: Vec<Rejection>,
}

/// What a batch found out about parties, for the batches after it.
#[derive(Default)]
pub(super) enum Learned {
    /// The batch names nobody.
    #[default]
    Nothing,
    /// The accounts it found and those it makes.
    Parties(Resolution),
}

impl Learned {
    /// Has the walk know it, once the batch is written (or, in a dry run, counted).
    pub(super) fn teach(&self, seen: &mut Seen) {
        match self {
            Learned::Nothing => (),
            Learned::Parties(resolution) => seen.learn(resolution),
        }
    }
}

/// What rows come to that are no lines of orders.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counted {
    pub(super) create: i64,
    pub(super) update: i64,
    pub(super) link: i64,
    pub(super) skip: i64,
    pub(super) accounts_create: i64,
    pub(super) accounts_link: i64,
}

impl Counted {
    pub(super) fn add(&mut self, other: &Counted) {
        self.create += other.create;
        self.update += other.update;
        self.link += other.link;
        self.skip += other.skip;
        self.accounts_create += other.accounts_create;
        self.accounts_link += other.accounts_link;
    }

    /// Adds itself to what came of the rows.
    pub(super) fn show(&self, outcome: &mut Outcome) {
        outcome.update += self.update;
        outcome.link += self.link;
        outcome.lines.create += self.create;
        outcome.lines.skip += self.skip;
        outcome.lines.accounts_create += self.accounts_create;
        outcome.lines.accounts_link += self.accounts_link;
    }

    /// With the accounts that a batch found and makes.
    pub(super) fn naming(self, resolution: &Resolution) -> Counted {
        let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        Counted {
            accounts_create: count(resolution.created()),
            accounts_link: count(resolution.linked()),
            ..self
        }
    }
}

impl<'w> Feed<'w> {
    pub(super) fn of(bringer: &'w Context, mapping: &'w Mapping, line: LineId, run: i64) -> Feed<'w> {
        Feed { bringer, mapping, line, run }
    }

    /// Plans a batch, and writes it in the context `write` if there is one.
    pub(super) fn step(
        &self,
        write: Option<&Context>,
        tx: &mut Tx<'_>,
        met: &Met,
        batch: &Batch,
    ) -> Result<Came> {
        match self.mapping.target {
            Target::OrdersRecord => self.orders(write, tx, met, batch),
            Target::ContractsRecord | Target::SubscriptionsRecord => {
                self.contracts(write, tx, &met.seen, batch)
            }
            Target::LeavingsRecord => self.leavings(write, tx, &met.seen, batch),
            Target::ProductsRecord => self.products(write, tx, batch),
            Target::AccountsRecord => self.parties(write, tx, &met.seen, batch),
            _ => self.facts(write, tx, &met.seen, batch),
        }
    }

    fn orders(&self, write: Option<&Context>, tx: &mut Tx<'_>, met: &Met, batch: &Batch) -> Result<Came> {
        let fixed = &self.mapping.fixed;
        let terms = Terms { line: self.line, offer: fixed.offer, channel: fixed.channel };
        let lines: Vec<_> = batch.lines.iter().map(|line| line.input()).collect();
        let mut planned =
            orders::plan_after(self.bringer, tx, (&met.seen, &met.orders), &terms, &lines, self.run)?;
        let mut foreseen = Foreseen::default();
        if met.foresees {
            foreseen.learn(self.line, &planned, self.run);
        }
        if let Some(cx) = write {
            orders::apply(cx, tx, &terms, &mut planned, self.run)?;
        }
        let key = |line: &LineInput<'_>| line.party.map(|party| party.key.to_owned());
        let walled = planned.walled.iter().map(|line| walled("orders of", line.row, key(line)));
        Ok(Came {
            walled: walled.collect(),
            tally: planned.tally,
            learned: Learned::Parties(planned.resolution),
            foreseen,
            ..Came::default()
        })
    }

    fn parties(&self, write: Option<&Context>, tx: &mut Tx<'_>, seen: &Seen, batch: &Batch) -> Result<Came> {
        let parties = batch.typed.iter().filter_map(|row| row.party.as_ref());
        let parties: Vec<_> = parties.map(OwnedParty::borrowed).collect();
        let mut resolution = resolve::plan(self.bringer, tx, seen, &parties, self.run)?;
        let rows = resolution.accounts.iter().zip(&batch.typed);
        let out = rows.filter(|(account, _)| resolution.hidden.contains(account));
        let key = |row: &TypedRow| row.party.as_ref().map(|party| party.key.clone());
        let set_aside: Vec<_> = out.map(|(_, row)| walled("accounts of", row.row, key(row))).collect();
        let counted = Counted::default().naming(&resolution);
        let rows = i64::try_from(parties.len() - set_aside.len()).unwrap_or(0);
        let counted = Counted {
            create: counted.accounts_create,
            link: counted.accounts_link,
            skip: rows - counted.accounts_create - counted.accounts_link,
            ..counted
        };
        if let Some(cx) = write {
            resolve::apply(cx, tx, &mut resolution, self.run)?;
        }
        Ok(Came { walled: set_aside, counted, learned: Learned::Parties(resolution), ..Came::default() })
    }

    fn facts(&self, write: Option<&Context>, tx: &mut Tx<'_>, seen: &Seen, batch: &Batch) -> Result<Came> {
        let spaces = Spaces::of(self.mapping);
        let inputs = facts(self.mapping, &spaces, &batch.typed);
        let mut planned = sourcing::plan(self.bringer, tx, seen, &inputs, self.run)?;
        if let Some(cx) = write {
            sourcing::apply(cx, tx, self.line, &mut planned, self.run)?;
        }
        let walled = planned.walled.iter().filter(|input| input.main);
        let walled = walled.map(|input| walled_fact(input.row, input.party.key));
        let counts = planned.counts;
        let counted =
            Counted { create: counts.create, update: counts.update, skip: counts.skip, ..Counted::default() };
        Ok(Came {
            walled: walled.collect(),
            counted: counted.naming(&planned.resolution),
            learned: Learned::Parties(planned.resolution),
            ..Came::default()
        })
    }
}

fn walled_fact(row: i64, key: &str) -> Rejection {
    walled("facts about", row, Some(key.to_owned()))
}

/// A row that says something that does not hold.
fn refused(row: i64, why: &str) -> Rejection {
    Rejection { row, column: None, value: String::new(), reason: why.to_owned() }
}

/// A row for an account that whoever brought the file may not see: it repeats the id that stands in the file, and says
/// nothing that does not (decision 6).
fn walled(what: &str, row: i64, key: Option<String>) -> Rejection {
    Rejection {
        row,
        column: None,
        value: key.map(|key| shortened(&key)).unwrap_or_default(),
        reason: format!(
            "you may not record {what} this party; have somebody who deals with them bring this row in"
        ),
    }
}
