//! The filters of the book: one form, whose answers stand in the address.

use crate::phrase;
use maud::Markup;
use speech::{html, say, word};
use timeline::fact::Dealing;
use ui::{Address, Answer, Button, Filters, Pick, Text};

use super::{
    asked::{PLACE, address, address_at, pairs, with_filter},
    book::BookPage,
    builder::BUILDER,
    list::order_words,
    spans,
    typed::{countries, country_field, purchases},
    worded, wording,
};
use crate::{
    Class, Confidence, Fit,
    column::ColumnName,
    condition::Wanted,
    ops::{Filter, several},
};

/// Where the list is answered as a file.
const FILE: &str = "/api/v1/relationships.csv";

/// What the address holds beside the answers of the form.
const KEPT: [&str; 5] = ["may_contact", "name", "where", "sort", "limit"];

/// Ranks of spend that people ask for, permille.
const RANKS: [i64; 4] = [990, 900, 750, 500];

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
                "text".into(),
                say!("Name, number or person"),
                filter.text.clone().unwrap_or_default().into(),
            )),
            picks: vec![
                Pick::any("class", say!("Class"), &self.classes()),
                Pick::one("line", say!("Service line"), &self.line_answers()),
                Pick::fields(
                    say!("Country"),
                    filter.country.as_deref().and_then(countries),
                    &[country_field(filter)],
                ),
                Pick::any("fit", say!("Service fit"), &fits(filter)),
                Pick::any("confidence", say!("Confidence"), &confidences(filter)),
                Pick::one("override", say!("Set by hand"), &by_hand(filter)),
                Pick::any("preference", say!("They want"), &wishes(filter)),
                Pick::one("spend", say!("Spend"), &ranks(filter)),
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
            text: word!(column.label()).into(),
            count: None,
            on: self.columns.contains(column),
        };
        let chosen =
            self.filter.columns.as_ref().map(|_| ui::count(i64::try_from(self.columns.len()).unwrap_or(0)));
        let sorting = say!("Heads that are links sort the list; no index holds the other columns in order.");
        Pick::several("columns", say!("Columns"), chosen, &all.map(answer).collect::<Vec<_>>()).note(&sorting)
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
        Button::link(say!("CSV"), address_at(FILE, &filter).write())
            .quiet()
            .label(say!("All that match as a CSV file"))
    }

    /// Where conditions are joined by and, or, not.
    fn more(&self) -> Markup {
        let words =
            if self.wanted.is_some() { say!("Change conditions…") } else { say!("More conditions…") };
        let is_saved =
            self.saved.iter().any(|view| address(&view.filter).write() == address(&self.filter).write());
        html! {
            (Button::link(words, address_at(BUILDER, &self.filter).write()).quiet())
            (self.file())
            @if is_set(&self.filter) && !is_saved {
                (Button::link(say!("Save as view…"), address_at("/relationships/views/new", &self.filter).write()).quiet())
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
            on: several(self.filter.class.as_deref()).any(|word| Class::parse(word) == Some(*class)),
            ..answer(class.as_str(), wording::headed(class.as_str()), None)
        };
        Class::ALL.iter().map(answer).collect()
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
pub(super) type Asked = (Vec<String>, Vec<(Text<'static>, String)>);

/// The same at another place.
pub(super) fn set_at(at: &Address, filter: &Filter) -> Asked {
    let whole = || Filter { after: None, ..filter.clone() };
    let fit = |word: &str| {
        Fit::parse(word).map_or_else(|| word.to_owned(), |fit| wording::small(&word!(fit.word())))
    };
    let any = |asked: &Option<String>, spoken: &dyn Fn(&str) -> String| {
        any_of(several(asked.as_deref()).map(spoken))
    };
    let asked = [
        (say!("class"), any(&filter.class, &wording::word), Filter { class: None, ..whole() }),
        (say!("service line"), filter.line.clone(), Filter { line: None, ..whole() }),
        (say!("service fit"), any(&filter.fit, &fit), Filter { fit: None, ..whole() }),
        (say!("confidence"), any(&filter.confidence, &wording::word), Filter { confidence: None, ..whole() }),
        (
            say!("set by hand"),
            filter.said.as_ref().map(|word| wording::small(&said_word(word))),
            Filter { said: None, ..whole() },
        ),
        (say!("they want"), any(&filter.preference, &wish_word), Filter { preference: None, ..whole() }),
        (
            say!("room for advice and campaigns"),
            filter.may_contact.map(|may| if may { say!("yes") } else { say!("no") }.into_owned()),
            Filter { may_contact: None, ..whole() },
        ),
        (
            say!("spend"),
            filter.spend.map(|rank| wording::small(&rank_word(rank))),
            Filter { spend: None, ..whole() },
        ),
        (say!("purchases"), purchases(filter), Filter { purchases: None, ..whole() }),
        (
            say!("strength"),
            spans::strength_words(filter),
            Filter { strength_from: None, strength_to: None, ..whole() },
        ),
        (
            say!("net"),
            spans::net_words(filter),
            Filter { currency: None, net_from: None, net_to: None, ..whole() },
        ),
        (say!("country"), filter.country.as_deref().and_then(countries), Filter { country: None, ..whole() }),
        (say!("words"), filter.text.as_ref().map(|text| say!("“{text}”")), Filter { text: None, ..whole() }),
        (say!("name"), filter.name.as_ref().map(|name| say!("“{name}”")), Filter { name: None, ..whole() }),
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
    let what = if all.is_empty() { say!("all relationships").into_owned() } else { all_of(all.into_iter()) };
    format!("{what}; {}", order_words(filter.sort.as_deref().unwrap_or("strength")))
}

/// `a, and b`: everything that holds.
pub(super) fn all_of(parts: impl Iterator<Item = String>) -> String {
    parts.reduce(|all, part| say!("{all}, and {part}")).unwrap_or_default()
}

/// `a or b`: one of which holds; nothing where none is asked for.
pub(super) fn any_of(words: impl Iterator<Item = String>) -> Option<String> {
    words.reduce(|all, word| say!("{all} or {word}"))
}

fn fits(filter: &Filter) -> Vec<Answer<'static>> {
    let asked: Vec<_> = several(filter.fit.as_deref()).filter_map(Fit::parse).collect();
    let answer =
        |fit: &Fit| Answer { on: asked.contains(fit), ..answer(fit.as_str(), word!(fit.word()), None) };
    Fit::ALL.iter().map(answer).collect()
}

fn confidences(filter: &Filter) -> Vec<Answer<'static>> {
    let asked: Vec<_> = several(filter.confidence.as_deref()).filter_map(Confidence::parse).collect();
    let answer = |one: &Confidence| Answer {
        on: asked.contains(one),
        ..answer(one.as_str(), wording::headed(one.as_str()), None)
    };
    Confidence::ALL.iter().map(answer).collect()
}

/// Whose class a person set.
fn ways_said() -> [(&'static str, Text<'static>); 2] {
    [("any", say!("Any class")), ("disagreeing", say!("Otherwise than the evidence"))]
}

fn by_hand(filter: &Filter) -> Vec<Answer<'static>> {
    with_any(ways_said().into_iter().map(|(value, text)| answer(value, text, filter.said.as_deref())))
}

fn said_word(word: &str) -> Text<'_> {
    let known = ways_said().into_iter().find(|(known, _)| *known == word);
    known.map_or(Text::Borrowed(word), |(_, text)| text)
}

fn wishes(filter: &Filter) -> Vec<Answer<'static>> {
    let asked: Vec<_> = several(filter.preference.as_deref()).filter_map(Dealing::read).collect();
    let answer = |way: &Dealing| Answer {
        on: asked.contains(way),
        ..answer(way.as_str(), phrase::capital(wording::wish(*way)), None)
    };
    Dealing::ALL.iter().map(answer).collect()
}

