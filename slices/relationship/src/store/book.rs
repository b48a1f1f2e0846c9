//! Reading the book: a page of relationships by one index per class.
//!
//! Each class is read in its own order by its own index and the numbers of its rows are merged with those of the others;
//! only rows that are shown are looked up, so a page costs the rows it shows, however long the book is.

use std::borrow::Cow;

use ::store::{Row, Tx};
use kernel::{Currency, Problem, Result};
use timeline::{AccountId, LineId, fact::Dealing};

pub use super::search::{Said, Search, Sort, Span};
use super::{
    current::RelationshipId,
    search::{Values, after, branches, filter, filter_walked},
    totals::MOST,
};
use crate::{Class, Confidence, Fit, Lean};

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
    pub class: Class,
    /// Its lean.
    pub lean: Lean,
    /// Its score.
    pub score: Option<i64>,
    /// Strength in parts per million; -1 for none.
    pub strength: i64,
    /// Confidence, of those that are judged.
    pub confidence: Option<Confidence>,
    /// Coverage, permille.
    pub coverage: i64,
    /// Service fit.
    pub fit: Fit,
    /// Since which day.
    pub since: i64,
    /// What they brought.
    pub net: i64,
    /// Its currency; none without money, or with money in several.
    pub currency: Option<Currency>,
    /// Purchases.
    pub purchases: i64,
    /// The last day.
    pub last_day: i64,
    /// Where it stands in the order asked for.
    place: Key,
    /// What the evidence says.
    pub computed: Class,
    /// A person says what counts.
    pub said: bool,
    /// How they want to be dealt with, where somebody said so.
    pub preference: Option<Dealing>,
    /// The country of the account, as it was written.
    pub country: String,
}

impl Found {
    /// The value it is sorted by, as a cursor holds it.
    pub fn place(&self) -> String {
        self.place.told()
    }
}

const COLUMNS: &str = "relationship.id, relationship.account, account.name, relationship.line, relationship.class,
    relationship.lean, relationship.score, relationship.strength, relationship.confidence, relationship.coverage,
    relationship.fit, relationship.since, relationship.net, relationship.currency, relationship.purchases,
    relationship.last_day, relationship.name_key, relationship.computed, relationship.override,
    relationship.preference, account.country";

/// So many rows are taken at once: few numbers, which stand in the statement itself, so that a plan for it can be kept.
const PORTIONS: [i64; 4] = [2, 11, 51, 201];

/// A page of what is found.
///
/// In a class in which few match, they are found by what they match and then sorted; walking the class in the order asked
/// for would pass by nearly all of it. An expression in place of the column keeps both engines from walking its index.
///
/// # Errors
/// `store.statement`.
pub fn page(tx: &mut Tx<'_>, viewer: i64, search: &Search, few: &[Class], limit: i64) -> Result<Vec<Found>> {
    let wanted = usize::try_from(limit).unwrap_or(0);
    let portion = PORTIONS.into_iter().find(|portion| limit <= *portion).unwrap_or(limit);
    let (mut found, mut search, mut portion) = (Vec::new(), Cow::Borrowed(search), portion);
    loop {
        let rows = portion_of(tx, viewer, &search, few, portion)?;
        let is_last = i64::try_from(rows.len()).is_ok_and(|count| count < portion);
        let end = rows.last().map(|last| (last.key.told(), last.id));
        found.extend(rows.into_iter().filter_map(|place| place.found));
        if is_last || wanted <= found.len() {
            found.truncate(wanted);
            return Ok(found);
        }
        // Some were taken that this viewer may not see, as those of an account that was merged a moment ago.
        search.to_mut().after = end;
        portion = (4 * portion).min(MOST);
    }
}

/// A relationship in its place: by what it is sorted, its number, and what is shown of it where the viewer may see it.
struct Placed {
    key: Key,
    id: i64,
    found: Option<Found>,
}

/// By what a row is sorted; those of one list are all of one kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Number(i64),
    Name(String),
}

impl Key {
    fn of(row: &Row<'_>, by: Sort) -> Result<Key> {
        Ok(match by {
            Sort::Strength => Key::Number(row.int(7)?),
            Sort::Net => Key::Number(row.int(12)?),
            Sort::Last => Key::Number(row.int(15)?),
            Sort::Name => Key::Name(row.string(16)?),
            Sort::Since => Key::Number(row.int(11)?),
            Sort::Purchases => Key::Number(row.int(14)?),
        })
    }

    /// As a cursor holds it.
    fn told(&self) -> String {
        match self {
            Key::Number(number) => number.to_string(),
            Key::Name(name) => name.clone(),
        }
    }
}

