//! From labels to lessons: which relationship a label is about, what the policy saw of it on that day, what is left out.

use std::collections::{BTreeMap, HashMap};

use ::store::Tx;
use kernel::{Context, Day, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use timeline::{AccountId, Entry, LineId, ServiceLine, store as facts};

use crate::{
    Class, DimensionName, Lean, Policy, Source, Vantage,
    dimension::COUNT,
    jobs::{Clocks, Grounds},
    label::Label,
    learning::Lesson,
    replay::replay,
    store::learning as stored,
};

/// Labels that were not used, for one reason.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct LeftOut {
    /// Why.
    pub why: String,
    /// How many.
    pub count: i64,
    /// The first of their rows in the text, from 1 below the heads; none for overrides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<i64>,
}

/// Rows of one reason that are named.
const NAMED: usize = 5;

/// What is left out, by reason.
#[derive(Default)]
pub(super) struct Left(BTreeMap<&'static str, (i64, Vec<i64>)>);

impl Left {
    pub(super) fn out(&mut self, row: Option<usize>, why: &'static str) {
        let (count, rows) = self.0.entry(why).or_default();
        *count += 1;
        if rows.len() < NAMED {
            rows.extend(row.and_then(|row| i64::try_from(row).ok()));
        }
    }

    pub(super) fn told(self) -> Vec<LeftOut> {
        let told =
            |(why, (count, rows)): (&str, (i64, Vec<i64>))| LeftOut { why: why.to_owned(), count, rows };
        self.0.into_iter().map(told).collect()
    }
}

/// A label whose relationship is known.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    account: AccountId,
    line: LineId,
    /// The day for which it is said; none for the line's own now.
    on: Option<Day>,
    client: bool,
    row: Option<usize>,
}

/// The overrides as labels.
pub(super) fn from_overrides(cx: &Context, tx: &mut Tx<'_>) -> Result<Vec<Placed>> {
    let said = stored::said(cx, tx)?.into_iter();
    Ok(said
        .map(|((account, line), class, day)| Placed {
            account,
            line,
            on: Some(day),
            client: class == Class::Client,
            row: None,
        })
        .collect())
}

/// The rows of a text as labels; of two about one relationship the later counts.
pub(super) fn from_text(
    cx: &Context,
    tx: &mut Tx<'_>,
    labels: Vec<Label>,
    left: &mut Left,
) -> Result<Vec<Placed>> {
    let words: Vec<&str> = labels.iter().map(|label| label.account.as_str()).collect();
    let mut named = stored::named(cx, tx, &words)?;
    for word in &words {
        if let Ok(id) = cx.codes.read(word) {
            named.insert((*word).to_owned(), vec![id]);
        }
    }
    let mut ids: Vec<AccountId> = named.values().flatten().copied().collect();
    ids.sort_unstable();
    ids.dedup();
    let (known, lines) = (stored::lines_of(cx, tx, &ids)?, facts::lines(tx)?);
    let mut placed: BTreeMap<(AccountId, LineId), Placed> = BTreeMap::new();
    for label in labels {
        let row = Some(label.row);
        match place(&label, named.get(&label.account), &known, &lines) {
            Err(why) => left.out(row, why),
            Ok((account, line)) => {
                let one = Placed { account, line, on: label.on, client: label.lean == Lean::Client, row };
                if let Some(before) = placed.insert((account, line), one) {
                    left.out(before.row, "a later row says of the same relationship");
                }
            }
        }
    }
    Ok(placed.into_values().collect())
}

/// The relationship that a label is about, or why none.
fn place(
    label: &Label,
    named: Option<&Vec<AccountId>>,
    known: &HashMap<AccountId, Vec<LineId>>,
    lines: &[ServiceLine],
) -> std::result::Result<(AccountId, LineId), &'static str> {
    let account = match named.map_or(&[][..], Vec::as_slice) {
        [] => return Err("names no account that you may see"),
        [one] => *one,
        _ => return Err("names several accounts; write the id instead"),
    };
    let on =
        known.get(&account).ok_or("names an account without a relationship, or none that you may see")?;
    match &label.line {
        Some(name) => {
            let key = ServiceLine::key(name);
            let line = lines.iter().find(|line| ServiceLine::key(&line.name) == key);
            let line = line.map(|line| line.id).filter(|line| on.contains(line));
            line.map(|line| (account, line))
                .ok_or("names a service line on which the account has no relationship")
        }
        None => match on.as_slice() {
            [one] => Ok((account, *one)),
            _ => Err("does not say which of several service lines it means"),
        },
    }
}

/// What the policy saw of each on its day.
pub(super) fn lessons(
    cx: &Context,
    tx: &mut Tx<'_>,
    policy: Policy,
    placed: &[Placed],
    left: &mut Left,
) -> Result<Vec<Lesson>> {
    let (mut grounds, mut lessons) = (Grounds::under(policy)?, Vec::with_capacity(placed.len()));
    for batch in placed.chunks(256) {
        let mut accounts: Vec<_> = batch.iter().map(|one| one.account).collect();
        accounts.dedup();
        let entries = facts::of_accounts(tx, &accounts)?;
        for one in batch {
            let all = entries.get(&one.account).into_iter().flatten();
            let own: Vec<Entry> =
                all.filter(|entry| entry.line == one.line || entry.line.0 == 0).cloned().collect();
            let place = (one.line, Clocks { as_of: one.on, known_at: None });
            match grounds.look_from(cx, tx, place, &own, |_, vantage| lesson(one, &own, vantage)) {
                Ok(Some(lesson)) => lessons.push(lesson),
                Ok(None) => left.out(one.row, "was neither customer nor client by the evidence of that day"),
                Err(problem) if problem.code == "relationship.ahead" => {
                    left.out(one.row, "names a day after the now of its service line");
                }
                Err(problem) => return Err(problem),
            }
        }
    }
    Ok(lessons)
}

/// None for one that is not judged: its strength is shown nowhere, so there is nothing to learn for it.
fn lesson(placed: &Placed, own: &[Entry], vantage: &Vantage<'_>) -> Option<Lesson> {
    let decision = replay(own, vantage);
    let score = decision.score.filter(|_| decision.class().is_judged())?;
    let mut micro = [0; COUNT];
    for name in DimensionName::ALL {
        micro[*name as usize] = decision.contribution(*name).map_or(0, |line| line.micro);
    }
    let industry = decision.contributions.iter().find(|line| line.source == Source::Industry);
    let industry = industry.map_or(0, |line| line.micro);
    Some(Lesson { account: placed.account.0, micro, industry, score, client: placed.client })
}
