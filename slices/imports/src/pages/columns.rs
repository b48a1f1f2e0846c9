//! Columns: the form that says what the columns of a file mean, what the file does not tell, and its rules.

use std::borrow::Cow;

use maud::{Markup, Render};
use speech::{html, say, word};
use timeline::fact::{Channel, Offer};
use ui::{Button, Cell, Choice, Column, Field, Row, Table, count, hidden};

use super::{
    address,
    draft::{Draft, TEXT, column_field},
    rules::{checks, lists},
};
use crate::{
    DateOrder, Mapping, Meaning, Target, classify,
    industry::INDUSTRIES,
    ops::view::{ShownColumn, ShownImport},
    record::shortened,
    retold::retold,
};

/// The step in which a file is understood.
pub(super) struct Columns<'a> {
    pub(super) import: &'a ShownImport,
    pub(super) mapping: Option<&'a Mapping>,
    pub(super) draft: &'a Draft,
    pub(super) csrf: &'a str,
    /// It may be changed now, by this visitor.
    pub(super) open: bool,
    /// The next thing to do is to look at it.
    pub(super) asked: bool,
}

impl Render for Columns<'_> {
    fn render(&self) -> Markup {
        match (self.open, self.asked) {
            (true, true) => self.form(),
            (true, false) => fold(&say!("Change columns and rules"), self.draft.is_refused(), &self.form()),
            (false, _) => fold(&say!("Columns as they were read"), false, &self.table().render()),
        }
    }
}

impl Columns<'_> {
    fn form(&self) -> Markup {
        let action = address(&self.import.id, "/mapping");
        let refused = self.draft.errors_in("columns");
        let dry_run = Button::submit(say!("Save and make the dry run")).sends("then", "plan");
        html! {
            form method="post" action=(action) {
                (hidden("csrf", self.csrf))
                @for error in refused { p .err role="alert" { (error) } }
                (self.becomes())
                (self.table())
                h3 .group { "What the file does not tell" }
                (self.unsaid())
                div .group { (fold(&self.rules_in_words(), self.draft.errors_in("rules").next().is_some(), &self.rules())) }
                p .acts .group {
                    (if self.asked { dry_run.main_act() } else { dry_run })
                    (Button::submit(say!("Save")))
                }
            }
            div .group { (fold(&say!("The mapping as text"), self.draft.error(TEXT).is_some(), &self.as_text(&action))) }
        }
    }

    fn table(&self) -> Table<'_> {
        Table::plain(say!("Columns and their meaning"))
            .columns([
                Column::new(say!("In the file")),
                Column::new(say!("Meaning")),
                Column::new(say!("Samples")),
                Column::new(say!("Filled")).num(),
                Column::new(say!("Why")),
            ])
            .rows(self.import.columns.iter().enumerate().map(|(at, column)| self.row(at, column)))
    }

    fn row<'r>(&self, at: usize, column: &'r ShownColumn) -> Row<'r> {
        let samples: Vec<_> = column.samples.iter().map(|sample| shortened(sample)).collect();
        let filled = match self.import.rows {
            0 => count(i64::try_from(column.filled).unwrap_or(i64::MAX)),
            rows => say!("{} of {}", count(i64::try_from(column.filled).unwrap_or(i64::MAX)), count(rows)),
        };
        Row::new([
            Cell::head(column.name.as_str()),
            Cell::new(self.meaning(at, column)),
            Cell::soft(samples.join(" · ")),
            Cell::num(filled),
            Cell::faint(retold(&column.reason)),
        ])
    }

    fn meaning(&self, at: usize, column: &ShownColumn) -> Markup {
        let field = column_field(at);
        let value = self.draft.value(&field);
        if !self.open {
            let label = Meaning::ALL
                .iter()
                .find(|meaning| meaning.as_str() == value)
                .map(|meaning| word!(meaning.label()));
            return html! { @match label { Some(label) => { (label) }, None => { span .faint { "Not imported" } } } };
        }
        let meanings = self.target().meanings().iter();
        let choices = meanings.map(|meaning| Choice::new(meaning.as_str(), word!(meaning.label())));
        let choices = choices.chain([Choice::new("", say!("Do not import"))]).collect();
        let error = self.draft.error(&field);
        let label = say!("Meaning of {}", column.name);
        html! {
            (Field::select(field.clone(), label, choices).value(value).error(error).bare())
            @if let Some(error) = error { p .err id=(format!("f-{field}-error")) { (error) } }
        }
    }

    /// What the rows become, by what stands in the form.
    fn target(&self) -> Target {
        let word = self.draft.value("target");
        Target::ALL.iter().copied().find(|target| target.as_str() == word).unwrap_or_default()
    }

    fn becomes(&self) -> Markup {
        let targets = Target::ALL.iter().map(|target| (target.as_str(), word!(target.label()).into()));
        let names: Vec<_> = self.import.columns.iter().map(|column| column.name.clone()).collect();
        let hint = match classify::because(&names, self.target()) {
            Some(why) => say!("Proposed because {why}.", why = word!(why)).into(),
            None => say!("Another choice gives the columns other meanings."),
        };
        html! { div .trio { (self.choice("target", say!("What the rows are"), targets).hint(hint)) } }
    }

    fn text(&self, name: &'static str, label: Cow<'static, str>) -> Field<'_> {
        Field::text(name, label).value(self.draft.value(name)).error(self.draft.error(name))
    }

    fn choice(
        &self,
        name: &'static str,
        label: Cow<'static, str>,
        choices: impl IntoIterator<Item = (&'static str, Cow<'static, str>)>,
    ) -> Field<'_> {
        let mut choices: Vec<_> = choices.into_iter().map(|(value, text)| Choice::new(value, text)).collect();
        let value = self.draft.value(name);
        if !choices.iter().any(|choice| choice.value == value) {
            choices.push(Choice::new(value, value));
        }
        Field::select(name, label, choices).value(value).error(self.draft.error(name))
    }

    fn unsaid(&self) -> Markup {
        let not_said = || [("", say!("Not said"))];
        let industries = INDUSTRIES.map(|(word, name)| (word, word!(name).into()));
        let offers = Offer::ALL.iter().map(|offer| (offer.as_str(), offer_label(*offer)));
        let channels = Channel::ALL.iter().map(|channel| (channel.as_str(), channel_label(*channel)));
        let is_unsaid = self.draft.value("formats.dates") == DateOrder::Unsaid.as_str();
        let orders = DateOrder::ALL.iter().filter(|order| is_unsaid || **order != DateOrder::Unsaid);
        let dates = orders.map(|order| (order.as_str(), date_label(*order)));
        let now = [("end of data", say!("The last day in the data")), ("clock", say!("Today, by the clock"))];
        let decimal = [(".", say!("A point: 1,234.50")), (",", say!("A comma: 1.234,50"))];
        html! {
            div .trio {
                (self.text("fixed.line", say!("Service line")).hint(say!("New, or one you have.")))
                (self.choice("fixed.industry", say!("Its industry"), not_said().into_iter().chain(industries)).hint(say!("Moves an answer a little, never alone.")))
                (self.choice("fixed.offer", say!("What was bought"), not_said().into_iter().chain(offers)).hint(say!("The same for every row.")))
                (self.choice("fixed.channel", say!("How it was bought"), not_said().into_iter().chain(channels)).hint(say!("The same for every row.")))
                (self.text("fixed.currency", say!("Currency")).placeholder("GBP").hint(say!("Where no column tells it.")))
                (self.text("fixed.zone", say!("Time zone")).hint(say!("Such as Europe/London, or UTC.")))
                (self.choice("now", say!("Now is"), now).hint(say!("Until then time is counted.")))
                (self.choice("formats.dates", say!("Dates are written"), dates).hint(say!("As in the samples above.")))
                (self.choice("formats.decimal", say!("Decimals follow"), decimal).hint(say!("As in the samples above.")))
                (self.text("fixed.party_space", say!("Whose party ids")).hint(say!("The same word: the same parties.")))
            }
        }
    }

    fn rules(&self) -> Markup {
        html! {
            div .trio {
                @for (name, label, _) in lists() {
                    (Field::area(name, label).value(self.draft.value(name)).error(self.draft.error(name)).hint(say!("One a line.")))
                }
            }
            div .group {
                @for (name, label, _) in checks() { (Field::check(name, label, self.draft.is_on(name))) }
            }
        }
    }

    /// What the rules come to, before they are opened.
    fn rules_in_words(&self) -> String {
        let lists = lists().iter().filter(|(name, ..)| self.draft.is_on(name)).count();
        let checks = checks().iter().filter(|(name, ..)| self.draft.is_on(name)).count();
        match lists + checks {
            0 => say!("Rules: none").into_owned(),
            rules => say!("Rules: {rules} in force"),
        }
    }

    fn as_text(&self, action: &str) -> Markup {
        let hint = match self.mapping {
            Some(_) => say!("For experts: all of the above, and what the form does not show."),
            None => say!("It cannot be read; mend it here."),
        };
        let area = Field::area(TEXT, say!("The mapping, as TOML")).value(self.draft.value(TEXT));
        html! {
            form method="post" action=(action) {
                (hidden("csrf", self.csrf))
                (area.error(self.draft.error(TEXT)).hint(hint))
                p .acts .group { (Button::submit(say!("Save the text"))) }
            }
        }
    }
}

