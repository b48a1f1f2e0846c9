"""Models of repeat buying at any time, by customers who leave without saying so."""

from __future__ import annotations

from typing import Any, Callable, ClassVar, NamedTuple, Optional, Sequence, Tuple, TypeVar, Union

import numpy as np

from ._columns import column, counts_of, customers, numbers, table
from ._fitted import Limits, Model, _level
from ._native import BtydError, LoadError, Timing
from ._spans import Length, Span, continuous, in_unit

Self = TypeVar("Self", bound="TimedModel")
NAMES = ("frequency", "recency", "age")


class Bootstrap(NamedTuple):
    """Models fitted to bases drawn from a fit, and how many bases could not be fitted."""

    fitted: "TimedModel"
    models: list
    failed: int

    def interval(self, quantity: Callable[[Any], float], level: float = 0.95) -> Limits:
        """Percentile limits of any number computed from a model, around its value at the fit."""
        values = [value for value in map(quantity, self.models) if not np.isnan(value)]
        if len(values) < 10:
            raise BtydError(f"{len(values)} of the drawn bases could be fitted, too few for an interval")
        tail = 0.5 - 0.5 * _level(level)
        low, high = np.quantile(values, [tail, 1.0 - tail])
        return Limits(float(quantity(self.fitted)), float(low), float(high))


