//! Finding: words that few have, that many have, that nobody has; numbers, addresses, and what is misspelled.

use super::{Checked, encoded, held, json, text};
use crate::{
    asking::Question,
    bare::store::asked,
    floor::{Bare, Cell},
    generated::{Person, buyer},
};

/// Stands for a hit, whoever it is.
const SOMEBODY: &str = "*";

/// What is typed at the `n`-th asking, and what the first hits have to show of it; nothing where nobody is to be found.
#[derive(Clone, Copy)]
struct Typed {
    what: &'static str,
    text: fn(u64) -> String,
    shows: fn(u64) -> String,
    /// The word by which the bare statement finds the same.
    word: fn(u64) -> String,
}

/// What is looked for among those buyers for whom somebody acts, as JSON and by the page behind the palette.
pub fn questions(accounts: u64) -> Vec<Question> {
    let all = typed().into_iter().flat_map(|typed| {
        let path = move |n: u64| encoded(&(typed.text)(place(n, accounts)));
        let program = Question {
            what: format!("find, {}", typed.what),
            goal: Some(("P7", 0.8)),
            path: Box::new(move |n| format!("/api/v1/find?limit=50&text={}", path(n))),
            body: None,
            check: Box::new(move |n, text| right(&(typed.shows)(place(n, accounts)), text)),
            floor: Some(bare(typed, accounts)),
        };
        let page = Question {
            what: format!("palette, {}", typed.what),
            path: Box::new(move |n| format!("/find?q={}", path(n))),
            check: Box::new(move |n, text| {
                let shows = (typed.shows)(place(n, accounts));
                held(shows.is_empty() || shows == SOMEBODY || text.contains(&shows), || {
                    format!("{shows} is not on the page")
                })
            }),
            floor: None,
            goal: Some(("P7", 0.8)),
            body: None,
        };
        [program, page]
    });
    all.collect()
}

/// Another record each time.
fn place(n: u64, accounts: u64) -> u64 {
    n * 7_919 % accounts
}

fn right(shows: &str, text: &str) -> Checked {
    let found = json(text)?;
    let hits = found["hits"].as_array().ok_or("it has no hits")?;
    if shows.is_empty() {
        return held(hits.is_empty(), || format!("{} were found", hits.len()));
    }
    if shows == SOMEBODY {
        return held(!hits.is_empty(), || "nobody was found".to_owned());
    }
    let fits = |hit: &serde_json::Value| {
        let (name, person) = (hit["name"].as_str().unwrap_or_default(), &hit["person"]["name"]);
        name.contains(shows) || person.as_str().unwrap_or_default().contains(shows)
    };
    held(hits.iter().any(fits), || format!("{shows} is not among {} hits", hits.len()))
}

fn bare(typed: Typed, accounts: u64) -> Bare {
    Bare::with(asked::WORD, move |n| {
        let word = (typed.word)(place(n, accounts));
        vec![text(&word), Cell::Text(format!("{word}\u{7f}"))]
    })
}

fn first(n: u64) -> String {
    Person::of(n).name.split(' ').next().unwrap_or_default().to_owned()
}

fn last(n: u64) -> String {
    Person::of(n).name.split(' ').nth(1).unwrap_or_default().to_owned()
}

/// A word with two of its letters in each other's place.
fn misspelled(word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let middle = letters.len() / 2;
    letters.swap(middle, middle + 1);
    letters.into_iter().collect()
}

fn typed() -> Vec<Typed> {
    let of = |what, text: fn(u64) -> String, shows: fn(u64) -> String, word: fn(u64) -> String| Typed {
        what,
        text,
        shows,
        word,
    };
    let kestrel: fn(u64) -> String = |_| "kestrel".to_owned();
    let five: fn(u64) -> String = |n| first(n)[..5].to_owned();
    vec![
        of("a word that one in 24 has", kestrel, |_| "Kestrel".to_owned(), kestrel),
        of("two letters", |_| "ke".to_owned(), |_| SOMEBODY.to_owned(), |_| "ke".to_owned()),
        of("the beginning of a first name", five, five, five),
        of("first and last name", |n| Person::of(n).name, |n| Person::of(n).name, first),
        of("a last name and a word of the firm", |n| format!("{} {}", last(n), firm(n)), last, last),
        of("a telephone number", |n| Person::of(n).phone, |n| Person::of(n).name, dialled),
        of("an email address", |n| Person::of(n).email, |n| Person::of(n).name, |n| Person::of(n).email),
        of("the number of an account", |n| buyer(n).key, |n| buyer(n).name, |n| buyer(n).key),
        of(
            "two words that many have",
            |_| "kestrel bakery".to_owned(),
            |_| "Kestrel Bakery".to_owned(),
            kestrel,
        ),
        of(
            "the same the other way round",
            |_| "bakery kestrel".to_owned(),
            |_| "Kestrel Bakery".to_owned(),
            kestrel,
        ),
        of("a common word misspelled", |_| "ksetrel".to_owned(), |_| "Kestrel".to_owned(), kestrel),
        of("a rare name misspelled", |n| misspelled(&first(n)), |_| SOMEBODY.to_owned(), first),
        of("what nobody has", |_| "zzqzq".to_owned(), |_| String::new(), |_| "zzqzq".to_owned()),
    ]
}

fn firm(n: u64) -> String {
    buyer(n).name.split(' ').next().unwrap_or_default().to_owned()
}

/// A telephone number as it stands among the words.
fn dialled(n: u64) -> String {
    format!("44{}", &Person::of(n).phone.replace(' ', "")[1..])
}
