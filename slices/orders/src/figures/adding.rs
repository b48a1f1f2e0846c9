//! Adding orders up, one by one, in the order of accounts and time.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use kernel::{Currency, Day, Money, Result};

use super::{
    CountryFigure, Figures, Gaps, Loyalty, MoneyFigures, MonthFigure, SellerFigure, TopAccount, YearFigure,
    groups::Groups,
    rounding::{divided, median, median_money, share, tenths},
};
use crate::order::CountedOrder;

/// Adds orders up, given by account and time.
#[derive(Debug)]
pub struct Adding {
    zone: TimeZone,
    lines: i64,
    sale_lines: i64,
    currencies: BTreeMap<Currency, Sums>,
    buyer: Option<Buyer>,
    buyers: i64,
    repeat_buyers: i64,
    gaps: Vec<i64>,
    loyalty: Loyalty,
}

#[derive(Debug, Default)]
struct Sums {
    gross: i64,
    unidentified: i64,
    fees: i64,
    fee_lines: i64,
    cancelled: i64,
    cancelled_identified: i64,
    orders: Vec<i64>,
    accounts: Vec<Account>,
    months: BTreeMap<i32, i64>,
    years: BTreeMap<i32, i64>,
    freight: i64,
    countries: Groups,
    sellers: Groups,
}

#[derive(Debug, Clone, Copy)]
struct Account {
    number: i64,
    net: i64,
    sales: i64,
}

#[derive(Debug)]
struct Buyer {
    number: i64,
    orders: i64,
    last: Option<Day>,
}

impl Adding {
    /// Begins; days are days of that zone.
    pub fn new(zone: TimeZone) -> Adding {
        Adding {
            zone,
            lines: 0,
            sale_lines: 0,
            currencies: BTreeMap::new(),
            buyer: None,
            buyers: 0,
            repeat_buyers: 0,
            gaps: Vec::new(),
            loyalty: Loyalty::default(),
        }
    }

    /// Adds the next order.
    ///
    /// # Errors
    /// `money.currency` for a stored currency that is none.
    pub fn add(&mut self, order: &CountedOrder) -> Result<()> {
        self.lines += order.totals.lines;
        self.sale_lines += order.totals.sale_lines;
        let day = order.placed.day(&self.zone);
        let sums = self.currencies.entry(Currency::parse(&order.currency)?).or_default();
        sums.add(order, day);
        // What went back by itself is no day of orders.
        if 0 < order.totals.sale_lines || order.totals.cancelled_lines == 0 {
            self.loyalty.see(day);
        }
        if order.account == 0 {
            return Ok(());
        }
        if self.buyer.as_ref().is_none_or(|buyer| buyer.number != order.account) {
            self.close();
            self.buyer = Some(Buyer { number: order.account, orders: 0, last: None });
        }
        if let Some(buyer) = self.buyer.as_mut().filter(|_| 0 < order.totals.sale_lines) {
            buyer.orders += 1;
            self.loyalty.bought(order.account, day, &order.seller);
            if let Some(gap) = buyer.last.map(|last| i64::from(day - last)).filter(|gap| 0 < *gap) {
                self.gaps.push(gap);
            }
            buyer.last = Some(day);
        }
        Ok(())
    }

    fn close(&mut self) {
        if let Some(buyer) = self.buyer.take() {
            self.buyers += i64::from(0 < buyer.orders);
            self.repeat_buyers += i64::from(1 < buyer.orders);
        }
    }

    /// The figures; `numbers` are the different order numbers and how many of them only went back; who bought nothing for
    /// more than `silent_days` is silent. Accounts carry their number in place of their id and name.
    pub fn finish(mut self, numbers: (i64, i64), silent_days: i64) -> Figures {
        self.close();
        self.gaps.sort_unstable();
        let sum: i64 = self.gaps.iter().sum();
        let gaps = i64::try_from(self.gaps.len()).unwrap_or(i64::MAX);
        Figures {
            order_lines: self.lines,
            sale_lines: self.sale_lines,
            order_numbers: numbers.0,
            cancellation_numbers: numbers.1,
            identified_buyers: self.buyers,
            repeat_buyers: self.repeat_buyers,
            repeat_rate: share(self.repeat_buyers, self.buyers),
            days_between_purchases: Gaps {
                gaps,
                median: median(&self.gaps),
                mean: if gaps == 0 { String::new() } else { tenths(sum * 10, gaps) },
            },
            accounts: self.loyalty.finish(silent_days),
            money: self.currencies.into_iter().map(|(currency, sums)| sums.shown(currency)).collect(),
        }
    }
}

