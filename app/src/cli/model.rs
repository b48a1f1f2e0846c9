//! `mainstay model …`: the customer-base models over files. Nothing of the house is opened.

mod options;
mod told;

use std::{
    fs::File,
    io::{BufWriter, IsTerminal, Write},
    process::ExitCode,
};

use clap::ArgMatches;
use forecast::{
    Dialect, Document, FitAsked, ModelName, PredictAsked, RenewAsked, SummarizeAsked,
    table::{Batch, Layout, Writer},
};
use kernel::{Problem, Result};
use serde_json::json;

use super::{Output, Typed, say, wrong};
use options::{Given, command, verbs};

/// Runs the verb that was typed.
pub(super) fn run(typed: &Typed) -> Result<ExitCode> {
    let words: Vec<&str> = typed.words.iter().skip(1).map(String::as_str).collect();
    let verb = words.first().copied().unwrap_or("--help");
    if ["--help", "-h", "help"].contains(&verb) {
        return say(&help());
    }
    let Some(command) = command(verb) else {
        return Err(wrong(format!("model knows no {verb:?}; it knows {}", verbs().join(", "))));
    };
    let given = match command.try_get_matches_from(&words) {
        Ok(given) => given,
        Err(told) if !told.use_stderr() => return say(&told.to_string()),
        Err(told) => return Err(wrong(told.to_string().trim_start_matches("error: ").trim_end().to_owned())),
    };
    match verb {
        "fit" => fit(typed, &given),
        "predict" => predict(typed, &given),
        "summarize" => summarize(typed, &given),
        "renew" => renew(typed, &given),
        _ => sql(typed, &given),
    }
    .map_err(typed_wrong)
}

/// What each verb does.
fn help() -> String {
    let mut text = String::from(
        "Customer-base models over files, comma-separated or Parquet.\n\nUsage: mainstay model VERB … [-o json|csv|parquet|text]\n\n",
    );
    for verb in verbs() {
        let about = command(verb).and_then(|command| command.get_about().map(ToString::to_string));
        text.push_str(&super::help::line(&format!("model {verb}"), &about.unwrap_or_default()));
    }
    text.push_str("\nA verb with --help tells its options.\n");
    text
}

/// A value that cannot be meant is typed wrong; a file that does not fit is refused.
fn typed_wrong(problem: Problem) -> Problem {
    let of_words = [
        "model.name",
        "model.option",
        "model.unit",
        "model.length",
        "model.discount",
        "model.dialect",
        "model.day",
    ];
    if of_words.contains(&problem.code) { wrong(problem.message) } else { problem }
}

fn fit(typed: &Typed, given: &ArgMatches) -> Result<ExitCode> {
    let given = Given(given);
    let asked = FitAsked {
        model: ModelName::parse(&given.text("model").unwrap_or_default())?,
        input: given.text("input").unwrap_or_default().into(),
        roles: given.roles(),
        unit: given.text("unit").map(|text| forecast::unit(&text)).transpose()?,
        ticks: given.number("k")?.map(|k: f64| k as u32),
        covariates: given.list("covariates"),
        profile: given.share("profile")?,
        robust: given.flag("robust"),
    };
    let document = forecast::fit(&asked)?;
    answer(typed, given.text("to"), || told::fit(&document), &document)
}

fn predict(typed: &Typed, given: &ArgMatches) -> Result<ExitCode> {
    let given = Given(given);
    let read = |name: &str| given.text(name).map(|path| Document::read(path.as_ref())).transpose();
    let Some(document) = read("params")? else { return Err(super::lacks("--params", "a fit")) };
    let asked = PredictAsked {
        document,
        spend: read("spend")?,
        input: given.text("input").unwrap_or_default().into(),
        roles: given.roles(),
        horizon: given.text("horizon").unwrap_or_default(),
        value_horizon: given.text("value-horizon"),
        discount: given.text("discount").map(|text| forecast::discount(&text)).transpose()?,
        margin: given.number("margin")?.unwrap_or(1.0),
        level: if given.flag("no-intervals") { None } else { Some(given.share("level")?.unwrap_or(0.9)) },
    };
    table(typed, given.text("to"), |out, layout| forecast::predict(&asked, out, layout))
}

fn summarize(typed: &Typed, given: &ArgMatches) -> Result<ExitCode> {
    let given = Given(given);
    let unit = forecast::unit(&given.text("unit").unwrap_or_default())?;
    let holdout = given.day("holdout")?;
    let asked = SummarizeAsked {
        input: given.text("transactions").unwrap_or_default().into(),
        id: given.text("id").unwrap_or_default(),
        date: given.text("date").unwrap_or_default(),
        amount: given.text("amount"),
        rules: given.rules(unit, holdout)?,
        unit,
        holdout: holdout.is_some(),
    };
    table(typed, given.text("to"), |out, layout| {
        forecast::summarize(&asked, out, layout).map(|done| done.customers)
    })
}

