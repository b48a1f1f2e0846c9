//! The use of those who have a contract, by days of the business.

use ::store::{Tx, Value};
use accounts::VISIBLE;
use jiff::{Timestamp, tz::TimeZone};
use kernel::{Day, Result};

use crate::figures::Adding;

/// Days by which moments are moved before they are divided, so that none is negative: engines cut towards zero.
const SHIFT: i64 = 4_000_000;
/// Microseconds of a day.
const DAY: i64 = 86_400_000_000;
/// Changes of the clock that are looked at: those of two hundred years. After them the last one holds.
const MOST: usize = 400;

/// The use of those who have a contract, account by account and line by line, up to the day; `from` is the first day on
/// which a contract begins. It is counted by days where it lies: what comes out of the store is a row per account and line.
pub(super) fn usage(
    tx: &mut Tx<'_>,
    values: &[Value<'_>],
    (zone, from, on): (&TimeZone, Day, Day),
    sums: &mut Adding,
) -> Result<()> {
    let offset = offset(zone, from, on);
    let sql = format!(
        "SELECT CAST(SUM(told) AS BIGINT), CAST(SUM(CASE WHEN day < start_day THEN told ELSE 0 END) AS BIGINT),
           CAST(SUM(CASE WHEN day < start_day THEN 0
             WHEN EXISTS (SELECT 1 FROM contract WHERE contract.account = used.account AND contract.line = used.line
               AND contract.start_day <= used.day AND contract.ended_day > used.day) THEN 0 ELSE told END) AS BIGINT)
         FROM (SELECT account, line, start_day, day, COUNT(*) AS told
           FROM (SELECT of.account AS account, of.line AS line, of.start_day AS start_day,
               (fact.occurred_at + {offset}) / {DAY} - {SHIFT} AS day
             FROM (SELECT contract.account AS account, contract.line AS line, MIN(contract.start_day) AS start_day
               FROM contract WHERE ?2 = 0 OR contract.line = ?2 GROUP BY contract.account, contract.line) of
             JOIN account ON account.id = of.account
             JOIN fact ON fact.account = of.account AND fact.line = of.line
             WHERE {VISIBLE} AND fact.kind = 'usage') told
           WHERE day <= ?3 GROUP BY account, line, start_day, day) used
         GROUP BY account, line"
    );
    tx.for_each(&sql, values, |row| {
        sums.used(row.int(0)?, row.int(1)?, row.int(2)?);
        Ok(())
    })
}

/// What makes of a moment the clock of the business, moved by [`SHIFT`]: a whole day is that day everywhere. Before `from`
/// and after `on` it may be off by a change of the clock, which moves nothing over either of them.
fn offset(zone: &TimeZone, from: Day, on: Day) -> String {
    let at = |day: Day| Timestamp::from_microsecond(day.moment().micros);
    let (begin, end) =
        (at(from.plus(-2)).unwrap_or(Timestamp::MIN), at(on.plus(2)).unwrap_or(Timestamp::MAX));
    let mut moved = SHIFT * DAY + i64::from(zone.to_offset(begin).seconds()) * 1_000_000;
    let mut cases = format!("CASE WHEN fact.date_only <> 0 THEN {}", SHIFT * DAY);
    for change in zone.following(begin).take(MOST).take_while(|change| change.timestamp() <= end) {
        cases += &format!(" WHEN fact.occurred_at < {} THEN {moved}", change.timestamp().as_microsecond());
        moved = SHIFT * DAY + i64::from(change.offset().seconds()) * 1_000_000;
    }
    cases + &format!(" ELSE {moved} END")
}
