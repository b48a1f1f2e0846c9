"""The BG/BB model under its familiar name."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import pandas as pd

from ..._native import Occasions
from ..generate_data import beta_geometric_beta_binom_model
from ..utils import _check_inputs
from . import BaseFitter, as_counts, converged
from ._timed import rows_of

__all__ = ["BetaGeoBetaBinomFitter"]

NAMES = ("alpha", "beta", "gamma", "delta")


class BetaGeoBetaBinomFitter(BaseFitter):
    """The BG/BB of Fader, Hardie & Shang (2010): alpha, beta, gamma, delta."""

    def fit(
        self,
        frequency: Any,
        recency: Any,
        n_periods: Any,
        weights: Any = None,
        initial_params: Any = None,
        verbose: bool = False,
        tol: float = 1e-7,
        index: Any = None,
        **kwargs: Any,
    ) -> Any:
        """Fits periods with a purchase, the last of them, and how many periods there were.

        Options of an optimizer are accepted and change nothing.
        """
        frequency, recency, n_periods = (np.asarray(c).astype(int) for c in (frequency, recency, n_periods))
        _check_inputs(frequency, recency, n_periods)
        weights = np.ones_like(recency) if weights is None else np.asarray(weights)
        counts, multiplier = as_counts(weights)
        ridge = [self.penalizer_coef * float(counts.sum())] * 4 if self.penalizer_coef else None
        x, last, n = (np.asarray(c, dtype=np.float64, order="C") for c in (frequency, recency, n_periods))
        native = converged(lambda: Occasions.fit(x, last, n, counts, ridge))
        self._negative_log_likelihood_ = -native.estimate.log_likelihood / counts.sum()
        self._take(native.estimate, NAMES, multiplier, float(counts.sum()) / multiplier, np.ones(4))
        self.data = pd.DataFrame(
            {"frequency": frequency, "recency": recency, "n_periods": n_periods, "weights": weights}, index=index
        )
        everybody = np.repeat(n_periods, np.asarray(weights).astype(int))
        self.generate_new_data = functools.partial(
            beta_geometric_beta_binom_model, everybody, *self._unload_params(*NAMES)
        )
        return self

    @staticmethod
    def _loglikelihood(params: Any, x: Any, tx: Any, T: Any) -> np.ndarray:
        return rows_of("bg-bb", params, x, tx, T)

    @staticmethod
    def _negative_log_likelihood(
        log_params: Any, frequency: Any, recency: Any, n_periods: Any, weights: Any, penalizer_coef: float = 0
    ) -> float:
        params, weights = np.exp(np.asarray(log_params, dtype=float)), np.asarray(weights)
        rows = BetaGeoBetaBinomFitter._loglikelihood(params, frequency, recency, n_periods) * weights
        return -rows.sum() / weights.sum() + penalizer_coef * (params**2).sum()

    def _ask(self, ask: str, ahead: Any, frequency: Any, recency: Any, n_periods: Any) -> Any:
        given = (ahead, frequency, recency, n_periods)
        like = next((value for value in given if isinstance(value, pd.Series)), None)
        arrays = np.broadcast_arrays(*(np.asarray(value, dtype=np.float64) for value in given))
        shape = arrays[0].shape
        ahead, *columns = (np.ascontiguousarray(array).reshape(-1) for array in arrays)
        native = Occasions([float(p) for p in self._unload_params(*NAMES)])
        found = np.empty(ahead.size)
        for steps in np.unique(ahead):
            rows = ahead == steps
            found[rows] = native.answer(ask, float(steps), *(np.ascontiguousarray(c[rows]) for c in columns))
        if like is not None:
            return pd.Series(found, index=like.index)
        return found.reshape(shape) if shape else found[0]

    def conditional_expected_number_of_purchases_up_to_time(
        self, m_periods_in_future: Any, frequency: Any, recency: Any, n_periods: Any
    ) -> Any:
        """Purchases to expect over the next periods of customers with this history (eq. 13)."""
        return self._ask("expected", m_periods_in_future, frequency, recency, n_periods)

    def conditional_probability_alive(
        self, m_periods_in_future: Any, frequency: Any, recency: Any, n_periods: Any
    ) -> Any:
        """The probability of being active at a period ahead of customers with this history (eq. A10)."""
        return self._ask("active", m_periods_in_future, frequency, recency, n_periods)

    def expected_number_of_transactions_in_first_n_periods(self, n: int) -> pd.DataFrame:
        """How many customers of the base are expected to buy x times in the first ``n`` periods (eq. 7), by x."""
        native = Occasions([float(p) for p in self._unload_params(*NAMES)])
        weights = self.data.groupby("frequency")["weights"].sum()
        expected = [native.probability_of_count(int(x), int(n)) * weights.sum() for x in weights.index]
        return pd.DataFrame({"model": expected}, index=pd.Index(weights.index, name="frequency"))
