//! What a run of lines comes to, counted the same way in a dry run and in the real one.

use std::collections::{BTreeMap, HashMap, HashSet};

use kernel::{Currency, Money};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::order::{LineInput, LineKind};

/// The counts of a run.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Lines that are new.
    pub created: i64,
    /// Lines that are stored already.
    pub skipped: i64,
    /// Lines of things bought.
    pub sales: i64,
    /// Lines that went back.
    pub cancellations: i64,
    /// Lines of bookkeeping.
    pub adjustments: i64,
    /// Lines of moved stock.
    pub movements: i64,
    /// Lines of fees among the sales.
    pub fee_lines: i64,
    /// Sale lines that name nobody.
    pub unidentified_lines: i64,
    /// Orders that are new.
    pub orders_created: i64,
    /// Orders that got new lines.
    pub orders_updated: i64,
    /// Orders that are stored already.
    pub orders_skipped: i64,
    /// Accounts that are new.
    pub accounts_created: i64,
    /// Accounts that were known before.
    pub accounts_linked: i64,
    /// Money by currency.
    pub money: BTreeMap<Currency, Sums>,
    /// Accounts with a sale, by number.
    pub buyers: HashSet<i64>,
}

/// Money of one currency, in ten-thousandths of the major unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// All sale lines.
    pub gross: i64,
    /// Of which nobody is named.
    pub unidentified: i64,
    /// Of which fees.
    pub fees: i64,
    /// What went back, above zero.
    pub cancelled: i64,
    /// Of which somebody is named.
    pub cancelled_identified: i64,
}

impl Tally {
    /// Counts a line of an order of that account (0: nobody).
    pub fn line(&mut self, line: &LineInput<'_>, account: i64) {
        let sums = self.money.entry(line.currency).or_default();
        match line.kind {
            LineKind::Sale => {
                self.sales += 1;
                self.fee_lines += i64::from(line.fee);
                sums.gross = sums.gross.saturating_add(line.amount);
                sums.fees = sums.fees.saturating_add(if line.fee { line.amount } else { 0 });
                if account == 0 {
                    self.unidentified_lines += 1;
                    sums.unidentified = sums.unidentified.saturating_add(line.amount);
                } else {
                    self.buyers.insert(account);
                }
            }
            LineKind::Cancellation => {
                self.cancellations += 1;
                sums.cancelled = sums.cancelled.saturating_sub(line.amount);
                sums.cancelled_identified =
                    sums.cancelled_identified.saturating_sub(if account == 0 { 0 } else { line.amount });
            }
            LineKind::Adjustment => self.adjustments += 1,
            LineKind::Movement => self.movements += 1,
        }
    }

    /// Puts ids in place of the numbers that were planned for new accounts.
    pub fn name(&mut self, ids: &HashMap<i64, i64>) {
        self.buyers = self.buyers.drain().map(|buyer| ids.get(&buyer).copied().unwrap_or(buyer)).collect();
    }

    /// Adds what another batch of the same run came to.
    pub fn add(&mut self, other: &Tally) {
        let pairs = [
            (&mut self.created, other.created),
            (&mut self.skipped, other.skipped),
            (&mut self.sales, other.sales),
            (&mut self.cancellations, other.cancellations),
            (&mut self.adjustments, other.adjustments),
            (&mut self.movements, other.movements),
            (&mut self.fee_lines, other.fee_lines),
            (&mut self.unidentified_lines, other.unidentified_lines),
            (&mut self.orders_created, other.orders_created),
            (&mut self.orders_updated, other.orders_updated),
            (&mut self.orders_skipped, other.orders_skipped),
            (&mut self.accounts_created, other.accounts_created),
            (&mut self.accounts_linked, other.accounts_linked),
        ];
        for (sum, more) in pairs {
            *sum += more;
        }
        for (currency, more) in &other.money {
            let sums = self.money.entry(*currency).or_default();
            sums.gross = sums.gross.saturating_add(more.gross);
            sums.unidentified = sums.unidentified.saturating_add(more.unidentified);
            sums.fees = sums.fees.saturating_add(more.fees);
            sums.cancelled = sums.cancelled.saturating_add(more.cancelled);
            sums.cancelled_identified = sums.cancelled_identified.saturating_add(more.cancelled_identified);
        }
        self.buyers.extend(&other.buyers);
    }

    /// As it is shown.
    pub fn counts(&self) -> Counts {
        let money = self.money.iter().map(|(currency, sums)| {
            let text = |amount| Money::new(amount, *currency).decimal();
            let shown = CountedMoney {
                gross: text(sums.gross),
                unidentified: text(sums.unidentified),
                fees: text(sums.fees),
                cancelled: text(sums.cancelled),
                cancelled_identified: text(sums.cancelled_identified),
            };
            (currency.code().to_owned(), shown)
        });
        Counts {
            create: self.created,
            skip: self.skipped,
            sales: self.sales,
            cancellations: self.cancellations,
            adjustments: self.adjustments,
            movements: self.movements,
            fee_lines: self.fee_lines,
            unidentified_lines: self.unidentified_lines,
            orders_create: self.orders_created,
            orders_update: self.orders_updated,
            orders_skip: self.orders_skipped,
            accounts_create: self.accounts_created,
            accounts_link: self.accounts_linked,
            identified_buyers: i64::try_from(self.buyers.len()).unwrap_or(i64::MAX),
            money: money.collect(),
        }
    }
}

/// The counts of a run as they are shown and kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Counts {
    /// Lines that are new.
    pub create: i64,
    /// Lines that are stored already.
    pub skip: i64,
    /// Lines of things bought.
    pub sales: i64,
    /// Lines that went back.
    pub cancellations: i64,
    /// Lines of bookkeeping.
    pub adjustments: i64,
    /// Lines of moved stock.
    pub movements: i64,
    /// Lines of fees among the sales.
    pub fee_lines: i64,
    /// Sale lines that name nobody.
    pub unidentified_lines: i64,
    /// Orders that are new.
    pub orders_create: i64,
    /// Orders that get new lines.
    pub orders_update: i64,
    /// Orders that are stored already.
    pub orders_skip: i64,
    /// Accounts that are new.
    pub accounts_create: i64,
    /// Accounts that were known before.
    pub accounts_link: i64,
    /// Accounts with at least one sale line.
    pub identified_buyers: i64,
    /// Money by currency, in major units.
    pub money: BTreeMap<String, CountedMoney>,
}

/// Money of one currency as it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CountedMoney {
    /// All sale lines.
    pub gross: String,
    /// Of which nobody is named.
    pub unidentified: String,
    /// Of which fees.
    pub fees: String,
    /// What went back.
    pub cancelled: String,
    /// Of which somebody is named.
    pub cancelled_identified: String,
}
