//! Walls before every door: to whoever stands outside, an account behind a wall is an id that names nothing, no list
//! and no sum has it, and nothing that happens behind the wall changes anything they are told.

use axum::http::Method;
use kernel::Permission;
use mainstay::mcp::tool::LEFT_OUT;
use schemars::SchemaGenerator;
use serde_json::{Value, json};
use slice::{Act, Head, Operation, Slice, op};
use store::DataClass;

use crate::{
    assistant::Assistant,
    authorization::sample,
    town::{Answer, Town, Who},
    world::{CANARY, Ids, World},
};

/// Those who stand outside, from least to most.
const OUTSIDE: [Who; 3] = [Who::Reader, Who::Member, Who::Owner];

/// A door of the tables: an operation, or a page or form.
struct Door {
    method: Method,
    /// The whole path, with `{name}` for its parts.
    path: String,
    body: Option<Value>,
    /// It only looks.
    is_read: bool,
    /// The texts that may be asked for behind the question mark.
    asks: Vec<String>,
    /// The pattern of the address whose operation is called as a tool.
    tool: Option<&'static str>,
}

impl Door {
    fn is_form(&self) -> bool {
        self.method == Method::POST && !self.path.starts_with("/api/v1")
    }

    /// Whether its address names an account, or what hangs on one.
    fn is_about_accounts(&self) -> bool {
        let path = self.path.trim_start_matches("/api/v1");
        let nouns = ["/accounts/", "/contacts/", "/relationships/", "/contracts/", "/subscriptions/"];
        nouns.iter().any(|noun| path.strip_prefix(noun).is_some_and(|rest| rest.starts_with('{')))
    }

    fn through(&self) -> &'static str {
        if self.tool.is_some() { "tool " } else { "" }
    }

    fn with(&self, ids: &Ids, fact: &str) -> String {
        let of = match self.path.trim_start_matches("/api/v1").split('/').nth(1) {
            Some("relationships") => &ids.relationship,
            Some("contacts") => &ids.contact,
            Some("contracts" | "subscriptions") => &ids.contract,
            _ => &ids.account,
        };
        let path = self.path.replace("{id}", of).replace("{fact}", fact);
        path.replace("{step}", "final_bill").replace("{purpose}", "renewal")
    }
}

fn doors(slices: &[Slice]) -> Vec<Door> {
    let operation = |operation: &Operation| {
        let method: Method = operation.head.method.as_str().parse().unwrap();
        let takes_body = matches!(method, Method::POST | Method::PUT);
        Door {
            path: format!("/api/v1{}", operation.head.path),
            body: takes_body.then(|| fitting(operation)),
            asks: if method == Method::GET { texts(operation) } else { Vec::new() },
            is_read: operation.is_read(),
            method,
            tool: None,
        }
    };
    let tool = |operation: &&Operation| LEFT_OUT.iter().all(|(name, _)| *name != operation.head.name);
    let pages = slices.iter().flat_map(|slice| slice.pages).map(|route| Door {
        method: route.method.as_str().parse().unwrap(),
        path: route.path.to_owned(),
        body: None,
        is_read: route.method == slice::Method::Get,
        asks: Vec::new(),
        tool: None,
    });
    let operations = || slices.iter().flat_map(|slice| &slice.operations);
    let tools = operations().filter(tool).map(|one| Door { tool: Some(one.head.path), ..operation(one) });
    let mut doors: Vec<_> = operations().map(operation).chain(pages).chain(tools).collect();
    // A page is asked for what its operation may be asked for.
    for n in 0..doors.len() {
        let twin = format!("/api/v1{}", doors[n].path);
        if let Some(twin) = doors.iter().find(|door| door.path == twin && door.method == Method::GET) {
            doors[n].asks = twin.asks.clone();
        }
    }
    doors
}

/// An input that fits the operation, beyond the smallest where that one is refused before the account is looked at.
fn fitting(operation: &Operation) -> Value {
    match operation.head.name {
        "facts.record" => json!({ "facts": [{ "kind": "goal", "on": "2025-01-01" }] }),
        "orders.record" => json!({ "line": "Counter", "currency": "EUR", "orders": [] }),
        "policy.preview" => json!({ "name": "relationship" }),
        _ => sample(operation),
    }
}

fn texts(operation: &Operation) -> Vec<String> {
    let mut generator = SchemaGenerator::default();
    let schema = (operation.input)(&mut generator).to_value();
    let fields = schema["properties"].as_object().cloned().unwrap_or_default();
    let is_text = |field: &Value| field["type"] == "string" || field["type"][0] == "string";
    let parts = mainstay::api::shape::parts(operation.head.path);
    let named = fields.iter().filter(|(name, field)| is_text(field) && !parts.contains(&name.as_str()));
    named.map(|(name, _)| name.clone()).collect()
}

