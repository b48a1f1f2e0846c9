//! Real files judged in time: what somebody else counted from them, and what we make of them (docs/readings.md).

use std::{collections::BTreeMap, io::Read, path::PathBuf};

use axum::{body::Body, http::Method};
use flate2::read::MultiGzDecoder;
use kernel::Day;
use mainstay::worker;
use serde_json::{Value, json};

use crate::town::{Town, Who};

const PAYMENTS: &str = "sf_lobby_clients/client_payments.csv.gz";
const FIRM: &str = "Platinum Advisors";
/// The firm as our business.
const OURS: &str = "\
[rules.only]
column = \"Lobbyist_Firm\"
values = [\"Platinum Advisors\"]
";

/// A real file, where the real files are.
fn data(path: &str) -> Option<Vec<u8>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data").join(path);
    if !path.exists() {
        eprintln!("not run on {path:?}, which is not there");
        return None;
    }
    Some(std::fs::read(path).unwrap())
}

fn ask(town: &Town, method: Method, path: &str, body: Option<Value>) -> Value {
    let answer = town.call(Who::Owner, method, path, body);
    assert!(answer.status.is_success(), "{path}: {}", answer.text);
    answer.json()
}

/// A file comes in as its ready mapping says, with a few lines laid over it, and everybody is judged.
fn bring(town: &Town, path: &str, bytes: Vec<u8>, laid: &str) {
    let name = path.rsplit('/').next().unwrap();
    let request = town.request(Who::Owner, Method::POST, &format!("/api/v1/imports?name={name}"));
    let request = request.header("x-csrf-token", &town.pass(Who::Owner).unwrap().csrf);
    let import = town.send(request.body(Body::from(bytes)).unwrap()).json()["id"].clone();
    let import = format!("/imports/{}", import.as_str().unwrap());
    if !laid.is_empty() {
        ask(town, Method::PUT, &format!("{import}/mapping"), Some(json!({ "mapping": laid })));
    }
    ask(town, Method::POST, &format!("{import}/run"), None);
    worker::run_due(&town.running.open).unwrap();
}

/// Everybody in the book.
fn book(town: &Town, filter: &str) -> Vec<Value> {
    let (mut rows, mut after) = (Vec::new(), String::new());
    loop {
        let page = ask(town, Method::GET, &format!("/relationships?limit=200{filter}{after}"), None);
        rows.extend(page["rows"].as_array().unwrap().iter().cloned());
        let Some(next) = page["next"].as_str() else { return rows };
        after = format!("&after={next}");
    }
}

/// What the firm was paid by one client: the days, each with the lobbyist who stands on the payment.
type Paid = Vec<(Day, String)>;

fn paid(bytes: &[u8]) -> BTreeMap<String, Paid> {
    let mut text = String::new();
    MultiGzDecoder::new(bytes).read_to_string(&mut text).unwrap();
    let mut found: BTreeMap<String, Paid> = BTreeMap::new();
    for row in csv::Reader::from_reader(text.as_bytes()).records() {
        let row = row.unwrap();
        if &row[2] == FIRM && row[3].trim_start_matches('$').parse::<f64>().unwrap() > 0.0 {
            let (month, day, year) = (&row[0][..2], &row[0][3..5], &row[0][6..]);
            let day = Day::parse(&format!("{year}-{month}-{day}")).unwrap();
            found.entry(row[4].to_owned()).or_default().push((day, row[1].to_owned()));
        }
    }
    found.values_mut().for_each(|paid| paid.sort());
    found
}

fn months(paid: &[(Day, String)]) -> usize {
    let mut months: Vec<i32> = paid.iter().map(|(day, _)| day.month()).collect();
    months.dedup();
    months.len()
}

/// Its lobbyist by name, from the first payment on that names them, and what the payments say that they did: how long
/// it took they do not say, so that a minute stands for each.
fn looked_after(town: &Town, account: &str, paid: &[(Day, String)]) {
    let last = &paid.last().unwrap().1;
    let since = paid.iter().find(|(_, lobbyist)| lobbyist == last).unwrap().0;
    let named = json!({ "kind": "assignment", "on": since.to_string(), "person": last });
    let worked = paid.iter().map(|(day, lobbyist)| {
        let day = day.to_string();
        json!({ "kind": "work", "on": day, "minutes": 1, "person": lobbyist })
    });
    let facts: Vec<Value> = [named].into_iter().chain(worked).collect();
    let body = json!({ "line": "Lobbying", "facts": facts });
    ask(town, Method::POST, &format!("/accounts/{account}/facts"), Some(body));
}

