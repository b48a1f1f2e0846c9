//! What an import said of a record that others say something of as well, and what is left when one of them falls silent.
//!
//! A record (an account, a contact, an invoice) is a sheet of fields. Each import that names it leaves a statement:
//! which fields it said, and what they were before. Without that import every field is what the statement before it
//! left, unless a later import or a person said otherwise since.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A record by its fields; one that is absent is blank.
pub type Sheet = BTreeMap<String, String>;

/// What one import said of one record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// Its place among all statements: later ones are larger.
    pub at: i64,
    /// The import made the record.
    #[serde(default)]
    pub made: bool,
    /// The fields it said.
    pub says: Sheet,
    /// What those of them that were not blank were before.
    #[serde(default)]
    pub before: Sheet,
}

/// What is left of a record without one import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// The record.
    pub sheet: Sheet,
    /// What is left of the statement: fields that somebody changed by hand since, so they stay as they are.
    pub open: Said,
    /// Places of the later statements that are written anew, because what was before them is another thing now.
    pub touched: Vec<usize>,
}

/// What becomes of a record when an import is taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled {
    /// The import made it and nobody else said anything of it: it goes.
    Remove,
    /// The import made it and somebody changed it by hand since: it stays.
    Edited,
    /// It stays with what others said.
    Keep(Kept),
}

/// A record that stays without one import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The record.
    pub sheet: Sheet,
    /// What is left of the statement: fields that somebody changed by hand since.
    pub open: Said,
    /// The import that counts as its maker from now on, where the one taken back was it; 0 for nobody.
    pub heir: Option<i64>,
    /// Statements of other imports that are written anew.
    pub rewritten: Vec<(i64, Said)>,
}

/// What becomes of a record that stands as in `current` when import `run` is taken back. `made` says that the import
/// counts as its maker, `all` what every import said of it, and `needed` who needs it without having said anything of
/// it: an import, or 0 for somebody by hand.
pub fn settle(run: i64, made: bool, current: &Sheet, all: &[(i64, Said)], needed: Option<i64>) -> Settled {
    let mine = all.iter().find(|(by, _)| *by == run).map(|(_, said)| said.clone()).unwrap_or_default();
    let (runs, mut others): (Vec<i64>, Vec<Said>) =
        all.iter().filter(|(by, _)| *by != run).map(|(by, said)| (*by, said.clone())).unzip();
    let heir = runs.iter().copied().chain(needed).min().filter(|_| made);
    if made && heir.is_none() {
        let edited = !mine.says.is_empty() && !same(current, &mine.says);
        return if edited { Settled::Edited } else { Settled::Remove };
    }
    if made && others.is_empty() {
        // Whoever needs it said nothing of it, so it keeps what it was called.
        let rewritten =
            heir.filter(|heir| *heir != 0).map(|heir| (heir, Said { made: true, ..mine })).into_iter();
        let (sheet, open) = (current.clone(), Said::default());
        return Settled::Keep(Kept { sheet, open, heir, rewritten: rewritten.collect() });
    }
    let mut left = mine.take_back(current, &mut others);
    let mut rewritten = Vec::new();
    match runs.iter().position(|by| Some(*by) == heir) {
        Some(place) => {
            others[place].made = true;
            left.touched.push(place);
        }
        // It needs the record and said nothing of it.
        None => rewritten.extend(
            heir.filter(|heir| *heir != 0).map(|heir| (heir, Said { made: true, ..Said::default() })),
        ),
    }
    let is_touched = |place: &usize| left.touched.contains(place);
    rewritten.extend((0..runs.len()).filter(is_touched).map(|place| (runs[place], others[place].clone())));
    Settled::Keep(Kept { rewritten, sheet: left.sheet, open: left.open, heir })
}

impl Said {
    /// Reads a statement; whoever wrote down only that it made something said nothing of its fields.
    pub fn read(text: &str) -> Said {
        serde_json::from_str(text).unwrap_or_else(|_| Said { made: text.is_empty(), ..Said::default() })
    }

