//! What is offered for words: the pages that somebody may open, and what they may do, by the beginnings of their words.

use accounts::words::{Asked, Words};
use kernel::Permission;
use relationship::ops::About;
use slice::Visit;
use speech::{Language, language, say, word};
use ui::{Address, Found, Text};

use super::{
    DO, PAGE,
    way::{BEGUN, DEEDS, PAGES, Way},
};
use crate::{help, web};

/// The heading of pages, in English.
const GO: &str = "Go to";

/// One thing that is offered.
pub(super) struct Match {
    /// The row.
    pub(super) found: Found<'static>,
    /// All that was typed are words of it, not only the beginnings of such.
    pub(super) is_named: bool,
    /// How well it fits: the lower, the better.
    rank: i64,
}

/// Everything that is offered for a text, best first; all of it, but the documents of the help, for none.
pub(super) fn matches(visit: &Visit<'_>, text: &str, about: Option<&About>) -> Vec<Match> {
    let asked = Asked::of(text);
    let may = |way: &&Way| visit.cx.actor.may(way.asks);
    let mut all: Vec<(Row, Found<'static>)> = Vec::new();
    all.extend(about.into_iter().flat_map(|about| of_account(visit, about)));
    all.extend(BEGUN.iter().filter(may).map(|way| (row(way), begun(way))));
    if about.is_none() {
        all.extend(DEEDS.iter().filter(may).map(|way| (row(way), for_whom(way))));
    }
    all.extend(speaking(visit));
    all.extend(leaving(visit));
    all.extend(PAGES.iter().filter(may).map(|way| (row(way), page(way))));
    if !asked.is_empty() {
        all.extend(
            help::titles().map(|(title, href)| (Row::of(title, "help manual"), document(title, href))),
        );
    }
    let mut matches: Vec<Match> =
        all.into_iter().filter_map(|(row, found)| row.matched(&asked, found)).collect();
    matches.sort_by_key(|matched| matched.rank);
    matches
}

/// The deed with that name in an address, for whoever may do it.
pub(super) fn deed(visit: &Visit<'_>, name: &str) -> Option<&'static Way> {
    DEEDS.iter().find(|way| way.href == name).filter(|way| visit.cx.actor.may(way.asks))
}

/// The words by which something is found.
struct Row(Words);

impl Row {
    /// In the language of whoever looks, and in English.
    fn of(title: &str, also: &str) -> Row {
        let (name, others) = (word!(title), word!(also));
        match language() {
            Language::English => Row(Words::named(&name, &others)),
            _ => Row(Words::named(&name, &format!("{others} {title} {also}"))),
        }
    }

    fn matched(&self, asked: &[Asked], found: Found<'static>) -> Option<Match> {
        let places: Option<Vec<i64>> = asked.iter().map(|word| self.0.best(word)).collect();
        let rank = places?.into_iter().max().unwrap_or(0);
        Some(Match { found, is_named: !asked.is_empty() && asked.iter().all(|word| self.0.has(word)), rank })
    }
}

fn row(way: &Way) -> Row {
    Row::of(way.title, way.also)
}

fn found(group: &'static str, title: Text<'static>, href: Text<'static>) -> Found<'static> {
    Found { group: word!(group).into(), title, href, ..Found::default() }
}

fn page(way: &Way) -> Found<'static> {
    let key = web::letter(way.href, way.title).map(|letter| format!("g {letter}").into());
    Found { key, ..found(GO, word!(way.title).into(), way.href.into()) }
}

fn begun(way: &Way) -> Found<'static> {
    found(DO, word!(way.title).into(), way.href.into())
}

fn document(title: &str, href: String) -> Found<'static> {
    Found { about: Some(say!("help")), ..found(GO, word!(title).into(), href.into()) }
}

/// What is done with an account, where nobody is at hand: it is asked with whom.
fn for_whom(way: &Way) -> Found<'static> {
    let href = Address::new(PAGE.path).with("for", Some(way.href)).write();
    Found { about: Some(say!("for whom is asked next")), ..begun(way) }.at(href)
}

/// What is done with the account that the page is about, and with its relationships.
fn of_account(visit: &Visit<'_>, about: &About) -> Vec<(Row, Found<'static>)> {
    let may = |way: &&Way| visit.cx.actor.may(way.asks);
    let with = |way: &Way| {
        let href = format!("/accounts/{}{}", about.account, way.href);
        (row(way), Found { about: Some(about.name.clone().into()), ..begun(way) }.at(href))
    };
    let mut all: Vec<_> = Vec::new();
    if visit.cx.actor.may(Permission::Write) {
        all.extend(about.relationships.iter().flat_map(of_relationship));
    }
    all.extend(DEEDS.iter().filter(may).map(with));
    all
}

/// What is done with a relationship.
fn of_relationship(one: &relationship::ops::OnLine) -> Vec<(Row, Found<'static>)> {
    let home = format!("/relationships/{}", one.id);
    let others =
        relationship::switch::CLASSES.iter().map(|class| class.as_str()).filter(|to| *to != one.class);
    let way = |to: &str| {
        let title = say!("Serve as {to}…", to = word!(to));
        let words = Row(Words::named(&title, &format!("{} {to} switch serve as", one.line)));
        (words, found(DO, title.into(), format!("{home}/switch?to={to}").into()))
    };
    let named = |title: &'static str, also: &str, end: String| {
        (Row::of(title, also), found(DO, word!(title).into(), format!("{home}{end}").into()))
    };
    let mut all: Vec<_> = others.map(way).collect();
    all.push(named("Set the class by hand", "override class", format!("#o-{}-class", one.id)));
    all.push(named("Note what they want", "preference wish contact", "/preference".to_owned()));
    all.into_iter()
        .map(|(row, found)| (row, Found { about: Some(one.line.clone().into()), ..found }))
        .collect()
}

/// The other languages.
fn speaking(visit: &Visit<'_>) -> Vec<(Row, Found<'static>)> {
    let others = Language::ALL.into_iter().filter(|other| *other != language());
    let one = |other: Language| {
        let sends = vec![("csrf", visit.csrf.to_owned()), ("language", other.code().to_owned())];
        let row = Row::of(other.own_name(), "speak language switch German English");
        let about = Some(say!("speak this language"));
        (row, Found { about, sends, ..found(DO, other.own_name().into(), access::pages::LANGUAGE.into()) })
    };
    others.filter(|_| !visit.csrf.is_empty()).map(one).collect()
}

/// The way out.
fn leaving(visit: &Visit<'_>) -> Option<(Row, Found<'static>)> {
    let sends = vec![("csrf", visit.csrf.to_owned())];
    let out = Found { sends, ..found(DO, word!("Sign out").into(), web::LEAVE.into()) };
    (!visit.csrf.is_empty()).then(|| (Row::of("Sign out", "log out leave logout end"), out))
}
