//! How what is agreed reads, line by line.

use kernel::Currency;
use timeline::fact::{Custom, EndReason, Form, Offer, Promised};

use crate::{
    agreement::Ended,
    parts::{Clause, Contact, Fee, Pause, ScopeLine, Trial},
    period::Period,
    words::{ClauseKind, CountTo, FeeKind, Renewal, TermType, Who},
    written::{Amount, On},
};

/// Says itself in one line or several.
pub trait Spoken {
    /// The lines.
    fn words(&self) -> Vec<String>;
}

/// Says itself in one line.
macro_rules! one_line {
    ($($kind:ty: |$said:ident| $text:expr),+ $(,)?) => {
        $(impl Spoken for $kind {
            fn words(&self) -> Vec<String> {
                let $said = self;
                vec![$text]
            }
        })+
    };
}

one_line! {
    String: |said| said.clone(),
    Currency: |said| said.code().to_owned(),
    Amount: |said| said.to_string(),
    On: |said| said.to_string(),
    Period: |said| said.to_string(),
    Offer: |said| said.as_str().replace('_', " "),
    Form: |said| said.as_str().to_owned(),
    Custom: |said| said.as_str().to_owned(),
    Promised: |said| said.as_str().replace('_', " "),
    Ended: |said| format!("with {}{}", said.last_day, reason(said.reason)),
    TermType: |said| said.spoken(),
    Renewal: |said| match said {
        Renewal::Never => "it ends by itself".to_owned(),
        Renewal::Manual => "only if both agree again".to_owned(),
        Renewal::Auto => "by itself unless somebody gives notice".to_owned(),
    },
    Trial: |said| said.last_day.map_or_else(|| "all of it".to_owned(), |day| format!("until {day}")),
    Pause: |said| match said.last_day {
        Some(last) => format!("from {} to {last}", said.from),
        None => format!("from {} on", said.from),
    },
    Contact: |said| with(&said.name, ", ", said.role.as_deref()),
    Fee: |said| fee(said),
    ScopeLine: |said| scope(said),
    Clause: |said| clause(said),
}

impl<T: Spoken> Spoken for Vec<T> {
    fn words(&self) -> Vec<String> {
        if self.is_empty() {
            return vec!["none".to_owned()];
        }
        self.iter().flat_map(Spoken::words).collect()
    }
}

fn with(text: &str, between: &str, more: Option<&str>) -> String {
    more.map_or_else(|| text.to_owned(), |more| format!("{text}{between}{more}"))
}

fn reason(reason: Option<EndReason>) -> String {
    reason.map(|reason| format!(", {}", reason.as_str())).unwrap_or_default()
}

/// `480.00 every 1 month for payroll`.
fn fee(fee: &Fee) -> String {
    let every = fee.every.map(|every| format!(" every {every}")).unwrap_or_default();
    let text = match fee.kind {
        FeeKind::Fixed => format!("{} in all", fee.amount),
        FeeKind::Recurring => format!("{}{every}", fee.amount),
        FeeKind::Unit => format!("{} for each {}", fee.amount, fee.unit.as_deref().unwrap_or("unit")),
        FeeKind::Value => format!("{} by value", fee.amount),
        FeeKind::OneOff => format!("{} once", fee.amount),
    };
    with(&text, " for ", fee.what.as_deref())
}

/// `Advice: 6 hours every 1 month`.
fn scope(line: &ScopeLine) -> String {
    let allowance = line.allowance.as_ref().map(|allowance| {
        let quantity = allowance.quantity.to_string();
        let quantity = quantity.trim_end_matches('0').trim_end_matches('.');
        let every = allowance.every.map_or(" in all".to_owned(), |every| format!(" every {every}"));
        format!("{quantity} {}{every}", allowance.unit)
    });
    with(&with(&line.what, ": ", allowance.as_deref()), ". Clause: ", line.text.as_deref())
}

/// `Either side: 90 days to the end of the term, by letter`.
pub fn clause(clause: &Clause) -> String {
    let who = match clause.who {
        Who::Us => "We",
        Who::Them => "They",
        Who::Both => "Either side",
    };
    let right = match (clause.kind, clause.to.unwrap_or(CountTo::Term)) {
        (ClauseKind::Withdrawal, _) => format!("may withdraw within {} of signing", clause.period),
        (ClauseKind::Notice, CountTo::Day) => format!("may give {} notice at any time", clause.period),
        (ClauseKind::Notice, to) => {
            format!("may give {} notice to the end of {}", clause.period, period_end(to))
        }
    };
    let text = with(&format!("{who} {right}"), ", ", clause.form.as_deref());
    with(&text, ". Clause: ", clause.text.as_deref())
}

/// `the term`, `a month`.
pub fn period_end(to: CountTo) -> &'static str {
    match to {
        CountTo::Term => "the term",
        CountTo::Month => "a month",
        CountTo::Quarter => "a quarter",
        CountTo::Year => "a year",
        CountTo::Day => "any day",
    }
}
