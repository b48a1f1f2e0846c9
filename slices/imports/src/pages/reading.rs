//! Reading: the form by which a person says how a file is written, where its letters or its columns come out wrong.

use std::borrow::Cow;

use ::store::Tx;
use kernel::{ProblemKind, Result};
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{html, say, word};
use ui::{Button, Choice, Field, hidden};

use super::{address, draft::Draft, import};
use crate::{
    Reading,
    ops::{
        reading::{self, SetReading},
        view::{self, Named, ShownImport},
    },
    reading::OFFERED,
    retold::retold,
};

/// The fields of the form.
const ENCODING: &str = "reading.encoding";
const DELIMITER: &str = "reading.delimiter";
const OTHER: &str = "reading.other";

/// In place of a delimiter: the one that is written beside it.
const ANOTHER: &str = "another";

/// Delimiters that have a choice of their own.
fn delimiters() -> [(&'static str, Cow<'static, str>); 5] {
    [
        (",", say!("Comma")),
        (";", say!("Semicolon")),
        ("tab", say!("Tab")),
        ("|", say!("Pipe")),
        ("one column", say!("Nothing: it is one column")),
    ]
}

/// Answers `POST /imports/{id}/reading`.
pub(super) fn set(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let id = visit.part("id")?.to_owned();
    let field = |name: &str| visit.field(name).unwrap_or_default().to_owned();
    let delimiter = match field(DELIMITER).as_str() {
        ANOTHER => field(OTHER),
        chosen => chosen.to_owned(),
    };
    let input = SetReading { id: id.clone(), encoding: Some(field(ENCODING)), delimiter: Some(delimiter) };
    match reading::set_reading(visit.cx, tx, input) {
        Err(problem) if problem.kind == ProblemKind::Invalid => {
            let import = view::view(visit.cx, tx, Named { id })?;
            let mut draft = Draft::begun(&import);
            [ENCODING, DELIMITER, OTHER].into_iter().for_each(|name| draft.put(name, &field(name)));
            let at = match problem.field.as_deref() {
                Some("delimiter") if field(DELIMITER) == ANOTHER => OTHER,
                Some("delimiter") => DELIMITER,
                _ => ENCODING,
            };
            draft.refuse(at, ui::sentence(&retold(&problem.message)));
            import::answer(visit, tx, Some(draft))
        }
        answer => answer.map(|import| Reply::Go(address(&import.id, ""))),
    }
}

/// Fills the form with what was said.
pub(super) fn fill(draft: &mut Draft, said: &Reading) {
    let delimiter = said.delimiter.clone().map(String::from).unwrap_or_default();
    let is_choice = delimiter.is_empty() || delimiters().iter().any(|(value, _)| *value == delimiter);
    draft.put(ENCODING, said.encoding.map_or("", |encoding| encoding.name()));
    draft.put(DELIMITER, if is_choice { &delimiter } else { ANOTHER });
    draft.put(OTHER, if is_choice { "" } else { &delimiter });
}

/// The form.
pub(super) struct ReadingForm<'a> {
    pub(super) import: &'a ShownImport,
    pub(super) draft: &'a Draft,
    pub(super) csrf: &'a str,
}

impl Render for ReadingForm<'_> {
    fn render(&self) -> Markup {
        // A table that is one column, or of which no column means anything, was likely read wrong.
        let is_lump = self.import.columns.len() < 2
            || self.import.columns.iter().all(|column| column.meaning.is_none());
        let open = is_lump || self.draft.errors_in("reading.").next().is_some();
        html! {
            details open[open] {
                summary .btn { "Wrong letters, or columns in one lump" span .chev {} }
                form .group method="post" action=(address(&self.import.id, "/reading")) {
                    (hidden("csrf", self.csrf))
                    p .small .soft { "Say how the file is written, and its columns are read and proposed anew; what was said of them before is gone." }
                    div .trio { (self.encoding()) (self.delimiter()) (self.other()) }
                    p .acts .group { (Button::submit(say!("Read it so"))) }
                }
            }
        }
    }
}

impl ReadingForm<'_> {
    fn encoding(&self) -> Field<'_> {
        let found = [Choice::new("", say!("As it is found out"))];
        let mut choices: Vec<_> =
            found.into_iter().chain(OFFERED.map(|(name, label)| Choice::new(name, word!(label)))).collect();
        let value = self.draft.value(ENCODING);
        if choices.iter().all(|choice| choice.value != value) {
            choices.push(Choice::new(value, value));
        }
        let field = Field::select(ENCODING, say!("Letters are written in"), choices).value(value);
        field
            .hint(say!("What the program that wrote it calls its encoding."))
            .error(self.draft.error(ENCODING))
    }

    fn delimiter(&self) -> Field<'_> {
        let found = [Choice::new("", say!("As it is found out"))];
        let all = found.into_iter().chain(delimiters().map(|(value, label)| Choice::new(value, label)));
        let choices = all.chain([Choice::new(ANOTHER, say!("Another character"))]).collect();
        let field = Field::select(DELIMITER, say!("Between two cells stands"), choices);
        field.value(self.draft.value(DELIMITER)).error(self.draft.error(DELIMITER))
    }

    fn other(&self) -> Field<'_> {
        let field = Field::text(OTHER, say!("The other character")).value(self.draft.value(OTHER));
        field.hint(say!("Where another one is chosen.")).error(self.draft.error(OTHER))
    }
}
