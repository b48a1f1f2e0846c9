//! The context of one call: who, when, where. Passed first, everywhere; there is no ambient state.

use std::{path::Path, sync::Arc};

use jiff::tz::TimeZone;

use crate::{Actor, Codes, Day, Moment, Permission, Problem, Result, voice::said};

/// Who calls, at what time, in which time zone the business lives, how ids are written outside, where files are kept.
#[derive(Clone, Debug)]
pub struct Context {
    /// Who calls.
    pub actor: Actor,
    /// When, by the clock of the house; nothing below reads a clock.
    pub now: Moment,
    /// The time zone of the business: calendar days are days there.
    pub zone: TimeZone,
    /// How ids are written outside.
    pub codes: Codes,
    /// The folder of files kept as they came, each under the SHA-256 of its bytes. Reading there is part of a call;
    /// nothing is ever changed there by one.
    pub files: Arc<Path>,
}

impl Context {
    /// Today, in the business's time zone.
    pub fn today(&self) -> Day {
        self.now.day(&self.zone)
    }

    /// Refuses unless the caller may do what `permission` asks.
    ///
    /// # Errors
    /// `access.sign_in` for nobody, `access.forbidden` for a role that does not reach.
    pub fn require(&self, permission: Permission, what: &str) -> Result<()> {
        if self.actor.may(permission) {
            return Ok(());
        }
        Err(match &self.actor {
            Actor::Nobody => Problem::forbidden(
                "access.sign_in",
                said(
                    "{what} needs a signed-in person; sign in or send a token",
                    &[("what", format_args!("{what}"))],
                ),
            ),
            _ => Problem::forbidden(
                "access.forbidden",
                said("{what} is not open to your role; ask an owner", &[("what", format_args!("{what}"))]),
            ),
        })
    }
}
