"""Published values, and the digits behind them, through Python."""

import json
import math

import numpy as np
import pytest

import btyd
from shelf import HIGH_END, REGULAR, donations, path, reference, sample

IN_TIME = {"bgnbd": btyd.BgNbd, "mbgnbd": btyd.MbgNbd, "pnbd": btyd.ParetoNbd, "nbd": btyd.Nbd}


def against(fit, key):
    want = reference()[key]
    assert fit.log_likelihood == pytest.approx(want["LL"], abs=1e-5)
    assert list(fit.parameters.values()) == pytest.approx(want["params"], rel=1e-6)
    errors = np.array(list(fit.standard_errors.values()))
    assert errors == pytest.approx(want["se"], rel=1e-3)
    assert np.abs(fit.covariance - want["cov"]).max() / np.outer(errors, errors).max() < 1e-3
    assert np.allclose(fit.covariance, fit.covariance.T, rtol=1e-9, atol=0)


@pytest.mark.parametrize("name", IN_TIME)
def test_models_in_time_fit_the_cdnow_sample_as_the_reference_does(name):
    against(IN_TIME[name].fit(sample()), f"cdnow_sample:{name}")


def test_gamma_gamma_fits_the_cdnow_sample_as_the_reference_does():
    against(btyd.GammaGamma.fit(sample()), "cdnow_sample:gg")


def test_bg_bb_fits_the_donations_as_the_reference_does():
    fit = btyd.BgBb.fit(donations())
    against(fit, "donation:bgbb")
    expected = fit.expected_purchases(donations(), within=5) @ donations()["count"]
    assert expected == pytest.approx(12884.2, abs=0.5)
    at_six = [11104 * fit.probability_of_count(n, 6) for n in (0, 6)]
    assert at_six == pytest.approx([3454.9, 1253.1], abs=0.1)


@pytest.mark.parametrize("cohort,key", [(REGULAR, "regular"), (HIGH_END, "highend")])
@pytest.mark.parametrize("model,name", [(btyd.Sbg, "sbg"), (btyd.Bdw, "bdw")])
@pytest.mark.parametrize("years", [4, 7, 12])
def test_renewal_models_fit_the_survivors_of_a_thousand(cohort, key, model, name, years):
    fit = model.fit(cohort[: years + 1])
    against(fit, f"{key}:{years}:{name}")
    assert fit.survival(np.arange(1, 13)) == pytest.approx(reference()[f"{key}:{years}:{name}"]["S"], abs=1e-6)


def test_the_figures_of_the_survivors_as_printed():
    assert btyd.Sbg.fit(HIGH_END[:8]).parameters == pytest.approx({"alpha": 0.668, "beta": 3.806}, abs=5e-4)
    assert btyd.Sbg.fit(REGULAR[:8]).survival(12) == pytest.approx(0.17004, abs=5e-6)
    five = [[10000, 8000, 6480, 5307, 4391][: 5 - year] for year in range(5)]
    assert btyd.Sbg.fit(five).parameters == pytest.approx({"alpha": 3.80, "beta": 15.19}, abs=0.01)


def answer(point):
    args = dict(point["args"])
    params, asked = point["params"], point["quantity"]
    if point["model"] == "gg":
        return btyd.GammaGamma(params).expected_value(args["x"], args["m"])
    if point["model"] == "sbg":
        return btyd.Sbg(params).residual_renewals(args["n"] - 1, discount=args["d"])
    if point["model"] == "bgbb":
        model, who = btyd.BgBb(params), (args["x"], args["t_x"], args["n"])
        if asked.startswith("E"):
            return model.expected_purchases(*who, within=args["n_star"])
        if asked == "DERT":
            return model.discounted_purchases(*who, discount=args["d"])
        return model.probability_active(*who)
    model = IN_TIME[point["model"]](params)
    who = (args.get("x"), args.get("t_x"), args.get("T"))
    if asked == "E[X(t)]":
        return model.expected_of_newcomer(args["t"])
    if asked == "P(X(t)=n)":
        return model.probability_of_count(args["n"], args["t"])
    if asked == "P(alive)":
        return model.probability_active(*who)
    if asked == "DERT":
        assert args["delta"] == "ln(1.15)/52"
        return model.discounted_purchases(*who, discount=0.15, per=52)
    return model.expected_purchases(*who, within=args["t"])


