//! The book: every sort and every filter, as JSON and as a page.

use serde_json::Value;

use super::{Checked, encoded, held, json, rows, text};
use crate::{
    Result,
    asking::Question,
    bare::store::asked,
    floor::{Bare, Cell},
    made::LINE,
    running::Running,
};

/// One of the six in which the made-up accounts are, about as many in each.
const COUNTRY: &str = "Netherlands";

/// A list: its words, what stands behind the question mark, and what holds of each of its rows.
struct List {
    what: &'static str,
    query: String,
    holds: fn(&Value) -> bool,
    /// What the bare statement asks for beside the class, and of which class.
    bare: (&'static str, Vec<Cell>, &'static str),
    /// The column and the way by which the bare statement sorts.
    order: &'static str,
}

/// What is asked of the book, in JSON and, where `pages` says so, as pages.
///
/// # Errors
/// When the program does not answer.
pub fn questions(running: &Running, headers: &str, pages: bool) -> Result<Vec<Question>> {
    let mut all = Vec::new();
    for list in lists() {
        let found = rows(running, headers, &list.query)?;
        if pages {
            let names: Vec<String> =
                found.iter().filter_map(|row| row["name"].as_str()).map(str::to_owned).collect();
            all.push(Question {
                what: format!("list page, {}", list.what),
                check: Box::new(move |_, text| names.iter().try_for_each(|name| stands(text, name))),
                ..question(&list, format!("/relationships?{}", list.query))
            });
        } else {
            all.push(question(&list, format!("/api/v1/relationships?{}", list.query)));
        }
    }
    Ok(all)
}

fn stands(text: &str, name: &str) -> Checked {
    let name = name.replace('&', "&amp;");
    held(text.contains(&name), || format!("{name} is not on the page"))
}

/// The list of one class, by net: what many clients ask at once.
pub fn usual() -> Question {
    let list = plain("customers, by net", "class=customer&sort=net", |row| row["class"] == "customer");
    question(&list, format!("/api/v1/relationships?{}", list.query))
}

fn question(list: &List, path: String) -> Question {
    let (holds, query) = (list.holds, list.query.clone());
    let (bare, values, class) = &list.bare;
    let sql = asked::list(bare, list.order);
    let values = [text(class)].into_iter().chain(values.iter().cloned()).collect();
    Question {
        what: format!("list, {}", list.what),
        goal: Some(("P6", 0.5)),
        path: Box::new(move |_| path.clone()),
        body: None,
        check: Box::new(move |_, text| right(&query, holds, text)),
        floor: Some(Bare::new(&sql, values)),
    }
}

/// As many rows as there should be, each as it was asked for, in their order.
fn right(query: &str, holds: fn(&Value) -> bool, text: &str) -> Checked {
    let list = json(text)?;
    let rows = list["rows"].as_array().ok_or("it has no rows")?;
    let total: i64 =
        list["totals"].as_array().into_iter().flatten().filter_map(|sum| sum["count"].as_i64()).sum();
    held(rows.len() as i64 == total.min(50), || format!("{} rows of {total}", rows.len()))?;
    if let Some(row) = rows.iter().find(|row| !holds(row)) {
        return Err(format!("{row} was not asked for"));
    }
    let sort = query.split('&').find_map(|pair| pair.strip_prefix("sort=")).unwrap_or("strength");
    let (by, turned) = sort.strip_prefix('-').map_or((sort, false), |by| (by, true));
    let rising = (by == "name") != turned;
    let in_order = |pair: &[Value]| match (by, rising) {
        ("name", true) => lower(&pair[0]) <= lower(&pair[1]),
        ("name", false) => lower(&pair[1]) <= lower(&pair[0]),
        ("last", true) => pair[0]["last"].as_str() <= pair[1]["last"].as_str(),
        ("last", false) => pair[1]["last"].as_str() <= pair[0]["last"].as_str(),
        ("net", true) => net(&pair[0]) <= net(&pair[1]),
        ("net", false) => net(&pair[1]) <= net(&pair[0]),
        (_, true) => pair[0]["strength_ppm"].as_i64() <= pair[1]["strength_ppm"].as_i64(),
        (_, false) => pair[1]["strength_ppm"].as_i64() <= pair[0]["strength_ppm"].as_i64(),
    };
    held(rows.windows(2).all(in_order), || format!("it is not sorted by {sort}"))
}

fn lower(row: &Value) -> String {
    row["name"].as_str().unwrap_or_default().to_lowercase()
}

fn net(row: &Value) -> f64 {
    row["net"].as_str().and_then(|net| net.parse().ok()).unwrap_or(0.0)
}

fn plain(what: &'static str, query: &str, holds: fn(&Value) -> bool) -> List {
    List {
        what,
        query: query.to_owned(),
        holds,
        bare: ("", Vec::new(), "customer"),
        order: "relationship.net DESC, relationship.id DESC",
    }
}

fn sorted(what: &'static str, query: &str, order: &'static str) -> List {
    List { order, ..plain(what, query, |_| true) }
}

fn asking(list: List, bare: &'static str, values: Vec<Cell>) -> List {
    List { bare: (bare, values, list.bare.2), ..list }
}

fn begins(row: &Value, start: &str) -> bool {
    lower(row).starts_with(start)
}

