//! Feed: rows that become contracts and subscriptions, and rows that tell that somebody left.

use contracts::{
    Agreement, ContractInput, Ended, LeavingInput, Setting, SubscriptionInput, leavings,
    period::{Period, Unit},
    words::{Kind, LeavingKind, Renewal, TermType},
    written::On,
};
use kernel::{Context, Day, Result, SCALE};
use store::Tx;
use timeline::fact::EndReason;

use super::{Came, Counted, Feed, Learned, Met, refused, walled};
use crate::{Meaning, Rejection, Target, TypedRow, batch::Batch, terms};

impl Feed<'_> {
    pub(super) fn contracts<'b>(
        &'b self,
        write: Option<&Context>,
        tx: &mut Tx<'_>,
        met: &Met,
        batch: &'b Batch,
    ) -> Result<Came<'b>> {
        let as_of = self.mapping.as_of()?;
        let one = |row| match self.mapping.target {
            Target::SubscriptionsRecord => {
                subscription(row, as_of).map(ContractInput::from).map(|told| agreed(told, row))
            }
            _ => contract(row, as_of).map(|told| agreed(told, row)),
        };
        let inputs: Vec<_> = batch.typed.iter().filter_map(one).collect();
        let known = (&met.seen, &met.contracts);
        let mut planned = contracts::plan_after(self.bringer, tx, known, &self.setting(), &inputs, self.run)?;
        if let Some(cx) = write {
            contracts::apply(cx, tx, &mut planned, self.run)?;
        }
        let tally = planned.tally;
        let counted = Counted {
            create: tally.created,
            update: tally.updated,
            skip: tally.skipped,
            accounts_create: tally.accounts_created,
            accounts_link: tally.accounts_linked,
            ..Counted::default()
        };
        let set_aside = planned.walled.iter();
        let set_aside =
            set_aside.map(|input| walled("contracts of", input.row, Some(input.party.key.to_owned())));
        let refused = planned.refused.iter().map(|(row, why)| refused(*row, why));
        Ok(Came {
            walled: set_aside.chain(refused).collect::<Vec<Rejection>>(),
            counted,
            learned: Learned::Contracts(planned),
            ..Came::default()
        })
    }

    pub(super) fn leavings<'b>(
        &'b self,
        write: Option<&Context>,
        tx: &mut Tx<'_>,
        met: &Met,
        batch: &'b Batch,
    ) -> Result<Came<'b>> {
        let inputs: Vec<_> = batch.typed.iter().filter_map(leaving).collect();
        let told: std::collections::HashSet<i64> = inputs.iter().map(|input| input.row).collect();
        let others = batch.typed.iter().filter(|row| !told.contains(&row.row)).count();
        let known = (&met.seen, &met.contracts);
        let mut planned = leavings::plan_after(self.bringer, tx, known, &self.setting(), &inputs, self.run)?;
        if let Some(cx) = write {
            leavings::apply(cx, tx, &mut planned, self.run)?;
        }
        let tally = planned.tally;
        let counted = Counted {
            create: tally.created,
            // Whoever has not left is told nothing of.
            skip: tally.skipped + i64::try_from(others).unwrap_or(0),
            accounts_create: tally.accounts_created,
            accounts_link: tally.accounts_linked,
            ..Counted::default()
        };
        let set_aside = planned.walled.iter();
        let set_aside =
            set_aside.map(|input| walled("facts about", input.row, Some(input.party.key.to_owned())));
        Ok(Came {
            walled: set_aside.collect(),
            counted,
            learned: Learned::Leavings(planned),
            ..Came::default()
        })
    }

    fn setting(&self) -> Setting {
        Setting { line: self.line, offer: self.mapping.fixed.offer, form: None }
    }
}

/// What makes a contract the same one: its number, else whose it is.
fn key(row: &TypedRow) -> &str {
    match row.key() {
        "" => row.party.as_ref().map_or("", |party| &party.key),
        key => key,
    }
}

fn day(row: &TypedRow, meaning: Meaning) -> Option<Day> {
    row.at(meaning).map(|at| at.day(&jiff::tz::TimeZone::UTC))
}

/// The first day: as the file tells it, or so many months before the day on which it was written.
fn start(row: &TypedRow, as_of: Option<Day>) -> Option<Day> {
    let told = day(row, Meaning::Start);
    told.or_else(|| Some(months_before(as_of?, row.count(Meaning::Months)?)))
}

/// So many months earlier, on the same day of the month or its last.
fn months_before(day: Day, months: i64) -> Day {
    let span = jiff::Span::new().try_months(-months);
    let date = span.and_then(|span| day.date().checked_add(span));
    date.map_or(day, Day::of)
}

/// When it ended: as the file tells it, or by the day on which the file was written, where it only says that it has.
fn ended(row: &TypedRow, as_of: Option<Day>) -> Option<Day> {
    let told = day(row, Meaning::End);
    told.or_else(|| as_of.filter(|_| row.flag(Meaning::Ended) == Some(true)))
}

