//! Whether every decision that is kept comes out the same when it is made again from what it stood on.

use std::collections::{BTreeMap, HashMap};

use ::store::{DataClass, Tx};
use kernel::{Context, Moment, Permission, Problem, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use slice::{Act, Head, Method};
use speech::say;
use timeline::{
    AccountId, Entry,
    store::{self as facts, Remembered},
};

use crate::{
    case::written,
    fit,
    jobs::{
        Clocks, Grounds,
        recall::{Lost, Recall, on_record},
    },
    store::{
        kept::{self, Kept, PARTS},
        log::Logged,
        walk,
    },
};

pub(super) const CHECK: Head = Head {
    name: "decisions.check",
    act: Act::Read,
    method: Method::Get,
    path: "/decisions/check",
    command: "decisions check",
    permission: Permission::Manage,
    class: DataClass::Personal,
    sentence: "Makes the decisions that are kept again, from the facts on record then, their policy and their clocks, and says \
               how many come out equal to the last digit and which do not; page by page, or a sample of the whole book.",
    examples: &["mainstay decisions check --sample 500", "mainstay decisions check --limit 10000 -o json"],
};

/// Decisions that did not come out the same and are told one by one.
const TOLD: usize = 100;
/// Relationships that are read at once.
const BATCH: i64 = 256;

/// Which decisions to make again.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// Those of so many relationships, spread evenly over the book; the next ones in their order where absent.
    #[serde(default)]
    pub sample: Option<i64>,
    /// Those of so many relationships, at most 10,000; 1,000 when absent. Not with a sample.
    #[serde(default)]
    pub limit: Option<i64>,
    /// Where to go on: `next` of the page before.
    #[serde(default)]
    pub after: Option<String>,
}

/// What came of making decisions again.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct Checked {
    /// How many relationships were looked at.
    pub relationships: i64,
    /// How many decisions were made again: the current one of each, and those in its log.
    pub decisions: i64,
    /// How many of them came out the same, to the last digit.
    pub equal: i64,
    /// How many did not.
    pub unequal: i64,
    /// The first hundred of those that did not, each with what differs.
    pub unlike: Vec<Unlike>,
    /// How many current ones wait to be decided again, because what they stood on has changed.
    pub waiting: i64,
    /// Those that cannot be made again, by the reason.
    pub lost: Vec<LostDecisions>,
    /// Pass as `after` to go on; absent at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A decision that did not come out the same.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Unlike {
    /// The id of the relationship.
    pub relationship: String,
    /// The name of the account.
    pub name: String,
    /// current, or logged.
    pub kept: String,
    /// The day it was decided for.
    pub as_of: String,
    /// When it was decided.
    pub decided_at: String,
    /// What differs.
    pub differs: Vec<Differing>,
}

/// A part of a decision that differs.
#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Differing {
    /// Its name.
    pub part: String,
    /// As it is kept.
    pub kept: String,
    /// As it comes out.
    pub again: String,
}

/// Decisions that cannot be made again for one reason.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LostDecisions {
    /// Why.
    pub reason: String,
    /// How many.
    pub count: i64,
}

/// Makes decisions again and compares.
///
/// # Errors
/// `decisions.sample` for a sample that is none, or a fact or policy that this version cannot read.
pub fn check(cx: &Context, tx: &mut Tx<'_>, input: Check) -> Result<Checked> {
    if input.sample.is_some_and(|sample| sample < 1) || input.limit.is_some_and(|limit| limit < 1) {
        let text = say!("look at one relationship at least: sample and limit are whole numbers above 0");
        return Err(Problem::invalid("sample", "decisions.sample", text));
    }
    let every = match input.sample {
        Some(sample) => (walk::count(cx, tx, None)? / sample).max(1),
        None => 1,
    };
    let most = input.sample.or(input.limit).unwrap_or(1_000).min(10_000);
    let mut after = input.after.as_deref().map(|after| cx.codes.read(after)).transpose()?;
    let (mut again, mut whole) = (Again::new(tx)?, false);
    while again.checked.relationships < most {
        let some = BATCH.min(most - again.checked.relationships);
        let batch = kept::current(cx, tx, every, after, some)?;
        let Some(last) = batch.last() else {
            whole = true;
            break;
        };
        after = Some(last.id);
        again.batch(cx, tx, &batch)?;
    }
    let Again { mut checked, lost, .. } = again;
    checked.next = after.filter(|_| !whole && input.sample.is_none()).map(|id| cx.codes.write(id));
    checked.lost = lost
        .into_iter()
        .map(|(lost, count)| LostDecisions { reason: lost.sentence().into_owned(), count })
        .collect();
    Ok(checked)
}

/// The work under way.
struct Again {
    grounds: Grounds,
    recall: Recall,
    checked: Checked,
    lost: BTreeMap<Lost, i64>,
}

impl Again {
    fn new(tx: &mut Tx<'_>) -> Result<Again> {
        let (checked, lost) = (Checked::default(), BTreeMap::new());
        Ok(Again { grounds: Grounds::new(tx)?, recall: Recall::new()?, checked, lost })
    }

