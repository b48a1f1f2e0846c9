//! An import: a file that was received, what it is read as, and how far it has come.

use std::collections::BTreeMap;

use kernel::{Actor, Context, Id, Problem, Result, Role};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use speech::say;
use timeline::fact::ImportKind;

use crate::Rejection;

/// The id of an import.
pub type ImportId = Id<ImportKind>;

/// An import as it is kept.
#[derive(Clone, Debug)]
pub struct Run {
    /// Its id.
    pub id: ImportId,
    /// The name of its file.
    pub name: String,
    /// The SHA-256 of its bytes, under which they are kept.
    pub sha256: String,
    /// How many bytes it has.
    pub bytes: i64,
    /// How far it has come.
    pub state: State,
    /// How the file is written, as JSON.
    pub dialect: String,
    /// What its columns mean, as TOML.
    pub mapping: String,
    /// Its columns as they were found, as JSON.
    pub columns: String,
    /// What a person has to say before it can run, as JSON.
    pub questions: String,
    /// Rows in the file; 0 before they were counted.
    pub total: i64,
    /// Rows done.
    pub done: i64,
    /// Rows from the beginning of the file whose batches are in, by whichever try; 0 before the first.
    pub written: i64,
    /// What the dry run said, as JSON; empty before it.
    pub planned: String,
    /// What the import did, as JSON; empty before it.
    pub result: String,
    /// Why it stopped; empty unless it did.
    pub failure: String,
    /// The service line it wrote to; 0 before it ran.
    pub line: i64,
    /// The number of the person who brought the file in; 0 for the house.
    pub by: i64,
    /// When it was received, in microseconds.
    pub created_at: i64,
    /// When it ended, in microseconds; 0 before.
    pub finished_at: i64,
    /// The number of the first of the imports that came together with it; 0 for one that came alone.
    pub bundle: i64,
    /// Its place among them, the first being 0.
    pub part: i64,
    /// The table of the file that it reads; empty where the file is one table.
    pub table: String,
    /// The name under which the text is kept that is read; empty where that is the file itself.
    pub kept: String,
    /// It is not imported with the others; they may still look values up in it.
    pub left_out: bool,
}

/// In place of the rows that are in: taking the import back began and did not end, so no row marks what is in.
pub const HALF_UNDONE: i64 = -1;

/// How far an import has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Received; its mapping may be looked at and changed.
    Received,
    /// The dry run is under way.
    Planning,
    /// The dry run is done.
    Planned,
    /// Rows are being written.
    Running,
    /// Rows were being written and somebody said to wait.
    Paused,
    /// All rows are in.
    Done,
    /// It stopped; nothing of the step that failed was written.
    Failed,
    /// What it brought is being taken back.
    Undoing,
    /// What it brought was taken back, but for what stays with others.
    Undone,
}

impl State {
    /// Every state.
    pub const ALL: [State; 9] = [
        State::Received,
        State::Planning,
        State::Planned,
        State::Running,
        State::Paused,
        State::Done,
        State::Failed,
        State::Undoing,
        State::Undone,
    ];

    /// The states from which a step may begin: a dry run, a run, a change of the mapping.
    pub const RESTING: [State; 4] = [State::Received, State::Planned, State::Failed, State::Undone];

    /// The word in the table and in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Received => "received",
            State::Planning => "dry run",
            State::Planned => "dry run done",
            State::Running => "running",
            State::Paused => "paused",
            State::Done => "done",
            State::Failed => "failed",
            State::Undoing => "being taken back",
            State::Undone => "taken back",
        }
    }

    /// The state of that word.
    pub fn parse(word: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

impl Run {
    /// What people call it: its file, and the table in it where it has several.
    pub fn called(&self) -> String {
        if self.table.is_empty() { self.name.clone() } else { format!("{}, {}", self.name, self.table) }
    }

    /// The first of the imports that came together, itself where it came alone: the work of all is done in its name.
    pub fn lead(&self) -> ImportId {
        if self.bundle == 0 { self.id } else { ImportId::new(self.bundle) }
    }

    /// The name under which the text is kept that is read.
    pub fn kept_name(&self) -> &str {
        if self.kept.is_empty() { &self.sha256 } else { &self.kept }
    }

    /// The context in which its rows are planned and written: what whoever brought the file may not see is not there.
    pub fn on_behalf(&self, house: Context) -> Context {
        // A step is asked for by those who may; here only whose eyes it has counts.
        let person = Actor::User { id: self.by, role: Role::Reader };
        Context { actor: if self.by == 0 { Actor::System } else { person }, ..house }
    }

    /// Whether some of its rows are in.
    pub fn has_written(&self) -> bool {
        self.line != 0 || self.written != 0
    }

    /// Refuses to read it otherwise when rows were written, or are being.
    ///
    /// # Errors
    /// `imports.state`, saying what the import is doing or did.
    pub fn must_be_unwritten(&self) -> Result<()> {
        self.must_rest()?;
        if !self.has_written() {
            return Ok(());
        }
        let text = say!(
            "import of {} wrote rows by its mapping before it stopped; run it again by the same one",
            self.called()
        );
        Err(Problem::conflict("imports.state", text))
    }

    /// Refuses a step that cannot begin now.
    ///
    /// # Errors
    /// `imports.state`, saying what the import is doing.
    pub fn must_rest(&self) -> Result<()> {
        if State::RESTING.contains(&self.state) {
            return Ok(());
        }
        let now = match self.state {
            State::Done => {
                say!("its rows are in already; send the file again to import what it has more by now")
            }
            State::Paused => say!("it is paused; resume it, or cancel it to take back what is in"),
            _ => say!("it is under way; wait until it has ended"),
        };
        Err(Problem::conflict("imports.state", say!("import of {} cannot be changed: {now}", self.called())))
    }
}

/// What came of the rows of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Outcome {
    /// Rows in the file; each is created, skipped, excluded or rejected.
    pub rows: i64,
    /// Rows that could not be read, each listed with its reason.
    pub reject: i64,
    /// Rows that a rule of the mapping leaves out.
    pub exclude: i64,
    /// How many of them each rule leaves out.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub left_out: BTreeMap<String, i64>,
    /// Rows that say anew what a known record tells.
    #[serde(default, skip_serializing_if = "is_none")]
    pub update: i64,
    /// Rows that name what is known already, and say nothing new about it.
    #[serde(default, skip_serializing_if = "is_none")]
    pub link: i64,
    /// Different order numbers.
    pub order_numbers: i64,
    /// What the other rows come to.
    #[serde(flatten)]
    pub lines: orders::tally::Counts,
    /// The last day of a line that names somebody, as far as it has come; empty where none does.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub until: String,
    /// Where the file breaks off, when it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub damage: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape that serde asks for")]
pub(crate) fn is_none(count: &i64) -> bool {
    *count == 0
}

/// Rejections with more rows than this are counted and not listed.
pub const MOST_REJECTIONS: usize = 100_000;

/// The rejections of one batch that are still listed.
pub fn listed(already: usize, rejections: Vec<Rejection>) -> Vec<Rejection> {
    let room = MOST_REJECTIONS.saturating_sub(already);
    rejections.into_iter().take(room).collect()
}
