//! The tables of accounts, and the one fragment that every query on account data contains.

pub mod alike;
pub mod audit;
pub mod duplicate;
pub mod merge;
pub mod moves;
pub mod pointer;
pub mod sourced;

use std::collections::{BTreeSet, HashMap, HashSet};

use kernel::{Context, Problem, Result};
use store::{Column, ColumnKind, DataClass, Row, Table, Tx, dialect};
use timeline::AccountId;

use crate::{Account, account::name_key, duplicate::Traits};

/// True for accounts that the viewer may see; `?1` is the viewer's number. The house itself sees all; an account
/// behind a wall is seen by the wall's members only, whatever their role. One that was merged into another is a pointer,
/// and no account any more.
pub const VISIBLE: &str = "(account.merged = 0 AND (account.wall = 0 OR CAST(?1 AS BIGINT) = 0 OR EXISTS (SELECT 1 FROM \
                           wall_member WHERE wall_member.wall = account.wall AND wall_member.person = ?1)))";

/// The same for accounts of which some were merged into others, for what was said of them before.
pub const VISIBLE_EVEN_MERGED: &str = "(account.wall = 0 OR CAST(?1 AS BIGINT) = 0 OR EXISTS (SELECT 1 FROM wall_member \
                           WHERE wall_member.wall = account.wall AND wall_member.person = ?1))";

/// The accounts.
pub const ACCOUNT: Table = Table {
    name: "account",
    columns: &[
        Column { name: "id", kind: ColumnKind::Id("account") },
        Column { name: "name", kind: ColumnKind::Text },
        Column { name: "name_key", kind: ColumnKind::Text },
        Column { name: "country", kind: ColumnKind::Text },
        Column { name: "email", kind: ColumnKind::Text },
        Column { name: "wall", kind: ColumnKind::Int },
        Column { name: "created_at", kind: ColumnKind::Clock },
        Column { name: "run", kind: ColumnKind::Origin },
        Column { name: "merged", kind: ColumnKind::Ref("account") },
    ],
    key: &["id"],
    account: Some("id"),
    class: DataClass::Personal,
    canonical: true,
};

/// The ids by which files and tools know an account.
pub const ACCOUNT_KEY: Table = Table {
    name: "account_key",
    columns: &[
        Column { name: "space", kind: ColumnKind::Text },
        Column { name: "key", kind: ColumnKind::Text },
        Column { name: "account", kind: ColumnKind::Ref("account") },
    ],
    key: &["space", "key"],
    account: Some("account"),
    class: DataClass::Personal,
    canonical: true,
};

/// Who may see what lies behind a wall.
pub const WALL_MEMBER: Table = Table {
    name: "wall_member",
    columns: &[
        Column { name: "wall", kind: ColumnKind::Int },
        Column { name: "person", kind: ColumnKind::Ref("person") },
    ],
    key: &["wall", "person"],
    account: None,
    class: DataClass::Internal,
    canonical: true,
};

/// An account on its way in.
#[derive(Clone, Copy, Debug)]
pub struct NewAccount<'a> {
    /// Its id, from the allocator.
    pub id: AccountId,
    /// Its name.
    pub name: &'a str,
    /// Its country, or empty.
    pub country: &'a str,
    /// Its email address, or empty.
    pub email: &'a str,
    /// The numbering and the id by which its source knows it.
    pub key: Option<(&'a str, &'a str)>,
}

/// Writes new accounts with the ids by which their sources know them.
///
/// # Errors
/// `store.conflict` when a source's id is taken.
pub fn insert(cx: &Context, tx: &mut Tx<'_>, accounts: &[NewAccount<'_>], run: i64) -> Result<()> {
    let keys: Vec<_> = accounts.iter().map(|account| name_key(account.name)).collect();
    let rows = accounts.iter().zip(&keys).map(|(account, key)| {
        [
            account.id.into(),
            account.name.into(),
            key.into(),
            account.country.into(),
            account.email.into(),
            0.into(),
            cx.now.micros.into(),
            run.into(),
            0.into(),
        ]
    });
    tx.insert_all(&ACCOUNT, rows)?;
    let keyed = accounts
        .iter()
        .filter_map(|account| account.key.map(|(space, key)| [space.into(), key.into(), account.id.into()]));
    tx.insert_all(&ACCOUNT_KEY, keyed)?;
    let traits = accounts.iter().map(|new| (new.id.0, Traits::of(new.name, new.email, new.country)));
    alike::note(tx, &traits.collect::<Vec<_>>())
}

