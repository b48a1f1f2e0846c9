//! Leave me alone: ninety days in which everything that works by itself has its turn, and nobody hears from us who said
//! *no relationship*. And the list of all that works by itself: whoever adds to it says what it does to people.

use std::{
    collections::BTreeSet,
    fs,
    path::Path,
    sync::atomic::{AtomicI64, Ordering},
};

use kernel::{Context, Day};
use mainstay::{
    config::{self, Open, Settings},
    slices, worker,
};
use relationship::{
    Contacting, Purpose, may_contact,
    ops::{Named, Say, link, say},
    store::current::RelationshipId,
};
use serde_json::{Value, json};
use slice::{Act, House, JobKind, Slice};
use store::{Location, queue, queue::Job};
use testkit::Bench;
use timeline::{
    AccountId, Fact, LineId,
    fact::{Contact, Dealing, Side},
    store::{self as facts, NewFact},
};

/// Work that waits, and danger: each with why nobody outside hears of it. What does reach people stands in [`ASKS`].
const QUIET: &[(&str, &str)] = &[
    ("accounts.duplicates", "compares accounts"),
    ("accounts.merge", "moves rows"),
    ("accounts.merge_undo", "moves rows back"),
    ("accounts.words", "reads by which words records are found"),
    ("contracts.clock", "writes down what a contract says by itself"),
    ("import.cancel", "stops a file that is coming in"),
    ("import.plan", "reads a file"),
    ("import.run", "records what a file tells"),
    ("import.undo", "takes back what a file told"),
    ("judge", "decides again"),
    ("line.baseline", "freezes ranks"),
    ("line.now", "judges from another day"),
    ("person.leave", "is about one of us"),
    ("policy.adopt", "judges by another policy"),
    ("sample.end", "has an invented business decided as it stands"),
    ("sample.leave", "forgets the files of an invented business"),
    ("sample.load", "brings in an invented business"),
    ("sample.remove", "takes back an invented business"),
];

/// Work that reaches people, and the slice in which it asks before it does.
const ASKS: &[(&str, &str)] = &[];

#[test]
fn whatever_works_by_itself_reaches_nobody_or_asks_first() {
    let slices = slices::all();
    let jobs = slices.iter().flat_map(|slice| slice.jobs).map(|job| job.kind);
    let operations = slices.iter().flat_map(|slice| &slice.operations);
    let dangers = operations.filter(|one| one.head.act == Act::Danger).map(|one| one.head.name);
    let there: BTreeSet<&str> = jobs.chain(dangers).collect();
    let said: BTreeSet<&str> = QUIET.iter().chain(ASKS).map(|(name, _)| *name).collect();
    assert_eq!(
        there, said,
        "say in QUIET why it reaches nobody, or in ASKS where it asks relationship::may_contact"
    );
    for (name, slice) in ASKS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../slices").join(slice).join("src");
        assert!(asks(&folder), "{name} reaches people, and {slice} never asks may_contact");
    }
}

#[test]
fn a_slice_that_never_asks_is_found() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("ops")).unwrap();
    fs::write(folder.path().join("ops/send.rs"), "fn send() { post(letter) }").unwrap();
    assert!(!asks(folder.path()));
    fs::write(folder.path().join("ops/send.rs"), "fn send() { may_contact(cx, tx, &asked)?; }").unwrap();
    assert!(asks(folder.path()));
}

/// Whether some file below a folder calls it.
fn asks(folder: &Path) -> bool {
    fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() { asks(&path) } else { fs::read_to_string(&path).unwrap().contains("may_contact(") }
    })
}

/// The clock of these houses: they stand in one test, and one after the other.
pub(crate) static NOW: AtomicI64 = AtomicI64::new(0);

fn clock() -> i64 {
    NOW.load(Ordering::SeqCst)
}

pub(crate) fn morning(day: Day) -> i64 {
    day.moment().micros + 8 * 3_600_000_000
}

/// A caller of our own, for these tests: each morning, and for each purpose, it writes to everybody who may be contacted for
/// it. There is a careless one beside it, who never asks: the days must show when somebody is like that.
const CALLER: Slice = Slice {
    name: "caller",
    migrations: &[],
    tables: &[],
    operations: Vec::new(),
    pages: &[],
    panels: &[],
    finders: &[],
    agendas: &[],
    consequences: &[],
    deeds: |_, _| None,
    jobs: &[
        JobKind { kind: ASKING, run: call, gave_up: None },
        JobKind { kind: CARELESS, run: call, gave_up: None },
    ],
};
const ASKING: &str = "caller.asking";
const CARELESS: &str = "caller.careless";

