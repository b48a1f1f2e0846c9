//! Business calendars: which days count as business days.

use std::collections::BTreeMap;

use ::store::{DataClass, Tx};
use kernel::{Context, Permission, Problem, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use slice::{Act, Head, Method};
use speech::say;

use crate::{calendar::Calendar, store, written::On};

pub(super) const SET: Head = Head {
    name: "calendar.set",
    act: Act::Write,
    method: Method::Put,
    path: "/calendars/{name}",
    command: "calendar {name} set",
    permission: Permission::Write,
    class: DataClass::Business,
    sentence: "Writes a business calendar, a country's as a rule: its weekend and its holidays; one of that name is \
               replaced.",
    examples: &[
        "mainstay calendar BE set --weekend sat,sun --holidays '[{\"on\": \"2026-12-25\", \"name\": \"Christmas\"}]'",
    ],
};

/// A calendar to write.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Set {
    /// Its name, a country code as a rule.
    pub name: String,
    /// The days of the week on which nobody works: sat,sun when absent.
    #[serde(default)]
    pub weekend: Option<String>,
    /// The holidays.
    #[serde(default)]
    pub holidays: Vec<Holiday>,
}

/// A holiday.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// The day.
    pub on: On,
    /// Its name.
    pub name: String,
}

/// A calendar as it is shown.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShownCalendar {
    /// Its name.
    pub name: String,
    /// The days of the week on which nobody works.
    pub weekend: String,
    /// The holidays, the first first.
    pub holidays: Vec<Holiday>,
}

/// Writes a calendar. The days to act of contracts are counted anew by the clock.
///
/// # Errors
/// `contracts.calendar` for a name that is blank or too long, `contracts.weekend`.
pub fn set(cx: &Context, tx: &mut Tx<'_>, input: Set) -> Result<ShownCalendar> {
    let name = input.name.trim();
    if name.is_empty() || 40 < name.chars().count() || 2_000 < input.holidays.len() {
        let text = say!("write a calendar: its name has 1 to 40 letters, and it has at most 2,000 holidays");
        return Err(Problem::invalid("name", "contracts.calendar", text));
    }
    let weekend = Calendar::weekend(input.weekend.as_deref().unwrap_or("sat,sun"))?;
    let holidays: BTreeMap<_, _> =
        input.holidays.into_iter().map(|holiday| (holiday.on.0, holiday.name.trim().to_owned())).collect();
    let calendar = Calendar { name: name.to_owned(), weekend, holidays };
    store::set_calendar(tx, &calendar)?;
    store::look_again(tx)?;
    ::store::queue::put(tx, crate::jobs::CLOCK, crate::jobs::KEY, cx.now.micros)?;
    Ok(shown(calendar))
}

pub(super) const VIEW: Head = Head {
    name: "calendar.view",
    act: Act::Read,
    method: Method::Get,
    path: "/calendars/{name}",
    command: "calendar {name}",
    permission: Permission::Read,
    sentence: "Shows a business calendar: its weekend and its holidays.",
    examples: &["mainstay calendar BE"],
    ..SET
};

/// A calendar by its name.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Which {
    /// Its name.
    pub name: String,
}

/// Shows a calendar.
///
/// # Errors
/// `contracts.no_calendar`.
pub fn show(_: &Context, tx: &mut Tx<'_>, input: Which) -> Result<ShownCalendar> {
    match store::calendar(tx, input.name.trim())? {
        Some(calendar) => Ok(shown(calendar)),
        None => {
            let text = say!("there is no calendar {:?}; write it with calendar.set", input.name);
            Err(Problem::not_found("contracts.no_calendar", text))
        }
    }
}

fn shown(calendar: Calendar) -> ShownCalendar {
    let weekend = calendar.weekend_text();
    let holidays = calendar.holidays.into_iter().map(|(day, name)| Holiday { on: On(day), name });
    ShownCalendar { name: calendar.name, weekend, holidays: holidays.collect() }
}
