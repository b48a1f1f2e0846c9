//! Rules: the lists and the yes or no by which a person says what is no plain sale, as the form of a mapping has them.

use std::borrow::Cow;

use speech::say;

use crate::{Mapping, mapping::Rules};

/// A list of the rules: its field, what it is called, where it stands.
pub(super) type List = (&'static str, Cow<'static, str>, fn(&mut Rules) -> &mut Vec<String>);

/// The lists of the rules, one entry a line in the form.
pub(super) fn lists() -> [List; 9] {
    [
        ("rules.cancellation.prefixes", say!("Order numbers that begin so went back"), |rules| {
            &mut rules.cancellation.prefixes
        }),
        ("rules.adjustment.prefixes", say!("Order numbers that begin so are bookkeeping"), |rules| {
            &mut rules.adjustment.prefixes
        }),
        ("rules.adjustment.descriptions", say!("Descriptions of bookkeeping"), |rules| {
            &mut rules.adjustment.descriptions
        }),
        ("rules.fees.skus", say!("Article numbers of fees"), |rules| &mut rules.fees.skus),
        ("rules.fees.prefixes", say!("Article numbers that begin so are fees"), |rules| {
            &mut rules.fees.prefixes
        }),
        ("rules.exclude.statuses", say!("Leave out lines of this status"), |rules| {
            &mut rules.exclude.statuses
        }),
        ("rules.exclude.parties", say!("Leave out lines of these parties"), |rules| {
            &mut rules.exclude.parties
        }),
        ("rules.exclude.skus", say!("Leave out lines of these articles"), |rules| &mut rules.exclude.skus),
        ("rules.exclude.documents", say!("Leave out documents of this kind"), |rules| {
            &mut rules.exclude.documents
        }),
    ]
}

/// A yes or no: its field, what it is called, where it stands.
pub(super) type Check = (&'static str, Cow<'static, str>, fn(&mut Mapping) -> &mut bool);

/// What is either so or not.
pub(super) fn checks() -> [Check; 5] {
    [
        ("rules.cancellation.negative", say!("A quantity or an amount below zero went back"), |mapping| {
            &mut mapping.rules.cancellation.negative
        }),
        ("rules.cancellation.all", say!("Every row went back"), |mapping| {
            &mut mapping.rules.cancellation.all
        }),
        ("rules.movement.zero_price", say!("A price of zero only moved stock"), |mapping| {
            &mut mapping.rules.movement.zero_price
        }),
        (
            "rules.movement.negative_quantity",
            say!("A quantity below zero that did not go back only moved stock"),
            |mapping| &mut mapping.rules.movement.negative_quantity,
        ),
        ("formats.whole_days", say!("The dates are whole days: midnight is no time"), |mapping| {
            &mut mapping.formats.whole_days
        }),
    ]
}
