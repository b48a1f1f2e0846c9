//! What was written down in English, told anew in the language of whoever looks: why a row was rejected, why a step
//! stopped, what is asked about a file.
//!
//! Such texts are kept as they were said, so that what programs are told does not depend on who looked first. Each is
//! known again by its words, and what stood in its holes is put into the same sentence of the catalogue.

mod asked;
mod files;
mod left;
mod rows;

use kernel::Problem;
use speech::word;

use crate::{Meaning, Target};

/// More holes than these no sentence has.
const MOST_HOLES: usize = 6;

/// Holes in which another sentence stands.
const SENTENCES: [&str; 4] = ["why", "what", "other", "remedy"];
/// Holes in which a number stands.
const NUMBERS: [&str; 3] = ["n", "all", "equal"];

/// All that is told by its words alone.
const ALL: [&[&str]; 5] =
    [asked::SENTENCES, files::SENTENCES, files::KINDS, rows::SENTENCES, left::SENTENCES];

/// A text that was written down, as it is said; one that is not known stays as it is.
pub fn retold(text: &str) -> String {
    told(text, &ALL).words
}

/// A problem whose text was written down, as it is said.
pub fn retold_problem(problem: Problem) -> Problem {
    Problem { message: retold(&problem.message), ..problem }
}

/// The rule that leaves rows out, as it is said.
pub(crate) fn retold_rule(text: &str) -> String {
    told(text, &[left::RULES]).words
}

/// A text as it is said.
struct Told {
    words: String,
    /// How much of it stands there as it was written.
    raw: usize,
}

impl Told {
    fn raw(text: &str) -> Told {
        Told { words: text.to_owned(), raw: text.len() }
    }

    fn anew(words: String) -> Told {
        Told { words, raw: 0 }
    }
}

