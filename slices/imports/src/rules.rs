//! The rules of a mapping made ready: what kind of line a record is, and whether it is a fee.

use crate::{LineKind, PartyKey, mapping::Rules};

/// The rules of a mapping.
pub(crate) struct Ruling {
    rules: Rules,
    fees: Vec<String>,
}

/// What the rules look at.
pub(crate) struct Facts<'r> {
    pub number: &'r str,
    pub sku: &'r str,
    pub description: &'r str,
    pub status: Option<&'r str>,
    pub party: Option<&'r PartyKey<'r>>,
    pub quantity: i64,
    /// The price of one, or what the line comes to where the file has no price.
    pub price: i64,
}

impl Ruling {
    pub fn new(rules: &Rules) -> Ruling {
        let mut fees = rules.fees.skus.clone();
        fees.sort_unstable();
        Ruling { rules: rules.clone(), fees }
    }

    /// What kind of line it is; the first rule that fits decides.
    pub fn kind(&self, facts: &Facts<'_>) -> LineKind {
        let Rules { cancellation, adjustment, movement, .. } = &self.rules;
        if self.is_excluded(facts) {
            LineKind::Excluded
        } else if begins(facts.number, &adjustment.prefixes)
            || listed(facts.description, &adjustment.descriptions)
        {
            LineKind::Adjustment
        } else if begins(facts.number, &cancellation.prefixes)
            || (cancellation.negative && (facts.quantity < 0 || facts.price < 0))
        {
            LineKind::Cancellation
        } else if (movement.zero_price && facts.price <= 0)
            || (movement.negative_quantity && facts.quantity <= 0)
        {
            LineKind::Movement
        } else {
            LineKind::Sale
        }
    }

    /// Whether an article number is that of a fee.
    pub fn is_fee(&self, sku: &str) -> bool {
        self.fees.binary_search_by(|fee| fee.as_str().cmp(sku)).is_ok()
            || begins(sku, &self.rules.fees.prefixes)
    }

    fn is_excluded(&self, facts: &Facts<'_>) -> bool {
        let exclude = &self.rules.exclude;
        facts.status.is_some_and(|status| listed(status, &exclude.statuses))
            || listed(facts.sku, &exclude.skus)
            || facts.party.is_some_and(|party| {
                listed(&party.id, &exclude.parties)
                    || party.name.is_some_and(|name| listed(name, &exclude.parties))
            })
    }
}

fn begins(text: &str, prefixes: &[String]) -> bool {
    prefixes.iter().any(|prefix| text.starts_with(prefix.as_str()))
}

fn listed(text: &str, list: &[String]) -> bool {
    list.iter().any(|word| word.eq_ignore_ascii_case(text))
}
