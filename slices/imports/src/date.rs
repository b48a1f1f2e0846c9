//! Dates as files write them, read in the order decided for their column.

use jiff::{civil::DateTime, tz::TimeZone};
use kernel::Moment;

use crate::DateOrder;

const MICROS: i64 = 1_000_000;
const DAY: i64 = 86_400 * MICROS;

/// A date as a file writes it, before its time zone is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// Microseconds since 1970 by the clock on the wall of whoever wrote it.
    pub local: i64,
    /// No time of day stands there.
    pub date_only: bool,
    /// How far that clock is ahead of UTC in seconds, where the cell says.
    pub offset: Option<i32>,
}

impl Written {
    /// Whether it lies in a year that an order can be of: 1900 to 2099. What lies outside is a slip of the pen
    /// (0024, 2204) or another column.
    pub fn is_plausible(self) -> bool {
        /// 1 January 1900 and 2100, in days since 1970.
        const FIRST: i64 = -25_567;
        const PAST: i64 = 47_482;
        (FIRST * DAY..PAST * DAY).contains(&self.local)
    }

    /// The moment it means, for a file written in `zone`.
    pub fn moment(self, zone: &TimeZone) -> Moment {
        if self.date_only {
            return Moment { micros: self.local, date_only: true };
        }
        if let Some(offset) = self.offset {
            return Moment::at(self.local - i64::from(offset) * MICROS);
        }
        if *zone == TimeZone::UTC {
            return Moment::at(self.local);
        }
        let wall = jiff::Timestamp::from_microsecond(self.local)
            .map_or(DateTime::default(), |instant| TimeZone::UTC.to_datetime(instant));
        let instant = zone.to_ambiguous_timestamp(wall).compatible();
        Moment::at(instant.map_or(self.local, |instant| instant.as_microsecond()))
    }

    /// Microseconds since 1970 by which two ways of writing the same moment are equal.
    pub(crate) fn instant(self) -> i64 {
        self.local - i64::from(self.offset.unwrap_or(0)) * MICROS
    }

    /// Midnight, which may stand for a whole day.
    pub fn is_midnight(self) -> bool {
        self.local.rem_euclid(DAY) == 0
    }
}

/// Reads a date in that order. A year of four digits in the first place is read whatever the order.
///
/// # Errors
/// A fragment that says what is wrong with it.
pub fn parse(text: &str, order: DateOrder) -> Result<Written, &'static str> {
    if let Some(written) = plain(text.as_bytes()) {
        return Ok(written);
    }
    match order {
        DateOrder::EpochSeconds => epoch(text, MICROS),
        DateOrder::EpochMillis => epoch(text, 1_000),
        _ => loose(text.trim(), order),
    }
}

/// The number of the month of that name, in English or German, long or short.
pub fn month(word: &str) -> Option<u8> {
    const NAMES: [&str; 18] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mär", "mrz",
        "mai", "okt", "dez", "jän",
    ];
    const MONTHS: [u8; 18] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 3, 3, 5, 10, 12, 1];
    let mut start = [0u8; 12];
    let mut length = 0;
    for letter in word.chars().take(3) {
        let lower = letter.to_lowercase().next().unwrap_or(letter);
        length += lower.encode_utf8(&mut start[length..]).len();
    }
    let whole = word.trim_end_matches('.').chars().all(char::is_alphabetic);
    let at = NAMES.iter().position(|name| name.as_bytes() == &start[..length])?;
    whole.then_some(MONTHS[at])
}

/// `2010-12-01` and `2010-12-01 08:26:00`, without detours: most files write these.
fn plain(bytes: &[u8]) -> Option<Written> {
    let number = |from: usize, to: usize| {
        bytes[from..to]
            .iter()
            .try_fold(0i64, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + i64::from(byte - b'0')))
    };
    if !matches!(bytes.len(), 10 | 19) || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let day = days(number(0, 4)?, number(5, 7)?, number(8, 10)?)? * DAY;
    if bytes.len() == 10 {
        return Some(Written { local: day, date_only: true, offset: None });
    }
    if !matches!(bytes[10], b' ' | b'T') || bytes[13] != b':' || bytes[16] != b':' {
        return None;
    }
    let time = clock(number(11, 13)?, number(14, 16)?, number(17, 19)?)?;
    Some(Written { local: day + time, date_only: false, offset: None })
}

fn epoch(text: &str, scale: i64) -> Result<Written, &'static str> {
    let count: i64 = text.trim().parse().map_err(|_| "is no number of seconds since 1970")?;
    let local = count.checked_mul(scale).filter(|micros| (0..253_402_300_800 * MICROS).contains(micros));
    let local = local.ok_or("is no number of seconds since 1970 in this age")?;
    Ok(Written { local, date_only: false, offset: Some(0) })
}