    /// As it is kept.
    pub fn write(&self) -> String {
        serde_json::to_string(self).expect("a statement is made of texts and numbers, which JSON can hold")
    }

    /// Says more of the record as it stands: fields that are not in `more` stay as they are.
    pub fn say(&mut self, current: &Sheet, more: &Sheet) {
        for (field, value) in more {
            if !self.says.contains_key(field)
                && let Some(before) = current.get(field)
            {
                self.before.insert(field.clone(), before.clone());
            }
            self.says.insert(field.clone(), value.clone());
        }
    }

    /// What a record that stands as in `current` is without this statement; `others` are the statements of other
    /// imports on it.
    pub fn take_back(&self, current: &Sheet, others: &mut [Said]) -> Left {
        let mut left = Left {
            sheet: current.clone(),
            open: Said { at: self.at, made: self.made, ..Said::default() },
            touched: Vec::new(),
        };
        for (field, value) in &self.says {
            let before = blank(&self.before, field);
            let later = others.iter_mut().enumerate();
            let later = later.filter(|(_, other)| self.at < other.at && other.says.contains_key(field));
            if let Some((place, next)) = later.min_by_key(|(_, other)| other.at) {
                if blank(&next.before, field) == value {
                    put(&mut next.before, field, before);
                    left.touched.push(place);
                }
                continue;
            }
            let now = blank(current, field);
            if now == value {
                put(&mut left.sheet, field, before);
            } else if now != before {
                left.open.says.insert(field.clone(), value.clone());
                put(&mut left.open.before, field, before);
            }
        }
        left.touched.sort_unstable();
        left.touched.dedup();
        left
    }
}

/// Whether `more` differs from what a record was before an import said anything of it; `own` is what that import said
/// of it so far.
pub fn differs(current: &Sheet, own: Option<&Said>, more: &Sheet) -> bool {
    more.iter().any(|(field, value)| match own.filter(|own| own.says.contains_key(field)) {
        Some(own) => blank(&own.before, field) != value,
        None => blank(current, field) != value,
    })
}

fn same(one: &Sheet, other: &Sheet) -> bool {
    let within = |a: &Sheet, b: &Sheet| a.iter().all(|(field, value)| blank(b, field) == value);
    within(one, other) && within(other, one)
}

/// `current` with what `more` says of it.
pub fn with(mut current: Sheet, more: &Sheet) -> Sheet {
    more.iter().for_each(|(field, value)| put(&mut current, field, value));
    current
}

/// A field of a record; empty where it is blank.
pub fn blank<'s>(sheet: &'s Sheet, field: &str) -> &'s str {
    sheet.get(field).map_or("", String::as_str)
}

