//! A house with its doors open and a person of each role in it, and a small client that knocks.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use http_body_util::BodyExt;
use kernel::{Actor, Context, Permission, Role};
use mainstay::{
    config::{self, Open, Settings},
    serve::{self, Running, address::PublicAddress},
    slices,
};
use serde_json::{Value, json};
use slice::Slice;
use store::{Location, dump};
use testkit::Bench;
use tower::ServiceExt;

/// Who knocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    Nobody,
    Reader,
    Member,
    Owner,
    /// An owner who sees behind the wall of the world; the other three stand outside.
    Maren,
}

impl Who {
    /// Nobody and a person of each role, all of them outside of every wall.
    pub const ALL: [Who; 4] = [Who::Nobody, Who::Reader, Who::Member, Who::Owner];

    pub fn may(self, permission: Permission) -> bool {
        let role = match self {
            Who::Nobody => return Actor::Nobody.may(permission),
            Who::Reader => Role::Reader,
            Who::Member => Role::Member,
            Who::Owner | Who::Maren => Role::Owner,
        };
        role.may(permission)
    }
}

/// What somebody signed in carries.
#[derive(Clone)]
pub struct Pass {
    pub name: String,
    pub cookie: String,
    pub csrf: String,
}

/// An answer.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("{} {}", self.status, self.text))
    }

    /// The code of a refusal, in JSON or on a page.
    pub fn code(&self) -> String {
        if let Ok(problem) = serde_json::from_str::<Value>(&self.text) {
            return problem["code"].as_str().unwrap_or_default().to_owned();
        }
        let after = self.text.split("data-code=\"").nth(1).unwrap_or_default();
        after.split('"').next().unwrap_or_default().to_owned()
    }
}

/// A house with its doors open.
pub struct Town {
    pub running: Arc<Running>,
    pub engine: &'static str,
    passes: BTreeMap<Who, Pass>,
    router: Router,
    runtime: tokio::runtime::Runtime,
    _data: tempfile::TempDir,
    _bench: Bench,
}

impl Town {
    /// One house per engine that is there, each with a person of each role.
    pub fn all() -> Vec<Town> {
        Town::all_with(Vec::new)
    }

    /// The same, with more slices than there are.
    pub fn all_with(planted: fn() -> Vec<Slice>) -> Vec<Town> {
        Bench::all().into_iter().map(|bench| Town::new(bench, planted, None)).collect()
    }

    /// A house on the embedded engine.
    pub fn one() -> Town {
        Town::new(Bench::file(), Vec::new, None)
    }

    /// The same, reached by people at an address of its own.
    pub fn reached_at(address: &str) -> Town {
        Town::new(Bench::file(), Vec::new, Some(PublicAddress::parse(address).unwrap()))
    }

    fn new(bench: Bench, planted: fn() -> Vec<Slice>, public: Option<PublicAddress>) -> Town {
        let data = tempfile::tempdir().unwrap();
        let database = match &bench.location {
            Location::File(_) => None,
            Location::Server(url) => Some(url.clone()),
        };
        let open = config::open(&Settings { data: data.path().to_owned(), database }).unwrap();
        let slices = open.slices.into_iter().chain(planted()).collect();
        let running = Running::reached_at(Open::of(open.house, slices), public);
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let router = serve::router(&running);
        let (engine, passes) = (bench.engine(), BTreeMap::new());
        let mut town = Town { running, engine, passes, router, runtime, _data: data, _bench: bench };
        town.settle();
        town
    }

    /// The owner comes by the first link and invites the others.
    fn settle(&mut self) {
        let first = self.owner_link();
        self.enter(Who::Owner, &first);
        for (who, role) in [(Who::Member, "member"), (Who::Reader, "reader"), (Who::Maren, "owner")] {
            let person = json!({"name": format!("{who:?} of ours"), "role": role});
            let invited = self.call(Who::Owner, Method::POST, "/people", Some(person)).json();
            self.enter(who, invited["sign_in_path"].as_str().unwrap());
        }
    }

