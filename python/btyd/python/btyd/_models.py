"""The models of repeat buying in time."""

from __future__ import annotations

from typing import Any, Optional, Sequence

from ._columns import column, is_frame
from ._native import FitError, Timing
from ._timing import TimedModel


class Nbd(TimedModel):
    """The NBD of Ehrenberg (1959): nobody ever leaves. The yardstick for the others."""

    _model = "nbd"
    names = ("r", "alpha")


class BgNbd(TimedModel):
    """The BG/NBD of Fader, Hardie & Lee (2005): one may leave after each repeat purchase.

    >>> BgNbd([0.243, 4.414, 0.793, 2.426]).expected_purchases(2, 30.43, 38.86, within=39)
    1.2260...
    """

    _model = "bg-nbd"


class MbgNbd(TimedModel):
    """The MBG/NBD of Batislam et al. (2007): one may leave after any purchase, the first included."""

    _model = "mbg-nbd"


class ParetoNbd(TimedModel):
    """The Pareto/NBD of Schmittlein, Morrison & Colombo (1987): one may leave at any time."""

    _model = "pareto-nbd"
    names = ("r", "alpha", "s", "beta")


class Cnbd(TimedModel):
    """The (M)BG/CNBD-k of Reutterer, Platzer & Schröder (2020): buying more regular than chance.

    ``leaving`` is "from-the-first" (as in the MBG/NBD) or "after-repeats" (as in the BG/NBD).
    """

    _model = "cnbd"
    k: int
    leaving: str

    def __init__(
        self,
        parameters: Sequence[float],
        *,
        k: int,
        leaving: str = "from-the-first",
        unit: str = "week",
    ) -> None:
        self._native = Timing(self._model, unit, [float(p) for p in parameters], k, leaving)
        self.k, self.leaving = k, leaving

    def _like(self, parameters: Sequence[float]) -> "Cnbd":
        return Cnbd(parameters, k=self.k, leaving=self.leaving, unit=self.unit)

    @classmethod
    def _of(cls, native: Timing) -> "Cnbd":
        model = super()._of(native)
        model.k, model.leaving = native.regularity or (1, "after-repeats")
        return model

    @classmethod
    def fit(  # type: ignore[override]
        cls,
        frequency: Any,
        recency: Any = None,
        age: Any = None,
        *,
        counts: Any = None,
        unit: str = "week",
        k: Optional[int] = None,
        leaving: str = "from-the-first",
    ) -> "Cnbd":
        """The maximum-likelihood model for a given regularity, or for the likeliest without one.

        The likeliest can be told only if the base knows the times between purchases: a frame of
        :func:`~btyd.summarize` does (its column ``ln_gaps``).
        """
        given = (frequency, recency, age)
        if k is not None:
            return cls._of(cls._fit(given, counts, unit, k, leaving))
        if not is_frame(frequency) or column(frequency, "ln_gaps") is None:
            raise FitError("the regularity is told by the times between purchases; give k, or a column ln_gaps")
        best = cls._of(cls._fit(given, counts, unit, 1, leaving))
        for regular in range(2, 51):
            next_one = cls._of(cls._fit(given, counts, unit, regular, leaving))
            if next_one.log_likelihood <= best.log_likelihood:
                break
            best = next_one
        return best
