//! What somebody with the database in their hands sees.

use std::collections::BTreeMap;

use ::store::{ColumnKind, Store, Table};
use relationship::{spectrum, store::current::RelationshipId};

/// The current decisions, each as all its cells, by account and line.
pub fn decisions(store: &Store) -> Vec<((i64, i64), Vec<String>)> {
    let rows = cells(store, &relationship::store::RELATIONSHIP);
    rows.into_iter().map(|row| ((row[1].parse().unwrap(), row[2].parse().unwrap()), row)).collect()
}

/// One cell of a current decision.
pub fn cell(store: &Store, place: (i64, i64), column: &str) -> String {
    let table = &relationship::store::RELATIONSHIP;
    let at = table.columns.iter().position(|known| known.name == column).unwrap();
    let found = decisions(store).into_iter().find(|(known, _)| *known == place);
    found.unwrap_or_else(|| panic!("no decision at {place:?}")).1[at].clone()
}

/// How many decisions the log holds.
pub fn logged(store: &Store) -> usize {
    cells(store, &relationship::store::DECISION_LOG).len()
}

/// The kept totals that are not nothing.
pub fn kept_totals(store: &Store) -> Vec<Vec<String>> {
    let mut rows = cells(store, &relationship::store::BOOK_TOTAL);
    rows.retain(|row| row[6..] != ["0", "0"]);
    rows
}

/// The same, counted.
pub fn counted_totals(store: &Store) -> Vec<Vec<String>> {
    let place = "line, class, preference, currency, fit, confidence";
    let sql = format!(
        "SELECT {place}, COUNT(*), CAST(SUM(net) AS BIGINT) FROM relationship GROUP BY {place} ORDER BY {place}"
    );
    let read = store.read(&testkit::at(crate::DAY), |tx| {
        tx.query(&sql, &[], |row| {
            let words = (1..6).map(|n| row.string(n)).collect::<kernel::Result<Vec<_>>>()?;
            let numbers = [row.int(6)?.to_string(), row.int(7)?.to_string()];
            Ok([row.int(0)?.to_string()].into_iter().chain(words).chain(numbers).collect())
        })
    });
    read.unwrap()
}

/// The kept totals of countries that are not nothing.
pub fn kept_countries(store: &Store) -> Vec<Vec<String>> {
    let mut rows = cells(store, &relationship::store::COUNTRY_TOTAL);
    rows.retain(|row| row[5..] != ["0", "0"]);
    rows
}

/// The same, counted from the accounts themselves.
pub fn counted_countries(store: &Store) -> Vec<Vec<String>> {
    let place = "account.country, relationship.line, relationship.class, relationship.preference, relationship.currency";
    let sql = format!(
        "SELECT {place}, COUNT(*), CAST(SUM(relationship.net) AS BIGINT) FROM relationship
         JOIN account ON account.id = relationship.account GROUP BY {place} ORDER BY {place}"
    );
    let read = store.read(&testkit::at(crate::DAY), |tx| {
        tx.query(&sql, &[], |row| {
            let numbers = [row.int(5)?.to_string(), row.int(6)?.to_string()];
            let place =
                [row.string(0)?, row.int(1)?.to_string(), row.string(2)?, row.string(3)?, row.string(4)?];
            Ok(place.into_iter().chain(numbers).collect())
        })
    });
    read.unwrap()
}

/// The kept counts of the spectrum that are not nothing.
pub fn kept_cells(store: &Store) -> Vec<Vec<String>> {
    let mut rows = cells(store, &relationship::store::cells::SPECTRUM_CELL);
    rows.retain(|row| row[7..] != ["0", "0"]);
    rows.sort();
    rows
}

