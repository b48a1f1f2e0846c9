//! The counts of the spectrum: how many relationships lie in each cell of its grid and what they brought, kept with every
//! decision, so that a picture of a million costs what its cells cost.

use std::collections::{BTreeMap, HashMap};

use ::store::{Column, ColumnKind, DataClass, Table, Tx, Value};
use kernel::Result;
use timeline::{AccountId, LineId};

use super::{
    current::{Card, Stored},
    search::{Search, Values, among, filter, wanting},
    summed,
    totals::Sum,
};
use crate::{Class, Fit, spectrum};

/// How many relationships lie in each cell, and what they brought.
pub const SPECTRUM_CELL: Table = Table {
    name: "spectrum_cell",
    columns: &[
        Column { name: "currency", kind: ColumnKind::Text },
        Column { name: "line", kind: ColumnKind::Ref("line") },
        Column { name: "class", kind: ColumnKind::Text },
        Column { name: "preference", kind: ColumnKind::Text },
        Column { name: "fit", kind: ColumnKind::Text },
        Column { name: "strength", kind: ColumnKind::Int },
        Column { name: "value", kind: ColumnKind::Amount },
        Column { name: "count", kind: ColumnKind::Int },
        Column { name: "net", kind: ColumnKind::Amount },
    ],
    key: &["currency", "line", "class", "preference", "fit", "strength", "value"],
    account: None,
    class: DataClass::Business,
    canonical: false,
};

/// Relationships of one class and service fit whose strength and net begin there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The class that counts.
    pub class: Class,
    /// How they are served.
    pub fit: Fit,
    /// Where the step of strength begins, parts per million.
    pub strength: i64,
    /// Where the cell of net begins, ten-thousandths of the major unit.
    pub value: i64,
    /// How many.
    pub count: i64,
    /// What they brought, ten-thousandths of the major unit.
    pub net: i64,
}

/// The cells of what is found and has a strength, in steps of so many parts per million, which is a whole number of the
/// grid's; less what stands behind walls. Only for a search that the kept counts can answer.
///
/// # Errors
/// `store.statement`.
pub fn cells(tx: &mut Tx<'_>, viewer: i64, search: &Search, step: i64) -> Result<Vec<Counted>> {
    let search = &search.with_strength();
    let mut values = Values(vec![viewer.into()]);
    let step_mark = values.add(step);
    let [kept, walled] = both(search, &mut values);
    // A cell begins at a bound, so that its beginning stands for what is in it; whoever is behind a wall is put into
    // their cell below.
    let sql = format!(
        "SELECT class, fit, strength, value, CAST(SUM(count) AS BIGINT), CAST(SUM(net) AS BIGINT) FROM (
           SELECT class, fit, strength / {step_mark} AS strength, value, count, net FROM spectrum_cell WHERE {kept}
           UNION ALL
           SELECT relationship.class, relationship.fit, relationship.strength / {step_mark}, relationship.net, -1,
             -relationship.net FROM account
           CROSS JOIN relationship WHERE relationship.account = account.id AND account.wall > 0 AND NOT {} AND {walled}
         ) AS summed GROUP BY class, fit, strength, value",
        accounts::VISIBLE
    );
    let mut found: BTreeMap<_, (i64, i64)> = BTreeMap::new();
    for (class, fit, at, value, count, net) in tx.query(&sql, &values.0, |row| {
        let class = Class::parse(row.text(0)?).unwrap_or(Class::NotEnough);
        let fit = Fit::parse(row.text(1)?).unwrap_or(Fit::NotJudged);
        Ok((class, fit, row.int(2)?, row.int(3)?, row.int(4)?, row.int(5)?))
    })? {
        // The greatest strength lies in the last step.
        let strength = spectrum::step(at * step).div_euclid(step) * step;
        let sums = found.entry((class, fit, strength, spectrum::floor(value))).or_default();
        *sums = (sums.0 + count, sums.1.saturating_add(net));
    }
    let full = found.into_iter().filter(|(_, (count, _))| *count != 0);
    let counted = full.map(|((class, fit, strength, value), (count, net))| Counted {
        class,
        fit,
        strength,
        value,
        count,
        net,
    });
    Ok(counted.collect())
}

