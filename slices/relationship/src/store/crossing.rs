//! Classes that became others: which of them wait for a person, and what was answered.

use std::collections::{BTreeSet, HashMap};

use ::store::{Column, ColumnKind, DataClass, Table, Tx, dialect};
use kernel::{Context, Day, Moment, Result};
use timeline::{AccountId, LineId};

use super::current::{Card, RelationshipId, Stored};
use crate::Class;

/// Classes that became others.
pub const CROSSING: Table = Table {
    name: "crossing",
    columns: &[
        Column { name: "id", kind: ColumnKind::Int },
        Column { name: "relationship", kind: ColumnKind::Own("relationship") },
        Column { name: "was", kind: ColumnKind::Text },
        Column { name: "became", kind: ColumnKind::Text },
        Column { name: "at", kind: ColumnKind::Clock },
        Column { name: "state", kind: ColumnKind::Text },
        Column { name: "until", kind: ColumnKind::Day },
        Column { name: "answered_by", kind: ColumnKind::Ref("person") },
        Column { name: "answered_at", kind: ColumnKind::Clock },
    ],
    key: &["id"],
    account: None,
    class: DataClass::Personal,
    canonical: false,
};

/// It waits for a person.
pub const WAITS: &str = "waits";
/// A person agreed.
pub const ACCEPTED: &str = "accepted";
/// A person said otherwise, by an override.
pub const DECLINED: &str = "declined";
/// Nobody is asked: it is told, and that is all.
const TOLD: &str = "told";
/// Microseconds.
const DAY: i64 = 86_400_000_000;

/// A class that became another.
#[derive(Clone, Debug)]
pub struct Crossing {
    /// Its id: the place of the decision in the log.
    pub id: i64,
    /// The relationship.
    pub relationship: RelationshipId,
    /// Whose it is.
    pub account: AccountId,
    /// Their name.
    pub name: String,
    /// On which line.
    pub line: LineId,
    /// The class before.
    pub was: Class,
    /// The class since.
    pub became: Class,
    /// When it was decided, in microseconds.
    pub at: i64,
    /// waits, accepted, declined or told.
    pub state: String,
    /// The day up to which it is put off; no day where it is not.
    pub until: i64,
    /// Who answered, and when, in microseconds; nought where nobody did.
    pub answered: (i64, i64),
}

/// Writes down, of these decisions with their places in the log, those by which a class became another; what waited for a
/// person on the same relationship before waits no longer.
///
/// # Errors
/// `store.statement`.
pub(super) fn note(
    tx: &mut Tx<'_>,
    decided: &[(i64, i64, &Card)],
    before: &HashMap<(AccountId, LineId), Stored>,
) -> Result<()> {
    let crossed: Vec<_> = decided
        .iter()
        .filter_map(|(serial, id, card)| {
            let was = Class::parse(before.get(&(card.account, card.line))?.computed())?;
            let became = card.decision.class();
            (was != became).then_some((*serial, *id, *card, was, became))
        })
        .collect();
    let mut returned = BTreeSet::new();
    for group in crossed.chunks(256) {
        let (marks, values) = dialect::list(&[], group.iter().map(|crossing| crossing.1));
        let sql = format!(
            "SELECT relationship, was FROM crossing WHERE relationship IN ({marks}) AND state = '{WAITS}'"
        );
        for (id, was) in tx.query(&sql, &values, |row| Ok((row.int(0)?, row.string(1)?)))? {
            if group.iter().any(|crossing| crossing.1 == id && crossing.4.as_str() == was) {
                returned.insert(id);
            }
        }
        let (marks, values) = dialect::list(&[TOLD.into()], group.iter().map(|crossing| crossing.1));
        let sql =
            format!("UPDATE crossing SET state = ?1 WHERE relationship IN ({marks}) AND state = '{WAITS}'");
        tx.execute(&sql, &values)?;
    }
    let rows = crossed.iter().map(|(serial, id, card, was, became)| {
        // Back to the class that nobody had confirmed the end of is no question.
        let asks = was.is_judged() && became.is_judged() && card.said.is_none() && !returned.contains(id);
        [
            (*serial).into(),
            (*id).into(),
            was.as_str().into(),
            became.as_str().into(),
            card.decided_at.into(),
            (if asks { WAITS } else { TOLD }).into(),
            0.into(),
            0.into(),
            0.into(),
        ]
    });
    tx.insert_all(&CROSSING, rows).map(drop)
}

