#!/usr/bin/env python3
"""Runs the statements of `mainstay model sql` on DuckDB and Spark, and compares them with `mainstay model summarize`.

    python3 ground/forecast/benches/engines.py             CDNOW (if at hand) and 200,000 simulated accounts
    python3 ground/forecast/benches/engines.py --million   and a million

MAINSTAY names the program to use; without it one is built.

Installs duckdb, pyspark and sqlglot from PyPI into a virtual environment under target/; Spark needs a Java runtime. Each
engine counts the accounts and their cells, `mainstay` fits and scores the cells, and the engine joins the scores back.
Equal means: the same cells (a hash over all of them), the same parameters and likelihood to the last bit, and the same
sums over the accounts. What cannot be run here (Snowflake, BigQuery, Trino) is at least parsed by sqlglot.
"""

import hashlib
import json
import math
import os
import pathlib
import random
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve()
ROOT = HERE.parents[3]
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
WORK = TARGET / "compare-engines"
SHARED = ROOT.parent / "shared/data/btyd"
MAINSTAY = pathlib.Path(os.environ.get("MAINSTAY", TARGET / "release/mainstay"))
DIALECTS = ["spark", "duckdb", "postgres", "snowflake", "bigquery", "trino"]
COLUMNS = ["--id", "customer_id", "--date", "date", "--amount", "amount", "--unit", "week"]
CELL = "frequency, recency_days, age_days"


def prepare():
    """Builds the program, makes the environment, and runs this file in it."""
    WORK.mkdir(parents=True, exist_ok=True)
    python = WORK / "venv/bin/python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", WORK / "venv"], check=True)
    wanted = ["duckdb", "sqlglot", "pyspark>=4,<5", "pandas", "pyarrow"]
    subprocess.run([python, "-m", "pip", "install", "--quiet", *wanted], check=True)
    if "MAINSTAY" not in os.environ:
        subprocess.run(["cargo", "build", "--quiet", "--release", "-p", "mainstay"], cwd=ROOT, check=True)
    subprocess.run([python, HERE, "--inside", *sys.argv[1:]], check=True)


