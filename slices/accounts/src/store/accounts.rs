//! Accounts by their fields: written, changed, read as far as the viewer may see them.

use std::collections::{BTreeSet, HashMap, HashSet};

use ::store::{Row, Tx, Value, dialect};
use kernel::{Context, Problem, Result};
use speech::say;
use timeline::{
    AccountId,
    said::{Sheet, blank},
};

use super::{
    ACCOUNT, ACCOUNT_KEY, VISIBLE, VISIBLE_EVEN_MERGED, WALL_MEMBER, alike, pointer,
    words::{self, Record},
};
use crate::{
    Account,
    account::{FIELDS, YES, name_key},
    duplicate::Traits,
    words::Words,
};

/// An account on its way in.
#[derive(Clone, Copy, Debug)]
pub struct NewAccount<'a> {
    /// Its id, from the allocator.
    pub id: AccountId,
    /// Its fields.
    pub sheet: &'a Sheet,
    /// The numbering and the id by which its source knows it.
    pub key: Option<(&'a str, &'a str)>,
}

/// Writes new accounts with the ids by which their sources know them.
///
/// # Errors
/// `store.conflict` when a source's id is taken.
pub fn insert(cx: &Context, tx: &mut Tx<'_>, accounts: &[NewAccount<'_>], run: i64) -> Result<()> {
    let keys: Vec<_> = accounts.iter().map(|account| name_key(blank(account.sheet, "name"))).collect();
    let rows = accounts.iter().zip(&keys).map(|(account, key)| {
        let text = |field: &str| Value::from(blank(account.sheet, field));
        [
            account.id.into(),
            text("name"),
            key.into(),
            text("country"),
            text("email"),
            text("kind"),
            (blank(account.sheet, "consumer") == YES).into(),
            text("phone"),
            text("website"),
            text("street"),
            text("postcode"),
            text("city"),
            text("region"),
            text("regulatory"),
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
    let traits = accounts.iter().map(|new| (new.id.0, traits(new.sheet)));
    alike::note(tx, &traits.collect::<Vec<_>>())?;
    let found_by = accounts.iter().map(|new| {
        let numbers: Vec<String> = new.key.iter().map(|(_, key)| (*key).to_owned()).collect();
        (Record { account: new.id.0, contact: 0 }, Words::of_account(new.sheet, &numbers))
    });
    words::keep(tx, &found_by.collect())
}

/// What an account is compared by.
fn traits(sheet: &Sheet) -> Traits {
    Traits::of(|field| blank(sheet, field))
}

/// Writes the fields of accounts anew.
///
/// # Errors
/// `store.statement`.
pub fn rewrite(tx: &mut Tx<'_>, accounts: &[(i64, Sheet)]) -> Result<()> {
    for group in accounts.chunks(64) {
        let last = &group[group.len() - 1];
        let padded = group.iter().chain(std::iter::repeat(last)).take(dialect::padded(group.len()));
        let padded: Vec<_> = padded.map(|(id, sheet)| (*id, name_key(blank(sheet, "name")), sheet)).collect();
        let values: Vec<Value<'_>> = padded
            .iter()
            .flat_map(|(id, key, sheet)| {
                let fields = FIELDS.iter().map(|field| Value::from(blank(sheet, field)));
                [Value::from(*id), key.into()].into_iter().chain(fields)
            })
            .collect();
        let width = FIELDS.len() + 2;
        let row = |first: usize| {
            let texts =
                (first + 1..first + width).map(|n| format!(", CAST(?{n} AS TEXT)")).collect::<String>();
            format!("(CAST(?{first} AS BIGINT){texts})")
        };
        let rows: Vec<_> = (1..=values.len()).step_by(width).map(row).collect();
        let set = FIELDS.iter().zip(3..).map(|(field, n)| match *field {
            "consumer" => format!(", consumer = CASE WHEN anew.column{n} = '{YES}' THEN 1 ELSE 0 END"),
            field => format!(", {field} = anew.column{n}"),
        });
        let sql = format!(
            "UPDATE account SET name_key = anew.column2{} FROM (VALUES {}) AS anew WHERE account.id = anew.column1",
            set.collect::<String>(),
            rows.join(", ")
        );
        tx.execute(&sql, &values)?;
    }
    // Under another name or address they may be like others.
    alike::note(tx, &accounts.iter().map(|(id, sheet)| (*id, traits(sheet))).collect::<Vec<_>>())?;
    words::accounts_changed(tx, accounts.iter().map(|(id, _)| *id))
}

/// The fields of those of these accounts that are there and that the viewer may see.
///
/// # Errors
/// `store.statement`.
pub fn sheets(cx: &Context, tx: &mut Tx<'_>, ids: &[i64]) -> Result<HashMap<i64, Sheet>> {
    let mut found = HashMap::new();
    for group in ids.chunks(256) {
        let (marks, values) = dialect::list(&[cx.actor.number().into()], group.iter().copied());
        let sql =
            format!("SELECT id, {} FROM account WHERE {VISIBLE} AND id IN ({marks})", FIELDS.join(", "));
        found.extend(tx.query(&sql, &values, |row| Ok((row.int(0)?, sheet(row)?)))?);
    }
    Ok(found)
}

/// The same with those that were merged into others, under the words they had.
///
/// # Errors
/// `store.statement`.
pub fn sheets_even_merged(cx: &Context, tx: &mut Tx<'_>, ids: &[i64]) -> Result<HashMap<i64, Sheet>> {
    let mut found = HashMap::new();
    for group in ids.chunks(256) {
        let (marks, values) = dialect::list(&[cx.actor.number().into()], group.iter().copied());
        let fields = FIELDS.join(", ");
        let sql = format!("SELECT id, {fields} FROM account WHERE {VISIBLE_EVEN_MERGED} AND id IN ({marks})");
        found.extend(tx.query(&sql, &values, |row| Ok((row.int(0)?, sheet(row)?)))?);
    }
    Ok(found)
}

fn sheet(row: &Row<'_>) -> Result<Sheet> {
    let mut sheet = Sheet::new();
    for (field, column) in FIELDS.iter().zip(1..) {
        let text = match *field {
            "consumer" => {
                if row.bool(column)? {
                    YES.to_owned()
                } else {
                    String::new()
                }
            }
            _ => row.string(column)?,
        };
        if !text.is_empty() {
            sheet.insert((*field).to_owned(), text);
        }
    }
    Ok(sheet)
}

/// An account that the viewer may see; where it was merged into another, that one, under its own id.
///
/// # Errors
/// `accounts.no_account` for one that is not there, or not for this viewer: the answer is the same.
pub fn visible(cx: &Context, tx: &mut Tx<'_>, id: AccountId) -> Result<Account> {
    if let Some(sheet) = sheets(cx, tx, &[id.0])?.remove(&id.0) {
        return Ok(Account::of(id, &sheet));
    }
    let end = pointer::landed(tx, &[id.0])?.remove(&id.0).ok_or_else(no_account)?;
    let found = sheets(cx, tx, &[end])?.remove(&end);
    found.map(|sheet| Account::of(AccountId::new(end), &sheet)).ok_or_else(no_account)
}

/// The answer for an account that is not there, and for one that is not there for the viewer.
pub fn no_account() -> Problem {
    Problem::not_found("accounts.no_account", say!("there is no such account"))
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

/// Who may see an account that the viewer may see, by the numbers of the people; nobody where it is behind no wall.
///
/// # Errors
/// `accounts.no_account`, `store.statement`.
pub fn wall(cx: &Context, tx: &mut Tx<'_>, id: AccountId) -> Result<Vec<i64>> {
    let id = visible(cx, tx, id)?.id;
    let sql = "SELECT person FROM wall_member WHERE wall = ?1 ORDER BY person";
    tx.query(sql, &[id.into()], |row| row.int(0))
}

/// The accounts that the viewer may see whose names begin with this text, by name; at most so many.
///
/// # Errors
/// `store.statement`.
pub fn named(cx: &Context, tx: &mut Tx<'_>, text: &str, limit: i64) -> Result<Vec<Account>> {
    let sql = format!(
        "SELECT id, {} FROM account WHERE {VISIBLE} AND name_key >= ?2
           AND name_key < CAST(?2 AS TEXT) || CAST('\u{10FFFF}' AS TEXT)
         ORDER BY name_key, id LIMIT ?3",
        FIELDS.join(", ")
    );
    let key = name_key(text);
    tx.query(&sql, &[cx.actor.number().into(), (&key).into(), limit.into()], |row| {
        Ok(Account::of(row.id(0)?, &sheet(row)?))
    })
}
