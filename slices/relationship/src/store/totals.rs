//! Totals of the book: how many relationships there are and what they brought, per class and currency.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
};

use ::store::{Tx, Value};
use kernel::Result;
use timeline::{AccountId, LineId};

use super::{
    BOOK_TOTAL, cells,
    current::{Card, Stored},
    search::{Search, Values, among, filter, wanting},
    summed,
};
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
/// Class, line, preference, currency and either service fit and confidence or the country are answered from the kept totals, ranges between bounds of
/// the spectrum's cells from its kept counts, less what stands behind walls; any other filter is counted, up to 10,000
/// matches, or 1,000 where a name or words are looked for.
///
/// # Errors
/// `store.statement`.
pub fn totals(tx: &mut Tx<'_>, viewer: i64, search: &Search) -> Result<(Vec<Sum>, bool)> {
    match search {
        search if let Some(table) = search.kept_in() => Ok((kept(tx, viewer, search, table)?, false)),
        search if search.is_of_cells() => Ok((cells::sums(tx, viewer, search)?, false)),
        search => counted(tx, viewer, search),
    }
}

/// What is asked for, of the kept totals.
fn of_totals<'a>(search: &'a Search, table: &str, values: &mut Values<'a>) -> String {
    let classes: Vec<_> = search.classes.iter().map(|class| values.add(class.as_str())).collect();
    let mut kept = format!("class IN ({}){}", classes.join(", "), wanting(table, &search.preferences));
    let mut add = |column: &str, value: Option<Value<'a>>| {
        if let Some(value) = value {
            kept.push_str(&format!(" AND {column} = {}", values.add(value)));
        }
    };
    add("line", search.line.map(Into::into));
    add("currency", search.currency.map(|currency| currency.code().into()));
    let fits = among("fit", search.fits.iter().map(|fit| fit.as_str()), values);
    let confidences = among("confidence", search.confidences.iter().map(|word| word.as_str()), values);
    let countries = among("country", search.countries.iter().map(String::as_str), values);
    for condition in fits.into_iter().chain(confidences).chain(countries) {
        kept.push_str(&format!(" AND {condition}"));
    }
    kept
}

fn kept(tx: &mut Tx<'_>, viewer: i64, search: &Search, table: &str) -> Result<Vec<Sum>> {
    let mut values = Values(vec![viewer.into()]);
    let kept = of_totals(search, table, &mut values);
    let classes: Vec<_> = search.classes.iter().map(|class| values.add(class.as_str())).collect();
    let (classes, walled) = (classes.join(", "), wanting("relationship", &search.preferences));
    let filter = filter(search, &mut values);
    let sql = format!(
        "SELECT currency, CAST(SUM(count) AS BIGINT), CAST(SUM(net) AS BIGINT) FROM (
           SELECT currency, count, net FROM {table} WHERE {kept}
           UNION ALL
           SELECT relationship.currency, -1, -relationship.net FROM account
           CROSS JOIN relationship WHERE relationship.account = account.id AND account.wall > 0 AND NOT {}
             AND relationship.class IN ({classes}) {walled} {filter}
         ) AS summed GROUP BY currency ORDER BY currency",
        accounts::VISIBLE
    );
    let rows = tx.query(&sql, &values.0, |row| Ok((row.string(0)?, row.int(1)?, row.int(2)?)))?;
    Ok(rows.into_iter().filter(|(_, count, _)| *count != 0).collect())
}

/// How many matches are counted one by one; ...
pub const MOST: i64 = 10_000;
/// ... and how many of those that are looked for by a name or by words: whoever types wants the first of them.
pub const MOST_TYPED: i64 = 1_000;

fn counted(tx: &mut Tx<'_>, viewer: i64, search: &Search) -> Result<(Vec<Sum>, bool)> {
    let mut values = Values(vec![viewer.into()]);
    let filter = filter(search, &mut values);
    let classes: Vec<_> = search.classes.iter().map(|class| values.add(class.as_str())).collect();
    let most = if search.is_typed() { MOST_TYPED } else { MOST };
    let limit = values.add(most + 1);
    let matching = format!(
        "SELECT relationship.currency, relationship.net FROM relationship
         WHERE {} AND relationship.class IN ({}) {} {filter} LIMIT {limit}",
        accounts::visible_by("relationship.account"),
        classes.join(", "),
        wanting("relationship", &search.preferences)
    );
    // Nearly always there is one currency, and then nothing has to be sorted by it.
    let sql = format!(
        "SELECT MIN(currency), MAX(currency), COUNT(*), CAST(COALESCE(SUM(net), 0) AS BIGINT) FROM ({matching}) AS matching"
    );
    let whole = tx.first(&sql, &values.0, |row| {
        Ok((row.opt_string(0)?, row.opt_string(1)?, row.int(2)?, row.int(3)?))
    })?;
    let rows = match whole {
        None | Some((None, ..)) => Vec::new(),
        Some((Some(least), greatest, count, net)) if Some(&least) == greatest.as_ref() => {
            vec![(least, count, net)]
        }
        Some(_) => {
            let sql = format!(
                "SELECT currency, COUNT(*), CAST(SUM(net) AS BIGINT) FROM ({matching}) AS matching
                 GROUP BY currency ORDER BY currency"
            );
            tx.query(&sql, &values.0, |row| Ok((row.string(0)?, row.int(1)?, row.int(2)?)))?
        }
    };
    let stopped = most < rows.iter().map(|(_, count, _)| count).sum();
    Ok((rows, stopped))
}

