//! What surrounds contracts: the calendars of the house, and the zones.

use std::collections::BTreeMap;

use ::store::Tx;
use jiff::tz::TimeZone;
use kernel::{Context, Day, Result};

use crate::{
    agreement::Agreement,
    calendar::Calendar,
    contract::Contract,
    deadline::{self, Around, Deadline, Next},
    store,
};

/// The calendars of the house.
pub(super) struct Surroundings {
    calendars: BTreeMap<String, Calendar>,
    plain: Calendar,
}

impl Surroundings {
    /// Reads them once for many contracts.
    pub(super) fn read(tx: &mut Tx<'_>) -> Result<Surroundings> {
        Ok(Surroundings { calendars: store::calendars(tx)?, plain: Calendar::plain() })
    }

    /// The calendar that counts for an agreement; the plain one where it names none that is known.
    pub(super) fn calendar(&self, terms: &Agreement) -> &Calendar {
        terms.calendar.as_ref().and_then(|name| self.calendars.get(name)).unwrap_or(&self.plain)
    }

    /// What each side can do by when, from today on.
    pub(super) fn deadlines(&self, cx: &Context, contract: &Contract) -> Vec<Deadline> {
        self.deadlines_on(cx, contract, cx.today())
    }

    /// What each side can do by when, from a day on.
    pub(super) fn deadlines_on(&self, cx: &Context, contract: &Contract, today: Day) -> Vec<Deadline> {
        let terms = contract.terms();
        let zone = zone(cx, &terms);
        let around = Around { calendar: self.calendar(&terms), zone: &zone, ours: &cx.zone };
        deadline::deadlines(&terms, today, &around)
    }

    /// The next days to act.
    pub(super) fn next(&self, cx: &Context, contract: &Contract) -> Next {
        deadline::next(&self.deadlines(cx, contract))
    }
}

/// The time zone that counts for an agreement.
pub(super) fn zone(cx: &Context, terms: &Agreement) -> TimeZone {
    let named = terms.zone.as_deref().and_then(|name| TimeZone::get(name).ok());
    named.unwrap_or_else(|| cx.zone.clone())
}
