//! Account: who they are, one panel per relationship with its reasons, what other slices show of them, one history.

use ::store::Tx;
use accounts::{
    edits::{self, Corrected, Group, Place},
    ops::{Named, Shown, glance},
    reached,
};
use kernel::{Day, Permission, Result};
use maud::{Markup, Render};
use slice::{FROM, Reply, Visit};
use speech::{html, say, tell, word};
use timeline::{AccountId, LineId};
use ui::{Address, Button, Columns, Head, Note, Nothing};

use super::{
    among::{self, Among},
    asked::PLACE,
    history::History,
    overrides::{ByHand, Refused},
    panel::Judged,
    preference::restricting,
    switch, wording,
};
use crate::{
    ops::{
        Explanation, ShownPreference, explain, preference_of,
        switch::{Switched, newest},
    },
    store::{
        book::{self, Found},
        crossing, current,
    },
};

/// An account.
struct AccountPage {
    shown: Shown,
    judged: Vec<Judged>,
    /// What other slices show, each under its name.
    panels: Vec<(&'static str, Markup)>,
    history: History,
    waiting: bool,
    may_write: bool,
    place: Place,
    among: Option<Among>,
}

/// How the page was come to.
#[derive(Default)]
struct Come {
    /// About which relationship.
    line: Option<LineId>,
    /// With a form that was refused.
    refused: Option<Refused>,
    /// From which list.
    among: Option<Among>,
}

/// Answers `GET /relationships/{id}`: the account's page, open at that relationship.
pub(super) fn of_relationship(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let id = visit.cx.codes.read(visit.part("id")?)?;
    let (account, line) = current::place(visit.cx, tx, id)?;
    let among = Among::read(visit, tx, id)?;
    answer(visit, tx, account, Come { line: Some(line), among, refused: None })
}

/// The same page with a form about that relationship that was refused.
pub(super) fn refused(visit: &Visit<'_>, tx: &mut Tx<'_>, refused: Refused) -> Result<Reply> {
    let (account, line) = current::place(visit.cx, tx, visit.cx.codes.read(visit.part("id")?)?)?;
    let among = Among::sent(visit, tx)?;
    answer(visit, tx, account, Come { line: Some(line), refused: Some(refused), among })
}

/// Answers `GET /accounts/{id}`.
pub(super) fn of_account(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let account = visit.cx.codes.read(visit.part("id")?)?;
    answer(visit, tx, account, Come::default())
}

/// Answers `POST /accounts/{id}/correction`.
pub(super) fn correct(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let account = visit.cx.codes.read(visit.part("id")?)?;
    let corrected = edits::correct(visit, tx)?;
    corrected_page(visit, tx, account, corrected)
}

/// Answers `POST /contacts/{id}/correction`: the page is that of the account for which they act.
pub(super) fn correct_contact(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let corrected = edits::correct_contact(visit, tx)?;
    let person = accounts::ops::people_change::of_id(visit.cx, tx, visit.part("id")?)?;
    let person = person.ok_or_else(accounts::no_account)?;
    corrected_page(visit, tx, visit.cx.codes.read(&person.account)?, corrected)
}

fn corrected_page(
    visit: &Visit<'_>,
    tx: &mut Tx<'_>,
    account: AccountId,
    corrected: Corrected,
) -> Result<Reply> {
    let clash = match corrected {
        Corrected::Kept(place) => return Ok(Reply::Go(place)),
        Corrected::Refused { clash } => clash,
    };
    let come = Come { among: Among::sent(visit, tx)?, ..Come::default() };
    match answer(visit, tx, account, come)? {
        Reply::Page { title, place, body } if clash => Ok(Reply::Changed { title, place, body }),
        other => Ok(other),
    }
}

fn answer(
    visit: &Visit<'_>,
    tx: &mut Tx<'_>,
    account: AccountId,
    Come { line, mut refused, among }: Come,
) -> Result<Reply> {
    // What is opened or sent from a record of a list leads back to it.
    let carrying = among.as_ref().map(|among| among::carrying(visit, among.here()));
    let visit = carrying.as_ref().unwrap_or(visit);
    let cx = visit.cx;
    let shown = glance(cx, tx, Named { id: cx.codes.write(account) })?;
    if shown.asked_for.is_some() {
        return Ok(Reply::Moved(format!("/accounts/{}", shown.id)));
    }
    let found = book::of_account(tx, cx.actor.number(), account)?;
    let open = match visit.asked("before") {
        Some(_) => None,
        None => line.or(found.first().map(|first| first.line)),
    };
    let explained = found
        .into_iter()
        .map(|found| {
            let id = cx.codes.write(found.id);
            let preference = preference_of(cx, tx, id.clone(), (account, found.line))?;
            let explanation = explain(cx, tx, id, account, found.line)?;
            let refused = refused.take_if(|_| line == Some(found.line));
            let by_hand = ByHand::read(visit, tx, (&explanation.id, explanation.said.as_ref()), refused)?;
            let last = newest(cx, tx, (account, found.line))?;
            let news = switch::news(visit, last.as_ref(), (&explanation.line, found.class.as_str()));
            let switched = last.filter(|done| news.is_none() && done.counts(found.class.as_str()));
            let waits = crossing::on(cx, tx, found.id)?.is_some();
            Ok(Told { explanation, preference, found, by_hand, waits, switched, news })
        })
        .collect::<Result<Vec<_>>>()?;
    let panels = visit.panels.iter().map(|panel| Ok((panel.id, (panel.show)(visit, tx, &shown.id)?)));
    let page = AccountPage {
        panels: panels.collect::<Result<_>>()?,
        judged: judged(visit, explained, open),
        history: History::read(visit, tx, &shown.id, account)?,
        waiting: book::waits(tx, account)?,
        may_write: cx.actor.may(Permission::Write),
        place: Place::read(visit, tx, &shown)?,
        shown,
        among,
    };
    Ok(Reply::Page { title: page.shown.name.clone(), place: PLACE, body: page.render() })
}

/// What is told of a relationship.
struct Told {
    explanation: Explanation,
    preference: ShownPreference,
    found: Found,
    by_hand: ByHand,
    waits: bool,
    switched: Option<Switched>,
    news: Option<Markup>,
}

/// The relationships, their bars on one scale.
fn judged(visit: &Visit<'_>, explained: Vec<Told>, open: Option<LineId>) -> Vec<Judged> {
    let lines = explained.iter().flat_map(|told| &told.explanation.contributions);
    let reach = ui::reach(lines.map(|line| line.micro));
    let today: Day = visit.cx.today();
    let may_write = visit.cx.actor.may(Permission::Write);
    let one = |told: Told| {
        let Told { explanation, preference, found, by_hand, waits, switched, news } = told;
        let open = open == Some(found.line);
        let csrf = visit.csrf.to_owned();
        Judged {
            explanation,
            preference,
            found,
            reach,
            today,
            open,
            by_hand,
            waits,
            switched,
            news,
            may_write,
            csrf,
            from: visit.opened_from().map(str::to_owned),
        }
    };
    explained.into_iter().map(one).collect()
}

impl Render for AccountPage {
    fn render(&self) -> Markup {
        let main = html! {
            @if self.waiting { (Note::new(say!("New facts about them are being weighed. Load the page again in a moment."))) }
            @for news in self.judged.iter().filter_map(|judged| judged.news.as_ref()) { (Note::new(news)) }
            @for (line, wish) in self.wishes() { (Note::new(html! { @if 1 < self.judged.len() { (line) ": " } (wish) })) }
            @for judged in &self.judged { (judged) }
            @if self.judged.is_empty() {
                (Nothing { sentence: say!("Nothing that tells customer from client is on record yet: no order, contract, payment or conversation."), act: None })
            }
            @for (id, panel) in &self.panels { div id=(id) { (panel) } }
            (self.history)
        };
        let act = html! { (Button::link(say!("Correct"), self.change())) };
        let acts = html! { @if let Some(among) = &self.among { (among) } @if self.may_write { (act) } };
        let acts = (self.may_write || self.among.is_some()).then_some(acts);
        let list = self.among.as_ref().map_or_else(|| PLACE.to_owned(), Among::list);
        let trail = html! { a href=(list) { "Relationships" } };
        html! {
            // What this tab has seen lately is offered where one looks for something.
            span hidden data-seen { (self.shown.name) }
            (Head { title: self.shown.name.as_str().into(), edit: Some(self.place.name()), trail: Some(trail), lead: self.mixture(), acts, ..Head::default() })
            (Columns { main, side: self.side() })
        }
    }
}

impl AccountPage {
    /// Where all that is known of them is corrected.
    fn change(&self) -> String {
        let from = self.among.as_ref().map(Among::here);
        Address::new(format!("/accounts/{}/change", self.shown.id)).with(FROM, from).write()
    }

