//! The page of work that was set aside: what, why, and the button that has it tried again.

use access::pages::{PLACE, tabs};
use kernel::Result;
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{html, say};
use store::Tx;
use ui::{Button, Head, Ledger, Line, Nothing as Empty, Tabs, hidden};

use super::{Named, Nothing, ShownJob, again, list};

/// Where it is.
pub(super) const JOBS: &str = "/jobs";

struct JobsPage<'a> {
    jobs: Vec<ShownJob>,
    tabs: Tabs<'static>,
    csrf: &'a str,
}

/// Answers `GET /jobs`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let jobs = list(visit.cx, tx, Nothing {})?;
    let page = JobsPage { jobs, tabs: tabs(visit, JOBS), csrf: visit.csrf };
    Ok(Reply::Page { title: say!("Work set aside").into_owned(), place: PLACE, body: page.render() })
}

/// Answers `POST /jobs`.
pub(super) fn try_again(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let text = |name: &str| visit.field(name).unwrap_or_default().to_owned();
    again(visit.cx, tx, Named { kind: text("kind"), key: text("key") })?;
    Ok(Reply::Go(JOBS.to_owned()))
}

impl Render for JobsPage<'_> {
    fn render(&self) -> Markup {
        let lead = html! { "Jobs that failed for good, or too often, wait here with the reason instead of being tried for ever." };
        let lines = self.jobs.iter().map(|job| self.line(job)).collect();
        html! {
            (Head { title: say!("Work set aside"), lead: Some(lead), ..Head::default() })
            (self.tabs)
            @if self.jobs.is_empty() {
                (Empty { sentence: say!("No work is set aside."), act: None })
            } @else { (Ledger { lines }) }
        }
    }
}

impl JobsPage<'_> {
    fn line(&self, job: &ShownJob) -> Line {
        let day = job.at.get(..10).unwrap_or(&job.at);
        Line {
            what: Some(html! { p { (say!("Failed {n} time." | "Failed {n} times." % job.failures)) } }),
            why: Some(html! { (ui::sentence(&job.failure)) }),
            act: Some(html! {
                form method="post" action=(JOBS) {
                    (hidden("csrf", self.csrf)) (hidden("kind", &job.kind)) (hidden("key", &job.key))
                    (Button::submit(say!("Try again")))
                }
            }),
            ..Line::new(
                html! { time datetime=(job.at) { (day) } },
                html! { strong { (job.kind) } " " span .soft { (job.key) } },
            )
        }
    }
}
