//! Overrides: kept for ever, found by the relationship they are about.

mod listed;

use std::collections::HashMap;

use ::store::{Column, ColumnKind, DataClass, Row, Table, Tx, Value, dialect};
use kernel::{Context, Day, Result};
use timeline::{AccountId, LineId};

pub use self::listed::{Found, Search, page};
use super::current::{RelationshipId, day};
use crate::{
    Class,
    overrides::{Override, OverrideId, Withdrawal},
};

/// What people said against or beside the evidence.
pub const OVERRIDE: Table = Table {
    name: "override",
    columns: &[
        Column { name: "id", kind: ColumnKind::Id("override") },
        Column { name: "account", kind: ColumnKind::Ref("account") },
        Column { name: "line", kind: ColumnKind::Ref("line") },
        Column { name: "class", kind: ColumnKind::Text },
        Column { name: "reason", kind: ColumnKind::Text },
        Column { name: "author", kind: ColumnKind::Ref("person") },
        Column { name: "set_on", kind: ColumnKind::Day },
        Column { name: "as_of", kind: ColumnKind::Day },
        Column { name: "computed", kind: ColumnKind::Text },
        Column { name: "until", kind: ColumnKind::Day },
        Column { name: "withdrawn_on", kind: ColumnKind::Day },
        Column { name: "withdrawn_by", kind: ColumnKind::Ref("person") },
        Column { name: "withdrawn_reason", kind: ColumnKind::Text },
    ],
    key: &["id"],
    account: Some("account"),
    class: DataClass::Personal,
    canonical: true,
};

const COLUMNS: &str = "override.id, override.account, override.line, override.class, override.reason,
    override.author, override.set_on, override.as_of, override.computed, override.until, override.withdrawn_on,
    override.withdrawn_by, override.withdrawn_reason";

/// Keeps new ones; their ids are given to them.
///
/// # Errors
/// `store.statement`.
pub fn keep_all(tx: &mut Tx<'_>, mut all: Vec<Override>) -> Result<Vec<Override>> {
    let ids = tx.allocate("override", i64::try_from(all.len()).unwrap_or(i64::MAX))?;
    for (new, id) in all.iter_mut().zip(ids) {
        new.id = OverrideId::new(id);
    }
    tx.insert_all(&OVERRIDE, all.iter().map(row))?;
    Ok(all)
}

fn row(new: &Override) -> [Value<'_>; 13] {
    let days = |day: Day| i64::from(day.0);
    [
        new.id.into(),
        new.account.into(),
        new.line.into(),
        new.class.as_str().into(),
        (&new.reason).into(),
        new.author.into(),
        days(new.set_on).into(),
        days(new.as_of).into(),
        new.computed.as_str().into(),
        days(new.until).into(),
        None::<i64>.into(),
        0.into(),
        "".into(),
    ]
}

/// Some of them by their numbers.
///
/// # Errors
/// `store.statement`.
pub fn by_id(cx: &Context, tx: &mut Tx<'_>, ids: &[OverrideId]) -> Result<HashMap<i64, Override>> {
    let mut found = HashMap::new();
    for group in ids.chunks(256) {
        let (marks, values) = dialect::list(&[cx.actor.number().into()], group.iter().copied());
        let sql = format!(
            "SELECT {COLUMNS} FROM override JOIN account ON account.id = override.account
             WHERE {} AND override.id IN ({marks})",
            accounts::VISIBLE
        );
        found.extend(tx.query(&sql, &values, read)?.into_iter().map(|one| (one.id.0, one)));
    }
    Ok(found)
}

/// Writes down that some were taken away.
///
/// # Errors
/// `store.statement`.
pub fn withdraw(tx: &mut Tx<'_>, ids: &[OverrideId], withdrawal: &Withdrawal) -> Result<()> {
    let said = [i64::from(withdrawal.on.0).into(), withdrawal.by.into(), (&withdrawal.reason).into()];
    for group in ids.chunks(256) {
        let (marks, values) = dialect::list(&said, group.iter().copied());
        let sql = format!(
            "UPDATE override SET withdrawn_on = ?1, withdrawn_by = ?2, withdrawn_reason = ?3
             WHERE withdrawn_on IS NULL AND id IN ({marks})"
        );
        tx.execute(&sql, &values)?;
    }
    Ok(())
}

/// Those of a relationship whose account the viewer may see, newest first.
///
/// # Errors
/// `store.statement`.
pub fn of(cx: &Context, tx: &mut Tx<'_>, account: AccountId, line: LineId) -> Result<Vec<Override>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM override JOIN account ON account.id = override.account
         WHERE {} AND override.account = ?2 AND override.line = ?3 ORDER BY override.id DESC",
        accounts::VISIBLE
    );
    tx.query(&sql, &[cx.actor.number().into(), account.into(), line.into()], read)
}

