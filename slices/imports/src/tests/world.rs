//! A small house of its own per engine: files come in, its jobs are done by hand, a browser asks for its pages.

use std::{
    cell::Cell,
    collections::BTreeMap,
    panic::{AssertUnwindSafe, catch_unwind},
};

use ::store::{Migration, Table, dump, queue, queue::Job};
use kernel::{Context, Problem, Result};
use slice::{House, Method, PageRoute, Reply, Visit};
use testkit::Bench;

use crate::{
    ImportId, Incoming, Received,
    ops::{
        self,
        change::{self, SetMapping},
        parts::{self, Parts},
        view::{self, Named, ShownImport},
    },
    receive, receive_all,
};

/// The day on which the world is looked at.
pub const TODAY: &str = "2025-10-14";

/// Orders of a small shop: two lines of one order, somebody unnamed, something that went back, a row that is none.
pub const ORDERS: &str = "\
Order number,Date,SKU,Description,Quantity,Unit price,Customer ID,Customer name,Country,Note
1001,2025-03-04,K1,Kettle,2,38.00,c1,Osterlund Marine,Belgium,
1001,2025-03-04,POST,Postage,1,4.50,c1,Osterlund Marine,Belgium,rang first
1002,2025-03-05,T7,Teapot,1,24.00,c2,Rook & Daughters,United Kingdom,
1003,2025-03-09,T7,Teapot,3,24.00,,,,
1004,2025-04-11,K1,Kettle,1,38.00,c3,Falk Brewery,Sweden,
C1004,2025-04-14,K1,Kettle,-1,38.00,c3,Falk Brewery,Sweden,did not boil
1005,31 April,K1,Kettle,1,38.00,c1,Osterlund Marine,Belgium,
";

thread_local! { static LEFT: Cell<u32> = const { Cell::new(u32::MAX) }; }

/// The clock of the house; it stands. When it was asked often enough, the plug is pulled.
fn clock() -> i64 {
    let left = LEFT.get();
    assert_ne!(left, 0, "the plug is pulled");
    LEFT.set(if left == u32::MAX { left } else { left - 1 });
    testkit::at(TODAY).now.micros
}

