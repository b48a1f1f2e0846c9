//! A bill: an invoice or a payment as a record of fields, each said by an import or by hand.

pub mod seen;

use accounts::Party;
use kernel::{Currency, Day, Moment};
use timeline::{
    FactId, LineId,
    fact::{Channel, Offer},
    said::{Sheet, blank},
};

/// What holds for all bills of a source because the source does not tell.
#[derive(Clone, Copy, Debug)]
pub struct BillTerms {
    /// The service line.
    pub line: LineId,
    /// What kind of thing was bought.
    pub offer: Option<Offer>,
    /// How it was bought.
    pub channel: Option<Channel>,
    /// A bill that names no order and no invoice is a purchase of its own. Not so where the orders that it settles are
    /// recorded as well: then it is kept as a record and tells nothing, because no purchase may count twice.
    pub stands_alone: bool,
}

/// The two kinds of bill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BillKind {
    /// What we asked for.
    Invoice,
    /// What they paid.
    Payment,
}

/// What a field of a bill holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Text; empty where nobody said.
    Text,
    /// A whole number; absent where nobody said.
    Number,
    /// The number of an account; 0 for nobody we can name.
    Account,
}

impl BillKind {
    /// The word under which imports write it down, and the name of its table.
    pub fn as_str(self) -> &'static str {
        match self {
            BillKind::Invoice => "invoice",
            BillKind::Payment => "payment",
        }
    }

    /// Its fields in the order of its table.
    pub fn fields(self) -> &'static [(&'static str, Cell)] {
        match self {
            BillKind::Invoice => &[
                ("account", Cell::Account),
                ("number", Cell::Text),
                ("currency", Cell::Text),
                ("at", Cell::Number),
                ("date_only", Cell::Number),
                ("due", Cell::Number),
                ("paid_on", Cell::Number),
                ("amount", Cell::Number),
                ("tax", Cell::Number),
                ("owed", Cell::Number),
                ("status", Cell::Text),
                ("order_key", Cell::Text),
                ("offer", Cell::Text),
                ("channel", Cell::Text),
                ("period_start", Cell::Number),
                ("period_end", Cell::Number),
                ("stands_alone", Cell::Number),
            ],
            BillKind::Payment => &[
                ("account", Cell::Account),
                ("number", Cell::Text),
                ("currency", Cell::Text),
                ("at", Cell::Number),
                ("date_only", Cell::Number),
                ("amount", Cell::Number),
                ("tax", Cell::Number),
                ("refunded", Cell::Number),
                ("fee", Cell::Number),
                ("settled", Cell::Number),
                ("settled_currency", Cell::Text),
                ("method", Cell::Text),
                ("status", Cell::Text),
                ("invoice_key", Cell::Text),
                ("order_key", Cell::Text),
                ("offer", Cell::Text),
                ("channel", Cell::Text),
                ("stands_alone", Cell::Number),
            ],
        }
    }
}

/// A bill as a row of a file says it.
#[derive(Clone, Debug)]
pub struct BillInput<'a> {
    /// The record in its file, the first after the header being 1.
    pub row: i64,
    /// What makes it the same bill on its line.
    pub key: String,
    /// Whose it is; absent for nobody we can name.
    pub party: Option<Party<'a>>,
    /// The fields that the row says, its account left out.
    pub says: Sheet,
}

/// A bill as it is stored.
#[derive(Clone, Debug)]
pub struct StoredBill {
    /// Its number among bills of its kind.
    pub id: i64,
    /// Its service line.
    pub line: LineId,
    /// What makes it the same bill on its line.
    pub key: String,
    /// Its fields.
    pub sheet: Sheet,
    /// The facts it told: of what was bought or paid, and of what went back; 0 for none.
    pub facts: [i64; 2],
    /// The import that made it; 0 for one recorded by hand.
    pub run: i64,
    /// The record in its file.
    pub row: i64,
}

impl StoredBill {
    /// Whose it is; 0 for nobody we can name.
    pub fn account(&self) -> i64 {
        number(&self.sheet, "account").unwrap_or(0)
    }

    /// When it was issued or paid.
    pub fn at(&self) -> Moment {
        moment(&self.sheet)
    }

    /// The currency of its amounts; none for one that this version does not know.
    pub fn currency(&self) -> Option<Currency> {
        Currency::parse(blank(&self.sheet, "currency")).ok()
    }

    /// Its facts that are there.
    pub fn told(&self) -> impl Iterator<Item = FactId> {
        self.facts.into_iter().filter(|fact| *fact != 0).map(FactId::new)
    }
}

/// Fields on their way into a bill.
#[derive(Debug, Default)]
pub(crate) struct Fields(pub(crate) Sheet);

impl Fields {
    /// A text, if it says something.
    pub(crate) fn text(mut self, field: &str, text: Option<&str>) -> Fields {
        let text = text.map(accounts::account::tidied).unwrap_or_default();
        if !text.is_empty() {
            self.0.insert(field.to_owned(), text);
        }
        self
    }

    /// A number, if it is said.
    pub(crate) fn number(mut self, field: &str, number: Option<i64>) -> Fields {
        self.0.extend(number.map(|number| (field.to_owned(), number.to_string())));
        self
    }

    /// A day, if it is said.
    pub(crate) fn day(self, field: &str, day: Option<Day>) -> Fields {
        self.number(field, day.map(|day| i64::from(day.0)))
    }

    /// When it was issued or paid.
    pub(crate) fn at(self, at: Moment) -> Fields {
        self.number("at", Some(at.micros)).number("date_only", Some(i64::from(at.date_only)))
    }

    /// What its source does not tell.
    pub(crate) fn terms(self, terms: &BillTerms) -> Fields {
        let channel = terms.channel.map(Channel::as_str);
        self.text("offer", terms.offer.map(Offer::as_str))
            .text("channel", channel)
            .number("stands_alone", Some(i64::from(terms.stands_alone)))
    }
}

/// A number among the fields of a bill.
pub(crate) fn number(sheet: &Sheet, field: &str) -> Option<i64> {
    sheet.get(field)?.parse().ok()
}

/// A day among the fields of a bill.
pub(crate) fn day(sheet: &Sheet, field: &str) -> Option<Day> {
    number(sheet, field).and_then(|day| i32::try_from(day).ok()).map(Day)
}

/// When it was issued or paid.
pub(crate) fn moment(sheet: &Sheet) -> Moment {
    Moment { micros: number(sheet, "at").unwrap_or(0), date_only: number(sheet, "date_only") == Some(1) }
}
