//! Rows cost no statements of their own: every page needs as many for fifty more rows of each kind as for the few of the small
//! world, on both engines, give or take what a kind of row brings that is on the page now or is not any more.

use std::collections::BTreeMap;

use axum::http::Method;
use kernel::{Actor, Context, Role};
use mainstay::worker;
use serde_json::{Value, json};
use slice::{PageRoute, Visit};

use crate::{
    crawl::{Walk, matched},
    town::{Town, Who},
    world::World,
};

/// So many more of each kind.
const MORE: usize = 50;

/// A kind of row that is on the page at all brings so many statements at most, however many of it there are.
const OF_A_KIND: u64 = 4;

/// Statements of a page, asked for past the doors.
fn statements(town: &Town, cx: &Context, address: &str) -> Option<u64> {
    let open = &town.running.open;
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let routes: Vec<&PageRoute> = open.slices.iter().flat_map(|slice| slice.pages).collect();
    let (route, parts) = matched(&routes, slice::Method::Get, path)?;
    let query = mainstay::api::query(&format!("/?{query}").parse().ok()?).ok()?;
    let visit = Visit {
        cx,
        parts,
        query,
        form: Vec::new(),
        house: "http://localhost:8000".into(),
        csrf: "t0k3n",
        slices: &[],
        panels: &open.panels,
        finders: &open.finders,
        agendas: &open.agendas,
        consequences: &open.consequences,
    };
    let counted = open.house.store.read(cx, |tx| {
        let before = tx.statements();
        (route.answer)(&visit, tx)?;
        Ok(tx.statements() - before)
    });
    counted.ok()
}

/// Fifty more of everything that pages list.
fn more(town: &Town, world: &World) {
    let done = |method: Method, path: &str, body: Value| {
        let told = town.call(Who::Owner, method, path, Some(body));
        assert!(told.status.is_success(), "{path}: {}", told.text);
        told.json()
    };
    let line = town.call(Who::Owner, Method::GET, "/lines", None).json()[0]["name"].clone();
    let rook = &world.open;
    let numbers = || 0..MORE;
    for n in numbers() {
        let new = json!({ "name": format!("Harbour {n} Joinery"), "country": "Belgium", "anyway": true });
        let id = done(Method::POST, "/accounts", new)["id"].as_str().unwrap().to_owned();
        let facts = json!([{ "kind": "goal", "on": "2025-06-01" },
            { "kind": "invoice", "on": "2025-04-01", "amount": format!("{}.00", 100 + n), "currency": "EUR" }]);
        done(Method::POST, &format!("/accounts/{id}/facts"), json!({ "line": line, "facts": facts }));
        let link = json!({ "kind": "member_of", "other": id });
        done(Method::PUT, &format!("/accounts/{}/links", rook.account), link);
        done(Method::POST, "/people", json!({ "name": format!("Ilse {n}") }));
        done(Method::POST, "/tokens", json!({ "name": format!("shop {n}") }));
        done(
            Method::POST,
            "/views",
            json!({ "name": format!("View {n}"), "filter": { "class": "customer" } }),
        );
    }
    let people: Vec<Value> = numbers()
        .map(|n| json!({ "name": format!("Clerk {n}"), "emails": [format!("clerk{n}@rook.example")], "roles": ["payer"] }))
        .collect();
    done(Method::POST, &format!("/accounts/{}/contacts", rook.account), json!({ "people": people }));
    let facts: Vec<Value> =
        numbers().map(|n| json!({ "kind": "goal", "on": format!("2025-05-{:02}", 1 + n % 28) })).collect();
    done(Method::POST, &format!("/accounts/{}/facts", rook.account), json!({ "line": line, "facts": facts }));
    let products: Vec<Value> =
        numbers().map(|n| json!({ "key": format!("K{n}"), "name": format!("Kettle {n}") })).collect();
    done(Method::POST, "/products", json!({ "line": line, "products": products }));
    let bills: Vec<Value> = numbers()
        .map(|n| json!({ "number": format!("B-{n}"), "issued": "2025-06-01", "party": rook.account, "amount": "9.00" }))
        .collect();
    done(Method::POST, "/invoices", json!({ "line": line, "currency": "EUR", "invoices": bills }));
    worker::run_due(&town.running.open).unwrap();
}

#[test]
fn fifty_rows_cost_no_more_statements_than_one_on_any_page() {
    for town in Town::all() {
        let world = World::build(&town);
        world.furnish(&town);
        crate::authorization::give_up(&town);
        let walk = Walk::of(&town, Who::Owner);
        let owner = Context { actor: Actor::User { id: 1, role: Role::Owner }, ..town.cx() };
        let count = || -> BTreeMap<String, u64> {
            let counted =
                walk.opened.iter().map(|address| (address.clone(), statements(&town, &owner, address)));
            counted.filter_map(|(address, count)| Some((address, count?))).collect()
        };
        let few = count();
        more(&town, &world);
        let many = count();
        assert!(60 < few.len(), "{} pages were counted", few.len());
        let mut wrong = Vec::new();
        for (address, before) in &few {
            let now = many.get(address);
            if now.is_none_or(|now| before + OF_A_KIND < *now) {
                wrong.push(format!("{address}: {before} statements, then {now:?}"));
            }
        }
        assert_eq!(wrong, Vec::<String>::new(), "{}", town.engine);
    }
}