fn knock(house: &Assistant<'_>, who: Who, door: &Door, path: &str) -> Answer {
    if let Some(pattern) = door.tool {
        let path = path.trim_start_matches("/api/v1");
        return house.calls_at(who, &door.method, pattern, path, door.body.as_ref());
    }
    let town = house.town;
    if door.is_form() {
        return town.form(who, path, None, "");
    }
    match path.strip_prefix("/api/v1") {
        Some(path) => town.call(who, door.method.clone(), path, door.body.clone()),
        None => town.page(who, path),
    }
}

/// What was answered, without the number of the request and with the same word for each of these ids.
fn told(answer: &Answer, ids: &[&str]) -> String {
    let mut text = format!("{} {}", answer.status.as_u16(), answer.text);
    if let Some((before, rest)) = text.split_once("\"request\":\"") {
        text = format!("{before}{}", rest.split_once('"').map_or("", |(_, after)| after));
    }
    ids.iter().filter(|id| !id.is_empty()).fold(text, |text, id| text.replace(*id, "ID"))
}

fn first_difference(one: &str, other: &str) -> String {
    let at = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let part = |text: &str| text.chars().skip(at.saturating_sub(30)).take(90).collect::<String>();
    format!("{:?} / {:?}", part(one), part(other))
}

/// Asks for the account behind the wall and for nothing, at every door and as everybody outside; gives where the two
/// differ, where something changed, and where the canary sings.
fn differences(house: &Assistant<'_>, world: &World, doors: &[Door]) -> Vec<String> {
    let town = house.town;
    let (walled, open, nothing) = (&world.walled, &world.open, &world.nothing);
    let mut found = Vec::new();
    for door in doors.iter().filter(|door| door.is_about_accounts()) {
        let mut pairs = vec![(door.with(walled, &walled.fact), door.with(nothing, &nothing.fact))];
        if door.path.contains("{fact}") {
            // The fact of another, on an account that may be seen; and the other way round.
            pairs.push((door.with(open, &walled.fact), door.with(open, &nothing.fact)));
            pairs.push((door.with(walled, &open.fact), door.with(nothing, &open.fact)));
        }
        for (real, none) in pairs {
            for who in OUTSIDE {
                let label = format!("{who:?} {}{} {}", door.through(), door.method, door.path);
                let before = town.hash();
                let answers = [&real, &none].map(|path| knock(house, who, door, path));
                let ids = [walled, nothing]
                    .map(|ids| [&ids.account, &ids.relationship, &ids.fact, &ids.contract, &ids.contact]);
                let ids: Vec<&str> = ids.iter().flatten().map(|id| id.as_str()).collect();
                let [real, none] = answers.each_ref().map(|answer| told(answer, &ids));
                if real != none {
                    found.push(format!("{label}: {}", first_difference(&real, &none)));
                }
                if town.hash() != before {
                    found.push(format!("{label}: changed something"));
                }
                if answers[0].text.contains(CANARY) {
                    found.push(format!("{label}: sings"));
                }
            }
        }
    }
    found
}

/// Asks for the rows that name the account, and for one that the file does not have; gives where the two differ.
fn rows(house: &Assistant<'_>, world: &World, doors: &[Door]) -> Vec<String> {
    let mut found = Vec::new();
    for door in doors.iter().filter(|door| door.path.contains("/rows/{row}")) {
        for (who, row) in OUTSIDE.into_iter().flat_map(|who| ["1", "5"].map(|row| (who, row))) {
            let [real, none] = [row, "7"].map(|row| {
                let path = door.path.replace("{id}", &world.import).replace("{row}", row);
                told(&knock(house, who, door, &path), &[]).replace(&format!("no row {row};"), "no row ROW;")
            });
            if real != none || real.contains(CANARY) {
                found.push(format!(
                    "{who:?} {}{} {row}: {}",
                    door.through(),
                    door.path,
                    first_difference(&real, &none)
                ));
            }
        }
    }
    found
}

