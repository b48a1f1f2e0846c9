//! From the last day on which a letter counts to the last day on which it is safe to send it.

use jiff::{ToSpan, tz::TimeZone};
use kernel::Day;
use speech::say;

use super::{Around, spoken};
use crate::{
    parts::Clause,
    period::{Period, Unit},
    words::Who,
};

/// From the last day on which it counts to the day on which it has to be sent: business days, the way it takes, and
/// where midnight is.
pub(super) fn sent(
    clause: &Clause,
    counted: Day,
    who: Who,
    around: &Around<'_>,
    reasons: &mut Vec<String>,
) -> (Day, Day) {
    let calendar = around.calendar;
    let arrive = calendar.back_to_business(counted);
    if arrive != counted {
        reasons.push(say!(
            "{} is no business day; the last one before it is {}.",
            spoken(counted),
            spoken(arrive)
        ));
    }
    let mut send = arrive;
    if let Some(days) = clause.delivery.filter(|days| 0 < *days) {
        for _ in 0..days {
            send = calendar.back_to_business(send.plus(-1));
        }
        let way = Period::new(u16::from(days), Unit::BusinessDay).spoken();
        reasons.push(say!("It takes {way} to arrive, so it leaves by {}.", spoken(send)));
    }
    let home = if who == Who::Us { whole_day_at(send, around.zone, around.ours) } else { send };
    if home != send {
        let safe = calendar.back_to_business(home);
        reasons.push(say!(
            "Where the contract counts its days, {} is over before it is over here; {} is safe to its very end.",
            spoken(send),
            spoken(safe)
        ));
        return (safe, arrive);
    }
    if calendar.name.is_empty() {
        reasons.push(
            say!(
                "Nobody named a business calendar: Saturdays and Sundays are off, and no holidays are known."
            )
            .into_owned(),
        );
    }
    (send, arrive)
}

/// The last day here that is over, to its very end, no later than that day is over there.
pub fn whole_day_at(day: Day, there: &TimeZone, here: &TimeZone) -> Day {
    let Ok(midnight) = there.to_timestamp(day.plus(1).date().at(0, 0, 0, 0)) else { return day };
    let local = here.to_datetime(midnight);
    // At its midnight there it is some hour here: the day before that hour is over, and no later one.
    match local.date().checked_sub(1.day()) {
        Ok(date) => Day::of(date).min(day),
        Err(_) => day,
    }
}
