//! How refusals of this floor are said: in English, unless somebody who knows to whom one speaks lends a voice.
//!
//! The floor knows no listener and no catalogue; the crate `speech`, which stands on it, does.

use std::{fmt, sync::OnceLock};

/// Says a sentence, whose holes are filled by their names.
pub type Voice = fn(&'static str, &[(&str, fmt::Arguments<'_>)]) -> String;

static VOICE: OnceLock<Voice> = OnceLock::new();

/// Lends the voice with which refusals are said from now on. Whoever lends first is heard.
pub fn lend(voice: Voice) {
    VOICE.get_or_init(|| voice);
}

/// A sentence as it is said.
pub(crate) fn said(sentence: &'static str, holes: &[(&str, fmt::Arguments<'_>)]) -> String {
    match VOICE.get() {
        Some(voice) => voice(sentence, holes),
        None => plain(sentence, holes),
    }
}

/// A sentence in English. What fills a hole is not looked through for holes.
fn plain(sentence: &str, holes: &[(&str, fmt::Arguments<'_>)]) -> String {
    let mut told = String::new();
    let mut rest = sentence;
    while let Some((before, (name, after))) =
        rest.split_once('{').and_then(|(before, after)| Some((before, after.split_once('}')?)))
    {
        told.push_str(before);
        if let Some((_, fills)) = holes.iter().find(|(hole, _)| *hole == name) {
            told.push_str(&fills.to_string());
        }
        rest = after;
    }
    told.push_str(rest);
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_filled_once() {
        let told = plain(
            "{text} is no {what}; no",
            &[("text", format_args!("{:?}", "{what}")), ("what", format_args!("day"))],
        );
        assert_eq!(told, "\"{what}\" is no day; no");
        assert_eq!(plain("nothing to fill", &[]), "nothing to fill");
    }
}
