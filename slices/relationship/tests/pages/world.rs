//! A small world, made through the operations, and a browser that asks for its pages.

use kernel::{Context, Currency, Day, Money, Result};
use serde_json::json;
use slice::{Reply, Visit};
use store::{Migration, Store, Tx};
use timeline::{
    AccountId, Fact, LineId, SourceRow,
    fact::{Channel, Offer, Purchase, Refund},
    store::{self as facts, NewFact},
};

/// The day on which the world is looked at.
pub const TODAY: &str = "2025-10-14";
/// A name that would do harm if it were not escaped.
pub const HOSTILE: &str = "<script>alert(\"x\")</script> & 'Sons'";

/// Runs a test in the small world on both engines.
pub fn in_the_world(test: impl Fn(&Store)) {
    let slices = [access::slice(), timeline::slice(), accounts::slice(), relationship::slice()];
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

/// Asks for the page at an address as that caller.
pub fn get(store: &Store, cx: &Context, address: &str) -> Result<Shown> {
    let mut statements = 0;
    match answered(store, cx, address, &mut statements)? {
        Reply::Page { title, body, .. } => Ok(Shown { title, body: body.into_string(), statements }),
        _ => panic!("not a page"),
    }
}

/// Whatever is answered to that caller.
pub fn reply(store: &Store, cx: &Context, address: &str) -> Result<Reply> {
    answered(store, cx, address, &mut 0)
}

fn answered(store: &Store, cx: &Context, address: &str, statements: &mut u64) -> Result<Reply> {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let query = query.split('&').filter_map(|pair| pair.split_once('='));
    let query: Vec<_> = query.map(|(name, value)| (name.to_owned(), decoded(value))).collect();
    let pages = relationship::slice().pages;
    let (route, parts) = pages
        .iter()
        .filter(|route| route.method == slice::Method::Get)
        .find_map(|route| Some((route, matched(route.path, path)?)))
        .unwrap_or_else(|| panic!("no page at {path}"));
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
        consequences: &[&relationship::CONSEQUENCES],
    };
    store.read(cx, |tx| {
        let before = tx.statements();
        let reply = (route.answer)(&visit, tx)?;
        *statements = tx.statements() - before;
        Ok(reply)
    })
}

/// Sends a form as that caller.
pub fn post(store: &Store, cx: &Context, path: &str, fields: &[(&str, &str)]) -> Result<Reply> {
    post_from(store, cx, path, "", fields)
}

/// Sends a form from a record of a list.
pub fn post_from(
    store: &Store,
    cx: &Context,
    path: &str,
    from: &str,
    fields: &[(&str, &str)],
) -> Result<Reply> {
    let form: Vec<_> = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let pages = relationship::slice().pages;
    let posts = pages.iter().filter(|route| route.method == slice::Method::Post);
    let (route, parts) = posts
        .filter_map(|route| Some((route, matched(route.path, path)?)))
        .next()
        .unwrap_or_else(|| panic!("no form at {path}"));
    let query = vec![(slice::FROM.to_owned(), from.to_owned())];
    let visit = Visit {
        cx,
        parts,
        query,
        form,
        house: "http://localhost:8000".into(),
        csrf: "t0k3n",
        slices: &[],
        panels: &[],
        finders: &[],
        agendas: &[],
        consequences: &[&relationship::CONSEQUENCES],
    };
    store.write(cx, |tx| (route.answer)(&visit, tx))
}

fn matched(pattern: &str, path: &str) -> Option<std::collections::BTreeMap<String, String>> {
    let (pattern, path): (Vec<_>, Vec<_>) = (pattern.split('/').collect(), path.split('/').collect());
    let pairs = pattern.iter().zip(&path);
    let fits = pattern.len() == path.len() && pairs.clone().all(|(a, b)| a.starts_with('{') || a == b);
    let named = pairs.filter(|(name, _)| name.starts_with('{'));
    fits.then(|| {
        named.map(|(name, part)| (name.trim_matches(['{', '}']).to_owned(), (*part).to_owned())).collect()
    })
}

fn decoded(value: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let digits: Vec<u8> = rest.by_ref().take(2).collect();
                bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
            }
            byte => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// Makes an account.
pub fn account(cx: &Context, tx: &mut Tx<'_>, name: &str) -> Result<String> {
    let input = json!({ "name": name, "country": "Belgium", "email": "hello@example.com", "anyway": true });
    Ok(accounts::ops::add(cx, tx, serde_json::from_value(input).unwrap())?.id)
}

/// Records facts on a live line.
pub fn record(cx: &Context, tx: &mut Tx<'_>, id: &str, line: &str, facts: serde_json::Value) -> Result<()> {
    let input = json!({ "id": id, "line": line, "industry": "law", "facts": facts });
    accounts::ops::record(cx, tx, serde_json::from_value(input).unwrap()).map(drop)
}

/// The shop: a line whose data end, as a file brings it.
pub fn shop(tx: &mut Tx<'_>) -> Result<LineId> {
    Ok(facts::line_named(tx, "Shop", "retail", false)?.id)
}

