//! THE list: one line per slice, in the order of their migrations and of the canonical dump. The only place that
//! knows all of them.

use slice::Slice;
use store::{Migration, Table};
use timeline::Sentence;

use crate::{demo, jobs};

/// Every slice, lower rows first.
pub fn all() -> Vec<Slice> {
    vec![
        access::slice(),
        timeline::slice(),
        accounts::slice(),
        catalog::slice(),
        orders::slice(),
        contracts::slice(),
        relationship::slice(),
        imports::slice(),
        demo::slice(),
        jobs::slice(),
    ]
}

/// How facts read in a history: the sentences of every slice that writes facts.
pub fn sentences() -> Vec<&'static Sentence> {
    [orders::facts::SENTENCES, accounts::sentences::SENTENCES].into_iter().flatten().collect()
}

/// The migrations of all slices, in their order.
pub fn migrations(slices: &[Slice]) -> Vec<Migration> {
    slices.iter().flat_map(|slice| slice.migrations.iter().copied()).collect()
}

/// The tables of all slices, in their order.
pub fn tables(slices: &[Slice]) -> Vec<&'static Table> {
    slices.iter().flat_map(|slice| slice.tables.iter().copied()).collect()
}
