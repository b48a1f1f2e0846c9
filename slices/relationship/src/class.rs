//! What a relationship is: a standing and a lean, and the class they make.

use kernel::Day;
use serde::{Deserialize, Serialize};

use crate::word::words;

words! {
    /// Whether there is a relationship at all (policy.md §6.1 and §6.2).
    Standing {
        /// Interest, no commitment.
        Prospect = "prospect",
        /// Bought, signed or worked for and not over; or nothing is known, and then the lean says so.
        Active = "active",
        /// Left, or silent longer than their own rhythm allows.
        Former = "former",
    }
}

words! {
    /// To which side the evidence leans (policy.md §6.3 to §6.6).
    Lean {
        /// Comes for the moment; a legitimate end state.
        Customer = "customer",
        /// Stays and relies on us.
        Client = "client",
        /// Not enough evidence to call it a client: served as a customer.
        NotEnough = "not enough evidence",
    }
}

words! {
    /// The one word for a relationship, as lists show it and `reference.py` prints it.
    Class {
        /// Interest, no commitment.
        Prospect = "prospect",
        /// Bought, and the evidence says customer.
        Customer = "customer",
        /// The evidence of different kinds says client.
        Client = "client",
        /// It is over.
        Former = "former",
        /// Not enough evidence to call it a client.
        NotEnough = "not enough evidence",
    }
}

words! {
    /// How a relationship came into its class; only a change makes it dwell.
    Entered {
        /// The first class, or the first one after any other than customer and client.
        First = "first",
        /// From customer to client or back.
        Change = "change",
    }
}

impl Class {
    /// Prospect and former name the class; an active relationship is what it leans to.
    pub fn of(standing: Standing, lean: Lean) -> Class {
        match (standing, lean) {
            (Standing::Prospect, _) => Class::Prospect,
            (Standing::Former, _) => Class::Former,
            (Standing::Active, Lean::Customer) => Class::Customer,
            (Standing::Active, Lean::Client) => Class::Client,
            (Standing::Active, Lean::NotEnough) => Class::NotEnough,
        }
    }

    /// What it is called when people are spoken to.
    pub fn said(self) -> String {
        speech::word!(self.as_str())
    }

    /// Customer or client: only these have a strength of evidence, a confidence and a service fit.
    pub fn is_judged(self) -> bool {
        matches!(self, Class::Customer | Class::Client)
    }
}

/// What a decision hands to the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// Prospect, active or former.
    pub standing: Standing,
    /// Customer, client or not enough evidence; a former one keeps the lean it had.
    pub lean: Lean,
    /// The day of the first decision of the unbroken run of this class.
    #[serde(with = "day_text")]
    pub since: Day,
    /// How it came into this class.
    pub entered: Entered,
}

impl State {
    /// The state in which a relationship of that class stands since that day.
    pub fn new(class: Class, since: Day, entered: Entered) -> State {
        let (standing, lean) = match class {
            Class::Prospect => (Standing::Prospect, Lean::NotEnough),
            Class::Customer => (Standing::Active, Lean::Customer),
            Class::Client => (Standing::Active, Lean::Client),
            Class::Former => (Standing::Former, Lean::NotEnough),
            Class::NotEnough => (Standing::Active, Lean::NotEnough),
        };
        State { standing, lean, since, entered }
    }

    /// Its class.
    pub fn class(&self) -> Class {
        Class::of(self.standing, self.lean)
    }
}

/// Days as ISO dates.
mod day_text {
    use kernel::Day;
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(day: &Day, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&day.to_string())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Day, D::Error> {
        Day::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}
