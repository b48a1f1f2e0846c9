//! Their page: somebody outside says by one click how they want to be dealt with. Opening it changes nothing.

use ::store::Tx;
use kernel::{Actor, Result};
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{html, say, tell};
use timeline::fact::Dealing;
use ui::{Button, Note, Text, hidden, time};

use super::wording;
use crate::{
    ops::{Asked, Say, THEIR_PATH, open, say},
    phrase,
};

/// Where it is.
pub(super) const PLACE: &str = "/preferences/{token}";

/// What they may choose, from least contact to most.
const CHOICES: [Dealing; 4] =
    [Dealing::NoRelationship, Dealing::JustTransactions, Dealing::RenewalsOnly, Dealing::OpenToAdvice];

/// What it means for them.
fn meaning(dealing: Dealing) -> Text<'static> {
    match dealing {
        Dealing::NoRelationship => say!(
            "You hear from us about what you began yourself, and what your contract or the law makes us tell you."
        ),
        Dealing::JustTransactions => {
            say!("The same, and news of what you have from us: a delay, a change, an outage.")
        }
        Dealing::RenewalsOnly => say!("The same, and a reminder when something of yours runs out."),
        Dealing::OpenToAdvice => {
            say!("We also call, advise and ask, where we think that it is of use to you.")
        }
    }
}

struct TheirPage<'a> {
    asked: Asked,
    token: &'a str,
    csrf: &'a str,
    /// One of us looks at it.
    is_ours: bool,
}

/// Answers `GET /preferences/{token}`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let token = visit.part("token")?;
    let is_ours = matches!(visit.cx.actor, Actor::User { .. });
    let page = TheirPage { asked: open(visit.cx, tx, token)?, token, csrf: visit.csrf, is_ours };
    Ok(Reply::Alone { title: say!("How we deal with you").into(), body: page.render() })
}

/// Answers `POST /preferences/{token}`.
pub(super) fn choose(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let token = visit.part("token")?;
    let says = visit.field("says").unwrap_or_default();
    say(visit.cx, tx, Say { token, says, everywhere: visit.field("everywhere").is_some() })?;
    Ok(Reply::Go(format!("{THEIR_PATH}{token}")))
}

impl Render for TheirPage<'_> {
    fn render(&self) -> Markup {
        let line = &self.asked.line;
        html! {
            p { (tell!("This is for {name}, about {line}.", name = html! { strong { (self.asked.name) } }, line = html! { strong { (line) } })) }
            (Note::new(html! { (self.so_far()) }))
            @if self.is_ours {
                (Note::bad(say!("You are signed in as one of us. Only they choose here; this is what they see.")))
            }
            p { "Choose how much you want to hear from us. It holds at once, and with this link you can change it whenever you like." }
            form .sign method="post" action={ (THEIR_PATH) (self.token) } {
                (hidden("csrf", self.csrf))
                @for dealing in CHOICES { (self.choice(dealing)) }
                p { label .check {
                    input type="checkbox" name="everywhere" disabled[self.is_ours];
                    span { (say!("For everything I do with you, not only {line}")) }
                } }
            }
            p .small .soft { "Whatever you choose, what you ordered, what was agreed and what you ask us is dealt with as before, and no slower." }
        }
    }
}

impl TheirPage<'_> {
    /// What holds now, in words for them: how we know what they did not put down themselves is said to nobody but us.
    fn so_far(&self) -> Markup {
        html! {
            @match self.asked.now {
                Some((dealing, day, true)) => { (tell!("You chose {wish} on {day}.", wish = strong(dealing), day = time::long(day))) },
                Some((dealing, day, false)) => { (tell!("We deal with you as {wish} since {day}. You have not chosen yourself yet.", wish = strong(dealing), day = time::long(day))) },
                None => { "You have not chosen yet." },
            }
        }
    }

    fn choice(&self, dealing: Dealing) -> Markup {
        let button = Button::submit(phrase::capital(wording::wish(dealing))).sends("says", dealing.as_str());
        html! {
            div {
                p { @if self.is_ours { (button.off()) } @else { (button) } }
                p .small .soft { (meaning(dealing)) }
            }
        }
    }
}

fn strong(dealing: Dealing) -> Markup {
    html! { strong { (wording::wish(dealing)) } }
}