    pub fn owner_link(&self) -> String {
        let cx = self.running.own();
        self.running.open.house.store.write(&cx, |tx| serve::sign_in_path(&cx, tx)).unwrap()
    }

    fn enter(&mut self, who: Who, path: &str) {
        let pass = self.pass_by(path);
        self.passes.insert(who, pass);
    }

    /// Signs in by a link, in a browser of its own.
    pub fn pass_by(&self, path: &str) -> Pass {
        let entered = self.send(Request::post(path).body(Body::empty()).unwrap());
        assert_eq!(entered.status, StatusCode::SEE_OTHER, "{}", entered.text);
        let set = entered.header("set-cookie").to_owned();
        let (name, cookie) = set.split(';').next().unwrap().split_once('=').unwrap();
        Pass { csrf: access::session::csrf(cookie), name: name.to_owned(), cookie: cookie.to_owned() }
    }

    pub fn pass(&self, who: Who) -> Option<&Pass> {
        self.passes.get(&who)
    }

    pub fn send(&self, request: Request<Body>) -> Answer {
        let router = self.router.clone();
        self.runtime.block_on(async move {
            let answer = router.oneshot(request).await.unwrap();
            let (parts, body) = answer.into_parts();
            let bytes = body.collect().await.unwrap().to_bytes();
            let text = String::from_utf8_lossy(&bytes).into_owned();
            Answer { status: parts.status, headers: parts.headers, text }
        })
    }

    /// A request with the cookie of somebody.
    pub fn request(&self, who: Who, method: Method, path: &str) -> axum::http::request::Builder {
        let request = Request::builder().method(method).uri(path);
        match self.pass(who) {
            Some(pass) => request.header(header::COOKIE, format!("{}={}", pass.name, pass.cookie)),
            None => request,
        }
    }

    /// Calls an operation below `/api/v1`, with the proof that a script of ours sends.
    pub fn call(&self, who: Who, method: Method, path: &str, body: Option<Value>) -> Answer {
        let mut request = self.request(who, method, &format!("/api/v1{path}"));
        if let Some(pass) = self.pass(who) {
            request = request.header("x-csrf-token", &pass.csrf);
        }
        self.send(
            match body {
                Some(body) => {
                    request.header("content-type", "application/json").body(Body::from(body.to_string()))
                }
                None => request.body(Body::empty()),
            }
            .unwrap(),
        )
    }

    /// Calls with a token.
    pub fn call_with(&self, token: &str, method: Method, path: &str, body: Option<Value>) -> Answer {
        let request = Request::builder().method(method).uri(format!("/api/v1{path}"));
        let request = request.header("authorization", format!("Bearer {token}"));
        let request = request.header("content-type", "application/json");
        self.send(request.body(body.map_or_else(Body::empty, |body| Body::from(body.to_string()))).unwrap())
    }

    /// Opens a page.
    pub fn page(&self, who: Who, path: &str) -> Answer {
        self.send(self.request(who, Method::GET, path).body(Body::empty()).unwrap())
    }

    /// Sends a form, with the proof unless told otherwise.
    pub fn form(&self, who: Who, path: &str, csrf: Option<&str>, fields: &str) -> Answer {
        let csrf = csrf.or(self.pass(who).map(|pass| pass.csrf.as_str())).unwrap_or_default();
        let request = self.request(who, Method::POST, path);
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(format!("csrf={csrf}&{fields}"))).unwrap())
    }

    /// What the business knows, as one hash.
    pub fn hash(&self) -> String {
        let tables = slices::tables(&self.running.open.slices);
        let cx = self.running.own();
        let dump =
            self.running.open.house.store.read(&cx, |tx| dump::canonical(tx, &tables, &mut std::io::sink()));
        dump.unwrap().sha256
    }

    /// The number of the last entry of the audit.
    pub fn audited(&self) -> i64 {
        self.running.open.house.store.read(&self.running.own(), access::head).unwrap().serial
    }

    pub fn cx(&self) -> Context {
        self.running.own()
    }
}
