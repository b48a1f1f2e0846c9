//! What makes an order the same one, who of us sold it, and what was asked for sending it.

use std::borrow::Cow;

use jiff::tz::TimeZone;
use kernel::Moment;

use super::{Plan, Wrong};
use crate::{Meaning, PartyKey, Record};

impl Plan {
    /// Who of us sold it: their name, in one column or in two.
    pub(super) fn seller<'r>(&self, record: &'r Record) -> Cow<'r, str> {
        match (self.text(record, Meaning::OwnerFirst), self.text(record, Meaning::Owner)) {
            (Some(first), Some(last)) => Cow::Owned(format!("{first} {last}")),
            (first, last) => Cow::Borrowed(last.or(first).unwrap_or_default()),
        }
    }

    /// What was asked for sending it.
    pub(super) fn freight(&self, record: &Record) -> Result<i64, Wrong> {
        Ok(self.amount(record, Meaning::Freight)?.unwrap_or(0))
    }
}

/// What makes an order the same one: its number, else its party and day.
pub(super) fn order_key<'r>(
    number: &'r str,
    party: Option<&PartyKey<'_>>,
    at: Moment,
    zone: &TimeZone,
) -> Cow<'r, str> {
    if !number.is_empty() {
        return Cow::Borrowed(number);
    }
    let whose = party.map_or("", |party| party.id.as_ref());
    Cow::Owned(format!("{whose}|{}", at.day(zone)))
}
