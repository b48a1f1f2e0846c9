"""What a program and everything that it started has cost so far, and how much memory they hold together."""

import os
import sys
import time
from pathlib import Path

TICK = 1_000 / os.sysconf("SC_CLK_TCK")


def cpu(roots):
    """Milliseconds of CPU of these processes and of all that come from them, those that have ended included."""
    tree = _tree(roots)
    return sum(own for number, own in _costs().items() if number in tree)


def memory(roots):
    """Memory in MiB: what is resident, and the same with shared pages counted once."""
    resident = shared_once = 0
    for number in _tree(roots):
        try:
            lines = Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        sizes = {line.split(":")[0]: int(line.split()[1]) for line in lines[1:]}
        resident += sizes["Rss"]
        shared_once += sizes["Pss"]
    return resident / 1_024, shared_once / 1_024


def settle(roots, patience=300):
    """Waits until they do nothing by themselves: work in the background is no part of a request."""
    until, quiet, before = time.monotonic() + patience, 0, cpu(roots)
    while quiet < 3 and time.monotonic() < until:
        time.sleep(1)
        now = cpu(roots)
        quiet = quiet + 1 if now - before <= 20 else 0
        before = now
    if quiet < 3:
        print(f"still at work after {patience} s: what it does by itself is in the figures", file=sys.stderr)


def _stats():
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                text = Path(f"/proc/{entry}/stat").read_text()
            except OSError:
                continue
            # The name may have blanks and brackets in it; what comes after its last bracket has none.
            yield int(entry), text.rpartition(")")[2].split()


def _costs():
    # utime and stime, then those of children that have ended and were waited for.
    return {number: TICK * sum(map(int, fields[11:15])) for number, fields in _stats()}


def _tree(roots):
    children = {}
    for number, fields in _stats():
        children.setdefault(int(fields[1]), []).append(number)
    found, left = set(), list(roots)
    while left:
        number = left.pop()
        if number not in found:
            found.add(number)
            left += children.get(number, [])
    return found
