"""From raw transactions to one row per customer, and reports on a holdout."""

from __future__ import annotations

import datetime
import sys
from typing import Any, Optional

import numpy as np

from . import _native
from ._columns import column, customers, is_frame, library, numbers, table
from ._native import BtydError, LedgerError
from ._spans import Length, in_unit
from ._timing import NAMES, TimedModel


def day_numbers(dates: Any) -> np.ndarray:
    """Days since 1970-01-01 of dates as a column of dates, timestamps or text such as 2024-03-31 or 20240331."""
    if library(dates) == "pandas":
        zone = getattr(dates.dtype, "tz", None)
        dates = (dates.dt.tz_localize(None) if zone is not None else dates).to_numpy()
    elif library(dates) == "polars":
        dates = dates.to_numpy()
    dates = np.asarray(dates)
    if dates.dtype.kind == "M":
        if np.isnat(dates).any():
            raise LedgerError(f"row {int(np.isnat(dates).argmax())}: the date is missing")
        return dates.astype("datetime64[D]").astype(np.int64)
    if dates.dtype.kind in "iu":
        return _native.days([str(date) for date in dates])
    return _native.days([date.isoformat() if hasattr(date, "isoformat") else str(date) for date in dates])


def _day(date: Any) -> int:
    if isinstance(date, (datetime.date, str)):
        return int(day_numbers([date])[0])
    return int(day_numbers(np.array([date]))[0])


def _codes(ids: Any) -> tuple[np.ndarray, Any]:
    """Customers as numbers, and the names that the numbers stand for."""
    if library(ids) == "pandas":
        codes, names = sys.modules["pandas"].factorize(ids)
    elif library(ids) == "polars":
        names = ids.drop_nulls().unique(maintain_order=True)
        number = sys.modules["polars"].Int64
        codes = ids.replace_strict(names, range(len(names)), default=-1, return_dtype=number).to_numpy()
    else:
        raw = np.asarray(ids)
        given = raw.tolist()
        known = [name for name in dict.fromkeys(given) if name is not None]
        place = {name: code for code, name in enumerate(known)}
        names, codes = np.array(known, dtype=raw.dtype), [place.get(name, -1) for name in given]
    codes = np.ascontiguousarray(codes, dtype=np.int64).ravel()
    if (codes < 0).any():
        raise LedgerError(f"row {int((codes < 0).argmax())}: the customer is missing")
    return codes, names


def summarize(
    transactions: Any,
    *,
    id: str,
    date: str,
    amount: Optional[str] = None,
    unit: str = "week",
    end: Any = None,
    holdout_end: Any = None,
    acquired: Optional[tuple[Any, Any]] = None,
    convention: str = "textbook",
) -> Any:
    """One row per customer from a frame (pandas, polars, dict of columns) of transactions in any order.

    Purchases of one day are one; the first is not counted; amounts of the first are not repeat spend. ``end`` is the
    last day observed (by default the last there is); purchases after it and up to ``holdout_end`` are counted apart.
    ``acquired`` keeps customers whose first purchase lies between two days. ``convention="lifetimes"`` counts whole
    calendar periods as that library does.

    Columns: the id, frequency, recency, age, mean_value, ln_gaps, and holdout and holdout_value where there is one.
    """
    if not is_frame(transactions):
        raise BtydError("transactions are a frame with named columns")
    if convention not in ("textbook", "lifetimes"):
        raise BtydError(f"there is no convention {convention!r}; say textbook or lifetimes")
    needed = [id, date] + ([amount] if amount else [])
    found = {name: column(transactions, name) for name in needed}
    missing = [name for name, values in found.items() if values is None]
    if missing:
        raise BtydError(f"there is no column {', '.join(missing)}")
    days = day_numbers(found[date])
    if days.size == 0:
        raise BtydError("there are no transactions")
    codes, names = _codes(found[id])
    amounts = numbers(found[amount]) if amount else np.zeros(days.size)
    last = int(days.max()) if end is None else _day(end)
    holdout = None if holdout_end is None else _day(holdout_end)
    between = None if acquired is None else (_day(acquired[0]), _day(acquired[1]))
    calendar = convention == "lifetimes"
    rows = _native.summarize(codes, days, amounts, unit, last, holdout, between, calendar)
    who = rows.pop("who")
    if holdout_end is None:
        del rows["holdout"], rows["holdout_value"]
    if amount is None:
        rows.pop("mean_value")
        rows.pop("holdout_value", None)
    taken = names.gather(who) if library(names) == "polars" else names[who]
    return table({id: taken, **rows}, transactions)


def accuracy(predicted: Any, actual: Any) -> dict[str, float]:
    """How well forecasts of counts did: total, mean absolute and root mean squared error, mean squared error of
    ``ln(1 + count)``, correlation, normalized Gini, and AUC of who bought at all."""
    return _native.accuracy(numbers(predicted), numbers(actual))


def holdout(
    model: TimedModel, frame: Any, actual: Any, *, length: Length, hiatus: Optional[Length] = None
) -> dict[str, Any]:
    """A model's forecasts of a holdout beside two rules that need no model: three reports as of :func:`accuracy`.

    "naive_rate" lets everybody go on at the rate they had; "hiatus_rule" lets those go on who bought within the hiatus
    (Wübben & von Wangenheim 2008). Without a hiatus the one is taken that errs least in hindsight, an advantage that no
    forecast has; "hiatus" says which, in the unit of the model.
    """
    base = customers(frame, (), NAMES)
    ahead = in_unit(length, model.unit)
    silence = None if hiatus is None else in_unit(hiatus, model.unit)
    x, recency, age = base.columns
    return _native.holdout(model._native, x, recency, age, numbers(actual), ahead, silence)
