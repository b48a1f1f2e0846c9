//! The sample businesses: they come in by the doors that files come in by, are what they are described as, and leave
//! without a trace.

use std::{collections::BTreeSet, time::Instant};

use axum::http::StatusCode;
use mainstay::{
    config::{self, Open, Settings},
    demo::{
        Business, LOAD,
        ops::{self, Load, Nothing, Remove, ShownSample},
    },
    slices, worker,
};
use relationship::ops::{BookRow, Filter};
use serde_json::{Value, json};
use store::{
    Location, Tx, dump,
    queue::{self, Job},
};
use testkit::Bench;
use timeline::LineId;

use crate::town::{Town, Who};

/// The day that counts as today: every machine makes the same of it.
pub(crate) const TODAY: &str = "2024-09-30";

/// A house on one of the engines.
pub(crate) struct House {
    pub(crate) open: Open,
    engine: &'static str,
    _data: tempfile::TempDir,
    _bench: Bench,
}

impl House {
    pub(crate) fn each() -> impl Iterator<Item = House> {
        Bench::all().into_iter().map(|bench| {
            let data = tempfile::tempdir().unwrap();
            let database = match &bench.location {
                Location::File(_) => None,
                Location::Server(url) => Some(url.clone()),
            };
            let open = config::open(&Settings { data: data.path().to_owned(), database }).unwrap();
            House { open, engine: bench.engine(), _data: data, _bench: bench }
        })
    }

    pub(crate) fn load(&self, business: &str) -> kernel::Result<Vec<ShownSample>> {
        let cx = self.open.house.context();
        let load = || Load { business: business.to_owned(), today: Some(TODAY.to_owned()), beside: None };
        self.open.house.store.write(&cx, |tx| ops::load(&cx, tx, load()))?;
        worker::run_due(&self.open)?;
        self.open.house.store.read(&cx, |tx| ops::list(&cx, tx, Nothing {}))
    }

    /// The page of the sample businesses, as an owner sees it.
    fn samples_page(&self) -> String {
        let cx = testkit::owner(TODAY);
        let slices = &self.open.slices;
        let mut pages = slices.iter().flat_map(|slice| slice.pages);
        let route = pages.find(|route| route.path == "/samples").unwrap();
        let visit = slice::Visit {
            cx: &cx,
            parts: Default::default(),
            query: Vec::new(),
            form: Vec::new(),
            house: String::new(),
            csrf: "t0k3n",
            slices,
            panels: &[],
            finders: &[],
            agendas: &[],
            consequences: &[],
        };
        let reply = self.open.house.store.read(&cx, |tx| (route.answer)(&visit, tx)).unwrap();
        let slice::Reply::Page { body, .. } = reply else { panic!("no page") };
        body.into_string()
    }

    fn remove(&self, business: &str) -> Vec<ShownSample> {
        let cx = self.open.house.context();
        let remove = || Remove { business: business.to_owned() };
        self.open.house.store.write(&cx, |tx| ops::remove(&cx, tx, remove())).unwrap();
        worker::run_due(&self.open).unwrap();
        self.open.house.store.read(&cx, |tx| ops::list(&cx, tx, Nothing {})).unwrap()
    }

    fn ask_for_practice(&self) {
        let cx = self.open.house.context();
        let load = || Load { business: "practice".into(), today: Some(TODAY.into()), beside: None };
        self.open.house.store.write(&cx, |tx| ops::load(&cx, tx, load())).unwrap();
    }

    /// The job that another program takes next, one that keeps no order.
    fn take(&self) -> Job {
        let cx = self.open.house.context();
        let take = |tx: &mut Tx<'_>| queue::take(tx, cx.now.micros, queue::LEASE, &[]);
        self.open.house.store.write(&cx, take).unwrap().unwrap()
    }

    fn work(&self, job: &Job) {
        let mut kinds = self.open.slices.iter().flat_map(|slice| slice.jobs);
        (kinds.find(|kind| kind.kind == job.kind).unwrap().run)(&self.open.house, job).unwrap();
    }

    /// What an operation that only reads answers.
    fn ask(&self, name: &str, input: &Value) -> Value {
        let cx = self.open.house.context();
        let mut all = self.open.slices.iter().flat_map(|slice| &slice.operations);
        let operation = all.find(|one| one.head.name == name).unwrap();
        self.open.house.store.read(&cx, |tx| operation.run(&cx, tx, input.clone())).unwrap()
    }

