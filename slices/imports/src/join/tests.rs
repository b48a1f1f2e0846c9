//! Tables joined by keys: chains, keys as spreadsheets write them, rows that name nothing.

use std::io::Cursor;

use super::*;
use crate::{Dialect, OrderLines, Read, Source, sniff};

const LINES: &str =
    "OrderID,SKU,Quantity,UnitPrice\n1.0,K1,2,3.50\n 2 ,T7,1,4.00\n3,T7,1,4.00\n9,T7,1,4.00\n";
const ORDERS: &str = "OrderID,Day,Who\n1,2025-03-04,c1\n2,2025-03-05,c2\n2,2025-03-06,c9\n3,2025-03-07,\n";
const CUSTOMERS: &str = "Who,Name\nc2,Rook & Daughters\nc1,Osterlund Marine\n";

const MAPPING: &str = r#"
target = "orders.record"
[fixed]
line = "Shop"
currency = "GBP"
[columns]
order_number = "OrderID"
sku = "SKU"
quantity = "Quantity"
unit_price = "UnitPrice"
date = "Orders.Day"
party_id = "Orders.Who"
party_name = "Customers.Name"
[lookups.Orders]
table = "orders"
key = "OrderID"
by = "OrderID"
missing = "reject"
[lookups.Customers]
table = "customers"
key = "Who"
by = "Orders.Who"
"#;

fn open(name: &str) -> Result<Option<Records>> {
    let text = match name {
        "orders" => ORDERS,
        "customers" => CUSTOMERS,
        "lines" => LINES,
        _ => return Ok(None),
    };
    let source = Source::new(name, Cursor::new(text.as_bytes().to_vec()))?;
    let dialect: Dialect = sniff(&source)?;
    Records::open(source, &dialect).map(Some)
}

fn lines(mapping: &Mapping) -> Vec<(String, String, String)> {
    let records = open("lines").unwrap().unwrap();
    let joins = Joins::load(mapping, records.names(), &open).unwrap();
    let mut lines = OrderLines::of(records.joined(joins), mapping).unwrap();
    let mut seen = Vec::new();
    while let Some(read) = lines.read().unwrap() {
        seen.push(match read {
            Read::Rejected(rejection) => (rejection.column.unwrap(), rejection.value, rejection.reason),
            Read::Line(line) => {
                let party = line.party.as_ref();
                let name = party.and_then(|party| party.name).unwrap_or_default().to_owned();
                let id = party.map_or(String::new(), |party| party.id.to_string());
                (line.at.day(&jiff::tz::TimeZone::UTC).to_string(), id, name)
            }
        });
    }
    seen
}

#[test]
fn values_are_looked_up_through_a_chain_of_tables() {
    let mapping = Mapping::from_toml(MAPPING).unwrap();
    let said = |one: &str, other: &str, third: &str| (one.to_owned(), other.to_owned(), third.to_owned());
    assert_eq!(
        lines(&mapping),
        [
            said("2025-03-04", "c1", "Osterlund Marine"),
            // Of two rows with the same key the first is taken.
            said("2025-03-05", "c2", "Rook & Daughters"),
            said("2025-03-07", "", ""),
            said("OrderID", "9", "names no row of orders"),
        ]
    );
}

#[test]
fn a_lookup_that_does_not_hold_is_refused_by_its_key() {
    for (wrong, field, said) in [
        (MAPPING.replace("\"orders\"", "\"bills\""), "lookups.Orders.table", "no table \"bills\""),
        (MAPPING.replace("by = \"OrderID\"", "by = \"Bill\""), "lookups.Customers.by", "Orders.Who"),
        (MAPPING.replace("Orders.Day", "Orders.Date"), "lookups.orders.columns", "no column \"Date\""),
    ] {
        let mapping = Mapping::from_toml(&wrong).unwrap();
        let records = open("lines").unwrap().unwrap();
        let problem = Joins::load(&mapping, records.names(), &open).unwrap_err();
        assert_eq!(problem.field.as_deref(), Some(field));
        assert!(problem.message.contains(said), "{problem}");
    }
}

#[test]
fn what_is_looked_up_is_no_part_of_what_makes_a_line_the_same() {
    let mapping = Mapping::from_toml(MAPPING).unwrap();
    let identities = |mapping: &Mapping| {
        let records = open("lines").unwrap().unwrap();
        let joins = Joins::load(mapping, records.names(), &open).unwrap();
        let mut lines = OrderLines::of(records.joined(joins), mapping).unwrap();
        let mut seen = Vec::new();
        while let Some(read) = lines.read().unwrap() {
            if let Read::Line(line) = read {
                seen.push(line.identity);
            }
        }
        seen
    };
    let without_names = MAPPING.replace("party_name = \"Customers.Name\"", "");
    assert_eq!(identities(&mapping), identities(&Mapping::from_toml(&without_names).unwrap()));
}
