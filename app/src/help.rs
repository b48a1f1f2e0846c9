//! Help inside: what each screen is for and what its numbers mean, the words, and the documents of the project.

mod render;
mod shelf;

use kernel::{Problem, Result};
use maud::{Markup, PreEscaped};
use slice::{PageRoute, Reply, Visit};
use speech::{html, language, say, tell, word};
use store::Tx;
use ui::Head;

pub use self::shelf::topic_on;
use self::shelf::{SHELVES, Shelf, Topic, topic};

/// Where it is.
pub const PLACE: &str = "/help";

/// The list of what there is.
pub const INDEX: PageRoute = PageRoute::get(PLACE, index).by("Help", &[]);

/// One document.
pub const PAGE: PageRoute = PageRoute::get("/help/{topic}", page).by("(its title)", &[]);

/// The title and the address of each document.
pub fn titles() -> impl Iterator<Item = (&'static str, String)> {
    SHELVES
        .iter()
        .flat_map(|shelf| shelf.topics)
        .map(|topic| (topic.title, format!("{PLACE}/{}", topic.name)))
}

fn index(_: &Visit<'_>, _: &mut Tx<'_>) -> Result<Reply> {
    let key = html! { kbd { "?" } };
    let lead = tell!(
        "What each screen is for, what its numbers mean, and how decisions are made. {key} shows the keys of the page you are on.",
        key = key
    );
    let body = html! {
        (Head { title: say!("Help"), lead: Some(lead), narrow: true, ..Head::default() })
        @for shelf in SHELVES { (shown(shelf)) }
    };
    Ok(Reply::Page { title: say!("Help").into_owned(), place: PLACE, body })
}

fn shown(shelf: &Shelf) -> ui::Shelf<'static> {
    let document = |topic: &'static Topic| {
        (word!(topic.title).into(), format!("{PLACE}/{}", topic.name).into(), word!(topic.about).into())
    };
    ui::Shelf { name: word!(shelf.name).into(), documents: shelf.topics.iter().map(document).collect() }
}

fn page(visit: &Visit<'_>, _: &mut Tx<'_>) -> Result<Reply> {
    let name = visit.part("topic")?;
    let unknown = || {
        let text = say!("show help on {name:?}: there is no such topic; {PLACE} lists what there is");
        Problem::not_found("help.topic", text)
    };
    let topic = topic(name).ok_or_else(unknown)?;
    Ok(Reply::Page { title: word!(topic.title), place: PLACE, body: body(topic) })
}

fn body(topic: &Topic) -> Markup {
    let trail = html! { a href=(PLACE) { "Help" } };
    let prose = ui::prose(&PreEscaped(render::html(topic)));
    let own = topic.document().language;
    html! {
        (Head { title: word!(topic.title).into(), trail: Some(trail), narrow: true, ..Head::default() })
        @if own == language() {
            (prose)
        } @else {
            p .small .soft { "This document is there in English only." }
            div lang=(own.code()) { (prose) }
        }
    }
}

#[cfg(test)]
mod tests;
