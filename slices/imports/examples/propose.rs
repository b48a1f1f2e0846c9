//! Shows what is made of a file before anything is imported: `cargo run --example propose FILE…`.

use std::{path::Path, process::ExitCode};

use imports::{Source, propose, sniff};
use kernel::Problem;

fn main() -> ExitCode {
    for file in std::env::args().skip(1) {
        println!("{file}");
        if let Err(problem) = show(Path::new(&file)) {
            println!("  {}: {problem}", problem.code);
        }
    }
    ExitCode::SUCCESS
}

fn show(file: &Path) -> Result<(), Problem> {
    let source = Source::open(file)?;
    let dialect = sniff(&source)?;
    let proposal = propose(source, &dialect)?;
    println!("  {}", dialect.sentence(Some(proposal.mapping.formats.dates)));
    println!("  {} rows, {} rejected, ready mapping: {:?}", proposal.rows, proposal.rejected, proposal.ready);
    for column in &proposal.columns {
        let meaning = column.meaning.map_or("-", |meaning| meaning.label());
        let samples = column.samples.join(" · ");
        println!(
            "  {:24} {meaning:14} {:6} {} ({}; {samples})",
            column.name, column.filled, column.reason, column.confidence
        );
    }
    proposal.questions.iter().for_each(|question| println!("  ? {}: {}", question.field, question.text));
    println!("{}", proposal.mapping.to_toml()?);
    Ok(())
}
