//! The page of the sample businesses, and what its buttons do.

use ::store::Tx;
use kernel::{Permission, Result};
use maud::{Markup, Render};
use serde_json::json;
use slice::{PageRoute, Reply, Visit};
use speech::{html, say, tell, word};
use ui::{Button, Door, Doors, Head, Progress as Bar, hidden};

use super::{
    Business,
    ops::{self, Load, Nothing, Remove, ShownSample},
};

/// Where they stand.
pub(crate) const PLACE: &str = "/samples";

/// The pages.
pub(super) const PAGES: &[PageRoute] = &[
    PageRoute::get(PLACE, page).by("Sample businesses", &["samples.list"]),
    PageRoute::get("/samples/{business}/progress", progress).by("(shown while it loads)", &[]),
    PageRoute::post("/samples/{business}", load).by("Look around", &["sample.load"]),
    PageRoute::post("/samples/{business}/removal", remove).by("Remove it", &["sample.remove"]),
];

/// A business, and how far it is where it is under way.
struct Card {
    sample: ShownSample,
    business: Business,
    can_load: bool,
    bar: Option<imports::ops::Progress>,
}

struct SamplesPage<'a> {
    cards: Vec<Card>,
    may_bring: bool,
    csrf: &'a str,
}

/// Answers `GET /samples`.
fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let mut cards = Vec::new();
    for (sample, business) in ops::list(visit.cx, tx, Nothing {})?.into_iter().zip(Business::ALL) {
        let bar = match (&sample.import, is_under_way(&sample)) {
            (Some(import), true) => Some(imports::progress(visit.cx, tx, visit.cx.codes.read(import)?)?),
            _ => None,
        };
        cards.push(Card { sample, business, can_load: ops::can_load(tx, business)?, bar });
    }
    let page = SamplesPage { cards, may_bring: visit.cx.actor.may(Permission::Write), csrf: visit.csrf };
    Ok(Reply::Page { title: say!("Sample businesses").into_owned(), place: PLACE, body: page.render() })
}

/// Answers `GET /samples/{business}/progress`: how far it is, for the bar of the page.
fn progress(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let business = Business::meant(visit.part("business")?)?[0];
    let all = ops::list(visit.cx, tx, Nothing {})?;
    let sample = all.into_iter().find(|one| one.business == business.word());
    let sample = sample.filter(is_under_way);
    let at = match sample.as_ref().and_then(|one| one.import.as_ref()) {
        Some(import) => imports::progress(visit.cx, tx, visit.cx.codes.read(import)?)?,
        None => {
            let words = say!("{done} of {total} steps", done = 0, total = 3);
            let none = json!({ "done": 0, "total": 3, "words": words, "note": say!("Writing its tables.") });
            let done =
                json!({ "done": 1, "total": 1, "words": "", "note": "", "finished": "/relationships" });
            return Ok(answer(if sample.is_some() { &none } else { &done }));
        }
    };
    let told = json!({ "done": at.done, "total": at.total, "words": at.words, "note": at.note });
    Ok(answer(&told))
}

/// One event; whoever listens comes back for the next after half a second.
fn answer(told: &serde_json::Value) -> Reply {
    let content = format!("retry: 500\ndata: {told}\n\n");
    Reply::File { name: "progress".into(), media: "text/event-stream", content }
}

/// How far it is, in words for people.
fn state(sample: &ShownSample) -> String {
    match sample.state.strip_prefix(ops::STOPPED) {
        Some(why) => say!("stopped: {why}"),
        None => word!(sample.state),
    }
}

fn is_under_way(sample: &ShownSample) -> bool {
    sample.state.starts_with("being")
}

/// Answers `POST /samples/{business}`.
fn load(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let business = visit.part("business")?.to_owned();
    let beside = visit.field("beside").map(|word| word == "yes");
    ops::load(visit.cx, tx, Load { business, today: None, beside })?;
    Ok(Reply::Go(PLACE.to_owned()))
}

/// Answers `POST /samples/{business}/removal`.
fn remove(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    ops::remove(visit.cx, tx, Remove { business: visit.part("business")?.to_owned() })?;
    Ok(Reply::Go(PLACE.to_owned()))
}

impl Render for SamplesPage<'_> {
    fn render(&self) -> Markup {
        let lead = html! {
            (say!("Three invented businesses with years of history, to look around in before you bring in your own. Each comes in as files do, and leaves as one: afterwards the house is as it was."))
        };
        html! {
            (Head { title: say!("Sample businesses"), lead: Some(lead), narrow: true, ..Head::default() })
            (Doors { doors: self.cards.iter().map(|card| self.door(card)).collect() })
        }
    }
}

impl SamplesPage<'_> {
    fn door(&self, card: &Card) -> Door<'static> {
        let act = match () {
            () if is_under_way(&card.sample) => bar(card),
            () if !self.may_bring => html! { p .small .soft { (ui::sentence(&state(&card.sample))) } },
            () if card.sample.state == "not loaded" && !card.can_load => elsewhere(card),
            () if card.sample.state == "not loaded" => self.form(card, "", &Button::submit(say!("Load it"))),
            () => html! {
                div .acts {
                    @if card.sample.state == "loaded" { (Button::link(say!("See who is what"), "/relationships").main_act()) }
                    @else { p .small .soft { (ui::sentence(&state(&card.sample))) } }
                    @if let Some(import) = &card.sample.import { (Button::link(say!("What came in"), format!("/imports/{import}"))) }
                    (self.form(card, "/removal", &Button::submit(say!("Remove it"))))
                }
            },
        };
        Door {
            heading: word!(card.business.title()).into(),
            sentence: word!(card.business.sentence()).into(),
            act,
        }
    }

    fn form(&self, card: &Card, verb: &str, button: &Button<'_>) -> Markup {
        html! {
            form .acts method="post" action={ (PLACE) "/" (card.business.word()) (verb) } {
                (hidden("csrf", self.csrf))
                (button)
            }
        }
    }
}

/// How to look around where the house holds records of its own.
fn elsewhere(card: &Card) -> Markup {
    let data = html! { code { ("mainstay serve --data ANOTHER-FOLDER") } };
    let load = format!("mainstay demo {} --data ANOTHER-FOLDER", card.business.word());
    let load = html! { code { (load) } };
    html! {
        p .small .soft {
            (tell!(
                "This house holds records of its own. To look around, load it into another folder: {load}, then {data}.",
                load = load,
                data = data
            ))
        }
    }
}

/// How far it is; without scripts one looks again.
fn bar(card: &Card) -> Markup {
    let (done, total, unit, note) = match &card.bar {
        Some(at) => (at.done, at.total, at.unit, at.note.clone()),
        None => {
            let note = say!("Writing its tables; then they come in, and everybody is decided.");
            (0, 3, "steps", note.into_owned())
        }
    };
    let bar = Bar {
        label: word!(card.business.title()).into(),
        done,
        total,
        unit: unit.into(),
        note: note.into(),
        source: Some(format!("{PLACE}/{}/progress", card.business.word()).into()),
    };
    bar.render()
}
