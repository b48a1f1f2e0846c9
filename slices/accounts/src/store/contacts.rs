//! People who act for accounts: written, changed, found, read as far as the viewer may see them.

use std::collections::{BTreeMap, HashMap};

use ::store::{Row, Tx, Value, dialect};
use kernel::{Context, Result};
use timeline::{
    AccountId,
    said::{Sheet, blank},
};

use super::{
    CONTACT, CONTACT_KEY, CONTACT_POINT, CONTACT_ROLE, VISIBLE,
    words::{self, Record},
};
use crate::{
    account::{YES, name_key},
    contact::{self, FIELDS},
};

/// Writes new contacts.
///
/// # Errors
/// `store.conflict` when a source's id is taken.
pub fn insert(cx: &Context, tx: &mut Tx<'_>, contacts: &[(i64, Sheet)], run: i64) -> Result<()> {
    let keys: Vec<_> = contacts.iter().map(|(_, sheet)| name_key(blank(sheet, "name"))).collect();
    let rows = contacts.iter().zip(&keys).map(|((id, sheet), key)| {
        [
            (*id).into(),
            number(sheet, "account").into(),
            number(sheet, "own_account").into(),
            blank(sheet, "name").into(),
            key.into(),
            blank(sheet, "title").into(),
            blank(sheet, "consent").into(),
            cx.now.micros.into(),
            run.into(),
        ]
    });
    tx.insert_all(&CONTACT, rows)?;
    insert_parts(tx, contacts)?;
    let found_by = contacts.iter().map(|(id, sheet)| {
        (Record { account: number(sheet, "account"), contact: *id }, words::of_contact(sheet))
    });
    words::keep(tx, &found_by.collect())
}

fn insert_parts(tx: &mut Tx<'_>, contacts: &[(i64, Sheet)]) -> Result<()> {
    let roles =
        contacts.iter().flat_map(|(id, sheet)| contact::roles(sheet).map(|role| [(*id).into(), role.into()]));
    tx.insert_all(&CONTACT_ROLE, roles)?;
    let points = contacts.iter().flat_map(|(id, sheet)| {
        contact::points(sheet).map(|(kind, key, value)| [(*id).into(), kind.into(), key.into(), value.into()])
    });
    tx.insert_all(&CONTACT_POINT, points)?;
    let keys = contacts.iter().flat_map(|(id, sheet)| {
        contact::keys(sheet).map(|(space, key)| [space.into(), key.into(), (*id).into()])
    });
    tx.insert_all(&CONTACT_KEY, keys).map(drop)
}

/// Writes contacts anew.
///
/// # Errors
/// `store.conflict` when a source's id is taken.
pub fn rewrite(tx: &mut Tx<'_>, contacts: &[(i64, Sheet)]) -> Result<()> {
    let ids: Vec<i64> = contacts.iter().map(|(id, _)| *id).collect();
    words::contacts_changed(tx, &ids)?;
    for group in contacts.chunks(64) {
        let last = &group[group.len() - 1];
        let padded = group.iter().chain(std::iter::repeat(last)).take(dialect::padded(group.len()));
        let padded: Vec<_> = padded.map(|(id, sheet)| (*id, name_key(blank(sheet, "name")), sheet)).collect();
        let cells = padded.iter().flat_map(|(id, key, sheet)| {
            let numbers = [*id, number(sheet, "account"), number(sheet, "own_account")].map(Value::from);
            let texts = ["name", "title", "consent"].map(|field| Value::from(blank(sheet, field)));
            numbers.into_iter().chain([key.into()]).chain(texts)
        });
        let values: Vec<Value<'_>> = cells.collect();
        let row = |first: usize| {
            let cast = |n: usize| format!("CAST(?{n} AS {})", if n < first + 3 { "BIGINT" } else { "TEXT" });
            format!("({})", (first..first + 7).map(cast).collect::<Vec<_>>().join(", "))
        };
        let rows: Vec<_> = (1..=values.len()).step_by(7).map(row).collect();
        let sql = format!(
            "UPDATE contact SET account = anew.column2, own_account = anew.column3, name_key = anew.column4,
               name = anew.column5, title = anew.column6, consent = anew.column7
             FROM (VALUES {}) AS anew WHERE contact.id = anew.column1",
            rows.join(", ")
        );
        tx.execute(&sql, &values)?;
        remove_from(tx, &["contact_role", "contact_point", "contact_key"], group.iter().map(|(id, _)| *id))?;
    }
    insert_parts(tx, contacts)?;
    words::contacts_changed(tx, &ids)
}