const SHOWN: &str =
    "crossing.id, crossing.relationship, relationship.account, account.name, relationship.line, crossing.was,
    crossing.became, crossing.at, crossing.state, crossing.until, crossing.answered_by, crossing.answered_at";

fn crossing(row: &::store::Row<'_>) -> Result<Crossing> {
    let class = |word: &str| Class::parse(word).unwrap_or(Class::NotEnough);
    Ok(Crossing {
        id: row.int(0)?,
        relationship: row.id(1)?,
        account: row.id(2)?,
        name: row.string(3)?,
        line: row.id(4)?,
        was: class(row.text(5)?),
        became: class(row.text(6)?),
        at: row.int(7)?,
        state: row.string(8)?,
        until: row.int(9)?,
        answered: (row.int(10)?, row.int(11)?),
    })
}

/// Those that wait for a person today and that the viewer may see, the newest first: after one, at most so many.
///
/// # Errors
/// `store.statement`.
pub fn waiting(cx: &Context, tx: &mut Tx<'_>, before: i64, limit: i64) -> Result<Vec<Crossing>> {
    let sql = format!(
        "SELECT {SHOWN} FROM crossing JOIN relationship ON relationship.id = crossing.relationship
         JOIN account ON account.id = relationship.account
         WHERE {} AND crossing.state = '{WAITS}' AND 0 + crossing.until <= ?2 AND crossing.id < ?3
         ORDER BY crossing.id DESC LIMIT ?4",
        accounts::VISIBLE
    );
    let values = [cx.actor.number().into(), i64::from(cx.today().0).into(), before.into(), limit.into()];
    tx.query(&sql, &values, crossing)
}

/// The one that is put off and comes back first, of those that the viewer may see.
///
/// # Errors
/// `store.statement`.
pub fn comes_back(cx: &Context, tx: &mut Tx<'_>) -> Result<Option<Crossing>> {
    let sql = format!(
        "SELECT {SHOWN} FROM crossing JOIN relationship ON relationship.id = crossing.relationship
         JOIN account ON account.id = relationship.account
         WHERE {} AND crossing.state = '{WAITS}' AND crossing.until > ?2
         ORDER BY crossing.until, crossing.id LIMIT 1",
        accounts::VISIBLE
    );
    tx.first(&sql, &[cx.actor.number().into(), i64::from(cx.today().0).into()], crossing)
}

/// Those since a moment that the viewer may see, the newest first.
///
/// # Errors
/// `store.statement`.
pub fn since(cx: &Context, tx: &mut Tx<'_>, since: Moment, limit: i64) -> Result<Vec<Crossing>> {
    let sql = format!(
        "SELECT {SHOWN} FROM crossing JOIN relationship ON relationship.id = crossing.relationship
         JOIN account ON account.id = relationship.account
         WHERE {} AND crossing.at > ?2 ORDER BY crossing.at DESC, crossing.id DESC LIMIT ?3",
        accounts::VISIBLE
    );
    tx.query(&sql, &[cx.actor.number().into(), since.micros.into(), limit.into()], crossing)
}

/// Who stated since a moment how they want to be dealt with, as far as the viewer may see them: the newest first. What was
/// stated more than a day before that moment and came in with a file is no news.
///
/// # Errors
/// `store.statement`.
pub fn stated(cx: &Context, tx: &mut Tx<'_>, since: Moment, limit: i64) -> Result<Vec<(AccountId, String)>> {
    let sql = format!(
        "SELECT fact.account, account.name FROM fact JOIN account ON account.id = fact.account
         WHERE {} AND fact.kind = 'preference' AND fact.recorded_at > ?2 AND fact.occurred_at >= ?4
         ORDER BY fact.recorded_at DESC, fact.id DESC LIMIT ?3",
        accounts::VISIBLE
    );
    let values = [cx.actor.number().into(), since.micros.into(), limit.into(), (since.micros - DAY).into()];
    let mut found = tx.query(&sql, &values, |row| Ok((row.id(0)?, row.string(1)?)))?;
    let mut once = BTreeSet::new();
    found.retain(|(account, _)| once.insert(*account));
    Ok(found)
}

