//! `mainstay import FILE…`: files in, with progress, and what came of them.

use std::{
    io::{IsTerminal, Write},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::mpsc::{RecvTimeoutError, channel},
    time::Duration,
};

use imports::{ImportId, Incoming, Mapping, Reading};
use kernel::{Problem, Result};
use serde_json::{Value, json};

use super::{Typed, derived, folder, lacks, pretty, say, show, wrong};
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

/// Brings the files in: one alone, several together; one that cannot be read is told, and the others come in all the
/// same.
pub(super) fn run(typed: &Typed) -> Result<ExitCode> {
    let asked = Asked { in_words: !typed.json(), ..asked(&typed.words[1..])? };
    let open = config::open(&typed.settings)?;
    let names: Vec<String> = asked.files.iter().map(|file| name_of(file)).collect();
    let files = names.iter().zip(&asked.files).map(|(name, path)| Incoming { name, path });
    let cx = open.house.context();
    let received =
        imports::receive_all(&cx, &open.house, &files.collect::<Vec<_>>(), asked.mapping.as_deref())
            .map_err(|problem| about(&names[0], problem))?;
    if let Some(why) = received.doubt.filter(|_| !asked.dry_run) {
        derived::call(&open, "import.discard", json!({ "id": cx.codes.write(received.id) }))?;
        let why = format!(
            "{why}, and say so by --mapping with a file that names what its rows are, such as target = \"orders.record\""
        );
        return Err(about(&names[0], Problem::invalid("mapping", "imports.doubt", why)));
    }
    if let Some(problem) = received.unknown {
        let shown = derived::call(&open, "import.discard", json!({ "id": cx.codes.write(received.id) }))?;
        if asked.dry_run && asked.in_words && received.parts.len() == 1 {
            say(&show::proposed(&shown))?;
        }
        return Err(about(&names[0], problem));
    }
    if !received.aside.is_empty() {
        eprintln!("mainstay: set aside, as they only tell of the files: {}", received.aside.join(", "));
    }
    let mut refused = Vec::new();
    for (place, problem) in received.refused {
        refuse(&mut refused, &asked.files[place], &about(&names[place], problem));
    }
    let all = received.parts.len() + refused.len();
    let parts = match received.parts.as_slice() {
        [_] => received.parts,
        several => readable(&open, several, &mut refused)?,
    };
    let imports = bring_in(&open, &parts, &asked)?;
    let mut whole = true;
    for (import, unread) in &imports {
        whole &= is_whole(&import[asked.part()]);
        if asked.in_words {
            say(&show::imported(import, unread, asked.dry_run))?;
        }
    }
    if !asked.in_words {
        let shown: Vec<_> = imports.into_iter().map(|(import, _)| import).collect();
        let answer = match refused.is_empty() {
            true => json!({ "imports": shown }),
            false => json!({ "imports": shown, "refused": refused }),
        };
        say(&pretty(&answer)?)?;
    }
    if !refused.is_empty() {
        let were = if refused.len() == 1 { "was" } else { "were" };
        let what = if asked.files.len() < all { "tables" } else { "files" };
        eprintln!("mainstay: {} of {all} {what} {were} not brought in", refused.len());
    }
    Ok(if whole && refused.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn name_of(file: &Path) -> String {
    file.file_name().map_or_else(|| file.display().to_string(), |name| name.to_string_lossy().into_owned())
}

fn refuse(refused: &mut Vec<Value>, file: &Path, problem: &Problem) {
    eprintln!("mainstay: {problem}");
    refused.push(json!({ "file": file, "code": problem.code, "message": problem.message }));
}

/// Those of several that can be brought in; the others are left out, and told, unless values are looked up in them.
fn readable(open: &Open, parts: &[ImportId], refused: &mut Vec<Value>) -> Result<Vec<ImportId>> {
    let codes = &open.house.context().codes;
    let shown = |part: &ImportId| derived::call(open, "import.view", json!({ "id": codes.write(*part) }));
    let imports = parts.iter().map(shown).collect::<Result<Vec<_>>>()?;
    let text = |import: &Value, field: &str| import[field].as_str().unwrap_or_default().to_owned();
    let mappings: Vec<_> =
        imports.iter().map(|import| Mapping::from_toml(&text(import, "mapping"))).collect();
    let looked_up = |import: &Value| {
        let lookups = mappings.iter().flatten().flat_map(|mapping| mapping.lookups.values());
        let (name, table) = (text(import, "name"), text(import, "table"));
        lookups.into_iter().any(|lookup| imports::is_table(&name, &table, &lookup.table))
    };
    let (mut left, mut first) = (Vec::new(), None);
    for ((part, import), mapping) in parts.iter().zip(&imports).zip(&mappings) {
        let is_out = import["left_out"] == true;
        let why = match mapping {
            _ if is_out && looked_up(import) => continue,
            _ if is_out => format!(
                "{} (mainstay import {} take-in)",
                import["questions"][0].as_str().unwrap_or_default(),
                text(import, "id")
            ),
            Ok(_) => {
                left.push(*part);
                continue;
            }
            Err(problem) => problem.message.clone(),
        };
        if !is_out {
            derived::call(open, "import.leave_out", json!({ "id": import["id"] }))?;
        }
        let (file, table) = (text(import, "name"), text(import, "table"));
        let name = if table.is_empty() { file } else { format!("{file}, {table}") };
        let problem = about(&name, Problem::invalid("columns", "imports.left_out", why));
        refuse(refused, Path::new(&name), &problem);
        first = first.or(Some(problem));
    }
    match first.filter(|_| left.is_empty()) {
        Some(problem) => {
            derived::call(open, "import.discard", json!({ "id": codes.write(parts[0]) }))?;
            Err(problem)
        }
        None => Ok(left),
    }
}

fn asked(words: &[String]) -> Result<Asked> {
    let mut asked = Asked { files: Vec::new(), mapping: None, dry_run: false, in_words: true };
    let (mut encoding, mut delimiter) = (None, None);
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let (name, inline) =
            word.split_once('=').map_or((word.as_str(), None), |(name, value)| (name, Some(value)));
        let mut value =
            |what: &str| inline.or_else(|| words.next().map(String::as_str)).ok_or_else(|| lacks(name, what));
        match name {
            "--dry-run" => asked.dry_run = true,
            "--encoding" => encoding = Some(value("a name such as windows-1252")?),
            "--delimiter" => delimiter = Some(value("a character, or a word such as tab")?),
            "--mapping" => {
                let path = value("a file")?;
                asked.mapping = Some(std::fs::read_to_string(path).map_err(|cause| {
                    wrong(format!("cannot read the mapping {path}: {cause}; check that it is there"))
                })?);
            }
            _ if name.starts_with("--") => {
                return Err(wrong(format!(
                    "import knows no {name:?}; it takes files, --mapping, --encoding, --delimiter and --dry-run"
                )));
            }
            _ => asked.files.push(word.into()),
        }
    }
    let reading = Reading::said(encoding, delimiter)?;
    asked.mapping = reading.within(asked.mapping.as_deref())?;
    let named = std::mem::take(&mut asked.files);
    for path in named {
        match path.is_dir() {
            true => asked.files.extend(folder::files(&path)?),
            false => asked.files.push(path),
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

/// The imports, each with the first of its rows that could not be read. One step is asked for in the name of all.
fn bring_in(open: &Open, parts: &[ImportId], asked: &Asked) -> Result<Vec<(Value, Value)>> {
    let codes = &open.house.context().codes;
    let lead = codes.write(parts[0]);
    let step = if asked.dry_run { "import.plan" } else { "import.run" };
    if let Err(problem) = derived::call(open, step, json!({ "id": lead })) {
        let received = derived::call(open, "import.discard", json!({ "id": lead }))?;
        if asked.dry_run && asked.in_words && problem.code == "imports.mapping" {
            say(&show::proposed(&received))?;
        }
        return Err(few_lines(about(received["name"].as_str().unwrap_or_default(), problem)));
    }
    with_progress(open, parts[0], || worker::run_due(open))?;
    let mut imports = Vec::with_capacity(parts.len());
    for part in parts {
        let id = codes.write(*part);
        let import = derived::call(open, "import.view", json!({ "id": id }))?;
        if import["state"] == "failed" {
            let failure = import["failure"].as_str().unwrap_or_default();
            let name = import["name"].as_str().unwrap_or_default();
            return Err(Problem::conflict("imports.failed", format!("{name} was not imported: {failure}")));
        }
        let unread = derived::call(open, "import.rejections", json!({ "id": id, "limit": SHOWN_UNREAD }))?;
        imports.push((import, unread["rows"].clone()));
    }
    if asked.dry_run {
        derived::call(open, "import.discard", json!({ "id": lead }))?;
    }
    Ok(imports)
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
