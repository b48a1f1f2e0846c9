//! Field: label, control, hint and error, tied together for everyone.

use maud::{Markup, Render};
use speech::html;

use crate::Text;

/// A field of a form.
#[derive(Clone, Debug)]
pub struct Field<'a> {
    id: Option<Text<'a>>,
    name: Text<'a>,
    label: Text<'a>,
    control: Control<'a>,
    value: Text<'a>,
    hint: Option<Text<'a>>,
    error: Option<Text<'a>>,
    placeholder: Option<Text<'a>>,
    autocomplete: Option<&'static str>,
    accept: Option<&'static str>,
    flags: Flags,
}

#[derive(Clone, Debug)]
enum Control<'a> {
    Input(&'static str),
    Area,
    Select(Vec<Choice<'a>>),
    Check(bool),
}

#[derive(Clone, Copy, Debug, Default)]
struct Flags {
    required: bool,
    disabled: bool,
    multiple: bool,
    autofocus: bool,
    bare: bool,
}

/// One answer of a select.
#[derive(Clone, Debug)]
pub struct Choice<'a> {
    /// What is sent.
    pub value: Text<'a>,
    /// What is read.
    pub text: Text<'a>,
}

impl<'a> Choice<'a> {
    /// An answer and its words.
    pub fn new(value: impl Into<Text<'a>>, text: impl Into<Text<'a>>) -> Choice<'a> {
        Choice { value: value.into(), text: text.into() }
    }
}

/// A hidden field.
pub fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}

