//! Until when a contract runs and by when somebody has to act, as it is drawn wherever contracts are listed.

use kernel::Day;
use maud::Markup;
use speech::{html, tell};
use ui::time;

use super::contract::day;
use crate::ops::Listed;

/// The last safe day, and the one that was missed.
pub(crate) fn act_by(one: &Listed, today: Day) -> Markup {
    let missed = one.missed.as_ref();
    let over = missed.and_then(|one| Some((Day::parse(&one.act_by).ok()?, Day::parse(&one.ends).ok()?)));
    html! {
        @match day(one.act_by.as_ref()) {
            Some(day) => { (time::due(day, today)) " " span .faint { (time::distance(day, today)) } },
            None => { span .faint { "no day presses" } },
        }
        @if let Some((day, end)) = over {
            br; span .small .late {
                (tell!("{day} was missed, for the end on {end}", day = time::short(day, today), end = time::short(end, today)))
            }
        }
    }
}

/// Its last day.
pub(crate) fn until(one: &Listed, today: Day) -> Markup {
    html! {
        @match day(one.ends.as_ref()) {
            Some(day) => { (time::short(day, today)) },
            None => { span .faint { "until somebody stops it" } },
        }
    }
}
