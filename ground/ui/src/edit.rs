//! Edit: a group of fields as a form in its place, which carries what they were when it was opened.

use kernel::Outcome;
use maud::{Markup, Render};
use speech::{html, say, tell};

use crate::{Button, Checks, Choice, Compare, Field, Note, Text, compare::chosen, hidden, sentence};

/// A field that a form asks for.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Its name in the form.
    pub name: &'static str,
    /// What people call it.
    pub label: Text<'static>,
    /// How it is asked for.
    pub how: Asks,
    /// A sentence that helps; blank for none.
    pub hint: Text<'static>,
}

/// How a field is asked for.
#[derive(Clone, Debug)]
pub enum Asks {
    /// By a line of that kind of input.
    Line(&'static str),
    /// By one of several answers: what is sent, and the words.
    One(Vec<(&'static str, Text<'static>)>),
    /// By any of several answers: what is sent, the words, what it means. The value is those that hold, with commas.
    Any(Vec<(&'static str, Text<'static>, Text<'static>)>),
    /// By a box: `1` when it is ticked.
    Yes,
}

/// What a form was sent with: in the order of the fields, what they were when it was opened and what somebody wants.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// The version of the record on which it was opened.
    pub version: String,
    was: Vec<String>,
    mine: Vec<String>,
}

impl Typed {
    /// What was sent, by the pairs of the form.
    pub fn sent(form: &[(String, String)], asked: &[Asked]) -> Typed {
        let first =
            |name: &str| form.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim());
        let mine = |field: &Asked| match (chosen(form, field.name), &field.how) {
            (Some(chosen), _) => chosen.to_owned(),
            (None, Asks::Any(_)) => {
                let ticked =
                    form.iter().filter(|(key, _)| key == field.name).map(|(_, value)| value.as_str());
                ticked.collect::<Vec<_>>().join(", ")
            }
            (None, _) => first(field.name).to_owned(),
        };
        Typed {
            version: first("version").to_owned(),
            was: asked.iter().map(|field| first(&format!("was.{}", field.name)).to_owned()).collect(),
            mine: asked.iter().map(mine).collect(),
        }
    }

    /// What somebody wants in the field of that name; none where the form does not ask for it.
    pub fn value(&self, asked: &[Asked], name: &str) -> Option<String> {
        asked.iter().position(|field| field.name == name).and_then(|at| self.mine.get(at).cloned())
    }
}

/// A form about a record that is there.
#[derive(Clone, Debug)]
pub struct Edit<'a> {
    /// The fields.
    pub asked: &'a [Asked],
    /// What they are now, in their order.
    pub now: Vec<String>,
    /// The version of the record now.
    pub version: Text<'a>,
    /// What was sent, where it was refused.
    pub typed: Option<Typed>,
    /// Why it was refused: the field, and a sentence.
    pub wrong: Option<(Option<String>, String)>,
    /// Nothing was written because somebody else changed the same.
    pub clash: bool,
    /// Who changed each field last, and when, in their order, where that is known.
    pub by: Vec<Option<String>>,
    /// Where it is sent to.
    pub action: Text<'a>,
    /// What it carries besides.
    pub hidden: Markup,
    /// Where one goes who leaves it.
    pub back: Text<'a>,
}

/// One field while the form is drawn.
struct Drawn<'e> {
    asked: &'e Asked,
    now: &'e str,
    was: &'e str,
    mine: &'e str,
    by: Option<&'e String>,
    outcome: Outcome,
}

impl Edit<'_> {
    fn drawn(&self) -> Vec<Drawn<'_>> {
        let one = |(at, asked)| {
            let now = self.now.get(at).map_or("", String::as_str);
            let sent = self.typed.as_ref();
            let was = sent.and_then(|sent| sent.was.get(at)).map_or(now, String::as_str);
            let mine = sent.and_then(|sent| sent.mine.get(at)).map_or(now, String::as_str);
            let by = self.by.get(at).and_then(Option::as_ref);
            Drawn { asked, now, was, mine, by, outcome: Outcome::of(was, now, mine) }
        };
        self.asked.iter().enumerate().map(one).collect()
    }

    /// What somebody else changed and this form did not: it is told, and stays.
    fn merged(&self, drawn: &[Drawn<'_>]) -> Markup {
        let theirs: Vec<_> = drawn.iter().filter(|field| field.outcome == Outcome::Theirs).collect();
        let fields = html! {
            @for (n, field) in theirs.iter().enumerate() {
                @if 0 < n { ", " } (field.asked.label) ": " strong { (words(field.asked, field.now)) }
            }
        };
        html! {
            @if self.clash && !theirs.is_empty() {
                p .small { (tell!("Only they changed {fields}. That stays.", fields = fields)) }
            }
        }
    }

    fn field(&self, field: &Drawn<'_>, first: bool) -> Markup {
        if self.asks(field) {
            return compare(field, first);
        }
        let value = if self.clash && field.outcome == Outcome::Theirs { field.now } else { field.mine };
        let opened_on = if self.clash { field.now } else { field.was };
        let error = match &self.wrong {
            Some((at, words)) if !self.clash && at.as_deref() == Some(field.asked.name) => {
                Some(words.clone())
            }
            _ => None,
        };
        let opens = error.is_some();
        html! {
            (hidden(&format!("was.{}", field.asked.name), opened_on))
            (control(field.asked, value, error, opens))
        }
    }

    /// Whether somebody has to say what the field is to be.
    fn asks(&self, field: &Drawn<'_>) -> bool {
        self.clash && field.outcome == Outcome::Differs
    }

    /// What was refused beside the fields.
    fn told(&self) -> Markup {
        let at_a_field = |at: &Option<String>| {
            let named = |field: &Asked| at.as_deref() == Some(field.name);
            self.asked.iter().any(named)
        };
        html! {
            @match &self.wrong {
                Some(_) if self.clash => {
                    (Note::bad(say!("Somebody changed this while you were writing. Nothing of yours is written yet: say for each what it is to be, and keep it again.")))
                },
                Some((at, words)) if !at_a_field(at) => { (Note::bad(words)) },
                _ => {},
            }
        }
    }
}

