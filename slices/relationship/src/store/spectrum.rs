//! The points of the spectrum: relationships one by one, where they are few enough to be drawn so.

use ::store::Tx;
use kernel::Result;

use super::{
    current::RelationshipId,
    search::{Search, Values, filter, wanting},
};
use crate::{Class, Fit};

/// A relationship that has a strength.
#[derive(Clone, Debug)]
pub struct Point {
    /// Its id.
    pub id: RelationshipId,
    /// The name of the account.
    pub name: String,
    /// The class that counts.
    pub class: Class,
    /// How it is served.
    pub fit: Fit,
    /// Log-odds, millionths.
    pub score: i64,
    /// Strength in parts per million.
    pub strength: i64,
    /// What they brought, ten-thousandths of the major unit.
    pub net: i64,
}

/// So many at most of those that are found, that the viewer may see, and that have a strength; in no order.
///
/// # Errors
/// `store.statement`.
pub fn points(tx: &mut Tx<'_>, viewer: i64, search: &Search, limit: i64) -> Result<Vec<Point>> {
    let search = &search.with_strength();
    let mut values = Values(vec![viewer.into()]);
    let filter = filter(search, &mut values);
    let classes: Vec<_> = search.classes.iter().map(|class| values.add(class.as_str())).collect();
    let limit = values.add(limit);
    let sql = format!(
        "SELECT relationship.id, account.name, relationship.class, relationship.fit, relationship.score,
           relationship.strength, relationship.net
         FROM relationship CROSS JOIN account WHERE account.id = relationship.account AND {}
           AND relationship.class IN ({}) {} {filter} LIMIT {limit}",
        accounts::VISIBLE,
        classes.join(", "),
        wanting("relationship", &search.preferences)
    );
    tx.query(&sql, &values.0, |row| {
        Ok(Point {
            id: row.id(0)?,
            name: row.string(1)?,
            class: Class::parse(row.text(2)?).unwrap_or(Class::NotEnough),
            fit: Fit::parse(row.text(3)?).unwrap_or(Fit::NotJudged),
            score: row.opt_int(4)?.unwrap_or(0),
            strength: row.int(5)?,
            net: row.int(6)?,
        })
    })
}
