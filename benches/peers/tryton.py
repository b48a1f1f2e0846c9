"""Tryton: the server with its modules for parties and countries, its web client, and a database server."""

import base64
import os
import secrets
import subprocess
import sys
import time

import accounts
from asking import Client, Wrong
from postgres import Postgres, end

NAME = "Tryton"
MODULES = "country", "party", "party_relationship"
# The client speaks to a server of its own series alone, and this is the newest one that the npm registry has whole.
SERIES, CLIENT = "8.0", "8.0.11"
DATABASE = "tryton"
FIELDS = ["name", "code", "active", "rec_name"]

FILL = """
BEGIN;
INSERT INTO party_party (id, active, code, code_digit, code_alnum, name, create_uid, create_date)
SELECT number, true, number, number, number, name, 1, now() FROM loaded;
INSERT INTO party_address (party, active, country, create_uid, create_date)
SELECT number, true, country_country.id, 1, now() FROM loaded JOIN country_country ON code = country ORDER BY number;
INSERT INTO party_contact_mechanism (party, active, type, value, value_compact, create_uid, create_date)
SELECT number, true, 'email', email, email, 1, now() FROM loaded ORDER BY number;
INSERT INTO party_contact_mechanism (party, active, type, value, value_compact, create_uid, create_date)
SELECT number, true, 'phone', phone, replace(phone, ' ', ''), 1, now() FROM loaded ORDER BY number;
SELECT setval(pg_get_serial_sequence('party_party', 'id'), (SELECT max(id) FROM party_party));
DROP TABLE loaded;
COMMIT;
VACUUM ANALYZE;
"""


