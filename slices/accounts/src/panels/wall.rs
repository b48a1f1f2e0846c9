//! Who may see the account, for whoever may say so.

use ::store::Tx;
use kernel::{Permission, Result};
use maud::{Markup, Render};
use slice::Visit;
use speech::{html, say};
use ui::{Button, Group};

use crate::store;

/// Draws the panel; nothing for somebody who may not put a wall up.
pub(super) fn show(visit: &Visit<'_>, tx: &mut Tx<'_>, account: &str) -> Result<Markup> {
    let cx = visit.cx;
    if !cx.actor.may(Permission::Manage) {
        return Ok(html! {});
    }
    let members = store::wall(cx, tx, cx.codes.read(account)?)?;
    let names = store::audit::people(tx, &members)?;
    let mut names: Vec<_> = names.into_values().collect();
    names.sort();
    let body = html! {
        @if members.is_empty() { p { "Everybody who may read here sees them." } }
        @else { p { (say!("They are behind a wall: seen by {}, and by nobody else.", names.join(", "))) } }
        p .acts { (Button::link(say!("Say who may see them"), format!("/accounts/{account}/wall"))) }
    };
    Ok(Group::new(say!("Who may see them"), body).render())
}
