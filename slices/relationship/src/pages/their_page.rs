//! Their page: somebody outside says by one click how they want to be dealt with. Opening it changes nothing.

use ::store::Tx;
use kernel::{Actor, Result};
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::html;
use timeline::fact::Dealing;
use ui::{Button, Note, hidden, time};

use crate::{
    ops::{Asked, Say, THEIR_PATH, open, say},
    phrase,
};

/// Where it is.
pub(super) const PLACE: &str = "/preferences/{token}";

/// What they may choose, from least contact to most, each with what it means for them.
const CHOICES: [(Dealing, &str); 4] = [
    (
        Dealing::NoRelationship,
        "You hear from us about what you began yourself, and what your contract or the law makes us tell you.",
    ),
    (Dealing::JustTransactions, "The same, and news of what you have from us: a delay, a change, an outage."),
    (Dealing::RenewalsOnly, "The same, and a reminder when something of yours runs out."),
    (Dealing::OpenToAdvice, "We also call, advise and ask, where we think that it is of use to you."),
];

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
    Ok(Reply::Alone { title: "How we deal with you".into(), body: page.render() })
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
            p { "This is for " strong { (self.asked.name) } ", about " strong { (line) } "." }
            (Note::new(html! { (self.so_far()) }))
            @if self.is_ours {
                (Note::bad("You are signed in as one of us. Only they choose here; this is what they see."))
            }
            p { "Choose how much you want to hear from us. It holds at once, and with this link you can change it whenever you like." }
            form .sign method="post" action={ (THEIR_PATH) (self.token) } {
                (hidden("csrf", self.csrf))
                @for (dealing, meaning) in CHOICES { (self.choice(dealing, meaning)) }
                p { label .check {
                    input type="checkbox" name="everywhere" disabled[self.is_ours];
                    span { "For everything I do with you, not only " (line) }
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
                Some((dealing, day, true)) => { "You chose " strong { (dealing.spoken()) } " on " (time::long(day)) "." },
                Some((dealing, day, false)) => { "We deal with you as " strong { (dealing.spoken()) } " since " (time::long(day)) ". You have not chosen yourself yet." },
                None => { "You have not chosen yet." },
            }
        }
    }

    fn choice(&self, dealing: Dealing, meaning: &str) -> Markup {
        let button = Button::submit(phrase::capital(dealing.spoken())).sends("says", dealing.as_str());
        html! {
            div {
                p { @if self.is_ours { (button.off()) } @else { (button) } }
                p .small .soft { (meaning) }
            }
        }
    }
}
