//! Merges: who asked, which pairs, how far they have come, and what stands against undoing them.

use ::store::{Column, ColumnKind, DataClass, Row, Table, Tx, dialect};
use kernel::{Context, Id, Result};
use timeline::AccountId;

use super::VISIBLE_EVEN_MERGED;
use crate::merge::{Couple, MergeId, State};

/// What was merged by one call.
pub const ACCOUNT_MERGE: Table = Table {
    name: "account_merge",
    columns: &[
        Column { name: "id", kind: ColumnKind::Own("merge") },
        Column { name: "asked_by", kind: ColumnKind::Int },
        Column { name: "asked_at", kind: ColumnKind::Clock },
        Column { name: "state", kind: ColumnKind::Text },
        Column { name: "failure", kind: ColumnKind::Text },
    ],
    key: &["id"],
    account: None,
    class: DataClass::Business,
    canonical: false,
};

/// The pairs of a merge. Its accounts stay who they were, whatever is merged later.
pub const MERGE_PAIR: Table = Table {
    name: "merge_pair",
    columns: &[
        Column { name: "id", kind: ColumnKind::Own("merge_pair") },
        Column { name: "merge", kind: ColumnKind::Int },
        Column { name: "kept", kind: ColumnKind::Int },
        Column { name: "gone", kind: ColumnKind::Int },
        Column { name: "state", kind: ColumnKind::Text },
        Column { name: "high", kind: ColumnKind::Int },
        Column { name: "note", kind: ColumnKind::Text },
    ],
    key: &["id"],
    account: Some("kept"),
    class: DataClass::Personal,
    canonical: false,
};

/// Which rows of which tables were moved.
pub const MERGE_MOVE: Table = Table {
    name: "merge_move",
    columns: &[
        Column { name: "pair", kind: ColumnKind::Int },
        Column { name: "place", kind: ColumnKind::Text },
        Column { name: "n", kind: ColumnKind::Int },
        Column { name: "key", kind: ColumnKind::Text },
        Column { name: "value", kind: ColumnKind::Text },
    ],
    key: &["pair", "place", "n", "key"],
    account: None,
    class: DataClass::Internal,
    canonical: false,
};

/// What was not undone, because it was changed since.
pub const MERGE_CONFLICT: Table = Table {
    name: "merge_conflict",
    columns: &[
        Column { name: "pair", kind: ColumnKind::Int },
        Column { name: "kind", kind: ColumnKind::Text },
        Column { name: "count", kind: ColumnKind::Int },
        Column { name: "told", kind: ColumnKind::Text },
    ],
    key: &["pair", "kind"],
    account: None,
    class: DataClass::Internal,
    canonical: false,
};

/// A pair waits to be merged.
pub const WAITING: &str = "waiting";
/// A pair is merged.
pub const MERGED: &str = "merged";
/// A pair was merged, and is not any more.
pub const UNDONE: &str = "undone";
/// A pair could not be merged.
pub const REFUSED: &str = "refused";

/// A pair of a merge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Its number.
    pub id: i64,
    /// Its accounts.
    pub couple: Couple,
}

/// A merge.
#[derive(Clone, Debug)]
pub struct Merge {
    /// Its id.
    pub id: MergeId,
    /// Who asked for it.
    pub asked_by: i64,
    /// When, in microseconds.
    pub asked_at: i64,
    /// How far it has come.
    pub state: State,
    /// Why it does not go on, if it does not.
    pub failure: String,
}

/// A pair as it is shown.
#[derive(Clone, Debug)]
pub struct Told {
    /// The pair.
    pub pair: Pair,
    /// The names of both: of the one that is kept, and of the other.
    pub names: (String, String),
    /// waiting, merged, undone or refused.
    pub state: String,
    /// Why it was refused.
    pub note: String,
}

