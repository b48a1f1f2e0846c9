//! File: what came, how large it is, and how it is read.

use maud::Markup;
use speech::{html, say};
use ui::{Button, dropped, plural};

use super::{PLACE, wording};
use crate::ops::view::ShownImport;

/// The step of the file.
pub(super) fn file(import: &ShownImport, may_bring: bool) -> Markup {
    let columns = i64::try_from(import.columns.len()).unwrap_or(i64::MAX);
    let mut facts = vec![wording::size(import.bytes)];
    facts.extend((0 < import.rows).then(|| wording::rows(import.rows)));
    facts.extend((0 < columns).then(|| plural(columns, "column", "columns")));
    let another = html! { @if may_bring { (Button::link(say!("Choose another"), PLACE)) } };
    dropped(&import.name, &facts.join(", "), &import.read_as, &another)
}
