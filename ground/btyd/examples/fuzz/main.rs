//! Asks every model a million absurd questions: `cargo run --release -p btyd --example fuzz -- 1000000`.

mod probe;

use btyd::chance::Seeded;
use rayon::prelude::*;

fn main() {
    let inputs: u64 = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(1_000_000);
    let started = std::time::Instant::now();
    let tally = (0..inputs)
        .into_par_iter()
        .fold(probe::Tally::default, |mut tally, input| {
            // One seed per input, so that a failure can be repeated alone.
            probe::one(&mut Seeded::new(input), &mut tally);
            tally
        })
        .reduce(probe::Tally::default, sum);
    println!("{inputs} inputs in {:.1} s: {tally:?}", started.elapsed().as_secs_f64());
    if tally.wrong > 0 {
        std::process::exit(1);
    }
}

/// Adds up two tallies.
fn sum(a: probe::Tally, b: probe::Tally) -> probe::Tally {
    probe::Tally {
        answered: a.answered + b.answered,
        refused: a.refused + b.refused,
        fitted: a.fitted + b.fitted,
        at_boundary: a.at_boundary + b.at_boundary,
        wrong: a.wrong + b.wrong,
    }
}