fn subscription(row: &TypedRow, as_of: Option<Day>) -> Option<SubscriptionInput<'_>> {
    let trial = row.flag(Meaning::Trial) == Some(true);
    Some(SubscriptionInput {
        row: row.row,
        party: row.party.as_ref()?.borrowed(),
        key: key(row),
        plan: row.text(Meaning::Offering).unwrap_or_default(),
        start: start(row, as_of),
        end: ended(row, as_of),
        end_reason: reason(row),
        fee: fee(row),
        every: every(row).unwrap_or(Period::new(1, Unit::Month)),
        cycle: row.text(Meaning::Cycle).and_then(period),
        currency: row.currency,
        trial,
        length: row.text(Meaning::Term).and_then(period_of_term),
        renewal: renewal(row),
        billed: row.number(Meaning::Billed),
    })
}

/// What recurs: the amount of one, so often as the row says.
fn fee(row: &TypedRow) -> Option<i64> {
    // Without knowing for what it is, an amount would be taken for that of a month.
    if row.text(Meaning::Every).is_some() && every(row).is_none() {
        return None;
    }
    let times = row.number(Meaning::Times).unwrap_or(SCALE);
    let product = i128::from(row.number(Meaning::Recurring)?) * i128::from(times) / i128::from(SCALE);
    i64::try_from(product).ok()
}

/// For what the amount is: a month, 3 months, a year; nothing where the row does not say, or says what is no period.
fn every(row: &TypedRow) -> Option<Period> {
    let count = row.count(Meaning::EveryCount).unwrap_or(1);
    let one = match row.text(Meaning::Every)?.to_lowercase().as_str() {
        "day" => Period::new(1, Unit::Day),
        "week" => Period::new(1, Unit::Week),
        word => period(word)?,
    };
    let count = u16::try_from(count).ok().filter(|count| 0 < *count)?;
    Some(Period { count: one.count.checked_mul(count)?, ..one })
}

fn contract(row: &TypedRow, as_of: Option<Day>) -> Option<ContractInput<'_>> {
    let length = row.text(Meaning::Term).and_then(period_of_term);
    let name = row.text(Meaning::Offering).map(str::to_owned);
    let end = ended(row, as_of);
    let said = Agreement {
        name: name.clone(),
        offering: name,
        currency: row.currency,
        start: start(row, as_of).map(On),
        term: Some(if length.is_some() { TermType::Fixed } else { TermType::OpenEnded }),
        length,
        renewal: renewal(row),
        ended: end.map(|day| Ended::on(day, reason(row))),
        ..Agreement::default()
    };
    let party = row.party.as_ref()?.borrowed();
    Some(ContractInput { row: row.row, kind: Kind::Contract, party, key: key(row), effective: None, said })
}

/// With what the row says of how it was agreed.
fn agreed<'r>(told: ContractInput<'r>, row: &TypedRow) -> ContractInput<'r> {
    ContractInput { said: terms::laid(told.said, row), ..told }
}

/// That somebody left, by an event or by a flag that is set; nothing where the flag is not.
fn leaving(row: &TypedRow) -> Option<LeavingInput<'_>> {
    let flag = row.flag(Meaning::Ended);
    let on = day(row, Meaning::Date);
    if flag == Some(false) || (flag.is_none() && on.is_none()) {
        return None;
    }
    Some(LeavingInput {
        row: row.row,
        party: row.party.as_ref()?.borrowed(),
        kind: if flag.is_some() { LeavingKind::Flag } else { LeavingKind::Event },
        key: row.key(),
        on,
        reason: row.text(Meaning::EndReason).unwrap_or_default(),
        refund: row.number(Meaning::Refunded).unwrap_or(0),
        currency: row.currency,
    })
}

fn renewal(row: &TypedRow) -> Option<Renewal> {
    row.flag(Meaning::AutoRenew).map(|renews| if renews { Renewal::Auto } else { Renewal::Manual })
}

fn reason(row: &TypedRow) -> Option<EndReason> {
    row.text(Meaning::EndReason).and_then(|word| EndReason::parse(&word.to_lowercase()))
}

/// How often something falls due, in the words of billing systems.
fn period(word: &str) -> Option<Period> {
    let months = match word.to_lowercase().as_str() {
        "monthly" | "month" | "monatlich" => 1,
        "quarterly" | "quarter" | "vierteljährlich" => 3,
        "annual" | "annually" | "yearly" | "year" | "jährlich" => 12,
        _ => return Period::parse(word).ok(),
    };
    Some(Period::new(months, Unit::Month))
}

/// For how long both are bound: `One year`, `24 months`; nothing for month-to-month and for words that say no length.
fn period_of_term(word: &str) -> Option<Period> {
    let word = word.to_lowercase();
    let (count, unit) = word.split_once(' ')?;
    let known = ["one", "two", "three", "four", "five"];
    let count =
        known.iter().position(|known| *known == count).map_or(count.to_owned(), |at| (at + 1).to_string());
    let unit = if count == "1" || unit.ends_with('s') { unit.to_owned() } else { format!("{unit}s") };
    Period::parse(&format!("{count} {unit}")).ok()
}