    /// `Client for Payroll, customer for Shop.`
    fn mixture(&self) -> Option<Markup> {
        let last = self.judged.len().checked_sub(1)?;
        Some(html! {
            @for (n, judged) in self.judged.iter().enumerate() {
                (tell!("{class} for {line}", class = judged.mixed(n == 0), line = judged.explanation.line))
                @if n < last { ", " } @else { "." }
            }
        })
    }

    /// What they want of us on each line, where it is less than is usual: nobody should have to look for that.
    fn wishes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.judged.iter().filter_map(|judged| {
            let wish = restricting(&judged.preference)?;
            Some((judged.explanation.line.as_str(), wish))
        })
    }

    fn side(&self) -> Vec<(ui::Text<'static>, Markup)> {
        let ids = html! {
            @if self.shown.known_as.is_empty() { p .small .soft { "Only here; no file or tool names them." } }
            dl .dl {
                @for known in &self.shown.known_as { dt { (known.space) } dd { (known.key) } }
            }
        };
        vec![(say!("Who they are"), self.place.rows(self.who())), (say!("Known as"), ids)]
    }

    /// Kind, country and ways of reaching them; of the rest what somebody said.
    fn who(&self) -> Vec<edits::Row> {
        let shown = &self.shown;
        let known = |text: &str| html! { @if text.is_empty() { span .faint { "not said" } } @else { bdi { (text) } } };
        let kind = html! {
            @match &shown.looks_like {
                Some(guess) if guess.kind == "organization" => { span .faint { (say!("not said; looks like an organization: {}", guess.why)) } },
                Some(guess) => { span .faint { (say!("not said; looks like a {kind}: {why}", kind = word!(guess.kind), why = guess.why)) } },
                None => { (known(&wording::headed(&shown.kind))) },
            }
            @if shown.consumer { ", buys for personal use" }
        };
        let town = [&shown.postcode, &shown.city].map(String::as_str).join(" ");
        let address = [&shown.street, town.trim(), &shown.region].map(str::trim);
        let address = address.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        let more = [
            (Group::Phone, &shown.phone, reached::by_phone(&shown.phone, &shown.country)),
            (Group::Website, &shown.website, reached::by_website(&shown.website)),
            (Group::Address, &address, known(&address)),
            (Group::Regulatory, &shown.regulatory, known(&shown.regulatory)),
        ];
        let more = more.map(|(group, text, told)| (group, (!text.is_empty()).then_some(told)));
        let email = if shown.email.is_empty() { known("") } else { reached::by_email(&shown.email) };
        let always = [(Group::Kind, kind), (Group::Country, known(&shown.country)), (Group::Email, email)];
        always.into_iter().map(|(group, text)| (group, Some(text))).chain(more).collect()
    }
}