fn wish_word(word: &str) -> String {
    Dealing::read(word).map_or_else(|| word.to_owned(), wording::wish)
}

fn ranks(filter: &Filter) -> Vec<Answer<'static>> {
    let asked = filter.spend.map(|rank| rank.to_string());
    let other = filter.spend.filter(|rank| !RANKS.contains(rank));
    let answers = RANKS
        .into_iter()
        .chain(other)
        .map(|rank| answer(&rank.to_string(), rank_word(rank), asked.as_deref()));
    with_any(answers)
}

/// `Top tenth`, or what else was asked for.
fn rank_word(rank: i64) -> String {
    match rank {
        990 => say!("Top hundredth").into_owned(),
        900 => say!("Top tenth").into_owned(),
        750 => say!("Top quarter").into_owned(),
        500 => say!("Upper half").into_owned(),
        _ => say!("Rank {rank} of 1000 or above"),
    }
}

fn answer(value: &str, text: impl Into<Text<'static>>, asked: Option<&str>) -> Answer<'static> {
    let on = asked.is_some_and(|asked| asked.eq_ignore_ascii_case(value));
    Answer { value: value.to_owned().into(), text: text.into(), count: None, on }
}

/// A way back to no answer first.
fn with_any(answers: impl Iterator<Item = Answer<'static>>) -> Vec<Answer<'static>> {
    std::iter::once(Answer { text: say!("Any"), ..Answer::default() }).chain(answers).collect()
}
