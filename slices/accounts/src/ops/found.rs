//! What is shown of records that were found: their names, and by what they were found that the names do not show.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use ::store::Tx;
use kernel::{Context, Result};
use speech::say;
use timeline::{
    AccountId,
    said::{Sheet, blank},
};

use super::find::{FoundPerson, Hit};
use crate::{
    ContactId, contact,
    store::{
        self,
        contacts::{self, Held},
        pointer,
        words::{self, Record},
    },
    words::{Asked, NAME, Words},
};

/// What is known of records that were found.
struct Known {
    /// The accounts, as they were found.
    before: HashMap<i64, Sheet>,
    /// Where those lead to that were merged into others, and what is known there.
    landed: HashMap<i64, i64>,
    ends: HashMap<i64, Sheet>,
    /// The people; whole where their name does not show by what they were found.
    people: BTreeMap<i64, Held>,
    /// The numbers of accounts whose name does not show by what they were found.
    numbers: HashMap<i64, Vec<String>>,
}

impl Known {
    fn read(cx: &Context, tx: &mut Tx<'_>, asked: &[Asked], records: &[Record]) -> Result<Known> {
        let ids: BTreeSet<i64> = records.iter().map(|record| record.account).collect();
        let ids: Vec<i64> = ids.into_iter().collect();
        let before = store::sheets_even_merged(cx, tx, &ids)?;
        let landed = pointer::landed(tx, &ids)?;
        let ends: Vec<i64> = landed.values().copied().collect();
        let ends = if ends.is_empty() { HashMap::new() } else { store::sheets(cx, tx, &ends)? };
        let mut known = Known { before, landed, ends, people: BTreeMap::new(), numbers: HashMap::new() };
        let people: BTreeSet<i64> =
            records.iter().map(|record| record.contact).filter(|id| *id != 0).collect();
        if !people.is_empty() {
            known.people = contacts::heads(cx, tx, &people.into_iter().collect::<Vec<_>>())?;
        }
        // Nearly all are found by their names, and of those nothing more is asked.
        let hidden = |record: &&Record| !known.is_shown_by_name(asked, record);
        let (accounts, people): (Vec<Record>, Vec<Record>) =
            records.iter().filter(hidden).partition(|record| record.contact == 0);
        if !accounts.is_empty() {
            let accounts: BTreeSet<i64> = accounts.iter().map(|record| record.account).collect();
            known.numbers = words::numbers(cx, tx, &accounts.into_iter().collect::<Vec<_>>())?;
        }
        if !people.is_empty() {
            let people: BTreeSet<i64> = people.iter().map(|record| record.contact).collect();
            known.people.extend(contacts::sheets(cx, tx, &people.into_iter().collect::<Vec<_>>())?);
        }
        Ok(known)
    }

    /// The account of a record as it was found, and its id and what is known of it now.
    fn account(&self, record: &Record) -> Option<(&Sheet, i64, &Sheet)> {
        let own = self.before.get(&record.account)?;
        let id = self.landed.get(&record.account).copied().unwrap_or(record.account);
        let now = if id == record.account { own } else { self.ends.get(&id)? };
        Some((own, id, now))
    }

    /// Whether the names that are shown have every word that was asked for.
    fn is_shown_by_name(&self, asked: &[Asked], record: &Record) -> bool {
        let Some((_, _, now)) = self.account(record) else { return true };
        match self.people.get(&record.contact) {
            None => missing(asked, &name_of_account(now)).is_empty(),
            Some(held) => {
                let is_named = !blank(&held.sheet, "name").is_empty();
                is_named && missing(asked, &names_of_person(&held.sheet, blank(now, "name"))).is_empty()
            }
        }
    }
}

