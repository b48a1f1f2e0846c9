//! A small world behind the doors: a file came in, and one of its parties went behind a wall of Maren's.

use axum::{body::Body, http::Method};
use kernel::{Id, Kind};
use mainstay::worker;
use serde_json::{Value, json};
use timeline::{AccountId, FactId};

use crate::town::{Town, Who};

/// Stands in every text that the world says of the party behind the wall, and nowhere else.
pub const CANARY: &str = "Zq7canary";

/// The file: a party that goes behind the wall, one that stays in front, and a row that is rejected.
const FILE: &str = "\
Order number,Date,SKU,Description,Amount,Currency,Customer ID,Customer name,Country
5001,2025-03-04,Zq7canary-1,Zq7canary kettle,38.00,EUR,Zq7canary-77,Zq7canary Holdings,Zq7canaryland
5002,2025-03-05,T7,Teapot,24.00,EUR,c2,Rook & Daughters,Belgium
5003,2025-06-05,T7,Teapot,24.00,EUR,c2,Rook & Daughters,Belgium
5004,2025-06-06,T7,Teapot,31.00,EUR,c3,Falk Brewery,Sweden
5005,31 Zq7canary,T7,Teapot,24.00,EUR,Zq7canary-77,Zq7canary Holdings,Zq7canaryland
";

/// The ids of one account and of what hangs on it.
#[derive(Clone, Debug)]
pub struct Ids {
    pub account: String,
    pub relationship: String,
    pub fact: String,
    pub contract: String,
    pub contact: String,
}

/// Real ids of every kind.
pub struct World {
    /// Behind the wall.
    pub walled: Ids,
    /// In front of it.
    pub open: Ids,
    /// Of the right kinds, and naming nothing.
    pub nothing: Ids,
    pub line: String,
    pub import: String,
    /// Received by the owner outside, and not run.
    pub waiting: String,
    pub person: String,
    pub token: String,
}

