"""Models of purchases on fixed occasions, of spend, and of contracts; fits with covariates."""

from __future__ import annotations

from typing import Any, ClassVar, Iterable, Optional, Sequence

import numpy as np

from ._columns import column, counts_of, customers, is_frame, numbers
from ._fitted import Model
from ._native import BtydError, Described, Occasions, Renewals, Values
from ._timing import NAMES, TimedModel

ON_OCCASIONS = ("frequency", "recency", "occasions")


class BgBb(Model):
    """The BG/BB of Fader, Hardie & Shang (2010): buying or not on each of a series of occasions.

    Customers come as a frame with ``frequency`` (occasions taken), ``recency`` (the last of them, counted from one) and
    ``occasions`` (how many there were), or as three columns.
    """

    names = ("alpha", "beta", "gamma", "delta")

    def __init__(self, parameters: Sequence[float]) -> None:
        self._native = Occasions([float(p) for p in parameters])

    @classmethod
    def _of(cls, native: Occasions) -> "BgBb":
        model = cls.__new__(cls)
        model._native = native
        return model

    @classmethod
    def fit(cls, frequency: Any, recency: Any = None, occasions: Any = None, *, counts: Any = None) -> "BgBb":
        """The maximum-likelihood model; ``counts`` (or a column ``count``) says how many share each row."""
        base = customers(frequency, (recency, occasions), ON_OCCASIONS)
        shared = counts_of(counts, base.frame, base.columns[0].size)
        x, last, n = base.columns
        return cls._of(Occasions.fit(x, last, n, shared, None))

    @classmethod
    def from_json(cls, text: str) -> "BgBb":
        """The fit of a document written by ``to_json``."""
        return cls._of(Occasions.from_json(text))

    def _ask(self, ask: str, name: str, number: float, given: tuple) -> Any:
        base = customers(given[0], given[1:], ON_OCCASIONS)
        return base.back(self._native.answer(ask, number, *base.columns), name)

    def probability_active(
        self, frequency: Any, recency: Any = None, occasions: Any = None, *, ahead: int = 1
    ) -> Any:
        """The probability of being active so many occasions ahead; 1 is the next (eq. A10)."""
        return self._ask("active", "probability_active", ahead, (frequency, recency, occasions))

    def expected_purchases(
        self, frequency: Any, recency: Any = None, occasions: Any = None, *, within: int
    ) -> Any:
        """Purchases to expect over the next occasions (eq. 13)."""
        return self._ask("expected", "expected_purchases", within, (frequency, recency, occasions))

    def discounted_purchases(
        self, frequency: Any, recency: Any = None, occasions: Any = None, *, discount: float
    ) -> Any:
        """Purchases to expect from now on, discounted per occasion."""
        return self._ask("discounted", "discounted_purchases", discount, (frequency, recency, occasions))

    def expected_of_newcomer(self, within: int) -> float:
        """Purchases to expect of a newcomer over so many occasions."""
        return self._native.expected_of_newcomer(within)

    def probability_of_count(self, purchases: int, within: int) -> float:
        """The probability that a newcomer buys exactly so many times in so many occasions (eq. 7)."""
        return self._native.probability_of_count(purchases, within)

    def simulate(self, size: int, *, occasions: int, future: int = 0, seed: int = 0) -> dict[str, np.ndarray]:
        """Draws customers over so many occasions, and the purchases of the ones after."""
        found = self._native.simulate(size, occasions, future, seed)
        return dict(zip(("frequency", "recency", "future"), found))


class GammaGamma(Model):
    """The gamma-gamma model of spend per purchase (Fader, Hardie & Lee 2005; Fader & Hardie 2013).

    Customers come as a frame with ``frequency`` and ``mean_value`` (``monetary_value`` does too), or as two columns.
    """

    names = ("p", "q", "v")

    def __init__(self, parameters: Sequence[float]) -> None:
        self._native = Values([float(p) for p in parameters])

    @classmethod
    def _of(cls, native: Values) -> "GammaGamma":
        model = cls.__new__(cls)
        model._native = native
        return model

    @classmethod
    def fit(cls, frequency: Any, mean_value: Any = None, *, counts: Any = None) -> "GammaGamma":
        """The maximum-likelihood model of repeat purchases and their mean value.

        Of a frame the customers without repeat purchases, and those whose purchases were free, are left out: they say
        nothing about values. Columns are taken as they are, and such rows refused.
        """
        base = customers(frequency, (mean_value,), ("frequency", "mean_value"))
        purchases, mean = base.columns
        shared = counts_of(counts, base.frame, purchases.size)
        if base.frame is not None:
            keep = ~((purchases == 0) | (mean == 0))
            purchases, mean = purchases[keep], mean[keep]
            shared = None if shared is None else shared[keep]
        return cls._of(Values.fit(purchases, mean, shared, None, None))

    @classmethod
    def from_json(cls, text: str) -> "GammaGamma":
        """The fit of a document written by ``to_json``."""
        return cls._of(Values.from_json(text))

    def _values(self, frequency: Any, mean_value: Any, name: str, median: bool) -> Any:
        base = customers(frequency, (mean_value,), ("frequency", "mean_value"))
        return base.back(self._native.values(*base.columns, median), name)

    def expected_value(self, frequency: Any, mean_value: Any = None) -> Any:
        """Expected value of a purchase: the customer's mean drawn toward everybody's (2013, eq. 5).

        Raises :class:`~btyd.MeanUndefined` where there is none; :meth:`median_value` always exists.
        """
        return self._values(frequency, mean_value, "expected_value", False)

    def median_value(self, frequency: Any, mean_value: Any = None) -> Any:
        """The median of a customer's mean value."""
        return self._values(frequency, mean_value, "median_value", True)

    def simulate(self, frequency: Any, *, seed: int = 0) -> np.ndarray:
        """Draws the mean value of each customer's purchases."""
        return self._native.simulate(np.atleast_1d(numbers(frequency)), seed)


