//! The parts of an agreement: fees, scope lines with allowances, clauses, contacts, trials and pauses.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    period::Period,
    words::{ClauseKind, CountTo, FeeKind, Who},
    written::{Amount, On},
};

/// A fee.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fee {
    /// How it is meant: fixed, recurring, unit, value, one_off.
    pub kind: FeeKind,
    /// What it comes to in major units, such as "480.00": once, each period, or for each unit.
    pub amount: Amount,
    /// How often a recurring fee falls due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every: Option<Period>,
    /// The unit of a fee for each unit: hour, seat, payslip.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// What it is for; with a value price, by which value it is measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what: Option<String>,
}

/// A line of the scope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScopeLine {
    /// What is done.
    pub what: String,
    /// How much of it is included; absent for as much as it takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowance: Option<Allowance>,
    /// The text of the clause.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// How much is included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Allowance {
    /// How much, such as "6" or "2.5".
    pub quantity: Amount,
    /// Of what: hours, tickets, seats.
    pub unit: String,
    /// In which period; over the whole term when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every: Option<Period>,
}

/// A clause by which it can be ended or withdrawn from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    /// notice: to end it; withdrawal: to withdraw from it after signing.
    pub kind: ClauseKind,
    /// Who may: us, them, both.
    pub who: Who,
    /// The period of notice, or how long after signing one may withdraw.
    pub period: Period,
    /// To which days a notice can end it: term, month, quarter, year, day; to the end of the term when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<CountTo>,
    /// The form: by letter, by email, in the portal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
    /// The business days it takes to arrive; 0 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery: Option<u8>,
    /// The text of the clause.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// Somebody who acts in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Their name.
    pub name: String,
    /// As what: buyer, user, payer, beneficiary, signatory.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
}

/// A trial: nothing is paid, so nobody has committed to anything yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Trial {
    /// Its last day; absent for one that is a trial as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_day: Option<On>,
}

/// A time in which it rested and nothing was due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pause {
    /// The first day of it.
    pub from: On,
    /// The last day of it; absent while it rests.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_day: Option<On>,
}
