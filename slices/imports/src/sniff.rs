//! Finding out how a file is written from its beginning: letters, cells, where the table begins.

use kernel::{Problem, Result};

use crate::{
    Dialect, Encoding, Reading, Source,
    delimiter::{Delimiter, long_delimiter, record_end},
    dialect::ONE_COLUMN,
    header,
    record::Record,
    splitter::{Found, Splitter},
    text::Text,
};

/// How much of the text is split on trial.
const TRIAL: usize = 128 * 1024;

/// How many records of a trial are looked at.
const RECORDS: usize = 400;

/// Finds out how a file is written.
///
/// # Errors
/// `imports.binary` where it is no text, `imports.no_rows` where there is nothing but a header.
pub fn sniff(source: &Source) -> Result<Dialect> {
    sniff_as(source, &Reading::default())
}

/// Finds out how a file is written, as far as nobody said so.
///
/// # Errors
/// As [`sniff`].
pub(crate) fn sniff_as(source: &Source, said: &Reading) -> Result<Dialect> {
    let (guess, byte_order_mark) = Encoding::guess(source.head());
    let base = Dialect { encoding: said.encoding.unwrap_or(guess), byte_order_mark, ..Dialect::default() };
    let said = said.delimiter.as_ref().map(Delimiter::as_str);
    let sample = Sample::of(source);
    let text = sample.text(&base);
    refuse_binary(source.name(), &text)?;
    let mut best = Trial::best(&sample, &base, &text, said);
    if let Some(inner) = Trial::undone(&sample, &base, said) {
        best = inner;
    }
    let table = header::find(&best.records);
    settled(source, &sample, best.dialect, &best.records, table)
}

/// How a text is written that was derived from cells: by our own hand, its header named or looked for.
///
/// # Errors
/// `imports.no_rows` where there is nothing but a header.
pub(crate) fn derived(source: &Source, named: bool) -> Result<Dialect> {
    let sample = Sample::of(source);
    let dialect = Dialect::default();
    let records = sample.records(&dialect);
    let columns = records.first().map_or(1, Vec::len);
    let table =
        if named { header::Table { titles: 0, header: true, columns } } else { header::find(&records) };
    settled(source, &sample, dialect, &records, table)
}

/// The dialect with its table in its place, if any row stands in it.
fn settled(
    source: &Source,
    sample: &Sample<'_>,
    dialect: Dialect,
    records: &[Vec<String>],
    table: header::Table,
) -> Result<Dialect> {
    let dialect = Dialect { titles: table.titles, header: table.header, columns: table.columns, ..dialect };
    let body = table.titles + usize::from(table.header);
    let filled = records.iter().skip(body).any(|record| record.iter().any(|cell| !cell.trim().is_empty()));
    if sample.whole && !filled {
        return Err(Problem::invalid("file", "imports.no_rows", no_rows(source.name(), records)));
    }
    Ok(dialect)
}

fn no_rows(name: &str, records: &[Vec<String>]) -> String {
    let named = records.iter().flatten().map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
    let header: Vec<&str> = named.take(8).collect();
    match header.is_empty() {
        true => format!("{name} holds nothing but blank lines; export it again"),
        false => format!("{name} has a header ({}) and no row below it; export it again", header.join(", ")),
    }
}

/// Refuses what is no text for a person: letters that no keyboard writes.
fn refuse_binary(name: &str, text: &str) -> Result<()> {
    let odd = |letter: &char| {
        let control = letter.is_control() && !matches!(letter, '\0' | '\t' | '\n' | '\r' | '\u{8}'..='\u{f}');
        control && !matches!(letter, '\u{1a}'..='\u{1f}' | '\u{80}'..='\u{9f}')
    };
    let letters = text.chars().count();
    let strange = text.chars().filter(odd).count();
    let zeros = text.chars().filter(|letter| *letter == '\0').count();
    if (strange >= 4 && 50 * strange > letters) || (zeros >= 16 && 4 * zeros > letters) {
        let message =
            format!("{name} is not text: {strange} of its first {letters} letters are control codes");
        let message = format!("{message}; export the data as CSV and bring that in");
        return Err(Problem::invalid("file", "imports.binary", message));
    }
    Ok(())
}

/// The beginning of the file, for trials.
pub(crate) struct Sample<'s> {
    bytes: &'s [u8],
    whole: bool,
}

