//! Today: what waits for a person, what changed since they last looked, and nothing else.

use std::borrow::Cow;

use kernel::{Context, Day, Moment, Permission, Result};
use maud::{Markup, Render};
use slice::{Change, Matter, Next, PageRoute, Reply, Visit};
use speech::{html, say, tell};
use store::Tx;
use ui::{Button, Columns, Group, Head, Ledger, Line, Note, Turns, hidden, time};

/// Its address.
pub const PLACE: &str = "/today";
/// The page.
pub const PAGE: PageRoute = PageRoute::get(PLACE, page).by("Today", &[]);
/// What somebody who has seen it says.
pub const SEEN: PageRoute =
    PageRoute::post("/today/seen", seen).asks(Permission::Read).by("I have seen this", &[]);

/// Days that are looked back by whoever never said that they have seen what changed.
const BACK: i64 = 7;
const DAY: i64 = 86_400_000_000;
/// Changes on the page.
const MOST: usize = 12;

struct Today<'a> {
    cx: &'a Context,
    csrf: &'a str,
    matters: Vec<Matter>,
    rests: Vec<(String, String)>,
    told: Vec<Markup>,
    next: Option<Next>,
    since: Moment,
    changes: Vec<Change>,
    more: bool,
}

fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let since = last_seen(visit.cx, tx)?;
    let (mut matters, mut rests, mut told) = (Vec::new(), Vec::new(), Vec::new());
    let (mut changes, mut more, mut next) = (Vec::new(), false, Vec::new());
    for agenda in visit.agendas {
        let due = (agenda.due)(visit, tx)?;
        matters.extend(due.matters);
        rests.extend(due.rest);
        told.extend(due.told);
        next.extend(due.next);
        let news = (agenda.news)(visit, tx, since)?;
        changes.extend(news.changes);
        more |= news.more;
    }
    matters.sort_by_key(|matter| matter.by.map_or(i32::MAX, |day| day.0));
    let next = next.into_iter().min_by_key(|next| next.on);
    changes.sort_by_key(|change| std::cmp::Reverse(change.at));
    more |= MOST < changes.len();
    changes.truncate(MOST);
    let page = Today { cx: visit.cx, csrf: visit.csrf, matters, rests, told, next, since, changes, more };
    Ok(Reply::Page { title: say!("Today").into_owned(), place: PLACE, body: page.render() })
}

/// Somebody says that they have seen what changed.
fn seen(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let now = visit.cx.now.micros;
    let shown = visit.field("until").and_then(|text| text.parse::<i64>().ok()).unwrap_or(now).min(now);
    // What came after the page was drawn has been seen by nobody.
    let seen = shown.max(last_seen(visit.cx, tx)?.micros);
    tx.set(&setting(visit.cx), &seen.to_string())?;
    Ok(Reply::Go(PLACE.to_owned()))
}

fn setting(cx: &Context) -> String {
    format!("today.seen.{}", cx.actor.number())
}

fn last_seen(cx: &Context, tx: &mut Tx<'_>) -> Result<Moment> {
    let kept = tx.setting(&setting(cx))?.and_then(|text| text.parse().ok());
    Ok(Moment::at(kept.unwrap_or(cx.now.micros - BACK * DAY)))
}

impl Render for Today<'_> {
    fn render(&self) -> Markup {
        let main = html! {
            @for (heading, matters) in &self.groups() {
                @if !matters.is_empty() { (Group::new(&**heading, self.ledger(matters)).note(matters.len())) }
            }
            @if self.matters.is_empty() {
                p .soft { "Nothing needs you." }
                @if let Some(next) = &self.next { p { (coming(next)) } }
                p .small { (elsewhere()) }
            }
            @for (n, (words, href)) in self.rests.iter().enumerate() {
                p .small { a href=(href) aria-keyshortcuts=[(n == 0).then_some("]")] { (words) } }
            }
        };
        let title = time::weekday_text(self.cx.today());
        html! {
            (Head { title: title.into(), lead: Some(self.lead()), ..Head::default() })
            @for told in &self.told { (Note::new(told)) }
            (Columns { main, side: vec![(say!("Changed"), self.changed())] })
        }
    }
}

