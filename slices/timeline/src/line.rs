//! A service line: one kind of service the business offers, with its own industry and its own "now".

/// The id of a service line; line 0 is the account as a whole.
pub type LineId = kernel::Id<LineKind>;

/// Marks ids of service lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LineKind;

impl kernel::Kind for LineKind {
    const PREFIX: &'static str = "line";
    const NOUN: &'static str = "a service line";
}