fn id(answer: &Value) -> String {
    answer["id"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
}

impl World {
    pub fn build(town: &Town) -> World {
        let make = |path: &str, body: Value| town.call(Who::Owner, Method::POST, path, Some(body)).json();
        let import = id(&send(town, Who::Maren, "orders.csv", FILE));
        let run = format!("/imports/{import}/run");
        let ran = town.call(Who::Maren, Method::POST, &run, None);
        assert!(ran.status.is_success(), "{}", ran.text);
        worker::run_due(&town.running.open).unwrap();
        let rows = town.call(Who::Maren, Method::GET, "/relationships", None).json()["rows"].clone();
        let rows = rows.as_array().unwrap().clone();
        let ids = |name: &str| {
            let row = rows.iter().find(|row| row["name"].as_str().unwrap().starts_with(name)).unwrap();
            let account = row["account"].as_str().unwrap().to_owned();
            let facts =
                town.call(Who::Maren, Method::GET, &format!("/accounts/{account}/facts"), None).json();
            let contract = contract(town, name, &account);
            let person = json!({ "people": [{ "name": format!("{name} Clerk"), "roles": ["payer"] }] });
            let contacts = format!("/accounts/{account}/contacts");
            let made = town.call(Who::Maren, Method::POST, &contacts, Some(person)).json();
            let contact = made["ids"][0].as_str().unwrap_or_else(|| panic!("{made}")).to_owned();
            Ids { account, relationship: id(row), fact: id(&facts["rows"][0]), contract, contact }
        };
        let (walled, open) = (ids(CANARY), ids("Rook"));
        let people = town.call(Who::Owner, Method::GET, "/people", None).json();
        let maren = people.as_array().unwrap().iter().find(|one| one["name"] == "Maren of ours").unwrap();
        let wall = json!({ "people": [id(maren)] });
        let put =
            town.call(Who::Maren, Method::PUT, &format!("/accounts/{}/wall", walled.account), Some(wall));
        assert!(put.status.is_success(), "{}", put.text);
        let world = World {
            nothing: nothing(town, &open),
            line: id(&town.call(Who::Owner, Method::GET, "/lines", None).json()[0]),
            waiting: id(&send(
                town,
                Who::Owner,
                "more.csv",
                "order,date,customer,amount,currency\n9,2025-03-04,c9,1,EUR\n",
            )),
            person: id(&make("/people", json!({"name": "Ilse"}))),
            token: id(&make("/tokens", json!({"name": "shop"}))),
            walled,
            open,
            import,
        };
        world.behind(town, 1);
        world
    }

    /// Maren works behind the wall, once more each time: nobody outside may notice.
    pub fn behind(&self, town: &Town, round: usize) {
        let facts = json!([
            { "kind": "goal", "on": "2025-01-01" },
            { "kind": "invoice", "on": "2025-04-01", "amount": "950.00", "currency": "EUR" },
        ]);
        let account_facts = format!("/accounts/{}/facts", self.walled.account);
        let order = |n: usize| {
            json!({ "number": format!("{CANARY}-{round}-{n}"), "on": "2025-04-02", "party": format!("{CANARY}-77"),
                    "lines": [{ "sku": CANARY, "description": CANARY, "amount": "12.00" }] })
        };
        let space = self.numbering(town);
        let line = &town.call(Who::Maren, Method::GET, "/lines", None).json()[0];
        let facts = json!({ "line": line["name"], "facts": facts });
        let orders = json!({ "line": line["name"], "currency": "EUR", "space": space, "orders": [order(1), order(2)] });
        let calls = [
            (account_facts.as_str(), facts.clone()),
            ("/orders", orders),
            // Refused, with the words of whoever sees the account.
            (account_facts.as_str(), json!({ "facts": [{ "kind": CANARY, "on": "2025-01-01" }] })),
            (
                "/orders",
                json!({ "line": line["name"], "currency": "EUR", "space": space,
                                "orders": [{ "number": "x", "on": CANARY, "party": format!("{CANARY}-77"), "lines": [] }] }),
            ),
        ];
        let said = format!("/relationships/{}/override", self.walled.relationship);
        let told = match round {
            1 => town.call(
                Who::Maren,
                Method::PUT,
                &said,
                Some(json!({ "class": "client", "reason": CANARY })),
            ),
            _ => {
                let slip = json!({ "reason": CANARY });
                town.call(Who::Maren, Method::POST, &format!("{said}/withdrawal"), Some(slip))
            }
        };
        assert!(told.status.is_success(), "{}", told.text);
        let amended = json!({ "reason": CANARY, "effective": "2025-09-01", "terms": { "need": format!("{CANARY} {round}") } });
        let path = format!("/contracts/{}/versions", self.walled.contract);
        let told = town.call(Who::Maren, Method::POST, &path, Some(amended));
        assert!(told.status.is_success(), "{}", told.text);
        let answers: Vec<_> =
            calls.map(|(path, body)| town.call(Who::Maren, Method::POST, path, Some(body))).into();
        let told: Vec<_> = answers.iter().map(|answer| (answer.status.as_u16(), &answer.text)).collect();
        assert!(told[0].0 == 200 && told[1].0 == 200 && told[2].0 == 422 && told[3].0 == 422, "{told:?}");
        worker::run_due(&town.running.open).unwrap();
    }

    /// Puts into the world what pages only show where it is there: a duplicate, a merge, a view, many changed at once,
    /// a class set by hand, somebody who leaves, another version, a subscription, a calendar, a product.
    pub fn furnish(&self, town: &Town) {
        let rook = &self.open;
        let done = |method: Method, path: &str, body: Value| {
            let told = town.call(Who::Maren, method, path, Some(body));
            assert!(told.status.is_success(), "{path}: {}", told.text);
            told.json()
        };
        let line = town.call(Who::Maren, Method::GET, "/lines", None).json()[0]["name"].clone();
        let add = |name: &str| {
            let new =
                json!({ "name": name, "country": "Belgium", "email": "ada@rook.example", "anyway": true });
            id(&done(Method::POST, "/accounts", new))
        };
        let (first, second, third) =
            (add("Fenwick Payroll"), add("Fenwick Payroll"), add("Fenwick  Payroll"));
        let pair = json!({ "pairs": [{ "kept": first, "gone": third }] });
        done(Method::POST, "/merges", pair);
        done(Method::POST, "/duplicates/searches", json!({}));
        let goal = json!([{ "kind": "goal", "on": "2025-06-01" }]);
        done(
            Method::POST,
            &format!("/accounts/{}/facts", rook.account),
            json!({ "line": line, "facts": goal }),
        );
        let link = json!({ "kind": "member_of", "other": second });
        done(Method::PUT, &format!("/accounts/{}/links", rook.account), link);
        let bill =
            json!([{ "number": "R-1", "issued": "2025-06-01", "party": rook.account, "amount": "9.00" }]);
        done(Method::POST, "/invoices", json!({ "line": line, "currency": "EUR", "invoices": bill }));
        let product = json!([{ "key": "T7", "name": "Teapot" }]);
        done(Method::POST, "/products", json!({ "line": line, "products": product }));
        done(
            Method::PUT,
            "/calendars/BE",
            json!({ "holidays": [{ "on": "2026-12-25", "name": "Christmas" }] }),
        );
        done(Method::POST, "/views", json!({ "name": "Customers", "filter": { "class": "customer" } }));
        let amended =
            json!({ "reason": "more of it", "effective": "2025-09-01", "terms": { "need": "tea" } });
        done(Method::POST, &format!("/contracts/{}/versions", rook.contract), amended);
        let plan = json!({ "name": "Tea club", "start": "2025-03-05", "currency": "EUR", "cycle": "1 month",
            "fees": [{ "kind": "recurring", "amount": "9.00", "every": "1 month" }] });
        for key in ["T-1", "T-2"] {
            let club =
                json!({ "line": line, "contracts": [{ "key": key, "party": rook.account, "terms": plan }] });
            let club = done(Method::POST, "/subscriptions", club)["ids"][0].as_str().unwrap().to_owned();
            if key == "T-2" {
                let leaves = json!({ "received": "2025-10-01", "who": "them", "reason": "no more tea", "last_day": "2025-10-31" });
                done(Method::POST, &format!("/contracts/{club}/withdrawal"), leaves);
            }
        }
        let plan = format!("/imports/{}/plan", self.waiting);
        assert!(town.call(Who::Owner, Method::POST, &plan, None).status.is_success());
        worker::run_due(&town.running.open).unwrap();
        let said = json!({ "class": "client", "reason": "they call first" });
        done(Method::PUT, &format!("/relationships/{}/override", rook.relationship), said);
    }

    /// Whose numbering the file's customers are.
    fn numbering(&self, town: &Town) -> Value {
        let shown =
            town.call(Who::Maren, Method::GET, &format!("/accounts/{}", self.walled.account), None).json();
        shown["known_as"][0]["space"].clone()
    }
}

/// A contract with a party of the file, known by that number among them.
fn contract(town: &Town, name: &str, account: &str) -> String {
    let known = town.call(Who::Maren, Method::GET, &format!("/accounts/{account}"), None).json()["known_as"]
        [0]
    .clone();
    let line = town.call(Who::Maren, Method::GET, "/lines", None).json()[0]["name"].clone();
    let terms = json!({ "name": format!("{name} care"), "start": "2025-03-05", "last_day": "2035-12-31", "currency": "EUR",
        "fees": [{ "kind": "recurring", "amount": "9.00", "every": "1 month" }],
        "clauses": [{ "kind": "notice", "who": "both", "period": "3 months" }] });
    let contracts = json!([{ "key": format!("{name} 1"), "party": known["key"], "terms": terms }]);
    let body = json!({ "line": line, "space": known["space"], "contracts": contracts });
    let told = town.call(Who::Maren, Method::POST, "/contracts", Some(body));
    assert!(told.status.is_success(), "{}", told.text);
    told.json()["ids"][0].as_str().unwrap().to_owned()
}

/// Relationships, as their ids are written.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct RelationshipKind;

impl Kind for RelationshipKind {
    const PREFIX: &'static str = "rel";
    const NOUN: &'static str = "a relationship";
}

/// Ids of the same kinds, as long as the others, that name nothing.
fn nothing(town: &Town, like: &Ids) -> Ids {
    let codes = town.cx().codes;
    let same = |make: &dyn Fn(i64) -> String, like: &str| {
        (900..5_000).map(make).find(|id| id.len() == like.len()).unwrap_or_else(|| make(900))
    };
    Ids {
        account: same(&|n| codes.write(AccountId::new(n)), &like.account),
        relationship: same(&|n| codes.write(Id::<RelationshipKind>::new(n)), &like.relationship),
        fact: same(&|n| codes.write(FactId::new(n)), &like.fact),
        contract: same(&|n| codes.write(contracts::ContractId::new(n)), &like.contract),
        contact: same(&|n| codes.write(accounts::ContactId::new(n)), &like.contact),
    }
}

/// A file comes in.
fn send(town: &Town, who: Who, name: &str, rows: &str) -> Value {
    let request = town.request(who, Method::POST, &format!("/api/v1/imports?name={name}"));
    let request = request.header("x-csrf-token", &town.pass(who).unwrap().csrf);
    town.send(request.body(Body::from(rows.to_owned())).unwrap()).json()
}
