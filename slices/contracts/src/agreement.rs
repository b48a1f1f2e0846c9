//! What is agreed: said in one statement or several, the later laid over the earlier, field by field.

use kernel::{Currency, Day};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use timeline::fact::{Custom, EndReason, Form, Offer, Promised};

use crate::{
    parts::{Clause, Contact, Fee, Pause, ScopeLine, Trial},
    period::Period,
    spoken::Spoken,
    words::{Renewal, TermType},
    written::{Amount, On},
};

/// Declares the fields once: the statement, laying one over another, and what changed between two.
macro_rules! agreement {
    ($($(#[$about:meta])* $name:ident: $kind:ty = $label:literal),+ $(,)?) => {
        /// What somebody says is agreed; what is absent was not said.
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields, default)]
        pub struct Agreement {
            $($(#[$about])* #[serde(skip_serializing_if = "Option::is_none")] pub $name: Option<$kind>),+
        }

        /// The fields, in their order: their names outside, and what they are called.
        pub const FIELDS: &[(&str, &str)] = &[$((stringify!($name), $label)),+];

        impl Agreement {
            /// What is said in each field, in words; of one of which nothing is said, nothing.
            pub fn words(&self) -> Vec<Option<Vec<String>>> {
                vec![$(self.$name.as_ref().map(Spoken::words)),+]
            }

            /// Says nothing more in the field of that name.
            pub fn withdraw(&mut self, field: &str) {
                $(if field == stringify!($name) { self.$name = None; })+
            }

            /// Lays what was said later over this.
            pub fn over(&mut self, later: &Agreement) {
                $(if later.$name.is_some() { self.$name.clone_from(&later.$name); })+
            }

            /// What is not the same any more, in words, in the order of the fields.
            pub fn changes(&self, after: &Agreement) -> Vec<Changed> {
                let mut changed = Vec::new();
                $(if self.$name != after.$name {
                    changed.push(Changed::of($label, &self.$name, &after.$name));
                })+
                changed
            }

            /// Everything that is said, in words, in the order of the fields.
            pub fn lines(&self) -> Vec<(String, Vec<String>)> {
                let mut lines = Vec::new();
                $(if let Some(said) = &self.$name { lines.push((speech::word!($label), said.words())); })+
                lines
            }
        }
    };
}

agreement! {
    /// What it is called: the plan, the product, the matter.
    name: String = "Name",
    /// What kind of thing it is about: goods, generic_service, subscription, cover, managed_service,
    /// professional_service, advice.
    #[schemars(with = "Option<String>")]
    offer: Offer = "Kind of offer",
    /// Which offering it is about; a product of the catalogue by its key, as a rule.
    offering: String = "Offering",
    /// The need it meets, in their words.
    need: String = "Need",
    /// What was made for them: price, scope, deliverable. An empty list says that it is as it stands.
    #[schemars(with = "Option<Vec<String>>")]
    custom: Vec<Custom> = "Made for them",
    /// How it was agreed: individual, standard, click.
    #[schemars(with = "Option<String>")]
    form: Form = "Form",
    /// What it promises: named_person, reviews.
    #[schemars(with = "Option<Vec<String>>")]
    promises: Vec<Promised> = "Promises",
    /// Who acts in it for whom, by name.
    contacts: Vec<Contact> = "Contacts",
    /// The currency of its amounts.
    currency: Currency = "Currency",
    /// The day it was signed.
    signed: On = "Signed",
    /// The first day it holds.
    start: On = "Start",
    /// fixed: they have committed to pay up to a stated day; open_ended: they pay until somebody stops it.
    term: TermType = "Term",
    /// How long they have committed to.
    length: Period = "Length",
    /// The last day of a fixed term; for an open-ended one the day before which it cannot end.
    last_day: On = "Last day",
    /// What happens when a fixed term runs out: none, manual, auto.
    renewal: Renewal = "Renewal",
    /// How long the term is that follows; as long as this one when absent.
    renewal_length: Period = "Renewed for",
    /// How often a subscription is billed.
    cycle: Period = "Billing cycle",
    /// It begins with a trial, or is one.
    trial: Trial = "Trial",
    /// How long after a missed payment it still runs.
    grace: Period = "Grace",
    /// When it rested.
    pauses: Vec<Pause> = "Pauses",
    /// What is paid.
    fees: Vec<Fee> = "Fees",
    /// What is done for it.
    scope: Vec<ScopeLine> = "Scope",
    /// How it can be ended or withdrawn from.
    clauses: Vec<Clause> = "Notice and withdrawal",
    /// The name of the business calendar that counts for it.
    calendar: String = "Calendar",
    /// The time zone that counts for it, such as Europe/Brussels; the business's own when absent.
    zone: String = "Time zone",
    /// What was billed for it up to now, where a source says.
    billed: Amount = "Billed so far",
    /// When and why it ended, or will.
    ended: Ended = "Ended",
}

/// When and why it ended, or will.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ended {
    /// The last day on which it held.
    pub last_day: On,
    /// Why: cancelled, notice, withdrawn, lapsed, completed, replaced, renewed; absent where nobody said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub reason: Option<EndReason>,
}

impl Ended {
    /// It no longer held on that day: what files call its end date.
    pub fn on(day: Day, reason: Option<EndReason>) -> Ended {
        Ended { last_day: On(day.plus(-1)), reason }
    }

    /// The first day on which it no longer held.
    pub fn day(self) -> Day {
        self.last_day.0.plus(1)
    }
}

/// A field that is not the same any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Changed {
    /// Which.
    pub field: String,
    /// What it said before and says no longer.
    pub before: Vec<String>,
    /// What it says now and did not before.
    pub after: Vec<String>,
}

impl Changed {
    fn of<T: Spoken>(field: &str, before: &Option<T>, after: &Option<T>) -> Changed {
        let words = |said: &Option<T>| said.as_ref().map(Spoken::words).unwrap_or_default();
        let (before, after) = (words(before), words(after));
        let only = |these: &[String], others: &[String]| {
            these.iter().filter(|one| !others.contains(one)).cloned().collect::<Vec<_>>()
        };
        Changed { field: speech::word!(field), before: only(&before, &after), after: only(&after, &before) }
    }
}
