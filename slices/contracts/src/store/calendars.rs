//! Business calendars as their users wrote them down.

use std::collections::BTreeMap;

use ::store::{Tx, Value};
use kernel::{Day, Result};

use super::{BUSINESS_CALENDAR, HOLIDAY, contracts::day};
use crate::calendar::Calendar;

/// All calendars by name.
///
/// # Errors
/// `store.statement`.
pub fn calendars(tx: &mut Tx<'_>) -> Result<BTreeMap<String, Calendar>> {
    let sql = "SELECT name, weekend FROM business_calendar ORDER BY name";
    let found = tx.query(sql, &[], |row| Ok((row.string(0)?, Calendar::weekend(row.text(1)?)?)))?;
    let calendar = |(name, weekend): (String, [bool; 7])| {
        (name.clone(), Calendar { name, weekend, holidays: BTreeMap::new() })
    };
    let mut all: BTreeMap<String, Calendar> = found.into_iter().map(calendar).collect();
    tx.for_each("SELECT calendar, day, name FROM holiday ORDER BY calendar, day", &[], |row| {
        if let Some(calendar) = all.get_mut(row.text(0)?) {
            calendar.holidays.insert(day(row.int(1)?), row.string(2)?);
        }
        Ok(())
    })?;
    Ok(all)
}

/// A calendar by its name.
///
/// # Errors
/// `store.statement`.
pub fn calendar(tx: &mut Tx<'_>, name: &str) -> Result<Option<Calendar>> {
    Ok(calendars(tx)?.remove(name))
}

/// Writes a calendar, instead of one of that name.
///
/// # Errors
/// `store.statement`.
pub fn set_calendar(tx: &mut Tx<'_>, calendar: &Calendar) -> Result<()> {
    let name: Value<'_> = (&calendar.name).into();
    tx.execute("DELETE FROM holiday WHERE calendar = ?1", &[name])?;
    tx.execute("DELETE FROM business_calendar WHERE name = ?1", &[name])?;
    let weekend = calendar.weekend_text();
    tx.insert_all(&BUSINESS_CALENDAR, [[name, (&weekend).into()]])?;
    let number = |day: &Day| i64::from(day.0);
    let rows = calendar.holidays.iter().map(|(day, said)| [name, number(day).into(), said.into()]);
    tx.insert_all(&HOLIDAY, rows).map(drop)
}
