//! Totals of the book: how many relationships there are and what they brought, per class and currency.

use ::store::Tx;
use kernel::Result;

use super::book::{Search, Values, filter};
use crate::Class;

/// What matches in one currency (empty for none or several): the currency, how many, what they brought.
pub type Sum = (String, i64, i64);

/// How many relationships of each class the viewer may see, all service lines together.
///
/// # Errors
/// `store.statement`.
pub fn classes(tx: &mut Tx<'_>, viewer: i64) -> Result<Vec<(Class, i64)>> {
    let sql = format!(
        "SELECT class, CAST(SUM(count) AS BIGINT) FROM (
           SELECT class, count FROM book_total
           UNION ALL
           SELECT relationship.class, -1 FROM account
           CROSS JOIN relationship WHERE relationship.account = account.id AND account.wall > 0 AND NOT {}
         ) AS summed GROUP BY class ORDER BY class",
        accounts::VISIBLE
    );
    let rows = tx.query(&sql, &[viewer.into()], |row| Ok((Class::parse(row.text(0)?), row.int(1)?)))?;
    Ok(rows.into_iter().filter_map(|(class, count)| class.map(|class| (class, count))).collect())
}

/// Count and net of what is found, per currency; true when counting stopped early.
///
/// Class and line are answered from the kept totals less what stands behind walls; any other filter is counted, up to
/// 10,000 matches.
///
/// # Errors
/// `store.statement`.
pub fn totals(tx: &mut Tx<'_>, viewer: i64, search: &Search) -> Result<(Vec<Sum>, bool)> {
    let plain = search.fit.is_none()
        && search.confidence.is_none()
        && search.spend.is_none()
        && search.purchases.is_none()
        && search.name.is_none();
    if plain { Ok((kept(tx, viewer, search)?, false)) } else { counted(tx, viewer, search) }
}

fn kept(tx: &mut Tx<'_>, viewer: i64, search: &Search) -> Result<Vec<Sum>> {
    let mut values = Values(vec![viewer.into()]);
    let classes: Vec<_> = search.classes.iter().map(|class| values.add(class.as_str())).collect();
    let classes = classes.join(", ");
    let line = values.add(search.line.map_or(0, |line| line.0));
    let sql = format!(
        "SELECT currency, CAST(SUM(count) AS BIGINT), CAST(SUM(net) AS BIGINT) FROM (
           SELECT currency, count, net FROM book_total
           WHERE class IN ({classes}) AND (CAST({line} AS BIGINT) = 0 OR line = {line})
           UNION ALL
           SELECT relationship.currency, -1, -relationship.net FROM account
           CROSS JOIN relationship WHERE relationship.account = account.id AND account.wall > 0 AND NOT {}
             AND relationship.class IN ({classes})
             AND (CAST({line} AS BIGINT) = 0 OR relationship.line = {line})
         ) AS summed GROUP BY currency ORDER BY currency",
        accounts::VISIBLE
    );
    let rows = tx.query(&sql, &values.0, |row| Ok((row.string(0)?, row.int(1)?, row.int(2)?)))?;
    Ok(rows.into_iter().filter(|(_, count, _)| *count != 0).collect())
}

fn counted(tx: &mut Tx<'_>, viewer: i64, search: &Search) -> Result<(Vec<Sum>, bool)> {
    const MOST: i64 = 10_000;
    let mut values = Values(vec![viewer.into()]);
    let filter = filter(search, &mut values);
    let classes: Vec<_> = search.classes.iter().map(|class| values.add(class.as_str())).collect();
    let limit = values.add(MOST + 1);
    let sql = format!(
        "SELECT currency, COUNT(*), CAST(SUM(net) AS BIGINT) FROM (
           SELECT relationship.currency, relationship.net FROM relationship
           CROSS JOIN account WHERE account.id = relationship.account AND {}
             AND relationship.class IN ({}) {filter} LIMIT {limit}) AS matching
         GROUP BY currency ORDER BY currency",
        accounts::VISIBLE,
        classes.join(", ")
    );
    let rows = tx.query(&sql, &values.0, |row| Ok((row.string(0)?, row.int(1)?, row.int(2)?)))?;
    let stopped = MOST < rows.iter().map(|(_, count, _)| count).sum();
    Ok((rows, stopped))
}
