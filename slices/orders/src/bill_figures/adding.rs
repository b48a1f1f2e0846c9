//! Adding invoices and payments up.

use std::collections::{BTreeMap, HashMap};

use jiff::tz::TimeZone;
use kernel::{Currency, Moment, Money};
use timeline::{LineId, said::blank};

use super::{
    Between, BillFigures, InvoiceFigures, InvoiceMoney, PaymentFigures, PaymentMoney, Settled, Silent,
};
use crate::{
    bill::{StoredBill, day, number},
    figures::rounding::{median, share},
    invoice, payment,
};

/// Adds bills up, those of one account after the other.
#[derive(Default)]
pub struct BillAdding {
    invoices: Counting,
    payments: Counting,
    late: Vec<i64>,
    gaps: Vec<i64>,
    billed: BTreeMap<String, [i64; 3]>,
    paid: BTreeMap<String, [i64; 2]>,
    settled: BTreeMap<String, [i64; 2]>,
    /// What payments came to, by the invoice they name.
    settles: HashMap<(LineId, String), i64>,
    /// When each account paid last, and whether it paid twice.
    last: Vec<(Moment, bool)>,
}

/// Bills and whose they are.
#[derive(Default)]
struct Counting {
    count: i64,
    not_counted: i64,
    customers: i64,
    repeat_customers: i64,
    account: i64,
    of_account: i64,
}

impl Counting {
    fn add(&mut self, account: i64) {
        self.count += 1;
        if account == 0 {
            return;
        }
        if self.account != account {
            (self.account, self.of_account) = (account, 0);
        }
        self.of_account += 1;
        self.customers += i64::from(self.of_account == 1);
        self.repeat_customers += i64::from(self.of_account == 2);
    }
}

impl BillAdding {
    /// Adds a payment. All payments come before the first invoice, because what is owed follows from them.
    pub fn payment(&mut self, bill: &StoredBill) {
        let sheet = &bill.sheet;
        if !payment::status(sheet).counts() {
            self.payments.not_counted += 1;
            return;
        }
        let (account, on) = (bill.account(), bill.at());
        let is_next = account != 0 && self.payments.account == account;
        self.payments.add(account);
        match self.last.last_mut().filter(|_| is_next) {
            Some((last, twice)) => {
                self.gaps.push(days(*last, on));
                (*last, *twice) = (on, true);
            }
            None if account != 0 => self.last.push((on, false)),
            None => (),
        }
        let amount = number(sheet, "amount").unwrap_or(0);
        let sums = self.paid.entry(blank(sheet, "currency").to_owned()).or_default();
        sums[0] = sums[0].saturating_add(amount);
        sums[1] = sums[1].saturating_add(number(sheet, "refunded").unwrap_or(0));
        let of = blank(sheet, "settled_currency");
        let (of, arrived) = if of.is_empty() {
            (blank(sheet, "currency"), Some(amount))
        } else {
            (of, number(sheet, "settled"))
        };
        if let (Some(arrived), Some(fee)) = (arrived, number(sheet, "fee")) {
            let sums = self.settled.entry(of.to_owned()).or_default();
            sums[0] = sums[0].saturating_add(arrived);
            sums[1] = sums[1].saturating_add(fee);
        }
        let invoice = blank(sheet, "invoice_key");
        if !invoice.is_empty() {
            let settles = self.settles.entry((bill.line, invoice.to_owned())).or_default();
            *settles = settles.saturating_add(amount);
        }
    }

    /// Adds an invoice.
    pub fn invoice(&mut self, bill: &StoredBill) {
        let (sheet, status) = (&bill.sheet, invoice::status(&bill.sheet));
        if !status.counts() {
            self.invoices.not_counted += 1;
            return;
        }
        let amount = number(sheet, "amount").unwrap_or(0);
        let sums = self.billed.entry(blank(sheet, "currency").to_owned()).or_default();
        if amount < 0 {
            sums[1] = sums[1].saturating_sub(amount);
            return;
        }
        sums[0] = sums[0].saturating_add(amount);
        let settled = |key: &str| self.settles.get(&(bill.line, key.to_owned())).copied();
        let rest = || {
            let paid = settled(&bill.key).or_else(|| settled(blank(sheet, "number"))).unwrap_or(0);
            if status.is_open() { amount.saturating_sub(paid).max(0) } else { 0 }
        };
        sums[2] = sums[2].saturating_add(number(sheet, "owed").unwrap_or_else(rest));
        self.invoices.add(bill.account());
        if let (Some(due), Some(paid)) = (day(sheet, "due"), day(sheet, "paid_on")) {
            self.late.push(i64::from(paid - due));
        }
    }

