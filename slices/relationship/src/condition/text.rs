//! Conditions as text: read with the place and the reason of whatever does not hold, and written back.

use std::fmt;

use kernel::{Problem, Result};
use speech::say;

use super::{Condition, DEEPEST, Field, Kind, LONGEST, MOST, Op, Operand, Wanted};

/// A piece of the text and where it begins, counted in letters from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Piece {
    at: usize,
    what: What,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum What {
    Open,
    Close,
    Sign(String),
    Word(String),
    Quoted(String),
}

/// What cannot stand in a word without quotes.
const APART: &[char] = &['(', ')', '"', ':', '=', '!', '<', '>'];

impl Wanted {
    /// Reads a filter; nothing for a blank text.
    ///
    /// # Errors
    /// `book.where`, with the place, what stands there, and what is known.
    pub fn read(text: &str) -> Result<Option<Wanted>> {
        if LONGEST < text.chars().count() {
            return Err(refused(say!("the filter is longer than {LONGEST} letters; ask for less at once")));
        }
        let pieces = pieces(text)?;
        if pieces.is_empty() {
            return Ok(None);
        }
        let end = text.chars().count() + 1;
        let mut reader = Reader { pieces: pieces.into_iter().peekable(), end, depth: 0 };
        let wanted = reader.any()?;
        if let Some(piece) = reader.pieces.next() {
            return Err(reader.wrong(Some(&piece), say!("and or or was expected")));
        }
        match wanted.conditions().len() {
            count if MOST < count => {
                Err(refused(say!("the filter has {count} conditions; {MOST} are the most")))
            }
            _ => Ok(Some(wanted)),
        }
    }
}

fn refused(text: impl fmt::Display) -> Problem {
    Problem::invalid("where", "book.where", say!("cannot read the filter: {text}"))
}

fn pieces(text: &str) -> Result<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut letters = text.chars().zip(1..).peekable();
    while let Some((letter, at)) = letters.next() {
        let what = match letter {
            _ if letter.is_whitespace() => continue,
            '(' => What::Open,
            ')' => What::Close,
            '"' => What::Quoted(quoted(&mut letters, at)?),
            ':' | '=' => What::Sign(letter.to_string()),
            '!' | '<' | '>' => match letters.next_if(|(next, _)| *next == '=') {
                Some(_) => What::Sign(format!("{letter}=")),
                None => What::Sign(letter.to_string()),
            },
            _ => {
                let mut word = letter.to_string();
                let goes_on = |next: char| !next.is_whitespace() && !APART.contains(&next);
                while let Some((next, _)) = letters.next_if(|(next, _)| goes_on(*next)) {
                    word.push(next);
                }
                What::Word(word)
            }
        };
        pieces.push(Piece { at, what });
    }
    Ok(pieces)
}

/// The text until the closing quotes; a backslash takes the next letter as it is.
fn quoted(letters: &mut impl Iterator<Item = (char, usize)>, at: usize) -> Result<String> {
    let mut text = String::new();
    while let Some((letter, _)) = letters.next() {
        match letter {
            '"' => return Ok(text),
            '\\' => text.extend(letters.next().map(|(letter, _)| letter)),
            _ => text.push(letter),
        }
    }
    Err(refused(say!("the quotes that open at letter {at} are not closed")))
}

struct Reader<P: Iterator<Item = Piece>> {
    pieces: std::iter::Peekable<P>,
    end: usize,
    depth: usize,
}

impl<P: Iterator<Item = Piece>> Reader<P> {
    fn any(&mut self) -> Result<Wanted> {
        let mut parts = vec![self.all()?];
        while self.takes("or") {
            parts.push(self.all()?);
        }
        Wanted::any(parts).ok_or_else(|| self.wrong(None, say!("a condition was expected")))
    }

    fn all(&mut self) -> Result<Wanted> {
        let mut parts = vec![self.part()?];
        while self.takes("and") {
            parts.push(self.part()?);
        }
        Wanted::all(parts).ok_or_else(|| self.wrong(None, say!("a condition was expected")))
    }

    fn takes(&mut self, word: &str) -> bool {
        let is = |piece: &Piece| matches!(&piece.what, What::Word(found) if found.eq_ignore_ascii_case(word));
        self.pieces.next_if(is).is_some()
    }

    fn part(&mut self) -> Result<Wanted> {
        if self.takes("not") {
            self.deeper()?;
            let inner = self.part()?;
            self.depth -= 1;
            return Ok(inner.negated());
        }
        match self.pieces.next() {
            Some(Piece { what: What::Open, at }) => {
                self.deeper()?;
                let inner = self.any()?;
                self.depth -= 1;
                match self.pieces.next() {
                    Some(Piece { what: What::Close, .. }) => Ok(inner),
                    other => {
                        let text = say!("the bracket that opens at letter {at} was expected to close");
                        Err(self.wrong(other.as_ref(), text))
                    }
                }
            }
            Some(Piece { what: What::Word(word), at }) => self.condition(&word, at).map(Wanted::One),
            other => Err(self.wrong(other.as_ref(), say!("a condition such as class:client was expected"))),
        }
    }