type Step = fn(&Context, &mut ::store::Tx<'_>, Named) -> Result<ShownImport>;

/// A house with its database and the folder of its files.
pub struct World {
    pub house: House,
    folder: tempfile::TempDir,
    _bench: Bench,
}

/// Runs a test in a fresh house on each engine.
pub fn in_both(test: impl Fn(&World)) {
    for bench in Bench::all() {
        eprintln!("on {}", bench.engine());
        test(&World::new(bench));
    }
}

/// Runs a test of very many rows in a fresh house on the engine that is quicker at them.
pub fn in_one(test: impl Fn(&World)) {
    test(&World::new(Bench::file()));
}

impl World {
    fn new(bench: Bench) -> World {
        let slices = [
            access::slice(),
            timeline::slice(),
            accounts::slice(),
            catalog::slice(),
            contracts::slice(),
            orders::slice(),
            crate::slice(),
        ];
        let migrations: Vec<Migration> =
            slices.iter().flat_map(|slice| slice.migrations.iter().copied()).collect();
        let folder = tempfile::tempdir().unwrap();
        let files = folder.path().join("files");
        std::fs::create_dir(&files).unwrap();
        let tables = slices.iter().flat_map(|slice| slice.tables.iter().copied()).collect();
        let house = House { store: bench.open(&migrations), files, tables, clock, own: testkit::at(TODAY) };
        World { house, folder, _bench: bench }
    }

    /// Another house on the same engine.
    pub fn other(&self) -> World {
        match self._bench.location {
            ::store::Location::File(_) => World::new(Bench::file()),
            ::store::Location::Server(_) => World::new(Bench::server().unwrap()),
        }
    }

    /// A file comes in.
    pub fn try_receive(&self, name: &str, bytes: &[u8]) -> Result<String> {
        let path = self.folder.path().join("incoming");
        std::fs::write(&path, bytes).unwrap();
        let cx = owner();
        receive(&cx, &self.house, name, &path, None).map(|received| cx.codes.write(received.id))
    }

    /// A file comes in with a mapping.
    pub fn receive_with(&self, name: &str, bytes: &[u8], mapping: &str) -> String {
        let path = self.folder.path().join("incoming");
        std::fs::write(&path, bytes).unwrap();
        let received = receive(&owner(), &self.house, name, &path, Some(mapping)).unwrap();
        owner().codes.write(received.id)
    }

    /// Several files come in together; gives the first of their imports, and those that were refused.
    pub fn try_receive_all<B: AsRef<[u8]>>(&self, files: &[(&str, B)]) -> Result<Received> {
        let path = |place: usize| self.folder.path().join(format!("incoming-{place}"));
        let paths: Vec<_> = (0..files.len()).map(path).collect();
        for ((_, text), path) in files.iter().zip(&paths) {
            std::fs::write(path, text).unwrap();
        }
        let incoming = files.iter().zip(&paths).map(|((name, _), path)| Incoming { name, path });
        receive_all(&owner(), &self.house, &incoming.collect::<Vec<_>>(), None)
    }

    /// Several files come in together that can be read; gives the ids of their imports.
    pub fn receive_all<B: AsRef<[u8]>>(&self, files: &[(&str, B)]) -> Vec<String> {
        let received = self.try_receive_all(files).unwrap();
        received.parts.iter().map(|id| owner().codes.write(*id)).collect()
    }

    /// The imports that came together.
    pub fn parts(&self, id: &str) -> Parts {
        let cx = owner();
        self.house.store.read(&cx, |tx| parts::parts(&cx, tx, Named { id: id.to_owned() })).unwrap()
    }

    /// A file comes in that can be read.
    pub fn receive(&self, name: &str, bytes: &[u8]) -> String {
        self.try_receive(name, bytes).unwrap()
    }

    /// A file comes in, what it does not tell is said, and it is counted and run.
    pub fn bring_in(&self, name: &str, bytes: &[u8]) -> ShownImport {
        let id = self.receive(name, bytes);
        self.say_currency(&id);
        self.plan(&id);
        self.run(&id)
    }

    /// Says that amounts are in pounds, where the mapping lacks it.
    pub fn say_currency(&self, id: &str) {
        let shown = self.view(id);
        if shown.mapping.contains("currency = ") {
            return;
        }
        self.say(id, "currency = \"GBP\"");
    }

    /// Says a word that the file does not tell.
    pub fn say(&self, id: &str, word: &str) {
        self.write_anew(id, "[fixed]\n", &format!("[fixed]\n{word}\n"));
    }

    /// Writes something else into the mapping.
    pub fn write_anew(&self, id: &str, from: &str, to: &str) {
        let mapping = self.view(id).mapping.replace(from, to);
        let cx = owner();
        self.house
            .store
            .write(&cx, |tx| {
                change::set_mapping(&cx, tx, SetMapping { id: id.to_owned(), mapping: mapping.clone() })
            })
            .unwrap();
    }

    /// Asks for the dry run and makes it.
    pub fn plan(&self, id: &str) -> ShownImport {
        self.plan_as(&owner(), id)
    }

    /// Asks for the run and makes it.
    pub fn run(&self, id: &str) -> ShownImport {
        self.run_as(&owner(), id)
    }

    /// The same, as somebody.
    pub fn plan_as(&self, cx: &Context, id: &str) -> ShownImport {
        self.step_as(cx, id, "import.plan", change::ask_plan)
    }

    /// The same, as somebody.
    pub fn run_as(&self, cx: &Context, id: &str) -> ShownImport {
        self.step_as(cx, id, "import.run", change::ask_run)
    }

    fn step_as(&self, cx: &Context, id: &str, kind: &str, step: Step) -> ShownImport {
        self.house.store.write(cx, |tx| step(cx, tx, Named { id: id.to_owned() })).unwrap();
        self.work(kind, id);
        self.house.store.read(cx, |tx| view::view(cx, tx, Named { id: id.to_owned() })).unwrap()
    }

    pub fn ask(&self, id: &str, step: Step) -> Result<ShownImport> {
        let cx = owner();
        self.house.store.write(&cx, |tx| step(&cx, tx, Named { id: id.to_owned() }))
    }

    pub fn view(&self, id: &str) -> ShownImport {
        let cx = owner();
        self.house.store.read(&cx, |tx| view::view(&cx, tx, Named { id: id.to_owned() })).unwrap()
    }

    /// Does a job that waits.
    pub fn work(&self, kind: &str, id: &str) {
        let job = self.take(kind, id);
        let step = ops::JOBS.iter().find(|known| known.kind == kind).unwrap();
        (step.run)(&self.house, &job).unwrap();
    }

    /// Begins a job, and pulls the plug when the clock was asked so often.
    pub fn work_until(&self, kind: &str, id: &str, asked: u32) {
        let job = self.take(kind, id);
        let step = ops::JOBS.iter().find(|known| known.kind == kind).unwrap();
        LEFT.set(asked);
        let hook = std::panic::take_hook();
        std::panic::set_hook(Box::new(|_| ()));
        let ended = catch_unwind(AssertUnwindSafe(|| (step.run)(&self.house, &job)));
        std::panic::set_hook(hook);
        LEFT.set(u32::MAX);
        assert!(ended.is_err(), "the job ended before the plug was pulled");
    }

    /// Takes every relationship for decided.
    pub fn decide(&self) {
        let decided = self.house.store.write(&owner(), |tx| {
            let waiting = timeline::store::next_stale(tx, 1_000)?;
            timeline::store::clear_stale(tx, &waiting)
        });
        decided.unwrap();
    }

    /// Takes the job over from whoever holds it, as after a death.
    pub fn take(&self, kind: &str, id: &str) -> Job {
        let cx = owner();
        let number: ImportId = cx.codes.read(id).unwrap();
        let later = cx.now.micros + 3_600_000_000 * i64::from(LATER.get());
        LATER.set(LATER.get() + 1);
        let taken = self.house.store.write(&cx, |tx| queue::hold(tx, kind, &number.0.to_string(), later, 1));
        taken.unwrap().expect("the job waits")
    }

    /// Everything the house knows.
    pub fn dump(&self) -> String {
        let slices = [
            access::slice(),
            timeline::slice(),
            accounts::slice(),
            catalog::slice(),
            contracts::slice(),
            orders::slice(),
        ];
        let tables: Vec<&Table> = slices.iter().flat_map(|slice| slice.tables.iter().copied()).collect();
        let mut text = Vec::new();
        self.house.store.read(&owner(), |tx| dump::canonical(tx, &tables, &mut text)).unwrap();
        String::from_utf8(text).unwrap()
    }

    /// Somebody who looks at this house, with its files.
    pub fn looking(&self, cx: &Context) -> Context {
        Context { files: self.house.files.as_path().into(), ..cx.clone() }
    }

    /// Asks for a page.
    pub fn get(&self, cx: &Context, address: &str) -> Result<Shown> {
        let (reply, statements) = self.answer(cx, Method::Get, address, &[])?;
        Ok(Shown { statements, ..Shown::of(reply) })
    }

    /// Sends a form as the owner.
    pub fn post(&self, address: &str, form: &[(&str, &str)]) -> Result<Shown> {
        let (reply, statements) = self.answer(&owner(), Method::Post, address, form)?;
        Ok(Shown { statements, ..Shown::of(reply) })
    }

    fn answer(
        &self,
        cx: &Context,
        method: Method,
        address: &str,
        form: &[(&str, &str)],
    ) -> Result<(Reply, u64)> {
        let cx = &self.looking(cx);
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let query = query.split('&').filter_map(|pair| pair.split_once('='));
        let query = query.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let (route, parts) = route(method, path);
        cx.require(route.permission, "this page")?;
        let form = form.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
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
            consequences: &[],
        };
        let ask = |tx: &mut ::store::Tx<'_>| {
            let before = tx.statements();
            let reply = (route.answer)(&visit, tx)?;
            Ok::<_, Problem>((reply, tx.statements() - before))
        };
        // A page is asked for in a transaction that cannot write.
        if method == Method::Get { self.house.store.read(cx, ask) } else { self.house.store.write(cx, ask) }
    }
}

