//! A small world, made through the operations, and a browser that asks for its pages.

use std::collections::BTreeMap;

use accounts::{Party, Seen};
use kernel::{Context, Currency, Day, Moment, Result, SCALE};
use orders::{LineInput, LineKind, Terms};
use serde_json::json;
use slice::{PageRoute, Reply, Visit};
use store::{Migration, Store};
use timeline::fact::{Channel, Offer};

/// The day on which the world is looked at.
pub const TODAY: &str = "2025-10-14";
/// A text that would do harm if it were not escaped.
pub const HOSTILE: &str = "<script>alert(\"x\")</script> & 'Sons'";

/// Runs a test on both engines.
pub fn in_the_world(test: impl Fn(&Store)) {
    timeline::sentence::collect(orders::facts::SENTENCES.iter().collect());
    let slices = [access::slice(), timeline::slice(), accounts::slice(), orders::slice()];
    let migrations: Vec<Migration> =
        slices.iter().flat_map(|slice| slice.migrations.iter().copied()).collect();
    testkit::both(&migrations, |store| test(store));
}

/// What a browser gets.
pub struct Shown {
    pub title: String,
    pub body: String,
    pub statements: u64,
}

/// Asks for an address as that caller.
pub fn get(store: &Store, cx: &Context, address: &str) -> Result<Shown> {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let query = query.split('&').filter_map(|pair| pair.split_once('='));
    let query = query.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let (route, parts) = found(slice::Method::Get, path);
    let visit = Visit {
        cx,
        parts,
        query,
        form: Vec::new(),
        house: "http://localhost:8000".into(),
        csrf: "t0k3n",
        slices: &[],
        panels: &[],
        finders: &[],
        agendas: &[],
        consequences: &[],
    };
    store.read(cx, |tx| {
        let before = tx.statements();
        let Reply::Page { title, body, .. } = (route.answer)(&visit, tx)? else { panic!("not a page") };
        Ok(Shown { title, body: body.into_string(), statements: tx.statements() - before })
    })
}

/// Sends a form as that caller; gives where it leads, or the page that refuses it.
pub fn send(
    store: &Store,
    cx: &Context,
    path: &str,
    fields: &[(&str, &str)],
) -> std::result::Result<String, String> {
    let form = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let (route, parts) = found(slice::Method::Post, path);
    let visit = Visit {
        cx,
        parts,
        query: Vec::new(),
        form,
        house: "http://localhost:8000".into(),
        csrf: "t0k3n",
        slices: &[],
        panels: &[],
        finders: &[],
        agendas: &[],
        consequences: &[],
    };
    let sent = store.write(cx, |tx| {
        Ok(match (route.answer)(&visit, tx)? {
            Reply::Go(path) => Ok(path),
            Reply::Page { body, .. } => Err(body.into_string()),
            _ => panic!("neither a page nor a way on"),
        })
    });
    sent.unwrap()
}

/// The route of a path, with its parts by name.
fn found(method: slice::Method, path: &str) -> (&'static PageRoute, BTreeMap<String, String>) {
    let parts: Vec<&str> = path.split('/').collect();
    let fits = |route: &&PageRoute| {
        let wanted: Vec<&str> = route.path.split('/').collect();
        let same = |(wanted, part): (&&str, &&str)| wanted.starts_with('{') || wanted == part;
        route.method == method && wanted.len() == parts.len() && wanted.iter().zip(&parts).all(same)
    };
    let fitting = orders::slice().pages.iter().filter(fits);
    let route = fitting.min_by_key(|route| route.path.matches('{').count()).unwrap();
    let named = route.path.split('/').zip(&parts).filter(|(name, _)| name.starts_with('{'));
    let parts = named.map(|(name, part)| (name.trim_matches(['{', '}']).to_owned(), (*part).to_owned()));
    (route, parts.collect())
}

/// A line of a file: row, order, whose, kind, whether a fee, amount in whole units.
type Row<'a> = (i64, &'a str, Option<&'a str>, LineKind, bool, i64);

fn line<'a>((row, number, key, kind, fee, units): Row<'a>, name: Option<&'a str>) -> LineInput<'a> {
    let at = Moment::at(Day::parse("2025-03-04").unwrap().moment().micros + 30_360_000_000);
    LineInput {
        row,
        identity: row,
        order_key: number,
        number,
        kind,
        fee,
        party: key.map(|key| Party { space: "customers", key, name, country: Some("Belgium"), email: None }),
        at,
        sku: if fee { "POST" } else { "85123A" },
        description: if fee { "Postage" } else { "<script>kettle</script> & lid" },
        quantity: if units < 0 { -SCALE } else { 6 * SCALE },
        unit_price: Some(units.abs() * SCALE / 6),
        amount: units * SCALE,
        currency: Currency::parse("GBP").unwrap(),
        seller: "",
        freight: 0,
    }
}

