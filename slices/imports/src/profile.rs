//! What the values of a column look like: how many are filled, what they are, in which order its dates stand.

use std::collections::HashSet;

use crate::{
    DateOrder, DecimalSign, date, number,
    record::shortened,
    values::{numeric, present, whole_of_float},
};

/// How many different values are kept to tell whether a column is a key.
const DISTINCT: usize = 100_000;

/// What is known of a column after some of its values.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// How many rows have a value.
    pub filled: u64,
    /// The first different values.
    pub samples: Vec<String>,
    /// Values looked at closely.
    pub examined: u64,
    /// Values that hold an email address.
    pub emails: u64,
    /// Values that are integers, written as such.
    pub integers: u64,
    /// Values that are floats of integers: `17850.0`.
    pub float_integers: u64,
    /// In which order its dates can be read.
    pub dates: DateVotes,
    /// With which decimal sign its numbers can be read.
    pub numbers: NumberVotes,
    distinct: HashSet<u64>,
}

/// In which order the dates of a column can be read.
#[derive(Clone, Debug, Default)]
pub struct DateVotes {
    /// Values looked at.
    pub seen: u64,
    /// Those whose year stands first, or whose month is a name.
    pub plain: u64,
    /// Those that are a date with the day first.
    pub day_first: u64,
    /// Those that are a date with the month first.
    pub month_first: u64,
    /// Those that are seconds since 1970 of this age.
    pub seconds: u64,
    /// Those that are milliseconds since 1970 of this age.
    pub millis: u64,
    /// Those with a time of day that is not midnight.
    pub timed: u64,
    /// Those with a time of day.
    pub clocked: u64,
    points: u64,
}

impl DateVotes {
    /// Looks at one more value.
    pub fn look(&mut self, text: &str) {
        self.seen += 1;
        let tried = [DateOrder::YearFirst, DateOrder::DayFirst, DateOrder::MonthFirst]
            .map(|order| date::parse(text, order));
        self.plain += u64::from(tried[0].is_ok());
        self.day_first += u64::from(tried[1].is_ok());
        self.month_first += u64::from(tried[2].is_ok());
        self.points += u64::from(text.contains('.') && tried[1].is_ok() && tried[0].is_err());
        match text.parse::<i64>() {
            Ok(600_000_000..=4_200_000_000) => self.seconds += 1,
            Ok(600_000_000_000..=4_200_000_000_000) => self.millis += 1,
            _ => (),
        }
        if let Some(written) = tried.into_iter().find_map(Result::ok) {
            self.clocked += u64::from(!written.date_only);
            self.timed += u64::from(!written.date_only && !written.is_midnight());
        }
    }

    /// The share of values that are dates, 0 to 100. Bare numbers count only if nothing else is there.
    pub fn share(&self) -> u64 {
        let best = self.plain.max(self.day_first).max(self.month_first);
        100 * best / self.seen.max(1)
    }

    /// The order decided from all values, and whether the values leave no other.
    pub fn order(&self) -> (DateOrder, bool) {
        let best = self.plain.max(self.day_first).max(self.month_first);
        if best < self.seconds {
            (DateOrder::EpochSeconds, true)
        } else if best < self.millis {
            (DateOrder::EpochMillis, true)
        } else if self.plain == best {
            (DateOrder::YearFirst, true)
        } else if self.month_first < self.day_first {
            (DateOrder::DayFirst, true)
        } else if self.day_first < self.month_first {
            (DateOrder::MonthFirst, true)
        } else {
            let has_points = 2 * self.points > self.day_first.saturating_sub(self.plain);
            if has_points { (DateOrder::DayFirst, true) } else { (DateOrder::Unsaid, false) }
        }
    }

    /// Nothing that comes later can change the order.
    pub fn is_decided(&self) -> bool {
        self.order().1 && self.timed > 0 && self.seen >= 1_000
    }

    /// All times are midnight: the column tells days.
    pub fn whole_days(&self) -> bool {
        self.clocked > 0 && self.timed == 0
    }
}

/// With which decimal sign the numbers of a column can be read.
#[derive(Clone, Debug, Default)]
pub struct NumberVotes {
    /// Values looked at.
    pub seen: u64,
    /// Those that are numbers with a point.
    pub point: u64,
    /// Those that are numbers with a comma.
    pub comma: u64,
    /// Those that read differently with either.
    pub torn: u64,
    /// Those below zero.
    pub negative: u64,
    /// Those above one that are no percentages.
    pub above_one: u64,
}

impl NumberVotes {
    /// Looks at one more value.
    pub fn look(&mut self, text: &str) {
        self.seen += 1;
        let (point, comma) =
            (number::parse(text, DecimalSign::Point), number::parse(text, DecimalSign::Comma));
        self.point += u64::from(point.is_ok());
        self.comma += u64::from(comma.is_ok());
        self.torn += u64::from(point.is_ok() && comma.is_ok() && point != comma);
        let value = point.or(comma);
        self.negative += u64::from(value.as_ref().is_ok_and(|value| *value < 0));
        self.above_one += u64::from(value.is_ok_and(|value| kernel::SCALE < value) && !text.contains('%'));
    }

