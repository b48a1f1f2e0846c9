//! What was sold and what came back: by article, and by category of the catalogue.

use ::store::{DataClass, Tx};
use kernel::{Context, Currency, Money, Permission, Problem, Result, plain};
use schemars::JsonSchema;
use serde::Deserialize;
use slice::{Act, Head, Method};
use speech::say;

use super::figures::line_of;
use crate::{
    figures::{ArticleFigure, CategoryFigure, CategoryFigures, rounding::share},
    store::{self, Sold},
};

pub(super) const ARTICLES: Head = Head {
    name: "figures.articles",
    act: Act::Read,
    method: Method::Get,
    path: "/figures/articles",
    command: "figures articles",
    permission: Permission::Read,
    class: DataClass::Business,
    sentence: "Lists what was sold, the articles that brought most first, or those of which most went back: units, money, lines.",
    examples: &["mainstay figures articles --limit 20", "mainstay figures articles --by returned"],
};

/// Which articles to list.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WhichArticles {
    /// The name of a service line; all lines when absent.
    #[serde(default)]
    pub line: Option<String>,
    /// How many, at most 1000; 50 when absent.
    #[serde(default)]
    pub limit: Option<i64>,
    /// gross for those that brought most first, which is the case when absent; returned for those of which most pieces
    /// went back.
    #[serde(default)]
    pub by: Option<String>,
}

/// Lists the articles of the orders that the caller may see.
///
/// # Errors
/// `timeline.no_line`, `orders.word` for another order of the list.
pub fn articles(cx: &Context, tx: &mut Tx<'_>, input: WhichArticles) -> Result<Vec<ArticleFigure>> {
    let line = line_of(tx, input.line.as_deref())?;
    let limit = input.limit.unwrap_or(50).clamp(1, 1000);
    let by_returned = match input.by.as_deref() {
        None | Some("gross") => false,
        Some("returned") => true,
        Some(word) => {
            let text = say!("list articles: {word:?} is no order of them; known are gross, returned");
            return Err(Problem::invalid("by", "orders.word", text));
        }
    };
    let found = store::articles(tx, cx.actor.number(), line, limit, by_returned)?;
    let shown = found.into_iter().map(|sold| {
        Ok(ArticleFigure {
            gross: money(&sold, sold.gross)?,
            article: sold.name,
            description: sold.description,
            currency: sold.currency,
            units: plain(sold.units),
            lines: sold.lines,
            returned_units: plain(sold.returned_units),
        })
    });
    shown.collect()
}

pub(super) const CATEGORIES: Head = Head {
    name: "figures.categories",
    act: Act::Read,
    method: Method::Get,
    path: "/figures/categories",
    command: "figures categories",
    permission: Permission::Read,
    class: DataClass::Business,
    sentence: "Adds up what was sold and what went back by category of the catalogue: units, money, lines.",
    examples: &["mainstay figures categories --line Shop"],
};

/// Which orders to add up.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WhichCategories {
    /// The name of a service line; all lines when absent.
    #[serde(default)]
    pub line: Option<String>,
}

/// Adds up the lines of the orders that the caller may see.
///
/// # Errors
/// `timeline.no_line`.
pub fn categories(cx: &Context, tx: &mut Tx<'_>, input: WhichCategories) -> Result<CategoryFigures> {
    let line = line_of(tx, input.line.as_deref())?;
    let found = store::categories(tx, cx.actor.number(), line)?;
    let sum = |of: fn(&Sold) -> i64| found.iter().map(of).fold(0i64, i64::saturating_add);
    let (units, returned) = (sum(|sold| sold.units), sum(|sold| sold.returned_units));
    let shown = found.into_iter().map(|sold| {
        Ok(CategoryFigure {
            gross: money(&sold, sold.gross)?,
            returned: money(&sold, sold.returned)?,
            category: sold.name,
            currency: sold.currency,
            units: plain(sold.units),
            lines: sold.lines,
            returned_units: plain(sold.returned_units),
        })
    });
    Ok(CategoryFigures {
        units: plain(units),
        returned_units: plain(returned),
        returned_share: share(returned, units),
        categories: shown.collect::<Result<_>>()?,
    })
}

fn money(sold: &Sold, amount: i64) -> Result<String> {
    Ok(Money::new(amount, Currency::parse(&sold.currency)?).decimal())
}