/// So few are found and sorted, whatever class they are of.
const FEW: i64 = 1_000;
/// So many rows are shown on a page and one more is looked for: those are passed by until as many have matched.
const SHOWN: i64 = 51;
/// One that is found is looked up in the table. So many are passed by meanwhile, if each of them is looked up as well, ...
const BY_ROW: i64 = 2;
/// ... and if an index tells all that is asked of them.
const BY_INDEX: i64 = 16;
/// A class of so few is walked from end to end as quickly as it is counted.
const SMALL: i64 = 2_000;

/// How a list is read.
pub struct Way<'s> {
    /// What is looked for row by row: what was asked, or no more than the classes where it holds for all of them.
    pub search: Cow<'s, Search>,
    /// The classes that are found by what matches and then sorted; the others are walked in the order asked for.
    pub sorted: Vec<Class>,
}

/// How a list is read of which so much was counted: all of it is sorted where few match; where everybody matches, as they do
/// where there is one line or one currency, nothing is asked of each; else each class has the way that costs it less.
///
/// # Errors
/// `store.statement`.
pub fn way<'s>(
    tx: &mut Tx<'_>,
    viewer: i64,
    search: &'s Search,
    (sums, at_least): &(Vec<Sum>, bool),
) -> Result<Way<'s>> {
    let asked = Cow::Borrowed(search);
    if !search.is_narrow() {
        return Ok(Way { search: asked, sorted: Vec::new() });
    }
    let matching: i64 = sums.iter().map(|(_, count, _)| count).sum();
    if !at_least && matching <= FEW {
        return Ok(Way { search: asked, sorted: search.classes.clone() });
    }
    let mut sizes = classes(tx, viewer)?;
    sizes.retain(|(class, _)| search.classes.contains(class));
    let everybody = sizes.iter().map(|(_, count)| count).sum::<i64>();
    if !at_least && matching == everybody {
        return Ok(Way { search: Cow::Owned(search.of_classes()), sorted: Vec::new() });
    }
    let sorted = rare(tx, viewer, search, &sizes)?;
    Ok(Way { search: asked, sorted })
}

/// The classes in which so few match that it costs less to find and sort those than to walk the class in the order asked for
/// until a page is full. Of `n` relationships of which `m` match, the walk passes by `51 n / m`. Where one that is found
/// costs as much as `w` that are passed by, it costs more than finding them where `m` is below the root of `51 n / w`, and
/// so far they are counted.
///
/// # Errors
/// `store.statement`.
fn rare(tx: &mut Tx<'_>, viewer: i64, search: &Search, sizes: &[(Class, i64)]) -> Result<Vec<Class>> {
    let weight = if search.is_walked_by_index() { BY_INDEX } else { BY_ROW };
    let mut rare = Vec::new();
    for (class, count) in sizes.iter().copied().filter(|(_, count)| SMALL < *count) {
        let most = (SHOWN.saturating_mul(count) / weight).isqrt();
        if let Some(table) = search.kept_in() {
            let of_class = Search { classes: vec![class], ..search.clone() };
            let matching: i64 = kept(tx, viewer, &of_class, table)?.iter().map(|(_, count, _)| count).sum();
            rare.extend((matching < most).then_some(class));
            continue;
        }
        let mut values = Values(Vec::new());
        let filter = filter(search, &mut values);
        let (class_is, limit) = (values.add(class.as_str()), values.add(most));
        let sql = format!(
            "SELECT COUNT(*) FROM (SELECT 1 FROM relationship WHERE relationship.class = {class_is} {} {filter}
             LIMIT {limit}) AS matching",
            wanting("relationship", &search.preferences)
        );
        if tx.first(&sql, &values.0, |row| row.int(0))?.is_none_or(|found| found < most) {
            rare.push(class);
        }
    }
    Ok(rare)
}

/// Where a relationship is counted: line, class, preference, currency, service fit, confidence.
type Place<'a> = (LineId, &'a str, &'a str, &'a str, &'a str, &'a str);

/// Moves the totals by what changed.
///
/// # Errors
/// `store.statement`.
pub(super) fn move_by(
    tx: &mut Tx<'_>,
    cards: &[Card],
    gone: &[(AccountId, LineId)],
    before: &HashMap<(AccountId, LineId), Stored>,
) -> Result<()> {
    let mut moves: BTreeMap<Place<'_>, (i64, i64)> = BTreeMap::new();
    for card in cards {
        let confidence = card.decision.confidence.map_or("", |confidence| confidence.as_str());
        let (class, fit) = (card.class().as_str(), card.decision.fit.as_str());
        let place = (card.line, class, card.preference(), &*card.currency, fit, confidence);
        let sums = moves.entry(place).or_default();
        *sums = (sums.0 + 1, sums.1.saturating_add(card.net));
    }
    let places = cards.iter().map(|card| (card.account, card.line)).chain(gone.iter().copied());
    for place in places {
        if let Some(stored) = before.get(&place) {
            let (class, fit, confidence) = (&stored.class, &stored.fit, &stored.confidence);
            let place = (place.1, &**class, &*stored.preference, &*stored.currency, &**fit, &**confidence);
            let sums = moves.entry(place).or_default();
            *sums = (sums.0 - 1, sums.1.saturating_sub(stored.net));
        }
    }
    moves.retain(|_, sums| *sums != (0, 0));
    let rows =
        moves.into_iter().map(|((line, class, preference, currency, fit, confidence), (count, net))| {
            let texts = [class, preference, currency, fit, confidence].map(Value::from);
            let [class, preference, currency, fit, confidence] = texts;
            [line.into(), class, preference, currency, fit, confidence, count.into(), net.into()]
        });
    summed::add(tx, &BOOK_TOTAL, &rows.collect::<Vec<_>>())?;
    cells::move_by(tx, cards, gone, before)
}