/// An account that the viewer may see; where it was merged into another, that one, under its own id.
///
/// # Errors
/// `accounts.no_account` for one that is not there, or not for this viewer: the answer is the same.
pub fn visible(cx: &Context, tx: &mut Tx<'_>, id: AccountId) -> Result<Account> {
    let sql = format!("SELECT id, name, country, email FROM account WHERE {VISIBLE} AND id = ?2");
    let viewer = cx.actor.number();
    if let Some(found) = tx.first(&sql, &[viewer.into(), id.into()], account)? {
        return Ok(found);
    }
    let end = pointer::landed(tx, &[id.0])?.remove(&id.0).ok_or_else(no_account)?;
    tx.first(&sql, &[viewer.into(), end.into()], account)?.ok_or_else(no_account)
}

/// The answer for an account that is not there, and for one that is not there for the viewer.
pub fn no_account() -> Problem {
    Problem::not_found("accounts.no_account", "there is no such account")
}

/// Those of these accounts that the viewer may not see.
///
/// # Errors
/// `store.statement`.
pub fn hidden(cx: &Context, tx: &mut Tx<'_>, ids: impl IntoIterator<Item = i64>) -> Result<HashSet<i64>> {
    let mut hidden = HashSet::new();
    let viewer = cx.actor.number();
    if viewer == 0 {
        return Ok(hidden);
    }
    let ids: BTreeSet<i64> = ids.into_iter().filter(|id| 0 < *id).collect();
    for group in ids.into_iter().collect::<Vec<_>>().chunks(256) {
        let (marks, values) = dialect::list(&[viewer.into()], group.iter().copied());
        let sql = format!("SELECT id FROM account WHERE NOT {VISIBLE} AND id IN ({marks})");
        hidden.extend(tx.query(&sql, &values, |row| row.int(0))?);
    }
    Ok(hidden)
}

/// Whether the viewer sees every account: none stands behind a wall that keeps the viewer out.
///
/// # Errors
/// `store.statement`.
pub fn sees_all(cx: &Context, tx: &mut Tx<'_>) -> Result<bool> {
    let sql = format!("SELECT 1 FROM account WHERE account.wall > 0 AND NOT {VISIBLE_EVEN_MERGED} LIMIT 1");
    Ok(tx.first(&sql, &[cx.actor.number().into()], |row| row.int(0))?.is_none())
}

/// Puts an account behind a wall of its own with these members, or takes the wall away when there are none.
///
/// # Errors
/// `store.statement`.
pub fn set_wall(tx: &mut Tx<'_>, id: AccountId, members: &[i64]) -> Result<()> {
    tx.execute("DELETE FROM wall_member WHERE wall = ?1", &[id.into()])?;
    let wall = if members.is_empty() { 0 } else { id.0 };
    tx.execute("UPDATE account SET wall = ?2 WHERE id = ?1", &[id.into(), wall.into()])?;
    tx.insert_all(&WALL_MEMBER, members.iter().map(|person| [id.into(), (*person).into()])).map(drop)
}

/// By numbering and id there: the account and the import that made it.
pub type Known<'p> = HashMap<(&'p str, &'p str), (i64, i64)>;

/// Of the parties at these places (numbering and id there; sorted, each once) those that are known: their account and
/// the import that made it, 0 for none.
///
/// # Errors
/// `store.statement`.
pub fn known<'p>(tx: &mut Tx<'_>, places: &[(&'p str, &'p str)]) -> Result<Known<'p>> {
    let mut known = HashMap::new();
    for group in places.chunk_by(|a, b| a.0 == b.0).flat_map(|group| group.chunks(256)) {
        let (marks, values) = dialect::list(&[group[0].0.into()], group.iter().map(|(_, key)| *key));
        let sql = format!(
            "SELECT account_key.key, account.id, account.run FROM account_key
             JOIN account ON account.id = account_key.account
             WHERE account_key.space = ?1 AND account_key.key IN ({marks})"
        );
        tx.for_each(&sql, &values, |row| {
            let (key, account) = (row.text(0)?, (row.int(1)?, row.int(2)?));
            if let Ok(place) = group.binary_search_by(|(_, wanted)| (*wanted).cmp(key)) {
                known.insert(group[place], account);
            }
            Ok(())
        })?;
    }
    Ok(known)
}