/// Whom the callers know: the key of their work names a relationship by its account and line.
fn call(house: &House, job: &Job) -> kernel::Result<()> {
    let cx = house.context();
    let numbers: Vec<i64> = job.key.split(' ').map(|number| number.parse().unwrap()).collect();
    let (account, line) = (AccountId::new(numbers[0]), LineId::new(numbers[1]));
    house.store.write(&cx, |tx| {
        for purpose in Purpose::ALL.iter().copied().filter(|purpose| purpose.least().is_some()) {
            let may = may_contact(&cx, tx, &[Contacting { account, line, purpose }])?.remove(0).allowed;
            if may || job.kind == CARELESS {
                let topic = Some("newsletter".to_owned());
                let sent = Contact { started_by: Side::Us, topic, held: true, ..Contact::default() };
                let (id, occurred) = (facts::allocate_facts(tx, 1)?.next().unwrap(), cx.today().moment());
                let fact = Fact::Conversation(sent);
                facts::append(
                    &cx,
                    tx,
                    &[NewFact { id, account, line, occurred, currency: None, source: None, fact }],
                )?;
            }
        }
        queue::done(tx, job)?;
        if job.kind == ASKING {
            queue::put(tx, ASKING, &job.key, morning(cx.today().plus(1)))?;
        }
        Ok(())
    })
}

/// Has a caller begin, with one of them.
fn begins(open: &Open, kind: &str, (account, line, _): (AccountId, LineId, RelationshipId)) {
    let cx = open.house.context();
    let key = format!("{} {}", account.0, line.0);
    open.house.store.write(&cx, |tx| queue::put(tx, kind, &key, cx.now.micros)).unwrap();
}

/// A house whose days pass as we say.
pub(crate) fn house(bench: &Bench, data: &Path) -> Open {
    let database = match &bench.location {
        Location::File(_) => None,
        Location::Server(url) => Some(url.clone()),
    };
    let open = config::open(&Settings { data: data.to_owned(), database }).unwrap();
    Open::of(House { clock, ..open.house }, open.slices.into_iter().chain([CALLER]).collect())
}

pub(crate) fn does(open: &Open, name: &str, input: Value) -> Value {
    let cx = open.house.context();
    let operation =
        open.slices.iter().flat_map(|slice| &slice.operations).find(|one| one.head.name == name).unwrap();
    let run = |tx: &mut store::Tx<'_>| operation.run(&cx, tx, input.clone());
    let answer =
        if operation.is_read() { open.house.store.read(&cx, run) } else { open.house.store.write(&cx, run) };
    answer.unwrap_or_else(|problem| panic!("{name}: {problem}"))
}

/// A client with everything that makes a house call by itself: reviews promised, a rhythm, a contract that runs out and
/// goes on by itself, bills every month, a named person.
pub(crate) fn client(open: &Open, name: &str) -> (AccountId, LineId, RelationshipId) {
    let account = does(open, "account.add", json!({ "name": name, "anyway": true }))["id"].clone();
    let month = |n: usize| {
        json!({ "kind": "invoice", "on": format!("2025-{n:02}-28"), "amount": "566.00", "currency": "EUR",
            "offer": "advice", "need": "succession" })
    };
    let mut told = vec![
        json!({ "kind": "assignment", "on": "2025-01-03", "person": "Dana Weiss" }),
        json!({ "kind": "rhythm", "on": "2025-01-03", "every_days": 30 }),
        json!({ "kind": "meeting", "on": "2025-05-30", "started_by": "us", "topic": "review", "person": "Dana Weiss" }),
        json!({ "kind": "goal", "on": "2025-05-30" }),
    ];
    told.extend((1..=5).map(month));
    does(
        open,
        "facts.record",
        json!({ "id": account, "line": "Advisory", "industry": "law", "facts": told }),
    );
    let terms = json!({
        "start": "2024-07-01", "last_day": "2025-06-30", "form": "individual", "offer": "advice", "currency": "EUR",
        "renewal": "auto", "length": "1 year", "promises": ["named_person", "reviews"],
        "fees": [{ "kind": "recurring", "amount": "566.00", "every": "1 month" }],
        "clauses": [{ "kind": "notice", "who": "both", "period": "1 month" }],
    });
    let contract = json!({ "key": name, "party": account, "terms": terms });
    does(open, "contracts.record", json!({ "line": "Advisory", "contracts": [contract] }));
    worker::run_due(open).unwrap();
    let rows = does(open, "relationships.list", json!({}))["rows"].clone();
    let row = rows.as_array().unwrap().iter().find(|row| row["account"] == account).unwrap().clone();
    let codes = &open.house.own.codes;
    let line = does(open, "lines.list", json!({}))[0]["id"].clone();
    let id = |value: &Value| value.as_str().unwrap().to_owned();
    (
        codes.read(&id(&account)).unwrap(),
        codes.read(&id(&line)).unwrap(),
        codes.read(&id(&row["id"])).unwrap(),
    )
}

