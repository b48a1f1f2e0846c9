//! Fits, projections and statements as text for people.

use forecast::{Counting, Document, Renewal, Statements};

/// A fit: parameters with their errors, what it rests on, and where it ends.
pub(super) fn fit(document: &Document) -> String {
    let mut text = String::new();
    add(&mut text, document);
    if let Some(spend) = &document.spend {
        text.push('\n');
        add(&mut text, spend);
    }
    text
}

fn add(text: &mut String, document: &Document) {
    let unit = document.form.unit.map(|unit| format!(", times in {unit}s")).unwrap_or_default();
    let ticks = document.form.regularity.map(|(k, _)| format!(", k = {k}")).unwrap_or_default();
    line(text, &format!("{}{ticks}: {} customers{unit}", document.form.model, document.n));
    for (name, value) in &document.parameters.0 {
        let error = document.standard_errors.as_ref().and_then(|errors| errors.get(name));
        let error = error.map(|error| format!("  ± {}", digits(*error))).unwrap_or_default();
        let ends = document.intervals.as_ref().and_then(|intervals| intervals.get(name));
        let ends = ends.map(|(low, high)| {
            let end = |end: &Option<f64>| end.map_or("open".to_owned(), digits);
            format!("  from {} to {}", end(low), end(high))
        });
        line(text, &format!("  {name:<22} {:>12}{error}{}", digits(*value), ends.unwrap_or_default()));
    }
    if let Some(likelihood) = document.log_likelihood {
        line(text, &format!("  log-likelihood {likelihood:.4}, after {} passes", document.iterations));
    }
    for boundary in &document.boundary {
        line(
            text,
            &format!("  {boundary}: this is the simpler model without it, and has no standard errors"),
        );
    }
}

/// A projection of renewals.
pub(super) fn renewal(renewal: &Renewal) -> String {
    let mut text = fit(&renewal.fit);
    line(&mut text, "\n  renewals  survival  observed  retention  residual     value");
    for period in &renewal.periods {
        let observed = period.observed.map_or(String::new(), |share| format!("{share:.4}"));
        line(
            &mut text,
            &format!(
                "  {:>8}  {:>8.4}  {observed:>8}  {:>9.4}  {:>8.4}  {:>8.2}",
                period.renewals, period.survival, period.retention, period.residual, period.value
            ),
        );
    }
    if let Some(value) = renewal.base_value {
        line(&mut text, &format!("\n  the contracts that stand are worth {value:.2} together"));
    }
    text
}

/// The statements with what is to be done between them.
pub(super) fn statements(three: &Statements, counting: &Counting) -> String {
    let into = &counting.into;
    format!(
        "-- 1. One row per account.\n{};\n\n-- 2. One row per distinct history. Export {into}_cells, then:\n--    mainstay \
         model fit --model bg-nbd --input cells.csv --to fit.json\n--    mainstay model predict --params fit.json --input \
         cells.csv --horizon 39 --to scores.csv\n--    and load the scores as {into}_scores.\n{};\n\n-- 3. The scores \
         joined back to the accounts.\n{};\n",
        three.summary, three.cells, three.scored
    )
}

fn line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

/// Six digits that count.
fn digits(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return value.to_string();
    }
    let after = (5 - value.abs().log10().floor() as i32).clamp(0, 12) as usize;
    format!("{value:.after$}")
}
