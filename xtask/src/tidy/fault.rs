//! One thing to mend.

use std::fmt;

/// A rule broken at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The rule's name, as it stands in the file of exceptions.
    pub rule: &'static str,
    /// The file, or `file::function`.
    pub place: String,
    /// How many lines, where the rule counts them.
    pub size: Option<usize>,
    /// What is wrong and what to do.
    pub why: String,
}

impl Fault {
    /// A rule broken at a place.
    pub fn new(rule: &'static str, place: impl Into<String>, why: impl Into<String>) -> Fault {
        Fault { rule, place: place.into(), size: None, why: why.into() }
    }

    /// The same, with the number that the rule counts.
    pub fn sized(self, size: usize) -> Fault {
        Fault { size: Some(size), ..self }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.place, self.rule, self.why)
    }
}
