//! Reading the book: a page of relationships by one index per class.
//!
//! Each class is read in its own order by its own index and the pages are merged, so a page costs the rows it shows,
//! however long the book is.

use ::store::{Row, Tx, Value};
use kernel::Result;
use timeline::{AccountId, LineId};

use super::current::RelationshipId;
use crate::{Class, Confidence, Fit};

/// What is looked for.
#[derive(Clone, Debug)]
pub struct Search {
    /// Of these classes.
    pub classes: Vec<Class>,
    /// On this line.
    pub line: Option<LineId>,
    /// Served so.
    pub fit: Option<Fit>,
    /// With this confidence.
    pub confidence: Option<Confidence>,
    /// With at least this rank of spend, permille.
    pub spend: Option<i64>,
    /// With at least so many purchases.
    pub purchases: Option<i64>,
    /// Whose name key begins so.
    pub name: Option<String>,
    /// Whose class a person set.
    pub said: Option<Said>,
    /// Sorted by.
    pub by: Sort,
    /// Smallest first.
    pub rising: bool,
    /// After this key and id.
    pub after: Option<(String, i64)>,
}

impl Search {
    /// Asks for more than class and line.
    pub fn is_narrow(&self) -> bool {
        self.fit.is_some()
            || self.confidence.is_some()
            || self.spend.is_some()
            || self.purchases.is_some()
            || self.name.is_some()
            || self.said.is_some()
    }
}

/// Whose class was set by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// By anybody, whatever the evidence says.
    Any,
    /// Otherwise than the evidence says.
    Disagreeing,
}

/// By what a list is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Strength of evidence.
    Strength,
    /// What they brought.
    Net,
    /// When something last happened.
    Last,
    /// The name.
    Name,
}

impl Sort {
    /// The sort of that word.
    pub fn parse(word: &str) -> Option<Sort> {
        match word {
            "strength" => Some(Sort::Strength),
            "net" => Some(Sort::Net),
            "last" => Some(Sort::Last),
            "name" => Some(Sort::Name),
            _ => None,
        }
    }

    fn column(self) -> &'static str {
        match self {
            Sort::Strength => "strength",
            Sort::Net => "net",
            Sort::Last => "last_day",
            Sort::Name => "name_key",
        }
    }
}

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
}

/// Parameters under construction: each gets the next number.
pub(super) struct Values<'a>(pub(super) Vec<Value<'a>>);

impl<'a> Values<'a> {
    /// Adds one; gives its mark in the statement.
    pub(super) fn add(&mut self, value: impl Into<Value<'a>>) -> String {
        self.0.push(value.into());
        format!("?{}", self.0.len())
    }
}

const COLUMNS: &str = "relationship.id, relationship.account, account.name, relationship.line, relationship.class,
    relationship.lean, relationship.score, relationship.strength, relationship.confidence, relationship.coverage,
    relationship.fit, relationship.since, relationship.net, relationship.currency, relationship.purchases,
    relationship.last_day, relationship.name_key, relationship.computed, relationship.override";

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
    let branches: Vec<String> = search
        .classes
        .iter()
        .map(|class| {
            let class = values.add(class.as_str());
            format!(
                "SELECT * FROM (SELECT {COLUMNS} FROM relationship CROSS JOIN account
                 WHERE relationship.class = {class} AND account.id = relationship.account AND {} {filter} {after}
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

/// The conditions beyond class and visibility, each beginning with AND.
pub(super) fn filter<'a>(search: &'a Search, values: &mut Values<'a>) -> String {
    let mut sql = String::new();
    let mut add = |condition: String| sql.push_str(&format!(" AND {condition}"));
    if let Some(line) = search.line {
        add(format!("relationship.line = {}", values.add(line)));
    }
    if let Some(confidence) = search.confidence {
        add(format!("relationship.confidence = {}", values.add(confidence.as_str())));
    } else if search.fit.is_some() {
        // Every confidence there is: so the index by confidence and fit serves a filter by fit alone.
        let words = Confidence::ALL.iter().map(|word| word.as_str()).chain([""]);
        let marks: Vec<_> = words.map(|word| values.add(word)).collect();
        add(format!("relationship.confidence IN ({})", marks.join(", ")));
    }
    if let Some(fit) = search.fit {
        add(format!("relationship.fit = {}", values.add(fit.as_str())));
    }
    if let Some(spend) = search.spend {
        add(format!("relationship.spend_rank >= {}", values.add(spend)));
    }
    if let Some(purchases) = search.purchases {
        add(format!("relationship.purchases >= {}", values.add(purchases)));
    }
    if let Some(said) = search.said {
        add("relationship.override > 0".to_owned());
        if said == Said::Disagreeing {
            add("relationship.class <> relationship.computed".to_owned());
        }
    }
    if let Some(name) = &search.name {
        let from = values.add(name.as_str());
        add(format!(
            "relationship.name_key >= {from} AND relationship.name_key < {from} || CAST('\u{10FFFF}' AS TEXT)"
        ));
    }
    sql
}

fn after<'a>(search: &'a Search, column: &str, values: &mut Values<'a>) -> String {
    let Some((key, id)) = &search.after else { return String::new() };
    let than = if search.rising { ">" } else { "<" };
    let key = match search.by {
        Sort::Name => values.add(key.as_str()),
        _ => values.add(key.parse::<i64>().unwrap_or(0)),
    };
    let id = values.add(*id);
    format!("AND ({column}, relationship.id) {than} ({key}, {id})")
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
    })
}
