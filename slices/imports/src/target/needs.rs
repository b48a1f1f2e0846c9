//! What the columns of a table must tell before its rows can become anything.

use super::Target;
use crate::Meaning::{self, *};

/// Whose a row is.
const WHOSE: &[Meaning] = &[PartyId, PartyName, Email];

impl Target {
    /// What the columns must tell: of each of these lists at least one.
    pub fn needs(self) -> &'static [&'static [Meaning]] {
        match self {
            // Orders are checked with words of their own.
            Target::OrdersRecord => &[],
            Target::AccountsRecord => &[&[PartyId, PartyName, Email, FirstName, LastName]],
            Target::ContactsRecord => &[WHOSE, &[Email, ContactName, FirstName, LastName, Phone]],
            Target::ContractsRecord | Target::SubscriptionsRecord => &[WHOSE, &[Start, Months]],
            Target::LeavingsRecord => &[WHOSE, &[Date, Ended]],
            Target::ProductsRecord => &[&[Sku, Description]],
            Target::InvoicesRecord => &[&[Date], &[OrderTotal, LineAmount]],
            Target::PaymentsRecord => &[&[Date], &[LineAmount]],
            Target::UsageRecord => &[&[Date], WHOSE],
            Target::WorkRecord => &[&[Date], WHOSE, &[Hours, Minutes, Duration]],
            Target::StagesRecord => &[&[Date], WHOSE, &[Stage]],
            Target::PreferencesRecord => &[&[Date], WHOSE, &[Wants]],
            Target::FactsRecord => &[&[Date], WHOSE, &[FactKind]],
            _ => &[&[Date], WHOSE],
        }
    }
}
