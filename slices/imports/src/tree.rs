//! What a JSON document holds: read piece by piece, its numbers kept as they were written.

use std::io::{self, Read};

use json_event_parser::{JsonEvent, LowLevelJsonParser};

/// Lists and objects may lie so deep in one another.
const DEEPEST: usize = 64;

/// The longest word, text or number.
const LONGEST: usize = 16 << 20;

/// What a file is read in.
const CHUNK: usize = 64 * 1024;

/// One value, with all that lies in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Tree {
    /// `null`.
    Nothing,
    /// A number, a truth or a text, as it is written.
    Leaf(String),
    /// A list.
    List(Vec<Tree>),
    /// An object: names and values in their order.
    Object(Vec<(String, Tree)>),
}

/// A step through a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Nothing,
    Leaf(String),
    Text(String),
    Name(String),
    BeginList,
    EndList,
    BeginObject,
    EndObject,
    End,
}

/// Walks through documents that stand one after the other.
pub(crate) struct Walk<R> {
    from: R,
    parser: LowLevelJsonParser,
    bytes: Vec<u8>,
    at: usize,
    ended: bool,
    depth: usize,
    /// Line ends passed, for messages.
    lines: u64,
}

impl<R: Read> Walk<R> {
    pub fn new(from: R) -> Walk<R> {
        let parser = LowLevelJsonParser::new();
        Walk { from, parser, bytes: Vec::new(), at: 0, ended: false, depth: 0, lines: 1 }
    }

    /// Walks through what stands in one line.
    pub fn of_line(line: Vec<u8>, from: R) -> Walk<R> {
        Walk { bytes: line, ended: true, ..Walk::new(from) }
    }

    /// The line that was walked through, whole.
    pub fn into_line(self) -> Vec<u8> {
        self.bytes
    }

    /// The next step; [`Step::End`] where nothing is left. Between two documents nothing is said.
    pub fn next(&mut self) -> io::Result<Step> {
        loop {
            if self.depth == 0 && self.skip_blanks()? {
                return Ok(Step::End);
            }
            let result = self.parser.parse_next(&self.bytes[self.at..], self.ended);
            let step = result.event.map(|event| event.map(step));
            let passed = &self.bytes[self.at..self.at + result.consumed_bytes];
            self.lines += passed.iter().filter(|byte| **byte == b'\n').count() as u64;
            self.at += result.consumed_bytes;
            match step {
                Some(Ok(Step::End)) => self.parser = LowLevelJsonParser::new(),
                Some(Ok(step)) => return self.taken(step),
                Some(Err(_)) if self.ended && self.bytes[self.at..].trim_ascii().is_empty() => {
                    return Err(self.wrong("it is cut short"));
                }
                Some(Err(error)) => return Err(self.wrong(error.message())),
                None if self.ended && self.depth == 0 => return Ok(Step::End),
                None if self.ended => return Err(self.wrong("it is cut short")),
                None => self.refill()?,
            }
        }
    }

    fn taken(&mut self, step: Step) -> io::Result<Step> {
        match step {
            Step::BeginList | Step::BeginObject => self.depth += 1,
            Step::EndList | Step::EndObject => self.depth -= 1,
            _ => (),
        }
        if DEEPEST < self.depth {
            return Err(self.wrong("lists lie too deep in one another"));
        }
        if self.depth == 0 {
            self.parser = LowLevelJsonParser::new();
        }
        Ok(step)
    }

    /// Passes what stands between documents; whether nothing follows.
    fn skip_blanks(&mut self) -> io::Result<bool> {
        loop {
            while let Some(byte) = self.bytes.get(self.at) {
                if !byte.is_ascii_whitespace() && *byte != 0x1e {
                    return Ok(false);
                }
                self.lines += u64::from(*byte == b'\n');
                self.at += 1;
            }
            if self.ended {
                return Ok(true);
            }
            self.refill()?;
        }
    }

