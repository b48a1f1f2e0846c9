//! A walk through the pages as somebody who only follows links: which links and buttons stand where, and where they lead.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use slice::{Method, PageRoute};

use crate::town::{Town, Who};

/// Pages of one route that are opened, with their addresses or filters differing.
const OF_A_ROUTE: usize = 12;

/// A link or a button: the page that it stands on, and its words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Way {
    pub on: &'static str,
    pub words: String,
}

/// What was found.
#[derive(Default)]
pub struct Walk {
    /// The ways to each route: `GET /accounts/{id}`.
    pub ways: BTreeMap<String, BTreeSet<Way>>,
    /// Links that lead nowhere, and pages that did not answer.
    pub dead: BTreeSet<String>,
    /// The addresses of the pages that were opened.
    pub opened: BTreeSet<String>,
}

/// Where a link or a form leads.
struct Lead {
    method: &'static str,
    address: String,
    words: String,
}

impl Walk {
    /// From the first page on, as somebody.
    pub fn of(town: &Town, who: Who) -> Walk {
        let routes: Vec<&PageRoute> = town.running.open.slices.iter().flat_map(|slice| slice.pages).collect();
        let mut walk = Walk::default();
        let mut opened: BTreeMap<&str, usize> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        let mut waiting = VecDeque::from(["/relationships".to_owned()]);
        while let Some(address) = waiting.pop_front() {
            let Some(route) = route(&routes, Method::Get, &address) else {
                continue;
            };
            let times = opened.entry(route.path).or_default();
            *times += 1;
            if OF_A_ROUTE < *times {
                continue;
            }
            let page = town.page(who, &address);
            if page.status.is_redirection() {
                waiting.push_back(page.header("location").to_owned());
                continue;
            }
            if !page.status.is_success() {
                walk.dead.insert(format!("{address} answers {}", page.status));
                continue;
            }
            walk.opened.insert(address.clone());
            for lead in leads(&page.text, &address) {
                let method = if lead.method == "get" { Method::Get } else { Method::Post };
                let Some(to) = self::route(&routes, method, &lead.address) else {
                    walk.note_dead(&address, &lead);
                    continue;
                };
                let key = format!("{} {}", to.method.as_str(), to.path);
                walk.ways.entry(key).or_default().insert(Way { on: route.path, words: lead.words });
                let address = lead.address.split('#').next().unwrap_or_default().to_owned();
                if method == Method::Get && seen.insert(address.clone()) {
                    waiting.push_back(address);
                }
            }
        }
        walk
    }

    /// What was found on two walks.
    pub fn and(mut self, other: Walk) -> Walk {
        for (route, ways) in other.ways {
            self.ways.entry(route).or_default().extend(ways);
        }
        self.dead.extend(other.dead);
        self.opened.extend(other.opened);
        self
    }

    fn note_dead(&mut self, on: &str, lead: &Lead) {
        // These doors are made by the program itself, not by a table of pages.
        let own = ["/", "/sign-out", "/imports"];
        let path = path(&lead.address);
        if path.starts_with('/') && !path.starts_with("/api/v1/") && !own.contains(&path) {
            self.dead.insert(format!("{on}: {} {} {:?}", lead.method, lead.address, lead.words));
        }
    }
}

fn path(address: &str) -> &str {
    address.split(['?', '#']).next().unwrap_or_default()
}

/// The route of an address, and the parts of it that the route leaves open.
pub fn matched<'r>(
    routes: &[&'r PageRoute],
    method: Method,
    address: &str,
) -> Option<(&'r PageRoute, BTreeMap<String, String>)> {
    let found = route(routes, method, address)?;
    let pairs = found.path.split('/').zip(path(address).split('/')).filter(|(name, _)| name.starts_with('{'));
    let parts = pairs.map(|(name, part)| (name.trim_matches(['{', '}']).to_owned(), part.to_owned()));
    Some((found, parts.collect()))
}

