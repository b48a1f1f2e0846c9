//! The queue: one pair a line, with what agrees, what does not, and three buttons; what was answered just now stands in its
//! place, with the way back.

use ::store::Tx;
use kernel::{Page, Permission, Result};
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{html, say, word};
use ui::{Address, Button, Head, Ledger, Line, Nothing, Text, hidden, who};

use super::{
    PLACE,
    pair_answered::{Done, state},
};
use crate::ops::{
    Nothing as Nobody, duplicates,
    duplicates::{Decision, ShownPair, Side, Wanted},
    merge::ShownMerge,
    merges,
};

/// The queue.
struct QueuePage<'a> {
    pairs: Page<ShownPair>,
    merges: Vec<ShownMerge>,
    /// What was answered just now, and the place where its pair stood.
    done: Option<(Done, usize)>,
    /// open, later or not_same.
    state: &'static str,
    may_decide: bool,
    csrf: &'a str,
}

/// Answers `GET /duplicates`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let state = state(visit.asked("state"));
    let wanted = Wanted {
        state: Some(state.to_owned()),
        after: visit.asked("after").map(str::to_owned),
        ..Wanted::default()
    };
    let recent = merges::MergePage { limit: Some(5), ..merges::MergePage::default() };
    let done = Done::asked(visit, tx)?;
    let place = visit.asked("place").and_then(|place| place.parse().ok()).unwrap_or(0);
    let page = QueuePage {
        done: done.map(|done| (done, place)),
        pairs: duplicates::list(visit.cx, tx, wanted)?,
        merges: merges::list(visit.cx, tx, recent)?.rows,
        state,
        may_decide: visit.cx.actor.may(Permission::Write),
        csrf: visit.csrf,
    };
    Ok(Reply::Page { title: say!("Duplicates").into(), place: PLACE, body: page.render() })
}

/// Answers `POST /duplicates/{first}/{second}`.
pub(super) fn decide(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let (first, second) = (visit.part("first")?.to_owned(), visit.part("second")?.to_owned());
    let decision = visit.field("decision").unwrap_or_default().to_owned();
    let pair = format!("{first} {second}");
    let decided = duplicates::decide(visit.cx, tx, Decision { first, second, decision })?;
    let merged = decided.merge.as_deref();
    let said = (decided.decision != "open" && merged.is_none()).then_some(pair.as_str());
    let back = Address::new(PLACE)
        .with("state", visit.field("state").filter(|word| state(Some(word)) != "open"))
        .with("merged", merged)
        .with("said", said)
        .with("as", said.map(|_| decided.decision.as_str()))
        .with("place", visit.field("place").filter(|_| merged.or(said).is_some()));
    Ok(Reply::Go(back.write()))
}

/// Answers `POST /duplicates/search`.
pub(super) fn search(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    duplicates::search(visit.cx, tx, Nobody {})?;
    Ok(Reply::Go(PLACE.to_owned()))
}

impl Render for QueuePage<'_> {
    fn render(&self) -> Markup {
        let lead = html! {
            "Accounts that may be one party. Merging keeps the first, moves everything to it, and can be undone exactly."
        };
        let others = [
            ("open", PLACE, say!("Open pairs")),
            ("later", "/duplicates?state=later", say!("Put off")),
            ("not_same", "/duplicates?state=not_same", say!("Not the same")),
        ];
        html! {
            (Head { title: say!("Duplicates"), lead: Some(lead), narrow: true, ..Head::default() })
            @if let Some((done, _)) = &self.done { (done.note(self.state, self.may_decide.then_some(self.csrf))) }
            div .group .narrow {
                div .acts {
                    @if self.may_decide { (self.search()) }
                    @for (state, address, words) in others {
                        @if state != self.state { (Button::link(words, address).quiet()) }
                    }
                    (Button::link(say!("Merge many"), "/duplicates/many").quiet())
                }
            }
            div .group .narrow {
                @if self.pairs.rows.is_empty() && self.done.is_none() {
                    (Nothing { sentence: self.nothing(), act: None })
                } @else {
                    (Ledger { lines: self.lines() })
                    @if let Some(next) = &self.pairs.next {
                        nav .pager aria-label="Pages" { (Button::link(say!("Next"), self.address(next)).key(']')) }
                    }
                }
            }
            @if !self.merges.is_empty() { (self.recent()) }
        }
    }
}

