//! The tables of JSON documents, and of files that hold one document on each line.

use std::{
    cell::RefCell,
    io::{self, BufRead, BufReader, Read},
    path::Path,
};

use kernel::{Problem, Result};

use super::{
    HEAD, Place, Unpacking, open,
    shelf::{Shelf, Writing},
};
use crate::{
    layout::Plan,
    shape::Document,
    sheet::reason,
    table::Known,
    tree::{Step, Tree, Walk},
    unread,
    utf8::Utf8,
};

/// The longest line, and the largest object of a table with all that lies in it.
const LONGEST_LINE: u64 = 16 << 20;
const LARGEST_OBJECT: usize = 64 << 20;

/// No document gives more tables than this.
const MOST_TABLES: usize = 400;

/// Lines that are no JSON are named so often.
const MOST_NAMED: usize = 5;

type Out = csv::Writer<Writing>;

/// What is done with the documents of a file.
type Take<'t> = dyn FnMut(&mut Walk<Box<dyn Read>>) -> io::Result<()> + 't;

/// What is done with a line that is no JSON: its number, what stands there, what is wrong with it.
type Broken<'t> = dyn FnMut(u64, &[u8], &io::Error) -> io::Result<()> + 't;

impl Unpacking<'_> {
    /// Makes a table of each list of objects, and of each object that stands alone.
    pub(super) fn json(&mut self, place: &Place, path: &Path) -> Result<()> {
        let called = self.called(place);
        let text = Documents::of(&called, path)?;
        let mut document = Document::default();
        text.each(&mut |walk| document.learn(walk), &mut |_, _, _| Ok(()))
            .map_err(|error| broken(&called, &error))?;
        if document.is_grid() {
            return self.grid(place, &called, &text);
        }
        let plan = Plan::of(&document);
        if plan.tables.is_empty() || MOST_TABLES < plan.tables.len() {
            return Err(without_table(&called, plan.tables.len()));
        }
        let mut outs = Vec::new();
        for table in &plan.tables {
            let mut out = csv::WriterBuilder::new().flexible(true).from_writer(self.shelf.begin()?);
            out.write_record(&table.columns).map_err(|error| self.shelf.unwritten(&reason(error)))?;
            outs.push(out);
        }
        let left_out = filled(&text, &plan, &mut outs);
        let left_out = left_out.map_err(|error| failed(&self.shelf, &called, &error))?;
        self.say(&called, &plan, &left_out);
        for (table, out) in plan.tables.iter().zip(outs) {
            let file = self.shelf.ended(whole(&self.shelf, out)?)?;
            self.derived(&place.below(&table.name), Known::Header, file)?;
        }
        Ok(())
    }

    /// Says what stands in no table.
    fn say(&mut self, called: &str, plan: &Plan, left_out: &[u64]) {
        if plan.loose {
            self.shelf.note(format!("Values of {called} that stand in no list were left out."));
        }
        let named: Vec<String> = left_out.iter().take(MOST_NAMED).map(u64::to_string).collect();
        let more = if MOST_NAMED < left_out.len() { " and others" } else { "" };
        if !named.is_empty() {
            let lines = named.join(", ");
            let count = left_out.len();
            self.shelf
                .note(format!("{count} lines of {called} are no JSON and are rejected: {lines}{more}."));
        }
    }

    /// A list of lists is a table as it stands.
    fn grid(&mut self, place: &Place, called: &str, text: &Documents<'_>) -> Result<()> {
        let mut out = csv::WriterBuilder::new().flexible(true).from_writer(self.shelf.begin()?);
        let mut write = |walk: &mut Walk<Box<dyn Read>>| {
            walk.next()?;
            loop {
                match walk.next()? {
                    Step::EndList => return Ok(()),
                    step => {
                        let tree = walk.tree(step, LARGEST_OBJECT)?;
                        let Tree::List(cells) = tree else { continue };
                        let cells: Vec<String> = cells.iter().map(Tree::cell).collect();
                        out.write_record(&cells).map_err(reason)?;
                    }
                }
            }
        };
        let written = text.each(&mut write, &mut |_, _, _| Ok(()));
        written.map_err(|error| failed(&self.shelf, called, &error))?;
        let file = self.shelf.ended(whole(&self.shelf, out)?)?;
        self.derived(place, Known::Cells, file)
    }
}

