#!/usr/bin/env python3
"""Fits and scores the same files with btyd and with lifetimes, and prints the ratios.

    python3 ground/btyd/benches/compare_lifetimes.py            CDNOW (if at hand) and 100,000 simulated customers
    python3 ground/btyd/benches/compare_lifetimes.py --million  and a million; lifetimes needs ten minutes for it

Installs lifetimes from PyPI into a virtual environment under target/. Times are seconds of processor time on one
thread, each library in a process of its own; fitting includes checking and collapsing the rows and, in both
libraries, the Hessian where it gives standard errors (lifetimes has none for the Pareto/NBD). Memory is the peak
of the whole process, reading the file included.
"""

import json
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve()
ROOT = HERE.parents[3]
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
WORK = TARGET / "compare-lifetimes"
SHARED = ROOT.parent / "shared/data/btyd"
ONE_THREAD = {**os.environ, "RAYON_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
MODELS = ["bg-nbd", "mbg-nbd", "pareto-nbd", "gamma-gamma"]

PEER = r'''
import json, resource, sys, time, warnings
warnings.filterwarnings("ignore")
import numpy as np, pandas as pd, lifetimes
from lifetimes import BetaGeoFitter, ModifiedBetaGeoFitter, ParetoNBDFitter, GammaGammaFitter
name, path = sys.argv[1:]
d = pd.read_csv(path)
x, t, T, z = (d[c].astype(float) for c in ("frequency", "recency", "age", "value"))
start = time.process_time()
if name == "gamma-gamma":
    keep = (x > 0) & (z > 0)
    model = GammaGammaFitter(); model.fit(x[keep], z[keep]); n = keep.sum()
else:
    model = {"bg-nbd": BetaGeoFitter, "mbg-nbd": ModifiedBetaGeoFitter, "pareto-nbd": ParetoNBDFitter}[name]()
    model.fit(x, t, T); n = len(x)
fit = time.process_time() - start
start = time.process_time()
if name == "gamma-gamma":
    model.conditional_expected_average_profit(x, z)
else:
    model.conditional_probability_alive(x, t, T)
    model.conditional_expected_number_of_purchases_up_to_time(39, x, t, T)
score = time.process_time() - start
print(json.dumps({"fit": fit, "score": score, "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    "log_likelihood": float(-model._negative_log_likelihood_ * n) if hasattr(model, "_negative_log_likelihood_") else None,
    "parameters": [float(v) for v in model.params_.values]}))
'''


def run(command):
    """The last line of a command's output, read as JSON."""
    done = subprocess.run([str(word) for word in command], env=ONE_THREAD, capture_output=True, text=True)
    if done.returncode:
        return {"error": (done.stderr.strip().splitlines() or ["failed"])[-1]}
    return json.loads(done.stdout.strip().splitlines()[-1])


def cdnow(full):
    """Writes the summary of CDNOW over 39 weeks in the columns both sides read."""
    import datetime
    name, columns = ("CDNOW_master.txt", (0, 1, 3)) if full else ("CDNOW_sample.txt", (1, 2, 4))
    source, path = SHARED / name, WORK / f"cdnow-{'full' if full else 'sample'}.csv"
    if not source.exists():
        print(f"no {source}: CDNOW left out")
        return None
    day = lambda text: datetime.date(int(text[:4]), int(text[4:6]), int(text[6:8])).toordinal()
    end, people = day("19970930"), {}
    for line in source.read_text().splitlines():
        cells = line.split()
        if cells and cells[0].isdigit():
            who, when, amount = (cells[c] for c in columns)
            people.setdefault(who, {}).setdefault(day(when), []).append(float(amount))
    lines = ["frequency,recency,age,value"]
    for days in people.values():
        seen = sorted(d for d in days if d <= end)
        spent = [sum(days[d]) for d in seen[1:]]
        mean = sum(spent) / len(spent) if spent else 0.0
        lines.append(f"{len(seen) - 1},{(seen[-1] - seen[0]) / 7},{(end - seen[0]) / 7},{mean}")
    path.write_text("\n".join(lines) + "\n")
    return path


def prepare():
    """Builds btyd's measuring program and the environment of lifetimes."""
    WORK.mkdir(parents=True, exist_ok=True)
    build = ["cargo", "build", "--quiet", "--release", "-p", "btyd", "--example", "measure"]
    subprocess.run(build, cwd=ROOT, check=True)
    python = WORK / "venv/bin/python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", WORK / "venv"], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "lifetimes==0.11.3"], check=True)
    peer = WORK / "peer.py"
    peer.write_text(PEER)
    return TARGET / "release/examples/measure", [python, peer]


def main():
    measure, peer = prepare()
    bases = {"CDNOW sample": cdnow(False), "CDNOW full": cdnow(True)}
    sizes = [(100_000, "day"), (100_000, "cont")] + ([(1_000_000, "day")] if "--million" in sys.argv else [])
    for customers, resolution in sizes:
        path = WORK / f"simulated-{customers}-{resolution}.csv"
        if not path.exists():
            subprocess.run([measure, "simulate", str(customers), resolution, path], check=True)
        bases[f"{customers:,} {resolution}"] = path
    print("| base | model | fit btyd | lifetimes | ratio | score btyd | lifetimes | ratio | MB btyd | lifetimes |")
    print("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    for base, path in bases.items():
        for model in MODELS if path else []:
            ours, theirs = run([measure, "fit", model, path]), run([*peer, model, path])
            print(row(base, model, ours, theirs), flush=True)


def row(base, model, ours, theirs):
    """One line of the table; a failure is printed in its place."""
    cells = [base, model]
    for key in ("fit", "score"):
        mine, his = ours.get(key), theirs.get(key)
        cells.append(ours["error"] if mine is None else f"{mine:.4f} s")
        cells.append(theirs["error"] if his is None else f"{his:.3f} s")
        cells.append(f"{his / mine:,.0f}" if mine and his else "-")
    cells += [f"{side['peak_mb']:.0f}" if "peak_mb" in side else "-" for side in (ours, theirs)]
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    main()
