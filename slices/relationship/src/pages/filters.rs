//! The filters of the book: one form, whose answers stand in the address.

use crate::phrase;
use maud::Markup;
use speech::html;
use timeline::fact::Dealing;
use ui::{Address, Answer, Button, Field, Filters, Pick, Text};

use super::{
    asked::{PLACE, address, address_at, pairs, with_filter},
    book::BookPage,
    builder::BUILDER,
    list::order_words,
    spans, worded,
};
use crate::{Class, Confidence, Fit, column::ColumnName, condition::Wanted, ops::Filter};

/// Where the list is answered as a file.
const FILE: &str = "/api/v1/relationships.csv";

/// What the address holds beside the answers of the form.
const KEPT: [&str; 4] = ["may_contact", "where", "sort", "limit"];

/// Ranks of spend that people ask for, permille, and how they are called.
const RANKS: [(i64, &str); 4] =
    [(990, "Top hundredth"), (900, "Top tenth"), (750, "Top quarter"), (500, "Upper half")];

impl BookPage {
    /// The form.
    pub(super) fn filters(&self) -> Filters<'static> {
        let filter = &self.filter;
        let kept = pairs(filter).into_iter().filter(|(name, _)| KEPT.contains(name));
        let is_narrow = !set(filter).0.is_empty() || self.wanted.is_some();
        Filters {
            action: PLACE.into(),
            keep: kept.map(|(name, value)| (name.into(), value.into())).collect(),
            search: Some((
                "name".into(),
                "Name begins with".into(),
                filter.name.clone().unwrap_or_default().into(),
            )),
            picks: vec![
                Pick::one("class", "Class", &self.classes()),
                Pick::one("line", "Service line", &self.line_answers()),
                Pick::one("fit", "Service fit", &fits(filter)),
                Pick::one("confidence", "Confidence", &confidences(filter)),
                Pick::one("override", "Set by hand", &by_hand(filter)),
                Pick::one("preference", "They want", &wishes(filter)),
                Pick::one("spend", "Spend", &ranks(filter)),
                Pick::fields("Purchases", purchases(filter), &[purchases_field(filter)]),
                spans::pick(filter),
                self.columns_pick(),
            ],
            clear: is_narrow.then(|| PLACE.into()),
            end: Some(self.more()),
        }
    }

    /// Which columns are shown; the name is always.
    fn columns_pick(&self) -> Pick<'static> {
        let all = ColumnName::ALL.iter().filter(|column| **column != ColumnName::Name);
        let answer = |column: &ColumnName| Answer {
            value: column.as_str().into(),
            text: column.label().into(),
            count: None,
            on: self.columns.contains(column),
        };
        let chosen =
            self.filter.columns.as_ref().map(|_| ui::count(i64::try_from(self.columns.len()).unwrap_or(0)));
        Pick::several("columns", "Columns", chosen, &all.map(answer).collect::<Vec<_>>())
    }

    /// The same rows and columns as a file.
    fn file(&self) -> Button<'static> {
        let mut columns = self.columns.clone();
        // In a file, an amount needs its currency beside it.
        if let Some(at) = columns.iter().position(|column| *column == ColumnName::Net)
            && !columns.contains(&ColumnName::Currency)
        {
            columns.insert(at + 1, ColumnName::Currency);
        }
        let words: Vec<_> = columns.iter().map(|column| column.as_str()).collect();
        let filter = Filter { columns: Some(words.join(",")), limit: None, ..self.filter.clone() };
        Button::link("CSV", address_at(FILE, &filter).write()).quiet().label("All that match as a CSV file")
    }

    /// Where conditions are joined by and, or, not.
    fn more(&self) -> Markup {
        let words = if self.wanted.is_some() { "Change conditions…" } else { "More conditions…" };
        let is_saved =
            self.saved.iter().any(|view| address(&view.filter).write() == address(&self.filter).write());
        html! {
            (Button::link(words, address_at(BUILDER, &self.filter).write()).quiet())
            (self.file())
            @if is_set(&self.filter) && !is_saved {
                (Button::link("Save as view…", address_at("/relationships/views/new", &self.filter).write()).quiet())
            }
        }
    }

    fn classes(&self) -> Vec<Answer<'static>> {
        let counted = |class: Class| {
            let known = self.classes.iter().find(|(known, _)| *known == class);
            Some(known.map_or(0, |(_, count)| *count))
        };
        let answer = |class: &Class| Answer {
            count: counted(*class),
            ..answer(class.as_str(), phrase::capital(class.as_str()), self.filter.class.as_deref())
        };
        with_any(Class::ALL.iter().map(answer))
    }

    fn line_answers(&self) -> Vec<Answer<'static>> {
        let lines = self.lines.iter();
        with_any(lines.map(|line| answer(&line.name, line.name.clone(), self.filter.line.as_deref())))
    }
}

/// What is asked for in words, each with the address that does without it.
pub(super) fn set(filter: &Filter) -> Asked {
    set_at(&Address::new(PLACE), filter)
}