/// Something that opens.
fn fold(heading: &str, open: bool, body: &Markup) -> Markup {
    html! {
        details open[open] {
            summary .btn { (heading) span .chev {} }
            div .group { (body) }
        }
    }
}

fn offer_label(offer: Offer) -> Cow<'static, str> {
    match offer {
        Offer::Goods => say!("Goods"),
        Offer::GenericService => say!("A simple service: a meal, a night, a delivery"),
        Offer::Subscription => say!("A subscription"),
        Offer::Cover => say!("An insurance or banking product"),
        Offer::ManagedService => say!("A managed service: payroll, IT, property"),
        Offer::ProfessionalService => say!("A professional service"),
        Offer::Advice => say!("Advice"),
    }
}

fn channel_label(channel: Channel) -> Cow<'static, str> {
    match channel {
        Channel::Online => say!("Online"),
        Channel::Counter => say!("At a counter"),
        Channel::Person => say!("From a person"),
    }
}

fn date_label(order: DateOrder) -> Cow<'static, str> {
    match order {
        DateOrder::YearFirst => say!("Year first: 2025-03-04"),
        DateOrder::DayFirst => say!("Day first: 04.03.2025"),
        DateOrder::MonthFirst => say!("Month first: 3/4/2025"),
        DateOrder::EpochSeconds => say!("Seconds since 1970"),
        DateOrder::EpochMillis => say!("Milliseconds since 1970"),
        DateOrder::Unsaid => say!("Day or month first: say which"),
    }
}
