//! A business calendar: which days count as business days in a country, as its users wrote it down.

use std::collections::BTreeMap;

use jiff::civil::Weekday;
use kernel::{Day, Problem, Result};
use speech::say;

/// A business calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// Its name, a country code as a rule; empty for the plain one.
    pub name: String,
    /// The days of the week on which nobody works, Monday first.
    pub weekend: [bool; 7],
    /// Holidays with their names.
    pub holidays: BTreeMap<Day, String>,
}

const WORDS: [(&str, Weekday); 7] = [
    ("mon", Weekday::Monday),
    ("tue", Weekday::Tuesday),
    ("wed", Weekday::Wednesday),
    ("thu", Weekday::Thursday),
    ("fri", Weekday::Friday),
    ("sat", Weekday::Saturday),
    ("sun", Weekday::Sunday),
];

impl Calendar {
    /// Saturday and Sunday off, and no holidays: what holds where nobody named a calendar.
    pub fn plain() -> Calendar {
        let weekend = [false, false, false, false, false, true, true];
        Calendar { name: String::new(), weekend, holidays: BTreeMap::new() }
    }

    /// Reads a weekend: "sat,sun", "fri,sat", or empty for none.
    ///
    /// # Errors
    /// `contracts.weekend` for other words, and for a week without a business day.
    pub fn weekend(text: &str) -> Result<[bool; 7]> {
        let mut weekend = [false; 7];
        for word in text.split(',').map(str::trim).filter(|word| !word.is_empty()) {
            let place = WORDS.iter().position(|(known, _)| *known == word.to_lowercase());
            let Some(place) = place else {
                let text = say!("read a weekend: {word:?} is no day of the week; write mon, tue, … or sun");
                return Err(Problem::invalid("weekend", "contracts.weekend", text));
            };
            weekend[place] = true;
        }
        if weekend.iter().all(|off| *off) {
            let text = say!("read a weekend: all seven days are off; leave out those on which you work");
            return Err(Problem::invalid("weekend", "contracts.weekend", text));
        }
        Ok(weekend)
    }

    /// The weekend as [`Calendar::weekend`] reads it.
    pub fn weekend_text(&self) -> String {
        let off = WORDS.iter().zip(self.weekend).filter(|(_, off)| *off);
        off.map(|((word, _), _)| *word).collect::<Vec<_>>().join(",")
    }

    /// Whether it is a business day.
    pub fn is_business(&self, day: Day) -> bool {
        let place = usize::try_from(day.date().weekday().to_monday_zero_offset()).unwrap_or(0);
        !self.weekend[place] && !self.holidays.contains_key(&day)
    }

    /// The day itself if it is a business day, else the last one before it. A year without one gives the day up.
    pub fn back_to_business(&self, day: Day) -> Day {
        (0..=366).map(|back| day.plus(-back)).find(|day| self.is_business(*day)).unwrap_or(day)
    }

    /// The n-th business day after a day.
    pub fn business_days_after(&self, day: Day, count: i32) -> Day {
        self.walk(day, count, 1)
    }

    /// The latest day after which, up to and with `last`, there are `count` business days.
    pub fn business_days_before(&self, last: Day, count: i32) -> Day {
        match count {
            0 => last,
            // One day before the first of them.
            _ => {
                let start = if self.is_business(last) { count - 1 } else { count };
                self.walk(last, start, -1).plus(-1)
            }
        }
    }

    fn walk(&self, day: Day, count: i32, step: i32) -> Day {
        let (mut day, mut left, mut steps) = (day, count.min(20_000), 0);
        // A calendar full of holidays must not hold anybody up for ever.
        while 0 < left && steps < 200_000 {
            day = day.plus(step);
            steps += 1;
            left -= i32::from(self.is_business(day));
        }
        day
    }
}