    fn batch(&mut self, cx: &Context, tx: &mut Tx<'_>, batch: &[Kept]) -> Result<()> {
        let accounts: Vec<AccountId> = batch.iter().map(|kept| kept.account).collect();
        let ids: Vec<_> = batch.iter().map(|kept| kept.id).collect();
        let known: HashMap<_, _> = facts::remembered(tx, &accounts)?;
        let mut logs = kept::logs(cx, tx, &ids)?;
        for kept in batch {
            let all = known.get(&kept.account).map_or(&[][..], Vec::as_slice);
            self.checked.relationships += 1;
            self.current(cx, tx, kept, all)?;
            for logged in logs.remove(&kept.id).unwrap_or_default() {
                self.logged(cx, tx, kept, all, &logged)?;
            }
        }
        Ok(())
    }

    /// The current decision, from what is on record now.
    fn current(&mut self, cx: &Context, tx: &mut Tx<'_>, kept: &Kept, all: &[Remembered]) -> Result<()> {
        let entries: Vec<Entry> = on_record(all, kept.line, i64::MAX);
        if kept.waits || self.grounds.now(cx, tx, kept.line)? < kept.as_of {
            self.checked.waiting += 1;
            return Ok(());
        }
        let place = (kept.line, Clocks { as_of: Some(kept.as_of), known_at: None });
        let again =
            self.grounds.look_from(cx, tx, place, &entries, |_, vantage| fit::decided(&entries, vantage))?;
        let again = kept::parts(&again);
        let pairs =
            PARTS.iter().zip(kept.parts.iter().zip(&again)).filter(|(_, (kept, again))| kept != again);
        let differs = pairs.map(|(part, (kept, again))| differing(part, kept, again)).collect();
        self.compared(cx, kept, ("current", kept.as_of.to_string(), kept.decided_at), differs);
        Ok(())
    }

    /// A decision of the log, from what was on record then.
    fn logged(
        &mut self,
        cx: &Context,
        tx: &mut Tx<'_>,
        kept: &Kept,
        all: &[Remembered],
        logged: &Logged,
    ) -> Result<()> {
        let entries = on_record(all, kept.line, logged.decided_at);
        let again = match self.recall.footing(tx, &logged.stood, logged.as_of)? {
            Err(lost) => Err(lost),
            Ok(footing) => self.recall.look(cx, tx, (kept.line, &footing), &entries, |vantage| {
                written(&fit::decided(&entries, vantage))
            })?,
        };
        let again = match again {
            Ok(again) => again,
            Err(lost) => {
                *self.lost.entry(lost).or_default() += 1;
                return Ok(());
            }
        };
        let is_equal = again == logged.decision;
        if !is_equal && accounts::store::pointer::took_part(cx, tx, kept.account)? {
            *self.lost.entry(Lost::Merged).or_default() += 1;
            return Ok(());
        }
        let differs = if is_equal { Vec::new() } else { texts(&logged.decision, &again) };
        self.compared(cx, kept, ("logged", logged.as_of.to_string(), logged.decided_at), differs);
        Ok(())
    }

    fn compared(
        &mut self,
        cx: &Context,
        of: &Kept,
        (kept, as_of, decided_at): (&str, String, i64),
        differs: Vec<Differing>,
    ) {
        self.checked.decisions += 1;
        if differs.is_empty() {
            self.checked.equal += 1;
            return;
        }
        self.checked.unequal += 1;
        if self.checked.unlike.len() < TOLD {
            self.checked.unlike.push(Unlike {
                relationship: cx.codes.write(of.id),
                name: of.name.clone(),
                kept: kept.to_owned(),
                as_of,
                decided_at: Moment::at(decided_at).iso(),
                differs,
            });
        }
    }
}

fn differing(part: &str, kept: &str, again: &str) -> Differing {
    Differing { part: part.to_owned(), kept: kept.to_owned(), again: again.to_owned() }
}

/// What differs between two decisions in their written form; never nothing, since the texts differ.
fn texts(kept: &str, again: &str) -> Vec<Differing> {
    let read = |text: &str| serde_json::from_str::<BTreeMap<String, serde_json::Value>>(text);
    let (Ok(before), Ok(after)) = (read(kept), read(again)) else {
        return vec![differing("decision", kept, again)];
    };
    let shown = |value: Option<&serde_json::Value>| value.map(ToString::to_string).unwrap_or_default();
    let names: std::collections::BTreeSet<_> = before.keys().chain(after.keys()).collect();
    let pairs = names.into_iter().map(|name| (name, shown(before.get(name)), shown(after.get(name))));
    let differs: Vec<_> = pairs
        .filter(|(_, kept, again)| kept != again)
        .map(|(name, kept, again)| differing(name, &kept, &again))
        .collect();
    if differs.is_empty() { vec![differing("decision", kept, again)] } else { differs }
}
