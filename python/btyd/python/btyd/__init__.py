"""Customer-base models: who is still active, how often they will buy, and what they are worth.

>>> import btyd
>>> summary = btyd.summarize(transactions, id="customer", date="day", amount="spent", unit="week")
>>> fit = btyd.BgNbd.fit(summary)
>>> summary["active"] = fit.probability_active(summary)
>>> summary["next_quarter"] = fit.expected_purchases(summary, within=13)

The README of the package opens with the whole way from transactions to value; ``btyd.lifetimes`` has the fitters of the
library of that name.
"""

from ._fitted import Limits
from ._native import (
    BtydError,
    FitError,
    InputError,
    LedgerError,
    LoadError,
    MeanUndefined,
    ParameterError,
    __version__,
)
from ._models import BgNbd, Cnbd, MbgNbd, Nbd, ParetoNbd
from ._others import Bdw, BgBb, CovariateFit, GammaGamma, Sbg
from ._spans import Span
from ._summaries import accuracy, holdout, summarize
from ._timing import Bootstrap

__all__ = [
    "Bdw",
    "BgBb",
    "BgNbd",
    "Bootstrap",
    "BtydError",
    "Cnbd",
    "CovariateFit",
    "FitError",
    "GammaGamma",
    "InputError",
    "LedgerError",
    "Limits",
    "LoadError",
    "MbgNbd",
    "MeanUndefined",
    "Nbd",
    "ParameterError",
    "ParetoNbd",
    "Sbg",
    "Span",
    "__version__",
    "accuracy",
    "holdout",
    "summarize",
]
