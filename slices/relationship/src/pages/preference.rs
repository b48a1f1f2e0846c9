//! What they want: the preference in force and everything that was stated, a form for what they told us, their link.

use ::store::Tx;
use kernel::{Day, Permission, Problem, ProblemKind, Result};
use maud::{Markup, Render};
use slice::{FROM, Reply, Visit};
use speech::{html, say, tell, word};
use timeline::fact::Dealing;
use ui::{
    Address, Button, Cell, Choice, Column, Entry, Field, Group, Handout, Head, Note, Nothing, Row, Table,
    Tag, Timeline, hidden, time,
};

use super::{asked::PLACE, wording};
use crate::{
    clearance::{Clearance, Purpose},
    ops::{
        Accept, Contacting, Heard, Named, ShownPreference, ShownStated, StatePreference, accept, link,
        may_contact, preference, state,
    },
    phrase,
    store::current,
};

struct PreferencePage<'a> {
    account: String,
    name: String,
    /// The statement that was noted just now.
    noted: Option<&'a str>,
    preference: ShownPreference,
    clearances: Vec<Clearance>,
    typed: StatePreference,
    wrong: Option<Problem>,
    may_write: bool,
    today: Day,
    visit: &'a Visit<'a>,
}

/// Answers `GET /relationships/{id}/preference`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    answer(visit, tx, StatePreference::default(), None)
}

/// Answers `POST /relationships/{id}/preferences`: they told us.
pub(super) fn note(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let text = |name: &str| visit.field(name).unwrap_or_default().to_owned();
    let typed = || StatePreference {
        id: visit.parts.get("id").cloned().unwrap_or_default(),
        says: text("says"),
        how: text("how"),
        by: visit.field("by").map(str::to_owned),
        on: visit.field("on").map(str::to_owned),
        everywhere: visit.field("everywhere").is_some(),
        heard_by: None,
    };
    let known = preference(visit.cx, tx, Named { id: visit.part("id")?.to_owned() })?;
    match state(visit.cx, tx, typed()) {
        Ok(shown) => Ok(noted(visit, &known, &shown)),
        Err(wrong) if wrong.kind == ProblemKind::Invalid => answer(visit, tx, typed(), Some(wrong)),
        Err(problem) => Err(problem),
    }
}

/// Answers `POST /relationships/{id}/preference/suggestion`.
pub(super) fn take(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let says = visit.field("says").unwrap_or_default().to_owned();
    let id = visit.part("id")?.to_owned();
    let known = preference(visit.cx, tx, Named { id: id.clone() })?;
    let shown = accept(visit.cx, tx, Accept { id, says })?;
    Ok(noted(visit, &known, &shown))
}

/// The page, which says what was noted.
fn noted(visit: &Visit<'_>, before: &ShownPreference, after: &ShownPreference) -> Reply {
    let is_new = |one: &&ShownStated| before.stated.iter().all(|old| old.fact != one.fact);
    let fact = after.stated.iter().find(is_new).map(|one| one.fact.as_str());
    let page = to(&after.relationship, "").with("noted", fact).with(FROM, visit.opened_from());
    Reply::Go(page.write())
}

/// The page of what they want, or what is sent from it.
fn to(relationship: &str, page: &str) -> Address {
    Address::new(format!("/relationships/{relationship}/preference{page}"))
}

/// Answers `POST /relationships/{id}/preference/links`: shown this once, and on record.
pub(super) fn their_link(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let id = visit.part("id")?.to_owned();
    let path = link(visit.cx, tx, Named { id: id.clone() })?.path;
    let value = format!("{}{path}", visit.house).into();
    let address = Handout { id: "their-link", label: say!("The address of their page"), value };
    let page = to(&id, "").with(FROM, visit.opened_from()).write();
    let body = html! {
        (Head { title: say!("Their link"), trail: Some(html! { a href=(page) { "What they want" } }), narrow: true, ..Head::default() })
        div .group .narrow {
            p { "Send them this address. Whoever opens it can say for them how they want to be dealt with; it changes nothing by being opened, and works again and again." }
            (address)
            p { a href=(path) { "See their page" } }
            p .small .soft { "It is on record that you asked for it. It is theirs: what is chosen there counts as their own word." }
        }
    };
    Ok(Reply::Once { title: say!("Their link").into(), place: PLACE, body })
}

