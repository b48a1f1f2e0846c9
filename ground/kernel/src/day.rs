//! Days of the calendar and moments of the clock.

use std::fmt;

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use crate::{Problem, Result, voice::said};

const MICROS_PER_DAY: i64 = 86_400_000_000;

/// A calendar day: whole days since 1 January 1970. `day - day` is a number of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

impl Day {
    /// The day of a civil date.
    pub fn of(date: Date) -> Day {
        let epoch = Date::constant(1970, 1, 1);
        Day(date.since(epoch).map_or(0, |span| span.get_days()))
    }

    /// The civil date; days outside years -9999 to 9999 are held at the nearest one.
    pub fn date(self) -> Date {
        let span = jiff::Span::new().try_days(i64::from(self.0)).unwrap_or_default();
        Date::constant(1970, 1, 1).saturating_add(span)
    }

    /// Reads `2025-03-04`.
    ///
    /// # Errors
    /// `day.format` for anything else.
    pub fn parse(text: &str) -> Result<Day> {
        text.parse::<Date>().map(Day::of).map_err(|_| {
            let told =
                said("{text} is not a date; write it as 2025-03-04", &[("text", format_args!("{text:?}"))]);
            Problem::invalid("day", "day.format", told)
        })
    }

    /// Months since the year 0: neighbouring months differ by one.
    pub fn month(self) -> i32 {
        let date = self.date();
        i32::from(date.year()) * 12 + i32::from(date.month()) - 1
    }

    /// The first day of a month counted as by [`Day::month`].
    pub fn first_of_month(month: i32) -> Day {
        let year = i16::try_from(month.div_euclid(12)).unwrap_or(i16::MAX).clamp(-9999, 9999);
        let number = i8::try_from(month.rem_euclid(12) + 1).unwrap_or(1);
        Day::of(Date::constant(year, number, 1))
    }

    /// The day so many days later.
    pub fn plus(self, days: i32) -> Day {
        Day(self.0.saturating_add(days))
    }

    /// The moment that means this whole day.
    pub fn moment(self) -> Moment {
        Moment { micros: i64::from(self.0) * MICROS_PER_DAY, date_only: true }
    }
}

impl std::ops::Sub for Day {
    type Output = i32;

    fn sub(self, other: Day) -> i32 {
        self.0.saturating_sub(other.0)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.date())
    }
}

/// An instant in microseconds since 1970 UTC, or a whole day where the source tells no time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// Microseconds since 1970-01-01T00:00Z; for a whole day, its midnight written as if in UTC.
    pub micros: i64,
    /// The source told a day and no time: the day holds in every time zone.
    pub date_only: bool,
}

impl Moment {
    /// An instant.
    pub fn at(micros: i64) -> Moment {
        Moment { micros, date_only: false }
    }

    /// The calendar day in the given time zone (a whole day is that day everywhere).
    pub fn day(self, zone: &TimeZone) -> Day {
        if self.date_only || *zone == TimeZone::UTC {
            return Day(i32::try_from(self.micros.div_euclid(MICROS_PER_DAY)).unwrap_or(i32::MAX));
        }
        let instant = Timestamp::from_microsecond(self.micros).unwrap_or_default();
        Day::of(zone.to_datetime(instant).date())
    }

    /// ISO 8601: `2025-03-04` for a day, `2025-03-04T08:26:00Z` for an instant.
    pub fn iso(self) -> String {
        if self.date_only {
            return self.day(&TimeZone::UTC).to_string();
        }
        Timestamp::from_microsecond(self.micros).unwrap_or_default().to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_reads_and_writes_the_same_date() {
        for text in ["1970-01-01", "1999-12-31", "2024-02-29", "2025-03-04", "1900-01-01"] {
            assert_eq!(Day::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Day::parse("2025-03-01").unwrap() - Day::parse("2024-03-01").unwrap(), 365);
    }

    #[test]
    fn months_count_through_the_turn_of_the_year() {
        let (december, january) = (Day::parse("2024-12-31").unwrap(), Day::parse("2025-01-01").unwrap());
        assert_eq!(january.month() - december.month(), 1);
        assert_eq!(Day::first_of_month(january.month()), january);
    }

    #[test]
    fn a_late_evening_in_london_is_still_that_day_and_a_whole_day_is_everywhere() {
        let zone = TimeZone::get("Asia/Tokyo").unwrap();
        let evening = Moment::at("2025-03-04T20:00:00Z".parse::<Timestamp>().unwrap().as_microsecond());
        assert_eq!(evening.day(&TimeZone::UTC).to_string(), "2025-03-04");
        assert_eq!(evening.day(&zone).to_string(), "2025-03-05");
        assert_eq!(Day::parse("2025-03-04").unwrap().moment().day(&zone).to_string(), "2025-03-04");
    }
}
