"""What every fitter has: parameters, their uncertainty, a summary, saving and loading."""

from __future__ import annotations

import pickle
from typing import Any, Optional, Sequence

import numpy as np
import pandas as pd

from ..utils import ConvergenceError, _save_obj_without_attr

__all__ = ["BaseFitter"]


class BaseFitter:
    """A model to be fitted; ``params_`` may also be set by hand.

    Attributes after ``fit``: ``params_`` (Series), ``data`` (DataFrame), ``variance_matrix_``, ``standard_errors_``,
    ``confidence_intervals_``, ``summary``, ``predict`` and ``generate_new_data`` where the model has them.
    """

    penalizer_coef: float
    params_: pd.Series
    data: Any

    def __init__(self, penalizer_coef: float = 0.0) -> None:
        self.penalizer_coef = penalizer_coef

    def __repr__(self) -> str:
        parts = []
        subjects = getattr(getattr(self, "data", None), "shape", None)
        if subjects is not None:
            parts.append(f"fitted with {subjects[0]} subjects")
        if hasattr(self, "params_"):
            parts += [f"{name}: {value:.2f}" for name, value in sorted(self.params_.items())]
        tail = ": " + ", ".join(parts) if parts else ""
        return f"<lifetimes.{type(self).__name__}{tail}>"

    def _unload_params(self, *names: str) -> list:
        if not hasattr(self, "params_"):
            raise ValueError("Model has not been fit yet. Please call the .fit method first.")
        return [self.params_[name] for name in names]

    @property
    def summary(self) -> pd.DataFrame:
        """One row per parameter: coef, se(coef) and the 95 % bounds."""
        bounds = self.confidence_intervals_
        table = pd.DataFrame({"coef": self.params_, "se(coef)": self.standard_errors_})
        return table.join(bounds)[["coef", "se(coef)", "lower 95% bound", "upper 95% bound"]]

    def save_model(
        self,
        path: str,
        save_data: bool = True,
        save_generate_data_method: bool = True,
        values_to_save: Optional[Sequence[Any]] = None,
    ) -> None:
        """Writes the fitter to a file, with or without its data and its generator.

        The file is a pickle: load only what you have written yourself.
        """
        left_out = ["" if save_data else "data", "" if save_generate_data_method else "generate_new_data"]
        _save_obj_without_attr(self, left_out, path, values_to_save=values_to_save)

    def load_model(self, path: str) -> None:
        """Takes over everything from a file written by :meth:`save_model`."""
        with open(path, "rb") as file:
            self.__dict__.update(pickle.load(file).__dict__)

    def _take(
        self, estimate: Any, names: Sequence[str], multiplier: float, total: float, scale: np.ndarray
    ) -> None:
        """Parameters and uncertainty of an estimate on counts that are ``multiplier`` times the weights.

        The covariance is carried from the logarithms by the outer product, so it is symmetric.
        """
        values = np.array(estimate.values)
        self.params_ = pd.Series(values * scale, index=list(names))
        size = len(values)
        if estimate.covariance is None:
            covariance = np.full((size, size), np.nan)
            self._hessian_ = None
        else:
            covariance = np.array(estimate.covariance) * multiplier
            self._hessian_ = np.linalg.inv(covariance / np.outer(values, values)) / total
            covariance = covariance * np.outer(scale, scale)
        self.variance_matrix_ = pd.DataFrame(covariance, index=self.params_.index, columns=self.params_.index)
        self.standard_errors_ = pd.Series(np.sqrt(np.diag(covariance)), index=self.params_.index)
        reach = 1.96 * self.standard_errors_
        self.confidence_intervals_ = pd.DataFrame(
            {"lower 95% bound": self.params_ - reach, "upper 95% bound": self.params_ + reach}
        )


def converged(fit: Any) -> Any:
    """Runs a fit; a base that cannot carry the model is a ConvergenceError with the reason."""
    from ..._native import FitError

    try:
        return fit()
    except FitError as error:
        raise ConvergenceError(f"The model did not converge: {error}.") from error


def as_counts(weights: np.ndarray) -> tuple[np.ndarray, float]:
    """Weights as whole counts and what they were multiplied by.

    Whole weights are counts already. Others are stretched by a power of ten until they are whole, or until their sum
    is about a thousand million; the likelihood is then known to nine digits.
    """
    weights = np.asarray(weights, dtype=np.float64)
    if not (np.isfinite(weights).all() and (weights >= 0).all() and weights.sum() > 0):
        raise ValueError("The weights must be numbers not below zero, and some above.")
    multiplier = 1.0
    while True:
        counts = np.round(weights * multiplier)
        exact = np.abs(counts - weights * multiplier) <= 1e-9 * np.maximum(counts, 1.0)
        if exact.all() or weights.sum() * multiplier >= 1e8:
            return counts, multiplier
        multiplier *= 10.0
