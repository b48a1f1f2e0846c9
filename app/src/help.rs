//! Help inside: what each screen is for and what its numbers mean, the words, and the documents of the project.

mod render;
mod shelf;

use kernel::{Problem, Result};
use maud::{Markup, PreEscaped};
use slice::{PageRoute, Reply, Visit};
use speech::html;
use store::Tx;
use ui::Head;

pub use self::shelf::topic_of;
use self::shelf::{SHELVES, Shelf, Topic, topic};

/// Where it is.
pub const PLACE: &str = "/help";

/// The list of what there is.
pub const INDEX: PageRoute = PageRoute::get(PLACE, index).by("Help", &[]);

/// One document.
pub const PAGE: PageRoute = PageRoute::get("/help/{topic}", page).by("(its title)", &[]);

fn index(_: &Visit<'_>, _: &mut Tx<'_>) -> Result<Reply> {
    let lead = html! { "What each screen is for, what its numbers mean, and how decisions are made. " kbd { "?" } " shows the keys of the page you are on." };
    let body = html! {
        (Head { title: "Help".into(), lead: Some(lead), narrow: true, ..Head::default() })
        @for shelf in SHELVES { (shown(shelf)) }
    };
    Ok(Reply::Page { title: "Help".into(), place: PLACE, body })
}

fn shown(shelf: &Shelf) -> ui::Shelf<'static> {
    let document = |topic: &'static Topic| {
        (topic.title.into(), format!("{PLACE}/{}", topic.name).into(), topic.about.into())
    };
    ui::Shelf { name: shelf.name.into(), documents: shelf.topics.iter().map(document).collect() }
}

fn page(visit: &Visit<'_>, _: &mut Tx<'_>) -> Result<Reply> {
    let name = visit.part("topic")?;
    let unknown = || {
        let text = format!("show help on {name:?}: there is no such topic; {PLACE} lists what there is");
        Problem::not_found("help.topic", text)
    };
    let topic = topic(name).ok_or_else(unknown)?;
    Ok(Reply::Page { title: topic.title.to_owned(), place: PLACE, body: body(topic) })
}

fn body(topic: &Topic) -> Markup {
    let trail = html! { a href=(PLACE) { "Help" } };
    html! {
        (Head { title: topic.title.into(), trail: Some(trail), narrow: true, ..Head::default() })
        (ui::prose(&PreEscaped(render::html(topic))))
    }
}

#[cfg(test)]
mod tests;
