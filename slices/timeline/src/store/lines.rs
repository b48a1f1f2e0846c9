//! Service lines, and up to which day their data go.

use std::collections::BTreeMap;

use ::store::{Row, Tx, Value};
use kernel::{Context, Day, Id, Moment, Problem, Result};
use speech::say;

use super::{NewFact, SERVICE_LINE};
use crate::{LineId, ServiceLine, line::LineKind};

/// The line of that name, made when it is new. An industry that is named is taken over by a line that has none.
///
/// # Errors
/// `timeline.line_name` for a blank name, `timeline.industry` when the line is already in another industry.
pub fn line_named(tx: &mut Tx<'_>, name: &str, industry: &str, live: bool) -> Result<ServiceLine> {
    let key = ServiceLine::key(name);
    if key.is_empty() {
        return Err(Problem::invalid(
            "line",
            "timeline.line_name",
            say!("a service line needs a name; it is blank"),
        ));
    }
    if let Some(line) = find_line(tx, "name_key", (&key).into())? {
        return known_line(tx, line, industry);
    }
    let id: LineId = Id::new(tx.allocate("line", 1)?.first());
    let values = [id.into(), name.trim().into(), (&key).into(), industry.into(), live.into(), Value::Null];
    tx.insert_all(&SERVICE_LINE, [values])?;
    Ok(ServiceLine { id, name: name.trim().to_owned(), industry: industry.to_owned(), live, last_day: None })
}

fn known_line(tx: &mut Tx<'_>, line: ServiceLine, industry: &str) -> Result<ServiceLine> {
    if !industry.is_empty() && !line.industry.is_empty() && line.industry != industry {
        return Err(Problem::conflict(
            "timeline.industry",
            say!(
                "service line {:?} is in the industry {}, not {industry}; name another line or leave the industry out",
                line.name,
                line.industry
            ),
        ));
    }
    let industry = if line.industry.is_empty() { industry.to_owned() } else { line.industry.clone() };
    if industry != line.industry {
        let sql = "UPDATE service_line SET industry = ?2 WHERE id = ?1";
        tx.execute(sql, &[line.id.into(), (&industry).into()])?;
    }
    Ok(ServiceLine { industry, ..line })
}

/// A line by its id.
///
/// # Errors
/// `timeline.no_line`.
pub fn line(tx: &mut Tx<'_>, id: LineId) -> Result<ServiceLine> {
    find_line(tx, "id", id.into())?
        .ok_or_else(|| Problem::not_found("timeline.no_line", say!("there is no such service line")))
}

/// The line of that name, if there is one.
///
/// # Errors
/// `store.statement`.
pub fn line_of_name(tx: &mut Tx<'_>, name: &str) -> Result<Option<ServiceLine>> {
    find_line(tx, "name_key", (&ServiceLine::key(name)).into())
}

fn find_line(tx: &mut Tx<'_>, column: &str, value: Value<'_>) -> Result<Option<ServiceLine>> {
    let sql = format!("SELECT id, name, industry, live, last_day FROM service_line WHERE {column} = ?1");
    tx.first(&sql, &[value], service_line)
}

/// Gives a line back the industry it had.
///
/// # Errors
/// `store.statement`.
pub fn set_industry(tx: &mut Tx<'_>, line: LineId, industry: &str) -> Result<()> {
    let sql = "UPDATE service_line SET industry = ?2 WHERE id = ?1";
    tx.execute(sql, &[line.into(), industry.into()]).map(drop)
}

/// Has a line follow the clock (`live`), or stand at the end of its data. Whoever calls marks the line stale.
///
/// # Errors
/// `store.statement`.
pub fn follow(tx: &mut Tx<'_>, line: LineId, live: bool) -> Result<()> {
    tx.execute("UPDATE service_line SET live = ?2 WHERE id = ?1", &[line.into(), live.into()]).map(drop)
}

