//! The figures of contracts on a day.

use ::store::{DataClass, Tx};
use kernel::{Context, Day, Permission, Problem, Result};
use schemars::JsonSchema;
use serde::Deserialize;
use slice::{Act, Head, Method};
use speech::say;
use timeline::store as timeline_store;

use crate::{
    figures::{Adding, Figures, TopAccount},
    store,
};

pub(super) const FIGURES: Head = Head {
    name: "contracts.figures",
    act: Act::Read,
    method: Method::Get,
    path: "/figures/contracts",
    command: "contracts figures",
    permission: Permission::Read,
    class: DataClass::Business,
    sentence: "Adds up contracts and subscriptions on a day: what runs and recurs, what ended and was lost, who is said to \
               have left.",
    examples: &["mainstay contracts figures --line Software --day 2024-12-31"],
};

/// Of which contracts, on which day.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Which {
    /// The name of a service line; of all lines when absent.
    pub line: Option<String>,
    /// The day, such as 2024-12-31; now on that line, or today, when absent.
    pub day: Option<String>,
    /// Counts contracts that lasted longer than so many months; 24 when absent.
    pub longer_than: Option<i64>,
}

/// Adds up contracts.
///
/// # Errors
/// `timeline.no_line` for a line that there is not, `day.format`.
pub fn figures(cx: &Context, tx: &mut Tx<'_>, input: Which) -> Result<Figures> {
    let line = match &input.line {
        None => None,
        Some(name) => Some(timeline_store::line_of_name(tx, name)?.ok_or_else(|| {
            Problem::not_found("timeline.no_line", say!("there is no service line {name:?}"))
        })?),
    };
    let day = match &input.day {
        Some(text) => Day::parse(text)?,
        None => line.as_ref().map_or_else(|| cx.today(), |line| line.now(cx)),
    };
    let mut sums = Adding::on(day, input.longer_than.unwrap_or(24));
    store::add_up(cx, tx, line.map_or(0, |line| line.id.0), day, &mut sums)?;
    let top = sums.top();
    let accounts: Vec<i64> = top.values().flatten().map(|(account, _)| *account).collect();
    let names = store::names(cx, tx, &accounts)?;
    let lines = store::lines_of(tx)?;
    let named = |currency| {
        let of = top.get(&currency).into_iter().flatten();
        of.map(|(account, sum)| TopAccount {
            id: cx.codes.write(timeline::AccountId::new(*account)),
            name: names.get(account).cloned().unwrap_or_default(),
            recurring: sum.decimal(currency),
        })
        .collect()
    };
    let line_name = |line: i64| lines.get(&timeline::LineId::new(line)).cloned().unwrap_or_default();
    Ok(sums.figures(line_name, named))
}
