//! A period as contracts state it: 90 days, 10 business days, 3 months, 1 quarter, 2 years.

use std::fmt;

use jiff::Span;
use kernel::{Day, Problem, Result};
use speech::{noun, say};

use crate::{calendar::Calendar, written::as_text};

/// A period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// How many.
    pub count: u16,
    /// Of what.
    pub unit: Unit,
}

/// What periods are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Calendar days.
    Day,
    /// Business days of the contract's calendar.
    BusinessDay,
    /// Weeks of seven days.
    Week,
    /// Calendar months: to the same day of the month, or its last.
    Month,
    /// Three months.
    Quarter,
    /// Twelve months.
    Year,
}

const UNITS: [(Unit, &str, &str); 6] = [
    (Unit::Day, "day", "days"),
    (Unit::BusinessDay, "business day", "business days"),
    (Unit::Week, "week", "weeks"),
    (Unit::Month, "month", "months"),
    (Unit::Quarter, "quarter", "quarters"),
    (Unit::Year, "year", "years"),
];

impl Period {
    /// So many of that.
    pub fn new(count: u16, unit: Unit) -> Period {
        Period { count, unit }
    }

    /// Reads "90 days" or "1 month".
    ///
    /// # Errors
    /// `contracts.period` for anything else.
    pub fn parse(text: &str) -> Result<Period> {
        let wrong = || {
            let text = say!(
                "{text:?} is not a period; write it as \"90 days\", \"10 business days\" or \"3 months\""
            );
            Problem::invalid("period", "contracts.period", text)
        };
        let (count, unit) = text.trim().split_once(' ').ok_or_else(wrong)?;
        let count: u16 = count.parse().map_err(|_| wrong())?;
        let known = UNITS.iter().find(|(_, one, many)| unit.trim() == *one || unit.trim() == *many);
        match known {
            Some((unit, ..)) if count < 5_000 => Ok(Period { count, unit: *unit }),
            _ => Err(wrong()),
        }
    }

    /// Reads it as people write it in their language, or as [`Period::parse`] does.
    ///
    /// # Errors
    /// As [`Period::parse`].
    pub fn read(text: &str) -> Result<Period> {
        Period::parse(text).or_else(|wrong| {
            let count = text.split_whitespace().next().and_then(|count| count.parse().ok());
            let all = UNITS.iter().filter_map(|(unit, ..)| Some(Period::new(count?, *unit)));
            let mut meant = all.filter(|period| period.count < 5_000 && period.spoken() == text.trim());
            meant.next().ok_or(wrong)
        })
    }

    /// As people read it.
    pub fn spoken(self) -> String {
        match self.unit {
            Unit::Day => noun(i32::from(self.count), "day", "days"),
            Unit::BusinessDay => noun(i32::from(self.count), "business day", "business days"),
            Unit::Week => noun(i32::from(self.count), "week", "weeks"),
            Unit::Month => noun(i32::from(self.count), "month", "months"),
            Unit::Quarter => noun(i32::from(self.count), "quarter", "quarters"),
            Unit::Year => noun(i32::from(self.count), "year", "years"),
        }
    }

    /// How often something falls due: `every month`, `every 3 months`.
    pub fn every(self) -> String {
        let each = match self.unit {
            Unit::Day => say!("every day"),
            Unit::BusinessDay => say!("every business day"),
            Unit::Week => say!("every week"),
            Unit::Month => say!("every month"),
            Unit::Quarter => say!("every quarter"),
            Unit::Year => say!("every year"),
        };
        if self.count == 1 { each.into_owned() } else { say!("every {}", self.spoken()) }
    }

    /// The whole months of it, where it is counted in months.
    pub fn months(self) -> Option<i32> {
        let count = i32::from(self.count);
        match self.unit {
            Unit::Month => Some(count),
            Unit::Quarter => Some(3 * count),
            Unit::Year => Some(12 * count),
            Unit::Day | Unit::BusinessDay | Unit::Week => None,
        }
    }

    /// The calendar days of it, where it is counted in days.
    pub fn days(self) -> Option<i32> {
        match self.unit {
            Unit::Day => Some(i32::from(self.count)),
            Unit::Week => Some(7 * i32::from(self.count)),
            _ => None,
        }
    }

    /// The day so much later, `times` over. Months keep the day of the month and end at its last where it has none.
    pub fn after(self, day: Day, times: i32, calendar: &Calendar) -> Day {
        if let Some(months) = self.months() {
            return plus_months(day, months.saturating_mul(times));
        }
        match self.days() {
            Some(days) => day.plus(days.saturating_mul(times)),
            None => calendar.business_days_after(day, i32::from(self.count).saturating_mul(times)),
        }
    }

    /// The latest day on which a notice of this period can arrive and still end with `last`: the period begins on the
    /// day after it arrives, and is over with the end of `last` (as in § 187 and § 188 of the German civil code).
    pub fn before(self, last: Day, calendar: &Calendar) -> Day {
        if let Some(days) = self.days() {
            return last.plus(-days);
        }
        let Some(months) = self.months() else {
            return calendar.business_days_before(last, i32::from(self.count));
        };
        let mut day = plus_months(last, -months);
        // From the last days of a long month one gets to the last day of a short one, so there may be a later one, by
        // three days at most. Counted, because days beyond the calendar are all the same one.
        for _ in 0..3 {
            if plus_months(day.plus(1), months) <= last {
                day = day.plus(1);
            }
        }
        day
    }
}

/// The day so many months later, or the last of that month where it has no such day.
pub fn plus_months(day: Day, months: i32) -> Day {
    let span = Span::new().try_months(months).unwrap_or_default();
    Day::of(day.date().saturating_add(span))
}

/// Whole months from one day to another; below zero the other way round. Counting from 31 January, 28 February is one
/// month later.
pub fn months_between(from: Day, to: Day) -> i32 {
    let rough = to.month() - from.month();
    if to < from {
        return -months_between(to, from);
    }
    rough - i32::from(to < plus_months(from, rough))
}

impl fmt::Display for Period {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = UNITS.iter().find(|(unit, ..)| *unit == self.unit);
        let (one, many) = known.map_or(("day", "days"), |(_, one, many)| (*one, *many));
        write!(out, "{} {}", self.count, if self.count == 1 { one } else { many })
    }
}

as_text!(Period, Period::parse, "A period, such as 90 days, 10 business days, 1 month, 2 years.");

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn a_period_is_read_as_it_is_written() {
        for text in ["90 days", "1 business day", "3 months", "1 quarter", "2 years", "1 week"] {
            assert_eq!(Period::parse(text).unwrap().to_string(), text);
        }
        for wrong in ["", "months", "-1 days", "3 moons", "99999 days"] {
            assert_eq!(Period::parse(wrong).unwrap_err().code, "contracts.period", "{wrong}");
        }
    }

    #[test]
    fn months_end_at_the_last_of_a_short_month_and_are_counted_back_the_same_way() {
        assert_eq!(plus_months(day("2024-01-31"), 1), day("2024-02-29"));
        assert_eq!(months_between(day("2024-01-31"), day("2024-02-29")), 1);
        assert_eq!(months_between(day("2024-01-31"), day("2024-02-28")), 0);
        assert_eq!(months_between(day("2024-03-01"), day("2024-01-01")), -2);
        let month = Period::new(1, Unit::Month);
        assert_eq!(month.before(day("2025-02-28"), &Calendar::plain()), day("2025-01-31"));
        assert_eq!(month.before(day("2025-03-31"), &Calendar::plain()), day("2025-02-28"));
    }
}