impl Today<'_> {
    /// What waits, by urgency: what a day or somebody presses for, what has a day ahead, the rest.
    fn groups(&self) -> [(Cow<'static, str>, Vec<&Matter>); 4] {
        let today = self.cx.today();
        let (mut groups, [now, week, later, open]) = ([const { Vec::new() }; 4], [0, 1, 2, 3]);
        for matter in &self.matters {
            let group = match matter.by {
                Some(day) if day <= today => now,
                Some(day) if day < today.plus(7) => week,
                Some(_) => later,
                None if matter.presses => now,
                None => open,
            };
            groups[group].push(matter);
        }
        let [now, week, later, open] = groups;
        [
            (say!("Today"), now),
            (say!("This week"), week),
            (say!("Later"), later),
            (say!("When there is time"), open),
        ]
    }

    fn lead(&self) -> Markup {
        let waits = match count(self.matters.len()) {
            0 => say!("Nothing waits for a person.").into_owned(),
            some if !self.rests.is_empty() => {
                say!(
                    "More than {n} thing waits for a person."
                        | "More than {n} things wait for a person." % some
                )
            }
            some => say!("{n} thing waits for a person." | "{n} things wait for a person." % some),
        };
        let since = Moment::day(self.since, &self.cx.zone);
        let things = match count(self.changes.len()) {
            0 => say!("Nothing changed").into_owned(),
            some if self.more => say!("More than {n} thing changed" | "More than {n} things changed" % some),
            some => say!("{n} thing changed" | "{n} things changed" % some),
        };
        let since = time::short(since, self.cx.today());
        html! { (waits) " " (tell!("{things} since {since}.", things = things, since = since)) }
    }

    fn ledger(&self, matters: &[&Matter]) -> Ledger {
        let line = |matter: &&Matter| Line {
            since: Some(matter.note.clone()),
            late: matter.by.is_some_and(|day| day < self.cx.today()),
            what: Some(html! { p { (matter.what) } }),
            why: Some(matter.why.clone()),
            act: Some(matter.act.clone()),
            ..Line::new(self.when(matter.by), of(matter))
        };
        Ledger { lines: matters.iter().map(line).collect() }
    }

    fn when(&self, by: Option<Day>) -> Markup {
        match by {
            Some(day) if day < self.cx.today() => html! { "Overdue " (time::due(day, self.cx.today())) },
            Some(day) => time::due(day, self.cx.today()),
            None => html! { "Open" },
        }
    }

    fn changed(&self) -> Markup {
        if self.changes.is_empty() {
            return html! { p .soft { "Nothing since you last looked." } };
        }
        html! {
            (Turns { turns: self.changes.iter().map(|one| (one.of.clone(), one.what.clone())).collect() })
            @if self.more { p .small .faint { "And more, which the book shows." } }
            form method="post" action="/today/seen" {
                (hidden("csrf", self.csrf))
                (hidden("until", &self.changes.first().map_or(self.since.micros, |newest| newest.at).to_string()))
                (Button::submit(say!("I have seen this")))
            }
        }
    }
}

/// Of whom or what, and who serves them.
fn of(matter: &Matter) -> Markup {
    let whose = matter.whose.as_ref().map(|name| say!("Served by {name}"));
    html! { (matter.of) @if let Some(whose) = whose { " " span .soft { (whose) } } }
}

/// What will wait next, and from when on.
fn coming(next: &Next) -> Markup {
    tell!("The next thing waits from {day}. {what}", day = time::long(next.on), what = next.what)
}

/// The ways on where nothing waits.
fn elsewhere() -> Markup {
    let book = html! { a href="/relationships" { "The book" } };
    let bring = html! { a href="/imports" { "bring in" } };
    tell!("{book} shows everybody; {bring} what is new.", book = book, bring = bring)
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