impl Sums {
    fn add(&mut self, order: &CountedOrder, day: Day) {
        let totals = &order.totals;
        let sales = totals.sales();
        self.gross = self.gross.saturating_add(sales);
        self.fees = self.fees.saturating_add(totals.fees);
        self.fee_lines += totals.fee_lines;
        self.cancelled = self.cancelled.saturating_add(totals.cancelled);
        if 0 < totals.sale_lines {
            *self.months.entry(day.month()).or_default() += sales;
            *self.years.entry(i32::from(day.date().year())).or_default() += sales;
        }
        let (net, sold) = (sales - totals.cancelled, 0 < totals.sale_lines);
        self.freight = self.freight.saturating_add(order.freight);
        if !order.seller.is_empty() {
            self.sellers.add(&order.seller, order.account, net, sold);
        }
        if order.account == 0 {
            self.unidentified = self.unidentified.saturating_add(sales);
            return;
        }
        self.cancelled_identified = self.cancelled_identified.saturating_add(totals.cancelled);
        self.countries.add(&order.country, order.account, net, sold);
        if sold {
            self.orders.push(sales);
        }
        match self.accounts.last_mut().filter(|account| account.number == order.account) {
            Some(account) => {
                account.net = account.net.saturating_add(net);
                account.sales = account.sales.saturating_add(sales);
            }
            None => self.accounts.push(Account { number: order.account, net, sales }),
        }
    }

    fn shown(mut self, currency: Currency) -> MoneyFigures {
        let text = |amount| Money::new(amount, currency).decimal();
        self.orders.sort_unstable();
        let identified = self.gross - self.unidentified;
        let mut sales: Vec<i64> =
            self.accounts.iter().map(|account| account.sales).filter(|n| 0 < *n).collect();
        sales.sort_unstable_by(|a, b| b.cmp(a));
        let top_tenth: i64 = sales.iter().take(sales.len().div_ceil(10)).sum();
        self.accounts.sort_by(|a, b| b.net.cmp(&a.net).then(a.number.cmp(&b.number)));
        let month = |month: Option<(&i32, &i64)>| {
            month.map(|(month, gross)| MonthFigure {
                month: Day::first_of_month(*month).to_string().chars().take(7).collect(),
                gross: text(*gross),
            })
        };
        let orders = i64::try_from(self.orders.len()).unwrap_or(i64::MAX);
        MoneyFigures {
            currency,
            gross: text(self.gross),
            unidentified: text(self.unidentified),
            unidentified_share: share(self.unidentified, self.gross),
            identified: text(identified),
            fees: text(self.fees),
            fees_share: share(self.fees, self.gross),
            fee_lines: self.fee_lines,
            cancelled: text(self.cancelled),
            cancelled_share: share(self.cancelled, self.gross),
            cancelled_identified: text(self.cancelled_identified),
            freight: text(self.freight),
            identified_orders: orders,
            mean_order: if orders == 0 { String::new() } else { text(divided(identified, orders)) },
            median_order: median_money(&self.orders, currency),
            top_tenth_share: share(top_tenth, identified),
            best_month: month(self.months.iter().max_by_key(|(month, gross)| (**gross, -**month))),
            weakest_month: month(self.months.iter().min_by_key(|(month, gross)| (**gross, **month))),
            years: self
                .years
                .iter()
                .map(|(year, gross)| YearFigure { year: *year, gross: text(*gross) })
                .collect(),
            top_countries: countries(self.countries, text),
            sellers: sellers(self.sellers, text),
            top_accounts: self
                .accounts
                .iter()
                .take(10)
                .map(|account| TopAccount {
                    number: account.number,
                    id: String::new(),
                    name: String::new(),
                    country: String::new(),
                    net: text(account.net),
                })
                .collect(),
        }
    }
}

fn countries(groups: Groups, text: impl Fn(i64) -> String) -> Vec<CountryFigure> {
    let shown = groups.first().into_iter().map(|(country, group)| CountryFigure {
        country,
        net: text(group.net),
        buyers: group.buyers,
    });
    shown.collect()
}

fn sellers(groups: Groups, text: impl Fn(i64) -> String) -> Vec<SellerFigure> {
    let shown = groups.first().into_iter().map(|(seller, group)| SellerFigure {
        seller,
        net: text(group.net),
        orders: group.orders,
        buyers: group.buyers,
    });
    shown.collect()
}