fn lists() -> Vec<List> {
    let mut all = vec![
        sorted("all, strongest first", "sort=strength", "relationship.strength DESC, relationship.id DESC"),
        sorted("all, weakest first", "sort=-strength", "relationship.strength, relationship.id"),
        sorted("all, highest net first", "sort=net", "relationship.net DESC, relationship.id DESC"),
        sorted("all, lowest net first", "sort=-net", "relationship.net, relationship.id"),
        sorted("all, latest first", "sort=last", "relationship.last_day DESC, relationship.id DESC"),
        sorted("all, longest ago first", "sort=-last", "relationship.last_day, relationship.id"),
        sorted("all, by name", "sort=name", "relationship.name_key, relationship.id"),
        sorted("all, by name, last first", "sort=-name", "relationship.name_key DESC, relationship.id DESC"),
        plain("customers, by net", "class=customer&sort=net", |row| row["class"] == "customer"),
        plain("clients, by net", "class=client&sort=net", |row| row["class"] == "client"),
        plain("prospects, by net", "class=prospect&sort=net", |row| row["class"] == "prospect"),
        plain("former, by net", "class=former&sort=net", |row| row["class"] == "former"),
        plain("not enough evidence, by net", "class=not+enough+evidence&sort=net", |row| {
            row["class"] == "not enough evidence"
        }),
    ];
    all.extend(filters());
    all.extend(ranges());
    all
}

fn filters() -> Vec<List> {
    let on_line = List {
        query: format!("line={}&sort=net", encoded(LINE)),
        ..plain("of one line, by net", "", |row| row["line"] == LINE)
    };
    vec![
        asking(on_line, "AND relationship.line = ?2", vec![Cell::Int(1)]),
        asking(
            plain("under-served, by strength", "fit=under-served", |row| row["fit"] == "under-served"),
            "AND relationship.fit = ?2",
            vec![text("under-served")],
        ),
        asking(
            plain("over-served, by net", "fit=over-served&sort=net", |row| row["fit"] == "over-served"),
            "AND relationship.fit = ?2",
            vec![text("over-served")],
        ),
        asking(
            plain("fits, by name", "fit=fits&sort=name", |row| row["fit"] == "fits"),
            "AND relationship.fit = ?2",
            vec![text("fits")],
        ),
        asking(
            plain("low confidence, latest first", "confidence=low&sort=last", |row| {
                row["confidence"] == "low"
            }),
            "AND relationship.confidence = ?2",
            vec![text("low")],
        ),
        asking(
            plain("high confidence, by net", "confidence=high&sort=net", |row| row["confidence"] == "high"),
            "AND relationship.confidence = ?2",
            vec![text("high")],
        ),
        asking(
            plain("top tenth and 10 purchases, by strength", "spend=900&purchases=10", |row| {
                row["purchases"].as_i64().is_some_and(|count| 10 <= count)
            }),
            "AND relationship.spend_rank >= 900 AND relationship.purchases >= 10",
            Vec::new(),
        ),
    ]
}

fn ranges() -> Vec<List> {
    vec![
        named(
            "names from \"kestrel\", by name",
            "name=kestrel&sort=name",
            |row| begins(row, "kestrel"),
            "kestrel",
        ),
        named(
            "names from \"kestrel\", by net",
            "name=kestrel&sort=net",
            |row| begins(row, "kestrel"),
            "kestrel",
        ),
        named(
            "names from \"kestrel bakery 1\", by net",
            "name=kestrel+bakery+1&sort=net",
            |row| begins(row, "kestrel bakery 1"),
            "kestrel bakery 1",
        ),
        named("names from \"zzz\" (nobody), by net", "name=zzz&sort=net", |_| false, "zzz"),
        of_country("of one country, by name", "name", "relationship.name_key, relationship.id"),
        of_country("of one country, by net", "net", "relationship.net DESC, relationship.id DESC"),
        of_country(
            "of one country, strongest first",
            "strength",
            "relationship.strength DESC, relationship.id DESC",
        ),
        plain("of one currency, by net", "currency=GBP&sort=net", |row| row["currency"] == "GBP"),
        asking(
            plain("strength 0.6 to 0.7, by net", "strength_from=0.6&strength_to=0.7&sort=net", |row| {
                row["strength_ppm"].as_i64().is_some_and(|ppm| (600_000..700_000).contains(&ppm))
            }),
            "AND relationship.strength >= 600000 AND relationship.strength < 700000",
            Vec::new(),
        ),
        asking(
            plain("net 1,000 to 2,000, by name", "currency=GBP&net_from=1000&net_to=2000&sort=name", |row| {
                (1_000.0..2_000.0).contains(&net(row))
            }),
            "AND relationship.net >= 10000000 AND relationship.net < 20000000",
            Vec::new(),
        ),
        plain("set by hand", "override=any", |row| !row["override"].is_null()),
        plain("who want no advice", "may_contact=false", |row| !row["preference"].is_null()),
        asking(
            plain(
                "conditions: client, net and last",
                "where=class%3Aclient+and+net%3E%3D1000+GBP+and+last%3C2025-03-01&sort=net",
                |row| {
                    row["class"] == "client"
                        && 1_000.0 <= net(row)
                        && row["last"].as_str() < Some("2025-03-01")
                },
            ),
            "AND relationship.net >= 10000000 AND relationship.last_day < 20148",
            Vec::new(),
        ),
    ]
}

/// Those of one country, in an order.
fn of_country(what: &'static str, sort: &str, order: &'static str) -> List {
    let list = List {
        order,
        query: format!("country={COUNTRY}&sort={sort}"),
        ..plain(what, "", |row| row["country"] == COUNTRY)
    };
    asking(list, "AND relationship.country = ?2", vec![text(COUNTRY)])
}

fn named(what: &'static str, query: &str, holds: fn(&Value) -> bool, start: &str) -> List {
    let values = vec![text(start), Cell::Text(format!("{start}\u{10FFFF}"))];
    let list = List { order: "relationship.name_key, relationship.id", ..plain(what, query, holds) };
    asking(list, "AND relationship.name_key >= ?2 AND relationship.name_key < ?3", values)
}
