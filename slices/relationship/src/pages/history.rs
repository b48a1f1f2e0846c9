//! History: everything that happened between us and an account, newest first, each with where it is known from; what
//! happened again and again is folded, and one kind of it can be looked at alone.

use ::store::Tx;
use accounts::{
    is_by_hand,
    ops::{Source, lines},
};
use kernel::{Cursor, Permission, Result};
use maud::{Markup, Render};
use slice::{FROM, Visit};
use speech::{html, say};
use timeline::{
    AccountId, Entry, Fact,
    fact::Hand,
    sentence,
    store::{self as facts, SourceNames},
};
use ui::{Address, Button, Group, Note, Nothing, Tab, Tabs, Text, Timeline, time};

use super::wording;

/// Facts on a page: of those that are folded, more than are shown at once.
const ROWS: i64 = 80;

/// What of the history is looked at alone, under which word of the address, and of which kinds of facts it is.
const VIEWS: [(&str, &[&str]); 6] = [
    ("bought", &["order", "invoice", "payment", "refund", "work"]),
    ("contracts", &["contract", "contract_end", "assignment", "rhythm"]),
    ("talked", &["conversation", "meeting", "feedback", "referral", "training", "interest", "stage"]),
    ("used", &["usage"]),
    ("notes", &["note"]),
    ("said", &["preference", "goal", "basis", "wallet", "spend_rank", "other_line", "record_kept"]),
];

/// A page of the history.
pub(super) struct History {
    entries: Vec<ui::Entry>,
    /// Every view of it with its address, and which is shown.
    views: Vec<Tab<'static>>,
    /// One kind of it is shown, not all.
    is_part: bool,
    newest: Option<String>,
    older: Option<String>,
    /// Where something is recorded, for whoever may.
    record: Option<String>,
    /// A fact was taken back just now.
    withdrawn: bool,
}

impl History {
    /// Reads the page that the address asks for.
    pub(super) fn read(visit: &Visit<'_>, tx: &mut Tx<'_>, account: &str, id: AccountId) -> Result<History> {
        let before = visit.asked("before").and_then(before);
        let view = VIEWS.iter().find(|(word, _)| visit.asked("show") == Some(word));
        let kinds = view.map_or(&[][..], |(_, kinds)| kinds);
        let mut entries = facts::history_of(tx, id, kinds, before, ROWS + 1)?;
        let more = i64::try_from(entries.len()).is_ok_and(|found| ROWS < found);
        entries.truncate(usize::try_from(ROWS).unwrap_or(0));
        let whole = || Address::new(visit.home(format!("/accounts/{account}")));
        let path = || whole().with("show", view.map(|(word, _)| *word));
        let older = entries.last().filter(|_| more).map(|last| {
            let cursor = Cursor(vec![last.occurred.micros.to_string(), last.id.0.to_string()]);
            path().with("before", Some(&cursor.write())).write()
        });
        let files = facts::source_names(tx, entries.iter().filter_map(|entry| entry.source))?;
        let names = lines(visit.cx, tx, accounts::ops::Nothing {})?;
        let name = |entry: &Entry| {
            let id = visit.cx.codes.write(entry.line);
            names.iter().find(|line| line.id == id).map(|line| line.name.clone())
        };
        let lines = entries.iter().map(|entry| {
            let again = happens_again(&entry.fact).then_some((entry.fact.kind(), entry.line));
            (again, shown(visit, account, entry, name(entry), &files))
        });
        let all = Tab {
            text: say!("Everything"),
            href: format!("{}#timeline", whole().write()).into(),
            count: None,
            current: view.is_none(),
        };
        let part = |(word, _): &(&'static str, _)| Tab {
            text: named(word),
            href: format!("{}#timeline", whole().with("show", Some(word)).write()).into(),
            count: None,
            current: view.is_some_and(|(shown, _)| shown == word),
        };
        Ok(History {
            entries: ui::folded(lines),
            views: std::iter::once(all).chain(VIEWS.iter().map(part)).collect(),
            is_part: view.is_some(),
            newest: before.map(|_| path().write()),
            older,
            record: visit.cx.actor.may(Permission::Write).then(|| of_account(visit, account, "/facts/new")),
            withdrawn: visit.asked("withdrawn").is_some(),
        })
    }
}

/// A page of the account, which leads back to the record on which the history stands.
fn of_account(visit: &Visit<'_>, account: &str, page: &str) -> String {
    Address::new(format!("/accounts/{account}{page}")).with(FROM, visit.opened_from()).write()
}

