//! What somebody typed of a draft, as it was typed: fields keep it, right or wrong.

use std::collections::BTreeMap;

use ::store::Tx;
use kernel::{Problem, Result};
use maud::Markup;
use speech::{html, say, word};
use ui::{Choice, Field};

use crate::{
    DimensionName,
    policy::{Draft, SHIPPED},
    store::policy as stored,
};

/// The reading that stands for the policy in force.
const IN_FORCE: &str = "in force";

/// A draft as it was typed.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    from: Option<String>,
    name: Option<String>,
    version: Option<String>,
    up: Option<String>,
    down: Option<String>,
    dwell: Option<String>,
    weights: BTreeMap<DimensionName, String>,
}

impl Typed {
    /// Reads the fields.
    pub(super) fn of<'v>(field: impl Fn(&str) -> Option<&'v str>) -> Typed {
        let text = |name: &str| field(name).map(|text| text.trim().to_owned());
        let (from, shown) = (text("from"), text("shown"));
        // The numbers on the page are those of the reading that it showed; another one comes with its own.
        let number = |name: &str| text(name).filter(|_| shown.is_none() || from == shown);
        let weight = |name: &DimensionName| Some((*name, number(&format!("w-{name}"))?));
        Typed {
            name: text("name"),
            version: text("version"),
            up: number("up"),
            down: number("down"),
            dwell: number("dwell"),
            weights: DimensionName::ALL.iter().filter_map(weight).collect(),
            from,
        }
    }

    /// Whether something was typed at all.
    pub(super) fn is_draft(&self) -> bool {
        self.from.is_some()
    }

    /// The text that the draft is laid over.
    ///
    /// # Errors
    /// `policy.unknown` for a reading that does not ship.
    pub(super) fn base(&self, tx: &mut Tx<'_>) -> Result<String> {
        match self.from.as_deref() {
            None | Some(IN_FORCE) => stored::text(tx),
            Some(name) => {
                let found = SHIPPED.iter().find(|(known, _)| *known == name);
                found.map(|(_, text)| (*text).to_owned()).ok_or_else(|| {
                    let known: Vec<_> = SHIPPED.iter().map(|(name, _)| *name).collect();
                    let text = say!("no reading {name:?} ships; there are {known}", known = known.join(", "));
                    Problem::invalid("from", "policy.unknown", text)
                })
            }
        }
    }

    /// The numbers.
    ///
    /// # Errors
    /// `policy.number` for a field that holds none, naming it.
    pub(super) fn draft(&self) -> Result<Draft> {
        let weights =
            self.weights.iter().map(|(name, text)| Ok((*name, permille(&format!("w-{name}"), text)?)));
        let days = |text: &String| {
            let days =
                text.parse().map_err(|_| number("dwell", text, &say!("a whole number of days, such as 30")));
            days.map(Some)
        };
        Ok(Draft {
            name: self.name.clone(),
            version: self.version.clone(),
            becomes: self.up.as_ref().map(|text| share("up", text)).transpose()?,
            stops: self.down.as_ref().map(|text| share("down", text)).transpose()?,
            dwell: self.dwell.as_ref().map_or(Ok(None), days)?,
            weights: weights.collect::<Result<_>>()?,
        })
    }

    /// What stands in a field: what was typed, else the number of the policy.
    pub(super) fn up(&self, permille: i64) -> String {
        self.up.clone().unwrap_or_else(|| decimal(permille))
    }

    /// As [`Typed::up`].
    pub(super) fn down(&self, permille: i64) -> String {
        self.down.clone().unwrap_or_else(|| decimal(permille))
    }

    /// As [`Typed::up`].
    pub(super) fn dwell(&self, days: i64) -> String {
        self.dwell.clone().unwrap_or_else(|| days.to_string())
    }

    /// As [`Typed::up`], for a weight.
    pub(super) fn weight(&self, name: DimensionName, permille: i64) -> String {
        self.weights.get(&name).cloned().unwrap_or_else(|| decimal(permille))
    }

    /// The fields that say what the draft begins with and what it is called.
    pub(super) fn reading(&self) -> Markup {
        let choices = [Choice::new(IN_FORCE, say!("the policy in force"))]
            .into_iter()
            .chain(SHIPPED.iter().map(|(name, _)| Choice::new(*name, say!("{name}, as it ships"))));
        let chosen = self.from.clone().unwrap_or_else(|| IN_FORCE.to_owned());
        html! {
            (ui::hidden("shown", &chosen))
            div .thirds {
                (Field::select("from", say!("Begin with"), choices.collect::<Vec<_>>()).value(chosen.clone()))
                (Field::text("name", say!("Name")).value(self.name.clone().unwrap_or_default()).hint(say!("as before when blank")))
                (Field::text("version", say!("Version")).value(self.version.clone().unwrap_or_default()).hint(say!("as before when blank")))
            }
        }
    }
}