/// What stands on an account that an import made.
#[derive(Clone, Debug)]
pub struct Standing {
    /// Its id.
    pub id: AccountId,
    /// Its name.
    pub name: String,
    /// It is behind a wall.
    pub walled: bool,
    /// Facts are recorded about it that the import did not bring, or any at all where that was asked.
    pub facts: bool,
    /// How many ids others know it by.
    pub keys: i64,
}

/// What stands on those of these accounts that an import made, with `any` also what that import itself brought; at most
/// 256.
///
/// # Errors
/// `store.statement`.
pub fn standing(tx: &mut Tx<'_>, run: i64, any: bool, ids: &[AccountId]) -> Result<Vec<Standing>> {
    let (marks, values) = dialect::list(&[run.into(), any.into()], ids.iter().copied());
    let sql = format!(
        "SELECT id, name, wall,
           CASE WHEN EXISTS (SELECT 1 FROM fact WHERE fact.account = account.id AND (fact.run <> ?1 OR CAST(?2 AS BIGINT) = 1)) THEN 1 ELSE 0 END,
           (SELECT COUNT(*) FROM account_key WHERE account_key.account = account.id)
         FROM account WHERE run = ?1 AND id IN ({marks}) ORDER BY id"
    );
    tx.query(&sql, &values, |row| {
        let (walled, facts) = (row.int(2)? != 0, row.bool(3)?);
        Ok(Standing { id: row.id(0)?, name: row.string(1)?, walled, facts, keys: row.int(4)? })
    })
}

/// These accounts are another import's from now on.
///
/// # Errors
/// `store.statement`.
pub fn inherit(tx: &mut Tx<'_>, heirs: &[(i64, i64)]) -> Result<()> {
    for (id, run) in heirs {
        tx.execute("UPDATE account SET run = ?2 WHERE id = ?1", &[(*id).into(), (*run).into()])?;
    }
    Ok(())
}

/// Removes accounts with the ids by which others know them; at most 256. Whoever calls has made sure that nothing
/// stands on them.
///
/// # Errors
/// `store.statement`.
pub fn remove(tx: &mut Tx<'_>, ids: &[AccountId]) -> Result<()> {
    let (marks, values) = dialect::list(&[], ids.iter().copied());
    duplicate::forget(tx, ids)?;
    tx.execute(&format!("DELETE FROM account_key WHERE account IN ({marks})"), &values)?;
    tx.execute(&format!("DELETE FROM account WHERE id IN ({marks})"), &values).map(drop)
}

/// Of the parties at these places (numbering and id there), those that this viewer may not see.
///
/// # Errors
/// `store.statement`.
pub fn hidden_keys(
    cx: &Context,
    tx: &mut Tx<'_>,
    places: &BTreeSet<(String, String)>,
) -> Result<BTreeSet<(String, String)>> {
    let mut hidden = BTreeSet::new();
    let places: Vec<_> = places.iter().collect();
    for group in places.chunk_by(|a, b| a.0 == b.0).flat_map(|group| group.chunks(256)) {
        let fixed = [cx.actor.number().into(), (&group[0].0).into()];
        let (marks, values) = dialect::list(&fixed, group.iter().map(|(_, key)| key));
        let sql = format!(
            "SELECT account_key.key FROM account_key JOIN account ON account.id = account_key.account
             WHERE account_key.space = ?2 AND account_key.key IN ({marks}) AND NOT {VISIBLE}"
        );
        let found = tx.query(&sql, &values, |row| row.string(0))?;
        hidden.extend(found.into_iter().map(|key| (group[0].0.clone(), key)));
    }
    Ok(hidden)
}

/// The ids by which others know an account.
///
/// # Errors
/// `store.statement`.
pub fn keys(tx: &mut Tx<'_>, id: AccountId) -> Result<Vec<(String, String)>> {
    let sql = "SELECT space, key FROM account_key WHERE account = ?1 ORDER BY space, key";
    tx.query(sql, &[id.into()], |row| Ok((row.string(0)?, row.string(1)?)))
}

fn account(row: &Row<'_>) -> Result<Account> {
    Ok(Account { id: row.id(0)?, name: row.string(1)?, country: row.string(2)?, email: row.string(3)? })
}
