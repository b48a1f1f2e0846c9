//! Draft: what stands in the form of a mapping, as text, and what is wrong with it.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Currency, Problem};
use speech::say;
use timeline::fact::{Channel, Offer};

use super::rules::{checks, lists};
use crate::{
    DateOrder, DecimalSign, Mapping, Meaning, Now, Target,
    ops::view::{ShownColumn, ShownImport},
    retold::retold,
    vocabulary::meaning_for,
};

/// The form of a mapping, filled in.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    fields: BTreeMap<String, String>,
    errors: BTreeMap<String, String>,
}

/// The field of the mapping as text.
pub(super) const TEXT: &str = "text";

/// The field of a column by its place in the file.
pub(super) fn column_field(at: usize) -> String {
    format!("column.{at}")
}

impl Draft {
    /// The form as an import fills it.
    pub(super) fn begun(import: &ShownImport) -> Draft {
        match Mapping::draft(&import.mapping) {
            _ if import.closed => Draft::default(),
            Ok(mapping) => {
                let mut draft = Draft::of(&mapping, &import.mapping, &import.columns);
                super::reading::fill(&mut draft, &mapping.reading);
                draft
            }
            Err(problem) => {
                let mut draft = Draft::default().with_text(&import.mapping);
                draft.refuse(TEXT, ui::sentence(&retold(&problem.message)));
                draft
            }
        }
    }

    /// The form as a mapping fills it.
    fn of(mapping: &Mapping, text: &str, columns: &[ShownColumn]) -> Draft {
        let mut draft = Draft::default();
        let mut mapping = mapping.clone();
        for (at, column) in columns.iter().enumerate() {
            draft.put(&column_field(at), column.meaning.as_deref().unwrap_or_default());
        }
        draft.put("target", mapping.target.as_str());
        let fixed = &mapping.fixed;
        draft.put("fixed.line", &fixed.line);
        draft.put("fixed.industry", fixed.industry.as_deref().unwrap_or_default());
        draft.put("fixed.offer", fixed.offer.map_or("", Offer::as_str));
        draft.put("fixed.channel", fixed.channel.map_or("", Channel::as_str));
        draft.put("fixed.currency", fixed.currency.as_ref().map_or("", |currency| currency.code()));
        draft.put("fixed.zone", &fixed.zone);
        draft.put("fixed.party_space", &fixed.party_space);
        draft.put("now", mapping.now.as_str());
        draft.put("formats.dates", mapping.formats.dates.as_str());
        draft.put("formats.decimal", mapping.formats.decimal.as_str());
        for (field, _, list) in lists() {
            draft.put(field, &list(&mut mapping.rules).join("\n"));
        }
        for (field, _, check) in checks() {
            draft.put(field, if *check(&mut mapping) { "on" } else { "" });
        }
        draft.put(TEXT, text);
        draft
    }

    /// The form as somebody filled it in; what they did not send stays as it was.
    pub(super) fn typed(self, form: &[(String, String)]) -> Draft {
        let mut draft = self;
        let sent = |name: &str| form.iter().find(|(field, _)| field == name).map(|(_, value)| value.trim());
        if sent(TEXT).is_none() {
            for (field, ..) in checks() {
                draft.put(field, "");
            }
        }
        let known: Vec<String> = draft.fields.keys().cloned().collect();
        for field in known {
            if let Some(value) = sent(&field) {
                draft.put(&field, value);
            }
        }
        draft
    }

    /// With the mapping as text, where nothing else of it can be read.
    fn with_text(mut self, text: &str) -> Draft {
        self.put(TEXT, text);
        self
    }

    /// Writes into a field.
    pub(super) fn put(&mut self, field: &str, value: &str) {
        self.fields.insert(field.to_owned(), value.to_owned());
    }

    /// What stands in a field.
    pub(super) fn value(&self, field: &str) -> &str {
        self.fields.get(field).map_or("", String::as_str)
    }

    /// Whether a box is checked.
    pub(super) fn is_on(&self, field: &str) -> bool {
        !self.value(field).is_empty()
    }

    /// What is wrong with a field.
    pub(super) fn error(&self, field: &str) -> Option<&str> {
        self.errors.get(field).map(String::as_str)
    }

    /// What is wrong with fields whose names begin so.
    pub(super) fn errors_in(&self, start: &str) -> impl Iterator<Item = &str> {
        let within = self.errors.iter().filter(move |(field, _)| field.starts_with(start));
        within.map(|(_, error)| error.as_str())
    }

    /// Whether anything is wrong.
    pub(super) fn is_refused(&self) -> bool {
        !self.errors.is_empty()
    }

    /// Writes down what is wrong with a field.
    pub(super) fn refuse(&mut self, field: &str, error: impl Into<String>) {
        self.errors.entry(field.to_owned()).or_insert(error.into());
    }

