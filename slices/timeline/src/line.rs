//! A service line: one kind of service the business offers, with its own industry and its own "now".

/// The id of a service line; line 0 is the account as a whole.
pub type LineId = kernel::Id<LineKind>;

/// Marks ids of service lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LineKind;

impl kernel::Kind for LineKind {
    const PREFIX: &'static str = "line";
    const NOUN: &'static str = "a service line";
}

use kernel::{Context, Day};

/// A service line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceLine {
    /// Its id.
    pub id: LineId,
    /// Its name: Shop, Payroll, Advisory.
    pub name: String,
    /// Our trade on it, a word of the industry packs; empty where nobody said.
    pub industry: String,
    /// A source is live: "now" is the clock. Otherwise "now" is the last day in the data.
    pub live: bool,
    /// The last day of the business on which something happened.
    pub last_day: Option<Day>,
}

impl ServiceLine {
    /// The day on which its relationships are judged (architecture decision 11).
    pub fn now(&self, cx: &Context) -> Day {
        match self.last_day {
            // A date that has not come yet, a slip of the pen, does not move everybody's now.
            Some(day) if !self.live => day.min(cx.today()),
            _ => cx.today(),
        }
    }

    /// Which day counts as now, in words: "clock" or "end of data".
    pub fn now_is(&self) -> &'static str {
        if self.live { "clock" } else { "end of data" }
    }

    /// Two names of the same key are one line.
    pub fn key(name: &str) -> String {
        name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
    }
}
