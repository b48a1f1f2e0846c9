//! The same table in two files that came together: a workbook and the CSV that was made of it. Only one is imported.

use super::joined::Table;
use crate::{Mapping, Target, survey::Surveyed, vocabulary::folded};

/// Leaves lines of orders out that another table brings as well, and says so. What a spreadsheet did to dates does not
/// matter: where it took months for days, their rows would count as others.
pub(super) fn leave_out(tables: &mut [Table]) {
    for later in 1..tables.len() {
        let Some(earlier) = (0..later).find(|earlier| is_copy(&tables[*earlier], &tables[later])) else {
            continue;
        };
        let name = tables[earlier].title.clone();
        let seen = &mut tables[later].seen;
        seen.is_unknown = true;
        let text = format!(
            "it holds the same rows as {name}, but for how days are written, and would count twice; leave that one out and \
             take this in if it is the better copy"
        );
        seen.questions.insert(0, text);
    }
}

fn is_copy(one: &Table, other: &Table) -> bool {
    let is_orders = |table: &Table| {
        !table.seen.is_unknown
            && Mapping::draft(&table.seen.mapping).is_ok_and(|it| it.target == Target::OrdersRecord)
    };
    let (first, second) = (&one.survey, &other.survey);
    let is_same = |(a, b): (&Surveyed, &Surveyed)| {
        let shared = a.sketch.shared(&b.sketch);
        let is_dates = 50 <= a.profile.dates.share() || 50 <= b.profile.dates.share();
        folded(&a.name) == folded(&b.name)
            && (is_dates || (shared.found == shared.ours && shared.found == shared.theirs))
    };
    is_orders(one)
        && is_orders(other)
        && 0 < first.rows
        && first.rows == second.rows
        && first.columns.len() == second.columns.len()
        && first.columns.iter().zip(&second.columns).all(is_same)
}
