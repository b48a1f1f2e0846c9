//! The order file that the harness brings in: a small shop, written the same for the same seed.

use std::fmt::Write;

/// How the columns of the file are to be read.
pub const MAPPING: &str = r#"target = "orders.record"
now = "end of data"

[fixed]
line = "Shop"
industry = "retail"
offer = "goods"
channel = "online"
currency = "EUR"
zone = "Europe/Berlin"
party_space = "shop"

[columns]
order_number = "Order"
date = "Placed"
sku = "Article"
description = "Description"
quantity = "Quantity"
unit_price = "Price"
party_id = "Buyer"
party_name = "Name"
country = "Country"

[formats]
dates = "year-month-day"
decimal = "."

[rules.cancellation]
prefixes = ["C"]

[rules.fees]
skus = ["POST"]
"#;

const FIRST: [&str; 12] =
    ["Ada", "Bo", "Carla", "Dana", "Emeka", "Femi", "Greta", "Hugo", "Ines", "Jun", "Kaya", "Luis"];
const LAST: [&str; 12] = [
    "Okafor",
    "Baker",
    "Northgate",
    "Lind",
    "Moreau",
    "Novak",
    "Osterlund",
    "Petit",
    "Quint",
    "Rossi",
    "Sato",
    "Tan",
];
const COUNTRIES: [&str; 5] = ["Germany", "France", "Belgium", "United Kingdom", "Spain"];
const BUYERS: u64 = 900;
/// Lines of an order stand at most so far from one another.
const SCATTER: u64 = 700;

/// Numbers that look like chance and are the same for the same seed (splitmix64).
#[derive(Clone, Copy)]
pub struct Chance(pub u64);

impl Chance {
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, end: u64) -> u64 {
        self.draw() % end
    }

    fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }
}

/// A file of at least so many lines: orders whose lines stand apart, cancellations, buyers without a name, the same
/// line twice in an order, postage, and rows that cannot be read.
pub fn orders(seed: u64, lines: usize) -> String {
    let mut chance = Chance(seed);
    let mut rows: Vec<(u64, String)> = Vec::with_capacity(lines + 8);
    let mut order = 0;
    while rows.len() < lines {
        order += 1;
        let begins = rows.len() as u64;
        for line in of_order(&mut chance, order, begins * 720 / lines as u64) {
            rows.push((begins + chance.below(SCATTER), line));
        }
    }
    rows.sort();
    let mut text = "Order,Placed,Article,Description,Quantity,Price,Buyer,Name,Country\n".to_owned();
    for (_, row) in rows {
        text.push_str(&row);
        text.push('\n');
    }
    text
}

fn of_order(chance: &mut Chance, order: u64, day: u64) -> Vec<String> {
    let cancels = chance.one_in(25);
    let buyer = chance.below(BUYERS) * chance.below(BUYERS) / BUYERS;
    let (buyer, name, country) = match chance.one_in(12) {
        true => (String::new(), String::new(), String::new()),
        false => (
            format!("B{buyer:04}"),
            format!("{} {}", pick(&FIRST, buyer), pick(&LAST, buyer / 12)),
            pick(&COUNTRIES, buyer / 7).to_owned(),
        ),
    };
    let placed = format!("{} {:02}:{:02}", date(day), 8 + chance.below(12), chance.below(60));
    let number = format!("{}{}", if cancels { "C" } else { "" }, 10_000 + order);
    let mut lines = Vec::new();
    for _ in 0..1 + chance.below(14) {
        let article = chance.below(400);
        let (mut placed, mut quantity) = (placed.clone(), format!("{}", 1 + chance.below(9)));
        match chance.below(600) {
            0 => "soon".clone_into(&mut placed),
            1 => "a few".clone_into(&mut quantity),
            _ => (),
        }
        if cancels {
            quantity.insert(0, '-');
        }
        let (sku, price) = match chance.one_in(20) {
            true => ("POST".to_owned(), 495),
            false => (format!("A{article:03}"), 150 + article * 37 % 9_000),
        };
        let mut row = String::new();
        let _ = write!(
            row,
            "{number},{placed},{sku},\"Thing {sku}, boxed\",{quantity},{}.{:02},{buyer},{name},{country}",
            price / 100,
            price % 100
        );
        if chance.one_in(30) {
            lines.push(row.clone());
        }
        lines.push(row);
    }
    lines
}

fn pick<'a>(words: &[&'a str], n: u64) -> &'a str {
    words[(n % words.len() as u64) as usize]
}

/// Days of two years of twelve months of thirty days: real dates, all but the last of a month's.
fn date(day: u64) -> String {
    let (year, month, day) = (2024 + day / 360, day / 30 % 12 + 1, (day % 30 + 1).min(28));
    format!("{year}-{month:02}-{day:02}")
}
