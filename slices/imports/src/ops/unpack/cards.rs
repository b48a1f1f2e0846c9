//! The table of a file of address cards: a row for each, a column for each heading that any of them has.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, BufReader, Read},
    path::Path,
};

use kernel::{Problem, Result};

use super::{Place, Unpacking, open};
use crate::{
    Encoding,
    card::{Card, Heading, Lines},
    file::damaged,
    sheet::reason,
    table::Known,
    utf8::Utf8,
};

/// No table has more headings than this.
const MOST_HEADINGS: usize = 2_000;

/// Properties that have no column are named so often.
const MOST_NAMED: usize = 12;

impl Unpacking<'_> {
    /// Makes a table of the cards.
    pub(super) fn cards(&mut self, place: &Place, path: &Path) -> Result<()> {
        let called = self.called(place);
        let (mut headings, mut left_out) = (BTreeSet::new(), BTreeMap::<String, u64>::new());
        for_each(&called, path, &mut |card| {
            headings.extend(card.cells.into_keys());
            card.left_out.into_iter().for_each(|name| *left_out.entry(name).or_default() += 1);
            if MOST_HEADINGS < headings.len() || 10 * MOST_HEADINGS < left_out.len() {
                return Err(io::Error::new(
                    io::ErrorKind::InvalidData,
                    "its cards say too many different things",
                ));
            }
            Ok(())
        })?;
        if headings.is_empty() {
            let text = format!("{called} holds no card that says anything; export it again");
            return Err(Problem::invalid("file", "imports.no_rows", text));
        }
        let mut out = csv::Writer::from_writer(self.shelf.begin()?);
        let unwritten = |error: csv::Error| self.shelf.unwritten(&reason(error));
        out.write_record(headings.iter().map(Heading::text)).map_err(unwritten)?;
        for_each(&called, path, &mut |card| {
            let cell = |heading| card.cells.get(heading).map_or("", String::as_str);
            if card.is_empty() { Ok(()) } else { out.write_record(headings.iter().map(cell)).map_err(reason) }
        })?;
        let writing = out.into_inner().map_err(|error| self.shelf.unwritten(error.error()))?;
        let file = self.shelf.ended(writing)?;
        self.without_column(&left_out);
        self.derived(place, Known::Cards, file)
    }

    fn without_column(&mut self, left_out: &BTreeMap<String, u64>) {
        let count = |(name, count): (&String, &u64)| format!("{name} ({count})");
        let named: Vec<String> = left_out.iter().take(MOST_NAMED).map(count).collect();
        if !named.is_empty() {
            let more = if MOST_NAMED < left_out.len() { " and others" } else { "" };
            self.shelf.note(format!("What has no column was left out: {}{more}.", named.join(", ")));
        }
    }
}

/// Reads every card of a file.
fn for_each(called: &str, path: &Path, take: &mut dyn FnMut(Card) -> io::Result<()>) -> Result<()> {
    let source = open(called, path)?;
    let (encoding, mark) = Encoding::guess(source.head());
    let (charset, wide) = match encoding {
        Encoding::Named(known) if known == encoding_rs::UTF_16LE || known == encoding_rs::UTF_16BE => {
            (encoding_rs::UTF_8, true)
        }
        Encoding::Named(known) => (known, false),
        Encoding::Utf8 => (encoding_rs::UTF_8, false),
        Encoding::Utf32Le | Encoding::Utf32Be => (encoding_rs::UTF_8, true),
    };
    let mut from: Box<dyn Read> = if wide { Box::new(Utf8::new(source)) } else { Box::new(source) };
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::InvalidData if !error.to_string().contains("deflate") => {
            Problem::invalid("file", "imports.damaged", format!("{called} cannot be read as cards: {error}"))
        }
        _ => damaged(called, 0, Some(&error)).because(error),
    };
    if !wide {
        let mut skipped = [0; 4];
        from.read_exact(&mut skipped[..usize::from(mark).min(4)]).map_err(failed)?;
    }
    let mut lines = Lines::new(BufReader::new(from), charset);
    while let Some(card) = Card::next(&mut lines).map_err(failed)? {
        take(card).map_err(failed)?;
    }
    Ok(())
}
