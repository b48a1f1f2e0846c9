"""Artificial customers, drawn by numpy's global generator (``numpy.random.seed`` makes them repeatable)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy import random

__all__ = [
    "beta_geometric_beta_binom_model",
    "beta_geometric_nbd_model",
    "beta_geometric_nbd_model_transactional_data",
    "modified_beta_geometric_nbd_model",
    "pareto_nbd_model",
]


def _ages(T: Any, size: int) -> np.ndarray:
    return np.broadcast_to(np.asarray(T, dtype=float), size).copy()


def _purchases(rate: float, end: float, leave: float, alive: bool = True) -> tuple[np.ndarray, bool]:
    """Times of purchases up to an end or until leaving, with the chance ``leave`` after each."""
    times, now = [], random.exponential(1.0 / rate) if rate > 0 else np.inf
    while alive and now < end:
        times.append(now)
        now += random.exponential(1.0 / rate)
        alive = random.random() >= leave
    return np.array(times), alive


def _row(times: np.ndarray) -> tuple[int, float]:
    """Periods with a purchase, and the time of the last."""
    return np.unique(np.floor(times)).size, times[-1] if times.size else 0.0


def _frame(rows: list, ages: np.ndarray, columns: dict[str, Any]) -> pd.DataFrame:
    frequency, recency, alive = zip(*rows) if rows else ((), (), ())
    table = {"frequency": np.array(frequency, dtype=float), "recency": np.array(recency, dtype=float), "T": ages}
    index = pd.RangeIndex(len(ages), name="customer_id")
    return pd.DataFrame({**table, **columns, "alive": np.array(alive, dtype=bool)}, index=index)


def beta_geometric_nbd_model(
    T: Any, r: float, alpha: float, a: float, b: float, size: int = 1
) -> pd.DataFrame:
    """Customers of the BG/NBD: frequency, recency, T, lambda, p, alive by customer_id."""
    ages = _ages(T, size)
    p, rates = random.beta(a, b, size), random.gamma(r, 1.0 / alpha, size)
    rows = []
    for rate, leave, age in zip(rates, p, ages):
        times, alive = _purchases(rate, age, leave)
        rows.append((*_row(times), alive))
    return _frame(rows, ages, {"lambda": rates, "p": p})


def modified_beta_geometric_nbd_model(
    T: Any, r: float, alpha: float, a: float, b: float, size: int = 1
) -> pd.DataFrame:
    """Customers of the MBG/NBD, who may leave at the first purchase too."""
    ages = _ages(T, size)
    p, rates = random.beta(a, b, size), random.gamma(r, 1.0 / alpha, size)
    rows = []
    for rate, leave, age in zip(rates, p, ages):
        times, alive = _purchases(rate, age, leave, alive=random.random() >= leave)
        rows.append((*_row(times), alive))
    return _frame(rows, ages, {"lambda": rates, "p": p})


def pareto_nbd_model(T: Any, r: float, alpha: float, s: float, beta: float, size: int = 1) -> pd.DataFrame:
    """Customers of the Pareto/NBD: frequency, recency, T, lambda, mu, alive by customer_id."""
    ages = _ages(T, size)
    rates, leaving = random.gamma(r, 1.0 / alpha, size), random.gamma(s, 1.0 / beta, size)
    rows = []
    for rate, mu, age in zip(rates, leaving, ages):
        life = random.exponential(1.0 / mu) if mu > 0 else np.inf
        times, _ = _purchases(rate, min(life, age), 0.0)
        rows.append((*_row(times), life > age))
    return _frame(rows, ages, {"lambda": rates, "mu": leaving})


def beta_geometric_nbd_model_transactional_data(
    T: Any,
    r: float,
    alpha: float,
    a: float,
    b: float,
    observation_period_end: Any = "2019-1-1",
    freq: Any = "D",
    size: int = 1,
) -> pd.DataFrame:
    """Transactions (customer_id, date) of customers of the BG/NBD; summarized they are what
    :func:`beta_geometric_nbd_model` draws with the same seed."""
    end, one = pd.to_datetime(observation_period_end), pd.Timedelta(1, unit=freq)
    ages = _ages(T, size)
    p, rates = random.beta(a, b, size), random.gamma(r, 1.0 / alpha, size)
    who, when = [], []
    for customer, (rate, leave, age) in enumerate(zip(rates, p, ages)):
        times, _ = _purchases(rate, age, leave)
        born = end - age * one
        when += [born, *(born + (1.0 + time) * one for time in times)]
        who += [customer] * (1 + times.size)
    return pd.DataFrame({"customer_id": who, "date": when})


def beta_geometric_beta_binom_model(
    N: Any, alpha: float, beta: float, gamma: float, delta: float, size: int = 1
) -> pd.DataFrame:
    """Customers of the BG/BB: frequency, recency, n_periods, p, theta, alive, customer_id.

    Who bought in every period has a frequency of ``n_periods``: the purchase that made them a customer is not counted.
    """
    periods = np.broadcast_to(np.asarray(N, dtype=float), size).copy()
    p, theta = random.beta(alpha, beta, size), random.beta(gamma, delta, size)
    alive = np.ones(size, dtype=bool)
    frequency, recency = np.zeros(size), np.zeros(size)
    # One chance of leaving beyond the last period: active means active at the next.
    for period in range(1, int(periods.max(initial=0)) + 2):
        asked = period <= periods + 1
        alive &= ~(asked & (random.random(size) < theta))
        buys = alive & (period <= periods) & (random.random(size) < p)
        frequency[buys] += 1
        recency[buys] = period
    columns = {"frequency": frequency, "recency": recency, "n_periods": periods, "p": p, "theta": theta}
    return pd.DataFrame({**columns, "alive": alive, "customer_id": np.arange(size)})
