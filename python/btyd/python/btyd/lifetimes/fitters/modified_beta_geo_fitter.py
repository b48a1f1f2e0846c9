"""The MBG/NBD model under its familiar name."""

from __future__ import annotations

from typing import Any, ClassVar

from ..generate_data import modified_beta_geometric_nbd_model
from .beta_geo_fitter import BetaGeoFitter

__all__ = ["ModifiedBetaGeoFitter"]


class ModifiedBetaGeoFitter(BetaGeoFitter):
    """The MBG/NBD of Batislam et al. (2007): as the BG/NBD, but one may leave at the first purchase too."""

    _model = "mbg-nbd"
    _generate: ClassVar[Any] = staticmethod(modified_beta_geometric_nbd_model)

    @staticmethod
    def _negative_log_likelihood(
        log_params: Any, freq: Any, rec: Any, T: Any, weights: Any, penalizer_coef: float
    ) -> float:
        return ModifiedBetaGeoFitter._mean_loss(log_params, freq, rec, T, weights, penalizer_coef)
