//! The sample businesses: three invented ones, generated from a seed, brought in by the doors that files of people come
//! in by, and taken back as one.

pub mod chance;
pub mod deal;
pub mod ledger;
mod load;
pub mod names;
pub mod notebook;
pub mod ops;
mod pages;
mod practice;
mod saas;
mod shop;
mod store;
pub mod table;

use kernel::{Day, Problem, Result};
use slice::{Slice, op};
use speech::say;

pub use self::{load::LOAD, ops::is_any};

/// What the sample businesses bring to the house.
pub fn slice() -> Slice {
    Slice {
        name: "samples",
        migrations: &[],
        tables: &[],
        operations: vec![op(ops::LIST, ops::list), op(ops::LOAD, ops::load), op(ops::REMOVE, ops::remove)],
        pages: pages::PAGES,
        panels: &[],
        finders: &[],
        agendas: &[],
        consequences: &[],
        deeds: crate::deeds::deed,
        jobs: load::JOBS,
    }
}

/// A sample business.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Business {
    /// Insurance and advice: mostly clients.
    Practice,
    /// Homeware and gifts: mostly customers.
    Shop,
    /// Payroll software with a services arm: many near the line.
    Saas,
}

impl Business {
    /// All of them.
    pub const ALL: [Business; 3] = [Business::Practice, Business::Shop, Business::Saas];

    /// The word by which it is asked for.
    pub fn word(self) -> &'static str {
        match self {
            Business::Practice => "practice",
            Business::Shop => "shop",
            Business::Saas => "saas",
        }
    }

    /// What it is called on pages.
    pub fn title(self) -> &'static str {
        match self {
            Business::Practice => "A practice",
            Business::Shop => "A shop",
            Business::Saas => "A software vendor",
        }
    }

    /// What it is, in one sentence.
    pub fn sentence(self) -> &'static str {
        match self {
            Business::Practice => {
                "Insurance and advice in a harbour town: mostly clients, a few who want to be left alone, and travel \
                 policies bought at night."
            }
            Business::Shop => {
                "Homeware and gifts: mostly customers, regulars with their seasons, and tea rooms that buy by the dozen \
                 among them."
            }
            Business::Saas => {
                "Payroll software with a services arm: many stand near the line, some get less than they are owed, and \
                 three people look after them all."
            }
        }
    }

    /// The service lines that it stands on.
    pub fn lines(self) -> &'static [&'static str] {
        match self {
            Business::Practice => &["Insurance", "Advisory"],
            Business::Shop => &["Shop"],
            Business::Saas => &["Payroll software", "Payroll services"],
        }
    }

    /// All that it would have exported on that day: the same day is the same bytes on every machine.
    pub fn tables(self, today: Day) -> table::Tables {
        match self {
            Business::Practice => practice::tables(today),
            Business::Shop => shop::tables(today),
            Business::Saas => saas::tables(today),
        }
    }

    /// The businesses that a word means: one, or all of them.
    ///
    /// # Errors
    /// `sample.none` for any other word.
    pub fn meant(word: &str) -> Result<Vec<Business>> {
        if word == "all" {
            return Ok(Business::ALL.to_vec());
        }
        let found = Business::ALL.into_iter().find(|business| business.word() == word);
        found.map(|business| vec![business]).ok_or_else(|| {
            let text = say!(
                "there is no sample business {word:?}; there are practice, shop, saas, and all for the three"
            );
            Problem::invalid("business", "sample.none", text)
        })
    }
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;

    fn bytes(business: Business, today: &str) -> String {
        let today = Day::parse(today).unwrap();
        let tables = business.tables(today);
        tables.iter().map(|table| format!("{}\n{}{}", table.name, table.mapping(), table.csv())).collect()
    }

    #[test]
    fn the_same_day_is_the_same_bytes_and_another_day_is_not() {
        for business in Business::ALL {
            let once = bytes(business, "2026-09-30");
            assert_eq!(once, bytes(business, "2026-09-30"), "{business:?}");
            assert_ne!(once, bytes(business, "2026-10-01"), "{business:?}");
        }
    }

    /// Written down once: a machine that draws otherwise is found here.
    #[test]
    fn the_bytes_are_those_of_every_other_machine() {
        let digest = |business| {
            let hash = Sha256::digest(bytes(business, "2026-09-30").as_bytes());
            hash.iter().take(6).map(|byte| format!("{byte:02x}")).collect::<String>()
        };
        assert_eq!(Business::ALL.map(digest), ["7b53fed551bf", "cd86f174078e", "cafc24011edb"]);
    }

    #[test]
    fn nothing_lies_after_today_and_much_lies_years_before() {
        for business in Business::ALL {
            for table in business.tables(Day::parse("2026-09-30").unwrap()) {
                let csv = table.csv();
                let mut lines = csv.lines();
                let head = lines.next().unwrap_or_default();
                let Some(date) = head.split(',').position(|column| column == "Date") else { continue };
                for line in lines {
                    let day = line.split(',').nth(date).unwrap_or_default();
                    assert!(day < "2026-10-01", "{business:?} {}: {line}", table.name);
                    assert!("2014" < day, "{business:?} {}: {line}", table.name);
                }
            }
        }
    }
}
