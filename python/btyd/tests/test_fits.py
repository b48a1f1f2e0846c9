"""What a fit tells of itself: limits, boundaries, documents, simulation."""

import json

import numpy as np
import pytest

import btyd
from shelf import HIGH_END, simulated

BASE = simulated(3000, seed=7)
FIT = btyd.BgNbd.fit(BASE)


def test_a_fit_says_how_well_it_is_known():
    lines = FIT.summary()
    assert list(lines) == ["r", "alpha", "a", "b"]
    assert abs(lines["r"]["value"] - 0.8) < 4 * lines["r"]["standard_error"]
    low, high = FIT.profile("r")
    assert low < lines["r"]["value"] < high and FIT.aic == pytest.approx(8 - 2 * FIT.log_likelihood)
    assert "log_likelihood" in repr(FIT) and FIT.boundary == {} and FIT.customers == 3000


def test_limits_enclose_the_answer_and_widen_with_the_level():
    narrow = FIT.expected_purchases(BASE, within=26, level=0.5)
    wide = FIT.expected_purchases(BASE, within=26, level=0.99)
    assert (wide.low < narrow.low).all() and (narrow.high < wide.high).all()
    assert np.allclose(wide.estimate, FIT.expected_purchases(BASE, within=26))
    active = FIT.probability_active(BASE, level=0.9)
    assert ((0 <= active.low) & (active.high <= 1)).all()
    discounted = FIT.discounted_purchases(BASE, discount=0.1, level=0.9)
    assert np.allclose(discounted.estimate, FIT.discounted_purchases(BASE, discount=0.1))


def test_a_bootstrap_is_repeatable_and_agrees_with_the_delta_method():
    drawn = FIT.bootstrap(60, seed=3)
    again = FIT.bootstrap(60, seed=3)
    assert [m.parameters for m in drawn.models] == [m.parameters for m in again.models]
    limits = drawn.interval(lambda model: model.parameters["r"], level=0.9)
    error = FIT.standard_errors["r"]
    assert (limits.high - limits.low) / (2 * 1.645 * error) == pytest.approx(1.0, abs=0.5)


def test_conditional_counts_are_a_distribution_with_the_expected_mean():
    for kind in (btyd.Nbd, btyd.BgNbd, btyd.MbgNbd, btyd.ParetoNbd):
        fit = kind.fit(BASE)
        counts = np.array([fit.probability_of_count(n, 10, 4, 28.0, 40.0) for n in range(80)])
        assert counts.sum() == pytest.approx(1.0, abs=1e-9)
        mean = counts @ np.arange(80)
        assert mean == pytest.approx(fit.expected_purchases(4, 28.0, 40.0, within=10), rel=1e-8)


def test_nobody_leaving_is_reported_as_the_boundary_it_is():
    forever = btyd.Nbd([2.0, 5.0]).simulate(np.full(800, 40.0), seed=2)
    fit = btyd.ParetoNbd.fit(forever)
    assert fit.boundary and fit.covariance is None and fit.standard_errors is None
    assert fit.log_likelihood == pytest.approx(btyd.Nbd.fit(forever).log_likelihood, abs=1e-3)
    with pytest.raises(btyd.BtydError, match="boundary"):
        fit.probability_active(forever, level=0.9)
    assert np.isfinite(fit.probability_active(forever)).all()


@pytest.mark.parametrize("kind", [btyd.Nbd, btyd.BgNbd, btyd.MbgNbd, btyd.ParetoNbd])
def test_a_saved_fit_answers_as_before(kind):
    fit = kind.fit(BASE)
    again = kind.from_json(fit.to_json())
    assert (again.probability_active(BASE) == fit.probability_active(BASE)).all()
    assert again.standard_errors == fit.standard_errors
    other = btyd.ParetoNbd if kind is not btyd.ParetoNbd else btyd.Nbd
    with pytest.raises(btyd.LoadError, match="load it as that"):
        other.from_json(fit.to_json())


def test_other_models_are_saved_too():
    renewed = btyd.Bdw.fit(HIGH_END)
    assert btyd.Bdw.from_json(renewed.to_json()).survival(9) == renewed.survival(9)
    with pytest.raises(btyd.LoadError):
        btyd.Sbg.from_json(renewed.to_json())
    newer = json.loads(renewed.to_json())
    newer["format"] = 99
    with pytest.raises(btyd.LoadError, match="newer"):
        btyd.Bdw.from_json(json.dumps(newer))


def test_parameters_are_found_again_in_what_they_simulate():
    seasons = btyd.BgBb([1.2, 0.75, 0.66, 2.8]).simulate(20_000, occasions=6, seed=1)
    again = btyd.BgBb.fit(seasons["frequency"], seasons["recency"], 6)
    assert again.parameters["alpha"] == pytest.approx(1.2, rel=0.15)
    contracts = btyd.Sbg([0.7, 3.8]).simulate(20_000, most=7, seed=1)
    assert btyd.Sbg.fit_tenures(**contracts).parameters["beta"] == pytest.approx(3.8, rel=0.1)
    frequency = np.tile(np.arange(1, 6), 2000)
    spent = btyd.GammaGamma([6.25, 3.74, 15.4]).simulate(frequency, seed=1)
    assert btyd.GammaGamma.fit(frequency, spent).parameters["q"] == pytest.approx(3.74, rel=0.1)


def test_regular_buyers_are_known_by_the_times_between_their_purchases():
    days = np.concatenate([np.arange(start, 700, 28 + start % 3) for start in range(1, 60)])
    who = np.repeat(range(59), [len(np.arange(start, 700, 28 + start % 3)) for start in range(1, 60)])
    log = {"who": who, "day": np.datetime64("2024-01-01") + days.astype("timedelta64[D]")}
    base = btyd.summarize(log, id="who", date="day")
    assert btyd.Cnbd.fit(base).k > 5
    with pytest.raises(btyd.FitError, match="ln_gaps"):
        btyd.Cnbd.fit(base["frequency"], base["recency"], base["age"])


def test_a_covariate_moves_the_model_its_own_way():
    busy = btyd.ParetoNbd([1.0, 4.0, 0.6, 12.0]).simulate(np.full(1500, 50.0), seed=1)
    quiet = btyd.ParetoNbd([1.0, 12.0, 0.6, 12.0]).simulate(np.full(1500, 50.0), seed=2)
    base = {name: np.concatenate([busy[name], quiet[name]]) for name in busy}
    base["shop"] = np.repeat([0.5, -0.5], 1500)
    fit = btyd.CovariateFit.fit(btyd.ParetoNbd, base, ["shop"])
    assert fit.parameters["purchase: shop"] == pytest.approx(np.log(3), abs=0.25)
    assert fit.model_for(shop=0.5).parameters["alpha"] < fit.model_for(shop=-0.5).parameters["alpha"]
