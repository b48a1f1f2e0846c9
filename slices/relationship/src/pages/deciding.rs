//! How far deciding again has come: a bar above the book that follows along, and the news it listens to.

use ::store::Tx;
use kernel::Result;
use maud::{Markup, Render};
use serde_json::json;
use slice::{Reply, Visit};
use speech::{html, say};
use ui::Progress;

use crate::ops::{self, Deciding};

/// Where the bar listens.
pub(super) const PLACE: &str = "/relationships/deciding";

/// The bar, with what it means for what stands below it.
pub(super) fn bar(deciding: &Deciding) -> Markup {
    html! {
        p { "New facts or rules are being weighed; what stands here is as it was decided before. It is shown anew when all are decided." }
        (progress(deciding))
    }
}

fn progress(deciding: &Deciding) -> Markup {
    let (done, total) = (deciding.decided, deciding.of);
    Progress {
        label: say!("Deciding again"),
        done,
        total,
        unit: say!("relationships"),
        note: "".into(),
        source: Some(PLACE.into()),
    }
    .render()
}

/// Answers `GET /relationships/deciding` with one event; whoever listens comes back for the next after half a second.
pub(super) fn news(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let deciding = ops::progress(visit.cx, tx, ops::NothingToSay {})?;
    let (done, total) = (deciding.decided, deciding.of);
    let words = Progress { done, total, unit: say!("relationships"), ..Progress::default() }.words();
    let mut told = json!({ "done": done, "total": total, "words": words, "note": "" });
    if !deciding.waits {
        // The page that listens, shown anew.
        told["finished"] = json!("");
    }
    let content = format!("retry: 500\ndata: {told}\n\n");
    Ok(Reply::File { name: "progress".into(), media: "text/event-stream", content })
}
