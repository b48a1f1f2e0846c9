//! The command line: plural lists, singular with an id views, a verb after it acts. `-o json` is a contract.
//!
//! Most commands are made from the operation table; a few are the house's own: serve, mcp, import, export, dump, doctor,
//! sign-in-link, help.

mod derived;
mod dump;
mod explained;
mod export;
mod file;
mod folder;
mod help;
mod import;
mod model;
mod show;

use std::{
    ffi::OsString,
    io::{IsTerminal, Write},
    net::SocketAddr,
    path::PathBuf,
    process::ExitCode,
};

use kernel::{Problem, ProblemKind, Result};
use serde_json::Value;

use crate::{
    config::{self, Settings},
    doctor, mcp,
    serve::{self, address::PublicAddress},
};

/// What was typed, taken apart.
struct Typed {
    settings: Settings,
    output: Output,
    words: Vec<String>,
}

impl Typed {
    fn json(&self) -> bool {
        self.output == Output::Json
    }
}

/// How an answer is written; tables only are written as CSV or Parquet.
#[derive(Clone, Copy, PartialEq)]
enum Output {
    Text,
    Json,
    Csv,
    Parquet,
}

/// Runs a command; the exit code is 0 when it did what was asked, 2 when it was typed wrong, 1 otherwise.
pub fn run(arguments: Vec<OsString>) -> ExitCode {
    watch();
    let answer = typed(arguments).and_then(|typed| command(&typed));
    match answer {
        Ok(code) => code,
        Err(problem) => {
            tracing::debug!(?problem, "refused");
            eprintln!("mainstay: {problem}");
            ExitCode::from(if problem.code.starts_with("command.") { 2 } else { 1 })
        }
    }
}

/// Lets MAINSTAY_LOG say what is written to standard error.
fn watch() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("MAINSTAY_LOG");
    let filter = filter.unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    let colours = std::io::stderr().is_terminal();
    let log =
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(colours);
    // A second start within one process (tests) keeps the first log.
    drop(log.try_init());
}

/// Takes the settings that every command shares out of what was typed.
fn typed(arguments: Vec<OsString>) -> Result<Typed> {
    let mut settings = Settings {
        data: std::env::var_os("MAINSTAY_DATA").map_or_else(|| PathBuf::from("data"), PathBuf::from),
        database: std::env::var("MAINSTAY_DATABASE").ok().filter(|url| !url.is_empty()),
    };
    let (mut written, mut words) = (Output::Text, Vec::new());
    let mut rest = arguments.into_iter().map(|word| word.to_string_lossy().into_owned());
    while let Some(word) = rest.next() {
        let (name, inline) = match word.split_once('=') {
            Some((name, value)) if name.starts_with("--") => (name.to_owned(), Some(value.to_owned())),
            _ => (word.clone(), None),
        };
        let mut value = |what: &str| inline.clone().or_else(|| rest.next()).ok_or_else(|| lacks(&name, what));
        match name.as_str() {
            "--data" => settings.data = value("a folder")?.into(),
            "--database" => {
                settings.database = Some(value("an address such as postgres://localhost/mainstay")?)
            }
            "-o" | "--output" => written = output(&value("json or text")?)?,
            _ => words.push(word),
        }
    }
    if written == Output::Parquet && words.first().is_none_or(|word| word != "model") {
        return Err(wrong("parquet is for the tables of model; write -o csv, -o json or -o text".to_owned()));
    }
    Ok(Typed { settings, output: written, words })
}

fn output(word: &str) -> Result<Output> {
    match word {
        "json" => Ok(Output::Json),
        "text" => Ok(Output::Text),
        "csv" => Ok(Output::Csv),
        "parquet" => Ok(Output::Parquet),
        other => Err(wrong(format!("there is no output {other:?}; write -o json or -o text"))),
    }
}

fn command(typed: &Typed) -> Result<ExitCode> {
    let mut words = typed.words.iter().map(String::as_str);
    if let Some(told) = own_help(typed) {
        return say(&told);
    }
    let own = ["serve", "mcp", "dump", "doctor", "sign-in-link", "export"];
    if typed.output == Output::Csv && typed.words.first().is_some_and(|word| own.contains(&word.as_str())) {
        return Err(wrong(
            "csv is for lists and for the tables of model; write -o json or -o text".to_owned(),
        ));
    }
    match words.next() {
        None | Some("help" | "--help" | "-h") => help::all(),
        Some("--version" | "-V" | "version") => say(&format!("mainstay {}\n", env!("CARGO_PKG_VERSION"))),
        Some("serve") => serve_house(typed),
        Some("mcp") => open_tools(typed),
        Some("dump") => dump::run(typed),
        Some("doctor") => look_after(typed),
        Some("sign-in-link") => link(typed),
        Some("model") => model::run(typed),
        Some("export") => export::run(typed),
        Some("import") if export::is_archive(typed) => export::load(typed),
        Some("import") if import::is_file(typed) => import::run(typed),
        Some(_) => derived::run(typed),
    }
}

