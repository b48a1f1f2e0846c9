//! How what is agreed reads, line by line.

use std::borrow::Cow;

use kernel::Currency;
use speech::{decimal, long_day, say, word};
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
    Amount: |said| amount(*said),
    On: |said| said.to_string(),
    Period: |said| said.spoken(),
    Offer: |said| word!(said.as_str().replace('_', " ")),
    Form: |said| word!(said.as_str()),
    Custom: |said| word!(said.as_str()),
    Promised: |said| word!(said.as_str().replace('_', " ")),
    Ended: |said| ended(*said),
    TermType: |said| said.spoken(),
    Renewal: |said| match said {
        Renewal::Never => say!("it ends by itself").into_owned(),
        Renewal::Manual => say!("only if both agree again").into_owned(),
        Renewal::Auto => say!("by itself unless somebody gives notice").into_owned(),
    },
    Trial: |said| match said.last_day {
        Some(day) => say!("until {day}", day = long_day(day.0)),
        None => say!("all of it").into_owned(),
    },
    Pause: |said| match said.last_day {
        Some(last) => say!("from {} to {last}", long_day(said.from.0), last = long_day(last.0)),
        None => say!("from {} on", long_day(said.from.0)),
    },
    Contact: |said| with(&said.name, ", ", said.role.as_deref()),
    Fee: |said| fee(said),
    ScopeLine: |said| scope(said),
    Clause: |said| clause(said),
}

impl<T: Spoken> Spoken for Vec<T> {
    fn words(&self) -> Vec<String> {
        if self.is_empty() {
            return vec![say!("none").into_owned()];
        }
        self.iter().flat_map(Spoken::words).collect()
    }
}

fn with(text: &str, between: &str, more: Option<&str>) -> String {
    more.map_or_else(|| text.to_owned(), |more| format!("{text}{between}{more}"))
}

/// A text of the contract behind a line.
fn quoting(line: String, text: Option<&str>) -> String {
    match text {
        Some(text) => say!("{line}. Clause: {text}"),
        None => line,
    }
}

fn amount(amount: Amount) -> String {
    decimal(&amount.to_string())
}

fn ended(ended: Ended) -> String {
    match ended.reason.map(EndReason::as_str) {
        Some(reason) => say!("with {}, {}", long_day(ended.last_day.0), word!(reason)),
        None => say!("with {}", long_day(ended.last_day.0)),
    }
}

/// `480.00 every month for payroll`.
fn fee(fee: &Fee) -> String {
    let amount = amount(fee.amount);
    let text = match (fee.kind, fee.every) {
        (FeeKind::Fixed, _) => say!("{amount} in all"),
        (FeeKind::Recurring, Some(every)) => with(&amount, " ", Some(&every.every())),
        (FeeKind::Recurring, None) => amount,
        (FeeKind::Unit, _) => {
            let unit = fee.unit.as_deref().map_or_else(|| say!("unit"), Cow::Borrowed);
            say!("{amount} for each {unit}")
        }
        (FeeKind::Value, _) => say!("{amount} by value"),
        (FeeKind::OneOff, _) => say!("{amount} once"),
    };
    match fee.what.as_deref() {
        Some(what) => say!("{text} for {what}"),
        None => text,
    }
}

/// `Advice: 6 hours every month`.
fn scope(line: &ScopeLine) -> String {
    let allowance = line.allowance.as_ref().map(|allowance| {
        let quantity = allowance.quantity.to_string();
        let quantity = decimal(quantity.trim_end_matches('0').trim_end_matches('.'));
        let unit = &allowance.unit;
        match allowance.every {
            Some(every) => format!("{quantity} {unit} {}", every.every()),
            None => say!("{quantity} {unit} in all"),
        }
    });
    quoting(with(&line.what, ": ", allowance.as_deref()), line.text.as_deref())
}

/// `Either side: 90 days to the end of the term, by letter`.
pub fn clause(clause: &Clause) -> String {
    let who = match clause.who {
        Who::Us => say!("We"),
        Who::Them => say!("They"),
        Who::Both => say!("Either side"),
    };
    let period = clause.period.spoken();
    let right = match (clause.kind, clause.to.unwrap_or(CountTo::Term)) {
        (ClauseKind::Withdrawal, _) => say!("{who} may withdraw within {period} of signing"),
        (ClauseKind::Notice, CountTo::Day) => say!("{who} may give {period} notice at any time"),
        (ClauseKind::Notice, to) => {
            say!("{who} may give {period} notice to the end of {}", period_end(to))
        }
    };
    quoting(with(&right, ", ", clause.form.as_deref()), clause.text.as_deref())
}

/// `the term`, `a month`.
pub fn period_end(to: CountTo) -> Cow<'static, str> {
    match to {
        CountTo::Term => say!("the term"),
        CountTo::Month => say!("a month"),
        CountTo::Quarter => say!("a quarter"),
        CountTo::Year => say!("a year"),
        CountTo::Day => say!("any day"),
    }
}
