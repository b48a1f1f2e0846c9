//! Filters of the book that are typed: their fields, and how they read.

use speech::say;
use ui::Field;

use super::filters::any_of;
use crate::ops::{Filter, several};

/// `at least 10`.
pub(super) fn purchases(filter: &Filter) -> Option<String> {
    filter.purchases.map(|n| say!("at least {}", ui::count(n)))
}

/// At least so many.
pub(super) fn purchases_field(filter: &Filter) -> Field<'static> {
    let value = filter.purchases.map(|n| n.to_string()).unwrap_or_default();
    Field::input("number", "purchases", say!("Purchases at least")).value(value)
}

/// `BE or Netherlands`.
pub(super) fn countries(text: &str) -> Option<String> {
    any_of(several(Some(text)).map(str::to_owned))
}

/// Countries by code or name.
pub(super) fn country_field(filter: &Filter) -> Field<'static> {
    let value = filter.country.clone().unwrap_or_default();
    Field::text("country", say!("Country"))
        .value(value)
        .placeholder("BE, Netherlands")
        .hint(say!("By code or name; several with commas between; none for those without."))
}
