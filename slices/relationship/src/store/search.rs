//! What is looked for in the book, as conditions that indexes serve.

use ::store::Value;
use accounts::store::finding;
use kernel::{Currency, Day};
use timeline::{LineId, fact::Dealing};

use super::conditions;
pub use super::sort::Sort;
use crate::{Class, Confidence, Fit, condition::Wanted};

/// What is looked for.
#[derive(Clone, Debug)]
pub struct Search {
    /// Of these classes.
    pub classes: Vec<Class>,
    /// On this line.
    pub line: Option<LineId>,
    /// Served in one of these ways; in whatever way where there are none.
    pub fits: Vec<Fit>,
    /// With one of these confidences; with any, or none, where there are none.
    pub confidences: Vec<Confidence>,
    /// With at least this rank of spend, permille.
    pub spend: Option<i64>,
    /// With at least so many purchases.
    pub purchases: Option<i64>,
    /// Whose name key begins so.
    pub name: Option<String>,
    /// Of whose words one stands in one of these ranges, for each list of ranges.
    pub text: Vec<Vec<(String, String)>>,
    /// Whose class a person set.
    pub said: Option<Said>,
    /// Who want to be dealt with in one of these ways; whatever they want where there are none.
    pub preferences: Vec<Dealing>,
    /// With a strength in this range, parts per million.
    pub strength: Span,
    /// Who brought money of this one currency.
    pub currency: Option<Currency>,
    /// Of accounts in one of these countries, as it is written there; in any where there are none.
    pub countries: Vec<String>,
    /// With a net in this range, ten-thousandths of the major unit.
    pub net: Span,
    /// Of which this holds as well: names as they are sorted by, lines by their numbers.
    pub wanted: Option<Wanted>,
    /// The day from which days are told.
    pub today: Day,
    /// Sorted by.
    pub by: Sort,
    /// Smallest first.
    pub rising: bool,
    /// After this key and id.
    pub after: Option<(String, i64)>,
}

impl Search {
    /// The range of strengths. Who has none is kept with one below nothing, and is in no range.
    pub(super) fn strengths(&self) -> Span {
        let least = self.strength.from.or(self.strength.to.map(|_| 0));
        Span { from: least, ..self.strength }
    }

    /// The same of those who have a strength.
    pub fn with_strength(&self) -> Search {
        Search { strength: Span { from: self.strength.from.or(Some(0)), ..self.strength }, ..self.clone() }
    }

    /// The same classes in the same order, whatever else holds for them.
    pub fn of_classes(&self) -> Search {
        Search {
            line: None,
            fits: Vec::new(),
            confidences: Vec::new(),
            spend: None,
            purchases: None,
            name: None,
            text: Vec::new(),
            said: None,
            preferences: Vec::new(),
            strength: Span::ALL,
            currency: None,
            countries: Vec::new(),
            net: Span::ALL,
            wanted: None,
            ..self.clone()
        }
    }
}

/// A range of whole numbers: from a bound on, and below another; a bound that is absent asks nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// At least this.
    pub from: Option<i64>,
    /// Below this.
    pub to: Option<i64>,
}

impl Span {
    /// Whatever there is.
    pub const ALL: Span = Span { from: None, to: None };
}

/// Whose class was set by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// By anybody, whatever the evidence says.
    Any,
    /// Otherwise than the evidence says.
    Disagreeing,
}

/// Parameters under construction: each gets the next number.
pub(super) struct Values<'a>(pub(super) Vec<Value<'a>>);

impl<'a> Values<'a> {
    /// Adds one; gives its mark in the statement.
    pub(super) fn add(&mut self, value: impl Into<Value<'a>>) -> String {
        self.0.push(value.into());
        format!("?{}", self.0.len())
    }
}

/// A branch for each class and preference, since each has an order of its own in an index.
pub(super) fn branches(search: &Search) -> Vec<(Class, String)> {
    let ways: Vec<&[Dealing]> = match search.preferences.as_slice() {
        // Where no index holds them in the order asked for, they are found together.
        some if some.is_empty() || !search.by.is_kept_by_preference() => vec![some],
        some => some.chunks(1).collect(),
    };
    let wanting: Vec<_> = ways.into_iter().map(|way| wanting("relationship", way)).collect();
    search.classes.iter().flat_map(|class| wanting.iter().map(|way| (*class, way.clone()))).collect()
}

