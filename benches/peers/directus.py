"""Directus: a thin API over tables with its own app, by npm, and a database server."""

import json
import os
import secrets
import subprocess
import time

import accounts
from asking import Client
from postgres import Postgres, end

NAME = "Directus"
# The newest of those in the npm registry that run on Node 20 (later ones want 22).
VERSION = "11.2.2"
DATABASE = "directus"
EMAIL = "ada@example.org"

FILL = """
INSERT INTO account (id, name, country, email, phone) SELECT number, name, country, email, phone FROM loaded;
SELECT setval(pg_get_serial_sequence('account', 'id'), (SELECT max(id) FROM account));
DROP TABLE loaded;
VACUUM ANALYZE;
"""


class System:
    """Directus with two collections: accounts, and contacts that belong to one."""

    name = NAME
    loaded = "rows of a collection by SQL into its table; name and country are indexed, which is not so by itself"

    def __init__(self, place, port):
        self.place, self.port = place / "directus", port
        self.postgres = Postgres(place / "directus-postgres", port + 1_000)
        self.token, self.password = secrets.token_urlsafe(16), secrets.token_urlsafe(12)
        self.headers = {"Authorization": f"Bearer {self.token}"}
        self.server = None

    def install(self):
        """By npm, into a folder of its own; the parts that are compiled are compiled here."""
        if (self.place / "node_modules/directus").exists():
            return
        self.place.mkdir(parents=True, exist_ok=True)
        built = {"isolated-vm": True, "argon2": True, "sharp": True}
        (self.place / "package.json").write_text(json.dumps({"private": True, "allowScripts": built}))
        words = ["install", "--no-audit", "--no-fund", f"directus@{VERSION}", "pg"]
        subprocess.run(["npm", *words], cwd=self.place, check=True)
        subprocess.run(["npm", "rebuild", *built], cwd=self.place, check=True)

    def start(self):
        """Starts the database server and the application."""
        self.postgres.start()
        if not self.postgres.has(DATABASE):
            self.postgres.create(DATABASE)
        environment = {**os.environ, **self._settings()}
        program = ["node", self.place / "node_modules/directus/cli.js"]
        with open(self.place / "log", "w", encoding="utf-8") as log:
            where = {"cwd": self.place, "env": environment, "stdout": log, "stderr": log}
            subprocess.run([*program, "bootstrap"], check=True, **where)
            words = [*program, "users", "passwd", "--email", EMAIL, "--password", self.password]
            subprocess.run(words, check=True, **where)
            # The token of the administrator is made anew each time, as the password is.
            self.postgres.sql(DATABASE, f"UPDATE directus_users SET token = '{self.token}' WHERE email = '{EMAIL}'")
            self.server = subprocess.Popen([*program, "start"], start_new_session=True, **where)
        self._wait()

    def stop(self):
        """Ends both."""
        end(self.server)
        self.postgres.stop()

    def processes(self):
        """From which everything comes that works for it."""
        return [self.server.pid, self.postgres.process()]

    def fill(self, count):
        """The collections by its own API, as many accounts by SQL; does nothing where they are there."""
        if self.postgres.sql(DATABASE, "SELECT to_regclass('account')"):
            return
        text = lambda name, indexed=False: {"field": name, "type": "string", "schema": {"is_indexed": indexed}}
        fields = [text("name", True), text("country", True), text("email"), text("phone")]
        self._made("account", fields)
        self._made("contact", [text("name"), text("email"), {"field": "account", "type": "integer", "schema": {}}])
        relation = {"collection": "contact", "field": "account", "related_collection": "account"}
        self._post("/relations", relation)
        file = self.place / "accounts.csv"
        columns = "number", "name", "country", "email", "phone"
        accounts.write(file, count, [(name, lambda one, name=name: getattr(one, name)) for name in columns])
        table = "number integer, name text, country text, email text, phone text"
        copy = f"CREATE TABLE loaded ({table});\n\\copy loaded FROM '{file}' CSV HEADER\n"
        self.postgres.sql(DATABASE, copy + FILL)

    def questions(self, ask):
        """The five questions, by its REST API."""
        items, of = "/items/account", f"filter[country][_eq]={accounts.ASKED}"
        rows = lambda answer: [row["name"] for row in answer["data"]]
        made = lambda answer: answer["data"]["id"]

        def new(one):
            return "POST", items, {"name": one.name, "country": one.country, "email": one.email, "phone": one.phone}

        def joined(one, account):
            return "POST", "/items/contact", {"name": one.name, "email": one.email, "account": account}

        return [
            ask.get(lambda number: ("GET", f"{items}/{number}"), lambda answer: answer["data"]["name"]),
            ask.listed(("GET", f"{items}?{of}&sort=name&limit={accounts.PAGE}"), rows),
            ask.found(("GET", f"{items}?search={accounts.RARE.lower()}&limit={accounts.PAGE}"), rows),
            ask.created(new, made),
            ask.joined(joined, made),
        ]

    def page(self):
        """Where its list of accounts is, and how somebody signs in."""
        base = f"http://localhost:{self.port}/admin/"
        return {
            "name": NAME,
            "list": f"{base}content/account",
            "entry": f"{base}login",
            "steps": [["input[type=email]", EMAIL], ["input[type=password]", self.password], ["button[type=submit]"]],
            "unpacked": True,
            "rows": "table tbody tr",
        }

    def _settings(self):
        return {
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "PUBLIC_URL": f"http://localhost:{self.port}",
            "DB_CLIENT": "pg",
            "DB_CONNECTION_STRING": self.postgres.url(DATABASE),
            "SECRET": secrets.token_urlsafe(16),
            "ADMIN_EMAIL": EMAIL,
            "ADMIN_PASSWORD": self.password,
            # What would refuse a client that asks often, and what calls home.
            "RATE_LIMITER_ENABLED": "false",
            "PRESSURE_LIMITER_ENABLED": "false",
            "TELEMETRY": "false",
            "LOG_LEVEL": "warn",
        }

    def _wait(self):
        until = time.monotonic() + 120
        while time.monotonic() < until:
            try:
                if Client(self.port, self.headers).send("GET", "/users/me")[0] == 200:
                    return
            except OSError:
                pass
            time.sleep(0.3)
        raise SystemExit(f"Directus did not answer; {self.place / 'log'} says why")

    def _made(self, name, fields):
        key = {"field": "id", "type": "integer", "schema": {"is_primary_key": True, "has_auto_increment": True}}
        self._post("/collections", {"collection": name, "meta": {}, "schema": {}, "fields": [key, *fields]})

    def _post(self, path, body):
        status, answer = Client(self.port, self.headers).send("POST", path, body)
        if status != 200:
            raise SystemExit(f"Directus: {path}: {status} {answer}")
