//! Relationships as an act on many finds them: where each stands, what waits on it, what was made of it.

use std::collections::HashMap;

use ::store::{Row, Tx, dialect};
use kernel::{Context, Result};
use timeline::{AccountId, FactId, LineId};

use super::current::RelationshipId;

/// A relationship as a bulk finds it.
#[derive(Clone, Debug)]
pub struct Target {
    /// Its id.
    pub id: RelationshipId,
    /// Whose.
    pub account: AccountId,
    /// The name of the account.
    pub name: String,
    /// On which line.
    pub line: LineId,
    /// The class that counts.
    pub class: String,
    /// What the evidence says.
    pub computed: String,
    /// The day for which it says so.
    pub as_of: i64,
    /// What they want.
    pub preference: String,
    /// What waits for an answer: the crossing, the class before, until when it is put off.
    pub waits: Option<(i64, String, String, i64)>,
}

/// Those of these relationships that the viewer may see, by id.
///
/// # Errors
/// `store.statement`.
pub fn targets(cx: &Context, tx: &mut Tx<'_>, ids: &[RelationshipId]) -> Result<Vec<Target>> {
    let mut found = Vec::with_capacity(ids.len());
    for group in ids.chunks(256) {
        let (marks, values) = dialect::list(&[cx.actor.number().into()], group.iter().copied());
        let sql = format!(
            "SELECT relationship.id, relationship.account, account.name, relationship.line, relationship.class,
               relationship.computed, relationship.as_of, relationship.preference, crossing.id, crossing.was,
               crossing.became, crossing.until
             FROM relationship JOIN account ON account.id = relationship.account
             LEFT JOIN crossing ON crossing.relationship = relationship.id AND crossing.state = 'waits'
             WHERE {} AND relationship.id IN ({marks}) ORDER BY relationship.id, crossing.id",
            accounts::VISIBLE
        );
        found.extend(tx.query(&sql, &values, target)?);
    }
    // Of several that wait, which there should not be, the newest asks.
    found.dedup_by(|later, earlier| {
        let same = later.id == earlier.id;
        if same {
            std::mem::swap(later, earlier);
        }
        same
    });
    Ok(found)
}

fn target(row: &Row<'_>) -> Result<Target> {
    let waits = match row.opt_int(8)? {
        Some(crossing) => Some((crossing, row.string(9)?, row.string(10)?, row.int(11)?)),
        None => None,
    };
    Ok(Target {
        id: row.id(0)?,
        account: row.id(1)?,
        name: row.string(2)?,
        line: row.id(3)?,
        class: row.string(4)?,
        computed: row.string(5)?,
        as_of: row.int(6)?,
        preference: row.string(7)?,
        waits,
    })
}

/// Where crossings stand, by their number.
///
/// # Errors
/// `store.statement`.
pub fn crossings(tx: &mut Tx<'_>, ids: &[i64]) -> Result<HashMap<i64, String>> {
    let mut found = HashMap::new();
    for group in ids.chunks(256) {
        let (marks, values) = dialect::list(&[], group.iter().copied());
        let sql = format!("SELECT id, state FROM crossing WHERE id IN ({marks})");
        found.extend(tx.query(&sql, &values, |row| Ok((row.int(0)?, row.string(1)?)))?);
    }
    Ok(found)
}

/// The newest crossing of each of these relationships.
///
/// # Errors
/// `store.statement`.
pub fn newest_crossings(tx: &mut Tx<'_>, relationships: &[i64]) -> Result<HashMap<i64, i64>> {
    let mut found = HashMap::new();
    for group in relationships.chunks(256) {
        let (marks, values) = dialect::list(&[], group.iter().copied());
        let sql = format!(
            "SELECT relationship, MAX(id) FROM crossing WHERE relationship IN ({marks}) GROUP BY relationship"
        );
        found.extend(tx.query(&sql, &values, |row| Ok((row.int(0)?, row.int(1)?)))?);
    }
    Ok(found)
}

/// Which of these facts are in the timeline.
///
/// # Errors
/// `store.statement`.
pub fn facts_there(tx: &mut Tx<'_>, places: &[(AccountId, FactId)]) -> Result<Vec<FactId>> {
    let mut found = Vec::new();
    for group in places.chunks(256) {
        found.extend(timeline::store::which(tx, group)?);
    }
    Ok(found)
}