impl<'a> Field<'a> {
    /// A line of text.
    pub fn text(name: impl Into<Text<'a>>, label: impl Into<Text<'a>>) -> Field<'a> {
        Field::input("text", name, label)
    }

    /// An input of another type: `email`, `password`, `search`, `date`, `number`, `tel`, `url`.
    pub fn input(kind: &'static str, name: impl Into<Text<'a>>, label: impl Into<Text<'a>>) -> Field<'a> {
        Field::new(name, label, Control::Input(kind))
    }

    /// Several lines of text.
    pub fn area(name: impl Into<Text<'a>>, label: impl Into<Text<'a>>) -> Field<'a> {
        Field::new(name, label, Control::Area)
    }

    /// One of several answers; [`Field::value`] says which.
    pub fn select(
        name: impl Into<Text<'a>>,
        label: impl Into<Text<'a>>,
        choices: Vec<Choice<'a>>,
    ) -> Field<'a> {
        Field::new(name, label, Control::Select(choices))
    }

    /// A yes or no; sends [`Field::value`], `on` if none is set.
    pub fn check(name: impl Into<Text<'a>>, label: impl Into<Text<'a>>, on: bool) -> Field<'a> {
        Field::new(name, label, Control::Check(on))
    }

    /// A file; `accept` lists the endings: `.csv,.tsv`.
    pub fn file(name: impl Into<Text<'a>>, label: impl Into<Text<'a>>, accept: &'static str) -> Field<'a> {
        let field = Field::new(name, label, Control::Input("file"));
        Field { accept: Some(accept), ..field }
    }

    fn new(name: impl Into<Text<'a>>, label: impl Into<Text<'a>>, control: Control<'a>) -> Field<'a> {
        Field {
            id: None,
            name: name.into(),
            label: label.into(),
            control,
            value: Text::default(),
            hint: None,
            error: None,
            placeholder: None,
            autocomplete: None,
            accept: None,
            flags: Flags::default(),
        }
    }

    /// Its `id`, where two forms of a page have a field of one name; `f-` and the name otherwise.
    #[must_use]
    pub fn id(self, id: impl Into<Text<'a>>) -> Field<'a> {
        Field { id: Some(id.into()), ..self }
    }

    /// What stands in it.
    #[must_use]
    pub fn value(self, value: impl Into<Text<'a>>) -> Field<'a> {
        Field { value: value.into(), ..self }
    }

    /// A sentence below that helps to fill it in.
    #[must_use]
    pub fn hint(self, hint: impl Into<Text<'a>>) -> Field<'a> {
        Field { hint: Some(hint.into()), ..self }
    }

    /// Why it was refused, if it was.
    #[must_use]
    pub fn error(self, error: Option<impl Into<Text<'a>>>) -> Field<'a> {
        Field { error: error.map(Into::into), ..self }
    }

    /// An example, never the label.
    #[must_use]
    pub fn placeholder(self, example: impl Into<Text<'a>>) -> Field<'a> {
        Field { placeholder: Some(example.into()), ..self }
    }

    /// What a browser may fill in: `username`, `current-password`, `one-time-code`.
    #[must_use]
    pub fn autocomplete(self, purpose: &'static str) -> Field<'a> {
        Field { autocomplete: Some(purpose), ..self }
    }

    /// It has to be filled in.
    #[must_use]
    pub fn required(mut self) -> Field<'a> {
        self.flags.required = true;
        self
    }

    /// It cannot be filled in now.
    #[must_use]
    pub fn disabled(mut self) -> Field<'a> {
        self.flags.disabled = true;
        self
    }

    /// Several files at once.
    #[must_use]
    pub fn multiple(mut self) -> Field<'a> {
        self.flags.multiple = true;
        self
    }

    /// The page opens here: at the first error, or at a page's only field.
    #[must_use]
    pub fn autofocus(mut self) -> Field<'a> {
        self.flags.autofocus = true;
        self
    }

    /// The control alone, its label read but not seen: inside a table, or in the filters.
    #[must_use]
    pub fn bare(mut self) -> Field<'a> {
        self.flags.bare = true;
        self
    }

    /// The `id` of the control and the ids of what explains it.
    fn ids(&self) -> (String, Option<String>) {
        let id = self.id.as_ref().map_or_else(|| format!("f-{}", self.name), ToString::to_string);
        let hint = self.hint.as_ref().map(|_| format!("{id}-hint"));
        let error = self.error.as_ref().map(|_| format!("{id}-error"));
        let both: Vec<String> = error.into_iter().chain(hint).collect();
        (id, (!both.is_empty()).then(|| both.join(" ")))
    }

    fn control(&self) -> Markup {
        let (id, about) = self.ids();
        let Flags { required, disabled, multiple, autofocus, bare } = self.flags;
        let label = bare.then_some(&self.label);
        let invalid = self.error.as_ref().map(|_| "true");
        let value = (!self.value.is_empty()).then_some(&self.value);
        match &self.control {
            Control::Input(kind) => html! {
                input .in id=(id) name=(self.name) type=(kind) value=[value] placeholder=[&self.placeholder]
                    autocomplete=[self.autocomplete] accept=[self.accept] multiple[multiple]
                    required[required] disabled[disabled] autofocus[autofocus]
                    aria-label=[label] aria-invalid=[invalid] aria-describedby=[about];
            },
            Control::Area => html! {
                textarea .in id=(id) name=(self.name) placeholder=[&self.placeholder]
                    required[required] disabled[disabled] autofocus[autofocus]
                    aria-label=[label] aria-invalid=[invalid] aria-describedby=[about] { (self.value) }
            },
            Control::Select(choices) => html! {
                select .in id=(id) name=(self.name) required[required] disabled[disabled]
                    autofocus[autofocus]
                    aria-label=[label] aria-invalid=[invalid] aria-describedby=[about] {
                    @for choice in choices {
                        option value=(choice.value) selected[choice.value == self.value] { (choice.text) }
                    }
                }
            },
            Control::Check(on) => html! {
                input id=(id) name=(self.name) type="checkbox" value=[value] checked[*on]
                    required[required] disabled[disabled] aria-invalid=[invalid] aria-describedby=[about];
            },
        }
    }

    fn around(&self, id: &str) -> Markup {
        html! {
            @match self.control {
                Control::Check(_) => { label .check for=(id) { (self.control()) (self.label) } },
                _ => { label for=(id) { (self.label) } (self.control()) },
            }
            @if let Some(error) = &self.error { p .err id={ (id) "-error" } { (error) } }
            @if let Some(hint) = &self.hint { small id={ (id) "-hint" } { (hint) } }
        }
    }
}

impl Render for Field<'_> {
    fn render(&self) -> Markup {
        if self.flags.bare {
            return self.control();
        }
        html! { div .field { (self.around(&self.ids().0)) } }
    }
}