fn told(text: &str, lists: &[&[&'static str]]) -> Told {
    if speech::is_plain() {
        return Told::raw(text);
    }
    let all = lists.iter().flat_map(|list| list.iter());
    let found = all.filter_map(|sentence| Some((*sentence, filled(sentence, &matched(sentence, text)?))));
    // Of several that fit the one is meant that leaves least as it is, and has the most words of its own.
    let best = found.min_by_key(|(sentence, told)| (told.raw, usize::MAX - own_words(sentence)));
    best.map_or_else(|| Told::raw(text), |(_, told)| told)
}

/// A hole of a sentence and what stands in it.
type Hole<'s> = (&'static str, &'s str);

/// What stands in the holes of a sentence, if a text is that sentence.
fn matched<'t>(sentence: &'static str, text: &'t str) -> Option<Vec<Hole<'t>>> {
    let Some((before, rest)) = sentence.split_once('{') else {
        return (sentence == text).then(Vec::new);
    };
    let (name, rest) = rest.split_once('}')?;
    let text = text.strip_prefix(before)?;
    let next = rest.split('{').next().unwrap_or_default();
    let ends: Vec<usize> = match next {
        "" if rest.is_empty() => vec![text.len()],
        words => text.match_indices(words).map(|(at, _)| at).collect(),
    };
    ends.into_iter().filter(|end| 0 < *end).find_map(|end| {
        let mut holes = vec![(name, &text[..end])];
        holes.extend(matched(rest, &text[end..])?);
        Some(holes)
    })
}

/// How much of a sentence is words of its own.
fn own_words(sentence: &str) -> usize {
    let pieces = sentence.split('{').map(|piece| piece.split_once('}').map_or(piece, |(_, words)| words));
    pieces.map(str::len).sum()
}

fn filled(sentence: &'static str, holes: &[Hole<'_>]) -> Told {
    let mut all: [(&str, String); MOST_HOLES] = Default::default();
    let mut raw = 0;
    for (place, (name, text)) in all.iter_mut().zip(holes) {
        let said = said(name, text);
        raw += said.raw;
        *place = (*name, said.words);
    }
    let [a, b, c, d, e, f] = &all;
    let words = speech::filled(
        module_path!(),
        sentence,
        &[
            (a.0, format_args!("{}", a.1)),
            (b.0, format_args!("{}", b.1)),
            (c.0, format_args!("{}", c.1)),
            (d.0, format_args!("{}", d.1)),
            (e.0, format_args!("{}", e.1)),
            (f.0, format_args!("{}", f.1)),
        ],
    );
    Told { words, raw }
}

/// What stands in a hole, as it is said.
fn said(hole: &str, text: &str) -> Told {
    match hole {
        "labels" => Told::anew(labels(text)),
        "order" => Told::anew(word!(text)),
        "target" => match Target::ALL.iter().find(|target| target.label() == text) {
            Some(target) => Told::anew(word!(target.label())),
            None => Told::raw(text),
        },
        hole if SENTENCES.contains(&hole) => told(text, &ALL),
        hole if NUMBERS.contains(&hole) => match text.replace(',', "").parse::<i64>() {
            Ok(number) => Told::anew(speech::Number(number).to_string()),
            Err(_) => Told::raw(text),
        },
        _ => Told::raw(text),
    }
}

/// What pages call the meanings that a list names.
fn labels(text: &str) -> String {
    let label = |name: &str| {
        let known = Meaning::ALL.iter().find(|meaning| meaning.label().eq_ignore_ascii_case(name));
        known.map_or_else(|| name.to_owned(), |meaning| word!(meaning.label()))
    };
    // A label may hold a comma itself.
    if Meaning::ALL.iter().any(|meaning| meaning.label().eq_ignore_ascii_case(text)) {
        return label(text);
    }
    let between = if text.contains(" and ") { " and " } else { ", " };
    text.split(between).map(label).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use speech::{Catalogue, Language, Listener};

    use super::*;

    #[test]
    fn a_sentence_is_known_again_by_its_words() {
        assert_eq!(matched("called {name}", "called Order date"), Some(vec![("name", "Order date")]));
        assert_eq!(matched("as last time", "as last time"), Some(Vec::new()));
        assert_eq!(
            matched("{why} (tried {n} times)", "it broke (tried) (tried 3 times)"),
            Some(vec![("why", "it broke (tried)"), ("n", "3")])
        );
        assert_eq!(matched("called {name}", "called "), None);
        assert_eq!(matched("names no row of {table}", "names no rows"), None);
    }

    #[test]
    fn what_was_written_down_stands_there_where_english_is_spoken() {
        assert_eq!(retold("is no number"), "is no number");
    }

    #[test]
    fn what_was_written_down_is_told_in_the_language_of_whoever_looks() {
        speech::install(|| Catalogue::read(&[("imports", include_str!("../words/de.po"))]));
        let listener = Arc::new(Listener { language: Language::German, ..Listener::default() });
        let said = speech::speaking(listener, || {
            [
                "called Order date, day.month.year",
                "Accounts need one of these columns: Party id, Party name; which is it?",
                "March.csv did not come in: March.csv is empty; export it again",
                "is no number of seconds since 1970; the column is read as epoch seconds",
                "what nobody knows",
            ]
            .map(retold)
        });
        assert_eq!(
            said,
            [
                "heißt Order date, Tag.Monat.Jahr",
                "Für „Konten“ wird eine dieser Spalten gebraucht: Parteikennung, Name der Partei; welche ist es?",
                "March.csv wurde nicht eingelesen: March.csv ist leer; exportieren Sie die Datei noch einmal",
                "ist keine Zahl von Sekunden seit 1970; die Spalte wird als Sekunden seit 1970 gelesen",
                "what nobody knows",
            ]
        );
    }

    #[test]
    fn each_sentence_has_its_words_in_the_catalogue() {
        let known = include_str!("../words/de.po").replace("\"\n\"", "");
        let quoted = |sentence: &str| sentence.replace('"', "\\\"");
        for sentence in ALL.iter().chain([&left::RULES]).flat_map(|list| list.iter()) {
            assert!(known.contains(&format!("msgid \"{}\"", quoted(sentence))), "{sentence}");
            assert!(sentence.matches('{').count() <= MOST_HOLES, "{sentence}");
        }
    }
}
