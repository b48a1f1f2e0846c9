//! The automation of the house: `cargo xtask tidy` checks the rules, `cargo xtask test` runs everything.

mod cluster;
mod machine;
mod scratch;
mod step;
mod suite;
#[cfg(test)]
mod tests;
mod tidy;
mod words;

use std::{
    env,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result, bail};

const USAGE: &str = "usage:
  cargo xtask tidy                            check the rules of the house
  cargo xtask test [checks] [rust] [browser]  run everything, or only these parts
  cargo xtask words                           bring the catalogues of texts up to what the code says
  cargo xtask test soak                       what takes hours: a thousand kills, long files";

fn main() -> Result<ExitCode> {
    let words: Vec<String> = env::args().skip(1).collect();
    let (verb, rest) = words.split_first().context(USAGE)?;
    let good = match verb.as_str() {
        "tidy" => tidy_up(&root()?)?,
        "words" => write_words(&root()?)?,
        "test" => suite::run(&root()?, rest)?,
        _ => bail!("no such task: {verb}\n{USAGE}"),
    };
    Ok(if good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Prints every fault; true if there is none.
fn tidy_up(root: &Path) -> Result<bool> {
    let faults = tidy::check(root)?;
    for fault in &faults {
        println!("{fault}");
    }
    match faults.len() {
        0 => println!("tidy: the rules of the house hold"),
        n => println!("tidy: {n} to mend"),
    }
    Ok(faults.is_empty())
}

/// Writes the catalogues anew; true if all is translated.
fn write_words(root: &Path) -> Result<bool> {
    let open = words::write(root)?;
    println!("words: {open} texts to translate");
    Ok(open == 0)
}

/// The folder of the workspace: the one above this crate.
fn root() -> Result<PathBuf> {
    let manifest = env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").to_owned());
    Ok(Path::new(&manifest).parent().context("the folder above xtask")?.to_owned())
}