    fn refill(&mut self) -> io::Result<()> {
        self.bytes.drain(..self.at);
        self.at = 0;
        if LONGEST < self.bytes.len() {
            return Err(self.wrong("a text in it is longer than 16 MiB"));
        }
        let kept = self.bytes.len();
        // Grows with what is kept, so that a long text is not looked at too often.
        self.bytes.resize(kept + CHUNK.max(kept), 0);
        let read = loop {
            match self.from.read(&mut self.bytes[kept..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => (),
                other => break other,
            }
        };
        self.bytes.truncate(kept + *read.as_ref().unwrap_or(&0));
        self.ended = read? == 0;
        Ok(())
    }

    /// The error of a document that is wrong at this place.
    fn wrong(&self, why: &str) -> io::Error {
        io::Error::new(io::ErrorKind::InvalidData, format!("line {}: {why}", self.lines))
    }

    /// The whole value that begins with this step, if it takes no more than so many bytes.
    pub fn tree(&mut self, first: Step, most: usize) -> io::Result<Tree> {
        let mut room = most;
        self.grown(first, &mut room)
    }

    fn grown(&mut self, first: Step, room: &mut usize) -> io::Result<Tree> {
        let cost = match &first {
            Step::Leaf(text) | Step::Text(text) => text.len() + 48,
            _ => 48,
        };
        *room = room.checked_sub(cost).ok_or_else(|| self.wrong("one object in it is larger than 64 MiB"))?;
        match first {
            Step::Leaf(text) | Step::Text(text) => Ok(Tree::Leaf(text)),
            Step::BeginList => {
                let mut all = Vec::new();
                loop {
                    match self.next()? {
                        Step::EndList => return Ok(Tree::List(all)),
                        step => all.push(self.grown(step, room)?),
                    }
                }
            }
            Step::BeginObject => {
                let mut all = Vec::new();
                loop {
                    match self.next()? {
                        Step::Name(name) => {
                            let step = self.next()?;
                            all.push((name, self.grown(step, room)?));
                        }
                        _ => return Ok(Tree::Object(all)),
                    }
                }
            }
            _ => Ok(Tree::Nothing),
        }
    }
}

fn step(event: JsonEvent<'_>) -> Step {
    match event {
        JsonEvent::String(text) => Step::Text(text.into_owned()),
        JsonEvent::Number(text) => Step::Leaf(text.into_owned()),
        JsonEvent::Boolean(value) => Step::Leaf(value.to_string()),
        JsonEvent::Null => Step::Nothing,
        JsonEvent::StartArray => Step::BeginList,
        JsonEvent::EndArray => Step::EndList,
        JsonEvent::StartObject => Step::BeginObject,
        JsonEvent::EndObject => Step::EndObject,
        JsonEvent::ObjectKey(name) => Step::Name(name.into_owned()),
        JsonEvent::Eof => Step::End,
    }
}

impl Tree {
    /// The value as it would be written in one cell: a text as it is, a list of words with blanks between them, the rest
    /// as JSON.
    pub fn cell(&self) -> String {
        match self {
            Tree::Nothing => String::new(),
            Tree::Leaf(text) => text.clone(),
            Tree::List(all) if all.iter().all(|one| matches!(one, Tree::Leaf(_) | Tree::Nothing)) => {
                let words: Vec<String> = all.iter().map(Tree::cell).collect();
                words.join("; ")
            }
            other => other.json(),
        }
    }

    fn json(&self) -> String {
        match self {
            Tree::Nothing => "null".to_owned(),
            Tree::Leaf(text) if is_number(text) => text.clone(),
            Tree::Leaf(text) => quoted(text),
            Tree::List(all) => format!("[{}]", all.iter().map(Tree::json).collect::<Vec<_>>().join(",")),
            Tree::Object(all) => {
                let pair = |(name, value): &(String, Tree)| format!("{}:{}", quoted(name), value.json());
                format!("{{{}}}", all.iter().map(pair).collect::<Vec<_>>().join(","))
            }
        }
    }

    /// Whether it is a list in which objects stand, and nothing else.
    pub fn is_table(&self) -> bool {
        matches!(self, Tree::List(all) if !all.is_empty() && all.iter().all(|one| matches!(one, Tree::Object(_))))
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn is_number(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_digit() || first == '-')
        && serde_json::from_str::<f64>(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> io::Result<Vec<Tree>> {
        let mut walk = Walk::new(text.as_bytes());
        let mut trees = Vec::new();
        loop {
            match walk.next()? {
                Step::End => return Ok(trees),
                step => trees.push(walk.tree(step, 1 << 20)?),
            }
        }
    }

    #[test]
    fn documents_follow_one_another_and_numbers_stay_as_written() {
        let trees =
            all("{\"sum\": 10.00, \"id\": 12345678901234567890}\n{\"a\": [1, \"b\"]}\n\n[true]").unwrap();
        let leaf = |text: &str| Tree::Leaf(text.to_owned());
        let pair = |name: &str, tree: Tree| (name.to_owned(), tree);
        assert_eq!(
            trees[0],
            Tree::Object(vec![pair("sum", leaf("10.00")), pair("id", leaf("12345678901234567890"))])
        );
        assert_eq!(trees[1], Tree::Object(vec![pair("a", Tree::List(vec![leaf("1"), leaf("b")]))]));
        assert_eq!(trees.len(), 3);
    }

    #[test]
    fn a_cut_document_says_where() {
        assert_eq!(all("[1,\n2,").unwrap_err().to_string(), "line 2: it is cut short");
        let deep = "[".repeat(100);
        assert!(all(&deep).unwrap_err().to_string().contains("too deep"));
    }

    #[test]
    fn a_cell_holds_words_as_they_are_and_the_rest_as_it_was_written() {
        let trees = all("[\"new\", \"vip\"] [[1.50, 2]] {\"a\": null}").unwrap();
        assert_eq!(
            trees.iter().map(Tree::cell).collect::<Vec<_>>(),
            ["new; vip", "[[1.50,2]]", "{\"a\":null}"]
        );
    }
}
