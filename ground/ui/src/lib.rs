//! What pages are made of: typed markup components, the stylesheet and the script that go with them.
//!
//! A component is a small struct of prepared values that renders itself. Nothing here knows an account, a
//! table or a request; class marks and words come from the caller. Text is always escaped.

mod assets;
mod button;
mod cell;
mod field;
mod layout;
mod mark;
mod note;
mod number;
mod pager;
mod scale;
mod table;

pub use assets::{Asset, CONTENT_SECURITY_POLICY, assets};
pub use button::Button;
pub use cell::{Cell, who};
pub use field::{Choice, Field, hidden};
pub use layout::{Head, Me, Place, Shell, centred};
pub use mark::{Mark, Sign};
pub use maud::{Markup, PreEscaped, Render, html};
pub use note::Note;
pub use number::{count, percent, plural, score, signed};
pub use pager::Pager;
pub use scale::{Band, Scale, Strength, WideScale};
pub use table::{Column, Order, Row, Table};

/// Text that is borrowed where it can be and owned where it must be.
pub type Text<'a> = std::borrow::Cow<'a, str>;