/// What waits on a relationship that the viewer may see.
///
/// # Errors
/// `store.statement`.
pub fn on(cx: &Context, tx: &mut Tx<'_>, id: RelationshipId) -> Result<Option<Crossing>> {
    let sql = format!(
        "SELECT {SHOWN} FROM crossing JOIN relationship ON relationship.id = crossing.relationship
         JOIN account ON account.id = relationship.account
         WHERE {} AND crossing.relationship = ?2 AND crossing.state = '{WAITS}' ORDER BY crossing.id DESC LIMIT 1",
        accounts::VISIBLE
    );
    tx.first(&sql, &[cx.actor.number().into(), id.into()], crossing)
}

/// The newest one on a relationship that the viewer may see, whatever was answered.
///
/// # Errors
/// `store.statement`.
pub fn newest(cx: &Context, tx: &mut Tx<'_>, id: RelationshipId) -> Result<Option<Crossing>> {
    let sql = format!(
        "SELECT {SHOWN} FROM crossing JOIN relationship ON relationship.id = crossing.relationship
         JOIN account ON account.id = relationship.account
         WHERE {} AND crossing.relationship = ?2 ORDER BY crossing.id DESC LIMIT 1",
        accounts::VISIBLE
    );
    tx.first(&sql, &[cx.actor.number().into(), id.into()], crossing)
}

/// Whether more facts are known of an account than a page may weigh for one line of it.
///
/// # Errors
/// `store.statement`.
pub fn is_long(cx: &Context, tx: &mut Tx<'_>, account: AccountId, most: i64) -> Result<bool> {
    let sql = format!(
        "SELECT COUNT(*) FROM (SELECT 1 AS one FROM fact JOIN account ON account.id = fact.account
           WHERE {} AND fact.account = ?2 LIMIT ?3) AS few",
        accounts::VISIBLE
    );
    let count =
        tx.first(&sql, &[cx.actor.number().into(), account.into(), (most + 1).into()], |row| row.int(0))?;
    Ok(count.is_some_and(|count| most < count))
}

/// A class was set by hand: what waits on the relationship is answered by it.
///
/// # Errors
/// `store.statement`.
pub fn settle(cx: &Context, tx: &mut Tx<'_>, id: RelationshipId, class: Class) -> Result<()> {
    let Some(one) = on(cx, tx, id)? else { return Ok(()) };
    let state = if class == one.became { ACCEPTED } else { DECLINED };
    answer(cx, tx, &[one.id], state, cx.today())
}

/// What was answered waits again, as it did before, put off until that day.
///
/// # Errors
/// `store.statement`.
pub fn reopen(tx: &mut Tx<'_>, ids: &[i64], until: i64) -> Result<()> {
    for group in ids.chunks(256) {
        let (marks, values) = dialect::list(&[WAITS.into(), until.into()], group.iter().copied());
        let sql = format!(
            "UPDATE crossing SET state = ?1, until = ?2, answered_by = 0, answered_at = 0 WHERE id IN ({marks})"
        );
        tx.execute(&sql, &values)?;
    }
    Ok(())
}

/// Writes down what was answered.
///
/// # Errors
/// `store.statement`.
pub fn answer(cx: &Context, tx: &mut Tx<'_>, ids: &[i64], state: &str, until: Day) -> Result<()> {
    let said = [state.into(), i64::from(until.0).into(), cx.actor.number().into(), cx.now.micros.into()];
    for group in ids.chunks(256) {
        let (marks, values) = dialect::list(&said, group.iter().copied());
        let sql = format!(
            "UPDATE crossing SET state = ?1, until = ?2, answered_by = ?3, answered_at = ?4 WHERE id IN ({marks})"
        );
        tx.execute(&sql, &values)?;
    }
    Ok(())
}