fn remove_from(tx: &mut Tx<'_>, tables: &[&str], ids: impl Iterator<Item = i64>) -> Result<()> {
    let (marks, values) = dialect::list(&[], ids);
    for table in tables {
        tx.execute(&format!("DELETE FROM {table} WHERE contact IN ({marks})"), &values)?;
    }
    Ok(())
}

/// Removes contacts with all that is known of them.
///
/// # Errors
/// `store.statement`.
pub fn remove(tx: &mut Tx<'_>, ids: &[i64]) -> Result<()> {
    words::contacts_changed(tx, ids)?;
    for group in ids.chunks(256) {
        remove_from(tx, &["contact_role", "contact_point", "contact_key"], group.iter().copied())?;
        let (marks, values) = dialect::list(&[], group.iter().copied());
        tx.execute(&format!("DELETE FROM contact WHERE id IN ({marks})"), &values)?;
    }
    Ok(())
}

fn number(sheet: &Sheet, field: &str) -> i64 {
    blank(sheet, field).parse().unwrap_or(0)
}

/// Those of these contacts that are there: their fields, which import made them, whether the viewer may see them.
///
/// # Errors
/// `store.statement`.
pub fn sheets(cx: &Context, tx: &mut Tx<'_>, ids: &[i64]) -> Result<BTreeMap<i64, Held>> {
    let mut found = heads(cx, tx, ids)?;
    for group in ids.chunks(256) {
        read_parts(cx, tx, group, &mut found)?;
    }
    Ok(found)
}

/// The same without what a contact has several of: roles, points of contact, numbers.
///
/// # Errors
/// `store.statement`.
pub fn heads(cx: &Context, tx: &mut Tx<'_>, ids: &[i64]) -> Result<BTreeMap<i64, Held>> {
    let mut found = BTreeMap::new();
    for group in ids.chunks(256) {
        let (marks, values) = dialect::list(&[cx.actor.number().into()], group.iter().copied());
        let sql = format!(
            "SELECT contact.id, contact.run, CASE WHEN {VISIBLE} THEN 1 ELSE 0 END, contact.account, contact.own_account,
               contact.name, contact.title, contact.consent
             FROM contact JOIN account ON account.id = contact.account WHERE contact.id IN ({marks})"
        );
        found.extend(tx.query(&sql, &values, |row| Ok((row.int(0)?, head(row)?)))?);
    }
    Ok(found)
}

/// A contact as it is stored.
#[derive(Clone, Debug)]
pub struct Held {
    /// Its fields.
    pub sheet: Sheet,
    /// The import that made it; 0 for one recorded by hand.
    pub run: i64,
    /// The viewer may see it.
    pub is_visible: bool,
}

fn head(row: &Row<'_>) -> Result<Held> {
    let mut sheet = Sheet::new();
    for (field, column) in FIELDS.iter().zip(3..) {
        let text = match column {
            3 | 4 => Some(row.int(column)?).filter(|id| *id != 0).map(|id| id.to_string()),
            _ => Some(row.string(column)?).filter(|text| !text.is_empty()),
        };
        sheet.extend(text.map(|text| ((*field).to_owned(), text)));
    }
    Ok(Held { sheet, run: row.int(1)?, is_visible: row.bool(2)? })
}

