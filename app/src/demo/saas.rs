//! The software vendor with a services arm: payroll software for many, payroll done and talked over for some. Many stand
//! near the line, a few refuse to be looked after, and there are too few who could.

mod firms;
mod stories;

use kernel::Day;

use super::{
    chance::Chance,
    deal, ledger,
    names::{AddressBook, COLUMNS, Party},
    notebook::Notebook,
    table::{Table, Tables, ago, money},
};

/// The numbering of its parties.
pub const SPACE: &str = "sample software";
/// Who looks after firms: three, where six would be busy.
const CASE_MANAGERS: &[&str] = &["Dana Whitfield", "Jonas Lind", "Aisha Rahman"];

const USE: &[(&str, &str)] = &[
    ("record_id", "Number"),
    ("date", "Date"),
    ("party_id", "Account"),
    ("users", "Users"),
    ("seats", "Seats"),
    ("features", "Features used"),
    ("features_available", "Features"),
];
const PROJECT: &[(&str, &str)] = &[
    ("order_number", "Number"),
    ("date", "Date"),
    ("party_id", "Account"),
    ("description", "What"),
    ("quantity", "Days"),
    ("unit_price", "Day rate"),
];
const INVOICE: &[(&str, &str)] = &[
    ("order_number", "Invoice"),
    ("date", "Date"),
    ("due", "Due"),
    ("paid_on", "Paid on"),
    ("party_id", "Account"),
    ("order_total", "Amount"),
];

/// What the vendor keeps, while it is being written.
struct Office {
    chance: Chance,
    today: Day,
    book: AddressBook,
    accounts: Table,
    frames: Table,
    letters: Table,
    plans: Table,
    payroll: Table,
    euro: Table,
    days: Table,
    invoices: Table,
    ledger: Table,
    usage: Table,
    notebook: Notebook,
}

/// All that it would have exported on that day.
pub fn tables(today: Day) -> Tables {
    let mut office = Office::new(today);
    stories::write(&mut office);
    (0..84).for_each(|place| firms::alone(&mut office, place));
    (0..66).for_each(|place| firms::near(&mut office, place));
    (0..32).for_each(|place| firms::managed(&mut office, place));
    (0..30).for_each(|place| firms::gone(&mut office, place));
    (0..9).for_each(|place| firms::trying(&mut office, place));
    firms::doubles(&mut office);
    (0..7).for_each(|_| firms::taken_over(&mut office));
    stories::abroad(&mut office);
    office.tables()
}

impl Office {
    fn new(today: Day) -> Office {
        let table = |name, target, columns| Table::new(name, target, SPACE, columns);
        let (software, services) = (("Payroll software", "saas"), ("Payroll services", "payroll_hr"));
        Office {
            chance: Chance::seeded("a software vendor, 1"),
            today,
            book: AddressBook::new('A'),
            accounts: table("accounts.csv", "accounts.record", COLUMNS),
            frames: deal::signed("frame-agreements.csv", SPACE).on(software.0, software.1),
            letters: deal::signed("statements-of-work.csv", SPACE).on(services.0, services.1),
            plans: deal::paid("subscriptions.csv", SPACE).on(software.0, software.1),
            payroll: deal::paid("managed-payroll.csv", SPACE).on(services.0, services.1),
            euro: deal::paid_in("EUR", "subscriptions-in-euro.csv", SPACE).on(software.0, software.1),
            days: table("consulting-days.csv", "orders.record", PROJECT)
                .on(services.0, services.1)
                .always("currency", "GBP")
                .always("offer", "professional_service")
                .always("channel", "person"),
            invoices: table("invoices.csv", "invoices.record", INVOICE)
                .on(software.0, software.1)
                .always("currency", "GBP")
                .always("offer", "professional_service")
                .always("channel", "person"),
            ledger: ledger::table(SPACE).on(services.0, services.1),
            usage: table("use.csv", "usage.record", USE).on(software.0, software.1),
            notebook: Notebook::new(today, SPACE),
        }
    }

    fn enter(&mut self, party: &Party) -> String {
        self.accounts.row(party.row());
        party.id.clone()
    }

    /// Use month by month since a day, for two years at most: users of seats, features of twelve.
    fn used(&mut self, whom: &str, since: Day, until: Day, [seats, users, features]: [i32; 3]) {
        let mut on = since.max(ago(self.today, 730)).plus(self.chance.between(5, 25));
        while on < until && on <= self.today {
            let (users, features) = (
                (users + self.chance.between(-1, 1)).clamp(0, seats),
                (features + self.chance.between(-1, 1)).clamp(1, 12),
            );
            let number = format!("U-{}", self.usage.len() + 1);
            self.usage.row([
                number,
                on.to_string(),
                whom.into(),
                users.to_string(),
                seats.to_string(),
                features.to_string(),
                "12".into(),
            ]);
            on = on.plus(30);
        }
    }

    /// Days of a consultant.
    fn consult(&mut self, whom: &str, on: Day, what: &str, days: i32) {
        if on <= self.today {
            let number = format!("SO{}", 701 + self.days.len());
            self.days.row([
                number,
                on.to_string(),
                whom.into(),
                what.into(),
                days.to_string(),
                money(98_000),
            ]);
        }
    }

    /// A training that was billed beside the software; paid or not yet.
    fn bill(&mut self, whom: &str, on: Day, cents: i32, paid: Option<Day>) {
        let number = format!("INV-{}", 4_001 + self.invoices.len());
        let paid = paid.filter(|day| *day <= self.today).map(|day| day.to_string()).unwrap_or_default();
        self.invoices.row([number, on.to_string(), on.plus(30).to_string(), paid, whom.into(), money(cents)]);
    }

    fn tables(self) -> Tables {
        let own = [
            self.accounts,
            self.frames,
            self.letters,
            self.plans,
            self.payroll,
            self.euro,
            self.days,
            self.invoices,
            self.usage,
        ];
        own.into_iter()
            .filter(|table| !table.is_empty())
            .chain(self.notebook.tables())
            .chain([self.ledger])
            .collect()
    }
}
