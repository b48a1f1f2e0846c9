//! `mainstay help`: every command with what it does, from the operation table.

use std::process::ExitCode;

use kernel::Result;
use slice::Operation;

use super::say;
use crate::slices;

const OWN: &[(&str, &str)] = &[
    (
        "serve [--listen 127.0.0.1:7313] [--public-url https://…]",
        "Opens the house for browsers and programs.",
    ),
    (
        "mcp [--read-only]",
        "Gives an assistant on this machine the operations as tools, over standard input and output.",
    ),
    (
        "import FILE… [--mapping FILE] [--encoding NAME] [--delimiter MARK] [--dry-run]",
        "Brings files of any kind in: dry run, run, decisions.",
    ),
    ("model summarize FILE --id … --date … --end …", "Makes one row per customer of raw transactions."),
    ("model fit --model NAME --input FILE", "Fits a customer-base model to a table."),
    ("model predict --params FIT --input FILE", "Says who is active and what they will buy."),
    ("model renew --model NAME --input FILE", "Projects renewals of contracts and values them."),
    ("model sql --dialect NAME --end DAY", "Writes the statements by which an engine elsewhere counts."),
    ("export FOLDER", "Writes everything as documented files; import FOLDER makes a new house of them."),
    ("dump --canonical [--hash]", "Writes what the business knows; equal knowledge is equal bytes."),
    ("doctor", "Says what is misconfigured and how to mend it."),
    ("sign-in-link", "Makes a fresh one-time sign-in link for the owner."),
    ("help", "Lists the commands."),
];

/// What a command of the house's own does and takes; nothing for a word that is none.
pub(super) fn own(word: &str) -> Option<String> {
    let (usage, sentence) = OWN.iter().find(|(usage, _)| usage.split(' ').next() == Some(word))?;
    let shared = "[--data DIR] [--database postgres://…] [-o json]";
    Some(format!("{sentence}\n\nUsage: mainstay {usage} {shared}\n"))
}

/// Lists every command.
pub(super) fn all() -> Result<ExitCode> {
    let mut text = String::from(
        "Mainstay: who comes for a moment, who stays, and why.\n\nmainstay COMMAND [--data DIR] \
         [--database postgres://…] [-o json]\n\nThe house\n",
    );
    for (command, sentence) in OWN {
        text.push_str(&line(command, sentence));
    }
    for slice in slices::all() {
        if !slice.operations.is_empty() {
            text.push_str(&format!("\n{}\n", capital(slice.name)));
        }
        for operation in &slice.operations {
            text.push_str(&line(&usage(operation), operation.head.sentence));
        }
    }
    text.push_str("\nA command with --help tells its fields. The answers of -o json are a contract.\n");
    say(&text)
}

/// `relationship ID history`.
pub(super) fn usage(operation: &Operation) -> String {
    let words = operation.head.command.split(' ').map(|word| match word.strip_prefix('{') {
        Some(field) => field.trim_end_matches('}').to_uppercase(),
        None => word.to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// A command and what it does, on one line.
pub(super) fn line(command: &str, sentence: &str) -> String {
    format!("  {command:<44} {sentence}\n")
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
