//! Accounts that became pointers to others: where they lead, and how they become accounts again.

use std::collections::HashMap;

use ::store::{Tx, Value, dialect};
use kernel::{Context, Result};
use timeline::AccountId;

use super::{VISIBLE_EVEN_MERGED, merge::Pair, words};

/// How many merges are followed one after the other; longer chains are not made, because chains are straightened.
const HOPS: usize = 64;

/// What a merge looks at in an account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Side {
    /// 0, or the account it was merged into.
    pub merged: i64,
    /// person, organization, household or department; empty where nobody said.
    pub kind: String,
    /// Who may see it: the members of its wall in ascending order; nothing where there is no wall.
    pub members: Vec<i64>,
    /// What it says of itself that another may lack: by column.
    pub fields: [String; FIELDS.len()],
}

/// What the account that is kept takes over from the other where it has nothing itself.
pub const FIELDS: [&str; 2] = ["country", "email"];

/// Where accounts that were merged lead; those that are no pointers are left out.
///
/// # Errors
/// `store.statement`.
pub fn landed(tx: &mut Tx<'_>, ids: &[i64]) -> Result<HashMap<i64, i64>> {
    let mut ends: HashMap<i64, i64> = HashMap::new();
    for group in ids.chunks(256) {
        let (marks, values) = dialect::list(&[], group.iter().copied());
        let sql = format!("SELECT id, merged FROM account WHERE merged <> 0 AND id IN ({marks})");
        ends.extend(tx.query(&sql, &values, |row| Ok((row.int(0)?, row.int(1)?)))?);
    }
    for _ in 0..HOPS {
        let next: Vec<i64> = ends.values().copied().collect();
        if next.is_empty() {
            break;
        }
        let mut further = HashMap::new();
        for group in next.chunks(256) {
            let (marks, values) = dialect::list(&[], group.iter().copied());
            let sql = format!("SELECT id, merged FROM account WHERE merged <> 0 AND id IN ({marks})");
            further.extend(tx.query(&sql, &values, |row| Ok((row.int(0)?, row.int(1)?)))?);
        }
        if further.is_empty() {
            break;
        }
        ends.values_mut().for_each(|end| *end = further.get(end).copied().unwrap_or(*end));
    }
    Ok(ends)
}

/// Whether an account that the viewer may see ever took part in a merge, undone or not.
///
/// # Errors
/// `store.statement`.
pub fn took_part(cx: &Context, tx: &mut Tx<'_>, account: AccountId) -> Result<bool> {
    let sql = format!(
        "SELECT account.id FROM account WHERE {VISIBLE_EVEN_MERGED} AND account.id = ?2
           AND (EXISTS (SELECT 1 FROM merge_pair WHERE kept = account.id)
             OR EXISTS (SELECT 1 FROM merge_pair WHERE gone = account.id))"
    );
    Ok(tx.first(&sql, &[cx.actor.number().into(), account.into()], |row| row.int(0))?.is_some())
}

/// What a merge looks at in these accounts; those that are not there are left out.
///
/// # Errors
/// `store.statement`.
pub fn sides(tx: &mut Tx<'_>, ids: &[AccountId]) -> Result<HashMap<AccountId, Side>> {
    let mut found = HashMap::new();
    for group in ids.chunks(256) {
        let (marks, values) = dialect::list(&[], group.iter().copied());
        let sql = format!("SELECT id, merged, country, email, kind FROM account WHERE id IN ({marks})");
        tx.for_each(&sql, &values, |row| {
            let fields = [row.string(2)?, row.string(3)?];
            found.insert(
                row.id(0)?,
                Side { merged: row.int(1)?, kind: row.string(4)?, members: Vec::new(), fields },
            );
            Ok(())
        })?;
        let sql = format!(
            "SELECT account.id, wall_member.person FROM account JOIN wall_member ON wall_member.wall = account.wall
             WHERE account.id IN ({marks}) AND account.wall <> 0 ORDER BY account.id, wall_member.person"
        );
        tx.for_each(&sql, &values, |row| {
            if let Some(side) = found.get_mut(&row.id(0)?) {
                side.members.push(row.int(1)?);
            }
            Ok(())
        })?;
    }
    Ok(found)
}

/// Makes the accounts that go pointers to those that are kept.
///
/// # Errors
/// `store.statement`.
pub fn point(tx: &mut Tx<'_>, pairs: &[Pair]) -> Result<()> {
    let both: Vec<_> = pairs.iter().map(|pair| (pair.id, pair.couple.gone)).collect();
    let (ids, gone, values) = dialect::lists(&both);
    let sql = format!(
        "UPDATE account SET merged = (SELECT p.kept FROM merge_pair AS p WHERE p.id IN ({ids}) AND p.gone = account.id)
         WHERE id IN ({gone})"
    );
    tx.execute(&sql, &values)?;
    words::pairs_changed(tx, pairs)
}

