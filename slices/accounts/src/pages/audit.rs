//! The audit: who did what, newest first, and the proof that nothing of it was changed.

use std::collections::HashMap;

use ::store::Tx;
use access::{
    PersonKind,
    ops::audit::{ShownEntry, Verified, Verify, walk},
    pages::{PLACE, tabs},
};
use kernel::{Page, Problem, Result};
use maud::{Markup, Render};
use slice::{Reply, Slice, Visit};
use speech::{html, say, tell, word};
use ui::{Address, Button, Cell, Column, Field, Group, Head, Note, Nothing, Pager, Row, Table, Tabs, who};

use super::deeds;
use crate::{
    ops::{AuditPage, list_audit},
    store::audit,
};

const AUDIT: &str = "/audit";
/// So many are named whom an entry concerns.
const NAMES: i64 = 3;
const VERIFICATION: &str = "/audit/verification";

struct Shown<'a> {
    page: Page<ShownEntry>,
    /// Whom each entry concerns, by its id: the addresses and the names of the first, and how many there are.
    of_whom: HashMap<String, (Vec<(String, String)>, i64)>,
    /// People of ours whom entries are about, by their ids: what they are called.
    people: HashMap<String, String>,
    slices: &'a [Slice],
    is_first: bool,
    tabs: Tabs<'static>,
}

/// Answers `GET /audit`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let after = visit.asked("after").map(str::to_owned);
    let is_first = after.is_none();
    let page = list_audit(visit.cx, tx, AuditPage { after, limit: None })?;
    let ids = page.rows.iter().filter_map(|row| visit.cx.codes.read(&row.id).ok()).collect::<Vec<_>>();
    let known = audit::of_whom(visit.cx, tx, &ids, NAMES)?.into_iter().map(|(entry, whom)| {
        let address = |id| format!("/accounts/{}", visit.cx.codes.write(id));
        let named = whom.named.into_iter().map(|(id, name)| (address(id), name));
        (visit.cx.codes.write(entry), (named.collect(), whom.count))
    });
    let (of_whom, slices) = (known.collect(), visit.slices);
    let people = people(visit, tx, &page)?;
    let shown = Shown { page, of_whom, people, slices, is_first, tabs: tabs(visit, AUDIT) };
    Ok(Reply::Page { title: say!("Audit").into(), place: PLACE, body: shown.render() })
}

/// The names of those of ours whom entries are about.
fn people(visit: &Visit<'_>, tx: &mut Tx<'_>, page: &Page<ShownEntry>) -> Result<HashMap<String, String>> {
    let of =
        |subject: &str| visit.cx.codes.read::<PersonKind>(subject).ok().map(|id| (id.0, subject.to_owned()));
    let ids: HashMap<i64, String> = page.rows.iter().filter_map(|row| of(&row.subject)).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let names = audit::people(tx, &ids.keys().copied().collect::<Vec<_>>())?;
    Ok(ids.into_iter().filter_map(|(id, subject)| Some((subject, names.get(&id)?.clone()))).collect())
}

/// Answers `GET /audit/verification`.
pub(super) fn verification(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let checkpoint = visit.asked("checkpoint").map(str::to_owned);
    let (verified, problem) = match walk(visit.cx, tx, Verify { checkpoint: checkpoint.clone() }) {
        Err(problem) if problem.field.is_some() => (None, Some(problem)),
        walked => (Some(walked?), None),
    };
    let body = proof(verified.as_ref(), checkpoint.as_deref(), problem.as_ref());
    Ok(Reply::Page { title: say!("The audit, verified").into(), place: PLACE, body })
}

fn proof(verified: Option<&Verified>, held: Option<&str>, problem: Option<&Problem>) -> Markup {
    let trail = html! { a href=(AUDIT) { "Audit" } };
    let error = problem.map(|problem| ui::sentence(&problem.message));
    let field = Field::text("checkpoint", say!("A checkpoint kept from an earlier time"))
        .value(held.unwrap_or_default())
        .error(error)
        .hint(say!("With one, it also shows whether the end was cut off since."));
    html! {
        (Head { title: say!("The audit, verified"), trail: Some(trail), narrow: true, ..Head::default() })
        @if let Some(verified) = verified { (told(verified)) }
        (Group::new(say!("Hold it against a checkpoint"), html! {
            form method="get" action=(VERIFICATION) { (field) p .acts { (Button::submit(say!("Verify"))) } }
        }).narrow())
    }
}