/// Everything else: three parts of a date, then perhaps a time, then perhaps a zone.
fn loose(text: &str, order: DateOrder) -> Result<Written, &'static str> {
    const NO_DATE: &str = "is no date with day, month and year";
    let (text, _) = split_weekday(text);
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let number = |range: std::ops::Range<usize>| text[range].parse::<i64>().unwrap_or(0);
        let day = days(number(0..4), number(4..6), number(6..8)).ok_or("is no day of the calendar")?;
        return Ok(Written { local: day * DAY, date_only: true, offset: None });
    }
    let (first, rest) = part(text).ok_or(NO_DATE)?;
    let (second, rest) = part(rest).ok_or(NO_DATE)?;
    let (third, rest) = part(rest).ok_or(NO_DATE)?;
    let (year, month, day) = ordered([first, second, third], order).ok_or(NO_DATE)?;
    let day = days(year, month, day)
        .ok_or("is no day of the calendar, or day and month stand the other way round")?;
    let rest = rest.trim_start_matches(['T', 't', ',', ' ']);
    if rest.is_empty() {
        return Ok(Written { local: day * DAY, date_only: true, offset: None });
    }
    let (time, offset) = time(rest).ok_or("has something after its day that is no time of day")?;
    Ok(Written { local: day * DAY + time, date_only: false, offset })
}

/// `Fri, ` before a date.
fn split_weekday(text: &str) -> (&str, bool) {
    let word = text.find(|letter: char| !letter.is_alphabetic()).map_or(text, |end| &text[..end]);
    let day = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let found = 3 <= word.len() && day.iter().any(|day| word[..].to_ascii_lowercase().starts_with(day));
    if found { (text[word.len()..].trim_start_matches([',', '.', ' ']), true) } else { (text, false) }
}

/// A part of a date: its number, how many digits it has, whether it is a month by name.
type Part = (i64, usize, bool);

/// Takes the next part of a date and the separator after it.
fn part(text: &str) -> Option<(Part, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (found, rest) = if digits > 0 {
        ((text[..digits].parse().ok()?, digits, false), &text[digits..])
    } else {
        let end = text.find(|letter: char| !letter.is_alphabetic()).unwrap_or(text.len());
        ((i64::from(month(&text[..end])?), 0, true), &text[end..])
    };
    let after = rest.trim_start_matches(['-', '/', '.', ' ', ',', '\'']);
    let joined = after.len() == rest.len() && !rest.is_empty() && !rest.starts_with(['T', 't']);
    (!joined).then_some((found, after))
}

/// Year, month and day of three parts.
fn ordered(parts: [Part; 3], order: DateOrder) -> Option<(i64, i64, i64)> {
    let [first, second, third] = parts;
    let (year, month, day) = match (first.2, second.2, third.2) {
        (false, false, false) if first.1 == 4 => (first, second, third),
        (false, true, false) if first.1 == 4 => (first, second, third),
        (false, true, false) => (third, second, first),
        (true, false, false) => (third, first, second),
        (false, false, false) => match order {
            DateOrder::DayFirst | DateOrder::Unsaid => (third, second, first),
            DateOrder::MonthFirst => (third, first, second),
            _ => return None,
        },
        _ => return None,
    };
    let year = match year {
        (number, 4, _) => number,
        (number, 2, _) if number < 70 => 2000 + number,
        (number, 2, _) => 1900 + number,
        _ => return None,
    };
    (month.1 <= 2 && day.1 <= 2).then_some((year, month.0, day.0))
}

/// `8:26`, `08:26:00.123`, `3:04 PM`, `11:15 UTC`, `23:59:59-0500`: microseconds and the offset.
fn time(text: &str) -> Option<(i64, Option<i32>)> {
    let end = text.find(|letter: char| !letter.is_ascii_digit() && letter != ':').unwrap_or(text.len());
    let mut parts = text[..end].split(':');
    let mut next =
        || parts.next().filter(|part| matches!(part.len(), 1 | 2)).and_then(|part| part.parse::<i64>().ok());
    let (hour, minute) = (next()?, next()?);
    let second = next().unwrap_or(0);
    let mut rest = &text[end..];
    let mut fraction = 0;
    if let Some(digits) = rest.strip_prefix(['.', ',']) {
        let length = digits.bytes().take_while(u8::is_ascii_digit).count();
        let padded: String = digits[..length].chars().chain("000000".chars()).take(6).collect();
        fraction = padded.parse().ok()?;
        rest = &digits[length..];
    }
    let rest = rest.trim();
    let half = rest.get(..2).unwrap_or_default().to_ascii_lowercase();
    let (hour, rest) = match half.as_str() {
        "pm" if (1..=12).contains(&hour) => (hour % 12 + 12, rest[2..].trim()),
        "am" if (1..=12).contains(&hour) => (hour % 12, rest[2..].trim()),
        _ => (hour, rest),
    };
    let offset = if rest.is_empty() { None } else { Some(offset(rest)?) };
    Some((clock(hour, minute, second)? + fraction, offset))
}

