"""Mainstay: the built program, on the embedded engine or on a database server."""

import json
import os
import subprocess
import time
import urllib.parse
from pathlib import Path

import accounts
from asking import Client
from postgres import Postgres, end

ROOT = Path(__file__).resolve().parents[2]
DATABASE = "mainstay"
# So that the first days of sale are not all the same day; nothing hangs on which they are.
DAYS, MONTHS = 28, 11


def program():
    """The program that is named, or the most optimized one that was built here."""
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    named = [Path(os.environ["MAINSTAY_PROGRAM"])] if "MAINSTAY_PROGRAM" in os.environ else []
    built = [target / profile / "mainstay" for profile in ("release", "quick", "debug")]
    for path in named + built:
        if path.exists():
            return path.resolve()
    raise SystemExit("there is no mainstay: `cargo build --release -p mainstay` makes it")


class System:
    """A house with the accounts in it and one order of each, so that each is a row of the book."""

    loaded = "accounts, and one order of each (the book lists relationships), by its own import"

    def __init__(self, place, port, server):
        self.data, self.port = place / ("mainstay-server" if server else "mainstay"), port
        self.postgres = Postgres(place / "mainstay-postgres", port + 1_000) if server else None
        self.name = "Mainstay on PostgreSQL" if server else "Mainstay"
        self.server, self.headers, self.ids = None, {}, {}

    def install(self):
        """It is one program, which is there; gives its folder."""
        self.data.mkdir(parents=True, exist_ok=True)

    def start(self):
        """Starts it, makes a token, and waits until it answers."""
        if self.postgres:
            self.postgres.start()
            if not self.postgres.has(DATABASE):
                self.postgres.create(DATABASE)
        person = self._told("person", "add", "Bench", "--role", "owner")
        token = self._told("token", "add", "bench", "--person", person["id"])
        self.headers = {"Authorization": f"Bearer {token['token']}"}
        words = [program(), "serve", "--listen", f"127.0.0.1:{self.port}", *self._house()]
        with open(self.data / "log", "w", encoding="utf-8") as log:
            self.server = subprocess.Popen(words, stdout=log, stderr=log, start_new_session=True)
        self._wait()

    def stop(self):
        """Ends it, and its database server."""
        end(self.server)
        if self.postgres:
            self.postgres.stop()

    def processes(self):
        """From which everything comes that works for it."""
        return [self.server.pid] + ([self.postgres.process()] if self.postgres else [])

    def fill(self, count):
        """By its own import, beside the running program; does nothing where they are there."""
        if self._rows("limit=1"):
            return
        columns = [
            ("customer id", lambda one: one.number),
            ("name", lambda one: one.name),
            ("country", lambda one: accounts.COUNTRIES[one.country]),
            ("email", lambda one: one.email),
            ("phone", lambda one: one.phone),
        ]
        orders = [
            ("order id", lambda one: f"o{one.number}"),
            ("date", lambda one: f"2026-{1 + one.number % MONTHS:02}-{1 + one.number % DAYS:02}"),
            columns[0],
            ("amount", lambda one: f"{10 + one.number % 900}.00"),
            ("currency", lambda one: "EUR"),
        ]
        for name, kept in (("accounts.csv", columns), ("orders.csv", orders)):
            accounts.write(self.data / name, count, kept)
            words = [program(), "import", self.data / name, *self._house()]
            subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
        if self.postgres:
            self.postgres.sql(DATABASE, "VACUUM ANALYZE")

    def questions(self, ask):
        """The five questions, by its REST API; the list also without the totals that no other gives."""
        self._learn(ask.count)
        root = "/api/v1"
        country = urllib.parse.quote(accounts.COUNTRIES[accounts.ASKED])
        book = f"{root}/relationships?where=country:%22{country}%22&sort=name&limit={accounts.PAGE}"
        rows = lambda answer: [row["name"] for row in answer["rows"]]
        hits = lambda answer: [hit["name"] for hit in answer["hits"]]

        def new(one):
            told = {"name": one.name, "country": accounts.COUNTRIES[one.country]}
            return "POST", f"{root}/accounts", told | {"email": one.email, "phone": one.phone, "anyway": False}

        def joined(one, account):
            person = {"name": one.name, "emails": [one.email], "roles": ["payer"]}
            path = f"{root}/accounts/{self._id(account)}/contacts"
            return "POST", path, {"only_new": True, "people": [person]}

        search = f"{root}/find?text={accounts.RARE.lower()}&limit={accounts.PAGE}"
        return [
            ask.get(lambda number: ("GET", f"{root}/accounts/{self._id(number)}"), lambda answer: answer["name"]),
            ask.listed(("GET", f"{book}&totals=false"), rows),
            ask.listed(("GET", book), rows, "the same with its totals"),
            ask.found(("GET", search), hits),
            ask.created(new, lambda answer: answer.get("id")),
            ask.joined(joined, lambda answer: answer["created"] == 1 and answer["ids"][0]),
        ]

    def page(self):
        """Where the book is, and how somebody signs in."""
        base = f"http://localhost:{self.port}"
        link = self._told("sign-in-link")
        return {
            "name": self.name,
            "list": f"{base}/relationships",
            "entry": f"{base}{link['path']}",
            "steps": [["main form [type=submit], main form button"]],
            "rows": "main table tbody tr",
        }

    def _learn(self, count):
        """By which ids it knows the accounts: it gives ids of its own, which only it can tell."""
        known, after = {}, ""
        while len(known) < count and after is not None:
            query = f"sort=name&totals=false&limit=200{'&after=' + urllib.parse.quote(after) if after else ''}"
            status, page = Client(self.port, self.headers).send("GET", f"/api/v1/relationships?{query}")
            if status != 200:
                raise SystemExit(f"{self.name}: {status} {page}")
            known.update((row["name"], row["account"]) for row in page["rows"])
            after = page.get("next")
        self.ids = known

    def _id(self, number):
        return self.ids[accounts.account(number).name]

    def _rows(self, query):
        return Client(self.port, self.headers).send("GET", f"/api/v1/relationships?{query}")[1]["rows"]

    def _house(self):
        return ["--data", self.data, *(["--database", self.postgres.url(DATABASE)] if self.postgres else [])]

    def _told(self, *words):
        words = [program(), *words, "-o", "json", *self._house()]
        return json.loads(subprocess.run(words, check=True, stdout=subprocess.PIPE).stdout)

    def _wait(self):
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                self._rows("limit=1")
                return
            except OSError:
                time.sleep(0.05)
        raise SystemExit(f"{self.name} did not answer; {self.data / 'log'} says why")