class TimedModel(Model):
    """What all models of repeat buying in time answer.

    Customers come as a frame with the columns ``frequency``, ``recency`` and ``age`` (``x``, ``t_x``, ``T`` do too), or
    as three columns, or as three numbers; answers come back as a Series with the same index, an array or a number.
    Times are in the unit of the model, unless they are a :class:`~btyd.Span` or a ``timedelta``. With ``level=`` an
    answer is three: estimate, low and high, by the delta method on the scale on which the quantity has no limits.
    """

    _model: ClassVar[str] = ""
    names: ClassVar[Tuple[str, ...]] = ("r", "alpha", "a", "b")

    def __init__(self, parameters: Sequence[float], *, unit: str = "week") -> None:
        self._native = Timing(self._model, unit, [float(p) for p in parameters], 1, "after-repeats")

    @classmethod
    def _of(cls: type[Self], native: Timing) -> Self:
        model = cls.__new__(cls)
        model._native = native
        return model

    @classmethod
    def fit(
        cls: type[Self],
        frequency: Any,
        recency: Any = None,
        age: Any = None,
        *,
        counts: Any = None,
        unit: str = "week",
    ) -> Self:
        """The maximum-likelihood model of customers whose times are in ``unit``.

        ``counts`` (or a column ``count``) says how many customers share each row. Raises :class:`~btyd.InputError` for
        a row that cannot be true and :class:`~btyd.FitError` for a base that cannot carry the model.
        """
        return cls._of(cls._fit((frequency, recency, age), counts, unit, 1, "after-repeats"))

    @classmethod
    def _fit(cls, given: tuple, counts: Any, unit: str, k: int, leaving: str) -> Timing:
        base = customers(given[0], given[1:], NAMES)
        gaps = None if base.frame is None else column(base.frame, "ln_gaps")
        total = None if gaps is None else float(numbers(gaps).sum())
        shared = counts_of(counts, base.frame, base.columns[0].size)
        x, recency, age = base.columns
        return Timing.fit(cls._model, unit, x, recency, age, shared, total, k, leaving, None, None)

    @classmethod
    def from_json(cls: type[Self], text: str) -> Self:
        """The fit of a document written by :meth:`to_json`."""
        native = Timing.from_json(text)
        if native.model != cls._model:
            raise LoadError(f"the saved fit is of the model {native.model}; load it as that")
        return cls._of(native)

    @property
    def unit(self) -> str:
        """The unit of the model's times."""
        return self._native.unit

    def _ask(self, ask: str, name: str, given: tuple, first: Any, second: Any, level: Optional[float]) -> Any:
        base = customers(given[0], given[1:], NAMES)
        size = base.columns[0].size
        numbers_ = [np.broadcast_to(np.asarray(n, dtype=np.float64), size) for n in (first, second)]
        if level is not None:
            found = self._native.limits(ask, *numbers_, *base.columns, _level(level))
            if found is None:
                raise BtydError("the fit is at a boundary and has no covariance; ask the bootstrap for limits")
            return Limits(*(base.back(part, name) for part in found))
        self._native.check(*base.columns)
        return base.back(self._native.answer(ask, *numbers_, *base.columns), name)

    def probability_active(
        self,
        frequency: Any,
        recency: Any = None,
        age: Any = None,
        *,
        after: Length = 0.0,
        level: Optional[float] = None,
    ) -> Any:
        """The probability of being active at the end of observation, or so long after it.

        The historical name is P(alive): has this customer left, and not: will they buy soon.
        """
        later = in_unit(after, self.unit)
        return self._ask("active", "probability_active", (frequency, recency, age), later, 0.0, level)

    def expected_purchases(
        self,
        frequency: Any,
        recency: Any = None,
        age: Any = None,
        *,
        within: Length,
        start: Length = 0.0,
        level: Optional[float] = None,
    ) -> Any:
        """Purchases to expect between two times after the end of observation."""
        times = in_unit(start, self.unit), in_unit(within, self.unit)
        return self._ask("expected", "expected_purchases", (frequency, recency, age), *times, level)

    def discounted_purchases(
        self,
        frequency: Any,
        recency: Any = None,
        age: Any = None,
        *,
        discount: float,
        per: Length = Span(1, "year"),
        horizon: Optional[Length] = None,
        level: Optional[float] = None,
    ) -> Any:
        """Purchases to expect from now on, discounted to today; for ever without a horizon (DERT)."""
        end = np.inf if horizon is None else in_unit(horizon, self.unit)
        rate = continuous(discount, per, self.unit)
        return self._ask("discounted", "discounted_purchases", (frequency, recency, age), end, rate, level)

    def lifetime_value(
        self,
        frequency: Any,
        recency: Any = None,
        age: Any = None,
        *,
        spend: Any,
        discount: float,
        per: Length = Span(1, "year"),
        horizon: Optional[Length] = None,
        margin: float = 1.0,
    ) -> Any:
        """Residual lifetime value: margin times spend per purchase times discounted purchases.

        ``spend`` is an amount, a column, or a fitted :class:`~btyd.GammaGamma` if a frame with ``mean_value`` came.
        """
        if hasattr(spend, "expected_value"):
            spend = spend.expected_value(frequency)
        bought = self.discounted_purchases(
            frequency, recency, age, discount=discount, per=per, horizon=horizon
        )
        value = bought * spend * margin
        rename = getattr(value, "rename", None)
        return rename("lifetime_value") if rename else value

    def score(
        self, frequency: Any, recency: Any = None, age: Any = None, *, within: Length
    ) -> tuple[Any, Any]:
        """The probability of being active and the purchases expected within a time, at once and fastest."""
        base = customers(frequency, (recency, age), NAMES)
        active, expected = self._native.score(*base.columns, in_unit(within, self.unit))
        return base.back(active, "probability_active"), base.back(expected, "expected_purchases")

    def expected_of_newcomer(self, within: Union[Length, np.ndarray]) -> Any:
        """Repeat purchases to expect of a newcomer within a time (or several) from the first purchase."""
        times = numbers(within) if isinstance(within, (np.ndarray, list)) else in_unit(within, self.unit)
        return self._of_newcomer("newcomer", times, 0.0)

    def probability_of_count(
        self,
        purchases: Any,
        within: Length,
        frequency: Any = None,
        recency: Any = None,
        age: Any = None,
    ) -> Any:
        """The probability of exactly so many purchases within a time: of a newcomer, or of given customers."""
        time = in_unit(within, self.unit)
        if frequency is None:
            return self._of_newcomer("count", purchases, time)
        given = (frequency, recency, age)
        return self._ask("conditional-count", "probability_of_count", given, purchases, time, None)

    def _of_newcomer(self, ask: str, first: Any, second: Any) -> Any:
        first, second = np.broadcast_arrays(np.float64(first), np.float64(second))
        nobody = np.zeros(first.size)
        found = self._native.answer(ask, first.ravel(), second.ravel(), nobody, nobody, nobody)
        return found[0].item() if first.ndim == 0 else found.reshape(first.shape)

    def log_likelihood_of(
        self, frequency: Any, recency: Any = None, age: Any = None, *, counts: Any = None
    ) -> float:
        """The log-likelihood of other customers at these parameters."""
        base = customers(frequency, (recency, age), NAMES)
        return self._native.log_likelihood(*base.columns, counts_of(counts, base.frame, base.columns[0].size))

    def simulate(self, age: Any, *, future: Length = 0.0, seed: int = 0) -> Any:
        """Draws one customer per age: frequency, recency, purchases in the time after, whether still active."""
        ages = np.atleast_1d(numbers(age))
        found = self._native.simulate(ages, in_unit(future, self.unit), seed)
        parts = dict(zip(("frequency", "recency", "future", "active"), found))
        return table({**parts, "age": ages}, age)

    def bootstrap(self: Self, replicates: int = 200, *, seed: int = 0) -> Bootstrap:
        """Fits the model to bases drawn from the fit: limits for any quantity, without the normal curve."""
        rows, failed = self._native.bootstrap(replicates, seed)
        return Bootstrap(self, [self._like(row) for row in rows], failed)

    def _like(self: Self, parameters: Sequence[float]) -> Self:
        return type(self)(parameters, unit=self.unit)

    def frequency_table(self, most: int = 7) -> dict[str, Any]:
        """Customers of the fit by number of repeat purchases, actual and expected, with the chi-square test."""
        rows, chi_square, freedom, p_value = self._native.frequency_table(most)
        actual, expected = np.array(rows).T
        tests = {"chi_square": chi_square, "freedom": freedom, "p_value": p_value}
        return {"actual": actual, "expected": expected, **tests}

    def tracking(self, periods: int) -> np.ndarray:
        """Cumulative repeat purchases of the whole base, expected at 1, 2, ... units of the oldest customer's time."""
        return self._native.tracking(periods)
