"""Asking a running system: by one client for CPU and time, by sixteen at once for what the machine gives."""

import json
import multiprocessing
import socket
import time
from collections import namedtuple
from dataclasses import dataclass
from typing import Callable

import processes

# At least so much CPU, in milliseconds, and at most so many seconds are spent on a figure.
ENOUGH, LONGEST = 500, 15
CLIENTS = 16
FORK = multiprocessing.get_context("fork")

One = namedtuple("One", "cpu p50 p99")
Many = namedtuple("Many", "rate cpu p50 p99")


class Wrong(Exception):
    """An answer that is not what was asked for."""


@dataclass
class Question:
    """What is asked the n-th time, as (method, path, body), and a look at the answer, which says what is wrong."""

    what: str
    ask: Callable
    check: Callable


class Client:
    """An open connection, and the header lines that show who asks."""

    def __init__(self, port, headers):
        self.stream = socket.create_connection(("127.0.0.1", port), timeout=120)
        self.stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.file = self.stream.makefile("rb")
        self.headers = "".join(f"{name}: {value}\r\n" for name, value in headers.items())

    def send(self, method, path, body=None):
        """Sends a request; gives the status and what the JSON of the answer holds."""
        data = b"" if body is None else json.dumps(body).encode()
        head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\n{self.headers}"
        if body is not None:
            head += f"Content-Type: application/json\r\nContent-Length: {len(data)}\r\n"
        self.stream.sendall(head.encode() + b"\r\n" + data)
        status, came = self._head()
        text = self._body(came)
        return status, json.loads(text) if text else None

    def _head(self):
        status = int(self.file.readline().split()[1])
        came = {}
        while (line := self.file.readline().strip()):
            name, _, value = line.decode("latin-1").partition(": ")
            came[name.lower()] = value
        return status, came

    def _body(self, came):
        if came.get("transfer-encoding") != "chunked":
            return self.file.read(int(came.get("content-length", 0)))
        parts = []
        while (length := int(self.file.readline(), 16)):
            parts.append(self.file.read(length))
            self.file.readline()
        self.file.readline()
        return b"".join(parts)


def asked(client, question, number):
    """Asks once; gives the milliseconds until the answer was there, which is looked at afterwards."""
    request = question.ask(number)
    begun = time.perf_counter()
    status, answer = client.send(*request)
    took = 1_000 * (time.perf_counter() - begun)
    wrong = question.check(number, answer) if 200 <= status < 300 else f"status {status}"
    if wrong:
        raise Wrong(f"{question.what}: {wrong}: {str(answer)[:400]}")
    return took


def by_one(system, question, calls, first):
    """One client, one request after the other."""
    client, roots = Client(system.port, system.headers), system.processes()
    for number in range(3):
        asked(client, question, first + number)
    walls, before, until = [], processes.cpu(roots), time.monotonic() + LONGEST
    while time.monotonic() < until:
        walls.append(asked(client, question, first + 3 + len(walls)))
        if len(walls) >= calls and len(walls) % 20 == 0 and processes.cpu(roots) - before >= ENOUGH:
            break
    return One((processes.cpu(roots) - before) / len(walls), *_middle_and_last(walls))


def by_many(system, question, seconds, first):
    """Sixteen clients at once, each a process of its own that asks what no other asks."""
    roots, answers = system.processes(), FORK.SimpleQueue()
    before, begun = processes.cpu(roots), time.monotonic()
    clients = [
        FORK.Process(target=_client, args=(system, question, begun + seconds, first + one, answers))
        for one in range(CLIENTS)
    ]
    for client in clients:
        client.start()
    told = [answers.get() for _ in clients]
    for client in clients:
        client.join()
    took, spent = time.monotonic() - begun, processes.cpu(roots) - before
    broken = [one for one in told if isinstance(one, str)]
    if broken:
        raise Wrong(broken[0])
    walls = [wall for one in told for wall in one]
    return Many(len(walls) / took, spent / len(walls), *_middle_and_last(walls))


def _client(system, question, until, number, answers):
    try:
        client, walls = Client(system.port, system.headers), []
        while time.monotonic() < until:
            walls.append(asked(client, question, number))
            number += CLIENTS
        answers.put(walls)
    except Exception as cause:  # whatever it is, whoever waits for this client has to hear of it
        answers.put(f"a client broke off: {cause!r}")


def _middle_and_last(walls):
    ordered = sorted(walls)
    return ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)]