/// Count and net of what is found, per currency. Only for a search that the kept counts can answer.
///
/// # Errors
/// `store.statement`.
pub(super) fn sums(tx: &mut Tx<'_>, viewer: i64, search: &Search) -> Result<Vec<Sum>> {
    let mut values = Values(vec![viewer.into()]);
    let [kept, walled] = both(search, &mut values);
    let sql = format!(
        "SELECT currency, CAST(SUM(count) AS BIGINT), CAST(SUM(net) AS BIGINT) FROM (
           SELECT currency, count, net FROM spectrum_cell WHERE {kept}
           UNION ALL
           SELECT relationship.currency, -1, -relationship.net FROM account
           CROSS JOIN relationship WHERE relationship.account = account.id AND account.wall > 0 AND NOT {} AND {walled}
         ) AS summed GROUP BY currency ORDER BY currency",
        accounts::VISIBLE
    );
    let rows = tx.query(&sql, &values.0, |row| Ok((row.string(0)?, row.int(1)?, row.int(2)?)))?;
    Ok(rows.into_iter().filter(|(_, count, _)| *count != 0).collect())
}

/// What is asked for, of the kept counts and of relationships.
fn both<'a>(search: &'a Search, values: &mut Values<'a>) -> [String; 2] {
    let classes: Vec<_> = search.classes.iter().map(|class| values.add(class.as_str())).collect();
    let classes = classes.join(", ");
    let mut kept = format!("class IN ({classes}){}", wanting("spectrum_cell", &search.preferences));
    let mut add = |column: &str, sign: &str, value: Option<Value<'a>>| {
        if let Some(value) = value {
            let mark = values.add(value);
            kept.push_str(&format!(" AND {column} {sign} {mark}"));
        }
    };
    add("currency", "=", search.currency.map(|currency| currency.code().into()));
    add("line", "=", search.line.map(Into::into));
    for (column, span) in [("strength", search.strengths()), ("value", search.net)] {
        add(column, ">=", span.from.map(Into::into));
        add(column, "<", span.to.map(Into::into));
    }
    if let Some(condition) = among("fit", search.fits.iter().map(|fit| fit.as_str()), values) {
        kept.push_str(&format!(" AND {condition}"));
    }
    let walled = wanting("relationship", &search.preferences);
    let walled = format!("relationship.class IN ({classes}){walled}{}", filter(search, values));
    [kept, walled]
}

/// Where a relationship is counted.
type Place<'a> = (&'a str, LineId, &'a str, &'a str, &'a str, i64, i64);

/// Moves the counts by what changed.
///
/// # Errors
/// `store.statement`.
pub(super) fn move_by(
    tx: &mut Tx<'_>,
    cards: &[Card],
    gone: &[(AccountId, LineId)],
    before: &HashMap<(AccountId, LineId), Stored>,
) -> Result<()> {
    let mut moves: BTreeMap<Place<'_>, (i64, i64)> = BTreeMap::new();
    for card in cards {
        let sums = moves.entry(of_card(card)).or_default();
        *sums = (sums.0 + 1, sums.1.saturating_add(card.net));
    }
    let places = cards.iter().map(|card| (card.account, card.line)).chain(gone.iter().copied());
    for place in places {
        if let Some(stored) = before.get(&place) {
            let sums = moves.entry(of_stored(place.1, stored)).or_default();
            *sums = (sums.0 - 1, sums.1.saturating_sub(stored.net));
        }
    }
    moves.retain(|_, sums| *sums != (0, 0));
    let rows: Vec<_> = moves.iter().map(|(place, sums)| values(*place, *sums)).collect();
    summed::add(tx, &SPECTRUM_CELL, &rows)
}

fn of_card(card: &Card) -> Place<'_> {
    let decision = &card.decision;
    let strength = spectrum::step(decision.strength().unwrap_or(spectrum::NONE));
    let (class, fit) = (card.class().as_str(), decision.fit.as_str());
    (&card.currency, card.line, class, card.preference(), fit, strength, spectrum::floor(card.net))
}

fn of_stored(line: LineId, stored: &Stored) -> Place<'_> {
    let (strength, value) = (spectrum::step(stored.strength), spectrum::floor(stored.net));
    (&stored.currency, line, &stored.class, &stored.preference, &stored.fit, strength, value)
}

fn values<'a>(place: Place<'a>, (count, net): (i64, i64)) -> [Value<'a>; 9] {
    let (currency, line, class, preference, fit, strength, value) = place;
    [
        currency.into(),
        line.into(),
        class.into(),
        preference.into(),
        fit.into(),
        strength.into(),
        value.into(),
        count.into(),
        net.into(),
    ]
}
