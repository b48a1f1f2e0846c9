//! Texts as bags of words in which rare words count more, and how like two of them are.

use std::collections::HashMap;

use super::compare::jaro_winkler;

/// The words of a column: each with how many values hold it.
#[derive(Clone, Debug, Default)]
pub struct Words {
    numbers: HashMap<String, u32>,
    names: Vec<String>,
    held_by: Vec<u32>,
    values: u32,
    /// By word: those that may be the same word, misspelt, and how like they are.
    near: HashMap<u32, Vec<(u32, f64)>>,
}

/// A text as its words: their numbers, in ascending order, with weights whose squares add up to 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Bag {
    words: Vec<(u32, f32)>,
}

/// Two words at least so like each other may be one, misspelt (Cohen et al. 2003).
const LIKE: f64 = 0.9;

impl Words {
    /// Reads the words of all values.
    pub fn of<'v>(values: impl Iterator<Item = &'v str>) -> Words {
        let mut words = Words::default();
        for value in values {
            words.values += 1;
            let mut own: Vec<u32> = split(value).map(|word| words.number(&word)).collect();
            own.sort_unstable();
            own.dedup();
            own.into_iter().for_each(|word| words.held_by[word as usize] += 1);
        }
        words.find_near();
        words
    }

    /// Finds words that are nearly the same, among those that begin with the same letter (two letters where there are
    /// many words).
    fn find_near(&mut self) {
        let letters = if self.names.len() < 5_000 { 1 } else { 2 };
        let mut order: Vec<u32> = (0..u32::try_from(self.names.len()).unwrap_or(u32::MAX))
            .filter(|word| is_spelt(&self.names[*word as usize]))
            .collect();
        let names = std::mem::take(&mut self.names);
        let head = |word: &u32| names[*word as usize].chars().take(letters).collect::<String>();
        order.sort_by_cached_key(head);
        for group in order.chunk_by(|a, b| head(a) == head(b)) {
            for (n, a) in group.iter().enumerate() {
                for b in &group[n + 1..] {
                    let like = like(&names[*a as usize], &names[*b as usize]);
                    if LIKE <= like {
                        self.near.entry(*a).or_default().push((*b, like));
                        self.near.entry(*b).or_default().push((*a, like));
                    }
                }
            }
        }
        self.names = names;
    }

    fn number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.numbers.insert(word.to_owned(), number);
        self.names.push(word.to_owned());
        self.held_by.push(0);
        number
    }

    /// How many different words there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// There is no word.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// How much a word tells: ln(1 + values / values that hold it).
    fn weight(&self, word: u32) -> f64 {
        let held = f64::from(self.held_by[word as usize].max(1));
        (1.0 + f64::from(self.values) / held).ln()
    }

    pub(super) fn bag(&self, value: &str) -> Bag {
        let mut own: Vec<u32> = split(value).filter_map(|word| self.numbers.get(&word).copied()).collect();
        own.sort_unstable();
        own.dedup();
        let length = own.iter().map(|word| self.weight(*word).powi(2)).sum::<f64>().sqrt();
        let words = own.iter().map(|word| (*word, (self.weight(*word) / length) as f32)).collect();
        Bag { words }
    }

    /// The words of a text that fewer than `most` values hold.
    pub(super) fn rare<'b>(&'b self, bag: &'b Bag, most: u32) -> impl Iterator<Item = u32> + 'b {
        bag.words.iter().map(|(word, _)| *word).filter(move |word| self.held_by[*word as usize] <= most)
    }

    /// How like two texts are, from 0 to 1: the cosine of the weights of their words, where a word that the other lacks
    /// counts with the one most like it, if any is like it at all (SoftTFIDF).
    pub(super) fn likeness(&self, a: &Bag, b: &Bag) -> f64 {
        let (mut sum, mut alone) = (0.0, ([Vec::new(), Vec::new()]));
        let (mut i, mut j) = (0, 0);
        while i < a.words.len() || j < b.words.len() {
            match (a.words.get(i), b.words.get(j)) {
                (Some(x), Some(y)) if x.0 == y.0 => {
                    sum += f64::from(x.1) * f64::from(y.1);
                    (i, j) = (i + 1, j + 1);
                }
                (Some(x), y) if y.is_none_or(|y| x.0 < y.0) => {
                    alone[0].push(*x);
                    i += 1;
                }
                (_, Some(y)) => {
                    alone[1].push(*y);
                    j += 1;
                }
                _ => break,
            }
        }
        let [left, mut right] = alone;
        for (word, weight) in left {
            let Some(near) = self.near.get(&word) else { continue };
            let found = right.iter().enumerate().filter_map(|(n, (other, _))| {
                near.iter().find(|(name, _)| name == other).map(|(_, like)| (n, *like))
            });
            if let Some((n, like)) = found.max_by(|x, y| x.1.total_cmp(&y.1)) {
                sum += f64::from(weight) * f64::from(right.swap_remove(n).1) * like;
            }
        }
        sum.min(1.0)
    }

    /// How like the words with digits of two texts are: 2 for a common one, 1 where one is the beginning of another,
    /// 0 for neither; nothing where one text has none.
    pub(super) fn marks(&self, a: &Bag, b: &Bag) -> Option<u8> {
        let own = |bag: &Bag| {
            bag.words.iter().map(|(word, _)| self.names[*word as usize].as_str()).collect::<Vec<_>>()
        };
        let (a, b) = (own(a), own(b));
        if a.is_empty() || b.is_empty() {
            return None;
        }
        let any = |holds: &dyn Fn(&str, &str) -> bool| a.iter().any(|x| b.iter().any(|y| holds(x, y)));
        let begins = |x: &str, y: &str| x.starts_with(y) || y.starts_with(x);
        Some(if any(&|x, y| x == y) { 2 } else { u8::from(any(&begins)) })
    }
}

/// A word with a digit and a letter, of four signs at least.
pub(super) fn is_mark(word: &str) -> bool {
    4 <= word.len()
        && word.bytes().any(|b| b.is_ascii_digit())
        && word.bytes().any(|b| b.is_ascii_alphabetic())
}

/// A word of digits only.
pub(super) fn is_numeral(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// A word that can be misspelt.
fn is_spelt(word: &str) -> bool {
    4 <= word.len() && !word.bytes().any(|byte| byte.is_ascii_digit())
}

fn like(a: &str, b: &str) -> f64 {
    if a.len().abs_diff(b.len()) > 3 { 0.0 } else { jaro_winkler(a, b, 0.0) }
}

/// The words of a text, in small letters: what stands between blanks and slashes, without marks.
pub(super) fn split(value: &str) -> impl Iterator<Item = String> + '_ {
    let parts = value.split(|c: char| c.is_whitespace() || matches!(c, '/' | ',' | ';' | '(' | ')' | '|'));
    let bare = parts.map(|part| part.chars().filter(|c| c.is_alphanumeric()).collect::<String>());
    bare.map(|word| word.to_lowercase()).filter(|word| !word.is_empty())
}