fn put(sheet: &mut Sheet, field: &str, value: &str) {
    match value {
        "" => sheet.remove(field),
        _ => sheet.insert(field.to_owned(), value.to_owned()),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(fields: &[(&str, &str)]) -> Sheet {
        fields.iter().map(|(field, value)| ((*field).to_owned(), (*value).to_owned())).collect()
    }

    /// Lets imports say something, one after the other; gives the record and the statements.
    fn said(all: &[&[(&str, &str)]]) -> (Sheet, Vec<Said>) {
        let mut current = Sheet::new();
        let mut statements = Vec::new();
        for (fields, at) in all.iter().zip(1..) {
            let more = sheet(fields);
            let mut one = Said { at, made: at == 1, ..Said::default() };
            one.say(&current, &more);
            current = with(current, &more);
            statements.push(one);
        }
        (current, statements)
    }

    #[test]
    fn without_the_last_import_a_record_is_as_before_it() {
        let (now, statements) = said(&[&[("name", "Rook"), ("phone", "1")], &[("phone", "2")]]);
        let left = statements[1].take_back(&now, &mut []);
        assert_eq!(left.sheet, sheet(&[("name", "Rook"), ("phone", "1")]));
        assert!(left.open.says.is_empty());
    }

    #[test]
    fn in_whatever_order_imports_are_taken_back_what_the_others_said_is_left() {
        let all: &[&[(&str, &str)]] = &[
            &[("name", "Rook"), ("phone", "1")],
            &[("phone", "2"), ("web", "b")],
            &[("phone", "2")],
            &[("phone", "3")],
        ];
        for gone in [[0, 1, 2], [2, 1, 0], [1, 0, 2], [3, 1, 0], [1, 3, 2], [0, 3, 1]] {
            let (mut now, mut statements) = said(all);
            let mut stay: Vec<usize> = (0..4).collect();
            for one in gone {
                let place = stay.iter().position(|n| *n == one).unwrap();
                stay.remove(place);
                let mine = statements.remove(place);
                let left = mine.take_back(&now, &mut statements);
                assert!(left.open.says.is_empty(), "{gone:?}");
                now = left.sheet;
                let kept: Vec<_> = stay.iter().map(|n| all[*n]).collect();
                assert_eq!(now, said(&kept).0, "without {one} of {gone:?}");
            }
        }
    }

    #[test]
    fn what_somebody_changed_by_hand_since_stays_and_is_listed() {
        let (now, statements) = said(&[&[("phone", "1")], &[("phone", "2"), ("web", "b")]]);
        let by_hand = with(now, &sheet(&[("phone", "9")]));
        let left = statements[1].take_back(&by_hand, &mut []);
        assert_eq!(left.sheet, sheet(&[("phone", "9")]));
        assert_eq!(left.open.says, sheet(&[("phone", "2")]));
        let back = with(by_hand, &sheet(&[("phone", "1")]));
        assert!(
            left.open.take_back(&back, &mut []).open.says.is_empty(),
            "put right by hand, nothing is left to do"
        );
    }

    #[test]
    fn what_an_import_made_goes_unless_others_need_it_or_somebody_changed_it() {
        let (now, all) = said(&[&[("name", "Rook"), ("phone", "1")], &[("name", "Rook & Daughters")]]);
        let alone = [(7, all[0].clone())];
        let made = sheet(&[("name", "Rook"), ("phone", "1")]);
        assert_eq!(settle(7, true, &made, &alone, None), Settled::Remove);
        let edited = with(made.clone(), &sheet(&[("phone", "9")]));
        assert_eq!(settle(7, true, &edited, &alone, None), Settled::Edited);
        let Settled::Keep(kept) = settle(7, true, &made, &alone, Some(8)) else {
            panic!("import 8 needs it")
        };
        assert_eq!((kept.heir, kept.sheet, kept.rewritten), (Some(8), made, vec![(8, all[0].clone())]));
        let both = [(7, all[0].clone()), (9, all[1].clone())];
        let Settled::Keep(kept) = settle(7, true, &now, &both, None) else {
            panic!("import 9 said its name")
        };
        assert_eq!((kept.heir, kept.sheet), (Some(9), sheet(&[("name", "Rook & Daughters")])));
        assert_eq!(kept.rewritten.len(), 1);
        assert!(kept.rewritten[0].1.made && kept.rewritten[0].1.before.is_empty());
    }

    #[test]
    fn a_statement_survives_being_kept_and_an_old_one_says_only_that_something_was_made() {
        let (_, statements) = said(&[&[("name", "Rook")], &[("name", "Rook & Daughters")]]);
        assert_eq!(Said::read(&statements[1].write()), statements[1]);
        let (rook, again) = (sheet(&[("name", "Rook")]), sheet(&[("name", "Rook & Daughters")]));
        assert!(differs(&again, Some(&statements[1]), &again), "as it was before the import");
        assert!(!differs(&again, None, &again) && !differs(&again, Some(&statements[1]), &rook));
        assert!(Said::read("").made && !Said::read("0").made);
    }
}