/// The condition that they want to be dealt with in one of these ways, beginning with AND. The words stand in the
/// statement itself, so that the indexes of those who said something serve it on both engines.
pub(super) fn wanting(table: &str, ways: &[Dealing]) -> String {
    let words: Vec<_> = ways.iter().map(|way| format!("'{}'", way.as_str())).collect();
    match words.as_slice() {
        [] => String::new(),
        [word] => format!(" AND {table}.preference = {word} AND {table}.preference <> ''"),
        _ => format!(" AND {table}.preference IN ({}) AND {table}.preference <> ''", words.join(", ")),
    }
}

/// That a column is one of these words; nothing where there are none.
pub(super) fn among<'a>(
    column: &str,
    words: impl Iterator<Item = &'a str>,
    values: &mut Values<'a>,
) -> Option<String> {
    let marks: Vec<_> = words.map(|word| values.add(word)).collect();
    match marks.as_slice() {
        [] => None,
        [mark] => Some(format!("{column} = {mark}")),
        _ => Some(format!("{column} IN ({})", marks.join(", "))),
    }
}

/// The conditions beyond class and visibility, each beginning with AND.
pub(super) fn filter<'a>(search: &'a Search, values: &mut Values<'a>) -> String {
    filter_by(search, "relationship.country", values)
}

/// The same for whoever walks an order in which countries stand among each other: an expression in place of the column keeps
/// engines from finding those of a country first and sorting them.
pub(super) fn filter_walked<'a>(search: &'a Search, values: &mut Values<'a>) -> String {
    match search.by {
        Sort::Name if search.countries.len() == 1 => filter(search, values),
        _ => filter_by(search, "COALESCE(relationship.country, '')", values),
    }
}

fn filter_by<'a>(search: &'a Search, country: &str, values: &mut Values<'a>) -> String {
    let mut sql = String::new();
    let mut add = |condition: String| sql.push_str(&format!(" AND {condition}"));
    if let Some(line) = search.line {
        add(format!("relationship.line = {}", values.add(line)));
    }
    let confidences: Vec<_> = match search.confidences.as_slice() {
        // Every confidence there is: so the index by confidence and fit serves a filter by fit alone.
        [] if !search.fits.is_empty() => {
            Confidence::ALL.iter().map(|word| word.as_str()).chain([""]).collect()
        }
        asked => asked.iter().map(|word| word.as_str()).collect(),
    };
    let fits = search.fits.iter().map(|fit| fit.as_str());
    for condition in [
        among("relationship.confidence", confidences.into_iter(), values),
        among("relationship.fit", fits, values),
    ] {
        condition.into_iter().for_each(&mut add);
    }
    if let Some(spend) = search.spend {
        add(format!("relationship.spend_rank >= {}", values.add(spend)));
    }
    if let Some(purchases) = search.purchases {
        add(format!("relationship.purchases >= {}", values.add(purchases)));
    }
    if let Some(said) = search.said {
        add("relationship.override > 0".to_owned());
        if said == Said::Disagreeing {
            add("relationship.class <> relationship.computed".to_owned());
        }
    }
    if let Some(currency) = &search.currency {
        add(format!("relationship.currency = {}", values.add(currency.code())));
    }
    among(country, search.countries.iter().map(String::as_str), values).into_iter().for_each(&mut add);
    for (column, span) in [("strength", search.strengths()), ("net", search.net)] {
        for (sign, bound) in [(">=", span.from), ("<", span.to)] {
            if let Some(bound) = bound {
                add(format!("relationship.{column} {sign} {}", values.add(bound)));
            }
        }
    }
    if let Some(name) = &search.name {
        let from = values.add(name.as_str());
        add(conditions::begins("relationship.name_key", &from));
    }
    for word in &search.text {
        add(format!("relationship.account IN ({})", finding::having(word, |text| values.add(text))));
    }
    if let Some(wanted) = &search.wanted {
        add(conditions::sql(wanted, search.today, values));
    }
    sql
}

/// The condition that a row comes after the key and id of the page before, beginning with AND.
pub(super) fn after<'a>(search: &'a Search, column: &str, values: &mut Values<'a>) -> String {
    let Some((key, id)) = &search.after else { return String::new() };
    let than = if search.rising { ">" } else { "<" };
    let key = match search.by {
        Sort::Name => values.add(key.as_str()),
        _ => values.add(key.parse::<i64>().unwrap_or(0)),
    };
    let id = values.add(*id);
    format!("AND ({column}, relationship.id) {than} ({key}, {id})")
}
