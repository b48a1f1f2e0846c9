//! A mapping that somebody gave, whole or in part, laid over what is proposed for its file.

use kernel::{Problem, Result};
use speech::say;
use toml::{Table, Value};

use crate::{DecimalSign, Mapping, Meaning, identity::column_key};

/// A mapping that was given: what it says, and what it leaves open.
#[derive(Clone, Debug)]
pub(crate) struct Given {
    text: String,
    pub(crate) table: Table,
    /// What it says, without the columns that it leaves out.
    pub(crate) mapping: Mapping,
}

impl Given {
    /// Reads a mapping of which only some lines need be there. A column written as an empty text is left out.
    ///
    /// # Errors
    /// `imports.mapping` for an unknown key or a wrong word, naming it and what is allowed.
    pub(crate) fn read(text: &str) -> Result<Given> {
        let mut mapping = Mapping::draft(text)?;
        mapping.columns.retain(|_, name| !name.is_empty());
        let table: Table = text.parse().map_err(|error| unlaid(&error))?;
        if table.is_empty() {
            let message = say!(
                "the mapping is empty; write at least what the file does not tell, such as currency = \"GBP\" under [fixed]"
            );
            return Err(Problem::invalid("fixed.currency", "imports.mapping", message));
        }
        Ok(Given { text: text.to_owned(), table, mapping })
    }

    /// Whether it names its target, and lacks nothing without which no row could be read: then what it does not name
    /// is meant not to be there, the rules excepted.
    pub(crate) fn is_whole(&self) -> bool {
        self.table.contains_key("target") && self.mapping.check().is_ok()
    }

    /// Whether it says how the file is written, and nothing else.
    pub(crate) fn is_reading_alone(&self) -> bool {
        self.table.keys().all(|key| key == "reading")
    }

    /// Whether it says something for a key such as `fixed.currency`.
    pub(crate) fn says(&self, key: &str) -> bool {
        let (part, key) = key.split_once('.').unwrap_or(("", key));
        let table =
            if part.is_empty() { Some(&self.table) } else { self.table.get(part).and_then(Value::as_table) };
        table.is_some_and(|table| table.contains_key(key))
    }

    /// Whether it says that no column has that meaning.
    pub(crate) fn leaves_out(&self, meaning: Meaning) -> bool {
        !self.mapping.columns.contains_key(&meaning) && self.says(&format!("columns.{}", meaning.as_str()))
    }

    /// The decimal sign, if it says one.
    pub(crate) fn decimal(&self) -> Option<DecimalSign> {
        self.says("formats.decimal").then_some(self.mapping.formats.decimal)
    }

    /// Lays it over a proposed mapping, as TOML. What it says wins, key by key; a whole one takes nothing but rules
    /// from the proposal, and stays the text it was where it has them all. The answer may still lack something.
    ///
    /// # Errors
    /// `imports.mapping_text` should the two together be no mapping, which no mapping should cause.
    pub(crate) fn over(&self, proposed: &Mapping) -> Result<String> {
        let mut below = Table::try_from(proposed).map_err(|error| unlaid(&error))?;
        if self.is_whole() {
            below.retain(|key, _| key == "rules");
        } else if let Some(Value::Table(columns)) = below.get_mut("columns") {
            let named = |name: &Value| {
                let key = column_key(name.as_str().unwrap_or_default());
                self.mapping.columns.values().any(|given| column_key(given) == key)
            };
            columns.retain(|_, name| !named(name));
        }
        lay(&mut below, &self.table);
        if let Some(Value::Table(columns)) = below.get_mut("columns") {
            columns.retain(|_, name| name.as_str().is_none_or(|name| !name.is_empty()));
        }
        let mapping: Mapping = below.try_into().map_err(|error| unlaid(&error))?;
        if self.is_whole() && mapping == self.mapping {
            return Ok(self.text.clone());
        }
        mapping.to_toml()
    }
}

/// Lays a table over another, table by table and key by key.
fn lay(below: &mut Table, above: &Table) {
    for (key, value) in above {
        match (below.get_mut(key), value) {
            (Some(Value::Table(below)), Value::Table(above)) => lay(below, above),
            _ => drop(below.insert(key.clone(), value.clone())),
        }
    }
}

fn unlaid(cause: &dyn std::error::Error) -> Problem {
    let message = format!("laying the mapping over the proposed one failed: {cause}");
    Problem::internal("imports.mapping_text", message)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHOP: &str = include_str!("../mappings/online_retail.toml");

    fn over(text: &str, proposed: &Mapping) -> Mapping {
        Mapping::draft(&Given::read(text).unwrap().over(proposed).unwrap()).unwrap()
    }

    #[test]
    fn a_line_changes_one_thing_and_leaves_the_rest_as_it_was_proposed() {
        let mut shop = Mapping::from_toml(SHOP).unwrap();
        let laid = over("[fixed]\ncurrency = \"EUR\"", &shop);
        shop.fixed.currency = kernel::Currency::parse("EUR").ok();
        assert_eq!(laid, shop);
    }

    #[test]
    fn an_empty_list_switches_a_rule_off_and_an_empty_name_a_column() {
        let shop = Mapping::from_toml(SHOP).unwrap();
        let laid = over("[columns]\ncountry = \"\"\n[rules.fees]\nskus = []", &shop);
        assert!(!laid.columns.contains_key(&Meaning::Country));
        assert!(laid.rules.fees.skus.is_empty());
        assert_eq!(laid.rules.fees.prefixes, ["gift_"]);
        assert_eq!(laid.rules.cancellation, shop.rules.cancellation);
    }

    #[test]
    fn a_column_has_the_meaning_that_was_given_and_no_other() {
        let shop = Mapping::from_toml(SHOP).unwrap();
        let laid = over("[columns]\nparty_name = \"CustomerID\"", &shop);
        assert_eq!(laid.columns.get(&Meaning::PartyName).map(String::as_str), Some("CustomerID"));
        assert!(!laid.columns.contains_key(&Meaning::PartyId));
    }

    #[test]
    fn a_whole_mapping_takes_nothing_but_the_rules_it_leaves_out() {
        let shop = Mapping::from_toml(SHOP).unwrap();
        let given = Given::read(SHOP).unwrap();
        assert_eq!(given.over(&Mapping { rules: Default::default(), ..shop.clone() }).unwrap(), SHOP);
        let (bare, _) = SHOP.split_once("[rules.cancellation]").unwrap();
        let bare = bare.replace("country = \"Country\"", "");
        let laid = over(&bare, &shop);
        assert!(!laid.columns.contains_key(&Meaning::Country));
        assert_eq!(laid.rules, shop.rules);
    }
}
