//! What the timeline promises, on both engines.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod store;

use ::store::{Store, Tx};
use kernel::{Context, Currency, Day, Moment, Result};
use testkit::{at, owner};
use timeline::{
    AccountId, Fact, FactId, LineId, SourceRow,
    fact::{Contact, Contract, ContractEnd, Purchase, Refund},
    store::{self as facts, NewFact},
};

const DAY: &str = "2025-03-04";
const ROOK: AccountId = AccountId::new(7);
const WICK: AccountId = AccountId::new(8);

fn on_both(test: impl FnMut(&Store)) {
    testkit::both(timeline::slice().migrations, test);
}

fn write<T>(store: &Store, cx: &Context, work: impl Fn(&mut Tx<'_>) -> Result<T>) -> T {
    store.write(cx, work).unwrap()
}

fn order(units: i64) -> Fact {
    Fact::Order(Purchase { amount: units * 10_000, ..Purchase::default() })
}

fn new(id: FactId, account: AccountId, line: LineId, day: &str, fact: Fact) -> NewFact {
    let pounds = Currency::parse("GBP").unwrap();
    let currency = fact.amount().map(|_| pounds);
    let occurred = Day::parse(day).unwrap().moment();
    NewFact { id, account, line, occurred, currency, source: Some(SourceRow { run: 1, row: 1 }), fact }
}

/// Appends facts on a line; gives their ids.
fn append(store: &Store, cx: &Context, account: AccountId, line: i64, said: &[(&str, Fact)]) -> Vec<FactId> {
    write(store, cx, |tx| {
        let ids: Vec<_> = facts::allocate_facts(tx, said.len())?.collect();
        let line = LineId::new(line);
        let all = ids.iter().zip(said).map(|(id, (day, fact))| new(*id, account, line, day, fact.clone()));
        facts::append(cx, tx, &all.collect::<Vec<_>>())?;
        Ok(ids)
    })
}

fn line(store: &Store, name: &str, industry: &str, live: bool) -> Result<timeline::ServiceLine> {
    store.write(&at(DAY), |tx| facts::line_named(tx, name, industry, live))
}

fn stale(store: &Store) -> Vec<(i64, i64)> {
    let marks = store.read(&at(DAY), |tx| facts::next_stale(tx, 100)).unwrap();
    marks.into_iter().map(|(account, line)| (account.0, line.0)).collect()
}

fn code<T: std::fmt::Debug>(answer: Result<T>) -> &'static str {
    answer.unwrap_err().code
}

#[test]
fn facts_are_read_back_as_written_in_the_order_of_time() {
    on_both(|store| {
        let cx = at(DAY);
        let met =
            Fact::Meeting(Contact { topic: Some("review".into()), continues: true, ..Contact::default() });
        let written = write(store, &cx, |tx| {
            let ids: Vec<_> = facts::allocate_facts(tx, 4)?.collect();
            let refund = Fact::Refund(Refund { amount: 90_000, of: Some(ids[1]), reason: None });
            let mut all = vec![
                new(ids[0], ROOK, LineId::new(1), "2025-03-02", refund),
                new(ids[1], ROOK, LineId::new(1), "2025-01-02", order(20)),
                new(ids[2], ROOK, LineId::new(0), "2025-02-02", met.clone()),
                new(ids[3], ROOK, LineId::new(2), "2025-02-02", order(5)),
            ];
            all[1].source = Some(SourceRow { run: 3, row: 17 });
            all[1].occurred = Moment::at(1_735_812_345_678_901);
            facts::append(&cx, tx, &all)?;
            Ok(all)
        });
        let read = store.read(&cx, |tx| facts::facts(tx, ROOK, LineId::new(1))).unwrap();
        let places: Vec<_> = [&written[1], &written[2], &written[0]].into();
        assert_eq!(read.len(), 3, "line 2 is another relationship, line 0 is all of them");
        for (entry, new) in read.iter().zip(places) {
            assert_eq!((entry.id, entry.account, entry.line), (new.id, new.account, new.line));
            assert_eq!(
                (entry.occurred, entry.currency, entry.source),
                (new.occurred, new.currency, new.source)
            );
            assert_eq!(entry.fact, new.fact);
            assert_eq!(entry.recorded_at, cx.now.micros);
        }
        let newest = store.read(&cx, |tx| facts::history(tx, ROOK, None, 2)).unwrap();
        assert_eq!(newest.iter().map(|entry| entry.id).collect::<Vec<_>>(), [written[0].id, written[3].id]);
        let last = newest[1].occurred.micros;
        let rest = store.read(&cx, |tx| facts::history(tx, ROOK, Some((last, written[3].id.0)), 9)).unwrap();
        assert_eq!(rest.iter().map(|entry| entry.id).collect::<Vec<_>>(), [written[2].id, written[1].id]);
    });
}

