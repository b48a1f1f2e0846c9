//! What was written down in English, told anew in the language of whoever looks: why a row was rejected, why a step
//! stopped, what is asked about a file.
//!
//! Such texts are kept as they were said, so that what programs are told does not depend on who looked first. Each is
//! known again by its words, and what stood in its holes is put into the same sentence of the catalogue.

mod asked;
mod files;
mod left;
mod rows;

use crate::{Meaning, Target};

/// More holes than these no sentence has.
const MOST_HOLES: usize = 6;

/// Holes in which another sentence stands.
const SENTENCES: [&str; 4] = ["why", "what", "other", "remedy"];
/// Holes in which a number stands.
const NUMBERS: [&str; 3] = ["n", "all", "equal"];

/// A text that was written down, as it is said; one that is not known stays as it is.
pub fn retold(text: &str) -> String {
    told(text, &[asked::SENTENCES, files::SENTENCES, files::KINDS, rows::SENTENCES, left::SENTENCES])
}

/// The rule that leaves rows out, as it is said.
pub(crate) fn retold_rule(text: &str) -> String {
    told(text, &[left::RULES])
}

fn told(text: &str, lists: &[&[&'static str]]) -> String {
    if speech::is_plain() {
        return text.to_owned();
    }
    let all = lists.iter().flat_map(|list| list.iter());
    let found = all.filter_map(|sentence| Some((*sentence, matched(sentence, text)?)));
    // Of several that fit the one with the most words of its own is meant.
    match found.max_by_key(|(sentence, _)| own_words(sentence)) {
        Some((sentence, holes)) => filled(sentence, &holes),
        None => text.to_owned(),
    }
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

fn filled(sentence: &'static str, holes: &[Hole<'_>]) -> String {
    let mut all: [(&str, String); MOST_HOLES] = Default::default();
    for (place, (name, text)) in all.iter_mut().zip(holes) {
        *place = (*name, said(name, text));
    }
    let [a, b, c, d, e, f] = &all;
    speech::filled(
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
    )
}

/// What stands in a hole, as it is said.
fn said(hole: &str, text: &str) -> String {
    match hole {
        "labels" => labels(text),
        "order" => speech::word!(text),
        "target" => match Target::ALL.iter().find(|target| target.label() == text) {
            Some(target) => speech::word!(target.label()),
            None => text.to_owned(),
        },
        hole if SENTENCES.contains(&hole) => retold(text),
        hole if NUMBERS.contains(&hole) => match text.replace(',', "").parse::<i64>() {
            Ok(number) => speech::Number(number).to_string(),
            Err(_) => text.to_owned(),
        },
        _ => text.to_owned(),
    }
}

/// What pages call the meanings that a list names.
fn labels(text: &str) -> String {
    let label = |name: &str| {
        let known = Meaning::ALL.iter().find(|meaning| meaning.label().eq_ignore_ascii_case(name));
        known.map_or_else(|| name.to_owned(), |meaning| speech::word!(meaning.label()))
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
    fn what_was_written_down_is_told_in_english_as_it_stands() {
        assert_eq!(retold("is no number"), "is no number");
    }
}
