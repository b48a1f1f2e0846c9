//! Who may see an account: everybody who may read, or the people named on a wall, whatever the role of the others.

use ::store::Tx;
use access::ops::people;
use kernel::{Problem, ProblemKind, Result};
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{html, say, word};
use ui::{Button, Checks, Head, Note, enter, hidden};

use super::BOOK;
use crate::ops::{Named, Shown, Wall, glance, set_wall};

/// The form.
struct WallPage<'a> {
    account: Shown,
    people: Vec<people::ShownPerson>,
    ticked: Vec<String>,
    wrong: Option<Problem>,
    csrf: &'a str,
}

/// Answers `GET /accounts/{id}/wall`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let cx = visit.cx;
    let members = crate::store::wall(cx, tx, cx.codes.read(visit.part("id")?)?)?;
    let ticked = members.into_iter().map(|one| cx.codes.write(access::PersonId::new(one))).collect();
    answer(visit, tx, ticked, None)
}

/// Answers `POST /accounts/{id}/wall`.
pub(super) fn save(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let id = visit.part("id")?.to_owned();
    let ticked = visit.form.iter().filter(|(name, _)| name == "people").map(|(_, person)| person.clone());
    let people: Vec<_> = match visit.field("open") {
        Some(_) => Vec::new(),
        None => ticked.collect(),
    };
    match set_wall(visit.cx, tx, Wall { id: id.clone(), people: people.clone() }) {
        Ok(_) => Ok(Reply::Go(format!("/accounts/{id}#wall"))),
        Err(wrong) if wrong.kind == ProblemKind::Conflict => answer(visit, tx, people, Some(wrong)),
        Err(problem) => Err(problem),
    }
}

fn answer(visit: &Visit<'_>, tx: &mut Tx<'_>, ticked: Vec<String>, wrong: Option<Problem>) -> Result<Reply> {
    let account = glance(visit.cx, tx, Named { id: visit.part("id")?.to_owned() })?;
    let people = people::list(visit.cx, tx, access::ops::Nothing {})?;
    let people = people.into_iter().filter(|one| one.left.is_none() || ticked.contains(&one.id)).collect();
    let page = WallPage { account, people, ticked, wrong, csrf: visit.csrf };
    Ok(Reply::Page { title: say!("Who may see them").into(), place: BOOK, body: page.render() })
}

impl Render for WallPage<'_> {
    fn render(&self) -> Markup {
        let home = format!("/accounts/{}", self.account.id);
        let trail = html! { a href=(home) { (self.account.name) } };
        let lead = html! {
            "Behind a wall an account is seen by the people named here and by nobody else: in lists, sums, files and the \
             audit, whatever their role."
        };
        let error = self.wrong.as_ref().map(|wrong| ui::sentence(&wrong.message));
        let people =
            self.people.iter().fold(Checks::any("people", say!("Who may see them")), |checks, one| {
                let role = ui::sentence(&word!(one.role.as_str()));
                let on = self.ticked.contains(&one.id);
                checks.answer(one.id.as_str(), one.name.as_str(), role.trim_end_matches('.'), on)
            });
        html! {
            (Head { title: say!("Who may see them"), trail: Some(trail), lead: Some(lead), narrow: true, ..Head::default() })
            div .group .narrow {
                form .form method="post" action={ (home) "/wall" } {
                    (hidden("csrf", self.csrf)) (enter())
                    @if self.ticked.is_empty() { (Note::new(say!("Everybody who may read here sees them now."))) }
                    (people.error(error))
                    p .small .soft { "With nobody ticked there is no wall." }
                    div .acts {
                        (Button::submit(say!("Keep the wall")).main_act())
                        @if !self.ticked.is_empty() { (Button::submit(say!("Take the wall away")).sends("open", "on")) }
                        (Button::link(say!("Cancel"), home).quiet())
                    }
                }
            }
        }
    }
}
