"""The shared reference data beside the checkout, and the few tables small enough to stand here."""

import json
import pathlib

import numpy as np
import pytest

import btyd

SHELF = pathlib.Path(__file__).resolve().parents[4] / "shared/data/btyd"

#: Survivors of 1,000 (Fader & Hardie 2007, Table 1).
REGULAR = [1000, 631, 468, 382, 326, 289, 262, 241, 223, 207, 194, 183, 173]
HIGH_END = [1000, 869, 743, 653, 593, 551, 517, 491, 468, 445, 427, 409, 394]


def path(name):
    """A file of the shared data; a test that needs it is left out where there is none."""
    found = SHELF / name
    if not found.exists():
        pytest.skip(f"no {name} on the shelf")
    return found


def reference():
    """Fits with all digits, by name."""
    return json.loads(path("reference_public.json").read_text())


def sample():
    """The CDNOW sample as columns: frequency, recency, age, holdout, mean_value."""
    rows = np.loadtxt(path("cdnow_btyd_cbs.csv"), delimiter=",", skiprows=1)
    return dict(zip(("frequency", "recency", "age", "holdout", "mean_value"), rows[:, 1:].T.copy()))


def donations():
    """Donations by frequency, recency, occasions and count."""
    rows = np.loadtxt(path("donations.csv"), delimiter=",", skiprows=1)
    return dict(zip(("frequency", "recency", "occasions", "count"), rows.T.copy()))


def simulated(size=2000, seed=1):
    """Made-up customers of a BG/NBD, watched for a year."""
    model = btyd.BgNbd([0.8, 6.0, 0.5, 2.0])
    return model.simulate(np.linspace(30.0, 52.0, size), seed=seed)
