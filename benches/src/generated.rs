//! Buyers who never lived: the same ones for the same seed, about three orders each, a few with many.

use std::io::Write;

use kernel::{Currency, Day, Moment};
use orders::{LineInput, LineKind};

use crate::{Result, random::Random};

const FIRST: &[&str] = &[
    "Alder",
    "Birch",
    "Calder",
    "Dunmore",
    "Ember",
    "Fenwick",
    "Garland",
    "Harbour",
    "Ironbridge",
    "Juniper",
    "Kestrel",
    "Linden",
    "Marlow",
    "Northgate",
    "Orchard",
    "Pemberton",
    "Quarry",
    "Rowan",
    "Stirling",
    "Thornbury",
    "Umber",
    "Verity",
    "Westbrook",
    "Yarrow",
];
const SECOND: &[&str] = &[
    "Bakery",
    "Books",
    "Brewing",
    "Catering",
    "Ceramics",
    "Clinic",
    "Dental",
    "Design",
    "Estates",
    "Farm",
    "Foods",
    "Garage",
    "Gardens",
    "Hotel",
    "Interiors",
    "Joinery",
    "Kitchens",
    "Logistics",
    "Media",
    "Optics",
    "Partners",
    "Press",
    "Stores",
    "Textiles",
    "Tools",
    "Travel",
    "Wines",
    "Works",
];
const COUNTRIES: &[&str] = &["United Kingdom", "Germany", "France", "Ireland", "Spain", "Netherlands"];
const SKUS: &[(&str, &str)] = &[
    ("20725", "LUNCH BAG RED RETROSPOT"),
    ("22423", "REGENCY CAKESTAND 3 TIER"),
    ("47566", "PARTY BUNTING"),
    ("84879", "ASSORTED COLOUR BIRD ORNAMENT"),
    ("85123A", "WHITE HANGING HEART T-LIGHT HOLDER"),
];
const DAY: i64 = 86_400_000_000;
/// Orders lie within so many days, the last of them [`LAST_DAY`].
const DAYS: u64 = 1_096;
/// Whose numbering the ids of buyers are.
pub const SPACE: &str = "made up";
/// Whose numbering the ids of people are.
pub const PEOPLE: &str = "made up people";
/// Parts of which the names of people are put together.
const PARTS: [&str; 24] = [
    "mar", "ost", "ber", "lin", "da", "vo", "ro", "ke", "wick", "grey", "her", "on", "ha", "vel", "tor",
    "ny", "sa", "bri", "cle", "dun", "fa", "gil", "hol", "jun",
];
/// The day on which the made-up world ends.
pub const LAST_DAY: &str = "2025-06-30";

/// A made-up buyer.
pub struct Buyer {
    /// The id in the made-up source.
    pub key: String,
    /// The name.
    pub name: String,
    /// The country.
    pub country: &'static str,
    /// What was bought.
    pub orders: Vec<Bought>,
}

/// Somebody made up who acts for a buyer.
pub struct Person {
    /// The name, of two words.
    pub name: String,
    /// The email address.
    pub email: String,
    /// The telephone number.
    pub phone: String,
}

impl Person {
    /// Who acts for buyer number `n`; the same whatever else was made before.
    pub fn of(n: u64) -> Person {
        let mut random = Random::new(n.wrapping_mul(0x9E6C_63D0_876A_3F35) ^ 0x50_656F);
        let mut word = || (0..3 + random.below(2)).map(|_| *random.of(&PARTS)).collect::<String>();
        let (first, last) = (word(), word());
        Person {
            email: format!("{first}.{last}{n}@post.example"),
            phone: format!("020 {:04} {:04}", 7_000 + n / 10_000 % 1_000, n % 10_000),
            name: format!("{first} {last}"),
        }
    }
}

/// A made-up order of one line.
pub struct Bought {
    number: String,
    sku: &'static (&'static str, &'static str),
    at: Moment,
    quantity: i64,
    price: i64,
    back: bool,
}

/// Buyer number `n`; the same whatever else was made before.
pub fn buyer(n: u64) -> Buyer {
    let mut random = Random::new(n.wrapping_mul(0xA076_1D64_78BD_642F) ^ 0x4D61_696E);
    let name = format!("{} {} {}", random.of(FIRST), random.of(SECOND), n % 9_973);
    let mut count = 1;
    while count < 120 && random.permille(if count < 12 { 660 } else { 930 }) {
        count += 1;
    }
    let last = Day::parse(LAST_DAY).map_or(0, |day| day.moment().micros);
    let orders = (0..count).map(|order| Bought {
        number: format!("{n}-{order}"),
        sku: random.of(SKUS),
        at: Moment::at(last - i64::try_from(random.below(DAYS)).unwrap_or(0) * DAY + 36_000_000_000),
        quantity: 10_000 * i64::try_from(1 + random.below(24)).unwrap_or(1),
        price: 100 * i64::try_from(20 + (1 << random.below(12)) + random.below(300)).unwrap_or(1),
        back: order != 0 && random.permille(30),
    });
    let (orders, country) = (orders.collect(), COUNTRIES[random.below(COUNTRIES.len() as u64) as usize]);
    Buyer { key: n.to_string(), name, country, orders }
}

impl Buyer {
    /// The lines as the operation `orders.record` takes them.
    pub fn lines(&self, currency: Currency) -> impl Iterator<Item = LineInput<'_>> {
        let party = accounts::Party {
            space: SPACE,
            key: &self.key,
            name: Some(&self.name),
            country: Some(self.country),
            email: None,
        };
        (1..).zip(&self.orders).map(move |(row, order)| LineInput {
            row,
            identity: row,
            order_key: &order.number,
            number: &order.number,
            kind: if order.back { LineKind::Cancellation } else { LineKind::Sale },
            fee: false,
            party: Some(party),
            at: order.at,
            sku: order.sku.0,
            description: order.sku.1,
            quantity: order.quantity,
            unit_price: Some(order.price),
            amount: order.amount(),
            currency,
            seller: "",
            freight: 0,
        })
    }
}

impl Bought {
    fn amount(&self) -> i64 {
        let amount = self.price * self.quantity / 10_000;
        if self.back { -amount } else { amount }
    }
}

/// Writes a file in the shape of the real one, so many lines, about twenty to an order; returns the number of lines.
///
/// # Errors
/// When it cannot be written.
pub fn write_file(mut out: impl Write, lines: u64) -> Result<u64> {
    let mut random = Random::new(7);
    writeln!(out, "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country")?;
    let (mut written, mut order) = (0, 536_365);
    while written < lines {
        let customer = 12_346 + random.below(3_400);
        let minute = (order - 536_365) * 22;
        let day = Day::parse("2010-12-01")?.plus(minute / 1_440);
        let (back, known) = (random.permille(150), random.permille(750));
        for _ in 0..1 + random.below(39) {
            let sku = random.of(SKUS);
            let quantity = 1 + random.below(24);
            writeln!(
                out,
                "{}{order},{},{},{}{quantity},{day} {:02}:{:02}:00,{}.{:02},{},{}",
                if back { "C" } else { "" },
                sku.0,
                sku.1,
                if back { "-" } else { "" },
                minute % 1_440 / 60,
                minute % 60,
                random.below(15),
                1 + random.below(99),
                if known { format!("{customer}.0") } else { String::new() },
                random.of(COUNTRIES),
            )?;
            written += 1;
        }
        order += 1;
    }
    Ok(written)
}