#[test]
fn a_fact_taken_back_is_kept_with_who_when_and_why() {
    on_both(|store| {
        let cx = owner(DAY);
        let ids = append(store, &cx, ROOK, 1, &[("2025-01-02", order(20)), ("2025-01-03", order(30))]);
        let taken = write(store, &cx, |tx| facts::withdraw(&cx, tx, ROOK, ids[0], "entered twice"));
        assert_eq!(taken.fact, order(20));
        let left = store.read(&cx, |tx| facts::facts(tx, ROOK, LineId::new(1))).unwrap();
        assert_eq!(left.iter().map(|entry| entry.id).collect::<Vec<_>>(), [ids[1]]);
        let kept = store::withdrawn(store);
        assert_eq!(kept.len(), 1);
        assert_eq!((kept[0].id, kept[0].by, kept[0].at), (ids[0].0, 1, cx.now.micros));
        assert_eq!(kept[0].reason, "entered twice");
        assert!(kept[0].body.contains("200000"), "{}", kept[0].body);
        let again = store.write(&cx, |tx| facts::withdraw(&cx, tx, ROOK, ids[0], "again"));
        assert_eq!(code(again), "timeline.no_fact");
        let of_another = store.write(&cx, |tx| facts::withdraw(&cx, tx, WICK, ids[1], "not theirs"));
        assert_eq!(code(of_another), "timeline.no_fact");
    });
}

#[test]
fn a_fact_that_another_refers_to_stays_until_the_other_is_gone() {
    on_both(|store| {
        let cx = owner(DAY);
        let signed = Fact::Contract(Contract { fees: true, ..Contract::default() });
        let bought = append(store, &cx, ROOK, 1, &[("2025-01-02", order(20)), ("2025-01-02", signed)]);
        let refund = Fact::Refund(Refund { amount: 50_000, of: Some(bought[0]), reason: None });
        let end = Fact::ContractEnd(ContractEnd { contract: bought[1], reason: None });
        let later = append(store, &cx, ROOK, 1, &[("2025-02-02", refund), ("2025-02-03", end)]);
        for (of, by) in bought.iter().zip(&later) {
            let take = |id: FactId| store.write(&cx, |tx| facts::withdraw(&cx, tx, ROOK, id, "wrong"));
            assert_eq!(code(take(*of)), "timeline.referred_to");
            take(*by).unwrap();
            take(*of).unwrap();
        }
    });
}

#[test]
fn writing_facts_anew_keeps_what_they_said_before() {
    on_both(|store| {
        let cx = owner(DAY);
        let said: Vec<_> = (1..=5).map(|n| ("2025-01-02", order(n))).collect();
        let ids = append(store, &cx, ROOK, 1, &said);
        let other = append(store, &cx, WICK, 1, &[("2025-01-02", order(9))]);
        write(store, &cx, |tx| {
            let (line, day) = (LineId::new(1), "2025-01-05");
            let grown = [new(ids[0], ROOK, line, day, order(10)), new(other[0], WICK, line, day, order(90))];
            facts::replace(&cx, tx, &grown, "it grew")
        });
        let read = store.read(&cx, |tx| facts::of_accounts(tx, &[ROOK, WICK])).unwrap();
        let amounts = |account| -> Vec<_> {
            let entries: &Vec<timeline::Entry> = &read[&account];
            entries.iter().map(|entry| (entry.id, entry.fact.amount().unwrap() / 10_000)).collect()
        };
        assert_eq!(amounts(ROOK), [(ids[1], 2), (ids[2], 3), (ids[3], 4), (ids[4], 5), (ids[0], 10)]);
        assert_eq!(amounts(WICK), [(other[0], 90)]);
        let kept: Vec<_> = store::withdrawn(store).into_iter().map(|one| (one.id, one.reason)).collect();
        assert_eq!(kept, [(ids[0].0, "it grew".to_owned()), (other[0].0, "it grew".to_owned())]);
        write(store, &cx, |tx| facts::replace(&cx, tx, &[], "nothing"));
        assert_eq!(store::withdrawn(store).len(), 2);
    });
}

