//! Days as people write them.

use kernel::Day;

use crate::{Language, language};

/// Names of months and of days of the week, whole and short.
struct Names {
    months: [&'static str; 12],
    short_months: [&'static str; 12],
    /// From Monday on.
    weekdays: [&'static str; 7],
    short_weekdays: [&'static str; 7],
    /// Stands behind the number of a day.
    after_day: &'static str,
    /// Stands behind the name of a day of the week.
    after_weekday: &'static str,
}

const ENGLISH: Names = Names {
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    short_months: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    weekdays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    short_weekdays: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    after_day: "",
    after_weekday: "",
};

/// Short months as the Duden has them.
const GERMAN: Names = Names {
    months: [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    short_months: [
        "Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez.",
    ],
    weekdays: ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
    short_weekdays: ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"],
    after_day: ".",
    after_weekday: ",",
};

fn names() -> &'static Names {
    match language() {
        Language::English => &ENGLISH,
        Language::German => &GERMAN,
    }
}

impl Names {
    fn month(&self, day: Day) -> &'static str {
        self.months[place(day.date().month() - 1)]
    }

    fn weekday(&self, day: Day) -> &'static str {
        self.weekdays[place(day.date().weekday().to_monday_zero_offset())]
    }
}

/// A place in a list of months or of days of the week.
fn place(n: i8) -> usize {
    usize::try_from(n).unwrap_or(0)
}

/// `14 October 2025`, in German `14. Oktober 2025`: for sentences.
pub fn long_day(day: Day) -> String {
    let names = names();
    format!("{}{} {} {}", day.date().day(), names.after_day, names.month(day), day.date().year())
}

/// `14 Oct` this year, `8 Mar 2019` in another: for lists.
pub fn short_day(day: Day, today: Day) -> String {
    let (names, date) = (names(), day.date());
    let month = names.short_months[place(date.month() - 1)];
    let short = format!("{}{} {month}", date.day(), names.after_day);
    if date.year() == today.date().year() { short } else { format!("{short} {}", date.year()) }
}

/// `Thu 16 Oct`: when something is due.
pub fn due_day(day: Day, today: Day) -> String {
    let names = names();
    let weekday = names.short_weekdays[place(day.date().weekday().to_monday_zero_offset())];
    format!("{weekday}{} {}", names.after_weekday, short_day(day, today))
}

/// `Tuesday 14 October`.
pub fn weekday(day: Day) -> String {
    let names = names();
    let (weekday, month) = (names.weekday(day), names.month(day));
    format!("{weekday}{} {}{} {month}", names.after_weekday, day.date().day(), names.after_day)
}

/// `Friday 2 October 2026`.
pub fn long_weekday(day: Day) -> String {
    format!("{} {}", weekday(day), day.date().year())
}

/// `October 2025`.
pub fn month(day: Day) -> String {
    format!("{} {}", names().month(day), day.date().year())
}

/// The day that a text begins with as [`long_day`] writes it, and how long it is written.
pub fn read_long_day(text: &str) -> Option<(Day, usize)> {
    let names = names();
    let mut words = text.splitn(3, ' ');
    let (date, name) = (words.next()?.strip_suffix(names.after_day)?, words.next()?);
    let year: String = words.next()?.chars().take_while(char::is_ascii_digit).collect();
    let month = 1 + names.months.iter().position(|month| *month == name)?;
    let found = Day::parse(&format!("{year:0>4}-{month:02}-{date:0>2}")).ok()?;
    text.starts_with(&long_day(found)).then(|| (found, long_day(found).len()))
}