fn told(verified: &Verified) -> Markup {
    let why = verified.why.as_deref().unwrap_or_default();
    html! {
        @if verified.whole {
            (Note::new(say!("Every entry is as it was written, from the first to the last.")))
        } @else {
            (Note::bad(html! {
                p { (say!("Something was changed, removed or put in: {why}.")) }
                @if let Some(at) = &verified.broken_at { p { (tell!("It shows at the entry {entry}.", entry = html! { code { (at) } })) } }
            }))
        }
        @if let Some(checkpoint) = &verified.checkpoint {
            (Group::new(say!("Keep this elsewhere"), html! { p { code { (checkpoint) } } }).narrow())
        }
    }
}

impl Render for Shown<'_> {
    fn render(&self) -> Markup {
        let lead = html! { "Every change, every sign-in and every refusal, newest first. Each entry is sealed with the one before it." };
        let acts = html! { (Button::link(say!("Verify"), VERIFICATION)) };
        html! {
            (Head { title: say!("Audit"), lead: Some(lead), acts: Some(acts), ..Head::default() })
            (self.tabs)
            @if self.page.rows.is_empty() {
                (Nothing { sentence: say!("Nothing stands here yet."), act: None })
            } @else {
                (self.table())
                (self.pager())
            }
        }
    }
}

impl Shown<'_> {
    fn table(&self) -> Table<'_> {
        let columns = [say!("When"), say!("Who"), say!("Door"), say!("What"), say!("On"), say!("Outcome")]
            .map(Column::new);
        Table::plain(say!("Who did what"))
            .columns(columns)
            .rows(self.page.rows.iter().map(|entry| self.row(entry)))
    }

    fn pager(&self) -> Pager<'static> {
        let next = self.page.next.as_deref();
        Pager {
            range: ui::plural(i64::try_from(self.page.rows.len()).unwrap_or(i64::MAX), "entry", "entries")
                .into(),
            previous: (!self.is_first).then(|| AUDIT.into()),
            next: next.map(|next| Address::new(AUDIT).with("after", Some(next)).write().into()),
            ..Pager::default()
        }
    }

    fn row<'e>(&self, entry: &'e ShownEntry) -> Row<'e> {
        let asked = entry.input.as_ref().map(|input| serde_json::to_string_pretty(input).unwrap_or_default());
        let what = html! {
            (deeds::said(self.slices, &entry.operation, entry.input.as_ref()))
            " " code .tiny .faint { (entry.operation) }
            @if let Some(asked) = asked {
                details { summary .tiny .faint { "What was asked for" } pre .tiny tabindex="0" { (asked) } }
            }
        };
        let by = entry.name.clone().unwrap_or_else(|| word!(entry.actor));
        let (day, clock) = entry.at.split_at_checked(10).unwrap_or((&entry.at, ""));
        let clock = clock.trim_start_matches('T').get(..8).unwrap_or_default();
        let done = entry.outcome == "done";
        let refusal = entry.outcome.strip_prefix("refused: ").map(|code| say!("refused: {code}"));
        Row::new([
            Cell::head(html! { time datetime=(entry.at) { (day) " " (clock) " UTC" } }),
            Cell::new(by).label(say!("Who")),
            Cell::new(word!(entry.via)).label(say!("Door")),
            Cell::new(what).label(say!("What")),
            Cell::new(self.on(entry)).label(say!("On")),
            Cell::new(html! {
                @if done { "done" } @else { span .late { (refusal.as_ref().unwrap_or(&entry.outcome)) } }
            })
            .label(say!("Outcome")),
        ])
    }

    /// On whom: by name, where that is known and may be seen; else the id.
    fn on(&self, entry: &ShownEntry) -> Markup {
        let Some((named, count)) = self.of_whom.get(&entry.id) else {
            return match self.people.get(&entry.subject) {
                Some(name) => html! { (name) },
                None => html! { code { (entry.subject) } },
            };
        };
        html! {
            @for (address, name) in named { p { (who(name, address)) } }
            @if NAMES < *count { p .small .soft { (say!("and {} more", count - NAMES)) } }
        }
    }
}
