//! What the store promises, on both engines.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::sync::atomic::{AtomicU32, Ordering};

use kernel::Problem;
use store::{Column, ColumnKind, DataClass, Location, Migration, Store, Table, Value, dump, queue};
use testkit::{Bench, at, both};

const MIGRATIONS: &[Migration] = &[Migration {
    slice: "harbour",
    number: 1,
    sql: "CREATE TABLE boat (id INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, berth INTEGER, log BLOB NOT NULL,
          seen INTEGER NOT NULL) STRICT, WITHOUT ROWID;
          CREATE UNIQUE INDEX boat_name ON boat (name);
          CREATE TABLE crew (boat INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (boat, name)) STRICT, WITHOUT ROWID;",
}];

const BOAT: Table = Table {
    name: "boat",
    columns: &[
        Column { name: "id", kind: ColumnKind::Id("boat") },
        Column { name: "name", kind: ColumnKind::Text },
        Column { name: "berth", kind: ColumnKind::Int },
        Column { name: "log", kind: ColumnKind::Bytes },
        Column { name: "seen", kind: ColumnKind::Clock },
    ],
    key: &["id"],
    account: None,
    class: DataClass::Business,
    canonical: true,
};

const CREW: Table = Table {
    name: "crew",
    columns: &[
        Column { name: "boat", kind: ColumnKind::Ref("boat") },
        Column { name: "name", kind: ColumnKind::Text },
    ],
    key: &["boat", "name"],
    account: None,
    class: DataClass::Personal,
    canonical: true,
};

fn boat<'a>(id: i64, name: &'a str, berth: Option<i64>, seen: i64) -> [Value<'a>; 5] {
    [id.into(), name.into(), berth.into(), Value::Bytes(b"\x00\xff"), seen.into()]
}

fn names(store: &Store) -> Vec<String> {
    let sql = "SELECT name FROM boat ORDER BY name";
    store.read(&at("2025-03-04"), |tx| tx.query(sql, &[], |row| row.string(0))).unwrap()
}

fn dumped(store: &Store) -> (String, String) {
    let mut text = Vec::new();
    let summary =
        store.read(&at("2025-03-04"), |tx| dump::canonical(tx, &[&BOAT, &CREW], &mut text)).unwrap();
    (String::from_utf8(text).unwrap(), summary.sha256)
}

#[test]
fn what_is_written_is_read_back_with_its_type() {
    both(MIGRATIONS, |store| {
        let cx = at("2025-03-04");
        store.write(&cx, |tx| tx.insert_all(&BOAT, [boat(i64::MAX, "Ægir's", None, -1)])).unwrap();
        let sql = "SELECT id, name, berth, log, seen FROM boat WHERE name = ?1 AND seen < ?2 LIMIT ?3";
        let values = ["Ægir's".into(), 0.into(), 5.into()];
        let row = store.read(&cx, |tx| {
            tx.first(sql, &values, |row| {
                Ok((row.int(0)?, row.string(1)?, row.opt_int(2)?, row.bytes(3)?.to_vec(), row.int(4)?))
            })
        });
        assert_eq!(row.unwrap(), Some((i64::MAX, "Ægir's".into(), None, vec![0, 255], -1)));
    });
}

