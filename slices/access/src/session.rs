//! A session: a person who is signed in, in one browser, for a while.

use kernel::{Actor, Role};
use speech::Language;

use crate::{
    PersonId,
    secret::{self, Hash},
};

/// Microseconds in a minute.
pub const MINUTE: i64 = 60_000_000;
/// A session that nobody uses ends after this long.
pub const IDLE: i64 = 12 * 60 * MINUTE;
/// A session ends after this long however much it is used.
pub const ABSOLUTE: i64 = 7 * 24 * 60 * MINUTE;
/// When it was last used is written down at most this often.
pub const TOUCH: i64 = MINUTE;
/// The row of a session or a link is taken away this long after it began or ran out.
pub const KEPT: i64 = 30 * 24 * 60 * MINUTE;
/// What sessions are for; a session for something else opens no page.
pub const PURPOSE: &str = "browser";

/// Who is signed in.
#[derive(Clone, PartialEq, Eq)]
pub struct Session {
    /// The person.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// What they may do, as of now.
    pub role: Role,
    /// The language they chose; nothing for whatever their browser prefers.
    pub language: Option<Language>,
    /// Stands in every form that changes something.
    pub csrf: String,
    /// It is time to call `touch_session`.
    pub touch_due: bool,
}

impl Session {
    /// The person as the caller of something.
    pub fn actor(&self) -> Actor {
        Actor::User { id: self.person.0, role: self.role }
    }

    /// Whether a form came from a page of this session.
    pub fn accepts(&self, csrf: &str) -> bool {
        secret::equal(&self.csrf, csrf)
    }
}

impl std::fmt::Debug for Session {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Session")
            .field("person", &self.person)
            .field("role", &self.role)
            .finish_non_exhaustive()
    }
}

/// A session that has just begun.
pub struct NewSession {
    /// The value of the cookie; it is stored nowhere on our side.
    pub cookie: String,
    /// Who signed in.
    pub person: crate::Person,
}

impl std::fmt::Debug for NewSession {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("NewSession").field("person", &self.person.id).finish_non_exhaustive()
    }
}

/// What is stored of the cookie.
pub fn hash(cookie: &str) -> Hash {
    secret::digest("session", cookie)
}

/// What stands in the forms of the session with this cookie.
pub fn csrf(cookie: &str) -> String {
    secret::hex(&secret::digest("csrf", cookie))
}

/// Whether a session still holds. A clock that was set back or forward makes none of them live for ever.
pub fn holds(created: i64, seen: i64, now: i64) -> bool {
    within(created, now, ABSOLUTE) && within(seen, now, IDLE)
}

/// Whether the time of last use is to be written anew.
pub fn touch_due(seen: i64, now: i64) -> bool {
    !within(seen, now, TOUCH)
}

fn within(then: i64, now: i64, span: i64) -> bool {
    now.abs_diff(then) < span.unsigned_abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_ends_when_idle_and_at_the_latest_after_a_week() {
        assert!(holds(0, 0, IDLE - 1));
        assert!(!holds(0, 0, IDLE));
        assert!(holds(0, ABSOLUTE - 2, ABSOLUTE - 1));
        assert!(!holds(0, ABSOLUTE - 1, ABSOLUTE));
    }

    #[test]
    fn a_session_begun_while_the_clock_ran_years_ahead_does_not_live_for_years() {
        let ahead = 10 * 365 * 24 * 60 * MINUTE;
        assert!(!holds(ahead, ahead, 0));
        assert!(holds(5 * MINUTE, 5 * MINUTE, 0));
    }

    #[test]
    fn use_is_written_down_once_a_minute() {
        assert!(!touch_due(0, TOUCH - 1));
        assert!(touch_due(0, TOUCH));
    }

    #[test]
    fn a_form_is_accepted_from_its_own_session_only() {
        let session = Session {
            person: PersonId::new(1),
            name: "Maren".into(),
            role: Role::Owner,
            language: None,
            csrf: csrf("one"),
            touch_due: false,
        };
        assert!(session.accepts(&csrf("one")));
        assert!(!session.accepts(&csrf("other")));
        assert!(!session.accepts(""));
        assert!(!format!("{session:?}").contains(&session.csrf));
    }
}
