//! Reading the book: a page of relationships by one index per class.
//!
//! Each class is read in its own order by its own index and the pages are merged, so a page costs the rows it shows,
//! however long the book is.

use ::store::{Row, Tx};
use kernel::Result;
use timeline::{AccountId, LineId};

pub use super::search::{Said, Search, Sort, Span};
use super::{
    current::RelationshipId,
    search::{Values, after, branches, filter},
};

/// A relationship that was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its id.
    pub id: RelationshipId,
    /// Whose.
    pub account: AccountId,
    /// Its name.
    pub name: String,
    /// On which line.
    pub line: LineId,
    /// Its class.
    pub class: String,
    /// Its lean.
    pub lean: String,
    /// Its score.
    pub score: Option<i64>,
    /// Strength in parts per million; -1 for none.
    pub strength: i64,
    /// Confidence, or empty.
    pub confidence: String,
    /// Coverage, permille.
    pub coverage: i64,
    /// Service fit.
    pub fit: String,
    /// Since which day.
    pub since: i64,
    /// What they brought.
    pub net: i64,
    /// Its currency.
    pub currency: String,
    /// Purchases.
    pub purchases: i64,
    /// The last day.
    pub last_day: i64,
    /// The value it is sorted by.
    pub key: String,
    /// What the evidence says.
    pub computed: String,
    /// A person says what counts.
    pub said: bool,
    /// How they want to be dealt with; empty where nobody said so.
    pub preference: String,
    /// The country of the account, as it was written.
    pub country: String,
}

const COLUMNS: &str = "relationship.id, relationship.account, account.name, relationship.line, relationship.class,
    relationship.lean, relationship.score, relationship.strength, relationship.confidence, relationship.coverage,
    relationship.fit, relationship.since, relationship.net, relationship.currency, relationship.purchases,
    relationship.last_day, relationship.name_key, relationship.computed, relationship.override,
    relationship.preference, account.country";

/// A page of what is found.
///
/// Where few match, they are found by what they match and then sorted; walking the book in the order asked for would
/// pass by nearly all of it. An expression in place of the column keeps both engines from walking its index.
///
/// # Errors
/// `store.statement`.
pub fn page(tx: &mut Tx<'_>, viewer: i64, search: &Search, few: bool, limit: i64) -> Result<Vec<Found>> {
    let mut values = Values(vec![viewer.into()]);
    let filter = filter(search, &mut values);
    let column = format!("relationship.{}", search.by.column());
    let column = if few { format!("COALESCE({column}, {column})") } else { column };
    let after = after(search, &column, &mut values);
    let limit = values.add(limit);
    let (key, way) = (search.by.column(), if search.rising { "ASC" } else { "DESC" });
    let branches: Vec<String> = branches(search)
        .into_iter()
        .map(|(class, wanting)| {
            let class = values.add(class.as_str());
            format!(
                "SELECT * FROM (SELECT {COLUMNS} FROM relationship CROSS JOIN account
                 WHERE relationship.class = {class} AND account.id = relationship.account AND {} {wanting} {filter} {after}
                 ORDER BY {column} {way}, relationship.id {way} LIMIT {limit}) AS of_class",
                accounts::VISIBLE
            )
        })
        .collect();
    let sql = format!("{} ORDER BY {key} {way}, id {way} LIMIT {limit}", branches.join(" UNION ALL "));
    tx.query(&sql, &values.0, |row| found(row, search.by))
}

/// The relationships of an account that the viewer may see, the latest active first.
///
/// # Errors
/// `store.statement`.
pub fn of_account(tx: &mut Tx<'_>, viewer: i64, account: AccountId) -> Result<Vec<Found>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM relationship JOIN account ON account.id = relationship.account
         WHERE {} AND relationship.account = ?2 ORDER BY relationship.last_day DESC, relationship.line",
        accounts::VISIBLE
    );
    tx.query(&sql, &[viewer.into(), account.into()], |row| found(row, Sort::Last))
}

/// Whether facts of an account wait to be weighed.
///
/// # Errors
/// `store.statement`.
pub fn waits(tx: &mut Tx<'_>, account: AccountId) -> Result<bool> {
    let sql = "SELECT account FROM stale WHERE account = ?1 LIMIT 1";
    Ok(tx.first(sql, &[account.into()], |row| row.int(0))?.is_some())
}

fn found(row: &Row<'_>, by: Sort) -> Result<Found> {
    let key = match by {
        Sort::Strength => row.int(7)?.to_string(),
        Sort::Net => row.int(12)?.to_string(),
        Sort::Last => row.int(15)?.to_string(),
        Sort::Name => row.string(16)?,
    };
    Ok(Found {
        id: row.id(0)?,
        account: row.id(1)?,
        name: row.string(2)?,
        line: row.id(3)?,
        class: row.string(4)?,
        lean: row.string(5)?,
        score: row.opt_int(6)?,
        strength: row.int(7)?,
        confidence: row.string(8)?,
        coverage: row.int(9)?,
        fit: row.string(10)?,
        since: row.int(11)?,
        net: row.int(12)?,
        currency: row.string(13)?,
        purchases: row.int(14)?,
        last_day: row.int(15)?,
        key,
        computed: row.string(17)?,
        said: row.int(18)? != 0,
        preference: row.string(19)?,
        country: row.string(20)?,
    })
}
