"""The familiar fitters are btyd underneath; what lifetimes' own tests do not ask."""

import numpy as np
import pandas as pd
import pytest

import btyd
from btyd import lifetimes
from btyd.lifetimes import generate_data, utils
from shelf import sample, simulated

BASE = pd.DataFrame(simulated(1500, seed=11))
COLUMNS = BASE["frequency"], BASE["recency"], BASE["age"]
FITTERS = [
    (lifetimes.BetaGeoFitter, btyd.BgNbd),
    (lifetimes.ModifiedBetaGeoFitter, btyd.MbgNbd),
    (lifetimes.ParetoNBDFitter, btyd.ParetoNbd),
]


@pytest.mark.parametrize("fitter,model", FITTERS)
def test_a_fitter_is_the_model_underneath(fitter, model):
    familiar, plain = fitter().fit(*COLUMNS), model.fit(BASE)
    assert familiar.params_.to_dict() == pytest.approx(plain.parameters, rel=1e-12)
    assert familiar.standard_errors_.to_dict() == pytest.approx(plain.standard_errors, rel=1e-9)
    assert np.allclose(familiar.variance_matrix_, plain.covariance)
    assert np.allclose(familiar.predict(26, *COLUMNS), plain.expected_purchases(BASE, within=26))
    assert np.allclose(familiar.conditional_probability_alive(*COLUMNS), plain.probability_active(BASE))
    assert list(familiar.summary.columns) == ["coef", "se(coef)", "lower 95% bound", "upper 95% bound"]


@pytest.mark.parametrize("fitter,model", FITTERS)
def test_the_loss_of_a_fit_is_that_of_its_static_likelihood(fitter, model):
    for penalizer in (0.0, 0.1):
        fit = fitter(penalizer).fit(*COLUMNS)
        scaled = fit.params_ * [1, fit._scale, 1, fit._scale if "beta" in fit.params_ else 1]
        given = scaled if fitter is lifetimes.ParetoNBDFitter else np.log(scaled)
        x, t, age = (column.to_numpy() for column in COLUMNS)
        loss = fitter._negative_log_likelihood(
            given.to_numpy(), x, t * fit._scale, age * fit._scale, np.ones(len(x)), penalizer
        )
        assert fit._negative_log_likelihood_ == pytest.approx(loss, rel=1e-9)


@pytest.mark.parametrize("fitter,model", FITTERS)
def test_weights_are_customers_whole_or_broken(fitter, model):
    cells = BASE.groupby(["frequency", "recency", "age"]).size().reset_index(name="n")
    parts = cells["frequency"], cells["recency"], cells["age"]
    whole, broken = (fitter().fit(*parts, weights=cells["n"] * share) for share in (1, 0.25))
    want = fitter().fit(*COLUMNS)
    for fit in (whole, broken):
        assert np.allclose(fit.params_, want.params_, rtol=1e-5)
        assert fit._negative_log_likelihood_ / want._negative_log_likelihood_ == pytest.approx(
            len(cells) / len(BASE) if fitter is lifetimes.ParetoNBDFitter else 1.0, rel=1e-6
        )
    assert np.allclose(broken.variance_matrix_, 4 * want.variance_matrix_, rtol=1e-5)


@pytest.mark.parametrize("fitter,model", FITTERS)
def test_a_start_and_other_units_change_nothing(fitter, model):
    fit = fitter().fit(*COLUMNS)
    started = fitter().fit(*COLUMNS, initial_params=[0.3, 0.3, 0.3, 0.3])
    assert np.allclose(started.params_, fit.params_, rtol=1e-6)
    seconds = 7 * 24 * 3600.0
    longer = fitter().fit(COLUMNS[0], COLUMNS[1] * seconds, COLUMNS[2] * seconds)
    assert longer.params_["alpha"] / seconds == pytest.approx(fit.params_["alpha"], rel=1e-6)
    assert longer.predict(26 * seconds, 2, 5 * seconds, 9 * seconds) == pytest.approx(fit.predict(26, 2, 5, 9), rel=1e-6)


def test_a_penalizer_draws_toward_zero():
    sums = [lifetimes.BetaGeoFitter(weight).fit(*COLUMNS).params_.sum() for weight in (0, 0.01, 0.1, 1)]
    assert sums == sorted(sums, reverse=True)


def test_q_is_kept_from_falling_below_one():
    rng = np.random.default_rng(4)
    frequency = rng.integers(1, 6, 3000)
    value = btyd.GammaGamma([2.0, 0.8, 10.0]).simulate(frequency.astype(float), seed=5)
    free = lifetimes.GammaGammaFitter().fit(frequency, value)
    held = lifetimes.GammaGammaFitter().fit(frequency, value, q_constraint=True)
    assert free.params_["q"] < 1 and held.params_["q"] == 1.0
    assert held._negative_log_likelihood_ > free._negative_log_likelihood_
    with pytest.warns(UserWarning, match="mean spend"):
        free.conditional_expected_average_profit(np.array([0.0]), np.array([0.0]))


def test_a_base_without_repeaters_does_not_converge():
    for fitter, _ in FITTERS:
        with pytest.raises(utils.ConvergenceError, match="no customer bought again"):
            fitter().fit([0, 0], [0, 0], [9, 9])
        with pytest.raises(ValueError, match="larger than T"):
            fitter().fit([1, 1], [3, 30], [9, 9])


def test_the_value_of_customers_is_indexed_by_them():
    base = pd.DataFrame(sample()).iloc[:50]
    base.index = [f"c{n}" for n in range(50)]
    timing = lifetimes.BetaGeoFitter().fit(base["frequency"], base["recency"], base["age"])
    spend = lifetimes.GammaGammaFitter()
    spend.params_ = pd.Series({"p": 6.25, "q": 3.74, "v": 15.44})
    columns = base["frequency"], base["recency"], base["age"], base["mean_value"]
    value = spend.customer_lifetime_value(timing, *columns, time=12, discount_rate=0.0, freq="W")
    assert list(value.index) == list(base.index)
    whole = timing.predict(12 * 4.345, *columns[:3])
    assert np.allclose(value, whole * spend.conditional_expected_average_profit(base["frequency"], base["mean_value"]))


def test_generated_customers_are_those_of_the_model():
    np.random.seed(5)
    drawn = generate_data.pareto_nbd_model(np.full(4000, 400.0), 0.6, 80.0, 0.6, 80.0, size=4000)
    want = btyd.ParetoNbd([0.6, 80.0, 0.6, 80.0]).expected_of_newcomer(400)
    assert drawn["frequency"].mean() == pytest.approx(want, rel=0.1)
    again = lifetimes.BetaGeoFitter().fit(*COLUMNS).generate_new_data(size=len(BASE))
    assert again["frequency"].mean() == pytest.approx(BASE["frequency"].mean(), rel=0.2)
