"""Summaries of transactions in the conventions of ``lifetimes``, tracking, and value."""

from __future__ import annotations

import pickle
from typing import Any, Optional, Sequence

import numpy as np
import pandas as pd

__all__ = [
    "ConvergenceError",
    "calculate_alive_path",
    "calibration_and_holdout_data",
    "expected_cumulative_transactions",
    "summary_data_from_transaction_data",
]

#: Lengths of a month in the units that ``freq`` may name, as ``lifetimes`` counts them.
MONTH = {"W": 4.345, "M": 1.0, "D": 30, "H": 30 * 24, "h": 30 * 24}


class ConvergenceError(ValueError):
    """The base cannot carry the model; the message says why."""


def summary_data_from_transaction_data(
    transactions: pd.DataFrame,
    customer_id_col: str,
    datetime_col: str,
    monetary_value_col: Optional[str] = None,
    datetime_format: Optional[str] = None,
    observation_period_end: Any = None,
    freq: str = "D",
    freq_multiplier: float = 1,
    include_first_transaction: bool = False,
) -> pd.DataFrame:
    """Frequency, recency, T and, if asked for, monetary_value by customer.

    Purchases of one calendar period (``freq``) are one. Times are whole periods over ``freq_multiplier``. The first
    purchase is not counted unless ``include_first_transaction``.
    """
    if observation_period_end is None:
        observation_period_end = _dates(transactions[datetime_col], datetime_format).max()
    end = pd.to_datetime(observation_period_end, format=datetime_format).to_period(freq)
    purchases = _find_first_transactions(
        transactions, customer_id_col, datetime_col, monetary_value_col, datetime_format, end, freq
    )
    purchases["_period"] = _ordinals(purchases[datetime_col])
    by_customer = purchases.groupby(customer_id_col, sort=False)
    periods = by_customer["_period"].agg(["min", "max", "count"])
    summary = pd.DataFrame(index=periods.index)
    summary["frequency"] = periods["count"] - (0 if include_first_transaction else 1)
    summary["recency"] = (periods["max"] - periods["min"]) / freq_multiplier
    summary["T"] = (end.ordinal - periods["min"]) / freq_multiplier
    if monetary_value_col:
        counted = purchases if include_first_transaction else purchases[~purchases["first"]]
        means = counted.groupby(customer_id_col)[monetary_value_col].mean()
        summary["monetary_value"] = means.reindex(summary.index).fillna(0)
    return summary.astype(float)


def calibration_and_holdout_data(
    transactions: pd.DataFrame,
    customer_id_col: str,
    datetime_col: str,
    calibration_period_end: Any,
    observation_period_end: Any = None,
    freq: str = "D",
    freq_multiplier: float = 1,
    datetime_format: Optional[str] = None,
    monetary_value_col: Optional[str] = None,
    include_first_transaction: bool = False,
) -> pd.DataFrame:
    """The summary up to the end of calibration, with what each of these customers did from then to the end of
    observation: frequency_holdout (periods with a purchase), monetary_value_holdout (mean of purchases), and the
    duration of the holdout."""
    if observation_period_end is None:
        observation_period_end = _dates(transactions[datetime_col], datetime_format).max()
    end = pd.to_datetime(observation_period_end, format=datetime_format)
    calibrated = pd.to_datetime(calibration_period_end, format=datetime_format)
    columns = [customer_id_col, datetime_col] + ([monetary_value_col] if monetary_value_col else [])
    dated = transactions[columns].assign(
        **{datetime_col: _dates(transactions[datetime_col], datetime_format)}
    )
    after = dated[(dated[datetime_col] > calibrated) & (dated[datetime_col] <= end)]
    if after.empty:
        raise ValueError(
            "There is no data available after the end of calibration and up to the end of observation. "
            "Check `calibration_period_end` and `observation_period_end`."
        )
    summary = summary_data_from_transaction_data(
        dated[dated[datetime_col] <= calibrated],
        customer_id_col,
        datetime_col,
        monetary_value_col=monetary_value_col,
        observation_period_end=calibrated,
        freq=freq,
        freq_multiplier=freq_multiplier,
        include_first_transaction=include_first_transaction,
    ).add_suffix("_cal")
    periods = after.assign(_period=_ordinals(after[datetime_col].dt.to_period(freq)))
    by_customer = periods.groupby(customer_id_col)
    summary["frequency_holdout"] = by_customer["_period"].nunique().reindex(summary.index)
    if monetary_value_col:
        summary["monetary_value_holdout"] = by_customer[monetary_value_col].mean().reindex(summary.index)
    length = end.to_period(freq).ordinal - calibrated.to_period(freq).ordinal
    return summary.fillna(0).assign(duration_holdout=length / freq_multiplier)


