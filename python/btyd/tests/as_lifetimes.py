"""A pytest plugin under which ``import lifetimes`` means ``btyd.lifetimes``: ``python -m pytest -p as_lifetimes``.

lifetimes' own tests were written for pandas of 2020. Where a newer pandas has dropped a name they use for their own
bookkeeping, it is put back for them: ``pandas.util.testing`` and ``DataFrame.append``.
"""

import importlib
import sys

import pandas as pd

NAMES = [
    "",
    ".datasets",
    ".fitters",
    ".fitters.beta_geo_beta_binom_fitter",
    ".fitters.beta_geo_fitter",
    ".fitters.gamma_gamma_fitter",
    ".fitters.modified_beta_geo_fitter",
    ".fitters.pareto_nbd_fitter",
    ".generate_data",
    ".utils",
]

for name in NAMES:
    sys.modules["lifetimes" + name] = importlib.import_module("btyd.lifetimes" + name)

if not hasattr(pd.DataFrame, "append"):
    pd.DataFrame.append = lambda self, other: pd.concat([self, other])
    import pandas.testing

    sys.modules.setdefault("pandas.util.testing", pandas.testing)
