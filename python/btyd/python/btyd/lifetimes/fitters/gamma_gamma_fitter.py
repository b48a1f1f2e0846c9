"""The gamma-gamma model under its familiar name."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pandas as pd

from ..._native import Values
from ..utils import _check_inputs, _customer_lifetime_value
from . import BaseFitter, as_counts, converged
from ._timed import rows_of

__all__ = ["GammaGammaFitter"]


class GammaGammaFitter(BaseFitter):
    """The gamma-gamma model of spend per purchase (Fader & Hardie 2013): p, q, v."""

    def fit(
        self,
        frequency: Any,
        monetary_value: Any,
        weights: Any = None,
        initial_params: Any = None,
        verbose: bool = False,
        tol: float = 1e-7,
        index: Any = None,
        q_constraint: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Fits repeat purchases and their mean value; ``q_constraint`` keeps q from falling below one.

        Options of an optimizer are accepted and change nothing.
        """
        frequency, monetary_value = np.asarray(frequency), np.asarray(monetary_value)
        _check_inputs(frequency, monetary_value=monetary_value)
        frequency, monetary_value = frequency.astype(float), monetary_value.astype(float)
        weights = np.ones_like(frequency, dtype=int) if weights is None else np.asarray(weights)
        counts, multiplier = as_counts(weights)
        ridge = [self.penalizer_coef * float(counts.sum())] * 3 if self.penalizer_coef else None
        least_q = 1.0 if q_constraint else None
        native = converged(lambda: Values.fit(frequency, monetary_value, counts, ridge, least_q))
        self._negative_log_likelihood_ = -native.estimate.log_likelihood / counts.sum()
        self._take(native.estimate, ("p", "q", "v"), multiplier, float(counts.sum()) / multiplier, np.ones(3))
        self.data = pd.DataFrame(
            {"monetary_value": monetary_value, "frequency": frequency, "weights": weights}, index=index
        )
        return self

    @staticmethod
    def _negative_log_likelihood(
        log_params: Any, frequency: Any, avg_monetary_value: Any, weights: Any, penalizer_coef: float
    ) -> float:
        params, weights = np.exp(np.asarray(log_params, dtype=float)), np.asarray(weights)
        rows = rows_of("gamma-gamma", params, frequency, avg_monetary_value, 0.0) * weights
        return -rows.sum() / weights.sum() + penalizer_coef * (params**2).sum()

    def conditional_expected_average_profit(self, frequency: Any = None, monetary_value: Any = None) -> Any:
        """Expected value of a purchase: the customer's mean drawn toward everybody's (eq. 5).

        Without arguments of the customers of the fit. At q of one or less it is no mean; ``btyd.GammaGamma`` offers the
        median.
        """
        frequency = self.data["frequency"] if frequency is None else frequency
        monetary_value = self.data["monetary_value"] if monetary_value is None else monetary_value
        p, q, v = self._unload_params("p", "q", "v")
        if q <= 1:
            warnings.warn(f"q is {q:.3g}: the mean spend does not exist and may come out negative", stacklevel=2)
        return p * (v + frequency * monetary_value) / (p * frequency + q - 1)

    def customer_lifetime_value(
        self,
        transaction_prediction_model: Any,
        frequency: Any,
        recency: Any,
        T: Any,
        monetary_value: Any,
        time: int = 12,
        discount_rate: float = 0.01,
        freq: str = "D",
    ) -> pd.Series:
        """Value of the next ``time`` months, discounted by the month.

        ``freq`` is the unit that ``T`` is measured in ("D", "W", "M" or "H"); nothing can check that it is, and days
        where weeks are meant give another number.
        """
        spend = self.conditional_expected_average_profit(frequency, monetary_value)
        return _customer_lifetime_value(
            transaction_prediction_model, frequency, recency, T, spend, time, discount_rate, freq=freq
        )