    /// The figures, with who has not paid for more than `silent_after` days.
    pub fn finish(mut self, silent_after: i64, zone: &TimeZone) -> BillFigures {
        self.late.sort_unstable();
        self.gaps.sort_unstable();
        let Counting { count, not_counted, customers, repeat_customers, .. } = self.invoices;
        let count_late = self.late.iter().filter(|days| 0 < **days).count();
        let invoices = InvoiceFigures {
            count,
            not_counted,
            customers,
            repeat_customers,
            repeat_rate: share(repeat_customers, customers),
            paid: i64::try_from(self.late.len()).unwrap_or(i64::MAX),
            paid_late: i64::try_from(count_late).unwrap_or(i64::MAX),
            days_after_due: median(&self.late),
            money: self.billed.iter().filter_map(|(code, sums)| billed(code, *sums)).collect(),
        };
        let Counting { count, not_counted, customers, repeat_customers, .. } = self.payments;
        let monthly = self.gaps.iter().filter(|days| (28..=31).contains(*days)).count();
        let (gaps, monthly) = (self.gaps.len(), i64::try_from(monthly).unwrap_or(i64::MAX));
        let gaps = i64::try_from(gaps).unwrap_or(i64::MAX);
        let payments = PaymentFigures {
            count,
            not_counted,
            customers,
            repeat_customers,
            repeat_rate: share(repeat_customers, customers),
            money: self.paid.iter().filter_map(|(code, sums)| paid(code, *sums)).collect(),
            settled: self.settled.iter().filter_map(|(code, sums)| settled(code, *sums)).collect(),
            days_between: Between {
                gaps,
                median: median(&self.gaps),
                monthly,
                monthly_share: share(monthly, gaps),
            },
            silent: silent(&self.last, silent_after, zone),
        };
        BillFigures { invoices, payments }
    }
}

fn billed(code: &str, [billed, credited, owed]: [i64; 3]) -> Option<InvoiceMoney> {
    let currency = Currency::parse(code).ok()?;
    let [billed, credited, owed] =
        [billed, credited, owed].map(|amount| Money::new(amount, currency).decimal());
    Some(InvoiceMoney { currency, billed, credited, owed })
}

fn paid(code: &str, [paid, refunded]: [i64; 2]) -> Option<PaymentMoney> {
    let currency = Currency::parse(code).ok()?;
    let [paid, refunded] = [paid, refunded].map(|amount| Money::new(amount, currency).decimal());
    Some(PaymentMoney { currency, paid, refunded })
}

fn settled(code: &str, [amount, fees]: [i64; 2]) -> Option<Settled> {
    let currency = Currency::parse(code).ok()?;
    let fee_share = share(fees, amount);
    let [amount, fees] = [amount, fees].map(|amount| Money::new(amount, currency).decimal());
    Some(Settled { currency, amount, fees, fee_share })
}

fn silent(last: &[(Moment, bool)], after: i64, zone: &TimeZone) -> Option<Silent> {
    let until = last.iter().map(|(at, _)| *at).max()?;
    let is_silent = |(at, _): &&(Moment, bool)| after < days(*at, until);
    let count = |all: usize| i64::try_from(all).unwrap_or(i64::MAX);
    Some(Silent {
        days: after,
        until: until.day(zone).to_string(),
        customers: count(last.iter().filter(is_silent).count()),
        repeat_customers: count(last.iter().filter(is_silent).filter(|(_, twice)| *twice).count()),
    })
}

/// Whole days of 24 hours from one moment to a later one.
fn days(from: Moment, to: Moment) -> i64 {
    (to.micros - from.micros).div_euclid(86_400_000_000)
}