class System:
    """Tryton as it is run: worker processes with threads, under gunicorn."""

    name = NAME
    loaded = "parties, addresses with the country, e-mail and telephone by SQL into its tables; their codes go on after them"

    def __init__(self, place, port):
        self.place, self.port = place / "tryton", port
        self.postgres = Postgres(place / "tryton-postgres", port + 1_000)
        self.password, self.server, self.headers = secrets.token_urlsafe(12), None, {}

    def install(self):
        """The server by pip into a folder of its own, the client by npm."""
        if not (self.place / "bin/trytond-admin").exists():
            subprocess.run([sys.executable, "-m", "venv", self.place], check=True)
            modules = [f"trytond_{module}=={SERIES}.*" for module in MODULES]
            words = ["install", "-q", f"trytond=={SERIES}.*", *modules, "psycopg[binary,pool]", "gunicorn"]
            subprocess.run([self.place / "bin/pip", *words], check=True)
        client = self.place / "sao"
        if not (client / "node_modules").exists():
            client.mkdir(exist_ok=True)
            words = ["pack", "--silent", f"tryton-sao@{CLIENT}"]
            packed = subprocess.run(["npm", *words], cwd=client, check=True, stdout=subprocess.PIPE, text=True)
            subprocess.run(["tar", "xzf", packed.stdout.strip(), "--strip-components=1"], cwd=client, check=True)
            words = ["install", "--omit=dev", "--legacy-peer-deps", "--no-audit", "--no-fund"]
            subprocess.run(["npm", *words], cwd=client, check=True)

    def start(self):
        """Starts the database server and the application, and signs the administrator in."""
        self.postgres.start()
        config = self.place / "trytond.conf"
        client = self.place / "sao"
        config.write_text(f"[database]\nuri = {self.postgres.url('', 'postgresql')}\n[web]\nroot = {client}\n")
        environment = {**os.environ, "TRYTOND_CONFIG": str(config), "TRYTOND_DATABASE_NAMES": DATABASE}
        self._prepare(config)
        words = ["--workers", "2", "--threads", "4", "--keep-alive", "60", "--bind", f"127.0.0.1:{self.port}"]
        words = [self.place / "bin/gunicorn", *words, "trytond.application:app"]
        with open(self.place / "log", "w", encoding="utf-8") as log:
            self.server = subprocess.Popen(words, env=environment, stdout=log, stderr=log, start_new_session=True)
        self._sign_in()

    def stop(self):
        """Ends both."""
        end(self.server)
        self.postgres.stop()

    def processes(self):
        """From which everything comes that works for it."""
        return [self.server.pid, self.postgres.process()]

    def fill(self, count):
        """Countries by its own call, as many accounts by SQL; does nothing where they are there."""
        if self.postgres.sql(DATABASE, "SELECT count(*) FROM party_party") != "0":
            return
        countries = [{"code": code, "name": name} for code, name in accounts.COUNTRIES.items()]
        self._call("country.country.create", countries)
        file = self.place / "accounts.csv"
        accounts.write(file, count, [(name, lambda one, name=name: getattr(one, name)) for name in COLUMNS])
        table = "number integer, name text, country text, email text, phone text"
        copy = f"CREATE TABLE loaded ({table});\n\\copy loaded FROM '{file}' CSV HEADER\n"
        self.postgres.sql(DATABASE, copy + FILL)
        sequence = self._call("ir.sequence.search", [["name", "=", "Party"]])
        self._call("ir.sequence.write", sequence, {"number_next": count + 1})
        self._configured()

    def questions(self, ask):
        """The five questions, as its own client asks them: one call of its JSON-RPC each."""
        country = {code: number for number, code in self._countries()}
        kind = self._relation()
        listed = [["addresses.country", "=", country[accounts.ASKED]]]
        found = [["rec_name", "ilike", f"%{accounts.RARE.lower()}%"]]
        rows = lambda answer: [row["name"] for row in _result(answer)]
        made_one = lambda answer: _result(answer)[0]
        by_name = [["name", "ASC"]]

        def made(one):
            ways = [{"type": "email", "value": one.email}, {"type": "phone", "value": one.phone}]
            party = {"name": one.name, "contact_mechanisms": [["create", ways]]}
            return party | {"addresses": [["create", [{"country": country[one.country]}]]]}

        def joined(one, account):
            relation = [["create", [{"to": account, "type": kind}]]]
            party = {"name": one.name, "contact_mechanisms": [["create", [{"type": "email", "value": one.email}]]]}
            return party | {"relations": relation}

        search = "party.party.search_read"
        return [
            ask.get(lambda number: _request("party.party.read", [number], FIELDS), lambda answer: rows(answer)[0]),
            ask.listed(_request(search, listed, 0, accounts.PAGE, by_name, FIELDS), rows),
            ask.found(_request(search, found, 0, accounts.PAGE, None, FIELDS), rows),
            ask.created(lambda one: _request("party.party.create", [made(one)]), made_one),
            ask.joined(lambda *both: _request("party.party.create", [joined(*both)]), made_one),
        ]

    def page(self):
        """Where its list of accounts is, and how somebody signs in."""
        base = f"http://localhost:{self.port}/"
        return {
            "name": NAME,
            "list": f"{base}#{DATABASE}/model/party.party",
            "entry": f"{base}#{DATABASE}/model/party.party",
            "steps": [
                ["#login", "admin"],
                [".login-dialog button[type=submit]"],
                [".ask-dialog input, input[type=password]", self.password],
                [".ask-dialog button.btn-primary"],
            ],
            "unpacked": True,
            "rows": "#tabcontent .tree tbody tr",
        }

    def _prepare(self, config):
        fresh = not self.postgres.has(DATABASE)
        if fresh:
            self.postgres.create(DATABASE)
        secret = self.place / "password"
        secret.write_text(self.password)
        words = ["-c", config, "-d", DATABASE, "--email", "ada@example.org", "--password"]
        if fresh:
            words = [*words[:-1], "--all", "-u", *MODULES]
        environment = {**os.environ, "TRYTONPASSFILE": str(secret)}
        subprocess.run([self.place / "bin/trytond-admin", *words], env=environment, check=True)

    def _sign_in(self):
        body = {"id": 1, "method": "common.db.login", "params": ["admin", {"password": self.password}]}
        until, status, told = time.monotonic() + 60, None, "no answer"
        while time.monotonic() < until:
            try:
                status, told = Client(self.port, {}).send("POST", f"/{DATABASE}/rpc/", body)
                break
            except OSError:
                time.sleep(0.2)
        if status != 200:
            raise SystemExit(f"Tryton did not sign in: {status} {told}")
        told = _result(told)
        session = base64.b64encode(f"admin:{told[0]}:{told[1]}".encode()).decode()
        self.headers = {"Authorization": f"Session {session}"}

    def _call(self, method, *words):
        status, answer = Client(self.port, self.headers).send(*_request(method, *words))
        if status != 200:
            raise SystemExit(f"Tryton: {method}: {status} {answer}")
        return _result(answer)

    def _configured(self):
        # What stands in a new administrator's way before any list: the questions about each module.
        asked = self._call("ir.module.config_wizard.item.search", [])
        self._call("ir.module.config_wizard.item.write", asked, {"state": "done"})
        person = self._call("res.user.search", [["login", "=", "admin"]])
        opened = self._call("res.user.read", person, ["actions"])[0]["actions"]
        self._call("res.user.write", person, {"actions": [["remove", opened]]})

    def _countries(self):
        found = self._call("country.country.search_read", [], 0, None, None, ["code"])
        return [(row["id"], row["code"]) for row in found]

    def _relation(self):
        found = self._call("party.relation.type.search", [])
        return found[0] if found else self._call("party.relation.type.create", [{"name": "acts for"}])[0]


COLUMNS = "number", "name", "country", "email", "phone"


def _result(answer):
    if "result" not in answer:
        raise Wrong(f"Tryton refuses: {answer}")
    return answer["result"]


def _request(method, *words):
    body = {"id": 1, "method": f"model.{method}", "params": [*words, {}]}
    return "POST", f"/{DATABASE}/rpc/", body
