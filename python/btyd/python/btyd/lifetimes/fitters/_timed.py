"""What the fitters of models in time share: one fit, one way of asking."""

from __future__ import annotations

import functools
from typing import Any, Callable, ClassVar, Optional, Sequence

import numpy as np
import pandas as pd

from ..._native import Timing, log_likelihood_rows
from ..utils import _check_inputs, _scale_time
from . import BaseFitter, as_counts, converged

#: Times beyond this are fitted in a thousandth of the longest age, as btyd keeps times below a million.
LONGEST = 1e6


def rows_of(model: str, params: Sequence[float], *columns: Any) -> np.ndarray:
    """The log-likelihood of every row by itself."""
    arrays = np.broadcast_arrays(*(np.atleast_1d(np.asarray(column, dtype=np.float64)) for column in columns))
    return log_likelihood_rows(model, [float(p) for p in params], *map(np.ascontiguousarray, arrays))


class TimedFitter(BaseFitter):
    """A fitter of one of btyd's models in time."""

    _model: ClassVar[str] = ""
    _names: ClassVar[tuple[str, ...]] = ()
    _times: ClassVar[tuple[bool, ...]] = ()

    def _fit_columns(
        self,
        frequency: Any,
        recency: Any,
        T: Any,
        weights: Any,
        start: Optional[np.ndarray],
        index: Any,
        generate: Callable[..., Any],
        ridge_per_weight: Callable[[np.ndarray], float],
    ) -> Any:
        frequency, recency, T = (np.asarray(column) for column in (frequency, recency, T))
        _check_inputs(frequency, recency, T)
        frequency = frequency.astype(int)
        weights = np.ones(recency.shape[0], dtype=int) if weights is None else np.asarray(weights)
        counts, multiplier = as_counts(weights)
        self._scale = _scale_time(T)
        stretch = 1.0 if T.max() <= LONGEST else 1e3 * self._scale
        scale = np.where(self._times, 1.0 / stretch, 1.0)
        ridge = None
        if self.penalizer_coef:
            # The ridge acts on parameters whose time is scaled to a longest age of one.
            scaled = np.where(self._times, self._scale / stretch, 1.0)
            ridge = (self.penalizer_coef * ridge_per_weight(counts) * scaled**2).tolist()
        begin = None
        if start is not None:
            begin = (start / np.where(self._times, self._scale / stretch, 1.0)).tolist()
        x, last, age = (np.asarray(c, dtype=np.float64, order="C") for c in (frequency, recency * stretch, T * stretch))
        native = converged(
            lambda: Timing.fit(
                self._model, "week", x, last, age, counts, None, 1, "after-repeats", ridge, begin
            )
        )
        total = float(counts.sum()) / multiplier
        # As lifetimes gives it: of times scaled to a longest age of one, where densities are larger.
        repeats = np.log(self._scale / stretch) * (counts * frequency).sum()
        self._negative_log_likelihood_ = (repeats - native.estimate.log_likelihood) / ridge_per_weight(counts)
        self._take(native.estimate, self._names, multiplier, total, scale)
        columns = {"frequency": frequency, "recency": recency, "T": T, "weights": weights}
        self.data = pd.DataFrame(columns, index=index)
        self.generate_new_data = functools.partial(generate, T, *self._unload_params(*self._names))
        self.predict = self.conditional_expected_number_of_purchases_up_to_time
        return self

    def _native(self) -> Timing:
        return Timing(self._model, "week", [float(p) for p in self._unload_params(*self._names)], 1, "after-repeats")

    def _ask(self, ask: str, first: Any, second: Any, frequency: Any = 0.0, recency: Any = 0.0, T: Any = 0.0) -> Any:
        """One question with numbers of any shape; a Series comes back as a Series, a number as a number."""
        given = (first, second, frequency, recency, T)
        like = next((value for value in given if isinstance(value, pd.Series)), None)
        arrays = np.broadcast_arrays(*(np.asarray(value, dtype=np.float64) for value in given))
        shape = arrays[0].shape
        flat = [array.reshape(-1) for array in arrays]
        found = self._native().answer(ask, *flat[:2], *map(np.ascontiguousarray, flat[2:]))
        if like is not None:
            return pd.Series(found, index=like.index)
        return found.reshape(shape) if shape else found[0]

    def conditional_expected_number_of_purchases_up_to_time(
        self, t: Any, frequency: Any, recency: Any, T: Any
    ) -> Any:
        """Purchases to expect in the next ``t`` of customers with this history."""
        return self._ask("expected", 0.0, t, frequency, recency, T)

    def conditional_probability_alive(self, frequency: Any, recency: Any, T: Any) -> Any:
        """The probability that customers with this history are still active."""
        return self._ask("active", 0.0, 0.0, frequency, recency, T)

    def expected_number_of_purchases_up_to_time(self, t: Any) -> Any:
        """Repeat purchases to expect of a newcomer up to time ``t``."""
        return self._ask("newcomer", t, 0.0)

    def conditional_probability_alive_matrix(
        self, max_frequency: Optional[int] = None, max_recency: Optional[int] = None
    ) -> np.ndarray:
        """P(alive) at the age ``max_recency`` for every recency (rows) and frequency (columns) up to the two."""
        frequency = int(max_frequency or self.data["frequency"].max())
        recency = int(max_recency or self.data["T"].max())
        rows, columns = np.mgrid[0 : recency + 1, 0 : frequency + 1]
        return np.asarray(self.conditional_probability_alive(columns, rows, recency))
