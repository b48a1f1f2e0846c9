//! People of one name: rows that name nobody by a number are one party only where nothing they say speaks against it.

use crate::{Meaning, TypedRow};

/// What tells people of one name apart.
const DETAILS: [Meaning; 4] = [Meaning::Phone, Meaning::Street, Meaning::Postcode, Meaning::City];

/// The space of parties that are known by their name alone.
const BY_NAME: &str = "name";

/// Gives rows of one name that contradict each other parties of their own: the first in the order of what they say keeps
/// the name, the others have what they say in their key. The same rows come to the same keys in whatever order they
/// stand. Whether they are one after all is for the search of duplicates to propose, and for people to decide.
pub(crate) fn part(rows: &mut [TypedRow]) {
    let is_named_alone = |row: &TypedRow| row.party.as_ref().is_some_and(|party| party.space == BY_NAME);
    if rows.len() < 2 || !rows.iter().all(is_named_alone) {
        return;
    }
    let said: Vec<[String; 4]> = rows.iter().map(details).collect();
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by(|one, other| said[*one].cmp(&said[*other]));
    // Of each party what its rows say together, and what is in its key: what the first of them says.
    let mut parties: Vec<([String; 4], String)> = Vec::new();
    let mut whose = vec![0; rows.len()];
    for at in order {
        let known = parties.iter().position(|(all, _)| !contradict(all, &said[at]));
        whose[at] = known.unwrap_or_else(|| {
            let key = if parties.is_empty() { String::new() } else { written(&said[at]) };
            parties.push((<[String; 4]>::default(), key));
            parties.len() - 1
        });
        for (one, other) in parties[whose[at]].0.iter_mut().zip(&said[at]) {
            if one.is_empty() {
                one.clone_from(other);
            }
        }
    }
    for (row, place) in rows.iter_mut().zip(whose) {
        let more = &parties[place].1;
        if let Some(party) = row.party.as_mut().filter(|_| !more.is_empty()) {
            party.key = format!("{}, {more}", party.key);
        }
    }
}

fn details(row: &TypedRow) -> [String; 4] {
    DETAILS.map(|meaning| row.text(meaning).map(folded).unwrap_or_default())
}

/// Case, blanks and marks aside.
fn folded(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn contradict(one: &[String; 4], other: &[String; 4]) -> bool {
    one.iter().zip(other).any(|(one, other)| !one.is_empty() && !other.is_empty() && one != other)
}

fn written(details: &[String; 4]) -> String {
    let told: Vec<&str> = details.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
    told.join(", ")
}