/// What a view is called.
fn named(word: &str) -> Text<'static> {
    match word {
        "bought" => say!("Bought and paid"),
        "contracts" => say!("Contracts"),
        "talked" => say!("Talked"),
        "used" => say!("Used"),
        "notes" => say!("Notes"),
        _ => say!("Said of them"),
    }
}

/// Of these many alike in a row say little each.
fn happens_again(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::Order(_)
            | Fact::Invoice(_)
            | Fact::Payment(_)
            | Fact::Work(_)
            | Fact::Usage(_)
            | Fact::Stage(_)
            | Fact::RecordKept(_)
    )
}

fn before(text: &str) -> Option<(i64, i64)> {
    let Cursor(parts) = Cursor::read(text);
    Some((parts.first()?.parse().ok()?, parts.get(1)?.parse().ok()?))
}

fn shown(
    visit: &Visit<'_>,
    account: &str,
    entry: &Entry,
    line: Option<String>,
    files: &SourceNames,
) -> ui::Entry {
    let cx = visit.cx;
    let id = cx.codes.write(entry.id);
    let when = time::short(entry.occurred.day(&cx.zone), cx.today());
    let said = sentence::say(entry);
    let what = html! { a href={ "/accounts/" (account) "/facts/" (id) } { (said) } (stop(&said)) };
    let known = entry.source.map(|source| Source::of(cx, source, files));
    let from = html! {
        @if !entry.occurred.date_only { (time::clock(entry.occurred, &cx.zone)) ", " }
        @if let Some(line) = line { (line) ", " } @else { "the account as a whole, " }
        @if is_their_word(&entry.fact) { "put down by themselves" } @else { (wording::source(known.as_ref())) }
        @if cx.actor.may(Permission::Write) && entry.source.is_none() && is_by_hand(entry.fact.kind()) {
            " · " a href=(of_account(visit, account, &format!("/facts/{id}/withdrawal"))) { "Take it back" }
        }
    };
    let shown = ui::Entry { id: Some(id), ..ui::Entry::new(when, what, from) };
    match entry.fact {
        Fact::Contract(_) | Fact::Assignment(_) | Fact::Rhythm(_) => shown.lasting(),
        _ => shown,
    }
}

/// The stop after a sentence that has none: what people wrote ends as they ended it.
fn stop(said: &str) -> &'static str {
    if said.ends_with(['.', '!', '?', '…', ':', ';']) { "" } else { "." }
}

/// What they said of themselves on their own page.
fn is_their_word(fact: &Fact) -> bool {
    matches!(fact, Fact::Preference(stated) if stated.hand == Hand::Theirs)
}

impl Render for History {
    fn render(&self) -> Markup {
        let act = html! { @if let Some(record) = &self.record { (Button::link(say!("Record something"), record.as_str())) " " (Button::link(say!("Write a note"), Address::new(record.as_str()).with("kind", Some("note")).write()).quiet()) } };
        if self.entries.is_empty() && !self.is_part && self.newest.is_none() {
            let act = self.record.as_ref().map(|_| act);
            let nothing = Nothing { sentence: say!("Nothing is on record about them."), act };
            return html! { div #timeline { (Group::new(say!("Timeline"), nothing)) } };
        }
        let body = html! {
            @if self.withdrawn { (Note::new(say!("It was taken back and counts no more."))) }
            @if self.record.is_some() { p .acts { (act) } }
            (Tabs { label: say!("What of it"), tabs: self.views.clone() })
            @if self.entries.is_empty() { p .small .soft { "Nothing of this kind is on record." } }
            div .group { (Timeline { entries: self.entries.clone() }) }
            @if self.newest.is_some() || self.older.is_some() {
                nav .pager aria-label="Pages of the timeline" {
                    span {}
                    span .acts {
                        @if let Some(newest) = &self.newest { (Button::link(say!("Newest"), newest.as_str()).key('[')) }
                        @match &self.older {
                            Some(older) => { (Button::link(say!("Older"), older.as_str()).key(']')) },
                            None => { (Button::link(say!("Older"), "").off()) },
                        }
                    }
                }
            }
        };
        html! { div #timeline { (Group::new(say!("Timeline"), body)) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_has_one_stop() {
        for (said, ends) in
            [("Met", "."), ("Noted: ask again?", ""), ("Noted: first.\nSecond.", ""), ("", ".")]
        {
            assert_eq!(stop(said), ends, "{said}");
        }
    }
}