def test_every_point_check_to_ten_digits():
    points = json.loads(path("point_checks.json").read_text())
    assert len(points) == 110
    for point in points:
        assert answer(point) == pytest.approx(float(point["value"]), rel=1e-10), point


def test_the_worked_example_of_the_paper():
    model = btyd.BgNbd([0.243, 4.414, 0.793, 2.426], unit="week")
    assert model.expected_purchases(2, 30.43, 38.86, within=39) == pytest.approx(1.226, abs=5e-4)
    assert model.expected_purchases(2, 30.43, 38.86, within=btyd.Span(273, "day")) == pytest.approx(1.22603, abs=5e-6)


def test_goodness_of_fit_of_the_paper():
    table = btyd.BgNbd.fit(sample()).frequency_table(7)
    assert table["chi_square"] == pytest.approx(4.82, abs=5e-3)
    assert table["p_value"] == pytest.approx(0.19, abs=5e-3)
    assert table["actual"].tolist() == [1411, 439, 214, 100, 62, 38, 29, 64]


def test_the_holdout_of_the_sample():
    base = sample()
    report = btyd.accuracy(btyd.ParetoNbd.fit(base).expected_purchases(base, within=39), base["holdout"])
    assert report["correlation"] == pytest.approx(0.6302, abs=2e-4)
    assert report["mae"] == pytest.approx(0.7545, abs=5e-4)
    assert report["total_error"] == pytest.approx(-0.115, abs=5e-4)
    pareto = btyd.ParetoNbd.fit(base)
    beside = btyd.holdout(pareto, base, base["holdout"], length=39, hiatus=6.4)
    assert beside["model"] == report and beside["hiatus"] == 6.4
    assert beside["naive_rate"]["total_error"] == pytest.approx(0.557, abs=5e-4)
    assert beside["hiatus_rule"]["mae"] == pytest.approx(0.7561, abs=5e-5)
    in_hindsight = btyd.holdout(pareto, base, base["holdout"], length=btyd.Span(273, "day"))
    assert in_hindsight["hiatus_rule"]["mae"] < beside["hiatus_rule"]["mae"]



def test_the_value_of_all_cdnow():
    pandas = pytest.importorskip("pandas")
    columns = {"CDNOW_sample.txt": [1, 2, 4], "CDNOW_master.txt": [0, 1, 3]}
    summaries = []
    for name, places in columns.items():
        log = pandas.read_csv(path(name), sep=r"\s+", header=None, usecols=places, skiprows=int("master" in name))
        log.columns = ["who", "day", "spent"]
        summaries.append(btyd.summarize(log, id="who", date="day", amount="spent", end="1998-06-30"))
    few, everybody = summaries
    pareto, spend = btyd.ParetoNbd.fit(few), btyd.GammaGamma.fit(few)
    assert pareto.log_likelihood == pytest.approx(-17135.835886, abs=1e-5)
    valued = everybody[everybody["mean_value"] * everybody["frequency"] <= 4000]
    assert len(everybody) == 23570 and len(valued) == 23560
    value = pareto.lifetime_value(valued, spend=spend, discount=0.15, per=52, margin=0.3)
    assert value.sum() == pytest.approx(1_100_623, rel=5e-4)
    assert value[valued["frequency"] == 0].sum() == pytest.approx(53_086, rel=1e-3)


def test_a_discount_is_a_rate_over_a_stated_time():
    model = btyd.ParetoNbd([0.55, 10.6, 0.6, 11.7])
    yearly = model.discounted_purchases(2, 30.0, 39.0, discount=0.15)
    assert yearly == pytest.approx(
        model.discounted_purchases(2, 30.0, 39.0, discount=math.expm1(math.log(1.15) / 365.25), per=btyd.Span(1, "day"))
    )
    assert yearly < model.discounted_purchases(2, 30.0, 39.0, discount=0.05)
    assert model.discounted_purchases(2, 30.0, 39.0, discount=0.15, horizon=52) < yearly
