//! `mainstay import FILE…`: files in, with progress, and what came of them.

use std::{
    io::{IsTerminal, Write},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::mpsc::{RecvTimeoutError, channel},
    time::Duration,
};

use imports::ImportId;
use kernel::{Problem, ProblemKind, Result};
use serde_json::{Value, json};

use super::{Typed, derived, lacks, pretty, say, show, wrong};
use crate::{
    config::{self, Open},
    worker,
};

/// So many rows that could not be read are shown at once.
const SHOWN_UNREAD: i64 = 3;

struct Asked {
    files: Vec<PathBuf>,
    mapping: Option<String>,
    dry_run: bool,
    /// Answers are for people.
    in_words: bool,
}

impl Asked {
    /// The field of the import that says what came of it.
    fn part(&self) -> &'static str {
        if self.dry_run { "planned" } else { "result" }
    }
}

/// Whether the word after `import` is a file and not the id of an import.
pub(super) fn is_file(typed: &Typed) -> bool {
    match typed.words.get(1) {
        None => true,
        Some(word) => !word.starts_with("imp_") || Path::new(word).exists(),
    }
}

/// Brings the files in, one after the other; one that cannot be read is told, and the others come in all the same.
pub(super) fn run(typed: &Typed) -> Result<ExitCode> {
    let asked = Asked { in_words: !typed.json(), ..asked(&typed.words[1..])? };
    let open = config::open(&typed.settings)?;
    let (mut shown, mut refused) = (Vec::new(), Vec::new());
    let mut whole = true;
    for file in &asked.files {
        let (import, unread) = match bring_in(&open, file, &asked) {
            Ok(came) => came,
            Err(problem) if asked.files.len() == 1 || !is_of_the_file(&problem) => return Err(problem),
            Err(problem) => {
                eprintln!("mainstay: {problem}");
                refused.push(json!({ "file": file, "code": problem.code, "message": problem.message }));
                continue;
            }
        };
        whole &= is_whole(&import[asked.part()]);
        if !typed.json() {
            say(&show::imported(&import, &unread, asked.dry_run))?;
        }
        shown.push(import);
    }
    if typed.json() {
        let answer = match refused.is_empty() {
            true => json!({ "imports": shown }),
            false => json!({ "imports": shown, "refused": refused }),
        };
        say(&pretty(&answer)?)?;
    }
    if !refused.is_empty() {
        let were = if refused.len() == 1 { "was" } else { "were" };
        eprintln!("mainstay: {} of {} files {were} not brought in", refused.len(), asked.files.len());
    }
    Ok(if whole && refused.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Whether another file may fare better.
fn is_of_the_file(problem: &Problem) -> bool {
    matches!(problem.kind, ProblemKind::Invalid | ProblemKind::Conflict)
}

fn asked(words: &[String]) -> Result<Asked> {
    let mut asked = Asked { files: Vec::new(), mapping: None, dry_run: false, in_words: true };
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let (name, inline) =
            word.split_once('=').map_or((word.as_str(), None), |(name, value)| (name, Some(value)));
        match name {
            "--dry-run" => asked.dry_run = true,
            "--mapping" => {
                let path = inline
                    .or_else(|| words.next().map(String::as_str))
                    .ok_or_else(|| lacks(name, "a file"))?;
                asked.mapping = Some(std::fs::read_to_string(path).map_err(|cause| {
                    wrong(format!("cannot read the mapping {path}: {cause}; check that it is there"))
                })?);
            }
            _ if name.starts_with("--") => {
                return Err(wrong(format!(
                    "import knows no {name:?}; it takes files, --mapping and --dry-run"
                )));
            }
            _ => asked.files.push(word.into()),
        }
    }
    if asked.files.is_empty() {
        return Err(wrong("say which file to bring in: mainstay import orders.csv".to_owned()));
    }
    Ok(asked)
}

/// Rows that could not be read are listed and the rest is in; a file that breaks off, or of which nothing could be
/// read, is a failure.
fn is_whole(outcome: &Value) -> bool {
    let count = |name: &str| outcome[name].as_i64().unwrap_or(0);
    outcome.get("damage").is_none() && (count("reject") == 0 || count("reject") < count("rows"))
}

/// The import, and the first of its rows that could not be read.
fn bring_in(open: &Open, file: &Path, asked: &Asked) -> Result<(Value, Value)> {
    let name = file
        .file_name()
        .map_or_else(|| file.display().to_string(), |name| name.to_string_lossy().into_owned());
    let cx = open.house.context();
    let received = imports::receive(&cx, &open.house, &name, file, asked.mapping.as_deref())
        .map_err(|problem| about(&name, problem))?;
    let id = cx.codes.write(received.id);
    let ask = if asked.dry_run { "import.plan" } else { "import.run" };
    if let Err(problem) = derived::call(open, ask, json!({ "id": id })) {
        let received = derived::call(open, "import.discard", json!({ "id": id }))?;
        if asked.dry_run && asked.in_words && problem.code == "imports.mapping" {
            say(&show::proposed(&received))?;
        }
        return Err(few_lines(about(&name, problem)));
    }
    with_progress(open, received.id, || worker::run_due(open))?;
    let import = derived::call(open, "import.view", json!({ "id": id }))?;
    if import["state"] == "failed" {
        let failure = import["failure"].as_str().unwrap_or_default().to_owned();
        return Err(Problem::conflict("imports.failed", format!("{name} was not imported: {failure}")));
    }
    let unread = derived::call(open, "import.rejections", json!({ "id": id, "limit": SHOWN_UNREAD }))?;
    if asked.dry_run {
        derived::call(open, "import.discard", json!({ "id": id }))?;
    }
    Ok((import, unread["rows"].clone()))
}

/// A refusal says which file it is about.
fn about(name: &str, problem: Problem) -> Problem {
    if problem.message.contains(name) {
        return problem;
    }
    Problem { message: format!("{name}: {}", problem.message), ..problem }
}

/// Who lacks a word need not write a whole mapping.
fn few_lines(problem: Problem) -> Problem {
    let lacks = problem.field.as_deref().filter(|_| problem.code == "imports.mapping");
    let (part, line) = match lacks.and_then(|field| field.split_once('.')) {
        Some(("fixed", "line")) => ("fixed", "line = \"Shop\"".to_owned()),
        Some(("fixed", _)) => ("fixed", "currency = \"GBP\"".to_owned()),
        Some(("columns", key)) => ("columns", format!("{key} = \"the name of its column\"")),
        _ => return problem,
    };
    let message = format!(
        "{}\nA few lines of TOML given with --mapping are enough, what they leave out is taken from the file:\n\n\
         [{part}]\n{line}\n\nWith --dry-run the columns and the mapping that are proposed are shown.",
        problem.message
    );
    Problem { message, ..problem }
}

/// Does the work while a second thread says how far it has come, where somebody is looking.
fn with_progress(open: &Open, id: ImportId, work: impl FnOnce() -> Result<()>) -> Result<()> {
    if !std::io::stderr().is_terminal() {
        return work();
    }
    let (done, waits) = channel::<()>();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            while waits.recv_timeout(Duration::from_millis(300)) == Err(RecvTimeoutError::Timeout) {
                let cx = open.house.context();
                if let Ok(at) = open.house.store.read(&cx, |tx| imports::progress(&cx, tx, id)) {
                    eprint!("\r\u{1b}[K{} {}", at.words, at.note);
                    drop(std::io::stderr().flush());
                }
            }
            eprint!("\r\u{1b}[K");
        });
        let answer = work();
        drop(done);
        answer
    })
}
