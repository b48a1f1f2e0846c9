//! A sign-in link: works once, for one person, for a day.

use kernel::Problem;
use speech::say;

use crate::{
    secret::{self, Hash},
    session::MINUTE,
};

/// A link runs out after this long.
pub const LIFE: i64 = 24 * 60 * MINUTE;

/// The path before the token of a link. Opening it must change nothing (mail scanners open links): the page asks,
/// and its form signs in.
pub const SIGN_IN_PATH: &str = "/sign-in/";

/// The path of the link with this token.
pub fn path(token: &str) -> String {
    format!("{SIGN_IN_PATH}{token}")
}

/// What is stored of the token.
pub fn hash(token: &str) -> Hash {
    secret::digest("link", token)
}

/// The one answer for every link that does not work, so that it tells nothing about links that do.
pub fn refused() -> Problem {
    Problem::forbidden(
        "access.link",
        say!(
            "this sign-in link does not work: it was used already, has run out or was never made; ask an owner for a \
             new one, or run `mainstay sign-in-link` where the database is"
        ),
    )
}
