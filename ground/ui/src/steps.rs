//! Steps: a job in order; a later step shows its heading and why it waits.

use maud::{Markup, Render};
use speech::html;

use crate::Text;

/// Numbered steps.
#[derive(Clone, Debug, Default)]
pub struct Steps<'a> {
    /// The steps.
    pub steps: Vec<Step<'a>>,
}

/// One step.
#[derive(Clone, Debug)]
pub struct Step<'a> {
    heading: Text<'a>,
    body: Markup,
    later: bool,
}

impl<'a> Step<'a> {
    /// A step with what it holds.
    pub fn new(heading: impl Into<Text<'a>>, body: impl Render) -> Step<'a> {
        Step { heading: heading.into(), body: body.render(), later: false }
    }

    /// A step that cannot begin yet, and why.
    pub fn later(heading: impl Into<Text<'a>>, why: &str) -> Step<'a> {
        let body = html! { p .small .faint { (why) } };
        Step { heading: heading.into(), body, later: true }
    }
}

impl Render for Steps<'_> {
    fn render(&self) -> Markup {
        html! {
            ol .steps .narrow {
                @for step in &self.steps {
                    li class=[step.later.then_some("later")] { div { h2 { (step.heading) } (step.body) } }
                }
            }
        }
    }
}
