//! Recording products, many at once: a plan that only reads, then exactly that plan written.

use std::collections::HashMap;

use ::store::Tx;
use kernel::Result;
use timeline::{
    LineId,
    store::{Change, keep_changes},
};

use super::taken;
use crate::{
    product::{Described, Product, ProductId, ProductInput},
    store::{self, Statement, Whole},
};

/// Products as earlier files of a dry run would have written them.
#[derive(Clone, Debug, Default)]
pub struct Foreseen {
    products: HashMap<(LineId, String), Whole>,
}

impl Foreseen {
    /// Takes in what a batch would write.
    pub fn learn(&mut self, planned: &Planned) {
        let touched = planned.products.iter().filter(|(_, touched)| *touched);
        let by_key = |whole: &Whole| (whole.product.line, whole.product.key.clone());
        self.products.extend(touched.map(|(whole, _)| (by_key(whole), whole.clone())));
    }

    /// Takes in what was learnt elsewhere, later than what is known here.
    pub fn add(&mut self, later: Foreseen) {
        self.products.extend(later.products);
    }
}

/// What a batch of statements would do.
#[derive(Clone, Debug, Default)]
pub struct Planned {
    products: Vec<(Whole, bool)>,
    /// What it comes to.
    pub tally: Tally,
    /// Statements that do not hold: the record in its file, and why not.
    pub refused: Vec<(i64, kernel::ProblemKind, String)>,
}

impl Planned {
    /// Somebody says it by hand, and when.
    pub(super) fn signed(&mut self, by: i64, at: i64) {
        for (whole, _) in self.products.iter_mut().filter(|(_, touched)| *touched) {
            if let Some(said) = whole.statements.last_mut() {
                (said.by, said.at) = (by, at);
            }
        }
    }
}

/// The counts of a batch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Products that are new.
    pub created: i64,
    /// Statements that say something else of a known product.
    pub updated: i64,
    /// Statements that say nothing new.
    pub skipped: i64,
}

/// Works out what a batch of statements does; reads only. All that one source says of a product belongs into one batch.
///
/// `run` is the import that asks: what that same import wrote before it was interrupted counts as it would have then.
///
/// # Errors
/// `store.statement`.
pub fn plan(tx: &mut Tx<'_>, line: LineId, inputs: &[ProductInput<'_>], run: i64) -> Result<Planned> {
    plan_after(tx, &Foreseen::default(), line, inputs, run)
}

/// Works out what a batch does where earlier files of the same dry run would have written something; reads only.
///
/// # Errors
/// As [`plan`].
pub fn plan_after(
    tx: &mut Tx<'_>,
    foreseen: &Foreseen,
    line: LineId,
    inputs: &[ProductInput<'_>],
    run: i64,
) -> Result<Planned> {
    let mut keys: Vec<&str> = inputs.iter().map(|input| input.key).collect();
    keys.sort_unstable();
    keys.dedup();
    let mut known = store::find(tx, line, &keys)?;
    let mut planned = Planned::default();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for input in inputs {
        let place = *places.entry(input.key).or_insert_with(|| {
            let earlier = foreseen.products.get(&(line, input.key.to_owned())).cloned();
            let stored = earlier.or_else(|| known.remove(input.key));
            let whole = stored.unwrap_or_else(|| fresh(line, input.key, run));
            planned.products.push((whole, false));
            planned.products.len() - 1
        });
        let (whole, touched) = &mut planned.products[place];
        let mut after = whole.product.known.clone();
        after.over(&input.said);
        if let Err(problem) = after.check(input.key) {
            planned.refused.push((input.row, problem.kind, problem.message));
            continue;
        }
        let own = |one: &Statement| run != 0 && one.run == run && one.row == input.row;
        let first = match whole.statements.iter().position(own) {
            Some(place) => place == 0,
            None if !whole.statements.is_empty() && after == whole.product.known => {
                planned.tally.skipped += 1;
                continue;
            }
            None => {
                whole.statements.push(Statement {
                    said: input.said.clone(),
                    run,
                    row: input.row,
                    by: 0,
                    at: 0,
                });
                whole.product.known = after;
                *touched = true;
                whole.statements.len() == 1
            }
        };
        let count = if first { &mut planned.tally.created } else { &mut planned.tally.updated };
        *count += 1;
    }
    Ok(planned)
}

fn fresh(line: LineId, key: &str, run: i64) -> Whole {
    // What nobody says of it is as it stands in the list, so a statement can be compared with what is stored.
    let known = Described { custom_scope: Some(false), custom_price: Some(false), ..Described::default() };
    let product = Product { id: ProductId::new(0), line, key: key.to_owned(), known, run };
    Whole { product, statements: Vec::new() }
}

/// Writes a plan, in the transaction that made it; gives the products it wrote, by their keys.
///
/// # Errors
/// `store.conflict` when another import wrote the same meanwhile: plan again.
pub fn apply(tx: &mut Tx<'_>, planned: &mut Planned, run: i64) -> Result<HashMap<String, ProductId>> {
    let touched = planned.products.iter_mut().filter(|(_, touched)| *touched);
    let mut touched: Vec<&mut Whole> = touched.map(|(whole, _)| whole).collect();
    let fresh = touched.iter().filter(|whole| whole.product.id.0 == 0).count();
    let mut ids = tx.allocate("product", i64::try_from(fresh).unwrap_or(0))?;
    let mut changes = Vec::with_capacity(touched.len());
    for whole in &mut touched {
        let is_new = whole.product.id.0 == 0;
        if is_new {
            whole.product.id = ProductId::new(ids.next().unwrap_or(0));
        }
        let before = if is_new { "" } else { "said" };
        changes.push(Change { id: whole.product.id.0, before: before.to_owned() });
    }
    let written: Vec<Whole> = touched.into_iter().map(|whole| whole.clone()).collect();
    store::write(tx, &written)?;
    keep_changes(tx, run, taken::CHANGE, &changes)?;
    Ok(planned.products.iter().map(|(whole, _)| (whole.product.key.clone(), whole.product.id)).collect())
}
