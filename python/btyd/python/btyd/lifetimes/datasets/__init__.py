"""The data sets that the documentation of ``lifetimes`` works with.

They are not part of this package. They are read from the folder named by the environment variable ``BTYD_DATASETS``, or
else from an installed ``lifetimes``, which need not be importable.
"""

from __future__ import annotations

import importlib.metadata
import os
import pathlib
from typing import Any

import pandas as pd

__all__ = [
    "load_cdnow_summary",
    "load_cdnow_summary_data_with_monetary_value",
    "load_dataset",
    "load_donations",
    "load_transaction_data",
]


def load_dataset(filename: str, **kwargs: Any) -> pd.DataFrame:
    """A data set by its file name; other arguments go to ``pandas.read_csv``."""
    return pd.read_csv(_folder() / filename, **kwargs)


def load_donations(**kwargs: Any) -> pd.DataFrame:
    """Donations by frequency, recency, periods and weights (Fader, Hardie & Shang 2010)."""
    return load_dataset("donations.csv", **kwargs)


def load_cdnow_summary(**kwargs: Any) -> pd.DataFrame:
    """Frequency, recency and T of the CDNOW sample, in weeks."""
    return load_dataset("cdnow_customers_summary.csv", **kwargs)


def load_cdnow_summary_data_with_monetary_value(**kwargs: Any) -> pd.DataFrame:
    """The same with mean values, by customer."""
    table = load_dataset("cdnow_customers_summary_with_transactions.csv", **kwargs)
    table.columns = ["customer_id", "frequency", "recency", "T", "monetary_value"]
    return table.set_index("customer_id")


def load_transaction_data(**kwargs: Any) -> pd.DataFrame:
    """Simulated transactions of the year 2014: date and id."""
    return load_dataset("example_transactions.csv", **kwargs)


def _folder() -> pathlib.Path:
    named = os.environ.get("BTYD_DATASETS")
    if named:
        return pathlib.Path(named)
    try:
        installed = importlib.metadata.distribution("lifetimes")
    except importlib.metadata.PackageNotFoundError:
        raise FileNotFoundError(
            "the data sets come with lifetimes: install it, or name their folder in BTYD_DATASETS"
        ) from None
    return pathlib.Path(str(installed.locate_file("lifetimes"))) / "datasets"
