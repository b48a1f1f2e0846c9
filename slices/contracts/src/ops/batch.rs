//! Recording contracts, many at once: a plan that only reads, then exactly that plan written.

use std::collections::HashMap;

use ::store::Tx;
use accounts::{Party, Resolution, Seen, resolve};
use kernel::{Context, Day, Result};
use timeline::{
    AccountId, LineId, ServiceLine,
    store::{self as timeline_store, Change, keep_changes},
};

use super::{foreseen::Foreseen, taken, tell};
use crate::{
    agreement::Agreement,
    check,
    contract::{Contract, ContractId, Term, Version},
    input::{ContractInput, Setting},
    store,
};

/// What a batch of statements would do.
#[derive(Debug, Default)]
pub struct Planned<'a> {
    contracts: Vec<PlannedContract>,
    /// The accounts it found and those it would make.
    pub resolution: Resolution,
    /// What it comes to.
    pub tally: Tally,
    /// Statements about an account that the viewer may not see; they are no part of the rest.
    pub walled: Vec<ContractInput<'a>>,
    /// Statements that do not hold: the record in its file, and why not. Nothing of them is recorded.
    pub refused: Vec<(i64, String)>,
}

/// One contract of the plan.
#[derive(Clone, Debug)]
struct PlannedContract {
    before: Option<Contract>,
    after: Contract,
}

/// The counts of a batch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Contracts that are new.
    pub created: i64,
    /// Statements that change a known contract.
    pub updated: i64,
    /// Statements that say nothing new.
    pub skipped: i64,
    /// Accounts that are new.
    pub accounts_created: i64,
    /// Accounts that were known before.
    pub accounts_linked: i64,
}

impl Tally {
    /// Adds what another batch of the same run came to.
    pub fn add(&mut self, other: &Tally) {
        self.created += other.created;
        self.updated += other.updated;
        self.skipped += other.skipped;
        self.accounts_created += other.accounts_created;
        self.accounts_linked += other.accounts_linked;
    }
}

/// Works out what a batch of statements does; reads only. All that one source says of a contract belongs into one batch.
///
/// `run` is the import that asks: what that same import wrote before it was interrupted counts as it would have then.
/// Nothing is planned behind a wall that keeps the viewer out: statements about such an account are set aside.
///
/// # Errors
/// `store.statement`.
pub fn plan<'a>(
    cx: &Context,
    tx: &mut Tx<'_>,
    seen: &Seen,
    setting: &Setting,
    inputs: &[ContractInput<'a>],
    run: i64,
) -> Result<Planned<'a>> {
    plan_for(cx, tx, (seen, &Foreseen::default()), setting, (inputs, &[]), run)
}

/// Works out what a batch does where earlier files of the same dry run would have written something; reads only.
///
/// # Errors
/// As [`plan`].
pub fn plan_after<'a>(
    cx: &Context,
    tx: &mut Tx<'_>,
    met: (&Seen, &Foreseen),
    setting: &Setting,
    inputs: &[ContractInput<'a>],
    run: i64,
) -> Result<Planned<'a>> {
    plan_for(cx, tx, met, setting, (inputs, &[]), run)
}

/// As [`plan`], for parties of which some are accounts that the caller has looked up: those stand in `accounts`, in the
/// order of the statements.
pub(super) fn plan_for<'a>(
    cx: &Context,
    tx: &mut Tx<'_>,
    (seen, foreseen): (&Seen, &Foreseen),
    setting: &Setting,
    (inputs, accounts): (&[ContractInput<'a>], &[Option<AccountId>]),
    run: i64,
) -> Result<Planned<'a>> {
    let line = line_of(tx, setting.line)?;
    let mut keys: Vec<&str> = inputs.iter().map(|input| input.key).collect();
    keys.sort_unstable();
    keys.dedup();
    let mut known = store::find(tx, setting.line, &keys)?;
    foreseen.lay(setting.line, &keys, &mut known);
    let named = |place: usize| accounts.get(place).copied().flatten();
    let unnamed = inputs.iter().enumerate().filter(|(place, _)| named(*place).is_none());
    let parties: Vec<Party<'_>> = unnamed.map(|(_, input)| input.party).collect();
    let resolution = resolve::plan(cx, tx, seen, &parties, run)?;
    let mut found = resolution.accounts.iter().copied();
    let of_inputs =
        (0..inputs.len()).map(|place| named(place).map_or_else(|| found.next().unwrap_or(0), |id| id.0));
    let of_inputs: Vec<i64> = of_inputs.collect();
    let mut planned = Planned {
        tally: Tally {
            accounts_created: count(resolution.created()),
            accounts_linked: count(resolution.linked()),
            ..Tally::default()
        },
        ..Planned::default()
    };
    let mut places: HashMap<(&str, i64), usize> = HashMap::new();
    for (input, account) in inputs.iter().zip(&of_inputs) {
        if resolution.hidden.contains(account) {
            planned.walled.push(input.clone());
            continue;
        }
        let place = *places.entry((input.key, *account)).or_insert_with(|| {
            let same = known.get_mut(input.key);
            let same = same.and_then(|all| {
                all.iter().position(|one| one.account.0 == *account).map(|at| all.remove(at))
            });
            let after = same.clone().unwrap_or_else(|| fresh(setting, input, *account, run));
            planned.contracts.push(PlannedContract { before: same, after });
            planned.contracts.len() - 1
        });
        say(cx, &mut planned, place, setting, input, run);
    }
    for contract in &mut planned.contracts {
        contract.after.counted = counted(cx, &line, &contract.after);
    }
    planned.resolution = resolution;
    Ok(planned)
}

