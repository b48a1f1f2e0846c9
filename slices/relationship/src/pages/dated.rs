//! A sentence on a page: the same words as everywhere, each day with its machine value.

use kernel::Day;
use maud::Markup;
use speech::{html, tell};
use ui::time;

use crate::phrase::{Piece, pieces};

/// The sentence with its days as `time` elements.
pub(super) fn dated(sentence: &str) -> Markup {
    html! {
        @for piece in pieces(sentence) {
            @match piece { Piece::Text(text) => { (text) }, Piece::Day(day) => { (time::long(day)) } }
        }
    }
}

/// `on 31 August 2011, the end of the data`, `today, 14 October 2025`.
pub(super) fn judged_on(day: &str, now_is: &str) -> Markup {
    let day = html! { @if let Ok(day) = Day::parse(day) { (time::long(day)) } };
    match now_is {
        "clock" => tell!("today, {day}"),
        _ => tell!("on {day}, the end of the data"),
    }
}