    /// What the business knows, and its hash.
    pub(crate) fn known(&self) -> (String, String) {
        let (cx, tables) = (self.open.house.context(), slices::tables(&self.open.slices));
        let mut text = Vec::new();
        let summary = self.open.house.store.read(&cx, |tx| {
            text.clear();
            dump::canonical(tx, &tables, &mut text)
        });
        (String::from_utf8(text).unwrap(), summary.unwrap().sha256)
    }

    pub(crate) fn book(&self) -> Vec<BookRow> {
        let cx = self.open.house.context();
        let (mut rows, mut after) = (Vec::new(), None);
        loop {
            let filter = || Filter { limit: Some(200), after: after.clone(), ..Filter::default() };
            let page =
                self.open.house.store.read(&cx, |tx| relationship::ops::list(&cx, tx, filter())).unwrap();
            rows.extend(page.rows);
            after = page.next;
            if after.is_none() {
                return rows;
            }
        }
    }
}

/// How many of a hundred relationships are of a class.
fn share(book: &[BookRow], class: &str) -> usize {
    book.iter().filter(|row| row.class == class).count() * 100 / book.len()
}

fn of<'b>(book: &'b [BookRow], name: &str) -> &'b BookRow {
    book.iter().find(|row| row.name == name).unwrap_or_else(|| panic!("{name} is in the book"))
}

/// What every business tells of, and what only some do.
const EVERYWHERE: &[&str] = &[
    "order",
    "contract",
    "conversation",
    "meeting",
    "assignment",
    "feedback",
    "referral",
    "stage",
    "basis",
    "preference",
];

fn must_tell(known: &str, business: Business) {
    let own: &[&str] = match business {
        Business::Practice => {
            &["refund", "work", "contract_end", "goal", "interest", "wallet", "rhythm", "record_kept"]
        }
        Business::Shop => &["refund"],
        Business::Saas => &[
            "invoice",
            "contract_end",
            "usage",
            "training",
            "goal",
            "interest",
            "wallet",
            "rhythm",
            "record_kept",
        ],
    };
    for kind in EVERYWHERE.iter().chain(own) {
        assert!(known.contains(&format!("\\\"kind\\\":\\\"{kind}\\\"")), "{business:?} tells no {kind}");
    }
}

fn must_be_as_described(business: Business, book: &[BookRow]) {
    let fits: BTreeSet<&str> = book.iter().map(|row| row.fit).collect();
    match business {
        Business::Practice => {
            assert!(55 <= share(book, "client"), "mostly clients: {}", share(book, "client"));
            assert_eq!(of(book, "Baker family").class, "client");
            let okafor = of(book, "Emmanuel Okafor");
            assert_eq!((okafor.class, okafor.strength.as_deref()), ("client", Some("0.91")));
            assert_eq!(of(book, "Priya Nair").class, "customer");
        }
        Business::Shop => {
            assert!(50 <= share(book, "customer"), "mostly customers: {}", share(book, "customer"));
            assert!(share(book, "client") < 3 && book.iter().any(|row| row.class == "client"));
            assert!(1_000 < book.len());
        }
        Business::Saas => {
            let near = book
                .iter()
                .filter(|row| row.strength_ppm.is_some_and(|ppm| (400_000..850_000).contains(&ppm)));
            assert!(book.len() / 6 < near.count(), "many stand near the line");
            assert!(15 < share(book, "client") && 30 < share(book, "customer") && 5 < share(book, "former"));
            assert_eq!(of(book, "Northgate Payroll Bureau").class, "client");
            assert!(fits.contains("under-served") && fits.contains("over-served"), "{fits:?}");
        }
    }
    assert!(book.iter().any(|row| row.class == "former"));
    if business != Business::Shop {
        let thin = book.iter().filter(|row| row.class == "not enough evidence").count();
        assert!((4..10).contains(&thin), "too little is known of a few: {thin}");
    }
}

