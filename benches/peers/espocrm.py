"""EspoCRM: no registry has it, so one that is running somewhere is measured, with what is in it."""

import base64
import os
import secrets
import urllib.parse

import accounts

NAME = "EspoCRM"


def is_there():
    """Whether the address of a running one is named."""
    return "ESPO_URL" in os.environ


class System:
    """An EspoCRM at ESPO_URL on this machine: ESPO_USER and ESPO_PASSWORD sign in, ESPO_PROCESSES are its processes."""

    name = NAME
    loaded = "as whoever runs it has loaded it"

    def __init__(self, _place, _port):
        self.address = urllib.parse.urlparse(os.environ["ESPO_URL"])
        self.port = self.address.port or 80
        self.user, self.password = os.environ.get("ESPO_USER", "admin"), os.environ.get("ESPO_PASSWORD", "")
        known = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        self.headers = {"Espo-Authorization": known, "Authorization": f"Basic {known}"}

    def install(self):
        """Nothing: it is there."""

    def start(self):
        """Nothing: it runs."""

    def stop(self):
        """Nothing: who started it ends it."""

    def fill(self, count):
        """Nothing: it is filled."""

    def processes(self):
        """The processes that are named, with all that come from them."""
        return [int(number) for number in os.environ.get("ESPO_PROCESSES", "").split()]