/// Writes down a merge that is to be done.
///
/// # Errors
/// `store.statement`.
pub fn ask(cx: &Context, tx: &mut Tx<'_>, couples: &[Couple]) -> Result<MergeId> {
    let id = tx.allocate("merge", 1)?.first();
    let state = State::Merging.as_str().into();
    tx.insert_all(
        &ACCOUNT_MERGE,
        [[id.into(), cx.actor.number().into(), cx.now.micros.into(), state, "".into()]],
    )?;
    let numbers = tx.allocate("merge_pair", i64::try_from(couples.len()).unwrap_or(i64::MAX))?;
    let rows = couples.iter().zip(numbers).map(|(couple, number)| {
        let (kept, gone) = (couple.kept.into(), couple.gone.into());
        [number.into(), id.into(), kept, gone, WAITING.into(), 0.into(), "".into()]
    });
    tx.insert_all(&MERGE_PAIR, rows)?;
    Ok(MergeId::new(id))
}

/// A merge by its id; nothing where there is none. Whether the viewer may see its accounts is asked apart.
///
/// # Errors
/// `store.statement`.
pub fn find(tx: &mut Tx<'_>, id: MergeId) -> Result<Option<Merge>> {
    let sql = "SELECT id, asked_by, asked_at, state, failure FROM account_merge WHERE id = ?1";
    tx.first(sql, &[id.into()], merge)
}

/// The newest merges before that one.
///
/// # Errors
/// `store.statement`.
pub fn list(tx: &mut Tx<'_>, before: i64, limit: i64) -> Result<Vec<Merge>> {
    let sql = "SELECT id, asked_by, asked_at, state, failure FROM account_merge WHERE id < ?1
               ORDER BY id DESC LIMIT ?2";
    tx.query(sql, &[before.into(), limit.into()], merge)
}

fn merge(row: &Row<'_>) -> Result<Merge> {
    let state = State::parse(row.text(3)?).unwrap_or(State::Merging);
    Ok(Merge { id: row.id(0)?, asked_by: row.int(1)?, asked_at: row.int(2)?, state, failure: row.string(4)? })
}

/// How many pairs of these merges the viewer may see, by merge and state.
///
/// # Errors
/// `store.statement`.
pub fn counts(cx: &Context, tx: &mut Tx<'_>, merges: &[MergeId]) -> Result<Vec<(MergeId, String, i64)>> {
    let (marks, values) = dialect::list(&[cx.actor.number().into()], merges.iter().copied());
    let sql = format!(
        "SELECT merge_pair.merge, merge_pair.state, COUNT(*) FROM merge_pair
         WHERE merge_pair.merge IN ({marks}) AND {} GROUP BY merge_pair.merge, merge_pair.state",
        seen()
    );
    tx.query(&sql, &values, |row| Ok((row.id(0)?, row.string(1)?, row.int(2)?)))
}

/// Whether the viewer may see both accounts of every pair of a merge.
///
/// # Errors
/// `store.statement`.
pub fn sees(cx: &Context, tx: &mut Tx<'_>, id: MergeId) -> Result<bool> {
    let sql = format!("SELECT 1 FROM merge_pair WHERE merge_pair.merge = ?2 AND NOT ({}) LIMIT 1", seen());
    Ok(tx.first(&sql, &[cx.actor.number().into(), id.into()], |row| row.int(0))?.is_none())
}

/// The pairs of a merge that the viewer may see, those after a number.
///
/// # Errors
/// `store.statement`.
pub fn told(cx: &Context, tx: &mut Tx<'_>, id: MergeId, after: i64, limit: i64) -> Result<Vec<Told>> {
    let sql = format!(
        "SELECT merge_pair.id, merge_pair.kept, merge_pair.gone, k.name, g.name, merge_pair.state, merge_pair.note
         FROM merge_pair LEFT JOIN account AS k ON k.id = merge_pair.kept LEFT JOIN account AS g ON g.id = merge_pair.gone
         WHERE merge_pair.merge = ?2 AND merge_pair.id > ?3 AND {} ORDER BY merge_pair.id LIMIT ?4",
        seen()
    );
    let values = [cx.actor.number().into(), id.into(), after.into(), limit.into()];
    tx.query(&sql, &values, |row| {
        let couple = Couple { kept: row.id(1)?, gone: row.id(2)? };
        let name = |n| row.opt_string(n).map(Option::unwrap_or_default);
        let names = (name(3)?, name(4)?);
        Ok(Told {
            pair: Pair { id: row.int(0)?, couple },
            names,
            state: row.string(5)?,
            note: row.string(6)?,
        })
    })
}