/// The route of an address; one with fewer open parts goes first.
fn route<'r>(routes: &[&'r PageRoute], method: Method, address: &str) -> Option<&'r PageRoute> {
    let parts: Vec<_> = path(address).split('/').collect();
    let fits = |route: &PageRoute| {
        let wanted: Vec<_> = route.path.split('/').collect();
        wanted.len() == parts.len()
            && wanted.iter().zip(&parts).all(|(wanted, part)| wanted.starts_with('{') || wanted == part)
    };
    let found = routes.iter().filter(|route| route.method == method && fits(route));
    found.min_by_key(|route| route.path.matches('{').count()).copied()
}

/// A form on its way through a page: how it is sent, where to, and what stands in its fields.
struct Form {
    method: &'static str,
    address: String,
    fields: Vec<(String, String)>,
}

/// The links and forms of a page.
fn leads(page: &str, here: &str) -> Vec<Lead> {
    let (mut found, mut form, mut select) = (Vec::new(), None::<Form>, None::<String>);
    let mut rest = page;
    while let Some((_, after)) = rest.split_once('<') {
        let (tag, body) = after.split_once('>').unwrap_or((after, ""));
        let words = |end: &str| text(body.split(end).next().unwrap_or_default());
        match (tag.split([' ', '\n']).next().unwrap_or_default(), &mut form) {
            ("a", _) => {
                if let Some(address) = attribute(tag, "href").filter(|address| !address.starts_with('#')) {
                    let address = absolute(here, &address);
                    found.push(Lead { method: "get", address, words: words("</a>") });
                }
            }
            ("form", _) => {
                let method = if tag.contains("method=\"post\"") { "post" } else { "get" };
                let address = attribute(tag, "action").unwrap_or_else(|| here.to_owned());
                form = Some(Form { method, address, fields: Vec::new() });
            }
            ("/form", _) => form = None,
            ("input", Some(form)) => form.fields.extend(typed(tag)),
            ("select", _) => select = attribute(tag, "name"),
            ("option", Some(form)) => {
                // The first one, unless another is chosen.
                let value = attribute(tag, "value").unwrap_or_default();
                if let Some(name) = &select {
                    let is_first = form.fields.iter().all(|(field, _)| field != name);
                    if !is_first && tag.contains(" selected") {
                        form.fields.retain(|(field, _)| field != name);
                    }
                    if is_first || tag.contains(" selected") {
                        form.fields.push((name.clone(), value));
                    }
                }
            }
            ("button", Some(form)) => {
                let address = attribute(tag, "formaction").unwrap_or_else(|| form.address.clone());
                let own = attribute(tag, "name").zip(attribute(tag, "value"));
                let asked = form.fields.iter().cloned().chain(own);
                let address = if form.method == "get" { with(&address, asked) } else { address };
                let address = absolute(here, &address);
                found.push(Lead { method: form.method, address, words: words("</button>") });
            }
            _ => (),
        }
        rest = body;
    }
    found
}

/// What an input sends; where something has to be said, it is the beginning of a name.
fn typed(tag: &str) -> Option<(String, String)> {
    let kind = attribute(tag, "type").unwrap_or_default();
    let (name, value) = (attribute(tag, "name")?, attribute(tag, "value").unwrap_or_default());
    let is_off = ["checkbox", "radio"].contains(&kind.as_str()) && !tag.contains(" checked");
    let value = if value.is_empty() && tag.contains(" required") { "Rook".to_owned() } else { value };
    (!is_off).then_some((name, value))
}

/// An address with what is asked behind its question mark.
fn with(address: &str, asked: impl Iterator<Item = (String, String)>) -> String {
    let asked = asked.filter(|(_, value)| !value.is_empty());
    asked.fold(ui::Address::new(path(address)), |to, (name, value)| to.with(&name, Some(&value))).write()
}

fn absolute(here: &str, address: &str) -> String {
    match address.chars().next() {
        Some('?' | '#') => format!("{}{address}", path(here)),
        _ => address.to_owned(),
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let value = tag.split(&format!(" {name}=\"")).nth(1)?.split('"').next()?;
    Some(value.replace("&amp;", "&"))
}

/// The words between tags.
fn text(markup: &str) -> String {
    let mut words = String::new();
    for (at, part) in markup.split('<').enumerate() {
        let said = if at == 0 { part } else { part.split_once('>').map_or("", |(_, said)| said) };
        words.push_str(said);
        words.push(' ');
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ").replace("&amp;", "&")
}
