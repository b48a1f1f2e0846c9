//! What an import recorded can be taken back: afterwards nobody could tell that it ever was.

use ::store::Store;
use accounts::{Party, taken as accounts_taken};
use orders::{LineKind, ops};
use timeline::{
    AccountId, Fact,
    fact::Refund,
    store::{self as facts, Left, NewFact},
};

use crate::{DAY, Row, account, bring, cancelled, history, knowledge, on_both, sale};

/// What is left over when an import is taken back as the house does: orders, then accounts, then the line.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Kept {
    pub(crate) orders: Vec<String>,
    pub(crate) accounts: usize,
}

pub(crate) fn take_back(store: &Store, run: i64) -> Kept {
    let cx = testkit::at(DAY);
    store
        .write(&cx, |tx| {
            let mut left = Kept::default();
            let mut held = Vec::new();
            let all = facts::changes(tx, run, ops::CHANGE, 0, 10_000)?;
            for group in all.chunks(3) {
                let dry = ops::take_back(&cx, tx, run, group, false)?;
                let taken = ops::take_back(&cx, tx, run, group, true)?;
                assert_eq!((dry.removed, dry.shrunk, dry.lines), (taken.removed, taken.shrunk, taken.lines));
                held.extend(taken.kept.iter().map(|order| order.account));
                left.orders.extend(taken.kept.into_iter().map(|order| order.number));
            }
            let made = facts::changes(tx, run, accounts_taken::CHANGE, 0, 10_000)?;
            let ids: Vec<_> = made.iter().map(|change| AccountId::new(change.id)).collect();
            let used = ops::who_ordered(&cx, tx, run, &ids)?;
            let held = held.into_iter().collect();
            let kept = accounts_taken::take_back(&cx, tx, run, &ids, &used, &held, true)?.kept;
            let stays: Vec<i64> = kept.iter().map(|(id, ..)| id.0).collect();
            let struck: Vec<i64> = ids.iter().map(|id| id.0).filter(|id| !stays.contains(id)).collect();
            facts::forget_changes(tx, run, accounts_taken::CHANGE, &struck)?;
            left.accounts = kept.len();
            let line = facts::lines(tx)?[0].id;
            if facts::line_left(&cx, tx, line)? == Left::Nothing && !ops::is_used(tx, line)? {
                facts::remove_line(tx, line)?;
            }
            Ok(left)
        })
        .unwrap()
}

fn march<'a>() -> Vec<Row<'a>> {
    vec![
        sale("1001", Some("17850"), "2025-03-04", "kettle", 3_800),
        sale("1002", None, "2025-03-05", "cup", 300),
        sale("1003", Some("12583"), "2025-03-06", "cup", 300),
    ]
}

fn may<'a>() -> Vec<Row<'a>> {
    vec![
        cancelled("1001", Some("17850"), "2025-05-01", "kettle", 3_800),
        sale("1001", Some("17850"), "2025-03-04", "lid", 200),
        sale("1002", Some("14911"), "2025-03-05", "cup", 310),
        sale("1004", Some("14911"), "2025-05-02", "pot", 900),
        sale("1005", Some("12583"), "2025-05-03", "pot", 900),
    ]
}

#[test]
fn a_file_taken_back_leaves_what_was_before_it() {
    on_both(|store| {
        bring(store, &march(), 1);
        let before = knowledge(store).0;
        bring(store, &may(), 2);
        assert_ne!(knowledge(store).0, before);
        assert_eq!(take_back(store, 2), Kept::default());
        assert_eq!(knowledge(store).0, before);
    });
}

#[test]
fn the_first_file_taken_back_leaves_nothing() {
    on_both(|store| {
        let empty = knowledge(store).0;
        bring(store, &march(), 1);
        assert_eq!(take_back(store, 1), Kept::default());
        assert_eq!(knowledge(store).0, empty);
        bring(store, &march(), 2);
        assert_eq!(history(store, "17850").len(), 1, "and it can be brought in again");
    });
}

#[test]
fn a_file_between_two_others_leaves_as_if_it_had_never_come() {
    on_both(|store| {
        let june = [sale("2001", Some("90001"), "2025-06-01", "pan", 500)];
        bring(store, &march(), 1);
        bring(store, &may(), 2);
        bring(store, &june, 3);
        assert_eq!(take_back(store, 2), Kept::default());
        let taken = knowledge(store).0;
        testkit_never(&[&march(), &june], &taken);
    });
}

