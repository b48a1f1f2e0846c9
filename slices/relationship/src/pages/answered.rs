//! What somebody answered just now to a class that crossed, told above what still waits, with the way back.

use ::store::Tx;
use kernel::{Permission, Result};
use maud::Markup;
use slice::{Reply, Visit};
use speech::{html, say, tell};
use ui::{Address, Button, hidden};

use crate::{
    ops::crossing::PUT_OFF,
    store::{
        crossing::{self, ACCEPTED, Crossing, DECLINED, WAITS},
        current,
    },
};

/// To today, which says what was answered.
pub(super) fn back(id: &str, answer: &str) -> Reply {
    Reply::Go(Address::new("/today").with("answered", Some(id)).with("as", Some(answer)).write())
}

/// What was answered, where the address names it and it stands; nothing for an id that names nobody whom the viewer may see.
pub(super) fn told(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Option<Markup>> {
    let (Some(id), Some(answer)) = (visit.asked("answered"), visit.asked("as")) else { return Ok(None) };
    let Ok(number) = visit.cx.codes.read(id) else { return Ok(None) };
    let Ok((account, _)) = current::place(visit.cx, tx, number) else { return Ok(None) };
    let name = accounts::store::visible(visit.cx, tx, account)?.name;
    let who = html! { a href={ "/relationships/" (id) } { (name) } };
    let newest = crossing::newest(visit.cx, tx, number)?.filter(|one| stands(visit, one, answer));
    let Some(newest) = newest else { return Ok(None) };
    let may = visit.cx.actor.may(Permission::Write);
    let undo = html! { @if may { (undo(visit, id, newest.id)) } };
    Ok(match answer {
        "accept" => {
            let agreed = tell!("Agreed: {who} counts as what the evidence says.", who = who);
            Some(html! { (agreed) (undo) })
        }
        "not_now" => {
            let again = say!(
                "You are asked again in {n} day." | "You are asked again in {n} days." % i64::from(PUT_OFF)
            );
            Some(html! { (tell!("Put off: {who}.", who = who)) " " (again) (undo) })
        }
        "decline" => {
            let kept = tell!("{who} stays what it was; that is set by hand now.", who = who);
            Some(html! { (kept) (undo) })
        }
        "take_back" => Some(tell!("Taken back: {who} waits for your word again.", who = who)),
        _ => None,
    })
}

/// Whether that is still what was answered.
fn stands(visit: &Visit<'_>, one: &Crossing, answer: &str) -> bool {
    let is_put_off = i64::from(visit.cx.today().0) < one.until;
    match answer {
        "accept" => one.state == ACCEPTED,
        "decline" => one.state == DECLINED,
        "not_now" => one.state == WAITS && is_put_off,
        _ => one.state == WAITS && !is_put_off,
    }
}

fn undo(visit: &Visit<'_>, id: &str, crossing: i64) -> Markup {
    html! {
        form method="post" action={ "/relationships/" (id) "/crossing" } {
            (hidden("csrf", visit.csrf))
            (hidden("crossing", &crossing.to_string()))
            (Button::submit(say!("Undo")).sends("answer", "take_back").key('u'))
        }
    }
}