/// Everything that somebody outside is told without naming the account: every list, sum and page, each also asked for
/// the words of the account.
fn everything(house: &Assistant<'_>, world: &World, doors: &[Door], who: Who) -> Vec<(String, String)> {
    let ids = |path: &str| -> Vec<String> {
        let word = path.trim_start_matches("/api/v1").split('/').nth(1).unwrap_or_default();
        match word {
            "imports" => vec![world.import.clone(), world.waiting.clone()],
            "lines" => vec![world.line.clone()],
            "people" => vec![world.person.clone()],
            "tokens" => vec![world.token.clone()],
            "accounts" => vec![world.open.account.clone()],
            "contracts" => vec![world.open.contract.clone()],
            _ => vec![world.open.relationship.clone()],
        }
    };
    let mut all = Vec::new();
    for door in doors.iter().filter(|door| door.is_read) {
        for id in ids(&door.path) {
            let path = door
                .path
                .replace("{id}", &id)
                .replace("{fact}", &world.open.fact)
                .replace("{row}", "2")
                .replace("{purpose}", "renewal")
                .replace("{token}", "1.acc_x7Kq2-line_x7Kq2.x7Kq2")
                .replace("{name}", "BE");
            let needed = if path.ends_with("/preview") { "?now_is=clock" } else { "" };
            let path = format!("{path}{needed}");
            let answer = knock(house, who, door, &path);
            all.push((format!("{}{path}", door.through()), told(&answer, &[])));
            if !door.path.contains('{') {
                break;
            }
        }
    }
    let town = house.town;
    let import = format!("/imports/{}/progress", world.import);
    let accept = town.request(who, Method::GET, &import).header("accept", "application/json");
    let progress = town.send(accept.body(axum::body::Body::empty()).unwrap());
    all.push((import, told(&progress, &[])));
    all.push(("/".to_owned(), told(&town.page(who, "/"), &[])));
    all
}

/// Asks every list for words of the account and for words of nothing; gives where the answers differ.
fn oracles(house: &Assistant<'_>, doors: &[Door]) -> Vec<String> {
    let mut found = Vec::new();
    for door in doors.iter().filter(|door| door.method == Method::GET && !door.path.contains('{')) {
        for (who, field) in OUTSIDE.iter().flat_map(|who| door.asks.iter().map(move |field| (*who, field))) {
            for words in [CANARY, "zq7canary+holdings", "Zq7canary-77"] {
                let other = words.replace("canary", "nobody");
                let [real, none] = [words, &other].map(|words| {
                    let answer = knock(house, who, door, &format!("{}?{field}={words}", door.path));
                    told(&answer, &[]).replace("canary", "nobody")
                });
                if real != none {
                    let how = first_difference(&real, &none);
                    found.push(format!("{who:?} {}{} by {field}: {how}", door.through(), door.path));
                }
            }
        }
    }
    found
}

/// Says where the canary sings, and what changes for those outside when something happens behind the wall.
fn rumours(house: &Assistant<'_>, world: &World, doors: &[Door]) -> Vec<String> {
    // The seal over all entries is told to owners, so that they can keep it elsewhere; it counts nothing.
    let is_sealed = |path: &str| path.ends_with("/audit/verification");
    let listen = || OUTSIDE.map(|who| (who, everything(house, world, doors, who)));
    let before = listen();
    world.behind(house.town, 2);
    let after = listen();
    let mut found = Vec::new();
    for ((who, before), (_, after)) in before.iter().zip(&after) {
        for ((path, one), (_, other)) in before.iter().zip(after) {
            if one.contains(CANARY) || other.contains(CANARY) {
                found.push(format!("{who:?} {path}: sings"));
            }
            if one != other && !is_sealed(path) {
                found.push(format!("{who:?} {path}: {}", first_difference(one, other)));
            }
        }
    }
    found
}

#[test]
fn behind_every_door_an_account_behind_a_wall_is_an_id_that_names_nothing() {
    for town in Town::all() {
        let (world, doors) = (World::build(&town), doors(&town.running.open.slices));
        let house = Assistant::of(&town);
        assert!(10 < doors.iter().filter(|door| door.is_about_accounts()).count(), "the tables are walked");
        assert_eq!(differences(&house, &world, &doors), Vec::<String>::new(), "on {}", town.engine);
        let seen = doors.iter().filter(|door| door.is_about_accounts() && door.is_read);
        for door in seen {
            let answer = knock(&house, Who::Maren, door, &door.with(&world.walled, &world.walled.fact));
            assert!(answer.status.is_success(), "{} names something: {}", door.path, answer.text);
        }
    }
}

#[test]
fn what_happens_behind_a_wall_changes_nothing_that_is_told_outside() {
    for town in Town::all() {
        let (world, doors) = (World::build(&town), doors(&town.running.open.slices));
        let house = Assistant::of(&town);
        assert_eq!(rumours(&house, &world, &doors), Vec::<String>::new(), "on {}", town.engine);
        assert_eq!(rows(&house, &world, &doors), Vec::<String>::new(), "on {}", town.engine);
        assert_eq!(oracles(&house, &doors), Vec::<String>::new(), "on {}", town.engine);
        let within = everything(&house, &world, &doors, Who::Maren);
        let sings = |path: &str| within.iter().any(|(asked, told)| asked == path && told.contains(CANARY));
        for path in ["/relationships", "/api/v1/relationships", "/api/v1/audit", "/imports"] {
            assert_eq!(sings(path), path != "/imports", "{path}");
        }
    }
}

