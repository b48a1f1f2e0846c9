//! Dates and times for people, each with its machine value.

use jiff::{Timestamp, tz::TimeZone};
use kernel::{Day, Moment};
use maud::Markup;
use speech::{html, say};

/// `14 Oct` this year, `8 Mar 2019` in another: for lists.
pub fn short(day: Day, today: Day) -> Markup {
    machine(&day.to_string(), &short_text(day, today))
}

/// `14 October 2025`: for sentences.
pub fn long(day: Day) -> Markup {
    machine(&day.to_string(), &long_text(day))
}

/// `Thu 16 Oct`: when something is due.
pub fn due(day: Day, today: Day) -> Markup {
    machine(&day.to_string(), &speech::due_day(day, today))
}

/// `14 Oct, 09:20` in the business's time zone; a whole day has no time.
pub fn moment(at: Moment, zone: &TimeZone, today: Day) -> Markup {
    let day = short_text(at.day(zone), today);
    if at.date_only {
        return machine(&at.iso(), &day);
    }
    machine(&at.iso(), &format!("{day}, {}", clock(at, zone)))
}

/// `1 day late`, `today`, `in 3 days`.
pub fn distance(day: Day, today: Day) -> String {
    match i64::from(today - day) {
        0 => say!("today").into_owned(),
        late if 0 < late => say!("{n} day late" | "{n} days late" % late),
        early => say!("in {n} day" | "in {n} days" % -early),
    }
}

/// `Tuesday 14 October` where only text may stand.
pub fn weekday_text(day: Day) -> String {
    speech::weekday(day)
}

/// `14 October 2025` where only text may stand.
pub fn long_text(day: Day) -> String {
    speech::long_day(day)
}

/// `14 Oct` or `8 Mar 2019` where only text may stand.
pub fn short_text(day: Day, today: Day) -> String {
    speech::short_day(day, today)
}

/// `09:20` in the business's time zone.
pub fn clock(at: Moment, zone: &TimeZone) -> String {
    let instant = Timestamp::from_microsecond(at.micros).unwrap_or_default();
    zone.to_datetime(instant).strftime("%H:%M").to_string()
}

fn machine(value: &str, text: &str) -> Markup {
    html! { time datetime=(value) { (text) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn a_date_is_short_in_lists_and_whole_in_sentences() {
        let today = day("2025-10-14");
        let shown = [
            short(day("2025-10-06"), today),
            short(day("2019-03-08"), today),
            long(day("2025-10-14")),
            due(day("2025-10-16"), today),
        ]
        .map(Markup::into_string);
        assert_eq!(
            shown,
            [
                r#"<time datetime="2025-10-06">6 Oct</time>"#,
                r#"<time datetime="2019-03-08">8 Mar 2019</time>"#,
                r#"<time datetime="2025-10-14">14 October 2025</time>"#,
                r#"<time datetime="2025-10-16">Thu 16 Oct</time>"#,
            ]
        );
    }

    #[test]
    fn a_moment_shows_the_time_of_the_business_and_keeps_the_instant() {
        let zone = TimeZone::get("Europe/Brussels").unwrap();
        let at = Moment::at("2025-10-14T22:30:00Z".parse::<Timestamp>().unwrap().as_microsecond());
        assert_eq!(
            moment(at, &zone, day("2025-10-15")).into_string(),
            r#"<time datetime="2025-10-14T22:30:00Z">15 Oct, 00:30</time>"#
        );
        assert_eq!(
            moment(day("2025-10-14").moment(), &zone, day("2025-10-15")).into_string(),
            r#"<time datetime="2025-10-14">14 Oct</time>"#
        );
    }

    #[test]
    fn late_is_counted_in_days() {
        let today = day("2025-10-14");
        let shown: Vec<_> =
            ["2025-10-13", "2025-10-14", "2025-10-17"].map(|text| distance(day(text), today)).into();
        assert_eq!(shown, ["1 day late", "today", "in 3 days"]);
    }
}