def mainstay(*words):
    """What a command answers, as text."""
    done = subprocess.run([MAINSTAY, "model", *map(str, words)], capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return done.stdout


def cdnow():
    """The log of CDNOW as a table; the day from which the holdout begins, and its end."""
    source, path = SHARED / "CDNOW_master.txt", WORK / "cdnow.csv"
    if not source.exists():
        print(f"no {source}: CDNOW left out")
        return None
    rows = [line.split() for line in source.read_text().splitlines()[1:]]
    day = lambda text: f"{text[:4]}-{text[4:6]}-{text[6:8]}"
    path.write_text("customer_id,date,amount\n" + "".join(f"{r[0]},{day(r[1])},{r[3]}\n" for r in rows))
    return path, "1997-09-30", "1998-06-30"


def simulated(accounts):
    """A log of accounts who join over a year, buy as Poisson and leave after an exponential time, by the day."""
    import datetime
    path = WORK / f"simulated-{accounts}.csv"
    if not path.exists():
        chance, start, rows = random.Random(2005), datetime.date(2023, 1, 1), []
        days = [str(start + datetime.timedelta(n)) for n in range(731)]
        for who in range(accounts):
            joined = chance.randrange(365)
            rate, life = chance.gammavariate(0.6, 1 / 77), chance.expovariate(chance.gammavariate(0.6, 1 / 84) + 1e-9)
            now = 0.0
            while now <= life and joined + now < 731:
                rows.append((joined + int(now), who, chance.randrange(100, 20000)))
                now += chance.expovariate(rate) if rate > 1e-9 else 1e9
        rows.sort()
        with path.open("w") as out:
            out.write("customer_id,date,amount\n")
            out.writelines(f"{who},{days[day]},{cents / 100:.2f}\n" for day, who, cents in rows)
    return path, "2024-06-30", "2024-12-31"


class Duck:
    name = "duckdb"

    def __init__(self, log):
        import duckdb
        self.db = duckdb.connect()
        kinds = "{'customer_id': 'VARCHAR', 'date': 'DATE', 'amount': 'DECIMAL(18,2)'}"
        self.run(f"CREATE TABLE transactions AS SELECT * FROM read_csv('{log}', columns = {kinds}, header = true)")

    def run(self, statement):
        self.db.execute(statement)

    def rows(self, query):
        return self.db.execute(query).fetchall()

    def out(self, table, path):
        self.run(f"COPY {table} TO '{path}' (FORMAT parquet)")

    def load(self, table, path):
        self.run(f"CREATE TABLE {table} AS SELECT * FROM read_parquet('{path}')")

    def close(self):
        self.db.close()


class Spark:
    name = "spark"

    def __init__(self, log):
        import shutil
        from pyspark.sql import SparkSession
        for folder in ("warehouse", "cells-spark"):
            shutil.rmtree(WORK / folder, ignore_errors=True)
        build = SparkSession.builder.master("local[2]").appName("btyd")
        for name, value in {"spark.sql.warehouse.dir": str(WORK / "warehouse"), "spark.ui.enabled": "false",
                            "spark.driver.memory": "2g", "spark.sql.shuffle.partitions": "8",
                            "spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1"}.items():
            build = build.config(name, value)
        self.spark = build.getOrCreate()
        self.spark.sparkContext.setLogLevel("ERROR")
        schema = "customer_id STRING, date DATE, amount DECIMAL(18,2)"
        self.spark.read.csv(str(log), schema=schema, header=True).createOrReplaceTempView("transactions")

    def run(self, statement):
        self.spark.sql(statement)

    def rows(self, query):
        return [tuple(row) for row in self.spark.sql(query).collect()]

    def out(self, table, path):
        folder = WORK / "cells-spark"
        self.spark.table(table).coalesce(1).write.mode("overwrite").parquet(str(folder))
        next(folder.glob("*.parquet")).rename(path)

    def load(self, table, path):
        self.spark.read.parquet(str(path)).createOrReplaceTempView(table)

    def close(self):
        self.spark.stop()


def checksum(rows):
    """Of the cells, in their order."""
    text = "\n".join(",".join(str(int(cell)) for cell in row) for row in sorted(map(tuple, rows)))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def sums(frame):
    """Of the accounts: how many, what they did, and what is expected of them, added up without rounding."""
    days = lambda name: int(frame[name].sum())
    exact = lambda name: math.fsum(frame[name])
    spent = math.fsum(frame["frequency"] * frame["monetary"].astype(float))
    return [len(frame), days("frequency"), days("recency_days"), days("age_days"), days("holdout"), round(spent, 2),
            exact("p_active"), exact("expected")]


def plain(log, end, holdout):
    """By `mainstay` alone: one row per customer, fitted and scored."""
    import pandas
    summary, scores, fit = WORK / "plain.parquet", WORK / "plain-scores.parquet", WORK / "plain.json"
    started = time.time()
    mainstay("summarize", log, *COLUMNS, "--end", end, "--holdout", holdout, "--to", summary)
    counted = time.time() - started
    mainstay("fit", "--model", "bg-nbd", "--input", summary, "--to", fit)
    mainstay("predict", "--params", fit, "--input", summary, "--horizon", "26", "--to", scores)
    frame = pandas.read_parquet(scores)
    for name in ("recency", "age"):
        frame[f"{name}_days"] = (frame[name] * 7).round().astype(int)
    cells = frame.groupby(["frequency", "recency_days", "age_days"]).size().reset_index().to_numpy().tolist()
    return counted, checksum(cells), len(cells), json.loads(fit.read_text()), sums(frame)


def engine(kind, log, end, holdout):
    """By an engine: it counts, `mainstay` fits and scores the cells, it joins."""
    import pandas
    words = ["--dialect", kind.name, "--table", "transactions", *COLUMNS, "--end", end, "--holdout", holdout]
    three = json.loads(mainstay("sql", *words, "-o", "json"))
    cells, scores, fit = (WORK / f"{kind.name}.{end}" for end in ("cells.parquet", "scores.parquet", "json"))
    at = kind(log)
    started = time.time()
    at.run(three["summary"])
    at.run(three["cells"])
    counted = time.time() - started
    at.out("btyd_cells", cells)
    mainstay("fit", "--model", "bg-nbd", "--input", cells, "--to", fit)
    mainstay("predict", "--params", fit, "--input", cells, "--horizon", "26", "--to", scores)
    at.load("btyd_scores", scores)
    started = time.time()
    at.run(three["scored"])
    joined = time.time() - started
    counts = at.rows(f"SELECT {CELL}, customers FROM btyd_cells")
    wanted = ["frequency", "monetary", "holdout", "recency_days", "age_days", "p_active", "expected"]
    frame = pandas.DataFrame(at.rows(f"SELECT {', '.join(wanted)} FROM btyd_scored"), columns=wanted)
    at.close()
    return counted, joined, checksum(counts), len(counts), json.loads(fit.read_text()), sums(frame)


def parse():
    """Every dialect through sqlglot; whatever it does not understand is an error."""
    import sqlglot
    for dialect in DIALECTS:
        for unit in ("day", "week", "month", "year"):
            words = ["--dialect", dialect, "--table", "sales.orders", *COLUMNS[:6], "--unit", unit,
                     "--end", "2024-06-30", "--holdout", "2024-12-31", "-o", "json"]
            three = json.loads(mainstay("sql", *words))
            for name in ("summary", "cells", "scored"):
                tree = sqlglot.parse_one(three[name], read=dialect)
                if not isinstance(tree, sqlglot.exp.Create):
                    sys.exit(f"{dialect}, {name}: sqlglot reads no table being made")
    print(f"parsed by sqlglot {sqlglot.__version__}: {', '.join(DIALECTS)}, each in four units")


def main():
    import duckdb
    import pyspark
    parse()
    bases = [("CDNOW", cdnow()), ("simulated 200,000", simulated(200_000))]
    if "--million" in sys.argv:
        bases.append(("simulated 1,000,000", simulated(1_000_000)))
    print(f"duckdb {duckdb.__version__}, pyspark {pyspark.__version__}")
    print("| base | way | accounts | cells | checksum | log-likelihood | expected in 26 weeks | counting | joining |")
    print("|---|---|--:|--:|---|--:|--:|--:|--:|")
    equal = True
    for base, found in bases:
        if not found:
            continue
        took, cells, count, fit, added = plain(*found)
        line = lambda way, cells, count, fit, added, took, joined: print(
            f"| {base} | {way} | {added[0]:,} | {count:,} | `{cells}` | {fit['log_likelihood']!r} | {added[7]!r} | "
            f"{took:.2f} s | {joined} |", flush=True)
        line("mainstay", cells, count, fit, added, took, "-")
        for kind in (Duck, Spark):
            took, joined, theirs, their_count, their_fit, their_sums = engine(kind, *found)
            line(kind.name, theirs, their_count, their_fit, their_sums, took, f"{joined:.2f} s")
            same = {"cells": theirs == cells, "sums": their_sums == added,
                    "parameters": their_fit["parameters"] == fit["parameters"],
                    "likelihood": their_fit["log_likelihood"] == fit["log_likelihood"]}
            for what, holds in same.items():
                if not holds:
                    equal = False
                    print(f"NOT EQUAL: {what} of {base} by {kind.name}: {their_sums} {added}")
    print("all equal, to the last bit" if equal else "not all equal")
    sys.exit(0 if equal else 1)


if __name__ == "__main__":
    main() if "--inside" in sys.argv else prepare()
