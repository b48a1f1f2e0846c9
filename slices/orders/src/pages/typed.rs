//! What stands in the fields of an order, an invoice or a payment that is recorded by hand.

use std::borrow::Cow;

use ::store::Tx;
use accounts::ops::{Named, Shown, glance};
use kernel::{Currency, Day, Money, Problem, ProblemKind, Result};
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{html, say, word};
use timeline::{fact::Offer, store as timeline_store};
use ui::{Button, Choice, Field, Head, Note, enter, hidden};

use super::order::capital;

/// What is asked, beside the service line and the kind of offer.
pub(super) struct Asked {
    /// What is recorded.
    pub(super) what: What,
    /// What one should know of it.
    pub(super) lead: &'static str,
    /// The last part of its address: `orders`.
    pub(super) noun: &'static str,
    /// Where its account shows it.
    pub(super) at: &'static str,
    /// Its fields.
    pub(super) fields: &'static [Question],
}

/// What is recorded by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Order,
    Invoice,
    Payment,
}

/// A field of such a form. Its words stand in English, and are said where it is shown.
pub(super) struct Question {
    /// Its name.
    pub(super) name: &'static str,
    /// What is asked.
    pub(super) label: &'static str,
    /// `text` or `date`.
    pub(super) kind: &'static str,
    /// An example, or what an empty one means.
    pub(super) hint: &'static str,
    /// It has to be filled in.
    pub(super) must: bool,
}

/// What was typed, and to whom.
pub(super) struct Typed<'a> {
    visit: &'a Visit<'a>,
    pub(super) account: Shown,
    lines: Vec<String>,
    asked: &'static Asked,
    wrong: Option<Problem>,
}

