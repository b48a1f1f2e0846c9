//! The doctor: says what is misconfigured and how to mend it.

use access::Verdict;
use kernel::Result;
use relationship::ops::{Check, check};
use serde::Serialize;
use store::queue::{self, Aside};

use crate::{
    config::{self, Open, Settings},
    worker,
};

/// What was found.
#[derive(Debug, Serialize)]
pub struct Finding {
    /// What was looked at.
    pub subject: &'static str,
    /// It is as it should be.
    pub well: bool,
    /// What was found, and what to do where it is not well.
    pub says: String,
}

/// Looks at everything that can be looked at without changing it.
pub fn examine(settings: &Settings) -> Vec<Finding> {
    let database = settings.database.as_deref().map_or("the embedded database", |_| "the database server");
    let open = match config::open(settings) {
        Ok(open) => open,
        Err(problem) => return vec![ill("database", problem.to_string())],
    };
    let folder = settings.data.display();
    let mut found = vec![
        well("data folder", format!("{folder} can be written")),
        well("database", format!("{database} answers and is at the newest schema")),
    ];
    found.push(seen("waiting work", failing(&open)));
    found.push(seen("work", idle(&open)));
    found.push(seen("set aside", aside(&open)));
    found.push(seen("audit", audit(&open)));
    found.push(seen("people", people(&open)));
    found.push(seen("decisions", decisions(&open)));
    found
}

/// The findings as text.
pub fn told(found: &[Finding]) -> String {
    found
        .iter()
        .map(|finding| {
            format!(
                "{:<5} {:<13} {}\n",
                if finding.well { "well" } else { "ill" },
                finding.subject,
                finding.says
            )
        })
        .collect()
}

fn well(subject: &'static str, says: String) -> Finding {
    Finding { subject, well: true, says }
}

fn ill(subject: &'static str, says: String) -> Finding {
    Finding { subject, well: false, says }
}

fn seen(subject: &'static str, answer: Result<(bool, String)>) -> Finding {
    match answer {
        Ok((well, says)) => Finding { subject, well, says },
        Err(problem) => ill(subject, problem.to_string()),
    }
}

fn failing(open: &Open) -> Result<(bool, String)> {
    let failures = open.house.store.read(&open.house.context(), queue::failures)?;
    Ok(match failures.first() {
        None => (true, "nothing has failed".to_owned()),
        Some((kind, failure)) => (
            false,
            format!(
                "{} of the waiting jobs failed; {kind}: {failure}; it is tried again by itself",
                failures.len()
            ),
        ),
    })
}

/// Work that is due and that nobody does: a program that was cut off, and none since that goes on with it.
fn idle(open: &Open) -> Result<(bool, String)> {
    let cx = open.house.context();
    let due = open.house.store.read(&cx, |tx| queue::next_due(tx, worker::ORDER))?;
    Ok(match due.is_some_and(|due| due + queue::LEASE < cx.now.micros) {
        false => (true, "no work waits that should be done by now".to_owned()),
        true => {
            let says = "work waits and nobody does it, so an import or decisions may be unfinished; run \
                        `mainstay serve`, which goes on with it";
            (false, says.to_owned())
        }
    })
}

fn aside(open: &Open) -> Result<(bool, String)> {
    let aside = open.house.store.read(&open.house.context(), queue::aside)?;
    let told = |job: &Aside| {
        let Aside { kind, key, failure, .. } = job;
        format!("{kind} {key}: {failure}; mend the cause, then `mainstay job {kind} {key} again`")
    };
    Ok(match aside.is_empty() {
        true => (true, "no job was given up".to_owned()),
        false => (false, aside.iter().map(told).collect::<Vec<_>>().join("\n                    ")),
    })
}

fn audit(open: &Open) -> Result<(bool, String)> {
    let verdict = open.house.store.read(&open.house.context(), |tx| access::verify(tx, None))?;
    Ok(match verdict {
        Verdict::Whole { entries, forgotten: 0, .. } => {
            (true, format!("the chain of {entries} entries is whole"))
        }
        Verdict::Whole { entries, forgotten, .. } => {
            (true, format!("the chain of {entries} entries is whole; of {forgotten} the input was forgotten"))
        }
        broken => (false, format!("the chain of entries is broken ({broken:?}); compare with a backup")),
    })
}

/// Relationships whose decisions the doctor makes again.
const SAMPLE: i64 = 500;

/// Decisions made again from what they stood on, of a sample of the book.
fn decisions(open: &Open) -> Result<(bool, String)> {
    let cx = open.house.context();
    let sample = Check { sample: Some(SAMPLE), ..Check::default() };
    let told = open.house.store.read(&cx, |tx| check(&cx, tx, sample))?;
    let (of, unequal) = (told.decisions, told.unequal);
    Ok(match unequal {
        0 => (
            true,
            format!(
                "{of} decisions of {} relationships come out the same when made again",
                told.relationships
            ),
        ),
        _ => {
            let says = "decisions that were made again do not come out as they are kept; \
                        `mainstay decisions check` tells which, and what differs; compare with a backup";
            (false, format!("{unequal} of {of} {says}"))
        }
    })
}

fn people(open: &Open) -> Result<(bool, String)> {
    let signed_in = open.house.store.read(&open.house.context(), access::ever_signed_in)?;
    Ok(match signed_in {
        true => (true, "somebody has signed in".to_owned()),
        false => {
            (true, "nobody has signed in yet; `mainstay sign-in-link` makes a link for the owner".to_owned())
        }
    })
}
