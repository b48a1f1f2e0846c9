//! Which sample businesses are there, as a setting of the house; and whether the house holds anything else.

use ::store::{Tx, dialect};
use accounts::VISIBLE;
use imports::ImportId;
use kernel::{Problem, Result};
use serde::{Deserialize, Serialize};

/// The setting in which they stand.
const SETTING: &str = "samples";

/// A sample business that is in the house, or on its way in or out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loaded {
    /// Its word.
    pub business: String,
    /// The day that counts as today in it.
    pub today: String,
    /// The import that brings it, the first of its tables; 0 before its tables are written.
    pub import: i64,
    /// How far it has come.
    #[serde(default)]
    pub step: Step,
    /// The numbers of the lines that are held, each with the day, since 1970, on which its data end.
    #[serde(default)]
    pub held: Vec<(i64, i32)>,
    /// It is being taken back.
    #[serde(default)]
    pub leaving: bool,
    /// It was taken back, but for what people recorded on it.
    #[serde(default)]
    pub stays: bool,
}

/// How far a sample business has come. It is decided twice, so that something has changed when somebody first looks: as it
/// stood six weeks before, and as it stands on its last day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Its files come in.
    Comes,
    /// Its lines are held six weeks before the end of their data.
    Held,
    /// They are at their end.
    #[default]
    Whole,
}

/// Those that are there.
///
/// # Errors
/// `store.statement`.
pub fn loaded(tx: &mut Tx<'_>) -> Result<Vec<Loaded>> {
    let text = tx.setting(SETTING)?.unwrap_or_default();
    Ok(serde_json::from_str(&text).unwrap_or_default())
}

/// Puts one down, in place of what was put down of it before.
///
/// # Errors
/// `store.statement`.
pub fn put(tx: &mut Tx<'_>, one: Loaded) -> Result<()> {
    let mut all = loaded(tx)?;
    all.retain(|known| known.business != one.business);
    all.push(one);
    write(tx, &all)
}

/// Strikes one out.
///
/// # Errors
/// `store.statement`.
pub fn strike(tx: &mut Tx<'_>, business: &str) -> Result<()> {
    let mut all = loaded(tx)?;
    all.retain(|known| known.business != business);
    write(tx, &all)
}

fn write(tx: &mut Tx<'_>, all: &[Loaded]) -> Result<()> {
    let text = serde_json::to_string(all).map_err(|cause| {
        Problem::internal("sample.json", "the sample businesses cannot be put down").because(cause)
    })?;
    tx.set(SETTING, &text)
}

/// Whether anybody is known whom none of these imports brought.
///
/// # Errors
/// `store.statement`.
pub fn knows_others(tx: &mut Tx<'_>, brought: &[ImportId]) -> Result<bool> {
    // The house itself looks, so that nobody behind a wall is overlooked.
    let (marks, values) = dialect::list(&[0.into()], brought.iter().map(|import| import.0));
    let of_none =
        if brought.is_empty() { String::new() } else { format!("AND account.run NOT IN ({marks})") };
    let sql = format!("SELECT account.id FROM account WHERE {VISIBLE} {of_none} LIMIT 1");
    let values = if brought.is_empty() { &values[..1] } else { &values[..] };
    Ok(tx.first(&sql, values, |row| row.int(0))?.is_some())
}