/// True for pairs of which the viewer may see both accounts, one of which is a pointer.
fn seen() -> String {
    format!(
        "NOT EXISTS (SELECT 1 FROM account WHERE account.id IN (merge_pair.kept, merge_pair.gone)
           AND NOT {VISIBLE_EVEN_MERGED})"
    )
}

/// The next pairs of a merge in this state, in the order of their numbers or against it.
///
/// # Errors
/// `store.statement`.
pub fn next(tx: &mut Tx<'_>, merge: MergeId, state: &str, newest_first: bool) -> Result<Vec<Pair>> {
    let order = if newest_first { "DESC" } else { "ASC" };
    let sql = format!(
        "SELECT id, kept, gone FROM merge_pair WHERE merge = ?1 AND state = ?2 ORDER BY id {order} LIMIT 256"
    );
    tx.query(&sql, &[merge.into(), state.into()], pair)
}

fn pair(row: &Row<'_>) -> Result<Pair> {
    Ok(Pair { id: row.int(0)?, couple: Couple { kept: row.id(1)?, gone: row.id(2)? } })
}

/// The merged pairs with an account that an import made; at most 64.
///
/// # Errors
/// `store.statement`.
pub fn touching(tx: &mut Tx<'_>, run: i64) -> Result<Vec<Pair>> {
    let sql = "SELECT id, kept, gone FROM merge_pair WHERE state = 'merged' AND (
                 EXISTS (SELECT 1 FROM account WHERE account.id = merge_pair.gone AND account.run = ?1)
                 OR EXISTS (SELECT 1 FROM account WHERE account.id = merge_pair.kept AND account.run = ?1))
               ORDER BY id DESC LIMIT 64";
    tx.query(sql, &[run.into()], pair)
}

/// Of these pairs, those that were merged on top of them: the account that was kept went to another since.
///
/// # Errors
/// `store.statement`.
pub fn on_top(tx: &mut Tx<'_>, pairs: &[Pair]) -> Result<Vec<Pair>> {
    let (marks, values) = dialect::list(&[], pairs.iter().map(|pair| pair.couple.kept));
    let sql = format!("SELECT id, kept, gone FROM merge_pair WHERE state = 'merged' AND gone IN ({marks})");
    tx.query(&sql, &values, pair)
}

/// Sets the state of pairs, and what the next fact's number was when they were merged.
///
/// # Errors
/// `store.statement`.
pub fn set_pairs(tx: &mut Tx<'_>, pairs: &[Pair], state: &str, high: Option<i64>, note: &str) -> Result<()> {
    let fixed = [state.into(), note.into(), high.into()];
    let (marks, values) = dialect::list(&fixed, pairs.iter().map(|pair| pair.id));
    let sql = format!(
        "UPDATE merge_pair SET state = ?1, note = ?2, high = CASE WHEN CAST(?3 AS BIGINT) IS NULL THEN high ELSE CAST(?3 AS BIGINT) END
         WHERE id IN ({marks})"
    );
    tx.execute(&sql, &values).map(drop)
}

/// Sets the state of a merge.
///
/// # Errors
/// `store.statement`.
pub fn set_state(tx: &mut Tx<'_>, id: MergeId, state: State, failure: &str) -> Result<()> {
    let sql = "UPDATE account_merge SET state = ?2, failure = ?3 WHERE id = ?1";
    tx.execute(sql, &[id.into(), state.as_str().into(), failure.into()]).map(drop)
}

/// Ids as accounts.
pub fn accounts(pairs: &[Pair]) -> Vec<AccountId> {
    let both = pairs.iter().flat_map(|pair| [pair.couple.kept, pair.couple.gone]);
    let mut all: Vec<_> = both.map(|id| Id::new(id.0)).collect();
    all.sort_unstable();
    all.dedup();
    all
}
