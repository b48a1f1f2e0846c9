//! What Mainstay costs, beside what the same work costs without it: the tools that the programs in `bin/` share.

pub mod asking;
pub mod bare;
pub mod client;
pub mod coming;
pub mod counted;
pub mod floor;
pub mod generated;
pub mod made;
pub mod questions;
pub mod random;
pub mod report;
pub mod running;
pub mod spent;
pub mod weight;

/// The errors of a program that only measures: each is shown and ends it.
pub type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// The value after a word of the command line, such as `--data`.
pub fn option(name: &str) -> Option<String> {
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        if word == name {
            return words.next();
        }
    }
    None
}

/// A number after a word of the command line, else what is usual.
///
/// # Errors
/// When it is no number.
pub fn number(name: &str, usual: u64) -> Result<u64> {
    option(name).map_or(Ok(usual), |text| Ok(text.replace('_', "").parse()?))
}

/// Where the house stands: `--data` and `--database` as `mainstay` knows them.
pub fn settings(usual: &str) -> mainstay::config::Settings {
    mainstay::config::Settings {
        data: option("--data").unwrap_or_else(|| usual.to_owned()).into(),
        database: option("--database"),
    }
}
