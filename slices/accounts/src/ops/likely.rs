//! Accounts that are likely the party somebody is about to write down, with what speaks for it.

use ::store::Tx;
use kernel::{Context, Problem, Result};
use speech::{say, word};
use timeline::{
    AccountId,
    said::{Sheet, blank},
};

use super::{duplicates::Side, searching, words::Add};
use crate::{
    account,
    duplicate::{LIKELY, Reason, Traits, Verdict},
    store,
};

/// So many are named, the likeliest first.
const NAMED: usize = 5;

/// An account that is likely the party somebody is about to write down.
#[derive(Clone, Debug)]
pub struct Likely {
    /// The account.
    pub account: Side,
    /// The probability that both are one party, from 0 to 1.
    pub probability: f64,
    /// Why, field by field.
    pub reasons: Vec<Reason>,
}

/// The accounts that the caller may see and that are likely this party, the likeliest first; at most five.
///
/// # Errors
/// As [`super::add`].
pub fn likely(cx: &Context, tx: &mut Tx<'_>, input: &Add) -> Result<Vec<Likely>> {
    let found = found(cx, tx, &account::name(&input.name)?, &input.says()?)?;
    let ids: Vec<i64> = found.iter().map(|(id, _)| id.0).collect();
    let sheets = store::sheets(cx, tx, &ids)?;
    let shown = |(id, verdict): (AccountId, Verdict)| {
        let sheet = sheets.get(&id.0)?;
        let account = Side::of(cx.codes.write(id), |field| blank(sheet, field));
        Some(Likely { account, probability: verdict.probability, reasons: verdict.reasons })
    };
    Ok(found.into_iter().filter_map(shown).collect())
}

fn found(cx: &Context, tx: &mut Tx<'_>, name: &str, sheet: &Sheet) -> Result<Vec<(AccountId, Verdict)>> {
    let traits = Traits::of(|field| if field == "name" { name } else { blank(sheet, field) });
    let mut found = searching::like(cx, tx, &traits, LIKELY)?;
    found.truncate(NAMED);
    Ok(found)
}

/// Refuses a party that is likely one of the accounts that the caller sees.
pub(super) fn refuse(cx: &Context, tx: &mut Tx<'_>, name: &str, sheet: &Sheet) -> Result<()> {
    let found = found(cx, tx, name, sheet)?;
    if found.is_empty() {
        return Ok(());
    }
    let each = found.iter().map(|(id, verdict)| {
        let agreeing = verdict.reasons.iter().filter(|reason| 0.0 < reason.bits);
        let agreeing: Vec<_> = agreeing.map(|reason| word!(reason.says)).collect();
        format!("{} ({})", cx.codes.write(*id), agreeing.join(", "))
    });
    let text = say!(
        "write down {name}: likely the same as {}; use that account, or say anyway to write down another",
        each.collect::<Vec<_>>().join(", ")
    );
    Err(Problem::conflict("accounts.duplicate", text))
}
