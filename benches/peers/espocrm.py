"""EspoCRM: no registry has it, so one that runs somewhere on this machine is measured."""

import base64
import os
import urllib.parse

import accounts
from asking import Client

NAME = "EspoCRM"
API = "/api/v1"


def is_there():
    """Whether the address of a running one is named."""
    return "ESPO_URL" in os.environ


class System:
    """An EspoCRM at ESPO_URL that holds what espocrm.sql loads; ESPO_PROCESSES are the numbers of its processes."""

    name = NAME
    loaded = "accounts, e-mail addresses and telephone numbers by SQL into its tables (espocrm.sql)"

    def __init__(self, _place, _port):
        self.address = os.environ["ESPO_URL"].rstrip("/")
        self.port = urllib.parse.urlparse(self.address).port or 80
        self.user, self.password = os.environ.get("ESPO_USER", "admin"), os.environ.get("ESPO_PASSWORD", "")
        self.headers = {}

    def install(self):
        """It is there."""

    def start(self):
        """It runs; signs in as its own client does, for a token."""
        status, told = Client(self.port, self._known(self.password, "false")).send("GET", f"{API}/App/user")
        if status != 200:
            raise SystemExit(f"EspoCRM did not sign in: {status} {told}")
        self.headers = self._known(told["token"], "true")

    def stop(self):
        """Whoever started it ends it."""

    def fill(self, count):
        """It is filled; says so where it is not."""
        total = Client(self.port, self.headers).send("GET", f"{API}/Account?maxSize=1")[1]["total"]
        if total < count:
            raise SystemExit(f"EspoCRM has {total} accounts: espocrm.sql loads them")

    def processes(self):
        """The processes that are named, with all that come from them."""
        return [int(number) for number in os.environ["ESPO_PROCESSES"].split()]

    def questions(self, ask):
        """The five questions, by its REST API."""
        of = {"type": "equals", "attribute": "billingAddressCountry", "value": accounts.COUNTRIES[accounts.ASKED]}
        where = "&".join(f"where[0][{name}]={urllib.parse.quote(value)}" for name, value in of.items())
        listed = f"{API}/Account?{where}&orderBy=name&order=asc&maxSize={accounts.PAGE}"
        found = f"{API}/Account?textFilter={accounts.RARE.lower()}&maxSize={accounts.PAGE}"
        rows = lambda answer: [row["name"] for row in answer["list"]]
        made = lambda answer: answer.get("id")

        def new(one):
            told = {"name": one.name, "billingAddressCountry": accounts.COUNTRIES[one.country]}
            return "POST", f"{API}/Account", told | {"emailAddress": one.email, "phoneNumber": _dialled(one)}

        def joined(one, account):
            first, last = one.name.split(" ", 1)
            told = {"firstName": first, "lastName": last, "emailAddress": one.email, "accountId": _id(account)}
            return "POST", f"{API}/Contact", told

        return [
            ask.get(lambda number: ("GET", f"{API}/Account/{_id(number)}"), lambda answer: answer["name"]),
            ask.listed(("GET", listed), rows),
            ask.found(("GET", found), rows),
            ask.created(new, made),
            ask.joined(joined, made),
        ]

    def page(self):
        """Where its list of accounts is, and how somebody signs in."""
        steps = [["#field-userName", self.user], ["#field-password", self.password], ["#btn-login"]]
        places = {"list": f"{self.address}/#Account", "entry": f"{self.address}/"}
        return {"name": NAME, **places, "steps": steps, "rows": ".list table tbody tr"}

    def _known(self, secret, by_token):
        known = base64.b64encode(f"{self.user}:{secret}".encode()).decode()
        return {"Espo-Authorization": known, "Espo-Authorization-By-Token": by_token}


def _id(number):
    return f"a{number:016}"


def _dialled(one):
    return one.phone.replace(" ", "")
