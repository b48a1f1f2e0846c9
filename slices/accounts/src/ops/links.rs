//! What an account hangs on and what hangs on it, page by page, for the pages.

use ::store::Tx;
use kernel::{Context, Cursor, Page, Result};

use super::ShownLink;
use crate::store::{self, links};

/// A page of what an account hangs together with.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The id of the account.
    pub id: String,
    /// What it hangs on; else what hangs on it.
    pub hangs: bool,
    /// Where the page begins: `next` of the page before.
    pub after: Option<String>,
    /// Rows on a page.
    pub limit: i64,
}

/// Lists what an account hangs on, or what hangs on it, by name.
///
/// # Errors
/// `accounts.no_account`.
pub fn list(cx: &Context, tx: &mut Tx<'_>, wanted: &Wanted) -> Result<Page<ShownLink>> {
    let account = store::visible(cx, tx, cx.codes.read(&wanted.id)?)?.id;
    let after = wanted.after.as_deref().and_then(after).unwrap_or_default();
    let mut found = links::page(cx, tx, account, wanted.hangs, &after, wanted.limit + 1)?;
    let more = i64::try_from(found.len()).is_ok_and(|found| wanted.limit < found);
    found.truncate(usize::try_from(wanted.limit).unwrap_or(0));
    let next = found
        .last()
        .filter(|_| more)
        .map(|(_, (name, id, kind))| Cursor(vec![name.clone(), id.to_string(), kind.clone()]).write());
    Ok(Page { rows: found.into_iter().map(|(link, _)| ShownLink::of(cx, link)).collect(), next })
}

fn after(text: &str) -> Option<links::After> {
    let Cursor(parts) = Cursor::read(text);
    Some((parts.first()?.clone(), parts.get(1)?.parse().ok()?, parts.get(2)?.clone()))
}
