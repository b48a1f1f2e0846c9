//! The practice: insurance and advice in a harbour town. Most of whom it serves rely on it; some buy a travel policy at
//! night and are gone.

mod advised;
mod passing;
mod stories;

use kernel::Day;

use super::{
    chance::Chance,
    deal, ledger,
    names::{AddressBook, COLUMNS, Party},
    notebook::Notebook,
    table::{Table, Tables, money},
};

/// The numbering of its parties.
pub const SPACE: &str = "sample practice";
/// Who of the practice serves people.
const ADVISERS: &[&str] = &["Ines Marchetti", "Ruth Bellamy", "Tom Aldridge", "Yusuf Demir"];

const ORDER: &[(&str, &str)] = &[
    ("order_number", "Number"),
    ("date", "Date"),
    ("party_id", "Account"),
    ("description", "Product"),
    ("quantity", "Pieces"),
    ("unit_price", "Price"),
];
const HOURS: &[(&str, &str)] = &[
    ("record_id", "Number"),
    ("date", "Date"),
    ("party_id", "Account"),
    ("hours", "Hours"),
    ("owner", "Person"),
    ("offering", "About"),
];
const LEAVING: &[(&str, &str)] =
    &[("record_id", "Number"), ("date", "Date"), ("party_id", "Account"), ("end_reason", "Reason")];

/// What the practice keeps, while it is being written.
struct Desk {
    chance: Chance,
    today: Day,
    book: AddressBook,
    accounts: Table,
    mandates: Table,
    engagements: Table,
    covers: Table,
    retainers: Table,
    travel: Table,
    projects: Table,
    ledger: Table,
    hours: Table,
    leavings: Table,
    notebook: Notebook,
}

/// All that it would have exported on that day.
pub fn tables(today: Day) -> Tables {
    let mut desk = Desk::new(today);
    stories::write(&mut desk);
    (0..104).for_each(|place| advised::write(&mut desk, place));
    (0..16).for_each(|place| advised::former(&mut desk, place));
    passing::write(&mut desk);
    passing::doubles(&mut desk);
    (0..6).for_each(|_| passing::taken_over(&mut desk));
    desk.tables()
}

impl Desk {
    fn new(today: Day) -> Desk {
        let orders = |name, offer: &str, channel: &str| {
            Table::new(name, "orders.record", SPACE, ORDER)
                .always("currency", "GBP")
                .always("offer", offer)
                .always("channel", channel)
        };
        Desk {
            chance: Chance::seeded("a practice, 1"),
            today,
            book: AddressBook::new('H'),
            accounts: Table::new("address-book.csv", "accounts.record", SPACE, COLUMNS),
            mandates: deal::signed("mandates.csv", SPACE).on("Insurance", "insurance"),
            engagements: deal::signed("engagement-letters.csv", SPACE).on("Advisory", "accounting"),
            covers: deal::paid("covers.csv", SPACE).on("Insurance", "insurance"),
            retainers: deal::paid("retainers.csv", SPACE).on("Advisory", "accounting"),
            travel: orders("online-policies.csv", "cover", "online").on("Insurance", "insurance"),
            projects: orders("fee-notes.csv", "advice", "person").on("Advisory", "accounting"),
            ledger: ledger::table(SPACE).on("Advisory", "accounting"),
            hours: Table::new("time-sheets.csv", "work.record", SPACE, HOURS)
                .on("Advisory", "accounting")
                .always("offer", "advice"),
            leavings: Table::new("said-to-have-left.csv", "leavings.record", SPACE, LEAVING)
                .on("Insurance", "insurance"),
            notebook: Notebook::new(today, SPACE),
        }
    }

    /// Somebody of the address book; gives their number.
    fn enter(&mut self, party: &Party) -> String {
        self.accounts.row(party.row());
        party.id.clone()
    }

    /// A fee note for one piece of advice.
    fn bill(&mut self, whom: &str, on: Day, what: &str, cents: i32) {
        let number = format!("FN{}", 2_001 + self.projects.len());
        self.projects.row([number, on.to_string(), whom.into(), what.into(), "1".into(), money(cents)]);
    }

    /// Half-hours that somebody of ours spent for them.
    fn spend(&mut self, whom: &str, on: Day, halves: i32, person: &str, about: &str) {
        if on <= self.today {
            let number = format!("T-{}", 1 + self.hours.len());
            let hours = money(50 * halves);
            self.hours.row([number, on.to_string(), whom.into(), hours, person.into(), about.into()]);
        }
    }

    fn tables(self) -> Tables {
        let own = [
            self.accounts,
            self.mandates,
            self.engagements,
            self.covers,
            self.retainers,
            self.travel,
            self.projects,
            self.hours,
            self.leavings,
        ];
        own.into_iter().chain(self.notebook.tables()).chain([self.ledger]).collect()
    }
}