/// `Z`, `UTC`, `+01:00`, `-0500`, `+2`: seconds ahead of UTC.
fn offset(text: &str) -> Option<i32> {
    if ["Z", "UTC", "GMT"].iter().any(|word| text.eq_ignore_ascii_case(word)) {
        return Some(0);
    }
    let text = text.strip_prefix("UTC").or_else(|| text.strip_prefix("GMT")).unwrap_or(text);
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits: String = text[1..].chars().filter(|letter| *letter != ':').collect();
    let known = matches!(digits.len(), 1 | 2 | 4) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let (hours, minutes) = digits.split_at(if known { digits.len().min(2) } else { return None });
    let minutes: i32 = if minutes.is_empty() { 0 } else { minutes.parse().ok()? };
    let seconds = hours.parse::<i32>().ok()? * 3600 + minutes * 60;
    (seconds <= 15 * 3600).then_some(sign * seconds)
}

fn clock(hour: i64, minute: i64, second: i64) -> Option<i64> {
    (hour < 24 && minute < 60 && second <= 60).then(|| (hour * 3600 + minute * 60 + second.min(59)) * MICROS)
}

/// Days since 1970 of a day of the calendar.
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    const LENGTHS: [i64; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    if !(1..=9999).contains(&year) || !(1..=12).contains(&month) {
        return None;
    }
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = LENGTHS[usize::try_from(month - 1).ok()?] + i64::from(leap && month == 2);
    if !(1..=length).contains(&day) {
        return None;
    }
    let shifted = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (shifted / 400, shifted % 400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn iso(text: &str, order: DateOrder) -> String {
        parse(text, order).map_or_else(str::to_owned, |written| written.moment(&TimeZone::UTC).iso())
    }

    #[test]
    fn the_forms_of_real_exports_are_read_in_the_order_of_their_column() {
        for (text, order, expected) in [
            ("2010-12-01 08:26:00", DateOrder::YearFirst, "2010-12-01T08:26:00Z"),
            ("2023-07-27", DateOrder::DayFirst, "2023-07-27"),
            ("2023-07-28T03:00:00Z", DateOrder::YearFirst, "2023-07-28T03:00:00Z"),
            ("2023-07-28T03:00:00.123+02:00", DateOrder::YearFirst, "2023-07-28T01:00:00.123Z"),
            ("2023-07-28 03:00:00 UTC", DateOrder::YearFirst, "2023-07-28T03:00:00Z"),
            ("2023-07-28 03:00:00 -0500", DateOrder::YearFirst, "2023-07-28T08:00:00Z"),
            ("2023-07-28 03:00:00 -10:00", DateOrder::YearFirst, "2023-07-28T13:00:00Z"),
            ("12/1/2010 8:26", DateOrder::MonthFirst, "2010-12-01T08:26:00Z"),
            ("1/12/2010 8:26", DateOrder::DayFirst, "2010-12-01T08:26:00Z"),
            ("12/1/10", DateOrder::MonthFirst, "2010-12-01"),
            ("09-Mar-11", DateOrder::YearFirst, "2011-03-09"),
            ("24 October 2011", DateOrder::YearFirst, "2011-10-24"),
            ("Oct 24, 2011 3:04 PM", DateOrder::YearFirst, "2011-10-24T15:04:00Z"),
            ("08.03.2019", DateOrder::DayFirst, "2019-03-08"),
            ("12-04-2022 09:30", DateOrder::DayFirst, "2022-04-12T09:30:00Z"),
            ("20140102", DateOrder::YearFirst, "2014-01-02"),
            ("1414770317", DateOrder::EpochSeconds, "2014-10-31T15:45:17Z"),
            ("1414770317901", DateOrder::EpochMillis, "2014-10-31T15:45:17.901Z"),
        ] {
            assert_eq!(iso(text, order), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused_with_a_reason() {
        for text in [
            "oct",
            "2013-07",
            "31.02.2020",
            "Q3 2019",
            "4",
            "",
            "yesterday",
            "13/13/2020",
            "1/2/3",
            "é1/2/2020",
        ] {
            assert!(parse(text, DateOrder::DayFirst).is_err(), "{text}");
        }
        assert!(parse("3/4/2025", DateOrder::YearFirst).is_err(), "an order must have been decided");
    }

    #[test]
    fn a_wall_clock_in_london_is_an_hour_ahead_in_summer() {
        let zone = TimeZone::get("Europe/London").unwrap();
        let moment = parse("2011-07-01 08:26:00", DateOrder::YearFirst).unwrap().moment(&zone);
        assert_eq!(moment.iso(), "2011-07-01T07:26:00Z");
    }
}
