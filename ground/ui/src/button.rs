//! Button: what a person may do here, as a link or as the end of a form.

use maud::{Markup, Render};
use speech::html;

use crate::Text;

/// A button. It says what happens; "…" when a question follows.
#[derive(Clone, Debug)]
pub struct Button<'a> {
    text: Text<'a>,
    target: Target<'a>,
    class: &'static str,
    rel: Option<&'static str>,
    off: bool,
    key: Option<char>,
    label: Option<Text<'a>>,
}

#[derive(Clone, Debug)]
enum Target<'a> {
    Link(Text<'a>),
    Submit(Option<(Text<'a>, Text<'a>)>),
    Reset,
}

/// What Enter in a field presses in a form whose first button does something else: the form is sent as it stands.
pub fn enter() -> Markup {
    html! { button .sr tabindex="-1" aria-hidden="true" { "Send" } }
}

impl<'a> Button<'a> {
    /// A button that goes somewhere.
    pub fn link(text: impl Into<Text<'a>>, href: impl Into<Text<'a>>) -> Button<'a> {
        Button::new(text, Target::Link(href.into()))
    }

    /// A button that sends its form.
    pub fn submit(text: impl Into<Text<'a>>) -> Button<'a> {
        Button::new(text, Target::Submit(None))
    }

    /// A button that puts its form back.
    pub fn reset(text: impl Into<Text<'a>>) -> Button<'a> {
        Button::new(text, Target::Reset)
    }

    fn new(text: impl Into<Text<'a>>, target: Target<'a>) -> Button<'a> {
        Button { text: text.into(), target, class: "btn", rel: None, off: false, key: None, label: None }
    }

    /// Sends this field along with the form, to tell one button from another.
    #[must_use]
    pub fn sends(mut self, name: impl Into<Text<'a>>, value: impl Into<Text<'a>>) -> Button<'a> {
        self.target = Target::Submit(Some((name.into(), value.into())));
        self
    }

    /// The one main act of a page.
    #[must_use]
    pub fn main_act(mut self) -> Button<'a> {
        self.class = "btn main-act";
        self
    }

    /// An act beside the others.
    #[must_use]
    pub fn quiet(mut self) -> Button<'a> {
        self.class = "btn quiet";
        self
    }

    /// An act that is hard to undo.
    #[must_use]
    pub fn grave(mut self) -> Button<'a> {
        self.class = "btn grave";
        self
    }

    /// Not possible now; the reason stands beside it.
    #[must_use]
    pub fn off(mut self) -> Button<'a> {
        self.off = true;
        self
    }

    /// What the linked page is to this one: `prev`, `next`.
    pub(crate) fn rel(mut self, rel: &'static str) -> Button<'a> {
        self.rel = Some(rel);
        self
    }

    /// What is read aloud instead, where several buttons of a page say the same.
    #[must_use]
    pub fn label(mut self, label: impl Into<Text<'a>>) -> Button<'a> {
        self.label = Some(label.into());
        self
    }

    /// The key that presses it, outside fields.
    #[must_use]
    pub fn key(mut self, key: char) -> Button<'a> {
        self.key = Some(key);
        self
    }
}

impl Render for Button<'_> {
    fn render(&self) -> Markup {
        let class = self.class;
        match &self.target {
            Target::Link(_) if self.off => html! { span class=(class) aria-disabled="true" { (self.text) } },
            Target::Link(href) => html! {
                a class=(class) href=(href) rel=[self.rel] aria-keyshortcuts=[self.key] aria-label=[&self.label] { (self.text) }
            },
            Target::Submit(sends) => {
                let (name, value) = sends.as_ref().map(|(name, value)| (name, value)).unzip();
                html! {
                    button class=(class) name=[name] value=[value] disabled[self.off]
                        aria-keyshortcuts=[self.key] aria-label=[&self.label] { (self.text) }
                }
            }
            Target::Reset => html! { button class=(class) type="reset" { (self.text) } },
        }
    }
}
