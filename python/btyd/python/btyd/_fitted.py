"""What a fitted model tells of itself, the same for every model."""

from __future__ import annotations

from typing import Any, ClassVar, NamedTuple, Optional, Tuple

import numpy as np

from ._native import BtydError


class Limits(NamedTuple):
    """A value with the limits of what the data allow, each in the kind of the question."""

    estimate: Any
    low: Any
    high: Any


class Model:
    """A model with its parameters, and, if it was fitted, with everything needed to judge them."""

    #: Names of the parameters, in order.
    names: ClassVar[Tuple[str, ...]] = ()
    _native: Any

    @property
    def parameters(self) -> dict[str, float]:
        """The parameters by name, in the unit of the model."""
        return dict(zip(self.names, self._native.parameters))

    @property
    def fitted(self) -> bool:
        """True if the parameters were fitted, false if they were given."""
        return self._native.estimate is not None

    @property
    def _estimate(self) -> Any:
        estimate = self._native.estimate
        if estimate is None:
            raise BtydError("the parameters were given, not fitted; call fit")
        return estimate

    @property
    def standard_errors(self) -> Optional[dict[str, float]]:
        """Standard errors by name; None at a boundary, where the usual theory does not hold."""
        errors = self._estimate.standard_errors
        return None if errors is None else dict(zip(self._estimate.names, errors))

    @property
    def covariance(self) -> Optional[np.ndarray]:
        """The covariance of the parameters, in their order; None at a boundary."""
        matrix = self._estimate.covariance
        return None if matrix is None else np.array(matrix)

    @property
    def log_likelihood(self) -> float:
        """The log-likelihood at the maximum, constants of the data included as the papers print it."""
        return self._estimate.log_likelihood

    @property
    def aic(self) -> float:
        """Akaike's criterion; smaller is better, on the same customers."""
        return self._estimate.aic

    @property
    def bic(self) -> float:
        """Schwarz's criterion; smaller is better, on the same customers."""
        return self._estimate.bic

    @property
    def customers(self) -> int:
        """How many customers the fit rests on."""
        return self._estimate.customers

    @property
    def evaluations(self) -> int:
        """Passes over the customers, each with gradient and Hessian."""
        return self._estimate.evaluations

    @property
    def boundary(self) -> dict[str, str]:
        """Parameters that ran away, with where to: "zero" or "infinity".

        If there are any, the maximum is a simpler model and ``log_likelihood`` is that model's.
        """
        return dict(self._estimate.boundary)

    def profile(self, parameter: str, level: float = 0.95) -> tuple[Optional[float], Optional[float]]:
        """The profile-likelihood interval of a parameter; an end that the data do not bound is None."""
        return self._native.profile(parameter, _level(level))

    def summary(self) -> dict[str, dict[str, Optional[float]]]:
        """One line per parameter: value, standard error, and the normal limits at 95 %.

        ``pandas.DataFrame(fit.summary()).T`` is a table of it.
        """
        errors = self.standard_errors or {}
        lines = {}
        for name, value in zip(self._estimate.names, self._estimate.values):
            error = errors.get(name)
            reach = None if error is None else 1.959963984540054 * error
            lines[name] = {
                "value": value,
                "standard_error": error,
                "low": None if reach is None else value - reach,
                "high": None if reach is None else value + reach,
            }
        return lines

    def to_json(self) -> str:
        """The fit as a few hundred bytes of JSON, without the customers, in the layout of the crate."""
        return self._native.to_json()

    def __repr__(self) -> str:
        parts = [f"{name}={value:.6g}" for name, value in self.parameters.items()]
        if self.fitted:
            parts.append(f"log_likelihood={self.log_likelihood:.6f}")
            parts += [f"{name} runs to {end}" for name, end in self.boundary.items()]
        return f"{type(self).__name__}({', '.join(parts)})"


def _level(level: float) -> float:
    if not 0.0 < level < 1.0:
        raise BtydError(f"a level of {level} is no confidence; 0.95 is usual")
    return float(level)
