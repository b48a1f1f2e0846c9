//! The figures of the book.

use ::store::{DataClass, Tx};
use kernel::{Context, Permission, Problem, Result};
use schemars::JsonSchema;
use serde::Deserialize;
use slice::{Act, Head, Method};
use speech::say;
use timeline::store as timeline_store;

use crate::{
    figures::{AccountFigures, Adding, Figures, NamedAccount},
    store,
};

pub(super) const FIGURES: Head = Head {
    name: "figures.view",
    act: Act::Read,
    method: Method::Get,
    path: "/figures",
    command: "figures",
    permission: Permission::Read,
    class: DataClass::Business,
    sentence: "Adds the orders up: lines, buyers, who came back, what was sold and what went back, per currency.",
    examples: &["mainstay figures -o json", "mainstay figures --line Shop"],
};

/// Which orders to add up.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Which {
    /// The name of a service line; all lines when absent.
    #[serde(default)]
    pub line: Option<String>,
    /// More days than this without a sale at the end of the data count as silent; 90 when absent.
    #[serde(default)]
    pub silent: Option<i64>,
}

/// Adds up the orders that the caller may see: what stands behind a wall is in no sum of those outside.
///
/// # Errors
/// `timeline.no_line`.
pub fn figures(cx: &Context, tx: &mut Tx<'_>, input: Which) -> Result<Figures> {
    let line = line_of(tx, input.line.as_deref())?;
    let mut adding = Adding::new(cx.zone.clone());
    store::for_each(tx, cx.actor.number(), line, |order| adding.add(&order))?;
    let mut figures =
        adding.finish(store::count_numbers(tx, cx.actor.number(), line)?, input.silent.unwrap_or(90));
    name_accounts(cx, tx, line, &mut figures.accounts)?;
    for money in &mut figures.money {
        let numbers: Vec<_> = money.top_accounts.iter().map(|account| account.number).collect();
        let names = store::names(tx, cx.actor.number(), &numbers)?;
        for account in &mut money.top_accounts {
            if let Some((name, country)) = names.get(&account.number) {
                account.id = cx.codes.write(timeline::AccountId::new(account.number));
                account.name.clone_from(name);
                account.country.clone_from(country);
            }
        }
    }
    Ok(figures)
}

/// The number of the line of that name; 0 for all lines.
pub(super) fn line_of(tx: &mut Tx<'_>, name: Option<&str>) -> Result<i64> {
    let Some(name) = name else { return Ok(0) };
    let unknown = || {
        let text = say!("there is no service line {name:?}; `mainstay lines` lists them");
        Problem::not_found("timeline.no_line", text)
    };
    Ok(timeline_store::line_of_name(tx, name)?.ok_or_else(unknown)?.id.0)
}

/// Who never bought, and the names of those who bought most often.
fn name_accounts(cx: &Context, tx: &mut Tx<'_>, line: i64, figures: &mut AccountFigures) -> Result<()> {
    let viewer = cx.actor.number();
    let code = |number: i64| cx.codes.write(timeline::AccountId::new(number));
    figures.on_file = store::count_accounts(tx, viewer)?;
    let (count, first) = store::never_bought(tx, viewer, line)?;
    figures.never_bought = count;
    let mut keys = store::keys(tx, viewer, &first.iter().map(|(number, _)| *number).collect::<Vec<_>>())?;
    let named = first.into_iter().map(|(number, name)| {
        let keys = keys.remove(&number).unwrap_or_default();
        NamedAccount { number, id: code(number), name, keys }
    });
    figures.never_bought_first = named.collect();
    let numbers: Vec<_> = figures.most_orders.iter().map(|account| account.number).collect();
    let names = store::names(tx, viewer, &numbers)?;
    for account in &mut figures.most_orders {
        if let Some((name, _)) = names.get(&account.number) {
            account.id = code(account.number);
            account.name.clone_from(name);
        }
    }
    Ok(())
}
