//! How many relationships there are of accounts in each country, and what they brought: kept with every decision.

use std::collections::{BTreeMap, HashMap};

use ::store::{Tx, Value, dialect};
use kernel::Result;
use timeline::{AccountId, LineId};

use super::{
    COUNTRY_TOTAL,
    current::{Card, Named, Stored},
    summed,
};

/// Letters of a country that lists know: no index takes what is long.
pub const LONGEST: usize = 100;

/// Those of these spellings of a country that any account has.
///
/// # Errors
/// `store.statement`.
pub fn written(tx: &mut Tx<'_>, spellings: &[String]) -> Result<Vec<String>> {
    let (marks, values) = dialect::list(&[], spellings);
    let sql = format!(
        "SELECT DISTINCT country FROM country_total WHERE country IN ({marks}) AND count > 0 ORDER BY country"
    );
    tx.query(&sql, &values, |row| row.string(0))
}

/// Where a relationship is counted: country, line, class, preference, currency.
type Place<'a> = (&'a str, LineId, &'a str, &'a str, &'a str);

/// Moves the totals by what changed.
///
/// # Errors
/// `store.statement`.
pub(super) fn move_by(
    tx: &mut Tx<'_>,
    cards: &[Card],
    gone: &[(AccountId, LineId)],
    named: &HashMap<AccountId, Named>,
    before: &HashMap<(AccountId, LineId), Stored>,
) -> Result<()> {
    let mut moves: BTreeMap<Place<'_>, (i64, i64)> = BTreeMap::new();
    for card in cards {
        let country = named.get(&card.account).map_or("", |named| &named.country);
        let place = (country, card.line, card.class().as_str(), card.preference(), &*card.currency);
        let sums = moves.entry(place).or_default();
        *sums = (sums.0 + 1, sums.1.saturating_add(card.net));
    }
    let places = cards.iter().map(|card| (card.account, card.line)).chain(gone.iter().copied());
    for place in places {
        if let Some(stored) = before.get(&place) {
            let (class, preference) = (&stored.class, &stored.preference);
            let place = (&*stored.country, place.1, &**class, &**preference, &*stored.currency);
            let sums = moves.entry(place).or_default();
            *sums = (sums.0 - 1, sums.1.saturating_sub(stored.net));
        }
    }
    moves.retain(|_, sums| *sums != (0, 0));
    let rows = moves.into_iter().map(|((country, line, class, preference, currency), (count, net))| {
        let texts = [country, class, preference, currency].map(Value::from);
        let [country, class, preference, currency] = texts;
        [country, line.into(), class, preference, currency, count.into(), net.into()]
    });
    summed::add(tx, &COUNTRY_TOTAL, &rows.collect::<Vec<_>>())
}
