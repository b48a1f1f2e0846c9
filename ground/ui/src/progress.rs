//! Progress: a bar that says its figures in words, and follows along where the page can listen.

use maud::{Markup, Render};
use speech::{grouped, html, say, word};

use crate::Text;

/// How far a job is.
#[derive(Clone, Debug, Default)]
pub struct Progress<'a> {
    /// Of what: the name of the file.
    pub label: Text<'a>,
    /// How many are done.
    pub done: i64,
    /// Of how many.
    pub total: i64,
    /// Of what kind: "rows".
    pub unit: Text<'a>,
    /// What else there is to say: "63 %, about 1 minute left. You can leave this page."
    pub note: Text<'a>,
    /// Where it can be listened to: an event stream, or the same as JSON for those that ask for JSON, both
    /// `{"done": …, "total": …, "words": …, "note": …, "finished": "/address or absent"}`.
    pub source: Option<Text<'a>>,
}

impl Progress<'_> {
    /// `1,204 of 1,910 rows`: two figures to compare, so both are grouped. `A few rows` where nobody counted.
    pub fn words(&self) -> String {
        let unit = word!(self.unit);
        if self.total == 0 {
            return say!("A few {unit}");
        }
        let [done, total] = [self.done, self.total].map(|n| grouped(&n.max(0).to_string()));
        say!("{done} of {total} {unit}")
    }
}

impl Render for Progress<'_> {
    fn render(&self) -> Markup {
        let words = self.words();
        html! {
            div data-live=[&self.source] {
                p .small data-words { (words) }
                progress value=(self.done) max=(self.total.max(1)) aria-label=(self.label) {}
                p .small .soft data-note { (self.note) }
                @if self.source.is_some() { p .small data-again { a href="" { "Look again" } } }
            }
        }
    }
}
