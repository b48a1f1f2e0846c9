//! Calendar days, counted, so that raw transactions can be summarised without
//! a clock.
//!
//! Transactions carry dates; the models want lengths. The calendar needed for
//! that fits in two short functions (days from civil date and back, after
//! Howard Hinnant's description), so this crate needs no library of time, no
//! time zone and no clock. Which day a moment belongs to is for the caller to
//! say.

use std::fmt;

use crate::Unit;

/// A day, counted from 1970-01-01.
///
/// ```
/// use btyd::Day;
/// let start = Day::parse("1997-01-01").unwrap();
/// assert_eq!(Day::of(1997, 9, 30).unwrap().number() - start.number(), 272);
/// assert!(Day::parse("1997-02-29").is_none());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i64);

impl Day {
    /// The day with this number; day zero is 1970-01-01.
    pub fn numbered(number: i64) -> Day {
        // A hundred thousand years either way keeps every difference exact.
        Day(number.clamp(-36_525_000, 36_525_000))
    }

    /// The day of a date in the proleptic Gregorian calendar, `None` if there
    /// is no such date.
    pub fn of(year: i64, month: u32, day: u32) -> Option<Day> {
        if !(-100_000..=100_000).contains(&year) || !(1..=12).contains(&month) || day == 0 {
            return None;
        }
        let found = Day::numbered(days_from_civil(year, i64::from(month), i64::from(day)));
        (found.date() == (year, month, day)).then_some(found)
    }

    /// From `2024-03-31` or `20240331`; anything after the day (a time) is
    /// ignored.
    ///
    /// ```
    /// use btyd::Day;
    /// assert_eq!(Day::parse("20240229"), Day::of(2024, 2, 29));
    /// assert_eq!(Day::parse("2024-02-29T23:59:00"), Day::of(2024, 2, 29));
    /// assert_eq!(Day::parse("2023-02-29"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Day> {
        let dashed = text.get(4..5) == Some("-") && text.get(7..8) == Some("-");
        let places = if dashed { [0..4, 5..7, 8..10] } else { [0..4, 4..6, 6..8] };
        let [year, month, day] =
            places.map(|place| text.get(place).filter(|p| p.bytes().all(|b| b.is_ascii_digit())));
        Day::of(year?.parse().ok()?, month?.parse().ok()?, day?.parse().ok()?)
    }

    /// Days since 1970-01-01.
    pub fn number(self) -> i64 {
        self.0
    }

    /// Year, month and day.
    pub fn date(self) -> (i64, u32, u32) {
        civil_from_days(self.0)
    }

    /// The number of the calendar period the day falls in: its day, its week
    /// from Monday to Sunday, its month, its year.
    ///
    /// ```
    /// use btyd::{Day, Unit};
    /// let (sunday, monday) = (Day::of(2024, 3, 31).unwrap(), Day::of(2024, 4, 1).unwrap());
    /// assert_eq!(monday.period(Unit::Week) - sunday.period(Unit::Week), 1);
    /// assert_eq!(monday.period(Unit::Month) - sunday.period(Unit::Month), 1);
    /// ```
    pub fn period(self, unit: Unit) -> i64 {
        let (year, month, _) = self.date();
        match unit {
            Unit::Day => self.0,
            // Day zero was a Thursday.
            Unit::Week => (self.0 + 3).div_euclid(7),
            Unit::Month => year * 12 + i64::from(month) - 1,
            Unit::Year => year,
        }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.date();
        write!(out, "{year:04}-{month:02}-{day:02}")
    }
}

/// Days from civil date, counting years from March so that leap days come
/// last.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The date of a day number, the inverse of the above.
fn civil_from_days(number: i64) -> (i64, u32, u32) {
    let shifted = number + 719_468;
    let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (era * 400 + year + i64::from(month <= 2), month as u32, day as u32)
}
