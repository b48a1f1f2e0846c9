//! The jobs that were given up: what failed and why, and having one tried again.

mod page;

use kernel::{Context, Moment, Permission, Problem, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use slice::{Act, Head, Method, PageRoute, Slice, op};
use speech::say;
use store::{
    DataClass, Tx,
    queue::{self, Aside},
};

/// The pages that no slice has alone.
const PAGES: &[PageRoute] = &[
    crate::find::PAGE,
    crate::today::PAGE,
    crate::today::SEEN,
    crate::help::INDEX,
    crate::help::PAGE,
    PageRoute::get(page::JOBS, page::page).asks(Permission::Manage).by("Work set aside", &["jobs.list"]),
    PageRoute::post(page::JOBS, page::try_again).asks(Permission::Manage).by("Try again", &["job.again"]),
];

/// What the house itself can be asked about its work.
pub fn slice() -> Slice {
    Slice {
        name: "house",
        migrations: &[],
        tables: &[],
        operations: [op(LIST, list), op(AGAIN, again)]
            .into_iter()
            .chain(crate::switch::operations())
            .collect(),
        pages: PAGES,
        panels: &[],
        finders: &[],
        agendas: &[],
        consequences: &[],
        deeds: crate::deeds::deed,
        jobs: &[],
    }
}

const LIST: Head = Head {
    name: "jobs.list",
    act: Act::Read,
    method: Method::Get,
    path: "/jobs",
    command: "jobs",
    permission: Permission::Manage,
    class: DataClass::Internal,
    sentence: "Lists the jobs that were set aside because they failed for good or too often, each with the reason.",
    examples: &["mainstay jobs"],
};

/// Nothing to say.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// A job that was set aside, as it is shown.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShownJob {
    /// What was to be done.
    pub kind: String,
    /// On what: for an import the number under which the house keeps it, for a judgement that of the service line.
    pub key: String,
    /// Why it failed the last time.
    pub failure: String,
    /// How often it failed.
    pub failures: i64,
    /// When it was set aside.
    pub at: String,
}

/// The jobs that were set aside, oldest first.
///
/// # Errors
/// `store.statement`.
pub fn list(_: &Context, tx: &mut Tx<'_>, _: Nothing) -> Result<Vec<ShownJob>> {
    Ok(queue::aside(tx)?.into_iter().map(shown).collect())
}

fn shown(job: Aside) -> ShownJob {
    let at = Moment::at(job.at).iso();
    ShownJob { kind: job.kind, key: job.key, failure: job.failure, failures: job.failures, at }
}

const AGAIN: Head = Head {
    name: "job.again",
    act: Act::Write,
    method: Method::Post,
    path: "/jobs/{kind}/{key}/tries",
    command: "job {kind} {key} again",
    permission: Permission::Manage,
    class: DataClass::Internal,
    sentence: "Has a job that was set aside tried again, as if it had never failed.",
    examples: &["mainstay job import.run 7 again"],
};

/// A job by its kind and key.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// What is to be done.
    pub kind: String,
    /// On what.
    pub key: String,
}

/// The job is due again; what remains set aside is the answer.
///
/// # Errors
/// `jobs.none` for one that is not set aside.
pub fn again(cx: &Context, tx: &mut Tx<'_>, input: Named) -> Result<Vec<ShownJob>> {
    if !queue::again(tx, &input.kind, &input.key, cx.now.micros)? {
        let text =
            say!("no job {} {} was set aside; `mainstay jobs` lists those that were", input.kind, input.key);
        return Err(Problem::not_found("jobs.none", text));
    }
    list(cx, tx, Nothing {})
}