/// All lines, by name.
///
/// # Errors
/// `store.statement`.
pub fn lines(tx: &mut Tx<'_>) -> Result<Vec<ServiceLine>> {
    tx.query(
        "SELECT id, name, industry, live, last_day FROM service_line ORDER BY name_key",
        &[],
        service_line,
    )
}

fn service_line(row: &Row<'_>) -> Result<ServiceLine> {
    Ok(ServiceLine {
        id: row.id::<LineKind>(0)?,
        name: row.string(1)?,
        industry: row.string(2)?,
        live: row.bool(3)?,
        last_day: row.opt_int(4)?.and_then(|day| i32::try_from(day).ok()).map(Day),
    })
}

/// What is left of a line after something was taken back from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// No fact: whoever has nothing else on it may remove it with [`remove_line`].
    Nothing,
    /// Facts; whether its last day is another one now.
    Facts {
        /// Its last day moved, so everything on it is to be decided again.
        moved: bool,
    },
}

/// Finds the end of the data of a line anew, after facts of a source were taken back. Reads all facts of the line.
///
/// # Errors
/// `timeline.no_line`, `store.statement`.
pub fn line_left(cx: &Context, tx: &mut Tx<'_>, id: LineId) -> Result<Left> {
    let before = line(tx, id)?.last_day;
    let sql = "SELECT date_only, MAX(CASE WHEN run <> 0 AND occurred_at <= CAST(?2 AS BIGINT) THEN occurred_at END),
                 COUNT(*)
               FROM fact WHERE line = ?1 GROUP BY date_only";
    let ends = tx.query(sql, &[id.into(), cx.now.micros.into()], |row| {
        let date_only = row.bool(0)?;
        let last = row.opt_int(1)?.map(|micros| Moment { micros, date_only }.day(&cx.zone));
        Ok((last, row.int(2)?))
    })?;
    let after = ends.iter().filter_map(|(last, _)| *last).max();
    let sql = "UPDATE service_line SET last_day = ?2 WHERE id = ?1";
    tx.execute(sql, &[id.into(), after.map(|day| i64::from(day.0)).into()])?;
    let facts: i64 = ends.iter().map(|(_, count)| count).sum();
    Ok(if facts == 0 { Left::Nothing } else { Left::Facts { moved: before != after } })
}

/// Has the data of a line end on that day: what is of a later day waits, as what is dated ahead does.
///
/// # Errors
/// `store.statement`.
pub fn end_line(tx: &mut Tx<'_>, id: LineId, on: Day) -> Result<()> {
    let sql = "UPDATE service_line SET last_day = ?2 WHERE id = ?1";
    tx.execute(sql, &[id.into(), i64::from(on.0).into()]).map(drop)
}

/// Removes a line on which nothing stands any more.
///
/// # Errors
/// `store.statement`.
pub fn remove_line(tx: &mut Tx<'_>, id: LineId) -> Result<()> {
    tx.execute("DELETE FROM service_line WHERE id = ?1", &[id.into()]).map(drop)
}

pub(super) fn move_ends(cx: &Context, tx: &mut Tx<'_>, facts: &[NewFact]) -> Result<()> {
    let mut ends = BTreeMap::new();
    // Only a source that brings data moves the end of the data; a note written by hand is no news of everybody else.
    for fact in facts.iter().filter(|fact| fact.line.0 != 0 && fact.source.is_some()) {
        let day = fact.occurred.day(&cx.zone).0;
        if cx.today().0 < day {
            continue; // a date that has not come yet is a slip of the pen, or a plan
        }
        ends.entry(fact.line).and_modify(|end: &mut i32| *end = day.max(*end)).or_insert(day);
    }
    let sql = "UPDATE service_line SET last_day = ?2 WHERE id = ?1 AND (last_day IS NULL OR last_day < ?2)";
    for (line, end) in ends {
        tx.execute(sql, &[line.into(), i64::from(end).into()])?;
    }
    Ok(())
}
