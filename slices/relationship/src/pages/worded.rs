//! A filter in words: above the list with a link per condition that drops it, and as one sentence.

use speech::say;
use ui::{Text, Word, Worded};

use super::{book::BookPage, filters::set_at};
use crate::{
    condition::{Condition, Wanted, spoken},
    ops::Filter,
};

/// A filter as one text: `class is client, and (net at least €5.00 or confidence is low)`.
pub(super) fn in_words(wanted: &Wanted) -> String {
    let mut text = String::new();
    for word in words(wanted) {
        let (piece, closes) = match &word {
            Said::Between(piece) => (piece.clone().into_owned(), piece == ")"),
            Said::Holds(condition) => (spoken(condition), false),
        };
        let tight = text.is_empty() || text.ends_with('(') || closes;
        text.push_str(if tight { "" } else { " " });
        text.push_str(&piece);
    }
    text
}

/// A piece of the sentence.
enum Said<'w> {
    Between(Text<'static>),
    Holds(&'w Condition),
}

fn words(wanted: &Wanted) -> Vec<Said<'_>> {
    let mut said = Vec::new();
    say(wanted, &mut said);
    said
}

fn say<'w>(wanted: &'w Wanted, said: &mut Vec<Said<'w>>) {
    match wanted {
        Wanted::One(condition) => said.push(Said::Holds(condition)),
        Wanted::All(parts) => joined(parts, say!("and"), said),
        Wanted::Any(parts) => joined(parts, say!("or"), said),
        Wanted::Not(inner) => {
            said.push(Said::Between(say!("not")));
            bracketed(inner, said);
        }
    }
}

fn joined<'w>(parts: &'w [Wanted], word: Text<'static>, said: &mut Vec<Said<'w>>) {
    for (n, part) in parts.iter().enumerate() {
        if 0 < n {
            said.push(Said::Between(word.clone()));
        }
        bracketed(part, said);
    }
}

fn bracketed<'w>(part: &'w Wanted, said: &mut Vec<Said<'w>>) {
    if !matches!(part, Wanted::All(_) | Wanted::Any(_)) {
        return say(part, said);
    }
    said.push(Said::Between("(".into()));
    say(part, said);
    said.push(Said::Between(")".into()));
}

impl BookPage {
    /// The whole filter in words, where the answers of the filters above do not say all of it.
    pub(super) fn worded(&self) -> Option<Worded<'static>> {
        let wanted = self.wanted.as_ref()?;
        let (simple, ways) = set_at(&self.at, &self.filter);
        let mut all: Vec<Word<'static>> = Vec::new();
        for (text, (_, href)) in simple.into_iter().zip(ways) {
            all.push(Word::Holds(text.into(), href.into()));
            all.push(Word::Between(say!("and")));
        }
        let brackets = !all.is_empty() && matches!(wanted, Wanted::Any(_));
        let mut said = Vec::new();
        if brackets {
            bracketed(wanted, &mut said)
        } else {
            say(wanted, &mut said)
        }
        let mut place = 0;
        for word in said {
            all.push(match word {
                Said::Between(text) => Word::Between(text),
                Said::Holds(condition) => {
                    place += 1;
                    Word::Holds(spoken(condition).into(), self.dropping(wanted, place - 1).into())
                }
            });
        }
        Some(Worded { lead: say!("Shown:"), words: all })
    }

    /// The address without the condition at that place.
    fn dropping(&self, wanted: &Wanted, place: usize) -> String {
        let rest = wanted.without(place).map(|rest| rest.to_string());
        self.to(&Filter { wanted: rest, after: None, ..self.filter.clone() })
    }

    /// Each condition in words with the address that does without it, for a page that found nothing.
    pub(super) fn conditions(&self) -> Vec<(String, String)> {
        let Some(wanted) = &self.wanted else { return Vec::new() };
        let all = wanted.conditions().into_iter().enumerate();
        all.map(|(place, condition)| (spoken(condition), self.dropping(wanted, place))).collect()
    }
}