fn read_parts(cx: &Context, tx: &mut Tx<'_>, ids: &[i64], found: &mut BTreeMap<i64, Held>) -> Result<()> {
    let (marks, values) = dialect::list(&[cx.actor.number().into()], ids.iter().copied());
    let parts = [
        ("contact_role", "contact_role.role, '', ''"),
        ("contact_point", "contact_point.kind, contact_point.key, contact_point.value"),
        ("contact_key", "contact_key.space, contact_key.key, ''"),
    ];
    for (table, columns) in parts {
        let sql = format!(
            "SELECT {table}.contact, {columns}, CASE WHEN {VISIBLE} THEN 1 ELSE 0 END
             FROM {table} JOIN contact ON contact.id = {table}.contact JOIN account ON account.id = contact.account
             WHERE {table}.contact IN ({marks})"
        );
        tx.for_each(&sql, &values, |row| {
            let Some(held) = found.get_mut(&row.int(0)?) else { return Ok(()) };
            let (first, second, third) = (row.text(1)?, row.text(2)?, row.text(3)?);
            let (field, value) = match table {
                "contact_role" => (format!("role:{first}"), YES.to_owned()),
                "contact_point" => (contact::point_field(first, second), third.to_owned()),
                _ => contact::key_field(first, second),
            };
            held.sheet.insert(field, value);
            Ok(())
        })?;
    }
    Ok(())
}

/// The contacts of an account that the viewer may see, by name: those after `after`, at most so many.
///
/// # Errors
/// `store.statement`.
pub fn of_account(
    cx: &Context,
    tx: &mut Tx<'_>,
    account: AccountId,
    after: &(String, i64),
    limit: i64,
) -> Result<Vec<(i64, Sheet)>> {
    let sql = format!(
        "SELECT contact.id FROM contact JOIN account ON account.id = contact.account
         WHERE {VISIBLE} AND contact.account = ?2
           AND (contact.name_key > ?3 OR (contact.name_key = ?3 AND contact.id > ?4))
         ORDER BY contact.name_key, contact.id LIMIT ?5"
    );
    let values = [cx.actor.number().into(), account.into(), (&after.0).into(), after.1.into(), limit.into()];
    let ids = tx.query(&sql, &values, |row| row.int(0))?;
    let mut held = sheets(cx, tx, &ids)?;
    Ok(ids.into_iter().filter_map(|id| Some((id, held.remove(&id)?.sheet))).collect())
}

/// Which of these accounts have contacts, or are contacts, that this import did not bring, and the first import that
/// brought one; 0 for one recorded by hand; at most 256.
///
/// # Errors
/// `store.statement`.
pub fn who_brought(
    cx: &Context,
    tx: &mut Tx<'_>,
    run: i64,
    accounts: &[AccountId],
) -> Result<HashMap<i64, i64>> {
    let mut found: HashMap<i64, i64> = HashMap::new();
    for column in ["account", "own_account"] {
        let fixed = [cx.actor.number().into(), run.into()];
        let (marks, values) = dialect::list(&fixed, accounts.iter().copied());
        let sql = format!(
            "SELECT contact.{column}, MIN(contact.run) FROM contact JOIN account ON account.id = contact.{column}
             WHERE {VISIBLE} AND contact.run <> ?2 AND contact.{column} IN ({marks}) GROUP BY contact.{column}"
        );
        for (account, by) in tx.query(&sql, &values, |row| Ok((row.int(0)?, row.int(1)?)))? {
            found.entry(account).and_modify(|first| *first = by.min(*first)).or_insert(by);
        }
    }
    Ok(found)
}

/// These contacts are another import's from now on.
///
/// # Errors
/// `store.statement`.
pub fn inherit(tx: &mut Tx<'_>, heirs: &[(i64, i64)]) -> Result<()> {
    for (id, run) in heirs {
        tx.execute("UPDATE contact SET run = ?2 WHERE id = ?1", &[(*id).into(), (*run).into()])?;
    }
    Ok(())
}
