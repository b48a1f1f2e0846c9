//! A sentence on a page: the same words as everywhere, each day with its machine value.

use maud::Markup;
use speech::html;
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
