//! Override: a person's ruling on what a relationship is, above the computation and beside it, until a day.

use kernel::{Day, Id, Kind, Problem, Result};
use speech::say;
use timeline::{AccountId, LineId};

use crate::{Class, phrase, word::words};

/// The id of an override.
pub type OverrideId = Id<OverrideKind>;

/// Marks ids of overrides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OverrideKind;

impl Kind for OverrideKind {
    const PREFIX: &'static str = "ovr";
    const NOUN: &'static str = "an override";
}

/// Days for which one counts where nobody names its last day: whoever knows better looks again within a year.
pub const DAYS: i32 = 365;

/// The classes that a person may set: everything a relationship can be. That the evidence is thin is no ruling.
pub const CLASSES: [Class; 4] = [Class::Client, Class::Customer, Class::Prospect, Class::Former];

words! {
    /// Where an override stands.
    Stage {
        /// It says what counts.
        InForce = "in force",
        /// Its last day is over.
        Expired = "expired",
        /// Somebody took it away.
        Withdrawn = "withdrawn",
    }
}

/// A ruling, as it is kept: never edited, only withdrawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// Its id.
    pub id: OverrideId,
    /// Whose relationship.
    pub account: AccountId,
    /// On which line.
    pub line: LineId,
    /// What it is said to be.
    pub class: Class,
    /// Why.
    pub reason: String,
    /// The number of the person who said so; 0 for the house.
    pub author: i64,
    /// The day on which it was said, by the clock.
    pub set_on: Day,
    /// The day for which the relationship was judged when it was said.
    pub as_of: Day,
    /// What the evidence said then.
    pub computed: Class,
    /// The last day on which it counts, by the clock.
    pub until: Day,
    /// By whom and why it was taken away, if it was.
    pub withdrawn: Option<Withdrawal>,
}

/// Taking an override away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawal {
    /// The day; from then on it does not count.
    pub on: Day,
    /// The number of the person; 0 for the house.
    pub by: i64,
    /// Why; may be blank.
    pub reason: String,
}

impl Override {
    /// Whether it says what counts on that day.
    pub fn counts_on(&self, day: Day) -> bool {
        let is_withdrawn = self.withdrawn.as_ref().is_some_and(|withdrawn| withdrawn.on <= day);
        self.set_on <= day && day <= self.until && !is_withdrawn
    }

    /// The same as it was known on that day: nothing for one that nobody had set by then.
    pub fn known_on(mut self, day: Day) -> Option<Override> {
        self.withdrawn = self.withdrawn.filter(|withdrawn| withdrawn.on <= day);
        (self.set_on <= day).then_some(self)
    }

    /// Where it stands today.
    pub fn stage(&self, today: Day) -> Stage {
        match self.withdrawn {
            Some(_) => Stage::Withdrawn,
            None if self.until < today => Stage::Expired,
            None => Stage::InForce,
        }
    }
}

/// The class that a person sets.
///
/// # Errors
/// `override.class` for a word that is no class that a person may set.
pub fn class(word: &str) -> Result<Class> {
    let found = Class::parse(word.trim()).filter(|class| CLASSES.contains(class));
    found.ok_or_else(|| {
        let text = say!("set a class by hand: {word:?} is none that a person may set; there are client, customer, prospect and former");
        Problem::invalid("class", "override.class", text)
    })
}

/// Letters of the longest reason.
const LONGEST: usize = 1_000;

/// Why a class is set, as it was said, in one line.
///
/// # Errors
/// `override.reason` for a blank one, or one that is too long to stand beside a class.
pub fn reason(text: &str, class: Class) -> Result<String> {
    let reason = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let why = match reason.chars().count() {
        0 => say!("say why; the reason is blank").into_owned(),
        n if LONGEST < n => say!("the reason has {n} letters; say it in {LONGEST}"),
        _ => return Ok(reason),
    };
    let text = say!("set the class to {} by hand: {why}", class.said());
    Err(Problem::invalid("reason", "override.reason", text))
}

/// The last day on which an override counts that is set today: as it was said, or in a year.
///
/// # Errors
/// `day.format` for what is no day, `override.until` for one that is over.
pub fn last_day(until: Option<&str>, today: Day) -> Result<Day> {
    let Some(text) = until.map(str::trim).filter(|text| !text.is_empty()) else {
        return Ok(today.plus(DAYS));
    };
    let until = Day::parse(text).map_err(|problem| Problem { field: Some("until".into()), ..problem })?;
    if until < today {
        let text = say!(
            "set a class by hand until {until}: that day is over, today is {today}; name today or a later day",
            until = phrase::plain_day(until),
            today = phrase::plain_day(today)
        );
        return Err(Problem::invalid("until", "override.until", text));
    }
    Ok(until)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn ruling() -> Override {
        Override {
            id: OverrideId::new(1),
            account: AccountId::new(1),
            line: LineId::new(1),
            class: Class::Client,
            reason: "they call before they decide".into(),
            author: 7,
            set_on: day("2025-03-04"),
            as_of: day("2025-02-28"),
            computed: Class::Customer,
            until: day("2025-06-30"),
            withdrawn: None,
        }
    }

    #[test]
    fn it_counts_from_the_day_it_is_set_through_its_last_day() {
        let ruling = ruling();
        for (on, counts) in
            [("2025-03-03", false), ("2025-03-04", true), ("2025-06-30", true), ("2025-07-01", false)]
        {
            assert_eq!(ruling.counts_on(day(on)), counts, "{on}");
        }
        assert_eq!(ruling.stage(day("2025-06-30")), Stage::InForce);
        assert_eq!(ruling.stage(day("2025-07-01")), Stage::Expired);
    }

    #[test]
    fn a_withdrawal_counts_from_its_day_and_is_not_known_before() {
        let withdrawn = Withdrawal { on: day("2025-04-01"), by: 8, reason: String::new() };
        let ruling = Override { withdrawn: Some(withdrawn), ..ruling() };
        assert!(ruling.counts_on(day("2025-03-31")) && !ruling.counts_on(day("2025-04-01")));
        let as_known = ruling.clone().known_on(day("2025-03-10")).unwrap();
        assert!(as_known.counts_on(day("2025-04-01")), "as known before it was withdrawn");
        assert_eq!(ruling.known_on(day("2025-03-03")), None);
    }

    #[test]
    fn only_a_class_and_a_day_to_come_are_taken() {
        assert_eq!(class(" client ").unwrap(), Class::Client);
        for word in ["not enough evidence", "", "friend"] {
            assert_eq!(class(word).unwrap_err().code, "override.class", "{word}");
        }
        let today = day("2025-03-04");
        assert_eq!(last_day(None, today).unwrap(), day("2026-03-04"));
        assert_eq!(last_day(Some("2025-03-04"), today).unwrap(), today);
        assert_eq!(last_day(Some("2025-03-03"), today).unwrap_err().code, "override.until");
        let wrong = last_day(Some("in May"), today).unwrap_err();
        assert_eq!((wrong.code, wrong.field.as_deref()), ("day.format", Some("until")));
    }
}