fn renew(typed: &Typed, given: &ArgMatches) -> Result<ExitCode> {
    let given = Given(given);
    let asked = RenewAsked {
        model: given.text("model").map(|name| ModelName::parse(&name)).transpose()?,
        document: given.text("params").map(|path| Document::read(path.as_ref())).transpose()?,
        input: given.text("input").map(Into::into),
        periods: given.number("periods")?.map_or(12, |n: f64| n as u32),
        discount: given.number("discount")?.unwrap_or(0.1),
        margin: given.number("margin")?.unwrap_or(1.0),
        level: given.share("level")?.unwrap_or(0.9),
    };
    let renewal = forecast::renew(&asked)?;
    let to = given.text("to");
    if layout(typed, to.as_deref()).is_some_and(|layout| layout != Layout::Json) {
        return table(typed, to, |out, layout| {
            let (names, columns) = renewal.table();
            let mut writer = Writer::new(out, layout, names)?;
            writer.write(&Batch { before: 0, columns })?;
            writer.finish()
        });
    }
    answer(typed, to, || told::renewal(&renewal), &renewal)
}

fn sql(typed: &Typed, given: &ArgMatches) -> Result<ExitCode> {
    let given = Given(given);
    let counting = forecast::Counting {
        dialect: Dialect::parse(&given.text("dialect").unwrap_or_default())?,
        table: given.text("table").unwrap_or_default(),
        id: given.text("id").unwrap_or_default(),
        date: given.text("date").unwrap_or_default(),
        amount: given.text("amount"),
        unit: forecast::unit(&given.text("unit").unwrap_or_default())?,
        end: given.end()?,
        holdout: given.day("holdout")?,
        into: given.text("into").unwrap_or_default(),
    };
    let three = counting.statements()?;
    let answers = json!({
        "dialect": counting.dialect.name(), "summary": three.summary, "cells": three.cells, "scored": three.scored,
    });
    answer(typed, given.text("to"), || told::statements(&three, &counting), &answers)
}

/// An answer that is no table: as JSON, or as text for people.
fn answer(
    typed: &Typed,
    to: Option<String>,
    text: impl FnOnce() -> String,
    answer: &impl serde::Serialize,
) -> Result<ExitCode> {
    // Not by way of a value, which would forget the order of the parameters.
    let json = || {
        serde_json::to_string_pretty(answer).map(|text| text + "\n").map_err(|cause| {
            Problem::internal("output.json", "the answer cannot be written as JSON").because(cause)
        })
    };
    if matches!(typed.output, Output::Csv | Output::Parquet) {
        return Err(wrong("this answer is no table; write -o json or -o text".to_owned()));
    }
    let as_json = typed.json() || to.as_deref().is_some_and(|name| name.ends_with(".json"));
    let told = if as_json { json()? } else { text() };
    let Some(path) = to else { return say(&told) };
    std::fs::write(&path, told).map_err(|cause| unwritable(&path, &cause))?;
    Ok(ExitCode::SUCCESS)
}

/// How a table is to be written: as was said, else as the name of the file ends.
fn layout(typed: &Typed, to: Option<&str>) -> Option<Layout> {
    match typed.output {
        Output::Json => Some(Layout::Json),
        Output::Csv => Some(Layout::Csv),
        Output::Parquet => Some(Layout::Parquet),
        Output::Text => to.and_then(Layout::of_name),
    }
}

/// Writes a table to a file or to standard output.
fn table(
    typed: &Typed,
    to: Option<String>,
    write: impl FnOnce(Box<dyn Write + Send>, Layout) -> Result<u64>,
) -> Result<ExitCode> {
    let layout = layout(typed, to.as_deref()).unwrap_or(Layout::Csv);
    let Some(path) = to else {
        if layout == Layout::Parquet && std::io::stdout().is_terminal() {
            return Err(wrong(
                "Parquet is not for reading; send it to a file by --to scores.parquet".to_owned(),
            ));
        }
        return match write(Box::new(BufWriter::with_capacity(1 << 16, std::io::stdout())), layout) {
            // A reader that went away is no failure of ours.
            Err(problem) if problem.code == "model.closed" => Ok(ExitCode::SUCCESS),
            written => written.map(|_| ExitCode::SUCCESS),
        };
    };
    // Written beside and put in place when whole, so that a refusal leaves no half a table.
    let unfinished = format!("{path}.part");
    let file = File::create(&unfinished).map_err(|cause| unwritable(&path, &cause))?;
    let rows = match write(Box::new(BufWriter::with_capacity(1 << 16, file)), layout) {
        Ok(rows) => rows,
        Err(problem) => {
            drop(std::fs::remove_file(&unfinished));
            return Err(problem);
        }
    };
    std::fs::rename(&unfinished, &path).map_err(|cause| unwritable(&path, &cause))?;
    eprintln!("{rows} rows in {path}");
    Ok(ExitCode::SUCCESS)
}

fn unwritable(path: &str, cause: &std::io::Error) -> Problem {
    Problem::internal("model.write", format!("cannot write {path}: {cause}; check that the folder is there"))
}