#[test]
fn rows_are_written_over_in_place_many_at_once() {
    both(MIGRATIONS, |store| {
        let cx = at("2025-03-04");
        let all = [boat(1, "Alma", Some(4), 1), boat(2, "Berta", Some(5), 1), boat(3, "Carla", None, 1)];
        store.write(&cx, |tx| tx.insert_all(&BOAT, all)).unwrap();
        let columns = ["id", "berth", "log", "seen"];
        let rows: [[Value<'_>; 4]; 3] = [
            [3.into(), 9.into(), Value::Bytes(b"moored"), 7.into()],
            [1.into(), Value::Null, Value::Bytes(b""), 8.into()],
            [4.into(), 1.into(), Value::Bytes(b"nobody"), 9.into()],
        ];
        let found = store.write(&cx, |tx| tx.rewrite_all(&BOAT, &columns, &rows)).unwrap();
        assert_eq!(found, 2, "a row that is not there is passed over");
        let sql = "SELECT name, berth, log, seen FROM boat ORDER BY id";
        let read = store.read(&cx, |tx| {
            tx.query(sql, &[], |row| {
                Ok((row.string(0)?, row.opt_int(1)?, row.bytes(2)?.to_vec(), row.int(3)?))
            })
        });
        let kept = [
            ("Alma".to_owned(), None, b"".to_vec(), 8),
            ("Berta".to_owned(), Some(5), vec![0, 255], 1),
            ("Carla".to_owned(), Some(9), b"moored".to_vec(), 7),
        ];
        assert_eq!(read.unwrap(), kept);
        let texts: [[Value<'_>; 2]; 1] = [[2.into(), "Bertha".into()]];
        assert_eq!(store.write(&cx, |tx| tx.rewrite_all(&BOAT, &["id", "name"], &texts)).unwrap(), 1);
        assert_eq!(names(store), ["Alma", "Bertha", "Carla"]);
        let unknown = store.write(&cx, |tx| tx.rewrite_all(&BOAT, &["id", "mast"], &texts)).unwrap_err();
        assert_eq!(unknown.code, "store.column");
    });
}

#[test]
fn a_refused_change_leaves_nothing_behind() {
    both(MIGRATIONS, |store| {
        let cx = at("2025-03-04");
        let answer = store.write(&cx, |tx| {
            tx.insert_all(&BOAT, [boat(1, "Petrel", None, 0)])?;
            Err::<(), _>(Problem::conflict("harbour.full", "there is no berth left"))
        });
        assert_eq!(answer.unwrap_err().code, "harbour.full");
        assert!(names(store).is_empty());
    });
}

#[test]
fn a_nul_in_a_text_is_refused_in_words_and_nothing_of_it_stays() {
    both(MIGRATIONS, |store| {
        let cx = at("2025-03-04");
        let rows = [boat(1, "Wren", None, 0), boat(2, "Sea\0gull", None, 0), boat(3, "Tern", None, 0)];
        let refused = store.write(&cx, |tx| tx.insert_all(&BOAT, rows)).unwrap_err();
        assert_eq!(refused.code, "store.nul");
        let named = "SELECT id FROM boat WHERE name = ?1";
        let refused = store.read(&cx, |tx| tx.query(named, &["Sea\0gull".into()], |row| row.int(0)));
        assert_eq!(refused.unwrap_err().code, "store.nul");
        let renamed = "UPDATE boat SET name = ?1";
        let refused = store.write(&cx, |tx| tx.execute(renamed, &["\0".into()])).unwrap_err();
        assert_eq!(refused.code, "store.nul");
        assert!(names(store).is_empty());
    });
}

#[test]
fn a_broken_uniqueness_is_a_conflict_and_the_store_goes_on() {
    both(MIGRATIONS, |store| {
        let cx = at("2025-03-04");
        store.write(&cx, |tx| tx.insert_all(&BOAT, [boat(1, "Petrel", None, 0)])).unwrap();
        let again = store.write(&cx, |tx| tx.insert_all(&BOAT, [boat(2, "Petrel", None, 0)]));
        assert_eq!(again.unwrap_err().code, "store.conflict");
        store.write(&cx, |tx| tx.insert_all(&BOAT, [boat(2, "Tern", None, 0)])).unwrap();
        assert_eq!(names(store), ["Petrel", "Tern"]);
    });
}

#[test]
fn text_is_ordered_byte_by_byte() {
    both(MIGRATIONS, |store| {
        let unordered = ["b", "a", "B", "ä", "Z", "_"];
        let rows: Vec<_> = (1..).zip(unordered).map(|(id, name)| boat(id, name, None, 0)).collect();
        store.write(&at("2025-03-04"), |tx| tx.insert_all(&BOAT, &rows)).unwrap();
        assert_eq!(names(store), ["B", "Z", "_", "a", "b", "ä"]);
    });
}

#[test]
fn a_reader_cannot_write() {
    both(MIGRATIONS, |store| {
        let tried = store.read(&at("2025-03-04"), |tx| tx.insert_all(&BOAT, [boat(1, "Petrel", None, 0)]));
        assert!(tried.is_err());
        assert!(names(store).is_empty());
    });
}

#[test]
fn a_rehearsal_answers_what_it_would_come_to_and_nothing_of_it_stays() {
    both(MIGRATIONS, |store| {
        let cx = at("2025-03-04");
        let would = store.rehearse(&cx, |tx| {
            let id = tx.allocate("boat", 1)?.first();
            tx.insert_all(&BOAT, [boat(id, "Petrel", None, 0)])
        });
        assert_eq!((would.unwrap(), names(store).len()), (1, 0));
        let refused = store.rehearse(&cx, |_| Err::<(), _>(Problem::invalid("name", "boat.name", "no name")));
        assert_eq!(refused.unwrap_err().code, "boat.name");
        assert_eq!(store.write(&cx, |tx| tx.allocate("boat", 1)).unwrap().first(), 1);
    });
}

/// What the server engine says of the other connections to this database, asked until `is_so` or a thousand times.
fn others(location: &Location, sql: &str, is_so: impl Fn(i64) -> bool) -> bool {
    let Location::Server(url) = location else { return true };
    let mut client = postgres::Client::connect(url, postgres::NoTls).unwrap();
    let sql =
        format!("{sql} FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
    (0..1_000).any(|_| is_so(client.query_one(&sql, &[]).unwrap().get(0)))
}

#[test]
fn who_has_read_holds_no_moment_open() {
    both(MIGRATIONS, |store| {
        assert!(names(store).is_empty());
        let open = "SELECT count(*) FILTER (WHERE state LIKE 'idle in transaction%')";
        assert!(others(store.location(), open, |open| open == 0));
    });
}

#[test]
fn connections_that_were_cut_while_they_rested_are_made_anew() {
    both(MIGRATIONS, |store| {
        let cx = at("2025-03-04");
        store.write(&cx, |tx| tx.insert_all(&BOAT, [boat(1, "Petrel", None, 0)])).unwrap();
        assert_eq!(names(store), ["Petrel"]);
        others(store.location(), "SELECT count(pg_terminate_backend(pid))", |cut| cut == 0);
        assert_eq!(names(store), ["Petrel"]);
        store.write(&cx, |tx| tx.insert_all(&BOAT, [boat(2, "Tern", None, 0)])).unwrap();
        assert_eq!(names(store), ["Petrel", "Tern"]);
    });
}

#[test]
fn a_statement_that_failed_unnoticed_loses_its_transaction_and_is_told() {
    both(MIGRATIONS, |store| {
        let cx = at("2025-03-04");
        let written = store.write(&cx, |tx| {
            tx.insert_all(&BOAT, [boat(1, "Petrel", None, 0)])?;
            // The server engine takes nothing more from a transaction in which something failed.
            tx.insert_all(&BOAT, [boat(2, "Petrel", None, 0)]).or(Ok(0))
        });
        assert_eq!(names(store).len(), usize::from(written.is_ok()));
        store.write(&cx, |tx| tx.insert_all(&BOAT, [boat(3, "Tern", None, 0)])).unwrap();
        assert!(names(store).contains(&"Tern".to_owned()));
    });
}

#[test]
fn a_hundred_rows_and_a_hundred_and_one_arrive_whole() {
    for count in [2, 99, 100, 101, 500] {
        both(MIGRATIONS, |store| {
            let crew: Vec<_> = (0..count).map(|n| format!("{n:03}, of \"Tern\" {{and}} \\ {n}")).collect();
            let rows: Vec<_> = crew.iter().map(|name| [Value::Int(7), name.into()]).collect();
            let written = store.write(&at("2025-03-04"), |tx| tx.insert_all(&CREW, &rows));
            assert_eq!(written.unwrap(), u64::try_from(count).unwrap());
            let read = store.read(&at("2025-03-04"), |tx| {
                tx.query("SELECT name FROM crew ORDER BY name", &[], |row| row.string(0))
            });
            assert_eq!(read.unwrap(), crew);
        });
    }
}

#[test]
fn many_writers_at_once_all_arrive_and_a_panic_among_them_harms_nobody() {
    both(MIGRATIONS, |store| {
        let failed = AtomicU32::new(0);
        std::thread::scope(|scope| {
            for worker in 0..8 {
                let failed = &failed;
                scope.spawn(move || {
                    for n in 0..20 {
                        let name = format!("{worker}/{n}");
                        let id = i64::from(worker * 100 + n) + 1;
                        let run = || {
                            store.write(&at("2025-03-04"), |tx| {
                                tx.insert_all(&BOAT, [boat(id, &name, None, 0)])?;
                                assert!(n != 7 || worker != 3, "a planted panic");
                                Ok(())
                            })
                        };
                        let answer = std::panic::catch_unwind(std::panic::AssertUnwindSafe(run));
                        failed.fetch_add(u32::from(!matches!(answer, Ok(Ok(())))), Ordering::Relaxed);
                    }
                });
            }
        });
        assert_eq!((names(store).len(), failed.load(Ordering::Relaxed)), (159, 1));
    });
}

#[test]
fn a_panic_in_the_last_of_a_batch_leaves_nobody_waiting() {
    both(MIGRATIONS, |store| {
        std::thread::scope(|scope| {
            for worker in 0..6 {
                scope.spawn(move || {
                    for n in 0..30 {
                        let name = format!("{worker}/{n}");
                        let run = || {
                            store.write(&at("2025-03-04"), |tx| {
                                tx.insert_all(
                                    &BOAT,
                                    [boat(i64::from(worker * 100 + n) + 1, &name, None, 0)],
                                )?;
                                assert!(n % 2 == 0, "a planted panic");
                                Ok(())
                            })
                        };
                        drop(std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)));
                    }
                });
            }
        });
        assert_eq!(names(store).len(), 90);
    });
}

#[test]
fn ids_come_in_blocks_and_a_lost_transaction_gives_its_block_back() {
    both(MIGRATIONS, |store| {
        let cx = at("2025-03-04");
        let take =
            |count| store.write(&cx, move |tx| tx.allocate("boat", count)).map(Iterator::collect::<Vec<_>>);
        assert_eq!(take(3).unwrap(), [1, 2, 3]);
        let lost = store.write(&cx, |tx| {
            tx.allocate("boat", 10)?;
            Err::<(), _>(Problem::internal("harbour.storm", "lost"))
        });
        assert!(lost.is_err());
        assert_eq!(take(2).unwrap(), [4, 5]);
    });
}

#[test]
fn equal_knowledge_has_an_equal_dump_whatever_the_ids_the_clock_and_the_engine() {
    let mut dumps = Vec::new();
    both(MIGRATIONS, |store| {
        let cx = at("2025-03-04");
        let fill = |first: i64, seen| {
            store.write(&cx, move |tx| {
                tx.insert_all(
                    &BOAT,
                    [boat(first, "Petrel", Some(4), seen), boat(first + 7, "Tern\n", None, seen)],
                )?;
                tx.insert_all(
                    &CREW,
                    [[Value::Int(first + 7), "Ida".into()], [Value::Int(first), "Bo".into()]],
                )
            })
        };
        fill(1, 11).unwrap();
        dumps.push(dumped(store));
        store.write(&cx, |tx| tx.execute("DELETE FROM boat", &[])).unwrap();
        store.write(&cx, |tx| tx.execute("DELETE FROM crew", &[])).unwrap();
        fill(500, 99).unwrap();
        dumps.push(dumped(store));
    });
    assert!(
        dumps[0]
            .0
            .contains("[\"boat\",2,\"Tern\\n\",null,\"00ff\"]\n[\"crew\",1,\"Bo\"]\n[\"crew\",2,\"Ida\"]"),
        "{}",
        dumps[0].0
    );
    assert!(dumps.iter().all(|dump| *dump == dumps[0]));
}

#[test]
fn a_dump_refuses_a_row_that_names_one_that_does_not_exist() {
    both(MIGRATIONS, |store| {
        let cx = at("2025-03-04");
        store.write(&cx, |tx| tx.insert_all(&CREW, [[Value::Int(7), "Bo".into()]])).unwrap();
        let refusal = store.read(&cx, |tx| dump::canonical(tx, &[&BOAT, &CREW], &mut Vec::new()));
        assert_eq!(refusal.unwrap_err().code, "dump.reference");
    });
}

#[test]
fn a_job_is_held_by_one_worker_and_a_dead_workers_writes_are_refused() {
    both(MIGRATIONS, |store| {
        let cx = at("2025-03-04");
        let take = |now| store.write(&cx, move |tx| queue::take(tx, now, 100, &[])).unwrap();
        store.write(&cx, |tx| queue::put(tx, "import", "7", 10)).unwrap();
        assert_eq!(take(9), None);
        let first = take(10).unwrap();
        assert_eq!(take(109), None);
        let second = take(110).unwrap();
        assert_eq!((first.fence, second.fence, second.tries), (1, 2, 2));
        let late = store.write(&cx, |tx| {
            tx.insert_all(&BOAT, [boat(1, "Ghost", None, 0)])?;
            queue::renew(tx, &first, 400)
        });
        assert_eq!(late.unwrap_err().code, "queue.lost");
        assert!(names(store).is_empty());
        store.write(&cx, |tx| queue::done(tx, &second)).unwrap();
        assert_eq!(store.read(&cx, |tx| queue::next_due(tx, &[])).unwrap(), None);
    });
}

#[test]
fn a_heartbeat_that_comes_late_holds_nothing_that_was_given_back() {
    both(MIGRATIONS, |store| {
        let cx = at("2025-03-04");
        let take = |now| store.write(&cx, move |tx| queue::take(tx, now, 100, &[])).unwrap();
        let beat = |job: &queue::Job| store.write(&cx, |tx| queue::beat(tx, job, 900)).unwrap();
        store.write(&cx, |tx| queue::put(tx, "sample", "shop", 10)).unwrap();
        let held = take(10).unwrap();
        assert!(beat(&held), "it is held");
        store.write(&cx, |tx| queue::wait(tx, &held, 20)).unwrap();
        assert!(!beat(&held), "it waits");
        let again = take(20).unwrap();
        assert!(!beat(&held), "it is somebody else's");
        store.write(&cx, |tx| queue::done(tx, &again)).unwrap();
        assert!(!beat(&again), "it is done");
    });
}

#[test]
fn work_that_is_behind_other_work_is_taken_after_it_and_not_behind_what_failed() {
    both(MIGRATIONS, |store| {
        let cx = at("2025-03-04");
        let order = [("moor", "unload")];
        let take = |now| store.write(&cx, move |tx| queue::take(tx, now, 100, &order)).unwrap();
        let due = || store.read(&cx, |tx| queue::next_due(tx, &order)).unwrap();
        let put = |kind, due| store.write(&cx, move |tx| queue::put(tx, kind, "7", due)).unwrap();
        put("unload", 10);
        put("moor", 30);
        assert_eq!((due(), take(20)), (Some(30), None));
        let moor = take(30).unwrap();
        assert_eq!((moor.kind.as_str(), due(), take(40)), ("moor", Some(130), None));
        let held = |now| store.read(&cx, |tx| queue::is_held(tx, "moor", now)).unwrap();
        assert!(held(129) && !held(130));
        store.write(&cx, |tx| queue::done(tx, &moor)).unwrap();
        assert_eq!((due(), take(40).unwrap().kind.as_str()), (Some(10), "unload"));

        put("moor", 50);
        let moor = take(50).unwrap();
        store.write(&cx, |tx| queue::retry(tx, &moor, 220, "no rope")).unwrap();
        assert_eq!(take(200).unwrap().kind, "unload", "what failed holds nobody back");
        let moor = take(220).unwrap();
        store.write(&cx, |tx| queue::set_aside(tx, &moor, 230, "no rope")).unwrap();
        assert_eq!(take(400).unwrap().kind, "unload", "nor does what was given up");
    });
}

#[test]
fn migrations_run_once_and_one_that_was_changed_afterwards_is_refused() {
    for bench in Bench::all() {
        drop(bench.open(MIGRATIONS));
        drop(bench.open(MIGRATIONS));
        let other = [Migration { sql: "CREATE TABLE boat (id INTEGER) STRICT;", ..MIGRATIONS[0] }];
        let Err(refusal) = Store::open(&bench.location, &other) else {
            panic!("a changed migration was accepted")
        };
        assert_eq!(refusal.code, "store.migration_changed");
    }
}

#[test]
fn a_migration_that_fails_leaves_nothing_of_itself() {
    for bench in Bench::all() {
        let broken = [Migration {
            slice: "harbour",
            number: 1,
            sql: "CREATE TABLE a (id INTEGER) STRICT; CREATE NONSENSE;",
        }];
        assert!(Store::open(&bench.location, &broken).is_err());
        let mended = [Migration { sql: "CREATE TABLE a (id INTEGER) STRICT;", ..broken[0] }];
        assert!(Store::open(&bench.location, &mended).is_ok(), "{}", bench.engine());
    }
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let Err(refusal) = Store::open(&Location::File("/dev/null/x/mainstay.db".into()), &[]) else {
        panic!("it opened")
    };
    assert!(refusal.to_string().contains("/dev/null/x") && refusal.to_string().contains("--data"));
}
