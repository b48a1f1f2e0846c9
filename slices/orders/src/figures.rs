//! The figures of a book of orders: what was sold, to whom, how often, how much went back.

mod adding;
mod groups;
mod loyalty;
pub(crate) mod rounding;
mod sold;

pub(crate) use self::loyalty::Loyalty;
pub use self::{
    adding::Adding,
    loyalty::{AccountFigures, BusyAccount, MonthsBought, NamedAccount},
    sold::{ArticleFigure, CategoryFigure, CategoryFigures},
};

use kernel::Currency;
use schemars::JsonSchema;
use serde::Serialize;

/// The figures of a book of orders.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Figures {
    /// All lines, whatever they are.
    pub order_lines: i64,
    /// Of which something was bought.
    pub sale_lines: i64,
    /// Different order numbers.
    pub order_numbers: i64,
    /// Of which everything went back.
    pub cancellation_numbers: i64,
    /// Accounts with at least one sale.
    pub identified_buyers: i64,
    /// Accounts with at least two orders.
    pub repeat_buyers: i64,
    /// The second in percent of the first.
    pub repeat_rate: String,
    /// Days between two purchase days of the same account.
    pub days_between_purchases: Gaps,
    /// Who bought when: never, lately, in how many months.
    pub accounts: AccountFigures,
    /// Money, one entry per currency; currencies are never added.
    pub money: Vec<MoneyFigures>,
}

/// Days between two purchase days of the same account.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Gaps {
    /// How many there are.
    pub gaps: i64,
    /// Their median.
    pub median: String,
    /// Their mean, with one decimal.
    pub mean: String,
}

/// Figures in one currency, in major units.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct MoneyFigures {
    /// The currency.
    pub currency: Currency,
    /// All sale lines.
    pub gross: String,
    /// Of which nobody is named.
    pub unidentified: String,
    /// That in percent of gross.
    pub unidentified_share: String,
    /// Of which somebody is named.
    pub identified: String,
    /// Of gross, what is fees and not goods.
    pub fees: String,
    /// That in percent of gross.
    pub fees_share: String,
    /// Lines of fees.
    pub fee_lines: i64,
    /// What went back.
    pub cancelled: String,
    /// That in percent of gross.
    pub cancelled_share: String,
    /// Of which somebody is named.
    pub cancelled_identified: String,
    /// What was asked for sending, where sources tell it beside the lines of orders; it is in no other sum.
    pub freight: String,
    /// Orders with a sale that name somebody.
    pub identified_orders: i64,
    /// Their mean.
    pub mean_order: String,
    /// Their median.
    pub median_order: String,
    /// What the tenth of the accounts with the most sales bring, in percent of the identified sales.
    pub top_tenth_share: String,
    /// The month with the highest gross.
    pub best_month: Option<MonthFigure>,
    /// The month with the lowest gross, among those with any.
    pub weakest_month: Option<MonthFigure>,
    /// The ten accounts with the highest net, that is with what went back taken off.
    pub top_accounts: Vec<TopAccount>,
    /// The years, and what each brought.
    pub years: Vec<YearFigure>,
    /// The ten countries of accounts with the highest net.
    pub top_countries: Vec<CountryFigure>,
    /// The ten of us who sold most, where orders say who sold them.
    pub sellers: Vec<SellerFigure>,
}

/// A year and what it brought.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct YearFigure {
    /// The year.
    pub year: i32,
    /// Its gross.
    pub gross: String,
}

/// A country and what its accounts brought.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CountryFigure {
    /// The country as written; empty where nobody said.
    pub country: String,
    /// Its net sales.
    pub net: String,
    /// Its accounts with a sale.
    pub buyers: i64,
}

/// Somebody of ours and what they sold.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SellerFigure {
    /// Who, as orders say it.
    pub seller: String,
    /// What they sold, with what went back taken off.
    pub net: String,
    /// In how many orders.
    pub orders: i64,
    /// To how many accounts.
    pub buyers: i64,
}

/// A month and what it brought.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct MonthFigure {
    /// The month, such as 2010-12.
    pub month: String,
    /// Its gross.
    pub gross: String,
}

/// An account among the first.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct TopAccount {
    /// Its number inside.
    #[serde(skip)]
    pub number: i64,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its country.
    pub country: String,
    /// Its net sales.
    pub net: String,
}
