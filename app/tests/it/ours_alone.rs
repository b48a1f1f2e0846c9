//! What we do alone (a campaign, a gift, a call that nobody answers, a meeting that they miss) is no fact about them: put
//! beside everything that is known of every sample relationship, it changes none of them.

use kernel::Day;
use mainstay::{demo::Business, worker};
use relationship::ops::BookRow;
use timeline::{
    AccountId, Entry, Fact, FactId, LineId,
    fact::{Contact, Side},
    store::{self as facts, NewFact},
};

use crate::samples::{House, TODAY};

/// A topic, and whether it is said that they were there.
const ACTS: [(&str, bool); 12] = [
    ("marketing", true),
    ("Spring campaign", true),
    ("Survey", true),
    ("christmas cards", true),
    ("newsletter", true),
    ("gift", true),
    ("greeting", true),
    ("delivery", true),
    ("dunning", true),
    ("check_in", false),
    ("sales", false),
    ("review", false),
];

/// Everything that is decided, but how well it is served: too much is too much.
fn decided(row: &BookRow) -> ([&'static str; 3], String, Option<i64>, i64, String, i64) {
    let words = [row.class, row.lean, row.confidence];
    (words, row.since.clone(), row.strength_ppm, row.coverage, row.net.clone(), row.purchases)
}

/// What the person who answers for them by name, or somebody, did alone on some day before the last.
fn acts(known: &[Entry], account: AccountId, line: LineId) -> Vec<NewFact> {
    let person = known.iter().rev().find_map(|entry| match &entry.fact {
        Fact::Assignment(one) => Some(one.person.clone()),
        _ => None,
    });
    let today = Day::parse(TODAY).unwrap();
    let act = |(n, (topic, held)): (usize, &(&str, bool))| NewFact {
        id: FactId::new(0),
        account,
        line,
        occurred: today.plus([-1, -100, -500][n % 3]).moment(),
        currency: None,
        source: None,
        fact: Fact::Meeting(Contact {
            started_by: Side::Us,
            topic: Some((*topic).to_owned()),
            person: person.clone().or(Some("Ines".to_owned())),
            held: *held,
            continues: false,
        }),
    };
    ACTS.iter().enumerate().map(act).collect()
}

/// Writes facts beside all that is known of each relationship; gives how many relationships there are.
fn beside(
    house: &House,
    book: &[BookRow],
    of: impl Fn(&[Entry], AccountId, LineId) -> Vec<NewFact>,
) -> usize {
    let (cx, store) = (house.open.house.context(), &house.open.house.store);
    let lines = store.read(&cx, facts::lines).unwrap();
    for group in book.chunks(100) {
        store
            .write(&cx, |tx| {
                let ids: Vec<AccountId> =
                    group.iter().map(|row| cx.codes.read(&row.account)).collect::<Result<_, _>>()?;
                let known = facts::of_accounts(tx, &ids)?;
                let mut new: Vec<NewFact> = Vec::new();
                for (row, account) in group.iter().zip(&ids) {
                    let line = lines.iter().find(|line| *line.name == *row.line).unwrap().id;
                    new.extend(of(&known[account], *account, line));
                }
                let ids: Vec<FactId> = facts::allocate_facts(tx, new.len())?.collect();
                for (fact, id) in new.iter_mut().zip(ids) {
                    fact.id = id;
                }
                facts::append(&cx, tx, &new)?;
                facts::ask_judgement(&cx, tx, LineId::new(0))
            })
            .unwrap();
    }
    worker::run_due(&house.open).unwrap();
    book.len()
}

#[test]
fn nothing_that_we_do_alone_changes_any_sample_relationship() {
    for house in House::each() {
        for business in Business::ALL {
            house.load(business.word()).unwrap();
        }
        let before = house.book();
        assert!(500 < beside(&house, &before, acts));
        let after = house.book();
        assert_eq!(before.len(), after.len());
        for row in &before {
            let now = after.iter().find(|now| now.id == row.id).unwrap();
            assert_eq!(decided(now), decided(row), "{} on {}", row.name, row.line);
        }
        // The same review, held: somebody changes, so that the comparison would have shown it.
        let held = |known: &[Entry], account, line| {
            let all = acts(known, account, line).into_iter();
            let held = |mut new: NewFact| {
                if let Fact::Meeting(one) = &mut new.fact {
                    (one.topic, one.held) = (Some("review".to_owned()), true);
                }
                new
            };
            all.take(1).map(held).collect()
        };
        beside(&house, &before[..200.min(before.len())], held);
        let then = house.book();
        let moved = |row: &&BookRow| then.iter().any(|now| now.id == row.id && decided(now) != decided(row));
        assert!(before.iter().any(|row| moved(&row)));
    }
}
