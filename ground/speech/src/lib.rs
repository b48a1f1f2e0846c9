//! What is said to people, in their language and in the words of their house.
//!
//! Texts stand in the code in English, where they are said: `say!("It ends on {day}.")`, `html! { p { "Nothing waits." } }`.
//! A catalogue of another language ([`Catalogue`], PO files, one for each crate) is looked up by that text. Whom one speaks to is
//! set for a piece of work by [`speaking`]; where it is not set, English is spoken: what is stored, and what
//! programs are told, is always English.

mod amount;
mod catalogue;
mod current;
mod date;
mod display;
mod language;
mod number;
mod template;

pub use amount::{decimal, money, read_decimal};
pub use catalogue::{Catalogue, Unreadable, install};
pub use current::{Listener, is_plain, language, plainly, speaking};
pub use date::{due_day, long_day, long_weekday, month, read_long_day, short_day, weekday};
pub use display::{DisplayWord, DisplayWords};
pub use language::Language;
pub use number::{Number, decimal_sign, grouped};
pub use speech_macros::{html, say, tell};

use std::{borrow::Cow, fmt};

use maud::{Markup, PreEscaped, Render};

/// A text without holes, said in the module `module`. Called by [`say!`] and [`html!`].
pub fn text(module: &str, english: &'static str) -> Cow<'static, str> {
    if is_plain() {
        return Cow::Borrowed(english);
    }
    // Space around it is part of the sentence it stands in, and of no word.
    let bare = english.trim();
    let (before, after) = match english.find(bare) {
        Some(at) => (&english[..at], &english[at + bare.len()..]),
        None => ("", ""),
    };
    let found = current::with(|listener| listener.say(module, bare, |template| template.bare()));
    Cow::Owned(format!("{before}{found}{after}"))
}

/// A text with what fills its holes, by their names or their places. Called by [`say!`].
pub fn filled(module: &str, english: &'static str, holes: &[(&str, fmt::Arguments<'_>)]) -> String {
    current::with(|listener| listener.say(module, english, |template| template.filled(holes)))
}

/// The text that goes with a number. Called by [`say!`].
pub fn counted(
    module: &str,
    n: Number,
    one: &'static str,
    many: &'static str,
    holes: &[(&str, fmt::Arguments<'_>)],
) -> String {
    current::with(|listener| listener.count(module, n, one, many, |template| template.filled(holes)))
}

/// A sentence whose holes are markup. Called by [`tell!`].
pub fn told(module: &str, english: &'static str, holes: &[(&str, &dyn Render)]) -> Markup {
    PreEscaped(current::with(|listener| listener.say(module, english, |template| template.marked_up(holes))))
}

/// `1 row`, `4 rows`, `12,000 rows`: a number with its noun.
pub fn noun(n: impl Into<Number>, one: &str, many: &str) -> String {
    let n = n.into();
    let noun = current::with(|listener| listener.noun(n, one, many));
    format!("{n} {noun}")
}

/// A word of a closed vocabulary, which the code has as a value: `word!(class.as_str())`. What the catalogue of the crate
/// does not have stays as it is.
#[macro_export]
macro_rules! word {
    ($value:expr) => {
        $crate::word_of(module_path!(), ::std::convert::AsRef::<str>::as_ref(&$value))
    };
}

/// Called by [`word!`].
pub fn word_of(module: &str, english: &str) -> String {
    if is_plain() {
        return english.to_owned();
    }
    current::with(|listener| listener.word(module, english))
}
