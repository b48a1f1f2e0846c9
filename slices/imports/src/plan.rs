//! A mapping made ready for the columns of one file: it reads one record at a time.

mod needed;
mod sale;
mod same;
mod shown;
mod typed;

use std::{borrow::Cow, collections::HashSet};

use jiff::tz::TimeZone;
use kernel::{Currency, Moment, Result, SCALE};

use self::{sale::order_key, same::signs};
use crate::{
    DecimalSign, Identity, LineKind, Mapping, Meaning, OrderLine, PartyKey, Record, Rejection,
    date::{self, Written},
    identity::column_key,
    mapping::{missing, position},
    meaning::Reads,
    minor, number,
    record::shortened,
    rules::{Facts, Ruling},
    values::{id, numeric, present},
};

/// What is wrong with a record.
pub(crate) struct Wrong {
    column: Option<usize>,
    value: String,
    reason: Cow<'static, str>,
}

impl Wrong {
    fn new(column: Option<usize>, value: &str, reason: impl Into<Cow<'static, str>>) -> Wrong {
        Wrong { column, value: shortened(value), reason: reason.into() }
    }

    /// As the rejection of a row.
    pub fn at(self, row: i64, names: &[String]) -> Rejection {
        let column = self.column.and_then(|at| names.get(at)).cloned();
        Rejection { row, column, value: self.value, reason: self.reason.into_owned() }
    }
}

/// What neighbouring records often have in common, so that it is worked out once.
#[derive(Default)]
pub(crate) struct Repeated {
    date: String,
    written: Option<(Written, Moment)>,
    code: String,
    currency: Option<Currency>,
}

/// A mapping made ready for the columns of one file.
pub(crate) struct Plan {
    mapping: Mapping,
    zone: TimeZone,
    columns: [Option<usize>; Meaning::ALL.len()],
    floats: [bool; Meaning::ALL.len()],
    /// The places of further columns of one meaning.
    also: Vec<(Meaning, usize)>,
    keys: Vec<u64>,
    /// The decimal sign of each column of the file.
    signs: Vec<DecimalSign>,
    ruling: Ruling,
    /// The column that tells which rows are taken.
    only: Option<usize>,
}

impl Plan {
    /// Of all columns the first `own` are those of the file; the others are looked up.
    pub fn new(mapping: &Mapping, names: &[String], own: usize) -> Result<Plan> {
        let mut columns = [None; Meaning::ALL.len()];
        let mut floats = [false; Meaning::ALL.len()];
        for (meaning, name) in &mapping.columns {
            columns[meaning.index()] =
                Some(position(names, name).ok_or_else(|| missing(*meaning, name, names))?);
            floats[meaning.index()] = mapping.formats.float_ids.contains(meaning);
        }
        let also =
            mapping.also.iter().flat_map(|(meaning, all)| all.iter().map(move |name| (*meaning, name)));
        let also = also.filter_map(|(meaning, name)| Some((meaning, position(names, name)?))).collect();
        Ok(Plan {
            also,
            zone: mapping.zone()?,
            columns,
            floats,
            keys: names.iter().take(own).map(|name| column_key(name)).collect(),
            signs: signs(mapping, names, own),
            ruling: Ruling::new(&mapping.rules),
            only: typed::only(mapping, names)?,
            mapping: mapping.clone(),
        })
    }

