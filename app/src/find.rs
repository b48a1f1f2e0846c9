//! Finding: one page that asks every slice, for people without a script and for the dialog of those with one.

use kernel::Result;
use slice::{Findings, PageRoute, Reply, Visit};
use speech::{html, say, word};
use store::Tx;
use ui::{Find, Found, Head};

/// The page.
pub const PAGE: PageRoute = PageRoute::get("/find", page).by("Find", &["find"]);

/// The heading of what can be done, in English.
const DO: &str = "Do";
/// Letters of what is typed that are looked at.
const LONGEST: usize = 200;

fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let text: String = visit.asked("q").unwrap_or_default().trim().chars().take(LONGEST).collect();
    let mut notes = Vec::new();
    let mut found: Vec<Found<'_>> = Vec::new();
    if !text.is_empty() {
        for finder in visit.finders {
            let Findings { note, rows } = (finder.find)(visit, tx, &text)?;
            notes.extend(note.map(ui::Text::from));
            found.extend(rows.into_iter().map(|row| Found {
                group: word!(row.group).into(),
                title: row.title.into(),
                about: row.about.map(Into::into),
                marks: row.marks,
                href: row.href.into(),
            }));
        }
    }
    // What can be done stands behind what was found.
    let acts = word!(DO);
    found.sort_by_key(|row| row.group == acts);
    let lead = html! { "Names, email addresses, telephone numbers, ids, numbers of orders and contracts; the beginnings will do." };
    let body = html! {
        (Head { title: say!("Find"), lead: Some(lead), narrow: true, ..Head::default() })
        (Find { action: "/find".into(), typed: text.as_str().into(), notes, acts: acts.into(), found })
    };
    Ok(Reply::Page {
        title: if text.is_empty() { say!("Find").into_owned() } else { say!("Find “{text}”") },
        place: "/find",
        body,
    })
}
