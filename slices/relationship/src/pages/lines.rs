//! Service lines: which day counts as now on each, who would change if it were another, and the frozen ranks of spend.

use ::store::Tx;
use access::pages::{PLACE, tabs};
use accounts::ops::{Nothing as Whatever, ShownLine, lines};
use kernel::{Day, Permission, Problem, ProblemKind, Result};
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{html, say, tell, word};
use ui::{
    Button, Cell, Column, Field, Group, Head, Note, Nothing, Row, Table, Tabs, Text, enter, hidden, time,
};

use super::policy::foreseen_in_words;
use crate::ops::{
    Foreseen,
    line::{OfLine, Supposed, Turned, baseline as take, preview, turn as turn_to},
};

/// Where they are.
pub(super) const LINES: &str = "/lines";

/// All of them.
struct LinesPage {
    lines: Vec<ShownLine>,
    tabs: Tabs<'static>,
    may_manage: bool,
    today: Day,
}

/// Answers `GET /lines`.
pub(super) fn list(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let page = LinesPage {
        lines: lines(visit.cx, tx, Whatever {})?,
        tabs: tabs(visit, LINES),
        may_manage: visit.cx.actor.may(Permission::Manage),
        today: visit.cx.today(),
    };
    Ok(Reply::Page { title: say!("Service lines").into(), place: PLACE, body: page.render() })
}

impl Render for LinesPage {
    fn render(&self) -> Markup {
        let lead = html! {
            "Each kind of service the business offers, and the day on which its relationships are judged: the day it is, \
             where new facts keep coming; the last day of the data, where a file was brought in once."
        };
        html! {
            (Head { title: say!("Service lines"), lead: Some(lead), ..Head::default() })
            (self.tabs)
            @if self.lines.is_empty() {
                (Nothing { sentence: say!("There is no service line yet. The first file or fact makes one."), act: Some(html! { (Button::link(say!("Bring in"), "/imports")) }) })
            } @else { (self.table()) }
        }
    }
}

impl LinesPage {
    fn table(&self) -> Table<'_> {
        let heads = [say!("Service line"), say!("Industry"), say!("What counts as now"), say!("That is")]
            .map(Column::new);
        Table::fold(say!("Service lines")).columns(heads).rows(self.lines.iter().map(|line| {
            let name = html! {
                @if self.may_manage { a href={ (LINES) "/" (line.id) } { (line.name) } } @else { (line.name) }
            };
            let industry = html! {
                @if line.industry.is_empty() { span .faint { "not said" } } @else { (word!(line.industry.replace('_', " "))) }
            };
            Row::new([
                Cell::head(name),
                Cell::new(industry).label(say!("Industry")),
                Cell::new(counts(&line.now_is)).label(say!("What counts as now")),
                Cell::new(day(&line.now, self.today)).label(say!("That is")),
            ])
        }))
    }
}

/// One of them.
struct LinePage<'a> {
    line: ShownLine,
    /// What might count as now instead, and who would then be what.
    supposed: Option<(String, Foreseen)>,
    reason: String,
    wrong: Option<Problem>,
    buyers: Option<String>,
    today: Day,
    csrf: &'a str,
}

/// Answers `GET /lines/{id}`; with `now_is` in the address, who would change if that counted as now.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    answer(visit, tx, visit.asked("now_is"), None)
}

/// Answers `POST /lines/{id}/now`.
pub(super) fn turn(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let text = |name: &str| visit.field(name).unwrap_or_default().to_owned();
    let id = visit.part("id")?.to_owned();
    match turn_to(visit.cx, tx, Turned { id: id.clone(), now_is: text("now_is"), reason: text("reason") }) {
        Ok(_) => Ok(Reply::Go(format!("{LINES}/{id}"))),
        Err(wrong) if wrong.code == "line.reason" && wrong.kind == ProblemKind::Invalid => {
            answer(visit, tx, Some(&text("now_is")), Some(wrong))
        }
        Err(problem) => Err(problem),
    }
}

/// Answers `POST /lines/{id}/baseline`.
pub(super) fn baseline(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let id = visit.part("id")?.to_owned();
    let taken = take(visit.cx, tx, OfLine { id: id.clone() })?;
    Ok(Reply::Go(format!("{LINES}/{id}?buyers={}", taken.buyers)))
}

