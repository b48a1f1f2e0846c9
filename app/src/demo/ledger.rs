//! What a business took over with another one: bare sums of an old ledger, too little to tell a customer from a client.

use kernel::Day;

use super::{
    chance::Chance,
    table::{Table, ago, money},
};

const COLUMNS: &[(&str, &str)] =
    &[("order_number", "Entry"), ("date", "Date"), ("party_id", "Account"), ("order_total", "Sum")];

/// An old ledger without entries.
pub fn table(space: &str) -> Table {
    Table::new("taken-over-ledger.csv", "orders.record", space, COLUMNS).always("currency", "GBP")
}

/// Two or three sums of somebody, for nobody knows what.
pub fn enter(table: &mut Table, chance: &mut Chance, today: Day, whom: &str) {
    let mut on = ago(today, chance.between(150, 200));
    for _ in 0..chance.between(2, 3) {
        let number = format!("old-{}", 101 + table.len());
        let sum = money(100 * chance.between(120, 900));
        table.row([number, on.to_string(), whom.to_owned(), sum]);
        on = on.plus(chance.between(20, 45));
    }
}