fn answer(
    visit: &Visit<'_>,
    tx: &mut Tx<'_>,
    typed: StatePreference,
    wrong: Option<Problem>,
) -> Result<Reply> {
    let cx = visit.cx;
    let id = visit.part("id")?.to_owned();
    let (account, line) = current::place(cx, tx, cx.codes.read(&id)?)?;
    let every: Vec<_> =
        Purpose::ALL.iter().map(|purpose| Contacting { account, line, purpose: *purpose }).collect();
    let page = PreferencePage {
        account: cx.codes.write(account),
        noted: visit.asked("noted"),
        name: accounts::store::visible(cx, tx, account)?.name,
        preference: preference(cx, tx, Named { id })?,
        clearances: may_contact(cx, tx, &every)?,
        typed,
        wrong,
        may_write: cx.actor.may(Permission::Write),
        today: cx.today(),
        visit,
    };
    Ok(Reply::Page { title: say!("What they want").into(), place: PLACE, body: page.render() })
}

impl Render for PreferencePage<'_> {
    fn render(&self) -> Markup {
        let home = self.visit.home(format!("/relationships/{}", self.preference.relationship));
        let trail = html! { a href=(home) { (self.name) } };
        let lead = html! { (self.preference.sentence) };
        html! {
            (Head { title: say!("What they want"), trail: Some(trail), lead: Some(lead), narrow: true, ..Head::default() })
            @if let Some(one) = self.preference.stated.iter().find(|one| self.noted == Some(&*one.fact)) {
                (Note::new(html! { p { (say!("Noted: {}", one.sentence)) " " (self.take_back(one, true)) } }))
            }
            (self.suggested())
            @if self.may_write {
                (Group::new(say!("They told us"), self.form()).narrow())
                (Group::new(say!("Let them say it themselves"), self.link()).narrow())
            }
            (Group::new(say!("What we may contact them for"), allowed(&self.clearances)))
            (Group::new(say!("Everything that was stated"), self.stated()))
        }
    }
}

impl PreferencePage<'_> {
    /// What is sent from here, which leads back to the record from which one came.
    fn to(&self, page: &str) -> String {
        to(&self.preference.relationship, page).with(FROM, self.visit.opened_from()).write()
    }

    fn withdrawal(&self, one: &ShownStated) -> String {
        let page = format!("/accounts/{}/facts/{}/withdrawal", self.account, one.fact);
        Address::new(page).with(FROM, self.visit.opened_from()).write()
    }

    fn suggested(&self) -> Markup {
        html! {
            @if let Some(suggestion) = &self.preference.suggestion {
                (Note::new(html! {
                    p { (tell!("They seem to want {wish}: {reason}. Nothing follows from this by itself.", wish = html! { strong { (wording::wish_of(&suggestion.says)) } }, reason = suggestion.reason)) }
                    @if self.may_write {
                        form method="post" action=(self.to("/suggestion")) {
                            (hidden("csrf", self.visit.csrf))
                            (Button::submit(say!("Take it to be so")).sends("says", suggestion.says.as_str()))
                        }
                    }
                }))
            }
        }
    }

    fn form(&self) -> Markup {
        let error = |field: &str| {
            let wrong = self.wrong.as_ref().filter(|wrong| wrong.field.as_deref() == Some(field));
            wrong.map(|wrong| ui::sentence(&wrong.message))
        };
        let wish = |one: &Dealing| Choice::new(one.as_str(), phrase::capital(wording::wish(*one)));
        let way = |one: &Heard| Choice::new(one.as_str(), wording::headed(one.as_str()));
        // Where nobody said anything nothing stands there, so that nothing is noted by mistake.
        let unsaid = || Choice::new("", say!("Choose"));
        let holds = self.preference.in_force.as_deref();
        let typed = Some(&*self.typed.says).filter(|says| !says.is_empty());
        let says = holds.is_none().then(unsaid).into_iter().chain(Dealing::ALL.iter().map(wish)).collect();
        let how = [unsaid()].into_iter().chain(Heard::ALL.iter().map(way)).collect();
        let they_want =
            Field::select("says", say!("They want"), says).value(typed.or(holds).unwrap_or_default());
        let they_told = Field::select("how", say!("How they told us"), how).value(self.typed.how.as_str());
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        html! {
            form .form method="post" action=(self.to("s")) {
                (hidden("csrf", self.visit.csrf))
                div .pair {
                    (they_want.required().error(error("says")))
                    (they_told.required().error(error("how")))
                    (Field::text("by", say!("Which of them")).value(text(&self.typed.by)).placeholder("Ada Osterlund"))
                    (Field::input("date", "on", say!("When")).value(text(&self.typed.on)).error(error("on")).hint(say!("Today where you leave it empty.")))
                }
                (Field::check("everywhere", say!("For everything they do with us"), self.typed.everywhere))
                div .acts { (Button::submit(say!("Note it")).main_act()) }
            }
            p .small .soft { "What they put down themselves is loosened by them alone; less contact can always be noted." }
        }
    }

    /// Everything that was stated, the newest first.
    fn stated(&self) -> Markup {
        let all = &self.preference.stated;
        if all.is_empty() {
            return Nothing { sentence: say!("Nothing was stated yet."), act: None }.render();
        }
        let entry = |one| entry(one, self.today, &self.take_back(one, false));
        Timeline { entries: all.iter().map(entry).collect() }.render()
    }

    /// The way to take back what one of us wrote down: not what they put down themselves, nor what a file tells.
    fn take_back(&self, one: &ShownStated, is_new: bool) -> Markup {
        let is_ours = self.may_write && one.hand != "theirs" && one.source.is_none();
        html! {
            @if is_ours {
                a href=(self.withdrawal(one)) aria-keyshortcuts=[is_new.then_some("u")] { "Take it back" }
            }
        }
    }

    fn link(&self) -> Markup {
        html! {
            form method="post" action=(self.to("/links")) {
                (hidden("csrf", self.visit.csrf))
                (Button::submit(say!("Show their link")))
            }
            p .small .soft { "A page without signing in, where one click says how they want to be dealt with." }
        }
    }
}

