//! Feed: what a batch of rows becomes, by the verb of the slice whose subject it is; planned only, or written as well.

mod agreements;
mod bills;
mod facts;
mod parties;
mod products;

use accounts::{Resolution, Seen, contacts, record};
use contracts::leavings;
use kernel::{Context, Result};
use orders::{Foreseen, LineInput, SeenBills, Tally, Terms, ops::PlannedBills};
use store::Tx;
use timeline::LineId;

use crate::{Mapping, Rejection, Target, batch::Batch, record::shortened, run::Outcome, told::Spaces};

/// What a walk knows of what it went through, in one file after the other.
#[derive(Default)]
pub(super) struct Met {
    /// Who was met.
    pub(super) seen: Seen,
    /// Which invoices and payments were met.
    pub(super) bills: SeenBills,
    /// It is a dry run of several files, which remembers what the earlier ones would write.
    pub(super) foresees: bool,
    /// The orders that they would write.
    pub(super) orders: Foreseen,
    /// The products that they would write.
    pub(super) products: catalog::Foreseen,
    /// The records that would tell facts.
    pub(super) facts: accounts::Foreseen,
    /// The contracts, and those of whom it would be told that they left.
    pub(super) contracts: contracts::Foreseen,
    /// The service lines that they would make, each by a number below zero.
    pub(super) lines: Vec<String>,
}

impl Met {
    /// Learns what a batch found out.
    fn learn(&mut self, came: &mut Came<'_>) {
        came.learned.teach(self);
        self.orders.add(std::mem::take(&mut came.foreseen));
        self.products.add(std::mem::take(&mut came.products));
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
    /// Whose numbering the record numbers of the file belong to.
    pub(super) space: String,
    /// The same of its facts.
    spaces: Spaces,
}

/// What came of a batch.
#[derive(Default)]
pub(super) struct Came<'b> {
    /// What later batches of the walk have to know.
    pub(super) learned: Learned<'b>,
    /// Orders that it would write, for the files after it.
    pub(super) foreseen: Foreseen,
    /// Products that it would write, for the files after it.
    pub(super) products: catalog::Foreseen,
    /// What lines of orders come to.
    pub(super) tally: Tally,
    /// What other rows come to.
    pub(super) counted: Counted,
    /// Rows for accounts that whoever brought the file may not see.
    pub(super) walled: Vec<Rejection>,
}

impl Came<'_> {
    /// What came of it, once the walk knows what the batch found out.
    pub(super) fn taught(mut self, met: &mut Met) -> Came<'static> {
        met.learn(&mut self);
        Came {
            learned: Learned::Nothing,
            foreseen: Foreseen::default(),
            products: catalog::Foreseen::default(),
            tally: self.tally,
            counted: self.counted,
            walled: self.walled,
        }
    }
}

/// What a batch found out about parties, for the batches after it.
#[derive(Default)]
pub(super) enum Learned<'b> {
    /// The batch names nobody.
    #[default]
    Nothing,
    /// The accounts it found and those it makes.
    Parties(Resolution),
    /// Accounts as rows say them.
    Accounts(record::Planned<'b>),
    /// People who act for accounts.
    Contacts(contacts::Planned<'b>),
    /// Invoices or payments.
    Bills(PlannedBills<'b>),
    /// Facts, of that import.
    Facts(accounts::sourced::Planned<'b>, i64),
    /// Contracts.
    Contracts(contracts::Planned<'b>),
    /// Those of whom it is told that they left.
    Leavings(leavings::Planned<'b>),
}

/// Whether rows of both kinds may be about one record, so that what one table would write has to be foreseen for the other.
/// Parties are remembered in any case, and what bills them.
pub(super) fn writes_the_same(one: Target, other: Target) -> bool {
    let kind = |target| match target {
        Target::OrdersRecord => Some("orders"),
        Target::ProductsRecord => Some("products"),
        Target::ContractsRecord | Target::SubscriptionsRecord => Some("contracts"),
        Target::LeavingsRecord => Some("leavings"),
        Target::AccountsRecord | Target::ContactsRecord | Target::InvoicesRecord | Target::PaymentsRecord => {
            None
        }
        _ => Some("facts"),
    };
    kind(one).is_some() && kind(one) == kind(other)
}

impl Learned<'_> {
    /// Has the walk know it, once the batch is written (or, in a dry run, counted).
    pub(super) fn teach(&self, met: &mut Met) {
        let seen = &mut met.seen;
        match self {
            Learned::Nothing => (),
            Learned::Parties(resolution) => seen.learn(resolution),
            Learned::Accounts(planned) => planned.learn(seen),
            Learned::Contacts(planned) => planned.learn(seen),
            Learned::Bills(planned) => planned.learn(seen, &mut met.bills),
            Learned::Facts(planned, run) => {
                seen.learn(&planned.resolution);
                if met.foresees {
                    met.facts.learn(planned, *run);
                }
            }
            Learned::Contracts(planned) => {
                seen.learn(&planned.resolution);
                if met.foresees {
                    met.contracts.learn(planned);
                }
            }
            Learned::Leavings(planned) => {
                seen.learn(&planned.resolution);
                if met.foresees {
                    met.contracts.learn_leavings(planned);
                }
            }
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
        Feed { bringer, mapping, line, run, space: mapping.record_space(), spaces: Spaces::of(mapping) }
    }

    /// Plans a batch, and writes it in the context `write` if there is one.
    pub(super) fn step<'b>(
        &'b self,
        write: Option<&Context>,
        tx: &mut Tx<'_>,
        met: &Met,
        batch: &'b Batch,
    ) -> Result<Came<'b>> {
        match self.mapping.target {
            Target::OrdersRecord => self.orders(write, tx, met, batch),
            Target::ContractsRecord | Target::SubscriptionsRecord => self.contracts(write, tx, met, batch),
            Target::LeavingsRecord => self.leavings(write, tx, met, batch),
            Target::ProductsRecord => self.products(write, tx, met, batch),
            Target::AccountsRecord => self.accounts(write, tx, &met.seen, batch),
            Target::ContactsRecord => self.contacts(write, tx, &met.seen, batch),
            Target::InvoicesRecord | Target::PaymentsRecord => {
                self.bills(write, tx, (&met.seen, &met.bills), batch)
            }
            _ => self.facts(write, tx, met, batch),
        }
    }

    fn orders<'b>(
        &self,
        write: Option<&Context>,
        tx: &mut Tx<'_>,
        met: &Met,
        batch: &'b Batch,
    ) -> Result<Came<'b>> {
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
