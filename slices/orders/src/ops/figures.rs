//! The figures of the book.

use ::store::{DataClass, Tx};
use kernel::{Context, Permission, Problem, Result};
use schemars::JsonSchema;
use serde::Deserialize;
use slice::{Act, Head, Method};
use timeline::store as timeline_store;

use crate::{
    figures::{Adding, Figures},
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
}

/// Adds up the orders that the caller may see: what stands behind a wall is in no sum of those outside.
///
/// # Errors
/// `timeline.no_line`.
pub fn figures(cx: &Context, tx: &mut Tx<'_>, input: Which) -> Result<Figures> {
    let line = match &input.line {
        None => 0,
        Some(name) => {
            let unknown = || {
                let text = format!("there is no service line {name:?}; `mainstay lines` lists them");
                Problem::not_found("timeline.no_line", text)
            };
            timeline_store::line_of_name(tx, name)?.ok_or_else(unknown)?.id.0
        }
    };
    let mut adding = Adding::new(cx.zone.clone());
    store::for_each(tx, cx.actor.number(), line, |order| adding.add(&order))?;
    let mut figures = adding.finish(store::count_numbers(tx, cx.actor.number(), line)?);
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