class RenewalModel(Model):
    """What models of contracts answer; time is the number of renewals."""

    _model: ClassVar[str] = ""

    def __init__(self, parameters: Sequence[float]) -> None:
        self._native = Renewals(self._model, [float(p) for p in parameters])

    @classmethod
    def _of(cls, native: Renewals) -> Any:
        model = cls.__new__(cls)
        model._native = native
        return model

    @classmethod
    def fit(cls, survivors: Iterable[Any]) -> Any:
        """From the survivors of one cohort (beginning with those who signed), or from several cohorts."""
        rows = list(survivors)
        cohorts = rows if rows and np.ndim(rows[0]) == 1 else [rows]
        try:
            whole = [[int(n) for n in cohort] for cohort in cohorts]
            exact = all(float(n) == int(n) >= 0 for cohort in cohorts for n in cohort)
        except (TypeError, ValueError) as error:
            raise BtydError(f"survivors are whole numbers of customers: {error}") from error
        if not exact:
            raise BtydError("survivors are whole numbers of customers, not below zero")
        return cls._of(Renewals.fit_survivors(cls._model, whole))

    @classmethod
    def fit_tenures(cls, renewals: Any, ended: Any) -> Any:
        """From single contracts: renewals made, and whether each has ended."""
        return cls._of(Renewals.fit_tenures(cls._model, numbers(renewals), [bool(e) for e in ended]))

    @classmethod
    def from_json(cls, text: str) -> Any:
        """The fit of a document written by ``to_json``."""
        return cls._of(Renewals.from_json(cls._model, text))

    def _curve(self, which: str, renewals: Any) -> Any:
        base = customers(renewals, (), ("renewals",))
        return base.back(self._native.curve(which, *base.columns), which)

    def survival(self, renewals: Any) -> Any:
        """The share of a cohort still there after so many renewals."""
        return self._curve("survival", renewals)

    def retention(self, renewal: Any) -> Any:
        """The share of those there who make that renewal."""
        return self._curve("retention", renewal)

    def residual_renewals(self, made: Any, *, discount: float) -> Any:
        """Discounted renewals to expect of a customer just before the next renewal, that one included."""
        base = customers(made, (), ("made",))
        return base.back(self._native.residual_renewals(*base.columns, discount), "residual_renewals")

    def simulate(self, size: int, *, most: int, seed: int = 0) -> dict[str, np.ndarray]:
        """Draws contracts: renewals made, at most so many, and whether each has ended."""
        return dict(zip(("renewals", "ended"), self._native.simulate(size, most, seed)))


class Sbg(RenewalModel):
    """The shifted beta-geometric of Fader & Hardie (2007): everybody has their own constant chance of leaving.

    >>> Sbg.fit([1000, 869, 743, 653, 593]).survival(12)
    """

    _model = "sbg"
    names = ("alpha", "beta")


class Bdw(RenewalModel):
    """The beta-discrete-Weibull of Fader et al. (2018): a customer's own chance of leaving may change."""

    _model = "bdw"
    names = ("alpha", "beta", "c")


class CovariateFit(Model):
    """A BG/NBD, MBG/NBD or Pareto/NBD in which facts known beforehand act on the scales of the mixtures."""

    def __init__(self, native: Described, model: type[TimedModel], unit: str, covariates: tuple[str, ...]):
        self._native, self._kind, self.unit, self.covariates = native, model, unit, covariates

    @property
    def parameters(self) -> dict[str, float]:
        """The parameters at zero, then the coefficients, such as ``purchase: shop``."""
        return dict(zip(self._estimate.names, self._estimate.values))

    @classmethod
    def fit(
        cls, model: type[TimedModel], frame: Any, covariates: Sequence[str], *, unit: str = "week"
    ) -> "CovariateFit":
        """Fits ``model`` to a frame in which the named columns are covariates (centred, of ordinary size)."""
        if not is_frame(frame):
            raise BtydError("covariates are named columns; give a frame")
        base = customers(frame, (), NAMES)
        columns = []
        for name in covariates:
            found = column(frame, name)
            if found is None:
                raise BtydError(f"there is no column {name}")
            columns.append((name, numbers(found)))
        x, recency, age = base.columns
        native = Described.fit(model._model, unit, x, recency, age, columns)
        return cls(native, model, unit, tuple(covariates))

    def model_for(self, **covariates: float) -> Any:
        """The model of customers with these covariates; missing ones count as zero."""
        unknown = set(covariates) - set(self.covariates)
        if unknown:
            raise BtydError(f"there is no covariate {', '.join(sorted(unknown))}")
        values = [float(covariates.get(name, 0.0)) for name in self.covariates]
        return self._kind(self._native.parameters_for(values), unit=self.unit)

    def profile(self, parameter: str, level: float = 0.95) -> tuple[Optional[float], Optional[float]]:
        """Not offered with covariates; use the standard errors."""
        raise BtydError("profiles are not offered with covariates; use the standard errors")

    def to_json(self) -> str:
        """Not offered with covariates; save ``model_for(...)``'s parameters."""
        raise BtydError("fits with covariates are not saved; keep their parameters")