impl<'s> Sample<'s> {
    fn of(source: &'s Source) -> Sample<'s> {
        let head = source.head();
        Sample { bytes: &head[..head.len().min(TRIAL)], whole: source.is_whole() && head.len() <= TRIAL }
    }

    /// The text as it is, before anything is split.
    fn text(&self, base: &Dialect) -> String {
        let mut bytes = Vec::new();
        let skip = usize::from(base.byte_order_mark).min(self.bytes.len());
        let mut decoder = crate::encoding::Decoder::new(base.encoding);
        decoder.push(&self.bytes[skip..], true, &mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// The records as a dialect splits them; the last is left out where the sample may have cut it.
    fn records(&self, dialect: &Dialect) -> Vec<Vec<String>> {
        let cursor = std::io::Cursor::new(self.bytes.to_vec());
        let Ok(source) = Source::new("sample", cursor) else { return Vec::new() };
        let Ok(mut splitter) = Splitter::new(Text::new(source, dialect), dialect) else { return Vec::new() };
        let (mut records, mut record) = (Vec::new(), Record::default());
        while records.len() < RECORDS && matches!(splitter.next(&mut record, 0), Ok(Found::Record)) {
            records.push(record.cells().map(str::to_owned).collect());
        }
        if !self.whole && records.len() < RECORDS && records.len() > 1 {
            records.pop();
        }
        records
    }
}

/// A dialect tried on the sample.
struct Trial {
    dialect: Dialect,
    records: Vec<Vec<String>>,
    /// How well it splits: 0 to 1, beyond that for more columns.
    score: f64,
    columns: usize,
}

impl Trial {
    fn new(sample: &Sample<'_>, dialect: Dialect) -> Trial {
        let records = sample.records(&dialect);
        let (columns, score) = regularity(&records);
        Trial { dialect, records, score, columns }
    }

    /// The best of all dialects worth trying, of those with the delimiter that is said.
    fn best(sample: &Sample<'_>, base: &Dialect, text: &str, said: Option<&str>) -> Trial {
        let mut best: Option<Trial> = None;
        for dialect in candidates(base, text, said) {
            let trial = Trial::new(sample, dialect);
            if best.as_ref().is_none_or(|best| best.score + 0.02 < trial.score) {
                best = Some(trial);
            }
        }
        let best = match best {
            Some(best) if said.is_some() => best,
            Some(best) if best.columns > 1 && best.score > 0.15 => best,
            _ => match said {
                Some(said) => Trial::new(sample, Dialect { delimiter: said.to_owned(), ..base.clone() }),
                None => Trial::single(sample, base),
            },
        };
        best.with_comments(sample).with_escape(sample, text)
    }

    /// The file as one column; commas stay delimiters where only quotes hide them.
    fn single(sample: &Sample<'_>, base: &Dialect) -> Trial {
        let commas = Trial::new(sample, base.clone());
        if commas.records.iter().all(|record| record.len() <= 1) {
            return commas;
        }
        Trial::new(sample, Dialect { delimiter: ONE_COLUMN.to_owned(), ..base.clone() })
    }

    /// Lines after `#` are comments where each of them is one cell and the table has more.
    fn with_comments(self, sample: &Sample<'_>) -> Trial {
        let mut marked =
            self.records.iter().filter(|record| record.first().is_some_and(|cell| cell.starts_with('#')));
        let single = |record: &Vec<String>| record.iter().skip(1).all(|cell| cell.trim().is_empty());
        let any = marked.clone().next().is_some();
        if self.columns < 2 || !any || !marked.all(single) {
            return self;
        }
        Trial::new(sample, Dialect { comment: Some('#'), ..self.dialect })
    }

    /// A backslash before a quote inside a cell, where that splits better or is the only sense it makes.
    fn with_escape(self, sample: &Sample<'_>, text: &str) -> Trial {
        let Some(quote) = self.dialect.quote else { return self };
        let pattern = format!("\\{quote}");
        let delimiter = self.dialect.delimiter.clone();
        let inside = |(at, _): (usize, &str)| {
            let rest = &text[at + pattern.len()..];
            !rest.is_empty() && !rest.starts_with(['\r', '\n', quote]) && !rest.starts_with(&delimiter)
        };
        if !text.match_indices(&pattern).any(inside) {
            return self;
        }
        let escaped = Trial::new(sample, Dialect { escape: Some('\\'), ..self.dialect.clone() });
        if self.score <= escaped.score { escaped } else { self }
    }

    /// The table inside, where every record is one quoted cell that itself parses as records.
    fn undone(sample: &Sample<'_>, base: &Dialect, said: Option<&str>) -> Option<Trial> {
        let outer = sample.text(base);
        let lines: Vec<&str> = outer.lines().filter(|line| !line.is_empty()).take(RECORDS).collect();
        let wrapped = lines.iter().filter(|line| is_one_quoted(line)).count();
        if lines.len() < 2 || 10 * wrapped < 9 * lines.len() {
            return None;
        }
        let wrapped = Dialect { double_encoded: true, ..base.clone() };
        let usual = [",", ";", "\t", "|"];
        let delimiters = usual.into_iter().filter(|delimiter| said.is_none_or(|said| said == *delimiter));
        let inner = delimiters.map(|delimiter| {
            Trial::new(sample, Dialect { delimiter: delimiter.to_owned(), ..wrapped.clone() })
        });
        let best = inner.max_by(|one, other| one.score.total_cmp(&other.score))?;
        (best.columns > 1 && best.score > 0.9).then_some(best)
    }
}

/// Whether a line is one quoted cell and nothing else.
fn is_one_quoted(line: &str) -> bool {
    let inner = line.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inner.is_some_and(|inner| !inner.is_empty() && !inner.replace("\"\"", "").contains('"'))
}

/// The dialects worth trying, the likeliest first.
fn candidates(base: &Dialect, text: &str, said: Option<&str>) -> Vec<Dialect> {
    let with = |delimiter: &str| Dialect { delimiter: delimiter.to_owned(), ..base.clone() };
    let mut all: Vec<Dialect> = Vec::new();
    if let Some(long) = long_delimiter(text).filter(|long| said.is_none_or(|said| said == long)) {
        let record_end = record_end(text, &long);
        all.push(Dialect { quote: None, record_end, ..with(&long) });
    }
    let usual = [",", ";", "\t", "|", "%"];
    for delimiter in said.as_ref().map_or(&usual[..], std::slice::from_ref).iter().copied() {
        if !text.contains(delimiter) {
            continue;
        }
        let padded = text.matches(&format!("{delimiter} \"")).count();
        let close = text.matches(&format!("{delimiter}\"")).count();
        if padded > close {
            all.push(Dialect { padded: true, ..with(delimiter) });
        }
        let record_end = if delimiter == "|" { record_end(text, delimiter) } else { None };
        all.push(Dialect { record_end, ..with(delimiter) });
        if text.contains('"') {
            all.push(Dialect { quote: None, ..with(delimiter) });
        }
        if text.contains(&format!("{delimiter}'")) {
            all.push(Dialect { quote: Some('\''), ..with(delimiter) });
        }
    }
    all
}

/// The usual number of cells, and how regularly records have it.
fn regularity(records: &[Vec<String>]) -> (usize, f64) {
    let mut counts = std::collections::BTreeMap::new();
    for record in records.iter().filter(|record| record.len() > 1) {
        *counts.entry(record.len()).or_insert(0usize) += 1;
    }
    let Some((columns, count)) = counts.into_iter().max_by_key(|(columns, count)| (*count, *columns)) else {
        return (1, 0.0);
    };
    let comments = records.iter().filter(|record| record.len() == 1 && record[0].starts_with('#')).count();
    let share = count as f64 / (records.len() - comments) as f64;
    let head = records.iter().take(4 + comments).any(|record| record.len() == columns);
    let broken = records.iter().flatten().filter(|cell| cell.contains(['"'])).count();
    let clean = if broken > records.len() / 10 { 0.9 } else { 1.0 };
    // Where all rows have decimal commas, they split as regularly as the table, but for its header.
    let top = records.iter().find(|record| record.first().is_some_and(|cell| !cell.starts_with('#')));
    let first = if top.is_none_or(|record| record.len() == columns) { 1.0 } else { 0.96 };
    let score = share * share * clean * first * if head { 1.0 } else { 0.5 };
    (columns, score + 0.0005 * columns.min(40) as f64)
}