/// What is shown of records: their names, and by what they were found.
pub(super) fn shown(cx: &Context, tx: &mut Tx<'_>, asked: &[Asked], records: &[Record]) -> Result<Vec<Hit>> {
    let known = Known::read(cx, tx, asked, records)?;
    let mut seen = BTreeSet::new();
    let mut hits = Vec::with_capacity(records.len());
    for record in records {
        let Some((own, id, now)) = known.account(record) else { continue };
        let person = match record.contact {
            0 => None,
            contact => match known.people.get(&contact).filter(|held| held.is_visible) {
                Some(held) => Some((contact, &held.sheet)),
                None => continue,
            },
        };
        if !seen.insert((id, record.contact)) {
            continue;
        }
        let by = match person {
            Some((_, sheet)) => of_person(asked, sheet, blank(now, "name")),
            None if id != record.account => say!("was {}", blank(own, "name")),
            None => of_account(asked, own, known.numbers.get(&id).map_or(&[], Vec::as_slice)),
        };
        hits.push(Hit {
            account: cx.codes.write(AccountId::new(id)),
            name: blank(now, "name").to_owned(),
            person: person.map(|(contact, sheet)| FoundPerson {
                id: cx.codes.write(ContactId::new(contact)),
                name: match blank(sheet, "name") {
                    "" => contact::called(sheet),
                    name => name.to_owned(),
                },
                title: blank(sheet, "title").to_owned(),
            }),
            by,
            id: AccountId::new(id),
        });
    }
    Ok(hits)
}

/// The words that were asked for and that stand in none of these names.
fn missing<'a>(asked: &'a [Asked], names: &Words) -> Vec<&'a Asked> {
    asked.iter().filter(|word| names.best(word).is_none_or(|place| NAME < place)).collect()
}

fn name_of_account(sheet: &Sheet) -> Words {
    Words::of_account(&Sheet::from([("name".to_owned(), blank(sheet, "name").to_owned())]), &[])
}

/// Their name and that of the account for which they act.
fn names_of_person(sheet: &Sheet, firm: &str) -> Words {
    let name = format!("{} {firm}", blank(sheet, "name"));
    Words::of_contact(&Sheet::from([("name".to_owned(), name)]), &[])
}

/// By what an account was found beside its name.
fn of_account(asked: &[Asked], sheet: &Sheet, numbers: &[String]) -> String {
    let rest = missing(asked, &name_of_account(sheet));
    if rest.is_empty() {
        return String::new();
    }
    let told = |words: &Words| rest.iter().any(|word| words.best(word).is_some());
    for word in ["email", "phone", "website"] {
        let field = |field: &str| (field.to_owned(), blank(sheet, field).to_owned());
        if told(&Words::of_account(&Sheet::from([field(word), field("country")]), &[])) {
            return reached(word, blank(sheet, word));
        }
    }
    let number = numbers.iter().find(|number| told(&Words::of_account(&Sheet::new(), &[(*number).clone()])));
    number.map(|number| say!("number {number}")).unwrap_or_default()
}

/// By what somebody was found beside their name and that of the account.
fn of_person(asked: &[Asked], sheet: &Sheet, firm: &str) -> String {
    let rest = missing(asked, &names_of_person(sheet, firm));
    if rest.is_empty() {
        return String::new();
    }
    let told = |words: &Words| rest.iter().any(|word| words.best(word).is_some());
    let point = contact::points(sheet).find(|(kind, key, value)| {
        told(&Words::of_contact(&Sheet::from([(contact::point_field(kind, key), (*value).to_owned())]), &[]))
    });
    if let Some((kind, _, value)) = point {
        return reached(kind, value);
    }
    let number = contact::keys(sheet)
        .map(|(_, key)| key)
        .find(|key| told(&Words::of_contact(&Sheet::new(), &[(*key).to_owned()])));
    number.map(|number| say!("number {number}")).unwrap_or_default()
}

/// `telephone +44 20 7946 0018`.
fn reached(kind: &str, value: &str) -> String {
    match kind {
        "email" => say!("email {value}"),
        "phone" => say!("telephone {value}"),
        "website" => say!("website {value}"),
        _ => format!("{kind} {value}"),
    }
}