    fn deeper(&mut self) -> Result<()> {
        self.depth += 1;
        match self.depth {
            depth if DEEPEST < depth => {
                Err(refused(say!("brackets and nots stand more than {DEEPEST} deep; ask in a flatter way")))
            }
            _ => Ok(()),
        }
    }

    fn condition(&mut self, word: &str, at: usize) -> Result<Condition> {
        let field = Field::parse(&word.to_lowercase()).ok_or_else(|| {
            let known: Vec<_> = Field::ALL.iter().map(|field| field.as_str()).collect();
            refused(say!("at letter {at}, {word:?} is no field; known are {}", known.join(", ")))
        })?;
        let sign = self.pieces.next();
        let op = match &sign {
            Some(Piece { what: What::Sign(sign), .. }) => Op::of_sign(sign),
            _ => None,
        };
        let Some(op) = op else {
            let signs = if field.is_measured() { ": = != >= <= > <" } else { ": or !=" };
            return Err(self.wrong(sign.as_ref(), say!("{field} is followed by one of {signs}")));
        };
        let (text, place) = self.value(field)?;
        Condition::read(field, op, &text).map_err(|why| refused(say!("at letter {place}, {why}")))
    }

    /// The text of a value and where it begins; an amount takes the currency after it.
    fn value(&mut self, field: Field) -> Result<(String, usize)> {
        let found = self.pieces.next();
        let Some(Piece { what: What::Word(text) | What::Quoted(text), at }) = found else {
            return Err(self.wrong(found.as_ref(), say!("a value of {field} was expected")));
        };
        let is_currency = |piece: &Piece| matches!(&piece.what, What::Word(word) if word.len() == 3 && !["and", "not"].contains(&&*word.to_lowercase()));
        match field.kind() {
            Kind::Money if !text.contains(' ') => {
                let currency = self.pieces.next_if(is_currency).map(|piece| match piece.what {
                    What::Word(word) => format!(" {word}"),
                    _ => String::new(),
                });
                Ok((text + &currency.unwrap_or_default(), at))
            }
            _ => Ok((text, at)),
        }
    }

    fn wrong(&self, found: Option<&Piece>, expected: impl fmt::Display) -> Problem {
        refused(match found {
            Some(piece) => say!("at letter {}, {expected}, not {}", piece.at, piece.what),
            None => say!("it ends at letter {}, where {expected}", self.end),
        })
    }
}

impl fmt::Display for What {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            What::Open => out.write_str(&say!("a bracket that opens")),
            What::Close => out.write_str(&say!("a bracket that closes")),
            What::Sign(text) | What::Word(text) | What::Quoted(text) => write!(out, "{text:?}"),
        }
    }
}

impl fmt::Display for Wanted {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Wanted::All(parts) => joined(out, parts, " and ", |part| matches!(part, Wanted::Any(_))),
            Wanted::Any(parts) => joined(out, parts, " or ", |part| matches!(part, Wanted::All(_))),
            Wanted::Not(inner) => match **inner {
                Wanted::All(_) | Wanted::Any(_) => write!(out, "not ({inner})"),
                _ => write!(out, "not {inner}"),
            },
            Wanted::One(condition) => write!(out, "{condition}"),
        }
    }
}

/// Parts with a word between; those for which it is asked stand in brackets.
fn joined(
    out: &mut fmt::Formatter<'_>,
    parts: &[Wanted],
    word: &str,
    in_brackets: impl Fn(&Wanted) -> bool,
) -> fmt::Result {
    for (n, part) in parts.iter().enumerate() {
        out.write_str(if n == 0 { "" } else { word })?;
        if in_brackets(part) { write!(out, "({part})")? } else { write!(out, "{part}")? }
    }
    Ok(())
}

impl fmt::Display for Condition {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.op {
            Op::Is if !self.field.is_measured() => ":",
            op => op.sign(),
        };
        let typed = self.value.typed(self.field);
        let bare = |text: &str| {
            !text.is_empty() && !text.contains(|c: char| c.is_whitespace() || APART.contains(&c))
        };
        match &self.value {
            Operand::Text(text) if !bare(text) => {
                let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
                write!(out, "{}{sign}\"{escaped}\"", self.field)
            }
            _ => write!(out, "{}{sign}{typed}", self.field),
        }
    }
}
