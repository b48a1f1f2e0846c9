//! Reads a file of order lines and prints what stands in it: `cargo run --release --example read FILE [MAPPING]`.

use std::{
    collections::{HashMap, HashSet},
    path::Path,
    process::ExitCode,
    time::Instant,
};

use imports::{LineKind, Mapping, OrderLines, Read, Source, sniff};
use kernel::{Currency, Money, Problem};

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(file) = arguments.next() else {
        eprintln!("which file? read FILE [MAPPING]");
        return ExitCode::from(2);
    };
    match run(Path::new(&file), arguments.next().as_deref()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{}: {problem}", problem.code);
            ExitCode::FAILURE
        }
    }
}

fn run(file: &Path, mapping: Option<&str>) -> Result<(), Problem> {
    let mapping = mapping.map_or(include_str!("../mappings/online_retail.toml").to_owned(), |path| {
        std::fs::read_to_string(path).unwrap_or_default()
    });
    let mapping = Mapping::from_toml(&mapping)?;
    let started = Instant::now();
    let source = Source::open(file)?;
    let dialect = sniff(&source)?;
    let mut lines = OrderLines::open(source, &dialect, &mapping)?;
    let mut count = 0u32;
    while lines.read()?.is_some() {
        count += 1;
    }
    let seconds = started.elapsed().as_secs_f64();
    println!("{}", dialect.sentence(Some(mapping.formats.dates)));
    println!("read in {seconds:.3} s: {:.3} microseconds a row", seconds * 1e6 / f64::from(count.max(1)));
    let sums = Sums::of(OrderLines::open(Source::open(file)?, &dialect, &mapping)?)?;
    sums.print(mapping.fixed.currency);
    Ok(())
}

#[derive(Default)]
struct Sums {
    lines: u64,
    rejected: Vec<String>,
    numbers: HashSet<String>,
    buyers: HashSet<String>,
    gross: i64,
    unidentified: i64,
    cancelled: i64,
    cancelled_identified: i64,
    fees: (i64, u64),
    net: HashMap<String, i64>,
    identities: HashSet<imports::Identity>,
}

impl Sums {
    fn of(mut lines: OrderLines) -> Result<Sums, Problem> {
        let mut sums = Sums::default();
        while let Some(read) = lines.read()? {
            sums.lines += 1;
            let line = match read {
                Read::Line(line) => line,
                Read::Rejected(rejection) => {
                    sums.rejected.push(format!("{rejection:?}"));
                    continue;
                }
            };
            sums.numbers.insert(line.number.to_string());
            sums.identities.insert(line.identity);
            let party = line.party.map(|party| party.id.to_string());
            if line.kind == LineKind::Sale {
                sums.gross += line.amount;
                if line.fee {
                    sums.fees = (sums.fees.0 + line.amount, sums.fees.1 + 1);
                }
                match &party {
                    Some(party) => drop(sums.buyers.insert(party.clone())),
                    None => sums.unidentified += line.amount,
                }
            }
            if line.kind == LineKind::Cancellation {
                sums.cancelled -= line.amount;
                sums.cancelled_identified -= if party.is_some() { line.amount } else { 0 };
            }
            if let Some(party) = party {
                *sums.net.entry(party).or_default() += line.amount;
            }
        }
        Ok(sums)
    }

    fn print(&self, currency: Option<Currency>) {
        let money =
            |amount: i64| currency.map_or(amount.to_string(), |code| Money::new(amount, code).to_string());
        println!("{} lines, {} numbers, {} buyers", self.lines, self.numbers.len(), self.buyers.len());
        println!("gross {}, of which unidentified {}", money(self.gross), money(self.unidentified));
        println!("cancelled {}, identified {}", money(self.cancelled), money(self.cancelled_identified));
        println!("fees {} in {} lines", money(self.fees.0), self.fees.1);
        println!("{} different identities, {} rejected", self.identities.len(), self.rejected.len());
        if let Some((party, net)) = self.net.iter().max_by_key(|(_, net)| **net) {
            println!("top net {party} {}", money(*net));
        }
        self.rejected.iter().take(20).for_each(|rejection| println!("{rejection}"));
    }
}
