//! Imports that came together, and the order in which they are gone through: whoever is named comes before what names
//! them.

use crate::{Mapping, Meaning, Target, run::Run, vocabulary::folded};

/// Those that are imported, in the order in which they are planned and written. They are taken back in reverse.
pub(crate) fn in_order(parts: Vec<Run>) -> Vec<Run> {
    let mut taken: Vec<Run> = parts.into_iter().filter(|part| !part.left_out).collect();
    taken.sort_by_key(|part| (rank(part), part.part, part.id));
    taken
}

/// What is named by others comes first.
fn rank(part: &Run) -> u8 {
    match Mapping::draft(&part.mapping).map(|mapping| mapping.target).unwrap_or_default() {
        Target::ProductsRecord => 0,
        Target::AccountsRecord => 1,
        Target::ContactsRecord => 2,
        Target::ContractsRecord => 3,
        Target::SubscriptionsRecord => 4,
        Target::LeavingsRecord | Target::OrdersRecord => 5,
        Target::InvoicesRecord => 6,
        Target::PaymentsRecord => 7,
        Target::ConversationsRecord
        | Target::MeetingsRecord
        | Target::UsageRecord
        | Target::FeedbackRecord
        | Target::WorkRecord
        | Target::ReferralsRecord
        | Target::StagesRecord
        | Target::PreferencesRecord
        | Target::FactsRecord => 8,
    }
}

/// What a mapping lacks without which no row can be recorded, though its table may look it up in another: of each list
/// one is enough. For orders that is the day, an amount, and who bought.
pub(crate) fn lacks(mapping: &Mapping) -> Vec<&'static [Meaning]> {
    const ORDERS: &[&[Meaning]] = &[
        &[Meaning::Date],
        &[Meaning::UnitPrice, Meaning::LineAmount, Meaning::OrderTotal],
        &[Meaning::PartyId, Meaning::PartyName, Meaning::Email],
    ];
    let needs = match mapping.target {
        // Returns may name nobody.
        Target::OrdersRecord if mapping.rules.cancellation.all => &ORDERS[..2],
        Target::OrdersRecord => ORDERS,
        target => target.needs(),
    };
    let has = |meaning: &Meaning| mapping.columns.contains_key(meaning);
    needs.iter().copied().filter(|needed| !needed.iter().any(has)).collect()
}

/// The name under which others look values up in a table: its own, or that of its file without the endings.
pub(crate) fn title(file: &str, table: &str) -> String {
    let name = if table.is_empty() { file } else { table };
    let endings = [".gz", ".bz2", ".zip", ".csv", ".tsv", ".txt", ".tab", ".json", ".jsonl"];
    let mut name = name;
    while let Some(end) = endings.iter().find(|end| ends_with(name, end)) {
        name = &name[..name.len() - end.len()];
    }
    name.to_owned()
}

fn ends_with(name: &str, end: &str) -> bool {
    let start = name.len().checked_sub(end.len()).filter(|start| 0 < *start);
    start.and_then(|start| name.get(start..)).is_some_and(|last| last.eq_ignore_ascii_case(end))
}

/// Whether a mapping means that import by the name of a table.
pub(crate) fn is_called(part: &Run, called: &str) -> bool {
    is_table(&part.name, &part.table, called)
}

/// Whether a mapping means that table of a file (empty for the file itself) when it looks values up in what is called so.
pub fn is_table(file: &str, table: &str, called: &str) -> bool {
    folded(&title(file, table)) == folded(called) || file.eq_ignore_ascii_case(called)
}
