//! Wording: how sizes, moments, states and counts of imports read on pages.

use jiff::Timestamp;
use kernel::{Context, Moment};
use maud::Markup;
use speech::{html, say};
use ui::{plural, time};

use crate::{
    ops::ShownImport,
    run::{Outcome, State},
};

/// `48 KB`, `5.3 MB`.
pub(super) fn size(bytes: i64) -> String {
    const STEPS: [(i64, &str); 3] = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "KB")];
    let Some((unit, word)) = STEPS.into_iter().find(|(unit, _)| *unit <= bytes) else {
        return plural(bytes, "byte", "bytes");
    };
    match (bytes * 10 / unit, bytes / unit) {
        (tenths, whole) if whole < 10 && word != "KB" => {
            format!("{} {word}", speech::decimal(&format!("{whole}.{}", tenths % 10)))
        }
        (_, whole) => format!("{whole} {word}"),
    }
}

/// The table of a file by its name: `book.xlsx, Orders`.
pub(super) fn table(import: &ShownImport) -> String {
    match import.table.as_str() {
        "" => import.name.clone(),
        table => format!("{}, {table}", import.name),
    }
}

/// `1 row`, `320,705 rows`; before they were counted, nothing.
pub(super) fn rows(rows: i64) -> String {
    plural(rows, "row", "rows")
}

/// A moment as an operation tells it: `14 Oct, 09:20`.
pub(super) fn moment(iso: &str, cx: &Context) -> Markup {
    match iso.parse::<Timestamp>() {
        Ok(at) => time::moment(Moment::at(at.as_microsecond()), &cx.zone, cx.today()),
        Err(_) => html! { (iso) },
    }
}

/// How far an import has come, in a word or two.
pub(super) fn state(state: State) -> Markup {
    html! {
        @match state {
            State::Received => { span { "Received" } },
            State::Planning => { span { "Dry run under way" } },
            State::Planned => { span { "Dry run done" } },
            State::Running => { span { "Being imported" } },
            State::Paused => { span { "Paused" } },
            State::Done => { span .done { "Done" } },
            State::Failed => { span .late { "Stopped" } },
            State::Undoing => { span { "Being taken back" } },
            State::Undone => { span { "Taken back" } },
        }
    }
}

/// `431 new, 23 stored already, 4 rejected`; what is none is left out, but for new rows.
pub(super) fn counts(outcome: &Outcome) -> String {
    let parts = [
        (outcome.lines.create, say!("new"), true),
        (outcome.update, say!("changed"), false),
        (outcome.link, say!("known already"), false),
        (outcome.lines.skip, say!("stored already"), false),
        (outcome.exclude, say!("left out"), false),
        (outcome.reject, say!("rejected"), false),
    ];
    let said = parts.into_iter().filter(|(n, _, always)| *always || 0 < *n);
    said.map(|(n, word, _)| format!("{} {word}", ui::count(n))).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_read_at_a_glance() {
        let shown = [0, 1, 999, 1_000, 48_200, 999_999, 5_340_000, 48_000_000, 2_100_000_000].map(size);
        assert_eq!(
            shown,
            ["0 bytes", "1 byte", "999 bytes", "1 KB", "48 KB", "999 KB", "5.3 MB", "48 MB", "2.1 GB"]
        );
    }
}
