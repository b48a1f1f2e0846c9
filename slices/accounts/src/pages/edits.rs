//! What is corrected in its place on the page of an account: the fields of the account, and of those who act for it.

pub(crate) mod fields;
pub(crate) mod of_account;
pub(crate) mod of_contact;

use ::store::Tx;
use kernel::{Context, Problem, ProblemKind, Result};
use slice::{FROM, Visit};
use speech::say;
use ui::Address;

use crate::ops::changed::Change;

pub use fields::Group;
pub use of_account::{Place, Row, correct};
pub use of_contact::correct as correct_contact;

/// What a form in its place came to.
pub enum Corrected {
    /// It was written; the address of the page on which it stands, at the link from which one came.
    Kept(String),
    /// It was refused, and the page is to be shown with it: whether somebody else changed the same meanwhile.
    Refused {
        /// Whether somebody else changed the same.
        clash: bool,
    },
}

/// The field that tells which group a form is about.
pub(crate) const EDIT: &str = "edit";

impl Corrected {
    /// Where the page is shown again for that problem; the problem itself where no page helps.
    pub(crate) fn refused(problem: Problem) -> Result<Corrected> {
        match problem.kind {
            ProblemKind::Stale => Ok(Corrected::Refused { clash: true }),
            ProblemKind::Invalid => Ok(Corrected::Refused { clash: false }),
            _ => Err(problem),
        }
    }
}

/// `Ines Marchetti on 4 March 2025 at 10:02`, in the time of the house.
pub(crate) fn spoken(cx: &Context, change: &Change) -> String {
    let who = change.who.clone().unwrap_or_else(|| say!("the house").into());
    let day = ui::time::long_text(change.at.day(&cx.zone));
    say!("{who} on {day} at {time}", time = ui::time::clock(change.at, &cx.zone))
}

/// The group that is a form now: by the address, or by the form that was sent.
pub(crate) fn open<'v>(visit: &'v Visit<'_>) -> Option<&'v str> {
    visit.field(EDIT).or_else(|| visit.asked(EDIT))
}

/// Where one goes after a form: to the link from which one came, with what stayed as somebody else had written it.
pub(crate) fn back(visit: &Visit<'_>, account: &str, name: &str, theirs: &[&str]) -> String {
    let theirs = (!theirs.is_empty()).then(|| theirs.join("."));
    let page = home(visit, account).with("kept", Some(name)).with("theirs", theirs.as_deref());
    format!("{}#edit-{name}", page.write())
}

/// The page of an account: that of the record from which one came, or its own.
pub(crate) fn home(visit: &Visit<'_>, account: &str) -> Address {
    Address::new(visit.home(format!("/accounts/{account}")))
}

/// An address that carries along the record from which one came.
pub(crate) fn carrying(visit: &Visit<'_>, address: impl Into<String>) -> String {
    Address::new(address).with(FROM, visit.opened_from()).write()
}

/// What is said beside a group that was kept while somebody else changed something of it as well.
pub(crate) fn merged(visit: &Visit<'_>, name: &str, asked: &[ui::Asked]) -> Option<String> {
    let theirs = visit.asked("theirs").filter(|_| visit.asked("kept") == Some(name))?;
    let labels = theirs.split('.').filter_map(|one| asked.iter().find(|field| field.name == one));
    let labels: Vec<_> = labels.map(|field| field.label.as_ref()).collect();
    (!labels.is_empty()).then(|| {
        say!("Kept. Somebody else had changed {} meanwhile; that stays as they wrote it.", labels.join(", "))
    })
}

/// Tries what a form asks for without writing it: the refusal, where there is one.
pub(crate) fn tried<T>(
    visit: &Visit<'_>,
    tx: &mut Tx<'_>,
    plan: impl FnOnce(&mut Tx<'_>) -> Result<T>,
) -> Option<Problem> {
    if visit.form.is_empty() {
        return None;
    }
    plan(tx).err()
}
