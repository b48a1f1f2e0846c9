//! What can be done with contracts.

mod amend;
mod around;
mod batch;
mod calendar;
mod concerned;
mod course;
mod figures;
mod foreseen;
pub mod leavings;
mod list;
mod meanwhile;
mod record;
mod renew;
pub mod taken;
mod tell;
mod view;
mod withdraw;

pub use self::{
    amend::{Amend, Change, amend, change, retract},
    batch::{Planned, Tally, apply, plan, plan_after},
    calendar::{Holiday, Set, ShownCalendar, Which as WhichCalendar, set, show},
    concerned::concerned,
    course::ShownMissed,
    figures::{Which, figures},
    foreseen::Foreseen,
    list::{List, Listed, list},
    record::{NewContract, Record, Recorded, record, record_subscriptions},
    renew::{Renew, renew},
    taken::{is_used, take_back, who_contracted},
    view::{Named, Shown, ShownDeadline, ShownStep, ShownVersion, view},
    withdraw::{Done, Withdraw, step, withdraw},
};
pub(crate) use self::{
    amend::{patch, told_anew},
    list::{Undecided, undecided},
    meanwhile::{Clash, clashes},
    renew::{BY_ITSELF, renew_by_itself},
};

use slice::{Operation, op};

/// The operation table.
pub fn table() -> Vec<Operation> {
    vec![
        op(record::RECORD, record),
        op(record::SUBSCRIPTIONS, record_subscriptions),
        op(list::LIST, list),
        op(view::VIEW, view),
        op(amend::AMEND, amend),
        op(amend::CHANGE, change),
        op(amend::RETRACT, retract),
        op(renew::RENEW, renew),
        op(withdraw::WITHDRAW, withdraw),
        op(withdraw::STEP, step),
        op(figures::FIGURES, figures),
        op(calendar::SET, set),
        op(calendar::VIEW, show),
    ]
}
