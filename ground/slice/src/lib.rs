//! The sockets that every slice fills and `app` collects: operations, tables, pages, panels, finders,
//! agendas, consequences, jobs. No behaviour of its own.

mod agenda;
mod consequence;
mod finder;
mod house;
mod job;
mod operation;
mod page;
mod panel;

pub use agenda::{Agenda, Change, Due, Matter, News, Next};
pub use consequence::{Consequence, Consequences, Deeds, Switching};
pub use finder::{Finder, Finding, Findings, numbers};
pub use house::House;
pub use job::{GaveUp, JobKind};
pub use operation::{Act, Head, Method, Operation, op};
pub use page::{Answer, FROM, PageRoute, Reply, Visit};
pub use panel::AccountPanel;

use serde_json::Value;
use store::{Migration, Table};

/// What a slice brings to the house.
pub struct Slice {
    /// Its name: folder, crate and first part of its codes.
    pub name: &'static str,
    /// The steps of its tables.
    pub migrations: &'static [Migration],
    /// Its tables, in the order of the canonical dump.
    pub tables: &'static [&'static Table],
    /// Its operations.
    pub operations: Vec<Operation>,
    /// Its pages and forms.
    pub pages: &'static [PageRoute],
    /// What it shows on the page of an account.
    pub panels: &'static [AccountPanel],
    /// What it finds for words.
    pub finders: &'static [Finder],
    /// What it brings to the page of today.
    pub agendas: &'static [Agenda],
    /// What it has to say when a relationship is served as another class.
    pub consequences: &'static [Consequences],
    /// What an operation of it did with that input, for the audit, in a few words in the language that is spoken; nothing for
    /// those of others.
    pub deeds: fn(&str, &Value) -> Option<String>,
    /// The kinds of work that wait in its name.
    pub jobs: &'static [JobKind],
}