/// Makes pointers accounts again.
///
/// # Errors
/// `store.statement`.
pub fn unpoint(tx: &mut Tx<'_>, pairs: &[Pair]) -> Result<()> {
    let (marks, values) = dialect::list(&[], pairs.iter().map(|pair| pair.couple.gone));
    tx.execute(&format!("UPDATE account SET merged = 0 WHERE id IN ({marks})"), &values)?;
    words::pairs_changed(tx, pairs)
}

/// Gives an account a value that it lacks, and writes down that it has it from the other.
///
/// # Errors
/// `store.statement`.
pub fn take_over(tx: &mut Tx<'_>, pair: Pair, field: usize, value: &str) -> Result<()> {
    let column = FIELDS[field];
    let sql = format!("UPDATE account SET {column} = ?2 WHERE id = ?1");
    tx.execute(&sql, &[pair.couple.kept.into(), value.into()])?;
    let place = format!("account.{column}");
    let sql = "INSERT INTO merge_move (pair, place, n, key, value) VALUES (?1, ?2, ?3, '', ?4)";
    let row: [Value<'_>; 4] = [pair.id.into(), (&place).into(), pair.couple.kept.into(), value.into()];
    tx.execute(sql, &row).map(drop)
}

/// Takes values away again that an account had from the other, where nobody wrote another since; gives those where
/// somebody did: pair and column.
///
/// # Errors
/// `store.statement`.
pub fn give_back(tx: &mut Tx<'_>, pairs: &[Pair], write: bool) -> Result<Vec<(i64, &'static str)>> {
    let mut edited = Vec::new();
    for column in FIELDS {
        let place = format!("account.{column}");
        let (ids, values) = dialect::list(&[(&place).into()], pairs.iter().map(|pair| pair.id));
        let own =
            format!("merge_move.place = ?1 AND merge_move.pair IN ({ids}) AND merge_move.n = account.id");
        let sql = format!(
            "SELECT merge_move.pair FROM merge_move JOIN account ON account.id = merge_move.n
             WHERE {own} AND account.{column} <> merge_move.value"
        );
        edited.extend(tx.query(&sql, &values, |row| Ok((row.int(0)?, column)))?);
        if write {
            let sql = format!(
                "UPDATE account SET {column} = '' WHERE EXISTS (SELECT 1 FROM merge_move
                   WHERE {own} AND merge_move.value = account.{column})
                 AND id IN (SELECT kept FROM merge_pair WHERE merge_pair.id IN ({ids}))"
            );
            tx.execute(&sql, &values)?;
        }
    }
    Ok(edited)
}

/// Forgets which rows these pairs moved.
///
/// # Errors
/// `store.statement`.
pub fn forget_moves(tx: &mut Tx<'_>, pairs: &[Pair]) -> Result<()> {
    let (marks, values) = dialect::list(&[], pairs.iter().map(|pair| pair.id));
    tx.execute(&format!("DELETE FROM merge_move WHERE pair IN ({marks})"), &values).map(drop)
}

/// How many facts were recorded on the accounts that were kept since they were merged, by pair.
///
/// # Errors
/// `store.statement`.
pub fn recorded_since(tx: &mut Tx<'_>, pairs: &[Pair]) -> Result<Vec<(i64, i64)>> {
    let both: Vec<_> = pairs.iter().map(|pair| (pair.id, pair.couple.kept)).collect();
    let (ids, kept, values) = dialect::lists(&both);
    let sql = format!(
        "SELECT p.id, COUNT(*) FROM fact JOIN merge_pair AS p ON p.kept = fact.account
         WHERE fact.account IN ({kept}) AND p.id IN ({ids}) AND fact.id >= p.high
           AND NOT EXISTS (SELECT 1 FROM merge_move WHERE merge_move.pair = p.id AND merge_move.place = 'fact.account'
             AND merge_move.n = fact.id)
         GROUP BY p.id"
    );
    tx.query(&sql, &values, |row| Ok((row.int(0)?, row.int(1)?)))
}

/// Something that stands against undoing a pair.
pub type Conflict = (i64, String, i64, String);

/// Writes down what was not undone.
///
/// # Errors
/// `store.statement`.
pub fn keep_conflicts(tx: &mut Tx<'_>, conflicts: &[Conflict]) -> Result<()> {
    let rows = conflicts
        .iter()
        .map(|(pair, kind, count, told)| [(*pair).into(), kind.into(), (*count).into(), told.into()]);
    tx.insert_all(&super::merge::MERGE_CONFLICT, rows).map(drop)
}

/// What was not undone of these pairs.
///
/// # Errors
/// `store.statement`.
pub fn conflicts(tx: &mut Tx<'_>, pairs: &[Pair]) -> Result<Vec<Conflict>> {
    let (marks, values) = dialect::list(&[], pairs.iter().map(|pair| pair.id));
    let sql = format!(
        "SELECT pair, kind, count, told FROM merge_conflict WHERE pair IN ({marks}) ORDER BY pair, kind"
    );
    tx.query(&sql, &values, |row| Ok((row.int(0)?, row.string(1)?, row.int(2)?, row.string(3)?)))
}