/// Those that count today for the relationships of these accounts. Where two accounts that both had one were merged,
/// the newer counts.
///
/// # Errors
/// `store.statement`.
pub fn counting(
    tx: &mut Tx<'_>,
    accounts: &[AccountId],
    today: Day,
) -> Result<HashMap<(AccountId, LineId), Override>> {
    let (marks, values) = dialect::list(&[i64::from(today.0).into()], accounts.iter().copied());
    let sql = format!(
        "SELECT {COLUMNS} FROM override WHERE withdrawn_on IS NULL AND until >= ?1 AND account IN ({marks})
         ORDER BY id"
    );
    let rows = tx.query(&sql, &values, read)?;
    Ok(rows.into_iter().map(|one| ((one.account, one.line), one)).collect())
}

/// Relationships that still stand by an override whose last day is over, so many of them. Only those with an override
/// are looked at.
///
/// # Errors
/// `store.statement`.
pub fn expired(tx: &mut Tx<'_>, today: Day, limit: i64) -> Result<Vec<(AccountId, LineId)>> {
    let sql = "SELECT relationship.account, relationship.line FROM relationship
               JOIN override ON override.id = relationship.override
               WHERE relationship.override > 0 AND override.until < ?1 LIMIT ?2";
    tx.query(sql, &[i64::from(today.0).into(), limit.into()], |row| Ok((row.id(0)?, row.id(1)?)))
}

/// The earliest last day of those that relationships stand by.
///
/// # Errors
/// `store.statement`.
pub fn next_end(tx: &mut Tx<'_>) -> Result<Option<Day>> {
    let sql =
        "SELECT MIN(override.until) FROM relationship JOIN override ON override.id = relationship.override
               WHERE relationship.override > 0";
    let end = tx.first(sql, &[], |row| row.opt_int(0))?.flatten();
    Ok(end.map(|day| Day(i32::try_from(day).unwrap_or(i32::MAX))))
}

/// Removes those of accounts that are not there any more: an import that made them was taken back.
///
/// # Errors
/// `store.statement`.
pub fn forget_lost(tx: &mut Tx<'_>, accounts: &[AccountId]) -> Result<()> {
    let (marks, values) = dialect::list(&[], accounts.iter().copied());
    let sql = format!(
        "DELETE FROM override WHERE account IN ({marks})
         AND NOT EXISTS (SELECT 1 FROM account WHERE account.id = override.account)"
    );
    tx.execute(&sql, &values).map(drop)
}

/// What the evidence says of a relationship, whatever a person says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Its class.
    pub class: Class,
    /// Its score; none where it is neither customer nor client.
    pub score: Option<i64>,
}

impl Evidence {
    /// As it is kept: the word of the class, and the score of the last that was judged.
    pub fn of(word: &str, score: Option<i64>) -> Evidence {
        let class = Class::parse(word).unwrap_or(Class::NotEnough);
        Evidence { class, score: score.filter(|_| class.is_judged()) }
    }
}

/// What the evidence says of a relationship that the viewer may see now, and the day for which it says so.
///
/// # Errors
/// `store.statement`.
pub fn evidence(cx: &Context, tx: &mut Tx<'_>, id: RelationshipId) -> Result<Option<(Evidence, Day)>> {
    let sql = format!(
        "SELECT relationship.computed, relationship.score, relationship.as_of
         FROM relationship JOIN account ON account.id = relationship.account WHERE {} AND relationship.id = ?2",
        accounts::VISIBLE
    );
    tx.first(&sql, &[cx.actor.number().into(), id.into()], |row| {
        Ok((Evidence::of(row.text(0)?, row.opt_int(1)?), day(row, 2)?))
    })
}

/// The accounts of these relationships that the viewer may see, by number.
///
/// # Errors
/// `store.statement`.
pub fn whose(cx: &Context, tx: &mut Tx<'_>, ids: &[RelationshipId]) -> Result<Vec<i64>> {
    let (marks, values) = dialect::list(&[cx.actor.number().into()], ids.iter().copied());
    let sql = format!(
        "SELECT relationship.account FROM relationship JOIN account ON account.id = relationship.account
         WHERE {} AND relationship.id IN ({marks})",
        accounts::VISIBLE
    );
    tx.query(&sql, &values, |row| row.int(0))
}

fn read(row: &Row<'_>) -> Result<Override> {
    let class =
        |column: usize| Ok::<_, kernel::Problem>(Class::parse(row.text(column)?).unwrap_or(Class::NotEnough));
    let withdrawn = match row.opt_int(10)? {
        None => None,
        Some(_) => Some(Withdrawal { on: day(row, 10)?, by: row.int(11)?, reason: row.string(12)? }),
    };
    Ok(Override {
        id: row.id(0)?,
        account: row.id(1)?,
        line: row.id(2)?,
        class: class(3)?,
        reason: row.string(4)?,
        author: row.int(5)?,
        set_on: day(row, 6)?,
        as_of: day(row, 7)?,
        computed: class(8)?,
        until: day(row, 9)?,
        withdrawn,
    })
}