def expected_cumulative_transactions(
    model: Any,
    transactions: pd.DataFrame,
    datetime_col: str,
    customer_id_col: str,
    t: int,
    datetime_format: Optional[str] = None,
    freq: str = "D",
    freq_multiplier: int = 1,
    set_index_date: bool = False,
) -> pd.DataFrame:
    """Cumulative repeat purchases of everybody, actual and predicted, at every ``freq_multiplier`` of ``t`` periods.

    A customer counts from their first purchase on (Fader, Hardie & Lee 2005, note 008).
    """
    start = _dates(transactions[datetime_col], datetime_format).min().to_period(freq)
    purchases = _find_first_transactions(
        transactions,
        customer_id_col,
        datetime_col,
        datetime_format=datetime_format,
        observation_period_end=start + t,
        freq=freq,
    )
    place = _ordinals(purchases[datetime_col]) - start.ordinal
    first = purchases["first"].to_numpy()
    begun = np.bincount(place[first], minlength=t + 1)
    repeated = np.cumsum(np.bincount(place[~first], minlength=t + 1))
    steps = np.arange(freq_multiplier, t + 1, freq_multiplier)
    expected = np.asarray(model.expected_number_of_purchases_up_to_time(np.arange(t + 1) / freq_multiplier))
    predicted = [begun[:step] @ expected[step:0:-1] for step in steps]
    periods = pd.period_range(start, periods=t + 1, freq=freq)
    index = periods[steps - 1] if set_index_date else range(len(steps))
    return pd.DataFrame({"actual": repeated[steps - 1], "predicted": predicted}, index=index)


def calculate_alive_path(
    model: Any, transactions: pd.DataFrame, datetime_col: str, t: int, freq: str = "D"
) -> pd.Series:
    """P(alive) of one customer at every age up to ``t`` periods since the first purchase."""
    bought = _ordinals(pd.to_datetime(transactions[datetime_col]).dt.to_period(freq))
    bought = np.unique(bought - bought.min())
    ages = np.arange(max(t, bought[-1]) + 1)
    frequency = np.searchsorted(bought, ages, side="right") - 1
    alive = model.conditional_probability_alive(frequency, bought[frequency], ages)
    return pd.Series(np.asarray(alive), index=ages)


def _find_first_transactions(
    transactions: pd.DataFrame,
    customer_id_col: str,
    datetime_col: str,
    monetary_value_col: Optional[str] = None,
    datetime_format: Optional[str] = None,
    observation_period_end: Any = None,
    freq: str = "D",
) -> pd.DataFrame:
    """One row per customer and period up to the end of observation, saying which is the customer's first."""
    dates = _dates(transactions[datetime_col], datetime_format).dt.to_period(freq)
    end = observation_period_end
    if end is None:
        end = dates.max()
    elif not isinstance(end, pd.Period):
        end = pd.to_datetime(end)
    end = end.to_timestamp() if isinstance(end, pd.Period) else end
    table = pd.DataFrame({customer_id_col: transactions[customer_id_col].to_numpy(), datetime_col: dates.to_numpy()})
    table[datetime_col] = pd.PeriodIndex(dates, freq=dates.dtype.freq)
    if monetary_value_col:
        table[monetary_value_col] = transactions[monetary_value_col].to_numpy()
    seen = table[table[datetime_col].dt.to_timestamp() <= end]
    by_period = seen.groupby([customer_id_col, datetime_col], sort=True, as_index=False)
    if monetary_value_col:
        periods = by_period[monetary_value_col].sum()
    else:
        periods = seen.drop_duplicates().sort_values([customer_id_col, datetime_col]).reset_index(drop=True)
    periods["first"] = ~periods.duplicated(customer_id_col)
    return periods


