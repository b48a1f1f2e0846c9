//! The last safe day against an independent count, day by day: month ends, leap years, business days, time zones.

use std::collections::BTreeMap;

use contracts::{
    Agreement,
    calendar::Calendar,
    deadline::{Act, Around, deadlines, whole_day_at},
    parts::Clause,
    period::{Period, Unit},
    words::{ClauseKind, CountTo, Renewal, TermType, Who},
    written::On,
};
use jiff::{civil::Date, tz::TimeZone};
use kernel::Day;
use proptest::prelude::*;

/// The days of a month, counted on the knuckles.
fn length(year: i16, month: i8) -> i8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// The end of a period of months that begins after that day: the day of the same number, or the last of the month.
fn months_later(day: Day, months: i16) -> Day {
    let date = day.date();
    let (mut year, mut month) = (date.year(), date.month());
    for _ in 0..months {
        (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    }
    Day::of(Date::new(year, month, date.day().min(length(year, month))).unwrap())
}

fn is_off(calendar: &Calendar, day: Day) -> bool {
    let weekday = day.date().strftime("%a").to_string();
    let place = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].iter().position(|name| *name == weekday);
    calendar.weekend[place.unwrap()] || calendar.holidays.contains_key(&day)
}

/// The last day of a period of notice that begins on the day after it arrives.
fn over(calendar: &Calendar, arrives: Day, period: Period) -> Day {
    let count = i16::try_from(period.count).unwrap();
    match period.unit {
        Unit::Day => (0..count).fold(arrives, |day, _| day.plus(1)),
        Unit::Week => (0..7 * count).fold(arrives, |day, _| day.plus(1)),
        Unit::Month => months_later(arrives, count),
        Unit::Quarter => months_later(arrives, 3 * count),
        Unit::Year => months_later(arrives, 12 * count),
        Unit::BusinessDay => {
            let (mut day, mut left) = (arrives, count);
            while 0 < left {
                day = day.plus(1);
                left -= i16::from(!is_off(calendar, day));
            }
            day
        }
    }
}

/// When a day is over in a zone.
fn midnight(day: Day, zone: &TimeZone) -> i64 {
    let next = day.plus(1).date().at(0, 0, 0, 0);
    zone.to_timestamp(next).unwrap().as_microsecond()
}

/// The last safe day to send a notice that ends it with `last`, found by trying every day before it.
fn by_hand(clause: &Clause, last: Day, around: &Around<'_>, who: Who) -> Day {
    let calendar = around.calendar;
    let counts = |day: &Day| !is_off(calendar, *day) && over(calendar, *day, clause.period) <= last;
    let arrives = (0..6_000).map(|back| last.plus(-back)).find(counts).unwrap();
    let mut sent = arrives;
    let mut way = clause.delivery.unwrap_or(0);
    while 0 < way {
        sent = sent.plus(-1);
        way -= u8::from(!is_off(calendar, sent));
    }
    if who == Who::Them {
        return sent;
    }
    let limit = midnight(sent, around.zone);
    let in_time = |day: &Day| midnight(*day, around.ours) <= limit;
    let at_home = (0..5).map(|back| sent.plus(-back)).find(in_time).unwrap();
    (0..400).map(|back| at_home.plus(-back)).find(|day| !is_off(calendar, *day)).unwrap()
}

fn any_day() -> impl Strategy<Value = Day> {
    // 1999 to 2041, with the last days of months drawn far more often than they come.
    (10_600i32..26_000, 0u8..4).prop_map(|(day, kind)| {
        let day = Day(day);
        let date = day.date();
        match kind {
            0 => Day::of(Date::new(date.year(), date.month(), length(date.year(), date.month())).unwrap()),
            1 => Day::of(Date::new(date.year(), 2, length(date.year(), 2)).unwrap()),
            _ => day,
        }
    })
}

fn any_period() -> impl Strategy<Value = Period> {
    let unit = prop_oneof![
        Just(Unit::Day),
        Just(Unit::BusinessDay),
        Just(Unit::Week),
        Just(Unit::Month),
        Just(Unit::Quarter),
        Just(Unit::Year)
    ];
    (1u16..100, unit).prop_map(|(count, unit)| match unit {
        Unit::Year => Period::new(1 + count % 3, unit),
        Unit::Quarter => Period::new(1 + count % 6, unit),
        Unit::Month => Period::new(1 + count % 18, unit),
        Unit::Week => Period::new(1 + count % 26, unit),
        _ => Period::new(count, unit),
    })
}