/// Permille as a decimal.
pub(super) fn decimal(permille: i64) -> String {
    let text = format!("{}.{:03}", permille / 1000, permille % 1000);
    text.strip_suffix('0').unwrap_or(&text).to_owned()
}

/// A decimal of up to three places, or a percentage of one, as permille.
fn permille(field: &str, text: &str) -> Result<i64> {
    let (bare, places) = text.trim().strip_suffix('%').map_or((text.trim(), 3), |bare| (bare.trim_end(), 1));
    let dotted = bare.replace(',', ".");
    let (whole, part) = dotted.split_once('.').unwrap_or((&dotted, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_number =
        !whole.is_empty() && whole.len() < 6 && part.len() <= places && digits(whole) && digits(part);
    let number_of = || format!("{whole}{part:0<places$}").parse().ok();
    is_number
        .then(number_of)
        .flatten()
        .ok_or_else(|| number(field, text, &say!("a number such as 0.35, or 35 %")))
}

/// The same where it is a share of one.
fn share(field: &str, text: &str) -> Result<i64> {
    let wanted = || number(field, text, &say!("a share between 0 and 1, such as 0.70, or 70 %"));
    Some(permille(field, text)?).filter(|permille| (1..1000).contains(permille)).ok_or_else(wanted)
}

fn number(field: &str, text: &str, wanted: &str) -> Problem {
    let called = labelled(field);
    let text = say!("cannot read {text:?} in “{called}”: it is not {wanted}");
    Problem::invalid(field, "policy.number", text)
}

/// What a field is called on the page.
fn labelled(field: &str) -> String {
    match field {
        "up" => say!("Becomes client at").into_owned(),
        "down" => say!("Stops at").into_owned(),
        "dwell" => say!("Stays at least, days").into_owned(),
        other => {
            let weighed = other.strip_prefix("w-").and_then(DimensionName::parse);
            weighed.map_or_else(|| other.to_owned(), |name| word!(name.word()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decimal_is_read_as_it_is_written() {
        for (text, permille) in [("0.70", 700), ("1", 1000), ("1.305", 1305), ("0,4", 400), ("10", 10_000)] {
            assert_eq!(super::permille("up", text).unwrap(), permille);
            assert_eq!(super::permille("up", &decimal(permille)).unwrap(), permille);
        }
        for (text, permille) in [("35 %", 350), ("35%", 350), ("62,5 %", 625), ("130 %", 1300)] {
            assert_eq!(super::permille("up", text).unwrap(), permille, "{text}");
        }
        for outside in ["70", "0", "1", "100 %", "0 %"] {
            let refused = share("up", outside).unwrap_err();
            assert!(refused.message.contains("in “Becomes client at”: it is not a share"), "{refused}");
        }
        for wrong in [
            "",
            ".",
            "-1",
            "%",
            "35.25 %",
            "35 % %",
            "1.2345",
            "seven",
            "1e3",
            "1 000",
            "999999999999999999999",
        ] {
            assert_eq!(permille("up", wrong).unwrap_err().field.as_deref(), Some("up"), "{wrong:?}");
        }
    }
}
