//! Contexts whose time stands where the test puts it.

use std::path::Path;

use jiff::tz::TimeZone;
use kernel::{Actor, Codes, Context, Day, Moment, Role};

const ALPHABET: &str = "k3G7QAe51FCsPW92uEOyq4Bg6Sp8YzVTmnU0liwDdHXLajZrfxNhobJIRcMvKt";

/// The house itself, at noon UTC of that day.
///
/// # Panics
/// When `day` is not a date.
pub fn at(day: &str) -> Context {
    let noon =
        Day::parse(day).expect("a test writes its days as 2025-03-04").moment().micros + 43_200_000_000;
    Context {
        actor: Actor::System,
        now: Moment::at(noon),
        zone: TimeZone::UTC,
        codes: Codes::new(ALPHABET).expect("the alphabet of the tests has distinct letters"),
        files: Path::new("").into(),
    }
}

/// An owner, person 1.
pub fn owner(day: &str) -> Context {
    Context { actor: Actor::User { id: 1, role: Role::Owner }, ..at(day) }
}

/// A reader, person 3.
pub fn reader(day: &str) -> Context {
    Context { actor: Actor::User { id: 3, role: Role::Reader }, ..at(day) }
}