fn open_purposes(open: &Open, cx: &Context, (account, line): (AccountId, LineId)) -> Vec<Purpose> {
    let asked: Vec<_> =
        Purpose::ALL.iter().map(|purpose| Contacting { account, line, purpose: *purpose }).collect();
    let answers = open.house.store.read(cx, |tx| may_contact(cx, tx, &asked)).unwrap();
    answers.into_iter().filter(|clearance| clearance.allowed).map(|clearance| clearance.purpose).collect()
}

/// Contacts that we began, by the day on which the house learnt of them.
fn ours(open: &Open, cx: &Context, account: AccountId) -> Vec<i64> {
    let all = open.house.store.read(cx, |tx| facts::history(tx, account, None, 1000)).unwrap();
    let began = |fact: &Fact| matches!(fact, Fact::Conversation(one) | Fact::Meeting(one) if one.started_by == Side::Us);
    all.iter().filter(|entry| began(&entry.fact)).map(|entry| entry.recorded_at).collect()
}

#[test]
fn ninety_days_of_no_relationship_bring_no_contact_and_change_no_class() {
    for bench in Bench::all() {
        let data = tempfile::tempdir().unwrap();
        let begun = Day::parse("2025-06-02").unwrap();
        NOW.store(morning(begun), Ordering::SeqCst);
        let open = house(&bench, data.path());
        let (okafor, twin) = (client(&open, "Okafor"), client(&open, "Okafor's twin"));
        let cx = open.house.context();
        let id = cx.codes.write(okafor.2);
        let named = || Named { id: id.clone() };
        let path = open.house.store.write(&cx, |tx| link(&cx, tx, named())).unwrap().path;
        let token = path.rsplit('/').next().unwrap();
        let outside = Context { actor: kernel::Actor::Nobody, ..cx.clone() };
        let word = Say { token, says: Dealing::NoRelationship.as_str(), everywhere: true };
        open.house.store.write(&outside, |tx| say(&outside, tx, Say { ..word })).unwrap();
        let before = (ours(&open, &cx, okafor.0), open_purposes(&open, &cx, (twin.0, twin.1)));
        assert_eq!(before.1, Purpose::ALL, "nothing stands against contact with the twin");

        begins(&open, ASKING, okafor);
        begins(&open, ASKING, twin);
        let owed = [Purpose::Reply, Purpose::Transaction, Purpose::Contract, Purpose::Law];
        for n in 1..=90 {
            NOW.store(morning(begun.plus(n)), Ordering::SeqCst);
            worker::run_due(&open).unwrap();
            let cx = open.house.context();
            assert_eq!(open_purposes(&open, &cx, (okafor.0, okafor.1)), owed, "on day {n}");
        }
        let cx = open.house.context();
        assert_eq!(ours(&open, &cx, okafor.0), before.0, "no contact of ours came out");
        let wrote = ours(&open, &cx, twin.0).len();
        assert!(6 * 90 <= wrote, "the caller wrote to the twin for six purposes on each day: {wrote}");
        // The days did pass: the contract went on by itself, and both are judged alike to the last bit.
        let seen = |one: &(AccountId, LineId, RelationshipId)| {
            does(&open, "relationship.view", json!({ "id": cx.codes.write(one.2) }))
        };
        let (alone, other) = (seen(&okafor), seen(&twin));
        assert_eq!(alone["as_of"], begun.plus(90).to_string());
        for field in ["class", "standing", "lean", "score", "strength", "coverage", "confidence", "since"] {
            assert_eq!(alone[field], other[field], "{field} on {}", bench.engine());
        }
        // One who does not ask is seen by the same look.
        begins(&open, CARELESS, okafor);
        worker::run_due(&open).unwrap();
        assert_ne!(ours(&open, &cx, okafor.0), before.0, "a caller who never asks would not be found");
    }
}
