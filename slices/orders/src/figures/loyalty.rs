//! Who bought when: never, lately, once, in many months.

use std::collections::BTreeSet;

use kernel::Day;
use schemars::JsonSchema;
use serde::Serialize;

use super::rounding::share;

/// Bought in at least so many different months: dealings that go on.
const ONGOING: usize = 12;
/// Calendar months at the end of the data, its last one among them, that count as lately.
const LATELY: i32 = 6;
/// How many accounts are named that bought most often.
const NAMED: usize = 3;

/// Who bought when.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct AccountFigures {
    /// Accounts on file.
    pub on_file: i64,
    /// Of which without a sale.
    pub never_bought: i64,
    /// The first twenty of those, by name.
    pub never_bought_first: Vec<NamedAccount>,
    /// The first day of an order; empty where there is none.
    pub first_day: String,
    /// The last one: the end of the data.
    pub last_day: String,
    /// More days than this without a sale count as silent.
    pub silent_days: i64,
    /// Buyers who were silent at the end of the data.
    pub silent: i64,
    /// In how many different calendar months accounts bought.
    pub months: MonthsBought,
    /// Accounts that bought in the last six calendar months of the data.
    pub bought_lately: i64,
    /// Of which in twelve or more months altogether.
    pub bought_lately_ongoing: i64,
    /// How many different people of ours sold to an account on average, with two decimals; empty where no order says.
    pub sellers_each: String,
    /// Accounts that bought from one person of ours only.
    pub one_seller: i64,
    /// Accounts that bought most often.
    pub most_orders: Vec<BusyAccount>,
}

/// Accounts by the number of calendar months in which they bought.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MonthsBought {
    /// In one: a one-off.
    pub one: i64,
    /// In two to eleven.
    pub two_to_eleven: i64,
    /// In twelve or more: dealings that go on.
    pub twelve_or_more: i64,
}

/// An account by its name.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct NamedAccount {
    /// Its number inside.
    #[serde(skip)]
    pub number: i64,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The ids by which files and tools know it, where names are the same.
    pub keys: Vec<String>,
}

/// An account and how often it bought.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct BusyAccount {
    /// Its number inside.
    #[serde(skip)]
    pub number: i64,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its orders.
    pub orders: i64,
    /// The calendar months in which it bought.
    pub months: i64,
}

/// What is added up account by account.
#[derive(Debug, Default)]
pub(crate) struct Loyalty {
    accounts: Vec<Bought>,
    current: Option<(Bought, BTreeSet<i32>, BTreeSet<String>)>,
    first: Option<Day>,
    last: Option<Day>,
}

#[derive(Clone, Copy, Debug)]
struct Bought {
    number: i64,
    orders: i64,
    months: usize,
    sellers: usize,
    last: Day,
}

impl Loyalty {
    /// An order of that day stands in the book.
    pub(crate) fn see(&mut self, day: Day) {
        self.first = Some(self.first.map_or(day, |first| first.min(day)));
        self.last = Some(self.last.map_or(day, |last| last.max(day)));
    }

    /// An account bought on a day from somebody of ours (empty: nobody says); the orders of an account come one after the other, by time.
    pub(crate) fn bought(&mut self, number: i64, day: Day, seller: &str) {
        if self.current.as_ref().is_none_or(|(bought, ..)| bought.number != number) {
            self.close();
            let bought = Bought { number, orders: 0, months: 0, sellers: 0, last: day };
            self.current = Some((bought, BTreeSet::new(), BTreeSet::new()));
        }
        if let Some((bought, months, sellers)) = &mut self.current {
            bought.orders += 1;
            bought.last = bought.last.max(day);
            months.insert(day.month());
            if !seller.is_empty() && !sellers.contains(seller) {
                sellers.insert(seller.to_owned());
            }
        }
    }

    fn close(&mut self) {
        if let Some((bought, months, sellers)) = self.current.take() {
            self.accounts.push(Bought { months: months.len(), sellers: sellers.len(), ..bought });
        }
    }

    /// The figures, but for what is known of accounts that never bought and for names.
    pub(crate) fn finish(mut self, silent_days: i64) -> AccountFigures {
        self.close();
        let day = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
        let count = |fits: &dyn Fn(&Bought) -> bool| {
            i64::try_from(self.accounts.iter().filter(|bought| fits(bought)).count()).unwrap_or(i64::MAX)
        };
        let end = self.last;
        let lately = |bought: &Bought| end.is_some_and(|end| end.month() - LATELY < bought.last.month());
        let silent = |bought: &Bought| end.is_some_and(|end| silent_days < i64::from(end - bought.last));
        let served = count(&|bought| 0 < bought.sellers);
        let sellers: usize = self.accounts.iter().map(|bought| bought.sellers).sum();
        let figures = AccountFigures {
            sellers_each: share(i64::try_from(sellers).unwrap_or(i64::MAX), served.saturating_mul(100)),
            one_seller: count(&|bought| bought.sellers == 1),
            first_day: day(self.first),
            last_day: day(self.last),
            silent_days,
            silent: count(&silent),
            months: MonthsBought {
                one: count(&|bought| bought.months == 1),
                two_to_eleven: count(&|bought| 1 < bought.months && bought.months < ONGOING),
                twelve_or_more: count(&|bought| ONGOING <= bought.months),
            },
            bought_lately: count(&lately),
            bought_lately_ongoing: count(&|bought| lately(bought) && ONGOING <= bought.months),
            ..AccountFigures::default()
        };
        self.accounts.sort_by(|a, b| b.orders.cmp(&a.orders).then(a.number.cmp(&b.number)));
        let busy = self.accounts.iter().take(NAMED).map(|bought| BusyAccount {
            number: bought.number,
            id: String::new(),
            name: String::new(),
            orders: bought.orders,
            months: i64::try_from(bought.months).unwrap_or(i64::MAX),
        });
        AccountFigures { most_orders: busy.collect(), ..figures }
    }
}