    /// The share of values that are numbers, 0 to 100.
    pub fn share(&self) -> u64 {
        100 * self.point.max(self.comma) / self.seen.max(1)
    }

    /// The sign decided from all values, and whether the values leave no other.
    pub fn sign(&self) -> (DecimalSign, bool) {
        match self.point.cmp(&self.comma) {
            std::cmp::Ordering::Less => (DecimalSign::Comma, true),
            std::cmp::Ordering::Equal => (DecimalSign::Point, self.torn == 0),
            std::cmp::Ordering::Greater => (DecimalSign::Point, true),
        }
    }
}

impl Profile {
    /// Looks closely at one more cell.
    pub fn examine(&mut self, cell: &str) {
        let Some(text) = present(cell) else { return };
        self.examined += 1;
        self.emails += u64::from(is_email(text));
        self.dates.look(text);
        if numeric(text).is_some() {
            self.numbers.look(text);
        }
        if self.samples.len() < 3 && self.samples.iter().all(|sample| *sample != shortened(text)) {
            self.samples.push(shortened(text));
        }
        self.count(cell);
    }

    /// Takes one more cell in passing.
    pub fn count(&mut self, cell: &str) {
        let Some(text) = present(cell) else { return };
        self.filled += 1;
        if self.float_integers + 1 == self.filled && whole_of_float(text).is_some() {
            self.float_integers += 1;
        }
        if self.integers + 1 == self.filled && text.bytes().all(|byte| byte.is_ascii_digit()) {
            self.integers += 1;
        }
        if self.distinct.len() < DISTINCT {
            self.distinct.insert(crate::identity::column_key(text));
        }
    }

    /// All ids are written as floats of integers.
    pub fn is_float_ids(&self) -> bool {
        self.filled > 0 && self.float_integers == self.filled
    }

    /// Every value occurs once.
    pub fn is_unique(&self) -> bool {
        let looked = usize::try_from(self.filled).unwrap_or(usize::MAX).min(DISTINCT);
        looked > 20 && self.distinct.len() == looked
    }

    /// How many different values, as far as they are kept.
    pub fn distinct(&self) -> u64 {
        u64::try_from(self.distinct.len()).unwrap_or(u64::MAX)
    }

    /// Every row has a value, and none stands twice.
    pub fn is_key(&self) -> bool {
        let looked = usize::try_from(self.filled).unwrap_or(usize::MAX).min(DISTINCT);
        1 < looked && self.distinct.len() == looked
    }

    /// The share of values that hold an email address, 0 to 100.
    pub fn email_share(&self) -> u64 {
        100 * self.emails / self.examined.max(1)
    }
}

/// Whether a text is an email address, roughly.
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    !local.is_empty() && domain.contains('.') && !text.contains(' ') && !domain.contains('@')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn votes(values: &[&str]) -> DateVotes {
        let mut votes = DateVotes::default();
        values.iter().for_each(|value| votes.look(value));
        votes
    }

    #[test]
    fn the_order_of_dates_is_decided_by_all_values() {
        assert_eq!(votes(&["01/02/2014", "03/04/2014", "31/12/2012"]).order(), (DateOrder::DayFirst, true));
        assert_eq!(votes(&["1/2/2014", "12/31/2012"]).order(), (DateOrder::MonthFirst, true));
        assert_eq!(votes(&["1/2/2014", "3/4/2012"]).order(), (DateOrder::Unsaid, false));
        assert_eq!(votes(&["01.02.2014", "03.04.2012"]).order(), (DateOrder::DayFirst, true));
        assert_eq!(votes(&["2014-02-01", "09-Mar-11"]).order(), (DateOrder::YearFirst, true));
        assert_eq!(votes(&["1414770317"]).order(), (DateOrder::EpochSeconds, true));
        assert!(votes(&["2014-02-01 00:00:00", "2014-02-02 00:00"]).whole_days());
    }

    #[test]
    fn the_decimal_sign_is_decided_by_all_values() {
        let sign = |values: &[&str]| {
            let mut votes = NumberVotes::default();
            values.iter().for_each(|value| votes.look(value));
            votes.sign()
        };
        assert_eq!(sign(&["1.234", "20,0"]), (DecimalSign::Comma, true));
        assert_eq!(sign(&["1,234", "20.5"]), (DecimalSign::Point, true));
        assert_eq!(sign(&["6", "7"]), (DecimalSign::Point, true));
        assert_eq!(sign(&["1.234", "5.678"]), (DecimalSign::Point, false));
    }
}