impl QueuePage<'_> {
    fn address(&self, next: &str) -> String {
        Address::new(PLACE)
            .with("state", Some(self.state).filter(|state| *state != "open"))
            .with("after", Some(next))
            .write()
    }

    fn nothing(&self) -> Text<'static> {
        match self.state {
            "later" => say!("Nothing was put off."),
            "not_same" => say!("Of no pair was said that they are two."),
            _ => {
                say!("No two accounts look like one party. New and changed ones are compared by themselves.")
            }
        }
    }

    fn search(&self) -> Markup {
        html! {
            form method="post" action="/duplicates/search" {
                (hidden("csrf", self.csrf))
                (Button::submit(say!("Compare all again")))
            }
        }
    }

    /// The pairs; where one was merged just now the answer stands in its place, so that the button of the next one does not
    /// come to lie under the pointer.
    fn lines(&self) -> Vec<Line> {
        let mut lines: Vec<Line> =
            self.pairs.rows.iter().enumerate().map(|(place, pair)| self.line(pair, place)).collect();
        if let Some((done, place)) = &self.done {
            lines.insert((*place).min(lines.len()), done.line());
        }
        lines
    }

    fn line(&self, pair: &ShownPair, place: usize) -> Line {
        let likely = html! { (percent(pair.probability)) small { "likely one" } };
        let of = html! { (who(&pair.first.name, &address(&pair.first))) (who(&pair.second.name, &address(&pair.second))) };
        let line = Line::new(likely, of);
        let act = self.may_decide.then(|| self.acts(pair, place));
        Line { what: Some(reasons(pair)), why: Some(details(pair)), act, ..line }
    }

    fn acts(&self, pair: &ShownPair, place: usize) -> Markup {
        html! {
            form .acts method="post" action=(format!("{PLACE}/{}/{}", pair.first.id, pair.second.id)) {
                (hidden("csrf", self.csrf))
                (hidden("place", &place.to_string()))
                (hidden("state", self.state))
                (Button::submit(say!("Merge")).sends("decision", "same").key('m'))
                @if self.state != "not_same" {
                    (Button::submit(say!("Not the same")).sends("decision", "not_same").key('n'))
                }
                @if self.state == "not_same" { (Button::submit(say!("Ask again")).sends("decision", "open").quiet()) }
                @if self.state == "open" { (Button::submit(say!("Later")).sends("decision", "later").quiet().key('l')) }
            }
        }
    }

    fn recent(&self) -> Markup {
        html! {
            section .group .narrow {
                h2 { "Merged lately" }
                ul .turns {
                    @for merge in &self.merges {
                        li {
                            a href=(format!("/merges/{}", merge.id)) { (ui::plural(merge.pairs, "pair", "pairs")) }
                            ", " (word!(merge.state))
                        }
                    }
                }
            }
        }
    }
}

fn address(side: &Side) -> String {
    format!("/accounts/{}", side.id)
}

/// `97 %`; never 100, because it is never certain.
pub(super) fn percent(probability: f64) -> String {
    format!("{} %", (probability * 100.0).floor().clamp(0.0, 99.0))
}

/// What speaks for one party, and what against.
pub(super) fn reasons(pair: &ShownPair) -> Markup {
    let listed = |wanted: bool| {
        let some = pair.reasons.iter().filter(|reason| reason.agrees() == wanted);
        some.map(|reason| word!(reason.says)).collect::<Vec<_>>().join(", ")
    };
    let (same, other) = (listed(true), listed(false));
    html! {
        p {
            @if !same.is_empty() { (say!("Agrees: {same}.")) }
            @if !same.is_empty() && !other.is_empty() { " " }
            @if !other.is_empty() { (say!("Differs: {other}.")) }
        }
    }
}

/// What is known of each, side by side.
fn details(pair: &ShownPair) -> Markup {
    let (first, second) = (pair.first.details(), pair.second.details());
    let or = |text: String| if text.is_empty() { say!("nothing else known").into_owned() } else { text };
    html! { (or(first)) br; (or(second)) }
}