/// What is asked for in words, and for each a word with the address that does without it.
pub(super) type Asked = (Vec<String>, Vec<(&'static str, String)>);

/// The same at another place.
pub(super) fn set_at(at: &Address, filter: &Filter) -> Asked {
    let whole = || Filter { after: None, ..filter.clone() };
    let fit = |word: &String| Fit::parse(word).map_or_else(|| word.clone(), |fit| fit.word().to_lowercase());
    let asked = [
        ("class", filter.class.clone(), Filter { class: None, ..whole() }),
        ("service line", filter.line.clone(), Filter { line: None, ..whole() }),
        ("service fit", filter.fit.as_ref().map(fit), Filter { fit: None, ..whole() }),
        ("confidence", filter.confidence.clone(), Filter { confidence: None, ..whole() }),
        (
            "set by hand",
            filter.said.as_ref().map(|word| said_word(word).to_lowercase()),
            Filter { said: None, ..whole() },
        ),
        (
            "they want",
            filter.preference.as_ref().map(|word| wish_word(word)),
            Filter { preference: None, ..whole() },
        ),
        (
            "room for advice and campaigns",
            filter.may_contact.map(|may| if may { "yes" } else { "no" }.to_owned()),
            Filter { may_contact: None, ..whole() },
        ),
        ("spend", filter.spend.map(|rank| rank_word(rank).to_lowercase()), Filter { spend: None, ..whole() }),
        ("purchases", purchases(filter), Filter { purchases: None, ..whole() }),
        (
            "strength",
            spans::strength_words(filter),
            Filter { strength_from: None, strength_to: None, ..whole() },
        ),
        ("net", spans::net_words(filter), Filter { currency: None, net_from: None, net_to: None, ..whole() }),
        (
            "name",
            filter.name.as_ref().map(|name| format!("\u{201c}{name}\u{201d}")),
            Filter { name: None, ..whole() },
        ),
    ];
    let set = asked.into_iter().filter_map(|(word, value, rest)| value.map(|value| (word, value, rest)));
    set.map(|(word, value, rest)| (format!("{word} {value}"), (word, with_filter(at.clone(), &rest).write())))
        .unzip()
}

/// Whether the book is asked for anything else than all of it in the usual order.
fn is_set(filter: &Filter) -> bool {
    pairs(filter).iter().any(|(name, _)| *name != "limit")
}

/// What is asked for as one text: `class client, and net at least €5.00; by name`.
pub(super) fn in_words(filter: &Filter) -> String {
    let wanted = filter.wanted.as_deref().and_then(|text| Wanted::read(text).ok().flatten());
    let all: Vec<String> = set(filter).0.into_iter().chain(wanted.as_ref().map(worded::in_words)).collect();
    let what = if all.is_empty() { "all relationships".to_owned() } else { all.join(", and ") };
    format!("{what}; {}", order_words(filter.sort.as_deref().unwrap_or("strength")))
}

fn fits(filter: &Filter) -> Vec<Answer<'static>> {
    with_any(Fit::ALL.iter().map(|fit| answer(fit.as_str(), fit.word(), filter.fit.as_deref())))
}

fn confidences(filter: &Filter) -> Vec<Answer<'static>> {
    let all = Confidence::ALL.iter();
    with_any(all.map(|one| answer(one.as_str(), phrase::capital(one.as_str()), filter.confidence.as_deref())))
}

/// Whose class a person set.
const SAID: [(&str, &str); 2] = [("any", "Any class"), ("disagreeing", "Otherwise than the evidence")];

fn by_hand(filter: &Filter) -> Vec<Answer<'static>> {
    with_any(SAID.iter().map(|(value, text)| answer(value, *text, filter.said.as_deref())))
}

fn said_word(word: &str) -> &str {
    SAID.iter().find(|(known, _)| *known == word).map_or(word, |(_, text)| text)
}

fn wishes(filter: &Filter) -> Vec<Answer<'static>> {
    let asked = filter.preference.as_deref().and_then(Dealing::read).map(Dealing::as_str);
    with_any(Dealing::ALL.iter().map(|way| answer(way.as_str(), phrase::capital(way.spoken()), asked)))
}

fn wish_word(word: &str) -> String {
    Dealing::read(word).map_or_else(|| word.to_owned(), Dealing::spoken)
}

fn ranks(filter: &Filter) -> Vec<Answer<'static>> {
    let asked = filter.spend.map(|rank| rank.to_string());
    let known = RANKS.iter().map(|(rank, _)| *rank);
    let other = filter.spend.filter(|rank| RANKS.iter().all(|(known, _)| known != rank));
    let answers = known.chain(other).map(|rank| answer(&rank.to_string(), rank_word(rank), asked.as_deref()));
    with_any(answers)
}

/// `Top tenth`, or what else was asked for.
fn rank_word(rank: i64) -> String {
    let known = RANKS.iter().find(|(known, _)| *known == rank);
    known.map_or_else(|| format!("Rank {rank} of 1000 or above"), |(_, word)| (*word).to_owned())
}

fn purchases(filter: &Filter) -> Option<String> {
    filter.purchases.map(|n| format!("at least {}", ui::count(n)))
}

fn purchases_field(filter: &Filter) -> Field<'static> {
    let value = filter.purchases.map(|n| n.to_string()).unwrap_or_default();
    Field::input("number", "purchases", "At least").value(value)
}

fn answer(value: &str, text: impl Into<Text<'static>>, asked: Option<&str>) -> Answer<'static> {
    let on = asked.is_some_and(|asked| asked.eq_ignore_ascii_case(value));
    Answer { value: value.to_owned().into(), text: text.into(), count: None, on }
}

/// A way back to no answer first.
fn with_any(answers: impl Iterator<Item = Answer<'static>>) -> Vec<Answer<'static>> {
    std::iter::once(Answer { text: "Any".into(), ..Answer::default() }).chain(answers).collect()
}