    /// The cell of that meaning as the file has it; empty where no column has the meaning.
    fn cell<'r>(&self, record: &'r Record, meaning: Meaning) -> &'r str {
        self.columns[meaning.index()].map_or("", |at| record.cell(at))
    }

    fn text<'r>(&self, record: &'r Record, meaning: Meaning) -> Option<&'r str> {
        present(self.cell(record, meaning))
    }

    fn id<'r>(&self, record: &'r Record, meaning: Meaning) -> Option<&'r str> {
        id(self.cell(record, meaning), self.floats[meaning.index()])
    }

    /// The line a record stands for.
    pub fn line<'r>(
        &'r self,
        record: &'r Record,
        repeated: &mut Repeated,
        totalled: &mut HashSet<u128>,
    ) -> std::result::Result<OrderLine<'r>, Wrong> {
        let (written, at) = self.date(record, repeated)?;
        let number = self.id(record, Meaning::OrderNumber).unwrap_or_default();
        let sku = self.id(record, Meaning::Sku).unwrap_or_default();
        let description = self.cell(record, Meaning::Description).trim();
        let party = self.party(record);
        let order_key = order_key(number, party.as_ref(), at, &self.zone);
        let quantity = self.amount(record, Meaning::Quantity)?;
        let unit_price = self.amount(record, Meaning::UnitPrice)?;
        let amount = self.line_amount(record, quantity, unit_price, (&order_key, totalled))?;
        let quantity = quantity.unwrap_or(SCALE);
        let status = self.text(record, Meaning::Status);
        let facts = Facts {
            number,
            sku,
            description,
            status,
            party: party.as_ref(),
            quantity,
            price: unit_price.unwrap_or(amount),
        };
        let left_out = self.other(record).or_else(|| self.ruling.why_excluded(&facts));
        let kind = if left_out.is_some() { LineKind::Excluded } else { self.ruling.kind(&facts) };
        let amount = if kind == LineKind::Cancellation { -amount.saturating_abs() } else { amount };
        Ok(OrderLine {
            row: record.row(),
            identity: self.identity(record, written),
            order_key,
            number: Cow::Borrowed(number),
            kind,
            fee: self.ruling.is_fee(sku),
            party,
            at,
            sku: Cow::Borrowed(sku),
            description: Cow::Borrowed(description),
            quantity,
            unit_price,
            amount,
            currency: self.currency(record, repeated)?,
            seller: self.seller(record),
            freight: self.freight(record)?,
            left_out,
        })
    }

    fn date(
        &self,
        record: &Record,
        repeated: &mut Repeated,
    ) -> std::result::Result<(Written, Moment), Wrong> {
        let cell = self.cell(record, Meaning::Date);
        if let Some(known) = repeated.written
            && repeated.date == cell
        {
            return Ok(known);
        }
        let column = self.columns[Meaning::Date.index()];
        let text =
            present(cell).ok_or_else(|| Wrong::new(column, cell, "is empty where a date is needed"))?;
        let order = self.mapping.formats.dates(Meaning::Date);
        let mut written = date::parse(text, order).map_err(|reason| {
            let reason = format!("{reason}; the column is read as {}", order.as_str());
            Wrong::new(column, cell, reason)
        })?;
        if !written.is_plausible() {
            return Err(Wrong::new(
                column,
                cell,
                "lies in a year in which nobody ordered; years from 1900 to 2099 are read",
            ));
        }
        written.date_only |= self.mapping.formats.whole_days && written.is_midnight();
        let known = (written, written.moment(&self.zone));
        repeated.date.clear();
        repeated.date.push_str(cell);
        repeated.written = Some(known);
        Ok(known)
    }

    fn amount(&self, record: &Record, meaning: Meaning) -> std::result::Result<Option<i64>, Wrong> {
        let cell = self.cell(record, meaning);
        let Some(text) = numeric(cell) else { return Ok(None) };
        let read = number::parse(text, self.mapping.formats.decimal(meaning))
            .map_err(|reason| Wrong::new(self.columns[meaning.index()], cell, reason))?;
        if !self.mapping.formats.minor_units || meaning.reads() != Reads::Amount {
            return Ok(Some(read));
        }
        Ok(Some(minor::major(read, self.currency(record, &mut Repeated::default())?)))
    }

    /// What the line comes to: its own amount, else price times quantity, else the total on the first line of its
    /// order.
    fn line_amount(
        &self,
        record: &Record,
        quantity: Option<i64>,
        unit_price: Option<i64>,
        order: (&str, &mut HashSet<u128>),
    ) -> std::result::Result<i64, Wrong> {
        if let Some(amount) = self.amount(record, Meaning::LineAmount)? {
            return Ok(amount);
        }
        if let Some(price) = unit_price {
            let column = self.columns[Meaning::Quantity.index()];
            let quantity = match quantity {
                None if column.is_some() => {
                    return Err(Wrong::new(column, "", "is empty where a quantity is needed"));
                }
                quantity => quantity.unwrap_or(SCALE),
            };
            let amount = number::product(quantity, price)
                .ok_or_else(|| Wrong::new(column, "", "times the price is too large for an amount"))?;
            return self.discounted(record, amount);
        }
        let key = Identity::default().with_cell(0, order.0).0;
        match self.amount(record, Meaning::OrderTotal)? {
            Some(total) if order.1.insert(key) => Ok(total),
            Some(_) => Ok(0),
            None if order.1.contains(&key) => Ok(0),
            None => {
                let amounts = [Meaning::LineAmount, Meaning::UnitPrice, Meaning::OrderTotal];
                let column = amounts.iter().find_map(|meaning| self.columns[meaning.index()]);
                Err(Wrong::new(column, "", "is empty where an amount is needed"))
            }
        }
    }

    /// Without the share of the price that was not asked for.
    fn discounted(&self, record: &Record, amount: i64) -> std::result::Result<i64, Wrong> {
        let column = self.columns[Meaning::Discount.index()];
        let Some(share) = self.amount(record, Meaning::Discount)? else { return Ok(amount) };
        let percent = self.cell(record, Meaning::Discount).contains('%');
        let share = if percent { share / 100 } else { share };
        if !(0..=SCALE).contains(&share) {
            let cell = self.cell(record, Meaning::Discount);
            return Err(Wrong::new(column, cell, "is no share of a price; write 0.15 or 15 %"));
        }
        number::product(SCALE - share, amount)
            .ok_or_else(|| Wrong::new(column, "", "makes an amount that is too large"))
    }

    fn party<'r>(&'r self, record: &'r Record) -> Option<PartyKey<'r>> {
        let name = self.text(record, Meaning::PartyName);
        let email = self.text(record, Meaning::Email).filter(|email| email.contains('@'));
        let (space, id) = if let Some(id) = self.id(record, Meaning::PartyId) {
            (self.mapping.fixed.party_space.as_str(), Cow::Borrowed(id))
        } else if let Some(email) = email {
            ("email", lower(email))
        } else {
            ("name", Cow::Borrowed(name?))
        };
        Some(PartyKey { space, id, name, country: self.text(record, Meaning::Country), email })
    }

    fn currency(&self, record: &Record, repeated: &mut Repeated) -> std::result::Result<Currency, Wrong> {
        let cell = self.cell(record, Meaning::Currency);
        if let Some(known) = repeated.currency
            && repeated.code == cell
        {
            return Ok(known);
        }
        let column = self.columns[Meaning::Currency.index()];
        let code = present(cell).and_then(|text| text.rsplit(' ').next());
        let parsed = match code {
            Some(code) => Currency::parse(code).ok(),
            None => self.mapping.fixed.currency,
        };
        let currency =
            parsed.ok_or_else(|| Wrong::new(column, cell, "is no ISO 4217 currency such as GBP"))?;
        cell.clone_into(&mut repeated.code);
        repeated.currency = Some(currency);
        Ok(currency)
    }
}

fn lower(email: &str) -> Cow<'_, str> {
    if email.chars().any(char::is_uppercase) {
        Cow::Owned(email.to_lowercase())
    } else {
        Cow::Borrowed(email)
    }
}