/// Orders of goods as a file brings them: on those days, for so many whole units each.
pub fn orders(cx: &Context, tx: &mut Tx<'_>, id: &str, currency: &str, orders: &[(&str, i64)]) -> Result<()> {
    let fact = |amount| {
        Fact::Order(Purchase {
            amount,
            offer: Some(Offer::Goods),
            channel: Some(Channel::Online),
            ..Purchase::default()
        })
    };
    append(cx, tx, id, currency, orders, fact)
}

/// Money that went back, as a file tells it.
pub fn refunds(cx: &Context, tx: &mut Tx<'_>, id: &str, refunds: &[(&str, i64)]) -> Result<()> {
    append(cx, tx, id, "GBP", refunds, |amount| Fact::Refund(Refund { amount, ..Refund::default() }))
}

fn append(
    cx: &Context,
    tx: &mut Tx<'_>,
    id: &str,
    currency: &str,
    days: &[(&str, i64)],
    fact: impl Fn(i64) -> Fact,
) -> Result<()> {
    let account: AccountId = cx.codes.read(id)?;
    let (line, currency) = (shop(tx)?, Currency::parse(currency)?);
    let ids: Vec<_> = facts::allocate_facts(tx, days.len())?.collect();
    let new = ids.into_iter().zip(days).zip(1..).map(|((id, (day, units)), row)| {
        Ok(NewFact {
            id,
            account,
            line,
            occurred: Day::parse(day)?.moment(),
            currency: Some(currency),
            source: Some(SourceRow { run: 7, row }),
            fact: fact(Money::parse(&units.to_string(), currency)?.amount),
        })
    });
    let new = new.collect::<Result<Vec<_>>>()?;
    facts::append(cx, tx, &new)
}

/// Weighs whatever waits, with a baseline for the shop.
pub fn judge(cx: &Context, store: &Store) {
    store
        .write(cx, |tx| {
            let line = shop(tx)?;
            relationship::jobs::take_baseline(cx, tx, line)?;
            while relationship::jobs::decide_stale(cx, tx)? != 0 {}
            Ok(())
        })
        .unwrap();
}

/// One of each kind; gives their ids by name.
pub fn of_each(store: &Store) -> Vec<(&'static str, String)> {
    let cx = testkit::owner(TODAY);
    let made = store.write(&cx, |tx| {
        let names = [
            "Osterlund Marine",
            "Rook & Daughters",
            "Vermeer household",
            "Wick Textiles",
            "Northgate Choir",
            "Falk Brewery",
            HOSTILE,
        ];
        let mut ids = Vec::new();
        for name in names {
            ids.push((name, account(&cx, tx, name)?));
        }
        let id = |n: usize| ids[n].1.as_str();
        record(&cx, tx, id(0), "Advisory", retained())?;
        orders(&cx, tx, id(0), "EUR", &[("2025-02-03", 74), ("2025-08-05", 296)])?;
        let monthly: Vec<_> = (1..=8).map(|n| (format!("2025-0{n}-11"), 900 + n)).collect();
        let monthly: Vec<_> = monthly.iter().map(|(day, units)| (day.as_str(), *units)).collect();
        orders(&cx, tx, id(1), "GBP", &monthly)?;
        orders(&cx, tx, id(2), "GBP", &[("2021-02-03", 20), ("2021-03-03", 20), ("2021-04-03", 20)])?;
        refunds(&cx, tx, id(3), &[("2025-06-01", 12)])?;
        record(
            &cx,
            tx,
            id(4),
            "Advisory",
            json!([{ "kind": "interest", "on": "2025-10-01", "in": "demo" }]),
        )?;
        orders(&cx, tx, id(5), "GBP", &[("2025-05-01", 40)])?;
        orders(&cx, tx, id(5), "EUR", &[("2025-06-01", 40)])?;
        orders(&cx, tx, id(6), "GBP", &[("2025-08-31", 15), ("2025-07-31", 15)])?;
        Ok(ids)
    });
    judge(&cx, store);
    made.unwrap()
}

/// A retainer with everything that makes a client.
fn retained() -> serde_json::Value {
    let mut facts = vec![
        json!({ "kind": "stage", "on": "2024-11-20", "stage": "first contact", "stakeholders": 2 }),
        json!({ "kind": "contract", "on": "2025-01-02", "form": "individual", "fees": true, "scope": true,
            "withdrawal": true, "term": true, "offer": "advice", "promises": ["named_person", "reviews"] }),
        json!({ "kind": "assignment", "on": "2025-01-03", "person": "Tomas Berg" }),
        json!({ "kind": "basis", "on": "2025-01-02", "reasons": ["reputation"] }),
        json!({ "kind": "meeting", "on": "2025-09-30", "started_by": "us", "topic": "review",
            "person": "Tomas Berg" }),
    ];
    for month in 1..=9 {
        facts.push(json!({ "kind": "invoice", "on": format!("2025-0{month}-28"), "amount": "566.00",
            "currency": "EUR", "offer": "advice", "need": "succession" }));
    }
    serde_json::Value::Array(facts)
}

/// One element a line, so that a change shows where it is.
pub fn lines(page: &str) -> String {
    page.replace("><", ">\n<")
}
