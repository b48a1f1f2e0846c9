//! What files say of contracts, row by row, on its way in.

use accounts::Party;
use kernel::{Currency, Day};
use timeline::{
    LineId,
    fact::{EndReason, Form, Offer},
};

use crate::{
    agreement::{Agreement, Ended},
    parts::{Fee, Trial},
    period::Period,
    words::{FeeKind, Kind, LeavingKind, Renewal, TermType},
    written::{Amount, On},
};

/// What holds for all contracts of a source because the source does not tell.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// The service line.
    pub line: LineId,
    /// What kind of thing they are about, where a row does not say.
    pub offer: Option<Offer>,
    /// How they were agreed, where a row does not say.
    pub form: Option<Form>,
}

/// A statement about a contract on its way in.
#[derive(Clone, Debug)]
pub struct ContractInput<'a> {
    /// The record in its file, the first after the header being 1; 0 by hand.
    pub row: i64,
    /// What kind of agreement it is.
    pub kind: Kind,
    /// Whose it is.
    pub party: Party<'a>,
    /// What makes it the same one on its service line and account.
    pub key: &'a str,
    /// From which day on this holds; absent for what holds from the beginning, as in a file that tells how things stand.
    pub effective: Option<Day>,
    /// What is said.
    pub said: Agreement,
}

/// A subscription as a file tells it.
#[derive(Clone, Debug)]
pub struct SubscriptionInput<'a> {
    /// The record in its file, the first after the header being 1.
    pub row: i64,
    /// Whose it is.
    pub party: Party<'a>,
    /// What makes it the same one on its service line and account.
    pub key: &'a str,
    /// The plan; empty where the file does not say.
    pub plan: &'a str,
    /// The first day.
    pub start: Option<Day>,
    /// The first day on which it no longer holds; absent while it runs.
    pub end: Option<Day>,
    /// Why it ended, where the file says.
    pub end_reason: Option<EndReason>,
    /// What falls due each time, in ten-thousandths of the major unit.
    pub fee: Option<i64>,
    /// How often the fee falls due.
    pub every: Period,
    /// How often it is billed, where that is not the same.
    pub cycle: Option<Period>,
    /// The currency of its amounts.
    pub currency: Option<Currency>,
    /// Nothing is paid for it: it is a trial.
    pub trial: bool,
    /// How long they have committed to pay; absent for as long as they like.
    pub length: Option<Period>,
    /// Whether it goes on by itself when that is over.
    pub renewal: Option<Renewal>,
    /// What was billed for it so far, in ten-thousandths, where the file says.
    pub billed: Option<i64>,
}

impl<'a> From<SubscriptionInput<'a>> for ContractInput<'a> {
    fn from(told: SubscriptionInput<'a>) -> ContractInput<'a> {
        let fee = told.fee.map(|amount| Fee {
            kind: FeeKind::Recurring,
            amount: Amount(amount),
            every: Some(told.every),
            unit: None,
            what: None,
        });
        let said = Agreement {
            name: Some(told.plan.trim().to_owned()).filter(|plan| !plan.is_empty()),
            offering: Some(told.plan.trim().to_owned()).filter(|plan| !plan.is_empty()),
            currency: told.currency,
            start: told.start.map(On),
            term: Some(if told.length.is_some() { TermType::Fixed } else { TermType::OpenEnded }),
            length: told.length,
            renewal: told.renewal,
            cycle: Some(told.cycle.unwrap_or(told.every)),
            trial: told.trial.then_some(Trial { last_day: None }),
            fees: fee.map(|fee| vec![fee]),
            billed: told.billed.map(Amount),
            ended: told.end.map(|day| Ended::on(day, told.end_reason)),
            ..Agreement::default()
        };
        let (row, party, key) = (told.row, told.party, told.key);
        ContractInput { row, kind: Kind::Subscription, party, key, effective: None, said }
    }
}

/// What a source tells of somebody having left, without saying which contract ended. It decides nothing: it is shown
/// beside what the contracts say.
#[derive(Clone, Debug)]
pub struct LeavingInput<'a> {
    /// The record in its file, the first after the header being 1.
    pub row: i64,
    /// Who.
    pub party: Party<'a>,
    /// How the source tells it.
    pub kind: LeavingKind,
    /// What makes it the same one; empty for a mark on the party.
    pub key: &'a str,
    /// When, where the source says.
    pub on: Option<Day>,
    /// Why, in the words of the source; empty where it does not say.
    pub reason: &'a str,
    /// What was given back, in ten-thousandths of the major unit; 0 for nothing.
    pub refund: i64,
    /// The currency of that.
    pub currency: Option<Currency>,
}
