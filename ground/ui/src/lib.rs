//! What pages are made of: typed markup components, the stylesheet and the script that go with them.
//!
//! A component is a small struct of prepared values that renders itself. Nothing here knows an account, a
//! table or a request; class marks and words come from the caller. Text is always escaped.

mod address;
mod assets;
mod button;
mod cell;
mod checks;
mod clause;
mod compare;
mod contributions;
mod counts;
mod course;
mod curve;
mod drop;
mod edit;
mod empty;
mod field;
mod filter;
mod find;
mod gallery;
mod handout;
mod layout;
mod ledger;
mod mark;
mod money;
mod note;
mod number;
mod pager;
mod panel;
mod picks;
mod progress;
mod prose;
mod scale;
mod section;
mod spectrum;
mod steps;
mod table;
mod tabs;
mod tag;
#[cfg(test)]
mod tests;
pub mod time;
mod timeline;
mod toast;
mod words;

pub use address::Address;
pub use assets::{Asset, CONTENT_SECURITY_POLICY, assets};
pub use button::{Button, enter};
pub use cell::{Cell, who};
pub use checks::Checks;
pub use clause::{Clause, Condition, Word, Worded};
pub use compare::Compare;
pub use contributions::{Backing, Contribution, Contributions, reach};
pub use counts::{Count, Counts};
pub use course::{Course, CourseStep};
pub use curve::Curve;
pub use drop::{Drop, dropped};
pub use edit::{Asked, Asks, Edit, Typed, edit_link, reached, refusal};
pub use empty::{Door, Doors, Nothing, lost, sentence};
pub use field::{Choice, Field, hidden};
pub use filter::{Answer, Filters, Pick};
pub use find::{Find, Found};
pub use gallery::{Sample, gallery};
pub use handout::Handout;
pub use layout::{Head, Me, Place, Shell, centred};
pub use ledger::{Answers, Ledger, Line, Turns};
pub use mark::{Mark, Sign};
pub use maud::{Markup, PreEscaped, Render};
pub use money::{figure, money, money_text};
pub use note::Note;
pub use number::{count, percent, plural, score, signed};
pub use pager::Pager;
pub use panel::{Panel, Trio, Verdict};
pub use picks::Picks;
pub use progress::Progress;
pub use prose::{Shelf, on_paper, prose};
pub use scale::{Band, Scale, Strength, WideScale};
pub use section::{Columns, Group, SideLine, side_lines, terms};
pub use spectrum::{
    Blot, Brush, Cloud, Density, Named, Part, Point, SignedLog, Spectrum, SpectrumLink, Tint, TintKey,
};
pub use speech::html;
pub use steps::{Step, Steps};
pub use table::{Column, Order, Row, Table};
pub use tabs::{Tab, Tabs};
pub use tag::Tag;
pub use timeline::{Entry, Timeline, folded};
pub use toast::Toast;

/// Text that is borrowed where it can be and owned where it must be.
pub type Text<'a> = std::borrow::Cow<'a, str>;
