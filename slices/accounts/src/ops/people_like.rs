//! People who act for an account already and are like somebody who is about to be added, with what agrees.

use ::store::Tx;
use kernel::{Context, Problem, Result};
use speech::{say, word};
use timeline::{AccountId, said::Sheet};

use super::people::{NewContact, ShownContact, seen};
use crate::{
    account::name_key,
    contact::{self, Contact, ContactId},
    duplicate::spelled,
    store::{self, contacts as kept, people},
};

/// So many people whose names begin alike are compared.
const COMPARED: i64 = 50;
/// So many are named.
const NAMED: usize = 5;

/// Somebody who is like the one who is about to be added.
#[derive(Debug)]
pub struct Alike {
    /// Who acts for the account already.
    pub person: ShownContact,
    /// What agrees: the same email address, telephone number, name.
    pub reasons: Vec<&'static str>,
}

/// The people who act for an account and are like this one, those in whom most agrees first; at most five.
///
/// # Errors
/// `accounts.no_account`, and as recording refuses what is said of them.
pub fn alike(cx: &Context, tx: &mut Tx<'_>, account: &str, new: &NewContact) -> Result<Vec<Alike>> {
    let account = store::visible(cx, tx, cx.codes.read(account)?)?;
    let (says, _) = new.input(&account.country)?.says(account.id.0);
    let found = found(cx, tx, account.id, &says)?;
    let (people, reasons): (Vec<_>, Vec<_>) = found.into_iter().unzip();
    let people = seen(cx, tx, people)?;
    Ok(people.into_iter().zip(reasons).map(|(person, reasons)| Alike { person, reasons }).collect())
}

/// Refuses somebody like whom somebody acts for the account already.
pub(super) fn refuse(cx: &Context, tx: &mut Tx<'_>, account: AccountId, says: &[Sheet]) -> Result<()> {
    for says in says {
        let found = found(cx, tx, account, says)?;
        if let Some((_, reasons)) = found.first() {
            let ids: Vec<_> = found.iter().map(|(person, _)| cx.codes.write(person.id)).collect();
            let text = say!(
                "add {}: {} acts for this account already with {}; change that one, or say anyway to add another",
                called(says),
                ids.join(", "),
                joined(reasons)
            );
            return Err(Problem::conflict("contacts.duplicate", text));
        }
    }
    Ok(())
}

fn called(says: &Sheet) -> String {
    says.get("name").cloned().unwrap_or_else(|| contact::called(says))
}

fn found(
    cx: &Context,
    tx: &mut Tx<'_>,
    account: AccountId,
    says: &Sheet,
) -> Result<Vec<(Contact, Vec<&'static str>)>> {
    let name = says.get("name").map(|name| name_key(name)).unwrap_or_default();
    let first = name.split(' ').next().unwrap_or_default().to_owned();
    let mut points: Vec<(&str, &str)> = contact::points(says).map(|(kind, key, _)| (kind, key)).collect();
    points.sort_unstable();
    let ids = people::like(cx, tx, account, &first, &points, COMPARED)?;
    let held = kept::sheets(cx, tx, &ids)?;
    let mut found: Vec<_> = held
        .iter()
        .map(|(id, held)| (Contact::of(ContactId::new(*id), &held.sheet), reasons(says, &held.sheet)))
        .filter(|(_, reasons)| !reasons.is_empty())
        .collect();
    found.sort_by_key(|(person, reasons)| (std::cmp::Reverse(reasons.len()), person.id.0));
    found.truncate(NAMED);
    Ok(found)
}

/// Reasons as a sentence lists them.
pub(crate) fn joined(reasons: &[&'static str]) -> String {
    let told = reasons.iter().map(|reason| word!(reason));
    told.reduce(|before, next| say!("{before} and {next}")).unwrap_or_default()
}

/// What agrees between two people.
fn reasons(one: &Sheet, other: &Sheet) -> Vec<&'static str> {
    let keys = |sheet: &Sheet, wanted: &str| -> Vec<String> {
        contact::points(sheet).filter(|point| point.0 == wanted).map(|point| point.1.to_owned()).collect()
    };
    let shared = |kind: &str| keys(one, kind).iter().any(|key| keys(other, kind).contains(key));
    let name = |sheet: &Sheet| sheet.get("name").map(|name| spelled(name)).filter(|name| !name.is_empty());
    let named = name(one).is_some_and(|own| name(other) == Some(own));
    let all = [
        (shared("email"), "the same email address"),
        (shared("phone"), "the same telephone number"),
        (named, "the same name"),
    ];
    all.into_iter().filter(|(agrees, _)| *agrees).map(|(_, says)| says).collect()
}
