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
        self, contacts, pointer,
        words::{self, Record},
    },
    words::{Asked, NAME, Words},
};

/// What is shown of records: their names, and by what they were found.
pub(super) fn shown(cx: &Context, tx: &mut Tx<'_>, asked: &[Asked], records: &[Record]) -> Result<Vec<Hit>> {
    let ids: BTreeSet<i64> = records.iter().map(|record| record.account).collect();
    let ids: Vec<i64> = ids.into_iter().collect();
    let before = store::sheets_even_merged(cx, tx, &ids)?;
    let landed = pointer::landed(tx, &ids)?;
    let ends: Vec<i64> = landed.values().copied().collect();
    let ends = if ends.is_empty() { HashMap::new() } else { store::sheets(cx, tx, &ends)? };
    let people: BTreeSet<i64> = records.iter().map(|record| record.contact).filter(|id| *id != 0).collect();
    let people = match people.is_empty() {
        true => BTreeMap::new(),
        false => contacts::sheets(cx, tx, &people.into_iter().collect::<Vec<_>>())?,
    };
    let numbers = words::numbers(cx, tx, &ids)?;
    let mut seen = BTreeSet::new();
    let mut hits = Vec::with_capacity(records.len());
    for record in records {
        let Some(own) = before.get(&record.account) else { continue };
        let id = landed.get(&record.account).copied().unwrap_or(record.account);
        let Some(now) = (if id == record.account { Some(own) } else { ends.get(&id) }) else { continue };
        let person = match record.contact {
            0 => None,
            contact => match people.get(&contact).filter(|held| held.is_visible) {
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
            None => of_account(asked, own, numbers.get(&id).map_or(&[], Vec::as_slice)),
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

/// By what an account was found beside its name.
fn of_account(asked: &[Asked], sheet: &Sheet, numbers: &[String]) -> String {
    let field = |field: &str| Sheet::from([(field.to_owned(), blank(sheet, field).to_owned())]);
    let name = Words::of_account(&field("name"), &[]);
    let rest: Vec<&Asked> = asked.iter().filter(|word| is_missing(&name, word)).collect();
    if rest.is_empty() {
        return String::new();
    }
    let told = |words: &Words| rest.iter().any(|word| words.best(word).is_some());
    for word in ["email", "phone", "website"] {
        let mut alone = field(word);
        alone.insert("country".to_owned(), blank(sheet, "country").to_owned());
        if told(&Words::of_account(&alone, &[])) {
            return reached(word, blank(sheet, word));
        }
    }
    let number = numbers.iter().find(|number| told(&Words::of_account(&Sheet::new(), &[(*number).clone()])));
    number.map(|number| say!("number {number}")).unwrap_or_default()
}

/// By what somebody was found beside their name and that of the account.
fn of_person(asked: &[Asked], sheet: &Sheet, firm: &str) -> String {
    let name = Sheet::from([("name".to_owned(), format!("{} {firm}", blank(sheet, "name")))]);
    let name = Words::of_contact(&name, &[]);
    let rest: Vec<&Asked> = asked.iter().filter(|word| is_missing(&name, word)).collect();
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

fn is_missing(name: &Words, word: &Asked) -> bool {
    name.best(word).is_none_or(|place| NAME < place)
}