#[test]
fn each_business_comes_in_is_as_described_and_leaves_without_a_trace() {
    let mut hashes: BTreeSet<String> = BTreeSet::new();
    for house in House::each() {
        let (_, empty) = house.known();
        for business in Business::ALL {
            let began = Instant::now();
            let listed = house.load(business.word()).unwrap();
            eprintln!("{} on {}: {:?}", business.word(), house.engine, began.elapsed());
            let shown = listed.iter().find(|one| one.business == business.word()).unwrap();
            assert_eq!((shown.state.as_str(), shown.today.as_deref()), ("loaded", Some(TODAY)));
            let (known, hash) = house.known();
            must_tell(&known, business);
            must_be_as_described(business, &house.book());
            hashes.insert(hash);

            let listed = house.remove(business.word());
            assert!(listed.iter().all(|one| one.state == "not loaded"), "{listed:?}");
            assert_eq!(house.known().1, empty, "{business:?} on {}", house.engine);
        }
    }
    assert_eq!(hashes.len(), 3, "each is the same on every engine");
}

#[test]
fn what_was_recorded_on_a_sample_by_hand_stays_and_nothing_is_called_unreal_any_more() {
    for house in House::each() {
        house.load("practice").unwrap();
        let cx = house.open.house.context();
        let is_any = || house.open.house.store.read(&cx, mainstay::demo::is_any).unwrap();
        assert!(is_any());
        let id = house.book()[0].account.clone();
        let note = json!({ "id": id, "facts": [{ "kind": "goal", "on": "2024-09-02" }] });
        let record = house.open.slices.iter().flat_map(|slice| &slice.operations);
        let record = record.into_iter().find(|one| one.head.name == "facts.record").unwrap();
        house.open.house.store.write(&cx, |tx| record.run(&cx, tx, note.clone())).unwrap();
        let listed = house.remove("practice");
        let practice = listed.iter().find(|one| one.business == "practice").unwrap();
        assert!(practice.state.starts_with("removed, but for what was recorded"), "{practice:?}");
        assert!(!is_any(), "no page says any more that nothing is real");
        assert!(house.samples_page().contains("recorded on it by hand"), "it is said where it belongs");
    }
}

#[test]
fn a_sample_stands_beside_another_and_beside_records_of_ones_own_only_when_told_so() {
    for house in House::each() {
        house.load("practice").unwrap();
        assert_eq!(house.load("practice").unwrap_err().code, "sample.loaded");
        house.load("saas").unwrap();
        let both = house.known().1;
        house.remove("saas");

        let cx = house.open.house.context();
        let own = || accounts::ops::Add {
            name: "Wick Chandlery".into(),
            anyway: true,
            ..accounts::ops::Add::default()
        };
        house.open.house.store.write(&cx, |tx| accounts::ops::add(&cx, tx, own())).unwrap();
        assert_eq!(house.load("saas").unwrap_err().code, "sample.not_empty");
        let page = house.samples_page();
        assert!(!page.contains("Load it") && page.contains("mainstay demo saas --data"), "{page}");
        let beside = || Load { business: "saas".into(), today: Some(TODAY.into()), beside: Some(true) };
        house.open.house.store.write(&cx, |tx| ops::load(&cx, tx, beside())).unwrap();
        worker::run_due(&house.open).unwrap();
        assert_ne!(house.known().1, both, "what is ones own stands beside");
        house.remove("all");
        let left = house.known().0;
        assert!(left.contains("Wick Chandlery") && !left.contains("Northgate"), "{left}");

        for (business, today, code) in [
            ("bakery", None, "sample.none"),
            ("shop", Some("2999-01-01"), "sample.today"),
            ("shop", Some("soon"), "sample.today"),
        ] {
            let wrong =
                || Load { business: business.into(), today: today.map(str::to_owned), beside: Some(true) };
            let refused = house.open.house.store.write(&cx, |tx| ops::load(&cx, tx, wrong()));
            assert_eq!(refused.unwrap_err().code, code, "{business} {today:?}");
        }
    }
}