    /// Writes a refusal of the mapping at the field that it is about.
    pub(super) fn refuse_for(&mut self, problem: &Problem) {
        let field = problem.field.as_deref().unwrap_or("columns");
        let said = match field {
            "columns.date" => say!("Say which column tells the date."),
            "columns.line_amount" => {
                say!("Say which column tells an amount: line amount, price of one or order total.")
            }
            "columns.order_number" => {
                say!("Say which column tells the order number, or who bought: party id, party name or email.")
            }
            "fixed.currency" => say!("No column tells the currency: write its code, such as GBP."),
            "fixed.line" => say!("The service line needs a name, such as Shop."),
            _ => ui::sentence(&retold(&problem.message)).into(),
        };
        self.refuse(field, said);
    }

    /// The mapping that the form asks for, on top of what the form does not show; what is wrong is written down.
    pub(super) fn mapping(&mut self, base: &Mapping, columns: &[ShownColumn]) -> Option<Mapping> {
        let mut mapping = base.clone();
        mapping.target = word(Target::ALL, Target::as_str, self.value("target")).unwrap_or(base.target);
        if mapping.target != base.target {
            self.propose(mapping.target, columns);
        }
        mapping.columns = self.columns(columns);
        let fixed = &mut mapping.fixed;
        self.value("fixed.line").clone_into(&mut fixed.line);
        fixed.industry = said(self.value("fixed.industry")).map(str::to_owned);
        fixed.offer = Offer::parse(self.value("fixed.offer"));
        fixed.channel = Channel::parse(self.value("fixed.channel"));
        fixed.currency = self.currency();
        self.value("fixed.zone").clone_into(&mut fixed.zone);
        said(self.value("fixed.party_space")).unwrap_or("customers").clone_into(&mut fixed.party_space);
        mapping.now = word(Now::ALL, Now::as_str, self.value("now")).unwrap_or(base.now);
        let formats = &mut mapping.formats;
        formats.dates =
            word(DateOrder::ALL, DateOrder::as_str, self.value("formats.dates")).unwrap_or(formats.dates);
        formats.decimal = word(DecimalSign::ALL, DecimalSign::as_str, self.value("formats.decimal"))
            .unwrap_or(formats.decimal);
        for (field, _, list) in lists() {
            *list(&mut mapping.rules) = lines(self.value(field));
        }
        for (field, _, check) in checks() {
            *check(&mut mapping) = self.is_on(field);
        }
        let mapping = mapping.with_fewer();
        if !self.is_refused()
            && let Err(problem) = mapping.check()
        {
            self.refuse_for(&problem);
        }
        (!self.is_refused()).then_some(mapping)
    }

    /// Rows that become something else have columns that mean something else: what their names say.
    fn propose(&mut self, target: Target, columns: &[ShownColumn]) {
        let mut given = BTreeSet::new();
        for (at, column) in columns.iter().enumerate() {
            let meaning = meaning_for(target, &column.name).map(|(meaning, _)| meaning);
            let meaning = meaning.filter(|meaning| given.insert(*meaning));
            self.put(&column_field(at), meaning.map_or("", Meaning::as_str));
        }
        if target.needs_line() && self.value("fixed.line").is_empty() {
            self.put("fixed.line", "Shop");
        }
    }

    fn columns(&mut self, columns: &[ShownColumn]) -> BTreeMap<Meaning, String> {
        let mut found: BTreeMap<Meaning, String> = BTreeMap::new();
        for (at, column) in columns.iter().enumerate() {
            let field = column_field(at);
            let Some(meaning) = word(Meaning::ALL, Meaning::as_str, self.value(&field)) else { continue };
            if let Some(other) = found.insert(meaning, column.name.clone()) {
                let label = speech::word!(meaning.label());
                self.refuse(&field, say!("{label} is the column {other} already; choose one of the two."));
            }
        }
        found
    }

    fn currency(&mut self) -> Option<Currency> {
        let code = said(self.value("fixed.currency"))?.to_uppercase();
        let parsed = Currency::parse(&code);
        if parsed.is_err() {
            self.refuse(
                "fixed.currency",
                say!("{code} is no currency of ISO 4217; write a code such as GBP."),
            );
        }
        parsed.ok()
    }
}

fn said(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

/// The value of a word, by the list of all values.
fn word<T: Copy>(all: &[T], of: fn(T) -> &'static str, word: &str) -> Option<T> {
    all.iter().copied().find(|value| of(*value) == word)
}

/// The entries of a list, one a line; blank ones are none.
fn lines(text: &str) -> Vec<String> {
    text.lines().filter_map(said).map(str::to_owned).collect()
}