/// The service line; in a dry run one that is not there yet, which has no day of its own.
fn line_of(tx: &mut Tx<'_>, id: LineId) -> Result<ServiceLine> {
    if 0 < id.0 {
        return timeline_store::line(tx, id);
    }
    Ok(ServiceLine { id, name: String::new(), industry: String::new(), live: true, last_day: None })
}

fn fresh(setting: &Setting, input: &ContractInput<'_>, account: i64, run: i64) -> Contract {
    Contract {
        id: ContractId::new(0),
        account: AccountId::new(account),
        line: setting.line,
        key: input.key.to_owned(),
        kind: input.kind,
        previous: ContractId::new(0),
        facts: [0; 3],
        counted: Day(i32::MIN),
        versions: Vec::new(),
        run,
    }
}

/// Lays one statement over its contract, and counts it.
fn say(
    cx: &Context,
    planned: &mut Planned<'_>,
    place: usize,
    setting: &Setting,
    input: &ContractInput<'_>,
    run: i64,
) {
    let contract = &mut planned.contracts[place].after;
    let mut said = input.said.clone();
    if contract.versions.is_empty() {
        said.offer = said.offer.or(setting.offer);
        said.form = said.form.or(setting.form);
    }
    let own = |one: &Version| run != 0 && one.run == run && one.row == input.row;
    let tally = &mut planned.tally;
    if let Some(place) = contract.versions.iter().position(own) {
        let count = if place == 0 { &mut tally.created } else { &mut tally.updated };
        *count += 1;
        return;
    }
    let before: Agreement = contract.terms();
    let version = Version {
        effective: input.effective,
        reason: String::new(),
        said,
        by: cx.actor.number(),
        at: cx.now.micros,
        run,
        row: input.row,
    };
    contract.versions.push(version);
    let after = contract.terms();
    let is_new = contract.versions.len() == 1;
    let refused = check::check(contract.kind, input.key, &after).err();
    if refused.is_some() || (!is_new && after == before) {
        contract.versions.pop();
        match refused {
            Some(problem) => planned.refused.push((input.row, problem.message)),
            None => tally.skipped += 1,
        }
        return;
    }
    let count = if is_new { &mut tally.created } else { &mut tally.updated };
    *count += 1;
}

/// Up to which day the billing cycles of a contract are told: today on a line with a live source, else as far as its
/// data go. The job that counts cycles has the last word.
pub(super) fn counted(cx: &Context, line: &ServiceLine, contract: &Contract) -> Day {
    let start = Term::of(&contract.terms()).start;
    let known = match line.live {
        true => cx.today(),
        false => line.last_day.unwrap_or(start),
    };
    known.max(start).min(cx.today()).max(contract.counted.min(cx.today()))
}

/// Writes a plan: accounts, contracts, their versions and facts, in the transaction that made the plan.
///
/// # Errors
/// `store.conflict` when another import wrote the same meanwhile: plan again.
pub fn apply(cx: &Context, tx: &mut Tx<'_>, planned: &mut Planned<'_>, run: i64) -> Result<Vec<ContractId>> {
    let ids = resolve::apply(cx, tx, &mut planned.resolution, run)?;
    let all = std::mem::take(&mut planned.contracts);
    let mut changed: Vec<PlannedContract> = all.into_iter().filter(PlannedContract::changes).collect();
    let fresh = changed.iter().filter(|one| one.before.is_none()).count();
    let mut numbers = tx.allocate("contract", count(fresh))?;
    let mut changes = Vec::with_capacity(changed.len());
    for PlannedContract { before, after } in &mut changed {
        after.account = AccountId::new(ids.get(&after.account.0).copied().unwrap_or(after.account.0));
        if before.is_none() {
            after.id = ContractId::new(numbers.next().unwrap_or(0));
        }
        let word = if before.is_none() { "" } else { "said" };
        changes.push(Change { id: after.id.0, before: word.to_owned() });
    }
    let mut pairs: Vec<_> = changed.into_iter().map(|one| (one.before, one.after)).collect();
    tell::write(cx, tx, &mut pairs, "what was agreed was said anew")?;
    keep_changes(tx, run, taken::CHANGE, &changes)?;
    Ok(pairs.into_iter().map(|(_, after)| after.id).collect())
}

impl Planned<'_> {
    /// The contracts that it makes or changes, as they will be.
    pub(crate) fn written(&self) -> impl Iterator<Item = &Contract> {
        self.contracts.iter().filter(|one| one.changes()).map(|one| &one.after)
    }
}

impl PlannedContract {
    fn changes(&self) -> bool {
        let known = self.before.as_ref().map_or(0, |before| before.versions.len());
        known < self.after.versions.len()
    }
}

pub(super) fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