#[test]
fn what_changes_is_marked_until_it_is_decided() {
    on_both(|store| {
        let cx = at(DAY);
        let ids = append(store, &cx, ROOK, 1, &[("2025-01-02", order(20)), ("2025-01-03", order(30))]);
        append(store, &cx, ROOK, 0, &[("2025-01-02", Fact::Referral)]);
        append(store, &cx, WICK, 2, &[("2025-01-02", order(1))]);
        assert_eq!(stale(store), [(7, 0), (7, 1), (8, 2)]);
        write(store, &cx, |tx| facts::clear_stale(tx, &[(ROOK, LineId::new(1)), (WICK, LineId::new(2))]));
        assert_eq!(stale(store), [(7, 0)], "the mark of the same account on another line stays");
        write(store, &cx, |tx| facts::withdraw(&cx, tx, ROOK, ids[0], "wrong"));
        assert_eq!(stale(store), [(7, 0), (7, 1)]);
        write(store, &cx, |tx| facts::clear_stale(tx, &[(ROOK, LineId::new(0)), (ROOK, LineId::new(1))]));
        write(store, &cx, |tx| facts::mark_line_stale(&cx, tx, LineId::new(2)));
        assert_eq!(stale(store), [(8, 2)], "only who has facts on the line");
        assert_eq!(store.read(&cx, facts::count_stale).unwrap(), 1);
    });
}

#[test]
fn many_marks_cost_a_constant_number_of_statements() {
    on_both(|store| {
        let cx = at(DAY);
        let marks: Vec<_> = (1..=200).map(|n| (AccountId::new(n), LineId::new(1 + n % 2))).collect();
        let statements = write(store, &cx, |tx| {
            let before = tx.statements();
            facts::mark_stale(&cx, tx, &marks)?;
            facts::mark_stale(&cx, tx, &marks)?;
            facts::clear_stale(tx, &marks[..199])?;
            Ok(tx.statements() - before)
        });
        assert_eq!(stale(store), [(200, 1)]);
        assert_eq!(statements, 4, "one for each marking, one for each line cleared");
    });
}

#[test]
fn who_is_waited_for_is_decided_before_everybody_else() {
    on_both(|store| {
        let (cx, shop) = (at(DAY), LineId::new(1));
        let everybody: Vec<_> = (1..=200).map(|n| (AccountId::new(n), shop)).collect();
        write(store, &cx, |tx| facts::mark_stale(&cx, tx, &everybody));
        let next = |limit| store.read(&cx, |tx| facts::next_stale(tx, limit)).unwrap();
        let numbers =
            |some: Vec<(AccountId, LineId)>| some.iter().map(|(account, _)| account.0).collect::<Vec<_>>();
        assert_eq!(numbers(next(3)), [1, 2, 3]);
        // One of those who wait anyway, and a newcomer.
        write(store, &cx, |tx| facts::mark_stale(&cx, tx, &[(AccountId::new(150), shop)]));
        write(store, &cx, |tx| facts::mark_stale(&cx, tx, &[(AccountId::new(300), shop)]));
        assert_eq!(numbers(next(3)), [150, 300, 1]);
        assert_eq!(store.read(&cx, facts::count_stale).unwrap(), 201, "each waits once");
        write(store, &cx, |tx| {
            facts::clear_stale(tx, &[(AccountId::new(150), shop), (AccountId::new(300), shop)])
        });
        assert_eq!(numbers(next(3)), [1, 2, 3]);
        assert_eq!(next(1_000).len(), 199);
    });
}

