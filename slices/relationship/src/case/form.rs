//! A decision in the form of `reference.py`, to the last character.

use std::io;

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use crate::{Class, Confidence, Decision, DimensionName, Entered, Fit, strength};

/// The decision as one line of JSON in the form of `reference.py`.
pub fn written(decision: &Decision) -> String {
    let class = decision.class();
    let form = Form {
        class,
        why: decision.why.code(),
        since: decision.since.to_string(),
        entered: decision.entered,
        score: decision.score,
        coverage: decision.coverage,
        confidence: decision.confidence,
        probability: decision.score.filter(|_| class.is_judged()).map(strength::four_decimals),
        contributions: decision
            .contributions
            .iter()
            .map(|one| (one.source.as_str(), one.x, one.micro))
            .collect(),
        ask: &decision.ask,
        fit: decision.fit,
    };
    let mut text = Vec::with_capacity(1024);
    let written = form.serialize(&mut Serializer::with_formatter(&mut text, Spaced));
    debug_assert!(written.is_ok(), "words and numbers have a JSON form, and memory takes them");
    String::from_utf8(text).unwrap_or_default()
}

/// The keys in the order of `reference.py`.
#[derive(Serialize)]
struct Form<'d> {
    class: Class,
    why: String,
    since: String,
    entered: Entered,
    score: Option<i64>,
    coverage: i64,
    confidence: Option<Confidence>,
    probability: Option<String>,
    contributions: Vec<(&'static str, Option<i64>, i64)>,
    ask: &'d [DimensionName],
    fit: Fit,
}

/// A space after each comma and colon.
struct Spaced;

impl Spaced {
    fn separate<W: ?Sized + io::Write>(writer: &mut W, first: bool) -> io::Result<()> {
        if first { Ok(()) } else { writer.write_all(b", ") }
    }
}

impl Formatter for Spaced {
    fn begin_array_value<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        Spaced::separate(writer, first)
    }

    fn begin_object_key<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        Spaced::separate(writer, first)
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }
}