#[test]
fn a_lobbying_firm_tells_its_clients_from_those_who_paid_once() {
    let Some(bytes) = data(PAYMENTS) else { return };
    for town in Town::all() {
        eprintln!("on {}", town.engine);
        bring(&town, PAYMENTS, bytes.clone(), OURS);
        let paid = paid(&bytes);
        let rows = book(&town, "");
        assert_eq!((rows.len(), paid.len()), (126, 126));
        for row in &rows {
            looked_after(&town, row["account"].as_str().unwrap(), &paid[row["name"].as_str().unwrap()]);
        }
        worker::run_due(&town.running.open).unwrap();
        let (mut counted, mut were_clients) = (BTreeMap::new(), 0);
        for row in &rows {
            let (id, name) = (row["id"].as_str().unwrap(), row["name"].as_str().unwrap());
            let paid = &paid[name];
            let last = paid.last().unwrap().0;
            let path = format!("/relationships/{id}");
            let then = ask(&town, Method::GET, &format!("{path}?as_of={last}"), None);
            let class = then["class"].as_str().unwrap().to_owned();
            let how_often = match months(paid) {
                1 => "one-off",
                12.. => "ongoing",
                _ => "in between",
            };
            *counted.entry((how_often, class.clone())).or_insert(0) += 1;
            let now = ask(&town, Method::GET, &path, None);
            if now["class"] == "former" && class == "client" {
                assert_eq!(now["lean"], "client", "{name}");
                let said = now["sentence"].as_str().unwrap();
                assert!(
                    said.starts_with("Former since ") && said.contains("; was a client."),
                    "{name}: {said}"
                );
                were_clients += 1;
            }
            assert!(now["class"] != "client" || Day::parse("2016-09-30").unwrap() <= last, "{name} is gone");
        }
        eprintln!("{counted:?}, {were_clients} of them former");
        let count = |how_often, class: &str| counted.get(&(how_often, class.to_owned())).copied();
        assert_eq!((count("ongoing", "client"), count("ongoing", "customer")), (Some(62), None));
        assert_eq!((count("one-off", "client"), count("one-off", "customer")), (None, Some(12)));
        assert!(50 < were_clients, "{were_clients}");
        page_says_so(&town, &rows);
    }
}

/// The page of somebody who is gone says it in words.
fn page_says_so(town: &Town, rows: &[Value]) {
    let gone = rows.iter().find(|row| row["name"] == "Fluor Enterprises, Inc.").unwrap();
    let page = town.page(Who::Owner, &format!("/relationships/{}", gone["id"].as_str().unwrap()));
    assert!(page.text.contains("was a client"), "{}", page.text);
}

#[test]
fn no_wholesaler_is_a_client_by_its_orders_alone() {
    let path = "online_retail/online_retail_2010-12-01_2011-08-31.csv.gz";
    let Some(bytes) = data(path) else { return };
    let town = Town::one();
    bring(&town, path, bytes, "");
    let mut counted: BTreeMap<String, usize> = BTreeMap::new();
    for row in book(&town, "") {
        *counted.entry(row["class"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    let expected = [("customer", 3_313), ("former", 4), ("not enough evidence", 43)];
    assert_eq!(counted, expected.map(|(class, count)| (class.to_owned(), count)).into());
    let largest = ask(&town, Method::GET, "/relationships?sort=net&limit=20", None);
    for row in largest["rows"].as_array().unwrap() {
        assert!(10_000.0 < row["net"].as_str().unwrap().parse::<f64>().unwrap(), "{row}");
        let told = ask(&town, Method::GET, &format!("/relationships/{}", row["id"].as_str().unwrap()), None);
        let said = told["sentence"].as_str().unwrap();
        assert_eq!(told["class"], "customer", "{said}");
        assert!(said.contains("toward customer: service bought (\u{2212}0.90)"), "{said}");
    }
}
