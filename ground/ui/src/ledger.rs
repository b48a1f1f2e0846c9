//! Ledger: dated lines with a reason and one act.

use maud::{Markup, Render};
use speech::html;

/// Lines of when, what, why and one act.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// The lines.
    pub lines: Vec<Line>,
}

/// One line.
#[derive(Clone, Debug)]
pub struct Line {
    /// When, a `time` element or a word.
    pub when: Markup,
    /// What stands small below it.
    pub since: Option<Markup>,
    /// Whether it is late; `when` says so in words.
    pub late: bool,
    /// Of whom or what.
    pub of: Markup,
    /// What: a sentence, a progress bar.
    pub what: Option<Markup>,
    /// Why, or what follows.
    pub why: Option<Markup>,
    /// The one act.
    pub act: Option<Markup>,
}

impl Line {
    /// A line with its date and what it is of.
    pub fn new(when: impl Render, of: impl Render) -> Line {
        let (when, of) = (when.render(), of.render());
        Line { when, since: None, late: false, of, what: None, why: None, act: None }
    }
}

/// What changed, newest first.
#[derive(Clone, Debug, Default)]
pub struct Turns {
    /// Each: of whom, and what.
    pub turns: Vec<(Markup, Markup)>,
}

impl Render for Turns {
    fn render(&self) -> Markup {
        html! {
            ul .turns {
                @for (of, what) in &self.turns { li { p .of { (of) } p .small { (what) } } }
            }
        }
    }
}

/// The few answers that a line takes: forms with their buttons, one of them behind a summary.
#[derive(Clone, Debug)]
pub struct Answers {
    /// The address that both forms post to.
    pub action: String,
    /// The hidden fields of both.
    pub hidden: Markup,
    /// The buttons that need no more.
    pub buttons: Markup,
    /// The words before the answer that needs a reason.
    pub otherwise: String,
    /// Its fields and its button.
    pub fields: Markup,
}

impl Render for Answers {
    fn render(&self) -> Markup {
        html! {
            div .answers {
                form method="post" action=(self.action) { (self.hidden) (self.buttons) }
                details {
                    summary .small { (self.otherwise) }
                    form method="post" action=(self.action) { (self.hidden) (self.fields) }
                }
            }
        }
    }
}

impl Render for Ledger {
    fn render(&self) -> Markup {
        html! { ul .ledger data-rows { @for line in &self.lines { li { (line) } } } }
    }
}

impl Render for Line {
    fn render(&self) -> Markup {
        html! {
            p .when .late[self.late] {
                (self.when)
                @if let Some(since) = &self.since { small { (since) } }
            }
            div {
                p .of { (self.of) }
                @if let Some(what) = &self.what { (what) }
                @if let Some(why) = &self.why { p .why { (why) } }
            }
            @if let Some(act) = &self.act { (act) }
        }
    }
}