/// Each purpose of a contact that we begin, whether it is open, and why.
fn allowed(clearances: &[Clearance]) -> Table<'_> {
    let heads = [say!("What for"), say!("May we"), say!("Why")].map(Column::new);
    Table::fold(say!("What we may contact them for")).columns(heads).rows(clearances.iter().map(|one| {
        let may = if one.allowed { say!("yes") } else { say!("no") };
        let why = html! {
            (ui::sentence(&one.reason))
            @if let Some(mark) = one.purpose.mark() { " " (say!("It says of itself: “{mark}”.", mark = word!(mark))) }
        };
        Row::new([
            Cell::head(phrase::capital(word!(one.purpose.spoken()))),
            Cell::new(html! { strong { (may) } }).label(say!("May we")),
            Cell::soft(why).label(say!("Why")),
        ])
    }))
}

/// One statement: when, from what to what, whose word.
fn entry(one: &ShownStated, today: Day, take_back: &Markup) -> Entry {
    let when = html! { @if let Ok(day) = Day::parse(&one.on) { (time::short(day, today)) } };
    let what = html! {
        (one.sentence)
        @if let Some(before) = &one.before { " " (say!("Before: {}.", wording::wish_of(before))) }
    };
    let whose = match one.hand.as_str() {
        "theirs" => html! { "their own word" },
        "ours" => html! { "our conclusion" },
        _ => wording::source(one.source.as_ref()),
    };
    let scope = one.everywhere.then(|| say!(", for everything they do with us"));
    Entry::new(when, what, html! { (whose) @if let Some(scope) = scope { (scope) } " " (take_back) })
}

/// What they want in a sentence, where it is less contact than is usual.
pub(super) fn restricting(preference: &ShownPreference) -> Option<&str> {
    is_restricting(preference.in_force.as_deref()?).then_some(&preference.sentence)
}

/// The same in a word or two; nothing where they want no less than is usual.
pub(super) fn tag(in_force: Option<&str>) -> Option<Tag<'static>> {
    in_force.filter(|word| is_restricting(word)).map(|word| Tag::firm(wording::wish_of(word)))
}

fn is_restricting(word: &str) -> bool {
    Dealing::read(word).is_some_and(|dealing| dealing != Dealing::OpenToAdvice)
}

/// What the panel of a relationship says of it.
pub(super) fn summary(preference: &ShownPreference, page: &str) -> Markup {
    html! {
        p { (preference.sentence) }
        @for earlier in preference.stated.iter().skip(1).take(2) { p .small .soft { (say!("Earlier: {}", earlier.sentence)) } }
        @if let Some(suggestion) = &preference.suggestion {
            p { (say!("They seem to want {}: {}.", wording::wish_of(&suggestion.says), suggestion.reason)) }
        }
        p { a href=(page) aria-keyshortcuts="w" { "Change it, or see all that was stated" } }
    }
}