#[test]
fn the_end_of_the_data_moves_only_forward() {
    on_both(|store| {
        let cx = at(DAY);
        let shop = line(store, "Shop", "retail", false).unwrap();
        assert_eq!(shop.now(&cx).to_string(), DAY, "a line without data lives today");
        let end = |store: &Store| {
            store.read(&cx, |tx| facts::line(tx, shop.id)).unwrap().last_day.unwrap().to_string()
        };
        append(store, &cx, ROOK, shop.id.0, &[("2024-06-01", order(1)), ("2024-05-01", order(1))]);
        assert_eq!(end(store), "2024-06-01");
        append(store, &cx, WICK, shop.id.0, &[("2024-01-01", order(1))]);
        assert_eq!(end(store), "2024-06-01");
        append(store, &cx, WICK, shop.id.0, &[("2024-06-02", order(1))]);
        assert_eq!(end(store), "2024-06-02");
        append(store, &cx, WICK, shop.id.0, &[("9999-12-31", order(1))]);
        assert_eq!(end(store), "2024-06-02", "a date that has not come yet moves nobody's now");
        write(store, &cx, |tx| {
            let id = facts::allocate_facts(tx, 1)?.next().unwrap();
            let noted = NewFact { source: None, ..new(id, WICK, shop.id, "2024-07-01", order(1)) };
            facts::append(&cx, tx, &[noted])
        });
        assert_eq!(end(store), "2024-06-02", "neither does a note by hand");
    });
}

#[test]
fn a_line_is_one_by_its_name_and_in_one_industry() {
    on_both(|store| {
        let first = line(store, "Legal  Advice", "", false).unwrap();
        let same = line(store, " legal advice ", "law", true).unwrap();
        assert_eq!((same.id, same.name.as_str(), same.industry.as_str()), (first.id, "Legal  Advice", "law"));
        assert!(!same.live, "a line is live or not as it was made: one note by hand makes nobody former");
        assert!(line(store, "Counter", "", true).unwrap().live);
        assert_eq!(code(line(store, "Legal advice", "retail", false)), "timeline.industry");
        assert_eq!(code(line(store, " \t", "law", true)), "timeline.line_name");
        assert_eq!(code(store.read(&at(DAY), |tx| facts::line(tx, LineId::new(99)))), "timeline.no_line");
    });
}

#[test]
fn a_fact_of_a_kind_that_only_a_later_version_knows_is_said_and_does_not_panic() {
    on_both(|store| {
        let cx = at(DAY);
        append(store, &cx, ROOK, 1, &[("2025-01-02", order(20))]);
        store::rewrite_bodies(store, r#"{"kind":"moon_landing","boots":2}"#);
        let read = store.read(&cx, |tx| facts::facts(tx, ROOK, LineId::new(1)));
        assert_eq!(code(read), "timeline.body");
        store::rewrite_bodies(store, "{");
        assert_eq!(code(store.read(&cx, |tx| facts::of_accounts(tx, &[ROOK]))), "timeline.body");
    });
}

#[test]
fn each_account_is_handed_over_once_with_what_concerns_the_line() {
    on_both(|store| {
        let cx = at(DAY);
        for n in 1..=3 {
            let account = AccountId::new(n);
            append(store, &cx, account, 1 + n % 2, &[("2025-01-02", order(n))]);
            append(store, &cx, account, 0, &[("2025-01-01", Fact::Referral)]);
        }
        let mut met = Vec::new();
        store
            .read(&cx, |tx| {
                facts::for_each_account(tx, LineId::new(2), |_, entries| {
                    met.push((entries[0].account.0, entries.len()));
                    Ok(())
                })
            })
            .unwrap();
        assert_eq!(met, [(1, 2), (3, 2)]);
        assert_eq!(
            store.read(&cx, |tx| facts::lines_of(tx, &[AccountId::new(2)])).unwrap(),
            [(AccountId::new(2), LineId::new(1))]
        );
    });
}
