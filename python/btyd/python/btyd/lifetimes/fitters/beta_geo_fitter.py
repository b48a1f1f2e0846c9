"""The BG/NBD model under its familiar name."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from ..generate_data import beta_geometric_nbd_model
from ._timed import TimedFitter, rows_of

__all__ = ["BetaGeoFitter"]


class BetaGeoFitter(TimedFitter):
    """The BG/NBD of Fader, Hardie & Lee (2005): r, alpha, a, b.

    ``penalizer_coef`` times the sum of squared parameters (times scaled to a longest age of one) is added to the mean
    negative log-likelihood.
    """

    _model = "bg-nbd"
    _names = ("r", "alpha", "a", "b")
    _times = (False, True, False, False)
    _generate: ClassVar[Any] = staticmethod(beta_geometric_nbd_model)

    def fit(
        self,
        frequency: Any,
        recency: Any,
        T: Any,
        weights: Any = None,
        initial_params: Any = None,
        verbose: bool = False,
        tol: float = 1e-7,
        index: Any = None,
        **kwargs: Any,
    ) -> Any:
        """Fits repeat purchases, time of the last, and age; ``weights`` says how many customers share each row.

        ``initial_params`` are logarithms, with time scaled to a longest age of one. The search stops by its own
        criterion: ``verbose``, ``tol`` and other options of an optimizer are accepted and change nothing.
        """
        start = None if initial_params is None else np.exp(np.asarray(initial_params, dtype=float))
        return self._fit_columns(frequency, recency, T, weights, start, index, type(self)._generate, np.sum)

    @classmethod
    def _mean_loss(cls, log_params: Any, freq: Any, rec: Any, T: Any, weights: Any, penalizer_coef: float) -> float:
        params = np.exp(np.asarray(log_params, dtype=float))
        weights = np.asarray(weights)
        rows = weights * rows_of(cls._model, params, freq, rec, T)
        return -rows.sum() / weights.sum() + penalizer_coef * (params**2).sum()

    @staticmethod
    def _negative_log_likelihood(
        log_params: Any, freq: Any, rec: Any, T: Any, weights: Any, penalizer_coef: float
    ) -> float:
        return BetaGeoFitter._mean_loss(log_params, freq, rec, T, weights, penalizer_coef)

    def conditional_probability_alive(self, frequency: Any, recency: Any, T: Any) -> np.ndarray:
        """The probability that customers with this history are still active, always as an array."""
        return np.atleast_1d(np.asarray(super().conditional_probability_alive(frequency, recency, T)))

    def probability_of_n_purchases_up_to_time(self, t: Any, n: Any) -> Any:
        """The probability that a newcomer makes exactly ``n`` repeat purchases up to time ``t``."""
        return self._ask("count", n, t)
