//! Mappings that are ready for the tables of known systems, recognised by the names of their columns: whatever their
//! order and case, and whatever else the table has.

use std::sync::LazyLock;

use serde::Deserialize;
use speech::say;

use crate::{Mapping, Meaning, vocabulary::folded};

/// Each system, and its tables as TOML.
const SYSTEMS: &[(&str, &str)] = &[
    ("adventureworks_sales", include_str!("../mappings/systems/adventureworks_sales.toml")),
    ("clockify", include_str!("../mappings/systems/clockify.toml")),
    ("complete_journey", include_str!("../mappings/systems/complete_journey.toml")),
    ("harvest", include_str!("../mappings/systems/harvest.toml")),
    ("hubspot", include_str!("../mappings/systems/hubspot.toml")),
    ("intercom", include_str!("../mappings/systems/intercom.toml")),
    ("mailchimp", include_str!("../mappings/systems/mailchimp.toml")),
    ("northwind", include_str!("../mappings/systems/northwind.toml")),
    ("quickbooks", include_str!("../mappings/systems/quickbooks.toml")),
    ("ravenstack_saas", include_str!("../mappings/systems/ravenstack_saas.toml")),
    ("salesforce", include_str!("../mappings/systems/salesforce.toml")),
    ("sf_lobby_clients", include_str!("../mappings/systems/sf_lobby_clients.toml")),
    ("shopify", include_str!("../mappings/systems/shopify.toml")),
    ("stripe", include_str!("../mappings/systems/stripe.toml")),
    ("telco_churn", include_str!("../mappings/systems/telco_churn.toml")),
    ("toggl", include_str!("../mappings/systems/toggl.toml")),
    ("woocommerce", include_str!("../mappings/systems/woocommerce.toml")),
    ("xero", include_str!("../mappings/systems/xero.toml")),
    ("zendesk", include_str!("../mappings/systems/zendesk.toml")),
    ("zuora", include_str!("../mappings/systems/zuora.toml")),
];

/// The shop whose mapping stands as a file of its own, because people are shown it as the example.
const ONLINE_RETAIL: &str = include_str!("../mappings/online_retail.toml");

/// The tables of a system.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct System {
    table: Vec<Table>,
}

/// A table of a system.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    /// Its name within the system.
    name: String,
    /// The columns by which it is known, all of them; `|` stands between names that are one.
    needs: Vec<String>,
    /// Columns that another system's table has beside those and this one never.
    #[serde(default)]
    without: Vec<String>,
    /// What its columns mean. A column that is not there is left out; `|` as above.
    mapping: Mapping,
}

/// A mapping that is ready.
#[derive(Debug)]
pub(crate) struct Ready {
    /// The system, and its table where it has several.
    pub(crate) name: String,
    needs: Vec<Vec<String>>,
    without: Vec<Vec<String>>,
    mapping: Mapping,
}

static READY: LazyLock<Vec<Ready>> = LazyLock::new(|| {
    let own = Mapping::from_toml(ONLINE_RETAIL).ok().map(|mapping| Ready {
        name: "online_retail".to_owned(),
        needs: mapping.columns.values().map(|column| names_of(column)).collect(),
        without: Vec::new(),
        mapping,
    });
    let tables = SYSTEMS.iter().flat_map(|(system, text)| {
        // Each of them reads: a test looks.
        let tables = toml::from_str::<System>(text).map(|system| system.table).unwrap_or_default();
        tables.into_iter().map(move |table| Ready {
            name: format!("{system}: {}", table.name),
            needs: table.needs.iter().map(|need| names_of(need)).collect(),
            without: table.without.iter().map(|none| names_of(none)).collect(),
            mapping: table.mapping,
        })
    });
    own.into_iter().chain(tables).collect()
});