/// Brings rows in as import 7; gives what the first buyer is known as.
fn bring(store: &Store, rows: &[Row<'_>], name: Option<&str>) {
    let cx = testkit::owner(TODAY);
    store
        .write(&cx, |tx| {
            let shop = timeline::store::line_named(tx, "Shop", "retail", false)?;
            let terms = Terms { line: shop.id, offer: Some(Offer::Goods), channel: Some(Channel::Online) };
            let lines: Vec<_> = rows.iter().map(|row| line(*row, name)).collect();
            let mut planned = orders::plan(&cx, tx, &Seen::default(), &terms, &lines, 7)?;
            orders::apply(&cx, tx, &terms, &mut planned, 7)
        })
        .unwrap();
}

/// A file with an order of two lines and a fee, part of it cancelled, and a sale to nobody named.
pub fn file(store: &Store) -> String {
    let rows = [
        (1, "536365", Some("17850"), LineKind::Sale, false, 1_200),
        (2, "536365", Some("17850"), LineKind::Sale, true, 18),
        (3, "536365", Some("17850"), LineKind::Cancellation, false, -20),
        (4, "536365", Some("17850"), LineKind::Movement, false, 0),
        (5, "536366", None, LineKind::Sale, false, 99),
    ];
    bring(store, &rows, Some(HOSTILE));
    "17850".to_owned()
}

/// One order of so many lines; gives what its buyer is known as.
pub fn bought(store: &Store, key: &str, count: i64) -> String {
    let rows: Vec<_> =
        (1..=count).map(|row| (row, key, Some(key), LineKind::Sale, false, 10 + row)).collect();
    bring(store, &rows, None);
    key.to_owned()
}

/// Orders recorded by hand on the line Counter: number, day, party, amount.
pub fn by_hand(store: &Store, currency: &str, orders: &[(&str, &str, &str, &str)]) {
    let cx = testkit::owner(TODAY);
    let orders: Vec<_> = orders
        .iter()
        .map(|(number, on, party, amount)| json!({ "number": number, "on": on, "party": party, "lines": [{ "amount": amount }] }))
        .collect();
    let input = json!({ "line": "Counter", "currency": currency, "orders": orders });
    store
        .write(&cx, |tx| orders::ops::record_orders(&cx, tx, serde_json::from_value(input.clone()).unwrap()))
        .unwrap();
}

/// An account with a contract and its end, recorded by hand; gives the ids of both facts.
pub fn recorded(store: &Store) -> (String, Vec<String>) {
    let cx = testkit::owner(TODAY);
    let made = store.write(&cx, |tx| {
        let add = json!({ "name": "Osterlund Marine" });
        let id = accounts::ops::add(&cx, tx, serde_json::from_value(add).unwrap())?.id;
        let contract = json!([{ "kind": "contract", "on": "2025-01-02", "form": "individual", "fees": true, "end": "2026-01-01",
            "promises": ["named_person", "reviews"] }]);
        let first = json!({ "id": id, "line": "Advisory", "facts": contract });
        let mut ids = accounts::ops::record(&cx, tx, serde_json::from_value(first).unwrap())?.ids;
        let end = json!([{ "kind": "contract_end", "on": "2025-09-30", "contract": ids[0], "reason": "notice" }]);
        let second = json!({ "id": id, "line": "Advisory", "facts": end });
        ids.extend(accounts::ops::record(&cx, tx, serde_json::from_value(second).unwrap())?.ids);
        Ok((id, ids))
    });
    made.unwrap()
}

/// The account of that key and its newest fact of that kind.
pub fn fact_of(store: &Store, key: &str, kind: &str) -> (String, String) {
    let cx = testkit::owner(TODAY);
    let found = store.read(&cx, |tx| {
        let known = |tx: &mut store::Tx<'_>, number: &i64| {
            let id = cx.codes.write(timeline::AccountId::new(*number));
            let shown = accounts::ops::view(&cx, tx, accounts::ops::Named { id });
            shown.is_ok_and(|shown| shown.known_as.iter().any(|known| known.key == key))
        };
        let account = (1..1000).find(|number| known(tx, number)).unwrap();
        let id = cx.codes.write(timeline::AccountId::new(account));
        let facts = timeline::store::history(tx, timeline::AccountId::new(account), None, 50)?;
        let fact = facts.iter().find(|entry| entry.fact.kind() == kind).unwrap();
        Ok((id, cx.codes.write(fact.id)))
    });
    found.unwrap()
}

/// One element a line, so that a change shows where it is.
pub fn lines(page: &str) -> String {
    page.replace("><", ">\n<")
}
