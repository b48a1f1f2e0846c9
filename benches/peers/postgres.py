"""A database server for one system alone, so that what it costs can be told from everybody else's."""

import os
import pwd
import shutil
import signal
import subprocess
from pathlib import Path

OWNER = "postgres"


def programs():
    """The folder of the server's programs: the newest that is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    beside = shutil.which("initdb")
    if not beside:
        raise SystemExit("there is no PostgreSQL here: `apt-get install postgresql` brings it")
    return Path(beside).parent


class Postgres:
    """A cluster in a folder of its own, on a port of its own; it trusts whoever reaches it on this machine."""

    def __init__(self, folder, port):
        self.folder, self.port = Path(folder), port

    def start(self):
        """Makes the cluster where there is none, and starts it."""
        if not (self.folder / "PG_VERSION").exists():
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir(parents=True)
            self._own()
            self._run("initdb", "-D", self.folder, "-A", "trust", "-E", "UTF8", "--locale", "C.UTF-8")
        settings = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c shared_buffers=256MB"
        self._run("pg_ctl", "-D", self.folder, "-l", self.folder / "log", "-w", "-o", settings, "start")

    def stop(self):
        """Ends it."""
        if (self.folder / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", self.folder, "-m", "fast", "-w", "stop")

    def process(self):
        """The number of the process from which all of its others come."""
        return int((self.folder / "postmaster.pid").read_text().split()[0])

    def url(self, database, driver="postgres"):
        """The address of a database in it."""
        return f"{driver}://{OWNER}@127.0.0.1:{self.port}/{database}"

    def create(self, database):
        """Makes an empty database."""
        self.sql("postgres", f'CREATE DATABASE "{database}"')

    def has(self, database):
        """Whether there is such a database."""
        return self.sql("postgres", f"SELECT 1 FROM pg_database WHERE datname = '{database}'") == "1"

    def sql(self, database, statements):
        """Runs statements and gives what the last one answers, as lines."""
        words = [programs() / "psql", "-qAtX", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", str(self.port)]
        words += ["-U", OWNER, "-d", database]
        done = subprocess.run(words, input=statements, text=True, check=True, stdout=subprocess.PIPE)
        return done.stdout.strip()

    def _own(self):
        if os.geteuid() == 0:
            who = pwd.getpwnam(OWNER)
            os.chown(self.folder, who.pw_uid, who.pw_gid)

    def _run(self, program, *words):
        # The server refuses to be run by the superuser of the machine.
        who = {"user": OWNER, "group": OWNER, "extra_groups": []} if os.geteuid() == 0 else {}
        words = [str(programs() / program), *map(str, words)]
        quiet = {"stdout": subprocess.DEVNULL, "start_new_session": True}
        subprocess.run(words, check=True, cwd="/", **quiet, **who)


def end(process):
    """Ends a program that this one started, together with what it started."""
    if process and process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