/// The next rows in the order asked for, as far as they are there.
///
/// The numbers of the rows come first, from the indexes alone where nothing but a class is asked for; then each row is
/// looked up that is shown, and its account, and no other.
fn portion_of(
    tx: &mut Tx<'_>,
    viewer: i64,
    search: &Search,
    few: &[Class],
    limit: i64,
) -> Result<Vec<Placed>> {
    let mut values = Values(vec![viewer.into()]);
    let branches = branches(search);
    let is_few = |(class, _): &(Class, String)| few.contains(class);
    let found = if branches.iter().any(is_few) { filter(search, &mut values) } else { String::new() };
    let passed = if branches.iter().all(is_few) { String::new() } else { filter_walked(search, &mut values) };
    let walked = format!("relationship.{}", search.by.column());
    let sorted = format!("COALESCE({walked}, {walked})");
    let way = if search.rising { "ASC" } else { "DESC" };
    let branches: Vec<String> = branches
        .into_iter()
        .map(|(class, wanting)| {
            let (column, filter) = if few.contains(&class) { (&sorted, &found) } else { (&walked, &passed) };
            let after = after(search, column, &mut values);
            let class = values.add(class.as_str());
            format!(
                "SELECT * FROM (SELECT relationship.id, {column} AS place FROM relationship
                 WHERE relationship.class = {class} AND {} {wanting} {filter} {after}
                 ORDER BY {column} {way}, relationship.id {way} LIMIT {limit}) AS of_class",
                visible_by_number()
            )
        })
        .collect();
    // Each class has a limit of its own: without it the server engine reads all of them and sorts.
    let sql = format!(
        "SELECT {COLUMNS} FROM (SELECT * FROM ({}) AS of_all ORDER BY place {way}, id {way} LIMIT {limit}) AS chosen
         CROSS JOIN relationship LEFT JOIN account ON account.id = relationship.account AND {}
         WHERE relationship.id = chosen.id",
        branches.join(" UNION ALL "),
        accounts::VISIBLE
    );
    let mut rows = tx.query(&sql, &values.0, |row| placed(row, search.by))?;
    rows.sort_unstable_by(|a, b| (&a.key, a.id).cmp(&(&b.key, b.id)));
    if !search.rising {
        rows.reverse();
    }
    Ok(rows)
}

/// True for relationships that the viewer may see; it asks for nothing but their number, so that an index alone answers where
/// no wall keeps the viewer out.
fn visible_by_number() -> String {
    accounts::visible_among(
        "relationship AS own JOIN account ON account.id = own.account WHERE own.id = relationship.id",
    )
}

fn placed(row: &Row<'_>, by: Sort) -> Result<Placed> {
    let found = match row.opt_text(2)? {
        Some(_) => Some(found(row, by)?),
        None => None,
    };
    Ok(Placed { key: Key::of(row, by)?, id: row.int(0)?, found })
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

/// By what a relationship is sorted, as a cursor holds it; nothing for one that is not there, or not for this viewer.
///
/// # Errors
/// `store.statement`.
pub fn key(tx: &mut Tx<'_>, viewer: i64, id: RelationshipId, by: Sort) -> Result<Option<String>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM relationship JOIN account ON account.id = relationship.account
         WHERE {} AND relationship.id = ?2",
        accounts::VISIBLE
    );
    tx.first(&sql, &[viewer.into(), id.into()], |row| Ok(Key::of(row, by)?.told()))
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
    Ok(Found {
        id: row.id(0)?,
        account: row.id(1)?,
        name: row.string(2)?,
        line: row.id(3)?,
        class: word(row, 4, Class::parse)?,
        lean: word(row, 5, Lean::parse)?,
        score: row.opt_int(6)?,
        strength: row.int(7)?,
        confidence: opt_word(row, 8, Confidence::parse)?,
        coverage: row.int(9)?,
        fit: word(row, 10, Fit::parse)?,
        since: row.int(11)?,
        net: row.int(12)?,
        currency: opt_word(row, 13, |code| Currency::parse(code).ok())?,
        purchases: row.int(14)?,
        last_day: row.int(15)?,
        place: Key::of(row, by)?,
        computed: word(row, 17, Class::parse)?,
        said: row.int(18)? != 0,
        preference: opt_word(row, 19, Dealing::parse)?,
        country: row.string(20)?,
    })
}

/// A word of a closed list.
fn word<T>(row: &Row<'_>, column: usize, parse: fn(&str) -> Option<T>) -> Result<T> {
    let word = row.text(column)?;
    parse(word).ok_or_else(|| {
        Problem::internal("store.word", format!("column {column} of a relationship holds {word:?}"))
    })
}

/// The same, where nothing may stand.
fn opt_word<T>(row: &Row<'_>, column: usize, parse: fn(&str) -> Option<T>) -> Result<Option<T>> {
    if row.text(column)?.is_empty() { Ok(None) } else { word(row, column, parse).map(Some) }
}
