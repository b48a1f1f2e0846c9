//! What was sold and what came back, by article and by category of the catalogue.

use schemars::JsonSchema;
use serde::Serialize;

/// An article and what it brought.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ArticleFigure {
    /// Its number; its description where it has none.
    pub article: String,
    /// Its description.
    pub description: String,
    /// The currency.
    pub currency: String,
    /// How many were sold.
    pub units: String,
    /// What they brought.
    pub gross: String,
    /// How many lines of orders sell it.
    pub lines: i64,
    /// How many went back.
    pub returned_units: String,
}

/// What was sold, by category.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CategoryFigures {
    /// How many pieces of everything were sold.
    pub units: String,
    /// How many went back.
    pub returned_units: String,
    /// The second in percent of the first.
    pub returned_share: String,
    /// The categories, those that brought most first; at most a thousand.
    pub categories: Vec<CategoryFigure>,
}

/// A category of the catalogue and what its products brought.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CategoryFigure {
    /// The category; empty for what the catalogue does not know, or says no category of.
    pub category: String,
    /// The currency.
    pub currency: String,
    /// How many were sold.
    pub units: String,
    /// What they brought.
    pub gross: String,
    /// How many lines of orders sell them.
    pub lines: i64,
    /// How many went back.
    pub returned_units: String,
    /// What that came to.
    pub returned: String,
}