impl<'a> Typed<'a> {
    /// An empty form, or what was sent.
    pub(super) fn read(visit: &'a Visit<'a>, tx: &mut Tx<'_>, asked: &'static Asked) -> Result<Typed<'a>> {
        let account = glance(visit.cx, tx, Named { id: visit.part("id")?.to_owned() })?;
        let lines = timeline_store::lines(tx)?.into_iter().map(|line| line.name).collect();
        Ok(Typed { visit, account, lines, asked, wrong: None })
    }

    /// Where it leads: to the account, or back to the form with what is wrong.
    pub(super) fn answer<T>(self, kept: Result<T>) -> Result<Reply> {
        match kept {
            Ok(_) => Ok(Reply::Go(format!("/accounts/{}#{}", self.account.id, self.asked.at))),
            // A line that was just made goes with the refusal.
            Err(wrong)
                if wrong.kind == ProblemKind::Invalid && (self.is_known_line() || self.is_own(&wrong)) =>
            {
                Ok(Typed { wrong: Some(wrong), ..self }.page())
            }
            Err(problem) => Err(problem),
        }
    }

    /// The form as a page.
    pub(super) fn page(&self) -> Reply {
        Reply::Page { title: self.title().into(), place: "/relationships", body: self.render() }
    }

    fn title(&self) -> Cow<'static, str> {
        match self.asked.what {
            What::Order => say!("Record an order"),
            What::Invoice => say!("Record an invoice"),
            What::Payment => say!("Record a payment"),
        }
    }

    /// What a field says.
    pub(super) fn text(&self, name: &str) -> String {
        self.visit.field(name).unwrap_or_default().to_owned()
    }

    /// What a field says, unless it is empty.
    pub(super) fn said(&self, name: &str) -> Option<String> {
        self.visit.field(name).map(str::to_owned)
    }

    /// The currency of all amounts.
    pub(super) fn currency(&self) -> Result<Currency> {
        Currency::parse(&self.text("currency").to_uppercase()).map_err(|problem| own("currency", problem))
    }

    /// Looks at a day and at amounts before anything is written.
    pub(super) fn check(&self, days: &[&str], amounts: &[&str]) -> Result<()> {
        let currency = self.currency()?;
        for name in days {
            let day = self.said(name).map(|text| Day::parse(&text)).transpose();
            day.map_err(|problem| own(name, problem))?;
        }
        for name in amounts {
            let amount = self.said(name).map(|text| Money::parse(&text, currency)).transpose();
            amount.map_err(|problem| own(name, problem))?;
        }
        let missing = self.asked.fields.iter().find(|field| field.must && self.said(field.name).is_none());
        match missing {
            Some(field) => {
                let text = say!("{} is blank; it has to be filled in", small(&word!(field.label)));
                Err(own(field.name, Problem::invalid(field.name, "orders.blank", text)))
            }
            None => Ok(()),
        }
    }

    fn is_known_line(&self) -> bool {
        let line = self.text("line");
        self.lines.contains(&line)
    }

    /// What [`Typed::check`] refuses, before a line is made.
    fn is_own(&self, wrong: &Problem) -> bool {
        wrong.field.as_deref().is_some_and(|field| self.asked.fields.iter().any(|one| one.name == field))
    }

    fn error(&self, field: &str) -> Option<String> {
        let wrong = self.wrong.as_ref().filter(|wrong| wrong.field.as_deref() == Some(field));
        wrong.map(|wrong| ui::sentence(&wrong.message))
    }

    fn field(&self, one: &'static Question) -> Markup {
        let value = match (one.kind, one.must, self.visit.form.is_empty()) {
            ("date", true, true) => self.visit.cx.today().to_string(),
            _ => self.text(one.name),
        };
        let field =
            Field::input(one.kind, one.name, word!(one.label)).value(value).error(self.error(one.name));
        let hint = word!(one.hint);
        let field = if one.kind == "date" { field.hint(hint) } else { field.placeholder(hint) };
        html! { (if one.must { field.required() } else { field }) }
    }

    /// The service line and the kind of offer.
    fn first(&self) -> Markup {
        let line = self.text("line");
        let lines = self.lines.iter().map(|line| Choice::new(line.as_str(), line.as_str())).collect();
        let offers = Offer::ALL
            .iter()
            .map(|offer| Choice::new(offer.as_str(), capital(&word!(offer.as_str().replace('_', " ")))));
        let offers = std::iter::once(Choice::new("", say!("Not said"))).chain(offers).collect();
        html! {
            @if self.lines.is_empty() {
                (Field::text("line", say!("Service line")).value(line).placeholder(say!("Shop")).error(self.error("line")).required())
            } @else {
                (Field::select("line", say!("Service line"), lines).value(line).error(self.error("line")))
            }
            (Field::select("offer", say!("What kind of thing"), offers).value(self.text("offer")).error(self.error("offer")))
        }
    }
}

/// A refusal of a field of the form.
fn own(field: &str, problem: Problem) -> Problem {
    Problem { field: Some(field.to_owned()), kind: ProblemKind::Invalid, ..problem }
}

impl Render for Typed<'_> {
    fn render(&self) -> Markup {
        let home = format!("/accounts/{}", self.account.id);
        let trail = html! { a href=(home) { (self.account.name) } };
        let lead = html! { (word!(self.asked.lead)) };
        let above = self.wrong.as_ref().filter(|wrong| {
            !self.is_own(wrong) && !["line", "offer"].contains(&wrong.field.as_deref().unwrap_or_default())
        });
        html! {
            (Head { title: self.title(), trail: Some(trail), lead: Some(lead), narrow: true, ..Head::default() })
            div .group .narrow {
                form .form method="post" action={ (home) "/" (self.asked.noun) } {
                    (hidden("csrf", self.visit.csrf)) (enter())
                    @if let Some(wrong) = above { (Note::bad(ui::sentence(&wrong.message))) }
                    div .pair { (self.first()) @for one in self.asked.fields { (self.field(one)) } }
                    div .acts {
                        (Button::submit(say!("Record it")).main_act())
                        (Button::link(say!("Cancel"), home).quiet())
                    }
                }
            }
        }
    }
}

/// With a small letter at the start, where the language has nouns so.
fn small(label: &str) -> String {
    if speech::language() == speech::Language::English { label.to_lowercase() } else { label.to_owned() }
}