impl Render for Edit<'_> {
    fn render(&self) -> Markup {
        let drawn = self.drawn();
        let first = drawn.iter().position(|field| self.asks(field));
        let version = match &self.typed {
            Some(typed) if !self.clash => typed.version.as_str(),
            _ => &self.version,
        };
        html! {
            form .form method="post" action=(self.action) data-edit {
                (self.hidden) (hidden("version", version))
                (self.told()) (self.merged(&drawn))
                @for (n, field) in drawn.iter().enumerate() { (self.field(field, first == Some(n))) }
                div .acts { (Button::submit(say!("Keep it")).main_act()) (Button::link(say!("Cancel"), &*self.back).quiet()) }
            }
        }
    }
}

fn compare(field: &Drawn<'_>, opens: bool) -> Markup {
    let spoken = |value: &str| Text::from(words(field.asked, value));
    let both = |value: &str| (Text::from(value.to_owned()), spoken(value));
    Compare {
        name: field.asked.name,
        label: &field.asked.label,
        was: spoken(field.was),
        theirs: both(field.now),
        mine: both(field.mine),
        by: field.by.map(|by| Text::from(by.as_str())),
        anew: match field.asked.how {
            Asks::Line(kind) => Some(kind),
            _ => None,
        },
        opens,
    }
    .render()
}

/// A value as people read it.
fn words(asked: &Asked, value: &str) -> String {
    let known = |all: &[(&str, &str)]| {
        let spoken = value
            .split(", ")
            .map(|part| all.iter().find(|(sent, _)| *sent == part).map_or(part, |(_, words)| *words));
        spoken.collect::<Vec<_>>().join(", ")
    };
    match &asked.how {
        Asks::Yes => if value.is_empty() { say!("no") } else { say!("yes") }.into_owned(),
        _ if value.is_empty() => say!("nothing").into_owned(),
        Asks::Line(_) => value.to_owned(),
        Asks::One(all) => known(&all.iter().map(|(sent, words)| (*sent, &**words)).collect::<Vec<_>>()),
        Asks::Any(all) => known(&all.iter().map(|(sent, words, _)| (*sent, &**words)).collect::<Vec<_>>()),
    }
}

fn control(asked: &Asked, value: &str, error: Option<String>, opens: bool) -> Markup {
    let label = || asked.label.clone();
    let dress = |field: Field<'static>| {
        let field = field.id(format!("e-{}", asked.name)).error(error.clone());
        let field = if asked.hint.is_empty() { field } else { field.hint(asked.hint.clone()) };
        if opens { field.autofocus() } else { field }.render()
    };
    match &asked.how {
        Asks::Line(kind) => dress(Field::input(kind, asked.name, label()).value(value.to_owned())),
        Asks::One(all) => {
            let choices = all.iter().map(|(sent, words)| Choice::new(*sent, words.clone())).collect();
            dress(Field::select(asked.name, label(), choices).value(value.to_owned()))
        }
        Asks::Yes => dress(Field::check(asked.name, label(), !value.is_empty()).value("1")),
        Asks::Any(all) => {
            let checks = all.iter().fold(Checks::any(asked.name, label()), |checks, (sent, words, about)| {
                checks.answer(*sent, &**words, about, value.split(", ").any(|part| part == *sent))
            });
            checks.error(error.clone()).render()
        }
    }
}

/// The link that turns a group into its form: `what` is what is edited, `name` the group. Who has kept the form or left it
/// comes back to this link.
pub fn edit_link(href: &str, name: &str, what: &str) -> Markup {
    html! { a .edit id={ "edit-" (name) } href=(href) aria-label=(say!("Edit {what}")) { "Edit" } }
}

/// An address or a number as a link that opens what reaches somebody by it, reading its own way; without one it is only told.
pub fn reached(text: &str, address: Option<&str>) -> Markup {
    html! {
        @match address {
            Some(address) => { a .reached href=(address) rel="noreferrer" { bdi { (text) } } },
            None => { bdi { (text) } },
        }
    }
}

/// Why a form was refused, as [`Edit`] takes it.
pub fn refusal(problem: &kernel::Problem) -> (Option<String>, String) {
    (problem.field.clone(), sentence(&problem.message))
}