thread_local! { static LATER: Cell<u16> = const { Cell::new(0) }; }

fn route(method: Method, path: &str) -> (&'static PageRoute, BTreeMap<String, String>) {
    let fits = |pattern: &str| -> Option<BTreeMap<String, String>> {
        let (pattern, path): (Vec<_>, Vec<_>) = (pattern.split('/').collect(), path.split('/').collect());
        let pairs = || pattern.iter().zip(&path);
        let same = pattern.len() == path.len() && pairs().all(|(a, b)| a.starts_with('{') || a == b);
        let named = pairs().filter(|(name, _)| name.starts_with('{'));
        same.then(|| {
            named.map(|(n, part)| (n.trim_matches(['{', '}']).to_owned(), (*part).to_owned())).collect()
        })
    };
    let routes = crate::pages::PAGES.iter().filter(|route| route.method == method);
    let mut found = routes.filter_map(|route| Some((route, fits(route.path)?)));
    found.next().unwrap_or_else(|| panic!("no page at {path}"))
}

/// What a browser gets.
#[derive(Default)]
pub struct Shown {
    pub title: String,
    pub body: String,
    pub went: String,
    pub statements: u64,
}

impl Shown {
    fn of(reply: Reply) -> Shown {
        match reply {
            Reply::Page { title, body, .. }
            | Reply::Once { title, body, .. }
            | Reply::Changed { title, body, .. }
            | Reply::Alone { title, body } => Shown { title, body: body.into_string(), ..Shown::default() },
            Reply::Go(went) | Reply::Moved(went) => Shown { went, ..Shown::default() },
            Reply::File { name, content, .. } => Shown { title: name, body: content, ..Shown::default() },
        }
    }

    /// One element a line, so that a change shows where it is.
    pub fn lines(&self) -> String {
        self.body.replace("><", ">\n<")
    }
}

/// The owner, on the day of the world.
pub fn owner() -> Context {
    testkit::owner(TODAY)
}