/// The same, counted.
pub fn counted_cells(store: &Store) -> Vec<Vec<String>> {
    let sql = "SELECT currency, line, class, preference, fit, strength, net FROM relationship";
    let read = store.read(&testkit::at(crate::DAY), |tx| {
        tx.query(sql, &[], |row| {
            let (strength, net) = (spectrum::step(row.int(5)?), row.int(6)?);
            let place =
                [row.string(0)?, row.int(1)?.to_string(), row.string(2)?, row.string(3)?, row.string(4)?];
            let cell = [strength.to_string(), spectrum::floor(net).to_string()];
            Ok((place.into_iter().chain(cell).collect::<Vec<_>>(), net))
        })
    });
    let mut sums: BTreeMap<Vec<String>, (i64, i64)> = BTreeMap::new();
    for (place, net) in read.unwrap() {
        let sum = sums.entry(place).or_default();
        *sum = (sum.0 + 1, sum.1 + net);
    }
    let row = |(mut place, (count, net)): (Vec<String>, (i64, i64))| {
        place.extend([count.to_string(), net.to_string()]);
        place
    };
    sums.into_iter().map(row).collect()
}

/// Writes relationships as an earlier version kept them: strengths and nets of every size, at bounds and beside them.
pub fn plant_relationships(store: &Store) {
    // Before countries came beside them.
    let columns = &relationship::store::RELATIONSHIP.columns[..31];
    let table = &Table { columns, ..relationship::store::RELATIONSHIP };
    let strengths = [-1, 0, 1, 9_999, 10_000, 400_000, 699_999, 700_000, 989_999, 999_999, 1_000_000];
    let near = |bound: i64| [bound - 1, bound, bound + 1];
    let nets: Vec<i64> =
        spectrum::bounds().flat_map(near).chain([-80_000_000_000_000_000, -38, 0, 99_999]).collect();
    let numbers = |n: usize, net: i64| {
        let id = i64::try_from(n).unwrap() + 1;
        move |name: &str| match name {
            "id" | "account" | "line" => id,
            "strength" => strengths[n % strengths.len()],
            "net" => net,
            _ => 0,
        }
    };
    let words = |n: usize| {
        move |name: &str| match name {
            "class" | "computed" => ["customer", "client", "former"][n % 3],
            "currency" => ["", "EUR", "JPY"][n % 3],
            "fit" => ["fits", "not judged"][n % 2],
            "preference" => ["", "just_transactions"][n % 2],
            _ => "",
        }
    };
    let planted = store.write(&testkit::at(crate::DAY), |tx| {
        let rows = nets.iter().enumerate().map(|(n, net)| {
            let (number, word) = (numbers(n, *net), words(n));
            let value = |column: &::store::Column| -> ::store::Value<'_> {
                match column.kind {
                    ColumnKind::Text => word(column.name).into(),
                    _ => number(column.name).into(),
                }
            };
            std::array::from_fn::<_, 31, _>(|n| value(&table.columns[n]))
        });
        tx.insert_all(table, rows).map(drop)
    });
    planted.unwrap();
}

/// When the work that follows the clock comes back, in microseconds.
pub fn comes_back(store: &Store) -> Option<i64> {
    let sql = "SELECT due_at FROM job WHERE kind = ?1 AND key = 'daily'";
    let kind = timeline::store::JUDGE;
    store.read(&testkit::at(crate::DAY), |tx| tx.first(sql, &[kind.into()], |row| row.int(0))).unwrap()
}

fn cells(store: &Store, table: &Table) -> Vec<Vec<String>> {
    let names: Vec<_> = table.columns.iter().map(|column| column.name).collect();
    let sql = format!("SELECT {} FROM {} ORDER BY {}", names.join(", "), table.name, table.key.join(", "));
    let read = store.read(&testkit::at(crate::DAY), |tx| {
        tx.query(&sql, &[], |row| {
            let cell = |(n, column): (usize, &::store::Column)| {
                Ok(match column.kind {
                    ColumnKind::Text => row.opt_text(n)?.unwrap_or("null").to_owned(),
                    _ => row.opt_int(n)?.map_or_else(|| "null".to_owned(), |number| number.to_string()),
                })
            };
            table.columns.iter().enumerate().map(cell).collect()
        })
    });
    read.unwrap()
}

