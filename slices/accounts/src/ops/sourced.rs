//! Recording facts that files tell, many at once: a plan that only reads, then exactly that plan written.

use std::collections::HashMap;

use ::store::Tx;
use kernel::{Context, Problem, Result};
use timeline::{
    AccountId, FactId, LineId, SourceRow,
    store::{self as timeline_store, Change, NewFact},
};

use super::{resolve, sourced_taken};
use crate::{
    Foreseen, Party, Seen,
    sourced::{Before, FactInput, Planned, Stored, Told, place_key, sorted},
    store::{self, sourced as kept},
};

/// Works out what a batch does; reads only. All rows that one record has in its file belong into one batch.
///
/// `run` is the import that asks: what that same import wrote before it was interrupted counts as then. Rows about an
/// account behind a wall that keeps the viewer out are set aside.
///
/// # Errors
/// `store.statement`.
pub fn plan<'a>(
    cx: &Context,
    tx: &mut Tx<'_>,
    seen: &Seen,
    inputs: &[FactInput<'a>],
    run: i64,
) -> Result<Planned<'a>> {
    plan_after(cx, tx, (seen, &Foreseen::default()), inputs, run)
}

/// Works out what a batch does where earlier files of the same dry run would have written something; reads only.
///
/// # Errors
/// As [`plan`].
pub fn plan_after<'a>(
    cx: &Context,
    tx: &mut Tx<'_>,
    (seen, foreseen): (&Seen, &Foreseen),
    inputs: &[FactInput<'a>],
    run: i64,
) -> Result<Planned<'a>> {
    let parties: Vec<Party<'_>> = inputs.iter().map(|input| input.party).collect();
    let resolution = resolve::plan(cx, tx, seen, &parties, run)?;
    let mut places: Vec<_> = inputs.iter().map(|input| (input.space.to_owned(), place_key(input))).collect();
    places.sort_unstable();
    places.dedup();
    let mut known = kept::known(tx, &places)?;
    foreseen.lay(&places, &mut known);
    let mut hidden = store::hidden(cx, tx, known.values().flatten().map(|stored| stored.account))?;
    hidden.extend(&resolution.hidden);
    let (told, counts, walled) = sorted(inputs, &resolution.accounts, &hidden, known, run);
    Ok(Planned { told, resolution, counts, walled })
}

/// Writes a plan: accounts, facts, and which record told which, in the transaction that made the plan. `line` is the
/// service line the facts belong to, 0 for the account as a whole.
///
/// # Errors
/// `store.conflict` when another import wrote the same meanwhile: plan again.
pub fn apply(cx: &Context, tx: &mut Tx<'_>, line: LineId, planned: &mut Planned<'_>, run: i64) -> Result<()> {
    let ids = resolve::apply(cx, tx, &mut planned.resolution, run)?;
    for told in &mut planned.told {
        told.account = ids.get(&told.account).copied().unwrap_or(told.account);
    }
    let (known, new): (Vec<_>, Vec<_>) = planned.told.iter().partition(|told| told.stored.is_some());
    insert(cx, tx, line, &new, run)?;
    change(cx, tx, line, &known, run)
}

fn insert(cx: &Context, tx: &mut Tx<'_>, line: LineId, new: &[&Told<'_>], run: i64) -> Result<()> {
    let count = i64::try_from(new.len()).unwrap_or(i64::MAX);
    if count == 0 {
        return Ok(());
    }
    let numbers = tx.allocate("fact_source", count)?;
    let facts: Vec<FactId> = timeline_store::allocate_facts(tx, new.len())?.collect();
    let rows = new.iter().zip(numbers).zip(&facts).map(|((told, id), fact)| {
        let stored = Stored {
            id,
            identity: told.input.identity,
            account: told.account,
            fact: fact.0,
            run,
            changed: 0,
        };
        (told.input.space, place_key(&told.input), stored)
    });
    let rows: Vec<_> = rows.collect();
    kept::insert(tx, &rows)?;
    let made = rows.iter().map(|(.., stored)| Change { id: stored.id, before: String::new() });
    timeline_store::keep_changes(tx, run, sourced_taken::CHANGE, &made.collect::<Vec<_>>())?;
    let facts: Vec<_> = new.iter().zip(&facts).map(|(told, id)| told.fact(*id, line, run)).collect();
    timeline_store::append(cx, tx, &facts)
}

/// Records that are known say something anew: their facts are replaced, and what they told before is written down.
fn change(cx: &Context, tx: &mut Tx<'_>, line: LineId, known: &[&Told<'_>], run: i64) -> Result<()> {
    let known: Vec<_> = known.iter().filter_map(|told| Some((*told, told.stored.as_ref()?))).collect();
    let places: Vec<_> =
        known.iter().map(|(_, old)| (AccountId::new(old.account), FactId::new(old.fact))).collect();
    let entries = timeline_store::entries(tx, &places)?;
    let entries: HashMap<i64, _> = entries.into_iter().map(|entry| (entry.id.0, entry)).collect();
    let (mut rows, mut changes, mut gone, mut new) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (told, old) in known {
        let entry = entries.get(&old.fact);
        changes.push(Change { id: old.id, before: written(&Before::of(old, entry))? });
        // One that somebody withdrew stays withdrawn.
        if let Some(entry) = entry {
            gone.push((entry.account, entry.line, entry.id));
            new.push(told.fact(entry.id, line, run));
        }
        let (identity, account) = (told.input.identity, told.account);
        rows.push(Stored { identity, account, changed: run, ..old.clone() });
    }
    kept::update(tx, &rows)?;
    timeline_store::keep_changes(tx, run, sourced_taken::CHANGE, &changes)?;
    timeline_store::take_back(cx, tx, &gone, "its record says something else by now")?;
    timeline_store::append(cx, tx, &new)
}

impl Told<'_> {
    fn fact(&self, id: FactId, line: LineId, run: i64) -> NewFact {
        let FactInput { row, occurred, currency, fact, .. } = &self.input;
        NewFact {
            id,
            account: AccountId::new(self.account),
            line,
            occurred: *occurred,
            currency: *currency,
            source: Some(SourceRow { run, row: *row }),
            fact: fact.clone(),
        }
    }
}

fn written(before: &Before) -> Result<String> {
    serde_json::to_string(before).map_err(|cause| {
        Problem::internal("accounts.before", "what a record told before cannot be written down")
            .because(cause)
    })
}
