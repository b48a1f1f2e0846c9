"""Mainstay beside its peers, in one run: what a request costs, how much memory they hold, what their list page costs a browser.

    python3 benches/peers/beside.py [--accounts 100000] [--calls 100] [--seconds 5] [--only mainstay,tryton,…]
        [--parts requests,many,memory,pages] [--visits 5] [--place target/peers]
"""

import argparse
import json
import os
import subprocess
import time
from pathlib import Path

import asking
import directus
import espocrm
import mainstay
import processes
import proxy
import tables
import tryton
from questions import Questions

ROOT = Path(__file__).resolve().parents[2]
SYSTEMS = {
    "mainstay": lambda place, port: mainstay.System(place, port, server=False),
    "mainstay-server": lambda place, port: mainstay.System(place, port, server=True),
    "tryton": tryton.System,
    "directus": directus.System,
    "espocrm": espocrm.System,
}
# What is created has numbers that no other run gives: so many for each way of asking, and room for so many questions.
APART, PLACES = 1_000_000, 10
PARTS = "requests", "many", "memory", "pages"


def main():
    """Brings up what is asked for, measures it, and ends it whatever happens."""
    words = read()
    place = Path(words.place).resolve()
    place.mkdir(parents=True, exist_ok=True)
    names = [name for name in words.only.split(",") if name != "espocrm" or espocrm.is_there()]
    systems = [SYSTEMS[name](place, 18_100 + 10 * at) for at, name in enumerate(names)]
    questions, told = Questions(words.accounts), {"loaded": [], "one": [], "many": [], "memory": []}
    try:
        for system in systems:
            system.install()
            measured(system, questions, words, told)
        say(told, words)
        if "pages" in words.parts.split(","):
            pages(systems, place, words)
    finally:
        for system in systems:
            system.stop()


def measured(system, questions, words, told):
    """Starts one system, asks it while no other runs, and ends it."""
    parts = words.parts.split(",")
    system.start()
    try:
        system.fill(words.accounts)
        told["loaded"].append((system.name, system.loaded))
        # What filling left in memory is not what it holds when it is idle.
        system.stop()
        system.start()
        processes.settle(system.processes())
        idle = processes.memory(system.processes())
        fresh = int(time.time()) * 2 * APART * PLACES
        for at, question in enumerate(system.questions(questions)):
            first = fresh + at * 2 * APART
            if "requests" in parts:
                answer = asking.by_one(system, question, words.calls, first)
                told["one"].append((question.what, system.name, answer))
            if "many" in parts:
                answer = asking.by_many(system, question, words.seconds, first + APART)
                told["many"].append((question.what, system.name, answer))
        if "memory" in parts:
            told["memory"].append((system.name, idle, processes.memory(system.processes())))
    finally:
        system.stop()


def say(told, words):
    """Prints what was measured."""
    print(f"\n{words.accounts:,} accounts in each.\n")
    for name, how in told["loaded"]:
        print(f"* {name}: {how}.")
    tables.by_question("CPU of a request at one client, ms (the whole server; p50 / p99 on the clock)", told["one"], tables.one)
    tables.by_question("16 clients at once: requests/s (CPU of a request, ms; p50 / p99)", told["many"], tables.many)
    tables.memory(told["memory"])


def pages(systems, place, words):
    """The list page of each in a browser, one after the other and again."""
    front = proxy.Proxy(place, [system.port for system in systems])
    try:
        for system in systems:
            system.start()
        front.start()
        seen = [front.before(system.page()) for system in systems]
        for system in systems:
            processes.settle(system.processes(), 30)
        script = ROOT / "browser/peers.js"
        subprocess.run(["node", script, json.dumps(seen), str(words.visits)], check=True)
    finally:
        front.stop()


def read():
    """The words of the command line."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--accounts", type=int, default=100_000)
    words.add_argument("--calls", type=int, default=100)
    words.add_argument("--seconds", type=int, default=5)
    words.add_argument("--visits", type=int, default=5)
    words.add_argument("--only", default=",".join(SYSTEMS))
    words.add_argument("--parts", default=",".join(PARTS))
    target = os.environ.get("CARGO_TARGET_DIR", ROOT / "target")
    words.add_argument("--place", default=Path(target) / "peers")
    return words.parse_args()


if __name__ == "__main__":
    main()
