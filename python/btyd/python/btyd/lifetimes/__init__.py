"""The familiar fitters of the library ``lifetimes`` 0.11.3, fitted and answered by btyd.

Names, arguments and attributes are those of that library; the numbers are btyd's. ``LIFETIMES.md`` beside the package
says where the two differ and why. Needs pandas.

>>> from btyd.lifetimes import BetaGeoFitter
>>> fitter = BetaGeoFitter().fit(summary["frequency"], summary["recency"], summary["T"])
>>> fitter.predict(30, summary["frequency"], summary["recency"], summary["T"])
"""

from .fitters import BaseFitter
from .fitters.beta_geo_beta_binom_fitter import BetaGeoBetaBinomFitter
from .fitters.beta_geo_fitter import BetaGeoFitter
from .fitters.gamma_gamma_fitter import GammaGammaFitter
from .fitters.modified_beta_geo_fitter import ModifiedBetaGeoFitter
from .fitters.pareto_nbd_fitter import ParetoNBDFitter
from .version import __version__

__all__ = [
    "BaseFitter",
    "BetaGeoBetaBinomFitter",
    "BetaGeoFitter",
    "GammaGammaFitter",
    "ModifiedBetaGeoFitter",
    "ParetoNBDFitter",
    "__version__",
]