/// Without the file in between, in a house of its own, the same is known.
fn testkit_never(files: &[&[Row<'_>]], expected: &str) {
    on_both(|store| {
        for (rows, run) in files.iter().zip(1..) {
            bring(store, rows, run);
        }
        assert_eq!(knowledge(store).0, expected);
    });
}

#[test]
fn lines_that_a_later_file_added_to_an_order_stay_with_it() {
    on_both(|store| {
        let empty = knowledge(store).0;
        bring(store, &march(), 1);
        bring(store, &[sale("1001", Some("17850"), "2025-03-04", "lid", 200)], 2);
        assert_eq!(take_back(store, 1), Kept::default());
        let told = history(store, "17850");
        assert_eq!(told.iter().map(|entry| entry.fact.amount()).collect::<Vec<_>>(), [Some(20_000)]);
        assert_eq!(take_back(store, 2), Kept::default());
        assert_eq!(knowledge(store).0, empty);
    });
}

#[test]
fn what_somebody_recorded_on_it_since_keeps_an_order_and_is_named() {
    on_both(|store| {
        let empty = knowledge(store).0;
        bring(store, &march(), 1);
        let cx = testkit::owner(DAY);
        let (rook, bought) = (account(store, "17850"), history(store, "17850")[0].clone());
        let refund = |store: &Store| {
            store
                .write(&cx, |tx| {
                    let id = facts::allocate_facts(tx, 1)?.next().unwrap();
                    let fact = Fact::Refund(Refund { amount: 50_000, of: Some(bought.id), reason: None });
                    let (occurred, currency) = (bought.occurred, bought.currency);
                    let new = NewFact {
                        id,
                        account: rook,
                        line: bought.line,
                        occurred,
                        currency,
                        source: None,
                        fact,
                    };
                    facts::append(&cx, tx, &[new])?;
                    Ok(id)
                })
                .unwrap()
        };
        let by_hand = refund(store);
        assert_eq!(take_back(store, 1), Kept { orders: vec!["1001".into()], accounts: 1 });
        assert_eq!(history(store, "17850").len(), 2, "the order and what was recorded on it are still there");
        store.write(&cx, |tx| facts::withdraw(&cx, tx, rook, by_hand, "entered twice")).unwrap();
        assert_eq!(take_back(store, 1), Kept::default());
        assert_eq!(knowledge(store).0, empty);
    });
}

#[test]
fn an_account_behind_a_wall_or_known_elsewhere_stays() {
    on_both(|store| {
        bring(store, &march(), 1);
        let walled = account(store, "17850");
        store.write(&testkit::at(DAY), |tx| accounts::store::set_wall(tx, walled, &[1])).unwrap();
        assert_eq!(take_back(store, 1), Kept { orders: vec![], accounts: 1 });
        let party = Party { space: "customers", key: "12583", name: None, country: None, email: None };
        let gone = store
            .read(&testkit::at(DAY), |tx| {
                accounts::resolve::plan(&testkit::at(DAY), tx, &accounts::Seen::default(), &[party], 9)
            })
            .unwrap();
        assert_eq!(gone.accounts, [-1], "the other account went");
    });
}

#[test]
fn a_fact_that_somebody_withdrew_does_not_come_back() {
    on_both(|store| {
        bring(store, &march(), 1);
        bring(store, &[sale("1001", Some("17850"), "2025-03-04", "lid", 200)], 2);
        let (cx, rook) = (testkit::owner(DAY), account(store, "17850"));
        let bought = history(store, "17850")[0].id;
        store.write(&cx, |tx| facts::withdraw(&cx, tx, rook, bought, "a test order")).unwrap();
        take_back(store, 2);
        assert_eq!(history(store, "17850"), []);
    });
}

#[test]
fn any_file_taken_back_leaves_what_was_before_it() {
    let mut seed = 20_250_304_u64;
    let mut draw = move |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    let (numbers, parties) = (["1", "2", "3", "4", "5"], ["a", "b", "c"]);
    let (days, skus) = (["2025-03-04", "2025-03-05", "2025-04-01"], ["cup", "pot", "lid"]);
    let mut file = || -> Vec<Row<'static>> {
        (0..1 + draw(9))
            .map(|_| {
                let pick = |all: &[&'static str], n: u64| all[usize::try_from(n).unwrap() % all.len()];
                let party = Some(pick(&parties, draw(3))).filter(|_| draw(4) != 0);
                let pence = i64::try_from(100 * (1 + draw(5))).unwrap();
                let (number, on, sku) = (pick(&numbers, draw(5)), pick(&days, draw(3)), pick(&skus, draw(3)));
                match draw(4) {
                    0 => cancelled(number, party, on, sku, pence),
                    1 => Row { kind: LineKind::Adjustment, ..sale(number, party, on, sku, pence) },
                    _ => sale(number, party, on, sku, pence),
                }
            })
            .collect()
    };
    let houses: Vec<_> = (0..40).map(|_| [file(), file(), file()]).collect();
    // Each round leaves nothing behind, so the next one has an empty house again.
    on_both(|store| {
        let empty = knowledge(store).0;
        for (files, first) in houses.iter().zip((1..).step_by(3)) {
            bring(store, &files[0], first);
            let one = knowledge(store).0;
            bring(store, &files[1], first + 1);
            let two = knowledge(store).0;
            bring(store, &files[2], first + 2);
            take_back(store, first + 2);
            assert_eq!(knowledge(store).0, two, "{files:?}");
            take_back(store, first + 1);
            assert_eq!(knowledge(store).0, one, "{files:?}");
            take_back(store, first);
            assert_eq!(knowledge(store).0, empty, "{files:?}");
        }
    });
}
