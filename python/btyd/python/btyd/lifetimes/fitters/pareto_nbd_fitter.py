"""The Pareto/NBD model under its familiar name."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ..generate_data import pareto_nbd_model
from ._timed import TimedFitter, rows_of

__all__ = ["ParetoNBDFitter"]

log_gamma = np.vectorize(math.lgamma, otypes=[float])


class ParetoNBDFitter(TimedFitter):
    """The Pareto/NBD of Schmittlein, Morrison & Colombo (1987): r, alpha, s, beta.

    ``penalizer_coef`` times the sum of squared parameters (times scaled to a longest age of one) is added to the
    negative log-likelihood over the mean weight. Standard errors come with the fit, which the original has not.
    """

    _model = "pareto-nbd"
    _names = ("r", "alpha", "s", "beta")
    _times = (False, True, False, True)

    def fit(
        self,
        frequency: Any,
        recency: Any,
        T: Any,
        weights: Any = None,
        iterative_fitting: int = 1,
        initial_params: Any = None,
        verbose: bool = False,
        tol: float = 1e-4,
        index: Any = None,
        fit_method: str = "Nelder-Mead",
        maxiter: int = 2000,
        **kwargs: Any,
    ) -> Any:
        """Fits repeat purchases, time of the last, and age; ``weights`` says how many customers share each row.

        The search begins at fixed points and stops by its own criterion, so it needs no repetition:
        ``iterative_fitting``, ``tol``, ``fit_method`` and ``maxiter`` are accepted and change nothing.
        """
        if iterative_fitting <= 0:
            raise ValueError("iterative_fitting must be above zero.")
        if iterative_fitting > 1 and initial_params is not None:
            raise ValueError("Give iterative_fitting or initial_params, not both.")
        start = None if initial_params is None else np.asarray(initial_params, dtype=float)
        return self._fit_columns(frequency, recency, T, weights, start, index, pareto_nbd_model, np.mean)

    @staticmethod
    def _conditional_log_likelihood(params: Any, freq: Any, rec: Any, T: Any) -> np.ndarray:
        return rows_of("pareto-nbd", params, freq, rec, T)

    @staticmethod
    def _negative_log_likelihood(
        params: Any, freq: Any, rec: Any, T: Any, weights: Any, penalizer_coef: float
    ) -> float:
        params, weights = np.asarray(params, dtype=float), np.asarray(weights)
        if (params <= 0).any():
            return np.inf
        rows = ParetoNBDFitter._conditional_log_likelihood(params, freq, rec, T)
        return -(weights * rows).sum() / weights.mean() + penalizer_coef * (params**2).sum()

    @staticmethod
    def _log_A_0(params: Any, freq: Any, recency: Any, age: Any) -> np.ndarray:
        """ln A_0 of Fader & Hardie's note 009: what the likelihood holds beside the term of the active.

        L = G [(alpha+T)^-(r+x) (beta+T)^-s + s/(r+s+x) A_0], with G from gamma functions; the second term is the share
        1 - P(alive) of the whole.
        """
        r, alpha, s, beta = (float(p) for p in params)
        freq, recency, age = (np.asarray(column, dtype=float) for column in (freq, recency, age))
        whole = rows_of("pareto-nbd", params, freq, recency, age).reshape(freq.shape)
        front = log_gamma(r + freq) - log_gamma(r) + r * math.log(alpha) + s * math.log(beta)
        active = -(r + freq) * np.log(alpha + age) - s * np.log(beta + age)
        with np.errstate(divide="ignore"):
            gone = whole - front + np.log(-np.expm1(np.minimum(active - (whole - front), 0.0)))
        return gone - math.log(s) + np.log(r + s + freq)

    def conditional_probability_of_n_purchases_up_to_time(
        self, n: Any, t: Any, frequency: Any, recency: Any, T: Any
    ) -> Any:
        """The probability of exactly ``n`` purchases in the next ``t`` of customers with this history."""
        return self._ask("conditional-count", n, t, frequency, recency, T)
