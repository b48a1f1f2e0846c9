#!/usr/bin/env python3
"""Fits and scores the same customers with btyd, with btyd.lifetimes and with lifetimes, all from Python.

    make wheel
    python3 python/btyd/benches/compare_lifetimes.py            CDNOW (if at hand) and 100,000 simulated customers
    python3 python/btyd/benches/compare_lifetimes.py --million  and a million; lifetimes needs ten minutes for it

Installs lifetimes from the index into an environment under target/. Times are seconds of processor time on one thread,
each library in a process of its own, from columns in memory to parameters with their Hessian where the library gives one
(lifetimes has none for the Pareto/NBD). Scoring is the probability of being active and the purchases expected in 39
units, or the expected value of a purchase, of every row. Memory is the peak of the whole process, interpreter, packages
and columns included, and in brackets what it grew by from the fit on.
"""

import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
WORK = TARGET / "wheel" / "compare"
VENV = TARGET / "wheel" / "venv-compare"
SHELF = ROOT.parent / "shared/data/btyd"
ONE_THREAD = {**os.environ, "RAYON_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
MODELS = ["bg-nbd", "mbg-nbd", "pareto-nbd", "gamma-gamma"]
LIBRARIES = ["btyd", "btyd.lifetimes", "lifetimes"]

MEASURE = r'''
import json, resource, sys, time, warnings
warnings.filterwarnings("ignore")
import numpy as np
library, name, path = sys.argv[1:]
data = np.load(path)
x, t, T, z = (data[c] for c in ("frequency", "recency", "age", "value"))
spent = (x > 0) & (z > 0)
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
if library == "btyd":
    import btyd
    kind = {"bg-nbd": btyd.BgNbd, "mbg-nbd": btyd.MbgNbd, "pareto-nbd": btyd.ParetoNbd, "gamma-gamma": btyd.GammaGamma}[name]
    fit = lambda: kind.fit(x[spent], z[spent]) if name == "gamma-gamma" else kind.fit(x, t, T)
    score = lambda m: m.expected_value(x, z) if name == "gamma-gamma" else m.score(x, t, T, within=39)
    parameters = lambda m: list(m.parameters.values())
else:
    import importlib
    of = importlib.import_module(library)
    kind = {"bg-nbd": "BetaGeoFitter", "mbg-nbd": "ModifiedBetaGeoFitter", "pareto-nbd": "ParetoNBDFitter",
        "gamma-gamma": "GammaGammaFitter"}[name]
    kind = getattr(of, kind)
    fit = lambda: kind().fit(x[spent], z[spent]) if name == "gamma-gamma" else kind().fit(x, t, T)
    score = lambda m: m.conditional_expected_average_profit(x, z) if name == "gamma-gamma" else (
        m.conditional_probability_alive(x, t, T), m.conditional_expected_number_of_purchases_up_to_time(39, x, t, T))
    parameters = lambda m: list(m.params_.values)
before = peak()
start = time.process_time(); model = fit(); fitting = time.process_time() - start
start = time.process_time(); score(model); scoring = time.process_time() - start
print(json.dumps({"fit": fitting, "score": scoring, "peak": peak(), "grown": peak() - before,
    "parameters": [float(v) for v in parameters(model)]}))
'''

SIMULATE = r'''
import sys
import numpy as np, btyd
path, size, whole = sys.argv[1], int(sys.argv[2]), sys.argv[3] == "day"
ages = np.linspace(180.0, 730.0, size)
ages = np.ceil(ages) if whole else ages
drawn = btyd.ParetoNbd([0.6, 80.0, 0.6, 80.0], unit="day").simulate(ages, seed=7)
x, t = drawn["frequency"], drawn["recency"]
if whole:
    # Counted by the day, purchases of one day are one.
    t = np.minimum(np.ceil(t), ages)
    x = np.minimum(x, t)
value = np.zeros(size)
value[x > 0] = np.round(btyd.GammaGamma([6.25, 3.74, 15.44]).simulate(x[x > 0], seed=8), 2)
np.savez(path, frequency=x, recency=t, age=ages, value=value)
'''

CDNOW = r'''
import sys
import numpy as np, btyd
source, path, places = sys.argv[1], sys.argv[2], [int(c) for c in sys.argv[3].split(",")]
rows = [line.split() for line in open(source) if line.split()[:1] and line.split()[0].isdigit()]
who, day, spent = ([row[place] for row in rows] for place in places)
base = btyd.summarize({"who": who, "day": day, "spent": np.array(spent, float)}, id="who", date="day", amount="spent",
    end="1997-09-30")
np.savez(path, frequency=base["frequency"], recency=base["recency"], age=base["age"], value=base["mean_value"])
'''


def python(*words):
    """Runs Python in the environment; gives the last line it prints."""
    command = [str(VENV / "bin/python"), *(str(word) for word in words)]
    done = subprocess.run(command, env=ONE_THREAD, capture_output=True, text=True, check=True)
    return (done.stdout.strip().splitlines() or [""])[-1]


def prepare():
    """The environment with both libraries, and the folder for the columns."""
    wheels = sorted((TARGET / "wheel/dist").glob("btyd-*.whl"))
    if not wheels:
        sys.exit("there is no wheel: run make wheel first")
    WORK.mkdir(parents=True, exist_ok=True)
    if not (VENV / "bin/python").exists():
        subprocess.run([TARGET / "wheel/venv/bin/python", "-m", "venv", VENV], check=True)
    # lifetimes asks for a module that newer tools have dropped, hence the older setuptools.
    python("-m", "pip", "install", "-q", "lifetimes==0.11.3", "setuptools<80")
    python("-m", "pip", "install", "-q", "--force-reinstall", "--no-deps", wheels[-1])


def bases(million):
    """Names of bases and the files of their columns."""
    for name, file, places in [("CDNOW sample", "CDNOW_sample.txt", "1,2,4"), ("CDNOW full", "CDNOW_master.txt", "0,1,3")]:
        if (SHELF / file).exists():
            path = WORK / f"{file}.npz"
            python("-c", CDNOW, SHELF / file, path, places)
            yield name, path
    sizes = [("100,000 day", 100_000, "day"), ("100,000 cont", 100_000, "cont")]
    for name, size, kind in sizes + ([("1,000,000 day", 1_000_000, "day")] if million else []):
        path = WORK / f"{size}-{kind}.npz"
        python("-c", SIMULATE, path, size, kind)
        yield name, path


def main():
    """Prints the table, row by row as it is measured."""
    prepare()
    print("| base | model | fit btyd | btyd.lifetimes | lifetimes | ratio | score btyd | btyd.lifetimes | lifetimes | ratio "
          "| MB btyd | btyd.lifetimes | lifetimes |")
    print("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    for name, path in bases("--million" in sys.argv):
        for model in MODELS:
            found = [json.loads(python("-c", MEASURE, library, model, path)) for library in LIBRARIES]
            apart = max(abs(a / b - 1) for a, b in zip(found[0]["parameters"], found[1]["parameters"]))
            assert apart < 1e-9, f"{name}, {model}: the two faces differ by {apart}"
            cells = [name, model]
            for what in ("fit", "score"):
                times = [f[what] for f in found]
                cells += [f"{t:.4f} s" for t in times]
                cells.append(f"{times[2] / times[0]:.0f}" if times[0] > 2e-4 else "-")
            cells += [f"{f['peak']:.0f} (+{f['grown']:.0f})" for f in found]
            print("| " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
