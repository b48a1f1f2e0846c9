//! The columns of a table as they are shown, with those that its mapping looks up in others.

use super::ShownColumn;
use crate::{Mapping, bundle::is_called, run::Run};

/// The columns of a table with those that its mapping looks up in others that came together.
pub(crate) fn with_found(own: Vec<ShownColumn>, mapping: &Mapping, parts: &[Run]) -> Vec<ShownColumn> {
    let mut all: Vec<ShownColumn> = own.into_iter().filter(|column| column.found_in.is_none()).collect();
    for (name, lookup) in &mapping.lookups {
        let Some(part) = parts.iter().find(|part| is_called(part, &lookup.table)) else { continue };
        all.extend(own_columns(part).into_iter().map(|column| ShownColumn {
            name: format!("{name}.{}", column.name),
            meaning: None,
            reason: format!("found in {} by {}", lookup.table, lookup.by),
            found_in: Some(name.clone()),
            confidence: 0,
            ..column
        }));
    }
    for column in &mut all {
        let meaning = mapping.columns.iter().find(|(_, name)| **name == column.name);
        if column.found_in.is_some() {
            column.meaning = meaning.map(|(meaning, _)| meaning.as_str().to_owned());
        }
    }
    all
}

/// The columns of a table itself.
pub(crate) fn own_columns(part: &Run) -> Vec<ShownColumn> {
    let mut columns: Vec<ShownColumn> = serde_json::from_str(&part.columns).unwrap_or_default();
    columns.retain(|column| column.found_in.is_none());
    columns
}