/// The ready mapping whose columns a table has; of several the one that asks for most. Its columns are called as in the
/// table; what it looks up in others is still called as in the ready mapping.
pub(crate) fn ready_for(names: &[String]) -> Option<(&'static str, Mapping)> {
    let folded_names: Vec<String> = names.iter().map(|name| folded(name)).collect();
    let place = |wanted: &[String]| {
        wanted.iter().find_map(|name| folded_names.iter().position(|known| known == name))
    };
    let fits = |ready: &&Ready| {
        ready.needs.iter().all(|need| place(need).is_some())
            && ready.without.iter().all(|none| place(none).is_none())
    };
    let ready = READY.iter().filter(fits).max_by_key(|ready| ready.needs.len())?;
    let mut mapping = ready.mapping.clone();
    let lookups: Vec<String> = mapping.lookups.keys().map(|name| format!("{name}.")).collect();
    for lookup in mapping.lookups.values_mut() {
        if let Some(at) = place(&names_of(&lookup.by)) {
            names[at].clone_into(&mut lookup.by);
        }
    }
    mapping.columns.retain(|_, column| match place(&names_of(column)) {
        _ if lookups.iter().any(|name| column.starts_with(name)) => true,
        Some(at) => {
            names[at].clone_into(column);
            true
        }
        None => false,
    });
    Some((ready.name.as_str(), mapping))
}

/// The names that a column can have, folded.
fn names_of(column: &str) -> Vec<String> {
    column.split('|').map(folded).collect()
}

/// Where the columns are those of a ready mapping: what of a mapping rests on that alone, and not on the file.
pub(crate) fn recognised(names: &[String], mapping: &Mapping) -> Option<String> {
    let (name, ready) = ready_for(names)?;
    let (said, known) = (&mapping.fixed, &ready.fixed);
    let tells_currency = mapping.columns.contains_key(&Meaning::Currency);
    let currency = said.currency.as_ref().filter(|_| !tells_currency && said.currency == known.currency);
    let parts = [
        currency.map(|currency| say!("the currency {}", currency.code())),
        (said.zone == known.zone && mapping.columns.contains_key(&Meaning::Date))
            .then(|| say!("the time zone {}", said.zone)),
        (said.line == known.line && !said.line.is_empty()).then(|| say!("the service line {}", said.line)),
    ];
    let known = say!("Recognised by the names of its columns as {}", name.replace('_', " "));
    let [rest @ .., last] = &parts.into_iter().flatten().collect::<Vec<_>>()[..] else {
        return (mapping.target == ready.target && ready.fixed.line.is_empty()).then_some(known);
    };
    Some(match rest.is_empty() {
        true => say!(
            "{known}. The file does not tell {last}: it is that of that ready mapping; change it if this is another shop"
        ),
        false => say!(
            "{known}. The file does not tell {parts}: they are those of that ready mapping; change them if this is another \
             shop",
            parts = say!("{} and {last}", rest.join(", "))
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Target;

    #[test]
    fn each_ready_mapping_reads_and_lacks_nothing() {
        for (system, text) in SYSTEMS {
            let parsed = toml::from_str::<System>(text).unwrap_or_else(|error| panic!("{system}: {error}"));
            for table in parsed.table {
                let lacks = table.mapping.check().map_err(|problem| problem.to_string());
                // The currency and what is joined may be for people to say.
                let is_open = lacks.as_ref().is_err_and(|text| text.contains("currency"));
                assert!(lacks.is_ok() || is_open, "{system} {}: {lacks:?}", table.name);
                assert!(
                    3 <= table.needs.len() || table.mapping.target == Target::ProductsRecord,
                    "{system} {}",
                    table.name
                );
            }
        }
        assert!(Mapping::from_toml(ONLINE_RETAIL).is_ok());
    }

    #[test]
    fn of_two_tables_that_fit_no_two_ask_for_the_same() {
        for one in READY.iter() {
            let same = READY.iter().filter(|other| other.needs == one.needs).count();
            assert_eq!(same, 1, "{}", one.name);
        }
    }
}