def _dates(column: pd.Series, datetime_format: Optional[str]) -> pd.Series:
    """Dates of any kind; whole numbers such as 20240331 are read as text where a format says how."""
    if datetime_format is not None and pd.api.types.is_integer_dtype(column):
        column = column.astype(str)
    return pd.to_datetime(column, format=datetime_format)


def _ordinals(periods: Any) -> np.ndarray:
    return pd.PeriodIndex(periods).astype("int64").to_numpy()


def _scale_time(age: np.ndarray) -> float:
    """What the longest age is multiplied by to become one."""
    return 1.0 / age.max()


def _check_inputs(frequency: Any, recency: Any = None, T: Any = None, monetary_value: Any = None) -> None:
    """Refuses, with a ValueError, columns that cannot be true."""
    frequency = np.asarray(frequency)
    if recency is not None:
        recency = np.asarray(recency)
        if T is not None and np.any(recency > np.asarray(T)):
            raise ValueError("Some recency is larger than T: the last purchase lies after the end of observation.")
        if np.any(recency[frequency == 0] != 0):
            raise ValueError("Some recency is not zero where frequency is: no repeat purchase has no time.")
        if np.any(recency < 0):
            raise ValueError("Some recency is negative: the last purchase lies before the first.")
        if min(np.size(recency), np.size(frequency), np.size(T)) == 0:
            raise ValueError("One of frequency, recency or T has no rows.")
    if np.any(frequency != np.floor(frequency)):
        raise ValueError("Some frequency is no whole number.")
    if monetary_value is not None and np.any(np.asarray(monetary_value) <= 0):
        raise ValueError("Some monetary_value is zero or less; leave these customers out.")


def _customer_lifetime_value(
    transaction_prediction_model: Any,
    frequency: Any,
    recency: Any,
    T: Any,
    monetary_value: Any,
    time: int = 12,
    discount_rate: float = 0.01,
    freq: str = "D",
) -> pd.Series:
    """The value of the purchases expected in each of the next months, discounted by the month and added up.

    The index is that of the columns, if they have one.
    """
    month = MONTH[freq]
    columns = [np.asarray(column, dtype=float) for column in (frequency, recency, T)]
    value, before = np.zeros(columns[0].shape), np.zeros(columns[0].shape)
    for step in range(1, int(time) + 1):
        until = np.asarray(transaction_prediction_model.predict(step * month, *columns))
        value = value + np.asarray(monetary_value) * (until - before) / (1 + discount_rate) ** step
        before = until
    index = getattr(frequency, "index", None)
    return pd.Series(value, index=index, name="clv")


def _save_obj_without_attr(
    obj: Any, attr_list: Sequence[str], path: str, values_to_save: Optional[Sequence[Any]] = None
) -> None:
    """Writes an object with some attributes replaced, by None or by the values given, and leaves it as it was."""
    values = [None] * len(attr_list) if values_to_save is None else values_to_save
    kept = dict(obj.__dict__)
    obj.__dict__.update({name: value for name, value in zip(attr_list, values) if name in kept})
    try:
        with open(path, "wb") as file:
            pickle.dump(obj, file)
    finally:
        obj.__dict__.clear()
        obj.__dict__.update(kept)
