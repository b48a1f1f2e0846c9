//! What would become of relationships under another policy or another day, before anybody decides to have it.

use std::collections::{BTreeMap, HashMap};

use ::store::Tx;
use kernel::{Context, Result};
use schemars::JsonSchema;
use serde::Serialize;
use timeline::{AccountId, Entry, LineId, store as facts};

use super::moved::moved;
use crate::{Decision, fit, jobs::Grounds, store::walk};

/// Relationships that are looked at; of a larger book every so-many-th one, so that the answer comes within a second
/// or two.
const MOST: i64 = 5_000;
/// Changes that are listed one by one.
const LISTED: usize = 50;

/// Who would become what.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Foreseen {
    /// How many relationships the viewer may see in it.
    pub relationships: i64,
    /// How many of them were decided for this answer; fewer than all only in a large book, then evenly spread.
    pub looked_at: i64,
    /// How many of those would be something else.
    pub changed: i64,
    /// How many the evidence would call something else, and stay what a person set.
    pub held: i64,
    /// From what to what, the most frequent first.
    pub changes: Vec<Change>,
    /// The same of the service fit, of those whose class stays: the care that is given is judged by what is called for.
    pub served: Vec<Change>,
    /// Some of them, each with what would make it so.
    pub examples: Vec<Example>,
}

/// From what to what, how many.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Change {
    /// What stands.
    pub from: String,
    /// What it would be.
    pub to: String,
    /// How many.
    pub count: i64,
}

/// A relationship that would be something else.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Example {
    /// Its id.
    pub relationship: String,
    /// Whose it is.
    pub name: String,
    /// The class that stands.
    pub from: String,
    /// The class it would have.
    pub to: String,
    /// What would make it so: the lines of the sum that move most, or the threshold or rule that does.
    pub reason: String,
}

/// Decides the relationships of a line, or of all, on other grounds, and compares with what stands; writes nothing.
///
/// # Errors
/// `store.statement`, or a fact that this version cannot read.
pub fn foresee(
    cx: &Context,
    tx: &mut Tx<'_>,
    mut grounds: Grounds,
    line: Option<LineId>,
) -> Result<Foreseen> {
    let relationships = walk::count(cx, tx, line)?;
    let every = relationships.div_euclid(MOST) + i64::from(relationships.rem_euclid(MOST) != 0);
    let mut foreseen = Foreseen {
        relationships,
        looked_at: 0,
        changed: 0,
        held: 0,
        changes: Vec::new(),
        served: Vec::new(),
        examples: Vec::new(),
    };
    let (mut counts, mut fits) = (Counts::new(), Counts::new());
    let mut after = None;
    let mut stands = Grounds::new(tx)?;
    loop {
        let batch = walk::standing(cx, tx, line, every.max(1), after)?;
        let Some(last) = batch.last() else { break };
        after = Some(last.id);
        let accounts: Vec<AccountId> = batch.iter().map(|row| row.account).collect();
        let entries = facts::of_accounts(tx, &accounts)?;
        for row in &batch {
            let own = own(row, &entries);
            let would = decided(cx, tx, &mut grounds, row.line, &own)?;
            let to = would.class().as_str().to_owned();
            foreseen.looked_at += 1;
            if to == row.class {
                let fit = would.fit.as_str();
                if fit != row.fit {
                    *fits.entry((row.fit.clone(), fit.to_owned())).or_default() += 1;
                }
                continue;
            }
            if row.said {
                foreseen.held += 1;
                continue;
            }
            foreseen.changed += 1;
            *counts.entry((row.class.clone(), to.clone())).or_default() += 1;
            if foreseen.examples.len() < LISTED {
                let (relationship, from) = (cx.codes.write(row.id), row.class.clone());
                let is = decided(cx, tx, &mut stands, row.line, &own)?;
                let reason = moved((&is, stands.policy()), (&would, grounds.policy()));
                foreseen.examples.push(Example { relationship, name: row.name.clone(), from, to, reason });
            }
        }
    }
    (foreseen.changes, foreseen.served) = (most_first(counts), most_first(fits));
    Ok(foreseen)
}

/// From what to what, and how many.
type Counts = BTreeMap<(String, String), i64>;

fn most_first(counts: Counts) -> Vec<Change> {
    let mut all: Vec<Change> =
        counts.into_iter().map(|((from, to), count)| Change { from, to, count }).collect();
    all.sort_by_key(|change| -change.count);
    all
}

/// The facts of a relationship among those of its account.
fn own(row: &walk::Standing, entries: &HashMap<AccountId, Vec<Entry>>) -> Vec<Entry> {
    let all = entries.get(&row.account).into_iter().flatten();
    all.filter(|entry| entry.line == row.line || entry.line.0 == 0).cloned().collect()
}

fn decided(
    cx: &Context,
    tx: &mut Tx<'_>,
    grounds: &mut Grounds,
    line: LineId,
    own: &[Entry],
) -> Result<Decision> {
    grounds.look(cx, tx, line, own, |_, vantage| fit::decided(own, vantage))
}