#[test]
fn the_first_page_offers_them_and_every_page_says_that_one_is_there() {
    let town = Town::one();
    assert_eq!(town.page(Who::Owner, "/").header("location"), "/relationships");
    let first = town.page(Who::Owner, "/relationships").text;
    for business in Business::ALL {
        let form = format!("action=\"/samples/{}\"", business.word());
        assert!(first.contains(&form), "{form}");
        assert!(first.contains(business.sentence()), "what it says is what the house says: {business:?}");
    }
    let notice = "A sample business is loaded";
    assert!(!first.contains(notice));

    let asked = town.form(Who::Owner, "/samples/practice", None, "");
    assert_eq!((asked.status, asked.header("location")), (StatusCode::SEE_OTHER, "/samples"));
    let waiting = town.page(Who::Owner, "/samples").text;
    assert!(waiting.contains("<progress") && waiting.contains("Look again"), "{waiting}");
    assert!(town.page(Who::Owner, "/samples/practice/progress").text.contains("Writing its tables"));
    worker::run_due(&town.running.open).unwrap();
    assert!(town.page(Who::Owner, "/samples/practice/progress").text.contains("/relationships"));
    let book = town.page(Who::Reader, "/relationships?name=Baker").text;
    assert!(book.contains(notice) && book.contains("Baker family") && book.contains("href=\"/samples\""));

    assert_eq!(town.form(Who::Owner, "/samples/practice/removal", None, "").header("location"), "/samples");
    worker::run_due(&town.running.open).unwrap();
    let after = town.page(Who::Owner, "/relationships").text;
    assert!(after.contains("Look around first") && !after.contains(notice));
}

#[test]
fn in_each_business_somebody_has_just_become_a_client_and_facts_tell_why() {
    for house in House::each() {
        for business in Business::ALL {
            house.load(business.word()).unwrap();
            let waiting = house.ask("crossings.list", &json!({}));
            let waiting = waiting["rows"].as_array().unwrap();
            assert!((1..6).contains(&waiting.len()), "{business:?}: {waiting:?}");
            for one in waiting {
                assert_eq!(one["became"], "client", "{business:?}: {one}");
                let history = house.ask("relationship.history", &json!({ "id": one["id"] }));
                let newest = history["rows"][0].to_string();
                assert!(newest.contains("came to be known"), "{business:?}: {newest}");
            }
            house.remove(business.word());
        }
    }
}

#[test]
fn whichever_program_does_which_part_of_the_work_the_lines_of_a_sample_are_held_before_anybody_is_decided() {
    for house in House::each() {
        house.ask_for_practice();
        let writes = house.take();
        house.work(&writes);
        // One program looks how far the import is while another does it; nobody of them knows what the other one is at.
        let imports = house.take();
        let looks = house.take();
        assert_eq!([&writes, &imports, &looks].map(|job| job.kind.as_str()), [LOAD, "import.run", LOAD]);
        house.work(&imports);
        house.work(&looks);
        worker::run_due(&house.open).unwrap();
        let waiting = house.ask("crossings.list", &json!({}));
        assert_eq!(waiting["rows"][0]["became"], "client", "somebody became one since: {waiting}");
    }
}

#[test]
fn a_sample_comes_in_after_whoever_is_decided_already() {
    for house in House::each() {
        let cx = house.open.house.context();
        let store = &house.open.house.store;
        store.write(&cx, |tx| timeline::store::ask_judgement(&cx, tx, LineId::new(0))).unwrap();
        let decides = house.take();
        house.ask_for_practice();
        let waits = house.take();
        assert_eq!([&decides, &waits].map(|job| job.kind.as_str()), ["judge", LOAD]);
        house.work(&waits);
        let listed = store.read(&cx, |tx| ops::list(&cx, tx, Nothing {})).unwrap();
        assert!(listed.iter().all(|one| one.import.is_none()), "nothing is brought in: {listed:?}");
        house.work(&decides);
        worker::run_due(&house.open).unwrap();
        let waiting = house.ask("crossings.list", &json!({}));
        assert_eq!(waiting["rows"][0]["became"], "client", "somebody became one since: {waiting}");
    }
}

#[test]
fn nobody_waits_for_a_sample_whose_import_was_cancelled() {
    for house in House::each() {
        let (cx, store) = (house.open.house.context(), &house.open.house.store);
        house.ask_for_practice();
        house.work(&house.take());
        let listed = store.read(&cx, |tx| ops::list(&cx, tx, Nothing {})).unwrap();
        let import = listed.iter().find_map(|one| one.import.clone()).unwrap();
        let mut all = house.open.slices.iter().flat_map(|slice| &slice.operations);
        let cancel = all.find(|one| one.head.name == "import.cancel").unwrap();
        store.write(&cx, |tx| cancel.run(&cx, tx, json!({ "id": import }))).unwrap();
        worker::run_due(&house.open).unwrap();
        assert!(!store.read(&cx, |tx| queue::is_waiting(tx, LOAD, "practice")).unwrap());
    }
}