/// Writes a wrong score into the current decision of an account.
pub fn plant_in_current(store: &Store, account: i64) {
    let sql = "UPDATE relationship SET score = score + 1 WHERE account = ?1";
    store.write(&testkit::at(crate::DAY), |tx| tx.execute(sql, &[account.into()])).unwrap();
}

/// Writes a wrong class into the newest decision of the log.
pub fn plant_in_log(store: &Store) {
    let sql = "UPDATE decision_log SET decision = REPLACE(decision, '\"customer\"', '\"client\"')
               WHERE serial = (SELECT MAX(serial) FROM decision_log)";
    store.write(&testkit::at(crate::DAY), |tx| tx.execute(sql, &[])).unwrap();
}

/// What of a current decision lists ask for.
#[derive(Clone, Debug, Default)]
pub struct Planted {
    pub class: &'static str,
    pub fit: &'static str,
    pub confidence: &'static str,
    pub preference: &'static str,
    pub currency: &'static str,
    pub computed: &'static str,
    pub by_hand: bool,
    pub strength: i64,
    pub coverage: i64,
    pub net: i64,
    pub purchases: i64,
    pub spend_rank: i64,
    pub last_day: i64,
    pub since: i64,
}

/// Writes a current decision that nobody decided.
pub fn plant(
    store: &Store,
    id: i64,
    account: timeline::AccountId,
    line: timeline::LineId,
    name: &str,
    row: &Planted,
) {
    let table = &relationship::store::RELATIONSHIP;
    let cells: Vec<_> = table
        .columns
        .iter()
        .map(|column| match column.name {
            "id" => id.into(),
            "account" => account.into(),
            "line" => line.into(),
            "class" => row.class.into(),
            "lean" => "client".into(),
            "fit" => row.fit.into(),
            "confidence" => row.confidence.into(),
            "preference" => row.preference.into(),
            "currency" => row.currency.into(),
            "computed" => row.computed.into(),
            "override" => row.by_hand.into(),
            "strength" => row.strength.into(),
            "coverage" => row.coverage.into(),
            "net" => row.net.into(),
            "purchases" => row.purchases.into(),
            "spend_rank" => row.spend_rank.into(),
            "last_day" => row.last_day.into(),
            "since" => row.since.into(),
            "name_key" => name.into(),
            _ => match column.kind {
                ColumnKind::Text => ::store::Value::Text(""),
                _ => 0.into(),
            },
        })
        .collect();
    let countries = [
        "UPDATE relationship SET country = (SELECT account.country FROM account WHERE account.id = relationship.account)",
        "DELETE FROM country_total",
        "INSERT INTO country_total (country, line, class, preference, currency, count, net)
         SELECT country, line, class, preference, currency, COUNT(*), CAST(SUM(net) AS BIGINT)
         FROM relationship GROUP BY country, line, class, preference, currency",
    ];
    let planted = store.write(&testkit::at(crate::DAY), |tx| {
        tx.insert_all(table, [cells.clone()])?;
        countries.into_iter().try_for_each(|sql| tx.execute(sql, &[]).map(drop))
    });
    planted.unwrap();
}

/// Writes the country of an account.
pub fn plant_country(store: &Store, account: timeline::AccountId, country: &str) {
    let sql = "UPDATE account SET country = ?2 WHERE id = ?1";
    store.write(&testkit::at(crate::DAY), |tx| tx.execute(sql, &[account.into(), country.into()])).unwrap();
}

/// The one relationship of an account.
pub fn relationship_of(store: &Store, account: timeline::AccountId) -> RelationshipId {
    let sql = "SELECT id FROM relationship WHERE account = ?1";
    store
        .read(&testkit::owner(crate::DAY), |tx| tx.first(sql, &[account.into()], |row| row.id(0)))
        .unwrap()
        .unwrap()
}