fn any_calendar() -> impl Strategy<Value = Calendar> {
    let weekend = prop_oneof![Just("sat,sun"), Just("fri,sat"), Just("sun"), Just("")];
    (weekend, prop::collection::vec(10_000i32..27_000, 0..400)).prop_map(|(weekend, days)| {
        let holidays: BTreeMap<_, _> = days.into_iter().map(|day| (Day(day), "holiday".to_owned())).collect();
        Calendar { name: "XX".into(), weekend: Calendar::weekend(weekend).unwrap(), holidays }
    })
}

fn any_zone() -> impl Strategy<Value = TimeZone> {
    let names = [
        "UTC",
        "Europe/Brussels",
        "America/New_York",
        "Asia/Tokyo",
        "Pacific/Auckland",
        "America/Sao_Paulo",
        "Australia/Lord_Howe",
    ];
    prop::sample::select(names.to_vec()).prop_map(|name| TimeZone::get(name).unwrap())
}

fn any_clause() -> impl Strategy<Value = Clause> {
    (any_period(), prop::option::of(0u8..6)).prop_map(|(period, delivery)| Clause {
        kind: ClauseKind::Notice,
        who: Who::Both,
        period,
        to: None,
        form: None,
        delivery,
        text: None,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn the_last_safe_day_of_a_fixed_term_is_the_one_found_by_trying_every_day(
        last in any_day(), clause in any_clause(), calendar in any_calendar(), zone in any_zone(), ours in any_zone(),
    ) {
        let terms = Agreement {
            start: Some(On(Day(0))),
            last_day: Some(On(last)),
            renewal: Some(Renewal::Auto),
            clauses: Some(vec![clause.clone()]),
            ..Agreement::default()
        };
        let around = Around { calendar: &calendar, zone: &zone, ours: &ours };
        // From so early that no day is missed.
        let found = deadlines(&terms, last.plus(-6_000), &around);
        for who in [Who::Us, Who::Them] {
            let one = found.iter().find(|one| one.who == who && one.act == Act::Notice).unwrap();
            prop_assert_eq!(one.act_by, Some(by_hand(&clause, last, &around, who)), "{:?} {:?}", who, one.reasons);
            prop_assert_eq!(one.ends, Some(last));
        }
    }

    #[test]
    fn an_open_ended_one_ends_with_the_first_month_quarter_or_year_that_a_notice_still_reaches(
        today in any_day(), clause in any_clause(), calendar in any_calendar(), step in prop::sample::select(vec![1i8, 3, 12]),
    ) {
        let to = match step { 1 => CountTo::Month, 3 => CountTo::Quarter, _ => CountTo::Year };
        let clause = Clause { to: Some(to), ..clause };
        let terms = Agreement {
            start: Some(On(Day(0))),
            term: Some(TermType::OpenEnded),
            clauses: Some(vec![clause.clone()]),
            ..Agreement::default()
        };
        let around = Around { calendar: &calendar, zone: &TimeZone::UTC, ours: &TimeZone::UTC };
        let (mut year, mut month) = (today.date().year(), today.date().month());
        let expected = loop {
            let last = Day::of(Date::new(year, month, length(year, month)).unwrap());
            if month % step == 0 {
                let safe = by_hand(&clause, last, &around, Who::Us);
                if today <= safe {
                    break (safe, last);
                }
            }
            (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
        };
        let found = deadlines(&terms, today, &around);
        prop_assert_eq!((found[0].act_by, found[0].ends), (Some(expected.0), Some(expected.1)));
    }

    #[test]
    fn a_day_that_is_over_here_is_over_there(day in any_day(), there in any_zone(), here in any_zone()) {
        let safe = whole_day_at(day, &there, &here);
        prop_assert!(midnight(safe, &here) <= midnight(day, &there));
        prop_assert!(safe == day || midnight(day, &there) < midnight(safe.plus(1), &here));
    }

    #[test]
    fn no_agreement_makes_it_fall_over(
        start in any_day(), last in any_day(), clause in any_clause(), today in any_day(), renewal in 0u8..3, open in any::<bool>(),
    ) {
        let terms = Agreement {
            start: Some(On(start)),
            last_day: Some(On(last)),
            term: open.then_some(TermType::OpenEnded),
            renewal: [None, Some(Renewal::Manual), Some(Renewal::Auto)][usize::from(renewal)],
            clauses: Some(vec![Clause { kind: ClauseKind::Withdrawal, ..clause.clone() }, clause]),
            ..Agreement::default()
        };
        let calendar = Calendar::plain();
        let around = Around { calendar: &calendar, zone: &TimeZone::UTC, ours: &TimeZone::UTC };
        for one in deadlines(&terms, today, &around) {
            prop_assert!(one.act_by.is_none_or(|day| today <= day), "nobody is told to act in the past");
            prop_assert!(!one.reasons.is_empty());
        }
    }
}
