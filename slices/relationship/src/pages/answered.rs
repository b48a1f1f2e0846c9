//! What somebody answered just now to a class that crossed, told above what still waits, with the way back.

use ::store::Tx;
use kernel::{Permission, Result};
use maud::Markup;
use slice::{Reply, Visit};
use speech::{html, say, tell};
use ui::{Address, Button, hidden};

use crate::{ops::crossing::PUT_OFF, store::current};

/// To today, which says what was answered.
pub(super) fn back(id: &str, answer: &str) -> Reply {
    Reply::Go(Address::new("/today").with("answered", Some(id)).with("as", Some(answer)).write())
}

/// What was answered, where the address names it; nothing for an id that names nobody whom the viewer may see.
pub(super) fn told(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Option<Markup>> {
    let (Some(id), Some(answer)) = (visit.asked("answered"), visit.asked("as")) else { return Ok(None) };
    let Ok(number) = visit.cx.codes.read(id) else { return Ok(None) };
    let Ok((account, _)) = current::place(visit.cx, tx, number) else { return Ok(None) };
    let name = accounts::store::visible(visit.cx, tx, account)?.name;
    let who = html! { a href={ "/relationships/" (id) } { (name) } };
    Ok(match answer {
        "accept" => Some(tell!("Agreed: {who} counts as what the evidence says.", who = who)),
        "not_now" => {
            let again = say!(
                "You are asked again in {n} day." | "You are asked again in {n} days." % i64::from(PUT_OFF)
            );
            Some(html! { (tell!("Put off: {who}.", who = who)) " " (again) })
        }
        "decline" => {
            let kept = tell!("{who} stays what it was; that is set by hand now.", who = who);
            let may = visit.cx.actor.may(Permission::Write);
            Some(html! { (kept) @if may { (undo(visit, id)) } })
        }
        _ => None,
    })
}

fn undo(visit: &Visit<'_>, id: &str) -> Markup {
    html! {
        form method="post" action={ "/relationships/" (id) "/override/withdrawal" } {
            (hidden("csrf", visit.csrf)) (Button::submit(say!("Undo")).key('u'))
        }
    }
}
