//! The one error of the house: what was tried, on what, why not, what now.

use std::error::Error;

/// What an operation gives or why it does not.
pub type Result<T> = std::result::Result<T, Problem>;

/// A refusal or a failure, with a stable code (`slice.reason`) and a sentence for a person.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct Problem {
    /// What kind, and hence which HTTP status and exit code.
    pub kind: ProblemKind,
    /// Stable across releases: `imports.no_columns`.
    pub code: &'static str,
    /// Lower-case fragment without a full stop.
    pub message: String,
    /// The field of the input that is at fault, where there is one.
    pub field: Option<String>,
    /// What lies behind it; for the log, never for the page.
    #[source]
    pub cause: Option<Box<dyn Error + Send + Sync>>,
}

/// The kinds of problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// No such row, or none that the caller may see.
    NotFound,
    /// The input does not hold; `field` says where.
    Invalid,
    /// It collides with what is there.
    Conflict,
    /// Not for this caller.
    Forbidden,
    /// It was changed meanwhile.
    Stale,
    /// Try again in a moment.
    Busy,
    /// Our fault.
    Internal,
}

impl ProblemKind {
    /// The HTTP status.
    pub fn status(self) -> u16 {
        match self {
            ProblemKind::NotFound => 404,
            ProblemKind::Invalid => 422,
            ProblemKind::Conflict => 409,
            ProblemKind::Forbidden => 403,
            ProblemKind::Stale => 412,
            ProblemKind::Busy => 503,
            ProblemKind::Internal => 500,
        }
    }
}

impl Problem {
    fn new(kind: ProblemKind, code: &'static str, message: impl Into<String>) -> Problem {
        Problem { kind, code, message: message.into(), field: None, cause: None }
    }

    /// No such row, or none that the caller may see.
    pub fn not_found(code: &'static str, message: impl Into<String>) -> Problem {
        Problem::new(ProblemKind::NotFound, code, message)
    }

    /// The input does not hold.
    pub fn invalid(field: &str, code: &'static str, message: impl Into<String>) -> Problem {
        Problem { field: Some(field.to_owned()), ..Problem::new(ProblemKind::Invalid, code, message) }
    }

    /// It collides with what is there.
    pub fn conflict(code: &'static str, message: impl Into<String>) -> Problem {
        Problem::new(ProblemKind::Conflict, code, message)
    }

    /// Not for this caller.
    pub fn forbidden(code: &'static str, message: impl Into<String>) -> Problem {
        Problem::new(ProblemKind::Forbidden, code, message)
    }

    /// It was changed meanwhile.
    pub fn stale(code: &'static str, message: impl Into<String>) -> Problem {
        Problem::new(ProblemKind::Stale, code, message)
    }

    /// Try again in a moment.
    pub fn busy(code: &'static str, message: impl Into<String>) -> Problem {
        Problem::new(ProblemKind::Busy, code, message)
    }

    /// Our fault.
    pub fn internal(code: &'static str, message: impl Into<String>) -> Problem {
        Problem::new(ProblemKind::Internal, code, message)
    }

    /// Whether the same may succeed when it is tried again unchanged: a busy or lost database, a failure of ours. What
    /// the caller gave, or what is there, does not mend itself.
    pub fn may_pass(&self) -> bool {
        matches!(self.kind, ProblemKind::Busy | ProblemKind::Stale | ProblemKind::Internal)
            || self.code == "store.conflict"
    }

    /// Keeps what lies behind it.
    #[must_use]
    pub fn because(mut self, cause: impl Error + Send + Sync + 'static) -> Problem {
        self.cause = Some(Box::new(cause));
        self
    }
}
