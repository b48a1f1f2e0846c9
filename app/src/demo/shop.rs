//! The shop: homeware and gifts, mostly for customers. Regulars come back with the seasons, tea rooms and inns buy by the
//! dozen among the shoppers, and a few rely on its stylist.

mod range;
mod regulars;
mod shoppers;

use kernel::Day;

use super::{
    chance::Chance,
    deal,
    names::{AddressBook, COLUMNS, Party},
    notebook::Notebook,
    table::{Table, Tables, at, money},
};

/// The numbering of its parties.
pub const SPACE: &str = "sample shop";

const ORDER: &[(&str, &str)] = &[
    ("order_number", "Order"),
    ("date", "Date"),
    ("party_id", "Customer"),
    ("sku", "Article"),
    ("description", "Description"),
    ("quantity", "Pieces"),
    ("unit_price", "Price"),
];
const SERVICE: &[(&str, &str)] = &[
    ("order_number", "Order"),
    ("date", "Date"),
    ("party_id", "Customer"),
    ("description", "Description"),
    ("quantity", "Pieces"),
    ("unit_price", "Price"),
];
const PRODUCT: &[(&str, &str)] =
    &[("sku", "Article"), ("description", "Description"), ("category", "Category"), ("unit_price", "Price")];

/// What the shop keeps, while it is being written.
struct Till {
    chance: Chance,
    today: Day,
    book: AddressBook,
    accounts: Table,
    products: Table,
    orders: Table,
    styling: Table,
    trade: Table,
    notebook: Notebook,
    /// The number of the order written last.
    order: i32,
}

/// All that it would have exported on that day.
pub fn tables(today: Day) -> Tables {
    let mut till = Till::new(today);
    range::write(&mut till.products);
    (0..980).for_each(|place| shoppers::passing(&mut till, place));
    (0..90).for_each(|place| shoppers::again(&mut till, place));
    (0..26).for_each(|place| regulars::trade(&mut till, place));
    (0..9).for_each(|place| regulars::styled(&mut till, place));
    shoppers::doubles(&mut till);
    regulars::newest(&mut till);
    regulars::furnishing(&mut till);
    till.tables()
}

impl Till {
    fn new(today: Day) -> Till {
        let table = |name, target, columns| Table::new(name, target, SPACE, columns).on("Shop", "retail");
        Till {
            chance: Chance::seeded("a shop, 1"),
            today,
            book: AddressBook::new('C'),
            accounts: Table::new("customers.csv", "accounts.record", SPACE, COLUMNS),
            products: table("products.csv", "products.record", PRODUCT)
                .always("currency", "GBP")
                .always("offer", "goods"),
            orders: table("orders.csv", "orders.record", ORDER)
                .always("currency", "GBP")
                .always("offer", "goods")
                .always("channel", "online"),
            styling: table("styling.csv", "orders.record", SERVICE)
                .always("currency", "GBP")
                .always("offer", "professional_service")
                .always("channel", "person"),
            trade: deal::signed("trade-accounts.csv", SPACE).on("Shop", "retail"),
            notebook: Notebook::new(today, SPACE),
            order: 30_000,
        }
    }

    fn enter(&mut self, party: &Party) -> String {
        self.accounts.row(party.row());
        party.id.clone()
    }

    /// An order of several articles, each so many times; what comes back some days later stands under the same number.
    fn order(&mut self, whom: &str, on: Day, articles: i32, [least, most]: [i32; 2]) {
        if self.today < on {
            return;
        }
        self.order += 1;
        let number = self.order.to_string();
        let when = at(on, self.chance.between(6, 23), self.chance.between(0, 59));
        let chosen: Vec<_> = (0..articles).map(|_| range::article(&mut self.chance, on)).collect();
        for article in &chosen {
            let pieces = self.chance.between(least, most);
            self.line(&number, &when, whom, article, pieces);
        }
        let is_back = self.chance.percent(7) && on.plus(9) < self.today;
        if let Some(article) = chosen.first().filter(|_| is_back) {
            let back = on.plus(self.chance.between(3, 9));
            self.line(&number, &at(back, 12, 0), whom, article, -least);
            let topic = *self.chance.pick(&["refund", "refund", "exchange"]);
            self.notebook.asked(whom, back, topic, "");
        }
    }

    fn line(&mut self, number: &str, when: &str, whom: &str, article: &range::Article, pieces: i32) {
        self.orders.row([
            number.to_owned(),
            when.to_owned(),
            whom.to_owned(),
            article.sku.clone(),
            article.name.clone(),
            pieces.to_string(),
            money(article.cents),
        ]);
    }

    fn tables(self) -> Tables {
        let own = [self.products, self.accounts, self.trade, self.orders, self.styling];
        own.into_iter().chain(self.notebook.tables()).collect()
    }
}