/// A slice with holes in its walls: one tells, one tells by refusing otherwise, one writes before it refuses, one counts.
fn leaky() -> Vec<Slice> {
    const fn head(name: &'static str, method: slice::Method, path: &'static str) -> Head {
        Head {
            name,
            act: match method {
                slice::Method::Get => Act::Read,
                _ => Act::Write,
            },
            method,
            path,
            command: name,
            permission: Permission::Read,
            class: DataClass::Personal,
            sentence: "Has a hole.",
            examples: &[],
        }
    }
    vec![Slice {
        name: "sieve",
        migrations: &[],
        tables: &[],
        operations: vec![
            op(head("sieve.tell", slice::Method::Get, "/accounts/{id}/sieve"), holes::tell),
            op(head("sieve.refuse", slice::Method::Get, "/accounts/{id}/refusal"), holes::refuse),
            op(head("sieve.write", slice::Method::Post, "/accounts/{id}/sieve"), holes::write),
            op(head("sieve.count", slice::Method::Get, "/sieve"), holes::count),
        ],
        pages: &[],
        panels: &[],
        finders: &[],
        agendas: &[],
        consequences: &[],
        deeds: |_, _| None,
        jobs: &[],
    }]
}

/// What the leaky slice does.
mod holes {
    use accounts::ops::Named;
    use kernel::{Actor, Context, Problem, Result};
    use serde::Serialize;
    use store::Tx;

    #[derive(Serialize, schemars::JsonSchema)]
    pub struct Told {
        text: String,
    }

    fn house(cx: &Context) -> Context {
        Context { actor: Actor::System, ..cx.clone() }
    }

    /// Reads as the house.
    pub fn tell(cx: &Context, tx: &mut Tx<'_>, input: Named) -> Result<Told> {
        accounts::ops::view(&house(cx), tx, input).map(|shown| Told { text: shown.name })
    }

    /// Refuses what is there in other words than what is not.
    pub fn refuse(cx: &Context, tx: &mut Tx<'_>, input: Named) -> Result<Told> {
        let id = input.id.clone();
        accounts::ops::view(&house(cx), tx, input)?;
        accounts::ops::view(cx, tx, Named { id })
            .map(|shown| Told { text: shown.name })
            .map_err(|_| Problem::forbidden("sieve.walled", "this is behind a wall"))
    }

    /// Writes, and looks afterwards.
    pub fn write(cx: &Context, tx: &mut Tx<'_>, input: Named) -> Result<Told> {
        let id = cx.codes.read(&input.id)?;
        if accounts::ops::view(&house(cx), tx, input).is_ok() {
            accounts::store::set_wall(tx, id, &[cx.actor.number(), 1])?;
        }
        Ok(Told { text: String::new() })
    }

    /// Adds up what lies on both sides.
    pub fn count(cx: &Context, tx: &mut Tx<'_>, _: access::ops::Nothing) -> Result<Told> {
        let all = orders::ops::figures(&house(cx), tx, orders::ops::Which::default())?;
        Ok(Told { text: all.order_lines.to_string() })
    }
}

#[test]
fn a_hole_in_a_wall_is_found() {
    for town in Town::all_with(leaky) {
        let (world, mut doors) = (World::build(&town), doors(&town.running.open.slices));
        // Whoever writes through a hole stands within from then on.
        doors.sort_by_key(|door| door.path.ends_with("/sieve") && !door.is_read);
        let house = Assistant::of(&town);
        let heard = rumours(&house, &world, &doors);
        let counts = heard.iter().filter(|line| line.contains("/api/v1/sieve")).count();
        assert_eq!(
            (heard.len(), counts),
            (6, 6),
            "each of the three outside notices, over REST and by the tool: {heard:?}"
        );
        let found = differences(&house, &world, &doors);
        let mut holes: Vec<_> = found.iter().filter_map(|line| Some(line.split_once(": ")?.0)).collect();
        holes.dedup();
        let ways =
            OUTSIDE.iter().flat_map(|who| ["", "tool "].map(|through| format!("{who:?} {through}GET")));
        let wanted = ways
            .flat_map(|way| ["sieve", "refusal"].map(|hole| format!("{way} /api/v1/accounts/{{id}}/{hole}")));
        for hole in wanted {
            assert!(holes.contains(&hole.as_str()), "{hole} is not among {found:?}");
        }
        let sings = "Owner GET /api/v1/accounts/{id}/sieve: sings".to_owned();
        let writes = "Reader POST /api/v1/accounts/{id}/sieve: changed something".to_owned();
        assert!(found.contains(&sings) && found.contains(&writes), "{found:?}");
    }
}
