//! What both sides agreed: covers, retainers, plans, mandates, as the systems of a sample business keep them.

use kernel::Day;

use super::table::{Table, money};

const PAID: &[(&str, &str)] = &[
    ("record_id", "Number"),
    ("party_id", "Account"),
    ("offering", "Product"),
    ("start", "Begins"),
    ("end", "Ended on"),
    ("end_reason", "Why it ended"),
    ("term", "Term"),
    ("last_day", "Bound until"),
    ("recurring_amount", "A month"),
    ("billing_cycle", "Billed"),
    ("auto_renew", "Renews"),
    ("offer", "Kind"),
    ("form", "Agreed"),
    ("scope", "Scope"),
    ("notice", "Notice"),
    ("made_for_them", "Made for them"),
    ("promises", "Promises"),
    ("trial", "Trial"),
];
const SIGNED: &[(&str, &str)] = &[
    ("record_id", "Number"),
    ("party_id", "Account"),
    ("offering", "Matter"),
    ("start", "Signed"),
    ("end", "Ended on"),
    ("end_reason", "Why it ended"),
    ("term", "Term"),
    ("last_day", "Bound until"),
    ("auto_renew", "Renews"),
    ("offer", "Kind"),
    ("form", "Agreed"),
    ("scope", "Scope"),
    ("notice", "Notice"),
    ("made_for_them", "Made for them"),
    ("promises", "Promises"),
];

/// An agreement; what is blank was not written down.
#[derive(Clone, Copy, Debug)]
pub struct Deal<'a> {
    /// The number of the account.
    pub whom: &'a str,
    /// What it is about.
    pub product: &'a str,
    /// The first day.
    pub begins: Day,
    /// The first day on which it no longer holds, and why.
    pub ended: Option<(Day, &'a str)>,
    /// For how long both are bound.
    pub term: &'a str,
    /// Cents a month; for a paid one.
    pub cents: i32,
    /// How often it is billed.
    pub billed: &'a str,
    /// cover, advice, subscription, managed_service.
    pub kind: &'a str,
    /// individual, standard, click.
    pub form: &'a str,
    /// What is done for it.
    pub scope: &'a str,
    /// The period of notice.
    pub notice: &'a str,
    /// What was made for them.
    pub made: &'a str,
    /// What it promises.
    pub promises: &'a str,
    /// It is tried out only.
    pub is_trial: bool,
}

impl Default for Deal<'_> {
    fn default() -> Self {
        Deal {
            whom: "",
            product: "",
            begins: Day(0),
            ended: None,
            term: "",
            cents: 0,
            billed: "",
            kind: "",
            form: "",
            scope: "",
            notice: "",
            made: "",
            promises: "",
            is_trial: false,
        }
    }
}

/// A table of agreements that are paid month by month.
pub fn paid(name: &'static str, space: &str) -> Table {
    paid_in("GBP", name, space)
}

/// The same in another currency.
pub fn paid_in(currency: &str, name: &'static str, space: &str) -> Table {
    Table::new(name, "subscriptions.record", space, PAID).always("currency", currency)
}

/// A table of agreements that are signed and name no price.
pub fn signed(name: &'static str, space: &str) -> Table {
    Table::new(name, "contracts.record", space, SIGNED)
}

impl Deal<'_> {
    /// Puts it into a table of paid ones.
    pub fn pay(&self, table: &mut Table, letter: &str, today: Day) {
        let (ended, why) = self.end();
        let renews = if self.term.is_empty() { "" } else { "yes" };
        let trial = if self.is_trial { "yes" } else { "no" };
        table.row([
            format!("{letter}-{}", 1_001 + table.len()),
            self.whom.into(),
            self.product.into(),
            self.begins.to_string(),
            ended,
            why,
            self.term.into(),
            self.bound_until(today),
            money(self.cents),
            self.billed.into(),
            renews.into(),
            self.kind.into(),
            self.form.into(),
            self.scope.into(),
            self.notice.into(),
            self.made.into(),
            self.promises.into(),
            trial.into(),
        ]);
    }

    /// Puts it into a table of signed ones.
    pub fn sign(&self, table: &mut Table, letter: &str, today: Day) {
        let (ended, why) = self.end();
        let renews = if self.term.is_empty() { "" } else { "yes" };
        table.row([
            format!("{letter}-{}", 1_001 + table.len()),
            self.whom.into(),
            self.product.into(),
            self.begins.to_string(),
            ended,
            why,
            self.term.into(),
            self.bound_until(today),
            renews.into(),
            self.kind.into(),
            self.form.into(),
            self.scope.into(),
            self.notice.into(),
            self.made.into(),
            self.promises.into(),
        ]);
    }

    /// The last day of the term that runs today: terms of whole years, one after the other since it began.
    fn bound_until(&self, today: Day) -> String {
        let years = match self.term {
            "One year" => 1,
            "Two years" => 2,
            "Three years" => 3,
            _ => return String::new(),
        };
        if self.ended.is_some() {
            return String::new();
        }
        let end = |terms: i16| {
            let date = self.begins.date();
            let later = jiff::civil::Date::new(date.year() + years * terms, date.month(), date.day().min(28));
            later.map_or(self.begins, Day::of).plus(-1)
        };
        (1..60).map(end).find(|day| today <= *day).map(|day| day.to_string()).unwrap_or_default()
    }

    fn end(&self) -> (String, String) {
        self.ended.map_or_else(Default::default, |(day, why)| (day.to_string(), why.to_owned()))
    }
}