fn answer(visit: &Visit<'_>, tx: &mut Tx<'_>, now_is: Option<&str>, wrong: Option<Problem>) -> Result<Reply> {
    let id = visit.part("id")?.to_owned();
    let known = timeline::store::line(tx, visit.cx.codes.read(&id)?)?;
    let line = ShownLine {
        id: id.clone(),
        now: known.now(visit.cx).to_string(),
        now_is: known.now_is().to_owned(),
        name: known.name,
        industry: known.industry,
    };
    let supposed = now_is.map(|now_is| {
        let foreseen = preview(visit.cx, tx, Supposed { id, now_is: now_is.to_owned() })?;
        Ok::<_, Problem>((now_is.to_owned(), foreseen))
    });
    let page = LinePage {
        line,
        supposed: supposed.transpose()?,
        reason: visit.field("reason").unwrap_or_default().to_owned(),
        wrong,
        buyers: visit.asked("buyers").map(str::to_owned),
        today: visit.cx.today(),
        csrf: visit.csrf,
    };
    Ok(Reply::Page { title: page.line.name.clone(), place: PLACE, body: page.render() })
}

impl Render for LinePage<'_> {
    fn render(&self) -> Markup {
        let trail = html! { a href=(LINES) { "Service lines" } };
        let (day, what) = (day(&self.line.now, self.today), counts(&self.line.now_is));
        let lead = tell!("Its relationships are judged for {day}, {what}.");
        let taken = self.buyers.as_deref().and_then(|buyers| buyers.parse::<i64>().ok());
        html! {
            (Head { title: self.line.name.as_str().into(), trail: Some(trail), lead: Some(lead), narrow: true, ..Head::default() })
            @if let Some(buyers) = taken {
                (Note::new(say!("The ranks of spend were taken anew from {n} buyer; its relationships are being decided again." | "The ranks of spend were taken anew from {n} buyers; its relationships are being decided again." % buyers)))
            }
            (Group::new(say!("What counts as now"), self.now()).narrow())
            (Group::new(say!("Ranks of spend"), self.ranks()).narrow())
        }
    }
}

impl LinePage<'_> {
    fn now(&self) -> Markup {
        let other = if self.line.now_is == "clock" { "end of data" } else { "clock" };
        match &self.supposed {
            Some((now_is, foreseen)) if *now_is != self.line.now_is => self.change(now_is, foreseen),
            _ => html! {
                p { @match other {
                    "clock" => { "New facts keep coming? Then the day it is should count, or what happens after the last file waits unseen." },
                    _ => { "No new facts come? Then the last day of the data should count, or everybody grows silent as days go by." },
                } }
                form method="get" action={ (LINES) "/" (self.line.id) } {
                    (hidden("now_is", other))
                    (Button::submit(say!("See who would change")))
                }
            },
        }
    }

    fn change(&self, now_is: &str, foreseen: &Foreseen) -> Markup {
        let here = format!("{LINES}/{}", self.line.id);
        let words = if now_is == "clock" {
            say!("Let the clock count")
        } else {
            say!("Let the end of the data count")
        };
        let error = self.wrong.as_ref().map(|wrong| ui::sentence(&wrong.message));
        html! {
            p { (tell!("If {what} counted as now:", what = html! { strong { (counts(now_is)) } })) }
            (foreseen_in_words(foreseen))
            form .form method="post" action={ (here) "/now" } {
                (hidden("csrf", self.csrf)) (hidden("now_is", now_is)) (enter())
                (Field::text("reason", say!("Why")).value(&*self.reason).placeholder(say!("the till reports every night")).error(error).required())
                div .acts {
                    (Button::submit(words).main_act())
                    (Button::link(say!("Cancel"), here).quiet())
                }
            }
            p .small .soft { "It can be turned back at any time; everybody on the line is decided again." }
        }
    }

    fn ranks(&self) -> Markup {
        html! {
            p {
                "What somebody spends is compared with a list that was frozen once, so that nobody’s class moves because \
                 strangers spent more. Where prices or the business have changed, take a new one: from everybody who has \
                 bought by now. The lists before stay on record, and so do the decisions made with them."
            }
            form method="post" action={ (LINES) "/" (self.line.id) "/baseline" } {
                (hidden("csrf", self.csrf))
                (Button::submit(say!("Take a new list")))
            }
        }
    }
}

/// What counts as now, in words.
fn counts(now_is: &str) -> Text<'static> {
    match now_is {
        "clock" => say!("the day it is"),
        _ => say!("the last day of its data"),
    }
}

fn day(iso: &str, today: Day) -> Markup {
    html! { @match Day::parse(iso) { Ok(day) => { (time::due(day, today)) }, Err(_) => { (iso) } } }
}