/// The documents of a file.
struct Documents<'d> {
    called: &'d str,
    path: &'d Path,
    /// One stands on each line.
    lines: bool,
}

impl<'d> Documents<'d> {
    fn of(called: &'d str, path: &'d Path) -> Result<Documents<'d>> {
        let source = open(called, path)?;
        let mut head = Vec::new();
        let read = Utf8::new(source).take(HEAD).read_to_end(&mut head);
        let end = head.iter().position(|byte| *byte == b'\n').filter(|_| read.is_ok());
        let (first, rest) = head.split_at(end.unwrap_or(0));
        let complete = !first.is_empty()
            && Document::default().learn(&mut Walk::of_line(first.to_vec(), io::empty())).is_ok();
        Ok(Documents { called, path, lines: complete && !rest.trim_ascii().is_empty() })
    }

    /// Walks through the documents; the lines that are none, each of which is handed to `broken`.
    fn each(&self, take: &mut Take<'_>, broken: &mut Broken<'_>) -> io::Result<Vec<u64>> {
        let source = open(self.called, self.path).map_err(|problem| io::Error::other(problem.to_string()))?;
        let text = Utf8::new(source);
        if !self.lines {
            take(&mut Walk::new(Box::new(text)))?;
            return Ok(Vec::new());
        }
        let (mut reader, mut number, mut left_out) = (BufReader::new(text), 0, Vec::new());
        let mut line = Vec::new();
        loop {
            line.clear();
            number += 1;
            if (&mut reader).take(LONGEST_LINE).read_until(b'\n', &mut line)? == 0 {
                return Ok(left_out);
            }
            let mut walk: Walk<Box<dyn Read>> = Walk::of_line(line, Box::new(io::empty()));
            let taken = take(&mut walk);
            line = walk.into_line();
            match taken {
                Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                    left_out.push(number);
                    broken(number, &line, &error)?;
                }
                other => other?,
            }
        }
    }
}

/// Writes the rows of all tables; a line that is no JSON is a row of the first one, where it is rejected.
fn filled(text: &Documents<'_>, plan: &Plan, outs: &mut [Out]) -> io::Result<Vec<u64>> {
    let mut counts = vec![0; outs.len()];
    let outs = RefCell::new(outs);
    let mut write = |walk: &mut Walk<Box<dyn Read>>| {
        plan.rows(walk, LARGEST_OBJECT, &mut counts, &mut |table, row| {
            outs.borrow_mut()[table].write_record(row).map_err(reason)
        })
    };
    text.each(&mut write, &mut |number, line, error| {
        let why = format!("line {number} of the file is no JSON: {error}");
        let cells = unread::cells(&why, &String::from_utf8_lossy(line));
        outs.borrow_mut().iter_mut().take(1).try_for_each(|out| out.write_record(&cells).map_err(reason))
    })
}

fn whole(shelf: &Shelf<'_>, out: Out) -> Result<Writing> {
    out.into_inner().map_err(|error| shelf.unwritten(error.error()))
}

fn failed(shelf: &Shelf<'_>, called: &str, error: &io::Error) -> Problem {
    match error.kind() {
        io::ErrorKind::FileTooLarge | io::ErrorKind::StorageFull => shelf.unwritten(error),
        _ => broken(called, error),
    }
}

fn broken(called: &str, error: &io::Error) -> Problem {
    let text = format!("{called} cannot be read as JSON: {error}; get a complete copy and bring it in again");
    Problem::invalid("file", "imports.damaged", text)
}

fn without_table(called: &str, tables: usize) -> Problem {
    let text = match tables {
        0 => format!(
            "{called} holds no list of objects that could be rows; export the data as CSV and bring that in"
        ),
        _ => format!("{called} holds more than {MOST_TABLES} lists; bring in those you need"),
    };
    Problem::invalid("file", "imports.no_table", text)
}