/// What is told about a command of the house's own when it is asked for help.
fn own_help(typed: &Typed) -> Option<String> {
    let asked = typed.words.iter().position(|word| word == "--help" || word == "-h")?;
    let is_import = typed.words.first().is_some_and(|word| word == "import");
    if typed.words.first().is_some_and(|word| word == "model") {
        return None;
    }
    if is_import && 1 < asked && !import::is_file(typed) {
        return None;
    }
    help::own(typed.words.first().filter(|_| 0 < asked)?)
}

fn serve_house(typed: &Typed) -> Result<ExitCode> {
    let mut listen = std::env::var("MAINSTAY_LISTEN").unwrap_or_else(|_| "127.0.0.1:7313".to_owned());
    let mut public = PublicAddress::of_environment()?;
    let mut words = typed.words.iter().skip(1);
    while let Some(word) = words.next() {
        match word.split_once('=') {
            Some(("--public-url", address)) => public = Some(PublicAddress::parse(address)?),
            _ if word == "--public-url" => {
                public = Some(PublicAddress::parse(words.next().ok_or_else(|| lacks(word, "an address"))?)?)
            }
            Some(("--listen", address)) => address.clone_into(&mut listen),
            _ if word == "--listen" => {
                listen.clone_from(words.next().ok_or_else(|| lacks(word, "an address"))?)
            }
            _ => {
                return Err(wrong(format!(
                    "serve knows no {word:?}; it takes --listen, --public-url, --data and --database"
                )));
            }
        }
    }
    let address: SocketAddr = listen.parse().map_err(|_| {
        wrong(format!("{listen:?} is no address to listen on; write one such as 127.0.0.1:7313"))
    })?;
    serve::serve(config::open(&typed.settings)?, address, public)?;
    Ok(ExitCode::SUCCESS)
}

/// The tools of an assistant on this machine; standard output is theirs.
fn open_tools(typed: &Typed) -> Result<ExitCode> {
    let mut only_reads = false;
    for word in typed.words.iter().skip(1) {
        match word.as_str() {
            "--read-only" => only_reads = true,
            _ => {
                return Err(wrong(format!(
                    "mcp knows no {word:?}; it takes --read-only, --data and --database"
                )));
            }
        }
    }
    mcp::stdio::speak(config::open(&typed.settings)?, only_reads)?;
    Ok(ExitCode::SUCCESS)
}

fn look_after(typed: &Typed) -> Result<ExitCode> {
    let found = doctor::examine(&typed.settings);
    let ill = found.iter().any(|finding| !finding.well);
    let text = match typed.json() {
        true => pretty(&serde_json::json!({ "findings": found, "well": !ill }))?,
        false => doctor::told(&found),
    };
    say(&text)?;
    Ok(if ill { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// A fresh one-time link for the owner; whoever holds the machine may have one.
fn link(typed: &Typed) -> Result<ExitCode> {
    let open = config::open(&typed.settings)?;
    let cx = open.house.context();
    let path = open.house.store.write(&cx, |tx| serve::sign_in_path(&cx, tx))?;
    let public = PublicAddress::of_environment()?.map(|address| address.of(&path));
    match (typed.json(), public) {
        (true, link) => say(&pretty(&serde_json::json!({ "path": path, "link": link }))?),
        (false, Some(link)) => say(&format!("Sign in once, within a day, with\n{link}\n")),
        (false, None) => {
            say(&format!("Sign in once, within a day, at the address of your server with the path\n{path}\n"))
        }
    }
}

/// Writes to standard output; a reader that went away is no failure of ours.
fn say(text: &str) -> Result<ExitCode> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(cause) if cause.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Problem::internal("output.write", format!("cannot write the answer: {cause}")))
        }
        _ => Ok(ExitCode::SUCCESS),
    }
}

fn pretty(value: &Value) -> Result<String> {
    serde_json::to_string_pretty(value).map(|text| text + "\n").map_err(|cause| {
        Problem::internal("output.json", "the answer cannot be written as JSON").because(cause)
    })
}

fn lacks(word: &str, what: &str) -> Problem {
    wrong(format!("{word} lacks its value: {what}"))
}

fn wrong(text: String) -> Problem {
    Problem { kind: ProblemKind::Invalid, code: "command.typed", message: text, field: None, cause: None }
}
