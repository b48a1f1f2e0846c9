//! The rows of current decisions: new ones put in, those that are there written over in place, so that an index none of
//! whose columns changed is left alone.

use std::collections::{BTreeMap, HashMap};

use ::store::{Row, Tx, Value};
use kernel::Result;
use timeline::{AccountId, LineId};

use super::{
    RELATIONSHIP,
    current::{Card, Named, Stored, Texts},
};

/// The columns that some index is made of and that another decision can change.
pub(super) const KEYED: [&str; 14] = [
    "class",
    "strength",
    "net",
    "last_day",
    "name_key",
    "as_of",
    "purchases",
    "spend_rank",
    "currency",
    "confidence",
    "fit",
    "override",
    "preference",
    "country",
];

/// How many columns a row has.
const WIDTH: usize = RELATIONSHIP.columns.len();

/// What stands in a column of [`KEYED`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Keyed {
    /// A number.
    Int(i64),
    /// A word.
    Text(String),
}

impl Keyed {
    fn is(&self, value: &Value<'_>) -> bool {
        match (self, value) {
            (Keyed::Int(kept), Value::Int(new)) => kept == new,
            (Keyed::Text(kept), Value::Text(new)) => kept == new,
            _ => false,
        }
    }
}

/// What stands in [`KEYED`], read from that column on.
pub(super) fn keyed(row: &Row<'_>, first: usize) -> Result<Vec<Keyed>> {
    let read = |(n, name): (usize, &&str)| match is_text(name) {
        true => row.string(first + n).map(Keyed::Text),
        false => row.int(first + n).map(Keyed::Int),
    };
    KEYED.iter().enumerate().map(read).collect()
}

fn is_text(name: &str) -> bool {
    RELATIONSHIP.columns.iter().any(|column| column.name == name && column.kind.is_text())
}

/// Puts decisions in their places, each under its id.
pub(super) fn put(
    tx: &mut Tx<'_>,
    cards: &[(i64, &Card)],
    names: &HashMap<AccountId, Named>,
    before: &HashMap<(AccountId, LineId), Stored>,
) -> Result<()> {
    let texts: Vec<_> = cards.iter().map(|(_, card)| Texts::of(&card.decision)).collect();
    let nobody = Named::default();
    let (mut fresh, mut moved) = (Vec::new(), BTreeMap::<Vec<usize>, Vec<[Value<'_>; WIDTH]>>::new());
    for ((id, card), texts) in cards.iter().zip(&texts) {
        let row = values(*id, card, texts, names.get(&card.account).unwrap_or(&nobody));
        match before.get(&(card.account, card.line)) {
            None => fresh.push(row),
            Some(stored) => moved.entry(columns(stored, &row)).or_default().push(row),
        }
    }
    tx.insert_all(&RELATIONSHIP, fresh)?;
    for (columns, rows) in moved {
        let names: Vec<_> = columns.iter().map(|n| RELATIONSHIP.columns[*n].name).collect();
        let rows: Vec<Vec<_>> = rows.iter().map(|row| columns.iter().map(|n| row[*n]).collect()).collect();
        tx.rewrite_all(&RELATIONSHIP, &names, &rows)?;
    }
    Ok(())
}

/// The places of the columns to write over: the id, what no index knows, and what changed of the rest.
fn columns(stored: &Stored, row: &[Value<'_>; WIDTH]) -> Vec<usize> {
    let is_written = |n: &usize| {
        let name = RELATIONSHIP.columns[*n].name;
        match KEYED.iter().position(|keyed| *keyed == name) {
            Some(at) => !stored.keyed[at].is(&row[*n]),
            None => !["account", "line"].contains(&name),
        }
    };
    (0..WIDTH).filter(is_written).collect()
}

/// A row of the table, column by column.
fn values<'v>(id: i64, card: &'v Card, texts: &'v Texts, named: &'v Named) -> [Value<'v>; WIDTH] {
    let decision = &card.decision;
    [
        id.into(),
        card.account.into(),
        card.line.into(),
        card.class().as_str().into(),
        decision.standing.as_str().into(),
        decision.lean.as_str().into(),
        (&texts.why).into(),
        i64::from(decision.since.0).into(),
        decision.entered.as_str().into(),
        i64::from(decision.as_of.0).into(),
        decision.score.into(),
        decision.strength().unwrap_or(-1).into(),
        decision.coverage.into(),
        decision.confidence.map_or("", |confidence| confidence.as_str()).into(),
        decision.fit.as_str().into(),
        (&texts.contributions).into(),
        (&texts.ask).into(),
        (&*decision.policy).into(),
        (&*decision.policy_version).into(),
        decision.baseline.unwrap_or(0).into(),
        card.net.into(),
        (&card.currency).into(),
        card.purchases.into(),
        card.spend_rank.into(),
        i64::from(card.days.0.0).into(),
        i64::from(card.days.1.0).into(),
        (&named.key).into(),
        card.decided_at.into(),
        decision.class().as_str().into(),
        card.said.map_or(0, |(id, _)| id.0).into(),
        card.preference().into(),
        (&named.country).into(),
    ]
}
