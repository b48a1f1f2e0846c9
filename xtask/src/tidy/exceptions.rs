//! What is not yet as it should be: a list that may only shrink.

use super::{Fault, Tree};

const FILE: &str = "xtask/exceptions.txt";

/// Lower it whenever a line goes; a line more is a decision that a reader of this number must see.
pub const AT_MOST: usize = 2;

/// Takes the excepted faults off and adds a fault for each line that excepts nothing.
pub fn take_off(tree: &Tree, faults: Vec<Fault>) -> Vec<Fault> {
    let text = tree.text(FILE).unwrap_or_default();
    let exceptions: Vec<Exception> = text.lines().filter_map(Exception::read).collect();
    let mut left: Vec<Fault> =
        faults.iter().filter(|fault| !exceptions.iter().any(|e| e.covers(fault))).cloned().collect();
    for exception in &exceptions {
        if !faults.iter().any(|fault| exception.covers(fault)) {
            left.push(Fault::new(
                "exceptions",
                FILE,
                format!("stale: `{}`; remove this line", exception.line),
            ));
        }
    }
    if exceptions.len() > AT_MOST {
        let why = format!("{} lines, more than {AT_MOST}: this list may only shrink", exceptions.len());
        left.push(Fault::new("exceptions", FILE, why));
    }
    left
}

/// A line `rule place [lines]`, where `lines` is as far as the fault may go.
struct Exception<'a> {
    line: &'a str,
    rule: &'a str,
    place: &'a str,
    lines: Option<usize>,
}

impl Exception<'_> {
    fn read(line: &str) -> Option<Exception<'_>> {
        let line = line.split('#').next()?.trim();
        let mut words = line.split_whitespace();
        let (rule, place) = (words.next()?, words.next()?);
        Some(Exception { line, rule, place, lines: words.next().and_then(|lines| lines.parse().ok()) })
    }

    fn covers(&self, fault: &Fault) -> bool {
        self.rule == fault.rule
            && self.place == fault.place
            && fault.size.unwrap_or(0) <= self.lines.unwrap_or(0)
    }
}
